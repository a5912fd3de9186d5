import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { linesOf, runVectors } from './conformance.js';
import { COUNT, thrownBy, vectors } from './support.js';

test('every conformance vector gives the canonical bytes', async (t) => {
  const cs = await load();
  const files = vectors();
  const { ran, calls, differences } = runVectors(cs, files);
  assert.deepEqual(differences, []);
  assert.equal(ran, COUNT);
  assert.ok(calls >= ran, 'no vector ran');
  t.diagnostic(`vectors in node: ${ran}`);
  t.diagnostic(`calls in node: ${calls}`);
});

test('the runner finds a difference of one byte', async () => {
  const cs = await load();
  const vector = {
    contracts: [{ contract_id: 'c-1', customer_id: 'acme', start_date: '2026-01-01', mrr: 100 }],
    options: { currency: 'USD', on_invalid: 'raise', limits: { rows: 1 } },
    calls: [
      { operation: 'movements', arguments: { start: '2026-01-01', end: '2026-02-01' } },
      { operation: 'journal', arguments: { start: '2026-02-01', end: '2026-01-01' } },
      { operation: 'table', arguments: { name: 'contracts' } },
      { operation: 'load_report' },
    ],
  };
  const text = JSON.stringify(vector);
  const lines = linesOf(cs, text);
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^\{"schema":"movements","columns":\[.*"closing_mrr":"100\.00".*\}$/);
  assert.match(lines[1], /^\{"kind":"InvalidArgument","message":".*","problems":\[\{"code":"invalid_range",/);
  assert.match(lines[2], /^\{"schema":"contracts".*"mrr":"100\.00"/);
  assert.match(lines[3], /^\{"tables":\[\{"table":"contracts","rows_read":1,"accepted":1,/);

  const expected = `${lines.join('\n')}\n`;
  assert.deepEqual(runVectors(cs, [{ name: 'v', text, expected }]), { ran: 1, calls: 4, differences: [] });
  for (const wrong of [expected.replace('100.00', '100.01'), `${expected}{}\n`, lines.slice(1).join('\n')]) {
    assert.notEqual(runVectors(cs, [{ name: 'v', text, expected: wrong }]).differences.length, 0);
  }
});

test('what cannot be loaded gives one line, and what is not of the library is not hidden', async () => {
  const cs = await load();
  const failing = { contracts_csv: 'contract_id,customer_id,start_date,mrr\nc,a,2026-01-01,1.5.0\n', options: { currency: 'USD' }, calls: [] };
  const [line, ...more] = linesOf(cs, JSON.stringify(failing));
  assert.match(line, /^\{"kind":"InvalidInput".*"code":"invalid_amount".*"line":2/);
  assert.deepEqual(more, []);
  const unknown = { contracts: [], options: { currency: 'USD' }, calls: [{ operation: 'no_such_operation' }] };
  assert.ok(thrownBy(() => linesOf(cs, JSON.stringify(unknown))) instanceof TypeError);
});
