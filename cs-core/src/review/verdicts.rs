//! How the company stands by each principle, a row for each.

use std::sync::Arc;

use crate::money::Money;
use crate::principles::{Accounts, Judged, Principle, Verdict, VerdictBasis, share};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// How the company stands by each principle, a row for each.
    pub struct ReviewVerdicts("review_verdicts") of
    /// A principle and its verdict.
    ReviewVerdictsRow, built from Columns {
        /// The principle.
        principle: Principle as Choice<Principle>,
        /// Its number in the edition; absent where the sources name none.
        number: Option<u64> as MaybeCount,
        /// How the company stands: what fails is weighed by MRR, and the worst of what was found of segments and of the company
        /// counts too.
        verdict: Verdict as Choice<Verdict>,
        /// What decided that: the share that fails, what was found of a segment or of the company, or that too little has
        /// evidence.
        decided_by: VerdictBasis as Choice<VerdictBasis>,
        /// Customers that the rule asks of.
        customers: u64 as Count,
        /// Their MRR at the close of the day.
        mrr: Money as Amount,
        /// Of this, that of customers with evidence for some question.
        assessed_mrr: Money as Amount,
        /// Of the MRR of every question by which the principle can fail, summed over the questions, the share with evidence: one of two
        /// questions answered for all customers is a half; absent where nobody is asked.
        coverage: Option<f64> as Ratio,
        /// The share of the MRR that needs evidence.
        min_coverage: f64 as Number,
        /// Customers that fail.
        failing_customers: u64 as Count,
        /// Their MRR.
        failing_mrr: Money as Amount,
        /// `failing_mrr / assessed_mrr`; absent where nothing was assessed.
        failing_share: Option<f64> as Ratio,
        /// Up to this share the principle passes.
        attention_above: f64 as Number,
        /// Up to this share it does not fail.
        fail_above: f64 as Number,
        /// Customers that fail, or whom what was found of segments and of the company concerns.
        customers_at_stake: u64 as Count,
        /// Their MRR, each customer counted once.
        mrr_at_stake: Money as Amount,
        /// How much was found.
        findings: u64 as Count,
    }
}

impl ReviewVerdicts {
    pub(super) fn of(judged: &[Judged], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let bounds = &accounts.basis.bounds;
        for one in judged {
            let at_stake = one.at_stake.among(&accounts.all);
            columns.principle.push(one.principle());
            columns.number.push(one.entry.number.ok_or(Reason::NotKnown));
            columns.verdict.push(one.verdict);
            columns.decided_by.push(one.decided_by);
            columns.customers.push(one.asked.customers);
            columns.mrr.push(one.asked.mrr);
            columns.assessed_mrr.push(one.assessed.mrr);
            columns.coverage.push(one.covered.ratio());
            columns.min_coverage.push(share(bounds.min_coverage));
            columns.failing_customers.push(one.failing.customers);
            columns.failing_mrr.push(one.failing.mrr);
            columns.failing_share.push(Ratio::of(one.failing.mrr, one.assessed.mrr));
            columns.attention_above.push(share(bounds.attention_above));
            columns.fail_above.push(share(bounds.fail_above));
            columns.customers_at_stake.push(at_stake.customers);
            columns.mrr_at_stake.push(at_stake.mrr);
            columns.findings.push(one.findings.len() as u64);
        }
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
