import { canonical } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';

/** Scorecards are made by `fromJson` and `standard` only. */
const key = Symbol('scorecard');

/** The method of a portfolio that looks for the evidence that a scorecard asks for. */
export const linted = Symbol('linted');

/** The class of the scorecards of an instance. */
export function scorecardClass(instance) {
  /** What makes a health score, as data: measures with their curves and weights, groups, bands, profiles, overrides. */
  class Scorecard {
    #json;

    constructor(secret, { name, fingerprint, json } = {}) {
      if (secret !== key) throw new TypeError('scorecards are made by fromJson and standard');
      this.#json = json;
      Object.freeze(Object.assign(this, { name, fingerprint }));
    }

    /** Reads a scorecard from JSON. */
    static fromJson(text) {
      if (typeof text !== 'string') {
        throw invalidArgument('text', `${describe(text)} stands where text is expected`);
      }
      return new Scorecard(key, JSON.parse(instance.call((bindings) => bindings.scorecard(text))));
    }

    /** The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts. */
    static standard() {
      return new Scorecard(key, JSON.parse(instance.call((bindings) => bindings.scorecard(undefined))));
    }

    /** The JSON Schema of scorecards, for editors and forms. */
    static jsonSchema() {
      return JSON.parse(instance.call((bindings) => bindings.scorecard_schema()));
    }

    /** The canonical JSON. */
    toJson() {
      return this.#json;
    }

    /** What it says and hardly means, of itself or of a portfolio: a list like problems. */
    lint(portfolio) {
      const json = this.#json;
      if (portfolio === undefined || portfolio === null) return JSON.parse(instance.call((bindings) => bindings.lint(json)));
      if (portfolio[linted] !== undefined) return JSON.parse(portfolio[linted](json));
      throw invalidArgument('portfolio', `${describe(portfolio)} stands where a portfolio is expected`);
    }

    /** The same for arguments of calls, of this and any other instance. */
    get [canonical]() {
      return this.#json;
    }
  }
  return Scorecard;
}
