//! How far retention could be off: intervals by resampling customers.

use std::sync::Arc;

use chrono::NaiveDate;

use super::ends::Windows;
use super::window::Window;
use crate::draws::Draws;
use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::ledger::Balance;
use crate::order::sort_by_key;
use crate::query::{Context, Grouped, Operation, Query};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;
use crate::watch::{Stage, report};

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

impl Resampled {
    /// How often the customers are drawn unless a call says otherwise.
    pub(crate) const USUAL: u32 = 1_000;
    const FEWEST: u32 = 100;
    const MOST: u32 = 100_000;
}

impl Query<'_, RetentionIntervals> {
    /// What a period's close is compared with; a year earlier by default.
    pub fn window(mut self, window: Window) -> Self {
        self.arguments.windows.window = window;
        self
    }

    /// How often the customers are drawn, from 100 to 100,000; 1,000 times by default.
    pub fn resamples(mut self, resamples: u32) -> Self {
        self.arguments.resamples = resamples;
        self
    }
}

/// What customers pay at both ends of a window, customer by customer.
type Pairs = Vec<(i64, i64)>;

/// Where every row's draws begin.
const SEED: u64 = 8;

impl Operation for RetentionIntervals {
    type Arguments = Resampled;

    fn asked(resampled: &Resampled) -> Vec<(&'static str, Json)> {
        let resamples = ("resamples", Json::Integer(i64::from(resampled.resamples)));
        resampled.windows.asked().into_iter().chain([resamples]).collect()
    }

    fn compute(resampled: &Resampled, context: &Context<'_>) -> Result<Self, Error> {
        let resamples = resampled.resamples;
        if !(Resampled::FEWEST..=Resampled::MOST).contains(&resamples) {
            let message = format!("customers cannot be drawn {resamples} times");
            let problem = Problem::argument(Code::InvalidArgument, "resamples", message);
            let help = format!("give a number from {} to {}", Resampled::FEWEST, Resampled::MOST);
            return Err(problem.value(&resamples.to_string()).help(help).into());
        }
        let pair = |pairs: &mut Pairs, before: Balance, after: Balance| {
            if before.pays {
                pairs.push((before.mrr, after.mrr));
            }
        };
        let mut ends = resampled.windows.visit(context, Self::COLUMNS, pair)?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, of_windows) in &mut ends.groups.groups {
            for (pairs, &(start, end)) in of_windows.iter_mut().zip(&ends.windows) {
                // Whatever the order of customers, the same are drawn.
                sort_by_key(pairs, |&(_, after)| after.unsigned_abs());
                sort_by_key(pairs, |&(before, _)| before.unsigned_abs());
                columns.window_start.push(start);
                columns.window_end.push(end);
                columns.write(pairs, resamples, context)?;
            }
        }
        let metadata = context.metadata(Self::SCHEMA, context.by);
        Ok(columns.into_table(ends.groups.columns(Vec::len), ends.digits, metadata))
    }
}

impl Grouped for RetentionIntervals {}

impl Columns {
    fn write(&mut self, pairs: &Pairs, resamples: u32, context: &Context<'_>) -> Result<(), Error> {
        let whole = Sums::of(pairs.iter());
        let (mut gross, mut net) = (Vec::new(), Vec::new());
        let mut draws = Draws::of(SEED);
        for _ in 0..resamples {
            report(context.watch, Stage::Write, 0, resamples as usize)?;
            let drawn = (0..pairs.len()).filter_map(|_| pairs.get(draws.position(pairs.len())));
            let drawn = Sums::of(drawn);
            gross.extend(drawn.gross().value());
            net.extend(drawn.net().value());
        }
        self.opening_customers.push(pairs.len() as u64);
        self.grr.push(whole.gross());
        self.nrr.push(whole.net());
        let ((grr_low, grr_high), (nrr_low, nrr_high)) = (ends(gross), ends(net));
        self.grr_low.push(grr_low);
        self.grr_high.push(grr_high);
        self.nrr_low.push(nrr_low);
        self.nrr_high.push(nrr_high);
        self.small_sample.push((pairs.len() as u64) < super::SMALL_SAMPLE);
        Ok(())
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

/// The values that leave 2.5% below and above, by the nearest rank.
fn ends(mut values: Vec<f64>) -> (Ratio, Ratio) {
    // Numbers from 0 up are in the order of their bits.
    sort_by_key(&mut values, |value| value.to_bits());
    let at = |thousandths: usize| {
        let rank = (values.len() * thousandths).div_ceil(1_000);
        let value = rank.checked_sub(1).and_then(|position| values.get(position));
        value.map_or(Ratio::Absent(Reason::ZeroDenominator), |&value| Ratio::Value(value))
    };
    (at(25), at(975))
}
