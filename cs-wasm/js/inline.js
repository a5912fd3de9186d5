import { start } from './library.js';
import base64 from './wasm_inline.js';

export { CustomerSuccessError, InternalError, InvalidArgument, InvalidInput } from './errors.js';

/** The library of the last `loadSync()`; callers share it as long as it works. */
let shared;

/** Loads the library at once, out of the code itself: for places without `fetch` and without files. Every call gives
 * the same library as long as that works; after `instance_lost`, a fresh one. */
export function loadSync() {
  if (!shared || shared.instance.isLost) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    shared = start(new WebAssembly.Module(bytes));
  }
  return shared.library;
}
