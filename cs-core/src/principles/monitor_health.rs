//! Relentlessly monitor and manage customer health.

use super::account::{Account, Accounts};
use super::actions::Actions;
use super::answer::{Answer, Claim, Needed, Told};
use super::assessment::Assessment;
use super::check::Check;
use super::finding::{Evidence, ReviewMeasure};
use super::panel::Panel;
use super::principle::Principle;
use super::rule::Rule;
use super::thresholds::thresholds;
use crate::error::Error;
use crate::health::{BacktestVerdict, BandStanding, HealthOf, Standings};
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
        /// So many days after it came a customer need not yet have a score.
        max_unscored_days: Whole(0, 3_660) = 60,
        /// The most days since the newest evidence of a customer.
        max_evidence_days: Whole(0, 3_660) = 60,
        /// The fewest actions that are open for a customer in the worst band.
        min_open_actions: Whole(1, 100) = 1,
        /// The most days for which a customer may be in the worst band without anybody beginning an action.
        max_ignored_days: Whole(1, 3_660) = 30,
    }
}

pub(crate) struct MonitorHealth;

/// What the monitoring of customers is seen by.
struct Monitoring<'a> {
    at: &'a MonitorHealthThresholds,
    day: Day,
    actions: &'a Actions,
    /// The other day that is looked at, and how customers stood then; nobody where nobody is in the worst band today.
    before: Day,
    earlier: Option<Standings>,
    /// Whether anybody has a score: where nobody has, what makes one is not kept, and no customer is seen less than others.
    is_any_scored: bool,
}

impl Rule for MonitorHealth {
    const PRINCIPLE: Principle = Principle::MonitorHealth;

    type Thresholds = MonitorHealthThresholds;

    fn assess<'a>(at: &MonitorHealthThresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error> {
        let Accounts { context, basis, day, ref actions, .. } = *panel.shared;
        let before = day.days_before(at.max_ignored_days + 1);
        let is_any_red = panel.accounts.iter().any(|account| account.health.is_worst());
        let earlier = is_any_red.then(|| panel.shared.earlier(before)).transpose()?;
        let is_any_scored = panel.accounts.iter().any(|account| account.health.score.is_some());
        let monitoring = Monitoring { at, day, actions, before, earlier, is_any_scored };
        let signals = Needed::table("signals");
        let of_red = if actions.are_kept { signals } else { Needed::table("actions") };
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Unmonitored, signals, |account| monitoring.unmonitored(account))?;
        assessment.ask(Check::StaleEvidence, signals, |account| monitoring.stale_evidence(account))?;
        assessment.ask(Check::RedWithoutAction, of_red, |account| monitoring.red_without_action(account))?;
        assessment.ask(Check::RedIgnored, of_red, |account| monitoring.red_ignored(account))?;
        assessment.tell(Check::UnvalidatedScore, validated(context, basis.validation, panel)?)?;
        Ok(assessment)
    }
}

impl Monitoring<'_> {
    /// Whether too little is known of a customer for a score.
    fn unmonitored(&self, account: &Account) -> Answer {
        if !self.is_any_scored {
            return Answer::Unknown;
        }
        let (days, most) = (account.age(self.day), self.at.max_unscored_days);
        Answer::finds_if(account.health.score.is_none() && days > most.into(), None, || {
            let HealthOf { coverage, min_coverage, .. } = account.health;
            [
                Evidence::at_least(ReviewMeasure::EvidenceCoverage, coverage, min_coverage),
                Evidence::at_most(ReviewMeasure::DaysAsCustomer, days as f64, most.into()),
            ]
        })
    }

    fn stale_evidence(&self, account: &Account) -> Answer {
        // Of whom there is none, it is not old.
        let Some(newest) = account.health.newest else { return Answer::NotAsked };
        let (days, most) = (self.day.days_after(newest), self.at.max_evidence_days);
        let evidence = || [Evidence::at_most(ReviewMeasure::DaysSinceEvidence, days as f64, most.into())];
        Answer::finds_if(days > most.into(), newest.days_later(most).next(), evidence)
    }

    /// Whether a customer is too new to have a score.
    fn is_too_new(&self, account: &Account) -> bool {
        account.health.band == BandStanding::Unknown && account.age(self.day) <= self.at.max_unscored_days.into()
    }

    fn red_without_action(&self, account: &Account) -> Answer {
        match account.health.band {
            BandStanding::Worst if self.actions.are_kept => {}
            _ if self.is_too_new(account) => return Answer::NotAsked,
            BandStanding::Worst | BandStanding::Unknown => return Answer::Unknown,
            _ => return Answer::NotAsked,
        }
        let (open, least) = (self.actions.open(account.customer), self.at.min_open_actions);
        Answer::finds_if(open < u64::from(least), None, || {
            let open = Evidence::at_least(ReviewMeasure::OpenActions, open as f64, least.into());
            std::iter::once(open).chain(score(ReviewMeasure::Score, account.health)).collect::<Vec<_>>()
        })
    }

    /// Whether nobody did anything from one day in the worst band to the other.
    fn red_ignored(&self, account: &Account) -> Answer {
        // Who came, or came back, between the two was nowhere on the first.
        if account.stay.since > self.before || self.is_too_new(account) {
            return Answer::NotAsked;
        }
        let earlier = self.earlier.as_ref().and_then(|earlier| earlier.get(account.customer)).unwrap_or_default();
        match (account.health.band, earlier.band) {
            (BandStanding::Worst, BandStanding::Worst) if self.actions.are_kept => {}
            (BandStanding::Worst, BandStanding::Worst | BandStanding::Unknown) | (BandStanding::Unknown, _) => {
                return Answer::Unknown;
            }
            _ => return Answer::NotAsked,
        }
        let open = self.actions.open(account.customer);
        let is_ignored = open == 0 && !self.actions.opened_after(account.customer, self.before);
        // On which of the days before the first it began, nobody asked.
        Answer::finds_if(is_ignored, None, || {
            let (days, most) = (self.day.days_after(self.before), self.at.max_ignored_days);
            let ignored = Evidence::at_most(ReviewMeasure::DaysIgnored, days as f64, most.into());
            let red_on = Evidence::day(ReviewMeasure::RedOn, self.before);
            let scores = score(ReviewMeasure::EarlierScore, earlier).chain(score(ReviewMeasure::Score, account.health));
            [ignored, red_on].into_iter().chain(scores).collect::<Vec<_>>()
        })
    }
}

fn score(measure: ReviewMeasure, health: HealthOf) -> impl Iterator<Item = Evidence> {
    health.score.map(|score| Evidence::number(measure, score)).into_iter()
}

/// Whether the score was held against what customers then did, by what the settings say or else by the practices of the company.
fn validated<'a>(context: &Context<'_>, told: Option<BacktestVerdict>, panel: &Panel<'a>) -> Result<Told<'a>, Error> {
    let found = match told {
        Some(told) => Some(told),
        None => {
            let facts = context.portfolio.facts(&Practice::SPEC, context.watch)?;
            let known = facts.as_deref().map(|facts| KnownFacts::of(facts, panel.shared.day));
            let Some(known) = known.filter(|known| known.is_kept_by(panel.shared.day)) else {
                return Ok(Told::lacks(panel.sum(), Needed::table("practices")));
            };
            practised(&known)
        }
    };
    let validation = match found {
        Some(BacktestVerdict::Better) => return Ok(Told::whole(panel.sum(), Vec::new())),
        Some(BacktestVerdict::NotShown) => ScoreValidation::NotShown,
        None => ScoreValidation::Never,
    };
    let evidence = [Some(Evidence::word(ReviewMeasure::Validation, validation.name()))];
    // Nobody knows how much of the MRR is at stake by a score that may be right.
    Ok(Told::whole(panel.sum(), vec![Claim::of_company(Vec::new(), evidence)]))
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
