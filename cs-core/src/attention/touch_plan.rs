//! In which tier each customer is, what it is owed, what it gets, and whether it pays for that.

use chrono::NaiveDate;

use super::asked::{ERRORS, OfTouch, touch_parameters};
use super::served::{AllServed, Served, Time, hours};
use super::touch_model::TouchTier;
use crate::error::Error;
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Operation, Query};
use crate::ratio::Reason;
use crate::table::result_table;

result_table! {
    /// In which tier each customer is, what it is owed, what it gets, and whether it pays for that.
    pub struct TouchPlan("touch_plan") of
    /// The plan of a customer.
    TouchPlanRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// Its tier.
        tier: TouchTier as Choice<TouchTier>,
        /// The number of the rule that says so, from 1.
        rule: u64 as Count,
        /// Who is responsible for the customer; absent where nobody is known to be.
        owner: Option<&'a str> as MaybeText,
        /// What it is worth: its MRR, or the margin of the months that it is expected to pay for.
        value: Money as Amount,
        /// MRR at the close of the day.
        mrr: Money as Amount,
        /// What it could pay a month; absent where nobody knows.
        potential_mrr: Option<Money> as MaybeAmount,
        /// How the way to its outcomes felt when that was last seen, from 0 to 10; absent where it was not.
        experience: Option<f64> as Ratio,
        /// Hours of people's time that its tier is owed a month.
        planned_hours: f64 as Number,
        /// Hours of people's time that it got a month, within the window: of engagements by the channel `human`; absent where
        /// no engagement is known, of any customer.
        spent_hours: Option<f64> as Ratio,
        /// `mrr x gross_margin`, rounded half to even.
        margin: Money as Amount,
        /// `planned_hours x cost_per_hour`, rounded half to even; absent where no cost is given.
        cost_to_serve: Option<Money> as MaybeAmount,
        /// `spent_hours x cost_per_hour`, likewise; absent where either is.
        spent_cost: Option<Money> as MaybeAmount,
        /// `margin - cost_to_serve`: below zero, the customer does not pay for its tier; absent likewise.
        margin_after_service: Option<Money> as MaybeAmount,
        /// The last day on which it was met by people; of `tech_touch`, at all. Absent where it was not.
        last_contact_on: Option<NaiveDate> as MaybeDate,
        /// The day on which the next contact is due: so many days after the last one, or after the first on which it paid
        /// without a break since. Absent behind the last of all days, and where no engagement is known, of any customer.
        next_contact_on: Option<NaiveDate> as MaybeDate,
        /// Whether that day is over; it is not where nobody knows it.
        is_overdue: bool as Flag,
    }
}

impl Portfolio {
    /// In which tier of attention each customer who pays is, by what was known at the close of a day, with what it is owed,
    /// what it gets, and whether it pays for that.
    ///
    /// The first of the ordered rules of a [`TouchModel`](crate::TouchModel) that holds gives the tier: rules look at what a
    /// customer is worth, at what it could pay, and at its experience. It ranks no customer above another: each gets the
    /// support that fits. Hours are those of people, a month.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, TouchTier};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,900\nc-2,bolt,2026-01-01,80\nc-3,coil,2026-01-01,20\n";
    /// let calls = "customer_id,date,kind,channel,minutes\nacme,2026-01-10,outreach,human,30\n";
    /// let portfolio = Portfolio::from_csv(book).engagements(calls).currency("USD").load()?;
    /// let plan = portfolio.touch_plan(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).cost_per_hour(60.into()).run()?;
    /// let rows: Vec<_> = plan.rows().map(|row| (row.customer_id, row.tier, row.is_overdue)).collect();
    /// let expected = [
    ///     ("acme", TouchTier::LowTouch, true), ("bolt", TouchTier::TechTouch, false), ("coil", TouchTier::TechTouch, false)
    /// ];
    /// assert_eq!(rows, expected);
    /// assert_eq!(plan.rows().next().unwrap().margin_after_service.unwrap().to_string(), "840.00");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn touch_plan(&self, as_of: NaiveDate) -> Query<'_, TouchPlan> {
        Query::of(self, OfTouch::of(as_of))
    }
}

impl Operation for TouchPlan {
    type Asked = OfTouch;

    const ABOUT: About = About {
        doc: "In which tier each customer is, what it is owed, what it gets, and whether it pays for that.\n\n\
              It is told of customers who pay, by what was known at the close of a day. The first of the ordered rules that holds gives the tier: rules look at what a customer is \
              worth, at what it could pay, and at its experience. It ranks no customer above another: each gets the support \
              that fits. Hours are those of people, a month.",
        parameters: touch_parameters![],
        rows: "A row for each customer who pays, in the order of their names (by bytes).",
        errors: ERRORS,
        source: "HubSpot Japan's guide to customer success: high touch, low touch and tech touch by expected lifetime value; by \
                 MRR unless `value` says otherwise, since a young book has no lifetimes yet.",
    };

    fn compute(asked: &OfTouch, context: &Context<'_>) -> Result<Self, Error> {
        let day = context.as_of.unwrap_or(Day::MIN);
        let all = AllServed::of(asked, context)?;
        let directory = &context.portfolio.directory;
        let mut columns = Columns::of(&directory.names);
        if let Some(owners) = directory.texts("owner") {
            columns.owner.1 = std::sync::Arc::clone(owners.pool());
        }
        for (done, served) in all.customers.iter().enumerate() {
            context.go_on(done, all.customers.len())?;
            columns.write(served, all.time, day);
        }
        Ok(columns.into_table(Vec::new(), all.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, served: &Served, time: Time, day: Day) {
        let paying = &served.paying;
        self.customer_id.0.push(paying.customer);
        self.tier.push(served.tier);
        self.rule.push(served.rule as u64 + 1);
        self.owner.0.push(paying.owner.ok_or(Reason::NotKnown));
        self.value.push(paying.value);
        self.mrr.push(paying.mrr);
        self.potential_mrr.push(paying.potential.ok_or(Reason::NotKnown));
        self.experience.push(paying.experience.ok_or(Reason::NotMeasured));
        self.planned_hours.push(hours(served.owed.hours.into()));
        self.spent_hours.push(time.hours(paying.minutes));
        self.margin.push(paying.margin);
        self.cost_to_serve.push(served.cost.ok_or(Reason::NotKnown));
        self.spent_cost.push(paying.spent_cost.ok_or(Reason::NotKnown));
        self.margin_after_service.push(served.cost.map(|cost| paying.margin - cost).ok_or(Reason::NotKnown));
        self.last_contact_on.push(served.last_contact.ok_or(Reason::NotReached));
        self.next_contact_on.push(served.next_contact.ok_or(Reason::NotKnown));
        self.is_overdue.push(served.is_overdue(day));
    }
}
