//! What else follows from a sale to the wrong customer: complaints, requests that nobody else has, success that nobody defined.

use std::ops::AddAssign;
use std::sync::Arc;

use super::account::Accounts;
use super::customers::Customers;
use super::finding::{Evidence, ReviewMeasure};
use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Case, Facts, Feedback, FeedbackKind, KnownFacts, Outcome};

/// What is known of all customers that could follow.
pub(super) struct Consequences {
    /// Support cases of each customer that has ever paid, by its position among all, with the days on which it did; none where no case
    /// is kept.
    cases: Option<Vec<(u32, f64, f64)>>,
    /// Requests: the customer and the topic.
    requests: Vec<(u32, u32)>,
    topics: usize,
    /// Each customer who pays, and whether an outcome that it did not refuse is on record; none where no outcome is kept.
    outcomes: Option<Vec<(u32, bool)>>,
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
    pub(super) fn of(accounts: &Accounts<'_>) -> Result<Self, Error> {
        let Accounts { context, day, .. } = *accounts;
        let table = |spec| context.portfolio.facts(spec, context.watch);
        let (cases, feedback, outcomes) = (table(&Case::SPEC)?, table(&Feedback::SPEC)?, table(&Outcome::SPEC)?);
        let cases = match kept(&cases, day) {
            None => None,
            Some(facts) => {
                let paid = days_paid(accounts, day)?.into_iter();
                Some(paid.map(|(customer, days)| (customer, rows(&facts, customer).count() as f64, days)).collect())
            }
        };
        let (requests, topics) = match kept(&feedback, day) {
            None => (Vec::new(), 0),
            Some(facts) => requests(&facts, accounts.customers()),
        };
        let outcomes = kept(&outcomes, day).map(|facts| {
            let by_customer = facts.flags("agreed_by_customer");
            let is_agreed = |row| by_customer.as_ref().and_then(|flags| flags.get(row)).unwrap_or(true);
            let has_one = |customer| rows(&facts, customer).any(is_agreed);
            accounts.all.iter().map(|account| (account.customer, has_one(account.customer))).collect()
        });
        Ok(Self { cases, requests, topics, outcomes })
    }

    /// Those of a group, each beside that of the rest.
    pub(super) fn of_group(&self, members: &Customers) -> Vec<Evidence> {
        let told = [
            (ReviewMeasure::CasesPerYear, ReviewMeasure::CasesPerYearOfRest, self.cases_per_year(members)),
            (ReviewMeasure::OffTargetRequests, ReviewMeasure::OffTargetRequestsOfRest, self.off_target(members)),
            (ReviewMeasure::UndefinedShare, ReviewMeasure::UndefinedShareOfRest, self.undefined(members)),
        ];
        let sides = told.into_iter().filter_map(|(of_group, of_rest, sides)| Some((of_group, of_rest, sides?)));
        sides
            .flat_map(|(of_group, of_rest, Sides { group, rest })| {
                [Evidence::number(of_group, group), Evidence::number(of_rest, rest)]
            })
            .collect()
    }

    fn cases_per_year(&self, members: &Customers) -> Option<Sides> {
        let (mut cases, mut days) = (Sides::default(), Sides::default());
        for &(customer, of_customer, paid) in self.cases.as_ref()? {
            *cases.side(members.has(customer)) += of_customer;
            *days.side(members.has(customer)) += paid;
        }
        Some(cases.over(days)?.times(YEAR))
    }

    /// Which share of the requests of each side is of topics of which the group asks much more often than the rest.
    fn off_target(&self, members: &Customers) -> Option<Sides> {
        let mut of_topics = vec![Sides::default(); self.topics];
        let mut all = Sides::default();
        for &(customer, topic) in &self.requests {
            let Some(of_topic) = of_topics.get_mut(topic as usize) else { continue };
            *of_topic.side(members.has(customer)) += 1.0;
            *all.side(members.has(customer)) += 1.0;
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

    fn undefined(&self, members: &Customers) -> Option<Sides> {
        let (mut undefined, mut all) = (Sides::default(), Sides::default());
        for &(customer, has_outcome) in self.outcomes.as_ref()? {
            *all.side(members.has(customer)) += 1.0;
            *undefined.side(members.has(customer)) += if has_outcome { 0.0 } else { 1.0 };
        }
        undefined.over(all)
    }
}

/// A table of which some row was known by the close of a day.
fn kept(facts: &Option<Arc<Facts>>, day: Day) -> Option<KnownFacts<'_>> {
    let known = facts.as_deref().map(|facts| KnownFacts::of(facts, day));
    known.filter(|facts| facts.is_kept_by(day))
}

/// The rows of a customer that are known.
fn rows(facts: &KnownFacts<'_>, customer: u32) -> impl Iterator<Item = usize> {
    facts.places(customer).map(|place| facts.row(place)).filter(|&row| facts.knows(row))
}

/// All requests that are known, and how many topics there are.
fn requests(facts: &KnownFacts<'_>, customers: usize) -> (Vec<(u32, u32)>, usize) {
    let Some((kinds, topics)) = facts.texts("kind").zip(facts.texts("topic")) else { return (Vec::new(), 0) };
    let is_request = |row: &usize| kinds.get(*row) == Some(FeedbackKind::Request.name());
    let mut requests = Vec::new();
    for customer in 0..customers as u32 {
        let of_customer = rows(facts, customer).filter(is_request);
        requests.extend(of_customer.filter_map(|row| Some((customer, topics.code(row)?))));
    }
    (requests, topics.positions(|_| true).len())
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
