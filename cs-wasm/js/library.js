import { definitionsClass } from './definitions.js';
import { CustomerSuccessError, InternalError, InvalidArgument, InvalidInput } from './errors.js';
import { Instance } from './instance.js';
import { portfolioClass } from './portfolio.js';
import { tableClass, tableOf } from './table.js';

/**
 * The library on an instance of its own.
 *
 * @param {WebAssembly.Module} module
 */
export function start(module) {
  const instance = new Instance(module);
  const Table = tableClass(instance);
  const Definitions = definitionsClass(instance);
  const Portfolio = portfolioClass(instance, Definitions, Table);
  const library = Object.freeze({
    Portfolio,
    Definitions,
    Table,
    CustomerSuccessError,
    InvalidInput,
    InvalidArgument,
    InternalError,
    /** The surface manifest: every constructor, operation, switch, table and error code as data. */
    surface: () => JSON.parse(instance.call((bindings) => bindings.surface())),
    /** A table of every scalar kind: what the bindings of all languages are tested with. */
    exemplar: () => tableOf(Table, instance.call((bindings) => bindings.exemplar())),
    /** The version of the library. */
    version: instance.call((bindings) => bindings.version()),
  });
  return { library, instance };
}
