import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';

import { load } from '../pkg/index.js';
import { loadSync } from '../pkg/inline.js';
import { contracts, thrownBy } from './support.js';

const module = await WebAssembly.compile(await readFile(new URL('../pkg/customer_success.wasm', import.meta.url)));
const [start, end] = ['2026-01-01', '2026-04-01'];

/** What `work` gives, with every instance of WebAssembly made on the way passed through `meddle`. */
async function meddled(meddle, work) {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    return meddle(new Instance(...given));
  };
  try {
    return await work();
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** The library of `work`, and the memory of its instance. */
async function withMemory(work) {
  let memory;
  const cs = await meddled((instance) => {
    memory = instance.exports.memory;
    return instance;
  }, work);
  return { cs, memory };
}

/** All that can be called, each with everything that it needs. */
function calls(cs) {
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  const definitions = new cs.Definitions();
  const table = portfolio.movements(start, end);
  const part = portfolio.partial('movements', start, end);
  const scorecard = cs.Scorecard.standard();
  return {
    fromTables: () => cs.Portfolio.fromTables({ contracts, currency: 'USD' }),
    fromCsv: () => cs.Portfolio.fromCsv('contract_id,customer_id,start_date,mrr\nc,a,2026-01-01,1\n', { currency: 'USD' }),
    synthetic: () => cs.Portfolio.synthetic({ customers: 2 }),
    movements: () => portfolio.movements(start, end),
    journal: () => portfolio.journal(start, end),
    partial: () => portfolio.partial('cohorts', end),
    merge: () => cs.merge([part]),
    mergePartials: () => cs.mergePartials([part]),
    table: () => portfolio.table('contracts'),
    observedUntil: () => portfolio.observedUntil,
    loadReport: () => portfolio.loadReport,
    currency: () => portfolio.currency,
    definitions: () => portfolio.definitions,
    Definitions: () => new cs.Definitions(),
    fromJson: () => cs.Definitions.fromJson('{}'),
    replace: () => definitions.replace({ period: 'year' }),
    diff: () => definitions.diff({ period: 'year' }),
    kaplanMeier: () => cs.kaplanMeier([1], [true]),
    ShiftedBetaGeometric: () => new cs.ShiftedBetaGeometric({ alpha: 1, beta: 1 }),
    standard: () => cs.Scorecard.standard(),
    lint: () => scorecard.lint(portfolio),
    toCsv: () => table.toCsv(),
    toHtml: () => table.toHtml(),
    pictures: () => table.pictures,
    toSvg: () => table.toSvg(),
    toVegaLite: () => table.toVegaLite(),
    surface: () => cs.surface(),
    exemplar: () => cs.exemplar(),
  };
}

function assertLost(error, cs, name) {
  assert.ok(error instanceof cs.InternalError, `${name}: ${error}`);
  assert.deepEqual([error.name, error.code, error.path], ['InternalError', 'instance_lost', '']);
  assert.equal(error.problems[0].help, 'load again and rebuild');
  assert.equal(JSON.parse(error.toJson()).kind, 'InternalError');
}

test('after a trap the instance is gone for good, and loading again gives one that works', async () => {
  for (const loading of [load, async () => loadSync()]) {
    const { cs, memory } = await withMemory(loading);
    const all = calls(cs);
    const portfolio = all.fromTables();
    const table = portfolio.movements(start, end);
    const definitions = new cs.Definitions({ period: 'year' });
    const expected = table.toJson();

    // No bug is known, so one is made: the whole memory is overwritten.
    new Uint8Array(memory.buffer).fill(255);
    const error = thrownBy(() => portfolio.movements(start, end));
    assertLost(error, cs, 'movements');
    assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
    for (const [name, call] of Object.entries(all)) assertLost(thrownBy(call), cs, name);
    // What was had stays, and letting go is no call.
    portfolio.free();
    assert.equal(table.toJson(), expected);
    assert.equal(table.rows().length, 3);
    assert.equal(definitions.period, 'year');

    const again = await loading();
    assert.notEqual(again, cs);
    assert.equal(again.Portfolio.fromTables({ contracts, currency: 'USD' }).movements(start, end).toJson(), expected);
    assert.equal(await loading(), again);
    for (const [name, call] of Object.entries(all)) assertLost(thrownBy(call), cs, name);
    // The new one takes the old one's definitions.
    assert.equal(new again.Definitions(definitions).fingerprint, definitions.fingerprint);
  }
});

test('a trap at any entry point loses the instance, and only that instance', async () => {
  const entries = WebAssembly.Module.exports(module).filter(({ kind, name }) => kind === 'function' && !name.startsWith('__'));
  const other = await load({ module });
  const reached = new Set();
  for (const { name: broken } of entries) {
    let armed = false;
    const trapping = (name, call) => (...given) => {
      if (armed && name === broken) throw new WebAssembly.RuntimeError('unreachable');
      return call(...given);
    };
    const meddle = ({ exports }) => {
      const entry = ([name, value]) => [name, typeof value === 'function' ? trapping(name, value) : value];
      return { exports: Object.fromEntries(Object.entries(exports).map(entry)) };
    };
    const cs = await meddled(meddle, () => load({ module }));
    for (const name of Object.keys(calls(cs))) {
      const fresh = await meddled(meddle, () => load({ module }));
      const call = calls(fresh)[name];
      armed = true;
      let error;
      try {
        call();
      } catch (thrown) {
        error = thrown;
      }
      if (error) {
        assertLost(error, fresh, `${broken} in ${name}`);
        assertLost(thrownBy(() => fresh.surface()), fresh, broken);
        reached.add(broken);
      }
      armed = false;
    }
  }
  // The version is asked for while loading.
  const never = entries.map(({ name }) => name).filter((name) => !reached.has(name));
  assert.deepEqual(never, ['version']);
  assert.equal(calls(other).movements().length, 3);
});

test('an exhausted stack leaves the right answer or no instance', async () => {
  const cs = await load({ module });
  const all = calls(cs);
  const expected = all.movements().toJson();
  const deeper = () => {
    try {
      all.movements();
    } catch {
      return;
    }
    deeper();
  };
  try {
    deeper();
  } catch (error) {
    assert.ok(error instanceof RangeError);
  }
  let found;
  try {
    found = all.movements().toJson();
  } catch (error) {
    assertLost(error, cs, 'movements');
    found = expected;
  }
  assert.equal(found, expected);
});

test('errors of the core and of the caller lose nothing', async () => {
  const cs = await load({ module });
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: 'USD' });
  for (const work of [
    () => portfolio.movements('x', end),
    () => portfolio.table('nope'),
    () => portfolio.table(7),
    () => cs.Portfolio.fromTables({ contracts: [null] }),
    () => cs.Portfolio.fromCsv(7),
    () => new cs.Definitions({ nope: 1 }),
    () => portfolio.movements(start, end, { get by() { throw 'a text, as the core throws them'; } }),
  ]) {
    thrownBy(work);
    assert.equal(portfolio.movements(start, end).length, 3);
  }
});

test('memory is given back, by hand and by the garbage collector', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const { cs, memory } = await withMemory(() => load({ module }));
  const many = Array.from({ length: 20_000 }, (_, at) => ({ ...contracts[0], contract_id: `c-${at}` }));
  const make = () => cs.Portfolio.fromTables({ contracts: many, currency: 'USD' });
  make().free();
  const once = memory.buffer.byteLength;
  for (let round = 0; round < 20; round += 1) make().free();
  assert.ok(memory.buffer.byteLength <= once * 2, `${once} -> ${memory.buffer.byteLength}`);
  // Nor does a table stay behind that could not be sent to its end.
  const unsendable = many.map((contract, at) => ({ ...contract, get product() { if (at === 19_999) throw new Error('mine'); } }));
  for (let round = 0; round < 20; round += 1) {
    thrownBy(() => cs.Portfolio.fromTables({ contracts: unsendable, currency: 'USD' }));
    thrownBy(() => cs.Portfolio.fromTables({ contracts: many, customers: unsendable, currency: 'USD' }));
  }
  assert.ok(memory.buffer.byteLength <= once * 2, `${once} -> ${memory.buffer.byteLength}`);
  for (let round = 0; round < 40; round += 1) {
    make();
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(memory.buffer.byteLength <= once * 4, `${once} -> ${memory.buffer.byteLength}`);
});

test('a lost instance is left alone by the garbage collector', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const { cs, memory } = await withMemory(() => load({ module }));
  (() => {
    const all = Array.from({ length: 10 }, () => cs.Portfolio.fromTables({ contracts, currency: 'USD' }));
    new Uint8Array(memory.buffer).fill(255);
    assertLost(thrownBy(() => all[0].journal(start, end)), cs, 'journal');
    // Counts of holders that say "the last one", and addresses that lead nowhere: giving back would trap.
    new Uint32Array(memory.buffer).fill(1);
  })();
  const uncaught = [];
  const note = (error) => uncaught.push(error);
  process.on('uncaughtException', note);
  for (let round = 0; round < 10; round += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.off('uncaughtException', note);
  assert.deepEqual(uncaught, []);
});

test('the module can be given in every form, and what is none is refused', async () => {
  const bytes = await readFile(new URL('../pkg/customer_success.wasm', import.meta.url));
  const response = (type) => new Response(bytes, { headers: type ? { 'content-type': type } : {} });
  for (const given of [
    module,
    bytes,
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    new URL('../pkg/customer_success.wasm', import.meta.url),
    new URL('../pkg/customer_success.wasm', import.meta.url).href,
    response('application/wasm'),
    response('application/octet-stream'),
    response(),
    Promise.resolve(bytes),
  ]) {
    const cs = await load({ module: given });
    assert.equal(cs.Portfolio.fromTables({ contracts, currency: 'USD' }).movements(start, end).length, 3);
    assert.notEqual(cs, await load());
  }
  await assert.rejects(load({ module: 7 }), { name: 'InvalidArgument', code: 'invalid_argument', path: 'module' });
  await assert.rejects(load({ module: null }), { name: 'InvalidArgument' });
  await assert.rejects(load({ module: new Uint8Array(8) }), WebAssembly.CompileError);
  await assert.rejects(load({ module: new Response('gone', { status: 404 }) }), /status 404/);
});

test('loads at the same time share one library', async () => {
  const [one, other] = await Promise.all([load(), load()]);
  assert.equal(one, other);
});
