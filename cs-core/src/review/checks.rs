//! What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.

use std::sync::Arc;

use crate::interner::Interner;
use crate::money::Money;
use crate::principles::{Accounts, Check, Judged, MissingReason, Principle};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.
    pub struct ReviewChecks("review_checks") of
    /// A question of a principle.
    ReviewChecksRow<'a>, built from Columns {
        /// The principle.
        principle: Principle as Choice<Principle>,
        /// What was asked.
        check: Check as Choice<Check>,
        /// Customers that it asks of, or, of groups and of the company, that it looks at.
        customers: u64 as Count,
        /// Their MRR at the close of the day.
        mrr: Money as Amount,
        /// Of this, that of customers with evidence.
        assessed_mrr: Money as Amount,
        /// `assessed_mrr / mrr`; absent where it asks of nobody.
        coverage: Option<f64> as Ratio,
        /// Customers of whom, or whose segment or company, something was found.
        found_customers: u64 as Count,
        /// Their MRR.
        found_mrr: Money as Amount,
        /// Why something could not be assessed; absent where all was.
        missing_reason: Option<MissingReason> as MaybeChoice<MissingReason>,
        /// The table that would bring what is missing; absent where nothing is.
        missing_table: Option<&'a str> as MaybeText,
        /// The column of that table, or the signal, milestone or other name in it; absent where the table itself would do.
        missing_column: Option<&'a str> as MaybeText,
    }
}

impl ReviewChecks {
    pub(super) fn of(judged: &[Judged], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let mut texts = Interner::default();
        for (one, question) in judged.iter().flat_map(|one| one.questions.iter().map(move |question| (one, question))) {
            columns.principle.push(one.principle());
            columns.check.push(question.check);
            columns.customers.push(question.asked.customers);
            columns.mrr.push(question.asked.mrr);
            columns.assessed_mrr.push(question.assessed.mrr);
            columns.coverage.push(Ratio::of(question.assessed.mrr, question.asked.mrr));
            columns.found_customers.push(question.found.customers);
            columns.found_mrr.push(question.found.mrr);
            let reason = question.needed.map(|needed| needed.reason as u32);
            columns.missing_reason.push(reason.ok_or(Reason::NotApplicable));
            let mut text = |text: Option<&str>| text.map(|text| texts.intern(text)).ok_or(Reason::NotApplicable);
            columns.missing_table.0.push(text(question.needed.map(|needed| needed.table)));
            columns.missing_column.0.push(text(question.needed.and_then(|needed| needed.column)));
        }
        let texts = Arc::new(texts.into_pool());
        columns.missing_table.1 = Arc::clone(&texts);
        columns.missing_column.1 = texts;
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
