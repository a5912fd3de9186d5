// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

import { argumentsJson, options, placed } from './arguments.js';
import { isList } from './describe.js';

/** What a method of a model gives. */
const askedOf = (instance, name, entries) => {
  const text = argumentsJson(entries);
  const bytes = instance.call((bindings) => bindings.calculated(name, new bindings.Given(text)));
  return JSON.parse(new TextDecoder().decode(bytes));
};

/** The class of the models of an instance. */
function shiftedBetaGeometricClass(instance) {
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

/** Every formula: its name, its method, and its positional arguments. */
const METRICS = [
  { name: 'customer_churn_rate', method: 'customerChurnRate', positional: ['cancelled', 'customers'] },
  { name: 'customer_churn_rate_interval', method: 'customerChurnRateInterval', positional: ['cancelled', 'customers'] },
  { name: 'free_downgrade_rate', method: 'freeDowngradeRate', positional: ['downgraded', 'customers'] },
  { name: 'free_downgrade_rate_interval', method: 'freeDowngradeRateInterval', positional: ['downgraded', 'customers'] },
  { name: 'revenue_churn_rate', method: 'revenueChurnRate', positional: ['unit_price', 'cancellations', 'revenue'] },
  { name: 'customer_retention_rate', method: 'customerRetentionRate', positional: ['customers_at_end', 'customers_gained', 'customers_at_start'] },
  { name: 'customer_retention_rate_interval', method: 'customerRetentionRateInterval', positional: ['customers_at_end', 'customers_gained', 'customers_at_start'] },
  { name: 'revenue_retention_rate', method: 'revenueRetentionRate', positional: ['revenue_at_end', 'revenue_gained', 'revenue_at_start'] },
  { name: 'gross_revenue_retention', method: 'grossRevenueRetention', positional: ['opening', 'contraction', 'churned'] },
  { name: 'net_revenue_retention', method: 'netRevenueRetention', positional: ['opening', 'expansion', 'contraction', 'churned'] },
  { name: 'renewal_rate', method: 'renewalRate', positional: ['renewed', 'due'] },
  { name: 'renewal_rate_interval', method: 'renewalRateInterval', positional: ['renewed', 'due'] },
  { name: 'onboarding_completion_rate', method: 'onboardingCompletionRate', positional: ['completed', 'in_window'] },
  { name: 'onboarding_completion_rate_interval', method: 'onboardingCompletionRateInterval', positional: ['completed', 'in_window'] },
  { name: 'upsell_rate', method: 'upsellRate', positional: ['upgraded', 'customers'] },
  { name: 'upsell_rate_interval', method: 'upsellRateInterval', positional: ['upgraded', 'customers'] },
  { name: 'cross_sell_rate', method: 'crossSellRate', positional: ['added', 'customers'] },
  { name: 'cross_sell_rate_interval', method: 'crossSellRateInterval', positional: ['added', 'customers'] },
  { name: 'downsell_rate', method: 'downsellRate', positional: ['downgraded', 'customers'] },
  { name: 'downsell_rate_interval', method: 'downsellRateInterval', positional: ['downgraded', 'customers'] },
  { name: 'adoption_rate', method: 'adoptionRate', positional: ['active_users', 'licensed_users'] },
  { name: 'adoption_rate_interval', method: 'adoptionRateInterval', positional: ['active_users', 'licensed_users'] },
  { name: 'customer_growth_rate', method: 'customerGrowthRate', positional: ['customers_at_end', 'customers_at_start'] },
  { name: 'revenue_growth_rate', method: 'revenueGrowthRate', positional: ['revenue_at_end', 'revenue_at_start'] },
  { name: 'support_efficiency', method: 'supportEfficiency', positional: ['cases_closed', 'days', 'people'] },
  { name: 'nps', method: 'nps', positional: ['scores'] },
  { name: 'nps_interval', method: 'npsInterval', positional: ['scores'] },
  { name: 'nps_from_counts', method: 'npsFromCounts', positional: ['promoters', 'passives', 'detractors'] },
  { name: 'csat', method: 'csat', positional: ['scores', 'threshold', 'scale_max'] },
  { name: 'csat_interval', method: 'csatInterval', positional: ['scores', 'threshold', 'scale_max'] },
  { name: 'lifetime_value', method: 'lifetimeValue', positional: ['arpa', 'customer_churn'] },
  { name: 'payback_months', method: 'paybackMonths', positional: ['acquisition_cost', 'arpa'] },
  { name: 'largest_base', method: 'largestBase', positional: ['new_per_period', 'churn_rate'] },
  { name: 'annualised_rate', method: 'annualisedRate', positional: ['rate', 'periods'] },
  { name: 'periodic_rate', method: 'periodicRate', positional: ['rate', 'periods'] },
];

/** The models and the formulas of an instance. */
export function modelsOf(instance) {
  const listed = ([name, value]) => [name, isList(value) ? Array.from(value) : value];
  const metric = ({ name, method, positional }) => [
    method,
    (...given) => askedOf(instance, `metrics.${name}`, placed(positional, given).map(listed)),
  ];
  return {
    ShiftedBetaGeometric: shiftedBetaGeometricClass(instance),
    metrics: Object.freeze(Object.fromEntries(METRICS.map(metric))),
  };
}
