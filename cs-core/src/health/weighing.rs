//! How much each measure counts, and what each has in a score: exact, in millionths that sum to it.

use std::cmp::Reverse;

use super::points::{ONE, Points};

/// The weights that count for some customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighing {
    groups: Vec<Weighed>,
    /// What each measure is of all the weight, in parts of `total`; 0 for one that is left out.
    shares: Vec<u64>,
    total: u64,
    /// Whether all that scores are computed of is below [`NARROW`].
    is_narrow: bool,
}

/// A group with the measures that weigh something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    pub(super) weight: u32,
    /// The position of each measure, and its weight.
    pub(super) measures: Vec<(usize, u32)>,
    /// What a weight of 1 in it is of all the weight, in parts of [`Weighing::total`].
    pub(super) of_one: u64,
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
            weight,
            measures: measures
                .iter()
                .enumerate()
                .filter(|(_, (group, weight))| *group == position && *weight > 0)
                .map(|(measure, &(_, weight))| (measure, weight))
                .collect(),
            of_one: 0,
        });
        let weighed = weighed.filter(|group| group.weight > 0 && !group.measures.is_empty());
        let mut groups = reduced(weighed.collect());
        if groups.is_empty() {
            return Err(WeighingFault::Nothing);
        }
        let all: u64 = groups.iter().map(|group| u64::from(group.weight)).sum();
        let most = most(&groups, all).ok_or(WeighingFault::TooFine)?;
        let common = groups.iter().try_fold(1, |common, group| least_common_multiple(common, group.total()));
        let common = common.ok_or(WeighingFault::TooFine)?;
        let total = u64::try_from(common * u128::from(all)).ok().filter(|&total| total <= EXACT);
        let total = total.ok_or(WeighingFault::TooFine)?;
        let mut shares = vec![0; measures.len()];
        for group in &mut groups {
            // A part of the total, which fits.
            let of_one = common / u128::from(group.total()) * u128::from(group.weight);
            group.of_one = u64::try_from(of_one).unwrap_or(u64::MAX);
            for &(measure, weight) in &group.measures {
                if let Some(share) = shares.get_mut(measure) {
                    *share = group.of_one.saturating_mul(weight.into());
                }
            }
        }
        Ok(Self { groups, shares, total, is_narrow: most < NARROW.into() })
    }

    /// What a measure is of all the weight, in parts of [`Weighing::total`].
    pub(super) fn share(&self, measure: usize) -> u64 {
        self.shares.get(measure).copied().unwrap_or_default()
    }

    /// All the weight.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The least weight with evidence that is at least a share of all, in millionths; never nothing.
    pub(super) fn least_covered(&self, share: u32) -> u64 {
        let least = (u128::from(self.total) * u128::from(share)).div_ceil(u128::from(ONE));
        // A part of the total, which fits.
        u64::try_from(least).unwrap_or(u64::MAX).max(1)
    }

    /// The groups that weigh anything.
    pub(super) fn groups(&self) -> &[Weighed] {
        &self.groups
    }

    /// Whether all that scores are computed of is below [`NARROW`], and not only below 2^128.
    pub(super) fn is_narrow(&self) -> bool {
        self.is_narrow
    }

    /// What each measure has in a score, in millionths of a point; they sum to it as it is rounded.
    pub(super) fn contributions(&self, points: &[Option<Points>], score: Points) -> Vec<(usize, u32)> {
        let parts = self.parts(points);
        let Some(denominator) = parts.denominator() else { return Vec::new() };
        let mut shares: Vec<(usize, u32, u128)> = parts
            .terms(points)
            .map(|(measure, term)| (measure, (term / denominator) as u32, term % denominator))
            .collect();
        let told: u32 = shares.iter().map(|&(_, share, _)| share).sum();
        for _ in (told..score.millionths()).take(shares.len()) {
            // Of equal losses the first measure's; each gets one at most, since no more are lacking than there are losses.
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
            group.measures.iter().filter(|&&(measure, _)| has(measure)).map(|&(_, weight)| u64::from(weight)).sum()
        };
        let groups: Vec<(&Weighed, u64)> =
            self.groups.iter().map(|group| (group, of_group(group))).filter(|&(_, total)| total > 0).collect();
        let multiple = |common, &(_, total): &(&Weighed, u64)| least_common_multiple(common, total);
        // It divides the product of all weights, which was looked at when they were taken.
        let common = groups.iter().try_fold(1, multiple).unwrap_or(1);
        Parts { weight: groups.iter().map(|(group, _)| u64::from(group.weight)).sum(), groups, common }
    }
}

/// What a measure has of what all contribute.
pub(super) fn share_of(contributions: &[(usize, u32)], measure: usize) -> Option<u32> {
    contributions.iter().find(|(at, _)| *at == measure).map(|&(_, share)| share)
}

/// Counts up to this are exact as floats.
const EXACT: u64 = 1 << 53;

/// Sums below this are [`Means`](super::means::Means) of floats, which are the whole numbers from here to twice this.
pub(super) const NARROW: u64 = 1 << 52;

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
        self.measures.iter().map(|&(_, weight)| u64::from(weight)).sum()
    }
}

/// The most that the sums of any of the measures come to, on the way to their mean; none if that does not fit.
fn most(groups: &[Weighed], all: u64) -> Option<u128> {
    let most = u128::from(all) * u128::from(Points::BEST.millionths());
    groups.iter().try_fold(most, |most, group| most.checked_mul(group.total().into()))
}

/// The same in the least whole numbers: what is computed of them is smaller, and means what it meant.
fn reduced(mut groups: Vec<Weighed>) -> Vec<Weighed> {
    let of_all = common_divisor(groups.iter().map(|group| group.weight));
    for group in &mut groups {
        let of_group = common_divisor(group.measures.iter().map(|&(_, weight)| weight));
        group.measures.iter_mut().for_each(|(_, weight)| *weight /= of_group);
        group.weight /= of_all;
    }
    groups
}

/// The greatest number that divides all of some that are not 0; 1 of none.
fn common_divisor(numbers: impl Iterator<Item = u32>) -> u32 {
    let all = numbers.fold(0, |divisor, number| greatest_common_divisor(divisor, number.into()));
    u32::try_from(all).unwrap_or(1).max(1)
}

fn greatest_common_divisor(one: u128, other: u128) -> u128 {
    let (mut divisor, mut rest) = (one, other);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    divisor
}

fn least_common_multiple(one: u128, other: u64) -> Option<u128> {
    let other = u128::from(other);
    (one / greatest_common_divisor(one, other)).checked_mul(other)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Points, Weighing, WeighingFault};

    fn points(points: i64) -> Option<Points> {
        Some(Points::of_millionths(points * 1_000_000))
    }

    fn alone(weights: &[u32]) -> Weighing {
        let measures: Vec<(usize, u32)> = weights.iter().map(|&weight| (0, weight)).collect();
        Weighing::of(&[1], &measures).unwrap()
    }

    #[test]
    fn shares_are_of_all_the_weight() {
        let weighing = Weighing::of(&[60, 40], &[(0, 5), (0, 5), (1, 900)]).unwrap();
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
        let pairs = primes.iter().enumerate().flat_map(|(group, &prime)| [(group, 1), (group, prime - 1)]);
        let measures: Vec<(usize, u32)> = pairs.collect();
        assert_eq!(Weighing::of(&[1; 16], &measures), Err(WeighingFault::TooFine));
        assert!(Weighing::of(&[1; 5], measures.get(..10).unwrap()).is_ok());
        assert_eq!(Weighing::of(&[1; 6], measures.get(..12).unwrap()), Err(WeighingFault::TooFine));
        // A group of one measure is that measure, whatever it weighs.
        let alone: Vec<(usize, u32)> = primes.iter().copied().enumerate().collect();
        assert_eq!(Weighing::of(&[1; 16], &alone).map(|weighing| weighing.total()), Ok(16));
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
        let score = Points::of_millionths(expected.iter().copied().map(i64::from).sum());
        let contributions = alone(weights).contributions(points, score);
        assert_eq!(contributions.into_iter().map(|(_, share)| share).collect::<Vec<_>>(), expected);
    }

    #[rstest]
    #[case(0, 1)]
    #[case(1, 1)]
    #[case(500_000, 1)]
    #[case(500_001, 2)]
    #[case(1_000_000, 2)]
    fn coverage_is_compared_exactly(#[case] share: u32, #[case] expected: u64) {
        assert_eq!(alone(&[1, 1]).least_covered(share), expected);
    }

    #[test]
    fn sums_of_few_weights_are_narrow() {
        assert!(alone(&[1_000; 64]).is_narrow());
        // Sixteen groups in which weights mean the same as 1.
        let even: Vec<(usize, u32)> = (0..32).map(|at| (at / 2, 1_000)).collect();
        assert!(Weighing::of(&[7; 16], &even).unwrap().is_narrow());
        // 2,999 of weight x 613 x 24 x 100,000,000 of points are below 2^52; with 25 they are not.
        let of = |other: u32| Weighing::of(&[1_000, 1_999], &[(0, 1), (0, 612), (1, 1), (1, other - 1)]).unwrap();
        let (fits, does_not) = (of(24), of(25));
        assert_eq!([fits.is_narrow(), does_not.is_narrow()], [true, false]);
    }
}
