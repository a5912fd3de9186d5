//! Which industry churns most.

use super::change::NamedChanges;
use crate::error::Error;
use crate::ledger::attribute;
use crate::money::Money;
use crate::period::Trailing;
use crate::query::Context;
use crate::ratio::Ratio;
use crate::table::result_table;

result_table! {
    /// Which industry churns most, a row for each.
    pub struct DrilldownChurnByIndustry("drilldown_churn_by_industry") of
    /// What became of the customers of an industry.
    DrilldownChurnByIndustryRow<'a>, built from Columns {
        /// The industry, or what else customers are told apart by; absent for those without one.
        industry: Option<&'a str> as MaybeText,
        /// Customers who paid at the first close of the window.
        opening_customers: u64 as Count,
        /// Those of them who do not pay at its last.
        lost_customers: u64 as Count,
        /// `lost_customers / opening_customers`; absent where nobody paid.
        customer_churn: Option<f64> as Ratio,
        /// The lower end of its Wilson interval, at 95%; absent likewise.
        customer_churn_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        customer_churn_high: Option<f64> as Ratio,
        /// Whether fewer than 30 customers paid: too few to tell industries apart.
        small_sample: bool as Flag,
        /// MRR at the first close.
        opening_mrr: Money as Amount,
        /// That of the lost customers.
        lost_mrr: Money as Amount,
        /// `lost_mrr / opening_mrr`; absent where nothing was paid.
        mrr_churn: Option<f64> as Ratio,
    }
}

/// The attribute that is looked at unless another is named.
const INDUSTRY: &str = "industry";
/// Fewer customers are a small sample.
pub(super) const SMALL: u64 = 30;

/// The customers of every industry: by an attribute, or by the industry where customers have one; `path` is where it is asked for.
pub(super) fn industries(
    context: &Context<'_>,
    named: Option<&str>,
    path: &str,
    window: Trailing,
) -> Result<NamedChanges, Error> {
    let directory = &context.portfolio.directory;
    let name = named.or_else(|| directory.attribute(INDUSTRY).map(|_| INDUSTRY));
    if let Some(name) = name {
        attribute(context, &[], name, path)?;
    }
    NamedChanges::by(context, name, window)
}

impl DrilldownChurnByIndustry {
    pub(super) fn of(industries: &NamedChanges, context: &Context<'_>, digits: u8) -> Self {
        let mut columns = Columns::of(&industries.names());
        for (name, change) in industries.placed() {
            columns.industry.0.push(name);
            let (low, high) = Ratio::wilson(change.lost, change.opening);
            columns.opening_customers.push(change.opening);
            columns.lost_customers.push(change.lost);
            columns.customer_churn.push(Ratio::of(change.lost.into(), change.opening.into()));
            columns.customer_churn_low.push(low);
            columns.customer_churn_high.push(high);
            columns.small_sample.push(change.opening < SMALL);
            columns.opening_mrr.push(change.opening_mrr);
            columns.lost_mrr.push(change.lost_mrr);
            columns.mrr_churn.push(Ratio::of(change.lost_mrr, change.opening_mrr));
        }
        columns.into_table(Vec::new(), digits, context.metadata())
    }
}
