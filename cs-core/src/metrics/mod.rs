//! What boards ask of the ledger: how much of a base stays, what becomes of those who came together, and the formulas of
//! customer success on plain numbers.

mod cohorts;
mod ends;
mod flow;
#[cfg(feature = "rooms")]
mod formulas;
mod intervals;
mod retention;
mod sample;
mod window;

pub use cohorts::{Cohorts, CohortsRow};
pub use flow::{FlowRetention, FlowRetentionRow};
#[cfg(feature = "rooms")]
pub use formulas::*;
pub use intervals::{RetentionIntervals, RetentionIntervalsRow};
pub use retention::{Retention, RetentionRow};
pub use window::{Months, Window, WindowError};
