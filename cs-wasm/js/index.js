import { tagOf } from './describe.js';
import { invalidArgument } from './errors.js';
import { start } from './library.js';

export { CustomerSuccessError, InternalError, InvalidArgument, InvalidInput } from './errors.js';

/** The library of the last `load()` without a module; callers share it as long as it works. */
let shared;

/** Loads the library: in Node from the file beside this module, elsewhere by `fetch`. Every call gives the same library
 * as long as that works; after `instance_lost`, a fresh one. One that is given a module gives a library of its own.
 *
 * @param {{ module?: BufferSource | Response | URL | string | WebAssembly.Module | PromiseLike<unknown> }} [options]
 */
export async function load({ module } = {}) {
  if (module !== undefined) return start(await compiled(await module)).library;
  const known = shared;
  // While this call looked at a lost library, another may have loaded the next one.
  if (shared === undefined || ((await known).instance.isLost && shared === known)) shared = fresh();
  return (await shared).library;
}

function fresh() {
  const loading = compiled(new URL('./customer_success.wasm', import.meta.url)).then(start);
  // What failed to load is tried again by the next call.
  loading.catch(() => {
    if (shared === loading) shared = undefined;
  });
  return loading;
}

async function compiled(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === 'string' || source instanceof URL) return compiled(await opened(new URL(source)));
  if (tagOf(source) === 'Response') return compiledResponse(source);
  if (ArrayBuffer.isView(source) || tagOf(source) === 'ArrayBuffer') return WebAssembly.compile(source);
  throw invalidArgument('module', 'the module is neither bytes, a response, a URL nor a compiled module');
}

/** In Node, `fetch` does not read files; asked for like this, its reader stays out of bundles for browsers. */
function opened(url) {
  const files = url.protocol === 'file:' && globalThis.process?.getBuiltinModule?.('node:fs/promises');
  return files ? files.readFile(url) : fetch(url);
}

async function compiledResponse(response) {
  if (!response.ok) throw new Error(`the WebAssembly module was not served: status ${response.status}`);
  // Compiling while it loads needs the right type, which not every server gives.
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
