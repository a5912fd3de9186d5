//! What an earlier review found and this one does not, a row for each.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use super::earlier::{Earlier, EarlierFinding};
use super::findings::Named;
use crate::interner::Interner;
use crate::money::{Money, divide_half_even};
use crate::principles::{Accounts, Check, FindingScope, Judged, Principle};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Why a finding is there no more.
    ResolvedBy {
        /// It was looked for and not found.
        NoLongerFound,
        /// Its customer does not pay any more.
        Churned,
        /// Its customer is left out by the settings.
        LeftOut,
        /// Nobody can tell: the evidence is missing.
        NotAssessed,
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
    pub(super) fn of(earlier: Option<&Earlier>, named: &[Named], judged: &[Judged], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let digits = accounts.units.priced.digits;
        let (mut ids, mut subjects) = (TextPool::default(), Interner::default());
        let now: HashSet<&str> = named.iter().map(|named| named.id.as_str()).collect();
        let standing = Standing::of(judged, accounts);
        let gone = earlier.into_iter().flat_map(|earlier| &earlier.findings);
        for finding in gone.filter(|finding| !now.contains(finding.id.as_str())) {
            // Nothing is said of a principle that was not asked about.
            let Some(resolved_by) = standing.resolved_by(finding) else { continue };
            let EarlierFinding { id, principle, check, scope, subject, mrr_at_stake: (units, from), since } = finding;
            columns.finding_id.0.push(ids.push(id));
            columns.principle.push(*principle);
            columns.check.push(*check);
            columns.scope.push(*scope);
            let subject = subject.as_deref().map(|subject| subjects.intern(subject));
            columns.subject.0.push(subject.ok_or(Reason::NotApplicable));
            columns.resolved_by.push(resolved_by);
            columns.mrr_at_stake.push(rescaled(*units, *from, digits));
            columns.since.push(since.ok_or(Reason::NotKnown));
        }
        columns.finding_id.1 = Arc::new(ids);
        columns.subject.1 = Arc::new(subjects.into_pool());
        columns.into_table(Vec::new(), digits, accounts.context.metadata())
    }
}

/// What is known now of what was found before.
struct Standing<'a> {
    judged: &'a [Judged],
    accounts: &'a Accounts<'a>,
    /// The positions of customers among all.
    positions: HashMap<&'a str, u32>,
    paying: HashSet<u32>,
}

impl<'a> Standing<'a> {
    fn of(judged: &'a [Judged], accounts: &'a Accounts<'_>) -> Self {
        let positions = accounts.context.portfolio.directory.names.iter().zip(0..).collect();
        let paying = accounts.all.iter().map(|account| account.customer).collect();
        Self { judged, accounts, positions, paying }
    }

    /// Why a finding is there no more; none of a principle that was not asked about.
    fn resolved_by(&self, finding: &EarlierFinding) -> Option<ResolvedBy> {
        let judged = self.judged.iter().find(|judged| judged.principle == finding.principle)?;
        let tally = judged.tallies.iter().find(|tally| tally.check == finding.check);
        let customer = finding.subject.as_deref().filter(|_| finding.scope == FindingScope::Customer);
        let Some(name) = customer else {
            let is_lacking = tally.is_some_and(|tally| tally.needed.is_some());
            return Some(if is_lacking { ResolvedBy::NotAssessed } else { ResolvedBy::NoLongerFound });
        };
        Some(match self.positions.get(name).copied() {
            None => ResolvedBy::NotAssessed,
            Some(customer) if !self.paying.contains(&customer) => ResolvedBy::Churned,
            Some(customer) if self.accounts.is_excluded_from(finding.principle, customer) => ResolvedBy::LeftOut,
            Some(customer) if tally.is_some_and(|tally| tally.is_unknown(customer)) => ResolvedBy::NotAssessed,
            Some(_) => ResolvedBy::NoLongerFound,
        })
    }
}

/// An amount with other decimals, rounded half to even where it has more.
fn rescaled(units: i128, from: u8, to: u8) -> i128 {
    let power = |digits: u8| 10_i128.pow(digits.into());
    // What customers pay fits with all decimals that there can be.
    let up = units.saturating_mul(power(to.saturating_sub(from)));
    divide_half_even(up, power(from.saturating_sub(to))).unwrap_or(up)
}
