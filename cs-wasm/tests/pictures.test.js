import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { load } from '../pkg/index.js';
import { conformance, thrownBy } from './support.js';

const committed = JSON.parse(readFileSync(new URL('pictures.json', conformance), 'utf8'));
const digest = (text) => createHash('sha256').update(text).digest('hex');
const camelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

test('pictures have the same bytes as in every other language', async () => {
  const cs = await load();
  const portfolio = cs.Portfolio.synthetic({ customers: committed.customers });
  assert.equal(committed.pictures.length, 96);
  for (const { operation, arguments: given, table: part, picture, svg, vega_lite: vegaLite } of committed.pictures) {
    const placed = ['start', 'end', 'as_of', 'as_of_days', 'since', 'horizon_days'].filter((name) => name in given);
    const options = Object.entries(given).filter(([name]) => !placed.includes(name));
    const renamed = Object.fromEntries(options.map(([name, value]) => [camelCase(name), value]));
    const result = portfolio[camelCase(operation)](...placed.map((name) => given[name]), renamed);
    const table = part === null ? result : result[camelCase(part)];
    assert.ok(table.pictures.includes(picture.picture));
    assert.equal(digest(table.toSvg(picture)), svg, picture.picture);
    assert.equal(digest(JSON.stringify(table.toVegaLite(picture))), vegaLite, picture.picture);
  }
});

test('the first picture is drawn where none is named, and another is refused', async () => {
  const cs = await load();
  const table = cs.Portfolio.synthetic({ customers: 20 }).movements('2025-01-01', '2026-01-01');
  assert.deepEqual(table.pictures, ['movements', 'waterfall', 'arr']);
  assert.equal(table.toSvg(), table.toSvg({ picture: 'movements', locale: 'en' }));
  assert.match(table.toSvg({ locale: 'ja' }), /経常収益/);
  for (const call of [() => table.toSvg({ picture: 'pie' }), () => table.toVegaLite({ picture: 'churn' })]) {
    assert.equal(`${thrownBy(call).code} ${thrownBy(call).path}`, 'invalid_argument picture');
  }
  assert.equal(thrownBy(() => table.toSvg({ locale: 'fr' })).path, 'locale');
});

test('the smaller module has no pictures, and says so', async () => {
  const cs = await load({ module: new URL('../pkg/analytics.wasm', import.meta.url) });
  const contracts = [{ contract_id: 'c', customer_id: 'a', start_date: '2026-01-01', mrr: '1' }];
  const table = cs.Portfolio.fromTables({ contracts, currency: 'USD' }).movements('2026-01-01', '2026-02-01');
  assert.deepEqual(table.pictures, []);
  assert.equal(`${thrownBy(() => table.toSvg()).code} ${thrownBy(() => table.toSvg()).path}`, 'not_available picture');
  assert.match(table.toCsv(), /^period_start,/);
});
