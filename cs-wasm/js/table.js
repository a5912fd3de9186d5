import { argumentsJson, options } from './arguments.js';
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
      return this.#written('csv');
    }

    /** The first rows as an HTML table; everything that came from data is escaped. */
    toHtml() {
      return this.#written('html');
    }

    /** The pictures that the result has; the first is drawn where none is named. */
    get pictures() {
      return JSON.parse(this.#written('pictures'));
    }

    /** A picture as SVG: `picture` is one of `pictures`, `locale` is `en` or `ja`. Text from data is escaped. */
    toSvg(given) {
      return this.#written('svg', given);
    }

    /** The same picture as a specification of Vega-Lite, with its data. */
    toVegaLite(given) {
      return JSON.parse(this.#written('vega_lite', given));
    }

    /** The canonical JSON: the bytes that are the same in every language. */
    toJson() {
      return this.#json;
    }

    #written(form, given) {
      const text = argumentsJson(options(given));
      return instance.call((bindings) => bindings.written(this.#json, form, text));
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
