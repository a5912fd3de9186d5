//! All rules of an edition, by the same accounts.

use super::account::Accounts;
use super::assessment::Judged;
use super::monitor_health::MonitorHealth;
use super::natural_drift::NaturalDrift;
use super::panel::Panel;
use super::principle::{Edition, Entry, Principle};
use super::right_customer::RightCustomer;
use super::rule::Rule;
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
    let by = |entry: Entry| match entry.principle {
        Principle::RightCustomer => judge::<RightCustomer>(&rules.right_customer, entry, accounts),
        Principle::NaturalDrift => judge::<NaturalDrift>(&rules.natural_drift, entry, accounts),
        Principle::WildlySuccessful => judge::<WildlySuccessful>(&rules.wildly_successful, entry, accounts),
        Principle::MonitorHealth => judge::<MonitorHealth>(&rules.monitor_health, entry, accounts),
        Principle::TimeToValue => judge::<TimeToValue>(&rules.time_to_value, entry, accounts),
    };
    edition.entries().map(by).collect()
}

fn judge<R: Rule>(thresholds: &R::Thresholds, entry: Entry, accounts: &Accounts<'_>) -> Result<Judged, Error> {
    let panel = Panel { principle: R::PRINCIPLE, shared: accounts, accounts: accounts.asked_of(R::PRINCIPLE) };
    Ok(R::assess(thresholds, &panel)?.judged(entry))
}
