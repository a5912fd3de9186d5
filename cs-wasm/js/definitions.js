import { argumentsJson, canonical, dataJson, options } from './arguments.js';
import { describe } from './describe.js';
import { invalidArgument } from './errors.js';
import { frozen } from './freeze.js';

/** The class of the definitions of an instance. */
export function definitionsClass(instance) {
  /** What every number means: a value for each switch, never changed once made. The switches are properties by their
   * names in data, such as `gap_tolerance_days`. */
  class Definitions {
    #json;
    #fingerprint;

    /** @param {object} [switches] by their names in camel case; what is left out takes its default */
    constructor(switches) {
      const given = argumentsJson(options(switches));
      this.#json = instance.call((bindings) => bindings.definitions('{}', given));
      this.#fingerprint = instance.call((bindings) => bindings.definitions_fingerprint(this.#json));
      Object.assign(this, JSON.parse(this.#json));
      frozen(this);
    }

    /** The definitions of what `toJson` gave; switches that are not named keep their default. */
    static fromJson(text) {
      if (typeof text !== 'string') throw invalidArgument('text', `${describe(text)} stands where text is expected`);
      return new Definitions(JSON.parse(instance.call((bindings) => bindings.definitions(text, '{}'))));
    }

    /** The same definitions with other values of some switches. */
    replace(switches) {
      const given = argumentsJson(options(switches));
      return Definitions.fromJson(instance.call((bindings) => bindings.definitions(this.#json, given)));
    }

    /** The switches on which `other` differs: a list of `{ switch, before, after }`. */
    diff(other) {
      const given = dataJson(other, 'other');
      return JSON.parse(instance.call((bindings) => bindings.definitions_diff(this.#json, given)));
    }

    /** SHA-256 of the canonical JSON of all switches. */
    get fingerprint() {
      return this.#fingerprint;
    }

    /** The canonical JSON of all switches. */
    toJson() {
      return this.#json;
    }

    /** The same for arguments of other calls, of this and any other instance. */
    get [canonical]() {
      return this.#json;
    }
  }
  return Definitions;
}
