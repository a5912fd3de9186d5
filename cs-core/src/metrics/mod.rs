//! What boards ask of the ledger: how much of a base stays, and what becomes of those who came together.

mod cohorts;
mod ends;
mod flow;
mod intervals;
mod retention;
mod sample;
mod window;

pub use cohorts::{Cohorts, CohortsRow};
pub use flow::{FlowRetention, FlowRetentionRow};
pub use intervals::{RetentionIntervals, RetentionIntervalsRow};
pub use retention::{Retention, RetentionRow};
pub use window::{Months, Window, WindowError};
