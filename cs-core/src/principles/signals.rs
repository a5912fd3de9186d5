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
            Some(Known { names, observed: facts.days("observed_on")?, values: facts.numbers("value")?, name, facts })
        }))
    }
}

impl Measured<'_> {
    /// Tells every value of a customer with its day.
    fn each(&self, customer: u32, mut tell: impl FnMut(Day, f64)) {
        let Some(Known { facts, names, observed, values, name }) = &self.0 else { return };
        let stand_together = facts.has_runs();
        let places = if stand_together { facts.places_of(customer, *name) } else { facts.places(customer) };
        for row in places.map(|place| facts.row(place)) {
            let is_named = stand_together || names.code(row) == Some(*name);
            if let Some((day, value)) = observed.get(row).zip(values.get(row)).filter(|_| is_named && facts.knows(row))
            {
                tell(day, value);
            }
        }
    }

    /// The sum of the values of some days, if there are any.
    pub(super) fn sum(&self, customer: u32, days: Days) -> Option<f64> {
        let [values] = self.within(customer, [days]);
        if values.is_empty() { None } else { float::exact_sum(values.into_iter()) }
    }

    /// The means of the values of some days, and of others.
    pub(super) fn means(&self, customer: u32, days: [Days; 2]) -> [Option<f64>; 2] {
        self.within(customer, days).map(|values| {
            let count = values.len() as f64;
            if values.is_empty() { None } else { float::exact_sum(values.into_iter()).map(|sum| sum / count) }
        })
    }

    fn within<const N: usize>(&self, customer: u32, days: [Days; N]) -> [Vec<f64>; N] {
        let mut found = [const { Vec::new() }; N];
        self.each(customer, |day, value| {
            for (found, [before, last]) in found.iter_mut().zip(days) {
                if before < day && day <= last {
                    found.push(value);
                }
            }
        });
        found
    }
}
