// What several tests use.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the core's conformance files. */
export const conformance = new URL('../../cs-core/conformance/', import.meta.url);

/** The conformance vectors with what is expected of them. */
export function vectors() {
  const folder = new URL('vectors/', conformance);
  const read = (name) => readFileSync(new URL(name, folder), 'utf8');
  const names = readdirSync(folder).sort();
  const found = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const expected = names.filter((name) => name.endsWith('.expected')).map((name) => name.slice(0, -'.expected'.length));
  const alone = [...found, ...expected].filter((name) => !found.includes(name) || !expected.includes(name));
  if (alone.length > 0) throw new Error(`vectors without their other half: ${alone.join(', ')}`);
  return found.map((name) => ({ name, text: read(`${name}.json`), expected: read(`${name}.expected`) }));
}

/** How many vectors there are, in every language: a folder that is not found is no success. */
export const COUNT = Number(readFileSync(new URL('COUNT', conformance), 'utf8'));

/** Synthetic books: their arguments, and the digests of their tables' bytes. */
export function books() {
  return JSON.parse(readFileSync(new URL('synthetic.json', conformance), 'utf8'));
}

/** The error that `work` throws. */
export function thrownBy(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A name that would rewrite the line that shows it, and what an error shows of it. */
export const steering = `a\u0000\n\u0085\u061c\u2028\u202e🎉${'x'.repeat(100)}`;
export const cut = `a      🎉${'x'.repeat(56)}…`;

/** A path of this folder. */
export const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Three contracts of two customers. */
export const contracts = [
  { contract_id: 'c-1', customer_id: 'acme', start_date: '2026-01-01', mrr: '100.00' },
  { contract_id: 'c-2', customer_id: 'acme', start_date: '2026-02-01', end_date: '2026-03-01', mrr: '20.50' },
  { contract_id: 'c-3', customer_id: 'zenith', start_date: '2026-02-15', mrr: '7.00', quantity: 3, auto_renew: true },
];
