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

/// A line day by day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'e> {
    /// The closes at which it changes, and before all of them the one of nothing.
    closes: &'e [Close],
    /// Its pieces in the order of their starts.
    starts: &'e [Piece],
    /// The same in the order of their ends.
    ends: &'e [Piece],
}

/// From one close of a line to the next at which it changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'e> {
    /// The day of the later close.
    day: Day,
    before: Balance,
    after: Balance,
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
        sampled: Option<&'e LastDays>,
        free_counts: bool,
        until: Day,
    ) -> Steps<'e> {
        if follow_each_other(pieces) {
            Steps::InTurn(InTurn::of(pieces, sampled, until))
        } else {
            self.merged(pieces, sampled, free_counts, until)
        }
    }

    /// The steps of pieces whatever they are.
    fn merged<'e>(
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
        Steps::Merged { line: Line { closes: &self.closes, starts, ends }, passed: 0 }
    }
}

/// The steps of a line, in the order of days.
pub(super) enum Steps<'e> {
    /// Of pieces that follow each other.
    InTurn(InTurn<'e>),
    /// Of pieces whose starts and ends are merged, and how many of its closes lie behind.
    Merged { line: Line<'e>, passed: usize },
}

impl<'e> Iterator for Steps<'e> {
    type Item = Step<'e>;

    #[inline(always)]
    fn next(&mut self) -> Option<Step<'e>> {
        match self {
            Self::InTurn(in_turn) => in_turn.next(),
            Self::Merged { line, passed } => {
                let step = line.step(*passed)?;
                *passed += 1;
                Some(step)
            }
        }
    }
}

impl Steps<'_> {
    /// What is paid at the close of the day before another.
    pub(super) fn balance_before(&self, day: Day) -> Balance {
        match self {
            Self::InTurn(in_turn) => in_turn.balance_before(day),
            Self::Merged { line, .. } => line.balance_before(day),
        }
    }
}

/// Whether no piece begins before the one in front of it has ended, and each is of some amount. Those of most customers
/// are like that, and then nothing has to be merged, and at most one is in force.
#[inline]
fn follow_each_other(pieces: &[Piece]) -> bool {
    pieces.is_sorted_by(|one, next| one.end <= next.start) && pieces.iter().all(|piece| piece.amount > 0)
}

/// The steps of pieces that follow each other.
pub(super) struct InTurn<'e> {
    /// All of them.
    pieces: &'e [Piece],
    sampled: Option<&'e LastDays>,
    until: Day,
    /// The piece in force, if one is, and the first day after it.
    held: &'e [Piece],
    end: Day,
    /// The next one, if there is one, the days from and until which it is seen, and those behind it.
    next: &'e [Piece],
    days: (Day, Day),
    rest: &'e [Piece],
}

impl<'e> InTurn<'e> {
    fn of(pieces: &'e [Piece], sampled: Option<&'e LastDays>, until: Day) -> Self {
        let none: &[Piece] = &[];
        let never = (Day::NEVER, Day::NEVER);
        let (held, end, next, days) = (none, Day::NEVER, none, never);
        let mut in_turn = Self { pieces, sampled, until, held, end, next, days, rest: pieces };
        in_turn.advance();
        in_turn
    }

    /// The days from and until which a piece is seen.
    #[inline]
    fn seen(&self, piece: &Piece) -> (Day, Day) {
        let day = |day| self.sampled.map_or(day, |last_days| last_days.of_day(day));
        (day(piece.start), day(piece.end))
    }

    /// Looks for the next piece that is in force at some close.
    #[inline]
    fn advance(&mut self) {
        while let Some((next, rest)) = self.rest.split_at_checked(1) {
            self.rest = rest;
            if let [piece] = next {
                let days = self.seen(piece);
                if days.0 < days.1 {
                    (self.next, self.days) = (next, days);
                    return;
                }
            }
        }
        (self.next, self.days) = (&[], (Day::NEVER, Day::NEVER));
    }

    #[inline(always)]
    fn next(&mut self) -> Option<Step<'e>> {
        let ends_alone = !self.held.is_empty() && self.end < self.days.0;
        let day = if ends_alone { self.end } else { self.days.0 };
        if day >= self.until {
            return None;
        }
        let starting = if ends_alone { &[] } else { self.next };
        let ending = std::mem::replace(&mut self.held, starting);
        if !ends_alone {
            self.end = self.days.1;
            self.advance();
        }
        Some(Step { day, before: balance(ending), after: balance(starting), ending, starting })
    }

    fn balance_before(&self, day: Day) -> Balance {
        let is_in_force = |piece: &&Piece| {
            let (start, end) = self.seen(piece);
            start < day && day <= end
        };
        self.pieces.iter().find(is_in_force).map_or(Balance::default(), |piece| balance(std::slice::from_ref(piece)))
    }
}

/// What is paid where one piece, or none, is in force, each of some amount.
#[inline]
fn balance(in_force: &[Piece]) -> Balance {
    in_force.first().map_or(Balance::default(), |piece| Balance { mrr: piece.amount, pays: true })
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

impl<'e> Line<'e> {
    /// The step behind so many others.
    #[inline]
    fn step(&self, passed: usize) -> Option<Step<'e>> {
        let Self { closes, starts, ends } = *self;
        let (from, to) = (closes.get(passed)?, closes.get(passed + 1)?);
        Some(Step {
            day: to.day,
            before: from.balance,
            after: to.balance,
            ending: ends.get(from.ended as usize..to.ended as usize).unwrap_or_default(),
            starting: starts.get(from.started as usize..to.started as usize).unwrap_or_default(),
        })
    }

    /// What is paid at the close of the day before another.
    pub(super) fn balance_before(&self, day: Day) -> Balance {
        let before = self.closes.partition_point(|close| close.day < day);
        before.checked_sub(1).and_then(|last| self.closes.get(last)).map(|close| close.balance).unwrap_or_default()
    }
}

impl<'e> Step<'e> {
    /// The day of the later close.
    #[inline]
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// What is paid at the earlier close.
    #[inline]
    pub(crate) fn before(&self) -> Balance {
        self.before
    }

    /// What is paid at the later close.
    #[inline]
    pub(crate) fn after(&self) -> Balance {
        self.after
    }

    /// The change of MRR; both balances are from 0 up, so that it fits.
    #[inline]
    pub(crate) fn net(&self) -> i64 {
        self.after.mrr.wrapping_sub(self.before.mrr)
    }

    /// The change of the number of customers.
    #[inline]
    pub(crate) fn joined(&self) -> i64 {
        i64::from(self.after.pays) - i64::from(self.before.pays)
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
    use crate::definitions::Definitions;
    use crate::draws::Draws;
    use crate::ledger::line::Carries;

    #[test]
    fn pieces_that_follow_each_other_have_the_steps_that_merging_finds() {
        let mut draws = Draws::of(7);
        let january = |text: &str| text.parse::<Day>().unwrap_or_default();
        let year =
            Definitions::default().calendar().periods(january("1970-01-01"), january("1971-01-01")).map(LastDays::of);
        let mut seen = 0;
        for _ in 0..2_000 {
            let mut day = draws.below(60) as i32;
            let pieces: Vec<Piece> = (0..draws.below(6) as u32)
                .map(|contract| {
                    let start = day + draws.below(3) as i32 * draws.below(40) as i32;
                    day = start + 1 + draws.below(50) as i32;
                    let end = if draws.below(12) == 0 { Day::NEVER } else { Day(day) };
                    day = if end == Day::NEVER { 400 } else { day };
                    Piece { start: Day(start), end, amount: 1 + draws.below(3) as i64, contract, carries: Carries::All }
                })
                .take_while(|piece| piece.start.0 < 365)
                .collect();
            let until = Day(draws.below(400) as i32);
            for sampled in [None, year.as_ref()] {
                let told = |step: Step<'_>| {
                    let contracts = |pieces: &[Piece]| pieces.iter().map(|piece| piece.contract).collect::<Vec<_>>();
                    (step.day, step.before, step.after, contracts(step.ending), contracts(step.starting))
                };
                let mut timeline = Timeline::default();
                let merged = |timeline: &mut Timeline| {
                    let steps = timeline.merged(&pieces, sampled, false, until);
                    (steps.balance_before(Day(180)), steps.map(told).collect::<Vec<_>>())
                };
                let expected = merged(&mut timeline);
                let in_turn = InTurn::of(&pieces, sampled, until);
                // What is not looked at any more has no balance that anybody asks for.
                let before = if until > Day(180) { in_turn.balance_before(Day(180)) } else { expected.0 };
                assert!(pieces.is_empty() || follow_each_other(&pieces));
                assert_eq!((before, Steps::InTurn(in_turn).map(told).collect()), expected, "{pieces:?} until {until}");
                seen += expected.1.len();
            }
        }
        assert!(seen > 5_000, "{seen}");
    }

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
