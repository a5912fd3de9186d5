import { homedir } from 'node:os';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { sizes } from './sizes.js';
import { here } from './support.js';

const manifest = JSON.parse(readFileSync(here('../js/package.json'), 'utf8'));

test('the package is installed by its name and works there', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'customer-success-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const npm = (...given) => execFileSync('npm', given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ filename, files }] = JSON.parse(npm('pack', here('../pkg'), '--json', '--pack-destination', folder));
  const names = files.map(({ path }) => path);
  for (const name of ['index.js', 'index.d.ts', 'inline.js', 'inline.d.ts', 'surface.d.ts', 'customer_success.wasm', 'review.wasm', 'analytics.wasm', 'wasm_inline.js', 'README.md']) {
    assert.ok(names.includes(name), name);
  }
  assert.deepEqual(names.filter((name) => !/^(LICENSE.*|README\.md|package\.json|[\w.]+\.js|\w+\.d\.ts|(customer_success|review|analytics)\.wasm)$/.test(name)), []);

  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm('install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
  // The example of the README, by both ways in.
  const [, example] = /```js\n(.*?)```/s.exec(readFileSync(here('../js/README.md'), 'utf8'));
  const inline = example.replace("{ load } from 'customer-success'", "{ loadSync } from 'customer-success/inline'").replace('await load()', 'loadSync()');
  assert.notEqual(inline, example);
  for (const code of [example, inline]) {
    writeFileSync(join(folder, 'example.js'), code);
    const printed = execFileSync(process.execPath, ['example.js'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual(printed.trim().split('\n'), [
      '2026-01-01 1200.00 0.00 1200.00',
      '2026-02-01 80.50 0.00 1280.50',
      '2026-03-01 0.00 80.50 1200.00',
    ]);
  }
});

test('the manifest names what is there and nothing that is not', () => {
  assert.equal(manifest.name, 'customer-success');
  assert.equal(manifest.license, 'MIT OR Apache-2.0');
  assert.equal(manifest.sideEffects, false);
  const paths = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  for (const path of paths) readFileSync(here(`../pkg/${path}`));
  assert.equal(manifest.dependencies, undefined);
});

test('what a visitor downloads stays small', (t) => {
  const { wasmGzip, reviewGzip, analyticsGzip, glue, scriptGzip } = sizes();
  assert.ok(reviewGzip <= 400_000, `${reviewGzip} bytes of WebAssembly for reviews, compressed`);
  assert.ok(analyticsGzip <= 250_000, `${analyticsGzip} bytes of WebAssembly for analytics alone, compressed`);
  assert.ok(glue <= 25 * 1024, `${glue} bytes of glue`);
  assert.ok(scriptGzip <= 25 * 1024, `${scriptGzip} bytes of JavaScript, compressed`);
  t.diagnostic(`wasm ${wasmGzip} bytes gzipped, ${reviewGzip} for reviews, ${analyticsGzip} of analytics alone, glue ${glue} bytes, JavaScript ${scriptGzip} bytes gzipped`);
});

test('the module names no folder of the machine that built it', () => {
  const wasm = readFileSync(here('../pkg/customer_success.wasm'), 'latin1');
  for (const folder of ['.cargo', 'registry/src', '/home/', '/tmp/', `${homedir()}/`, here('../..')]) {
    assert.ok(!wasm.includes(folder), folder);
  }
});

test('the binding is small enough to be read in one sitting', () => {
  const lines = (path) => readFileSync(here(path), 'utf8').split('\n').length;
  const rust = readdirSync(here('../src'));
  assert.ok(rust.includes('lib.rs'));
  assert.ok(rust.reduce((sum, name) => sum + lines(`../src/${name}`), 0) <= 350, 'the crate has grown');
  for (const name of rust) assert.ok(lines(`../src/${name}`) <= 300, `${name}: ${lines(`../src/${name}`)} lines`);
  const written = readdirSync(here('../js')).filter((name) => name.endsWith('.js') && !['operations.js', 'models.js'].includes(name));
  assert.ok(written.length > 8);
  for (const name of written) assert.ok(lines(`../js/${name}`) <= 200, `${name}: ${lines(`../js/${name}`)} lines`);
  const all = written.reduce((sum, name) => sum + lines(`../js/${name}`), 0);
  assert.ok(all <= 1_000, `${all} lines`);
});
