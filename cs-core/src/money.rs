//! Exact money: integer counts of a currency's smallest unit inside, [`Decimal`] at the edge.
//!
//! # Truth table
//!
//! | left | operator | right | result | fails with |
//! |---|---|---|---|---|
//! | `Money` | `checked_add` | `Money` | `Money` | `currency_mismatch` (other currency or digits), `overflow` |
//! | `Money` | `checked_sub` | `Money` | `Money` | `currency_mismatch`, `overflow` |
//! | `Money` | `checked_mul` | count | `Money` | `overflow` |
//! | `Money` | `ratio` | `Money` | [`Ratio`] | `currency_mismatch`; absent where the right side is zero |
//! | `Money` | `<` | `Money` | `Option<Ordering>` | never; other currency or digits: not comparable |
//! | `Money` | `==` | `Money` | `bool` | never; other currency or digits: not equal |
//! | `Decimal` | [`Money::new`] | currency, extra digits | `Money` | `too_many_digits`, `overflow` |
//!
//! There is no row for floats and none that panics, wraps or saturates. Nothing rounds here: the one rounding of the
//! library, half to even and once per contract, is [`divide_half_even`], where an amount per billing period becomes
//! an amount per month.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::currency::Currency;
use crate::error::{Code, Problem, quoted};
use crate::ratio::Ratio;

/// Decimals held beyond the currency's own, 0 to 6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExtraDigits(u8);

impl ExtraDigits {
    /// The most that there can be.
    pub(crate) const MOST: u8 = 6;

    /// So many, up to 6.
    #[must_use]
    pub fn new(count: u32) -> Option<Self> {
        u8::try_from(count).ok().filter(|&count| count <= Self::MOST).map(Self)
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u8 {
        self.0
    }
}

/// An exact amount of money.
///
/// ```
/// use cs_core::{Currency, ExtraDigits, Money};
/// let usd = Currency::from_code("USD").ok_or("no such currency")?;
/// let price = Money::new("166.67".parse()?, usd, ExtraDigits::default())?;
/// assert_eq!(price.checked_mul(12)?.to_string(), "2000.04");
/// assert!(Money::new("166.667".parse()?, usd, ExtraDigits::default()).is_err());
/// let one = ExtraDigits::new(1).ok_or("more than 6")?;
/// assert_eq!(Money::new("166.667".parse()?, usd, one)?.to_string(), "166.667");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    units: i128,
    digits: u8,
    currency: Currency,
}

impl Money {
    /// Exactly `amount`, held to the currency's minor unit plus `extra_digits`.
    ///
    /// # Errors
    /// `too_many_digits` where that would lose a digit that is not zero, `overflow` where it does not fit.
    pub fn new(amount: Decimal, currency: Currency, extra_digits: ExtraDigits) -> Result<Self, Problem> {
        let digits = currency.digits() + extra_digits.count();
        let units = units_of(amount, digits).map_err(|fault| match fault {
            // A decimal of 28 digits more than fits is no amount of any price list.
            AmountFault::Overflow => overflow().value(&amount.to_string()),
            fault => fault.problem(&amount.to_string(), digits, digits),
        })?;
        Ok(Self { units, digits, currency })
    }

    /// `units` of 10^-`digits` of the currency.
    #[must_use]
    pub(crate) fn from_units(units: i128, digits: u8, currency: Currency) -> Self {
        Self { units, digits, currency }
    }

    /// The amount as a decimal with exactly [`Money::digits`] decimals; `None` beyond 96 bits, which no sum of a
    /// portfolio within the library's limits reaches.
    #[must_use]
    pub fn amount(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.units, u32::from(self.digits)).ok()
    }

    /// The amount as an integer count of the smallest unit.
    #[must_use]
    pub fn units(self) -> i128 {
        self.units
    }

    /// Decimals held: the currency's own plus the extra ones.
    #[must_use]
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum.
    ///
    /// # Errors
    /// `currency_mismatch`, `overflow`.
    pub fn checked_add(self, other: Self) -> Result<Self, Problem> {
        self.alike(other)?;
        self.units.checked_add(other.units).map(|units| Self { units, ..self }).ok_or_else(overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// `currency_mismatch`, `overflow`.
    pub fn checked_sub(self, other: Self) -> Result<Self, Problem> {
        self.alike(other)?;
        self.units.checked_sub(other.units).map(|units| Self { units, ..self }).ok_or_else(overflow)
    }

    /// So many times as much.
    ///
    /// # Errors
    /// `overflow`.
    pub fn checked_mul(self, count: u64) -> Result<Self, Problem> {
        self.units.checked_mul(i128::from(count)).map(|units| Self { units, ..self }).ok_or_else(overflow)
    }

    /// The quotient, absent where `denominator` is zero.
    ///
    /// # Errors
    /// `currency_mismatch`.
    pub fn ratio(self, denominator: Self) -> Result<Ratio, Problem> {
        self.alike(denominator)?;
        Ok(Ratio::of(self.units, denominator.units))
    }

    fn is_alike(self, other: Self) -> bool {
        (self.currency, self.digits) == (other.currency, other.digits)
    }

    fn alike(self, other: Self) -> Result<(), Problem> {
        if self.is_alike(other) {
            return Ok(());
        }
        let name = |money: Self| format!("{} with {} decimals", money.currency, money.digits);
        let message = format!("{} cannot be combined with {}", name(self), name(other));
        Err(Problem::argument(Code::CurrencyMismatch, "", message))
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.is_alike(*other).then(|| self.units.cmp(&other.units))
    }
}

/// The amount alone, with all its decimals.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad_amount(f, self.units, self.digits)
    }
}

/// Writes an amount to the width asked for; a precision asked for changes nothing, since nothing is cut off.
pub(crate) fn pad_amount(f: &mut fmt::Formatter<'_>, units: i128, digits: u8) -> fmt::Result {
    let text = decimal_text(units, digits);
    f.pad_integral(units >= 0, "", text.strip_prefix('-').unwrap_or(&text))
}

fn overflow() -> Problem {
    Problem::argument(Code::Overflow, "", "the amount does not fit")
}

/// `units` of 10^-`digits` as text with exactly `digits` decimals: `1200.00`, `-0.05`, `0`.
pub(crate) fn decimal_text(units: i128, digits: impl Into<u32>) -> String {
    let digits = digits.into() as usize;
    let sign = if units < 0 { "-" } else { "" };
    let number = format!("{:0>width$}", units.unsigned_abs(), width = digits + 1);
    match number.split_at_checked(number.len() - digits) {
        Some((whole, fraction)) if digits > 0 => format!("{sign}{whole}.{fraction}"),
        _ => format!("{sign}{number}"),
    }
}

/// A plain decimal number with a comma before every third digit of its whole part.
pub(crate) fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let mut out = String::from(if digits.len() < whole.len() { "-" } else { "" });
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && digits.len().abs_diff(position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// Why an amount cannot be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountFault {
    NotANumber,
    TooManyDigits,
    Overflow,
}

impl AmountFault {
    /// The fault of the amount `text`, not placed yet.
    ///
    /// Amounts are held as counts of 10^-`scale`, of which a row may use `digits`.
    pub(crate) fn problem(self, text: &str, digits: u8, scale: u8) -> Problem {
        let input = quoted(text);
        let (code, message, help) = match self {
            Self::NotANumber => (
                Code::InvalidAmount,
                format!("{input} is not a plain decimal number"),
                "write it like 1200.00: digits and one point, no separators, sign of currency or exponent".to_owned(),
            ),
            Self::TooManyDigits => (
                Code::TooManyDigits,
                format!("{input} has more than {digits} decimals"),
                "round it before loading, or load with definitions that have enough extra_digits".to_owned(),
            ),
            Self::Overflow => (
                Code::Overflow,
                format!("{input} is larger than any amount that the library holds"),
                format!("the largest is {}", largest(digits, scale)),
            ),
        };
        Problem::argument(code, "", message).value(text).help(help)
    }
}

/// The largest amount of `digits` decimals that is held as a 64-bit count of 10^-`scale`.
fn largest(digits: u8, scale: u8) -> String {
    let unused = 10_i128.pow(u32::from(scale.saturating_sub(digits)));
    decimal_text(i128::from(i64::MAX) / unused, digits)
}

/// A plain decimal number: digits, at most one point between digits, at most a leading minus.
pub(crate) fn parse_decimal(text: &str) -> Result<Decimal, AmountFault> {
    let (_, whole, fraction) = plain(text)?;
    // Zeros at the end are not digits that could be lost, but the parser would count them.
    let exact = if fraction.is_empty() { text.split('.').next().unwrap_or(text) } else { text.trim_end_matches('0') };
    Decimal::from_str_exact(exact).map_err(|_| match whole.len() > 28 {
        true => AmountFault::Overflow,
        false => AmountFault::TooManyDigits,
    })
}

/// A plain decimal number as a count of 10^-`digits`, exactly.
pub(crate) fn parse_units(text: &str, digits: u8) -> Result<i128, AmountFault> {
    let (negative, whole, fraction) = plain(text)?;
    let missing = usize::from(digits).checked_sub(fraction.len()).ok_or(AmountFault::TooManyDigits)?;
    let all = whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', missing));
    let units = all
        .map(|digit| i128::from(digit - b'0'))
        .try_fold(0_i128, |units, digit| units.checked_mul(10)?.checked_add(digit));
    units.map(|units| if negative { -units } else { units }).ok_or(AmountFault::Overflow)
}

/// The text of a plain decimal number as JSON has it.
pub(crate) fn json_number(text: &str) -> Result<String, AmountFault> {
    let (negative, whole, fraction) = plain(text)?;
    let sign = if negative { "-" } else { "" };
    Ok(format!("{sign}{whole:0>1}.{fraction:0>1}"))
}

/// Sign, whole part and fraction of a plain decimal number, without zeros that say nothing.
fn plain(text: &str) -> Result<(bool, &str, &str), AmountFault> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match digits(whole) && digits(fraction) {
        true => Ok((unsigned != text, whole.trim_start_matches('0'), fraction.trim_end_matches('0'))),
        false => Err(AmountFault::NotANumber),
    }
}

/// `amount` as a count of 10^-`digits`, exactly.
fn units_of(amount: Decimal, digits: u8) -> Result<i128, AmountFault> {
    rescale(amount.mantissa(), amount.scale(), u32::from(digits))
}

/// `units` of 10^-`from` as a count of 10^-`to`, exactly.
pub(crate) fn rescale(units: i128, from: u32, to: u32) -> Result<i128, AmountFault> {
    if from == to {
        return Ok(units);
    }
    let power = 10_i128.checked_pow(from.abs_diff(to)).ok_or(AmountFault::Overflow)?;
    if from < to {
        units.checked_mul(power).ok_or(AmountFault::Overflow)
    } else if units % power == 0 {
        Ok(units / power)
    } else {
        Err(AmountFault::TooManyDigits)
    }
}

/// `numerator / denominator` rounded to an integer, a half to the even neighbour; `None` for a denominator below 1.
pub(crate) fn divide_half_even(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator < 1 {
        return None;
    }
    let (quotient, rest) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
    let up = match rest.cmp(&(denominator - rest)) {
        Ordering::Less => false,
        Ordering::Equal => quotient % 2 != 0,
        Ordering::Greater => true,
    };
    Some(quotient + i128::from(up))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn money(text: &str, code: &str, extra: u8) -> Result<Money, Code> {
        let currency = Currency::from_code(code).ok_or(Code::UnknownCurrency)?;
        let amount = parse_decimal(text).map_err(|fault| fault.problem(text, 0, 0).code)?;
        Money::new(amount, currency, ExtraDigits(extra)).map_err(|problem| problem.code)
    }

    fn told(result: Result<Money, Problem>) -> String {
        result.map_or_else(|problem| problem.code.to_string(), |money| money.to_string())
    }

    /// The truth table, row by row.
    #[test]
    fn truth_table() -> Result<(), Code> {
        let (a, b) = (money("10.50", "USD", 0)?, money("0.75", "USD", 0)?);
        let (other_currency, other_digits) = (money("1.00", "EUR", 0)?, money("1.00", "USD", 1)?);
        let most = Money::from_units(i128::MAX, 2, a.currency());
        assert_eq!(told(a.checked_add(b)), "11.25");
        assert_eq!(told(a.checked_sub(b)), "9.75");
        assert_eq!(told(b.checked_sub(a)), "-9.75");
        assert_eq!(told(a.checked_mul(12)), "126.00");
        for other in [other_currency, other_digits] {
            assert_eq!(told(a.checked_add(other)), "currency_mismatch");
            assert_eq!(told(a.checked_sub(other)), "currency_mismatch");
            assert_eq!(a.ratio(other).map_err(|p| p.code), Err(Code::CurrencyMismatch));
            assert_eq!(a.partial_cmp(&other), None);
        }
        assert_eq!(told(most.checked_add(b)), "overflow");
        assert_eq!(told(Money::from_units(i128::MIN, 2, a.currency()).checked_sub(b)), "overflow");
        assert_eq!(told(most.checked_mul(2)), "overflow");
        assert_eq!(b.ratio(a).map(Ratio::value), Ok(Some(0.75 / 10.5)));
        assert_eq!(b.ratio(Money::from_units(0, 2, a.currency())).map(Ratio::value), Ok(None));
        assert!(a > b);
        Ok(())
    }

    #[test]
    fn money_leaves_as_a_decimal() -> Result<(), Code> {
        let money = money("10.50", "USD", 1)?;
        assert_eq!(money.amount().map(|amount| amount.to_string()).as_deref(), Some("10.500"));
        assert_eq!((money.units(), money.digits()), (10_500, 3));
        assert_eq!(Money::from_units(i128::MAX, 2, money.currency()).amount(), None);
        assert_eq!(
            format!("{money:.2}|{money:>8}|{money:<8}|{money:08}|{money:+}"),
            "10.500|  10.500|10.500  |0010.500|+10.500"
        );
        assert_eq!(format!("{:>8.1}", Money::from_units(-5, 2, money.currency())), "   -0.05");
        assert_eq!(format!("{:?} {:?}", money.currency(), money.currency().code()), "USD \"USD\"");
        Ok(())
    }

    #[test]
    fn the_largest_amount_has_the_decimals_of_its_row() {
        assert_eq!(largest(2, 2), "92233720368547758.07");
        assert_eq!(largest(0, 2), "92233720368547758");
    }

    #[rstest]
    #[case("10", "USD", 0, Ok("10.00"))]
    #[case("10.000", "USD", 0, Ok("10.00"))]
    #[case("10.005", "USD", 0, Err(Code::TooManyDigits))]
    #[case("10.005", "USD", 1, Ok("10.005"))]
    #[case("10.005", "USD", 6, Ok("10.00500000"))]
    #[case("100.5", "JPY", 0, Err(Code::TooManyDigits))]
    #[case("100.000", "JPY", 0, Ok("100"))]
    #[case("1.234", "KWD", 0, Ok("1.234"))]
    #[case("-0.05", "USD", 0, Ok("-0.05"))]
    #[case("-0", "USD", 0, Ok("0.00"))]
    #[case("0007", "USD", 0, Ok("7.00"))]
    #[case("79228162514264337593543950335", "JPY", 0, Ok("79228162514264337593543950335"))]
    #[case("79228162514264337593543950336", "JPY", 0, Err(Code::Overflow))]
    #[case("0.00000000000000000000000000001", "USD", 0, Err(Code::TooManyDigits))]
    #[case("1.00000000000000000000000000000000", "USD", 0, Ok("1.00"))]
    #[case("1234567890123456789012345678.05", "USD", 0, Err(Code::TooManyDigits))]
    #[case("12345678901234567890123456789.05", "USD", 0, Err(Code::Overflow))]
    fn amounts(#[case] text: &str, #[case] code: &str, #[case] extra: u8, #[case] expected: Result<&str, Code>) {
        assert_eq!(money(text, code, extra).map(|money| money.to_string()), expected.map(str::to_owned));
    }

    #[rstest]
    #[case("")]
    #[case("-")]
    #[case(".5")]
    #[case("5.")]
    #[case("+5")]
    #[case("1e3")]
    #[case("1,000")]
    #[case("1_000")]
    #[case("1.2.3")]
    #[case(" 1")]
    #[case("NaN")]
    #[case("１２")]
    #[case("--1")]
    fn no_amount(#[case] text: &str) {
        assert_eq!(parse_decimal(text), Err(AmountFault::NotANumber));
    }

    #[rstest]
    #[case(5, 2, 2)]
    #[case(7, 2, 4)]
    #[case(-5, 2, -2)]
    #[case(-7, 2, -4)]
    #[case(1, 3, 0)]
    #[case(2, 3, 1)]
    #[case(-1, 3, 0)]
    #[case(-2, 3, -1)]
    #[case(6, 3, 2)]
    #[case(1, 2, 0)]
    #[case(3, 2, 2)]
    fn halves_go_to_the_even_neighbour(#[case] numerator: i128, #[case] denominator: i128, #[case] rounded: i128) {
        assert_eq!(divide_half_even(numerator, denominator), Some(rounded));
    }

    #[test]
    fn nothing_is_divided_by_less_than_one() {
        assert_eq!(divide_half_even(1, 0), None);
        assert_eq!(divide_half_even(1, -1), None);
    }

    #[test]
    fn every_third_digit_is_set_apart() {
        for (number, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-100", "-100"),
            ("-1000.000", "-1,000.000"),
            ("18446744073709551615", "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn money_is_padded_like_a_number() -> Result<(), Code> {
        assert_eq!(format!("{:>8}", money("1.5", "USD", 0)?), "    1.50");
        Ok(())
    }

    #[test]
    fn currencies_have_a_minor_unit() {
        for (code, digits) in
            [("USD", Some(2)), ("JPY", Some(0)), ("KWD", Some(3)), ("XAU", None), ("usd", None), ("", None)]
        {
            assert_eq!(Currency::from_code(code).map(Currency::digits), digits);
        }
    }
}
