//! How each product is kept, and how it grows.

use super::change::NamedChanges;
use crate::error::Error;
use crate::money::Money;
use crate::period::Trailing;
use crate::query::{Context, PRODUCT};
use crate::table::{Metadata, Unit, result_table};

result_table! {
    /// How each product is kept, and how it grows, a row for each.
    pub struct DrilldownProducts("drilldown_products") of
    /// What became of a product: of each customer's line for it.
    DrilldownProductsRow<'a>, built from Columns {
        /// The product; absent for contracts without one.
        product: Option<&'a str> as MaybeText,
        /// Customers who paid for it at the first close of the window.
        opening_customers: u64 as Count,
        /// Those of them who do not at its last.
        lost_customers: u64 as Count,
        /// Customers who pay for it at the last close, and did not at the first.
        new_customers: u64 as Count,
        /// Its MRR at the first close.
        opening_mrr: Money as Amount,
        /// What those who paid at the first close still pay of it.
        retained_mrr: Money as Amount,
        /// What they pay more.
        expansion_mrr: Money as Amount,
        /// Its MRR at the last close.
        closing_mrr: Money as Amount,
        /// `retained_mrr / opening_mrr`; absent where nothing was paid.
        grr: Option<f64> as Ratio,
        /// `(retained_mrr + expansion_mrr) / opening_mrr`; absent likewise.
        nrr: Option<f64> as Ratio,
        /// `(closing_mrr - opening_mrr) / opening_mrr`; absent likewise.
        growth: Option<f64> as Ratio,
    }
}

/// The customers' lines for every product.
pub(super) fn products(context: &Context<'_>, window: Trailing) -> Result<NamedChanges, Error> {
    NamedChanges::by(context, Some(PRODUCT), window)
}

impl DrilldownProducts {
    pub(super) fn of(products: &NamedChanges, context: &Context<'_>, digits: u8) -> Self {
        let mut columns = Columns::of(&products.names());
        for (name, change) in products.placed() {
            columns.product.0.push(name);
            columns.opening_customers.push(change.opening);
            columns.lost_customers.push(change.lost);
            columns.new_customers.push(change.new);
            columns.opening_mrr.push(change.opening_mrr);
            columns.retained_mrr.push(change.retained_mrr);
            columns.expansion_mrr.push(change.expansion_mrr);
            columns.closing_mrr.push(change.closing_mrr);
            columns.grr.push(change.grr());
            columns.nrr.push(change.nrr());
            columns.growth.push(change.growth());
        }
        columns.into_table(Vec::new(), digits, Metadata { unit: Some(Unit::CustomerProduct), ..context.metadata() })
    }
}
