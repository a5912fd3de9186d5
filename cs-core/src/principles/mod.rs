//! The principles as typed rules: each looks at what was known at the close of a day, and gives a verdict, what it found, and the
//! revenue at stake.
//!
//! Data: `principle` and its editions, `check` (what is asked), `finding` (what is found, beside `thresholds`), `play` (what to do
//! about it), `basis` (what all rules go by). The engine: `account` (who is looked at, with the `actions` for them; `customers`, some
//! of them) -> `answer` (what a question comes to) -> `verdict` (how what fails is weighed) -> `panel`
//! (whom a principle is asked of) -> `assessment` (what a rule tells) -> `rule`. The rules: a
//! file for each, by what it looks at: `signals`, `contacts`, `people`, `comparison`, `consequences` -> `settings`, the thresholds of
//! all -> `judgement`, what all say.

mod account;
mod actions;
mod answer;
mod assessment;
mod basis;
mod check;
mod comparison;
mod consequences;
mod contacts;
mod customers;
mod finding;
mod judgement;
mod monitor_health;
mod natural_drift;
mod panel;
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
mod verdict;
mod wildly_successful;

pub(crate) use account::{Account, Accounts};
pub use answer::MissingReason;
pub(crate) use answer::Stand;
pub(crate) use assessment::{Judged, Question};
pub use check::{Check, FindingScope, Severity};
pub(crate) use comparison::Comparison;
pub(crate) use customers::{Customers, Sum};
pub use finding::{Bound, MeasureUnit, ReviewMeasure};
pub(crate) use finding::{Evidence, Finding, Seen, write_id};
pub(crate) use judgement::judged;
pub(crate) use monitor_health::ScoreValidation;
pub(crate) use play::{Audience, Play};
pub use plays::{Plays, PlaysRow};
pub use principle::{Edition, Principle};
pub use settings::ReviewSettings;
pub(crate) use thresholds::share;
pub use verdict::{Verdict, VerdictBasis};
