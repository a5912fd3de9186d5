//! Numbers, amounts and days as people write them.

use chrono::{Datelike as _, NaiveDate};

use crate::float::{canonical, nearest_even, percent};
use crate::locale::Locale;
use crate::money::{Money, decimal_text, grouped};

/// `1,234.50 USD`; in Japanese a yen has a word of its own.
pub(super) fn amount(money: Money, locale: Locale) -> String {
    let number = grouped(&decimal_text(money.units(), money.digits()));
    match (locale, money.currency().code()) {
        (Locale::Ja, "JPY") => format!("{number}円"),
        (_, code) => format!("{number} {code}"),
    }
}

/// `1,234`.
pub(super) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// `31 Dec 2025`, `2025年12月31日`.
pub(super) fn date(day: NaiveDate, locale: Locale) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, number) = (day.year(), day.month(), day.day());
    match locale {
        Locale::En => format!("{number} {} {year}", MONTHS.get(day.month0() as usize).copied().unwrap_or_default()),
        Locale::Ja => format!("{year}年{month}月{number}日"),
    }
}

/// A share as a percentage, or that nobody knows it.
pub(super) fn share(share: Option<f64>) -> String {
    share.map_or_else(|| NONE.to_owned(), percent)
}

/// A number beside others, each written with a few more decimals where it would otherwise read like one of them that it does not equal.
pub(super) fn told_apart<const N: usize>(numbers: [f64; N], write: impl Fn(f64, u32) -> String) -> [String; N] {
    const MOST: u32 = 4;
    let told = |more: u32| numbers.map(|number| write(number, more));
    let is_plain = |texts: &[String; N]| match (numbers.split_first(), texts.split_first()) {
        (Some((number, others)), Some((text, as_told))) => {
            others.iter().zip(as_told).all(|(other, as_told)| number.total_cmp(other).is_eq() || text != as_told)
        }
        _ => true,
    };
    (0..MOST).map(told).find(is_plain).unwrap_or_else(|| told(MOST))
}

/// A share as a percentage with one decimal and some more.
pub(super) fn fine_share(share: f64, more: u32) -> String {
    if more == 0 { percent(share) } else { rounded(share * 100.0, 1 + more) + "%" }
}

/// What stands where there is nothing to tell.
pub(super) const NONE: &str = "–";

/// A number with at most so many decimals.
pub(super) fn rounded(number: f64, decimals: u32) -> String {
    let power = f64::from(10_u32.pow(decimals));
    let scaled = number * power;
    // What is too large to be rounded is whole.
    let text = match scaled.abs() < 9e15 {
        true => decimal_text(nearest_even(scaled).into(), decimals),
        false => canonical(number).unwrap_or_default(),
    };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(if text == "-0" { "0" } else { text })
}

/// A probability with four decimals and some more: one that would be written as nothing is less than can be written.
pub(super) fn probability(number: f64, more: u32) -> String {
    if number > 0.0 && number < 0.0001 { "<0.0001".to_owned() } else { rounded(number, 4 + more) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(1_234.5, 1, "1,234.5")]
    #[case(1_234.0, 1, "1,234")]
    #[case(-0.04, 1, "0")]
    #[case(0.025, 2, "0.02")]
    #[case(1e18, 1, "1,000,000,000,000,000,000")]
    fn numbers_are_rounded_and_grouped(#[case] number: f64, #[case] decimals: u32, #[case] expected: &str) {
        assert_eq!(rounded(number, decimals), expected);
    }

    #[rstest]
    #[case(0.0, "0")]
    #[case(0.00009, "<0.0001")]
    #[case(0.0001, "0.0001")]
    #[case(0.04996, "0.05")]
    #[case(1.0, "1")]
    fn a_probability_is_never_rounded_to_nothing(#[case] number: f64, #[case] expected: &str) {
        assert_eq!(probability(number, 0), expected);
    }

    #[rstest]
    #[case([0.1, 0.1], ["10.0%", "10.0%"])]
    #[case([0.1, 0.2], ["10.0%", "20.0%"])]
    #[case([0.1004, 0.1], ["10.04%", "10%"])]
    #[case([0.10000001, 0.1], ["10%", "10%"])]
    fn what_differs_reads_differently(#[case] shares: [f64; 2], #[case] expected: [&str; 2]) {
        assert_eq!(told_apart(shares, fine_share), expected);
    }

    #[test]
    fn days_are_written_as_people_do() {
        let day = NaiveDate::from_ymd_opt(2025, 12, 1).unwrap_or_default();
        assert_eq!(date(day, Locale::En), "1 Dec 2025");
        assert_eq!(date(day, Locale::Ja), "2025年12月1日");
    }
}
