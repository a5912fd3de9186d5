//! Axes of numbers: where they begin and end, which numbers have a mark, and how these are written.

use super::{Axis, Locale, too_large};
use crate::error::Problem;
use crate::money::decimal_text;

/// Marks of an axis, about.
const TICKS: i64 = 6;

/// Beyond it floats skip whole numbers, and a mark has no place of its own.
const FARTHEST: f64 = 9_007_199_254_740_992.0;

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Whole units of a currency.
    Money,
    /// Hundredths.
    Percent,
}

/// The axis that holds zero and all of these numbers.
pub(super) fn axis(
    title: String,
    unit: Unit,
    numbers: impl Iterator<Item = f64>,
    locale: Locale,
) -> Result<Axis, Problem> {
    let (low, high) = numbers.fold((0.0, 0.0), |(low, high): (f64, f64), number| (low.min(number), high.max(number)));
    if low < -FARTHEST || high > FARTHEST {
        return Err(too_large());
    }
    let (low, high) = (low.floor() as i64, (high.ceil() as i64).max(1));
    let step = step(high.saturating_sub(low));
    let (first, last) = (low.div_euclid(step), high.saturating_add(step - 1).div_euclid(step));
    let ticks =
        (first..=last).map(|turn| turn.saturating_mul(step)).map(|number| (number as f64, text(number, unit, locale)));
    let ends = [first, last].map(|turn| turn.saturating_mul(step) as f64);
    Ok(Axis::Numbers { title, range: ends, ticks: ticks.collect() })
}

/// The distance between marks: 1, 2 or 5 with zeros behind it.
fn step(span: i64) -> i64 {
    let powers = std::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    steps.find(|&step| span / step < TICKS).unwrap_or(i64::MAX)
}

fn text(number: i64, unit: Unit, locale: Locale) -> String {
    let names: &[(i64, &str)] = match (unit, locale) {
        (Unit::Percent, _) => &[],
        (Unit::Money, Locale::En) => &[(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")],
        (Unit::Money, Locale::Ja) => &[(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万")],
    };
    match names.iter().find(|(size, _)| number.saturating_abs() >= *size) {
        Some((size, name)) => {
            let hundredths = i128::from(number) * 100 / i128::from(*size);
            let text = decimal_text(hundredths, 2_u32);
            let short = text.trim_end_matches('0').trim_end_matches('.');
            format!("{short}{name}")
        }
        None => number.to_string(),
    }
}
