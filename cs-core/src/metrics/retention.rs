//! Retention from close to close.

use std::sync::Arc;

use chrono::NaiveDate;

use super::ends::{Ends, OfWindow, Windows};
use super::sample::SMALL_SAMPLE;
use super::window::{WINDOW, Window};
use crate::error::Error;
use crate::ledger::{Balance, Collected, Merge};
use crate::money::Money;
use crate::portfolio::Portfolio;
use crate::query::{
    About, BY, Context, END, Errors, Grouped, KnownOn, Operation, OverPeriods, Query, START, parameters,
};
use crate::ratio::Ratio;
use crate::sums::{Additive, Rebuild, Sums};
use crate::table::{Column, Table, result_table};
use crate::text::TextPool;

result_table! {
    /// Retention from close to close, a row for each group and period.
    pub struct Retention("retention") of
    /// The retention over the window that ends with one period.
    RetentionRow, built from Columns {
        /// The first day of the window; the customers are those paying at the close of the day before.
        window_start: NaiveDate as Date,
        /// The day after the window, which ends with the period.
        window_end: NaiveDate as Date,
        /// MRR at the close before the window.
        opening_mrr: Money as Amount,
        /// What is left of it at the window's last close: of each customer the smaller of both.
        retained_mrr: Money as Amount,
        /// What these customers pay beyond it.
        expansion_mrr: Money as Amount,
        /// Gross retention: retained over opening MRR, from 0 to 1; absent where nothing was paid.
        grr: Option<f64> as Ratio,
        /// Net retention: retained and expansion over opening MRR; absent where nothing was paid.
        nrr: Option<f64> as Ratio,
        /// Customers paying at the close before the window.
        opening_customers: u64 as Count,
        /// Those of them who pay at its last close.
        retained_customers: u64 as Count,
        /// Retained over opening customers; absent where there are none.
        customer_retention: Option<f64> as Ratio,
        /// The others over opening customers; absent where there are none.
        customer_churn: Option<f64> as Ratio,
        /// The lower end of the Wilson interval of customer churn, at 95%; absent where there are no customers.
        customer_churn_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        customer_churn_high: Option<f64> as Ratio,
        /// Whether the rates rest on fewer than 30 customers.
        small_sample: bool as Flag,
    }
}

impl Portfolio {
    /// Retention from close to close, by period: of the customers paying at the first close of a window, what they pay
    /// at the last one.
    ///
    /// `grr = sum of min(before, after) / sum of before`, from 0 to 1; `nrr = sum of after / sum of before`;
    /// `customer_churn = (opening_customers - retained_customers) / opening_customers`, with its 95% interval by E. B.
    /// Wilson, 1927. All are fractions, of which 1 is 100%, and absent where nobody paid; amounts are MRR in the portfolio's
    /// currency. Those who came later are in no part of it. The window is the 12 months that end with the period, unless
    /// [`Query::window`] says otherwise.
    ///
    /// Gross and net revenue retention are those of "Customer Success" by Mehta, Steinman and Murphy.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, Window};
    ///
    /// // Of 150 a month, 30 is won and 100 is lost.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-10,100\n\
    ///             c-2,bolt,2026-01-01,2026-03-10,50\n\
    ///             c-3,bolt,2026-03-10,,80\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    ///
    /// let retention = portfolio.retention(day(3, 1), day(4, 1)).window(Window::Period).run()?;
    /// let row = retention.rows().next().unwrap();
    /// assert_eq!((row.grr, row.nrr), (Some(50.0 / 150.0), Some(80.0 / 150.0)));
    /// assert_eq!((row.opening_customers, row.retained_customers), (2, 1));
    ///
    /// // 10 of 200 customers are lost, 5%: the rate may well be 3% or 9%.
    /// let book: String = (0..200).map(|n| format!("c-{n},k-{n},2026-01-01,{},10\n", if n < 10 { "2026-03-10" } else { "" })).collect();
    /// let book = format!("contract_id,customer_id,start_date,end_date,mrr\n{book}");
    /// let portfolio = Portfolio::from_csv(&book).currency("USD").load()?;
    /// let retention = portfolio.retention(day(3, 1), day(4, 1)).window(Window::Period).run()?;
    /// let row = retention.rows().next().unwrap();
    /// assert_eq!((row.customer_churn, row.customer_retention), (Some(0.05), Some(0.95)));
    /// let percent = |rate: Option<f64>| format!("{:.1}%", rate.unwrap() * 100.0);
    /// assert_eq!([row.customer_churn_low, row.customer_churn_high].map(percent), ["2.7%", "9.0%"]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn retention(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Retention> {
        Query::of(self, Windows::of(start, end))
    }
}

impl Query<'_, Retention> {
    /// What a period's close is compared with; a year earlier by default.
    pub fn window(mut self, window: Window) -> Self {
        self.asked.window = window;
        self
    }
}

/// What becomes of the customers paying at the first close of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Base {
    opening: i128,
    retained: i128,
    expansion: i128,
    opening_customers: u64,
    retained_customers: u64,
}

impl OfWindow for Base {
    fn add(&mut self, before: Balance, after: Balance) {
        if !before.pays {
            return;
        }
        self.opening += i128::from(before.mrr);
        self.retained += i128::from(before.mrr.min(after.mrr));
        self.expansion += i128::from((after.mrr - before.mrr).max(0));
        self.opening_customers += 1;
        self.retained_customers += u64::from(after.pays);
    }
}

impl Merge for Base {
    fn merge(&mut self, other: Self) {
        self.opening += other.opening;
        self.retained += other.retained;
        self.expansion += other.expansion;
        self.opening_customers += other.opening_customers;
        self.retained_customers += other.retained_customers;
    }
}

impl Operation for Retention {
    type Asked = Windows;

    const ABOUT: About = About {
        doc: "Retention from close to close, by period.\n\n\
              Of the customers paying at the first close of a window, what they pay at its last: `grr = retained_mrr / \
              opening_mrr`, of each customer the smaller of what it pays at both closes, and `nrr = grr + expansion_mrr / \
              opening_mrr`. Who came later is in no part of it. Ratios are absent where \
              nobody paid.",
        parameters: parameters![START, END, WINDOW, BY],
        rows: "A row for each group and period, in their order: the window ends with the period.",
        errors: Errors::RANGE,
        source: "Gross and net revenue retention as in \"Customer Success\" by Mehta, Steinman and Murphy, by amounts and \
                 by customers; the interval is that of E. B. Wilson, 1927.",
    };

    fn compute(windows: &Windows, context: &Context<'_>) -> Result<Self, Error> {
        let which = 0..windows.closed(context)?;
        let ends: Ends<Base> = windows.look(context, which)?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, bases) in &ends.groups.groups {
            for (&base, &(start, end)) in bases.iter().zip(&ends.windows) {
                columns.window_start.push(start);
                columns.window_end.push(end);
                columns.write(base);
            }
        }
        let metadata = context.metadata();
        Ok(columns.into_table(ends.groups.columns(Collected::rows), ends.digits, metadata))
    }
}

impl Grouped for Retention {}

impl KnownOn for Retention {}

impl OverPeriods for Retention {}

impl Additive for Retention {
    const KEYS: &'static [&'static str] = &["window_start", "window_end"];
    const REBUILD: Option<Rebuild> = Some(rebuild);
}

fn rebuild(sums: &Sums<'_>, groups: Vec<Column>) -> Table {
    let mut columns = Columns::of(&Arc::new(TextPool::default()));
    for row in sums.rows() {
        columns.window_start.push(sums.day(row, "window_start"));
        columns.window_end.push(sums.day(row, "window_end"));
        columns.write(Base {
            opening: sums.units(row, "opening_mrr"),
            retained: sums.units(row, "retained_mrr"),
            expansion: sums.units(row, "expansion_mrr"),
            opening_customers: sums.count(row, "opening_customers"),
            retained_customers: sums.count(row, "retained_customers"),
        });
    }
    columns.into_table(groups, sums.digits(), sums.metadata()).into()
}

impl Columns {
    fn write(&mut self, base: Base) {
        let Base { opening, retained, expansion, opening_customers, retained_customers } = base;
        self.opening_mrr.push(opening);
        self.retained_mrr.push(retained);
        self.expansion_mrr.push(expansion);
        self.grr.push(Ratio::of(retained, opening));
        self.nrr.push(Ratio::of(retained + expansion, opening));
        self.opening_customers.push(opening_customers);
        self.retained_customers.push(retained_customers);
        let lost = opening_customers.saturating_sub(retained_customers);
        self.customer_retention.push(Ratio::of(retained_customers.into(), opening_customers.into()));
        self.customer_churn.push(Ratio::of(lost.into(), opening_customers.into()));
        let (low, high) = Ratio::wilson(lost, opening_customers);
        self.customer_churn_low.push(low);
        self.customer_churn_high.push(high);
        self.small_sample.push(opening_customers < SMALL_SAMPLE);
    }
}
