import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { runVectors } from './conformance.js';
import { books, thrownBy, vectors } from './support.js';
import { digestsOf } from './synthetic.js';

test('synthetic portfolios have the same bytes as in every other language', async () => {
  const expected = books();
  assert.equal(expected.length, 10);
  assert.ok(expected.every(({ tables }) => Object.keys(tables).length === 16));
  assert.deepEqual(await digestsOf(await load(), expected), expected.map(({ tables }) => tables));
});

test('what is drawn is asked for by options', async () => {
  const cs = await load();
  const portfolio = cs.Portfolio.synthetic({ customers: 30, currency: 'JPY', fault: 'top_down' });
  assert.equal(portfolio.currency, 'JPY');
  assert.equal(portfolio.table('customers').rows().length, 30);
  assert.ok(portfolio.table('truth').rows().some(({ cause, planted }) => cause === 'broken_promise' && planted));
  const refused = [{ customers: 0 }, { months: 121 }, { fault: 'x' }, { seed: 2 ** 53 }, { seed: 2 ** 64 }];
  for (const options of refused) {
    assert.deepEqual([thrownBy(() => cs.Portfolio.synthetic(options)).path], Object.keys(options));
  }
});

test('limits hold while tables are drawn', async () => {
  const cs = await load();
  const portfolio = cs.Portfolio.synthetic({ customers: 30, limits: { result_rows: 50 } });
  const error = thrownBy(() => portfolio.table('signals'));
  assert.equal(`${error.code} ${error.path}`, 'limit_exceeded name');
  assert.equal(thrownBy(() => cs.Portfolio.synthetic({ customers: 30, limits: { rows: 10 } })).code, 'limit_exceeded');
});

test('the smaller modules compute the same, and say what they do not have', async () => {
  const whole = (await load()).surface();
  const names = (listed) => listed.map(({ name }) => name);
  for (const module of ['review', 'analytics']) {
    const cs = await load({ module: new URL(`../pkg/${module}.wasm`, import.meta.url) });
    const error = thrownBy(() => cs.Portfolio.synthetic());
    assert.ok(error instanceof cs.InvalidArgument);
    assert.equal(`${error.code} ${error.path}`, 'not_available synthetic');
    // What it offers is told by name; the sentences are those of the other module.
    const small = cs.surface();
    assert.ok(small.operations.every(({ doc }) => doc === '') && whole.operations.every(({ doc }) => doc !== ''));
    const lacking = [...names(whole.operations), ...names(whole.tables)].filter(
      (name) => ![...names(small.operations), ...names(small.tables)].includes(name),
    );
    const forecasts = ['renewals', 'renewal_lines', 'committed', 'lifetime_value', 'second_order_revenue', 'survival', 'survival_comparison', 'retention_model', 'retention_projection', 'time_to_value', 'value_incidence', 'value_landmark', 'onboarding', 'lifecycle', 'loyalty', 'touch_plan', 'touch_load', 'touch_capacity', 'drilldown', 'kpis', 'review'];
    if (module === 'review') assert.deepEqual(lacking, [...forecasts, 'backtest', 'fit_scorecard']);
    else assert.ok(lacking.includes('health') && lacking.includes('signals'));
    assert.equal(thrownBy(() => cs.ShiftedBetaGeometric.fit([3, 2, 1])).code, 'not_available');
    assert.equal(thrownBy(() => cs.metrics.nps([9])).code, 'not_available');
    lacking.push(...names(whole.calculations), ...names(whole.models), 'metrics.');
    const speaksOf = ({ text, expected }) => lacking.some((name) => (text + expected).includes(name));
    const asked = vectors().filter((vector) => !speaksOf(vector));
    assert.ok(asked.length > 100);
    assert.deepEqual(runVectors(cs, asked).differences, []);
  }
});

test('the module for analytics says that it has no health', async () => {
  const cs = await load({ module: new URL('../pkg/analytics.wasm', import.meta.url) });
  const contracts = [{ contract_id: 'c-1', customer_id: 'acme', start_date: '2026-01-01', mrr: '1' }];
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  const refused = [
    () => cs.Scorecard.standard(),
    () => portfolio.health('2026-01-31'),
    () => cs.Portfolio.fromTables({ contracts, signals: [], currency: 'USD' }),
  ].map((call) => thrownBy(call).code);
  assert.deepEqual(refused, ['not_available', 'unknown_operation', 'not_available']);
});
