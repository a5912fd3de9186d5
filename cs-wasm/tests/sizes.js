// What a visitor downloads: the sizes of the assembled package.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const folder = new URL('../pkg/', import.meta.url);

/** Bytes of the WebAssembly and of all JavaScript that loads with it, as they are and compressed. */
export function sizes() {
  const wasm = readFileSync(new URL('customer_success.wasm', folder));
  const review = readFileSync(new URL('review.wasm', folder));
  const analytics = readFileSync(new URL('analytics.wasm', folder));
  const scripts = readdirSync(folder).filter((name) => /\.js$/.test(name) && !name.includes('inline'));
  const script = Buffer.concat(scripts.sort().map((name) => readFileSync(new URL(name, folder))));
  const glue = readFileSync(new URL('glue.js', folder));
  return {
    wasm: wasm.length,
    wasmGzip: gzipSync(wasm, { level: 9 }).length,
    review: review.length,
    reviewGzip: gzipSync(review, { level: 9 }).length,
    analytics: analytics.length,
    analyticsGzip: gzipSync(analytics, { level: 9 }).length,
    glue: glue.length,
    script: script.length,
    scriptGzip: gzipSync(script, { level: 9 }).length,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { wasm, wasmGzip, review, reviewGzip, analytics, analyticsGzip, glue, script, scriptGzip } = sizes();
  console.log(`wasm ${wasm} bytes, ${wasmGzip} gzipped; for reviews ${review}, ${reviewGzip} gzipped; analytics alone ${analytics}, ${analyticsGzip} gzipped`);
  console.log(`glue ${glue} bytes; all JavaScript ${script}, ${scriptGzip} gzipped`);
}
