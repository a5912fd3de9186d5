//! How long customers stay: how many of those who came are still there, and how many will be.
//!
//! `subjects` (on plain numbers) or a customer's line become a `course` (who leaves when, of those who are watched), and
//! that the `estimate` of Kaplan and Meier, the `incidence` of competing events and the `log_rank_test`; `maximum` finds the model of `shifted_beta_geometric`;
//! `months` is how long either says that customers pay.

mod course;
mod cumulative_incidence;
mod estimate;
mod false_discovery;
mod incidence;
mod kaplan_meier;
mod log_rank;
mod log_rank_test;
mod maximum;
mod months;
mod periods;
mod restricted_mean;
mod retention_model;
mod retention_projection;
mod shifted_beta_geometric;
mod subjects;
mod survival;
mod survival_comparison;

pub(crate) use course::Course;
pub use cumulative_incidence::{CumulativeIncidence, CumulativeIncidenceRow};
pub(crate) use estimate::summary_as_seen;
pub(crate) use false_discovery::q_values;
pub(crate) use incidence::{Incidence, incidences};
pub use kaplan_meier::{KaplanMeier, KaplanMeierRow};
pub use log_rank::{LogRank, LogRankRow};
pub(crate) use log_rank_test::log_rank_test;
pub(crate) use months::{Staying, expected_months};
pub(crate) use periods::{MANY_MONTHS, PERIOD_MONTHS, courses_in_periods};
pub use restricted_mean::{RestrictedMean, RestrictedMeanRow};
pub use retention_model::{RetentionModel, RetentionModelRow};
pub use retention_projection::{RetentionProjection, RetentionProjectionRow};
pub use shifted_beta_geometric::ShiftedBetaGeometric;
pub use subjects::Subjects;
pub use survival::{Survival, SurvivalRow};
pub use survival_comparison::{SurvivalComparison, SurvivalComparisonRow};
