//! What an earlier review found and this one does not, a row for each.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use super::earlier::{Earlier, EarlierFinding, PREVIOUS};
use super::findings::Named;
use crate::error::Problem;
use crate::interner::Interner;
use crate::money::{Money, rescale};
use crate::principles::{Accounts, Check, Edition, FindingScope, Principle};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Why a finding is there no more.
    ResolvedBy {
        /// It is not found any longer.
        NoLongerFound,
        /// Its customer does not pay any more.
        Churned,
    }
}

result_table! {
    /// What an earlier review found and this one does not, a row for each, in the order in which it stood there.
    pub struct ReviewResolved("review_resolved") of
    /// A finding that is there no more.
    ReviewResolvedRow<'a>, built from Columns {
        /// The name of the finding.
        finding_id: &'a str as Text,
        /// The principle.
        principle: Principle as Choice<Principle>,
        /// What was asked.
        check: Check as Choice<Check>,
        /// What it was of.
        scope: FindingScope as Choice<FindingScope>,
        /// The customer, or of a segment the column and its value; absent of the company.
        subject: Option<&'a str> as MaybeText,
        /// Why it is there no more: a customer who left has not been won back.
        resolved_by: ResolvedBy as Choice<ResolvedBy>,
        /// What was at stake then.
        mrr_at_stake: Money as Amount,
        /// The first day on which it would have been found; absent where that was not known.
        since: Option<NaiveDate> as MaybeDate,
    }
}

impl ReviewResolved {
    pub(super) fn of(
        earlier: Option<&Earlier>,
        named: &[Named],
        edition: Edition,
        accounts: &Accounts<'_>,
    ) -> Result<Self, Problem> {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let digits = accounts.units.priced.digits;
        let (mut ids, mut subjects) = (TextPool::default(), Interner::default());
        let now: HashSet<&str> = named.iter().map(|named| named.id.as_str()).collect();
        let names = &accounts.context.portfolio.directory.names;
        let positions: HashMap<&str, u32> = names.iter().zip(0..).collect();
        let paying: HashSet<u32> = accounts.all.iter().map(|account| account.customer).collect();
        let is_asked = |of: Principle| edition.entries().any(|entry| entry.principle == of);
        let gone = earlier.into_iter().flat_map(|earlier| &earlier.findings);
        // Nothing is said of a principle that was not asked about.
        let gone = gone.filter(|finding| is_asked(finding.principle) && !now.contains(finding.id.as_str()));
        for EarlierFinding { id, principle, check, scope, subject, mrr_at_stake: (units, from), since } in gone {
            let customer = subject.as_deref().filter(|_| *scope == FindingScope::Customer);
            let pays = |name: &str| positions.get(name).is_some_and(|customer| paying.contains(customer));
            let has_left = customer.is_some_and(|name| !pays(name));
            let stake = rescale(*units, u32::from(*from), digits.into());
            columns.finding_id.0.push(ids.push(id));
            columns.principle.push(*principle);
            columns.check.push(*check);
            columns.scope.push(*scope);
            let subject = subject.as_deref().map(|subject| subjects.intern(subject));
            columns.subject.0.push(subject.ok_or(Reason::NotApplicable));
            columns.resolved_by.push(if has_left { ResolvedBy::Churned } else { ResolvedBy::NoLongerFound });
            columns
                .mrr_at_stake
                .push(stake.map_err(|fault| fault.problem(id, digits, digits).in_argument(PREVIOUS.name))?);
            columns.since.push(since.ok_or(Reason::NotKnown));
        }
        columns.finding_id.1 = Arc::new(ids);
        columns.subject.1 = Arc::new(subjects.into_pool());
        Ok(columns.into_table(Vec::new(), digits, accounts.context.metadata()))
    }
}
