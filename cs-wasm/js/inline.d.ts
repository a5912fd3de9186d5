import type { CustomerSuccess } from './index.js';

export type * from './index.js';
export { CustomerSuccessError, InternalError, InvalidArgument, InvalidInput } from './index.js';

/**
 * Loads the library at once, out of the code itself: for places without `fetch` and without files.
 *
 * Every call gives the same library as long as that works; after `instance_lost`, a fresh one.
 */
export function loadSync(): CustomerSuccess;
