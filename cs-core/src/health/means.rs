//! Means of points: exact, of sums that are as narrow as weights let them be.

use super::weighing::{NARROW, Weighed};

/// So many customers at a time: their sums stay in the nearest cache.
pub(super) const BLOCK: usize = 512;

/// For each customer of a block the mean of the groups so far, whose own means are of points by weight:
/// `numerator / (denominator * groups)`.
pub(super) struct Means<N> {
    numerator: [N; BLOCK],
    denominator: [N; BLOCK],
    groups: [N; BLOCK],
}

impl<N: Whole> Means<N> {
    /// Of no group.
    pub(super) fn new() -> Self {
        let [zero, one] = [0, 1].map(N::from);
        Self { numerator: [zero; BLOCK], denominator: [one; BLOCK], groups: [zero; BLOCK] }
    }

    /// Adds a group, for those customers of whom something in it weighs anything; its measures' points are told by weight.
    pub(super) fn add(&mut self, group: &Weighed, points: &[f64; BLOCK], weights: &[u32; BLOCK]) {
        let sums = self.numerator.iter_mut().zip(self.denominator.iter_mut().zip(&mut self.groups));
        for ((&points, &weight), (numerator, (denominator, groups))) in points.iter().zip(weights).zip(sums) {
            let (weight, group) = if weight == 0 { (1, 0) } else { (weight, group.weight) };
            let (weight, group) = (N::from(weight), N::from(group));
            let added = N::of_points(points).times(group).times(*denominator);
            *numerator = numerator.times(weight).plus(added);
            *denominator = denominator.times(weight);
            *groups = groups.plus(group);
        }
    }

    /// The nearest millionth to each mean, halves to even, and the millionths that it reaches; 0 of nothing.
    pub(super) fn tell(&self, nearest: &mut [u32; BLOCK], reached: &mut [u32; BLOCK]) {
        let sums = self.numerator.iter().zip(self.denominator.iter().zip(&self.groups));
        for ((&numerator, (&denominator, &groups)), told) in sums.zip(nearest.iter_mut().zip(reached)) {
            (*told.0, *told.1) = numerator.mean(denominator.times(groups));
        }
    }
}

/// A whole number of some width. Weights are refused where sums of them would not fit into the widest, and those that do
/// not fit into another do not come here with it, so that each is exact and nothing wraps.
pub(super) trait Whole: Copy + From<u32> {
    /// A sum of points by weight, which is exact as a float.
    fn of_points(points: f64) -> Self;
    fn plus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    /// The nearest millionth of a mean, halves to even, and the millionths that it reaches; nothing by nothing is 0.
    fn mean(self, by: Self) -> (u32, u32);
}

/// From here to twice this, floats are the whole numbers.
const WHOLE: f64 = NARROW as f64;

/// What is below [`NARROW`]: processors multiply and divide several floats at once.
impl Whole for f64 {
    #[inline]
    fn of_points(points: f64) -> Self {
        points
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        self * other
    }

    /// What is divided is below 2^52 whatever the points, which may all be 10^8: the divisor is below 2^26. So a mean that
    /// is not halfway between two millionths lies at least 1 / (2 x divisor) from there, more than 2^-27; and a quotient
    /// below 2^27 is off by no more than that, so that it rounds as the mean does.
    #[inline]
    fn mean(self, by: Self) -> (u32, u32) {
        let by = if by > 0.0 { by } else { 1.0 };
        // What is added leaves no room for a fraction, and the whole number in the lowest bits.
        let rounded = self / by + WHOLE;
        let nearest = rounded.to_bits() as u32;
        // The product is at most half a divisor more than what is divided, and exact.
        let is_above = (rounded - WHOLE) * by > self;
        (nearest, nearest.wrapping_sub(u32::from(is_above)))
    }
}

impl Whole for u128 {
    #[inline]
    fn of_points(points: f64) -> Self {
        points as Self
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        self.wrapping_mul(other)
    }

    #[inline]
    fn mean(self, by: Self) -> (u32, u32) {
        let whole = self.checked_div(by).unwrap_or_default();
        let twice_the_rest = self.wrapping_sub(whole.wrapping_mul(by)).wrapping_mul(2);
        let is_up = twice_the_rest > by || (twice_the_rest == by && whole % 2 == 1);
        (whole.wrapping_add(is_up.into()) as u32, whole as u32)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{WHOLE, Whole as _};

    proptest! {
        /// As near to the next whole mean, and to what lies halfway to it, as can be.
        #[test]
        fn narrow_numbers_divide_as_wide_ones_do(
            whole in 0_u32..=100_000_000,
            by in prop_oneof![0_u32..200, 0_u32..=45_035_996, 45_000_000_u32..=45_035_996],
            rest in prop_oneof![Just(0.0), Just(0.5), Just(1.0), 0.0..=1.0],
            more in -1_i64..=1,
        ) {
            let rest = ((f64::from(by) * rest) as i64 + more).clamp(0, i64::from(by.saturating_sub(1)));
            let all = f64::from(whole) * f64::from(by) + rest as f64;
            prop_assume!(all < WHOLE);
            prop_assert_eq!(all.mean(f64::from(by)), (all as u128).mean(by.into()));
        }
    }
}
