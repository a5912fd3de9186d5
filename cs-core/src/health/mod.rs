//! Health: scorecards, the scores that they give, and what these are made of.
//!
//! `scorecard` is the data, which `reading` takes from JSON, piece by piece: `sources` says what can be measured,
//! `curve` what a value is worth, `weighing` how much each measure counts for whom. `base` and `evidence` measure,
//! `marks` says what that is worth and `tally` what it comes to, by `means`; `scoring` makes scores of that, and what these were made of
//! is `kept`. The results: `scores` and `explanation` of a day, `change` and `migration` since another,
//! `coverage` and `outlook`; what they are `asked` is alike, and `standing` is what rules see of them. `backtest` holds scores against what customers then did.

mod aggregate;
mod asked;
#[cfg(feature = "backtest")]
mod backtest;
mod base;
mod change;
mod computed;
mod coverage;
mod curve;
mod evidence;
mod explanation;
mod group;
mod kept;
mod lint;
mod marks;
mod means;
mod measure;
mod migration;
mod outlook;
mod points;
mod profile;
mod scheme;
mod scorecard;
mod scores;
mod scoring;
mod sources;
#[cfg(feature = "rooms")]
mod standing;
mod tally;
mod verdict;
mod weighing;

#[cfg(feature = "rooms")]
pub(crate) use asked::{ByScorecard, SCORECARD, read_scorecard};
#[cfg(feature = "backtest")]
pub use backtest::{
    Backtest, BacktestBaselines, BacktestBaselinesRow, BacktestByBand, BacktestByBandRow, BacktestCalibration,
    BacktestCalibrationRow, BacktestDays, BacktestDaysRow, BacktestLift, BacktestLiftRow, BacktestReason,
    BacktestSummary, BacktestSummaryRow, Baseline,
};
pub use change::{ExplainHealthChange, ExplainHealthChangeRow};
pub use coverage::{HealthCoverage, HealthCoverageRow};
pub use explanation::{ExplainHealth, ExplainHealthRow};
pub use marks::MeasureState;
pub use measure::{Aggregate, Evidence, Missing};
pub use migration::{HealthMigration, HealthMigrationRow, HealthStanding};
pub use outlook::{Outlook, OutlookReason, OutlookRow, OutlookState};
pub use scorecard::Scorecard;
#[cfg(feature = "rooms")]
pub(crate) use scores::mean_health;
pub use scores::{Health, HealthRow, HealthState};
#[cfg(feature = "rooms")]
pub(crate) use standing::{BandStanding, HealthOf, Standings};
pub use verdict::BacktestVerdict;
