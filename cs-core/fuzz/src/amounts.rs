//! Amounts as text.

use cs_core::{Code, Currency, Definitions, Error, ExtraDigits, Input, InputColumn, Portfolio, Value};

use crate::checks::refused;
use crate::dates::day;

/// Lines of text: an amount, a currency, a number of extra digits, and a billing period, a term or nothing for MRR.
pub fn amounts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let (amount, currency, extra, basis) = (next(), next(), next(), next());
    let currency = Currency::from_code(currency).unwrap_or_else(|| Currency::from_code("USD").expect("a currency"));
    let extra = extra.parse().ok().and_then(ExtraDigits::new).unwrap_or_default();
    let (column, value, numerator, denominator) = match (basis, basis.parse::<i64>()) {
        ("day", _) => ("billing_period", Value::Text(basis.to_owned()), 365, 12),
        ("week", _) => ("billing_period", Value::Text(basis.to_owned()), 52, 12),
        ("quarter", _) => ("billing_period", Value::Text(basis.to_owned()), 1, 3),
        ("half_year", _) => ("billing_period", Value::Text(basis.to_owned()), 1, 6),
        ("year", _) => ("billing_period", Value::Text(basis.to_owned()), 1, 12),
        (_, Ok(months @ 1..=1_200)) => ("term_months", Value::Integer(months), 1, months.into()),
        _ => ("product", Value::Absent, 1, 1),
    };
    let price = if column == "product" { "mrr" } else { "amount" };
    let digits = usize::from(currency.digits() + extra.count());
    let exact = Exact::of(amount);

    match (read(price, amount, currency, extra, (column, value)), &exact) {
        (Ok((mrr, arr)), Some(exact)) => {
            let units = exact.units(digits).expect("an amount that was taken has a place in the currency");
            assert!(!exact.negative || units == 0);
            assert_eq!(mrr, half_even(units * numerator, denominator), "{amount}");
            assert_eq!(arr, half_even(12 * units * numerator, denominator), "{amount}");
        }
        (Ok(_), None) => panic!("{amount:?} is no amount"),
        (Err(error), exact) => {
            refused(&error);
            let code = error.problems().first().expect("a problem").code;
            let expected = match exact {
                None if amount.is_empty() => vec![Code::MissingAmount],
                None => vec![Code::InvalidAmount],
                Some(exact) => exact.faults(digits, numerator, denominator),
            };
            assert!(expected.contains(&code), "{amount:?}: {code} instead of {expected:?}");
        }
    }
}

/// MRR and ARR of a contract of that price.
fn read(
    price: &str,
    amount: &str,
    currency: Currency,
    extra: ExtraDigits,
    (column, value): (&str, Value),
) -> Result<(i128, i128), Error> {
    let text = |text: &str| InputColumn::Values(vec![Value::Text(text.to_owned())]);
    let input = Input::with_rows(1)
        .column("contract_id", text("c"))
        .column("customer_id", text("a"))
        .column("start_date", text("2026-01-01"))
        .column(price, text(amount))
        .column(column, InputColumn::Values(vec![value]));
    let definitions = Definitions { extra_digits: extra, ..Definitions::default() };
    let portfolio = Portfolio::from_tables(input).currency(currency.code()).definitions(definitions).load()?;
    let movements = portfolio.movements(day("2026-01-01"), day("2026-01-02")).run()?;
    let row = movements.rows().next().expect("a period");
    Ok((row.closing_mrr.units(), row.closing_arr.units()))
}

/// A plain decimal number, digit by digit.
struct Exact {
    negative: bool,
    /// Without zeros in front.
    whole: String,
    /// Without zeros behind.
    fraction: String,
}

impl Exact {
    fn of(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-');
        let (whole, fraction) = match unsigned.unwrap_or(text).split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (unsigned.unwrap_or(text), ""),
        };
        let plain = !whole.is_empty() && whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
        plain.then(|| Self {
            negative: unsigned.is_some(),
            whole: whole.trim_start_matches('0').to_owned(),
            fraction: fraction.trim_end_matches('0').to_owned(),
        })
    }

    /// The magnitude in units of 10^-`digits`, if it is a whole number of them that 64 bits hold.
    fn units(&self, digits: usize) -> Option<i128> {
        if self.fraction.len() > digits || self.whole.len() > 19 {
            return None;
        }
        let number: i128 = format!("0{}{:0<digits$}", self.whole, self.fraction).parse().ok()?;
        i64::try_from(number).ok().map(i128::from)
    }

    /// Why the amount is refused; more than one reason may hold.
    fn faults(&self, digits: usize, numerator: i128, denominator: i128) -> Vec<Code> {
        let cut =
            Self { fraction: self.fraction.chars().take(digits).collect(), whole: self.whole.clone(), negative: false };
        let mrr = cut.units(digits).map(|units| half_even(units * numerator, denominator));
        let nothing = self.whole.is_empty() && self.fraction.is_empty();
        [
            (self.fraction.len() > digits).then_some(Code::TooManyDigits),
            (self.negative && !nothing).then_some(Code::NegativeAmount),
            mrr.is_none_or(|mrr| i64::try_from(mrr).is_err()).then_some(Code::Overflow),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn half_even(numerator: i128, denominator: i128) -> i128 {
    let (floor, twice) = (numerator / denominator, numerator % denominator * 2);
    floor + i128::from(twice > denominator || (twice == denominator && floor % 2 == 1))
}
