//! How a customer's contracts stand at the close of a day: what notices leave of them, and when terms end.

use super::price::Priced;
use super::units::Units;
use crate::period::Day;

/// How a customer's contracts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What those pay together that end after the day and are under no notice, as far as that is known: those to come with
    /// those in force, so that it may be more than is paid on any day.
    pub(crate) mrr: i128,
    /// Whether these make a customer that pays.
    pub(crate) pays: bool,
    /// The first day on which a term ends, of those in force.
    pub(crate) term_end: Option<Day>,
    /// The day on which the last of them ends, [`Day::NEVER`] where nobody knows.
    pub(crate) end: Option<Day>,
}

impl Standing {
    /// Of a customer, by its position among all.
    pub(crate) fn of(units: &Units<'_>, customer: u32, day: Day) -> Self {
        let Priced { book, terms, mrr, .. } = &units.priced;
        let contracts = book.contracts(customer as usize);
        let signatures = terms.signatures(contracts.clone());
        let mut standing = Self::default();
        for contract in contracts.filter(|&contract| terms.counts(contract)) {
            let Some(end) = terms.end(contract, signatures.as_ref()).filter(|&end| end > day) else { continue };
            if book.start.get(contract).is_some_and(|&start| start <= day) {
                let term_end = terms.term_end(contract);
                standing.term_end = [standing.term_end, term_end].into_iter().flatten().min();
            }
            standing.end = standing.end.max(Some(end));
            if terms.notice(contract).is_none() {
                let amount = mrr.get(contract).copied().unwrap_or_default();
                standing.mrr += i128::from(amount);
                standing.pays |= amount > 0 || units.free_counts();
            }
        }
        standing
    }
}
