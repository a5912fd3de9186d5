//! The only place where floats are computed, read and written: the same bits natively and in WebAssembly.
//!
//! Platforms' own transcendental functions disagree in the last bit: one that the library needs is taken from a
//! portable implementation here and nowhere else. Division and what IEEE 754 fixes to the bit need none.

use std::fmt;

/// The quotient of two exact sums, or `None` where the denominator is zero.
#[must_use]
pub(crate) fn quotient(numerator: i128, denominator: i128) -> Option<f64> {
    // Sums beyond 2^53 are rounded once each on their way to a float; both roundings are IEEE's, so equal everywhere.
    // Those that fit are converted faster, to the same floats.
    let ratio = match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(numerator), Ok(denominator)) => numerator as f64 / denominator as f64,
        _ => numerator as f64 / denominator as f64,
    };
    (denominator != 0).then_some(ratio)
}

/// The natural logarithm.
#[must_use]
pub(crate) fn ln(number: f64) -> f64 {
    libm::log(number)
}

/// The natural logarithm of 1 more than a number.
#[must_use]
pub(crate) fn ln_1p(number: f64) -> f64 {
    libm::log1p(number)
}

/// `e^number - 1`, exact near 0.
#[cfg(feature = "rooms")]
pub(crate) fn exp_m1(number: f64) -> f64 {
    libm::expm1(number)
}

/// Euler's number to the power of another.
#[must_use]
pub(crate) fn exp(number: f64) -> f64 {
    libm::exp(number)
}

/// The square root, which IEEE 754 fixes to the bit.
#[must_use]
pub(crate) fn sqrt(number: f64) -> f64 {
    number.sqrt()
}

/// The share of a chi-squared distribution, of so many degrees of freedom from 1 up, that lies above a number from 0.
///
/// For whole degrees it is a sum of so many terms by half: of Poisson's probabilities, or of such at half steps and the
/// complementary error function (Abramowitz and Stegun, 26.4.4 and 26.4.5).
#[must_use]
pub(crate) fn chi_squared_tail(number: f64, degrees: u32) -> f64 {
    let half = number / 2.0;
    if half <= 0.0 {
        return 1.0;
    }
    let is_odd = degrees % 2 == 1;
    let (first, begin) = if is_odd { (libm::erfc(half.sqrt()), 0.5) } else { (0.0, 0.0) };
    // By logarithms: of many degrees no power and no factorial is a float.
    let term = |step: u32| {
        let power = begin + f64::from(step);
        exp(power * ln(half) - half - libm::lgamma(power + 1.0))
    };
    let tail = (0..degrees / 2).map(term).fold(first, |sum, term| sum + term);
    tail.min(1.0)
}

/// Gauss's `2F1(1, b; c; z)` for `0 < b < c` and `z < 1`: as far as that has an end, the sum over `k >= 0` of `z^k` times
/// `(b + i) / (c + i)` for every `i < k`. By his continued fraction, which ends sooner than the sum does, as Lentz
/// evaluates it.
#[must_use]
pub(crate) fn hypergeometric(b: f64, c: f64, z: f64) -> f64 {
    let (mut fraction, mut upper, mut lower) = (1.0, 1.0, 0.0);
    let mut go_on = |partial: f64| {
        lower = 1.0 / (1.0 - partial * z * lower);
        upper = 1.0 - partial * z / upper;
        let ratio: f64 = upper * lower;
        fraction *= ratio;
        (ratio - 1.0).abs() > f64::EPSILON
    };
    let mut goes_on = go_on(b / c);
    let mut pairs = 1.0;
    while goes_on {
        let top = c + 2.0 * pairs;
        goes_on = go_on(pairs * (c - b + pairs - 1.0) / ((top - 2.0) * (top - 1.0)));
        goes_on |= go_on((b + pairs) * (c + pairs - 1.0) / ((top - 1.0) * top));
        pairs += 1.0;
    }
    1.0 / fraction
}

/// A sum that is added to and taken from, to twice the digits of a float: what was added and is taken away leaves nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Running {
    high: f64,
    low: f64,
}

impl Running {
    /// Adds a number, as Knuth does: what the sum cannot hold is kept beside it.
    pub(crate) fn add(&mut self, number: f64) {
        let sum = self.high + number;
        let of_number = sum - self.high;
        let rest = (self.high - (sum - of_number)) + (number - of_number) + self.low;
        self.high = sum + rest;
        self.low = rest - (self.high - sum);
    }

    /// The nearest float.
    pub(crate) fn value(self) -> f64 {
        self.high
    }
}

/// The standard normal distribution leaves 2.5% beyond this.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;

/// The Wilson interval, at 95%, of a share of `some` among `all`, or `None` where there are none.
#[must_use]
pub(crate) fn wilson(some: u64, all: u64) -> Option<(f64, f64)> {
    // The upper end is the lower one of the others: so that none and all of them are exactly 0 and 1.
    (all > 0).then(|| (wilson_low(some, all), 1.0 - wilson_low(all.saturating_sub(some), all)))
}

fn wilson_low(some: u64, all: u64) -> f64 {
    let (square, some, all) = (Z_95 * Z_95, some as f64, all as f64);
    // The square root is one of the operations that IEEE 754 fixes to the bit.
    let reach = Z_95 * (square + 4.0 * some * (all - some) / all).sqrt();
    (2.0 * some + square - reach) / (2.0 * (all + square))
}

/// The float nearest to the exact sum of finite numbers, whatever their order; none beyond all floats.
pub(crate) fn exact_sum(numbers: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    // Whole numbers that stay exact all the way need no more than to be added.
    let (mut sum, mut greatest, mut are_whole) = (0.0_f64, 0.0_f64, true);
    for number in numbers.clone() {
        sum += number;
        greatest += number.abs();
        are_whole &= number == number.trunc();
    }
    let is_exact = are_whole && greatest < EXACT;
    let mut sum = if is_exact { sum } else { sum_of_parts(numbers.clone()) };
    if !sum.is_finite() {
        // A part may be rounded beyond all floats though the sum is not: quarters have room for that.
        sum = 4.0 * sum_of_parts(numbers.map(|number| number / 4.0));
    }
    sum.is_finite().then_some(sum)
}

/// The whole numbers below this are exact, and so are sums of such.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The same by J. R. Shewchuk, 1997: the sum is held as floats of which none overlaps another, and rounded at the end.
fn sum_of_parts(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    let mut parts: Vec<f64> = Vec::new();
    // What draws the sum towards zero comes first, so that it is no greater on the way than at the end or any number.
    let (mut above, mut below) =
        (numbers.clone().filter(|number| *number > 0.0), numbers.filter(|number| *number < 0.0));
    let mut draw = |sum: f64| match sum > 0.0 {
        true => below.next().or_else(|| above.next()),
        false => above.next().or_else(|| below.next()),
    };
    while let Some(mut number) = draw(parts.last().copied().unwrap_or_default()) {
        let mut kept = 0;
        for at in 0..parts.len() {
            let Some(&part) = parts.get(at) else { continue };
            let (large, small) = if number.abs() < part.abs() { (part, number) } else { (number, part) };
            number = large + small;
            let rest = small - (number - large);
            if rest != 0.0 {
                if let Some(slot) = parts.get_mut(kept) {
                    *slot = rest;
                }
                kept += 1;
            }
        }
        parts.truncate(kept);
        if number != 0.0 {
            parts.push(number);
        }
    }
    // From the greatest down, until something is left over.
    let Some(mut sum) = parts.pop() else { return 0.0 };
    let mut rest = 0.0;
    while let Some(part) = parts.pop() {
        let before = sum;
        sum = before + part;
        rest = part - (sum - before);
        if rest != 0.0 {
            break;
        }
    }
    // Exactly between two floats, what is left over below decides.
    let beyond = parts.last().copied().unwrap_or_default();
    let doubled = rest * 2.0;
    let next = sum + doubled;
    if (rest < 0.0 && beyond < 0.0 || rest > 0.0 && beyond > 0.0) && doubled == next - sum { next } else { sum }
}

/// The whole number nearest to a float, of two as near the even one.
pub(crate) fn nearest_even(number: f64) -> i64 {
    number.round_ties_even() as i64
}

/// `number` as RFC 8785 writes it (the shortest form that reads back to the same bits), or `None` if it is not finite.
#[must_use]
pub(crate) fn canonical(number: f64) -> Option<String> {
    number.is_finite().then(|| ryu_js::Buffer::new().format_finite(number).to_owned())
}

/// Writes a number to the width asked for, on the right; a precision asked for changes nothing, since nothing is cut off.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, number: f64) -> fmt::Result {
    // The library's tables and ratios hold finite numbers only.
    let text = canonical(number).unwrap_or_default();
    f.pad_integral(!text.starts_with('-'), "", text.strip_prefix('-').unwrap_or(&text))
}

/// A share as a percentage with one decimal, as people read it.
#[must_use]
pub(crate) fn percent(share: f64) -> String {
    let tenths = (share * 1_000.0).round() as i128;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}%", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

/// A share as a percentage without decimals.
#[must_use]
pub(crate) fn whole_percent(share: f64) -> String {
    format!("{}%", (share * 100.0).round() as i128)
}

/// The float nearest to a number as JSON has it, without spaces around it.
#[must_use]
pub(crate) fn parse(number: &str) -> Option<f64> {
    // The reader of JSON is exact, and there in any case.
    serde_json::from_str(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(&[], 0.0)]
    #[case(&[0.1, 0.2], 0.300_000_000_000_000_04)]
    #[case(&[0.1; 10], 1.0)]
    #[case(&[1e100, 1.0, -1e100], 1.0)]
    #[case(&[9_007_199_254_740_992.0, 1.0, 1.0], 9_007_199_254_740_994.0)]
    // Between two floats, and a little more or less.
    #[case(&[1e16, 1.0], 1e16)]
    #[case(&[1e16, 1.0, 1e-16], 10_000_000_000_000_002.0)]
    #[case(&[1e16, 1.0, -1e-16], 1e16)]
    #[case(&[-1e16, -1.0, -1e-16], -10_000_000_000_000_002.0)]
    #[case(&[-1e16, -1.0, 1e-16], -1e16)]
    fn sums_are_exact(#[case] numbers: &[f64], #[case] expected: f64) {
        assert_eq!(exact_sum(numbers.iter().copied()), Some(expected));
        assert_eq!(exact_sum(numbers.iter().rev().copied()), Some(expected));
    }

    #[test]
    fn a_sum_beyond_all_floats_is_none() {
        assert_eq!(exact_sum([f64::MAX, f64::MAX].into_iter()), None);
        assert_eq!(exact_sum([-f64::MAX, -f64::MAX, f64::MAX, -1e300].into_iter()), None);
        assert_eq!(exact_sum([f64::MAX, f64::INFINITY].into_iter()), None);
    }

    /// From the greatest float half way to the one that would follow: 2^970.
    const HALF_A_STEP: f64 = (f64::MAX - f64::from_bits(f64::MAX.to_bits() - 1)) / 2.0;

    #[rstest::rstest]
    #[case([f64::MAX, f64::MAX, -f64::MAX, 0.5], f64::MAX)]
    #[case([-f64::MAX, 1e308, -f64::MAX, f64::MAX], 1e308 - f64::MAX)]
    #[case([f64::MAX, f64::MAX, -f64::MAX, -f64::MAX], 0.0)]
    #[case([1e308, 1e308, -1e308, 5e-324], 1e308)]
    #[case([HALF_A_STEP, -(f64::MAX / 2.0 + 4.0 * HALF_A_STEP), f64::MAX, 0.0], f64::MAX / 2.0 - 4.0 * HALF_A_STEP)]
    #[case([f64::MAX, HALF_A_STEP, -1.0, 0.0], f64::MAX)]
    #[case([1.7e308, -1.7e308, 1e-300, 1e-301], 1.1e-300)]
    fn a_sum_is_beyond_all_floats_only_at_the_end(#[case] numbers: [f64; 4], #[case] expected: f64) {
        for [one, two, three] in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            for last in 0..4 {
                let mut ordered = [numbers[one], numbers[two], numbers[three], numbers[3]];
                ordered.swap(last, 3);
                assert_eq!(exact_sum(ordered.into_iter()), Some(expected), "{ordered:?}");
            }
        }
    }

    #[test]
    fn the_nearest_float_is_read() {
        assert_eq!(parse("0.1"), Some(0.1));
        assert_eq!(parse("99.99999999999999999999"), Some(100.0));
        assert_eq!(parse("9007199254740993.0"), Some(9_007_199_254_740_992.0));
        assert_eq!(parse("1,5"), None);
    }

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.1, "0.1"),
            (1e21, "1e+21"),
            (1e-7, "1e-7"),
            (123456789.123, "123456789.123"),
        ] {
            assert_eq!(canonical(number).as_deref(), Some(text));
        }
        assert_eq!(canonical(f64::NAN), None);
        assert_eq!(canonical(f64::INFINITY), None);
    }

    #[test]
    fn a_number_is_never_cut() {
        struct Number(f64);
        impl fmt::Display for Number {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                pad(f, self.0)
            }
        }
        assert_eq!(format!("{0}|{0:.1}|{0:>6}|{0:<6}|{1}", Number(0.95), Number(-0.5)), "0.95|0.95|  0.95|0.95  |-0.5");
    }

    #[test]
    fn shares_are_told_in_percent() {
        for (share, tenths, whole) in [
            (0.0, "0.0%", "0%"),
            (-0.0, "0.0%", "0%"),
            (0.1249, "12.5%", "12%"),
            (0.9999, "100.0%", "100%"),
            (-0.0004, "0.0%", "0%"),
            (-0.015, "-1.5%", "-2%"),
            (12.345, "1234.5%", "1235%"),
        ] {
            assert_eq!((percent(share), whole_percent(share)), (tenths.to_owned(), whole.to_owned()));
        }
        assert_eq!(whole_percent(f64::MAX), format!("{}%", i128::MAX));
    }

    #[test]
    fn a_quotient_needs_a_denominator() {
        assert_eq!(quotient(1, 4), Some(0.25));
        assert_eq!(quotient(1, 0), None);
        assert_eq!(quotient(0, 0), None);
    }

    #[rstest::rstest]
    #[case(3.841_458_820_694_124, 1, 0.05)]
    #[case(5.991_464_547_107_979, 2, 0.05)]
    #[case(7.814_727_903_251_179, 3, 0.05)]
    #[case(18.307_038_053_275_146, 10, 0.05)]
    #[case(124.342_113_404_004_23, 100, 0.05)]
    #[case(1_074.679_44, 1_000, 0.05)]
    #[case(0.0, 4, 1.0)]
    #[case(2_000.0, 1, 0.0)]
    fn tails_of_chi_squared_are_those_of_tables(#[case] number: f64, #[case] degrees: u32, #[case] tail: f64) {
        assert!((chi_squared_tail(number, degrees) - tail).abs() < 1e-6, "{}", chi_squared_tail(number, degrees));
    }

    #[test]
    fn series_are_summed() {
        for (b, c, z) in [(2.0, 3.5, 0.5), (16.2, 20.0, 1.0 / 1.1), (1.0, 1.000_1, 0.9), (0.3, 40.0, 0.999)] {
            let terms = (0..60_000).scan(1.0, |term, k| {
                let now = *term;
                *term *= z * (b + f64::from(k)) / (c + f64::from(k));
                Some(now)
            });
            let sum: f64 = terms.sum();
            assert!((hypergeometric(b, c, z) / sum - 1.0).abs() < 1e-12, "{b} {c} {z}");
        }
    }

    #[test]
    fn what_is_taken_away_leaves_what_was_there() {
        let mut sum = Running::default();
        for number in [0.1, 1e9, 0.2, -1e9, 3e-7, -0.2, -3e-7] {
            sum.add(number);
        }
        assert_eq!(sum.value(), 0.1);
    }
}
