//! What an earlier review found and this one does not, a row for each.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

use super::earlier::{Earlier, EarlierFinding};
use super::findings::Found;
use crate::interner::Interner;
use crate::money::{Money, divide_half_even};
use crate::principles::{Accounts, Check, Customers, FindingScope, Judged, Principle, Question, Stand, Verdict};
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
        /// It is not asked about any more: the customer is new no longer, or out of the worst band, or the edition lacks the principle.
        NotAsked,
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
    pub(super) fn of(earlier: Option<&Earlier>, found: &Found, judged: &[Judged], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let digits = accounts.units.priced.digits;
        let (mut ids, mut subjects) = (TextPool::default(), Interner::default());
        let Some(earlier) = earlier else {
            return columns.into_table(Vec::new(), digits, accounts.context.metadata());
        };
        let now: HashSet<&str> = found.ids.iter().collect();
        let standing = Standing::of(judged, accounts);
        for finding in earlier.findings.iter().filter(|finding| !now.contains(finding.id.as_str())) {
            let resolved_by = standing.resolved_by(finding);
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
    paying: Customers,
    /// Whether each group could be accused, by what a finding of it is called.
    tested: HashMap<(Principle, String), bool>,
}

impl<'a> Standing<'a> {
    fn of(judged: &'a [Judged], accounts: &'a Accounts<'_>) -> Self {
        let positions = accounts.context.portfolio.directory.positions();
        let mut paying = Customers::none_of(accounts.customers());
        accounts.all.iter().for_each(|account| paying.add(account.customer));
        let of_each = |one: &'a Judged| one.comparisons.iter().map(move |group| (one.principle(), group));
        let tested = judged.iter().flat_map(of_each);
        let tested = tested.filter_map(|(principle, group)| Some(((principle, group.subject()?), group.is_tested())));
        Self { judged, accounts, positions, paying, tested: tested.collect() }
    }

    /// Why a finding is there no more.
    fn resolved_by(&self, finding: &EarlierFinding) -> ResolvedBy {
        let judged = self.judged.iter().find(|judged| judged.principle() == finding.principle);
        let Some(judged) = judged else { return ResolvedBy::NotAsked };
        let question = judged.questions.iter().find(|question| question.check == finding.check);
        match (finding.scope, finding.subject.as_deref(), question) {
            (FindingScope::Customer, Some(name), Some(question)) => self.of_customer(name, judged, question),
            (FindingScope::Segment, Some(subject), _) => {
                let is_tested = self.tested.get(&(finding.principle, subject.to_owned()));
                if is_tested == Some(&true) { ResolvedBy::NoLongerFound } else { ResolvedBy::NotAssessed }
            }
            (FindingScope::Company, None, Some(question)) => of_company(question),
            (FindingScope::Company, None, None) if judged.verdict != Verdict::NotAssessable => {
                ResolvedBy::NoLongerFound
            }
            _ => ResolvedBy::NotAssessed,
        }
    }

    fn of_customer(&self, name: &str, judged: &Judged, question: &Question) -> ResolvedBy {
        let Some(&customer) = self.positions.get(name) else { return ResolvedBy::NotAssessed };
        if !self.paying.has(customer) {
            return ResolvedBy::Churned;
        }
        if self.accounts.is_excluded_from(judged.principle(), customer) {
            return ResolvedBy::LeftOut;
        }
        match question.stand(customer) {
            Stand::Unknown => ResolvedBy::NotAssessed,
            Stand::NotAsked => ResolvedBy::NotAsked,
            Stand::Passes | Stand::Found => ResolvedBy::NoLongerFound,
        }
    }
}

fn of_company(question: &Question) -> ResolvedBy {
    match question.asked.customers {
        0 => ResolvedBy::NotAsked,
        _ if question.is_assessed => ResolvedBy::NoLongerFound,
        _ => ResolvedBy::NotAssessed,
    }
}

/// An amount with other decimals, rounded half to even where it has more.
fn rescaled(units: i128, from: u8, to: u8) -> i128 {
    let power = |digits: u8| 10_i128.pow(digits.into());
    // What customers pay fits with all decimals that there can be.
    let up = units.saturating_mul(power(to.saturating_sub(from)));
    divide_half_even(up, power(from.saturating_sub(to))).unwrap_or(up)
}
