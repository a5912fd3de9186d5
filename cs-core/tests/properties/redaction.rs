//! `redact=true`: errors reach logs, and nothing that users wrote reaches an error.

use cs_core::{
    Contract, Customer, Day, Definitions, Error, Input, InputColumn, Json, OnInvalid, Portfolio, Problem, Unwatched,
    Value, wire,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::books::day;
use crate::calls::calls;
use crate::config;

/// What must not be seen; with a backtick, which could end a quotation early.
const SECRET: &str = "s3`cret`s3";
/// The part of it that would be left of it in any form.
const TRACE: &str = "s3";

/// Fails if a problem has a value, text in backticks, or the secret anywhere.
fn tells_nothing(problem: &Problem) -> Result<(), TestCaseError> {
    let all = format!("{problem} {problem:?}");
    prop_assert!(!all.contains(TRACE), "the secret is told: {all}");
    prop_assert_eq!(&problem.value, &None);
    let quoted = problem.message.split('`').skip(1).step_by(2);
    for text in quoted {
        prop_assert_eq!(text, "…");
    }
    Ok(())
}

fn told_by(error: &Error) -> Result<(), TestCaseError> {
    prop_assert!(!error.to_string().contains(TRACE), "the secret is told: {error}");
    error.problems().iter().try_for_each(tells_nothing)
}

/// A cell of some column, in one of its forms.
fn secret() -> impl Strategy<Value = Value> {
    let text = || select(&[SECRET, "s3", "s3\ns3", "S3s3"][..]).prop_map(str::to_owned);
    prop_oneof![4 => text().prop_map(Value::Text), 1 => text().prop_map(Value::Moment), 1 => Just(Value::Other("a list".to_owned()))]
}

/// Rows that are valid but for secrets in a few of their cells.
fn table(columns: &'static [cs_core::ColumnSpec]) -> impl Strategy<Value = Input> {
    (1_usize..5).prop_flat_map(move |rows| {
        let spot = (0..columns.len(), 0..rows, secret());
        prop::collection::vec(spot, 1..5).prop_map(move |spots| {
            let mut input = Input::with_rows(rows);
            for (position, column) in columns.iter().enumerate() {
                let hit = spots.iter().any(|(at, _, _)| *at == position);
                if !column.required && column.name != "mrr" && !hit {
                    continue;
                }
                let mut cells: Vec<Value> = (0..rows).map(|row| ordinary(column.name, row)).collect();
                for (_, row, secret) in spots.iter().filter(|(at, _, _)| *at == position) {
                    cells[*row] = secret.clone();
                }
                input = input.column(column.name, InputColumn::Values(cells));
            }
            input
        })
    })
}

fn ordinary(column: &str, row: usize) -> Value {
    match column {
        "contract_id" => Value::Text(format!("c-{row}")),
        "customer_id" => Value::Text(format!("{row}")),
        "start_date" => Value::Text("2026-01-01".to_owned()),
        "mrr" => Value::Integer(1),
        _ => Value::Absent,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn problems_of_rows_tell_nothing(
        contracts in table(Contract::SPEC.columns),
        customers in prop::option::of(table(Customer::SPEC.columns)),
        policy in select(&[OnInvalid::Raise, OnInvalid::Reject][..]),
    ) {
        let mut load = Portfolio::from_tables(contracts).currency("USD").on_invalid(policy).redact(true);
        if let Some(customers) = customers {
            load = load.customers(customers);
        }
        match load.load() {
            Err(error) => told_by(&error)?,
            Ok(portfolio) => {
                let report = portfolio.load_report();
                report.problems.kept.iter().chain(&report.warnings.kept).try_for_each(tells_nothing)?;
                prop_assert!(!report.to_object().to_string().contains(TRACE));
                let calls = calls(&[("start", Json::from("2026-01-01")), ("end", Json::from("2026-02-01"))]);
                calls.iter().filter_map(|call| call.run(&portfolio).err()).try_for_each(|error| told_by(&error))?;
            }
        }
    }

    #[test]
    fn problems_of_computing_tell_nothing(amount in select(&["92233720368547758.07", "50000000000000000"][..])) {
        let contract = |id: &str, currency: &str| Contract {
            mrr: amount.parse().ok(),
            currency: Some(currency.to_owned()),
            ..Contract::new(id, SECRET, day("2026-01-01"))
        };
        let calls = calls(&[("start", Json::from("2026-01-01")), ("end", Json::from("2026-02-01"))]);
        // Two are more than fits, and two currencies are one too many.
        for currency in ["USD", "EUR"] {
            let rows = vec![contract("s3-1", "USD"), contract("s3-2", currency)];
            let load = Portfolio::from_tables(rows).currency("USD").redact(true);
            // So late that there is something to compute, whatever is asked.
            let portfolio = load.observed_until(day("2026-12-31")).load().unwrap();
            for call in &calls {
                told_by(&call.run(&portfolio).unwrap_err())?;
                if let Some(partial) = call.partial(&portfolio) {
                    told_by(&partial.unwrap_err())?;
                }
            }
        }
    }

    #[test]
    fn problems_of_files_tell_nothing(text in "(s3|,|\n|\"|s3`s3|contract_id|customer_id|start_date|mrr){0,20}") {
        let load = Portfolio::from_csv(text.as_str()).currency("USD").redact(true).load();
        if let Err(error) = load {
            for problem in error.problems() {
                prop_assert_eq!(&problem.value, &None);
                prop_assert!(!problem.message.contains(TRACE), "{}", problem.message);
            }
        }
    }

    #[test]
    fn problems_of_arguments_tell_nothing(which in 0_usize..8) {
        let file = "contract_id,customer_id,start_date,mrr\nc,a,2026-01-01,1\n";
        let load = || Portfolio::from_csv(file).currency("USD").redact(true);
        let portfolio = load().load().unwrap();
        let (start, end) = (day("2026-01-01"), day("2026-02-01"));
        let error = match which {
            0 => load().currency(SECRET).load().unwrap_err(),
            1 => load().rename(SECRET, "a", "b").load().unwrap_err(),
            2 => load().rename("contracts", SECRET, "product").load().unwrap_err(),
            3 => load().rename("contracts", "mrr", SECRET).load().unwrap_err(),
            4 => load().customers("customer_id\n").rename("customers", "a", SECRET).load().unwrap_err(),
            5 => portfolio.table(SECRET).unwrap_err(),
            6 => {
                let unavailable = Definitions { fx_date: Some(Day::MAX), ..Definitions::default() };
                portfolio.movements(start, end).definitions(&unavailable).run().unwrap_err()
            }
            _ => {
                let definitions = Json::object([("period", Json::from(SECRET))]);
                let arguments = Json::object([("definitions", definitions), ("redact", Json::Flag(true))]);
                wire::from_csv(vec![("contracts", file.as_bytes())], &arguments, &Unwatched).unwrap_err()
            }
        };
        for problem in error.problems() {
            // The path says where, by the name that was given.
            prop_assert_eq!(&problem.value, &None);
            prop_assert!(!problem.message.contains(TRACE), "{}", problem.message);
        }
    }

    #[test]
    fn an_error_is_redacted_when_asked(name in ".{0,90}") {
        let text = format!("{{{}:1}}", Json::from(name.as_str()));
        let error = Definitions::from_json(&text).unwrap_err().redacted();
        for problem in error.problems() {
            prop_assert_eq!(&problem.value, &None);
            prop_assert!(problem.message.split('`').skip(1).step_by(2).all(|quoted| quoted == "…"));
        }
    }
}
