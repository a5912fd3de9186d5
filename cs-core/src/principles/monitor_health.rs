//! Relentlessly monitor and manage customer health.

use super::account::{Account, Accounts};
use super::check::{Check, Severity};
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::principle::Principle;
use super::rule::{Assessment, Claim, Needed, Outcome, Panel, Rule, Told};
use super::thresholds::thresholds;
use crate::error::Error;
use crate::health::{BacktestVerdict, Standings};
use crate::period::Day;
use crate::portfolio::{KnownFacts, Practice, PracticeTopic};
use crate::query::Context;
use crate::word::words;

words! {
    /// What is known of the validation of a score that is not known to be better than its baselines.
    ScoreValidation {
        /// A backtest did not show that it is.
        NotShown,
        /// It was never held against what customers then did.
        Never,
    }
}

thresholds! {
    /// The last values of monitoring that are acceptable.
    MonitorHealthThresholds {
        /// For so many days a customer need not have a score.
        max_unscored_days: Whole(0, 3_660) = 60,
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
        let actions = &panel.shared.actions;
        let before = day.days_before(at.max_ignored_days);
        let any_is_red = panel.accounts.iter().any(|account| account.health.is_worst);
        let earlier = match any_is_red {
            true => Some(Standings::earlier(context, before, &basis.scorecard()?)?),
            false => None,
        };
        let was_red = |account: &Account| {
            earlier.as_ref().and_then(|earlier| earlier.get(account.customer)).is_some_and(|health| health.is_worst)
        };
        // Where nobody has a score, what makes one is not kept, and no customer is seen less than others.
        let any_is_scored = panel.accounts.iter().any(|account| account.health.score.is_some());
        let validated = validated(context, basis.validation, day)?;
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Unmonitored, Needed::table("signals"), |account| {
            if !any_is_scored {
                return Outcome::Unknown;
            }
            let (days, most) = (account.age(day), at.max_unscored_days);
            let is_unscored = account.health.score.is_none();
            let evidence = [
                Evidence::number(ReviewMeasure::EvidenceCoverage, account.health.coverage),
                Evidence::held(ReviewMeasure::DaysAsCustomer, days as f64, most.into()),
            ];
            Outcome::finds_if(is_unscored && days > most.into(), None, evidence)
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
            if !actions.are_kept {
                return Outcome::Unknown;
            }
            let (open, least) = (actions.open(account.customer), at.min_open_actions);
            let evidence =
                [Some(Evidence::held(ReviewMeasure::OpenActions, open as f64, least.into())), score(account)];
            Outcome::finds_if(open < u64::from(least), None, evidence.into_iter().flatten().collect::<Vec<_>>())
        })?;
        assessment.ask(Check::RedIgnored, ACTIONS, |account| {
            if !account.health.is_worst || !was_red(account) {
                return Outcome::NotAsked;
            }
            if !actions.are_kept {
                return Outcome::Unknown;
            }
            let (open, days) = (actions.open(account.customer), at.max_ignored_days);
            let is_ignored = open == 0 && !actions.opened_after(account.customer, before);
            let evidence = [Some(Evidence::number(ReviewMeasure::DaysRed, days.into())), score(account)];
            // Two days are looked at: on which of those before them it began, nobody asked.
            Outcome::finds_if(is_ignored, None, evidence.into_iter().flatten().collect::<Vec<_>>())
        })?;
        assessment.tell(Check::UnvalidatedScore, validated);
        Ok(assessment)
    }
}

/// Whether the score was held against what customers then did, by what the settings say or else by the practices of the company.
fn validated(context: &Context<'_>, told: Option<BacktestVerdict>, day: Day) -> Result<Told, Error> {
    let found = match told {
        Some(told) => Some(told),
        None => {
            let facts = context.portfolio.facts(&Practice::SPEC, context.watch)?;
            let known = facts.as_deref().map(|facts| KnownFacts::of(facts, day));
            let Some(known) = known.filter(|known| known.is_kept_by(day)) else {
                return Ok(Told::Lacks(Needed::table("practices")));
            };
            practised(&known)
        }
    };
    let validation = match found {
        Some(BacktestVerdict::Better) => return Ok(Told::Claims(Vec::new())),
        Some(BacktestVerdict::NotShown) => ScoreValidation::NotShown,
        None => ScoreValidation::Never,
    };
    let evidence = vec![Evidence::word(ReviewMeasure::Validation, validation.name())];
    let severity = Severity::Medium;
    // Nobody knows how much of the MRR is at stake by a score that may be right.
    let claim = Claim { subject: Subject::Company, at_stake: Vec::new(), severity, since: None, evidence };
    Ok(Told::Claims(vec![claim]))
}

/// What the latest practice says of the score: `not_shown` that it was no better, anything else that it was; of several of one day the
/// worse.
fn practised(facts: &KnownFacts<'_>) -> Option<BacktestVerdict> {
    let (topics, values) = (facts.texts("topic")?, facts.texts("value"));
    let since = facts.days("since");
    let rows = (0..facts.rows()).filter(|&row| facts.knows(row));
    let rows = rows.filter(|&row| topics.get(row) == Some(PracticeTopic::ScoreValidated.name()));
    let said = rows.map(|row| {
        let value = values.as_ref().and_then(|texts| texts.get(row));
        let is_shown = value != Some(BacktestVerdict::NotShown.name());
        (since.as_ref().and_then(|days| days.get(row)), !is_shown)
    });
    let (_, is_not_shown) = said.max()?;
    Some(if is_not_shown { BacktestVerdict::NotShown } else { BacktestVerdict::Better })
}
