//! What became of a customer.

use super::commerce::{Commerce, Departure, Line, Paused};
use super::dice::{is_within, later, months_later};
use super::market::{MAIN_PRODUCT, Profile};
use super::recipe::Recipe;
use super::strains::{self, ChurnCause, Strain};
use crate::definitions::ContractKind;
use crate::error::{Error, Problem};
use crate::period::Day;
use crate::watch::{Stage, Watch, tell};

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

impl Recipe {
    /// What became of a customer.
    pub(super) fn life(&self, number: u32) -> Life {
        Life::of(self, number)
    }

    /// Does something with every customer's life, as long as nothing is at fault.
    pub(super) fn each(
        &self,
        watch: &dyn Watch,
        mut work: impl FnMut(&Life) -> Result<(), Problem>,
    ) -> Result<(), Error> {
        for number in 0..self.customers {
            if number % (1 << 10) == 0 {
                tell(watch, Stage::Draw, number as usize, self.customers as usize)?;
            }
            work(&self.life(number))?;
        }
        Ok(())
    }
}

impl Life {
    pub(super) fn of(recipe: &Recipe, number: u32) -> Self {
        let profile = Profile::of(recipe, number);
        let mut strains = strains::of(recipe, &profile);
        let Commerce { lines, pauses, departures, spans, .. } = Commerce::of(recipe, &profile, &strains);
        // What would have come over a customer who was gone came over nobody.
        strains.retain(|strain| is_within(&spans, strain.began));
        Self { profile, strains, lines, pauses, departures, spans }
    }

    /// Whether the customer was one on a day: nothing is recorded of it on another.
    pub(super) fn is_customer(&self, day: Day) -> bool {
        is_within(&self.spans, day)
    }

    /// The last day of the customer in the stay that a day lies in; none where the book does not tell of it.
    pub(super) fn last_day(&self, recipe: &Recipe, day: Day) -> Option<Day> {
        let stay = self.spans.iter().find(|&&(from, until)| from <= day && day < until);
        stay.filter(|&&(_, until)| until < recipe.end).map(|&(_, until)| later(until, -1))
    }

    /// The first day from a day on on which the customer was one.
    pub(super) fn next_day(&self, day: Day) -> Option<Day> {
        self.spans.iter().find(|&&(_, until)| day < until).map(|&(from, _)| day.max(from))
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

    /// For how many days a cause has been at work, also where a strain took the place of its like.
    pub(super) fn days_under(&self, cause: ChurnCause, day: Day) -> i64 {
        let mut since = day;
        for strain in self.strains.iter().rev().filter(|strain| strain.cause == cause) {
            if strain.acts_on(since) || (since < day && strain.ended == Some(since)) {
                since = strain.began;
            }
        }
        day.days_after(since)
    }

    /// The seats of the main product on a day; while a renewal is late, those that the customer had.
    pub(super) fn seats(&self, day: Day) -> i64 {
        let is_main =
            |line: &&Line| line.product == MAIN_PRODUCT && line.kind == ContractKind::Subscription && line.start <= day;
        self.lines.iter().rev().find(is_main).map_or(0, |line| line.seats)
    }

    /// How many days of a month the subscription was not paused.
    pub(super) fn days_open(&self, month: Month) -> i64 {
        let within = |day: Day| day.max(month.first).min(month.next);
        let paused = |pause: &Paused| within(pause.to.unwrap_or(month.next)).days_after(within(pause.from));
        month.next.days_after(month.first) - self.pauses.iter().map(paused).sum::<i64>()
    }

    /// The most that the customer ever paid by the month, in the smallest unit.
    pub(super) fn most_mrr(&self) -> i64 {
        self.lines.iter().map(|line| self.mrr(line.start)).max().unwrap_or(0)
    }

    /// Monthly recurring revenue at the close of a day, in the smallest unit.
    pub(super) fn mrr(&self, day: Day) -> i64 {
        self.lines.iter().filter(|line| line.is_in_force(day)).map(Line::mrr).sum()
    }

    /// The day on which the customer had got started, if nothing kept it from that.
    pub(super) fn onboarded(&self, usual: i64) -> Day {
        let slow = self.strains.iter().find(|strain| strain.cause == ChurnCause::SlowOnboarding);
        let usual = later(self.profile.first_day, usual);
        slow.and_then(|strain| strain.ended).map_or(usual, |end| end.max(usual))
    }
}
