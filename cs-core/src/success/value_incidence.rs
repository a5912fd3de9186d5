//! Which share of customers has got value after how many days, and which had left by then.

use std::sync::Arc;

use chrono::NaiveDate;

use super::milestones::{MILESTONE, Milestones};
use super::time_to_value::OfMilestone;
use super::ways::{ValueState, Way};
use crate::error::Error;
use crate::forecast::{Course, Incidence, incidences};
use crate::ledger::{Collected, Merge, PerGroup, UnitLine, Units};
use crate::portfolio::Portfolio;
use crate::query::{About, CUSTOMERS_BY, Context, Errors, Grouped, Operation, Query, as_seen_parameters};
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// What ends the wait for value.
    WaitEnd {
        /// The customer stopped paying first.
        Churn,
        /// It reached the milestone.
        Value,
    }
}

result_table! {
    /// Which share of customers has got value after how many days, and which had left by then.
    pub struct ValueIncidence("value_incidence") of
    /// The share after so many days.
    ValueIncidenceRow, built from Columns {
        /// What ends the wait: `churn` or `value`.
        event: WaitEnd as Choice<WaitEnd>,
        /// Days since the first on which a customer paid.
        time: u64 as Count,
        /// Customers who had waited so long, up to the day before.
        at_risk: u64 as Count,
        /// Those of them whose wait this ended on that day.
        events: u64 as Count,
        /// The share of customers whose wait this has ended by then: of all times up to this, the sum of `events / at_risk`
        /// of those who still waited.
        incidence: f64 as Number,
        /// The lower end of its interval at 95%, by the logarithm of the logarithm; the share itself where that is 0 or 1.
        incidence_low: f64 as Number,
        /// The upper end of it.
        incidence_high: f64 as Number,
    }
}

impl Portfolio {
    /// Which share of customers has got value after how many days, and which had left by then, by what was known at the
    /// close of a day: the estimator of O. O. Aalen and S. Johansen, 1978.
    ///
    /// A customer who leaves before it gets value never will, and one who still waits may: the first competes with value,
    /// the second is censored. `incidence = sum of S(before) events / at_risk`, where `S(before)` is the share that still
    /// waited. A milestone that was reached before the first day has the time 0.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, WaitEnd};
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,,100\n\
    ///             c-2,bolt,2026-01-01,2026-02-01,100\n\
    ///             c-3,coil,2026-01-01,,100\n";
    /// let milestones = "customer_id,milestone,reached_on\nacme,first_value,2026-01-21\n";
    /// let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    /// let portfolio = Portfolio::from_csv(book).milestones(milestones).currency("USD").observed_until(day).load()?;
    /// let value = portfolio.value_incidence(day).run()?;
    /// let last: Vec<_> = value.rows().filter(|row| row.time == 59).map(|row| (row.event, row.incidence)).collect();
    /// let third = 1.0 / 3.0;
    /// assert_eq!(last.iter().map(|(event, _)| *event).collect::<Vec<_>>(), [WaitEnd::Churn, WaitEnd::Value]);
    /// assert!(last.iter().all(|(_, share)| (share - third).abs() < 1e-15));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn value_incidence(&self, as_of: NaiveDate) -> Query<'_, ValueIncidence> {
        Query::of(self, OfMilestone::of(as_of))
    }
}

/// How long the customers of a group have waited, and what ended that.
#[derive(Default)]
struct Waits(Vec<(u32, ValueState)>);

/// There are fewer days than this, and two kinds of rows.
const ROWS: usize = 1 << 18;

impl Merge for Waits {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Collected for Waits {
    /// At most: every wait is of one number of days, which stands in two rows.
    fn rows(&self) -> usize {
        self.0.len().saturating_mul(2).min(ROWS)
    }
}

impl Waits {
    /// The estimate of what ends the wait, at every number of days.
    fn incidences(&self, of: WaitEnd) -> Vec<Incidence> {
        let course = |is_event: &dyn Fn(ValueState) -> bool| {
            Course::of_days(self.0.iter().map(|&(days, state)| (days, is_event(state))))
        };
        let any = course(&|state| state != ValueState::Waiting);
        let own = course(&|state| match of {
            WaitEnd::Churn => state == ValueState::Churned,
            WaitEnd::Value => state == ValueState::Reached,
        });
        incidences(any.steps(), own.steps()).collect()
    }
}

impl Operation for ValueIncidence {
    type Asked = OfMilestone;

    const ABOUT: About = About {
        doc: "Which share of customers has got value after how many days, and which had left by then.\n\n\
              It is told by what was known at the close of a day. A customer who leaves before it gets value never will: that competes with value. One who still waits is \
              censored. `incidence = sum of S(before) events / at_risk`, where `S(before)` is the share that still waited.",
        parameters: as_seen_parameters![MILESTONE, CUSTOMERS_BY],
        rows: "A row for each group, event and distinct number of days, in their order; none where nothing is known of the \
               milestone, of any customer.",
        errors: Errors::AS_OF,
        source: "O. O. Aalen and S. Johansen, An empirical transition matrix for non-homogeneous Markov chains based on \
                 censored observations, 1978.",
    };

    fn compute(asked: &OfMilestone, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        context.ensure_of_customers()?;
        let day = context.seen();
        let milestones = Milestones::of(context)?;
        let reached = milestones.reached(asked.milestone, day);
        let units = Units::of(context)?;
        let groups = units.collect(day.next(), &Waits::default, || {
            |of_groups: &mut PerGroup<'_, Waits>, unit: UnitLine<'_>| {
                let group = unit.group;
                let way = Way::to_kept(unit, &reached);
                of_groups.add(group, |waits| waits.0.extend(way.map(|way| (way.days(day), way.state()))))
            }
        })?;
        let groups = groups.map(|waits| [WaitEnd::Churn, WaitEnd::Value].map(|of| (of, waits.incidences(of))));
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, events) in &groups.groups {
            for (event, incidences) in events {
                incidences.iter().for_each(|incidence| columns.write(*event, incidence));
            }
        }
        let of_groups = groups.columns(|events| events.iter().map(|(_, incidences)| incidences.len()).sum());
        Ok(columns.into_table(of_groups, units.priced.digits, context.metadata()))
    }
}

impl Grouped for ValueIncidence {}

impl Columns {
    fn write(&mut self, event: WaitEnd, incidence: &Incidence) {
        let (low, high) = incidence.interval();
        self.event.push(event);
        // Days and customers are whole.
        self.time.push(incidence.step.time as u64);
        self.at_risk.push(incidence.step.at_risk as u64);
        self.events.push(incidence.step.events as u64);
        self.incidence.push(incidence.share);
        self.incidence_low.push(low);
        self.incidence_high.push(high);
    }
}
