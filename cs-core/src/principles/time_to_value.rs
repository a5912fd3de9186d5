//! Improve time to value: the customer must feel value as early as possible.

use super::account::{Account, Accounts};
use super::answer::{Answer, Claim, Needed, Told};
use super::assessment::Assessment;
use super::check::Check;
use super::customers::Sum;
use super::finding::{Evidence, ReviewMeasure};
use super::panel::Panel;
use super::principle::Principle;
use super::rule::Rule;
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
        /// It asks of customers who came within so many months, and of all who still wait.
        new_months: Whole(1, 120) = 12,
        /// The most days to value.
        max_days: Whole(1, 3_660) = 90,
        /// The largest share of the first term that is spent without value.
        max_share_of_term: Upto(1) = 250_000,
        /// The most days behind what was promised.
        max_days_behind_plan: Whole(0, 3_660) = 30,
        /// Customers who came within so many months are compared with those who came before them.
        recent_months: Whole(1, 60) = 6,
        /// Cohorts of at least so many customers are compared.
        min_customers: Whole(2, 1_000_000) = 20,
        /// The largest probability that a difference as large comes by chance.
        max_p_value: Upto(1) = 50_000,
    }
}

pub(crate) struct TimeToValue;

const MILESTONES: Needed = Needed::column("milestones", "first_value");

/// How far customers have come on the way to value.
struct Progress<'a> {
    at: &'a TimeToValueThresholds,
    shared: &'a Accounts<'a>,
    /// Of all who have ever paid; none where nothing is known of the milestone.
    ways: Option<&'a [(u32, WayToValue)]>,
    /// By the customer's position among all.
    of_customers: Vec<Option<WayToValue>>,
    /// Who began after this day is new.
    new_since: Day,
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

impl Rule for TimeToValue {
    const PRINCIPLE: Principle = Principle::TimeToValue;

    type Thresholds = TimeToValueThresholds;

    fn assess<'a>(at: &TimeToValueThresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error> {
        let shared = panel.shared;
        let ways = ways_to_value(&shared.units, shared.context, MilestoneName::FirstValue, shared.day)?;
        let mut of_customers = vec![None; shared.customers()];
        for (customer, way) in ways.iter().flatten() {
            if let Some(slot) = of_customers.get_mut(*customer as usize) {
                *slot = Some(*way);
            }
        }
        let new_since = shared.day.months_before(at.new_months);
        let progress = Progress { at, shared, ways: ways.as_deref(), of_customers, new_since };
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::Stuck, MILESTONES, |account| progress.stuck(account))?;
        assessment.ask(Check::LateValue, MILESTONES, |account| progress.late_value(account))?;
        let promises = Needed::column("milestones", "due_on");
        assessment.ask(Check::PromiseMissed, promises, |account| progress.promise_missed(account))?;
        assessment.tell(Check::SlowerCohorts, progress.slower(panel))?;
        Ok(assessment)
    }
}

impl Progress<'_> {
    /// Whether a customer still waits, and for too long.
    fn stuck(&self, account: &Account) -> Answer {
        match self.wait(account) {
            // Where nobody knows who has value, anybody may wait.
            None => Answer::Unknown,
            Some(wait) if wait.reached.is_none() => self.waited(account, wait),
            Some(wait) if self.is_asked(wait) => Answer::Passes,
            Some(_) => Answer::NotAsked,
        }
    }

    /// Whether a customer has value, and waited too long for it.
    fn late_value(&self, account: &Account) -> Answer {
        match self.wait(account) {
            None if self.is_new(account.stay.since) => Answer::Unknown,
            Some(wait) if self.is_asked(wait) && wait.reached.is_some() => self.waited(account, wait),
            Some(wait) if self.is_asked(wait) => Answer::Passes,
            _ => Answer::NotAsked,
        }
    }

    /// Whether value came later than was promised, or has not come yet.
    fn promise_missed(&self, account: &Account) -> Answer {
        let Some(wait) = self.wait(account) else {
            return if self.is_new(account.stay.since) { Answer::Unknown } else { Answer::NotAsked };
        };
        if !wait.is_first || !self.is_new(wait.start) && wait.reached.is_some() {
            return Answer::NotAsked;
        }
        let Some(due) = wait.due else { return Answer::Unknown };
        let (days, most) = (wait.reached.unwrap_or(self.shared.day).days_after(due), self.at.max_days_behind_plan);
        let evidence = || [Evidence::at_most(ReviewMeasure::DaysBehindPlan, days as f64, most.into())];
        Answer::finds_if(days > most.into(), due.days_later(most).next(), evidence)
    }

    fn is_new(&self, start: Day) -> bool {
        start > self.new_since
    }

    /// Whether a customer is new that did not have value when it came back.
    fn is_asked(&self, wait: Wait) -> bool {
        self.is_new(wait.start) && wait.reached.is_none_or(|reached| wait.is_first || reached >= wait.start)
    }

    /// None where nothing is known of the milestone.
    fn wait(&self, account: &Account) -> Option<Wait> {
        let way = self.of_customers.get(account.customer as usize).copied().flatten()?;
        let is_first = way.state != ValueState::Churned;
        let start = if is_first { way.first } else { account.stay.since };
        let until = way.milestone.unwrap_or(self.shared.day).days_after(start);
        let days = u32::try_from(until).unwrap_or_default();
        Some(Wait { start, is_first, reached: way.milestone, due: way.due, days })
    }

    /// Whether a wait is too long, by its days and by the share of the term.
    fn waited(&self, account: &Account, wait: Wait) -> Answer {
        let at = self.at;
        // Who came back has begun another term, of which nobody asks here.
        let end = first_term_end(&self.shared.units, account.customer, wait.start).filter(|_| wait.is_first);
        let term = end.map(|end| end.days_after(wait.start)).filter(|&term| term > 0);
        // The last day of the term that is acceptable, exactly; a term is far from where this would not fit.
        let of_term = term.map(|term| term * i64::from(at.max_share_of_term) / i64::from(ONE));
        let of_term = of_term.map(|days| u32::try_from(days).unwrap_or(u32::MAX));
        // Whichever comes first.
        let last = of_term.map_or(at.max_days, |days| days.min(at.max_days));
        Answer::finds_if(wait.days > last, wait.start.days_later(last).next(), || {
            let by_days = Evidence::at_most(ReviewMeasure::DaysToValue, wait.days.into(), at.max_days.into());
            let by_term = |term: i64| {
                let of_term = f64::from(wait.days) / term as f64;
                Evidence::at_most(ReviewMeasure::ShareOfTerm, of_term, share(at.max_share_of_term))
            };
            std::iter::once(by_days).chain(term.map(by_term)).collect::<Vec<_>>()
        })
    }

    /// Whether those who came lately wait longer than those before them.
    fn slower<'p>(&self, panel: &Panel<'p>) -> Told<'p> {
        let (at, day) = (self.at, self.shared.day);
        let recent = day.months_before(at.recent_months);
        let before = day.months_before(at.recent_months + at.new_months);
        let came_lately = panel.those(|account| account.stay.first > recent);
        let asked = Sum::of(came_lately.iter().copied());
        let Some(ways) = self.ways else { return Told::lacks(asked, MILESTONES) };
        let cohort = |is_of: &dyn Fn(Day) -> bool| {
            Cohort(ways.iter().map(|(_, way)| *way).filter(|way| is_of(way.first)).collect())
        };
        let recent = cohort(&|first| first > recent);
        let earlier = cohort(&|first| before < first && first <= day.months_before(at.recent_months));
        if [&recent, &earlier].iter().any(|cohort| cohort.0.len() < at.min_customers as usize) {
            return Told::lacks(asked, Needed::customers());
        }
        if [&recent, &earlier].iter().any(|cohort| !cohort.was_watched_for(at.max_days)) {
            return Told::lacks(asked, Needed::time());
        }
        let p_value =
            log_rank_test(&[&recent, &earlier].map(|cohort| cohort.course(|state| state == ValueState::Reached)))
                .p_value;
        let [(late, median), (early, earlier_median)] =
            [&recent, &earlier].map(|cohort| cohort.by_then(at.max_days.into()));
        if late >= early || p_value > share(at.max_p_value) {
            return Told::whole(asked, Vec::new());
        }
        let days = |measure, days: Option<f64>| days.map(|days| Evidence::number(measure, days));
        let evidence = [
            Some(Evidence::number(ReviewMeasure::ValueShare, late)),
            Some(Evidence::number(ReviewMeasure::EarlierValueShare, early)),
            days(ReviewMeasure::MedianDays, median),
            days(ReviewMeasure::EarlierMedianDays, earlier_median),
            Some(Evidence::at_most(ReviewMeasure::PValue, p_value, share(at.max_p_value))),
        ];
        Told::whole(asked, vec![Claim::of_company(came_lately, evidence)])
    }
}

/// Customers who came in the same months.
struct Cohort(Vec<WayToValue>);

impl Cohort {
    fn course(&self, is_event: impl Fn(ValueState) -> bool) -> Course {
        Course::of_days(self.0.iter().map(|way| (way.days, is_event(way.state))))
    }

    /// Whether anybody was for so many days, or nobody still waits.
    fn was_watched_for(&self, days: u32) -> bool {
        let is_over = self.0.iter().all(|way| way.state != ValueState::Waiting);
        is_over || self.0.iter().any(|way| way.days >= days)
    }

    /// The share that has got value after so many days, and the number of days after which half has.
    fn by_then(&self, days: f64) -> (f64, Option<f64>) {
        let any = self.course(|state| state != ValueState::Waiting);
        let own = self.course(|state| state == ValueState::Reached);
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
}
