import { argumentsJson, canonical, options } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';
import { frozen } from './freeze.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Only the library makes tables. */
const key = Symbol('table');

/** A table of bytes, of which `instance` makes other forms. */
export const tableOf = (Table, bytes) => new Table(key, bytes);

/** The class of the tables of an instance. */
export function tableClass(instance) {
  /** A result: rows of named cells, and what they were computed with. It holds its columns as bytes and nothing in
   * WebAssembly, so that there is nothing to free. */
  class Table {
    #bytes;
    #head;
    #json;

    constructor(secret, bytes) {
      if (secret !== key) throw new TypeError('tables are made by operations');
      this.#bytes = bytes;
      // Behind the columns a head says where they are, and after it how long it is.
      const end = bytes.length - 4;
      const start = end - new DataView(bytes.buffer).getUint32(end, true);
      this.#head = frozen(JSON.parse(decoder.decode(bytes.subarray(start, end))));
    }

    /** The rows as plain objects: money and dates as strings, counts and ratios as numbers, `null` where absent. */
    rows() {
      return JSON.parse(this.toJson()).rows;
    }

    /** The columns by name, each an array of cells as they stand in `rows()`. */
    columns() {
      const rows = this.rows();
      return Object.fromEntries(this.#head.columns.map(({ name }) => [name, rows.map((row) => row[name])]));
    }

    /** A column by its name: ratios as a `Float64Array`, `NaN` where absent, any others as an array of cells. */
    column(name) {
      const position = this.#head.columns.findIndex((column) => column.name === name);
      if (position < 0) throw invalidArgument('name', `the table has no column ${describe(name)}`);
      const { at, present, texts, lengths, size, text } = this.#head.places[position];
      const [{ kind }, { buffer }, rows] = [this.#head.columns[position], this.#bytes, this.length];
      if (kind === 'ratio') {
        const ratios = new Float64Array(new (size === 4 ? Int32Array : Float64Array)(buffer, at, rows));
        // Those of four bytes are millionths.
        if (size === 4) for (let row = 0; row < rows; row += 1) ratios[row] /= 1e6;
        if (present !== undefined) this.#bytes.subarray(present, present + rows).forEach((isThere, row) => isThere || (ratios[row] = NaN));
        return ratios;
      }
      if (kind !== 'text' && kind !== 'date') return this.rows().map((row) => row[name]);
      let end = text;
      const all = Array.from(new (size === 1 ? Uint8Array : Uint32Array)(buffer, lengths, texts), (length) => decoder.decode(this.#bytes.subarray(end, (end += length))));
      // Texts are those of the rows, one after another, or there is a code for each row.
      if (at === undefined) return all;
      const [codes, cells] = [new (texts < 255 ? Uint8Array : Uint32Array)(buffer, at, rows), new Array(rows)];
      for (let row = 0; row < rows; row += 1) cells[row] = all[codes[row]] ?? null;
      return cells;
    }

    /** The name of what the rows are, such as `movements`. */
    get schema() {
      return this.#head.schema;
    }

    /** What the table was computed with: version, operation, currency, definitions, fingerprint and more. */
    get metadata() {
      return this.#head.metadata;
    }

    /** How many rows there are. */
    get length() {
      return this.#head.rows;
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
      return (this.#json ??= this.#written('json'));
    }

    #written(form, given) {
      const text = argumentsJson(options(given));
      return instance.call((bindings) => bindings.written(this.#bytes, form, text));
    }
  }
  return Table;
}

/** A report of bytes, its canonical JSON and those of its tables: its figures, its tables and its forms, under their names. */
export function reportOf(instance, Table, forms, bytes) {
  const camelCase = (name) => name.replace(/_[a-z]/g, ([, letter]) => letter.toUpperCase());
  let end = 0;
  const next = () => bytes.slice(end + 4, (end += 4 + new DataView(bytes.buffer).getUint32(end, true)));
  const json = decoder.decode(next());
  const { schema, ...parts } = JSON.parse(json);
  const named = Object.entries(parts).map(([name, value]) => [camelCase(name), value?.schema === undefined ? value : tableOf(Table, next())]);
  const write = (form, text) => instance.call((bindings) => bindings.written(bytes, `${schema}.${form}`, text));
  const texts = forms.map((form) => [camelCase(`to_${form}`), (given) => write(form, argumentsJson(options(given)))]);
  return Object.freeze({ ...Object.fromEntries([...named, ...texts]), toJson: () => json, [canonical]: json });
}
