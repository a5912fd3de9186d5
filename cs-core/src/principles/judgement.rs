//! All rules of an edition, by the same accounts.

use super::account::Accounts;
use super::monitor_health::MonitorHealth;
use super::natural_drift::NaturalDrift;
use super::principle::{Edition, Principle};
use super::right_customer::RightCustomer;
use super::rule::{Assessment, Judged, Panel, Rule};
use super::settings::ReviewSettings;
use super::time_to_value::TimeToValue;
use super::wildly_successful::WildlySuccessful;
use crate::error::Error;

/// How the company stands by every principle of an edition, in its order.
pub(crate) fn judged(
    edition: Edition,
    settings: &ReviewSettings,
    accounts: &Accounts<'_>,
) -> Result<Vec<Judged>, Error> {
    let rules = &settings.rules;
    let by = |principle| match principle {
        Principle::RightCustomer => judge::<RightCustomer>(&rules.right_customer, accounts),
        Principle::NaturalDrift => judge::<NaturalDrift>(&rules.natural_drift, accounts),
        Principle::WildlySuccessful => judge::<WildlySuccessful>(&rules.wildly_successful, accounts),
        Principle::MonitorHealth => judge::<MonitorHealth>(&rules.monitor_health, accounts),
        Principle::TimeToValue => judge::<TimeToValue>(&rules.time_to_value, accounts),
    };
    edition.entries().map(|entry| by(entry.principle)).collect()
}

fn judge<R: Rule>(thresholds: &R::Thresholds, accounts: &Accounts<'_>) -> Result<Judged, Error> {
    let panel = Panel { principle: R::PRINCIPLE, shared: accounts, accounts: accounts.asked_of(R::PRINCIPLE) };
    R::assess(thresholds, panel).map(Assessment::judged)
}
