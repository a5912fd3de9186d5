//! Which share of the customers expanded.

use std::sync::Arc;

use crate::error::Error;
use crate::ledger::{Merge, UnitLine, Units};
use crate::money::Money;
use crate::period::Trailing;
use crate::query::Context;
use crate::ratio::Ratio;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// What became of a customer's MRR within a window.
    CustomerChange {
        /// It pays more.
        Expanded,
        /// It pays the same.
        Unchanged,
        /// It pays less.
        Contracted,
        /// It does not pay any more.
        Lost,
    }
}

result_table! {
    /// Which share of the customers expanded, a row for each change.
    pub struct DrilldownExpansion("drilldown_expansion") of
    /// Customers with one change.
    DrilldownExpansionRow, built from Columns {
        /// What became of their MRR.
        change: CustomerChange as Choice<CustomerChange>,
        /// Customers who paid at the first close of the window, with this change to its last.
        customers: u64 as Count,
        /// `customers` over all who paid at the first close; absent where nobody did.
        share_of_customers: Option<f64> as Ratio,
        /// Their MRR at the first close.
        opening_mrr: Money as Amount,
        /// Their MRR at the last.
        closing_mrr: Money as Amount,
        /// `opening_mrr` over that of all; absent where nothing was paid.
        share_of_opening_mrr: Option<f64> as Ratio,
    }
}

/// Customers and their MRR at both closes, by what became of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changes([Sum; CustomerChange::ALL.len()]);

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    customers: u64,
    opening_mrr: i128,
    closing_mrr: i128,
}

impl Merge for Changes {
    fn merge(&mut self, other: Self) {
        for (ours, theirs) in self.0.iter_mut().zip(other.0) {
            ours.customers += theirs.customers;
            ours.opening_mrr += theirs.opening_mrr;
            ours.closing_mrr += theirs.closing_mrr;
        }
    }
}

impl Changes {
    pub(super) fn of(units: &Units<'_>, window: Trailing) -> Result<Self, Error> {
        units.collect_all(window.day.next(), || |all: &mut Self, unit: UnitLine<'_>| all.add(&unit, window))
    }

    fn add(&mut self, unit: &UnitLine<'_>, window: Trailing) {
        let (open, close) = (unit.balance(window.before(), false), unit.balance(window.day, false));
        if !open.pays {
            return;
        }
        let change = match close.mrr.cmp(&open.mrr) {
            _ if !close.pays => CustomerChange::Lost,
            std::cmp::Ordering::Greater => CustomerChange::Expanded,
            std::cmp::Ordering::Equal => CustomerChange::Unchanged,
            std::cmp::Ordering::Less => CustomerChange::Contracted,
        };
        if let Some(sum) = self.0.get_mut(change as usize) {
            sum.customers += 1;
            sum.opening_mrr += i128::from(open.mrr);
            sum.closing_mrr += i128::from(close.mrr);
        }
    }

    /// How many have one of the changes.
    pub(super) fn customers(&self, change: CustomerChange) -> u64 {
        self.0.get(change as usize).map_or(0, |sum| sum.customers)
    }

    /// All customers.
    pub(super) fn all(&self) -> u64 {
        self.0.iter().map(|sum| sum.customers).sum()
    }

    pub(super) fn into_table(self, context: &Context<'_>, digits: u8) -> DrilldownExpansion {
        let (all, all_mrr) = (self.all(), self.0.iter().map(|sum| sum.opening_mrr).sum::<i128>());
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (&change, sum) in CustomerChange::ALL.iter().zip(self.0) {
            columns.change.push(change);
            columns.customers.push(sum.customers);
            columns.share_of_customers.push(Ratio::of(sum.customers.into(), all.into()));
            columns.opening_mrr.push(sum.opening_mrr);
            columns.closing_mrr.push(sum.closing_mrr);
            columns.share_of_opening_mrr.push(Ratio::of(sum.opening_mrr, all_mrr));
        }
        columns.into_table(Vec::new(), digits, context.metadata())
    }
}
