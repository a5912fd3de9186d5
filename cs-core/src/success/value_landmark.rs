//! Whether customers who got value early stay longer than those who had not, compared from a landmark day on.

use std::sync::Arc;

use chrono::NaiveDate;

use super::milestones::{MILESTONE, Milestones};
use super::time_to_value::OfMilestone;
use super::ways::Way;
use crate::error::{Code, Error, Problem};
use crate::forecast::{Course, log_rank_test, summary_as_seen};
use crate::ledger::{Merge, UnitLine, Units};
use crate::period::Day;
use crate::portfolio::{MilestoneName, Portfolio};
use crate::query::{
    About, Arguments, Asked, Context, Errors, MANY_DAYS, Operation, Parameter, Query, Takes, as_seen_parameters,
};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Whether value came by a landmark day.
    ValueTiming {
        /// It had come by the close of that day.
        Early,
        /// It had not, whether it came later or never.
        Late,
    }
}

result_table! {
    /// Whether customers who got value early stay longer, a row for those who did and one for the others.
    pub struct ValueLandmark("value_landmark") of
    /// Those who got value by the landmark day, or the others.
    ValueLandmarkRow, built from Columns {
        /// Whether value had come by then.
        timing: ValueTiming as Choice<ValueTiming>,
        /// Customers who had paid without a break up to the close of their landmark day.
        customers: u64 as Count,
        /// Those of them who stopped paying within the horizon from there.
        events: u64 as Count,
        /// The share that pays longer than the horizon, from the landmark day on, by the estimator of Kaplan and Meier;
        /// absent where there is nobody, or nobody was seen so long.
        survival: Option<f64> as Ratio,
        /// The lower end of its interval at 95%, absent likewise.
        survival_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        survival_high: Option<f64> as Ratio,
        /// The mean days from the landmark day until a customer stops paying, or until the horizon; absent likewise.
        restricted_mean_days: Option<f64> as Ratio,
        /// How often two groups that do not differ are as far apart, or further, by the log-rank test; absent where one of
        /// them has nobody.
        p_value: Option<f64> as Ratio,
    }
}

const LANDMARK_DAYS: Parameter = Parameter::optional(
    "landmark_days",
    Takes::Count,
    "90",
    "The landmark day is so many days after the first on which a customer paid, from 1 to 3660.",
);
const HORIZON_DAYS: Parameter = Parameter::optional(
    "horizon_days",
    Takes::Count,
    "365",
    "How many days from the landmark day on are looked at, from 1 to 3660.",
);

/// What is asked: a day, what is value, by when, and how far is looked from there.
#[derive(Clone, Copy, Debug)]
pub struct OfLandmark {
    of: OfMilestone,
    landmark_days: u32,
    horizon_days: u32,
}

impl Asked for OfLandmark {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            of: OfMilestone::read(arguments)?,
            landmark_days: arguments.count(LANDMARK_DAYS.name)?,
            horizon_days: arguments.count(HORIZON_DAYS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.of.as_of()
    }
}

impl OfLandmark {
    fn check(&self) -> Result<(), Problem> {
        Problem::ensure_within(LANDMARK_DAYS.name, self.landmark_days, &MANY_DAYS)?;
        Problem::ensure_within(HORIZON_DAYS.name, self.horizon_days, &MANY_DAYS)
    }
}

impl Query<'_, ValueLandmark> {
    /// The milestone that is value to the customer; `first_value` by default.
    pub fn milestone(mut self, milestone: MilestoneName) -> Self {
        self.asked.of.milestone = milestone;
        self
    }

    /// How many days after its first one each customer's landmark day is; 90 by default.
    pub fn landmark_days(mut self, days: u32) -> Self {
        self.asked.landmark_days = days;
        self
    }

    /// How many days from the landmark day on are looked at; 365 by default.
    pub fn horizon_days(mut self, days: u32) -> Self {
        self.asked.horizon_days = days;
        self
    }
}

impl Portfolio {
    /// Whether customers who got value early stay longer than those who had not, by what was known at the close of a day.
    ///
    /// Each customer is looked at from a landmark day on, so many days after the first on which it paid, if it has paid
    /// without a break up to its close: what came by then says which group it is in, and only what came after it, up to
    /// the horizon, is compared. (To compare
    /// those who ever got value with those who never did would ask of the first that they stayed long enough for it.)
    /// It is not an experiment: who gets value early may differ in other ways.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, ValueTiming};
    ///
    /// let mut book = "contract_id,customer_id,start_date,end_date,mrr\n".to_owned();
    /// let mut milestones = "customer_id,milestone,reached_on\n".to_owned();
    /// for number in 0..20 {
    ///     let end = if number < 10 { String::new() } else { format!("2025-06-{}", number) };
    ///     book += &format!("c-{number},k-{number},2025-01-01,{end},100\n");
    ///     if number < 10 { milestones += &format!("k-{number},first_value,2025-02-01\n"); }
    /// }
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    /// let portfolio = Portfolio::from_csv(&book).milestones(&milestones).currency("USD").observed_until(day).load()?;
    /// let compared = portfolio.value_landmark(day).run()?;
    /// let rows: Vec<_> = compared.rows().map(|row| (row.timing, row.customers, row.survival)).collect();
    /// assert_eq!(rows, [(ValueTiming::Early, 10, Some(1.0)), (ValueTiming::Late, 10, Some(0.0))]);
    /// assert!(compared.rows().all(|row| row.p_value.unwrap() < 0.001));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn value_landmark(&self, as_of: NaiveDate) -> Query<'_, ValueLandmark> {
        Query::of(self, OfLandmark { of: OfMilestone::of(as_of), landmark_days: 90, horizon_days: 365 })
    }
}

/// Days from the landmark day on, and whether the customer left then: of those who got value by then, and of the others.
#[derive(Default)]
struct Stays([Vec<(u32, bool)>; 2]);

impl Merge for Stays {
    fn merge(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(ours, theirs)| ours.extend(theirs));
    }
}

impl Stays {
    /// Adds a customer who has paid up to the close of its landmark day; behind the horizon nobody is looked at.
    fn add(&mut self, way: &Way, &OfLandmark { landmark_days, horizon_days, .. }: &OfLandmark, day: Day) {
        let landmark = way.stay.first.days_later(landmark_days);
        if landmark > day || way.stay.left.is_some_and(|left| left <= landmark) {
            return;
        }
        let is_early = way.milestone.reached.is_some_and(|reached| reached <= landmark);
        let end = way.stay.left.unwrap_or(day);
        let days = u32::try_from(end.days_after(landmark)).unwrap_or_default();
        let [early, late] = &mut self.0;
        let has_left = way.stay.left.is_some() && days <= horizon_days;
        if is_early { early } else { late }.push((days.min(horizon_days), has_left));
    }
}

impl Operation for ValueLandmark {
    type Asked = OfLandmark;

    const ABOUT: About = About {
        doc: "Whether customers who got value early stay longer than those who had not.\n\n\
              It is told by what was known at the close of a day. Each customer is looked at from a landmark day on, so many days after the first on which it paid, if it has \
              paid without a break up to its close: what came by then says which group it is in, and only what came \
              after it, up to the horizon, is compared. It is not an experiment: who gets value early may differ in other \
              ways.",
        parameters: as_seen_parameters![MILESTONE, LANDMARK_DAYS, HORIZON_DAYS],
        rows: "A row for those who got value by their landmark day, and one for the others; nobody is in either where nothing is \
               known of the milestone, of any customer.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "J. R. Anderson, K. C. Cain and R. D. Gelber, Analysis of survival by tumor response, 1983.",
    };

    fn compute(asked: &OfLandmark, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        asked.check()?;
        let day = context.seen();
        let milestones = Milestones::of(context)?;
        let reached = milestones.reached(asked.of.milestone, day);
        let units = Units::of(context)?;
        let Stays(stays) = units.collect_all(day.next(), || {
            |all: &mut Stays, unit: UnitLine<'_>| {
                if let Some(way) = Way::to_kept(unit, &reached) {
                    all.add(&way, asked, day);
                }
            }
        })?;
        let courses = stays.map(|stays| Course::of_days(stays.into_iter()));
        let test = courses.iter().all(|course| !course.steps().is_empty()).then(|| log_rank_test(&courses).p_value);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (&timing, course) in ValueTiming::ALL.iter().zip(&courses) {
            columns.write(timing, course, asked.horizon_days, test);
        }
        Ok(columns.into_table(Vec::new(), units.priced.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, timing: ValueTiming, course: &Course, horizon_days: u32, p_value: Option<f64>) {
        let summary = summary_as_seen(course.steps(), horizon_days.into());
        let ends = summary.map(|summary| summary.interval());
        self.timing.push(timing);
        self.customers.push(course.subjects() as u64);
        self.events.push(course.events() as u64);
        self.survival.push(summary.map(|summary| summary.survival));
        self.survival_low.push(ends.map(|(low, _)| low));
        self.survival_high.push(ends.map(|(_, high)| high));
        self.restricted_mean_days.push(summary.map(|summary| summary.mean));
        self.p_value.push(p_value.ok_or(Reason::NothingToCompare));
    }
}
