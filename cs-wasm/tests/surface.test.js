import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import * as module from '../pkg/index.js';
import { conformance, contracts, thrownBy } from './support.js';

const cs = await module.load();
const surface = cs.surface();
/** The positional arguments of an operation. */
const placed = (end) => ({ start: '2026-01-01', end, as_of: end, since: '2026-01-31', as_of_days: [end], horizon_days: 30 });
const days = (positional, end) => positional.map((name) => placed(end)[name]);
const camelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

test('the surface is the committed one', () => {
  assert.deepEqual(surface, JSON.parse(readFileSync(new URL('surface.json', conformance), 'utf8')));
});

test('the types of the manifest name what stands in it', () => {
  const types = readFileSync(new URL('../js/index.d.ts', import.meta.url), 'utf8');
  // The fields of an interface itself, not those of what it holds.
  const fields = (name) => {
    const body = types.match(new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's'))[1];
    return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field).sort();
  };
  assert.deepEqual(fields('Surface'), Object.keys(surface).sort());
  const operations = surface.operations.flatMap((operation) => Object.keys(operation));
  assert.deepEqual(fields('SurfaceOperation'), [...new Set(operations)].sort());
});

test('every constructor and every operation is there, positional arguments first', () => {
  assert.ok(surface.constructors.length > 0 && surface.operations.length > 0);
  for (const { name } of surface.constructors) assert.equal(typeof cs.Portfolio[camelCase(name)], 'function', name);
  for (const { name, parameters, positional } of surface.operations) {
    const method = cs.Portfolio.prototype[camelCase(name)];
    assert.equal(typeof method, 'function', name);
    // Required arguments each have a place; the options come after.
    const required = parameters.filter((parameter) => !('default' in parameter));
    assert.deepEqual(positional, required.map((parameter) => parameter.name));
    assert.equal(method.length, required.length + 1, name);
  }
});

test('every parameter is understood in camel case, at its default', () => {
  for (const { name, parameters } of surface.constructors) {
    const options = parameters.filter((parameter) => 'default' in parameter && parameter.name !== 'currency');
    assert.ok(options.length > 0);
    const given = Object.fromEntries(options.map((parameter) => [camelCase(parameter.name), parameter.default]));
    const made = {
      from_tables: () => cs.Portfolio.fromTables({ contracts, currency: 'USD', ...given }),
      from_csv: () =>
        cs.Portfolio.fromCsv('contract_id,customer_id,start_date,mrr\nc,a,2026-01-01,1\n', { currency: 'USD', ...given }),
      synthetic: () => cs.Portfolio.synthetic(given),
    };
    const portfolio = made[name]();
    assert.equal(portfolio.currency, 'USD');
  }
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  for (const { name, parameters, positional, gives, tables } of surface.operations) {
    const options = parameters.filter((parameter) => 'default' in parameter);
    const given = Object.fromEntries(options.map((parameter) => [camelCase(parameter.name), parameter.default]));
    const method = camelCase(name);
    const asked = days(positional, '2026-03-01');
    if (gives === 'scorecard') {
      // Of so few customers nothing is fitted, whatever is given.
      for (const last of [given, undefined]) assert.equal(thrownBy(() => portfolio[method](...asked, last)).code, 'too_few_events');
      continue;
    }
    const result = portfolio[method](...asked, given);
    assert.equal(result.toJson(), portfolio[method](...asked).toJson(), name);
    assert.equal((gives === 'report' ? result[camelCase(tables[0].name)] : result).metadata.operation, name);
  }
});

test('every parameter gets through, and its refusal names it', () => {
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  let refused = 0;
  const refuses = (name, call, value = 12.5) => {
    const error = thrownBy(() => call({ [camelCase(name)]: value }));
    assert.ok(error instanceof cs.InvalidArgument, name);
    assert.equal(error.code, 'invalid_argument', name);
    assert.equal(error.path, name);
    refused += 1;
  };
  const calls = {
    from_tables: (given) => cs.Portfolio.fromTables({ contracts, currency: 'USD', ...given }),
    from_csv: (given) => cs.Portfolio.fromCsv('contract_id\n', given),
    synthetic: (given) => cs.Portfolio.synthetic(given),
  };
  for (const { name, parameters } of surface.constructors) {
    const others = parameters.filter(({ takes }) => takes !== 'table' && takes !== 'file');
    for (const parameter of others) refuses(parameter.name, calls[name]);
  }
  for (const { name, parameters } of surface.operations) {
    for (const parameter of parameters) {
      const call = (given) => {
        const required = parameters.filter((known) => !('default' in known)).map((known) => known.name);
        const asked = required.map((known) => given[camelCase(known)] ?? placed('2026-02-01')[known]);
        const options = Object.entries(given).filter(([known]) => !required.map(camelCase).includes(known));
        return portfolio[camelCase(name)](...asked, Object.fromEntries(options));
      };
      refuses(parameter.name, call, parameter.takes === 'number' ? 'much' : 12.5);
    }
  }
  assert.ok(refused >= 25);
});

test('every function on plain numbers is there, and understands its parameters', () => {
  const given = { durations: [1, 2, 3], observed: [true, false, true], groups: ['a', 'b', 'a'], events: ['a', null, 'b'], horizon: 2 };
  assert.ok(surface.calculations.length > 3);
  for (const { name, parameters, positional } of surface.calculations) {
    const places = positional.map((place) => given[place]);
    const options = parameters.filter((parameter) => 'default' in parameter);
    const defaults = Object.fromEntries(options.map((parameter) => [camelCase(parameter.name), parameter.default]));
    const table = cs[camelCase(name)](...places, defaults);
    assert.equal(table.toJson(), cs[camelCase(name)](...places).toJson());
    assert.deepEqual([table.schema, table.metadata.operation], [name, name]);
    parameters.forEach((parameter, place) => {
      const asked = places.map((value, position) => (position === place ? 'odd' : value));
      const last = place < places.length ? {} : { [camelCase(parameter.name)]: 'odd' };
      const error = thrownBy(() => cs[camelCase(name)](...asked, last));
      assert.deepEqual([error.code, error.path], ['invalid_argument', parameter.name]);
    });
  }
});

test('every formula is there, and understands its parameters', () => {
  const given = { scores: Uint8Array.of(9, 3), scale_max: 10, periods: 12, opening: 10 };
  assert.deepEqual(Object.keys(cs.metrics), surface.metrics.map(({ name }) => camelCase(name)));
  for (const { name, parameters, positional, gives } of surface.metrics) {
    const places = positional.map((place) => given[place] ?? 1);
    const options = parameters.slice(places.length).map((parameter) => [camelCase(parameter.name), parameter.default]);
    const found = cs.metrics[camelCase(name)](...places, Object.fromEntries(options));
    assert.equal(Array.isArray(found) ? 'interval' : typeof found, gives, name);
    assert.deepEqual(found, cs.metrics[camelCase(name)](...places), name);
    parameters.forEach((parameter, place) => {
      const asked = places.map((value, position) => (position === place ? 'odd' : value));
      const last = place < places.length ? {} : { [camelCase(parameter.name)]: 'odd' };
      const error = thrownBy(() => cs.metrics[camelCase(name)](...asked, last));
      assert.deepEqual([error.code, error.path], ['invalid_argument', parameter.name]);
    });
  }
});

test('every switch is an option in camel case and a property in snake case', () => {
  const definitions = new cs.Definitions();
  assert.deepEqual(Object.keys(definitions), surface.switches.map(({ name }) => name));
  for (const { name, default: value } of surface.switches) {
    assert.deepEqual(definitions[name], value, name);
    assert.equal(new cs.Definitions({ [camelCase(name)]: value }).toJson(), definitions.toJson(), name);
    const error = thrownBy(() => new cs.Definitions({ [camelCase(name)]: { not: 'a value' } }));
    assert.equal(`${error.code} ${error.path}`, `invalid_switch definitions.${name}`);
  }
});

test('every member is there, or excused with a reason; and nothing else is', () => {
  const camel = (name) => name.replace(/_[a-z]/g, ([, letter]) => letter.toUpperCase());
  const reports = surface.operations.filter(({ gives }) => gives === 'report');
  assert.ok(reports.length > 1);
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  for (const { name, members } of surface.classes) {
    const expected = members.filter(({ excused }) => !excused.javascript).map((member) => camel(member.name));
    const report = reports.find((operation) => camel(`_${operation.name}`) === name);
    if (report !== undefined) {
      assert.deepEqual(Object.keys(portfolio[camel(report.name)](...days(report.positional, '2026-01-15'))).sort(), expected.sort(), name);
      continue;
    }
    const own = Object.getOwnPropertyNames(cs[name].prototype).filter((found) => found !== 'constructor');
    // Functions have these of their own.
    const fixed = Object.getOwnPropertyNames(cs[name]).filter((found) => !['prototype', 'name'].includes(found));
    const there = new Set([...own, ...fixed]);
    assert.deepEqual(there, new Set(['length', ...expected.filter((found) => found !== 'len')]), name);
  }
});

test('every function is there', () => {
  assert.ok(surface.functions.length > 0);
  for (const { name } of surface.functions) assert.equal(typeof cs[camelCase(name)], 'function', name);
});

test('types that are excused are not there', () => {
  for (const { name, excused } of surface.types) {
    assert.equal(name in cs || name in module, !excused.javascript, name);
  }
});

test('every table can be had back, and every error class is there', () => {
  // A row of every table of facts, of what each of its rows has.
  const { contract_id, customer_id } = contracts[0];
  const cell = ({ name, kind, choices }) => ({ contract_id, customer_id })[name] ?? (kind === 'date' ? '2026-01-20' : (choices?.[0] ?? '1'));
  const row = ({ columns }) => Object.fromEntries(columns.filter(({ required }) => required).map((column) => [column.name, cell(column)]));
  const facts = surface.tables.filter(({ name }) => name !== 'contracts' && name !== 'customers');
  const given = Object.fromEntries(facts.map((table) => [table.name, [row(table)]]));
  const portfolio = cs.Portfolio.fromTables({ contracts, ...given, currency: 'USD' });
  for (const { name } of surface.tables) {
    assert.ok(portfolio.table(name).length > 0, name);
    assert.equal(portfolio.table(name).schema, name);
  }
  for (const { name, excused } of surface.errors) {
    if (excused.javascript) {
      assert.ok(!(name in cs) && !(name in module), name);
      continue;
    }
    assert.ok(cs[name].prototype instanceof cs.CustomerSuccessError, name);
    assert.equal(module[name], cs[name]);
    assert.equal(cs[name].prototype.name, name);
  }
  assert.ok(cs.CustomerSuccessError.prototype instanceof Error);
});

test('problems, the load report and metadata have the fields of the surface', () => {
  const portfolio = cs.Portfolio.fromTables({ contracts: [{ ...contracts[0], mrr: 'x' }, contracts[1]], currency: 'USD', onInvalid: 'reject' });
  assert.deepEqual(Object.keys(portfolio.loadReport), surface.load_report);
  assert.deepEqual(Object.keys(portfolio.loadReport.problems[0]), surface.problem);
  assert.deepEqual(Object.keys(portfolio.table('contracts').metadata), surface.metadata);
  // What is found before the core is called has the same form.
  assert.deepEqual(Object.keys(thrownBy(() => cs.Portfolio.fromTables({ contracts: [1] })).problems[0]), surface.problem);
  for (const error of [thrownBy(() => portfolio.table(1)), thrownBy(() => cs.Portfolio.fromTables({ contracts: 1 }))]) {
    assert.ok(surface.codes.includes(error.code));
  }
  assert.ok(surface.codes.includes('instance_lost') && surface.codes.includes('limit_exceeded'));
});

/** The name and kind of each column of a table. */
const heads = (table) => JSON.parse(table.toJson()).columns.map(({ name, kind }) => ({ name, kind }));

test('the rows of an operation have its columns', () => {
  const milestones = [{ customer_id: contracts[0].customer_id, milestone: 'first_value', due_on: '2027-01-01' }];
  const named = [...new Set(contracts.map((contract) => contract.customer_id))];
  const customers = named.map((customer_id) => ({ customer_id, segment: 'large', fit: 10 }));
  const portfolio = cs.Portfolio.fromTables({ contracts, customers, milestones, currency: 'USD' });
  const has = (table, schema, columns) => {
    // Nothing is resolved here, and nobody is left out.
    assert.equal(table.length === 0, ['review_resolved', 'review_exclusions'].includes(schema), schema);
    if (table.length > 0) assert.deepEqual(Object.keys(table.rows()[0]), columns.map((column) => column.name));
    assert.deepEqual(Object.keys(table.columns()), columns.map((column) => column.name));
    assert.deepEqual(heads(table), columns.map(({ name, kind }) => ({ name, kind })));
    assert.equal(table.schema, schema);
  };
  for (const { name, positional, gives, columns, tables } of surface.operations.filter(({ gives }) => gives !== 'scorecard')) {
    const result = portfolio[camelCase(name)](...days(positional, '2026-04-01'));
    if (gives === 'table') has(result, name, columns);
    // What an operation of its own tells stays that one's table.
    const told = (table) => (surface.operations.some((one) => one.name === table) ? table : `${name}_${table}`);
    for (const table of tables) has(result[camelCase(table.name)], told(table.name), table.columns);
  }
});

test('the exemplar is the committed one, byte for byte, and its cells are of the host', () => {
  const exemplar = cs.exemplar();
  assert.equal(exemplar.toJson(), readFileSync(new URL('exemplar.json', conformance), 'utf8').replace(/\n$/, ''));
  assert.deepEqual([...new Set(heads(exemplar).map(({ kind }) => kind))].sort(), [...surface.kinds].sort());
  const columns = {
    money: ['0.00', '-0.05', '9007199254740993.00', null],
    whole_money: ['0', '-5', '900719925474099300', null],
    count: [0, 1, Number.MAX_SAFE_INTEGER, null],
    ratio: [0.1, -1e21, 5e-324, null],
    date: ['1900-01-01', '1970-01-01', '2200-12-31', null],
    text: ['', '=1+1,"<b>"\n\'', 'カスタマー🎉\u0000', null],
    text_list: [[], ['a'], ['=b,"', 'é', ''], null],
    flag: [false, true, true, null],
  };
  assert.deepEqual(exemplar.columns(), columns);
  const names = Object.keys(columns);
  const rows = [0, 1, 2, 3].map((row) => Object.fromEntries(names.map((name) => [name, columns[name][row]])));
  assert.deepEqual(exemplar.rows(), rows);
  for (const [name, cells] of Object.entries(columns)) {
    const expected = name === 'ratio' ? new Float64Array([0.1, -1e21, 5e-324, NaN]) : cells;
    assert.deepEqual(exemplar.column(name), expected);
  }
  assert.throws(() => exemplar.column('cell'), { code: 'invalid_argument', path: 'name' });
  assert.equal(exemplar.length, 4);
  assert.match(exemplar.toCsv(), /^money,whole_money,.*\r\n0\.00,0,0,0\.1,1900-01-01,"",\[\],false\r\n/);
  assert.match(exemplar.toHtml(), /<td>=1\+1,&quot;&lt;b&gt;&quot;/);
});

test('columns of every form have the cells of the rows', () => {
  const contracts = { contract_id: [], customer_id: [], start_date: [], mrr: [] };
  const signals = { customer_id: [], signal: [], observed_on: [], value: [] };
  for (let customer = 0; customer < 300; customer += 1) {
    const name = `k-${customer === 7 ? 'x'.repeat(200) : (customer * 7) % 300}`;
    for (const [turn, from] of ['2025-01-01', '2025-06-01'].entries()) {
      contracts.contract_id.push(`${customer}-${turn}`);
      contracts.customer_id.push(name);
      contracts.start_date.push(from);
      contracts.mrr.push(customer === 8 ? '99999999.99' : '100');
    }
    if (customer % 3 === 0) continue;
    signals.customer_id.push(name);
    signals.signal.push('use');
    signals.observed_on.push('2025-12-01');
    signals.value.push(customer / 3);
  }
  const portfolio = cs.Portfolio.fromTables({ contracts, signals, currency: 'USD' });
  const health = (value) => {
    const measure = { measure: 'one', evidence: 'custom', weight: 1, curve: [[0, 0], [700, 100]], value };
    return portfolio.health('2025-12-31', { scorecard: cs.Scorecard.fromJson(JSON.stringify({ name: 'one', measures: [measure] })) });
  };
  const ofSome = health({ table: 'signals', aggregate: 'last', where: { signal: 'use' } });
  const ofAll = health({ table: 'contracts', aggregate: 'days_since' });
  const journal = portfolio.journal('2025-01-01', '2026-01-01');
  for (const table of [ofSome, ofAll, journal, portfolio.retention('2025-01-01', '2026-01-01'), portfolio.table('contracts')]) {
    const rows = table.rows();
    for (const name of Object.keys(rows[0])) {
      const cells = Array.from(table.column(name), (cell) => (Number.isNaN(cell) ? null : cell));
      assert.deepEqual(cells, rows.map((row) => row[name]), `${table.schema}.${name}`);
    }
  }
  assert.deepEqual([ofSome, ofAll].map((table) => table.column('score').some(Number.isNaN)), [true, false]);
});

test('a column of many texts, and one of few, have the cells of the rows', () => {
  for (const customers of [254, 255, 256, 300]) {
    const table = cs.Portfolio.synthetic({ customers }).table('customers');
    assert.equal(table.length, customers);
    for (const name of ['customer_id', 'segment']) {
      assert.deepEqual(table.column(name), table.rows().map((row) => row[name]));
    }
  }
});
