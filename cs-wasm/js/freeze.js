/** JSON data that several callers may hold: frozen through and through. */
export function frozen(data) {
  if (typeof data === 'object' && data !== null) Object.values(Object.freeze(data)).forEach(frozen);
  return data;
}
