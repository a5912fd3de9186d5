//! Which share of new customers completes what the company calls onboarding within a window of days.

use std::sync::Arc;

use chrono::NaiveDate;

use super::milestones::Milestones;
use super::ways::Way;
use crate::error::{Code, Error, Problem};
use crate::ledger::{Collected, Days, Merge, PerGroup, UnitLine, Units};
use crate::period::{Day, Periods};
use crate::portfolio::{MilestoneName, Portfolio};
use crate::query::{
    About, Arguments, Asked, CUSTOMERS_BY, Context, DEFINITIONS, END, Errors, Grouped, KNOWN_ON, KnownOn, MANY_DAYS,
    Operation, Parameter, Query, Range, START, Takes,
};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::Word as _;

result_table! {
    /// Which share of new customers completes onboarding within a window of days, a row for each group and period.
    pub struct Onboarding("onboarding") of
    /// The customers who first paid in one period.
    OnboardingRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// Customers who first paid in the period.
        customers: u64 as Count,
        /// Those whose window is not over yet, whatever they have done: to count only who has completed would judge a new
        /// month by its fastest.
        pending: u64 as Count,
        /// Of the others those who reached the milestone within the window, or before they first paid.
        completed: u64 as Count,
        /// Those who reached it later.
        completed_late: u64 as Count,
        /// Completed over customers less pending; absent where that is zero.
        completion_rate: Option<f64> as Ratio,
        /// The lower end of its Wilson interval, at 95%; absent likewise.
        completion_rate_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        completion_rate_high: Option<f64> as Ratio,
    }
}

const COMPLETED: Parameter = Parameter::optional(
    "milestone",
    Takes::Choice(MilestoneName::WORDS),
    "\"onboarded\"",
    "The milestone that the company calls the end of onboarding.",
);
const WINDOW_DAYS: Parameter = Parameter::optional(
    "window_days",
    Takes::Count,
    "90",
    "How many days after the first on which a customer paid it is to be reached, from 1 to 3660.",
);

/// What is asked: periods, what completes onboarding, and by when.
#[derive(Clone, Copy, Debug)]
pub struct OfOnboarding {
    range: Range,
    milestone: MilestoneName,
    window_days: u32,
}

impl Asked for OfOnboarding {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            range: Range::read(arguments)?,
            milestone: arguments.word(COMPLETED.name)?,
            window_days: arguments.count(WINDOW_DAYS.name)?,
        })
    }
}

impl Query<'_, Onboarding> {
    /// The milestone that the company calls the end of onboarding; `onboarded` by default.
    pub fn milestone(mut self, milestone: MilestoneName) -> Self {
        self.asked.milestone = milestone;
        self
    }

    /// How many days after its first one a customer has for it; 90 by default.
    pub fn window_days(mut self, days: u32) -> Self {
        self.asked.window_days = days;
        self
    }
}

impl Portfolio {
    /// Which share of the customers who first paid in a period completes onboarding within a window of days.
    ///
    /// `completion_rate = completed / (customers - pending)`, absent where that is zero, with the 95% interval of E. B.
    /// Wilson, 1927. What completes onboarding is the company's own definition: a milestone, and a number of days. Who is
    /// still within them is pending, whether it has got there or not; who stopped paying before it did has not completed.
    /// Nothing is known of customers who come after the data ends.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\n\
    ///             c-1,acme,2026-01-01,100\nc-2,bolt,2026-01-05,100\nc-3,coil,2026-01-31,100\n";
    /// let milestones = "customer_id,milestone,reached_on\nacme,onboarded,2026-01-20\nbolt,onboarded,2026-03-01\n";
    /// let portfolio = Portfolio::from_csv(book).milestones(milestones).currency("USD").load()?;
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    /// let onboarding = portfolio.onboarding(day(1), day(2)).window_days(30).run()?;
    /// let row = onboarding.rows().next().unwrap();
    /// // The data ends on 1 March, 29 days after the third customer came.
    /// assert_eq!((row.customers, row.pending, row.completed, row.completed_late), (3, 1, 1, 1));
    /// assert_eq!(row.completion_rate, Some(0.5));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn onboarding(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Onboarding> {
        let range = Range::of(start, end);
        Query::of(self, OfOnboarding { range, milestone: MilestoneName::Onboarded, window_days: 90 })
    }
}

/// What became of the customers who first paid in a period.
#[derive(Clone, Copy, Debug, Default)]
struct Outcome {
    customers: u64,
    completed: u64,
    completed_late: u64,
    pending: u64,
}

impl Merge for Outcome {
    fn merge(&mut self, other: Self) {
        self.customers += other.customers;
        self.completed += other.completed;
        self.completed_late += other.completed_late;
        self.pending += other.pending;
    }
}

impl Outcome {
    /// Adds a customer; nothing is known behind the last day that is seen.
    fn add(&mut self, way: &Way, window_days: u32, seen: Day) {
        let last = way.stay.first.days_later(window_days);
        self.customers += 1;
        match way.value_on() {
            _ if last > seen => self.pending += 1,
            Some(on) if on <= last => self.completed += 1,
            Some(_) => self.completed_late += 1,
            None => {}
        }
    }
}

/// Which share of the customers whose time to complete onboarding ended in each of some periods completed it in time.
pub(crate) fn onboarded_in_time(
    context: &Context<'_>,
    periods: Periods,
    milestone: MilestoneName,
    window_days: u32,
) -> Result<Vec<Ratio>, Error> {
    let (seen, days) = (context.seen(), Days::of(periods));
    let milestones = Milestones::of(context)?;
    let reached = milestones.reached(milestone, seen);
    let units = Units::of(context)?;
    let judged = units.collect_all(seen.next(), || {
        |all: &mut Vec<Outcome>, unit: UnitLine<'_>| {
            all.resize(periods.len(), Outcome::default());
            let Some(way) = Way::to_kept(unit, &reached) else { return };
            let place = days.place(way.stay.first.days_later(window_days));
            if let Some(outcome) = place.and_then(|place| all.get_mut(place)) {
                outcome.add(&way, window_days, seen);
            }
        }
    })?;
    let rate = |outcome: &Outcome| Ratio::of(outcome.completed.into(), (outcome.customers - outcome.pending).into());
    Ok(judged.iter().map(rate).collect())
}

impl Operation for Onboarding {
    type Asked = OfOnboarding;

    const ABOUT: About = About {
        doc: "Which share of new customers completes onboarding within a window of days, by period.\n\n\
              `completion_rate = completed / (customers - pending)`, absent where that is zero, and where \
              nothing is known of the milestone, of any customer. Who is still within the \
              window is pending, whether it has got there or not; who stopped paying before it did has not completed.",
        parameters: &[START, END, COMPLETED, WINDOW_DAYS, CUSTOMERS_BY, DEFINITIONS, KNOWN_ON],
        rows: "A row for each group and period, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange, Code::InvalidArgument], ..Errors::AS_OF },
        source: "HubSpot Japan's guide to customer success: completed over all in the onboarding window, completed being a \
                 definition of the company's own; the interval is that of E. B. Wilson, 1927.",
    };

    fn compute(asked: &OfOnboarding, context: &Context<'_>) -> Result<Self, Error> {
        context.ensure_of_customers()?;
        Problem::ensure_within(WINDOW_DAYS.name, asked.window_days, &MANY_DAYS)?;
        let periods = asked.range.periods(context.definitions)?;
        let closed = periods.first(context.closed(periods));
        let seen = context.seen();
        let milestones = Milestones::of(context)?;
        let reached = milestones.reached(asked.milestone, seen);
        let units = Units::of(context)?;
        let (rows, days) = (closed.map_or(0, Periods::len), closed.map(Days::of));
        let groups = units.collect(seen.next(), &|| vec![Outcome::default(); rows], || {
            |of_groups: &mut PerGroup<'_, Vec<Outcome>>, unit: UnitLine<'_>| {
                let group = unit.group;
                let way = Way::of(unit, &reached);
                of_groups.add(group, |outcomes| {
                    let Some((way, days)) = way.as_ref().zip(days.as_ref()) else { return };
                    let place = days.place(way.stay.first);
                    if let Some(outcome) = place.and_then(|place| outcomes.get_mut(place)) {
                        outcome.add(way, asked.window_days, seen);
                    }
                })
            }
        })?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, outcomes) in &groups.groups {
            for (position, outcome) in outcomes.iter().enumerate() {
                let day = |position| closed.map_or(Day::MIN, |periods| periods.day(position));
                columns.period_start.push(day(position));
                columns.period_end.push(day(position + 1));
                columns.write(*outcome, reached.is_kept);
            }
        }
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for Onboarding {}

impl KnownOn for Onboarding {}

impl Columns {
    fn write(&mut self, Outcome { customers, completed, completed_late, pending }: Outcome, is_kept: bool) {
        let judged = customers - pending;
        let told = |share: Ratio| if is_kept { share } else { Ratio::Absent(Reason::NotMeasured) };
        let (low, high) = Ratio::wilson(completed, judged);
        self.customers.push(customers);
        self.pending.push(pending);
        self.completed.push(completed);
        self.completed_late.push(completed_late);
        self.completion_rate.push(told(Ratio::of(completed.into(), judged.into())));
        self.completion_rate_low.push(told(low));
        self.completion_rate_high.push(told(high));
    }
}
