//! What was found, a row for each.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashSet;

use crate::interner::Interner;
use crate::money::Money;
use crate::order::sort_by;
use crate::period::Day;
use crate::principles::{Accounts, Audience, Check, Finding, FindingScope, Play, Principle, Severity};
use crate::ratio::Reason;
use crate::table::{TextLists, result_table};
use crate::text::{ABSENT, TextPool};
use crate::word::words;

words! {
    /// Whether a finding was there before.
    FindingState {
        /// It was not.
        New,
        /// It was.
        Persisting,
        /// It rests until a day that an action says.
        Snoozed,
    }
}

result_table! {
    /// What was found, a row for each.
    pub struct ReviewFindings("review_findings") of
    /// A finding.
    ReviewFindingsRow<'a>, built from Columns {
        /// The name of the finding, the same on any day: principle, check, scope and subject.
        finding_id: &'a str as Text,
        /// The principle.
        principle: Principle as Choice<Principle>,
        /// What was asked.
        check: Check as Choice<Check>,
        /// What it is of: the company, a segment, a customer.
        scope: FindingScope as Choice<FindingScope>,
        /// The customer, or of a segment the column and its value, as in `channel=partner`; absent of the company.
        subject: Option<&'a str> as MaybeText,
        /// What the table of customers calls the customer; absent where it does not, and of the company and of segments.
        name: Option<&'a str> as MaybeText,
        /// How much it matters.
        severity: Severity as Choice<Severity>,
        /// MRR at the close of the day of the customers that it concerns; zero of what could be won.
        mrr_at_stake: Money as Amount,
        /// The first day of what was found, by what is known now; absent where that is not known.
        since: Option<NaiveDate> as MaybeDate,
        /// What to do about it, by the names of plays, the most fitting first: those that it triggers and that fit the customer's tier
        /// and phase.
        plays: crate::table::TextList<'a> as TextList,
        /// Whether it was there before; absent where nothing earlier was given, and it does not rest.
        state: Option<FindingState> as MaybeChoice<FindingState>,
        /// The day until which it rests; absent where it does not.
        snoozed_until: Option<NaiveDate> as MaybeDate,
        /// Actions that are open for it, or for its customer without naming a finding.
        open_actions: u64 as Count,
    }
}

/// A finding with its names, and what to do about it.
pub(super) struct Named {
    pub(super) finding: Finding,
    pub(super) id: String,
    pub(super) subject: Option<String>,
    /// By their positions among all plays.
    pub(super) plays: Vec<u32>,
}

/// All findings in their order, each with its names, and the plays that fit.
pub(super) fn named(findings: Vec<Finding>, accounts: &Accounts<'_>, plays: &[Play]) -> Vec<Named> {
    let names = &accounts.context.portfolio.directory.names;
    let audiences = audiences(&findings, accounts);
    let named = |finding: Finding| {
        let audience = finding.subject.customer().and_then(|customer| audiences.get(customer as usize));
        let audience = audience.copied().unwrap_or_default();
        let fitting = plays.iter().zip(0..).filter(|(play, _)| play.fits(finding.check, audience));
        let plays = fitting.map(|(_, position)| position).collect();
        let subject = finding.subject(|customer| names.get(customer));
        Named { id: finding.id(subject.as_deref()), subject, plays, finding }
    };
    let named: Vec<Named> = findings.into_iter().map(named).collect();
    // By scope, then the largest at stake first, then by name.
    let key = |place: u32| {
        let named = named.get(place as usize)?;
        Some((named.finding.scope(), Reverse(named.finding.mrr_at_stake), named.id.as_str()))
    };
    let mut order: Vec<u32> = (0..named.len() as u32).collect();
    sort_by(&mut order, &mut |one, other| key(one).cmp(&key(other)));
    let mut named: Vec<Option<Named>> = named.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| named.get_mut(place as usize)?.take()).collect()
}

/// Whom plays would be for, by the customer's position among all.
fn audiences(findings: &[Finding], accounts: &Accounts<'_>) -> Vec<Audience> {
    let mut audiences = vec![Audience::default(); accounts.customers()];
    for account in &accounts.all {
        if let Some(slot) = audiences.get_mut(account.customer as usize) {
            *slot = account.audience();
        }
    }
    // Who has a fault takes an offer badly, whatever the score says.
    for finding in findings.iter().filter(|finding| finding.check.is_fault()) {
        if let Some(audience) = finding.subject.customer().and_then(|customer| audiences.get_mut(customer as usize)) {
            audience.is_healthy = false;
        }
    }
    audiences
}

/// What tells of findings what became of them.
pub(super) struct Telling<'a> {
    /// The names of those of an earlier review, if there is one.
    pub(super) before: Option<&'a HashSet<&'a str>>,
    pub(super) day: Day,
    pub(super) plays: &'a [Play],
}

impl ReviewFindings {
    pub(super) fn of(named: &[Named], telling: &Telling<'_>, accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let (mut ids, mut subjects) = (TextPool::default(), Interner::default());
        let directory = &accounts.context.portfolio.directory;
        let versions = directory.versions(accounts.context.known_on);
        let called = directory.texts("name");
        columns.plays = TextLists::of(Arc::new(telling.plays.iter().map(Play::name).collect()));
        for Named { finding, id, subject, plays } in named {
            let customer = finding.subject.customer();
            let snoozed_until = accounts.actions.rests_until(id, telling.day);
            let state = match (snoozed_until, telling.before) {
                (Some(_), _) => Ok(FindingState::Snoozed),
                (None, Some(before)) if before.contains(id.as_str()) => Ok(FindingState::Persisting),
                (None, Some(_)) => Ok(FindingState::New),
                (None, None) => Err(Reason::NothingToCompare),
            };
            columns.finding_id.0.push(ids.push(id));
            columns.principle.push(finding.principle);
            columns.check.push(finding.check);
            columns.scope.push(finding.scope());
            let subject = subject.as_deref().map(|subject| subjects.intern(subject));
            columns.subject.0.push(subject.ok_or(Reason::NotApplicable));
            let version = customer.and_then(|customer| versions.get(customer as usize)).filter(|&&row| row != ABSENT);
            let name = version.and_then(|&row| called?.code(row as usize));
            columns.name.0.push(name.ok_or(Reason::NotKnown));
            columns.severity.push(finding.severity);
            columns.mrr_at_stake.push(finding.mrr_at_stake);
            columns.since.push(finding.since.ok_or(Reason::NotKnown));
            columns.plays.push(Some(plays));
            columns.state.push(state.map(|state| state as u32));
            columns.snoozed_until.push(snoozed_until.ok_or(Reason::NotApplicable));
            columns.open_actions.push(accounts.actions.open_for(id, customer));
        }
        if let Some(called) = called {
            columns.name.1 = Arc::clone(called.pool());
        }
        columns.finding_id.1 = Arc::new(ids);
        columns.subject.1 = Arc::new(subjects.into_pool());
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
