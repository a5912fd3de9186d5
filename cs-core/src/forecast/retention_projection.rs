//! How many customers of each group are expected to be there after so many periods, beside those who were seen to be.

use std::sync::Arc;

use chrono::NaiveDate;

use super::course::Course;
use super::periods::{MANY_MONTHS, PERIOD_MONTHS, courses_in_periods};
use super::shifted_beta_geometric::ShiftedBetaGeometric;
use crate::error::{Code, Error, Problem};
use crate::float;
use crate::json::Json;
use crate::ledger::Units;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, AsOf, Asked, BY, Context, Errors, Grouped, Operation, Parameter, Query, Takes,
    as_seen_parameters, share_argument,
};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// How many customers are expected to be there after so many periods, a row for each group and number of periods.
    pub struct RetentionProjection("retention_projection") of
    /// What is seen and expected of a group after so many periods.
    RetentionProjectionRow, built from Columns {
        /// How many whole periods are over since a customer first paid.
        age: u64 as Count,
        /// The share that is still there, as it was seen: the estimator of Kaplan and Meier over whole periods; absent where
        /// nobody was watched so long.
        observed_survival: Option<f64> as Ratio,
        /// The share that the model expects; absent where no model is the most likely one.
        model_survival: Option<f64> as Ratio,
        /// Of those there before the end of this period the share that the model expects to stay; absent likewise.
        model_retention: Option<f64> as Ratio,
        /// The periods that a customer is expected to pay for who is about to end this one, discounted: the
        /// `discounted_lifetime` of that renewal; absent likewise, and where the sum has no end.
        residual_lifetime: Option<f64> as Ratio,
    }
}

const PERIODS: Parameter =
    Parameter::optional("periods", Takes::Count, "24", "How many periods are looked at, from 1 to 1200.");
const DISCOUNT_RATE: Parameter = Parameter::optional(
    "discount_rate",
    Takes::Share,
    "0.1",
    "By what share of itself money is worth less in a year, at most 6 decimals.",
);

/// What is asked: from which day, how long a period is, how many, and what later ones are worth.
#[derive(Clone, Copy, Debug)]
pub struct OfRetentionProjection {
    as_of: AsOf,
    period_months: u32,
    periods: u32,
    discount_rate: f64,
}

impl Asked for OfRetentionProjection {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            period_months: arguments.count(PERIOD_MONTHS.name)?,
            periods: arguments.count(PERIODS.name)?,
            discount_rate: arguments.value(DISCOUNT_RATE.name)?.as_number().unwrap_or_default(),
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, RetentionProjection> {
    /// How many months there are between two days on which a customer may leave; 1 by default.
    pub fn period_months(mut self, months: u32) -> Self {
        self.asked.period_months = months;
        self
    }

    /// How many periods are looked at; 24 by default.
    pub fn periods(mut self, periods: u32) -> Self {
        self.asked.periods = periods;
        self
    }

    /// By what share of itself money is worth less in a year, from 0 to 1; a tenth by default.
    pub fn discount_rate(mut self, share: f64) -> Self {
        self.asked.discount_rate = share;
        self
    }
}

impl Portfolio {
    /// How many customers of each group are expected to be there after so many periods, beside those who were seen to be, by
    /// what was known at the close of a day.
    ///
    /// The model is that of [`retention_model`](Portfolio::retention_model). Retention rises with age, though nobody's own
    /// does: those who leave easily leave first.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// // The high-end customers of the article, by the number of years that they stayed: of 1,000 in all.
    /// let lost = [131, 126, 90, 60, 42, 34, 26];
    /// let mut book = "contract_id,customer_id,start_date,end_date,mrr\n".to_owned();
    /// let mut line = |end: String| book += &format!("c-{0},k-{0},2010-01-01,{end},10\n", book.lines().count());
    /// (1..).zip(lost).for_each(|(years, lost)| (0..lost).for_each(|_| line(format!("{}-01-01", 2010 + years))));
    /// (0..491).for_each(|_| line(String::new()));
    /// let portfolio = Portfolio::from_csv(&book).currency("USD").load()?;
    /// let projection = portfolio.retention_projection(NaiveDate::from_ymd_opt(2017, 1, 1).unwrap());
    /// let projection = projection.period_months(12).periods(12).run()?;
    /// let after: Vec<_> = projection.rows().map(|row| (row.observed_survival, row.model_survival.unwrap())).collect();
    /// assert_eq!(after[6].0, Some(0.491));
    /// // The twelfth year, which nobody had seen then.
    /// assert_eq!((after[11].0, format!("{:.3}", after[11].1)), (None, "0.378".to_owned()));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn retention_projection(&self, as_of: NaiveDate) -> Query<'_, RetentionProjection> {
        let asked = OfRetentionProjection { as_of: AsOf(as_of), period_months: 1, periods: 24, discount_rate: 0.1 };
        Query::of(self, asked)
    }
}

impl Operation for RetentionProjection {
    type Asked = OfRetentionProjection;

    const ABOUT: About = About {
        doc: "How many customers are expected to be there after so many periods, beside those seen.\n\n\
              It is told of each group by what was known at the close of a day. The model is the most likely shifted-beta-geometric one of stays in whole periods: retention \
              rises with age, though nobody's own does, since those who leave easily leave first.",
        parameters: as_seen_parameters![PERIOD_MONTHS, PERIODS, DISCOUNT_RATE, BY],
        rows: "A row for each group and number of periods from 1, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007, and Customer-Base Valuation in a \
                 Contractual Setting, 2010.",
    };

    fn compute(asked: &OfRetentionProjection, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        Problem::ensure_within(PERIOD_MONTHS.name, asked.period_months, &MANY_MONTHS)?;
        share_argument(DISCOUNT_RATE.name, &Json::Float(asked.discount_rate))?;
        Problem::ensure_within(PERIODS.name, asked.periods, &(1..=1_200))?;
        let ages = asked.periods as usize;
        let units = Units::of(context)?;
        let groups = courses_in_periods(&units, context.seen(), asked.period_months, ages)?;
        let years = f64::from(asked.period_months) / 12.0;
        let discount = float::exp_m1(float::ln_1p(asked.discount_rate) * years);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (done, (_, course)) in groups.groups.iter().enumerate() {
            context.go_on(done, groups.groups.len())?;
            columns.write(course, asked.periods, discount);
        }
        Ok(columns.into_table(groups.columns(|_| ages), units.priced.digits, context.metadata()))
    }
}

impl Grouped for RetentionProjection {}

impl Columns {
    fn write(&mut self, course: &Course, periods: u32, discount: f64) {
        let model = ShiftedBetaGeometric::of_course(course);
        let mut expected = model.map(|model| model.by_period().skip(1));
        let observed = course.by_period(periods + 1);
        let told = |reason, number: Option<f64>| number.ok_or(reason);
        let by_model = |number| told(Reason::InsufficientData, number);
        for age in 1..=u64::from(periods) {
            self.age.push(age);
            self.observed_survival.push(told(Reason::NotKnown, observed.get(age as usize).copied()));
            self.model_survival.push(by_model(expected.as_mut().and_then(Iterator::next)));
            self.model_retention.push(by_model(model.and_then(|model| model.retention(age).ok())));
            let lifetime =
                |model: ShiftedBetaGeometric| told(Reason::NoEnd, model.discounted_lifetime(discount, age).ok());
            self.residual_lifetime.push(model.map_or(by_model(None), lifetime));
        }
    }
}
