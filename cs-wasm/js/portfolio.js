import { argumentsJson, options } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';
import { frozen } from './freeze.js';
import { bytesOf, columnsOf, encoded } from './input.js';
import { tableOf } from './table.js';

/** Portfolios are made by `fromTables` and `fromCsv` only. */
const key = Symbol('portfolio');

/** The class of the portfolios of an instance, with its classes of definitions and tables. */
export function portfolioClass(instance, Definitions, Table) {
  /** The tables or files among the arguments of a call, and the other arguments. */
  function parted(entries) {
    const isTable = ([name]) => instance.call((bindings) => bindings.is_table(name));
    const tables = entries.filter(isTable).filter(([, given]) => given !== undefined && given !== null);
    return [tables, entries.filter((entry) => !isTable(entry))];
  }

  function addTable(given, name, table, others) {
    const { rows, columns } = columnsOf(name, table);
    instance.call(() => given.table(name, rows, columns.length));
    for (const column of columns) {
      if (column.rows > rows) checkRows(name, column.rows, others);
      const { kinds, numbers, text, lengths } = encoded(name, column);
      instance.call(() => given.column(column.name, kinds, numbers, text, lengths));
    }
  }

  /** Refuses more rows than the limits among `others` allow: the instance may have no room for a column of so many. */
  function checkRows(name, rows, others) {
    const limited = sent([[name, rows]], (given) => instance.call(() => given.table(name, rows, 0)), others);
    instance.call(() => limited.free());
  }

  function addFile(given, name, file) {
    const bytes = bytesOf(name, file);
    instance.call(() => given.file(name, bytes));
  }

  /** The arguments `text`, with tables or files, as the instance has them: to be used up there, or freed. */
  function sent(tables, add, text) {
    const given = instance.call((bindings) => new bindings.Given(text));
    try {
      tables.forEach(([name, table]) => add(given, name, table, text));
      return given;
    } catch (error) {
      if (!instance.isLost) instance.call(() => given.free());
      throw error;
    }
  }

  /**
   * A validated book of contracts and customers; never changed once made.
   *
   * It lives in WebAssembly: free it when it is done with, or leave that to the garbage collector.
   */
  class Portfolio {
    #handle;
    #loadReport;

    constructor(secret, handle) {
      if (secret !== key) throw new TypeError('portfolios are made by fromTables and fromCsv');
      this.#handle = handle;
    }

    /**
     * A portfolio of tables: each an array of objects, or an object of arrays or typed arrays.
     *
     * Every problem of every row is found and located: `onInvalid: 'raise'` throws `InvalidInput` with `problems`,
     * `'reject'` keeps them in `loadReport`.
     */
    static fromTables(tables) {
      const [given, others] = parted(options(tables));
      const all = sent(given, addTable, argumentsJson(others));
      return new Portfolio(key, instance.call(({ Portfolio: made }) => made.from_tables(all)));
    }

    /**
     * A portfolio of CSV files, each given by its bytes or its text: UTF-8, comma, a header.
     *
     * `columns: { contracts: { subscription_id: 'contract_id' } }` reads their names of columns as ours.
     */
    static fromCsv(contracts, given) {
      const [files, others] = parted(options(given));
      const all = sent([['contracts', contracts], ...files], addFile, argumentsJson(others));
      return new Portfolio(key, instance.call(({ Portfolio: made }) => made.from_csv(all)));
    }

    /**
     * Movements of recurring revenue by period: a row for each, and
     * `opening + new + reactivation + expansion - contraction - churned + fx = closing`, exactly.
     *
     * The range, `end` exclusive, is widened to whole periods.
     */
    movements(start, end, given) {
      return this.#run('movements', [['start', start], ['end', end]], given);
    }

    /** Every movement of recurring revenue by itself, with the contracts that caused it. */
    journal(start, end, given) {
      return this.#run('journal', [['start', start], ['end', end]], given);
    }

    /**
     * Retention from close to close: of the customers paying at the first close of a window, what they pay at the last.
     *
     * `grr` is from 0 to 1, `nrr` is `grr` and expansion; ratios are `null` where nobody paid.
     */
    retention(start, end, given) {
      return this.#run('retention', [['start', start], ['end', end]], given);
    }

    /** The readings of retention that are flows of a period over what it opened with; they can leave 0 to 1. */
    flowRetention(start, end, given) {
      return this.#run('flow_retention', [['start', start], ['end', end]], given);
    }

    /** Customers by the period in which they first paid: a row for each cohort and age, up to the last close. */
    cohorts(end, given) {
      return this.#run('cohorts', [['end', end]], given);
    }

    /** What was loaded: the accepted rows of `contracts` or `customers` with the columns that were given. */
    table(name) {
      if (typeof name !== 'string') throw invalidArgument('name', `${describe(name)} stands where text is expected`);
      return tableOf(Table, this.#call((handle) => handle.table(name)));
    }

    /** What became of every row that was read; for each table, `rows_read = accepted + rejected + blank`. */
    get loadReport() {
      this.#loadReport ??= frozen(JSON.parse(this.#call((handle) => handle.load_report())));
      return this.#loadReport;
    }

    /** The reporting currency. */
    get currency() {
      return this.#call((handle) => handle.currency());
    }

    /** The definitions that operations follow unless they are given others. */
    get definitions() {
      return Definitions.fromJson(this.#call((handle) => handle.definitions()));
    }

    /** Gives its memory back; only a freed portfolio refuses its work. */
    free() {
      const handle = this.#handle;
      this.#handle = undefined;
      if (handle && !instance.isLost) instance.call(() => handle.free());
    }

    #run(operation, data, given) {
      const text = argumentsJson([...data, ...options(given)]);
      return tableOf(Table, this.#call((handle) => handle.run(operation, text)));
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
