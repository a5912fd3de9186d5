//! Health: scorecards, the scores that they give, and what these are made of.
//!
//! `scorecard` is the data, which `reading` takes from JSON, piece by piece: `sources` says what can be measured,
//! `curve` what a value is worth, `weighing` how much each measure counts for whom. `evidence` measures, `scoring` makes
//! scores of that; `scores` and `explanation` are the results.

mod aggregate;
mod curve;
mod evidence;
mod explanation;
mod lint;
mod measure;
mod points;
mod profile;
mod reading;
mod scorecard;
mod scores;
mod scoring;
mod sources;
mod weighing;

pub use explanation::{ExplainHealth, ExplainHealthRow};
pub use measure::{Aggregate, Evidence, Missing};
pub use scorecard::Scorecard;
pub use scores::{Health, HealthRow, HealthState};
pub use scoring::MeasureState;
