//! Which contracts count and until when: by their kind, the revision that counts, their end, and notices.

use std::borrow::Cow;
use std::ops::Range;

use crate::definitions::{ChurnDate, ContractKind};
use crate::period::Day;
use crate::portfolio::Book;
use crate::query::Context;
use crate::table::Nullable;

/// The contracts of a book as definitions, and what is known, let them count.
pub(crate) struct Terms<'a> {
    book: &'a Book,
    known_on: Option<Day>,
    dates: Dates<'a>,
    /// Whether each row is the revision that counts; none: all are.
    current: Option<Cow<'a, [bool]>>,
    /// Whether each contract is recurring revenue; none: all that are current are.
    counts: Option<Vec<bool>>,
    /// How long after a contract's end its successor may start, where churn is dated on notices; none where it is not.
    successor_days: Option<i64>,
}

/// The columns of days that say more of a contract than when it is in force.
struct Dates<'a> {
    recorded_on: Option<&'a Nullable<Day>>,
    signed_date: Option<&'a Nullable<Day>>,
    term_end: Option<&'a Nullable<Day>>,
    notice_date: Option<&'a Nullable<Day>>,
    notice_withdrawn_on: Option<&'a Nullable<Day>>,
}

impl<'a> Terms<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let (book, definitions) = (&context.portfolio.book, context.definitions);
        let current = match context.known_on {
            None => book.current.as_deref().map(Cow::Borrowed),
            Some(day) => Some(Cow::Owned(book.current_on(day))),
        };
        let dates = Dates {
            recorded_on: book.days("recorded_on"),
            signed_date: book.days("signed_date"),
            term_end: book.days("term_end"),
            notice_date: book.days("notice_date"),
            notice_withdrawn_on: book.days("notice_withdrawn_on"),
        };
        let by_notice = definitions.churn_date == ChurnDate::Notice && dates.notice_date.is_some();
        Self {
            book,
            dates,
            known_on: context.known_on,
            counts: counts(book, current.as_deref(), &definitions.exclude_kinds),
            current,
            successor_days: by_notice.then(|| i64::from(definitions.gap_tolerance_days)),
        }
    }

    /// Whether a row is the one known of its contract, whatever the contract's kind.
    #[inline]
    pub(crate) fn is_known(&self, contract: usize) -> bool {
        self.current.as_ref().is_none_or(|current| current.get(contract) == Some(&true))
    }

    /// Whether a row is the one known of its contract, and recurring revenue.
    #[inline]
    pub(super) fn counts(&self, contract: usize) -> bool {
        self.counts.as_ref().is_none_or(|counts| counts.get(contract) == Some(&true))
    }

    /// Whether every contract that counts does until the end that the book says.
    pub(super) fn end_as_booked(&self) -> bool {
        self.known_on.is_none() && self.successor_days.is_none()
    }

    /// Whether some contracts do not count.
    pub(super) fn leave_out_some(&self) -> bool {
        self.counts.is_some()
    }

    /// The ends of all contracts, where each counts and is known until the end that the book says.
    #[inline]
    pub(super) fn plain_ends(&self) -> Option<&'a [Day]> {
        (self.end_as_booked() && !self.leave_out_some()).then_some(self.book.end.as_slice())
    }

    /// The first day that a contract does not count any more, [`Day::NEVER`] for none; `None` if it never counts at
    /// all. `signatures` are those of its customer's contracts.
    #[inline]
    pub(super) fn end(&self, contract: usize, signatures: Option<&Signatures>) -> Option<Day> {
        let end = self.contract_end(contract);
        let (Some(successor_days), Some(signatures)) = (self.successor_days, signatures) else { return Some(end) };
        let Some(notice) = self.notice(contract).filter(|&notice| notice < end) else { return Some(end) };
        if end != Day::NEVER {
            // Contracts of a customer are in the order of their starts.
            let starts = self.book.start.get(signatures.contracts.clone()).unwrap_or_default();
            let from = starts.partition_point(|&start| start <= notice);
            let to = starts.partition_point(|&start| start.days_after(end) <= successor_days);
            if signatures.any(from..to, notice, contract) {
                return Some(end);
            }
        }
        (notice > self.start(contract)).then_some(notice)
    }

    /// The signatures of a customer's contracts, where churn is dated on notices.
    pub(super) fn signatures(&self, contracts: Range<usize>) -> Option<Signatures> {
        self.successor_days?;
        let signed = |contract| match self.counts(contract) {
            true => day(self.dates.signed_date, contract).unwrap_or(Day::NEVER),
            false => Day::NEVER,
        };
        let days: Vec<Day> = contracts.clone().map(signed).collect();
        let earliest = days.chunks(BLOCK).map(|days| days.iter().copied().min().unwrap_or(Day::NEVER)).collect();
        Some(Signatures { contracts, days, earliest })
    }

    /// The end that counts by the contract itself, as far as it is known.
    #[inline]
    pub(super) fn contract_end(&self, contract: usize) -> Day {
        let end = self.book.end.get(contract).copied().unwrap_or(Day::NEVER);
        match self.known_on {
            // What is recorded is known whole.
            Some(known_on) if end > known_on && day(self.dates.recorded_on, contract).is_none() => {
                self.known_end(contract, end)
            }
            _ => end,
        }
    }

    /// The end, in days to come, of a contract of which only its signature is recorded.
    fn known_end(&self, contract: usize, end: Day) -> Day {
        let term_end = day(self.dates.term_end, contract);
        let planned = term_end.filter(|_| !self.renews_itself(contract));
        if planned == Some(end) || self.notice(contract).is_some() { end } else { planned.unwrap_or(Day::NEVER) }
    }

    /// The end of a contract's first term.
    #[cfg(feature = "rooms")]
    pub(super) fn term_end(&self, contract: usize) -> Option<Day> {
        day(self.dates.term_end, contract)
    }

    /// Whether another term of a contract follows the first.
    pub(super) fn renews_itself(&self, contract: usize) -> bool {
        self.book.flags("auto_renew").and_then(|flags| flags.get(contract)).unwrap_or(true)
    }

    /// The day on which a contract in force falls due: the end of its term, or its own where that is earlier or the only one.
    /// One that renews itself falls due again at every further term from its start, whole months where it is of such.
    pub(super) fn due(&self, contract: usize, end: Day, on: Day) -> Option<Day> {
        let Some(term_end) = day(self.dates.term_end, contract) else {
            return Some(end).filter(|&end| end != Day::NEVER);
        };
        let term_end = match term_end > on || !self.renews_itself(contract) {
            true => Some(term_end),
            false => self.start(contract).further_term(term_end, on),
        };
        term_end.map(|term_end| term_end.min(end))
    }

    /// The day of a notice that stands, as far as it is known.
    pub(crate) fn notice(&self, contract: usize) -> Option<Day> {
        let known = |column| {
            let known = |&fact: &Day| match self.known_on {
                Some(known_on) => fact <= known_on || day(self.dates.recorded_on, contract).is_some(),
                None => true,
            };
            day(column, contract).filter(known)
        };
        known(self.dates.notice_date).filter(|_| known(self.dates.notice_withdrawn_on).is_none())
    }

    fn start(&self, contract: usize) -> Day {
        self.book.start.get(contract).copied().unwrap_or(Day::NEVER)
    }
}

/// Signatures are looked through so many at a time.
const BLOCK: usize = 512;

/// When the contracts of a customer that count were signed, [`Day::NEVER`] where nobody knows.
pub(super) struct Signatures {
    contracts: Range<usize>,
    days: Vec<Day>,
    /// The earliest of each block.
    earliest: Vec<Day>,
}

impl Signatures {
    /// Whether any contract at these positions was signed by a day, `but` one.
    fn any(&self, positions: Range<usize>, by: Day, but: usize) -> bool {
        let but = but.saturating_sub(self.contracts.start);
        let mut at = positions.start;
        while at < positions.end {
            let block = at / BLOCK;
            let next = ((block + 1) * BLOCK).min(positions.end);
            // One look at the earliest spares the others of a block that nobody of them was signed in time.
            if self.earliest.get(block).is_some_and(|&earliest| earliest <= by) {
                let days = self.days.get(at..next).unwrap_or_default();
                if days.iter().zip(at..).any(|(&signed, position)| signed <= by && position != but) {
                    return true;
                }
            }
            at = next;
        }
        false
    }
}

/// The day of a contract in a column that may be absent.
#[inline]
fn day(column: Option<&Nullable<Day>>, contract: usize) -> Option<Day> {
    column.and_then(|days| days.get(contract))
}

/// Which contracts are recurring revenue: those of a kind that counts, by the revision that counts.
fn counts(book: &Book, current: Option<&[bool]>, excluded: &[ContractKind]) -> Option<Vec<bool>> {
    let by_kind = book.kind.as_ref().filter(|kinds| kinds.iter().any(|kind| excluded.contains(kind)));
    // Without the column, every contract is a subscription.
    let none = book.kind.is_none() && excluded.contains(&ContractKind::Subscription);
    if by_kind.is_none() && current.is_none() && !none {
        return None;
    }
    let counts = (0..book.len()).map(|contract| {
        let excluded = by_kind.and_then(|kinds| kinds.get(contract)).is_some_and(|kind| excluded.contains(kind));
        !none && !excluded && current.is_none_or(|current| current.get(contract) == Some(&true))
    });
    Some(counts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signatures(days: &[i32]) -> Signatures {
        let days: Vec<Day> = days.iter().map(|&day| Day(day)).collect();
        let earliest = days.chunks(BLOCK).map(|days| days.iter().copied().min().unwrap_or(Day::NEVER)).collect();
        Signatures { contracts: 10..10 + days.len(), days, earliest }
    }

    #[test]
    fn a_signature_is_found_whichever_block_it_is_in() {
        let mut days = vec![i32::MAX; 3 * BLOCK];
        for at in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK, 3 * BLOCK - 1] {
            days[at] = 7;
            let found = signatures(&days);
            assert!(found.any(0..3 * BLOCK, Day(7), 12), "{at}");
            assert!(found.any(at..at + 1, Day(7), 12));
            assert!(!found.any(0..3 * BLOCK, Day(6), 12), "not signed yet");
            assert!(!found.any(0..at, Day(7), 12) && !found.any(at + 1..3 * BLOCK, Day(7), 12));
            assert!(!found.any(0..3 * BLOCK, Day(7), 10 + at), "no contract is its own successor");
            days[at] = i32::MAX;
        }
    }
}
