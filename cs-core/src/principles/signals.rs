//! What was measured of customers, over days.

use std::sync::Arc;

use crate::error::Error;
use crate::float;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, ReservedSignal, Signal};
use crate::query::Context;
use crate::table::{Nullable, Texts};

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
}

impl Signals {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Error> {
        context.portfolio.facts(&Signal::SPEC, context.watch).map(Self)
    }

    pub(super) fn named(&self, signal: ReservedSignal, on: Day) -> Measured<'_> {
        Measured(self.0.as_deref().and_then(|facts| {
            let facts = KnownFacts::of(facts, on);
            let names = facts.texts("signal")?;
            let name = names.positions(|text| text == signal.name()).iter().position(|is_it| *is_it)? as u32;
            Some(Known { names, observed: facts.days("observed_on")?, values: facts.numbers("value")?, name, facts })
        }))
    }
}

impl Measured<'_> {
    /// Values of a customer from the day after one to another.
    fn between(&self, customer: u32, [before, end]: [Day; 2]) -> impl Iterator<Item = f64> + Clone + '_ {
        self.0.iter().flat_map(move |known| {
            let Known { facts, names, observed, values, name } = known;
            let places = match facts.has_runs() {
                true => facts.places_of(customer, *name),
                false => facts.places(customer),
            };
            let rows = places.map(|place| facts.row(place)).filter(|&row| facts.knows(row));
            let rows = rows.filter(move |&row| names.code(row) == Some(*name));
            let within = move |day: Day| before < day && day <= end;
            rows.filter_map(move |row| values.get(row).filter(|_| observed.get(row).is_some_and(within)))
        })
    }

    /// Their sum, if there are any.
    pub(super) fn sum(&self, customer: u32, days: [Day; 2]) -> Option<f64> {
        let values = self.between(customer, days);
        if values.clone().next().is_none() { None } else { float::exact_sum(values) }
    }

    /// Their mean.
    pub(super) fn mean(&self, customer: u32, days: [Day; 2]) -> Option<f64> {
        let count = self.between(customer, days).count();
        self.sum(customer, days).map(|sum| sum / count as f64)
    }
}
