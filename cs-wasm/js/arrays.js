import { argumentsJson, options } from './arguments.js';
import { tagOf } from './describe.js';
import { CALCULATIONS } from './operations.js';
import { tableOf } from './table.js';

/** The functions on plain numbers of an instance, each by the name of its method. */
export function calculationsOf(instance, Table) {
  const called = ({ name, positional }) => (...given) => {
    const entries = [...positional.map((argument, position) => [argument, given[position]]), ...options(given[positional.length])];
    const [arrays, others] = parted(entries);
    const text = argumentsJson(others);
    const sent = instance.call((bindings) => new bindings.Given(text));
    for (const { argument, numbers, areFlags } of arrays) instance.call(() => sent.array(argument, numbers, areFlags));
    return tableOf(Table, instance.call((bindings) => bindings.calculated(name, sent)));
  };
  return Object.fromEntries(CALCULATIONS.map((one) => [one.method, called(one)]));
}

/** The arguments that are arrays of numbers or flags alone, which cross as they are, and the others. */
function parted(entries) {
  const arrays = [];
  const others = entries.filter(([argument, value]) => {
    const array = arrayOf(value);
    if (array) arrays.push({ argument, ...array });
    return !array;
  });
  return [arrays, others];
}

export function arrayOf(value) {
  if (/^(Float|Int|Uint)\d+(Clamped)?Array$/.test(tagOf(value))) return { numbers: Float64Array.from(value), areFlags: false };
  if (!Array.isArray(value) || value.length === 0) return undefined;
  // Whatever else is among them, holes too, is told where it stands.
  const items = Array.from(value);
  if (items.every((item) => typeof item === 'number')) return { numbers: Float64Array.from(items), areFlags: false };
  if (items.every((item) => typeof item === 'boolean')) return { numbers: Float64Array.from(items), areFlags: true };
  return undefined;
}
