import { argumentsJson, options, placed } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';
import { frozen } from './freeze.js';
import { givenTo } from './given.js';
import { OPERATIONS } from './operations.js';
import { linted } from './scorecard.js';
import { reportOf, tableOf } from './table.js';

/** Portfolios are made by `fromTables`, `fromCsv` and `synthetic` only. */
const key = Symbol('portfolio');

/** The class of the portfolios of an instance, with its classes of definitions and tables. */
export function portfolioClass(instance, Definitions, Scorecard, Table) {
  const made = {
    table: (bytes) => tableOf(Table, bytes),
    report: (bytes, forms) => reportOf(instance, Table, forms, bytes),
    scorecard: (bytes) => Scorecard.fromJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
  };
  const sent = givenTo(instance);

  /** The tables or files among the arguments of a call, and the other arguments. */
  function parted(entries) {
    const isTable = ([name]) => instance.call((bindings) => bindings.is_table(name));
    const tables = entries.filter(isTable).filter(([, given]) => given !== undefined && given !== null);
    return [tables, entries.filter((entry) => !isTable(entry))];
  }

  /** A validated book of contracts and customers, never changed once made, which lives in WebAssembly. */
  class Portfolio {
    #handle;
    #loadReport;

    constructor(secret, handle) {
      if (secret !== key) throw new TypeError('portfolios are made by fromTables, fromCsv and synthetic');
      this.#handle = handle;
    }

    /** A portfolio of tables: each an array of objects, or an object of arrays or typed arrays. */
    static fromTables(tables) {
      const [given, others] = parted(options(tables));
      const all = sent.tables(given, argumentsJson(others));
      return new Portfolio(key, instance.call(({ Portfolio: made }) => made.from_tables(all)));
    }

    /** A portfolio of CSV files, each given by its bytes or its text: UTF-8, comma, a header. */
    static fromCsv(contracts, given) {
      const [files, others] = parted(options(given));
      const all = sent.files([['contracts', contracts], ...files], argumentsJson(others));
      return new Portfolio(key, instance.call(({ Portfolio: made }) => made.from_csv(all)));
    }

    /** A portfolio that is drawn, the same for the same options everywhere. */
    static synthetic(given) {
      const text = argumentsJson(options(given));
      return new Portfolio(key, instance.call(({ Portfolio: made }) => made.synthetic(text)));
    }

    // A method for each operation: first what has a place, then the options.
    static {
      for (const { operation, method, gives, positional, forms = [] } of OPERATIONS) {
        const { [method]: run } = {
          [method](...given) {
            const text = argumentsJson(placed(positional, given));
            return made[gives](this.#call((handle) => handle.run(operation, text)), forms);
          },
        };
        Object.defineProperty(run, 'length', { value: positional.length + 1 });
        Object.defineProperty(this.prototype, method, { value: run, writable: true, configurable: true });
      }
    }

    /** The result of an operation, by its name in data, on a part of the customers, as bytes for `merge`. */
    partial(operation, ...given) {
      if (typeof operation !== 'string') throw invalidArgument('operation', `${describe(operation)} stands where text is expected`);
      const last = given.at(-1);
      const named = typeof last === 'object' && last !== null && !Array.isArray(last) ? given.pop() : undefined;
      const positional = JSON.parse(argumentsJson([['arguments', given]])).arguments;
      const text = argumentsJson(options(named));
      return this.#call((handle) => handle.partial(operation, JSON.stringify(positional), text));
    }

    /** What was loaded: the accepted rows of a table, with the columns that were given. */
    table(name) {
      if (typeof name !== 'string') throw invalidArgument('name', `${describe(name)} stands where text is expected`);
      return tableOf(Table, this.#call((handle) => handle.table(name)));
    }

    /** What became of every row that was read; for each table, `rows_read = accepted + rejected + blank`. */
    get loadReport() {
      return (this.#loadReport ??= frozen(JSON.parse(this.#call((handle) => handle.load_report()))));
    }

    /** The last day of which the data tells: the one given, or else the latest on which a row became known. */
    get observedUntil() {
      return this.#known.observed_until;
    }

    /** The reporting currency. */
    get currency() {
      return this.#known.currency;
    }

    /** The definitions that operations follow unless they are given others. */
    get definitions() {
      return Definitions.fromJson(JSON.stringify(this.#known.definitions));
    }

    /** Gives its memory back; only a freed portfolio refuses its work. */
    free() {
      const handle = this.#handle;
      this.#handle = undefined;
      if (handle && !instance.isLost) instance.call(() => handle.free());
    }

    [linted](scorecard) {
      return this.#call((handle) => handle.scorecards('lint', scorecard));
    }

    get #known() {
      return JSON.parse(this.#call((handle) => handle.facts()));
    }

    #call(work) {
      const handle = this.#handle;
      if (!handle) throw invalidArgument('portfolio', 'the portfolio was freed');
      return instance.call(() => work(handle));
    }
  }

  // Where the host knows `using`, a portfolio ends with its block.
  if (Symbol.dispose) Portfolio.prototype[Symbol.dispose] = Portfolio.prototype.free;
  return Portfolio;
}
