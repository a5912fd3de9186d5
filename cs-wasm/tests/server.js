// A static server for tests: this folder's parent, and the core's conformance vectors.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { here, vectors } from './support.js';

const TYPES = { '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves on a free port of this machine alone; `requests` has the path of every request. */
export async function serve() {
  const requests = [];
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    requests.push(pathname);
    if (pathname === '/vectors.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(vectors()));
      return;
    }
    const path = join(here('..'), normalize(pathname));
    const found = await stat(path).catch(() => undefined);
    if (!path.startsWith(here('..')) || !found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    // As a server that does not know the type of WebAssembly.
    const type = url.endsWith('?untyped') ? undefined : TYPES[extname(path)];
    response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { origin: `http://127.0.0.1:${server.address().port}`, requests, close };
}
