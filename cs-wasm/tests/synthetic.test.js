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

test('the smaller module computes the same, and says what it does not have', async () => {
  const cs = await load({ module: new URL('../pkg/analytics.wasm', import.meta.url) });
  const error = thrownBy(() => cs.Portfolio.synthetic());
  assert.ok(error instanceof cs.InvalidArgument);
  assert.equal(`${error.code} ${error.path}`, 'not_available synthetic');
  // What it offers is told by name; the sentences are those of the other module.
  const [whole, small] = [(await load()).surface(), cs.surface()].map(({ operations }) => operations);
  assert.deepEqual(small.map(({ name }) => name), whole.map(({ name }) => name));
  assert.ok(small.every(({ doc }) => doc === '') && whole.every(({ doc }) => doc !== ''));
  const { ran, differences } = runVectors(cs, vectors());
  assert.deepEqual(differences, []);
  assert.ok(ran > 0);
});
