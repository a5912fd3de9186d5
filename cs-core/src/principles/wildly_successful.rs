//! Customers expect you to make them wildly successful: what success is to them, whether they get there, and how it feels.

use std::sync::Arc;

use super::account::{Account, Accounts};
use super::answer::{Answer, Needed};
use super::assessment::Assessment;
use super::check::Check;
use super::finding::{Evidence, ReviewMeasure};
use super::panel::Panel;
use super::principle::Principle;
use super::rule::Rule;
use super::thresholds::{is_below, share, thresholds};
use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Facts, KnownColumn, KnownFacts, Outcome};
use crate::success::last_and_lowest;
use crate::table::{Nullable, Texts};

thresholds! {
    /// The last values of success that are acceptable.
    WildlySuccessfulThresholds {
        /// So many days after it came success need not yet be defined with a customer.
        max_undefined_days: Whole(0, 3_660) = 60,
        /// A path is judged once this share of its time is over.
        min_time_spent: Upto(1) = 250_000,
        /// The smallest progress, as a share of the share of the time that is over.
        min_pace: Upto(1) = 700_000,
        /// The most days that an outcome may be overdue.
        max_days_overdue: Whole(0, 3_660) = 30,
        /// The lowest experience that is acceptable, from 0 to 10.
        min_experience: Upto(10) = 5_000_000,
        /// A customer is content from this experience on.
        content_experience: Upto(10) = 7_000_000,
        /// An experience counts for so many days after it was observed.
        max_age_days: Whole(1, 3_660) = 180,
    }
}

pub(crate) struct WildlySuccessful;

/// The outcomes that customers want to reach, as they were known at the close of a day.
struct Outcomes<'a> {
    at: &'a WildlySuccessfulThresholds,
    day: Day,
    known: Option<Known<'a>>,
    /// Whether any was known to be achieved: where none was, nobody knows whether that is kept.
    are_achieved_kept: bool,
}

struct Known<'a> {
    facts: KnownFacts<'a>,
    ids: Option<KnownColumn<'a, Texts>>,
    measure: Option<KnownColumn<'a, Texts>>,
    numbers: [Option<KnownColumn<'a, Nullable<f64>>>; 3],
    agreed: Option<KnownColumn<'a, Nullable<Day>>>,
    by_customer: Option<KnownColumn<'a, Nullable<bool>>>,
    due: Option<KnownColumn<'a, Nullable<Day>>>,
    observed: Option<KnownColumn<'a, Nullable<Day>>>,
    achieved: Option<KnownColumn<'a, Nullable<Day>>>,
    experience: Option<KnownColumn<'a, Nullable<f64>>>,
}

/// How far an outcome has come.
#[derive(Debug, Default)]
struct Path {
    /// By how much of the way it is behind the time that is over.
    gap: f64,
    /// Whether that is too far.
    is_off: bool,
    since: Option<Day>,
    evidence: Vec<Evidence>,
}

const OUTCOMES: Needed = Needed::table("outcomes");

impl Rule for WildlySuccessful {
    const PRINCIPLE: Principle = Principle::WildlySuccessful;

    type Thresholds = WildlySuccessfulThresholds;

    fn assess<'a>(at: &WildlySuccessfulThresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error> {
        let Accounts { context, day, .. } = *panel.shared;
        let table = context.portfolio.facts(&Outcome::SPEC, context.watch)?;
        let outcomes = Outcomes::of(at, table.as_ref(), day);
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::UndefinedSuccess, OUTCOMES, |account| outcomes.undefined(account))?;
        let path = Needed::column("outcomes", "current");
        assessment.ask(Check::OffPath, path, |account| outcomes.off_path(account))?;
        let experience = Needed::column("outcomes", "experience");
        assessment.ask(Check::PoorExperience, experience, |account| outcomes.poor_experience(account))?;
        assessment.ask(Check::PleasantButUnmet, experience, |account| outcomes.pleasant_but_unmet(account))?;
        assessment
            .ask(Check::Achieved, Needed::column("outcomes", "achieved_on"), |account| outcomes.achieved(account))?;
        Ok(assessment)
    }
}

fn day_of(column: &Option<KnownColumn<'_, Nullable<Day>>>, row: usize) -> Option<Day> {
    column.as_ref().and_then(|days| days.get(row))
}

impl<'a> Outcomes<'a> {
    fn of(at: &'a WildlySuccessfulThresholds, table: Option<&'a Arc<Facts>>, day: Day) -> Self {
        let known = table.map(|facts| {
            let facts = KnownFacts::of(facts, day);
            Known {
                ids: facts.texts("outcome_id"),
                measure: facts.texts("measure"),
                numbers: ["baseline", "current", "target"].map(|name| facts.numbers(name)),
                agreed: facts.days("agreed_on"),
                by_customer: facts.flags("agreed_by_customer"),
                due: facts.days("due_on"),
                observed: facts.days("observed_on"),
                achieved: facts.days("achieved_on"),
                experience: facts.numbers("experience"),
                facts,
            }
        });
        // A table without a row that was known by then is none.
        let known = known.filter(|known| known.facts.is_kept_by(day));
        let are_achieved_kept = known.as_ref().is_some_and(|Known { facts, achieved, .. }| {
            (0..facts.rows()).any(|row| facts.knows(row) && day_of(achieved, row).is_some())
        });
        Self { at, day, known, are_achieved_kept }
    }

    fn rows(&self, customer: u32) -> impl Iterator<Item = (&Known<'a>, usize)> + Clone {
        self.known.iter().flat_map(move |known| {
            let rows = known.facts.places(customer).map(|place| known.facts.row(place));
            rows.filter(|&row| known.facts.knows(row)).map(move |row| (known, row))
        })
    }

    /// Those of a customer that it did not refuse.
    fn agreed(&self, customer: u32) -> impl Iterator<Item = (&Known<'a>, usize)> + Clone {
        self.rows(customer)
            .filter(|(known, row)| known.by_customer.as_ref().and_then(|flags| flags.get(*row)).unwrap_or(true))
    }

    /// Whether an outcome that the customer agreed to is on record.
    fn undefined(&self, account: &Account) -> Answer {
        if self.known.is_none() {
            return Answer::Unknown;
        }
        let (days, most) = (account.age(self.day), self.at.max_undefined_days);
        let is_undefined = days > most.into() && self.agreed(account.customer).next().is_none();
        let evidence = || [Evidence::at_most(ReviewMeasure::DaysAsCustomer, days as f64, most.into())];
        Answer::finds_if(is_undefined, account.stay.first.days_later(most).next(), evidence)
    }

    /// The outcome of a customer that is farthest behind the time that is over, if any of them can be judged.
    fn off_path(&self, account: &Account) -> Answer {
        let mut agreed = self.agreed(account.customer).peekable();
        if self.known.is_some() && agreed.peek().is_none() {
            // With whom nothing was agreed, nobody is on a path.
            return Answer::NotAsked;
        }
        let mut is_judged = false;
        let mut worst: Option<Path> = None;
        for (known, row) in agreed {
            if day_of(&known.achieved, row).is_some() {
                is_judged = true;
                continue;
            }
            let Some(path) = self.path(known, row) else { continue };
            is_judged = true;
            if path.is_off && worst.as_ref().is_none_or(|worst| path.gap > worst.gap) {
                worst = Some(path);
            }
        }
        match worst {
            Some(path) => Answer::finds(path.since, path.evidence),
            None if is_judged => Answer::Passes,
            None => Answer::Unknown,
        }
    }

    /// How far an outcome has come; none where that is not known.
    fn path(&self, known: &Known<'_>, row: usize) -> Option<Path> {
        let [baseline, current, target] = known.numbers.each_ref().map(|column| column.as_ref()?.get(row));
        let (agreed, due) = (day_of(&known.agreed, row)?, day_of(&known.due, row)?);
        let progress = (current? - baseline?) / (target? - baseline?);
        let whole = due.days_after(agreed);
        if !progress.is_finite() || whole <= 0 {
            return None;
        }
        let (spent, overdue) = (self.day.days_after(agreed) as f64 / whole as f64, self.day.days_after(due));
        if spent < share(self.at.min_time_spent) {
            // It is too early to tell, which is no fault.
            return Some(Path::default());
        }
        let most = self.at.max_days_overdue;
        let is_overdue = overdue > most.into();
        // What is overdue for too long has to be there.
        let least = if is_overdue { 1.0 } else { share(self.at.min_pace) * spent.min(1.0) };
        let name = known.measure.as_ref().and_then(|texts| texts.get(row));
        let name = name.or_else(|| known.ids.as_ref().and_then(|texts| texts.get(row)));
        let evidence = [
            name.map(|name| Evidence::text(ReviewMeasure::Outcome, name)),
            Some(Evidence::at_least(ReviewMeasure::Progress, progress, least)),
            Some(Evidence::number(ReviewMeasure::TimeSpent, spent)),
            (overdue > 0).then(|| Evidence::at_most(ReviewMeasure::DaysOverdue, overdue as f64, most.into())),
        ];
        Some(Path {
            gap: spent.min(1.0) - progress,
            is_off: is_below(progress, least),
            since: is_overdue.then(|| due.days_later(most).next()),
            evidence: evidence.into_iter().flatten().collect(),
        })
    }

    /// How it last felt to a customer to be on the way.
    fn experience(&self, account: &Account) -> Option<f64> {
        let oldest = self.day.days_before(self.at.max_age_days);
        last_and_lowest(self.rows(account.customer).filter_map(|(known, row)| {
            let observed = day_of(&known.observed, row).filter(|&day| day >= oldest)?;
            Some((observed, known.experience.as_ref()?.get(row)?))
        }))
    }

    fn poor_experience(&self, account: &Account) -> Answer {
        if self.known.is_some() && self.rows(account.customer).next().is_none() {
            return Answer::NotAsked;
        }
        let Some(experience) = self.experience(account) else { return Answer::Unknown };
        let least = share(self.at.min_experience);
        let evidence = || [Evidence::at_least(ReviewMeasure::Experience, experience, least)];
        Answer::finds_if(experience < least, None, evidence)
    }

    /// A customer that is content and does not get what it wants: emotional value before functional value.
    fn pleasant_but_unmet(&self, account: &Account) -> Answer {
        let grounds = match self.off_path(account) {
            Answer::Finds(grounds) => grounds,
            Answer::Unknown => return Answer::Unknown,
            Answer::Passes | Answer::NotAsked => return Answer::NotAsked,
        };
        let Some(experience) = self.experience(account) else { return Answer::Unknown };
        Answer::finds_if(self.is_content(experience), grounds.since, || {
            let felt = Evidence::number(ReviewMeasure::Experience, experience);
            grounds.evidence.into_iter().chain([felt]).collect::<Vec<_>>()
        })
    }

    /// Whether a customer has reached all that it wanted, and is content.
    fn achieved(&self, account: &Account) -> Answer {
        if !self.are_achieved_kept {
            return Answer::Unknown;
        }
        let rows = self.agreed(account.customer);
        let achieved: Vec<Option<Day>> = rows.map(|(known, row)| day_of(&known.achieved, row)).collect();
        if achieved.is_empty() {
            return Answer::NotAsked;
        }
        let last = achieved.iter().copied().collect::<Option<Vec<Day>>>().and_then(|days| days.into_iter().max());
        let experience = self.experience(account);
        let is_content = experience.is_none_or(|experience| self.is_content(experience));
        Answer::finds_if(last.is_some() && is_content && !account.health.is_worst(), last, || {
            let told = [(ReviewMeasure::Experience, experience), (ReviewMeasure::Score, account.health.score)];
            let told = told.into_iter().filter_map(|(measure, number)| Some(Evidence::number(measure, number?)));
            told.collect::<Vec<_>>()
        })
    }

    fn is_content(&self, experience: f64) -> bool {
        experience >= share(self.at.content_experience)
    }
}
