// How long a page waits after a weight was moved: 100,000 customers of nine measures are scored again in Chromium, and
// scores and bands taken from the result. Every answer is checked: `node cs-wasm/tests/rescore.js`, once
// `cargo xtask npm` has run.

import { chromium } from 'playwright-core';

import { serve } from './server.js';

const CUSTOMERS = Number(process.argv[2] ?? 100_000);

/** In the page: the milliseconds of each round. */
async function measured(customers) {
  const { load } = await import('/pkg/index.js');
  const cs = await load();
  const value = (customer, measure) => ((customer * 7_919 + measure * 104_729) % 1_009) % 101;
  const rows = { customer_id: [], signal: [], observed_on: [], value: new Float64Array(customers * 9) };
  const contracts = { contract_id: [], customer_id: [], start_date: [], mrr: [] };
  for (let customer = 0; customer < customers; customer += 1) {
    const id = `c${String(customer).padStart(7, '0')}`;
    contracts.contract_id.push(id);
    contracts.customer_id.push(id);
    contracts.start_date.push('2025-01-01');
    contracts.mrr.push(String(10 + (customer % 900)));
    for (let measure = 0; measure < 9; measure += 1) {
      rows.value[rows.signal.length] = value(customer, measure);
      rows.customer_id.push(id);
      rows.signal.push(`signal_${measure}`);
      rows.observed_on.push('2026-03-01');
    }
  }
  const portfolio = cs.Portfolio.fromTables({ contracts, signals: rows, currency: 'USD' });
  const weights = (first) => [first, 5, 6, 7, 8, 9, 10, 11, 12];
  const card = (first) => ({
    name: 'nine',
    measures: weights(first).map((weight, at) => ({
      measure: `signal_${at}`,
      evidence: 'custom',
      weight,
      curve: [[0, 0], [100, 100]],
      value: { table: 'signals', aggregate: 'last', where: { signal: `signal_${at}` }, window_days: 90 },
    })),
  });
  const times = [];
  for (let round = 0; round < 40; round += 1) {
    const first = 10 + (round % 20);
    const start = performance.now();
    const table = portfolio.health('2026-04-01', { scorecard: cs.Scorecard.fromJson(JSON.stringify(card(first))) });
    const [scores, bands] = [table.column('score'), table.column('band')];
    times.push(performance.now() - start);
    const all = weights(first).reduce((sum, weight) => sum + weight);
    for (let customer = 0; customer < customers; customer += 1) {
      const sum = weights(first).reduce((total, weight, at) => total + weight * value(customer, at), 0);
      // In millionths, halves to even.
      const [whole, rest] = [Math.floor((sum * 1e6) / all), (sum * 1e6) % all];
      const expected = (whole + (rest * 2 > all || (rest * 2 === all && whole % 2 === 1) ? 1 : 0)) / 1e6;
      const band = sum >= 75 * all ? 'green' : sum >= 50 * all ? 'yellow' : 'red';
      if (scores[customer] !== expected || bands[customer] !== band) throw new Error(`customer ${customer}: ${scores[customer]} is not ${expected}`);
    }
  }
  // The first rounds measure the signals, and compile.
  return times.slice(5).sort((one, other) => one - other);
}

const server = await serve();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/tests/page.html`);
  const times = await page.evaluate(measured, CUSTOMERS);
  const [fastest, median] = [times[0], times[times.length >> 1]].map((time) => time.toFixed(1));
  console.log(`${CUSTOMERS} customers x 9 measures after a weight changed, ${browser.version()}: fastest ${fastest} ms, median ${median} ms`);
} finally {
  await browser.close();
  await server.close();
}
