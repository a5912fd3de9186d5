//! Draws that are the same everywhere and every time: a fixed seed, integers only.

use crate::order::by_float;

/// A sequence of numbers that have nothing to do with each other, by SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Draws(u64);

/// What the state goes on by: 2^64 over the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Draws {
    /// The sequence of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The same sequence behind its first numbers.
    pub(crate) fn skip(seed: u64, count: u64) -> Self {
        Self(seed.wrapping_add(STEP.wrapping_mul(count)))
    }

    /// The next number of 64 bits.
    #[inline]
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; which one is off even by less than `count` in 2^64.
    #[inline]
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(count)) >> 64) as u64
    }

    /// A position below `count`, likewise.
    #[inline]
    pub(crate) fn position(&mut self, count: usize) -> usize {
        self.below(count as u64) as usize
    }
}

/// Of what was drawn again and again the middle 95%: the values that leave 2.5% below and above, by the nearest rank.
pub(crate) fn middle(values: &[f64]) -> Option<[f64; 2]> {
    let order = by_float(values);
    let at = |thousandths: usize| {
        let rank = (values.len() * thousandths).div_ceil(1_000);
        rank.checked_sub(1)
            .and_then(|rank| order.get(rank))
            .and_then(|&position| values.get(position as usize))
            .copied()
    };
    Some([at(25)?, at(975)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        let mut draws = Draws::of(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| draws.next()).collect();
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_are_skipped_without_being_drawn() {
        let mut draws = Draws::of(77);
        (0..5).for_each(|_| _ = draws.next());
        assert_eq!(Draws::skip(77, 5).next(), draws.next());
        assert_eq!(Draws::skip(77, 0).next(), Draws::of(77).next());
    }

    #[test]
    fn every_position_is_drawn() {
        let mut draws = Draws::of(0);
        let mut times = [0; 7];
        (0..7_000).for_each(|_| times[draws.position(7)] += 1);
        assert!(times.iter().all(|times| (900..1_100).contains(times)), "{times:?}");
    }

    #[test]
    fn the_middle_leaves_as_many_out_on_both_sides() {
        assert_eq!(middle(&[]), None);
        assert_eq!(middle(&[-3.5]), Some([-3.5, -3.5]));
        // Of a hundred the third, and the ninety-eighth; those below zero are the least.
        let values: Vec<f64> = (0..100).rev().map(|number| f64::from(number) - 50.0).collect();
        assert_eq!(middle(&values), Some([-48.0, 47.0]));
    }
}
