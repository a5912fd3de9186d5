//! How far customers have come: to value, and from there.
//!
//! `milestones` says what was reached, `ways` how far that was for a customer who pays; `time_to_value` tells it of each
//! customer, `value_incidence` of all, `onboarding` of those who came in one period, and `value_landmark` what early value
//! goes with. `events` are what happened to customers on days: with milestones they make the phases of `lifecycle`, and the
//! signs of `loyalty`.

mod events;
mod lifecycle;
mod loyalty;
mod milestones;
mod onboarding;
mod time_to_value;
mod value_incidence;
mod value_landmark;
mod ways;

pub(crate) use events::{DETRACTOR, Events, KnownEvents, PROMOTER, last_and_lowest};
pub(crate) use lifecycle::phases;
pub use lifecycle::{Lifecycle, LifecycleRow, Phase, PhaseEvidence};
pub use loyalty::{AttitudinalSign, BehaviouralSign, DisaffectedSign, Loyalty, LoyaltyKind, LoyaltyRow, MissingTable};
pub(crate) use onboarding::onboarded_in_time;
pub use onboarding::{Onboarding, OnboardingRow};
pub use time_to_value::{TimeToValue, TimeToValueRow};
pub use value_incidence::{ValueIncidence, ValueIncidenceRow, WaitEnd};
pub use value_landmark::{ValueLandmark, ValueLandmarkRow, ValueTiming};
pub use ways::ValueState;
pub(crate) use ways::{WayToValue, ways_to_value};
