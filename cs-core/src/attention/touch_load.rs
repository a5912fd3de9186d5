//! Whose time each tier takes, beside what it brings.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{ERRORS, OfTouch, touch_parameters};
use super::served::{AllServed, Served, Time, hours};
use super::touch_model::TouchTier;
use crate::error::Error;
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Operation, Query};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Whose time each tier takes, beside what it brings, a row for each tier.
    pub struct TouchLoad("touch_load") of
    /// What a tier takes and brings.
    TouchLoadRow, built from Columns {
        /// The tier.
        tier: TouchTier as Choice<TouchTier>,
        /// Customers who pay and are in it.
        customers: u64 as Count,
        /// Those of them whose next contact is overdue.
        overdue_customers: u64 as Count,
        /// Their MRR.
        mrr: Money as Amount,
        /// `mrr` over that of all; absent where nobody pays.
        share_of_mrr: Option<f64> as Ratio,
        /// Hours of people's time that they are owed a month.
        planned_hours: f64 as Number,
        /// `planned_hours` over those of all; absent where nobody is owed any.
        share_of_planned_hours: Option<f64> as Ratio,
        /// Hours of people's time that they got a month, within the window; absent where no engagement is known, of any customer.
        spent_hours: Option<f64> as Ratio,
        /// `spent_hours` over those of all: well above `share_of_mrr`, the tier eats the time of the others. Absent where nobody
        /// got any.
        share_of_spent_hours: Option<f64> as Ratio,
        /// The margins of its customers.
        margin: Money as Amount,
        /// What it costs to serve them as planned; absent where no cost is given.
        cost_to_serve: Option<Money> as MaybeAmount,
        /// What the time cost a month that they got, absent likewise.
        spent_cost: Option<Money> as MaybeAmount,
        /// `margin - cost_to_serve`, absent likewise.
        margin_after_service: Option<Money> as MaybeAmount,
    }
}

impl Portfolio {
    /// Whose time each tier of customers takes, beside what it brings, by what was known at the close of a day.
    ///
    /// Tiers are those of [`touch_plan`](Portfolio::touch_plan). Not even the large accounts may eat all the time: the share
    /// of time stands beside the share of MRR.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,900\nc-2,bolt,2026-01-01,80\nc-3,coil,2026-01-01,20\n";
    /// let engagements = "customer_id,date,kind,channel,minutes\nacme,2026-02-01,qbr,human,120\nbolt,2026-02-01,outreach,human,360\n";
    /// let portfolio = Portfolio::from_csv(book).engagements(engagements).currency("USD").load()?;
    /// let load = portfolio.touch_load(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).run()?;
    /// let tiers: Vec<_> = load.rows().map(|row| (row.customers, row.share_of_mrr, row.share_of_spent_hours)).collect();
    /// assert_eq!(tiers, [(0, Some(0.0), Some(0.0)), (1, Some(0.9), Some(0.25)), (2, Some(0.1), Some(0.75))]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn touch_load(&self, as_of: NaiveDate) -> Query<'_, TouchLoad> {
        Query::of(self, OfTouch::of(as_of))
    }
}

/// What customers take and bring together.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    customers: u64,
    overdue: u64,
    mrr: i128,
    planned: u64,
    minutes: u64,
    margin: i128,
    cost: i128,
    spent_cost: i128,
}

impl Load {
    fn of<'s>(customers: impl Iterator<Item = &'s Served>, day: Day) -> Self {
        customers.fold(Self::default(), |load, served| Self {
            customers: load.customers + 1,
            overdue: load.overdue + u64::from(served.is_overdue(day)),
            mrr: load.mrr + served.paying.mrr,
            planned: load.planned + u64::from(served.owed.hours),
            minutes: load.minutes.saturating_add(served.paying.minutes),
            margin: load.margin + served.paying.margin,
            cost: load.cost + served.cost.unwrap_or_default(),
            spent_cost: load.spent_cost + served.paying.spent_cost.unwrap_or_default(),
        })
    }
}

impl Operation for TouchLoad {
    type Asked = OfTouch;

    const ABOUT: About = About {
        doc: "Whose time each tier takes, beside what it brings.\n\n\
              It is told by what was known at the close of a day; tiers are those of `touch_plan`. Not even the large accounts may eat all the time: the share of time stands \
              beside the share of MRR.",
        parameters: touch_parameters![],
        rows: "A row for each tier: high_touch, low_touch, tech_touch.",
        errors: ERRORS,
        source: "HubSpot Japan's guide to customer success: time spent is held against revenue.",
    };

    fn compute(asked: &OfTouch, context: &Context<'_>) -> Result<Self, Error> {
        let day = context.as_of.unwrap_or(Day::MIN);
        let all = AllServed::of(asked, context)?;
        let whole = Load::of(all.customers.iter(), day);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for &tier in TouchTier::ALL {
            let load = Load::of(all.customers.iter().filter(|served| served.tier == tier), day);
            columns.tier.push(tier);
            columns.write(load, whole, all.time, asked.has_cost());
        }
        Ok(columns.into_table(Vec::new(), all.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, load: Load, whole: Load, time: Time, has_cost: bool) {
        self.customers.push(load.customers);
        self.overdue_customers.push(load.overdue);
        self.mrr.push(load.mrr);
        self.share_of_mrr.push(Ratio::of(load.mrr, whole.mrr));
        self.planned_hours.push(hours(load.planned));
        self.share_of_planned_hours.push(Ratio::of(load.planned.into(), whole.planned.into()));
        self.spent_hours.push(time.hours(load.minutes));
        self.share_of_spent_hours.push(Ratio::of(load.minutes.into(), whole.minutes.into()));
        self.margin.push(load.margin);
        let told = |cost: i128, is_told: bool| if is_told { Ok(cost) } else { Err(Reason::NotKnown) };
        let (cost, spent_cost) = (told(load.cost, has_cost), told(load.spent_cost, has_cost && time.is_kept));
        self.cost_to_serve.push(cost);
        self.spent_cost.push(spent_cost);
        self.margin_after_service.push(cost.map(|cost| load.margin - cost));
    }
}
