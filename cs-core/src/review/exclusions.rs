//! Who is left out by the settings, a row for each exclusion that holds.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::interner::Interner;
use crate::money::Money;
use crate::principles::{Accounts, Principle};
use crate::ratio::Reason;
use crate::table::result_table;

result_table! {
    /// Who is left out by the settings, a row for each exclusion that holds of a customer who pays.
    pub struct ReviewExclusions("review_exclusions") of
    /// A customer that is left out.
    ReviewExclusionsRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// The principle that it is not asked about; absent where it is asked about none.
        principle: Option<Principle> as MaybeChoice<Principle>,
        /// The first day on which it is not left out any more; absent where it has no end.
        until: Option<NaiveDate> as MaybeDate,
        /// Why.
        reason: &'a str as Text,
        /// MRR at the close of the day.
        mrr: Money as Amount,
    }
}

impl ReviewExclusions {
    pub(super) fn of(accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&accounts.context.portfolio.directory.names);
        let mut reasons = Interner::default();
        for (account, exclusion) in accounts.all_exclusions() {
            columns.customer_id.0.push(account.customer);
            columns.principle.push(exclusion.principle.map(|of| of as u32).ok_or(Reason::NotApplicable));
            columns.until.push(exclusion.until.ok_or(Reason::NotApplicable));
            columns.reason.0.push(reasons.intern(&exclusion.reason));
            columns.mrr.push(account.mrr);
        }
        columns.reason.1 = Arc::new(reasons.into_pool());
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
