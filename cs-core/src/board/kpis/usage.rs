//! How many of the users who are paid for were active, customer by customer.

use crate::error::Error;
use crate::ledger::Days;
use crate::order::{pair, sort_by_key};
use crate::period::{Day, Periods};
use crate::portfolio::{KnownFacts, ReservedSignal, Signal};
use crate::query::Context;
use crate::success::last_and_lowest;
use crate::word::Word as _;

/// A day, and how many users were seen on it.
type Seen = (Day, f64);

/// Users of customers in some periods.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// A customer and a period, by their positions, in order, with its active users as last seen then, and its licensed ones as last
    /// known at the close.
    seen: Vec<(u64, [f64; 2])>,
}

impl Usage {
    /// As it was known when all that is known was.
    pub(super) fn of(context: &Context<'_>, periods: Periods) -> Result<Self, Error> {
        let mut seen = Vec::new();
        let Some(signals) = context.portfolio.facts(&Signal::SPEC, context.watch)? else { return Ok(Self::default()) };
        let signals = KnownFacts::of(&signals, context.known_on.unwrap_or(Day::NEVER));
        let columns = signals.texts("signal").zip(signals.days("observed_on")).zip(signals.numbers("value"));
        let Some(((names, days), values)) = columns else { return Ok(Self::default()) };
        let places = Days::of(periods);
        for customer in 0..context.portfolio.directory.names.len() as u32 {
            // Active users by the period, and licensed ones of any day.
            let mut active: Vec<(usize, Seen)> = Vec::new();
            let mut licensed: Vec<Seen> = Vec::new();
            for row in signals.places(customer).map(|place| signals.row(place)).filter(|&row| signals.knows(row)) {
                let (Some(name), Some(seen)) = (names.get(row), days.get(row).zip(values.get(row))) else { continue };
                if name == ReservedSignal::LicensedUsers.word() {
                    licensed.push(seen);
                } else if name == ReservedSignal::ActiveUsers.word()
                    && let Some(place) = places.place(seen.0)
                {
                    active.push((place, seen));
                }
            }
            sort_by_key(&mut active, |&(place, _)| place as u64);
            for of_period in active.chunk_by(|one, other| one.0 == other.0) {
                let Some(&(place, _)) = of_period.first() else { continue };
                let end = periods.day(place + 1);
                let known = licensed.iter().copied().filter(|(day, _)| *day < end);
                let last = last_and_lowest(of_period.iter().map(|&(_, seen)| seen)).zip(last_and_lowest(known));
                seen.extend(last.map(|(active, licensed)| (pair(customer, place as u32), [active, licensed])));
            }
        }
        Ok(Self { seen })
    }

    /// The active and licensed users of a customer in a period, by their positions; none where either is not known.
    pub(super) fn users(&self, customer: u32, place: usize) -> Option<[f64; 2]> {
        let key = pair(customer, place as u32);
        let at = self.seen.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        self.seen.get(at).map(|&(_, users)| users)
    }
}
