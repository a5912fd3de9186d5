//! What became of findings: what is done about them, until when they rest, and which were there before.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::asked::PREVIOUS;
use super::findings::ReviewFindings;
use super::report::Review;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::portfolio::{Action, Facts, KnownColumn, KnownFacts};
use crate::principles::{Check, FindingScope, Principle};
use crate::query::Context;
use crate::table::{Nullable, Table, Texts};

/// What an earlier review found.
#[derive(Clone, Debug)]
pub(crate) struct Earlier {
    /// The day that it looks from.
    day: Option<Day>,
    pub(super) findings: Vec<EarlierFinding>,
}

/// A finding of an earlier review.
#[derive(Clone, Debug)]
pub(crate) struct EarlierFinding {
    pub(super) id: String,
    pub(super) principle: Principle,
    pub(super) check: Check,
    pub(super) scope: FindingScope,
    pub(super) subject: Option<String>,
    /// As it stood there, with its decimals.
    pub(super) mrr_at_stake: (i128, u8),
    pub(super) since: Option<Day>,
}

impl Earlier {
    pub(super) fn of(review: &Review) -> Self {
        Self::of_findings(review.findings())
    }

    /// Of the canonical JSON of a review.
    pub(super) fn read(json: &Json) -> Result<Self, Error> {
        let refused = |message: &str| {
            let problem = Problem::argument(Code::InvalidArgument, PREVIOUS.name, message);
            problem.help("give the review itself, or its canonical JSON")
        };
        let findings = json.get("findings").ok_or_else(|| refused("it has no findings"))?;
        let table = Table::from_value(findings).map_err(|error| match error.problems().first() {
            Some(problem) => Problem { path: format!("{}.findings", PREVIOUS.name), ..problem.clone() }.into(),
            None => error,
        })?;
        let findings = ReviewFindings::of_table(table).ok_or_else(|| refused("its findings are not those of a review"))?;
        Ok(Self::of_findings(&findings))
    }

    fn of_findings(findings: &ReviewFindings) -> Self {
        let finding = |row: super::findings::ReviewFindingsRow<'_>| EarlierFinding {
            id: row.finding_id.to_owned(),
            principle: row.principle,
            check: row.check,
            scope: row.scope,
            subject: row.subject.map(str::to_owned),
            mrr_at_stake: (row.mrr_at_stake.units(), row.mrr_at_stake.digits()),
            since: row.since.and_then(|day| Day::try_from(day).ok()),
        };
        Self { day: findings.table().metadata().as_of, findings: findings.rows().map(finding).collect() }
    }

    /// Refuses a review that is no earlier one, or of another currency.
    pub(super) fn check(&self, day: Day) -> Result<(), Problem> {
        match self.day {
            Some(earlier) if earlier > day => {
                let (earlier, day) = (earlier.date().to_string(), day.date().to_string());
                let message = format!("it looks from {}, which is after {}", quoted(&earlier), quoted(&day));
                Err(Problem::argument(Code::InvalidArgument, PREVIOUS.name, message).value(&earlier))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn ids(&self) -> HashSet<&str> {
        self.findings.iter().map(|finding| finding.id.as_str()).collect()
    }
}

/// The table of what is done, if there is one.
pub(super) struct Deeds(Option<Arc<Facts>>);

/// What is done about findings, as it was known at the close of a day.
#[derive(Default)]
pub(super) struct Followed<'a> {
    of_findings: HashMap<&'a str, Followup>,
    /// Open actions by the customer's position among all.
    of_customers: HashMap<u32, u64>,
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Followup {
    open: u64,
    snoozed_until: Option<Day>,
}

impl Deeds {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Error> {
        context.portfolio.facts(&Action::SPEC, context.watch).map(Self)
    }

    pub(super) fn known(&self, day: Day) -> Followed<'_> {
        let mut followed = Followed::default();
        let Some(facts) = self.0.as_deref().map(|facts| KnownFacts::of(facts, day)) else { return followed };
        let (ids, customers) = (facts.texts("finding_id"), facts.texts("customer_id"));
        let (closed, snoozed) = (facts.days("closed_on"), facts.days("snoozed_until"));
        let get = |days: &Option<KnownColumn<'_, Nullable<Day>>>, row| days.as_ref().and_then(|days| days.get(row));
        for row in (0..facts.rows()).filter(|&row| facts.knows(row)) {
            let is_open = get(&closed, row).is_none();
            let text = |texts: &Option<KnownColumn<'_, Texts>>| texts.as_ref().and_then(|texts| texts.code(row));
            if let Some(id) = ids.as_ref().and_then(|ids| ids.get(row)) {
                let followup = followed.of_findings.entry(id).or_default();
                followup.open += u64::from(is_open);
                followup.snoozed_until = followup.snoozed_until.max(get(&snoozed, row));
            } else if let Some(customer) = text(&customers).filter(|_| is_open) {
                *followed.of_customers.entry(customer).or_default() += 1;
            }
        }
        followed
    }
}

impl Followed<'_> {
    /// How many actions are open for a finding: of its own, and those of its customer that name no finding.
    pub(super) fn open(&self, id: &str, customer: Option<u32>) -> u64 {
        let own = self.of_findings.get(id).map_or(0, |followup| followup.open);
        own + customer.and_then(|customer| self.of_customers.get(&customer)).copied().unwrap_or_default()
    }

    /// The day until which a finding rests; none where that is over.
    pub(super) fn snoozed_until(&self, id: &str, day: Day) -> Option<Day> {
        self.of_findings.get(id).and_then(|followup| followup.snoozed_until).filter(|&until| until > day)
    }
}
