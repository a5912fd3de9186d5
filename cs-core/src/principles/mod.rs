//! The principles as typed rules: each looks at what was known at the close of a day, and gives a verdict, what it found, and the
//! revenue at stake.
//!
//! Data: `principle` and its editions, `check` (what is asked), `finding` (what is found, beside `thresholds`), `play` (what to do
//! about it), `basis` (what all rules go by). The engine: `account` (who is looked at, and the `actions` for them) -> `rule` (how it is asked and judged) -> a
//! file for each rule, by what it looks at: `signals`, `contacts`, `people`, `comparison`, `consequences` -> `settings`, the
//! thresholds of all -> `judgement`, what all say.

mod account;
mod actions;
mod basis;
mod check;
mod comparison;
mod consequences;
mod contacts;
mod finding;
mod judgement;
mod monitor_health;
mod natural_drift;
mod people;
mod play;
mod plays;
mod principle;
mod right_customer;
mod rule;
mod settings;
mod signals;
mod thresholds;
mod time_to_value;
mod wildly_successful;

pub(crate) use account::{Account, Accounts};
pub use check::{Check, FindingScope, Severity};
pub(crate) use comparison::Comparison;
pub use finding::{Bound, MeasureUnit, ReviewMeasure};
pub(crate) use finding::{Evidence, Finding, Seen, Subject};
pub(crate) use judgement::judged;
pub(crate) use monitor_health::ScoreValidation;
pub(crate) use play::{Audience, Play};
pub use plays::{Plays, PlaysRow};
pub use principle::{Edition, Principle};
pub(crate) use rule::{Judged, Sum};
pub use rule::{MissingReason, Verdict, VerdictBasis};
pub use settings::ReviewSettings;
pub(crate) use thresholds::share;
