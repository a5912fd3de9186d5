import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { COUNT, books, conformance, contracts, here } from './support.js';
import { serve } from './server.js';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let server;
let browser;

before(async () => {
  server = await serve();
  browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page whose errors, and requests of other places, fail the test. */
async function opened(t, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1240, height: 900 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.origin)) faults.push(request.url());
  });
  t.after(() => assert.deepEqual(faults, []));
  await page.goto(server.origin + path);
  return page;
}

test('every conformance vector gives the canonical bytes in a browser', async (t) => {
  const page = await opened(t, '/tests/page.html');
  const { ran, calls, differences } = await page.evaluate(async () => {
    const { load } = await import('/pkg/index.js');
    const { runVectors } = await import('/tests/conformance.js');
    return runVectors(await load(), await (await fetch('/vectors.json')).json());
  });
  assert.deepEqual(differences, []);
  assert.equal(ran, COUNT);
  assert.ok(calls >= ran, 'no vector ran');
  t.diagnostic(`vectors in a browser: ${ran}`);
  t.diagnostic(`calls in a browser: ${calls}`);
});

test('synthetic portfolios have the same bytes in a browser', async (t) => {
  const page = await opened(t, '/tests/page.html');
  const expected = books();
  const digests = await page.evaluate(async (asked) => {
    const { load } = await import('/pkg/index.js');
    const { digestsOf } = await import('/tests/synthetic.js');
    return digestsOf(await load(), asked);
  }, expected);
  assert.deepEqual(digests, expected.map(({ tables }) => tables));
});

test('the surface and the exemplar are the committed ones in a browser', async (t) => {
  const page = await opened(t, '/tests/page.html');
  const { surface, exemplar } = await page.evaluate(async () => {
    const { load } = await import('/pkg/index.js');
    const cs = await load();
    return { surface: cs.surface(), exemplar: cs.exemplar().toJson() };
  });
  assert.deepEqual(surface, JSON.parse(readFileSync(new URL('surface.json', conformance), 'utf8')));
  assert.equal(`${exemplar}\n`, readFileSync(new URL('exemplar.json', conformance), 'utf8'));
});

test('every way of loading gives the same answer, in a window and in a worker', async (t) => {
  const page = await opened(t, '/tests/page.html');
  const answers = await page.evaluate(async (contracts) => {
    const { load } = await import('/pkg/index.js');
    const { loadSync } = await import('/pkg/inline.js');
    const answer = (cs) => cs.Portfolio.fromTables({ contracts, currency: 'USD' }).movements('2026-01-01', '2026-04-01').toJson();
    const wasm = new URL('/pkg/customer_success.wasm', location.href);
    const worker = `onmessage = async ({ data: [path, contracts] }) => {
      const { load } = await import(path);
      const cs = await load();
      postMessage(cs.Portfolio.fromTables({ contracts, currency: 'USD' }).movements('2026-01-01', '2026-04-01').toJson());
    }`;
    const running = new Worker(URL.createObjectURL(new Blob([worker], { type: 'text/javascript' })), { type: 'module' });
    const inWorker = new Promise((resolve, reject) => {
      running.onmessage = ({ data }) => resolve(data);
      running.onerror = reject;
    });
    running.postMessage([new URL('/pkg/index.js', location.href).href, contracts]);
    return {
      load: answer(await load()),
      loadSync: answer(loadSync()),
      url: answer(await load({ module: wasm })),
      text: answer(await load({ module: wasm.href })),
      response: answer(await load({ module: fetch(wasm) })),
      untyped: answer(await load({ module: fetch(`${wasm}?untyped`) })),
      bytes: answer(await load({ module: await (await fetch(wasm)).arrayBuffer() })),
      compiled: answer(await load({ module: await WebAssembly.compileStreaming(fetch(wasm)) })),
      worker: await inWorker,
    };
  }, contracts);
  const [first] = Object.values(answers);
  assert.match(first, /"closing_mrr":"107\.00"/);
  for (const [name, answer] of Object.entries(answers)) assert.equal(answer, first, name);
});

test('after a trap in a browser, loading again gives an instance that works', async (t) => {
  const page = await opened(t, '/tests/page.html');
  const found = await page.evaluate(async (contracts) => {
    const { Instance } = WebAssembly;
    let memory;
    WebAssembly.Instance = function (...given) {
      const made = new Instance(...given);
      memory = made.exports.memory;
      return made;
    };
    const { load } = await import('/pkg/index.js');
    const cs = await load();
    WebAssembly.Instance = Instance;
    const made = (library) => library.Portfolio.fromTables({ contracts, currency: 'USD' });
    const portfolio = made(cs);
    new Uint8Array(memory.buffer).fill(255);
    const codes = [];
    for (const work of [() => portfolio.movements('2026-01-01', '2026-04-01'), () => made(cs), () => cs.surface()]) {
      try {
        work();
      } catch (error) {
        codes.push(`${error.name} ${error.code} ${error instanceof cs.InternalError}`);
      }
    }
    const again = await load();
    return { codes, fresh: again !== cs, length: made(again).movements('2026-01-01', '2026-04-01').length };
  }, contracts);
  assert.deepEqual(found, { codes: Array(3).fill('InternalError instance_lost true'), fresh: true, length: 3 });
});

/** A file that tries to be markup, with a row that cannot be read. */
const HOSTILE = [
  'contract_id,customer_id,start_date,end_date,mrr',
  'c-1,"<img src=x onerror=""document.title=1"">",2026-01-01,,1200.00',
  'c-2,zenith,2026-01-15,2026-03-01,80.50',
  'c-3,zenith,2026-02-01,,"<b>a lot</b>"',
].join('\n');

test('the demo shows the movements and the load report of a file', async (t) => {
  mkdirSync(here('../../target/demo'), { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    const page = await opened(t, '/demo/index.html', { colorScheme });
    // The page fetches the module after it is there.
    await page.waitForLoadState('networkidle');
    const before = server.requests.length;
    await page.setInputFiles('#file', { name: 'contracts.csv', mimeType: 'text/csv', buffer: Buffer.from(HOSTILE) });
    await page.waitForSelector('#movements tbody tr');
    const rows = await page.$$eval('#movements tbody tr', (lines) => lines.map((line) => [...line.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows, [
      ['2026-01-01', '–', '+1,280.50', '–', '–', '–', '1,280.50', '2'],
      ['2026-02-01', '1,280.50', '–', '–', '–', '–', '1,280.50', '2'],
      ['2026-03-01', '1,280.50', '–', '–', '–', '−80.50', '1,200.00', '1'],
    ]);
    assert.match(await page.textContent('#figures'), /1,200\.00closing MRR, USD/);
    assert.deepEqual(await page.$$eval('#tables tbody td', (cells) => cells.map((cell) => cell.textContent)), ['contracts', '3', '2', '1', '0']);
    assert.match(await page.textContent('#problems'), /contracts\[3\]\.mrr, line 4.*`<b>a lot<\/b>`/);
    assert.equal(await page.$('#problems b, #movements img'), null);
    assert.equal(await page.title(), 'Recurring revenue, by its movements');
    assert.deepEqual(server.requests.slice(before), [], 'the file is read without a request');

    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    assert.match(readFileSync(await download.path(), 'utf8'), /^period_start,period_end,opening_mrr,.*\r\n2026-01-01,/);

    await page.click('#example');
    await page.waitForFunction(() => document.getElementById('file-name').textContent === 'example.csv');
    assert.equal((await page.$$('#movements tbody tr')).length, 11);
    await page.screenshot({ path: here(`../../target/demo/${colorScheme}.png`), fullPage: true });
    await page.selectOption('#period', 'quarter');
    await page.waitForFunction(() => document.querySelectorAll('#movements tbody tr').length === 4);
  }
});

test('the demo says why a file cannot be read', async (t) => {
  const page = await opened(t, '/demo/index.html');
  const give = (text) => page.setInputFiles('#file', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await give('contract_id,customer_id,start_date,mrr,<b>note</b>\nc-1,a,2026-01-01,1,x\n');
  await page.waitForSelector('#failure:not([hidden])');
  assert.match(await page.textContent('#failure'), /contracts\.<b>note<\/b>.*has no column/);
  assert.equal(await page.$('#failure b'), null);
  assert.ok(await page.isHidden('#result'));
  await page.check('#ignore');
  await page.waitForSelector('#movements tbody tr');
  assert.ok(await page.isHidden('#failure'));
  await give('contract_id\n"');
  await page.waitForSelector('#failure:not([hidden])');
  // Every row was rejected: each says why.
  await give('contract_id,customer_id,start_date,mrr\nc-1,a,2026-01-32,1\nc-2,a,2026-01-01,1e3\n');
  await page.waitForFunction(() => document.querySelectorAll('#failure-problems li').length === 2);
  assert.match(await page.textContent('#failure-problems'), /start_date, line 2.*mrr, line 3/);
  await give('contract_id,customer_id,start_date,mrr\nc-1,a,2200-12-31,1\n');
  await page.waitForSelector('#movements tbody tr');
  assert.ok(await page.isHidden('#failure'));
});

test('the demo fits a narrow screen', async (t) => {
  const page = await opened(t, '/demo/index.html', { viewport: { width: 390, height: 800 } });
  await page.click('#example');
  await page.waitForSelector('#movements tbody tr');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.screenshot({ path: here('../../target/demo/narrow.png'), fullPage: true });
});
