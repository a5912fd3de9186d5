//! How much each measure counts, and what scores come of that: exact, and rounded once.

use std::cmp::Reverse;

use super::points::{ONE, Points};

/// The weights that count for some customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighing {
    groups: Vec<Weighed>,
    /// What each measure is of all the weight, in parts of `total`; 0 for one that is left out.
    shares: Vec<u64>,
    total: u64,
}

/// A group with the measures that weigh something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Weighed {
    weight: u64,
    /// The position of each measure, and its weight.
    measures: Vec<(usize, u64)>,
}

/// A mean of points, as millionths: exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Score {
    numerator: u128,
    denominator: u128,
}

/// Why weights cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeighingFault {
    /// Nothing weighs anything.
    Nothing,
    /// Their mean would be of fractions that are too fine to be exact.
    TooFine,
}

impl Weighing {
    /// The weights of groups, and of measures with the position of their group.
    pub(super) fn of(groups: &[u32], measures: &[(usize, u32)]) -> Result<Self, WeighingFault> {
        let weighed = groups.iter().enumerate().map(|(position, &weight)| Weighed {
            weight: weight.into(),
            measures: measures
                .iter()
                .enumerate()
                .filter(|(_, (group, weight))| *group == position && *weight > 0)
                .map(|(measure, &(_, weight))| (measure, weight.into()))
                .collect(),
        });
        let groups: Vec<Weighed> = weighed.filter(|group| group.weight > 0 && !group.measures.is_empty()).collect();
        if groups.is_empty() {
            return Err(WeighingFault::Nothing);
        }
        let all: u64 = groups.iter().map(|group| group.weight).sum();
        if !is_exact(&groups, all) {
            return Err(WeighingFault::TooFine);
        }
        let common = groups.iter().try_fold(1, |common, group| least_common_multiple(common, group.total()));
        let common = common.ok_or(WeighingFault::TooFine)?;
        let total = u64::try_from(common * u128::from(all)).ok().filter(|&total| total <= EXACT);
        let total = total.ok_or(WeighingFault::TooFine)?;
        let mut shares = vec![0; measures.len()];
        for group in &groups {
            let of_weight = common / u128::from(group.total()) * u128::from(group.weight);
            for &(measure, weight) in &group.measures {
                if let Some(share) = shares.get_mut(measure) {
                    // A part of the total, which fits.
                    *share = u64::try_from(of_weight * u128::from(weight)).unwrap_or(u64::MAX);
                }
            }
        }
        Ok(Self { groups, shares, total })
    }

    /// What a measure is of all the weight, in parts of [`Weighing::total`].
    pub(super) fn share(&self, measure: usize) -> u64 {
        self.shares.get(measure).copied().unwrap_or_default()
    }

    /// All the weight.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Whether some of the weight, in the same parts, is at least a share of all, in millionths.
    pub(super) fn is_covered(&self, covered: u64, least: u32) -> bool {
        u128::from(covered) * u128::from(ONE) >= u128::from(self.total) * u128::from(least)
    }

    /// The score of a customer by the points of each measure; none where no measure has any.
    pub(super) fn score(&self, points: &[Option<Points>]) -> Option<Score> {
        let parts = self.parts(points);
        let denominator = parts.denominator()?;
        Some(Score { numerator: parts.terms(points).map(|(_, term)| term).sum(), denominator })
    }

    /// What each measure has in a score, in millionths of a point; they sum to it as it is rounded.
    pub(super) fn contributions(&self, points: &[Option<Points>], score: Score) -> Vec<(usize, u32)> {
        let parts = self.parts(points);
        let Some(denominator) = parts.denominator() else { return Vec::new() };
        let mut shares: Vec<(usize, u32, u128)> = parts
            .terms(points)
            .map(|(measure, term)| (measure, (term / denominator) as u32, term % denominator))
            .collect();
        let told: u32 = shares.iter().map(|&(_, share, _)| share).sum();
        for _ in told..score.rounded().millionths() {
            // Of equal losses the first measure's; each gets one at most, since there are more losses than are lacking.
            let first = |&&(measure, _, lost): &&(usize, u32, u128)| (lost, Reverse(measure));
            let most = shares.iter().max_by_key(first).map(|&(measure, _, _)| measure);
            if let Some(slot) = shares.iter_mut().find(|(measure, _, _)| Some(*measure) == most) {
                (slot.1, slot.2) = (slot.1 + 1, 0);
            }
        }
        shares.into_iter().map(|(measure, share, _)| (measure, share)).collect()
    }

    /// The groups that have a score, with the weight of the measures that do.
    fn parts(&self, points: &[Option<Points>]) -> Parts<'_> {
        let has = |measure: usize| points.get(measure).is_some_and(Option::is_some);
        let of_group = |group: &'_ Weighed| -> u64 {
            group.measures.iter().filter(|&&(measure, _)| has(measure)).map(|&(_, weight)| weight).sum()
        };
        let groups: Vec<(&Weighed, u64)> =
            self.groups.iter().map(|group| (group, of_group(group))).filter(|&(_, total)| total > 0).collect();
        let multiple = |common, &(_, total): &(&Weighed, u64)| least_common_multiple(common, total);
        // It divides the product of all weights, which was looked at when they were taken.
        let common = groups.iter().try_fold(1, multiple).unwrap_or(1);
        Parts { weight: groups.iter().map(|(group, _)| group.weight).sum(), groups, common }
    }
}

/// Counts up to this are exact as floats.
const EXACT: u64 = 1 << 53;

/// Groups that have a score.
struct Parts<'w> {
    groups: Vec<(&'w Weighed, u64)>,
    /// A multiple of the weights in each.
    common: u128,
    weight: u64,
}

impl Parts<'_> {
    /// What all terms are parts of; none without groups.
    fn denominator(&self) -> Option<u128> {
        (!self.groups.is_empty()).then_some(self.common * u128::from(self.weight))
    }

    /// What each measure adds to the score, in parts of the denominator.
    fn terms<'p>(&'p self, points: &'p [Option<Points>]) -> impl Iterator<Item = (usize, u128)> + 'p {
        self.groups.iter().flat_map(move |&(group, total)| {
            let of_group = u128::from(group.weight) * (self.common / u128::from(total));
            group.measures.iter().filter_map(move |&(measure, weight)| {
                let points = points.get(measure).copied().flatten()?;
                Some((measure, of_group * u128::from(weight) * u128::from(points.millionths())))
            })
        })
    }
}

impl Weighed {
    fn total(&self) -> u64 {
        self.measures.iter().map(|&(_, weight)| weight).sum()
    }
}

/// Whether the sums of any of the measures fit.
fn is_exact(groups: &[Weighed], all: u64) -> bool {
    let most = u128::from(all) * u128::from(Points::BEST.millionths());
    groups.iter().try_fold(most, |most, group| most.checked_mul(group.total().into())).is_some()
}

fn least_common_multiple(one: u128, other: u64) -> Option<u128> {
    let other = u128::from(other);
    let (mut divisor, mut rest) = (one, other);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (one / divisor).checked_mul(other)
}

impl Score {
    /// Whether it is at least so many points.
    pub(super) fn reaches(self, points: Points) -> bool {
        self.numerator >= self.denominator * u128::from(points.millionths())
    }

    /// To the nearest millionth of a point, halves to even.
    pub(super) fn rounded(self) -> Points {
        let (whole, rest) = (self.numerator / self.denominator, self.numerator % self.denominator);
        let is_up = match (rest * 2).cmp(&self.denominator) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => whole % 2 == 1,
            std::cmp::Ordering::Greater => true,
        };
        Points::of_millionths((whole + u128::from(is_up)) as i64)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Points, Score, Weighing, WeighingFault};

    fn whole(points: i64) -> Points {
        Points::of_millionths(points * 1_000_000)
    }

    fn points(points: i64) -> Option<Points> {
        Some(whole(points))
    }

    fn alone(weights: &[u32]) -> Weighing {
        let measures: Vec<(usize, u32)> = weights.iter().map(|&weight| (0, weight)).collect();
        Weighing::of(&[1], &measures).unwrap()
    }

    #[test]
    fn the_mean_is_by_weight_and_exact() {
        // (2 x 100 + 1 x 25) / 3 = 75 exactly.
        let score = alone(&[2, 1]).score(&[points(100), points(25)]).unwrap();
        assert!(score.reaches(whole(75)));
        assert_eq!(score.rounded(), whole(75));
        // (100 + 100 + 24.999999) / 3 is shown as 75 and is below it.
        let less = alone(&[2, 1]).score(&[points(100), Some(Points::of_millionths(24_999_999))]).unwrap();
        assert!(!less.reaches(whole(75)));
        assert_eq!(less.rounded(), whole(75));
        assert_eq!(alone(&[2, 1]).score(&[None, None]), None);
        assert_eq!(alone(&[2, 1]).score(&[None, points(25)]).unwrap().rounded(), whole(25));
    }

    #[test]
    fn groups_are_weighed_by_themselves() {
        // 60% of (100 + 0) / 2, 40% of 10.
        let weighing = Weighing::of(&[60, 40], &[(0, 5), (0, 5), (1, 900)]).unwrap();
        let score = weighing.score(&[points(100), points(0), points(10)]).unwrap();
        assert_eq!(score.rounded(), whole(34));
        // Without the one the other has the whole group.
        assert_eq!(weighing.score(&[points(100), None, points(10)]).unwrap().rounded(), whole(64));
        // Without the group the other is all.
        assert_eq!(weighing.score(&[None, None, points(10)]).unwrap().rounded(), whole(10));
        let share = |measure| weighing.share(measure) as f64 / weighing.total() as f64;
        assert_eq!([share(0), share(1), share(2)], [0.3, 0.3, 0.4]);
    }

    #[test]
    fn what_weighs_nothing_is_left_out() {
        let weighing = Weighing::of(&[1, 0, 1], &[(0, 1), (1, 7), (2, 0), (0, 0)]).unwrap();
        assert_eq!([0, 1, 2, 3].map(|measure| weighing.share(measure)), [1, 0, 0, 0]);
        assert_eq!(weighing.total(), 1);
        assert_eq!(Weighing::of(&[0], &[(0, 1)]), Err(WeighingFault::Nothing));
        assert_eq!(Weighing::of(&[1], &[(0, 0)]), Err(WeighingFault::Nothing));
        // Sixteen groups of weights that have nothing in common.
        let primes = [509, 521, 523, 541, 547, 557, 563, 569, 571, 577, 587, 593, 599, 601, 607, 613];
        let measures: Vec<(usize, u32)> = primes.iter().copied().enumerate().collect();
        assert_eq!(Weighing::of(&[1; 16], &measures), Err(WeighingFault::TooFine));
        assert!(Weighing::of(&[1; 5], measures.get(..5).unwrap()).is_ok());
        assert_eq!(Weighing::of(&[1; 6], measures.get(..6).unwrap()), Err(WeighingFault::TooFine));
    }

    #[rstest]
    #[case(1, 2, 0)]
    #[case(3, 2, 2)]
    #[case(5, 2, 2)]
    #[case(5, 3, 2)]
    #[case(4, 3, 1)]
    #[case(6, 3, 2)]
    fn halves_are_rounded_to_even(#[case] numerator: u128, #[case] denominator: u128, #[case] expected: i64) {
        assert_eq!(Score { numerator, denominator }.rounded(), Points::of_millionths(expected));
    }

    #[rstest]
    // A third of a point each: the first has the millionth that is left over.
    #[case(&[1, 1, 1], &[points(1), points(0), points(0)], &[333_333, 0, 0])]
    #[case(&[1, 1, 1], &[points(1), points(1), points(0)], &[333_334, 333_333, 0])]
    // Two thirds lose more than one.
    #[case(&[1, 2, 3], &[points(1), points(1), points(0)], &[166_667, 333_333, 0])]
    #[case(&[1, 1], &[points(100), None], &[100_000_000])]
    fn contributions_sum_to_the_score(
        #[case] weights: &[u32],
        #[case] points: &[Option<Points>],
        #[case] expected: &[u32],
    ) {
        let weighing = alone(weights);
        let score = weighing.score(points).unwrap();
        let contributions: Vec<u32> =
            weighing.contributions(points, score).into_iter().map(|(_, share)| share).collect();
        assert_eq!(contributions, expected);
        assert_eq!(contributions.iter().sum::<u32>(), score.rounded().millionths());
    }

    #[rstest]
    #[case(1, 500_000, true)]
    #[case(1, 500_001, false)]
    #[case(0, 0, true)]
    #[case(2, 1_000_000, true)]
    fn coverage_is_compared_exactly(#[case] covered: u64, #[case] least: u32, #[case] expected: bool) {
        assert_eq!(alone(&[1, 1]).is_covered(covered, least), expected);
    }
}
