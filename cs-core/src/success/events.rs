//! What happened to a customer on days, as far as it was known.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, Survey, SurveyKind, TableSpec};
use crate::query::Context;
use crate::table::{Nullable, Texts};
use crate::word::Word;

/// A table of what happened on days, if there is one.
pub(crate) struct Events(Option<Arc<Facts>>);

/// The same as it was known at the close of a day.
pub(crate) struct KnownEvents<'a>(Option<Known<'a>>);

struct Known<'a> {
    facts: KnownFacts<'a>,
    date: KnownColumn<'a, Nullable<Day>>,
    kinds: Option<KnownColumn<'a, Texts>>,
    on: Day,
}

impl Events {
    /// Of a table whose rows have a `date`, and some a `kind`.
    pub(crate) fn of(context: &Context<'_>, spec: &'static TableSpec) -> Result<Self, Error> {
        context.portfolio.facts(spec, context.watch).map(Self)
    }

    pub(crate) fn known(&self, on: Day) -> KnownEvents<'_> {
        KnownEvents(self.0.as_deref().and_then(|facts| {
            let facts = KnownFacts::of(facts, on);
            Some(Known { date: facts.days("date")?, kinds: facts.texts("kind"), facts, on })
        }))
    }
}

impl<'a> KnownEvents<'a> {
    /// Whether anything is known of any customer.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.as_ref().is_some_and(|known| known.facts.is_kept_by(known.on))
    }

    /// The table.
    pub(crate) fn facts(&self) -> Option<&KnownFacts<'a>> {
        self.0.as_ref().map(|known| &known.facts)
    }

    /// The days and rows of a customer, by its position among all, in the order of the table.
    pub(crate) fn of_customer(&self, customer: u32) -> impl Iterator<Item = (Day, usize)> + '_ {
        self.0.iter().flat_map(move |Known { facts, date, on, .. }| {
            let rows = facts.places(customer).map(|place| facts.row(place)).filter(|&row| facts.knows(row));
            rows.filter_map(|row| Some((date.get(row).filter(|date| date <= on)?, row)))
        })
    }

    /// Whether a row is of a kind.
    pub(crate) fn is<K: Word>(&self, row: usize, kind: K) -> bool {
        let kinds = self.0.as_ref().and_then(|known| known.kinds.as_ref());
        kinds.and_then(|kinds| kinds.get(row)) == Some(kind.word())
    }
}

/// The number of the last day, of several on one day the lowest.
pub(crate) fn last_and_lowest(numbers: impl Iterator<Item = (Day, f64)>) -> Option<f64> {
    let last = numbers.reduce(|last, next| match next.0.cmp(&last.0) {
        Ordering::Less => last,
        Ordering::Equal => (last.0, last.1.min(next.1)),
        Ordering::Greater => next,
    });
    last.map(|(_, number)| number)
}

/// How customers answered whether they would recommend the company.
pub(super) struct Recommendations<'a> {
    surveys: KnownEvents<'a>,
    scores: Option<KnownColumn<'a, Nullable<f64>>>,
}

/// Who answers so, or more, promotes the company; who answers so, or less, speaks ill of it.
pub(crate) const PROMOTER: f64 = 9.0;
pub(crate) const DETRACTOR: f64 = 6.0;

impl<'a> Recommendations<'a> {
    /// Of the table of surveys.
    pub(super) fn of(surveys: &'a Events, on: Day) -> Self {
        let surveys = surveys.known(on);
        let scores = surveys.facts().and_then(|facts| facts.numbers("score"));
        Self { surveys, scores }
    }

    pub(super) fn table(context: &Context<'_>) -> Result<Events, Error> {
        Events::of(context, &Survey::SPEC)
    }

    /// The days on which a customer answered, and what.
    pub(super) fn of_customer(&self, customer: u32) -> impl Iterator<Item = (Day, f64)> + '_ {
        let answers = self.surveys.of_customer(customer).filter(|&(_, row)| self.surveys.is(row, SurveyKind::Nps));
        answers.filter_map(|(day, row)| Some((day, self.scores.as_ref()?.get(row)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, last_and_lowest};

    #[test]
    fn of_several_on_the_last_day_the_lowest_counts() {
        let last = |numbers: &[(i32, f64)]| last_and_lowest(numbers.iter().map(|&(day, number)| (Day(day), number)));
        assert_eq!(last(&[]), None);
        assert_eq!(last(&[(3, 9.0), (5, 7.0), (4, 1.0)]), Some(7.0));
        assert_eq!(last(&[(5, 7.0), (5, 6.0), (5, 8.0)]), Some(6.0));
    }
}
