//! Whether the people who are responsible for customers have the hours that these are owed.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{ByTouch, ERRORS, OfTouch, touch_parameters};
use super::served::{AllServed, Served, Time, hours};
use super::touch_model::{TIERS, TouchTier};
use crate::error::{Error, Problem};
use crate::money::Money;
use crate::order::sort_by_key;
use crate::portfolio::Portfolio;
use crate::query::{About, Arguments, Asked, Context, Operation, Parameter, Query, Takes};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::{ABSENT, TextPool};

result_table! {
    /// Whether people have the hours that their customers are owed, a row for each.
    pub struct TouchCapacity("touch_capacity") of
    /// What a person has to do.
    TouchCapacityRow<'a>, built from Columns {
        /// Who is responsible; absent for customers of whom nobody is known to be.
        owner: Option<&'a str> as MaybeText,
        /// Customers who pay.
        customers: u64 as Count,
        /// Those of them in the tier `high_touch`.
        high_touch: u64 as Count,
        /// Those in `low_touch`.
        low_touch: u64 as Count,
        /// Those in `tech_touch`.
        tech_touch: u64 as Count,
        /// Their MRR.
        mrr: Money as Amount,
        /// Hours that they are owed a month.
        planned_hours: f64 as Number,
        /// Hours that they got a month, within the window, of whoever it was; absent where no engagement is known, of any customer.
        spent_hours: Option<f64> as Ratio,
        /// Hours that the person has a month; absent where nobody is responsible.
        capacity_hours: Option<f64> as Ratio,
        /// `planned_hours / capacity_hours`: above 1, more is owed than can be given. Absent likewise.
        utilisation: Option<f64> as Ratio,
    }
}

const HOURS_PER_PERSON: Parameter = Parameter::optional(
    "hours_per_person",
    Takes::Count,
    "120",
    "How many hours a month a person has for customers, from 1 to 1000.",
);

/// What is asked: what a plan is, and how many hours a person has.
#[derive(Clone, Debug)]
pub struct OfTouchCapacity {
    touch: OfTouch,
    hours_per_person: u32,
}

impl Asked for OfTouchCapacity {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { touch: OfTouch::read(arguments)?, hours_per_person: arguments.count(HOURS_PER_PERSON.name)? })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.touch.as_of()
    }
}

impl ByTouch for OfTouchCapacity {
    fn touch(&mut self) -> &mut OfTouch {
        &mut self.touch
    }
}

impl Query<'_, TouchCapacity> {
    /// How many hours a month a person has for customers; 120 by default.
    pub fn hours_per_person(mut self, hours: u32) -> Self {
        self.asked.hours_per_person = hours;
        self
    }
}

impl Portfolio {
    /// Whether the people who are responsible for customers have the hours that these are owed, by what was known at the
    /// close of a day.
    ///
    /// Tiers and hours are those of [`touch_plan`](Portfolio::touch_plan); who is responsible stands in the column `owner` of
    /// the customers.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\nc-2,bolt,2026-01-01,100\nc-3,coil,2026-01-01,100\n";
    /// let customers = "customer_id,owner\nacme,kim\nbolt,kim\ncoil,lee\n";
    /// let portfolio = Portfolio::from_csv(book).customers(customers).currency("USD").load()?;
    /// let capacity = portfolio.touch_capacity(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).hours_per_person(8).run()?;
    /// let rows: Vec<_> = capacity.rows().map(|row| (row.owner.unwrap(), row.low_touch, row.utilisation)).collect();
    /// assert_eq!(rows, [("kim", 2, Some(0.25)), ("lee", 1, Some(0.125))]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn touch_capacity(&self, as_of: NaiveDate) -> Query<'_, TouchCapacity> {
        Query::of(self, OfTouchCapacity { touch: OfTouch::of(as_of), hours_per_person: 120 })
    }
}

/// What a person has to do.
#[derive(Clone, Copy, Debug, Default)]
struct Duty {
    tiers: [u64; TIERS],
    mrr: i128,
    planned: u64,
    minutes: u64,
}

impl Duty {
    fn add(&mut self, served: &Served) {
        let tiers = TouchTier::ALL.iter().zip(&mut self.tiers);
        tiers.for_each(|(tier, count)| *count += u64::from(*tier == served.tier));
        self.mrr += served.paying.mrr;
        self.planned += u64::from(served.owed.hours);
        self.minutes = self.minutes.saturating_add(served.paying.minutes);
    }
}

impl Operation for TouchCapacity {
    type Asked = OfTouchCapacity;

    const ABOUT: About = About {
        doc: "Whether the people who are responsible for customers have the hours that these are owed.\n\n\
              It is told by what was known at the close of a day. Tiers and hours are those of `touch_plan`; who is responsible stands in the column `owner` of the customers.",
        parameters: touch_parameters![HOURS_PER_PERSON],
        rows: "A row for each owner of a customer who pays, in their order (by bytes), and for those without one last.",
        errors: ERRORS,
        source: "HubSpot Japan's guide to customer success: people are assigned by tier.",
    };

    fn compute(asked: &OfTouchCapacity, context: &Context<'_>) -> Result<Self, Error> {
        Problem::ensure_within(HOURS_PER_PERSON.name, asked.hours_per_person, &(1..=1_000))?;
        let all = AllServed::of(&asked.touch, context)?;
        let names = context.portfolio.directory.texts("owner").map(|owners| Arc::clone(owners.pool()));
        let names = names.unwrap_or_else(|| Arc::new(TextPool::default()));
        // By the position of the name, and behind them all those of nobody.
        let mut duties = vec![None; names.len() + 1];
        for served in &all.customers {
            let place = served.paying.owner.map_or(names.len(), |owner| owner as usize);
            if let Some(duty) = duties.get_mut(place) {
                duty.get_or_insert_with(Duty::default).add(served);
            }
        }
        let ranks = names.ranks();
        let mut duties: Vec<(u32, Duty)> = (0..).zip(duties).filter_map(|(name, duty)| Some((name, duty?))).collect();
        sort_by_key(&mut duties, |&(name, _)| ranks.get(name as usize).map_or(u64::MAX, |&rank| rank.into()));
        let mut columns = Columns::of(&names);
        for (name, duty) in duties {
            let owner = Some(name).filter(|&name| (name as usize) < names.len() && name != ABSENT);
            columns.owner.0.push(owner.ok_or(Reason::NotKnown));
            columns.write(duty, all.time, owner.map(|_| asked.hours_per_person));
        }
        Ok(columns.into_table(Vec::new(), all.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, duty: Duty, time: Time, capacity: Option<u32>) {
        let [high, low, tech] = duty.tiers;
        self.customers.push(high + low + tech);
        self.high_touch.push(high);
        self.low_touch.push(low);
        self.tech_touch.push(tech);
        self.mrr.push(duty.mrr);
        self.planned_hours.push(hours(duty.planned));
        self.spent_hours.push(time.hours(duty.minutes));
        self.capacity_hours.push(capacity.map(f64::from).ok_or(Reason::NotKnown));
        let millionths = capacity.map(|hours| i128::from(hours) * i128::from(crate::query::ONE));
        self.utilisation
            .push(millionths.map_or(Ratio::Absent(Reason::NotKnown), |most| Ratio::of(duty.planned.into(), most)));
    }
}
