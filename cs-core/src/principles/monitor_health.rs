//! Relentlessly monitor and manage customer health.

use std::sync::Arc;

use super::account::{Account, Accounts};
use super::check::{Check, Severity};
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::principle::Principle;
use super::rule::{Assessment, Claim, Claims, Needed, Outcome, Panel, Rule};
use super::thresholds::thresholds;
use crate::error::Error;
use crate::health::{BacktestVerdict, Standings};
use crate::period::Day;
use crate::portfolio::{Action, Facts, KnownColumn, KnownFacts, Practice, PracticeTopic};
use crate::query::Context;
use crate::table::Nullable;

thresholds! {
    /// The last values of monitoring that are acceptable.
    MonitorHealthThresholds {
        /// So old may the newest evidence of a customer be, in days.
        max_evidence_days: Whole(0, 3_660) = 60,
        /// Actions that are open for a customer in the worst band.
        min_open_actions: Whole(1, 100) = 1,
        /// For so many days nobody need have begun one.
        max_ignored_days: Whole(1, 3_660) = 30,
    }
}

pub(crate) struct MonitorHealth;

const ACTIONS: Needed = Needed::table("actions");

impl Rule for MonitorHealth {
    const PRINCIPLE: Principle = Principle::MonitorHealth;

    type Thresholds = MonitorHealthThresholds;

    fn assess<'a>(at: &MonitorHealthThresholds, panel: Panel<'a>) -> Result<Assessment<'a>, Error> {
        let Accounts { context, basis, day, .. } = *panel.shared;
        let table = context.portfolio.facts(&Action::SPEC, context.watch)?;
        let actions = Actions::of(table.as_ref(), day);
        let before = day.days_before(at.max_ignored_days);
        let any_is_red = panel.accounts.iter().any(|account| account.health.is_worst);
        let earlier = match any_is_red {
            true => Some(Standings::earlier(context, before, &basis.scorecard()?)?),
            false => None,
        };
        let was_red = |account: &Account| {
            earlier.as_ref().and_then(|earlier| earlier.get(account.customer)).is_some_and(|health| health.is_worst)
        };
        // Where nobody's evidence is kept, no customer has less of it than others.
        let is_kept = panel.accounts.iter().any(|account| account.health.newest.is_some());
        let validated = validated(context, basis.validation.as_ref(), day)?;
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Unmonitored, Needed::table("signals"), |account| {
            if !is_kept && account.health.score.is_none() {
                return Outcome::Unknown;
            }
            let coverage = Evidence::number(ReviewMeasure::EvidenceCoverage, account.health.coverage);
            Outcome::finds_if(account.health.score.is_none(), None, [coverage])
        })?;
        assessment.ask(Check::StaleEvidence, Needed::table("signals"), |account| {
            // Of whom there is none, it is not old.
            let Some(newest) = account.health.newest else { return Outcome::NotAsked };
            let (days, most) = (day.days_after(newest), at.max_evidence_days);
            let evidence = [Evidence::held(ReviewMeasure::DaysSinceEvidence, days as f64, most.into())];
            Outcome::finds_if(days > most.into(), newest.days_later(most).next(), evidence)
        })?;
        let score = |account: &Account| account.health.score.map(|score| Evidence::number(ReviewMeasure::Score, score));
        assessment.ask(Check::RedWithoutAction, ACTIONS, |account| {
            if !account.health.is_worst {
                return Outcome::NotAsked;
            }
            let Some(actions) = &actions else { return Outcome::Unknown };
            let (open, least) = (actions.open(account.customer), at.min_open_actions);
            let evidence =
                [Some(Evidence::held(ReviewMeasure::OpenActions, open as f64, least.into())), score(account)];
            Outcome::finds_if(open < least as usize, None, evidence.into_iter().flatten().collect::<Vec<_>>())
        })?;
        assessment.ask(Check::RedIgnored, ACTIONS, |account| {
            if !account.health.is_worst || !was_red(account) {
                return Outcome::NotAsked;
            }
            let Some(actions) = &actions else { return Outcome::Unknown };
            let is_ignored = actions.open(account.customer) == 0 && !actions.begun_after(account.customer, before);
            let days = at.max_ignored_days;
            let evidence =
                [Some(Evidence::held(ReviewMeasure::DaysRed, (days + 1).into(), days.into())), score(account)];
            Outcome::finds_if(is_ignored, before.previous(), evidence.into_iter().flatten().collect::<Vec<_>>())
        })?;
        assessment.tell(Check::UnvalidatedScore, validated);
        Ok(assessment)
    }
}

/// What is done for customers, as it was known at the close of a day.
struct Actions<'a> {
    facts: KnownFacts<'a>,
    opened: Option<KnownColumn<'a, Nullable<Day>>>,
    closed: Option<KnownColumn<'a, Nullable<Day>>>,
}

impl<'a> Actions<'a> {
    fn of(table: Option<&'a Arc<Facts>>, day: Day) -> Option<Self> {
        let facts = Some(KnownFacts::of(table?, day)).filter(|facts| facts.is_kept_by(day))?;
        Some(Self { opened: facts.days("opened_on"), closed: facts.days("closed_on"), facts })
    }

    fn rows(&self, customer: u32) -> impl Iterator<Item = usize> {
        let rows = self.facts.places(customer).map(|place| self.facts.row(place));
        rows.filter(|&row| self.facts.knows(row))
    }

    fn open(&self, customer: u32) -> usize {
        let is_open = |&row: &usize| self.closed.as_ref().and_then(|days| days.get(row)).is_none();
        self.rows(customer).filter(is_open).count()
    }

    fn begun_after(&self, customer: u32, day: Day) -> bool {
        let opened = |row: usize| self.opened.as_ref().and_then(|days| days.get(row));
        self.rows(customer).any(|row| opened(row).is_some_and(|opened| opened > day))
    }
}

/// Whether the score was held against what customers then did, by what the settings say or else by the practices of the company.
fn validated(context: &Context<'_>, told: Option<&BacktestVerdict>, day: Day) -> Result<Claims, Error> {
    let found = match told {
        Some(told) => Some(*told),
        None => {
            let facts = context.portfolio.facts(&Practice::SPEC, context.watch)?;
            let known = facts.as_deref().map(|facts| KnownFacts::of(facts, day));
            let Some(known) = known.filter(|known| known.is_kept_by(day)) else {
                return Ok(Err(Needed::table("practices")));
            };
            practised(&known)
        }
    };
    let word = match found {
        Some(BacktestVerdict::Better) => return Ok(Ok(Vec::new())),
        Some(BacktestVerdict::NotShown) => BacktestVerdict::NotShown.name(),
        None => "never",
    };
    let evidence = vec![Evidence::text(ReviewMeasure::Validation, word)];
    let claim =
        Claim { subject: Subject::Company, at_stake: Vec::new(), severity: Severity::Medium, since: None, evidence };
    Ok(Ok(vec![claim]))
}

/// What the latest practice says of the score: `not_shown` that it was no better, anything else that it was.
fn practised(facts: &KnownFacts<'_>) -> Option<BacktestVerdict> {
    let (topics, values) = (facts.texts("topic")?, facts.texts("value"));
    let since = facts.days("since");
    let rows = (0..facts.rows()).filter(|&row| facts.knows(row));
    let rows = rows.filter(|&row| topics.get(row) == Some(PracticeTopic::ScoreValidated.name()));
    let latest = rows.max_by_key(|&row| since.as_ref().and_then(|days| days.get(row)))?;
    let value = values.as_ref().and_then(|texts| texts.get(latest));
    Some(if value == Some(BacktestVerdict::NotShown.name()) {
        BacktestVerdict::NotShown
    } else {
        BacktestVerdict::Better
    })
}
