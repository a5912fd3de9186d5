//! Improve time to value: the customer must feel value as early as possible.

use super::account::Account;
use super::check::{Check, Severity};
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::principle::Principle;
use super::rule::{Assessment, Claim, Needed, Outcome, Panel, Rule};
use super::thresholds::{share, thresholds};
use crate::error::Error;
use crate::forecast::{Course, incidences, log_rank_test};
use crate::period::Day;
use crate::portfolio::MilestoneName;
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
        let slower = ways.as_ref().map(|ways| slower(at, ways, day));
        let mut of_customers = vec![None; shared.context.portfolio.directory.names.len()];
        for (customer, way) in ways.iter().flatten() {
            if let Some(slot) = of_customers.get_mut(*customer as usize) {
                *slot = Some(*way);
            }
        }
        let way = |account: &Account| of_customers.get(account.customer as usize).copied().flatten();
        let new_since = day.months_before(at.new_months);
        let is_new = |account: &Account| account.stay.first > new_since;
        let recent: Vec<u32> = {
            let since = day.months_before(at.recent_months);
            let of = panel.accounts.iter().filter(|account| account.stay.first > since);
            let mut of: Vec<u32> = of.map(|account| account.customer).collect();
            crate::order::sort_by_key(&mut of, |&customer| customer.into());
            of
        };
        let term = |account: &Account| {
            let end = first_term_end(&shared.units, account.customer, account.stay.first)?;
            Some(end.days_after(account.stay.first))
        };
        let waits = |account: &Account, of: ValueState| match way(account) {
            None if is_new(account) => Outcome::Unknown,
            Some(way) if way.state == of => waited(at, way, term(account)),
            Some(_) if is_new(account) => Outcome::Passes,
            _ => Outcome::NotAsked,
        };
        let behind = |account: &Account| {
            let Some(way) = way(account).filter(|_| is_new(account)) else { return Outcome::NotAsked };
            let Some(due) = way.due else { return Outcome::Unknown };
            let days = way.reached.unwrap_or(day).days_after(due);
            let since = due.days_later(at.max_days_behind_plan).next();
            let most = at.max_days_behind_plan;
            let evidence = [Evidence::held(ReviewMeasure::DaysBehindPlan, days as f64, most.into())];
            Outcome::finds_if(days > most.into(), since, evidence)
        };
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Stuck, MILESTONES, |account| waits(account, ValueState::Waiting))?;
        assessment.ask(Check::LateValue, MILESTONES, |account| match (is_new(account), way(account)) {
            (true, _) => waits(account, ValueState::Reached),
            (false, _) => Outcome::NotAsked,
        })?;
        assessment.ask(Check::PromiseMissed, Needed::column("milestones", "due_on"), behind)?;
        let claim = |evidence| Claim {
            subject: Subject::Company,
            at_stake: recent,
            severity: Severity::Medium,
            since: None,
            evidence,
        };
        assessment.tell(
            Check::SlowerCohorts,
            slower.ok_or(MILESTONES).map(|evidence| evidence.map(claim).into_iter().collect()),
        );
        Ok(assessment)
    }
}

/// Whether a wait is too long, by its days and by the share of the term.
fn waited(at: &TimeToValueThresholds, way: WayToValue, term: Option<i64>) -> Outcome {
    let by_days = Evidence::held(ReviewMeasure::DaysToValue, way.days.into(), at.max_days.into());
    let most = share(at.max_share_of_term);
    let of_term = term.filter(|&term| term > 0).map(|term| f64::from(way.days) / term as f64);
    let by_term = of_term.map(|of_term| Evidence::held(ReviewMeasure::ShareOfTerm, of_term, most));
    let days_of_term = term.map(|term| (term as f64 * most) as u32);
    let is_late = way.days > at.max_days || of_term.is_some_and(|of_term| of_term > most);
    // Whichever comes first.
    let last = days_of_term.map_or(at.max_days, |days| days.min(at.max_days));
    let evidence: Vec<Evidence> = std::iter::once(by_days).chain(by_term).collect();
    Outcome::finds_if(is_late, way.first.days_later(last).next(), evidence)
}

/// What says that those who came lately wait longer than those before them; none where nothing does.
fn slower(at: &TimeToValueThresholds, ways: &[(u32, WayToValue)], day: Day) -> Option<Vec<Evidence>> {
    let (recent, before) = (day.months_before(at.recent_months), day.months_before(at.recent_months + at.new_months));
    let waits = |is_of: &dyn Fn(Day) -> bool| -> Vec<(u32, ValueState)> {
        ways.iter().filter(|(_, way)| is_of(way.first)).map(|(_, way)| (way.days, way.state)).collect()
    };
    let groups = [waits(&|first| first > recent), waits(&|first| before < first && first <= recent)];
    if groups.iter().any(|group| group.len() < at.min_customers as usize) {
        return None;
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
        return None;
    }
    let days = |measure, days: Option<f64>| days.map(|days| Evidence::number(measure, days));
    let evidence = [
        Some(Evidence::held(ReviewMeasure::ValueShare, late, early)),
        days(ReviewMeasure::MedianDays, median),
        days(ReviewMeasure::EarlierMedianDays, earlier_median),
        Some(Evidence::held(ReviewMeasure::PValue, p_value, share(at.max_p_value))),
    ];
    Some(evidence.into_iter().flatten().collect())
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
