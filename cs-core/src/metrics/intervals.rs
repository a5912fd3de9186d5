//! How far retention could be off: intervals by resampling customers.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::NaiveDate;

use super::ends::{Ends, OfWindow, Windows};
use super::sample::SMALL_SAMPLE;
use super::window::{WINDOW, Window};
use crate::draws::{Draws, middle};
use crate::error::{Error, Problem};
use crate::ledger::{Balance, Collected, Merge};
use crate::order::sort_by_key;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, Asked, BY, Context, END, Errors, Grouped, KnownOn, Operation, OverPeriods, Parameter, Query,
    START, Takes, parameters,
};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Bootstrap intervals of gross and net retention, a row for each group and period.
    pub struct RetentionIntervals("retention_intervals") of
    /// The intervals of the window that ends with one period.
    RetentionIntervalsRow, built from Columns {
        /// The first day of the window; the customers are those paying at the close of the day before.
        window_start: NaiveDate as Date,
        /// The day after the window, which ends with the period.
        window_end: NaiveDate as Date,
        /// Customers paying at the close before the window: those that are drawn from.
        opening_customers: u64 as Count,
        /// Gross retention, as in `retention`; absent where nothing was paid, as are all the others.
        grr: Option<f64> as Ratio,
        /// The lower end of its interval, at 95%.
        grr_low: Option<f64> as Ratio,
        /// The upper end of it.
        grr_high: Option<f64> as Ratio,
        /// Net retention, as in `retention`.
        nrr: Option<f64> as Ratio,
        /// The lower end of its interval, at 95%.
        nrr_low: Option<f64> as Ratio,
        /// The upper end of it.
        nrr_high: Option<f64> as Ratio,
        /// How often customers were drawn.
        resamples: u64 as Count,
        /// Whether the intervals rest on fewer than 30 customers.
        small_sample: bool as Flag,
    }
}

/// What intervals are asked.
#[derive(Clone, Copy, Debug)]
pub struct Resampled {
    pub(super) windows: Windows,
    pub(super) resamples: u32,
}

const RESAMPLES: Parameter =
    Parameter::optional("resamples", Takes::Count, "1000", "How often the customers are drawn, from 100 to 100000.");

impl Asked for Resampled {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { windows: Asked::read(arguments)?, resamples: arguments.count(RESAMPLES.name)? })
    }
}

impl Resampled {
    /// How often the customers are drawn unless a call says otherwise.
    pub(crate) const USUAL: u32 = 1_000;
    /// How often at least and at most.
    const MANY: RangeInclusive<u32> = 100..=100_000;
}

impl Portfolio {
    /// Intervals of gross and net retention, at 95%, by resampling customers: as many as there are, drawn with
    /// replacement from those paying at a window's first close, again and again; of all draws the middle 95%.
    ///
    /// `grr_low` and `grr_high` are the values of the draws by rank that leave 2.5% below and above, `nrr_low` and `nrr_high`
    /// likewise: fractions, of which 1 is 100%, absent where nobody paid. It is the percentile interval of B. Efron, 1979.
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
        Query::of(self, Resampled { windows: Windows::of(start, end), resamples: Resampled::USUAL })
    }
}

impl Query<'_, RetentionIntervals> {
    /// What a period's close is compared with; a year earlier by default.
    pub fn window(mut self, window: Window) -> Self {
        self.asked.windows.window = window;
        self
    }

    /// How often the customers are drawn, from 100 to 100,000; 1,000 times by default.
    pub fn resamples(mut self, resamples: u32) -> Self {
        self.asked.resamples = resamples;
        self
    }
}

/// What customers pay at both ends of a window, customer by customer.
#[derive(Default)]
struct Pairs(Vec<(i64, i64)>);

impl OfWindow for Pairs {
    fn add(&mut self, before: Balance, after: Balance) {
        if before.pays {
            self.0.push((before.mrr, after.mrr));
        }
    }
}

impl Merge for Pairs {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// Where every row's draws begin.
const SEED: u64 = 8;

impl Operation for RetentionIntervals {
    type Asked = Resampled;

    const ABOUT: About = About {
        doc: "Bootstrap intervals of gross and net retention, by period.\n\n\
              As many customers as paid at a window's first close are drawn from them, with replacement, `resamples` \
              times: `grr_low` and `grr_high` leave 2.5% of the draws below and above, by the nearest rank. The draws \
              begin with a fixed seed in every row. Few customers, or one that is most of the revenue, make the \
              intervals unreliable.",
        parameters: parameters![START, END, WINDOW, RESAMPLES, BY],
        rows: "A row for each group and period, in their order: the window ends with the period.",
        errors: Errors::RANGE,
        source: "The percentile interval of B. Efron, 1979, with the customer as the unit that is drawn.",
    };

    fn compute(resampled: &Resampled, context: &Context<'_>) -> Result<Self, Error> {
        let resamples = resampled.resamples;
        Problem::ensure_within(RESAMPLES.name, resamples, &Resampled::MANY)?;
        let closed = resampled.windows.closed(context)?;
        let mut rows: Vec<Vec<Row>> = Vec::new();
        let mut groups = None;
        // One window after the other: the customers of all of them at once would be too many to hold.
        for position in 0..closed {
            let mut ends: Ends<Pairs> = resampled.windows.look(context, position..position + 1)?;
            let window = ends.windows.first().copied().unwrap_or_default();
            rows.resize_with(ends.groups.groups.len(), Vec::new);
            for (rows, (_, pairs)) in rows.iter_mut().zip(&mut ends.groups.groups) {
                let Pairs(pairs) = pairs.first_mut().map(std::mem::take).unwrap_or_default();
                rows.push(Row::of(window, pairs, resamples, &mut || context.go_on(position, closed))?);
            }
            groups = Some(ends);
        }
        let Some(Ends { groups, digits, .. }) = groups else {
            // Nothing has closed: only the groups are asked for.
            let ends: Ends<Pairs> = resampled.windows.look(context, 0..0)?;
            let columns = Columns::of(&Arc::new(TextPool::default()));
            let metadata = context.metadata();
            return Ok(columns.into_table(ends.groups.columns(Collected::rows), ends.digits, metadata));
        };
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        rows.iter().flatten().for_each(|row| columns.write(row));
        let metadata = context.metadata();
        Ok(columns.into_table(groups.columns(|_| closed), digits, metadata))
    }
}

impl Grouped for RetentionIntervals {}

impl KnownOn for RetentionIntervals {}

impl OverPeriods for RetentionIntervals {}

/// The intervals of one group and window.
struct Row {
    window: (Day, Day),
    customers: u64,
    resamples: u64,
    gross: [Ratio; 3],
    net: [Ratio; 3],
}

impl Row {
    fn of(
        window: (Day, Day),
        mut pairs: Vec<(i64, i64)>,
        resamples: u32,
        go_on: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<Self, Error> {
        // Whatever the order of customers, the same are drawn.
        sort_by_key(&mut pairs, |&(_, after)| after.unsigned_abs());
        sort_by_key(&mut pairs, |&(before, _)| before.unsigned_abs());
        let (mut gross, mut net) = (Vec::new(), Vec::new());
        let mut draws = Draws::of(SEED);
        // Of nobody there is nothing to draw.
        for _ in 0..if pairs.is_empty() { 0 } else { resamples } {
            go_on()?;
            let drawn = Sums::of((0..pairs.len()).filter_map(|_| pairs.get(draws.position(pairs.len()))));
            gross.extend(drawn.gross().value());
            net.extend(drawn.net().value());
        }
        let whole = Sums::of(pairs.iter());
        let ((gross_low, gross_high), (net_low, net_high)) = (ends(&gross), ends(&net));
        Ok(Self {
            window,
            customers: pairs.len() as u64,
            resamples: resamples.into(),
            gross: [whole.gross(), gross_low, gross_high],
            net: [whole.net(), net_low, net_high],
        })
    }
}

impl Columns {
    fn write(&mut self, row: &Row) {
        let (Row { window: (start, end), customers, .. }, [grr, grr_low, grr_high]) = (row, row.gross);
        let [nrr, nrr_low, nrr_high] = row.net;
        self.window_start.push(*start);
        self.window_end.push(*end);
        self.opening_customers.push(*customers);
        self.grr.push(grr);
        self.grr_low.push(grr_low);
        self.grr_high.push(grr_high);
        self.nrr.push(nrr);
        self.nrr_low.push(nrr_low);
        self.nrr_high.push(nrr_high);
        self.resamples.push(row.resamples);
        self.small_sample.push(*customers < SMALL_SAMPLE);
    }
}

/// What some customers pay at both ends together.
struct Sums {
    opening: i128,
    retained: i128,
    closing: i128,
}

impl Sums {
    fn of<'p>(pairs: impl Iterator<Item = &'p (i64, i64)>) -> Self {
        pairs.fold(Self { opening: 0, retained: 0, closing: 0 }, |sums, &(before, after)| Self {
            opening: sums.opening + i128::from(before),
            retained: sums.retained + i128::from(before.min(after)),
            closing: sums.closing + i128::from(after),
        })
    }

    fn gross(&self) -> Ratio {
        Ratio::of(self.retained, self.opening)
    }

    fn net(&self) -> Ratio {
        Ratio::of(self.closing, self.opening)
    }
}

/// The values that leave 2.5% of the draws below and above.
fn ends(values: &[f64]) -> (Ratio, Ratio) {
    let [low, high] = middle(values).map_or([Ratio::Absent(Reason::ZeroDenominator); 2], |ends| ends.map(Ratio::Value));
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::{RESAMPLES, Resampled};

    #[test]
    fn what_is_left_out_is_the_same_by_name() {
        assert_eq!(RESAMPLES.default.and_then(|text| text.parse().ok()), Some(Resampled::USUAL));
        let bounds = format!("from {} to {}.", Resampled::MANY.start(), Resampled::MANY.end());
        assert!(RESAMPLES.doc.ends_with(&bounds), "{}", RESAMPLES.doc);
    }
}
