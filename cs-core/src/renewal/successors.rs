//! Which contract follows which.

use crate::definitions::Definitions;
use crate::ledger::Held;
use crate::order::{pair, sort_by_key};
use crate::period::Day;

/// How far from the day on which a contract falls due another may start that follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SuccessorWindow {
    early_days: u32,
    grace_days: u32,
}

impl SuccessorWindow {
    pub(super) fn of(definitions: &Definitions) -> Self {
        Self { early_days: definitions.early_days, grace_days: definitions.renewal_grace_days }
    }

    fn first(self, due: Day) -> Day {
        due.days_before(self.early_days)
    }

    pub(super) fn last(self, due: Day) -> Day {
        due.days_later(self.grace_days)
    }
}

/// Whether each of a customer's contracts, which are in the order of their starts, follows another that ends: it names that
/// one, or starts about when it ends.
pub(crate) fn follows(held: &[Held], definitions: &Definitions) -> Vec<bool> {
    let (mut successors, window) = (Successors::of(held), SuccessorWindow::of(definitions));
    let mut follows: Vec<bool> = held.iter().map(|contract| contract.renews.is_some()).collect();
    let mut ended: Vec<usize> = (0..held.len()).collect();
    let end = |at: usize| held.get(at).map_or(Day::NEVER, |contract| contract.end);
    sort_by_key(&mut ended, |&at| pair(end(at).key(), at as u32));
    for at in ended {
        let Some(contract) = held.get(at).filter(|contract| contract.end != Day::NEVER) else { continue };
        if successors.linked(at, contract.end).next().is_none()
            && let Some(found) = successors.take(contract, contract.end, window)
            && let Some(slot) = follows.get_mut(found)
        {
            *slot = true;
        }
    }
    follows
}

/// The contracts of a customer that may follow another, and those that do.
pub(super) struct Successors {
    /// Contracts that say which they renew: that one, themselves, and when they end, in order.
    linked: Vec<(usize, usize, Day)>,
    /// Whether each follows another one that came to a term, at its end or before.
    is_later: Vec<bool>,
    /// Contracts that name none, unit by unit in the order of their starts.
    open: Vec<Open>,
    /// For each of these the first from it on that is not used yet, or one that leads there.
    free: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Open {
    unit: u32,
    start: Day,
    end: Day,
    held: usize,
}

impl Successors {
    /// Of contracts in the order of their starts.
    pub(super) fn of(held: &[Held]) -> Self {
        let link = |(at, contract): (usize, &Held)| contract.renews.map(|renewed| (renewed, at, contract.end));
        let mut linked: Vec<(usize, usize, Day)> = held.iter().enumerate().filter_map(link).collect();
        sort_by_key(&mut linked, |&(renewed, at, _)| pair(renewed as u32, at as u32));
        let is_open = |(_, contract): &(usize, &Held)| contract.renews.is_none();
        let open = |(held, contract): (usize, &Held)| Open {
            unit: contract.unit,
            start: contract.start,
            end: contract.end,
            held,
        };
        let mut open: Vec<Open> = held.iter().enumerate().filter(is_open).map(open).collect();
        sort_by_key(&mut open, |open| pair(open.unit, open.start.key()));
        let is_later = held.iter().map(|contract| contract.renews.is_some()).collect();
        Self { linked, is_later, free: (0..=open.len()).collect(), open }
    }

    /// The contracts that say they renew one, which ends on a day, and do not end by then themselves.
    pub(super) fn linked(&self, at: usize, on: Day) -> impl Iterator<Item = usize> {
        let first = self.linked.partition_point(|&(renewed, ..)| renewed < at);
        let named = self.linked.iter().skip(first).take_while(move |&&(renewed, ..)| renewed == at);
        named.filter(move |&&(.., end)| end > on).map(|&(_, follower, _)| follower)
    }

    /// Of contracts that name none the first unused one of the same unit that starts after another, which ends on a day, did,
    /// within some days, and does not end by then itself. Days are asked for in their order.
    pub(super) fn take(&mut self, ended: &Held, on: Day, window: SuccessorWindow) -> Option<usize> {
        let (from, to) = (window.first(on).max(ended.start.next()), window.last(on));
        let mut place = self.open.partition_point(|open| (open.unit, open.start) < (ended.unit, from));
        loop {
            place = self.first_free(place);
            let next = *self.open.get(place).filter(|open| open.unit == ended.unit && open.start <= to)?;
            // What has ended by this day has by every later one.
            if let Some(free) = self.free.get_mut(place) {
                *free = place + 1;
            }
            if next.end > on {
                return Some(next.held);
            }
        }
    }

    /// The first place from one on whose contract is not used; the way there is made shorter for the next who asks.
    fn first_free(&mut self, from: usize) -> usize {
        let next = |free: &[usize], place: usize| free.get(place).copied().unwrap_or(place);
        let mut place = from;
        while next(&self.free, place) != place {
            let beyond = next(&self.free, next(&self.free, place));
            if let Some(free) = self.free.get_mut(place) {
                *free = beyond;
            }
            place = beyond;
        }
        place
    }

    /// Notes whether a contract follows one that came to a term.
    pub(super) fn note(&mut self, follower: usize, is_later: bool) {
        if let Some(slot) = self.is_later.get_mut(follower) {
            *slot = is_later;
        }
    }

    /// Whether a contract follows one that came to a term.
    pub(super) fn is_later(&self, at: usize) -> bool {
        self.is_later.get(at) == Some(&true)
    }
}
