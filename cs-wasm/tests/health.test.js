import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { thrownBy } from './support.js';

const cs = await load();
const portfolio = cs.Portfolio.synthetic({ customers: 800, months: 24, seed: 4 });
const last = Date.parse(portfolio.observedUntil);
/** The day that lies so many days before the last one. */
const before = (days) => new Date(last - days * 86_400_000).toISOString().slice(0, 10);
const [since, day] = [before(120), before(30)];

test('a change is explained by what each measure changed, exactly', () => {
  const changes = portfolio.explainHealthChange(day, since).rows();
  const of = (asOf) => new Map(portfolio.health(asOf).rows().map((row) => [row.customer_id, row.score]));
  const [earlier, later] = [of(since), of(day)];
  const sums = new Map();
  for (const { customer_id, change } of changes) {
    if (change !== null) sums.set(customer_id, (sums.get(customer_id) ?? 0) + Math.round(change * 1e6));
  }
  assert.ok(sums.size > 100);
  for (const [customer, sum] of sums) {
    assert.equal(sum, Math.round(later.get(customer) * 1e6) - Math.round(earlier.get(customer) * 1e6), customer);
  }
});

test('every customer of both days moves from somewhere to somewhere', () => {
  const rows = portfolio.healthMigration(day, since).rows();
  const count = (standing) => rows.filter((row) => row[standing] !== 'not_paying').reduce((sum, row) => sum + row.customers, 0);
  assert.equal(count('from_standing'), portfolio.health(since).length);
  assert.equal(count('to_standing'), portfolio.health(day).length);
  assert.ok(rows.every((row) => (row.from_band === null) === (row.from_standing !== 'banded')));
});

test('what is measured, stale and missing is all that there is', () => {
  const rows = portfolio.healthCoverage(day).rows();
  assert.equal(rows.length, JSON.parse(cs.Scorecard.standard().toJson()).measures.length);
  for (const row of rows) {
    assert.equal(row.measured + row.stale + row.missing, row.customers);
    assert.equal(row.measured_share, row.customers === 0 ? null : row.measured / row.customers);
  }
});

test('the outlook gives everybody who stays or goes a state, and whoever is not steady a reason', () => {
  const rows = portfolio.outlook(day).rows();
  const paying = new Set(portfolio.health(day).column('customer_id'));
  for (const { customer_id, state, reasons } of rows) {
    assert.equal(paying.has(customer_id), state !== 'churned');
    if (['suspected', 'imminent', 'confirmed', 'churned'].includes(state)) assert.ok(reasons.length > 0, customer_id);
  }
  assert.ok(rows.length > paying.size);
});

test('a backtest is a report of six tables', () => {
  const days = [before(330), before(270), before(210)];
  const backtest = portfolio.backtest(days, 90, { resamples: 100 });
  assert.ok(['better', 'not_shown'].includes(backtest.verdict));
  const tables = ['summary', 'baselines', 'byBand', 'calibration', 'lift', 'days'];
  assert.deepEqual(tables.map((name) => backtest[name].length), [1, 5, 3, 10, 10, 3]);
  const [summary] = backtest.summary.rows();
  assert.deepEqual([summary.verdict, summary.auc], [backtest.verdict, backtest.auc]);
  const kept = backtest.byBand.rows();
  assert.equal(kept.reduce((sum, row) => sum + row.observations, 0), summary.observations);
  const json = JSON.parse(backtest.toJson());
  assert.deepEqual([json.schema, json.verdict, json.auc], ['backtest', backtest.verdict, backtest.auc]);
  const { name, code, path } = thrownBy(() => portfolio.backtest([], 90));
  assert.deepEqual([name, code, path], ['InvalidArgument', 'invalid_argument', 'as_of_days']);
});

test('a fitted scorecard is a scorecard that tells what it was fitted to', () => {
  const value = { table: 'signals', aggregate: 'last', where: { signal: 'logins' } };
  const scorecard = {
    name: 'use',
    min_coverage: null,
    groups: [{ group: 'all', weight: 1, reason: 'all there is' }],
    measures: [{ measure: 'logins', evidence: 'product_adoption', group: 'all', weight: 1, value, curve: [[0, 0], [20, 100]] }],
  };
  // Of eighty customers every other one does not log in any more, and leaves.
  const people = [...Array(80).keys()].map((number) => ({ id: `c${number}`, leaves: number % 2 === 0 }));
  const book = cs.Portfolio.fromTables({
    contracts: people.map(({ id, leaves }, number) => ({
      contract_id: id,
      customer_id: id,
      start_date: '2024-01-01',
      end_date: leaves ? `2025-0${2 + (number % 8)}-15` : null,
      mrr: '100',
    })),
    signals: people.flatMap(({ id, leaves }, number) =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((month) => ({
        customer_id: id,
        signal: 'logins',
        observed_on: `2025-0${month}-01`,
        value: leaves === (number % 10 > 0) ? 3 : 15,
      })),
    ),
    currency: 'USD',
    observedUntil: '2025-12-31',
  });
  const days = [1, 2, 3, 4, 5, 6, 7, 8].map((month) => `2025-0${month}-10`);
  const fitted = book.fitScorecard(days, 30, { scorecard, trainUntil: '2025-05-10', resamples: 100 });
  assert.ok(fitted instanceof cs.Scorecard);
  assert.equal(fitted.fitted.horizon_days, 30);
  assert.equal(book.health('2025-09-01', { scorecard: fitted }).length, 40);
});
