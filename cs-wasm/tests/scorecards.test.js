import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { contracts, thrownBy } from './support.js';

const cs = await load();
const signals = [
  { customer_id: 'acme', signal: 'active_users', observed_on: '2026-02-20', value: 5 },
  { customer_id: 'acme', signal: 'active_users', observed_on: '2026-03-20', value: 7.5 },
];
const portfolio = cs.Portfolio.fromTables({ contracts, signals, currency: 'USD' });
const day = '2026-03-31';
const measure = {
  measure: 'active',
  evidence: 'product_adoption',
  weight: 1,
  value: { table: 'signals', aggregate: 'last', where: { signal: 'active_users' } },
  curve: [[0, 0], [10, 100]],
};
const data = { name: 'use', measures: [measure] };
const card = cs.Scorecard.fromJson(JSON.stringify(data));

/** The code and the path of the error that `work` throws. */
const failure = (work) => {
  const { name, code, path } = thrownBy(work);
  return [name, code, path];
};

test('the JSON is canonical and read back, and the fingerprint is its SHA-256', () => {
  assert.equal(card.name, 'use');
  assert.match(card.toJson(), /^\{"name":"use","min_coverage":0\.5,"bands":\[\{"band":"green","from":75\},/);
  assert.equal(card.fingerprint, createHash('sha256').update(card.toJson()).digest('hex'));
  const again = cs.Scorecard.fromJson(card.toJson());
  assert.equal(again.toJson(), card.toJson());
  assert.equal(again.fingerprint, card.fingerprint);
  assert.ok(again instanceof cs.Scorecard);
});

test('the standard scorecard has nine kinds of evidence, and a reason for each measure', () => {
  const standard = cs.Scorecard.standard();
  assert.equal(standard.name, 'standard');
  const { groups, measures } = JSON.parse(standard.toJson());
  assert.equal(groups.length, 9);
  assert.equal(new Set(measures.map(({ evidence }) => evidence)).size, 9);
  assert.ok(measures.every(({ reason }) => reason.length > 0));
  assert.deepEqual(standard.lint(), []);
});

test('they are never changed once made', () => {
  assert.throws(() => {
    card.name = 'other';
  }, TypeError);
  assert.throws(() => {
    card.other = 1;
  }, TypeError);
});

test('lint says what a scorecard hardly means, of itself and of a portfolio', () => {
  const told = (problems) => problems.map(({ code, path }) => `${code} ${path}`);
  assert.deepEqual(card.lint(), []);
  assert.deepEqual(card.lint(null), []);
  assert.deepEqual(card.lint(portfolio), []);
  const flat = { ...measure, measure: 'flat', curve: [[0, 80], [1, 80]], value: { table: 'signals', aggregate: 'count' } };
  const doubtful = cs.Scorecard.fromJson(JSON.stringify({ name: 'flat', measures: [flat] }));
  assert.deepEqual(told(doubtful.lint()), [
    'flat_curve scorecard.measures[1].curve',
    'mixed_signals scorecard.measures[1].value',
    'unreachable_band scorecard.bands[2]',
    'unreachable_band scorecard.bands[3]',
  ]);
  assert.equal(doubtful.lint()[0].value, 'flat');
  const cases = { ...measure, measure: 'cases', value: { table: 'cases', aggregate: 'count' } };
  const lacking = cs.Scorecard.fromJson(JSON.stringify({ name: 'x', measures: [measure, cases] }));
  assert.deepEqual(lacking.lint(), []);
  assert.deepEqual(told(lacking.lint(portfolio)), ['no_evidence scorecard.measures[2].value']);
});

test('lint refuses a portfolio that was freed, and what is none', () => {
  const freed = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  assert.deepEqual(card.lint(freed).map(({ code }) => code), ['no_evidence']);
  freed.free();
  assert.deepEqual(failure(() => card.lint(freed)), ['InvalidArgument', 'invalid_argument', 'portfolio']);
  for (const wrong of [7, 'portfolio', {}, [], card, portfolio.table('contracts')]) {
    assert.deepEqual(failure(() => card.lint(wrong)), ['InvalidArgument', 'invalid_argument', 'portfolio']);
  }
});

test('health is rows of scores, absent where there is too little evidence', () => {
  const table = portfolio.health(day, { scorecard: card });
  assert.deepEqual(table.rows(), [
    { customer_id: 'acme', score: 75, band: 'green', state: 'scored', coverage: 1, change_30d: 25, mrr: '100.00' },
    { customer_id: 'zenith', score: null, band: null, state: 'insufficient_data', coverage: 0, change_30d: null, mrr: '7.00' },
  ]);
  assert.deepEqual(table.columns().score, [75, null]);
  assert.equal(table.metadata.scorecard, card.fingerprint);
  assert.equal(table.metadata.as_of, day);
  assert.equal(portfolio.movements('2026-01-01', day).metadata.scorecard, null);
});

test('an explanation has a row for each measure', () => {
  assert.deepEqual(portfolio.explainHealth(day, { customerId: 'acme', scorecard: card }).rows(), [
    {
      customer_id: 'acme',
      measure: 'active',
      group: null,
      value: 7.5,
      measure_score: 75,
      weight: 1,
      contribution: 75,
      observed_on: '2026-03-20',
      state: 'measured',
    },
  ]);
  const rows = portfolio.explainHealth(day, { scorecard: card }).rows();
  assert.deepEqual(rows.map(({ customer_id, state }) => [customer_id, state]), [['acme', 'measured'], ['zenith', 'missing']]);
  const unknown = failure(() => portfolio.explainHealth(day, { customerId: 'nobody', scorecard: card }));
  assert.deepEqual(unknown, ['InvalidArgument', 'unknown_customer', 'customer_id']);
});

test('a scorecard is taken as it is held, as data, and left out', () => {
  const expected = portfolio.health(day, { scorecard: card }).toJson();
  assert.equal(portfolio.health(day, { scorecard: data }).toJson(), expected);
  assert.equal(portfolio.health(day, { scorecard: JSON.parse(card.toJson()) }).toJson(), expected);
  assert.equal(portfolio.health(day, { scorecard: { ...data, groups: undefined, bands: null } }).toJson(), expected);
  const standard = portfolio.health(day).toJson();
  assert.notEqual(standard, expected);
  assert.equal(portfolio.health(day, { scorecard: null }).toJson(), standard);
  assert.equal(portfolio.health(day, { scorecard: cs.Scorecard.standard() }).toJson(), standard);
});

test('what is no scorecard is refused with its path', () => {
  const read = (text) => failure(() => cs.Scorecard.fromJson(text));
  assert.deepEqual(read('{'), ['InvalidArgument', 'invalid_json', 'scorecard']);
  assert.deepEqual(read('{"name":"a","name":"b"}'), ['InvalidArgument', 'duplicate_key', 'scorecard']);
  assert.deepEqual(read('[]'), ['InvalidArgument', 'invalid_scorecard', 'scorecard']);
  assert.deepEqual(read('{"name":"a"}'), ['InvalidArgument', 'invalid_scorecard', 'scorecard.measures']);
  for (const wrong of [data, 7, undefined, null]) {
    assert.deepEqual(read(wrong), ['InvalidArgument', 'invalid_argument', 'text']);
  }
  const asked = (scorecard) => failure(() => portfolio.health(day, { scorecard }));
  const heavy = { ...data, measures: [{ ...measure, weight: 1001 }] };
  assert.deepEqual(asked(heavy), ['InvalidArgument', 'invalid_scorecard', 'scorecard.measures[1].weight']);
  assert.deepEqual(asked({ ...data, minCoverage: 0 }), ['InvalidArgument', 'invalid_scorecard', 'scorecard.minCoverage']);
  assert.deepEqual(asked({}), ['InvalidArgument', 'invalid_scorecard', 'scorecard.measures']);
  assert.deepEqual(asked('standard'), ['InvalidArgument', 'invalid_argument', 'scorecard']);
  const bent = { ...data, measures: [{ ...measure, weight: NaN }] };
  assert.deepEqual(asked(bent), ['InvalidArgument', 'invalid_argument', 'scorecard.measures[1].weight']);
});

test('scorecards go from one instance to another', async () => {
  const other = await load({ module: readFile(new URL('../pkg/customer_success.wasm', import.meta.url)) });
  assert.notEqual(other.Scorecard, cs.Scorecard);
  const theirs = other.Scorecard.fromJson(card.toJson());
  assert.equal(portfolio.health(day, { scorecard: theirs }).toJson(), portfolio.health(day, { scorecard: card }).toJson());
  assert.deepEqual(theirs.lint(portfolio), []);
});

test('the schema is a plain object, and scorecards are made in two ways only', () => {
  const schema = cs.Scorecard.jsonSchema();
  assert.equal(schema.title, 'Scorecard');
  assert.deepEqual(schema.required, ['name', 'measures']);
  assert.throws(() => new cs.Scorecard({ name: 'x' }), TypeError);
});
