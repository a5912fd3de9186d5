import { cut, describe, isPlain, isWellFormed } from './describe.js';
import { invalidArgument } from './errors.js';

/** The key under which an object of the library has its canonical JSON. */
export const canonical = Symbol('canonical JSON');

/** The core reads objects this deep; what lies below need not be written for it to refuse them. */
const DEPTH = 32;

/** The options of a call, by the names that the core has for them. Unknown ones are the core's to refuse. One given
 * twice, in both spellings, stays given twice. */
export function options(given) {
  if (given === undefined || given === null) return [];
  if (!isPlain(given) && given[canonical] === undefined) {
    throw invalidArgument('options', `${describe(given)} stands where an object of options is expected`);
  }
  const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.entries(given).map(([name, value]) => [snakeCase(name), value]);
}

/** The arguments of a call by their names: first what has a place, then the options. */
export const placed = (positional, given) => [...positional.map((name, place) => [name, given[place]]), ...options(given[positional.length])];

/** The JSON of arguments, given as a list of names and values; `undefined` is left out. `JSON.stringify` would make
 * `null` of `NaN`, text of a `Date`, and leave functions out without a word. */
export function argumentsJson(entries) {
  return object(entries, '', 1);
}

/** The JSON of data, such as a plain object of switches. */
export function dataJson(value, path) {
  return json(value, path, 1);
}

function json(value, path, depth) {
  switch (typeof value) {
    case 'string':
      if (isWellFormed(value)) return JSON.stringify(value);
      throw invalidArgument(path, 'text with half a character stands where a value is expected');
    case 'boolean':
      return JSON.stringify(value);
    case 'bigint':
      return String(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      throw invalidArgument(path, 'not a number, or an infinite one, stands where a value is expected');
    case 'undefined':
      return 'null';
  }
  if (value === null || depth > DEPTH + 1) return 'null';
  if (value[canonical] !== undefined) return value[canonical];
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, position) => json(item, `${path}[${position + 1}]`, depth + 1)).join(',')}]`;
  }
  if (isPlain(value)) return object(Object.entries(value), `${path}.`, depth);
  const help = describe(value) === 'a date with a time' ? 'write it like 2026-01-31' : undefined;
  throw invalidArgument(path, `${describe(value)} stands where a value is expected`, help);
}

function object(entries, path, depth) {
  const given = entries.filter(([, value]) => value !== undefined);
  const entry = ([name, value]) => `${JSON.stringify(name)}:${json(value, path + cut(name), depth + 1)}`;
  return `{${given.map(entry).join(',')}}`;
}
