//! What became of a customer.

use super::Recipe;
use super::commerce::{Commerce, Departure, Line, Paused};
use super::dice::months_later;
use super::market::{MAIN_PRODUCT, Profile};
use super::strains::{self, ChurnCause, Strain};
use crate::definitions::ContractKind;
use crate::period::Day;

/// A customer with all that is true of it.
pub(super) struct Life {
    pub(super) profile: Profile,
    pub(super) strains: Vec<Strain>,
    pub(super) lines: Vec<Line>,
    pub(super) pauses: Vec<Paused>,
    pub(super) departures: Vec<Departure>,
    /// Days from which, and until when, it was a customer; no trials.
    pub(super) spans: Vec<(Day, Day)>,
}

/// A month of a customer, counted from the first day of its subscription.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    /// From 0.
    pub(super) number: u32,
    pub(super) first: Day,
    /// The first day of the next.
    pub(super) next: Day,
}

impl Life {
    pub(super) fn of(recipe: &Recipe, number: u32) -> Self {
        let profile = Profile::of(recipe, number);
        let strains = strains::of(recipe, &profile);
        let Commerce { lines, pauses, departures, spans, .. } = Commerce::of(recipe, &profile, &strains);
        Self { profile, strains, lines, pauses, departures, spans }
    }

    pub(super) fn is_customer(&self, day: Day) -> bool {
        self.spans.iter().any(|&(from, until)| from <= day && day < until)
    }

    /// The first day of the subscription; none for who only tried.
    pub(super) fn first_day(&self) -> Option<Day> {
        self.spans.first().map(|&(from, _)| from)
    }

    /// Months that were over within the book while it was a customer.
    pub(super) fn months(&self, recipe: &Recipe) -> impl Iterator<Item = Month> + '_ {
        let end = recipe.end;
        let first = self.profile.first_day;
        let month =
            move |number| Month { number, first: months_later(first, number), next: months_later(first, number + 1) };
        (0..).map(month).take_while(move |month| month.next <= end).filter(|month| self.is_customer(month.first))
    }

    /// Whether a cause strains the relation on a day.
    pub(super) fn is_under(&self, cause: ChurnCause, day: Day) -> bool {
        self.strains.iter().any(|strain| strain.cause == cause && strain.acts_on(day))
    }

    /// How many causes strain the relation on a day.
    pub(super) fn burden(&self, day: Day) -> i64 {
        self.strains.iter().filter(|strain| strain.acts_on(day)).count() as i64
    }

    /// For how many days a cause has been at work.
    pub(super) fn days_under(&self, cause: ChurnCause, day: Day) -> i64 {
        let acting = self.strains.iter().find(|strain| strain.cause == cause && strain.acts_on(day));
        acting.map_or(0, |strain| day.days_after(strain.began))
    }

    /// The seats of the main product on a day.
    pub(super) fn seats(&self, day: Day) -> i64 {
        let is_main = |line: &&Line| {
            line.product == MAIN_PRODUCT && line.kind == ContractKind::Subscription && line.is_in_force(day)
        };
        self.lines.iter().rev().find(is_main).map_or(0, |line| line.seats)
    }

    /// Monthly recurring revenue at the close of a day, in the smallest unit.
    pub(super) fn mrr(&self, day: Day) -> i64 {
        self.lines.iter().filter(|line| line.is_in_force(day)).map(Line::mrr).sum()
    }

    /// The day on which the customer had got started, if nothing kept it from that.
    pub(super) fn onboarded(&self, usual: i64) -> Day {
        let slow = self.strains.iter().find(|strain| strain.cause == ChurnCause::SlowOnboarding);
        let usual = super::dice::later(self.profile.first_day, usual);
        slow.and_then(|strain| strain.ended).map_or(usual, |end| end.max(usual))
    }
}
