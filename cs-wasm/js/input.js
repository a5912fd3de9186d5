import { describe, isList, isPlain, isWellFormed, tagOf } from './describe.js';
import { invalidArgument, invalidTable } from './errors.js';

/** What stands in a row of a column, in the numbers of `kind` in `src/given.rs`. */
const ABSENT = 0;
const TEXT = 1;
const FALSE = 2;
const TRUE = 3;
const FLOAT = 4;
const INTEGER = 5;
const MOMENT = 6;
const OTHER = 7;

/** A column's texts cross as one string; hosts bound the length of those at some point from 2^29 on. */
const MOST_CHARACTERS = 2 ** 28;

/** Whether a value is a row: a plain object, or any other that has keys; one without them, such as a map, is none. */
function isRow(value) {
  if (typeof value !== 'object' || value === null || isList(value) || tagOf(value) === 'String') return false;
  return isPlain(value) || Object.keys(value).length > 0;
}

/**
 * A column that is not judged yet: its name, how many rows it has, what stands in each, and whether its numbers are
 * whole by their type.
 *
 * @typedef {{ name: string, rows: number, at: (row: number) => unknown, isWhole: boolean }} Column
 */

/**
 * A table as its number of rows and its columns.
 *
 * @param {string} table the name of the table
 * @param {unknown} given an array of objects, or an object of arrays or typed arrays
 * @returns {{ rows: number, columns: Column[] }}
 */
export function columnsOf(table, given) {
  if (Array.isArray(given)) return columnsOfRows(table, given);
  if (isPlain(given)) return columnsOfLists(table, given);
  const help = 'give an array of objects, or an object of arrays';
  throw invalidArgument(table, `${describe(given)} stands where a table is expected`, help);
}

function columnsOfRows(table, rows) {
  const names = new Set();
  // Not forEach, which leaves out holes.
  for (let row = 0; row < rows.length; row += 1) {
    const given = rows[row];
    if (!isRow(given)) {
      const message = `${describe(given)} stands where a row is expected`;
      throw invalidTable('invalid_argument', table, { row: row + 1 }, message, 'a row is an object of named values');
    }
    for (const name of Object.keys(given)) names.add(name);
  }
  // Only what a row has itself: `constructor` is a fine name of a column.
  const at = (name) => (row) => (Object.hasOwn(rows[row], name) ? rows[row][name] : undefined);
  const columns = Array.from(names, (name) => ({ name, rows: rows.length, at: at(name), isWhole: false }));
  return { rows: rows.length, columns };
}

function columnsOfLists(table, lists) {
  const given = Object.entries(lists).filter(([, list]) => list !== undefined);
  for (const [column, list] of given) {
    if (!isList(list)) {
      const message = `${describe(list)} stands where a list of values is expected`;
      throw invalidTable('invalid_argument', table, { column }, message, 'give each column as an array of its values');
    }
  }
  const isWhole = (list) => /^(Big)?(Ui|I)nt/.test(tagOf(list));
  const at = (list) => (row) => list[row];
  const columns = given.map(([name, list]) => ({ name, rows: list.length, at: at(list), isWhole: isWhole(list) }));
  return { rows: columns[0]?.rows ?? 0, columns };
}

/**
 * A column in the form in which it crosses: what stands in each row, then the numbers and the texts in turn.
 *
 * @param {string} table the name of the table
 * @param {Column} column
 */
export function encoded(table, { name, rows, at, isWhole }) {
  const kinds = new Uint8Array(rows);
  const lengths = new Uint32Array(rows);
  const text = new Texts();
  let [numbers, texts, floats] = [new Float64Array(0), 0, 0];
  const say = (row, kind, piece) => {
    kinds[row] = kind;
    lengths[texts] = piece.length;
    texts += 1;
    text.add(piece);
  };
  for (let row = 0; row < rows; row += 1) {
    const value = at(row);
    switch (typeof value) {
      case 'undefined':
        break;
      case 'string':
        if (isWellFormed(value)) say(row, TEXT, value);
        else say(row, OTHER, 'text with half a character');
        break;
      case 'boolean':
        kinds[row] = value ? TRUE : FALSE;
        break;
      case 'number':
        if (isWhole) {
          say(row, INTEGER, String(value));
        } else {
          if (floats === 0) numbers = new Float64Array(rows - row);
          kinds[row] = FLOAT;
          numbers[floats] = value;
          floats += 1;
        }
        break;
      case 'bigint':
        say(row, INTEGER, String(value));
        break;
      default:
        if (value === null) kinds[row] = ABSENT;
        else if (tagOf(value) === 'Date') say(row, MOMENT, moment(value));
        else say(row, OTHER, describe(value));
    }
    if (text.length > MOST_CHARACTERS) {
      const message = `the column holds more than ${MOST_CHARACTERS} characters`;
      throw invalidTable('limit_exceeded', table, { column: name }, message, 'load the table in parts, or as CSV');
    }
  }
  return { kinds, numbers: numbers.subarray(0, floats), text: text.joined(), lengths: lengths.subarray(0, texts) };
}

/** Texts put together in parts, so that no long list of them is kept. */
class Texts {
  length = 0;
  #parts = [];
  #pieces = [];

  add(piece) {
    this.length += piece.length;
    if (this.#pieces.push(piece) === 4096) this.#join();
  }

  joined() {
    this.#join();
    return this.#parts.join('');
  }

  #join() {
    this.#parts.push(this.#pieces.join(''));
    this.#pieces.length = 0;
  }
}

function moment(date) {
  try {
    return Date.prototype.toISOString.call(date);
  } catch {
    return 'a date that is none';
  }
}

/**
 * The bytes of a CSV file.
 *
 * @param {string} table the name of the table
 * @param {unknown} file its bytes, or its text
 * @returns {Uint8Array}
 */
export function bytesOf(table, file) {
  if (typeof file === 'string') {
    if (isWellFormed(file)) return new TextEncoder().encode(file);
    const message = 'the text has half a character, which no encoding can hold';
    throw invalidTable('invalid_encoding', table, {}, message, 'give its bytes, or text that is whole');
  }
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (/^(Shared)?ArrayBuffer$/.test(tagOf(file))) return new Uint8Array(file);
  const help = 'give its bytes or its text; of a File, await file.arrayBuffer()';
  throw invalidArgument(table, `${describe(file)} stands where a file is expected`, help);
}
