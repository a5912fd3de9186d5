import { frozen } from './freeze.js';

/** Only the library makes tables. */
const key = Symbol('table');

/** A table of a canonical JSON, whose other forms `instance` gives. */
export const tableOf = (Table, json) => new Table(key, json);

/** The class of the tables of an instance. */
export function tableClass(instance) {
  /**
   * A result: rows of named cells, and what they were computed with.
   *
   * It holds its canonical JSON and nothing in WebAssembly, so that there is nothing to free.
   */
  class Table {
    #json;
    #head;

    constructor(secret, json) {
      if (secret !== key) throw new TypeError('tables are made by operations');
      this.#json = json;
    }

    /** The rows as plain objects: money and dates as strings, counts and ratios as numbers, `null` where absent. */
    rows() {
      return JSON.parse(this.#json).rows;
    }

    /** The columns by name, each an array of cells as they stand in `rows()`. */
    columns() {
      const { columns, rows } = JSON.parse(this.#json);
      return Object.fromEntries(columns.map(({ name }) => [name, rows.map((row) => row[name])]));
    }

    /** The name of what the rows are, such as `movements`. */
    get schema() {
      return this.#parsed.schema;
    }

    /** What the table was computed with: version, operation, currency, definitions, fingerprint and more. */
    get metadata() {
      return this.#parsed.metadata;
    }

    /** How many rows there are. */
    get length() {
      return this.#parsed.length;
    }

    /** CSV for spreadsheets (RFC 4180): text that a spreadsheet would run as a formula is defused, reversibly. */
    toCsv() {
      return instance.call((bindings) => bindings.written(this.#json, false));
    }

    /** The first rows as an HTML table; everything that came from data is escaped. */
    toHtml() {
      return instance.call((bindings) => bindings.written(this.#json, true));
    }

    /** The canonical JSON: the bytes that are the same in every language. */
    toJson() {
      return this.#json;
    }

    /** What stands beside the rows, which are parsed anew for each caller to keep and change. */
    get #parsed() {
      if (!this.#head) {
        const { schema, rows, metadata } = JSON.parse(this.#json);
        this.#head = frozen({ schema, metadata, length: rows.length });
      }
      return this.#head;
    }
  }
  return Table;
}
