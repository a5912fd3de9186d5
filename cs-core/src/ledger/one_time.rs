//! What was bought once: money that customers spend, and no recurring revenue.

use std::ops::Range;

use super::price::Priced;
use crate::definitions::ContractKind;
use crate::error::Error;

/// One-time contracts that are no recurring revenue, as far as they are known, in the order of contracts.
pub(crate) struct OneTime(Vec<(u32, i64)>);

impl OneTime {
    /// Those of a book, each with the amount that is paid once, whatever its term; rounded half to even where the
    /// definitions have fewer digits.
    pub(crate) fn of(priced: &Priced<'_>) -> Result<Self, Error> {
        let Some(kinds) = &priced.book.kind else { return Ok(Self(Vec::new())) };
        let is_one = |&contract: &usize| {
            let is_known = priced.terms.is_known(contract) && !priced.terms.counts(contract);
            is_known && kinds.get(contract) == Some(&ContractKind::OneTime)
        };
        let mut faults = priced.faults();
        let amounts = (0..priced.book.len()).filter(is_one);
        let amounts = amounts.filter_map(|contract| Some((contract as u32, priced.once(contract, &mut faults)?)));
        let amounts = amounts.collect();
        faults.into_result()?;
        Ok(Self(amounts))
    }

    /// What a contract comes to, if it is one of them.
    pub(crate) fn of_contract(&self, contract: u32) -> Option<i64> {
        let place = self.0.binary_search_by_key(&contract, |&(contract, _)| contract).ok()?;
        self.0.get(place).map(|&(_, amount)| amount)
    }

    /// Those among some contracts.
    pub(crate) fn among(&self, contracts: Range<usize>) -> &[(u32, i64)] {
        let before = |end: usize| self.0.partition_point(|&(contract, _)| (contract as usize) < end);
        self.0.get(before(contracts.start)..before(contracts.end)).unwrap_or_default()
    }
}
