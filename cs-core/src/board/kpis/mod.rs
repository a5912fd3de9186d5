//! The indicators of every month against their targets.
//!
//! `kpi` (which there are); `usage` -> `lines`, and `evidence` (what no other operation tells) -> `values` -> `targets`,
//! `benchmarks` -> `report`.

mod benchmarks;
mod evidence;
mod kpi;
mod lines;
mod report;
mod targets;
mod usage;
mod values;

pub use kpi::{Good, Kpi, KpiUnit};
pub use report::{KpiState, KpiTrend, Kpis, KpisRow};
