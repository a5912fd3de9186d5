//! How many of the users who are paid for were active, customer by customer.

use crate::error::Error;
use crate::ledger::Days;
use crate::order::{pair, sort_by_key};
use crate::period::{Day, Periods};
use crate::portfolio::{KnownFacts, ReservedSignal, Signal};
use crate::query::Context;
use crate::success::last_and_lowest;
use crate::word::Word as _;

/// Active and licensed users.
const OF_USERS: [ReservedSignal; 2] = [ReservedSignal::ActiveUsers, ReservedSignal::LicensedUsers];

/// Users of customers in some periods.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// A customer and a period, by their positions, in order, with its active and its licensed users, as both were last seen.
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
            // Days and values of each signal, by the period.
            let mut observed: Vec<(usize, usize, (Day, f64))> = Vec::new();
            for row in signals.places(customer).map(|place| signals.row(place)).filter(|&row| signals.knows(row)) {
                let signal = names.get(row).and_then(|name| OF_USERS.iter().position(|signal| signal.word() == name));
                let place = days.get(row).and_then(|day| Some((places.position(day).checked_sub(1)?, day)));
                if let Some((signal, ((place, day), value))) = signal.zip(place.zip(values.get(row)))
                    && place < periods.len()
                {
                    observed.push((place, signal, (day, value)));
                }
            }
            sort_by_key(&mut observed, |&(place, ..)| place as u64);
            for of_period in observed.chunk_by(|one, other| one.0 == other.0) {
                let last = |signal: usize| {
                    last_and_lowest(of_period.iter().filter(|(_, of, _)| *of == signal).map(|&(.., seen)| seen))
                };
                if let (Some((place, ..)), Some(active), Some(licensed)) = (of_period.first(), last(0), last(1)) {
                    seen.push((pair(customer, *place as u32), [active, licensed]));
                }
            }
        }
        Ok(Self { seen })
    }

    /// The active and licensed users of a customer in a period, by their positions; none where either was not seen.
    pub(super) fn users(&self, customer: u32, place: usize) -> Option<[f64; 2]> {
        let key = pair(customer, place as u32);
        let at = self.seen.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        self.seen.get(at).map(|&(_, users)| users)
    }
}
