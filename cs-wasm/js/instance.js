import { errorOf, instanceLost } from './errors.js';
import { bindings } from './glue.js';

/** One instance of WebAssembly, until it fails. */
export class Instance {
  /** The bindings, which are of this instance alone; none once it is lost. */
  #bindings;
  #cause;

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    const instance = this;
    // Frees what nobody holds any more; never in an instance that has failed, which could fail again, outside of every
    // call and with nobody to catch it.
    class Registry extends FinalizationRegistry {
      constructor(free) {
        super((pointer) => {
          try {
            if (!instance.isLost) instance.call(() => free(pointer));
          } catch {
            // The instance is lost now, and the next call says so.
          }
        });
      }
    }
    this.#bindings = bindings(Registry);
    this.#bindings.initSync({ module });
  }

  /** Whether it has failed. */
  get isLost() {
    return this.#bindings === undefined;
  }

  /**
   * Calls into the instance. Nothing of the host may run inside `work`: whatever is thrown there, but the errors of
   * the core, which are texts, is a failure of the library.
   *
   * @template T
   * @param {(bindings: any) => T} work
   * @returns {T}
   */
  call(work) {
    if (this.isLost) throw instanceLost(this.#cause);
    try {
      return work(this.#bindings);
    } catch (thrown) {
      if (typeof thrown === 'string') throw errorOf(thrown);
      this.#bindings = undefined;
      this.#cause = thrown;
      throw instanceLost(thrown);
    }
  }
}
