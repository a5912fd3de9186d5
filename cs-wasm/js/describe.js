/** The tag of a host's own kind of object, such as `Date`, whatever window or realm it is from. */
export const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** Whether a value is an array or a typed array. */
export const isList = (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && tagOf(value) !== 'DataView');

/** Whether a value is an object that holds nothing but its keys and values. */
export function isPlain(value) {
  if (typeof value !== 'object' || value === null || tagOf(value) !== 'Object') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What a value is, for a message: the kind only, since messages reach logs. */
export function describe(value) {
  if (value === undefined || value === null) return 'nothing';
  if (isList(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'number':
    case 'bigint':
      return 'a number';
    case 'object':
      return tagOf(value) === 'Date' ? 'a date with a time' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

/** What the user wrote, as a place has it: cut to 64 characters, none of which ends a line or turns its direction. */
export function cut(text) {
  const shown = text.replace(/[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ');
  return shown.replace(/^(.{64}).+$/su, '$1…');
}

/** Whether every surrogate of a text is one of a pair, so that UTF-8 can hold the text. */
export const isWellFormed = String.prototype.isWellFormed
  ? (text) => text.isWellFormed()
  : (text) => !/\p{Surrogate}/u.test(text);
