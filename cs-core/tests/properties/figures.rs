//! A table of movements as plain numbers, so that tables can be added, scaled and compared.

use chrono::NaiveDate;
use cs_core::{Cell, Journal, Movements, Table};

use crate::model::Movement;

/// What moved in a period: amounts that add up over periods and customers.
pub(crate) const FLOWS: [&str; 10] = [
    "new_mrr",
    "reactivation_mrr",
    "expansion_mrr",
    "contraction_mrr",
    "churned_mrr",
    "fx_mrr",
    "upsell_mrr",
    "cross_sell_mrr",
    "downsell_mrr",
    "product_churn_mrr",
];
/// Amounts at the close of a period, and at its opening.
pub(crate) const BALANCES: [&str; 4] = ["opening_mrr", "closing_mrr", "provisional_mrr", "closing_arr"];
/// Numbers of customers.
pub(crate) const COUNTS: [&str; 7] = [
    "opening_customers",
    "new_customers",
    "reactivated_customers",
    "expanded_customers",
    "contracted_customers",
    "churned_customers",
    "closing_customers",
];

/// A table of movements by column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figures {
    pub(crate) periods: Vec<(NaiveDate, NaiveDate)>,
    columns: Vec<(&'static str, Vec<i128>)>,
}

impl Figures {
    pub(crate) fn of(movements: &Movements) -> Self {
        let table = movements.table();
        let column = |name| (name, (0..table.len()).map(|row| number(table, row, name)).collect());
        Self {
            periods: movements.rows().map(|row| (row.period_start, row.period_end)).collect(),
            columns: FLOWS.into_iter().chain(BALANCES).chain(COUNTS).map(column).collect(),
        }
    }

    /// How many periods.
    pub(crate) fn len(&self) -> usize {
        self.periods.len()
    }

    pub(crate) fn column(&self, name: &str) -> &[i128] {
        let (_, values) = self.columns.iter().find(|(known, _)| *known == name).expect("a column of movements");
        values
    }

    pub(crate) fn at(&self, name: &str, period: usize) -> i128 {
        self.column(name)[period]
    }

    /// All amounts `by` times as much; numbers of customers stay.
    pub(crate) fn scaled(mut self, by: i128) -> Self {
        let amounts = self.columns.iter_mut().filter(|(name, _)| !COUNTS.contains(name));
        amounts.flat_map(|(_, values)| values).for_each(|value| *value *= by);
        self
    }

    /// The sum of two tables of the same periods.
    pub(crate) fn plus(mut self, other: &Self) -> Self {
        assert_eq!(self.periods, other.periods);
        for ((_, values), (_, more)) in self.columns.iter_mut().zip(&other.columns) {
            values.iter_mut().zip(more).for_each(|(value, more)| *value += more);
        }
        self
    }

    /// The same with other days.
    pub(crate) fn moved(mut self, to: impl Fn(NaiveDate) -> NaiveDate) -> Self {
        self.periods.iter_mut().for_each(|(start, end)| (*start, *end) = (to(*start), to(*end)));
        self
    }

    /// Some of the periods.
    pub(crate) fn slice(&self, periods: std::ops::Range<usize>) -> Self {
        let slice = |(name, values): &(&'static str, Vec<i128>)| (*name, values[periods.clone()].to_vec());
        Self { periods: self.periods[periods.clone()].to_vec(), columns: self.columns.iter().map(slice).collect() }
    }
}

/// An amount or count of a table, in its smallest unit.
pub(crate) fn number(table: &Table, row: usize, column: &str) -> i128 {
    match table.cell(row, column) {
        Cell::Money { units, .. } => units,
        Cell::Count(count) => i128::from(count),
        other => panic!("{column} is {other:?}"),
    }
}

/// The rows of a journal.
pub(crate) fn rows(journal: &Journal) -> Vec<Movement> {
    let row = |row: cs_core::JournalRow<'_>| Movement {
        date: row.date,
        customer: row.customer_id.to_owned(),
        kind: row.kind.name().to_owned(),
        amount: row.amount.units(),
        before: row.mrr_before.units(),
        after: row.mrr_after.units(),
        upsell: row.upsell_mrr.units(),
        cross_sell: row.cross_sell_mrr.units(),
        downsell: row.downsell_mrr.units(),
        product_churn: row.product_churn_mrr.units(),
        contracts: row.contract_ids.iter().map(str::to_owned).collect(),
    };
    journal.rows().map(row).collect()
}

/// The same rows without their contracts.
pub(crate) fn nameless(journal: &Journal) -> Vec<Movement> {
    rows(journal).into_iter().map(|row| Movement { contracts: Vec::new(), ..row }).collect()
}
