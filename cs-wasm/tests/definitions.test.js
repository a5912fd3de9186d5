import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { thrownBy } from './support.js';

const cs = await load();

test('switches are set in camel case and read in snake case', () => {
  const definitions = new cs.Definitions({ gapToleranceDays: 30, excludeKinds: ['usage', 'trial'], fxDate: '2026-01-31' });
  assert.equal(definitions.gap_tolerance_days, 30);
  assert.deepEqual(definitions.exclude_kinds, ['trial', 'usage']);
  assert.equal(definitions.fx_date, '2026-01-31');
  assert.equal(definitions.period, 'month');
  assert.equal(definitions.reactivation_window_days, null);
});

test('they are never changed once made', () => {
  const definitions = new cs.Definitions();
  assert.throws(() => {
    definitions.period = 'year';
  }, TypeError);
  assert.throws(() => definitions.exclude_kinds.push('subscription'), TypeError);
  const yearly = definitions.replace({ period: 'year', fiscalYearStart: 4 });
  assert.equal(definitions.period, 'month');
  assert.deepEqual([yearly.period, yearly.fiscal_year_start], ['year', 4]);
  assert.ok(yearly instanceof cs.Definitions);
});

test('the JSON is canonical and read back, and the fingerprint is its SHA-256', () => {
  const definitions = new cs.Definitions({ period: 'quarter' });
  assert.match(definitions.toJson(), /^\{"period":"quarter","fiscal_year_start":1,/);
  assert.equal(definitions.fingerprint, createHash('sha256').update(definitions.toJson()).digest('hex'));
  const read = cs.Definitions.fromJson(definitions.toJson());
  assert.equal(read.toJson(), definitions.toJson());
  assert.equal(read.fingerprint, definitions.fingerprint);
  assert.equal(JSON.stringify(definitions), definitions.toJson());
  assert.equal(cs.Definitions.fromJson('{ "period": "year" }').period, 'year');
});

test('a difference is listed with both values', () => {
  const definitions = new cs.Definitions();
  const other = definitions.replace({ extraDigits: 2, period: 'year' });
  const expected = [
    { switch: 'period', before: 'month', after: 'year' },
    { switch: 'extra_digits', before: 0, after: 2 },
  ];
  assert.deepEqual(definitions.diff(other), expected);
  assert.deepEqual(definitions.diff({ period: 'year', extra_digits: 2 }), expected);
  assert.deepEqual(definitions.diff(definitions), []);
});

test('what no switch takes is refused with its path', () => {
  const failure = (work) => {
    const { name, code, path } = thrownBy(work);
    return [name, code, path];
  };
  assert.deepEqual(failure(() => new cs.Definitions({ periods: 'month' })), ['InvalidArgument', 'unknown_switch', 'definitions.periods']);
  assert.deepEqual(failure(() => new cs.Definitions({ period: 'Month' })), ['InvalidArgument', 'invalid_switch', 'definitions.period']);
  assert.deepEqual(failure(() => new cs.Definitions({ gapToleranceDays: 1.5 })), ['InvalidArgument', 'invalid_switch', 'definitions.gap_tolerance_days']);
  assert.deepEqual(failure(() => new cs.Definitions({ gapToleranceDays: NaN })), ['InvalidArgument', 'invalid_argument', 'gap_tolerance_days']);
  assert.deepEqual(failure(() => new cs.Definitions({ fxDate: new Date(0) })), ['InvalidArgument', 'invalid_argument', 'fx_date']);
  assert.deepEqual(failure(() => new cs.Definitions('month')), ['InvalidArgument', 'invalid_argument', 'options']);
  assert.deepEqual(failure(() => new cs.Definitions().replace({ nope: 1 })), ['InvalidArgument', 'unknown_switch', 'definitions.nope']);
  assert.deepEqual(failure(() => cs.Definitions.fromJson('{')), ['InvalidArgument', 'invalid_json', 'definitions']);
  assert.deepEqual(failure(() => cs.Definitions.fromJson('{"period":"month","period":"year"}')), ['InvalidArgument', 'duplicate_key', 'definitions']);
  assert.deepEqual(failure(() => cs.Definitions.fromJson({})), ['InvalidArgument', 'invalid_argument', 'text']);
  assert.deepEqual(failure(() => new cs.Definitions().diff('x')), ['InvalidArgument', 'invalid_argument', 'definitions']);
});

test('they go from one instance to another', async () => {
  const definitions = new cs.Definitions({ period: 'quarter' });
  const { readFile } = await import('node:fs/promises');
  const other = await load({ module: readFile(new URL('../pkg/customer_success.wasm', import.meta.url)) });
  assert.notEqual(other.Definitions, cs.Definitions);
  assert.deepEqual(new other.Definitions(definitions).diff(definitions), []);
});
