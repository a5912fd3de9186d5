//! How a customer's contracts stand at the close of a day: what notices leave of them, and when they fall due.

use super::price::Priced;
use super::units::Units;
use crate::order::sort_by_key;
use crate::period::Day;

/// How a customer's contracts stand, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The most that those under no notice pay together on the day or on one to come.
    pub(crate) mrr: i128,
    /// Whether these make a customer that pays.
    pub(crate) pays: bool,
    /// Whether a contract in force is under notice.
    pub(crate) is_noticed: bool,
    /// The first day on which a contract in force falls due.
    pub(crate) due: Option<Day>,
    /// The first from the day on.
    pub(crate) next_due: Option<Day>,
    /// Whether a contract in force falls due later than on the day.
    pub(crate) is_bound: bool,
    /// The day on which the last contract ends, [`Day::NEVER`] where nobody knows.
    pub(crate) end: Option<Day>,
}

impl Standing {
    /// Of a customer, by its position among all; contracts at no charge stand for nothing, unless they make a customer.
    pub(crate) fn of(units: &Units<'_>, customer: u32, day: Day) -> Self {
        let Priced { book, terms, mrr, .. } = &units.priced;
        let contracts = book.contracts(customer as usize);
        let signatures = terms.signatures(contracts.clone());
        let mut standing = Self::default();
        // What those under no notice pay more, or less, from a day on.
        let mut changes: Vec<(Day, i128)> = Vec::new();
        for contract in contracts.filter(|&contract| terms.counts(contract)) {
            let amount = mrr.get(contract).copied().unwrap_or_default();
            let start = book.start.get(contract).copied().unwrap_or(Day::NEVER);
            let end = terms.end(contract, signatures.as_ref()).filter(|&end| end > day);
            let Some(end) = end.filter(|_| amount > 0 || units.free_counts()) else { continue };
            let is_noticed = terms.notice(contract).is_some();
            if start <= day {
                standing.is_noticed |= is_noticed;
                let due = terms.due(contract, end, day);
                standing.is_bound |= due.is_some_and(|due| due > day);
                standing.due = [standing.due, due].into_iter().flatten().min();
                standing.next_due = [standing.next_due, due.filter(|&due| due >= day)].into_iter().flatten().min();
            }
            standing.end = standing.end.max(Some(end));
            if !is_noticed {
                standing.pays = true;
                changes.push((start.max(day), amount.into()));
                changes.push((end, -i128::from(amount)));
            }
        }
        // Ends first, so that what follows another is not added to it.
        sort_by_key(&mut changes, |(_, by)| u64::from(*by > 0));
        sort_by_key(&mut changes, |(day, _)| u64::from(day.key()));
        let mut paid = 0;
        for (_, by) in changes {
            paid += by;
            standing.mrr = standing.mrr.max(paid);
        }
        standing
    }
}
