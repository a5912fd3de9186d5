//! What customers of long standing pay now, against what they started with.

use std::sync::Arc;

use crate::error::Error;
use crate::ledger::{Merge, UnitLine, Units};
use crate::money::{Money, divide_half_even};
use crate::period::{Day, Trailing};
use crate::query::Context;
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Whether a customer of long standing still pays.
    ContractSizeStanding {
        /// It pays.
        Staying,
        /// It does not any more.
        Lost,
    }
}

result_table! {
    /// What customers of long standing pay now, against what they started with, a row for those who stay and one for the lost.
    pub struct DrilldownLongStanding("drilldown_long_standing") of
    /// Customers who started so many years ago, or before.
    DrilldownLongStandingRow, built from Columns {
        /// Whether they still pay.
        standing: ContractSizeStanding as Choice<ContractSizeStanding>,
        /// How many they are.
        customers: u64 as Count,
        /// Their MRR, each one's at the close of the first day on which it paid.
        starting_mrr: Money as Amount,
        /// Their MRR at the close of the day; of the lost, at the last close at which each paid.
        latest_mrr: Money as Amount,
        /// `starting_mrr / customers`, rounded half to even; absent where there are none.
        starting_average: Option<Money> as MaybeAmount,
        /// `latest_mrr / customers`, likewise.
        latest_average: Option<Money> as MaybeAmount,
        /// `(latest_mrr - starting_mrr) / starting_mrr`; absent where that is zero.
        growth: Option<f64> as Ratio,
    }
}

/// Customers of long standing, by whether they still pay.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ContractSizes([Sizes; ContractSizeStanding::ALL.len()]);

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    pub(super) customers: u64,
    starting: i128,
    latest: i128,
}

impl Merge for ContractSizes {
    fn merge(&mut self, other: Self) {
        for (ours, theirs) in self.0.iter_mut().zip(other.0) {
            ours.customers += theirs.customers;
            ours.starting += theirs.starting;
            ours.latest += theirs.latest;
        }
    }
}

impl ContractSizes {
    /// Of those who first paid on a day, or before.
    pub(super) fn of(units: &Units<'_>, window: Trailing, until: Day) -> Result<Self, Error> {
        units.collect_all(window.day.next(), || |all: &mut Self, unit: UnitLine<'_>| all.add(unit, window.day, until))
    }

    fn add(&mut self, unit: UnitLine<'_>, day: Day, until: Day) {
        let Some(first) = unit.first_paying_day().filter(|&first| first <= until) else { return };
        let (start, now) = (unit.balance(first, false), unit.balance(day, false));
        let mut last_paid = now.mrr;
        unit.steps(|step| {
            let after = step.moved().after;
            last_paid = if after.pays { after.mrr } else { last_paid };
        });
        let standing = if now.pays { ContractSizeStanding::Staying } else { ContractSizeStanding::Lost };
        if let Some(sizes) = self.0.get_mut(standing as usize) {
            sizes.customers += 1;
            sizes.starting += i128::from(start.mrr);
            sizes.latest += i128::from(last_paid);
        }
    }

    pub(super) fn with(&self, standing: ContractSizeStanding) -> Sizes {
        self.0.get(standing as usize).copied().unwrap_or_default()
    }

    pub(super) fn into_table(self, context: &Context<'_>, digits: u8) -> DrilldownLongStanding {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (&standing, sizes) in ContractSizeStanding::ALL.iter().zip(self.0) {
            let [starting, latest] = sizes.averages().map(|average| average.ok_or(Reason::ZeroDenominator));
            columns.standing.push(standing);
            columns.customers.push(sizes.customers);
            columns.starting_mrr.push(sizes.starting);
            columns.latest_mrr.push(sizes.latest);
            columns.starting_average.push(starting);
            columns.latest_average.push(latest);
            columns.growth.push(sizes.growth());
        }
        columns.into_table(Vec::new(), digits, context.metadata())
    }
}

impl Sizes {
    /// What they paid on average at the start, and last.
    pub(super) fn averages(self) -> [Option<i128>; 2] {
        let average = |sum| if self.customers > 0 { divide_half_even(sum, self.customers.into()) } else { None };
        [self.starting, self.latest].map(average)
    }

    pub(super) fn growth(self) -> Ratio {
        Ratio::of(self.latest - self.starting, self.starting)
    }
}
