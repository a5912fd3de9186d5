//! One cell of every kind in every kind of column, and the limits and the watch of a table.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests outside of test functions: what cannot be looked at has failed"
)]

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use cs_core::{Code, Error, ExtraColumns, Input, InputColumn, Limits, Portfolio, Stage, Value, Watch};
use rstest::rstest;
use rust_decimal::Decimal;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A book with a value in a column of its contracts, or else of its customers.
fn book(column: &str, value: Value) -> [Input; 2] {
    let needed = [("contract_id", "c"), ("customer_id", "a"), ("start_date", "2026-01-01"), ("mrr", "1")];
    let contracts = needed.into_iter().map(|(name, of_all)| (name, text(of_all)));
    let mut tables = [contracts.collect(), vec![("customer_id", text("a"))]];
    let [contracts, customers] = &mut tables;
    match contracts.iter_mut().find(|(name, _)| *name == column) {
        Some((_, slot)) => *slot = value,
        None if ["fit", "potential_mrr", "tier"].contains(&column) => customers.push((column, value)),
        None => contracts.push((column, value)),
    }
    tables.map(|columns| {
        let table = |input: Input, (name, value)| input.column(name, InputColumn::Values(vec![value]));
        columns.into_iter().fold(Input::with_rows(1), table)
    })
}

/// The value as it is kept, or the fault.
fn kept(column: &str, value: Value, limits: Limits) -> Result<String, Code> {
    let [contracts, customers] = book(column, value);
    let load = Portfolio::from_tables(contracts).customers(customers).currency("USD").limits(limits).load();
    let portfolio = load.map_err(|error| error.problems().first().map_or(Code::Internal, |problem| problem.code))?;
    let tables = ["contracts", "customers"].map(|name| portfolio.table(name));
    let cells = tables.iter().flatten().filter_map(|table| Some(table.column(column)?.values().cell(0).to_string()));
    Ok(cells.collect())
}

#[rstest]
#[case("mrr", Value::Integer(5), Ok("5.00"))]
#[case("mrr", Value::Decimal(Decimal::new(55, 1)), Ok("5.50"))]
#[case("mrr", Value::Decimal(Decimal::new(5_500, 3)), Ok("5.50"))]
#[case("mrr", Value::Decimal(Decimal::new(5_555, 3)), Err(Code::TooManyDigits))]
#[case("mrr", Value::Flag(true), Err(Code::WrongType))]
#[case("mrr", Value::Float(5.0), Err(Code::WrongType))]
#[case("mrr", Value::Integer(-5), Err(Code::NegativeAmount))]
#[case("potential_mrr", Value::Integer(7), Ok("7.00"))]
#[case("quantity", Value::Integer(3), Ok("3"))]
#[case("quantity", Value::Integer(-3), Err(Code::InvalidCount))]
#[case("quantity", Value::Integer((1 << 53) - 1), Ok("9007199254740991"))]
#[case("quantity", Value::Integer(1 << 53), Err(Code::InvalidCount))]
#[case("quantity", Value::Float(3.0), Ok("3"))]
#[case("quantity", Value::Float(3.5), Err(Code::InvalidCount))]
#[case("quantity", Value::Float(-1.0), Err(Code::InvalidCount))]
#[case("quantity", Value::Float(f64::NAN), Err(Code::WrongType))]
#[case("quantity", Value::Decimal(Decimal::new(400, 2)), Ok("4"))]
#[case("quantity", Value::Decimal(Decimal::new(450, 2)), Err(Code::InvalidCount))]
#[case("quantity", text("7"), Ok("7"))]
#[case("quantity", text("+7"), Err(Code::InvalidCount))]
#[case("quantity", Value::Flag(true), Err(Code::WrongType))]
#[case("product", Value::Integer(-5), Ok("-5"))]
#[case("product", Value::Date(0), Ok("1970-01-01"))]
#[case("product", Value::Flag(false), Ok("false"))]
#[case("product", Value::Float(1.0), Err(Code::WrongType))]
#[case("product", Value::Date(i32::MAX), Err(Code::DateOutOfRange))]
#[case("tier", Value::Flag(true), Ok("true"))]
#[case("contract_id", Value::Integer(7), Ok("7"))]
#[case("contract_id", Value::Date(0), Err(Code::WrongType))]
#[case("contract_id", Value::Flag(true), Err(Code::WrongType))]
#[case("contract_id", Value::Absent, Err(Code::MissingValue))]
#[case("auto_renew", text("TRUE"), Ok("true"))]
#[case("auto_renew", text("yes"), Err(Code::InvalidFlag))]
#[case("auto_renew", Value::Integer(1), Err(Code::WrongType))]
#[case("end_date", Value::Date(25_000), Ok("2038-06-13"))]
#[case("end_date", Value::Moment("2038-06-13 00:00".to_owned()), Err(Code::WrongType))]
#[case("kind", text("trial"), Ok("trial"))]
#[case("kind", text("Trial"), Err(Code::UnknownChoice))]
#[case("fit", Value::Integer(100), Ok("100"))]
#[case("fit", Value::Integer(101), Err(Code::InvalidScore))]
#[case("fit", Value::Decimal(Decimal::new(555, 1)), Ok("55.5"))]
#[case("fit", text("0.25"), Ok("0.25"))]
#[case("fit", text("1e1"), Err(Code::InvalidScore))]
#[case("fit", Value::Float(-0.5), Err(Code::InvalidScore))]
#[case("fit", Value::Date(5), Err(Code::WrongType))]
fn cells(#[case] column: &str, #[case] value: Value, #[case] expected: Result<&str, Code>) {
    assert_eq!(kept(column, value, Limits::default()), expected.map(str::to_owned));
}

#[test]
fn names_and_cells_have_their_own_limits() {
    let limits = Limits { id_bytes: 40, field_bytes: 50, ..Limits::default() };
    for (column, most) in [("contract_id", 40), ("product", 50), ("tier", 50)] {
        assert_eq!(kept(column, text(&"x".repeat(most)), limits), Ok("x".repeat(most)));
        assert_eq!(kept(column, text(&"x".repeat(most + 1)), limits), Err(Code::LimitExceeded));
    }
}

/// Counts how often it is asked, and says stop at one of the times.
struct Stopping(AtomicU64, u64);

impl Watch for Stopping {
    fn progress(&self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
        match self.0.fetch_add(1, Ordering::Relaxed) + 1 == self.1 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn the_reading_of_every_column_can_be_stopped() {
    let rows = (1 << 14) + 1;
    let column = |text: &dyn Fn(usize) -> String| InputColumn::Text((0..rows).map(text).collect());
    let input = Input::with_rows(rows)
        .column("contract_id", column(&|row| format!("c-{row}")))
        .column("customer_id", column(&|row| format!("a-{}", row / 2)))
        .column("start_date", column(&|_| "2026-01-01".to_owned()))
        .column("mrr", column(&|_| "1".to_owned()))
        .column("note", column(&|_| "x".to_owned()));
    let load = |watch: &Stopping| {
        let load = Portfolio::from_tables(input.clone()).currency("USD").extra_columns(ExtraColumns::Ignore);
        load.watch(watch).load().map(|portfolio| portfolio.contract_count())
    };
    let patient = Stopping(AtomicU64::new(0), u64::MAX);
    assert_eq!(load(&patient), Ok(rows));
    let times = patient.0.into_inner();
    assert!(times >= 2 * 4, "asked {times} times");
    for time in 1..=times {
        let watch = Stopping(AtomicU64::new(0), time);
        assert_eq!((load(&watch), watch.0.into_inner()), (Err(Error::Cancelled), time));
    }
}
