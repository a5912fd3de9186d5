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

/// Observations that are counted together.
#[derive(Clone, Copy, Default)]
pub(super) struct Counted {
    pub(super) all: u64,
    pub(super) events: u64,
    /// What their scores come to: of no more than 2^31 it fits.
    millionths: u64,
}

impl Counted {
    fn add(&mut self, found: &Observation) {
        self.all += 1;
        self.events += u64::from(found.lost.is_some());
        self.millionths += u64::from(found.score.millionths());
    }

    pub(super) fn and(self, others: Self) -> Self {
        Self {
            all: self.all + others.all,
            events: self.events + others.events,
            millionths: self.millionths + others.millionths,
        }
    }

    pub(super) fn event_rate(self) -> Ratio {
        Ratio::of(self.events.into(), self.all.into())
    }

    /// The mean of their scores, in points.
    pub(super) fn mean_score(self) -> Ratio {
        Ratio::of(self.millionths.into(), i128::from(self.all) * i128::from(ONE))
    }
}

/// Observations by the bins of their scores.
pub(super) fn binned<'o>(observations: impl Iterator<Item = &'o Observation>) -> [Counted; BINS] {
    let mut bins = [Counted::default(); BINS];
    for found in observations {
        let bin = ((found.score.millionths() / (WIDTH * ONE)) as usize).min(BINS - 1);
        if let Some(bin) = bins.get_mut(bin) {
            bin.add(found);
        }
    }
    bins
}

pub(super) fn calibration(observations: &Observations, metadata: Metadata) -> BacktestCalibration {
    let mut columns = Columns::of(&Arc::default());
    for (position, bin) in binned(observations.all.iter()).into_iter().enumerate() {
        let (low, high) = Ratio::wilson(bin.events, bin.all);
        let from = position as u64 * u64::from(WIDTH);
        columns.score_from.push(from);
        columns.score_to.push(from + u64::from(WIDTH));
        columns.observations.push(bin.all);
        columns.mean_score.push(bin.mean_score());
        columns.events.push(bin.events);
        columns.event_rate.push(bin.event_rate());
        columns.event_rate_low.push(low);
        columns.event_rate_high.push(high);
    }
    columns.into_table(Vec::new(), 0, metadata)
}
