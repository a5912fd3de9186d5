//! Amounts: nothing lost on the way in, one rounding where an amount becomes MRR, and sums that fit or say so.

use chrono::NaiveDate;
use cs_core::{BillingPeriod, Code, Contract, Currency, Definitions, Error, ExtraDigits, Money, Portfolio, Ratio};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::books::day;
use crate::config;
use crate::model::half_even;

fn currencies() -> impl Strategy<Value = Currency> {
    select(&["JPY", "USD", "KWD", "CLF"][..]).prop_map(|code| Currency::from_code(code).unwrap())
}

/// Whole numbers of every size up to 96 bits.
fn mantissas() -> impl Strategy<Value = i128> {
    (any::<u128>(), 32_u32..=128, any::<bool>()).prop_map(|(number, shift, negative)| {
        let number = number.checked_shr(shift).unwrap_or(0) as i128;
        if negative { -number } else { number }
    })
}

fn decimals() -> impl Strategy<Value = Decimal> {
    (mantissas(), 0_u32..=28).prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
}

/// How many of a decimal's own digits behind the point are needed.
fn needed(decimal: Decimal) -> u32 {
    let (mut mantissa, mut scale) = (decimal.mantissa(), decimal.scale());
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    scale
}

/// The product of two numbers, or `None` where it needs more than 127 bits and a sign, by parts of 64 bits.
fn product(a: i128, b: u64) -> Option<i128> {
    let (magnitude, b) = (a.unsigned_abs(), u128::from(b));
    let (high, low) = (magnitude >> 64, magnitude & u128::from(u64::MAX));
    let (high, low) = (high * b, low * b);
    if high >> 63 != 0 {
        return None;
    }
    let sum = (high << 64).checked_add(low)?;
    match (a < 0, sum.cmp(&(1 << 127))) {
        (true, std::cmp::Ordering::Equal) => Some(i128::MIN),
        (_, std::cmp::Ordering::Less) => Some(if a < 0 { -(sum as i128) } else { sum as i128 }),
        _ => None,
    }
}

/// One contract in force on the first day of 2026, read by definitions with so many extra digits.
fn read(contract: Contract, currency: Currency, extra: u32) -> Result<(i128, i128), Error> {
    let definitions = Definitions { extra_digits: ExtraDigits::new(extra).unwrap(), ..Definitions::default() };
    let portfolio = Portfolio::from_tables(vec![contract]).currency(currency.code()).definitions(definitions).load()?;
    let movements = portfolio.movements(start(), day("2026-01-02")).run()?;
    let row = movements.rows().next().unwrap();
    Ok((row.closing_mrr.units(), row.closing_arr.units()))
}

fn extras() -> impl Strategy<Value = ExtraDigits> {
    (0_u32..=6).prop_map(|count| ExtraDigits::new(count).unwrap())
}

fn start() -> NaiveDate {
    day("2026-01-01")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn money_is_its_decimal(amount in decimals(), currency in currencies(), extra in extras()) {
        let digits = u32::from(currency.digits() + extra.count());
        match Money::new(amount, currency, extra) {
            Ok(money) => {
                prop_assert!(needed(amount) <= digits);
                prop_assert_eq!(u32::from(money.digits()), digits);
                let text = money.to_string();
                let behind = text.split_once('.').map_or(0, |(_, behind)| behind.len());
                prop_assert_eq!(behind as u32, digits, "every digit is written");
                // What has more than 96 bits with all its digits is still written.
                if let Some(exact) = money.amount() {
                    prop_assert_eq!(exact.to_string(), text.clone());
                    prop_assert_eq!(exact, amount);
                    prop_assert_eq!(Money::new(exact, currency, extra), Ok(money));
                }
                let units: i128 = text.replace('.', "").parse().unwrap();
                prop_assert_eq!(units, money.units());
            }
            Err(problem) => match problem.code {
                Code::TooManyDigits => prop_assert!(needed(amount) > digits),
                Code::Overflow => prop_assert!(amount.mantissa().unsigned_abs() > (1 << 90)),
                other => return Err(TestCaseError::fail(format!("{other} is no fault of an amount"))),
            },
        }
    }

    #[test]
    fn money_adds_up_exactly(a in mantissas(), b in mantissas(), count: u64, currency in currencies()) {
        let money = |units| Money::new(Decimal::from_i128_with_scale(units, currency.digits().into()), currency, ExtraDigits::default()).unwrap();
        let (x, y) = (money(a), money(b));
        prop_assert_eq!(x.checked_add(y).map(Money::units), Ok(a + b));
        prop_assert_eq!(x.checked_sub(y).map(Money::units), Ok(a - b));
        prop_assert_eq!(x.partial_cmp(&y), Some(a.cmp(&b)));
        prop_assert_eq!(x.checked_add(y), y.checked_add(x));
        match (x.checked_mul(count), product(a, count)) {
            (Ok(found), Some(expected)) => prop_assert_eq!(found.units(), expected),
            (Err(problem), None) => prop_assert_eq!(problem.code, Code::Overflow),
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
        // Sums grow until they do not fit, and then say so.
        let large = x.checked_mul(u64::MAX).and_then(|large| large.checked_mul(1 << 32));
        if let (Ok(large), Some(units)) = (&large, product(a, u64::MAX).and_then(|units| product(units, 1 << 32))) {
            prop_assert_eq!(large.units(), units);
            prop_assert_eq!(large.checked_add(*large).ok().map(Money::units), units.checked_add(units));
        }
        prop_assert_eq!(x.ratio(y).map(|ratio| ratio.value().is_some()), Ok(b != 0));
    }

    #[test]
    fn other_money_is_not_mixed_in(a in currencies(), b in currencies(), extra in (extras(), extras())) {
        let one = |currency, extra| Money::new(Decimal::ONE, currency, extra).unwrap();
        let (x, y) = (one(a, extra.0), one(b, extra.1));
        let alike = (a, extra.0) == (b, extra.1);
        prop_assert_eq!(x.checked_add(y).is_ok(), alike);
        prop_assert_eq!(x.checked_sub(y).is_ok(), alike);
        prop_assert_eq!(x.ratio(y).is_ok(), alike);
        prop_assert_eq!(x.partial_cmp(&y).is_some(), alike);
    }

    #[test]
    fn a_ratio_is_one_division(a in -(1_i64 << 53)..1 << 53, b in -(1_i64 << 53)..1 << 53) {
        let expected = (b != 0).then(|| a as f64 / b as f64);
        prop_assert_eq!(Ratio::of(a.into(), b.into()).value(), expected);
    }

    #[test]
    fn mrr_is_taken_exactly(amount in decimals(), currency in currencies(), extra in 0_u32..=6) {
        let digits = u32::from(currency.digits()) + extra;
        let contract = Contract { mrr: Some(amount), ..Contract::new("c", "a", start()) };
        let held = Money::new(amount, currency, ExtraDigits::new(extra).unwrap()).map(Money::units);
        match (read(contract, currency, extra), held) {
            (Ok((mrr, arr)), Ok(units)) => prop_assert_eq!((mrr, arr), (units, 12 * units)),
            (Err(error), held) => {
                let code = error.problems()[0].code;
                let negative = amount.is_sign_negative() && !amount.is_zero();
                match code {
                    Code::NegativeAmount => prop_assert!(negative),
                    Code::Overflow => prop_assert!(held.is_err() || held.is_ok_and(|units| i64::try_from(units).is_err())),
                    Code::TooManyDigits => prop_assert!(needed(amount) > digits),
                    other => return Err(TestCaseError::fail(format!("{other} is no fault of an amount"))),
                }
            }
            (Ok(_), Err(problem)) => return Err(TestCaseError::fail(format!("{problem} and yet read"))),
        }
    }

    #[test]
    fn amounts_are_rounded_once(
        units in prop_oneof![0_i64..1_000, 0_i64..1_000_000_000_000, 0..=i64::MAX],
        (extra, more) in (0_u32..=6).prop_flat_map(|more| (0..=more, Just(more))),
        currency in currencies(),
        basis in prop_oneof![
            select(&[
                (BillingPeriod::Day, 365, 12), (BillingPeriod::Week, 52, 12), (BillingPeriod::Month, 1, 1),
                (BillingPeriod::Quarter, 1, 3), (BillingPeriod::HalfYear, 1, 6), (BillingPeriod::Year, 1, 12),
            ][..]).prop_map(|(period, numerator, denominator)| (Some(period), None, numerator, denominator)),
            prop_oneof![1_i128..=1_200, Just(2)].prop_map(|months| (None, Some(months as u64), 1, months)),
        ],
    ) {
        let (period, term, numerator, denominator) = basis;
        let written = Decimal::from_i128_with_scale(units.into(), u32::from(currency.digits()) + extra);
        let contract = Contract {
            amount: Some(written),
            billing_period: period,
            term_months: term,
            ..Contract::new("c", "a", start())
        };
        // Read with as many digits as it has, or with more.
        for extra_digits in [extra, more] {
            let exact = i128::from(units) * 10_i128.pow(extra_digits - extra) * numerator;
            let (mrr, arr) = (half_even(exact, denominator), half_even(12 * exact, denominator));
            let held = i64::try_from(exact / numerator).is_ok();
            match read(contract.clone(), currency, extra_digits) {
                Ok(found) => {
                    prop_assert!(held);
                    prop_assert_eq!(found, (mrr, arr));
                }
                Err(error) => {
                    prop_assert_eq!(error.problems()[0].code, Code::Overflow);
                    prop_assert!(!held || i64::try_from(mrr).is_err());
                }
            }
        }
    }
}
