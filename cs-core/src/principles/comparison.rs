//! Whether customers of a group leave early, against all others.

use std::sync::Arc;

use super::account::Accounts;
use super::customers::Customers;
use super::finding::{Evidence, ReviewMeasure, group};
use crate::error::Error;
use crate::forecast::q_values;
use crate::ledger::attribute;
use crate::query::Context;
use crate::text::{ABSENT, TextPool};

/// A group against the rest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) column: String,
    pub(crate) value: Option<String>,
    pub(crate) customers: u64,
    pub(crate) rest_customers: u64,
    /// The share that leaves within the horizon.
    pub(crate) early_churn: Option<f64>,
    pub(crate) early_churn_of_rest: Option<f64>,
    /// The first less the second, with the ends of its interval.
    pub(crate) excess: Option<f64>,
    pub(crate) excess_low: Option<f64>,
    pub(crate) excess_high: Option<f64>,
    p_value: Option<f64>,
    /// Corrected for all groups that were tested, of whatever column.
    pub(crate) q_value: Option<f64>,
    pub(crate) is_accused: bool,
}

/// Which groups are compared, and what accuses one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    pub(super) horizon_days: u32,
    pub(super) min_customers: u32,
    pub(super) max_q_value: f64,
    pub(super) max_excess: f64,
}

/// The columns of customers by which they are compared.
pub(super) const COLUMNS: [&str; 3] = ["segment", "channel", "seller"];

impl Comparison {
    /// Of every value of every column that the table of customers has.
    pub(super) fn all(bar: Bar, accounts: &Accounts<'_>) -> Result<Vec<Self>, Error> {
        let mut all = Vec::new();
        for column in COLUMNS {
            if accounts.context.portfolio.directory.attribute(column).is_some() {
                all.extend(Self::by(column, bar, accounts.context)?);
            }
        }
        let q_values = q_values(all.iter().map(|one| one.p_value).collect());
        for (one, q_value) in all.iter_mut().zip(q_values) {
            one.q_value = q_value;
            // Neither what may be chance nor what may be too little to act on accuses anybody.
            // Those of whom nobody knows the value are no group that could be sold to less.
            one.is_accused = one.value.is_some()
                && q_value.is_some_and(|q_value| q_value <= bar.max_q_value)
                && one.excess_low.is_some_and(|low| low > bar.max_excess);
        }
        Ok(all)
    }

    fn by(column: &str, bar: Bar, context: &Context<'_>) -> Result<Vec<Self>, Error> {
        let compared = context.portfolio.survival_comparison(context.seen().date()).by([column]);
        let compared = compared.horizon_days(bar.horizon_days).min_customers(bar.min_customers);
        let compared = compared.definitions(context.definitions).watch(context.watch).run()?;
        let values = compared.table().column(column).and_then(|column| column.values().texts().cloned());
        let value = |row: usize| values.as_ref().and_then(|texts| texts.get(row)).map(str::to_owned);
        let leaves = |survival: Option<f64>| survival.map(|survival| 1.0 - survival);
        let one = |(row, of): (usize, crate::forecast::SurvivalComparisonRow)| Self {
            column: column.to_owned(),
            value: value(row),
            customers: of.customers,
            rest_customers: of.rest_customers,
            early_churn: leaves(of.survival),
            early_churn_of_rest: leaves(of.rest_survival),
            excess: of.difference.map(|difference| -difference),
            excess_low: of.difference_high.map(|high| -high),
            excess_high: of.difference_low.map(|low| -low),
            p_value: of.p_value,
            q_value: None,
            is_accused: false,
        };
        Ok(compared.rows().enumerate().map(one).collect())
    }

    /// Whether it could be accused: there are enough customers, and some were watched for as long as the horizon.
    pub(crate) fn is_tested(&self) -> bool {
        self.q_value.is_some() && self.excess.is_some()
    }

    /// What was measured, beside what would accuse it.
    pub(super) fn statistics(&self, bar: Bar) -> Vec<Evidence> {
        let number = |measure, number: Option<f64>| number.map(|number| Evidence::number(measure, number));
        let statistics = [
            number(ReviewMeasure::Customers, Some(self.customers as f64)),
            number(ReviewMeasure::EarlyChurn, self.early_churn),
            number(ReviewMeasure::EarlyChurnOfRest, self.early_churn_of_rest),
            number(ReviewMeasure::EarlyChurnExcess, self.excess),
            self.excess_low.map(|low| Evidence::at_most(ReviewMeasure::LeastExcess, low, bar.max_excess)),
            self.q_value.map(|q_value| Evidence::at_most(ReviewMeasure::QValue, q_value, bar.max_q_value)),
        ];
        statistics.into_iter().flatten().collect()
    }

    /// How a finding of the group is called; nothing of those of whom nobody knows the value.
    pub(crate) fn subject(&self) -> Option<String> {
        self.value.as_ref().map(|value| group(&self.column, value))
    }
}

/// The value of a column that each customer has.
pub(super) struct Groups {
    codes: Vec<u32>,
    texts: Arc<TextPool>,
}

impl Groups {
    pub(super) fn of(column: &str, accounts: &Accounts<'_>) -> Result<Self, Error> {
        let versions = accounts.context.portfolio.directory.versions(accounts.context.known_on);
        let (codes, texts) = attribute(accounts.context, &versions, column, column)?;
        Ok(Self { codes, texts })
    }

    /// The customers with a value.
    pub(super) fn with(&self, value: Option<&str>) -> Result<Customers, Error> {
        let code = match value {
            None => Some(ABSENT),
            Some(value) => self.texts.iter().zip(0..).find(|(text, _)| *text == value).map(|(_, code)| code),
        };
        let code = code.ok_or_else(|| Error::internal("a group that was compared has no customers"))?;
        Ok(Customers::those_of(self.codes.iter().map(|&of| of == code)))
    }
}
