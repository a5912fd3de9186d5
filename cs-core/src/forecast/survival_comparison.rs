//! Whether the customers of a group stay as long as all others.

use std::sync::Arc;

use chrono::NaiveDate;

use super::course::{Counts, Course};
use super::estimate::{Summary, summary_as_seen};
use super::false_discovery::q_values;
use super::log_rank_test::log_rank_test;
use crate::error::{Code, Error, Problem};
use crate::float::{sqrt, wilson};
use crate::ledger::{Collected, Merge, PerGroup, UnitLine, Units};
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, AsOf, Asked, CUSTOMERS_BY, Context, Errors, Grouped, MANY_DAYS, Operation, Parameter, Query,
    Takes, as_seen_parameters,
};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Whether the customers of each group stay as long as all others, a row for each group.
    pub struct SurvivalComparison("survival_comparison") of
    /// A group beside the rest.
    SurvivalComparisonRow, built from Columns {
        /// Customers of the group who have ever paid.
        customers: u64 as Count,
        /// Those of them who stopped paying within the horizon, for the first time.
        events: u64 as Count,
        /// The share that pays longer than the horizon, by the estimator of Kaplan and Meier; absent where there is nobody, or
        /// nobody was seen so long.
        survival: Option<f64> as Ratio,
        /// The lower end of its interval at 95%, absent likewise.
        survival_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        survival_high: Option<f64> as Ratio,
        /// The mean days until a customer stops paying, or until the horizon; absent likewise.
        restricted_mean_days: Option<f64> as Ratio,
        /// All other customers who have ever paid.
        rest_customers: u64 as Count,
        /// Those of them who stopped paying within the horizon.
        rest_events: u64 as Count,
        /// The share of these that pays longer than the horizon; absent where there is nobody, or nobody was seen so long.
        rest_survival: Option<f64> as Ratio,
        /// Their mean days until they stop paying, or until the horizon; absent likewise.
        rest_restricted_mean_days: Option<f64> as Ratio,
        /// `survival - rest_survival`: below 0, the group leaves earlier; absent where either is.
        difference: Option<f64> as Ratio,
        /// The lower end of its interval at 95%, made of those of both, where nobody left, or all did, by that of E. B. Wilson;
        /// absent likewise.
        difference_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        difference_high: Option<f64> as Ratio,
        /// How often a group and a rest that do not differ are as far apart up to the horizon, or further, by the log-rank
        /// test; absent where either has fewer than `min_customers`.
        p_value: Option<f64> as Ratio,
        /// The same corrected for how many groups were tested, after Y. Benjamini and Y. Hochberg: who names all groups of a
        /// `q_value` up to 0.05 is to expect that at most 5% of these do not differ; absent likewise.
        q_value: Option<f64> as Ratio,
    }
}

const HORIZON_DAYS: Parameter = Parameter::optional(
    "horizon_days",
    Takes::Count,
    "365",
    "How many days from the first on which each customer paid are looked at, from 1 to 3660. Contracts of a year end after 365 days \
     or 366: beyond both, customers are compared, and not calendars.",
);
const MIN_CUSTOMERS: Parameter = Parameter::optional(
    "min_customers",
    Takes::Count,
    "20",
    "A group is tested if it and the rest have at least so many customers, from 1.",
);

/// What is asked: from which day, how far, and of whom nothing is said.
#[derive(Clone, Copy, Debug)]
pub struct OfSurvivalComparison {
    as_of: AsOf,
    horizon_days: u32,
    min_customers: u32,
}

impl Asked for OfSurvivalComparison {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            horizon_days: arguments.count(HORIZON_DAYS.name)?,
            min_customers: arguments.count(MIN_CUSTOMERS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, SurvivalComparison> {
    /// How many days from the first on which each customer paid are looked at; 365 by default.
    pub fn horizon_days(mut self, days: u32) -> Self {
        self.asked.horizon_days = days;
        self
    }

    /// A group is tested if it and the rest have at least so many customers; 20 by default.
    pub fn min_customers(mut self, customers: u32) -> Self {
        self.asked.min_customers = customers;
        self
    }
}

impl Portfolio {
    /// Whether the customers of each group stay as long as all others, by what was known at the close of a day.
    ///
    /// Of each group and of the rest: the share that pays longer than a horizon, and the mean days up to it, by the
    /// estimator of E. L. Kaplan and P. Meier; how often two that do not differ are as far apart, by the log-rank test up to
    /// the horizon; and the same corrected for how many groups are tested. It is not an
    /// experiment: groups may differ in other ways.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let mut book = "contract_id,customer_id,start_date,end_date,mrr\n".to_owned();
    /// let mut customers = "customer_id,channel\n".to_owned();
    /// for number in 0..60 {
    ///     let (channel, end) = if number < 30 { ("partner", format!("2025-04-{:02}", number % 20 + 1)) } else { ("web", String::new()) };
    ///     book += &format!("c-{number},k-{number},2025-01-01,{end},100\n");
    ///     customers += &format!("k-{number},{channel}\n");
    /// }
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    /// let portfolio = Portfolio::from_csv(&book).customers(&customers).currency("USD").observed_until(day).load()?;
    /// let compared = portfolio.survival_comparison(day).by(["channel"]).run()?;
    /// let rows: Vec<_> = compared.rows().map(|row| (row.survival, row.rest_survival, row.difference)).collect();
    /// assert_eq!(rows, [(Some(0.0), Some(1.0), Some(-1.0)), (Some(1.0), Some(0.0), Some(1.0))]);
    /// assert!(compared.rows().all(|row| row.q_value.unwrap() < 0.001));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn survival_comparison(&self, as_of: NaiveDate) -> Query<'_, SurvivalComparison> {
        Query::of(self, OfSurvivalComparison { as_of: AsOf(as_of), horizon_days: 365, min_customers: 20 })
    }
}

impl Merge for Counts {
    fn merge(&mut self, other: Self) {
        self.add(&other);
    }
}

impl Collected for Counts {
    fn rows(&self) -> usize {
        1
    }
}

impl Operation for SurvivalComparison {
    type Asked = OfSurvivalComparison;

    const ABOUT: About = About {
        doc: "Whether the customers of each group stay as long as all others.\n\n\
              It is told by what was known at the close of a day: of each group and of the rest the share that pays longer than a horizon, and \
              the mean days up to it; how often two that do not differ are as far apart, and the same corrected for how many \
              groups are tested. It is not an experiment: groups may differ in other ways.",
        parameters: as_seen_parameters![HORIZON_DAYS, MIN_CUSTOMERS, CUSTOMERS_BY],
        rows: "A row for each group, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "E. L. Kaplan and P. Meier, 1958; the log-rank test of N. Mantel, 1966; Y. Benjamini and Y. Hochberg, Controlling the \
                 false discovery rate, 1995; the interval of a difference by G. Y. Zou and A. Donner, 2008; that of E. B. Wilson, 1927, where nobody left, or all did.",
    };

    fn compute(asked: &OfSurvivalComparison, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        context.ensure_of_customers()?;
        asked.check()?;
        let (day, horizon) = (context.seen(), asked.horizon_days);
        let units = Units::of(context)?;
        let groups = units.collect(day.next(), &Counts::default, || {
            |of_groups: &mut PerGroup<'_, Counts>, unit: UnitLine<'_>| {
                let group = unit.group;
                let stay = unit.stay().map(|stay| stay.days(day));
                of_groups.add(group, |counts| {
                    if let Some((days, has_left)) = stay {
                        counts.count(days.min(horizon) as usize, has_left && days <= horizon);
                    }
                })
            }
        })?;
        let mut all = Counts::default();
        groups.groups.iter().for_each(|(_, counts)| all.add(counts));
        let mut compared = Vec::with_capacity(groups.groups.len());
        for (done, (_, counts)) in groups.groups.iter().enumerate() {
            context.go_on(done, groups.groups.len())?;
            compared.push(Compared::of(counts, &all, asked));
        }
        let q_values = q_values(compared.iter().map(|compared| compared.p_value).collect());
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        compared.iter().zip(q_values).for_each(|(compared, q_value)| columns.write(compared, q_value));
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for SurvivalComparison {}

impl OfSurvivalComparison {
    fn check(&self) -> Result<(), Problem> {
        Problem::ensure_within(HORIZON_DAYS.name, self.horizon_days, &MANY_DAYS)?;
        Problem::ensure_within(MIN_CUSTOMERS.name, self.min_customers, &(1..=u32::MAX))
    }
}

/// Those of a group, or all others.
struct Side {
    customers: u64,
    events: u64,
    /// Those who are watched at the horizon.
    watched: u64,
    summary: Result<Summary, Reason>,
}

/// A group beside the rest.
struct Compared {
    group: Side,
    rest: Side,
    p_value: Option<f64>,
}

impl Side {
    fn of(course: &Course, horizon: u32) -> Self {
        Self {
            // Customers are whole.
            customers: course.subjects() as u64,
            events: course.events() as u64,
            watched: course.watched(&[horizon.into()]).first().copied().unwrap_or_default() as u64,
            summary: summary_as_seen(course.steps(), horizon.into()),
        }
    }

    /// The ends of the interval that a difference is told by: where nobody left, or all did, the estimator itself has none.
    fn ends(&self) -> Result<(f64, f64), Reason> {
        let summary = self.summary?;
        let (low, high) = summary.interval();
        let of_nobody = (summary.survival <= 0.0).then(|| wilson(0, self.customers)).flatten();
        let of_all = (self.events == 0).then(|| wilson(self.watched, self.watched)).flatten();
        Ok((of_all.map_or(low, |(low, _)| low), of_nobody.map_or(high, |(_, high)| high)))
    }
}

impl Compared {
    fn of(counts: &Counts, all: &Counts, asked: &OfSurvivalComparison) -> Self {
        let courses = [Course::of_counts(counts.clone()), Course::of_counts(all.less(counts))];
        let [group, rest] = courses.each_ref().map(|course| Side::of(course, asked.horizon_days));
        let is_tested = group.customers.min(rest.customers) >= asked.min_customers.into();
        Self { group, rest, p_value: is_tested.then(|| log_rank_test(&courses).p_value) }
    }

    /// The difference of the shares at the horizon, and the ends of its interval.
    fn difference(&self) -> Result<[f64; 3], Reason> {
        let (group, rest) = (self.group.summary?, self.rest.summary?);
        let difference = group.survival - rest.survival;
        let reach = |down: f64, up: f64| sqrt(down * down + up * up);
        let ((low, high), (rest_low, rest_high)) = (self.group.ends()?, self.rest.ends()?);
        Ok([
            difference,
            difference - reach(group.survival - low, rest_high - rest.survival),
            difference + reach(high - group.survival, rest.survival - rest_low),
        ])
    }
}

impl Columns {
    fn write(&mut self, compared: &Compared, q_value: Option<f64>) {
        let Compared { group, rest, p_value } = compared;
        self.customers.push(group.customers);
        self.events.push(group.events);
        let ends = group.summary.map(|summary| summary.interval());
        self.survival.push(group.summary.map(|summary| summary.survival));
        self.survival_low.push(ends.map(|(low, _)| low));
        self.survival_high.push(ends.map(|(_, high)| high));
        self.restricted_mean_days.push(group.summary.map(|summary| summary.mean));
        self.rest_customers.push(rest.customers);
        self.rest_events.push(rest.events);
        self.rest_survival.push(rest.summary.map(|summary| summary.survival));
        self.rest_restricted_mean_days.push(rest.summary.map(|summary| summary.mean));
        let difference = compared.difference();
        self.difference.push(difference.map(|[difference, ..]| difference));
        self.difference_low.push(difference.map(|[_, low, _]| low));
        self.difference_high.push(difference.map(|[.., high]| high));
        let tested = |value: Option<f64>| value.ok_or(Reason::InsufficientData);
        self.p_value.push(tested(*p_value));
        self.q_value.push(tested(q_value));
    }
}
