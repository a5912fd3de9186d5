//! The people of customers.

use std::sync::Arc;

use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, Stakeholder, StakeholderRole};
use crate::query::Context;
use crate::table::{Nullable, Texts};

/// The people of customers, as they were known at the close of a day.
pub(super) struct People<'a>(Option<Known<'a>>);

struct Known<'a> {
    facts: KnownFacts<'a>,
    persons: KnownColumn<'a, Texts>,
    roles: KnownColumn<'a, Texts>,
    left: Option<KnownColumn<'a, Nullable<Day>>>,
}

impl<'a> People<'a> {
    pub(super) fn table(context: &Context<'_>) -> Result<Option<Arc<Facts>>, Error> {
        context.portfolio.facts(&Stakeholder::SPEC, context.watch)
    }

    pub(super) fn of(stakeholders: Option<&'a Facts>, on: Day) -> Self {
        Self(stakeholders.and_then(|facts| {
            let facts = KnownFacts::of(facts, on);
            Some(Known {
                persons: facts.texts("person_id")?,
                roles: facts.texts("role")?,
                left: facts.days("left_on"),
                facts,
            })
        }))
    }

    /// The rows of a customer, with the day on which each person left.
    fn rows(&self, customer: u32) -> impl Iterator<Item = (&Known<'a>, usize, Option<Day>)> {
        self.0.iter().flat_map(move |known| {
            let rows = known.facts.places(customer).map(|place| known.facts.row(place));
            let left = |row: usize| known.left.as_ref().and_then(|days| days.get(row));
            rows.filter(|&row| known.facts.knows(row)).map(move |row| (known, row, left(row)))
        })
    }

    /// Whether any is known of a customer.
    pub(super) fn are_known(&self, customer: u32) -> bool {
        self.rows(customer).next().is_some()
    }

    /// How many of a customer's people are there.
    pub(super) fn there(&self, customer: u32) -> usize {
        let there = self.rows(customer).filter(|(.., left)| left.is_none());
        let mut persons: Vec<u32> = there.filter_map(|(known, row, _)| known.persons.code(row)).collect();
        persons.sort_unstable();
        persons.dedup();
        persons.len()
    }

    /// The day from which nobody has had a role that somebody had; none where somebody has it, or nobody had.
    pub(super) fn vacant_since(&self, customer: u32, role: StakeholderRole) -> Option<Day> {
        let mut last = None;
        for (known, row, left) in self.rows(customer) {
            if known.roles.get(row) == Some(role.name()) {
                last = last.max(Some(left?));
            }
        }
        last
    }
}
