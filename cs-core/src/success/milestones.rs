//! The day on which a customer reached a milestone, as far as that was known.

use std::sync::Arc;

use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, Milestone, MilestoneName};
use crate::query::{Context, Parameter, Takes};
use crate::table::{Nullable, Texts};
use crate::word::Word as _;

pub(super) const MILESTONE: Parameter = Parameter::optional(
    "milestone",
    Takes::Choice(MilestoneName::WORDS),
    "\"first_value\"",
    "The milestone that is value to the customer.",
);

/// The table of milestones, if there is one.
pub(super) struct Milestones(Option<Arc<Facts>>);

/// The days of one milestone, as they were known.
pub(super) struct Reached<'a> {
    known: Option<Known<'a>>,
    /// Whether anything is known of any customer's: a plan, or that it was reached. One that is not may be reached later: that a
    /// row of it is there says nothing yet.
    pub(super) is_kept: bool,
}

struct Known<'a> {
    facts: KnownFacts<'a>,
    names: KnownColumn<'a, Texts>,
    /// The milestone's position among the names.
    name: u32,
    reached_on: Option<KnownColumn<'a, Nullable<Day>>>,
    due_on: Option<KnownColumn<'a, Nullable<Day>>>,
}

/// The days of a customer's milestone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MilestoneDays {
    pub(super) reached: Option<Day>,
    pub(super) due: Option<Day>,
}

impl Milestones {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Error> {
        context.portfolio.facts(&Milestone::SPEC, context.watch).map(Self)
    }

    /// One of them, at the close of a day.
    pub(super) fn reached(&self, name: MilestoneName, on: Day) -> Reached<'_> {
        let known = self.0.as_deref().and_then(|facts| {
            let facts = KnownFacts::of(facts, on);
            let names = facts.texts("milestone")?;
            let name = names.positions(|text| text == name.name()).iter().position(|is_it| *is_it)? as u32;
            Some(Known { facts, names, name, reached_on: facts.days("reached_on"), due_on: facts.days("due_on") })
        });
        let is_kept = known.as_ref().is_some_and(Known::tells);
        Reached { known, is_kept }
    }
}

impl Known<'_> {
    /// Whether any row of the milestone has a day.
    fn tells(&self) -> bool {
        let has = |days: &Option<KnownColumn<'_, Nullable<Day>>>, row| {
            days.as_ref().is_some_and(|days| days.get(row).is_some())
        };
        let has_day = |row: usize| has(&self.due_on, row) || has(&self.reached_on, row);
        let mut rows = (0..self.facts.rows()).filter(|&row| self.facts.knows(row));
        rows.any(|row| self.names.code(row) == Some(self.name) && has_day(row))
    }
}

impl Reached<'_> {
    /// Of a customer, by its position among all.
    pub(super) fn days(&self, customer: u32) -> MilestoneDays {
        let Some(Known { facts, names, name, reached_on, due_on }) = &self.known else {
            return MilestoneDays::default();
        };
        // A customer has each milestone once.
        let mut rows = facts.places(customer).map(|place| facts.row(place));
        let Some(row) = rows.find(|&row| names.code(row) == Some(*name)) else { return MilestoneDays::default() };
        let day = |days: &Option<KnownColumn<'_, Nullable<Day>>>| days.as_ref().and_then(|days| days.get(row));
        MilestoneDays { reached: day(reached_on), due: day(due_on) }
    }
}
