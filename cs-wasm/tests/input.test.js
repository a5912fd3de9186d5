import assert from 'node:assert/strict';
import test from 'node:test';
import vm from 'node:vm';

import { load } from '../pkg/index.js';
import { contracts, cut, steering, thrownBy } from './support.js';

const cs = await load();
const loaded = (given) => cs.Portfolio.fromTables({ contracts: given, currency: 'USD' });
const row = { contract_id: 'c-1', customer_id: 'acme', start_date: '2026-01-01', mrr: '100.00' };
const columns = { contract_id: ['c-1', 'c-2'], customer_id: ['acme', 'acme'], start_date: ['2026-01-01', '2026-02-01'], mrr: ['1.00', '2.00'] };

/** Code, path and value of the problem that a row with these values has. */
function problemOf(values) {
  const error = thrownBy(() => loaded([{ ...row, ...values }]));
  assert.equal(error.name, 'InvalidInput');
  assert.equal(error.problemsTotal, 1, error.message);
  const { code, path, value } = error.problems[0];
  return [code, path.replace('contracts[1].', ''), value];
}

/** What a column holds after loading one row with this value. */
const held = (column, value) => loaded([{ ...row, [column]: value }]).table('contracts').rows()[0][column];

test('rows and columns of one table give the same portfolio', () => {
  const names = Object.keys(contracts[2]).concat('end_date');
  const lists = Object.fromEntries(names.map((name) => [name, contracts.map((contract) => contract[name])]));
  const [fromRows, fromColumns] = [loaded(contracts), loaded(lists)];
  assert.equal(fromColumns.movements('2026-01-01', '2026-04-01').toJson(), fromRows.movements('2026-01-01', '2026-04-01').toJson());
  assert.equal(fromRows.table('contracts').length, 3);
});

test('each kind of value is taken where it belongs', () => {
  assert.equal(held('mrr', '1200.5'), '1200.50');
  assert.equal(held('mrr', 1200n), '1200.00');
  assert.equal(held('quantity', 3), 3);
  assert.equal(held('quantity', 3n), 3);
  assert.equal(held('quantity', Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  assert.equal(held('quantity', -0), 0);
  assert.equal(held('auto_renew', true), true);
  assert.equal(held('auto_renew', 'FALSE'), false);
  assert.equal(held('contract_id', 42n), '42');
  assert.equal(held('contract_id', 2n ** 70n), String(2n ** 70n));
  assert.equal(held('product', 'カスタマー🎉\u0000"\\'), 'カスタマー🎉\u0000"\\');
  assert.equal(held('kind', 'subscription'), 'subscription');
});

test('absent is undefined, null, empty text, a hole and a missing key', () => {
  for (const absent of [undefined, null, '']) assert.equal(held('product', absent), null, String(absent));
  const rows = loaded([{ ...row, product: 'crm' }, { ...row, contract_id: 'c-2' }]).table('contracts').rows();
  assert.deepEqual(rows.map(({ product }) => product), ['crm', null]);
  const sparse = loaded({ ...columns, product: ['crm', ,] }).table('contracts').rows();
  assert.deepEqual(sparse.map(({ product }) => product), ['crm', null]);
  assert.equal(loaded({ ...columns, product: undefined }).table('contracts').length, 2);
});

test('money is never a number, an id neither, and nothing is made of NaN', () => {
  assert.deepEqual(problemOf({ mrr: 100 }), ['wrong_type', 'mrr', '100']);
  assert.deepEqual(problemOf({ mrr: 0.1 + 0.2 }), ['wrong_type', 'mrr', '0.30000000000000004']);
  assert.deepEqual(problemOf({ mrr: NaN }), ['wrong_type', 'mrr', null]);
  assert.deepEqual(problemOf({ mrr: Infinity }), ['wrong_type', 'mrr', 'inf']);
  assert.deepEqual(problemOf({ mrr: true }), ['wrong_type', 'mrr', 'true']);
  assert.deepEqual(problemOf({ mrr: -5n }), ['negative_amount', 'mrr', '-5']);
  assert.deepEqual(problemOf({ mrr: '1e3' }), ['invalid_amount', 'mrr', '1e3']);
  assert.deepEqual(problemOf({ contract_id: 42 }), ['wrong_type', 'contract_id', '42']);
  assert.deepEqual(problemOf({ quantity: NaN }), ['wrong_type', 'quantity', null]);
  assert.deepEqual(problemOf({ quantity: 1.5 }), ['invalid_count', 'quantity', '1.5']);
  assert.deepEqual(problemOf({ quantity: -1 }), ['invalid_count', 'quantity', '-1']);
  assert.deepEqual(problemOf({ quantity: 2 ** 53 }), ['invalid_count', 'quantity', '9007199254740992']);
  assert.deepEqual(problemOf({ quantity: 2n ** 64n }), ['invalid_count', 'quantity', '18446744073709551616']);
  assert.deepEqual(problemOf({ product: 1.5 }), ['wrong_type', 'product', '1.5']);
});

test('a date is text, never a Date', () => {
  const midnight = new Date('2026-01-31T00:00:00Z');
  assert.deepEqual(problemOf({ end_date: midnight }), ['wrong_type', 'end_date', '2026-01-31T00:00:00.000Z']);
  const elsewhere = vm.runInNewContext('new Date(0)');
  assert.deepEqual(problemOf({ end_date: elsewhere }), ['wrong_type', 'end_date', '1970-01-01T00:00:00.000Z']);
  assert.deepEqual(problemOf({ end_date: new Date(NaN) }), ['wrong_type', 'end_date', 'a date that is none']);
  assert.deepEqual(problemOf({ end_date: { [Symbol.toStringTag]: 'Date' } }), ['wrong_type', 'end_date', 'a date that is none']);
  assert.deepEqual(problemOf({ end_date: 20260131 }), ['wrong_type', 'end_date', '20260131']);
  assert.deepEqual(problemOf({ end_date: '2026-02-30' }), ['invalid_date', 'end_date', '2026-02-30']);
  assert.deepEqual(problemOf({ product: midnight }), ['wrong_type', 'product', '2026-01-31T00:00:00.000Z']);
});

test('what no column takes is refused, not written out as text', () => {
  for (const [value, what] of [
    [{}, 'an object'],
    [[1], 'a list'],
    [new Map(), 'an object'],
    [new String('x'), 'an object'],
    [() => 1, 'a function'],
    [Symbol('x'), 'a symbol'],
    [{ toString: () => 'crm', toJSON: () => 'crm' }, 'an object'],
  ]) {
    assert.deepEqual(problemOf({ product: value }), ['wrong_type', 'product', null]);
    assert.equal(thrownBy(() => loaded([{ ...row, product: value }])).problems[0].message, `${what} stands where text is expected`);
  }
  // Half of a character is in no encoding: two ids of it would become one.
  for (const half of ['\ud83c', 'a\udf89', '\udf89\ud83c']) {
    assert.deepEqual(problemOf({ contract_id: half }), ['wrong_type', 'contract_id', null]);
  }
});

test('halves of characters in neighbouring rows do not become one', () => {
  const error = thrownBy(() => loaded([{ ...row, product: '\ud83c' }, { ...row, contract_id: 'c-2', product: '\udf89' }]));
  assert.deepEqual(error.problems.map(({ path }) => path), ['contracts[1].product', 'contracts[2].product']);
});

test('texts of any width stay in their rows', () => {
  const texts = ['a', 'é', 'カ', '🎉', '', 'a🎉カé', '\u0000', '🎉🎉', 'z'];
  const rows = texts.map((product, at) => ({ ...row, contract_id: `c-${at}`, product }));
  const found = loaded(rows).table('contracts').rows();
  assert.deepEqual(found.map(({ product }) => product), texts.map((text) => text || null));
  // And where other kinds of values stand between them.
  const mixed = texts.map((text, at) => (at % 3 === 1 ? BigInt(at) : at % 3 === 2 ? at % 2 === 0 : text));
  const attributes = texts.map((_, at) => ({ customer_id: `k-${at}`, mark: mixed[at] }));
  const customers = cs.Portfolio.fromTables({ contracts: [{ ...row, customer_id: 'k-0' }], customers: attributes, currency: 'USD' });
  const marks = customers.table('customers').rows().map(({ mark }) => mark);
  assert.deepEqual(marks, mixed.map((value) => (value === '' ? null : String(value))));
});

test('typed arrays are columns, whole numbers where they hold whole numbers', () => {
  const given = (quantity) => loaded({ ...columns, quantity }).table('contracts').columns().quantity;
  for (const List of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]) {
    assert.deepEqual(given(new List([3, 4])), [3, 4], List.name);
  }
  for (const List of [BigInt64Array, BigUint64Array]) assert.deepEqual(given(new List([3n, 4n])), [3, 4], List.name);
  assert.deepEqual(loaded({ ...columns, mrr: new Int32Array([5, 6]) }).table('contracts').columns().mrr, ['5.00', '6.00']);
  assert.deepEqual(loaded({ ...columns, contract_id: new Uint32Array([7, 4294967295]) }).table('contracts').columns().contract_id, ['4294967295', '7']);
  assert.equal(thrownBy(() => loaded({ ...columns, mrr: new Float64Array([5, 6]) })).code, 'wrong_type');
  assert.equal(thrownBy(() => given(new BigUint64Array([2n ** 64n - 1n, 1n]))).code, 'invalid_count');
});

test('only what a row has itself is looked at', () => {
  const customers = [{ customer_id: 'acme', constructor: 'Ltd', __proto__: { industry: 'inherited' } }, { customer_id: 'zenith' }];
  Object.defineProperty(customers[1], '__proto__', { value: 'own', enumerable: true });
  const portfolio = cs.Portfolio.fromTables({ contracts, customers, currency: 'USD' });
  const rows = portfolio.table('customers').rows();
  assert.deepEqual(Object.keys(rows[0]), ['customer_id', 'constructor', '__proto__']);
  assert.deepEqual(rows.map((found) => Object.entries(found).map(([, value]) => value)), [['acme', 'Ltd', null], ['zenith', null, 'own']]);
  assert.deepEqual(Object.keys(portfolio.table('customers').columns()), ['customer_id', 'constructor', '__proto__']);
  class Contract {
    constructor() {
      Object.assign(this, row);
    }
    get product() {
      return 'computed';
    }
  }
  assert.deepEqual(Object.keys(loaded([new Contract()]).table('contracts').rows()[0]), Object.keys(row));
});

test('a row that is no object is an error of that row', () => {
  for (const [wrong, what] of [
    [undefined, 'nothing'],
    [null, 'nothing'],
    [7, 'a number'],
    ['c-1', 'text'],
    [true, 'true or false'],
    [['c-1', 'acme'], 'a list'],
    [new Uint8Array(2), 'a list'],
    [new Map(Object.entries(row)), 'an object'],
    [new Date(0), 'a date with a time'],
    [Promise.resolve(row), 'an object'],
    [() => row, 'a function'],
  ]) {
    const error = thrownBy(() => loaded([row, wrong]));
    assert.equal(error.name, 'InvalidInput');
    const { code, path, table, row: at, message } = error.problems[0];
    assert.deepEqual([code, path, table, at], ['invalid_argument', 'contracts[2]', 'contracts', 2]);
    assert.equal(message, `${what} stands where a row is expected`);
  }
  assert.equal(thrownBy(() => loaded([row, , row])).path, 'contracts[2]');
  assert.equal(thrownBy(() => cs.Portfolio.fromTables({ contracts, customers: [1], currency: 'USD' })).path, 'customers[1]');
});

test('a container without keys is no row', () => {
  class Row {
    constructor(row) {
      Object.assign(this, row);
    }
  }
  assert.equal(loaded([new Row(row)]).table('contracts').length, 1);
  for (const wrong of [new Map([['a', 1]]), new URLSearchParams('a=1'), new Error('x'), new ArrayBuffer(2), new Date(), new String('x')]) {
    assert.equal(thrownBy(() => loaded([row, wrong])).path, 'contracts[2]');
  }
});

test('columns of different lengths are errors of those that differ', () => {
  const message = 'the column has 1 values, and the table 2 rows';
  const help = 'give every column a value for every row';
  const problem = { code: 'invalid_argument', message, path: 'contracts.mrr', table: 'contracts', row: null, line: null, column: 'mrr', value: null, help };
  // The core's words, which Python has byte for byte.
  const expected = { kind: 'InvalidInput', message: `contracts.mrr: ${message} (${help})`, problems: [problem], problems_total: 1 };
  assert.equal(thrownBy(() => loaded({ ...columns, mrr: ['1.00'] })).toJson(), JSON.stringify(expected));
  for (const mrr of [[], ['1', '2', '3'], new Int32Array(3)]) {
    const found = thrownBy(() => loaded({ ...columns, mrr, product: [] }));
    assert.deepEqual([found.path, found.problems[0].message], ['contracts.mrr', `the column has ${mrr.length} values, and the table 2 rows`]);
  }
  const endless = thrownBy(() => loaded({ ...columns, mrr: new Uint8Array(2 ** 27) }));
  assert.deepEqual([endless.name, endless.code, endless.path], ['InvalidInput', 'limit_exceeded', 'contracts']);
  const limited = thrownBy(() => cs.Portfolio.fromTables({ contracts: { ...columns, mrr: ['1', '2', '3'] }, limits: { rows: 2 } }));
  assert.equal(limited.message, 'contracts: the table has more rows than the limit rows of 2 (give less, or raise the limit rows)');
  for (const wrong of ['ab', 7, { 0: 'a', length: 1 }, new DataView(new ArrayBuffer(2)), new Set(['a', 'b']), null]) {
    const found = thrownBy(() => loaded({ ...columns, product: wrong }));
    assert.deepEqual([found.name, found.code, found.path], ['InvalidInput', 'invalid_argument', 'contracts.product']);
  }
});

test('a place has of a column’s name what the core’s errors have', () => {
  for (const wrong of [{ ...columns, [steering]: 7 }, { ...columns, [steering]: ['a'] }, { ...columns, [steering]: ['a', 'b'] }]) {
    const { path, column } = thrownBy(() => loaded(wrong)).problems[0];
    assert.deepEqual([path, column], [`contracts.${cut}`, cut]);
  }
});

test('tables to come are refused by name', () => {
  for (const rates of [[], [{ customer_id: 'a' }]]) {
    const { name, code, path } = thrownBy(() => cs.Portfolio.fromTables({ contracts, fxRates: rates, currency: 'USD' }));
    assert.deepEqual([name, code, path], ['InvalidArgument', 'not_available', 'fx_rates']);
  }
  const csv = 'contract_id,customer_id,start_date,mrr\n';
  const twice = thrownBy(() => cs.Portfolio.fromCsv(csv, { contracts: csv, currency: 'USD' }));
  assert.deepEqual([twice.name, twice.code, twice.path], ['InvalidArgument', 'invalid_argument', 'contracts']);
});

test('what is no table is an error of the argument', () => {
  for (const wrong of [7, 'contract_id\nc-1', true, () => [], Symbol('x'), new Map(), new Uint8Array(3), Promise.resolve([]), loaded([row]).table('contracts')]) {
    const error = thrownBy(() => loaded(wrong));
    assert.deepEqual([error.name, error.code, error.path], ['InvalidArgument', 'invalid_argument', 'contracts']);
  }
  for (const missing of [undefined, null]) {
    const error = thrownBy(() => loaded(missing));
    assert.deepEqual([error.name, error.code, error.path], ['InvalidArgument', 'missing_argument', 'contracts']);
  }
  for (const wrong of [7, undefined, null, [1, 2], new Blob(['x']), {}]) {
    const error = thrownBy(() => cs.Portfolio.fromCsv(wrong, { currency: 'USD' }));
    assert.deepEqual([error.name, error.code, error.path], ['InvalidArgument', 'invalid_argument', 'contracts']);
  }
  assert.equal(loaded([]).table('contracts').length, 0);
});

test('a CSV file is its text or its bytes, in any view', () => {
  const text = '\ufeffcontract_id,customer_id,start_date,mrr\r\nc-1,ア🎉,2026-01-01,100.00\r\n';
  const bytes = new TextEncoder().encode(text);
  const shifted = new Uint8Array([0, 0, ...bytes, 0]).subarray(2, 2 + bytes.length);
  const expected = cs.Portfolio.fromCsv(text, { currency: 'USD' }).table('contracts').toJson();
  assert.match(expected, /ア🎉/);
  for (const file of [bytes, shifted, bytes.buffer, Buffer.from(bytes), new DataView(bytes.buffer)]) {
    assert.equal(cs.Portfolio.fromCsv(file, { currency: 'USD' }).table('contracts').toJson(), expected);
  }
  const renamed = cs.Portfolio.fromCsv('id,customer_id,start_date,mrr\nc-1,a,2026-01-01,1\n', {
    currency: 'USD',
    columns: { contracts: { id: 'contract_id' } },
    customers: 'customer_id,Größe\na,klein\n',
  });
  assert.deepEqual(renamed.table('customers').rows(), [{ customer_id: 'a', Größe: 'klein' }]);
  assert.equal(thrownBy(() => cs.Portfolio.fromCsv('contract_id\n\ud83c\n', { currency: 'USD' })).code, 'invalid_encoding');
  assert.equal(thrownBy(() => cs.Portfolio.fromCsv(new Uint8Array([99, 255, 10]), { currency: 'USD' })).code, 'invalid_encoding');
});

test('a column that no string can hold is refused before it is tried', () => {
  const mebibyte = 'x'.repeat(2 ** 20);
  const rows = 257;
  const lists = Object.fromEntries(Object.entries(columns).map(([name, [value]]) => [name, new Array(rows).fill(value)]));
  const error = thrownBy(() => loaded({ ...lists, product: new Array(rows).fill(mebibyte) }));
  assert.deepEqual([error.name, error.code, error.path], ['InvalidInput', 'limit_exceeded', 'contracts.product']);
});

test('an error thrown by the caller’s own data comes through as it is, and nothing stays behind', () => {
  class Mine extends Error {}
  const rows = [{ ...row, get product() { throw new Mine('mine'); } }];
  for (let round = 0; round < 100; round += 1) {
    assert.ok(thrownBy(() => loaded(rows)) instanceof Mine);
    assert.ok(thrownBy(() => cs.Portfolio.fromTables({ contracts, customers: rows, currency: 'USD' })) instanceof Mine);
  }
  assert.equal(loaded([row]).table('contracts').length, 1);
});
