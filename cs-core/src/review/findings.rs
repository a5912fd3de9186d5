//! What was found, a row for each.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};

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

/// All findings in their order, with their names, and the plays that fit.
pub(super) struct Found {
    findings: Vec<Finding>,
    /// The places of the findings, in their order.
    order: Vec<u32>,
    /// Their names, in that order.
    pub(super) ids: Arc<TextPool>,
    /// For each in that order the position of its plays.
    plays: Vec<u32>,
    /// Plays by their positions among all.
    fitting: Vec<Vec<u32>>,
}

/// A finding with its name, and what to do about it.
#[derive(Clone, Copy)]
pub(super) struct Named<'f> {
    pub(super) finding: &'f Finding,
    /// The position of its name.
    pub(super) place: u32,
    pub(super) id: &'f str,
    pub(super) plays: &'f [u32],
}

impl Found {
    pub(super) fn of(findings: Vec<Finding>, accounts: &Accounts<'_>, plays: &[Play]) -> Self {
        let names = &accounts.context.portfolio.directory.names;
        let (mut ids, mut id) = (TextPool::default(), String::new());
        for finding in &findings {
            finding.write_id(|customer| names.get(customer), &mut id);
            ids.push(&id);
        }
        // By scope, then the largest at stake first, then by name.
        let keys: Vec<_> = findings.iter().map(|finding| (finding.scope(), Reverse(finding.mrr_at_stake))).collect();
        let key = |place: u32| keys.get(place as usize);
        let mut order: Vec<u32> = (0..findings.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| key(one).cmp(&key(other)).then_with(|| ids.get(one).cmp(ids.get(other))));
        let ids = Arc::new(order.iter().map(|&place| ids.get(place)).collect());
        let audiences = audiences(&findings, accounts);
        let (mut known, mut fitting) = (HashMap::new(), Vec::new());
        let mut fit = |check, audience| {
            *known.entry((check, audience)).or_insert_with(|| {
                let fits = plays.iter().zip(0..).filter(|(play, _)| play.fits(check, audience));
                fitting.push(fits.map(|(_, position)| position).collect());
                fitting.len() as u32 - 1
            })
        };
        let audience = |finding: &Finding| {
            let of_customer = finding.subject.customer().and_then(|customer| audiences.get(customer as usize));
            of_customer.copied().unwrap_or_default()
        };
        let in_order = order.iter().filter_map(|&place| findings.get(place as usize));
        let plays = in_order.map(|finding| fit(finding.check, audience(finding))).collect();
        Self { findings, order, ids, plays, fitting }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Named<'_>> {
        self.order.iter().zip(&self.plays).zip(0..).filter_map(|((&at, &plays), place)| {
            let (finding, plays) = (self.findings.get(at as usize)?, self.fitting.get(plays as usize)?);
            Some(Named { finding, place, id: self.ids.get(place), plays })
        })
    }
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
    pub(super) fn of(found: &Found, telling: &Telling<'_>, accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let mut subjects = Interner::default();
        let directory = &accounts.context.portfolio.directory;
        let versions = directory.versions(accounts.context.known_on);
        let called = directory.texts("name");
        columns.plays = TextLists::of(Arc::new(telling.plays.iter().map(Play::name).collect()));
        for Named { finding, place, id, plays } in found.iter() {
            let customer = finding.subject.customer();
            let snoozed_until = accounts.actions.rests_until(id, telling.day);
            let state = match (snoozed_until, telling.before) {
                (Some(_), _) => Ok(FindingState::Snoozed),
                (None, Some(before)) if before.contains(id) => Ok(FindingState::Persisting),
                (None, Some(_)) => Ok(FindingState::New),
                (None, None) => Err(Reason::NothingToCompare),
            };
            columns.finding_id.0.push(place);
            columns.principle.push(finding.principle);
            columns.check.push(finding.check);
            columns.scope.push(finding.scope());
            let subject = finding.subject(|customer| directory.names.get(customer));
            let subject = subject.map(|subject| subjects.intern(&subject));
            columns.subject.0.push(subject.ok_or(Reason::NotApplicable));
            let version = customer.and_then(|customer| versions.get(customer as usize)).filter(|&&row| row != ABSENT);
            let name = version.and_then(|&row| called?.code(row as usize));
            let is_of_customer = customer.is_some();
            columns.name.0.push(name.ok_or(if is_of_customer { Reason::NotKnown } else { Reason::NotApplicable }));
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
        columns.finding_id.1 = Arc::clone(&found.ids);
        columns.subject.1 = Arc::new(subjects.into_pool());
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}
