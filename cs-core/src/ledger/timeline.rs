//! A line in the order of days: what starts and ends on each, what is paid before and after, changes of one day netted.

use super::line::{Carries, Piece};
use super::price::Priced;
use crate::order::sort_by_key;
use crate::period::Day;

/// What is paid at a close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) mrr: i64,
    /// Whether the customer is one that is counted.
    pub(crate) pays: bool,
}

/// A piece that starts or ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) day: Day,
    pub(super) contract: u32,
    /// What it carries of the contract's MRR.
    pub(super) amount: i64,
    pub(super) carries: Carries,
}

/// A day on which pieces of a line start or end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'e> {
    pub(crate) day: Day,
    /// At the close before.
    pub(crate) before: Balance,
    /// At the close of the day.
    pub(crate) after: Balance,
    pub(super) ending: &'e [Event],
    pub(super) starting: &'e [Event],
}

/// Starts and ends of a line's pieces, each in the order of days; kept for its storage.
#[derive(Default)]
pub(super) struct Timeline {
    starts: Vec<Event>,
    ends: Vec<Event>,
}

/// The way through a timeline: what is still to come, and what is paid so far.
#[derive(Clone, Copy)]
pub(super) struct Sweep<'e> {
    starts: &'e [Event],
    ends: &'e [Event],
    in_force: usize,
    balance: Balance,
    free_counts: bool,
}

impl Timeline {
    /// Takes the pieces of a line up, each seen from the close of the day to which `seen` moves its start until that to
    /// which it moves its end.
    pub(super) fn open(&mut self, priced: &Priced<'_>, pieces: &[Piece], seen: impl Fn(Day) -> Day) {
        self.starts.clear();
        self.ends.clear();
        for &Piece { start, end, contract, carries } in pieces {
            let (start, end) = (seen(start), seen(end));
            if start < end {
                let amount = priced.amount(contract, carries);
                self.starts.push(Event { day: start, contract, amount, carries });
                self.ends.push(Event { day: end, contract, amount, carries });
            }
        }
        // Most customers' contracts start, and end, in the order in which they are stored.
        for events in [&mut self.starts, &mut self.ends] {
            sort_by_key(events, |event| u64::from(event.day.key()));
        }
    }

    /// From the beginning, of a line whose MRR fits on every day.
    pub(super) fn sweep(&self, free_counts: bool) -> Sweep<'_> {
        let balance = Balance::default();
        Sweep { starts: &self.starts, ends: &self.ends, in_force: 0, balance, free_counts }
    }

    /// The contract that starts before a day and with which the line's MRR does not fit.
    pub(super) fn too_much(&self, until: Day) -> Option<usize> {
        let (mut ends, mut mrr) = (self.ends.as_slice(), 0_i128);
        for start in self.starts.iter().take_while(|start| start.day < until) {
            while let Some((end, rest)) = ends.split_first().filter(|(end, _)| end.day <= start.day) {
                (mrr, ends) = (mrr - i128::from(end.amount), rest);
            }
            mrr += i128::from(start.amount);
            if mrr > i128::from(i64::MAX) {
                return Some(start.contract as usize);
            }
        }
        None
    }

    /// Everything that starts.
    pub(super) fn starts(&self) -> &[Event] {
        &self.starts
    }
}

impl<'e> Sweep<'e> {
    /// The next day before `until` on which something starts or ends.
    #[expect(clippy::inline_always, reason = "what a step is made of stays in registers")]
    #[inline(always)]
    pub(super) fn next(&mut self, until: Day) -> Option<Step<'e>> {
        let next = |events: &[Event]| events.first().map_or(Day::NEVER, |event| event.day);
        let day = next(self.starts).min(next(self.ends));
        if day >= until {
            return None;
        }
        let (ending, starting) = (of_day(&mut self.ends, day), of_day(&mut self.starts, day));
        let before = self.balance;
        // Ends first: then no sum on the way is larger than both the one before and the one after.
        let mrr = ending.iter().fold(before.mrr, |mrr, event| mrr - event.amount);
        let mrr = starting.iter().fold(mrr, |mrr, event| mrr.saturating_add(event.amount));
        self.in_force = self.in_force + starting.len() - ending.len();
        let pays = if self.free_counts { self.in_force > 0 } else { mrr > 0 };
        self.balance = Balance { mrr, pays };
        Some(Step { day, before, after: self.balance, ending, starting })
    }

    /// What is paid at the close of the day before `until`, after the steps taken so far.
    pub(super) fn balance_before(mut self, until: Day) -> Balance {
        while self.next(until).is_some() {}
        self.balance
    }
}

/// Takes the events of a day off the front.
#[inline]
fn of_day<'e>(events: &mut &'e [Event], day: Day) -> &'e [Event] {
    let count = events.iter().take_while(|event| event.day == day).count();
    let (taken, rest) = events.split_at_checked(count).unwrap_or((&[], events));
    *events = rest;
    taken
}
