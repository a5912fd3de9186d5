//! A line in the order of days: what starts and ends on each, what is paid before and after, changes of one day netted.

use super::days::LastDays;
use super::line::Piece;
use crate::order::sort_by_key;
use crate::period::Day;

/// What is paid at a close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) mrr: i64,
    /// Whether the customer is one that is counted.
    pub(crate) pays: bool,
}

/// The close of a day on which something starts or ends.
#[derive(Clone, Copy, Debug)]
struct Close {
    day: Day,
    balance: Balance,
    /// How many pieces have started, and ended, by then.
    started: u32,
    ended: u32,
}

/// The steps of a line, in the order of days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps<'e> {
    /// The closes at which it changes, and before all of them the one of nothing.
    closes: &'e [Close],
    /// Its pieces in the order of their starts.
    starts: &'e [Piece],
    /// The same in the order of their ends.
    ends: &'e [Piece],
    /// How many of the closes lie behind.
    passed: usize,
}

/// What is paid at one close and at the next at which that changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved {
    pub(crate) before: Balance,
    pub(crate) after: Balance,
}

impl Moved {
    /// The change of MRR; both balances are from 0 up, so that it fits.
    #[inline]
    pub(crate) fn net(self) -> i64 {
        self.after.mrr.wrapping_sub(self.before.mrr)
    }

    /// The change of the number of customers.
    #[inline]
    pub(crate) fn joined(self) -> i64 {
        i64::from(self.after.pays) - i64::from(self.before.pays)
    }
}

/// From one close of a line to the next at which it changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'e> {
    /// The day of the later close.
    day: Day,
    moved: Moved,
    ending: &'e [Piece],
    starting: &'e [Piece],
}

/// What lines need; kept for its storage.
#[derive(Default)]
pub(super) struct Timeline {
    seen: Vec<Piece>,
    ends: Vec<Piece>,
    closes: Vec<Close>,
}

impl Timeline {
    /// The steps of pieces in the order of their starts, up to a day, exclusive; the MRR of every day is one that fits.
    /// Where only the closes of periods are looked at, what happens in one is seen at its end.
    pub(super) fn steps<'e>(
        &'e mut self,
        pieces: &'e [Piece],
        sampled: Option<&LastDays>,
        free_counts: bool,
        until: Day,
    ) -> Steps<'e> {
        let starts = match sampled {
            None => pieces,
            Some(last_days) => {
                at_period_ends(pieces, last_days, &mut self.seen);
                self.seen.as_slice()
            }
        };
        let ends = in_order_of_ends(starts, &mut self.ends);
        close(starts, ends, free_counts, until, &mut self.closes);
        Steps { closes: &self.closes, starts, ends, passed: 0 }
    }
}

impl<'e> Iterator for Steps<'e> {
    type Item = Step<'e>;

    #[inline]
    fn next(&mut self) -> Option<Step<'e>> {
        let Self { closes, starts, ends, passed } = *self;
        let (from, to) = (closes.get(passed)?, closes.get(passed + 1)?);
        self.passed += 1;
        Some(Step {
            day: to.day,
            moved: Moved { before: from.balance, after: to.balance },
            ending: ends.get(from.ended as usize..to.ended as usize).unwrap_or_default(),
            starting: starts.get(from.started as usize..to.started as usize).unwrap_or_default(),
        })
    }
}

impl Steps<'_> {
    /// What is paid at the close of the day before another.
    pub(super) fn balance_before(&self, day: Day) -> Balance {
        let before = self.closes.partition_point(|close| close.day < day);
        before.checked_sub(1).and_then(|last| self.closes.get(last)).map(|close| close.balance).unwrap_or_default()
    }
}

/// Closes every day before `until` on which a piece starts or ends.
fn close(starts: &[Piece], ends: &[Piece], free_counts: bool, until: Day, closes: &mut Vec<Close>) {
    closes.clear();
    closes.push(Close { day: Day::MIN, balance: Balance::default(), started: 0, ended: 0 });
    let (mut started, mut ended, mut mrr) = (0, 0, 0_i64);
    loop {
        let start = starts.get(started).map_or(Day::NEVER, |piece| piece.start);
        let day = ends.get(ended).map_or(start, |piece| piece.end.min(start));
        if day >= until {
            return;
        }
        // Ends first: then no sum on the way is larger than both the one before and the one after.
        while let Some(piece) = ends.get(ended).filter(|piece| piece.end == day) {
            mrr = mrr.wrapping_sub(piece.amount);
            ended += 1;
        }
        while let Some(piece) = starts.get(started).filter(|piece| piece.start == day) {
            mrr = mrr.wrapping_add(piece.amount);
            started += 1;
        }
        let pays = if free_counts { started > ended } else { mrr > 0 };
        closes.push(Close { day, balance: Balance { mrr, pays }, started: started as u32, ended: ended as u32 });
    }
}

/// Keeps the pieces that are in force at some close of a period, from and to the days at whose closes that is seen.
fn at_period_ends(pieces: &[Piece], last_days: &LastDays, kept: &mut Vec<Piece>) {
    let seen =
        |piece: &Piece| Piece { start: last_days.of_day(piece.start), end: last_days.of_day(piece.end), ..*piece };
    kept.clear();
    kept.extend(pieces.iter().map(seen).filter(|piece| piece.start < piece.end));
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

impl<'e> Step<'e> {
    /// The day of the later close.
    #[inline]
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// What is paid at both closes.
    #[inline]
    pub(crate) fn moved(&self) -> Moved {
        self.moved
    }

    /// What ends between the closes.
    #[inline]
    pub(super) fn ending(&self) -> &'e [Piece] {
        self.ending
    }

    /// What starts between them.
    #[inline]
    pub(super) fn starting(&self) -> &'e [Piece] {
        self.starting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::price::Carries;

    #[test]
    fn what_fits_on_every_day_fits() {
        let piece = |start, end, amount| Piece {
            start: Day(start),
            end: Day(end),
            amount,
            contract: start as u32,
            carries: Carries::All,
        };
        let half = i64::MAX / 2;
        // All at once are too much, and no two are there on one day.
        let one_by_one = [piece(1, 5, i64::MAX), piece(5, 7, i64::MAX), piece(9, 12, i64::MAX)];
        assert_eq!(too_much(&one_by_one, Day::NEVER), None);
        let three = [piece(1, 9, half), piece(2, 9, half), piece(4, 6, 2)];
        assert_eq!(too_much(&three, Day::NEVER), Some(4));
        assert_eq!(too_much(&three, Day(5)), Some(4));
        assert_eq!(too_much(&three, Day(4)), None, "nobody looks at that day");
        let in_time = [piece(1, 9, half), piece(2, 4, half), piece(4, 6, half)];
        assert_eq!(too_much(&in_time, Day::NEVER), None);
    }
}
