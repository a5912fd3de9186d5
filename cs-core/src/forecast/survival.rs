//! How long customers stay: from the first day on which each pays to the first on which it does not any more.

use std::sync::Arc;

use chrono::NaiveDate;

use super::course::Course;
use super::estimate::{Point, estimate};
use crate::error::Error;
use crate::ledger::{Collected, Merge, PerGroup, UnitLine, Units};
use crate::portfolio::Portfolio;
use crate::query::{About, AsOf, BY, Context, Errors, Grouped, Operation, Query, as_seen_parameters};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// How long customers stay, a row for each group and every distinct number of days after which somebody left or was
    /// last seen.
    pub struct Survival("survival") of
    /// The estimate after so many days.
    SurvivalRow, built from Columns {
        /// Days since the first on which a customer paid.
        time: u64 as Count,
        /// Customers who have paid at least so long, up to the day before, without a break.
        at_risk: u64 as Count,
        /// Those of them who stopped paying on that day, for the first time.
        events: u64 as Count,
        /// Those of them who paid on that day, which is the last that is looked at; a gap that may still be filled counts as
        /// paid.
        censored: u64 as Count,
        /// The share of customers who pay longer than that: of all times up to this, the product of `1 - events / at_risk`.
        survival: f64 as Number,
        /// The lower end of its interval at 95%, by Greenwood's variance and the logarithm of the logarithm; the share
        /// itself where that is 0 or 1.
        survival_low: f64 as Number,
        /// The upper end of it.
        survival_high: f64 as Number,
    }
}

impl Portfolio {
    /// How long customers stay, by what was known at the close of a day: the product-limit estimator of E. L. Kaplan and P.
    /// Meier, 1958, over days from the first on which each paid to the first on which it did not any more.
    ///
    /// `survival = product of 1 - events / at_risk` over all times up to this, from 0 to 1. Who still pays at the close is
    /// censored: known to stay longer than the days so far. Who never paid is not looked at; who came back had left. Gaps
    /// that the definitions fill are none. A book that lacks those who left before it begins tells of survivors:
    /// [`Subjects::kaplan_meier`](crate::Subjects::kaplan_meier) takes the time from which each was watched.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-01-31,100\n\
    ///             c-2,bolt,2026-01-01,,100\n";
    /// let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    /// let portfolio = Portfolio::from_csv(book).currency("USD").observed_until(day).load()?;
    /// let survival = portfolio.survival(day).run()?;
    /// let rows: Vec<_> = survival.rows().map(|row| (row.time, row.at_risk, row.events, row.survival)).collect();
    /// assert_eq!(rows, [(30, 2, 1, 0.5), (59, 1, 0, 0.5)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn survival(&self, as_of: NaiveDate) -> Query<'_, Survival> {
        Query::of(self, AsOf(as_of))
    }
}

/// How many days the customers of a group have stayed, and whether they left then.
#[derive(Default)]
struct Stays(Vec<(u32, bool)>);

/// There are fewer days than this.
const DAYS: usize = 1 << 17;

impl Merge for Stays {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Collected for Stays {
    /// At most: every stay is of one number of days.
    fn rows(&self) -> usize {
        self.0.len().min(DAYS)
    }
}

impl Stays {
    fn course(self) -> Course {
        Course::of_days(self.0.into_iter())
    }
}

impl Operation for Survival {
    type Asked = AsOf;

    const ABOUT: About = About {
        doc: "How long customers stay, by what was known at the close of a day.\n\n\
              The product-limit estimator over days from the first on which each customer paid to the first on which it \
              did not any more: `survival = product of 1 - events / at_risk` over all times up to this. Who still pays at \
              the close is censored. Gaps that the definitions fill are none; who came back had left.",
        parameters: as_seen_parameters![BY],
        rows: "A row for each group and every distinct number of days, in their order.",
        errors: Errors::AS_OF,
        source: "E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958; the interval by \
                 the logarithm of the logarithm, with Greenwood's variance.",
    };

    fn compute(_: &AsOf, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        let day = context.seen();
        let units = Units::of(context)?;
        let groups = units.collect(day.next(), &Stays::default, || {
            |of_groups: &mut PerGroup<'_, Stays>, unit: UnitLine<'_>| {
                let group = unit.group;
                let stay = unit.stay().map(|stay| stay.days(day));
                of_groups.add(group, |stays| stays.0.extend(stay))
            }
        })?;
        let groups = groups.map(Stays::course);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, course) in &groups.groups {
            estimate(course.steps()).for_each(|point| columns.write(point));
        }
        let of_groups = groups.columns(|course| course.steps().len());
        Ok(columns.into_table(of_groups, units.priced.digits, context.metadata()))
    }
}

impl Grouped for Survival {}

impl Columns {
    fn write(&mut self, point: Point) {
        let (low, high) = point.interval();
        // Days and customers are whole.
        self.time.push(point.step.time as u64);
        self.at_risk.push(point.step.at_risk as u64);
        self.events.push(point.step.events as u64);
        self.censored.push(point.step.censored as u64);
        self.survival.push(point.survival);
        self.survival_low.push(low);
        self.survival_high.push(high);
    }
}
