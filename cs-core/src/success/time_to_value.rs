//! How long each customer took to get value, or has waited for it.

use chrono::NaiveDate;

use super::milestones::{MILESTONE, Milestones};
use super::ways::{ValueState, Way};
use crate::error::Error;
use crate::ledger::Units;
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::{MilestoneName, Portfolio};
use crate::query::{About, Arguments, AsOf, Asked, Context, Errors, Operation, Query, as_seen_parameters};
use crate::ratio::{Ratio, Reason};
use crate::renewal::first_term_end;
use crate::table::result_table;

result_table! {
    /// How long each customer took to get value, or has waited for it.
    pub struct TimeToValue("time_to_value") of
    /// How far a customer has come.
    TimeToValueRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// How far it has come: `reached`, `waiting`, or `churned` before it was there.
        state: ValueState as Choice<ValueState>,
        /// The first day on which it paid.
        started_on: NaiveDate as Date,
        /// The day on which it reached the milestone; absent where it has not, or not while it paid.
        reached_on: Option<NaiveDate> as MaybeDate,
        /// Days from the first one until the milestone, until it stopped paying, or so far; 0 where it was there before.
        days: u64 as Count,
        /// The day on which the milestone is due, as planned: a plan has no day from which it is known; absent where there
        /// is none.
        due_on: Option<NaiveDate> as MaybeDate,
        /// The end of the term that it began with: of the contracts in force on its first day, by their own dates whatever a notice
        /// says, the first day on which one falls due; absent where none is known.
        term_end: Option<NaiveDate> as MaybeDate,
        /// Days over those from the first one to `term_end`: the share of the term that was spent without value, more than 1
        /// where the term is over; absent where there is none.
        share_of_term: Option<f64> as Ratio,
        /// MRR at the close of the day.
        mrr: Money as Amount,
    }
}

/// What is asked: a day, and what is value.
#[derive(Clone, Copy, Debug)]
pub struct OfMilestone {
    pub(super) as_of: AsOf,
    pub(super) milestone: MilestoneName,
}

impl OfMilestone {
    pub(super) fn of(as_of: NaiveDate) -> Self {
        Self { as_of: AsOf(as_of), milestone: MilestoneName::FirstValue }
    }
}

impl Asked for OfMilestone {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { as_of: AsOf::read(arguments)?, milestone: arguments.word(MILESTONE.name)? })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl<R: Operation<Asked = OfMilestone>> Query<'_, R> {
    /// The milestone that is value to the customer; `first_value` by default.
    pub fn milestone(mut self, milestone: MilestoneName) -> Self {
        self.asked.milestone = milestone;
        self
    }
}

impl Portfolio {
    /// How long each customer took to get value, or has waited for it, by what was known at the close of a day.
    ///
    /// `days` are those from the first on which it paid to the milestone, to the first on which it did not pay any more
    /// (`churned`), or to the day that is looked from (`waiting`): who has not got there counts too. `share_of_term = days
    /// / days from the first one to term_end`, absent where no term is known. On a term of twelve months, one who takes two
    /// has spent a sixth of it.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, ValueState};
    ///
    /// let book = "contract_id,customer_id,start_date,term_end,mrr\n\
    ///             c-1,acme,2026-01-01,2027-01-01,100\n\
    ///             c-2,bolt,2026-01-01,2027-01-01,100\n";
    /// let milestones = "customer_id,milestone,reached_on\nacme,first_value,2026-03-02\n";
    /// let day = NaiveDate::from_ymd_opt(2026, 12, 2).unwrap();
    /// let portfolio = Portfolio::from_csv(book).milestones(milestones).currency("USD").observed_until(day).load()?;
    /// let value = portfolio.time_to_value(day).run()?;
    /// let rows: Vec<_> = value.rows().map(|row| (row.customer_id, row.state, row.days, row.share_of_term)).collect();
    /// let expected =
    ///     [("acme", ValueState::Reached, 60, Some(60.0 / 365.0)), ("bolt", ValueState::Waiting, 335, Some(335.0 / 365.0))];
    /// assert_eq!(rows, expected);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn time_to_value(&self, as_of: NaiveDate) -> Query<'_, TimeToValue> {
        Query::of(self, OfMilestone::of(as_of))
    }
}

impl Operation for TimeToValue {
    type Asked = OfMilestone;

    const ABOUT: About = About {
        doc: "How long each customer took to get value, or has waited for it.\n\n\
              It is told by what was known at the close of a day. `days` are those from the first on which it paid to the milestone, to the first on which it did not pay any \
              more, or to the day that is looked from: who has not got there counts too. `share_of_term` is that over the \
              days of the term that it began with.",
        parameters: as_seen_parameters![MILESTONE],
        rows: "A row for each customer who pays or has paid, in the order of their names (by bytes); none where nothing is known of \
               the milestone, of any customer.",
        errors: Errors::AS_OF,
        source: "The seventh principle, time to value, of \"Customer Success\" by Mehta, Steinman and Murphy.",
    };

    fn compute(asked: &OfMilestone, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        let day = context.seen();
        let milestones = Milestones::of(context)?;
        let reached = milestones.reached(asked.milestone, day);
        let units = Units::of(context)?;
        let ways = units.of_customers(day.next(), |unit| Way::to_kept(unit, &reached))?;
        let mut columns = Columns::of(&context.portfolio.directory.names);
        for (done, &(customer, way)) in ways.iter().enumerate() {
            context.go_on(done, ways.len())?;
            let term_end = first_term_end(&units, customer, way.stay.first);
            columns.customer_id.0.push(customer);
            columns.write(&way, term_end, day);
        }
        Ok(columns.into_table(Vec::new(), units.priced.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, way: &Way, term_end: Option<Day>, day: Day) {
        let days = way.days(day);
        self.state.push(way.state());
        self.started_on.push(way.stay.first);
        self.reached_on.push(way.value_on().ok_or(Reason::NotReached));
        self.days.push(days.into());
        self.due_on.push(way.milestone.due.ok_or(Reason::NotKnown));
        self.term_end.push(term_end.ok_or(Reason::NotKnown));
        let term = term_end.map(|end| end.days_after(way.stay.first));
        self.share_of_term
            .push(term.map_or(Ratio::Absent(Reason::NotKnown), |term| Ratio::of(days.into(), term.into())));
        self.mrr.push(way.stay.mrr.into());
    }
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::portfolio::{MilestoneName, Portfolio};

    #[test]
    fn who_is_onboarded_in_two_months_has_ten_left_and_who_takes_eleven_has_one() -> Result<(), Error> {
        let book = "contract_id,customer_id,start_date,term_end,mrr\n\
                    c-1,acme,2026-01-01,2027-01-01,100\nc-2,bolt,2026-01-01,2027-01-01,100\n";
        let milestones = "customer_id,milestone,reached_on\nacme,onboarded,2026-03-01\nbolt,onboarded,2026-12-01\n";
        let portfolio = Portfolio::from_csv(book).milestones(milestones).currency("USD").load()?;
        let day = "2026-12-31".parse().unwrap_or_default();
        let value = portfolio.time_to_value(day).milestone(MilestoneName::Onboarded).run()?;
        let found: Vec<_> = value.rows().map(|row| (row.days, row.share_of_term)).collect();
        assert_eq!(found, [(59, Some(59.0 / 365.0)), (334, Some(334.0 / 365.0))]);
        Ok(())
    }
}
