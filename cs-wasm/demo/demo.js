import { load } from '../pkg/index.js';

const EXAMPLE = `contract_id,customer_id,start_date,end_date,mrr,product
c-101,Aster Labs,2025-01-01,,1200.00,platform
c-102,Aster Labs,2025-05-01,,350.00,analytics
c-103,Borealis,2025-01-15,2025-09-01,900.00,platform
c-104,Cobalt & Sons,2025-02-01,,640.00,platform
c-105,Delta Foods,2025-03-10,2025-07-01,480.00,platform
c-106,Delta Foods,2025-10-01,,520.00,platform
c-107,Ember,2025-04-01,2025-08-01,1500.00,platform
c-108,Ember,2025-08-01,,1150.00,platform
c-109,フジ商事,2025-06-01,,2100.00,platform
c-110,Garnet,2025-07-20,,275.50,starter
c-111,Garnet,2025-11-01,,199.50,analytics
c-112,Harbor,2025-08-01,,a lot,platform
c-113,Iris,2025-09-15,,730.00,platform
`;

/** More problems than this are counted, not shown. */
const SHOWN = 50;

const element = (id) => document.getElementById(id);

/** Nodes only: whatever came from a file is text and is never read as markup. */
function node(name, { text, title, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (title) made.title = title;
  for (const [attribute, value] of Object.entries(attributes)) if (value) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** An exact amount with its thousands grouped: formatted as the text that it is, not as a float. */
function amount(text) {
  const decimals = text.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(text);
}

const isZero = (cell) => /^-?0(\.0+)?$/.test(String(cell));
const count = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const COLUMNS = [
  ['opening_mrr', 'opening'],
  ['new_mrr', 'new', 'up'],
  ['reactivation_mrr', 'reactivation', 'up'],
  ['expansion_mrr', 'expansion', 'up'],
  ['contraction_mrr', 'contraction', 'down'],
  ['churned_mrr', 'churned', 'down'],
  ['closing_mrr', 'closing', 'closing'],
];

let cs;
let file;
let portfolio;
let table;

async function show() {
  if (!file) return;
  element('file-name').textContent = file.name;
  try {
    cs = await load();
    portfolio?.free();
    portfolio = cs.Portfolio.fromCsv(file.bytes, {
      currency: element('currency').value.toUpperCase(),
      onInvalid: 'reject',
      extraColumns: element('ignore').checked ? 'ignore' : 'error',
    });
    if (portfolio.loadReport.tables[0].accepted === 0) return fail(nothing(portfolio.loadReport));
    const [start, end] = range(portfolio.table('contracts').columns());
    table = portfolio.movements(start, end, { definitions: { period: element('period').value } });
    const rows = table.rows();
    figures(rows.at(-1));
    chart(rows);
    movements(rows);
    report(portfolio.loadReport);
    element('range').textContent = `${count(rows.length, 'period')}, ${rows[0].period_start} to ${rows.at(-1).period_end}`;
    fail();
  } catch (error) {
    fail(error);
  }
}

/** The library's last day. */
const LAST_DAY = '2200-12-31';

/** Why nothing of a file can be shown. */
function nothing({ problems, problems_total: problemsTotal }) {
  return Object.assign(new Error('the file has no contract'), { problems, problemsTotal });
}

/** From the month of the first day that the contracts name to the day after the last. */
function range({ start_date: starts, end_date: ends = [] }) {
  const days = [...starts, ...ends].filter(Boolean).sort();
  const after = new Date(`${days.at(-1)}T00:00:00Z`);
  after.setUTCDate(after.getUTCDate() + 1);
  const end = after.toISOString().slice(0, 10);
  return [`${days[0].slice(0, 8)}01`, end < LAST_DAY ? end : LAST_DAY];
}

function figures(last) {
  const figure = (text, label) => node('div', { class: 'figure' }, node('b', { text }), node('span', { text: label }));
  element('figures').replaceChildren(
    figure(amount(last.closing_mrr), `closing MRR, ${portfolio.currency}`),
    figure(amount(last.closing_arr), `closing ARR, ${portfolio.currency}`),
    figure(last.closing_customers.toLocaleString('en'), 'customers at the close'),
    figure(`${last.new_customers} / ${last.churned_customers}`, 'won / lost, last period'),
  );
}

/** The balance above; below it what was gained and lost in each period, on one scale of their own. */
function chart(rows) {
  const [width, zero, top, flat, bottom] = [1000, 100, 8, 160, 215];
  const sum = (row, ...names) => names.reduce((total, name) => total + Number(row[name]), 0);
  const closing = rows.map((row) => Number(row.closing_mrr));
  const gained = rows.map((row) => sum(row, 'new_mrr', 'reactivation_mrr', 'expansion_mrr'));
  const lost = rows.map((row) => sum(row, 'contraction_mrr', 'churned_mrr'));
  const balance = (zero - top) / Math.max(...closing, 1);
  const flow = Math.min((flat - zero - 6) / Math.max(...gained, 1), (bottom - flat) / Math.max(...lost, 1));
  const step = width / rows.length;
  const bar = Math.min(step * 0.45, 30);
  const svg = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  };
  const picture = svg('svg', { viewBox: `0 0 ${width} ${bottom}`, preserveAspectRatio: 'none' });
  const points = closing.map((value, at) => `${(at + 0.5) * step},${zero - value * balance}`);
  const line = (y) => svg('line', { class: 'base', x1: 0, x2: width, y1: y, y2: y });
  picture.append(
    svg('polygon', { class: 'area', points: `${step / 2},${zero} ${points.join(' ')} ${width - step / 2},${zero}` }),
    svg('polyline', { class: 'balance', points: points.join(' ') }),
    line(zero),
    line(flat),
  );
  rows.forEach((_, at) => {
    const place = { x: (at + 0.5) * step - bar / 2, width: bar, rx: 2 };
    picture.append(svg('rect', { class: 'bar-up', ...place, y: flat - gained[at] * flow, height: gained[at] * flow }));
    picture.append(svg('rect', { class: 'bar-down', ...place, y: flat, height: lost[at] * flow }));
  });
  const key = (name, text) => node('span', {}, node('i', { class: name }), text);
  const legend = node('div', { class: 'legend' }, key('balance', 'closing MRR'), key('gained', 'gained'), key('lost', 'lost'));
  element('chart').replaceChildren(legend, picture);
  element('chart').setAttribute('aria-label', `closing MRR from ${rows[0].closing_mrr} to ${rows.at(-1).closing_mrr}`);
}

function movements(rows) {
  // Returns, and other columns that are zero throughout, would only take room.
  const shown = COLUMNS.filter(([name]) => !name.startsWith('reactivation') || rows.some((row) => !isZero(row[name])));
  const head = node('tr', {}, node('th', { text: 'period' }), ...shown.map(([, text]) => node('th', { text })), node('th', { text: 'customers' }));
  const cell = (row, [name, , kind]) => {
    const zero = isZero(row[name]);
    const sign = zero || kind === 'closing' || !kind ? '' : kind === 'up' ? '+' : '−';
    return node('td', { text: zero && kind !== 'closing' ? '–' : sign + amount(row[name]), class: zero ? 'zero' : kind });
  };
  const line = (row) =>
    node('tr', {}, node('td', { text: row.period_start }), ...shown.map((column) => cell(row, column)), node('td', { text: row.closing_customers.toLocaleString('en') }));
  element('movements').replaceChildren(node('thead', {}, head), node('tbody', {}, ...rows.map(line)));
}

function report({ tables, problems, problems_total: total, warnings, warnings_total: warned }) {
  const names = ['table', 'rows_read', 'accepted', 'rejected', 'blank'];
  const head = node('tr', {}, ...names.map((name) => node('th', { text: name.replace('_', ' ') })));
  const lines = tables.map((found) => node('tr', {}, ...names.map((name) => node('td', { text: found[name], class: isZero(found[name]) && 'zero' }))));
  element('tables').replaceChildren(node('thead', {}, head), node('tbody', {}, ...lines));
  element('report-note').textContent = total + warned === 0 ? 'every row was accepted' : `${count(total, 'problem')}, ${count(warned, 'warning')}`;
  element('problems').replaceChildren(...listed([...problems, ...warnings], total + warned));
}

function listed(problems, total) {
  const lines = problems.slice(0, SHOWN).map(({ path, line, message, help }) =>
    node('li', {}, node('code', { text: line ? `${path}, line ${line}` : path }), message, ...(help ? [node('small', { text: help })] : [])),
  );
  return total > lines.length ? [...lines, node('li', { text: `and ${count(total - lines.length, 'more', 'more')}` })] : lines;
}

function fail(error) {
  element('result').hidden = Boolean(error);
  element('failure').hidden = !error;
  if (!error) return;
  const problems = error.problems ?? [];
  element('failure-title').textContent = problems.length > 0 ? 'This file cannot be read' : 'Nothing to show';
  element('failure-message').textContent = problems.length > 0 ? '' : error.message;
  element('failure-problems').replaceChildren(...listed(problems, error.problemsTotal ?? 0));
}

async function take(given) {
  file = { name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) };
  await show();
}

function save() {
  const link = node('a', { href: URL.createObjectURL(new Blob([table.toCsv()], { type: 'text/csv' })), download: 'movements.csv' });
  link.click();
  URL.revokeObjectURL(link.href);
}

const drop = element('drop');
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragenter' || name === 'dragover');
    const [dropped] = (name === 'drop' && event.dataTransfer?.files) || [];
    if (dropped) take(dropped);
  });
}
element('file').addEventListener('change', ({ target }) => target.files[0] && take(target.files[0]));
element('settings').addEventListener('submit', (event) => event.preventDefault());
for (const id of ['currency', 'period', 'ignore']) element(id).addEventListener('change', show);
element('example').addEventListener('click', () => {
  file = { name: 'example.csv', bytes: new TextEncoder().encode(EXAMPLE) };
  show();
});
element('save').addEventListener('click', save);

cs = await load();
element('version').textContent = `customer-success ${cs.version}`;
