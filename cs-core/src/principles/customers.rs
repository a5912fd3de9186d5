//! Some of all customers, and what they pay.

use super::account::Account;

/// Some of all customers, by their positions among all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Customers(Vec<bool>);

impl Customers {
    /// None of so many.
    pub(crate) fn none_of(count: usize) -> Self {
        Self(vec![false; count])
    }

    /// Those of all of whom something is true.
    pub(crate) fn those_of(all: impl IntoIterator<Item = bool>) -> Self {
        Self(all.into_iter().collect())
    }

    pub(crate) fn add(&mut self, customer: u32) {
        if let Some(is_one) = self.0.get_mut(customer as usize) {
            *is_one = true;
        }
    }

    pub(crate) fn has(&self, customer: u32) -> bool {
        self.0.get(customer as usize).copied().unwrap_or_default()
    }

    /// With some others.
    pub(crate) fn join(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(is_one, is_other)| *is_one |= is_other);
    }

    /// Those of some accounts that are among them.
    pub(crate) fn among<'b>(&self, accounts: impl IntoIterator<Item = &'b Account>) -> Sum {
        Sum::of(accounts.into_iter().filter(|account| self.has(account.customer)))
    }
}

/// Customers, and their MRR in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) customers: u64,
    pub(crate) mrr: i128,
}

impl Sum {
    pub(crate) fn of<'b>(accounts: impl IntoIterator<Item = &'b Account>) -> Self {
        let mut sum = Self::default();
        accounts.into_iter().for_each(|account| sum.add(account));
        sum
    }

    // What all customers pay together fits many times over.
    pub(super) fn add(&mut self, account: &Account) {
        self.customers += 1;
        self.mrr += account.mrr;
    }
}
