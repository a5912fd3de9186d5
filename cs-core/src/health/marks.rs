//! What the value of a measure is worth to each customer of a base.

use std::ops::Range;

use super::base::{Base, LEAST, Measured};
use super::measure::Measure;
use super::points::Points;
use super::scheme::Scoring;
use crate::parts::of_each;
use crate::period::Day;
use crate::word::words;

words! {
    /// What became of a measure.
    MeasureState {
        /// It has a value.
        Measured,
        /// It has one that is too old to count.
        Stale,
        /// It has none.
        Missing,
    }
}

/// What a measure gives a customer: points, unless it is left out, and whether they are of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u32);

impl Mark {
    /// More than any points are.
    const IS_EVIDENCE: u32 = 1 << 30;
    const IS_LEFT_OUT: u32 = 1 << 31;

    pub(super) fn new(points: Option<Points>, is_evidence: bool) -> Self {
        let evidence = if is_evidence { Self::IS_EVIDENCE } else { 0 };
        Self(points.map_or(Self::IS_LEFT_OUT, Points::millionths) | evidence)
    }

    /// None where the measure is left out.
    pub(super) fn points(self) -> Option<Points> {
        Points::some_if(self.0 & Self::IS_LEFT_OUT == 0, self.millionths())
    }

    /// The points in millionths; 0 where the measure is left out.
    #[inline]
    pub(super) fn millionths(self) -> u32 {
        self.0 & (Self::IS_EVIDENCE - 1)
    }

    /// What it adds to a sum of points by weight.
    #[inline]
    pub(super) fn worth(self, weight: u32) -> f64 {
        // Processors turn signed numbers into floats several at a time; no points reach the sign.
        f64::from(self.millionths() as i32) * f64::from(weight)
    }

    /// The weight of a measure that has points, and of no other: told by a bit that is all bits, and not by a question.
    #[inline]
    pub(super) fn counts(self, weight: u32) -> u32 {
        weight & !Self::of_all_bits(self.0)
    }

    /// The weight of a measure that has evidence, and of no other.
    #[inline]
    pub(super) fn evidence(self, weight: u32) -> u32 {
        weight & Self::of_all_bits(self.0 << 1)
    }

    /// The highest bit in the place of each.
    #[inline]
    fn of_all_bits(bits: u32) -> u32 {
        ((bits as i32) >> 31) as u32
    }
}

/// The marks of a measure, of every customer of a base.
pub(super) struct Marks {
    all: Vec<Mark>,
    are_of_evidence: bool,
}

impl Marks {
    pub(super) fn of(all: Vec<Mark>) -> Self {
        // Asked of all, so that several are looked at at a time.
        let are_of_evidence = all.iter().fold(true, |are, mark| are & (mark.evidence(1) & mark.counts(1) == 1));
        Self { all, are_of_evidence }
    }

    pub(super) fn get(&self, place: usize) -> Option<Mark> {
        self.all.get(place).copied()
    }

    /// Those of the customers at some places.
    pub(super) fn at(&self, places: &Range<usize>) -> &[Mark] {
        self.all.get(places.clone()).unwrap_or_default()
    }

    /// Whether every customer has evidence, and points of it.
    pub(super) fn are_of_evidence(&self) -> bool {
        self.are_of_evidence
    }

    /// The bytes that they hold.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.all.as_slice())
    }
}

impl Measure {
    /// What became of it, on a day, by its value and the day that this rests on.
    pub(super) fn state(&self, on: Day, value: Option<f64>, day: Option<Day>) -> MeasureState {
        let is_stale = |day: Day| self.max_age_days.is_some_and(|most| on.days_after(day) > i64::from(most));
        match value {
            None => MeasureState::Missing,
            Some(_) if day.is_some_and(is_stale) => MeasureState::Stale,
            Some(_) => MeasureState::Measured,
        }
    }

    fn mark(&self, position: usize, scoring: &Scoring<'_>, on: Day, (value, day): (Option<f64>, Option<Day>)) -> Mark {
        match value.filter(|_| self.state(on, value, day) == MeasureState::Measured) {
            Some(value) => Mark::new(Some(scoring.curve(position, self).at(value)), true),
            None => Mark::new(self.filled(), false),
        }
    }

    /// What its values are worth to the customers of a base, of which each is scored by one of `scorings`.
    pub(super) fn marks(
        &self,
        position: usize,
        measured: &Measured,
        base: &Base,
        (scorings, of_customers): (&[Scoring<'_>], &[u32]),
    ) -> Marks {
        Marks::of(of_each(base.len(), LEAST, |place| {
            let scoring = of_customers.get(place).and_then(|&scoring| scorings.get(scoring as usize));
            let none = Mark::new(None, false);
            scoring.map_or(none, |scoring| self.mark(position, scoring, base.day, measured.get(place)))
        }))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Mark, Points};

    #[rstest]
    fn a_mark_says_what_it_was_made_of(
        #[values(None, Some(Points::WORST), Some(Points::NEUTRAL), Some(Points::BEST))] points: Option<Points>,
        #[values(false, true)] is_evidence: bool,
    ) {
        let mark = Mark::new(points, is_evidence);
        let weights = [points.is_some(), is_evidence].map(|is_there| if is_there { 7 } else { 0 });
        assert_eq!((mark.points(), [mark.counts(7), mark.evidence(7)]), (points, weights));
        assert_eq!(mark.millionths(), points.map_or(0, Points::millionths));
        assert_eq!(mark.worth(7), 7.0 * f64::from(mark.millionths()));
    }
}
