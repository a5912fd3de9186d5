import { canonical } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';
import { frozen } from './freeze.js';

/** Scorecards are made by `fromJson` and `standard` only. */
const key = Symbol('scorecard');

/** The method of a portfolio that looks for the evidence that a scorecard asks for. */
export const linted = Symbol('linted');

/** The class of the scorecards of an instance. */
export function scorecardClass(instance) {
  const asked = (name, text) => JSON.parse(instance.call((bindings) => bindings.scorecards(name, text)));
  /** What makes a health score, as data: measures with their curves and weights, groups, bands, profiles, overrides. */
  class Scorecard {
    #identity;

    constructor(secret, identity) {
      if (secret !== key) throw new TypeError('scorecards are made by fromJson and standard');
      this.#identity = identity;
      Object.freeze(this);
    }

    /** Reads a scorecard from JSON. */
    static fromJson(text) {
      if (typeof text !== 'string') throw invalidArgument('text', `${describe(text)} stands where text is expected`);
      return new Scorecard(key, asked('scorecard', text));
    }

    /** The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts. */
    static standard() {
      return new Scorecard(key, asked('scorecard', undefined));
    }

    /** The JSON Schema of scorecards, for editors and forms. */
    static jsonSchema() {
      return asked('schema', undefined);
    }

    /** Its name. */
    get name() {
      return this.#identity.name;
    }

    /** SHA-256 of the canonical JSON. */
    get fingerprint() {
      return this.#identity.fingerprint;
    }

    /** What its weights were fitted to, and how the test went; `null` of one that was not fitted. */
    get fitted() {
      return frozen(JSON.parse(this.toJson()).fitted ?? null);
    }

    /** The canonical JSON. */
    toJson() {
      return this.#identity.json;
    }

    /** What it says and hardly means, of itself or of a portfolio: a list like problems. */
    lint(portfolio) {
      if (portfolio === undefined || portfolio === null) return asked('lint', this.toJson());
      if (portfolio[linted] !== undefined) return JSON.parse(portfolio[linted](this.toJson()));
      throw invalidArgument('portfolio', `${describe(portfolio)} stands where a portfolio is expected`);
    }

    /** The same for arguments of calls, of this and any other instance. */
    get [canonical]() {
      return this.toJson();
    }
  }
  return Scorecard;
}
