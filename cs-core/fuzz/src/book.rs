//! Whole books, built of bytes.

use chrono::{Days, NaiveDate};
use cs_core::{Definitions, Duplicates, Input, InputColumn, Month, OnInvalid, PeriodLength, Portfolio, Value};

use crate::bytes::Bytes;
use crate::checks::{accounted, computed};
use crate::dates::day;

/// More rows than that show nothing new.
const MOST_ROWS: usize = 48;

const COLUMNS: [&str; 15] = [
    "contract_id",
    "customer_id",
    "start_date",
    "end_date",
    "mrr",
    "amount",
    "billing_period",
    "term_months",
    "product",
    "kind",
    "term_end",
    "auto_renew",
    "recorded_on",
    "withdrawn",
    "currency",
];

/// Bytes as a book of contracts with revisions: its calendar first, then a dozen bytes a row.
pub fn book(bytes: &[u8]) {
    let mut bytes = Bytes::of(bytes);
    let first = day(bytes.pick(&["2024-01-01", "1900-01-01", "2199-06-30", "1969-10-31"]));
    let currency = bytes.pick(&["USD", "JPY", "KWD"]);
    let definitions = Definitions {
        period: bytes.pick(&[PeriodLength::Month, PeriodLength::Quarter, PeriodLength::Year]),
        fiscal_year_start: Month::new(1 + u32::from(bytes.byte() % 12)).expect("a month"),
        ..Definitions::default()
    };
    let start = first + Days::new(bytes.byte().into());
    let end = start + Days::new(1 + 2 * u64::from(bytes.byte()));

    let mut rows: Vec<[Value; COLUMNS.len()]> = Vec::new();
    while !bytes.is_empty() && rows.len() < MOST_ROWS {
        rows.push(row(&mut bytes, first, currency));
    }
    let column = |input: Input, (position, name): (usize, &str)| {
        let values: Vec<Value> = rows.iter().map(|row| row[position].clone()).collect();
        let needed = position < 3 || values.iter().any(|value| *value != Value::Absent);
        if needed { input.column(name, InputColumn::Values(values)) } else { input }
    };
    let input = COLUMNS.into_iter().enumerate().fold(Input::with_rows(rows.len()), column);
    let portfolio = Portfolio::from_tables(input)
        .currency(currency)
        .definitions(definitions)
        .duplicates(Duplicates::Drop)
        .on_invalid(OnInvalid::Reject)
        .load()
        .expect("a book of known columns is loaded");
    accounted(&portfolio);
    computed(&portfolio, start, end);
}

fn row(bytes: &mut Bytes<'_>, first: NaiveDate, currency: &str) -> [Value; COLUMNS.len()] {
    let text = |text: &str| if text.is_empty() { Value::Absent } else { Value::Text(text.to_owned()) };
    let date = |day: NaiveDate| Value::Text(day.to_string());
    let id = format!("c-{}", bytes.byte() % 24);
    let customer = bytes.pick(&["acme", "b", "カ", "A\u{200b}cme"]);
    let start = first + Days::new(bytes.byte().into());
    let end = match bytes.byte() {
        0 => Value::Absent,
        days => date(start + Days::new(days.into())),
    };
    let amount = match bytes.byte() {
        large @ 250.. => i64::MAX / i64::from(large - 249),
        small => i64::from(small) * i64::from(bytes.byte()),
    };
    let amount = Value::Integer(if currency == "JPY" { amount } else { amount / 10_000 });
    let (mrr, amount, period, term) = match bytes.byte() % 16 {
        kind @ 0..6 => {
            let periods = ["day", "week", "month", "quarter", "half_year", "year"];
            (Value::Absent, amount, text(periods[usize::from(kind)]), Value::Absent)
        }
        months @ 6..9 => (Value::Absent, amount, Value::Absent, Value::Integer(i64::from(months) - 5)),
        _ => (amount, Value::Absent, Value::Absent, Value::Absent),
    };
    let product = text(bytes.pick(&["", "core", "add-on", "コア"]));
    let kind = text(bytes.pick(&["", "", "", "subscription", "trial", "usage"]));
    let (term_end, auto_renew) = match bytes.byte() {
        0..200 => (Value::Absent, Value::Absent),
        days => (date(start + Days::new(u64::from(days) - 190)), Value::Flag(days % 2 == 0)),
    };
    let recorded_on = match bytes.byte() {
        0..160 => Value::Absent,
        days => date(first + Days::new(u64::from(days) % 8)),
    };
    let withdrawn = match bytes.byte() {
        0..220 => Value::Absent,
        flag => Value::Flag(flag % 2 == 0),
    };
    let other = if bytes.byte() > 250 { "EUR" } else { "" };
    [
        text(&id),
        text(customer),
        date(start),
        end,
        mrr,
        amount,
        period,
        term,
        product,
        kind,
        term_end,
        auto_renew,
        recorded_on,
        withdrawn,
        text(other),
    ]
}
