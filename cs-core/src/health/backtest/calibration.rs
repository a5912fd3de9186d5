//! How often customers of each score were lost.

use std::sync::Arc;

use super::observations::{Observation, Observations};
use crate::health::points::ONE;
use crate::ratio::Ratio;
use crate::table::{Metadata, result_table};

result_table! {
    /// How often customers of each score were lost, a row for each ten points.
    pub struct BacktestCalibration("backtest_calibration") of
    /// How often customers with scores in a bin were lost.
    BacktestCalibrationRow, built from Columns {
        /// The least score of the bin.
        score_from: u64 as Count,
        /// The score before which it ends; the last bin holds 100 too.
        score_to: u64 as Count,
        /// Observations in it.
        observations: u64 as Count,
        /// The mean of their scores; absent where there are none, as are all that follow.
        mean_score: Option<f64> as Ratio,
        /// Those with an event.
        events: u64 as Count,
        /// Events over observations.
        event_rate: Option<f64> as Ratio,
        /// The lower end of its Wilson interval, at 95%, as if all observations were of customers of their own.
        event_rate_low: Option<f64> as Ratio,
        /// The upper end of it.
        event_rate_high: Option<f64> as Ratio,
    }
}

/// How many bins.
pub(super) const BINS: usize = 10;
/// Points in a bin.
const WIDTH: u32 = 10;

/// The bin of a score.
pub(super) fn bin(found: &Observation) -> usize {
    ((found.score.millionths() / (WIDTH * ONE)) as usize).min(BINS - 1)
}

pub(super) fn calibration(observations: &Observations, metadata: Metadata) -> BacktestCalibration {
    let mut columns = Columns::of(&Arc::default());
    let mut bins = [Bin::default(); BINS];
    for found in &observations.all {
        if let Some(bin) = bins.get_mut(bin(found)) {
            bin.all += 1;
            bin.events += u64::from(found.lost.is_some());
            bin.millionths += u64::from(found.score.millionths());
        }
    }
    for (position, Bin { all, events, millionths }) in bins.into_iter().enumerate() {
        let (low, high) = Ratio::wilson(events, all);
        let from = position as u64 * u64::from(WIDTH);
        columns.score_from.push(from);
        columns.score_to.push(from + u64::from(WIDTH));
        columns.observations.push(all);
        columns.mean_score.push(mean_score(millionths, all));
        columns.events.push(events);
        columns.event_rate.push(Ratio::of(events.into(), all.into()));
        columns.event_rate_low.push(low);
        columns.event_rate_high.push(high);
    }
    columns.into_table(Vec::new(), 0, metadata)
}

/// What is counted of a bin.
#[derive(Clone, Copy, Default)]
struct Bin {
    all: u64,
    events: u64,
    /// Of all scores together.
    millionths: u64,
}

/// The mean of so many scores, in points, which come to so many millionths: of no more than 2^31 they fit.
pub(super) fn mean_score(millionths: u64, count: u64) -> Ratio {
    Ratio::of(millionths.into(), i128::from(count) * i128::from(ONE))
}
