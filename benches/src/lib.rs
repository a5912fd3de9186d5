//! What the measurements of cs-core share: see the files beside this folder.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use cs_core::{Input, InputColumn, TextColumn};

mod walk;

pub use walk::{Moved, Walk};

const CONTRACTS_A_CUSTOMER: u64 = 4;
const TERM: u64 = 365;

/// The days from 2020-01-01 to 2025-01-01, exclusive, in which all contracts start.
#[must_use]
pub fn range() -> (NaiveDate, NaiveDate) {
    [2020, 2025].map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()).into()
}

/// A book of contracts that follow each other, upgrade and lapse, from an arithmetic that needs no generator.
#[must_use]
pub fn book(contracts: Range<u64>) -> Input {
    let epoch = NaiveDate::default();
    let first = range().0.signed_duration_since(epoch).num_days() as i32;
    let days =
        |of: &dyn Fn(u64) -> u64| InputColumn::Date(contracts.clone().map(|n| Some(first + of(n) as i32)).collect());
    let text = |name: &dyn Fn(u64) -> String| InputColumn::Text(contracts.clone().map(name).collect::<TextColumn>());
    Input::with_rows(contracts.clone().count())
        .column("contract_id", text(&|n| format!("c-{n}")))
        .column("customer_id", text(&|n| format!("k-{}", customer(n))))
        .column("start_date", days(&start))
        .column("end_date", days(&|n| start(n) + TERM))
        .column("mrr", InputColumn::Integer(contracts.clone().map(|n| Some(mrr(n))).collect()))
}

/// A close in the middle of the range, and the position of the month that it ends.
#[must_use]
pub fn close() -> (NaiveDate, usize) {
    (NaiveDate::from_ymd_opt(2022, 12, 31).unwrap_or_default(), 35)
}

/// How many customers so many contracts are of.
#[must_use]
pub fn customers(contracts: u64) -> u64 {
    contracts.div_ceil(CONTRACTS_A_CUSTOMER)
}

/// MRR of some contracts at the close, in cents.
#[must_use]
pub fn paid(contracts: Range<u64>) -> i128 {
    let (day, _) = close();
    let is_in_force = |&n: &u64| {
        let first = range().0.checked_add_days(Days::new(start(n))).unwrap_or_default();
        first <= day && day < first.checked_add_days(Days::new(TERM)).unwrap_or_default()
    };
    contracts.filter(is_in_force).map(|n| i128::from(mrr(n) * 100)).sum()
}

fn customer(n: u64) -> u64 {
    n / CONTRACTS_A_CUSTOMER
}

/// The contracts of a customer start one term after the other; every third renewal comes some days late.
fn start(n: u64) -> u64 {
    let turn = n % CONTRACTS_A_CUSTOMER;
    customer(n) * 7 % 700 + turn * TERM + if (customer(n) + turn).is_multiple_of(3) { 10 } else { 0 }
}

fn mrr(n: u64) -> i64 {
    ((n * 37) % 900 + 100) as i64
}
