import { argumentsJson, placed } from './arguments.js';
import { definitionsClass } from './definitions.js';
import { describe, isList } from './describe.js';
import { CustomerSuccessError, InternalError, InvalidArgument, InvalidInput, invalidArgument } from './errors.js';
import { givenTo } from './given.js';
import { Instance } from './instance.js';
import { modelsOf } from './models.js';
import { CALCULATIONS } from './operations.js';
import { portfolioClass } from './portfolio.js';
import { scorecardClass } from './scorecard.js';
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
  const Scorecard = scorecardClass(instance);
  const Portfolio = portfolioClass(instance, Definitions, Scorecard, Table);
  const sent = givenTo(instance);
  /** What partials make together, as bytes. */
  function merged(partials, isPart) {
    if (!Array.isArray(partials)) {
      throw invalidArgument('partials', `${describe(partials)} stands where a list of partials is expected`);
    }
    const given = sent.files(partials.map((bytes, position) => [`partials[${position + 1}]`, bytes]), '{}');
    return instance.call((bindings) => bindings.merge(given, isPart));
  }
  /** A function on plain numbers by its method; lists cross as columns, and one given twice stays given twice. */
  const calculation = ({ name, method, positional }) => [method, (...given) => {
    const entries = placed(positional, given);
    const lists = new Map(entries.filter(([, value]) => isList(value)));
    const others = entries.filter(([argument, value]) => lists.get(argument) !== value);
    const all = sent.tables([[name, Object.fromEntries(lists)]], argumentsJson(others));
    return tableOf(Table, instance.call((bindings) => bindings.calculated(name, all)));
  }];
  const library = Object.freeze({
    Portfolio,
    Definitions,
    Scorecard,
    ...modelsOf(instance),
    Table,
    CustomerSuccessError,
    InvalidInput,
    InvalidArgument,
    InternalError,
    ...Object.fromEntries(CALCULATIONS.map(calculation)),
    /** The result of all the parts that `partial` gave: byte for byte that of a single run. */
    merge: (partials) => tableOf(Table, merged(partials, false)),
    /** All the parts that `partial` gave as one part. */
    mergePartials: (partials) => merged(partials, true),
    /** The surface manifest: every constructor, operation, switch, table and error code as data. */
    surface: () => JSON.parse(instance.call((bindings) => bindings.surface())),
    /** A table of every scalar kind: what the bindings of all languages are tested with. */
    exemplar: () => tableOf(Table, instance.call((bindings) => bindings.exemplar())),
    /** The version of the library. */
    version: instance.call((bindings) => bindings.version()),
  });
  return { library, instance };
}
