import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { contracts, cut, steering, thrownBy } from './support.js';

const cs = await load();
const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
const [start, end] = ['2026-01-01', '2026-04-01'];

test('movements are rows of exact amounts and counts', () => {
  const table = portfolio.movements(start, end);
  const rows = table.rows();
  assert.deepEqual(rows.map((row) => row.period_start), ['2026-01-01', '2026-02-01', '2026-03-01']);
  assert.deepEqual(rows.map((row) => row.opening_mrr), ['0.00', '100.00', '127.50']);
  assert.deepEqual(rows.map((row) => row.new_mrr), ['100.00', '7.00', '0.00']);
  assert.deepEqual(rows.map((row) => row.expansion_mrr), ['0.00', '20.50', '0.00']);
  assert.deepEqual(rows.map((row) => row.contraction_mrr), ['0.00', '0.00', '20.50']);
  assert.deepEqual(rows.map((row) => row.closing_mrr), ['100.00', '127.50', '107.00']);
  assert.deepEqual(table.columns().closing_customers, [1, 2, 2]);
  assert.equal(table.length, 3);
  assert.deepEqual(Object.keys(table.columns()), Object.keys(rows[0]));
});

test('retention and cohorts are rows of ratios, absent where there is nothing to divide by', () => {
  const [january, february] = portfolio.retention(start, end, { window: 'period' }).rows();
  assert.deepEqual([january.grr, january.opening_customers], [null, 0]);
  assert.deepEqual([february.grr, february.nrr, february.small_sample], [1, 1.205, true]);
  const cohorts = portfolio.cohorts(end, { by: 'product' });
  assert.deepEqual(Object.keys(cohorts.rows()[0]).slice(0, 2), ['product', 'cohort']);
  assert.equal(portfolio.flowRetention(start, end).rows()[2].flow_grr, 107 / 127.5);
  assert.equal(portfolio.retentionIntervals(start, end, { window: 'period', resamples: 100 }).length, 3);
});

test('parts of a book are merged into the whole, byte for byte', () => {
  const part = (customer) => {
    const rows = contracts.filter(({ customer_id }) => customer_id === customer);
    return cs.Portfolio.fromTables({ contracts: rows, currency: 'USD' });
  };
  const parts = ['acme', 'zenith'].map((customer) => part(customer).partial('movements', start, end, { by: ['product'] }));
  assert.ok(parts.every((bytes) => bytes instanceof Uint8Array));
  const whole = portfolio.movements(start, end, { by: ['product'] }).toJson();
  assert.equal(cs.merge(parts).toJson(), whole);
  assert.equal(cs.merge([cs.mergePartials(parts.reverse())]).toJson(), whole);
  const failure = (partials) => thrownBy(() => cs.merge(partials)).code;
  assert.equal(failure([parts[0], parts[0]]), 'overlapping_partials');
  assert.equal(failure([new Uint8Array(3)]), 'invalid_partial');
  assert.equal(failure('parts'), 'invalid_argument');
  assert.equal(failure([7]), 'invalid_argument');
  assert.equal(thrownBy(() => portfolio.partial(7)).path, 'operation');
  assert.equal(thrownBy(() => portfolio.partial('movements', start)).code, 'missing_argument');
  assert.equal(portfolio.observedUntil, '2026-03-01');
});

test('the journal says what caused each movement', () => {
  const rows = portfolio.journal(start, end).rows();
  assert.deepEqual(rows.map(({ date, customer_id, kind, amount, contract_ids }) => [date, customer_id, kind, amount, contract_ids]), [
    ['2026-01-01', 'acme', 'new', '100.00', ['c-1']],
    ['2026-02-01', 'acme', 'expansion', '20.50', ['c-2']],
    ['2026-02-15', 'zenith', 'new', '7.00', ['c-3']],
    ['2026-03-01', 'acme', 'contraction', '20.50', ['c-2']],
  ]);
});

test('rows and columns are the caller’s, and the table stays as it is', () => {
  const table = portfolio.movements(start, end);
  const json = table.toJson();
  const rows = table.rows();
  rows[0].closing_mrr = 'changed';
  rows.pop();
  table.columns().closing_mrr[0] = 'changed';
  assert.equal(table.rows()[0].closing_mrr, '100.00');
  assert.equal(table.rows().length, 3);
  assert.equal(table.toJson(), json);
  assert.throws(() => {
    table.metadata.definitions.period = 'year';
  }, TypeError);
});

test('the metadata says what a table was computed with', () => {
  const { metadata } = portfolio.movements(start, end, { definitions: { period: 'quarter' } });
  assert.equal(metadata.version, cs.version);
  assert.equal(metadata.operation, 'movements');
  assert.equal(metadata.currency, 'USD');
  assert.equal(metadata.definitions.period, 'quarter');
  assert.equal(metadata.fingerprint, new cs.Definitions({ period: 'quarter' }).fingerprint);
});

test('a table is CSV, HTML and JSON', () => {
  const table = portfolio.journal(start, end);
  assert.equal(table.toCsv().split('\r\n').length, 1 + 4 + 1);
  assert.match(table.toCsv(), /^date,customer_id,kind,amount,/);
  assert.match(table.toCsv(), /"\[""c-2""\]"\r\n$/);
  assert.match(table.toHtml(), /^<table /);
  assert.deepEqual(JSON.parse(table.toJson()).rows, table.rows());
  const formula = [{ ...contracts[0], contract_id: '=1+1' }];
  assert.match(cs.Portfolio.fromTables({ contracts: formula, currency: 'USD' }).table('contracts').toCsv(), /\r\n'=1\+1,/);
});

test('definitions are taken as they are held, and as data', () => {
  const quarterly = new cs.Definitions({ period: 'quarter' });
  const expected = portfolio.movements(start, end, { definitions: quarterly }).toJson();
  assert.equal(portfolio.movements(start, end, { definitions: { period: 'quarter' } }).toJson(), expected);
  assert.equal(portfolio.movements(start, end, { definitions: JSON.parse(quarterly.toJson()) }).toJson(), expected);
  assert.equal(portfolio.movements(start, end, { definitions: { ...quarterly } }).toJson(), expected);
  const held = cs.Portfolio.fromTables({ contracts, currency: 'USD', definitions: quarterly });
  assert.equal(held.movements(start, end).toJson(), expected);
  assert.ok(held.definitions instanceof cs.Definitions);
  assert.equal(held.definitions.fingerprint, quarterly.fingerprint);
  // As data they are in snake case.
  const error = thrownBy(() => portfolio.movements(start, end, { definitions: { gapToleranceDays: 30 } }));
  assert.deepEqual([error.code, error.path], ['unknown_switch', 'definitions.gapToleranceDays']);
});

test('an option left out, undefined or at its default is the same', () => {
  const expected = portfolio.movements(start, end).toJson();
  for (const options of [undefined, null, {}, { by: undefined }, { by: null, level: 'customer', knownOn: null }, Object.create(null)]) {
    assert.equal(portfolio.movements(start, end, options).toJson(), expected);
  }
});

test('an option that is unknown, misspelt or given twice is refused by the core', () => {
  const failure = (options) => {
    const { name, code, path } = thrownBy(() => portfolio.movements(start, end, options));
    return [name, code, path];
  };
  assert.deepEqual(failure({ groupBy: 'region' }), ['InvalidArgument', 'unknown_argument', 'group_by']);
  assert.deepEqual(failure({ level: 'Customer' }), ['InvalidArgument', 'invalid_argument', 'level']);
  assert.deepEqual(failure({ by: 'region' }), ['InvalidArgument', 'unknown_attribute', 'by']);
  assert.deepEqual(failure({ knownOn: '2026-01-32' }), ['InvalidArgument', 'invalid_date', 'known_on']);
  assert.deepEqual(failure({ definitions: { fx: 'constant' } }), ['InvalidArgument', 'not_available', 'definitions.fx']);
  assert.deepEqual(failure({ start: '2026-01-01' }).slice(0, 2), ['InvalidArgument', 'duplicate_key']);
  assert.deepEqual(failure({ knownOn: null, known_on: null }).slice(0, 2), ['InvalidArgument', 'duplicate_key']);
  for (const wrong of [7, 'region', [], new Map(), () => {}]) {
    assert.deepEqual(failure(wrong), ['InvalidArgument', 'invalid_argument', 'options']);
  }
});

test('arguments that JSON would bend are refused, with their path', () => {
  const refusal = (work) => {
    const { name, code, path } = thrownBy(work);
    assert.equal(name, 'InvalidArgument');
    return `${code} ${path}`;
  };
  const failure = (options) => refusal(() => portfolio.movements(start, end, options));
  assert.equal(refusal(() => portfolio.movements()), 'missing_argument start');
  assert.equal(refusal(() => portfolio.movements(start)), 'missing_argument end');
  assert.equal(refusal(() => portfolio.movements(null, end)), 'missing_argument start');
  assert.equal(refusal(() => portfolio.movements(new Date(0), end)), 'invalid_argument start');
  assert.equal(refusal(() => portfolio.movements(20260101, end)), 'invalid_argument start');
  assert.equal(refusal(() => portfolio.movements('2026-02-30', end)), 'invalid_date start');
  assert.equal(failure({ definitions: { extra_digits: NaN } }), 'invalid_argument definitions.extra_digits');
  assert.equal(failure({ definitions: { extra_digits: -Infinity } }), 'invalid_argument definitions.extra_digits');
  assert.equal(failure({ definitions: { exclude_kinds: ['trial', Symbol('x')] } }), 'invalid_argument definitions.exclude_kinds[2]');
  assert.equal(failure({ definitions: { exclude_kinds: new Set(['trial']) } }), 'invalid_argument definitions.exclude_kinds');
  assert.equal(failure({ definitions: new Date(0) }), 'invalid_argument definitions');
  assert.equal(failure({ definitions: { [steering]: NaN } }), `invalid_argument definitions.${cut}`);
  assert.equal(failure({ [steering]: { [steering]: [NaN] } }), `invalid_argument ${cut}.${cut}[1]`);
  // As the core cuts what it is told.
  assert.equal(failure({ [steering]: 1 }), `unknown_argument ${cut}`);
  assert.equal(failure({ definitions: { toJSON: () => ({}) } }), 'invalid_argument definitions.toJSON');
  assert.equal(failure({ definitions: { extra_digits: 2.5 } }), 'invalid_switch definitions.extra_digits');
  const ring = {};
  ring.definitions = ring;
  assert.equal(failure({ definitions: ring }), 'limit_exceeded ');
  assert.equal(portfolio.movements(start, end, { definitions: { extra_digits: 2n } }).metadata.definitions.extra_digits, 2);
});

test('rows with a problem are rejected or raised, and every row is accounted for', () => {
  const wrong = [...contracts, { ...contracts[0], contract_id: 'c-4', mrr: 'a lot' }, {}, { ...contracts[0], contract_id: 'c-5', start_date: '31.01.2026' }];
  const rejecting = cs.Portfolio.fromTables({ contracts: wrong, currency: 'USD', onInvalid: 'reject' });
  const { tables, problems, problems_total: total } = rejecting.loadReport;
  assert.deepEqual(tables, [{ table: 'contracts', rows_read: 6, accepted: 3, rejected: 2, blank: 1 }]);
  assert.equal(total, 2);
  assert.deepEqual(problems.map(({ code, path, value }) => [code, path, value]), [
    ['invalid_amount', 'contracts[4].mrr', 'a lot'],
    ['invalid_date', 'contracts[6].start_date', '31.01.2026'],
  ]);
  assert.equal(rejecting.loadReport, rejecting.loadReport);
  assert.throws(() => rejecting.loadReport.tables.pop(), TypeError);
  const error = thrownBy(() => cs.Portfolio.fromTables({ contracts: wrong, currency: 'USD' }));
  assert.deepEqual(error.problems, problems);
});

test('limits, duplicates, extra columns and redaction are options of the core', () => {
  const failure = (options) => {
    const { name, code, path } = thrownBy(() => cs.Portfolio.fromTables({ contracts, currency: 'USD', ...options }));
    return [name, code, path];
  };
  assert.deepEqual(failure({ limits: { rows: 2 } }), ['InvalidInput', 'limit_exceeded', 'contracts']);
  assert.deepEqual(failure({ limits: { field_bytes: 1n, id_bytes: 2 } })[1], 'limit_exceeded');
  assert.deepEqual(failure({ limits: { fieldBytes: 1 } }), ['InvalidArgument', 'unknown_argument', 'limits']);
  const extra = contracts.map((contract) => ({ ...contract, note: 'x' }));
  assert.deepEqual(failure({ contracts: extra }), ['InvalidInput', 'unknown_column', 'contracts.note']);
  assert.equal(cs.Portfolio.fromTables({ contracts: extra, currency: 'USD', extraColumns: 'ignore' }).table('contracts').length, 3);
  const twice = [...contracts, contracts[0]];
  assert.deepEqual(failure({ contracts: twice })[1], 'duplicate_row');
  assert.equal(cs.Portfolio.fromTables({ contracts: twice, currency: 'USD', duplicates: 'drop' }).table('contracts').length, 3);
  const secret = [{ ...contracts[0], mrr: 'secret' }];
  const error = thrownBy(() => cs.Portfolio.fromTables({ contracts: secret, currency: 'USD', redact: true }));
  assert.doesNotMatch(error.toJson() + error.message + error.stack, /secret/);
});

test('customers can be given, and are made of the contracts otherwise', () => {
  const customers = [{ customer_id: 'acme', name: 'Acme', employees: 12, tier: 'gold' }, { customer_id: 'zenith', tier: null }];
  const given = cs.Portfolio.fromTables({ contracts, customers, currency: 'USD' });
  assert.deepEqual(given.table('customers').rows(), [
    { customer_id: 'acme', name: 'Acme', employees: 12, tier: 'gold' },
    { customer_id: 'zenith', name: null, employees: null, tier: null },
  ]);
  assert.deepEqual(portfolio.table('customers').columns(), { customer_id: ['acme', 'zenith'] });
  const unknown = thrownBy(() => cs.Portfolio.fromTables({ contracts, customers: [customers[0]], currency: 'USD' }));
  assert.equal(unknown.code, 'unknown_customer');
  assert.equal(cs.Portfolio.fromTables({ contracts, customers: null, currency: 'USD' }).table('customers').length, 2);
});

test('a freed portfolio refuses its work, and freeing it again is nothing', () => {
  const freed = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  const table = freed.movements(start, end);
  freed.free();
  freed.free();
  for (const work of [() => freed.movements(start, end), () => freed.table('contracts'), () => freed.loadReport, () => freed.currency]) {
    const error = thrownBy(work);
    assert.deepEqual([error.name, error.code, error.path], ['InvalidArgument', 'invalid_argument', 'portfolio']);
  }
  assert.equal(table.toCsv(), portfolio.movements(start, end).toCsv());
  const disposed = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  disposed[Symbol.dispose]();
  assert.throws(() => disposed.currency, cs.InvalidArgument);
});

test('portfolios and tables are made by the library only', () => {
  assert.throws(() => new cs.Portfolio(), TypeError);
  assert.throws(() => new cs.Table('{}'), TypeError);
  assert.ok(portfolio instanceof cs.Portfolio);
  assert.ok(portfolio.table('contracts') instanceof cs.Table);
  assert.ok(Object.isFrozen(cs));
});
