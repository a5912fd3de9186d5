// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

/** Every operation: its name, its method, and the arguments that have a place. */
export const OPERATIONS = [
  { operation: 'movements', method: 'movements', data: ['start', 'end'] },
  { operation: 'journal', method: 'journal', data: ['start', 'end'] },
  { operation: 'retention', method: 'retention', data: ['start', 'end'] },
  { operation: 'retention_intervals', method: 'retentionIntervals', data: ['start', 'end'] },
  { operation: 'flow_retention', method: 'flowRetention', data: ['start', 'end'] },
  { operation: 'cohorts', method: 'cohorts', data: ['end'] },
];
