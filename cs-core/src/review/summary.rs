//! What a review comes to, in one row.

use std::sync::Arc;

use crate::interner::Interner;
use crate::money::Money;
use crate::principles::{Account, Accounts, Customers, Edition, Judged, ReviewSettings, Sum, Verdict};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// What a review comes to, in one row.
    pub struct ReviewSummary("review_summary") of
    /// What a review comes to.
    ReviewSummaryRow<'a>, built from Columns {
        /// The list of principles.
        edition: Edition as Choice<Edition>,
        /// Customers that pay at the close of the day.
        customers: u64 as Count,
        /// Their MRR.
        mrr: Money as Amount,
        /// Customers that fail a principle, or whom what was found of segments and of the company concerns, each counted once.
        customers_at_stake: u64 as Count,
        /// Their MRR.
        mrr_at_stake: Money as Amount,
        /// Principles that pass.
        passed: u64 as Count,
        /// Principles that need attention.
        attention: u64 as Count,
        /// Principles that fail.
        failed: u64 as Count,
        /// Principles that could not be assessed.
        not_assessable: u64 as Count,
        /// Customers that the settings leave out of some principle.
        excluded_customers: u64 as Count,
        /// Their MRR.
        excluded_mrr: Money as Amount,
        /// The canonical JSON of the settings, defaults included.
        settings: &'a str as Text,
        /// Their fingerprint: its SHA-256.
        settings_fingerprint: &'a str as Text,
    }
}

impl ReviewSummary {
    pub(super) fn of(
        judged: &[Judged],
        (edition, settings): (Edition, &ReviewSettings),
        accounts: &Accounts<'_>,
    ) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let all = Sum::of(&accounts.all);
        let mut at_stake = Customers::none_of(accounts.customers());
        judged.iter().for_each(|one| at_stake.join(&one.at_stake));
        let at_stake = at_stake.among(&accounts.all);
        let with = |verdict| judged.iter().filter(|one| one.verdict == verdict).count() as u64;
        let is_excluded = |account: &&Account| accounts.is_excluded(account.customer);
        let excluded = Sum::of(accounts.all.iter().filter(is_excluded));
        columns.edition.push(edition);
        columns.customers.push(all.customers);
        columns.mrr.push(all.mrr);
        columns.customers_at_stake.push(at_stake.customers);
        columns.mrr_at_stake.push(at_stake.mrr);
        columns.passed.push(with(Verdict::Pass));
        columns.attention.push(with(Verdict::Attention));
        columns.failed.push(with(Verdict::Fail));
        columns.not_assessable.push(with(Verdict::NotAssessable));
        columns.excluded_customers.push(excluded.customers);
        columns.excluded_mrr.push(excluded.mrr);
        let mut texts = Interner::default();
        columns.settings.0.push(texts.intern(&settings.to_json()));
        columns.settings_fingerprint.0.push(texts.intern(&settings.fingerprint()));
        let texts = Arc::new(texts.into_pool());
        columns.settings.1 = Arc::clone(&texts);
        columns.settings_fingerprint.1 = texts;
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
