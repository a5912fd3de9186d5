import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { contracts, thrownBy } from './support.js';

const cs = await load();

test('stays are estimated from lists and arrays of every kind', () => {
  const [durations, observed] = [[5, 6, 6, 2], [true, false, true, true]];
  const expected = cs.kaplanMeier(durations, observed).toJson();
  assert.deepEqual(cs.kaplanMeier(durations, observed).columns().survival, [0.75, 0.5, 0.25]);
  for (const array of [Float64Array.from(durations), Int32Array.from(durations), durations.map(BigInt), new Float32Array(durations)]) {
    for (const flags of [observed, [1, 0, 1, 1], Uint8Array.of(1, 0, 1, 1), [1n, 0n, 1n, 1n]]) {
      assert.equal(cs.kaplanMeier(array, flags).toJson(), expected);
    }
  }
  const late = cs.kaplanMeier([3, 3, 5, 7], observed.slice().reverse(), { entry: [0, 1, 0, 4], weights: [1, 1, 1, 2] });
  assert.deepEqual(late.columns().at_risk, [3, 3, 2]);
});

test('groups are compared, means restricted, and events compete', () => {
  const [row] = cs.logRank([1, 2, 3, 4, 5, 6], Array(6).fill(true), ['early', 'early', 'early', 'late', 'late', 'late']).rows();
  assert.deepEqual([row.groups, row.statistic.toFixed(3), row.p_value.toFixed(3)], [2, '5.052', '0.025']);
  const [mean] = cs.restrictedMean([2, 4, 4, 9], [1, 1, 0, 1], 6).rows();
  assert.deepEqual([mean.restricted_mean, mean.survival, mean.median], [4.5, 0.5, 4]);
  const incidence = cs.cumulativeIncidence([2, 3, 5, 6], ['value', 'churn', 'value', null]).rows();
  assert.deepEqual(incidence.filter(({ time }) => time === 6).map(({ event, incidence }) => [event, incidence]), [['churn', 0.25], ['value', 0.5]]);
});

test('rubbish is located', () => {
  const path = (durations, observed, options) => thrownBy(() => cs.kaplanMeier(durations, observed, options)).path;
  assert.equal(path([1, NaN], [true, true]), 'durations[2]');
  assert.equal(path(Float64Array.of(1, Infinity), [true, true]), 'durations[2]');
  assert.equal(path([1, -1], [true, true]), 'durations[2]');
  assert.equal(path([1, '2'], [true, true]), 'durations[2]');
  assert.equal(path([1, 2], [1, 2]), 'observed[2]');
  assert.equal(path([1, 2], [true]), 'observed');
  assert.equal(path([1, 2, 3], [true, , false]), 'observed[2]');
  assert.equal(path([1], [true], { durations: [2] }), 'durations');
  assert.equal(path([], []), 'durations');
  assert.equal(path('12', [true]), 'durations');
  assert.equal(path(undefined, [true]), 'durations');
  assert.equal(path([1], [true], { colour: 1 }), 'colour');
  assert.equal(path([1], [true], { entry: [1] }), 'entry[1]');
  assert.equal(thrownBy(() => cs.logRank([1], [true], [7])).path, 'groups[1]');
});

test('a book says how long its customers stay', () => {
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD', observedUntil: '2026-03-31' });
  const rows = portfolio.survival('2026-03-31').rows();
  assert.deepEqual(rows.map(({ time, at_risk, events }) => [time, at_risk, events]), [[44, 2, 0], [89, 1, 0]]);
  assert.equal(portfolio.survival('2026-03-31', { by: 'customer_id' }).rows()[0].customer_id, 'acme');
});

test('a model is fitted and foretells', () => {
  const model = cs.ShiftedBetaGeometric.fit([1000, 869, 743, 653, 593, 551, 517, 491]);
  assert.deepEqual([model.alpha, model.beta, model.logLikelihood].map((number) => number.toFixed(3)), ['0.668', '3.806', '-1611.158']);
  assert.ok(model.alphaError > 0 && model.betaError > 0 && Object.isFrozen(model));
  const given = new cs.ShiftedBetaGeometric({ alpha: 3.8, beta: 15.2 });
  assert.deepEqual([1, 2, 3, 4, 5].map((n) => given.discountedLifetime(0.1, n).toFixed(2)), ['3.31', '3.45', '3.59', '3.72', '3.84']);
  assert.equal(given.logLikelihood, null);
  assert.equal(given.survival(2), given.retention(1) * given.retention(2));
  assert.equal(thrownBy(() => new cs.ShiftedBetaGeometric({ alpha: 1 })).path, 'beta');
  assert.equal(thrownBy(() => new cs.ShiftedBetaGeometric()).path, 'alpha');
  assert.equal(thrownBy(() => cs.ShiftedBetaGeometric.fit([10, 5])).code, 'not_identified');
  assert.equal(thrownBy(() => given.survival(1.5)).path, 't');
});
