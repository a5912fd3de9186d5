//! A customer's line: which contracts it has on which days, and whether they carry what they cost.
//!
//! Pauses and tolerated gaps are in it already; everything that looks at a customer looks at this.

use std::ops::Range;

use super::price::{Carries, Priced};
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
    /// What it carries of the contract's MRR.
    pub(super) amount: i64,
    pub(super) contract: u32,
    pub(super) carries: Carries,
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

    /// Whether contracts make a line as they stand, on whose days a customer pays if its MRR is above zero.
    pub(super) fn are_plain(&self) -> bool {
        self.pauses.is_none() && self.gap_tolerance_days == 0 && !self.free_counts
    }

    /// Puts the pieces of a customer behind those that are there.
    pub(super) fn append(&self, priced: &Priced<'_>, customer: usize, line: &mut Vec<Piece>) {
        let from = line.len();
        let contracts = priced.book.contracts(customer);
        if let (Some(ends), None) = (priced.terms.plain_ends(), self.pauses) {
            let start = priced.book.start.get(contracts.clone()).unwrap_or_default();
            let end = ends.get(contracts.clone()).unwrap_or_default();
            let amount = priced.mrr.get(contracts.clone()).unwrap_or_default();
            let columns = start.iter().zip(end).zip(amount).zip(contracts);
            line.extend(columns.map(|(((&start, &end), &amount), contract)| Piece {
                start,
                end,
                amount,
                contract: contract as u32,
                carries: Carries::All,
            }));
        } else {
            self.append_each(priced, contracts, line);
        }
        if self.gap_tolerance_days > 0 {
            self.fill(from, line);
        }
    }

    /// Puts the pieces of contracts behind those that are there, each looked at by itself.
    fn append_each(&self, priced: &Priced<'_>, contracts: Range<usize>, line: &mut Vec<Piece>) {
        let signatures = priced.terms.signatures(contracts.clone());
        for contract in contracts.filter(|&contract| priced.terms.counts(contract)) {
            let Some(end) = priced.terms.end(contract, signatures.as_ref()) else { continue };
            let start = priced.book.start.get(contract).copied().unwrap_or(Day::NEVER);
            let amount = priced.mrr.get(contract).copied().unwrap_or_default();
            let piece = Piece { start, end, amount, contract: contract as u32, carries: Carries::All };
            match self.pauses {
                None => line.push(piece),
                Some(pauses) => self.cut(piece, pauses.of_contract(priced.book.id(contract)), line),
            }
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
                line.push(Piece { start: from, end: to, amount: 0, carries: Carries::Nothing, ..piece });
                day = to;
            }
        }
        if day < piece.end {
            line.push(Piece { start: day, ..piece });
        }
    }

    /// Whether a piece makes its customer one that pays.
    #[inline]
    pub(super) fn pays(&self, piece: &Piece) -> bool {
        self.free_counts || piece.amount > 0
    }

    /// Fills the gaps of the pieces from a position on with what was there on the day before each.
    fn fill(&self, from: usize, line: &mut Vec<Piece>) {
        let pieces = line.get_mut(from..).unwrap_or_default();
        sort_by_key(pieces, |piece| u64::from(piece.start.key()));
        let mut gaps: Vec<(Day, Day)> = Vec::new();
        let mut paid_until: Option<Day> = None;
        for piece in pieces.iter().filter(|piece| self.pays(piece)) {
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
                    let carries = piece.carries.provisional();
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::definitions::{Definitions, Paused};
    use crate::error::Error;
    use crate::portfolio::Portfolio;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
    }

    /// Each movement of January to May with the contracts that caused it.
    fn journal(
        contracts: &str,
        pauses: &str,
        gap_tolerance_days: u32,
        known_on: Option<NaiveDate>,
    ) -> Result<Vec<String>, Error> {
        let contracts = format!("contract_id,customer_id,start_date,end_date,mrr\n{contracts}");
        let pauses = format!("contract_id,from_date,to_date\n{pauses}");
        let portfolio = Portfolio::from_csv(&contracts).pauses(&pauses).currency("USD").load()?;
        let definitions = Definitions { paused: Paused::Zero, gap_tolerance_days, ..Definitions::default() };
        let journal = portfolio.journal(day(1, 1), day(6, 1)).definitions(&definitions).known_on(known_on).run()?;
        let row = |row: crate::ledger::JournalRow<'_>| {
            let ids: Vec<&str> = row.contract_ids.iter().collect();
            format!("{} {} {} {}", row.date, row.kind, row.amount, ids.join("+"))
        };
        Ok(journal.rows().map(row).collect())
    }

    #[test]
    fn a_pause_that_is_filled_is_no_change_of_its_contract() -> Result<(), Error> {
        let contracts = "c-1,acme,2026-01-01,,100\nc-2,acme,2026-03-10,,30\n";
        let pauses = "c-1,2026-03-01,2026-03-10\n";
        let open =
            ["2026-01-01 new 100.00 c-1", "2026-03-01 churn 100.00 c-1", "2026-03-10 reactivation 130.00 c-1+c-2"];
        assert_eq!(journal(contracts, pauses, 0, None)?, open);
        // On the day of the return c-1 is taken up where it was left.
        assert_eq!(
            journal(contracts, pauses, 9, None)?,
            ["2026-01-01 new 100.00 c-1", "2026-03-10 expansion 30.00 c-2"]
        );
        Ok(())
    }

    #[test]
    fn what_is_paused_has_no_yearly_revenue_either() -> Result<(), Error> {
        let contracts = "contract_id,customer_id,start_date,amount,billing_period\nc-1,acme,2026-01-01,2000,year\n";
        let pauses = "contract_id,from_date,to_date\nc-1,2026-02-10,2026-03-10\n";
        let portfolio = Portfolio::from_csv(contracts).pauses(pauses).currency("USD").load()?;
        let definitions = Definitions { paused: Paused::Zero, ..Definitions::default() };
        let movements = portfolio.movements(day(1, 1), day(4, 1)).definitions(&definitions).run()?;
        let arr: Vec<String> = movements.rows().map(|row| row.closing_arr.to_string()).collect();
        assert_eq!(arr, ["2000.00", "0.00", "2000.00"]);
        Ok(())
    }

    #[test]
    fn a_pause_is_known_from_its_first_day() -> Result<(), Error> {
        let (contracts, pauses) = ("c-1,acme,2026-01-01,,100\n", "c-1,2026-02-28,2026-03-31\n");
        let paused = ["2026-01-01 new 100.00 c-1", "2026-02-28 churn 100.00 c-1"];
        assert_eq!(journal(contracts, pauses, 0, Some(day(2, 28)))?, paused);
        assert_eq!(journal(contracts, pauses, 0, Some(day(3, 31)))?.len(), 3, "its end is known on its day");
        let later = "c-1,2026-03-01,2026-03-31\n";
        assert_eq!(journal(contracts, later, 0, Some(day(2, 28)))?, ["2026-01-01 new 100.00 c-1"]);
        Ok(())
    }

    #[test]
    fn pauses_cut_a_contract_into_what_is_paid_and_what_is_not() -> Result<(), Error> {
        let contracts = "c-1,acme,2026-01-01,2026-05-10,100\n";
        // From before the start, touching, within another, and beyond the end.
        let pauses = "c-1,2025-12-01,2026-01-05\nc-1,2026-02-01,2026-02-10\nc-1,2026-02-03,2026-02-05\n\
                      c-1,2026-02-10,2026-02-12\nc-1,2026-05-01,\n";
        let expected = [
            "2026-01-05 new 100.00 c-1",
            "2026-02-01 churn 100.00 c-1",
            "2026-02-12 reactivation 100.00 c-1",
            "2026-05-01 churn 100.00 c-1",
        ];
        assert_eq!(journal(contracts, pauses, 0, None)?, expected);
        Ok(())
    }

    #[test]
    fn what_carries_nothing_and_begins_in_a_gap_waits_for_the_return() -> Result<(), Error> {
        let contracts = "c-1,acme,2026-01-01,2026-03-01,100\nc-2,acme,2026-03-04,2026-03-08,0\n\
                         c-3,acme,2026-03-05,,0\nc-4,acme,2026-03-10,,100\n";
        let filled = ["2026-01-01 new 100.00 c-1"];
        // At the return nothing moves: c-1 goes, c-3 and c-4 come, and c-2 was never there.
        assert_eq!(journal(contracts, "", 9, None)?, filled);
        let priced = contracts.replace(",,100", ",,110");
        let expected = ["2026-01-01 new 100.00 c-1", "2026-03-10 expansion 10.00 c-1+c-3+c-4"];
        assert_eq!(journal(&priced, "", 9, None)?, expected);
        Ok(())
    }

    #[test]
    fn a_gap_begins_where_the_last_contract_ends() -> Result<(), Error> {
        // c-2 lies within c-1: it is the end of c-1 from which the days count.
        let contracts = "c-1,acme,2026-01-01,2026-03-01,100\nc-2,acme,2026-01-10,2026-01-20,50\n\
                         c-3,acme,2026-03-05,,100\n";
        let filled =
            ["2026-01-01 new 100.00 c-1", "2026-01-10 expansion 50.00 c-2", "2026-01-20 contraction 50.00 c-2"];
        assert_eq!(journal(contracts, "", 4, None)?, filled);
        assert_eq!(journal(contracts, "", 3, None)?.len(), 5, "a day longer than what is tolerated");
        Ok(())
    }

    #[test]
    fn a_thousand_gaps_are_filled_at_once() -> Result<(), Error> {
        let mut contracts = String::new();
        for number in 0..20_000 {
            let start = day(1, 1) - chrono::Days::new(40_000) + chrono::Days::new(number * 2);
            contracts.push_str(&format!("c-{number},acme,{start},{},1\n", start + chrono::Days::new(1)));
        }
        // The last one's end is the only churn.
        assert_eq!(journal(&contracts, "", 1, None)?.len(), 0);
        assert_eq!(journal(&contracts, "", 0, None)?.len(), 0, "all of it is before January");
        Ok(())
    }
}
