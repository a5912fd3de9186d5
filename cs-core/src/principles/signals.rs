//! What was measured of customers, over days.

use std::sync::Arc;

use crate::error::Error;
use crate::float;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, ReservedSignal, Signal};
use crate::query::Context;
use crate::table::{Nullable, Texts};

const OBSERVED_ON: &str = "observed_on";

/// The table of signals, if there is one.
pub(super) struct Signals(Option<Arc<Facts>>);

/// Those of one name, as they were known at the close of a day.
pub(super) struct Measured<'a>(Option<Known<'a>>);

struct Known<'a> {
    facts: KnownFacts<'a>,
    names: KnownColumn<'a, Texts>,
    observed: KnownColumn<'a, Nullable<Day>>,
    values: KnownColumn<'a, Nullable<f64>>,
    /// The position of the name among all.
    name: u32,
    /// Whether the rows of a customer with one name stand together, in the order of their days.
    are_by_day: bool,
}

/// Days after the first one up to the second one.
pub(super) type Days = [Day; 2];

impl Signals {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Error> {
        context.portfolio.facts(&Signal::SPEC, context.watch).map(Self)
    }

    pub(super) fn named(&self, signal: ReservedSignal, on: Day) -> Measured<'_> {
        Measured(self.0.as_deref().and_then(|facts| {
            let facts = KnownFacts::of(facts, on);
            let names = facts.texts("signal")?;
            let name = names.positions(|text| text == signal.name()).iter().position(|is_it| *is_it)? as u32;
            let are_by_day = facts.has_runs() && facts.are_by_day(OBSERVED_ON, true);
            let (observed, values) = (facts.days(OBSERVED_ON)?, facts.numbers("value")?);
            Some(Known { names, observed, values, name, are_by_day, facts })
        }))
    }
}

impl Measured<'_> {
    /// The sum of the values of some days, if there are any.
    pub(super) fn sum(&self, customer: u32, days: Days) -> Option<f64> {
        let values = self.within(customer, days);
        if values.is_empty() { None } else { float::exact_sum(values.iter().copied()) }
    }

    /// Their mean.
    pub(super) fn mean(&self, customer: u32, days: Days) -> Option<f64> {
        let values = self.within(customer, days);
        let count = values.len() as f64;
        if values.is_empty() { None } else { float::exact_sum(values.iter().copied()).map(|sum| sum / count) }
    }

    fn within(&self, customer: u32, [before, last]: Days) -> Vec<f64> {
        let Some(Known { facts, names, observed, values, name, are_by_day }) = &self.0 else { return Vec::new() };
        let places = match are_by_day {
            true => facts.within(facts.places_of(customer, *name), observed, Some(before), last),
            false => facts.places(customer),
        };
        let rows = places.map(|place| facts.row(place)).filter(|&row| facts.knows(row));
        let rows = rows.filter(|&row| names.code(row) == Some(*name));
        let is_of_these = |day: Day| before < day && day <= last;
        rows.filter_map(|row| values.get(row).filter(|_| observed.get(row).is_some_and(is_of_these))).collect()
    }
}
