// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

import { argumentsJson, options } from './arguments.js';
import { isList } from './describe.js';

/** What a method of a model gives. */
const askedOf = (instance, name, entries) => {
  const text = argumentsJson(entries);
  const bytes = instance.call((bindings) => bindings.calculated(name, new bindings.Given(text)));
  return JSON.parse(new TextDecoder().decode(bytes));
};

/** The class of the models of an instance. */
export function shiftedBetaGeometricClass(instance) {
  const asked = (method, entries) => askedOf(instance, `shifted_beta_geometric.${method}`, entries);
  /** How long customers stay who may leave at the end of every period, each with a probability of its own. */
  class ShiftedBetaGeometric {
    #model;

    constructor(parameters) {
      this.#model = asked('of', options(parameters));
      Object.freeze(this);
    }

    /** The most likely model of a cohort: how many customers were there at the start, and after each period. */
    static fit(survivors) {
      const fitted = asked('fit', [['survivors', isList(survivors) ? Array.from(survivors) : survivors]]);
      const model = new this({ alpha: fitted.alpha, beta: fitted.beta });
      model.#model = fitted;
      return model;
    }

    /** The share of customers who are still there after t periods, from 0 to 10000. */
    survival(t) {
      return asked('survival', [['alpha', this.alpha], ['beta', this.beta], ['t', t]]);
    }

    /** The share of those there before the end of period t, from 1 to 10000, who are there after it. */
    retention(t) {
      return asked('retention', [['alpha', this.alpha], ['beta', this.beta], ['t', t]]);
    }

    /** The discounted periods to come of one who is about to renew for the nth time, from 1 to 10000: the sum over t >= n of S(t) / S(n - 1) / (1 + discount)^(t - n), with a discount of 0 or from 1e-9. */
    discountedLifetime(discount, n) {
      return asked('discounted_lifetime', [['alpha', this.alpha], ['beta', this.beta], ['discount', discount], ['n', n]]);
    }

    /** The first parameter: the greater, the easier customers leave. */
    get alpha() {
      return this.#model.alpha;
    }

    /** The second parameter: the greater, the easier they stay. */
    get beta() {
      return this.#model.beta;
    }

    /** The standard error of alpha; absent of a model that was not fitted, or where rounding hides it. */
    get alphaError() {
      return this.#model.alpha_error;
    }

    /** The standard error of beta, likewise. */
    get betaError() {
      return this.#model.beta_error;
    }

    /** The logarithm of the likelihood of what it was fitted to; absent of a model that was not fitted. */
    get logLikelihood() {
      return this.#model.log_likelihood;
    }
  }
  return ShiftedBetaGeometric;
}
