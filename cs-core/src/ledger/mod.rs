//! From contracts to dated movements: what each contract is worth a month, each customer's line of MRR, what moved
//! on which day, and the two results that show it.
//!
//! The arrows run one way: `terms` (which contracts count, until when) -> `price` (counts of the smallest unit) ->
//! `line` (a customer's contracts day by day, pauses and gaps in it) -> `timeline` (its days in order) -> `changes` (what
//! moved, by the definitions) -> `units` (of whom: customers, parents, products) and `collect` (in groups, part by part)
//! -> `flows` and `movements` (summed by period) and `journal` (one by one). Where contracts make lines as they stand,
//! `plain` goes straight from `price`, by the numbers of `slots`, to `tallies` and `movements`.

mod changes;
mod collect;
mod days;
mod flows;
mod groups;
mod journal;
mod line;
mod movement;
mod movements;
mod parents;
mod plain;
mod price;
mod products;
mod slots;
mod tallies;
mod terms;
mod timeline;
mod units;

pub(crate) use collect::{Collected, Merge, PerGroup};
pub(crate) use days::Days;
pub(crate) use flows::{Flows, FlowsByPeriod};
pub(crate) use groups::ByGroup;
pub use journal::{Journal, JournalRow};
pub use movement::MovementKind;
pub use movements::{Movements, MovementsRow};
pub(crate) use plain::{Plain, PlainLine};
pub(crate) use timeline::{Balance, Moved};
pub(crate) use units::{UnitLine, Units, covered};

use chrono::NaiveDate;

use crate::portfolio::Portfolio;
use crate::query::{Query, Range};

impl Portfolio {
    /// Movements of recurring revenue by period: for each, `opening + new + reactivation + expansion - contraction -
    /// churned + fx = closing`, exactly.
    ///
    /// The range, `end` exclusive, is widened to whole periods.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// // 100 a month, 200 from 15 March, ended on 10 April.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-15,100\n\
    ///             c-2,acme,2026-03-15,2026-04-10,200\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    ///
    /// let movements = portfolio.movements(day(3, 1), day(5, 1)).run()?;
    /// let rows: Vec<_> = movements.rows().collect();
    /// assert_eq!(rows[0].opening_mrr.to_string(), "100.00");
    /// assert_eq!(rows[0].expansion_mrr.to_string(), "100.00");
    /// assert_eq!(rows[0].closing_mrr.to_string(), "200.00");
    /// assert_eq!(rows[1].churned_mrr.to_string(), "200.00");
    /// assert_eq!(rows[1].churned_customers, 1);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn movements(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Movements> {
        Query::of(self, Range::of(start, end))
    }

    /// Every movement by itself, with what caused it: the rows that [`Portfolio::movements`] sums.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{MovementKind, Portfolio};
    ///
    /// // In force on 29 February 2020, and no more on 1 March.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\nc-1,acme,2020-01-31,2020-03-01,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).unwrap();
    ///
    /// let journal = portfolio.journal(day(1, 1), day(4, 1)).run()?;
    /// let rows: Vec<_> = journal.rows().map(|row| (row.date, row.kind, row.contract_ids.iter().collect())).collect();
    /// assert_eq!(rows, [(day(1, 31), MovementKind::New, vec!["c-1"]), (day(3, 1), MovementKind::Churn, vec!["c-1"])]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn journal(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Journal> {
        Query::of(self, Range::of(start, end))
    }
}
