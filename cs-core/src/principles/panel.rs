//! Whom a principle is asked of.

use super::account::{Account, Accounts};
use super::customers::Sum;
use super::principle::Principle;
use super::verdict::Part;

/// The customers that a principle is asked of: all who pay and are not left out.
pub(crate) struct Panel<'a> {
    pub(crate) principle: Principle,
    pub(crate) shared: &'a Accounts<'a>,
    pub(crate) accounts: Vec<&'a Account>,
}

impl<'a> Panel<'a> {
    /// All of them, and their MRR.
    pub(super) fn sum(&self) -> Sum {
        Sum::of(self.accounts.iter().copied())
    }

    /// Those of whom something is true.
    pub(super) fn those(&self, is_one: impl Fn(&Account) -> bool) -> Vec<&'a Account> {
        self.accounts.iter().copied().filter(|account| is_one(account)).collect()
    }

    /// Whether customers with evidence are enough of those that are asked about.
    pub(super) fn are_enough(&self, assessed: Sum, asked: Sum) -> bool {
        Part { part: assessed.mrr, whole: asked.mrr }.is_enough(&self.shared.basis.bounds)
    }
}
