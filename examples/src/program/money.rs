//! Money as people write it, from its exact text: never by way of a float. And shares, in percent.

use cs_core::wire::grouped;
pub(crate) use cs_core::wire::{percent, whole_percent};
use cs_core::{Currency, Money};

/// With thousands separators and the currency's decimals: `-1,234.50`.
pub(crate) fn figure(money: Money) -> String {
    grouped(&money.to_string())
}

/// The same with the currency: `-$1,234.50`, `¥1,200`, `CHF 1,234.50`.
pub(crate) fn written(money: Money) -> String {
    let figure = figure(money);
    let (sign, magnitude) = figure.strip_prefix('-').map_or(("", figure.as_str()), |magnitude| ("-", magnitude));
    match symbol(money.currency()) {
        Some(symbol) => format!("{sign}{symbol}{magnitude}"),
        None => format!("{sign}{} {magnitude}", money.currency()),
    }
}

/// A count with thousands separators.
pub(crate) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// Only symbols that mean one currency to everybody; the others are told by their code.
fn symbol(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "USD" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "JPY" => Some("¥"),
        "INR" => Some("₹"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An amount as a review comes by it: from a portfolio.
    fn money(amount: &str, code: &str) -> Money {
        let book = format!("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,{amount}\n");
        let portfolio = cs_core::Portfolio::from_csv(book.as_str()).currency(code).load().unwrap();
        let day = |month| chrono::NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        let movements = portfolio.movements(day(1), day(2)).run().unwrap();
        movements.rows().next().unwrap().closing_mrr
    }

    #[test]
    fn money_is_written_in_the_form_of_its_currency() {
        for (amount, code, expected) in [
            ("1234.5", "USD", "$1,234.50"),
            ("1200", "JPY", "¥1,200"),
            ("1234.5", "CHF", "CHF 1,234.50"),
            ("0.05", "EUR", "€0.05"),
            ("1234567.891", "KWD", "KWD 1,234,567.891"),
            ("999", "GBP", "£999.00"),
            ("92233720368547758.07", "USD", "$92,233,720,368,547,758.07"),
        ] {
            assert_eq!(written(money(amount, code)), expected);
        }
    }

    #[test]
    fn the_sign_stands_before_the_currency() {
        let (less, more) = (money("1", "USD"), money("1235.5", "USD"));
        assert_eq!(written(less.checked_sub(more).unwrap()), "-$1,234.50");
        let (less, more) = (money("1", "CHF"), money("1235.5", "CHF"));
        assert_eq!(written(less.checked_sub(more).unwrap()), "-CHF 1,234.50");
    }
}
