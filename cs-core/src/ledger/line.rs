//! A customer's line: which contracts it has on which days, and whether they carry what they cost.
//!
//! Pauses and tolerated gaps are in it already; everything that looks at a customer looks at this.

use super::price::Priced;
use crate::definitions::{Definitions, Paused};
use crate::order::sort_by_key;
use crate::period::Day;
use crate::portfolio::Pauses;

/// A run of days on which a contract is in force and carries the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: Day,
    /// The first day after it; [`Day::NEVER`] for none.
    pub(super) end: Day,
    pub(super) contract: u32,
    pub(super) carries: Carries,
}

/// What a contract carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    /// Its MRR.
    All,
    /// Its MRR, on days of a gap that may still close.
    Provisional,
    /// Nothing: it is paused.
    Nothing,
}

impl Carries {
    /// What there is of an amount.
    #[inline]
    pub(super) fn of<T: Default>(self, amount: T) -> T {
        if self == Self::Nothing { T::default() } else { amount }
    }
}

/// How a customer's contracts become its line.
pub(super) struct Rules<'a> {
    pauses: Option<&'a Pauses>,
    pub(super) free_counts: bool,
    gap_tolerance_days: i64,
    known_on: Option<Day>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(definitions: &Definitions, pauses: &'a Pauses, known_on: Option<Day>) -> Self {
        Self {
            pauses: Some(pauses).filter(|pauses| definitions.paused == Paused::Zero && !pauses.is_empty()),
            free_counts: definitions.free_counts,
            gap_tolerance_days: i64::from(definitions.gap_tolerance_days),
            known_on,
        }
    }

    /// Puts the pieces of a customer behind those that are there.
    pub(super) fn append(&self, priced: &Priced<'_>, customer: usize, line: &mut Vec<Piece>) {
        let from = line.len();
        let contracts = priced.book.contracts(customer);
        let signatures = priced.terms.signatures(contracts.clone());
        for contract in contracts.filter(|&contract| priced.terms.counts(contract)) {
            let Some(end) = priced.terms.end(contract, signatures.as_ref()) else { continue };
            let start = priced.book.start.get(contract).copied().unwrap_or(Day::NEVER);
            let piece = Piece { start, end, contract: contract as u32, carries: Carries::All };
            match self.pauses {
                None => line.push(piece),
                Some(pauses) => self.cut(piece, pauses.of_contract(priced.book.id(contract)), line),
            }
        }
        if self.gap_tolerance_days > 0 {
            self.fill(priced, from, line);
        }
    }

    /// Puts the parts of a contract, by its pauses in the order of their days, behind the pieces that are there.
    fn cut(&self, piece: Piece, pauses: &[(Day, Day)], line: &mut Vec<Piece>) {
        let mut day = piece.start;
        for &(from, to) in pauses {
            // A pause and its end are known on their days.
            if self.known_on.is_some_and(|known_on| from > known_on) {
                break;
            }
            let to = if self.known_on.is_some_and(|known_on| to > known_on) { Day::NEVER } else { to };
            let (from, to) = (from.max(day), to.min(piece.end));
            if from < to {
                if day < from {
                    line.push(Piece { start: day, end: from, ..piece });
                }
                line.push(Piece { start: from, end: to, carries: Carries::Nothing, ..piece });
                day = to;
            }
        }
        if day < piece.end {
            line.push(Piece { start: day, ..piece });
        }
    }

    /// Whether a piece makes its customer one that pays.
    #[inline]
    pub(super) fn pays(&self, priced: &Priced<'_>, piece: &Piece) -> bool {
        self.free_counts || priced.amount(piece.contract, piece.carries) > 0
    }

    /// Fills the gaps of the pieces from a position on with what was there on the day before each.
    fn fill(&self, priced: &Priced<'_>, from: usize, line: &mut Vec<Piece>) {
        let pieces = line.get_mut(from..).unwrap_or_default();
        sort_by_key(pieces, |piece| u64::from(piece.start.key()));
        let mut gaps: Vec<(Day, Day)> = Vec::new();
        let mut paid_until: Option<Day> = None;
        for piece in pieces.iter().filter(|piece| self.pays(priced, piece)) {
            match paid_until {
                Some(end) if end < piece.start => {
                    if piece.start.days_after(end) <= self.gap_tolerance_days {
                        gaps.push((end, piece.start));
                    }
                    paid_until = Some(piece.end);
                }
                before => paid_until = before.max(Some(piece.end)),
            }
        }
        for piece in pieces.iter_mut() {
            (piece.start, piece.end) = (after_gap(&gaps, piece.start), after_gap(&gaps, piece.end));
        }
        if let Some(first) = self.open_gap(paid_until) {
            let mut provisional = Vec::new();
            for piece in pieces.iter_mut() {
                if piece.end == first {
                    let carries = if piece.carries == Carries::All { Carries::Provisional } else { piece.carries };
                    provisional.push(Piece { start: first, end: Day::NEVER, carries, ..*piece });
                } else {
                    let open = [(first, Day::NEVER)];
                    (piece.start, piece.end) = (after_gap(&open, piece.start), after_gap(&open, piece.end));
                }
            }
            line.extend(provisional);
        }
        // What was nowhere but in a gap is not in the line at all.
        let is_seen = |piece: &Piece| piece.start < piece.end;
        let mut kept = from;
        for position in from..line.len() {
            if line.get(position).is_some_and(is_seen) {
                line.swap(kept, position);
                kept += 1;
            }
        }
        line.truncate(kept);
    }

    /// The first day of a gap that may still close: nobody knows yet how long it will be.
    fn open_gap(&self, paid_until: Option<Day>) -> Option<Day> {
        let (known_on, first) = (self.known_on?, paid_until?);
        (first <= known_on && known_on.days_after(first) < self.gap_tolerance_days).then_some(first)
    }
}

/// The day, or that of the return where it lies in a gap: what ends in a gap stays to its end, and what begins in one
/// waits for it.
fn after_gap(gaps: &[(Day, Day)], day: Day) -> Day {
    let before = gaps.partition_point(|&(first, _)| first <= day);
    let gap = before.checked_sub(1).and_then(|at| gaps.get(at));
    gap.map_or(day, |&(_, back)| day.max(back))
}
