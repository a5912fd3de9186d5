//! What boards ask of the ledger: how much of a base stays, and what becomes of those who came together.

mod cohorts;
mod ends;
mod flow;
mod intervals;
mod retention;
mod sample;
mod window;

pub use cohorts::{Cohorts, CohortsRow};
pub use flow::{FlowRetention, FlowRetentionRow};
pub(crate) use intervals::Resampled;
pub use intervals::{RetentionIntervals, RetentionIntervalsRow};
pub use retention::{Retention, RetentionRow};
pub use window::{Months, Window, WindowError};

use chrono::NaiveDate;

use crate::portfolio::Portfolio;
use crate::query::{Query, Range};

impl Portfolio {
    /// Retention from close to close, by period: of the customers paying at the first close of a window, what they pay
    /// at the last one.
    ///
    /// `grr = sum of min(before, after) / sum of before`, from 0 to 1; `nrr = sum of after / sum of before`; both, and
    /// the rates of customers, are absent where nobody paid. Those who came later are in no part of it. The window is
    /// the 12 months that end with the period, unless [`Query::window`] says otherwise.
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
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn retention(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Retention> {
        Query::of(self, ends::Windows { range: Range::of(start, end), window: Window::default() })
    }

    /// Intervals of gross and net retention, at 95%, by resampling customers: as many as there are, drawn with
    /// replacement from those paying at a window's first close, again and again; of all draws the middle 95%.
    ///
    /// The draws begin with a fixed seed in every row, so that a call gives the same intervals everywhere and every
    /// time. They tell how far chance in *which* customers there were could move the ratio, and nothing of a bias in the
    /// book. Few customers, or one that is most of the revenue, make them unreliable.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Portfolio, Window};
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-10,100\n\
    ///             c-2,bolt,2026-01-01,,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    ///
    /// let intervals = portfolio.retention_intervals(day(3), day(4)).window(Window::Period).run()?;
    /// let row = intervals.rows().next().unwrap();
    /// // Of two customers, both, one or none may be the one who left.
    /// assert_eq!((row.grr_low, row.grr, row.grr_high), (Some(0.0), Some(0.5), Some(1.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn retention_intervals(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, RetentionIntervals> {
        let windows = ends::Windows { range: Range::of(start, end), window: Window::default() };
        Query::of(self, Resampled { windows, resamples: Resampled::USUAL })
    }

    /// The flow readings of retention, by period: what moved within it, over what it opened with.
    ///
    /// `flow_grr = 1 - (contraction + churn of the customers paying at the opening) / opening`, `flow_nrr = flow_grr +
    /// (expansion + reactivation of these) / opening`, and `net_mrr_churn_all = (churn + contraction - expansion -
    /// reactivation of everybody) / opening`. They are what other tools call retention and churn, and can leave the
    /// range from 0 to 1: who leaves and returns within a period is lost in the first and won in the second, and who
    /// came after the opening can be lost from the third without ever having been in what it is divided by.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// // Lost on the 5th, back on the 20th: point to point nothing happened.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-05,100\n\
    ///             c-2,acme,2026-03-20,,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    ///
    /// let flows = portfolio.flow_retention(day(3, 1), day(4, 1)).run()?;
    /// let row = flows.rows().next().unwrap();
    /// assert_eq!((row.flow_grr, row.flow_nrr), (Some(0.0), Some(1.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn flow_retention(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, FlowRetention> {
        Query::of(self, Range::of(start, end))
    }

    /// Customers by the period in which they first paid, and what becomes of them: a row for every cohort and every
    /// age up to the last close before `end`, which is widened to whole periods.
    ///
    /// `customer_retention = customers / size`, `mrr_retention = mrr / base_mrr`; age 0 is the close of the cohort's own
    /// period. At every close, MRR over all cohorts is total MRR.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-10,,100\n\
    ///             c-2,bolt,2026-01-20,2026-02-10,50\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let cohorts = portfolio.cohorts(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).run()?;
    /// let retained: Vec<_> = cohorts.rows().map(|row| (row.age, row.customer_retention)).collect();
    /// assert_eq!(retained, [(0, Some(1.0)), (1, Some(0.5))]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn cohorts(&self, end: NaiveDate) -> Query<'_, Cohorts> {
        Query::of(self, cohorts::Until(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn fewer_than_thirty_customers_are_a_small_sample() -> Result<(), Error> {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default();
        for (customers, is_small) in [(29, true), (30, false)] {
            let rows: String = (0..customers).map(|number| format!("c-{number},k-{number},2026-01-01,10\n")).collect();
            let book = format!("contract_id,customer_id,start_date,mrr\n{rows}");
            let portfolio = Portfolio::from_csv(&book).currency("USD").load()?;
            let retention = portfolio.retention(day(2), day(3)).window(Window::Period).run()?;
            let intervals = portfolio.retention_intervals(day(2), day(3)).window(Window::Period).run()?;
            let told: Vec<bool> = retention.rows().map(|row| row.small_sample).collect();
            assert_eq!(told, [is_small], "{customers}");
            let told: Vec<bool> = intervals.rows().map(|row| row.small_sample).collect();
            assert_eq!(told, [is_small], "{customers}");
        }
        Ok(())
    }

    #[test]
    fn the_whole_period_counts_that_the_end_lies_in() -> Result<(), Error> {
        let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-03-07,10\n")
            .currency("USD")
            .load()?;
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        for (end, cohorts) in [(day(3, 1), 0), (day(3, 2), 1), (day(4, 1), 1), (day(4, 2), 2)] {
            assert_eq!(portfolio.cohorts(end).run()?.rows().count(), cohorts, "{end}");
        }
        Ok(())
    }
}
