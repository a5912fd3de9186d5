//! What became of the customers of each band.

use std::sync::Arc;

use super::observations::Observations;
use super::summary::median;
use crate::interner::Interner;
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};

result_table! {
    /// What became of the customers of each band, a row for each.
    pub struct BacktestByBand("backtest_by_band") of
    /// What became of the customers of a band.
    BacktestByBandRow<'a>, built from Columns {
        /// The band of the score: those that persons have set are left aside.
        band: &'a str as Text,
        /// Observations in it.
        observations: u64 as Count,
        /// Of these, those with an event.
        events: u64 as Count,
        /// The share of the band's observations that has an event; absent where there are none.
        precision: Option<f64> as Ratio,
        /// The share of all events that is in the band; absent where there are none.
        recall: Option<f64> as Ratio,
        /// The median of the days to the events, the lower one of two; absent where there are none.
        median_lead_days: Option<u64> as MaybeCount,
    }
}

pub(super) fn by_band(observations: &Observations, metadata: Metadata) -> BacktestByBand {
    let mut names = Interner::default();
    let mut columns = Columns::of(&Arc::default());
    let mut of_bands: Vec<(u64, Vec<u32>)> = vec![Default::default(); observations.bands.len()];
    for found in &observations.all {
        if let Some((all, leads)) = of_bands.get_mut(found.band as usize) {
            *all += 1;
            leads.extend(found.lost);
        }
    }
    let all_events: usize = of_bands.iter().map(|(_, leads)| leads.len()).sum();
    for (name, (all, leads)) in observations.bands.iter().zip(of_bands) {
        let events = leads.len();
        columns.band.0.push(names.intern(name));
        columns.observations.push(all);
        columns.events.push(events as u64);
        columns.precision.push(Ratio::of(events as i128, all.into()));
        columns.recall.push(Ratio::of(events as i128, all_events as i128));
        columns.median_lead_days.push(median(leads).ok_or(Reason::NothingToCompare));
    }
    columns.band.1 = Arc::new(names.into_pool());
    columns.into_table(Vec::new(), 0, metadata)
}
