//! What marks come to: the score of each customer, exact, and the weight that has evidence.
//!
//! Columns are added up for a block of customers at a time, without a question asked of any one of them: so many
//! additions alike are what processors do best.

use std::ops::Range;

use super::marks::{Mark, Marks};
use super::means::{BLOCK, Means, Whole};
use super::points::Points;
use super::scheme::Scoring;
use super::weighing::Weighed;

/// What the marks of a customer come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// The score to the nearest millionth of a point, halves to even; none where there is too little evidence.
    pub(super) score: Option<Points>,
    /// The best band that the exact score reaches, by its position among all.
    pub(super) band: Option<u32>,
    /// The weight with evidence over all weight.
    pub(super) coverage: f64,
}

/// The tallies of some customers, by column.
#[derive(Clone, Copy)]
pub(super) struct Tallies<'a> {
    pub(super) scores: &'a [Option<Points>],
    pub(super) coverages: &'a [f64],
    /// They mean nothing where there is no score.
    bands: &'a [u32],
}

impl<'a> Tallies<'a> {
    pub(super) fn bands(self) -> impl Iterator<Item = Option<u32>> + Clone + 'a {
        self.scores.iter().zip(self.bands).map(|(score, &band)| score.map(|_| band))
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Tally> + 'a {
        let tally = |((&score, band), &coverage)| Tally { score, band, coverage };
        self.scores.iter().zip(self.bands()).zip(self.coverages).map(tally)
    }
}

/// So many measures at a time: what is in the cache is fetched once for them.
const AT_ONCE: usize = 4;

/// Tells the tallies of the customers at some places, block after block, from a column of marks for each measure. Each
/// customer is scored by one of `scorings`.
pub(super) fn tell_tallies(
    places: Range<usize>,
    columns: &[&Marks],
    scorings: &[Scoring<'_>],
    of_customers: &[u32],
    mut tell: impl FnMut(Range<usize>, Tallies<'_>),
) {
    let (mut sums, mut mixed) = (Block::new(), Found::NONE);
    for start in places.clone().step_by(BLOCK) {
        let block = start..places.end.min(start + BLOCK);
        let of_block = of_customers.get(block.clone()).unwrap_or_default();
        let mut of_some = (0..).zip(scorings).filter(|(position, _)| of_block.contains(position));
        let found = match (of_some.next(), of_some.next()) {
            (Some((_, scoring)), None) => sums.found(&block, columns, scoring),
            (first, second) => {
                for (position, scoring) in first.into_iter().chain(second).chain(of_some) {
                    let found = sums.found(&block, columns, scoring);
                    mixed.take(found, of_block.iter().map(|of| *of == position));
                }
                &mixed
            }
        };
        tell(block, found.tallies(of_block.len()));
    }
}

/// What is found of each customer of a block.
struct Found {
    scores: [Option<Points>; BLOCK],
    bands: [u32; BLOCK],
    coverages: [f64; BLOCK],
}

impl Found {
    const NONE: Self = Self { scores: [None; BLOCK], bands: [0; BLOCK], coverages: [0.0; BLOCK] };

    /// Takes what was found of those customers that `is_its` tells.
    fn take(&mut self, found: &Self, is_its: impl Iterator<Item = bool>) {
        let slots = self.scores.iter_mut().zip(&mut self.bands).zip(&mut self.coverages);
        let found = found.scores.iter().zip(&found.bands).zip(&found.coverages);
        for ((((score, band), coverage), found), is_its) in slots.zip(found).zip(is_its) {
            if is_its {
                ((*score, *band), *coverage) = ((*found.0.0, *found.0.1), *found.1);
            }
        }
    }

    fn tallies(&self, count: usize) -> Tallies<'_> {
        Tallies {
            scores: self.scores.get(..count).unwrap_or_default(),
            coverages: self.coverages.get(..count).unwrap_or_default(),
            bands: self.bands.get(..count).unwrap_or_default(),
        }
    }
}

/// Sums for each customer of a block. A group's weights fit by far: they cannot wrap, and are not asked whether they do. Its
/// points are exact as floats: no weights come to more than 64,000, and no points to more than 10^8.
struct Block {
    /// Of a group: the points of its measures by weight, the weight of those that have any, and of those that have evidence.
    points: [f64; BLOCK],
    weights: [u32; BLOCK],
    evidence: [u32; BLOCK],
    /// Of all groups: the weight with evidence, which is exact as a float.
    covered: [f64; BLOCK],
    found: Found,
}

impl Block {
    fn new() -> Self {
        let (points, weights) = ([0.0; BLOCK], [0; BLOCK]);
        Self { points, weights, evidence: weights, covered: points, found: Found::NONE }
    }

    /// What is found of the customers of a block, as if all were scored alike.
    fn found(&mut self, block: &Range<usize>, columns: &[&Marks], scoring: &Scoring<'_>) -> &Found {
        match scoring.weighing.is_narrow() {
            true => self.conclude(Means::<f64>::new(), block, columns, scoring),
            false => self.conclude(Means::<u128>::new(), block, columns, scoring),
        }
    }

    fn conclude<N: Whole>(
        &mut self,
        mut means: Means<N>,
        block: &Range<usize>,
        columns: &[&Marks],
        scoring: &Scoring<'_>,
    ) -> &Found {
        self.covered = [0.0; BLOCK];
        for group in scoring.weighing.groups() {
            self.add_up(group, block, columns);
            means.add(group, &self.points, &self.weights);
        }
        let (mut nearest, mut reached) = ([0; BLOCK], [0; BLOCK]);
        means.tell(&mut nearest, &mut reached);
        self.tell(&nearest, &reached, scoring);
        &self.found
    }

    /// Adds up the measures of a group.
    fn add_up(&mut self, group: &Weighed, block: &Range<usize>, columns: &[&Marks]) {
        let marks = |measure: usize| columns.get(measure).map(|marks| marks.at(block)).unwrap_or_default();
        self.points = [0.0; BLOCK];
        let (several, others) = group.measures.as_chunks::<AT_ONCE>();
        several.iter().for_each(|several| self.add_points(several.map(|(measure, weight)| (marks(measure), weight))));
        others.iter().for_each(|&(measure, weight)| self.add_points_of_one(marks(measure), weight));
        // Where every customer has evidence nobody is asked for it.
        let is_of_all = |measure: usize| columns.get(measure).is_some_and(|marks| marks.are_of_evidence());
        let (of_all, of_some): (Vec<_>, Vec<_>) = group.measures.iter().partition(|(measure, _)| is_of_all(*measure));
        let weight = of_all.iter().fold(0_u32, |sum, &(_, weight)| sum.wrapping_add(weight));
        (self.weights, self.evidence) = ([weight; BLOCK], [weight; BLOCK]);
        let (several, others) = of_some.as_chunks::<AT_ONCE>();
        several.iter().for_each(|several| self.add_weights(several.map(|(measure, weight)| (marks(measure), weight))));
        others.iter().for_each(|&(measure, weight)| self.add_weights_of_one(marks(measure), weight));
        let of_one = group.of_one as f64;
        for (covered, &evidence) in self.covered.iter_mut().zip(&self.evidence) {
            *covered += f64::from(evidence) * of_one;
        }
    }

    /// Tells scores, the bands that they reach and how much they rest on.
    fn tell(&mut self, nearest: &[u32; BLOCK], reached: &[u32; BLOCK], scoring: &Scoring<'_>) {
        let weighing = scoring.weighing;
        let [least, total] =
            [weighing.least_covered(scoring.min_coverage), weighing.total()].map(|weight| weight as f64);
        for (score, (&nearest, &covered)) in self.found.scores.iter_mut().zip(nearest.iter().zip(&self.covered)) {
            *score = Points::some_if(covered >= least, nearest);
        }
        self.found.bands = [0; BLOCK];
        for above in scoring.bands.iter().map(|band| band.from.millionths()) {
            for (band, &reached) in self.found.bands.iter_mut().zip(reached) {
                *band = band.wrapping_add(u32::from(above > reached));
            }
        }
        if !scoring.positions.iter().copied().eq(0..scoring.positions.len() as u32) {
            for band in &mut self.found.bands {
                *band = scoring.positions.get(*band as usize).copied().unwrap_or_default();
            }
        }
        for (coverage, &covered) in self.found.coverages.iter_mut().zip(&self.covered) {
            *coverage = covered / total;
        }
    }

    /// Adds the points of a measure to those of its group.
    fn add_points_of_one(&mut self, marks: &[Mark], weight: u32) {
        self.points.iter_mut().zip(marks).for_each(|(points, mark)| *points += mark.worth(weight));
    }

    /// Adds the points of measures to those of their group.
    fn add_points(&mut self, [(a, of_a), (b, of_b), (c, of_c), (d, of_d)]: [(&[Mark], u32); AT_ONCE]) {
        for ((((points, a), b), c), d) in self.points.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            let [one, other] =
                [(a, of_a, b, of_b), (c, of_c, d, of_d)].map(|(a, of_a, b, of_b)| a.worth(of_a) + b.worth(of_b));
            *points += one + other;
        }
    }

    /// Adds the weight of a measure to those of its group.
    fn add_weights_of_one(&mut self, marks: &[Mark], weight: u32) {
        for ((weights, evidence), mark) in self.weights.iter_mut().zip(&mut self.evidence).zip(marks) {
            *weights = weights.wrapping_add(mark.counts(weight));
            *evidence = evidence.wrapping_add(mark.evidence(weight));
        }
    }

    /// Adds the weights of measures to those of their group.
    fn add_weights(&mut self, [(a, of_a), (b, of_b), (c, of_c), (d, of_d)]: [(&[Mark], u32); AT_ONCE]) {
        let sums = self.weights.iter_mut().zip(&mut self.evidence);
        for (((((weights, evidence), a), b), c), d) in sums.zip(a).zip(b).zip(c).zip(d) {
            for (mark, weight) in [(a, of_a), (b, of_b), (c, of_c), (d, of_d)] {
                *weights = weights.wrapping_add(mark.counts(weight));
                *evidence = evidence.wrapping_add(mark.evidence(weight));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::{BLOCK, Mark, Marks, Points, Scoring, Tally, tell_tallies};
    use crate::health::profile::Band;
    use crate::health::weighing::Weighing;

    fn points(points: i64) -> Option<Points> {
        Some(Points::of_millionths(points * 1_000_000))
    }

    fn of_millionths(millionths: i64) -> Option<Points> {
        Some(Points::of_millionths(millionths))
    }

    fn scoring(weighing: &Weighing, min_coverage: u32) -> Scoring<'_> {
        Scoring { weighing, bands: &[], positions: vec![7, 8, 9], min_coverage, profile: None }
    }

    fn evidence(points: Option<Points>) -> Mark {
        Mark::new(points, points.is_some())
    }

    fn tallies(
        places: std::ops::Range<usize>,
        columns: &[&[Mark]],
        scorings: &[Scoring<'_>],
        of_customers: &[u32],
    ) -> Vec<Tally> {
        let columns: Vec<Marks> = columns.iter().map(|marks| Marks::of(marks.to_vec())).collect();
        let columns: Vec<&Marks> = columns.iter().collect();
        let mut all = Vec::new();
        let start = places.start;
        tell_tallies(places, &columns, scorings, of_customers, |places, tallies| {
            assert_eq!((places.start, places.len()), (start + all.len(), tallies.scores.len()));
            all.extend(tallies.iter());
        });
        all
    }

    /// That of one customer.
    fn tally(weighing: &Weighing, marks: &[Mark], min_coverage: u32) -> Tally {
        let columns: Vec<&[Mark]> = marks.chunks(1).collect();
        let bands = [76, 75, 0].map(|from| Band { name: from.to_string(), from: points(from).unwrap() });
        tallies(0..1, &columns, &[Scoring { bands: &bands, ..scoring(weighing, min_coverage) }], &[0])[0]
    }

    fn score(weighing: &Weighing, points: &[Option<Points>]) -> Option<Points> {
        tally(weighing, &points.iter().copied().map(evidence).collect::<Vec<_>>(), 0).score
    }

    fn alone(weights: &[u32]) -> Weighing {
        let measures: Vec<(usize, u32)> = weights.iter().map(|&weight| (0, weight)).collect();
        Weighing::of(&[1], &measures).unwrap()
    }

    #[test]
    fn the_mean_is_by_weight_and_exact() {
        // (2 x 100 + 1 x 25) / 3 = 75 exactly.
        let exact = tally(&alone(&[2, 1]), &[points(100), points(25)].map(evidence), 0);
        assert_eq!(exact, Tally { score: points(75), band: Some(8), coverage: 1.0 });
        // (100 + 100 + 24.999999) / 3 is shown as 75 and is below it.
        let less = tally(&alone(&[2, 1]), &[points(100), of_millionths(24_999_999)].map(evidence), 0);
        assert_eq!(less, Tally { score: points(75), band: Some(9), coverage: 1.0 });
        assert_eq!(score(&alone(&[2, 1]), &[None, None]), None);
        assert_eq!(score(&alone(&[2, 1]), &[None, points(25)]), points(25));
    }

    #[rstest]
    #[case(&[1, 1], &[1, 0], 0)]
    #[case(&[1, 1], &[2, 1], 2)]
    #[case(&[1, 1], &[3, 2], 2)]
    #[case(&[1, 2], &[1, 2], 2)]
    #[case(&[1, 2], &[2, 1], 1)]
    fn halves_are_rounded_to_even(#[case] weights: &[u32], #[case] marks: &[i64], #[case] expected: i64) {
        let marks: Vec<_> = marks.iter().copied().map(of_millionths).collect();
        assert_eq!(score(&alone(weights), &marks), of_millionths(expected));
    }

    #[test]
    fn groups_are_weighed_by_themselves() {
        // 60% of (100 + 0) / 2, 40% of 10.
        let weighing = Weighing::of(&[60, 40], &[(0, 5), (0, 5), (1, 900)]).unwrap();
        assert_eq!(score(&weighing, &[points(100), points(0), points(10)]), points(34));
        // Without the one the other has the whole group.
        assert_eq!(score(&weighing, &[points(100), None, points(10)]), points(64));
        // Without the group the other is all.
        assert_eq!(score(&weighing, &[None, None, points(10)]), points(10));
    }

    #[rstest]
    // Two thirds have evidence; what fills the rest is none.
    #[case(666_666, true)]
    #[case(666_667, false)]
    #[case(0, true)]
    fn too_little_evidence_is_no_score(#[case] least: u32, #[case] has_score: bool) {
        let marks = [evidence(points(90)), Mark::new(points(0), false)];
        let tally = tally(&alone(&[2, 1]), &marks, least);
        assert_eq!((tally.score.is_some(), tally.coverage), (has_score, 2.0 / 3.0));
        assert_eq!(tally.score, points(60).filter(|_| has_score));
    }

    #[test]
    fn no_evidence_is_no_score_even_where_none_is_asked_for() {
        assert_eq!(tally(&alone(&[1]), &[Mark::new(points(50), false)], 0).score, None);
    }

    #[test]
    fn customers_are_scored_by_the_scoring_of_each() {
        let narrow = Weighing::of(&[1], &[(0, 3), (0, 1), (0, 1), (0, 2)]).unwrap();
        let wide = Weighing::of(&[1_000, 1_999], &[(0, 1), (0, 612), (1, 1), (1, 24)]).unwrap();
        assert_eq!([narrow.is_narrow(), wide.is_narrow()], [true, false]);
        let band = |from: i64| Band { name: from.to_string(), from: points(from).unwrap() };
        let (few, many) = ([40, 0].map(band), [60, 50, 0].map(band));
        let scorings = [
            Scoring { bands: &few, ..scoring(&narrow, 600_000) },
            Scoring { bands: &many, positions: vec![0, 1, 2], ..scoring(&wide, 0) },
            Scoring { bands: &few, ..scoring(&wide, 900_000) },
        ];
        let count = 3 * BLOCK + 3;
        let column = |measure: usize| -> Vec<Mark> {
            let mark = |place: usize| {
                let drawn = (place * 7_919 + measure * 104_729) % 1_013;
                let points = of_millionths(drawn as i64 * 98_717)
                    .filter(|_| !drawn.is_multiple_of(5) && !place.is_multiple_of(11));
                Mark::new(points, points.is_some() && !drawn.is_multiple_of(7))
            };
            (0..count).map(mark).collect()
        };
        let columns = [0, 1, 2, 3].map(column);
        let columns = columns.each_ref().map(Vec::as_slice);
        // Of the first block nobody has the second or the third, and of the last one all have the third.
        let of = |place: usize| if place < BLOCK { 0 } else { (place % 3).max(place / (3 * BLOCK) * 2) as u32 };
        let of_customers: Vec<u32> = (0..count).map(of).collect();
        let start = BLOCK - 2;
        let found = tallies(start..count, &columns, &scorings, &of_customers);
        assert_eq!(found.len(), count - start);
        for (tally, place) in found.iter().zip(start..) {
            let marks = columns.map(|column| &column[place..=place]);
            let scoring = scorings[of_customers[place] as usize].clone();
            assert_eq!(*tally, tallies(0..1, &marks, &[scoring], &[0])[0], "{place}");
        }
    }

    /// The numerator and the denominator of a mean, by fractions that are brought to one denominator.
    fn plain(groups: &[u32], measures: &[(usize, u32)], marks: &[Option<u32>]) -> Option<(u128, u128)> {
        let of_group = |at: usize| {
            let of = || measures.iter().zip(marks).filter(move |((group, _), mark)| *group == at && mark.is_some());
            let weight: u128 = of().map(|(&(_, weight), _)| u128::from(weight)).sum();
            let points: u128 =
                of().map(|(&(_, weight), &mark)| u128::from(weight) * u128::from(mark.unwrap_or(0))).sum();
            (points, weight)
        };
        let (mut sum, mut all) = ((0, 1), 0);
        for (at, &group) in groups.iter().enumerate() {
            let (points, weight) = of_group(at);
            if weight > 0 {
                sum = (sum.0 * weight + u128::from(group) * points * sum.1, sum.1 * weight);
                all += u128::from(group);
            }
        }
        (all > 0).then_some((sum.0, sum.1 * all))
    }

    proptest! {
        /// Both widths, against fractions.
        #[test]
        fn scores_are_those_of_plain_fractions(
            groups in prop::collection::vec(0_u32..50, 1..5),
            measures in prop::collection::vec((0_usize..4, 0_u32..1_000), 1..12),
            marks in prop::collection::vec(prop::option::of(0_u32..=100_000_000), 12),
        ) {
            let measures: Vec<_> = measures.into_iter().map(|(group, weight)| (group % groups.len(), weight)).collect();
            let Ok(weighing) = Weighing::of(&groups, &measures) else { return Ok(()) };
            let told: Vec<_> = marks.iter().take(measures.len()).map(|mark| mark.and_then(|mark| of_millionths(mark.into()))).collect();
            let expected = plain(&groups, &measures, &marks).map(|(numerator, denominator)| {
                let (whole, rest) = (numerator / denominator, numerator % denominator);
                let is_up = rest * 2 > denominator || (rest * 2 == denominator && whole % 2 == 1);
                Points::of_millionths((whole + u128::from(is_up)) as i64)
            });
            prop_assert_eq!(score(&weighing, &told), expected);
        }
    }
}
