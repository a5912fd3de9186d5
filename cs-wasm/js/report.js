import { tableOf } from './table.js';

/** A report of a canonical JSON: its figures, and its tables, under their names. */
export function reportOf(Table, json) {
  const { schema, ...parts } = JSON.parse(json);
  const camelCase = (name) => name.replace(/_[a-z]/g, ([, letter]) => letter.toUpperCase());
  // What is written again is what was read: the form of numbers and texts is JavaScript's own.
  const part = (value) => (value?.schema === undefined ? value : tableOf(Table, JSON.stringify(value)));
  const named = Object.entries(parts).map(([name, value]) => [camelCase(name), part(value)]);
  return Object.freeze({ ...Object.fromEntries(named), toJson: () => json });
}
