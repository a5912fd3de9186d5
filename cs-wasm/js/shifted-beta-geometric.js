import { argumentsJson, options } from './arguments.js';
import { arrayOf } from './arrays.js';

/** What a method of the model gives, as bytes. */
const asGiven = (bindings, method, text) => bindings.calculated(`shifted_beta_geometric.${method}`, new bindings.Given(text));

/** The class of the shifted-beta-geometric models of an instance. */
export function shiftedBetaGeometricClass(instance) {
  const asked = (method, entries) =>
    JSON.parse(new TextDecoder().decode(instance.call((bindings) => asGiven(bindings, method, argumentsJson(entries)))));
  /** How long customers stay who may leave at the end of every period, each with a probability of its own. */
  class ShiftedBetaGeometric {
    #model;

    constructor(parameters) {
      this.#model = asked('of', options(parameters));
      Object.freeze(this);
    }

    /** The most likely model of a cohort: how many customers were there at the start, and after each period. */
    static fit(survivors) {
      const { numbers, areFlags } = arrayOf(survivors) ?? {};
      const fitted = asked('fit', [['survivors', numbers && !areFlags ? Array.from(numbers) : survivors]]);
      const model = new ShiftedBetaGeometric({ alpha: fitted.alpha, beta: fitted.beta });
      model.#model = fitted;
      return model;
    }

    /** The first parameter: the greater, the easier customers leave. */
    get alpha() {
      return this.#model.alpha;
    }

    /** The second parameter: the greater, the easier they stay. */
    get beta() {
      return this.#model.beta;
    }

    /** The standard error of alpha; `null` of a model that was not fitted, or where rounding hides it. */
    get alphaError() {
      return this.#model.alpha_error;
    }

    /** The standard error of beta, likewise. */
    get betaError() {
      return this.#model.beta_error;
    }

    /** The logarithm of the likelihood of what it was fitted to; `null` of a model that was not fitted. */
    get logLikelihood() {
      return this.#model.log_likelihood;
    }

    /** The share of customers who are still there after t periods, from 0 to 10000. */
    survival(t) {
      return this.#asked('survival', [['t', t]]);
    }

    /** The share of those there before the end of period t, from 1 to 10000, who are there after it. */
    retention(t) {
      return this.#asked('retention', [['t', t]]);
    }

    /** The discounted periods to come of one who renews for the nth time, 1 to 10000; the discount is 0, or from 1e-9. */
    discountedLifetime(discount, n) {
      return this.#asked('discounted_lifetime', [['discount', discount], ['n', n]]);
    }

    #asked(method, entries) {
      return asked(method, [['alpha', this.alpha], ['beta', this.beta], ...entries]);
    }
  }
  return ShiftedBetaGeometric;
}
