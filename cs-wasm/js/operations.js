// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

/** Every operation: its name, its method, what it gives, its positional arguments, and the forms for people. */
export const OPERATIONS = [
  { operation: 'movements', method: 'movements', gives: 'table', positional: ['start', 'end'] },
  { operation: 'journal', method: 'journal', gives: 'table', positional: ['start', 'end'] },
  { operation: 'retention', method: 'retention', gives: 'table', positional: ['start', 'end'] },
  { operation: 'retention_intervals', method: 'retentionIntervals', gives: 'table', positional: ['start', 'end'] },
  { operation: 'flow_retention', method: 'flowRetention', gives: 'table', positional: ['start', 'end'] },
  { operation: 'cohorts', method: 'cohorts', gives: 'table', positional: ['end'] },
  { operation: 'renewals', method: 'renewals', gives: 'table', positional: ['start', 'end'] },
  { operation: 'renewal_lines', method: 'renewalLines', gives: 'table', positional: ['start', 'end'] },
  { operation: 'committed', method: 'committed', gives: 'table', positional: ['as_of', 'horizon_days'] },
  { operation: 'lifetime_value', method: 'lifetimeValue', gives: 'table', positional: ['as_of'] },
  { operation: 'second_order_revenue', method: 'secondOrderRevenue', gives: 'table', positional: ['start', 'end'] },
  { operation: 'survival', method: 'survival', gives: 'table', positional: ['as_of'] },
  { operation: 'survival_comparison', method: 'survivalComparison', gives: 'table', positional: ['as_of'] },
  { operation: 'retention_model', method: 'retentionModel', gives: 'table', positional: ['as_of'] },
  { operation: 'retention_projection', method: 'retentionProjection', gives: 'table', positional: ['as_of'] },
  { operation: 'time_to_value', method: 'timeToValue', gives: 'table', positional: ['as_of'] },
  { operation: 'value_incidence', method: 'valueIncidence', gives: 'table', positional: ['as_of'] },
  { operation: 'value_landmark', method: 'valueLandmark', gives: 'table', positional: ['as_of'] },
  { operation: 'onboarding', method: 'onboarding', gives: 'table', positional: ['start', 'end'] },
  { operation: 'lifecycle', method: 'lifecycle', gives: 'table', positional: ['as_of'] },
  { operation: 'loyalty', method: 'loyalty', gives: 'table', positional: ['as_of'] },
  { operation: 'touch_plan', method: 'touchPlan', gives: 'table', positional: ['as_of'] },
  { operation: 'touch_load', method: 'touchLoad', gives: 'table', positional: ['as_of'] },
  { operation: 'touch_capacity', method: 'touchCapacity', gives: 'table', positional: ['as_of'] },
  { operation: 'drilldown', method: 'drilldown', gives: 'report', positional: ['as_of'] },
  { operation: 'kpis', method: 'kpis', gives: 'table', positional: ['start', 'end'] },
  { operation: 'review', method: 'review', gives: 'report', positional: ['as_of'], forms: ['markdown', 'html'] },
  { operation: 'health', method: 'health', gives: 'table', positional: ['as_of'] },
  { operation: 'explain_health', method: 'explainHealth', gives: 'table', positional: ['as_of'] },
  { operation: 'explain_health_change', method: 'explainHealthChange', gives: 'table', positional: ['as_of', 'since'] },
  { operation: 'health_migration', method: 'healthMigration', gives: 'table', positional: ['as_of', 'since'] },
  { operation: 'health_coverage', method: 'healthCoverage', gives: 'table', positional: ['as_of'] },
  { operation: 'outlook', method: 'outlook', gives: 'table', positional: ['as_of'] },
  { operation: 'backtest', method: 'backtest', gives: 'report', positional: ['as_of_days', 'horizon_days'] },
  { operation: 'fit_scorecard', method: 'fitScorecard', gives: 'scorecard', positional: ['as_of_days', 'horizon_days'] },
];

/** Every function on plain numbers: its name, its method, and its positional arguments. */
export const CALCULATIONS = [
  { name: 'kaplan_meier', method: 'kaplanMeier', positional: ['durations', 'observed'] },
  { name: 'restricted_mean', method: 'restrictedMean', positional: ['durations', 'observed', 'horizon'] },
  { name: 'log_rank', method: 'logRank', positional: ['durations', 'observed', 'groups'] },
  { name: 'cumulative_incidence', method: 'cumulativeIncidence', positional: ['durations', 'events'] },
  { name: 'catalogue', method: 'catalogue', positional: [] },
];
