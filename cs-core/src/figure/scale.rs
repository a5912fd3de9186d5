//! Axes of numbers: where they begin and end, which numbers have a mark, and how these are written.

use super::{Axis, too_large};
use crate::error::Problem;
use crate::locale::Locale;
use crate::money::decimal_text;

/// Marks of an axis, about.
const TICKS: i64 = 6;

/// Beyond it floats skip whole numbers, and a mark has no place of its own.
const FARTHEST: f64 = 9_007_199_254_740_992.0;

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// What is counted: whole units of a currency, customers, points.
    One,
    /// Hundredths.
    Percent,
}

/// Decimals of marks, at most: JavaScript writes smaller numbers in another way.
const DECIMALS: u32 = 6;

/// Percentages from here on have no room for all of their digits.
const LONG: i64 = 1_000_000;

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
    let high = if low < high { high } else { 1.0 };
    let decimals = decimals(high - low);
    let parts = 10_i64.pow(decimals) as f64;
    let (first, last) = ((low * parts).floor() as i64, (high * parts).ceil() as i64);
    let step = step(last.saturating_sub(first));
    let (first, last) = (first.div_euclid(step), last.saturating_add(step - 1).div_euclid(step));
    let place = |turn: i64| turn.saturating_mul(step) as f64 / parts;
    let ticks = (first..=last).map(|turn| (place(turn), text(turn.saturating_mul(step), decimals, unit, locale)));
    // A product can be rounded to less than it is: the axis holds the numbers themselves. No zero is below zero.
    let range = [place(first).min(low) + 0.0, place(last).max(high)];
    Ok(Axis::Numbers { title, range, ticks: ticks.collect() })
}

/// How many decimals tell numbers of such a span apart: none, unless all of it is less than one.
fn decimals(span: f64) -> u32 {
    (0..DECIMALS).find(|decimals| span * 10_i64.pow(*decimals) as f64 >= 1.0).unwrap_or(DECIMALS)
}

/// The distance between marks: 1, 2 or 5 with zeros behind it.
fn step(span: i64) -> i64 {
    let powers = std::iter::successors(Some(1_i64), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    steps.find(|&step| span / step < TICKS).unwrap_or(i64::MAX)
}

/// A number of so many decimals as it stands beside its mark.
fn text(number: i64, decimals: u32, unit: Unit, locale: Locale) -> String {
    let names: &[(i64, &str)] = match (unit, locale) {
        (Unit::Percent, _) if number.saturating_abs() >= LONG => return format!("{number:e}"),
        _ if decimals > 0 => return short(decimal_text(number.into(), decimals)),
        (Unit::Percent, _) => &[],
        (Unit::One, Locale::En) => &[(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")],
        (Unit::One, Locale::Ja) => {
            &[(10_000_000_000_000_000, "京"), (1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万")]
        }
    };
    match names.iter().find(|(size, _)| number.saturating_abs() >= *size) {
        Some((size, name)) => short(decimal_text(i128::from(number) * 100 / i128::from(*size), 2_u32)) + name,
        None => number.to_string(),
    }
}

/// A decimal number without zeros at its end.
fn short(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(unit: Unit, numbers: &[f64], locale: Locale) -> ([f64; 2], Vec<String>) {
        let axis = axis(String::new(), unit, numbers.iter().copied(), locale);
        let Ok(Axis::Numbers { range, ticks, .. }) = axis else { return ([0.0; 2], Vec::new()) };
        (range, ticks.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn marks_are_few_and_short() {
        let ones = |numbers: &[f64]| ticks(Unit::One, numbers, Locale::En);
        assert_eq!(ones(&[]), ([0.0, 1.0], vec!["0".to_owned(), "1".to_owned()]));
        assert_eq!(ones(&[0.01]), ([0.0, 0.01], vec!["0".to_owned(), "0.01".to_owned()]));
        assert_eq!(ones(&[0.03, -0.01]).1, ["-0.01", "0", "0.01", "0.02", "0.03"]);
        assert_eq!(ones(&[0.9]).1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(ones(&[1e-9]), ([0.0, 0.000_001], vec!["0".to_owned(), "0.000001".to_owned()]));
        assert_eq!(ones(&[-3.0]).1, ["-3", "-2", "-1", "0"]);
        assert_eq!(ones(&[2.5e6]).1, ["0", "500k", "1M", "1.5M", "2M", "2.5M"]);
        assert_eq!(ones(&[4e12]).1, ["0", "1T", "2T", "3T", "4T"]);
        assert_eq!(ones(&[9e15]).1, ["0", "2000T", "4000T", "6000T", "8000T", "10000T"]);
        assert_eq!(ticks(Unit::One, &[9e15], Locale::Ja).1, ["0", "2000兆", "4000兆", "6000兆", "8000兆", "1京"]);
        assert_eq!(ticks(Unit::Percent, &[0.04], Locale::En).1, ["0", "0.01", "0.02", "0.03", "0.04"]);
        assert_eq!(ticks(Unit::Percent, &[2.5e9], Locale::En).1, ["0", "5e8", "1e9", "1.5e9", "2e9", "2.5e9"]);
        assert_eq!(ones(&[1e16]).1, Vec::<String>::new());
    }

    #[test]
    fn an_axis_holds_its_numbers() {
        for number in (1..400).map(|turn| f64::from(turn) / 300.0).chain([0.29, 0.290_000_000_000_000_04, 5e-324]) {
            let ([low, high], texts) = ticks(Unit::Percent, &[number], Locale::En);
            assert!(low <= number && number <= high && texts.len() >= 2, "{number}: {low} to {high}");
        }
    }
}
