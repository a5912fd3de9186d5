//! Improve time to value: the customer must feel value as early as possible.

use super::account::Account;
use super::check::{Check, Severity};
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::principle::Principle;
use super::rule::{Assessment, Claim, Needed, Outcome, Panel, Rule, Told};
use super::thresholds::{share, thresholds};
use crate::error::Error;
use crate::forecast::{Course, incidences, log_rank_test};
use crate::period::Day;
use crate::portfolio::MilestoneName;
use crate::query::ONE;
use crate::renewal::first_term_end;
use crate::success::{ValueState, WayToValue, ways_to_value};

thresholds! {
    /// The last values that are acceptable on the way to value.
    TimeToValueThresholds {
        /// Customers who came within so many months are asked of, and all who still wait.
        new_months: Whole(1, 120) = 12,
        /// Days to value.
        max_days: Whole(1, 3_660) = 90,
        /// The share of the first term that is spent without value.
        max_share_of_term: Upto(1) = 250_000,
        /// Days behind the plan.
        max_days_behind_plan: Whole(0, 3_660) = 30,
        /// Those who came within so many months are compared with those before them.
        recent_months: Whole(1, 60) = 6,
        /// Both have at least so many customers.
        min_customers: Whole(2, 1_000_000) = 20,
        /// As much as is found may be chance this often.
        max_p_value: Upto(1) = 50_000,
    }
}

pub(crate) struct TimeToValue;

const MILESTONES: Needed = Needed::column("milestones", "first_value");

impl Rule for TimeToValue {
    const PRINCIPLE: Principle = Principle::TimeToValue;

    type Thresholds = TimeToValueThresholds;

    fn assess<'a>(at: &TimeToValueThresholds, panel: Panel<'a>) -> Result<Assessment<'a>, Error> {
        let (shared, day) = (panel.shared, panel.shared.day);
        let ways = ways_to_value(&shared.units, shared.context, MilestoneName::FirstValue, day)?;
        let recent = day.months_before(at.recent_months);
        let came_lately = panel.accounts.iter().filter(|account| account.stay.first > recent);
        let at_stake: Vec<u32> = came_lately.map(|account| account.customer).collect();
        let slower = ways.as_ref().map_or(Told::Lacks(MILESTONES), |ways| slower(at, ways, day, at_stake));
        let mut of_customers = vec![None; shared.context.portfolio.directory.names.len()];
        for (customer, way) in ways.iter().flatten() {
            if let Some(slot) = of_customers.get_mut(*customer as usize) {
                *slot = Some(*way);
            }
        }
        let wait = |account: &Account| {
            let way = of_customers.get(account.customer as usize).copied().flatten();
            way.map(|way: WayToValue| Wait::of(way, account, day))
        };
        let new_since = day.months_before(at.new_months);
        let is_new = |account: &Account| account.stay.since > new_since;
        let term = |account: &Account, wait: Wait| {
            // Who came back has begun another term, of which nobody asks here.
            let end = first_term_end(&shared.units, account.customer, wait.start).filter(|_| wait.is_first)?;
            Some(end.days_after(wait.start)).filter(|&term| term > 0)
        };
        let behind = |account: &Account| {
            let Some(wait) = wait(account) else {
                return if is_new(account) { Outcome::Unknown } else { Outcome::NotAsked };
            };
            if !wait.is_first || !is_new(account) && wait.reached.is_some() {
                return Outcome::NotAsked;
            }
            let Some(due) = wait.due else { return Outcome::Unknown };
            let (days, most) = (wait.reached.unwrap_or(day).days_after(due), at.max_days_behind_plan);
            let evidence = [Evidence::held(ReviewMeasure::DaysBehindPlan, days as f64, most.into())];
            Outcome::finds_if(days > most.into(), due.days_later(most).next(), evidence)
        };
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Stuck, MILESTONES, |account| match wait(account) {
            None if is_new(account) => Outcome::Unknown,
            Some(wait) if wait.reached.is_none() => waited(at, wait, term(account, wait)),
            Some(_) if is_new(account) => Outcome::Passes,
            _ => Outcome::NotAsked,
        })?;
        assessment.ask(Check::LateValue, MILESTONES, |account| match wait(account) {
            _ if !is_new(account) => Outcome::NotAsked,
            None => Outcome::Unknown,
            Some(wait) if wait.reached.is_some() => waited(at, wait, term(account, wait)),
            Some(_) => Outcome::Passes,
        })?;
        assessment.ask(Check::PromiseMissed, Needed::column("milestones", "due_on"), behind)?;
        assessment.tell(Check::SlowerCohorts, slower);
        Ok(assessment)
    }
}

/// How long a customer who pays has waited for value.
#[derive(Clone, Copy, Debug)]
struct Wait {
    /// The first day of the run in which it waits: of its first, unless it left without value and came back.
    start: Day,
    is_first: bool,
    reached: Option<Day>,
    due: Option<Day>,
    days: u32,
}

impl Wait {
    fn of(way: WayToValue, account: &Account, day: Day) -> Self {
        let is_first = way.state != ValueState::Churned;
        let start = if is_first { way.first } else { account.stay.since };
        let until = way.milestone.unwrap_or(day).days_after(start);
        let days = u32::try_from(until).unwrap_or_default();
        Self { start, is_first, reached: way.milestone, due: way.due, days }
    }
}

/// Whether a wait is too long, by its days and by the share of the term.
fn waited(at: &TimeToValueThresholds, wait: Wait, term: Option<i64>) -> Outcome {
    let by_days = Evidence::held(ReviewMeasure::DaysToValue, wait.days.into(), at.max_days.into());
    let by_term = |term: i64| {
        let of_term = f64::from(wait.days) / term as f64;
        Evidence::held(ReviewMeasure::ShareOfTerm, of_term, share(at.max_share_of_term))
    };
    // The last day of the term that is acceptable, exactly; a term is far from where this would not fit.
    let of_term = term.map(|term| term * i64::from(at.max_share_of_term) / i64::from(ONE));
    let of_term = of_term.map(|days| u32::try_from(days).unwrap_or(u32::MAX));
    // Whichever comes first.
    let last = of_term.map_or(at.max_days, |days| days.min(at.max_days));
    let evidence: Vec<Evidence> = std::iter::once(by_days).chain(term.map(by_term)).collect();
    Outcome::finds_if(wait.days > last, wait.start.days_later(last).next(), evidence)
}

/// Whether those who came lately wait longer than those before them.
fn slower(at: &TimeToValueThresholds, ways: &[(u32, WayToValue)], day: Day, at_stake: Vec<u32>) -> Told {
    let (recent, before) = (day.months_before(at.recent_months), day.months_before(at.recent_months + at.new_months));
    let waits = |is_of: &dyn Fn(Day) -> bool| -> Vec<(u32, ValueState)> {
        ways.iter().filter(|(_, way)| is_of(way.first)).map(|(_, way)| (way.days, way.state)).collect()
    };
    let groups = [waits(&|first| first > recent), waits(&|first| before < first && first <= recent)];
    if groups.iter().any(|group| group.len() < at.min_customers as usize) {
        return Told::Lacks(Needed::customers());
    }
    let course = |group: &[(u32, ValueState)], is_event: fn(ValueState) -> bool| {
        Course::of_days(group.iter().map(|&(days, state)| (days, is_event(state))))
    };
    let reached = groups.each_ref().map(|group| course(group, |state| state == ValueState::Reached));
    let any = groups.each_ref().map(|group| course(group, |state| state != ValueState::Waiting));
    let [(late, median), (early, earlier_median)] = [0, 1].map(|position: usize| {
        let both = any.get(position).zip(reached.get(position));
        both.map_or((0.0, None), |(any, own)| by_then(any, own, at.max_days.into()))
    });
    let p_value = log_rank_test(&reached).p_value;
    if late >= early || p_value > share(at.max_p_value) {
        return Told::Claims(Vec::new());
    }
    let days = |measure, days: Option<f64>| days.map(|days| Evidence::number(measure, days));
    let evidence = [
        Some(Evidence::held(ReviewMeasure::ValueShare, late, early)),
        days(ReviewMeasure::MedianDays, median),
        days(ReviewMeasure::EarlierMedianDays, earlier_median),
        Some(Evidence::held(ReviewMeasure::PValue, p_value, share(at.max_p_value))),
    ];
    Told::Claims(vec![Claim {
        subject: Subject::Company,
        at_stake,
        severity: Severity::Medium,
        since: None,
        evidence: evidence.into_iter().flatten().collect(),
    }])
}

/// The share that has got value after so many days, and the number of days after which half has.
fn by_then(any: &Course, own: &Course, days: f64) -> (f64, Option<f64>) {
    let (mut share, mut median) = (0.0, None);
    for incidence in incidences(any.steps(), own.steps()) {
        if incidence.step.time <= days {
            share = incidence.share;
        }
        if incidence.share >= 0.5 && median.is_none() {
            median = Some(incidence.step.time);
        }
    }
    (share, median)
}
