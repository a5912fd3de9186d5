//! A line in the order of days: what starts and ends on each, what is paid before and after, changes of one day netted.

use super::line::Piece;
use crate::order::sort_by_key;
use crate::period::{Calendar, Day};

/// What is paid at a close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) mrr: i64,
    /// Whether the customer is one that is counted.
    pub(crate) pays: bool,
}

/// A day on which pieces of a line start or end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'e> {
    pub(crate) day: Day,
    /// At the close before.
    pub(crate) before: Balance,
    /// At the close of the day.
    pub(crate) after: Balance,
    pub(super) ending: &'e [Piece],
    pub(super) starting: &'e [Piece],
}

/// The pieces of a line in the order of their ends, and as only some closes see them; kept for its storage.
#[derive(Default)]
pub(super) struct Timeline {
    seen: Vec<Piece>,
    ends: Vec<Piece>,
}

/// The way through a line: what is still to start and to end, and what is paid so far.
#[derive(Clone, Copy)]
pub(super) struct Sweep<'e> {
    starts: &'e [Piece],
    ends: &'e [Piece],
    in_force: usize,
    balance: Balance,
    free_counts: bool,
}

impl Timeline {
    /// The way through pieces in the order of their starts, from the beginning; the MRR of every day is one that fits.
    /// Where only the closes of periods are looked at, what happens in one is seen at its end.
    #[inline]
    pub(super) fn sweep<'e>(
        &'e mut self,
        pieces: &'e [Piece],
        sampled: Option<Calendar>,
        free_counts: bool,
    ) -> Sweep<'e> {
        let starts = match sampled {
            None => pieces,
            Some(calendar) => {
                look(pieces, calendar, &mut self.seen);
                self.seen.as_slice()
            }
        };
        let ends = in_order_of_ends(starts, &mut self.ends);
        Sweep { starts, ends, in_force: 0, balance: Balance::default(), free_counts }
    }
}

/// Keeps the pieces that are in force at some close of a period, from and to the days at whose closes that is seen.
fn look(pieces: &[Piece], calendar: Calendar, kept: &mut Vec<Piece>) {
    let at = |day: Day| if day == Day::NEVER { day } else { calendar.last_day(day) };
    let seen = pieces.iter().map(|piece| Piece { start: at(piece.start), end: at(piece.end), ..*piece });
    kept.clear();
    kept.extend(seen.filter(|piece| piece.start < piece.end));
}

/// The same pieces in the order of their ends.
fn in_order_of_ends<'e>(pieces: &'e [Piece], storage: &'e mut Vec<Piece>) -> &'e [Piece] {
    // Those of most customers end in the order in which they start.
    if pieces.is_sorted_by_key(|piece| piece.end) {
        return pieces;
    }
    storage.clear();
    storage.extend_from_slice(pieces);
    sort_by_key(storage, |piece| u64::from(piece.end.key()));
    storage
}

/// The contract that starts before a day and with which the MRR of pieces, in the order of their starts, does not fit.
pub(super) fn too_much(pieces: &[Piece], until: Day) -> Option<usize> {
    // What fits all at once fits on every day.
    if pieces.iter().try_fold(0_i64, |mrr, piece| mrr.checked_add(piece.amount)).is_some() {
        return None;
    }
    let mut storage = Vec::new();
    let (mut ends, mut mrr) = (in_order_of_ends(pieces, &mut storage), 0_i128);
    for start in pieces.iter().take_while(|start| start.start < until) {
        // Ends first: what ends on a day is not there at its close.
        while let Some((end, rest)) = ends.split_first().filter(|(end, _)| end.end <= start.start) {
            (mrr, ends) = (mrr - i128::from(end.amount), rest);
        }
        mrr += i128::from(start.amount);
        if mrr > i128::from(i64::MAX) {
            return Some(start.contract as usize);
        }
    }
    None
}

impl<'e> Sweep<'e> {
    /// The next day before `until` on which something starts or ends.
    #[expect(clippy::inline_always, reason = "what a step is made of stays in registers")]
    #[inline(always)]
    pub(super) fn next(&mut self, until: Day) -> Option<Step<'e>> {
        let start = self.starts.first().map_or(Day::NEVER, |piece| piece.start);
        let day = self.ends.first().map_or(start, |piece| piece.end.min(start));
        if day >= until {
            return None;
        }
        let ending = first_of(&mut self.ends, |piece| piece.end == day);
        let starting = first_of(&mut self.starts, |piece| piece.start == day);
        let before = self.balance;
        // Ends first: then no sum on the way is larger than both the one before and the one after.
        let mrr = ending.iter().fold(before.mrr, |mrr, piece| mrr - piece.amount);
        let mrr = starting.iter().fold(mrr, |mrr, piece| mrr.saturating_add(piece.amount));
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

/// Takes the pieces for which something holds off the front.
#[inline]
fn first_of<'e>(pieces: &mut &'e [Piece], holds: impl Fn(&Piece) -> bool) -> &'e [Piece] {
    let count = pieces.iter().take_while(|piece| holds(piece)).count();
    let (taken, rest) = pieces.split_at_checked(count).unwrap_or((&[], pieces));
    *pieces = rest;
    taken
}
