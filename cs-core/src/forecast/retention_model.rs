//! How easily the customers of each group leave, and how much they differ in it, by the shifted-beta-geometric model.

use std::sync::Arc;

use chrono::NaiveDate;

use super::course::Course;
use super::periods::{MANY_MONTHS, PERIOD_MONTHS, courses_in_periods};
use super::shifted_beta_geometric::ShiftedBetaGeometric;
use crate::error::{Code, Error, Problem};
use crate::ledger::Units;
use crate::portfolio::Portfolio;
use crate::query::{About, Arguments, AsOf, Asked, BY, Context, Errors, Grouped, Operation, Query, as_seen_parameters};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// How easily the customers of each group leave, by the shifted-beta-geometric model, a row for each group.
    pub struct RetentionModel("retention_model") of
    /// The model of a group.
    RetentionModelRow, built from Columns {
        /// Customers of the group who have ever paid.
        customers: u64 as Count,
        /// Those of them who stopped paying, for the first time, in a period that is over.
        churned: u64 as Count,
        /// Whole periods of the longest stay.
        periods: u64 as Count,
        /// The first parameter: the greater, the easier they leave; absent where no model is the most likely one.
        alpha: Option<f64> as Ratio,
        /// Its standard error, from the observed information; absent where rounding hides it, too.
        alpha_error: Option<f64> as Ratio,
        /// The second parameter: the greater, the easier they stay; absent without a model.
        beta: Option<f64> as Ratio,
        /// Its standard error, absent as the first.
        beta_error: Option<f64> as Ratio,
        /// The logarithm of the likelihood of what became of them; absent without a model.
        log_likelihood: Option<f64> as Ratio,
        /// The share that leaves at the end of the first period: `alpha / (alpha + beta)`; absent without a model.
        first_churn: Option<f64> as Ratio,
        /// How much customers differ: `1 / (alpha + beta + 1)`, from 0, where all are alike, to 1, where some leave at once and
        /// the others never; absent without a model.
        polarisation: Option<f64> as Ratio,
    }
}

/// What is asked: from which day, and how long a period is.
#[derive(Clone, Copy, Debug)]
pub struct OfRetentionModel {
    as_of: AsOf,
    period_months: u32,
}

impl Asked for OfRetentionModel {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { as_of: AsOf::read(arguments)?, period_months: arguments.count(PERIOD_MONTHS.name)? })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, RetentionModel> {
    /// How many months there are between two days on which a customer may leave; 1 by default.
    pub fn period_months(mut self, months: u32) -> Self {
        self.asked.period_months = months;
        self
    }
}

impl Portfolio {
    /// How easily the customers of each group leave, and how much they differ in it, by what was known at the close of a
    /// day: the most likely [`ShiftedBetaGeometric`] model of their stays in whole periods.
    ///
    /// Who leaves within a period is taken to leave at its end; who still pays is known to have stayed for the periods that
    /// are over. Cohorts and segments are groups.
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
    /// let model = portfolio.retention_model(NaiveDate::from_ymd_opt(2017, 1, 1).unwrap()).period_months(12).run()?;
    /// let row = model.rows().next().unwrap();
    /// assert_eq!((row.customers, row.churned, row.periods), (1000, 509, 7));
    /// assert_eq!(format!("{:.3} {:.3}", row.alpha.unwrap(), row.beta.unwrap()), "0.668 3.806");
    /// assert_eq!(format!("{:.3}", row.log_likelihood.unwrap()), "-1611.158");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn retention_model(&self, as_of: NaiveDate) -> Query<'_, RetentionModel> {
        Query::of(self, OfRetentionModel { as_of: AsOf(as_of), period_months: 1 })
    }
}

impl Operation for RetentionModel {
    type Asked = OfRetentionModel;

    const ABOUT: About = About {
        doc: "How easily the customers of each group leave, by the shifted-beta-geometric model.\n\n\
              It is the most likely one of their stays in whole periods, by what was known at the close of a day. Who leaves within a period is \
              taken to leave at its end; who still pays is known to have stayed for the periods that are over.",
        parameters: as_seen_parameters![PERIOD_MONTHS, BY],
        rows: "A row for each group, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007.",
    };

    fn compute(asked: &OfRetentionModel, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        Problem::ensure_within(PERIOD_MONTHS.name, asked.period_months, &MANY_MONTHS)?;
        let units = Units::of(context)?;
        let groups = courses_in_periods(&units, context.seen(), asked.period_months, 1)?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (done, (_, course)) in groups.groups.iter().enumerate() {
            context.go_on(done, groups.groups.len())?;
            columns.write(course);
        }
        Ok(columns.into_table(groups.columns(|_| 1), units.priced.digits, context.metadata()))
    }
}

impl Grouped for RetentionModel {}

impl Columns {
    fn write(&mut self, course: &Course) {
        let model = ShiftedBetaGeometric::of_course(course);
        let told = |number: Option<f64>| number.ok_or(Reason::InsufficientData);
        // Customers and periods are whole.
        self.customers.push(course.subjects() as u64);
        self.churned.push(course.events() as u64);
        self.periods.push(course.steps().last().map_or(0, |last| last.time as u64));
        self.alpha.push(told(model.map(|model| model.alpha())));
        self.alpha_error.push(told(model.and_then(|model| model.alpha_error())));
        self.beta.push(told(model.map(|model| model.beta())));
        self.beta_error.push(told(model.and_then(|model| model.beta_error())));
        self.log_likelihood.push(told(model.and_then(|model| model.log_likelihood())));
        self.first_churn.push(told(model.map(|model| model.alpha() / (model.alpha() + model.beta()))));
        self.polarisation.push(told(model.map(|model| 1.0 / (model.alpha() + model.beta() + 1.0))));
    }
}
