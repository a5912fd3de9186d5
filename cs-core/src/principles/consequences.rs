//! What else follows from a sale to the wrong customer: complaints, requests that nobody else has, success that nobody defined.

use std::ops::AddAssign;

use super::account::Accounts;
use super::comparison::Comparison;
use super::finding::{Evidence, ReviewMeasure};
use crate::error::Error;
use crate::ledger::attribute;
use crate::period::Day;
use crate::portfolio::{Case, Feedback, FeedbackKind, KnownFacts, Outcome};
use crate::text::ABSENT;

/// What follows of a group, beside the rest.
pub(super) struct Consequences {
    /// By the customer's position among all.
    members: Vec<bool>,
    pub(super) evidence: Vec<Evidence>,
}

/// Something of the group, and of the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sides {
    group: f64,
    rest: f64,
}

impl Sides {
    fn side(&mut self, is_member: bool) -> &mut f64 {
        if is_member { &mut self.group } else { &mut self.rest }
    }

    fn over(self, others: Self) -> Option<Self> {
        let over = |some: f64, all: f64| (all > 0.0).then(|| some / all);
        Some(Self { group: over(self.group, others.group)?, rest: over(self.rest, others.rest)? })
    }

    fn times(self, factor: f64) -> Self {
        Self { group: self.group * factor, rest: self.rest * factor }
    }
}

impl AddAssign for Sides {
    fn add_assign(&mut self, other: Self) {
        self.group += other.group;
        self.rest += other.rest;
    }
}

/// A year of days.
const YEAR: f64 = 365.0;
/// A topic is the group's own that makes so many times the share of its requests as of those of the rest.
const OWN: f64 = 3.0;

impl Consequences {
    /// Of a group that leaves early.
    pub(super) fn of(group: &Comparison, accounts: &Accounts<'_>) -> Result<Self, Error> {
        let Accounts { context, day, .. } = *accounts;
        let versions = context.portfolio.directory.versions(context.known_on);
        let (codes, texts) = attribute(context, &versions, &group.column, &group.column)?;
        let code = match &group.value {
            None => ABSENT,
            Some(value) => texts.iter().zip(0..).find(|(text, _)| text == value).map_or(ABSENT, |(_, code)| code),
        };
        let members: Vec<bool> = codes.iter().map(|&of| of == code).collect();
        let known = |spec| context.portfolio.facts(spec, context.watch);
        let (cases, feedback, outcomes) = (known(&Case::SPEC)?, known(&Feedback::SPEC)?, known(&Outcome::SPEC)?);
        let mut evidence = Vec::new();
        let mut add = |measures: [ReviewMeasure; 2], sides: Option<Sides>| {
            let Some(Sides { group, rest }) = sides else { return };
            let [of_group, of_rest] = measures;
            evidence.push(Evidence::number(of_group, group));
            evidence.push(Evidence::number(of_rest, rest));
        };
        let cases = cases.as_deref().map(|facts| KnownFacts::of(facts, day)).filter(|facts| facts.is_kept_by(day));
        let per_year = match cases {
            None => None,
            Some(cases) => {
                let paid = days_paid(accounts, day)?;
                let mut days = Sides::default();
                paid.iter().for_each(|&(customer, of_customer)| {
                    *days.side(is_among(&members, customer)) += of_customer;
                });
                rows(&cases, &members, &paid).over(days).map(|sides| sides.times(YEAR))
            }
        };
        add([ReviewMeasure::CasesPerYear, ReviewMeasure::CasesPerYearOfRest], per_year);
        let feedback = feedback.as_deref().map(|facts| KnownFacts::of(facts, day));
        let off_target = feedback.and_then(|facts| off_target(&facts, &members));
        add([ReviewMeasure::OffTargetRequests, ReviewMeasure::OffTargetRequestsOfRest], off_target);
        let outcomes =
            outcomes.as_deref().map(|facts| KnownFacts::of(facts, day)).filter(|facts| facts.is_kept_by(day));
        let undefined = outcomes.and_then(|facts| {
            let (mut undefined, mut all) = (Sides::default(), Sides::default());
            for account in &accounts.all {
                let is_member = is_among(&members, account.customer);
                *all.side(is_member) += 1.0;
                let mut rows = facts.places(account.customer).map(|place| facts.row(place));
                if !rows.any(|row| facts.knows(row)) {
                    *undefined.side(is_member) += 1.0;
                }
            }
            undefined.over(all)
        });
        add([ReviewMeasure::UndefinedShare, ReviewMeasure::UndefinedShareOfRest], undefined);
        Ok(Self { members, evidence })
    }

    pub(super) fn has(&self, customer: u32) -> bool {
        is_among(&self.members, customer)
    }
}

/// How many rows of a table are known of the customers of each side.
fn rows(facts: &KnownFacts<'_>, members: &[bool], paid: &[(u32, f64)]) -> Sides {
    let mut count = Sides::default();
    for &(customer, _) in paid {
        let rows = facts.places(customer).filter(|&place| facts.knows(facts.row(place))).count();
        *count.side(is_among(members, customer)) += rows as f64;
    }
    count
}

/// For how many days each customer has paid that ever did, in all its runs.
fn days_paid(accounts: &Accounts<'_>, day: Day) -> Result<Vec<(u32, f64)>, Error> {
    accounts.units.of_customers(day.next(), |unit| {
        let (mut days, mut since) = (0, None);
        unit.steps(|step| match (since, step.moved().after.pays) {
            (None, true) => since = Some(step.day()),
            (Some(from), false) => {
                days += step.day().days_after(from);
                since = None;
            }
            _ => {}
        });
        let days = days + since.map_or(0, |from| day.next().days_after(from));
        (days > 0).then_some(days as f64)
    })
}

fn is_among(members: &[bool], customer: u32) -> bool {
    members.get(customer as usize).copied().unwrap_or_default()
}

/// Which share of the requests of each side is of topics of which the group asks much more often than the rest.
fn off_target(facts: &KnownFacts<'_>, members: &[bool]) -> Option<Sides> {
    let (kinds, topics) = (facts.texts("kind")?, facts.texts("topic")?);
    let mut of_topics: Vec<Sides> = vec![Sides::default(); topics.positions(|_| true).len()];
    let mut all = Sides::default();
    for (customer, &is_member) in (0..).zip(members) {
        let rows = facts.places(customer).map(|place| facts.row(place)).filter(|&row| facts.knows(row));
        for row in rows.filter(|&row| kinds.get(row) == Some(FeedbackKind::Request.name())) {
            let Some(of_topic) = topics.code(row).and_then(|code| of_topics.get_mut(code as usize)) else { continue };
            *of_topic.side(is_member) += 1.0;
            *all.side(is_member) += 1.0;
        }
    }
    let mut own = Sides::default();
    for of_topic in of_topics {
        // Counts are whole, so that products of them are exact.
        if of_topic.group * all.rest > OWN * of_topic.rest * all.group {
            own += of_topic;
        }
    }
    own.over(all)
}
