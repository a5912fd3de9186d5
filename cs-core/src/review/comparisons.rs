//! Segments, channels and sellers against the rest, a row for each.

use std::sync::Arc;

use crate::interner::Interner;
use crate::principles::{Accounts, Comparison, Judged};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Segments, channels and sellers against the rest, a row for each.
    pub struct ReviewComparisons("review_comparisons") of
    /// Customers with a value of a column, against all others.
    ReviewComparisonsRow<'a>, built from Columns {
        /// The column of customers.
        column: &'a str as Text,
        /// Its value; absent of those that have none.
        value: Option<&'a str> as MaybeText,
        /// Customers that have ever paid.
        customers: u64 as Count,
        /// All others that have.
        rest_customers: u64 as Count,
        /// The share that leaves within the horizon, by the estimator of E. L. Kaplan and P. Meier; absent where nobody was seen so long.
        early_churn: Option<f64> as Ratio,
        /// The same of all others.
        early_churn_of_rest: Option<f64> as Ratio,
        /// The first less the second.
        excess: Option<f64> as Ratio,
        /// The lower end of its interval, at 95%.
        excess_low: Option<f64> as Ratio,
        /// The upper end.
        excess_high: Option<f64> as Ratio,
        /// By the log-rank test, corrected for all groups that were tested, after Y. Benjamini and Y. Hochberg; absent where one side has too few customers.
        q_value: Option<f64> as Ratio,
        /// Whether it stands out: chance is unlikely, and the excess is enough to act on.
        is_accused: bool as Flag,
    }
}

impl ReviewComparisonsRow<'_> {
    /// Whether it could be accused: there are enough customers, and some were watched for as long as the horizon.
    pub(super) fn is_tested(&self) -> bool {
        self.q_value.is_some() && self.excess.is_some()
    }
}

impl ReviewComparisons {
    pub(super) fn of(judged: &[Judged], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let mut texts = Interner::default();
        let told = |number: Option<f64>| number.map_or(Ratio::Absent(Reason::InsufficientData), Ratio::Value);
        for one in judged.iter().flat_map(|one| &one.comparisons) {
            let Comparison { column, value, customers, rest_customers, .. } = one;
            columns.column.0.push(texts.intern(column));
            let value = value.as_deref().map(|value| texts.intern(value));
            columns.value.0.push(value.ok_or(Reason::NotKnown));
            columns.customers.push(*customers);
            columns.rest_customers.push(*rest_customers);
            columns.early_churn.push(told(one.early_churn));
            columns.early_churn_of_rest.push(told(one.early_churn_of_rest));
            columns.excess.push(told(one.excess));
            columns.excess_low.push(told(one.excess_low));
            columns.excess_high.push(told(one.excess_high));
            columns.q_value.push(told(one.q_value));
            columns.is_accused.push(one.is_accused);
        }
        let texts = Arc::new(texts.into_pool());
        columns.column.1 = Arc::clone(&texts);
        columns.value.1 = texts;
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
