import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { contracts, thrownBy } from './support.js';

const cs = await load();

test('an error is a real one, with its code, its path and every problem', () => {
  const file = 'contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,1.5.0\nc-2,acme,2026-02-30,1\n';
  const error = thrownBy(() => cs.Portfolio.fromCsv(file, { currency: 'USD' }));
  assert.ok(error instanceof Error && error instanceof cs.CustomerSuccessError && error instanceof cs.InvalidInput);
  assert.ok(!(error instanceof cs.InvalidArgument));
  assert.equal(error.name, 'InvalidInput');
  assert.equal(error.code, 'invalid_amount');
  assert.equal(error.path, 'contracts[1].mrr');
  assert.equal(error.problemsTotal, 2);
  assert.deepEqual(error.problems[1], {
    code: 'invalid_date',
    message: '`2026-02-30` is not a date',
    path: 'contracts[2].start_date',
    table: 'contracts',
    row: 2,
    line: 3,
    column: 'start_date',
    value: '2026-02-30',
    help: 'write it like 2026-01-31',
  });
  assert.match(error.message, /^contracts\[1\]\.mrr \(line 2\): .*\[and 1 more problem\]$/);
  assert.match(String(error), /^InvalidInput: contracts\[1\]/);
  assert.match(error.stack, /errors\.test\.js/);
});

test('its JSON is canonical, and of one form wherever it is made', () => {
  const errors = [
    thrownBy(() => new cs.Definitions({ period: 1 })),
    thrownBy(() => cs.Portfolio.fromTables({ contracts: [...contracts, 7], currency: 'USD' })),
    thrownBy(() => cs.Portfolio.fromTables({ contracts: 7 })),
    thrownBy(() => cs.Portfolio.fromTables({ contracts: { 'a"\u0001\n`': [1], b: [] } })),
    thrownBy(() => cs.Portfolio.fromTables({ contracts: { 'a"\u0001\n`': 1 } })),
    thrownBy(() => cs.Portfolio.fromTables({ contracts, 'a"\u0001\n`\ud83c': NaN })),
  ];
  for (const error of errors) {
    const json = JSON.parse(error.toJson());
    assert.deepEqual(Object.keys(json), ['kind', 'message', 'problems', 'problems_total']);
    assert.equal(JSON.stringify(json), error.toJson());
    assert.doesNotMatch(error.toJson(), /\\u/);
    assert.deepEqual([json.kind, json.message, json.problems, json.problems_total], [error.name, error.message, error.problems, error.problemsTotal]);
    // The form of the core's own sentences: place, fault, mending.
    const { path, message, help } = error.problems[0];
    assert.equal(error.message, `${path}: ${message}${help ? ` (${help})` : ''}`);
    assert.match(message, /^[^A-Z].*[^.]$/s);
  }
});

test('only as many problems are kept as the limit says, and all are counted', () => {
  const wrong = Array.from({ length: 50 }, (_, at) => ({ ...contracts[0], contract_id: `c-${at}`, mrr: 'x' }));
  const error = thrownBy(() => cs.Portfolio.fromTables({ contracts: wrong, currency: 'USD', limits: { problems: 3 } }));
  assert.equal(error.problems.length, 3);
  assert.equal(error.problemsTotal, 50);
});
