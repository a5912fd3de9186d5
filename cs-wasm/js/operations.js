// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

/** Every operation: its name, its method, and its positional arguments. */
export const OPERATIONS = [
  { operation: 'movements', method: 'movements', positional: ['start', 'end'] },
  { operation: 'journal', method: 'journal', positional: ['start', 'end'] },
  { operation: 'retention', method: 'retention', positional: ['start', 'end'] },
  { operation: 'retention_intervals', method: 'retentionIntervals', positional: ['start', 'end'] },
  { operation: 'flow_retention', method: 'flowRetention', positional: ['start', 'end'] },
  { operation: 'cohorts', method: 'cohorts', positional: ['end'] },
  { operation: 'health', method: 'health', positional: ['as_of'] },
  { operation: 'explain_health', method: 'explainHealth', positional: ['as_of'] },
  { operation: 'explain_health_change', method: 'explainHealthChange', positional: ['as_of', 'since'] },
  { operation: 'health_migration', method: 'healthMigration', positional: ['as_of', 'since'] },
  { operation: 'health_coverage', method: 'healthCoverage', positional: ['as_of'] },
];
