import { cut } from './describe.js';

/** What went wrong, as data: a sentence, a stable code, and every problem with its place. Made by the library only;
 * the class says whose fault it is. */
export class CustomerSuccessError extends Error {
  #json;

  /**
   * @param {string} json the canonical JSON of an error
   * @param {ErrorOptions} [options]
   */
  constructor(json, options) {
    const { message, problems, problems_total: total } = JSON.parse(json);
    super(message, options);
    this.#json = json;
    /** The stable name of the first problem, such as `too_many_digits`. */
    this.code = problems[0].code;
    /** Where the first problem is, such as `contracts[12].mrr`. */
    this.path = problems[0].path;
    /** The problems that are kept: plain objects, in the order of table, row and column. */
    this.problems = problems;
    /** How many problems there are, kept or not. */
    this.problemsTotal = total;
  }

  /** The canonical JSON, the same in every language. */
  toJson() {
    return this.#json;
  }
}

/** The data cannot be read as what it claims to be. */
export class InvalidInput extends CustomerSuccessError {}

/** The call is wrong. */
export class InvalidArgument extends CustomerSuccessError {}

/** A bug of the library; with the code `instance_lost`, load again and rebuild. */
export class InternalError extends CustomerSuccessError {}

const classes = { InvalidInput, InvalidArgument, InternalError };
// Set by hand, since minifiers rename classes.
for (const [name, { prototype }] of Object.entries({ CustomerSuccessError, ...classes })) prototype.name = name;

/** The error of a canonical JSON. */
export function errorOf(json, options) {
  return new classes[JSON.parse(json).kind](json, options);
}

/** An error with one problem that is found before the core is called, in the core's words and form. */
function problem(kind, { code, message, path = '', table = null, row = null, column = null, help = null }, options) {
  const place = path && `${path}: `;
  const mending = help && ` (${help})`;
  const problems = [{ code, message, path, table, row, line: null, column, value: null, help }];
  const json = { kind, message: `${place}${message}${mending ?? ''}`, problems, problems_total: 1 };
  return errorOf(JSON.stringify(json), options);
}

/** An argument that cannot be handed to the core, located by its path. */
export function invalidArgument(path, message, help) {
  return problem('InvalidArgument', { code: 'invalid_argument', message, path, help });
}

/** A table that cannot be handed to the core, located by its row or its column. */
export function invalidTable(code, table, { row = null, column: name = null }, message, help) {
  const column = name === null ? null : cut(name);
  const path = table + (row === null ? '' : `[${row}]`) + (column === null ? '' : `.${column}`);
  return problem('InvalidInput', { code, message, path, table, row, column, help });
}

/** What every call gives once an instance of WebAssembly has failed. */
export function instanceLost(cause) {
  const what = { message: 'the library failed, and its instance is lost', help: 'load again and rebuild' };
  return problem('InternalError', { code: 'instance_lost', ...what }, { cause });
}
