//! How customers of one profile are scored: the weights, curves and bands that count for them.

use super::curve::Curve;
use super::measure::Measure;
use super::points::Points;
use super::profile::{Band, Profile};
use super::weighing::Weighing;

/// How customers of one profile are scored.
#[derive(Clone, Debug)]
pub(super) struct Scoring<'s> {
    pub(super) weighing: &'s Weighing,
    pub(super) bands: &'s [Band],
    /// The positions of the bands among all of the scorecard.
    pub(super) positions: Vec<u32>,
    pub(super) min_coverage: u32,
    pub(super) profile: Option<&'s Profile>,
}

impl Scoring<'_> {
    /// The curve of a measure.
    pub(super) fn curve<'c>(&'c self, position: usize, measure: &'c Measure) -> &'c Curve {
        self.profile.and_then(|profile| profile.curve(position)).unwrap_or(&measure.curve)
    }

    /// Whether the bands are of the profile.
    pub(super) fn has_own_bands(&self) -> bool {
        self.profile.is_some_and(|profile| profile.bands.is_some())
    }

    /// The least and the greatest score of any customer: each is a mean of some measures.
    pub(super) fn reach(&self, measures: &[Measure]) -> [Points; 2] {
        let counts = |&(position, _): &(usize, &Measure)| self.weighing.share(position) > 0;
        let reaches = || {
            measures.iter().enumerate().filter(counts).map(|(position, measure)| {
                let [worst, best] = self.curve(position, measure).reach();
                let filled = measure.filled().unwrap_or(worst);
                [worst.min(filled), best.max(filled)]
            })
        };
        let worst = reaches().map(|[worst, _]| worst).min();
        [worst.unwrap_or_default(), reaches().map(|[_, best]| best).max().unwrap_or_default()]
    }

    /// The weight of a measure.
    pub(super) fn weight(&self, position: usize, measure: &Measure) -> u32 {
        self.profile.map_or(measure.weight, |profile| profile.weight(position, measure))
    }
}
