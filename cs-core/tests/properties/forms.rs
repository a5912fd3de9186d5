//! One book in every form that it can come in - typed rows, CSV, rows of JSON - is one portfolio, and what is written
//! can be read.

use chrono::Days;
use cs_core::{Contract, Day, Json, Limits, Portfolio, Report, Table, Unwatched, wire};
use proptest::prelude::*;
use proptest::sample::select;

use crate::books::{Book, books};
use crate::config;
use crate::prose;

/// A book as CSV in the columns of the contracts.
fn csv(book: &Book, line_end: &str) -> String {
    let rows: Vec<Json> = objects(book);
    let names: Vec<&str> = Contract::SPEC.columns.iter().map(|column| column.name).collect();
    let field = |value: Option<&Json>| match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::Text(text)) => format!("\"{}\"", text.replace('"', "\"\"")),
        Some(other) => other.to_string(),
    };
    let line = |row: &Json| names.iter().map(|name| field(row.get(name))).collect::<Vec<_>>().join(",");
    let lines = rows.iter().map(line);
    std::iter::once(names.join(",")).chain(lines).map(|line| line + line_end).collect()
}

/// A book's rows as JSON objects, by way of serde.
fn objects(book: &Book) -> Vec<Json> {
    let text = serde_json::to_string(&book.contracts).unwrap();
    match Json::parse(&text) {
        Ok(Json::Array(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

/// The canonical bytes of what a portfolio gives, whatever columns it was made of.
fn results(book: &Book, portfolio: &Portfolio) -> Vec<String> {
    book.calls().iter().map(|call| call.run(portfolio).unwrap().to_json()).collect()
}

fn arguments(book: &Book) -> Json {
    Json::object([("currency", Json::from(book.currency.code())), ("definitions", book.definitions.to_object())])
}

/// Anything that a host can have in its arguments.
fn any_json() -> impl Strategy<Value = Json> {
    let text = prop_oneof![
        select(&["2026-01-01", "2026-13-01", "month", "USD", "", "`", "a\nb", "customer", "contracts", "x"][..])
            .prop_map(Json::from),
        ".{0,80}".prop_map(Json::Text),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Flag),
        any::<i64>().prop_map(Json::Integer),
        prop::num::f64::ANY.prop_map(Json::Float),
        text,
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let keys = prop_oneof![
            select(
                &[
                    "start",
                    "end",
                    "period",
                    "currency",
                    "definitions",
                    "limits",
                    "rows",
                    "columns",
                    "contracts",
                    "by",
                    "mrr",
                    "contract_id"
                ][..]
            )
            .prop_map(str::to_owned),
            ".{0,3}",
        ];
        let entries = prop::collection::btree_map(keys, inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Json::Array),
            entries.prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn typed_rows_csv_and_json_are_one_book(book in books(), line_end in select(&["\n", "\r\n"][..])) {
        let expected = results(&book, &book.load());
        let file = csv(&book, line_end);
        let read = wire::from_csv(vec![("contracts", file.as_bytes())], &arguments(&book), &Unwatched).unwrap();
        prop_assert_eq!(&results(&book, &read), &expected);
        let rows = wire::rows("contracts", &Json::Array(objects(&book)), &Limits::default()).unwrap();
        // Without rows there are no columns, and so none of those that every table has.
        if !book.contracts.is_empty() {
            let read = wire::from_tables(vec![("contracts", rows)], &arguments(&book), &Unwatched).unwrap();
            prop_assert_eq!(&results(&book, &read), &expected);
        }
    }

    #[test]
    fn rows_are_read_back_from_json(book in books()) {
        let text = serde_json::to_string(&book.contracts).unwrap();
        let read: Vec<Contract> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read, book.contracts);
    }

    #[test]
    fn operations_by_name_are_the_methods(book in books()) {
        let portfolio = book.load();
        let (start, end) = (book.start, book.end);
        let since = (end - Days::new(40)).max(Day::MIN.date());
        let methods: Vec<Table> = vec![
            portfolio.movements(start, end).run().unwrap().into(),
            portfolio.journal(start, end).run().unwrap().into(),
            portfolio.retention(start, end).run().unwrap().into(),
            portfolio.retention_intervals(start, end).resamples(100).run().unwrap().into(),
            portfolio.flow_retention(start, end).run().unwrap().into(),
            portfolio.cohorts(end).run().unwrap().into(),
            portfolio.renewals(start, end).run().unwrap().into(),
            portfolio.renewal_lines(start, end).run().unwrap().into(),
            portfolio.lifetime_value(end).run().unwrap().into(),
            portfolio.second_order_revenue(start, end).run().unwrap().into(),
            portfolio.survival(end).run().unwrap().into(),
            portfolio.survival_comparison(end).horizon_days(30).run().unwrap().into(),
            portfolio.retention_model(end).run().unwrap().into(),
            portfolio.retention_projection(end).run().unwrap().into(),
            portfolio.time_to_value(end).run().unwrap().into(),
            portfolio.value_incidence(end).run().unwrap().into(),
            portfolio.value_landmark(end).horizon_days(30).run().unwrap().into(),
            portfolio.onboarding(start, end).run().unwrap().into(),
            portfolio.lifecycle(end).run().unwrap().into(),
            portfolio.loyalty(end).run().unwrap().into(),
            portfolio.touch_plan(end).run().unwrap().into(),
            portfolio.touch_load(end).run().unwrap().into(),
            portfolio.touch_capacity(end).run().unwrap().into(),
            portfolio.health(end).run().unwrap().into(),
            portfolio.explain_health(end).run().unwrap().into(),
            portfolio.explain_health_change(end, since).run().unwrap().into(),
            portfolio.health_migration(end, since).run().unwrap().into(),
            portfolio.health_coverage(end).run().unwrap().into(),
            portfolio.outlook(end).run().unwrap().into(),
        ];
        let committed = portfolio.committed(end, 30).run().map(Table::from).ok();
        let mut methods: Vec<Table> = methods;
        methods.splice(8..8, committed);
        let mut methods: Vec<String> = methods.iter().map(Table::to_json).collect();
        let board = Table::from(portfolio.kpis(start, end).run().unwrap());
        let at = methods.len() - 6;
        let drilldown = Report::from(portfolio.drilldown(end).run().unwrap()).to_json();
        methods.splice(at..at, [drilldown, board.to_json(), portfolio.review(end).run().unwrap().to_json()]);
        let backtest = portfolio.backtest([since, end], 30).contraction_share(0.25).resamples(100).run().unwrap();
        methods.push(Report::from(backtest).to_json());
        prop_assert_eq!(results(&book, &portfolio), methods);
    }

    #[test]
    fn what_was_loaded_loads_again(book in books()) {
        // The table of contracts, read from its own JSON, has all that the book had.
        let table = book.load().table("contracts").unwrap();
        let json = Json::parse(&table.to_json()).unwrap();
        let rows = wire::rows("contracts", json.get("rows").unwrap(), &Limits::default()).unwrap();
        if !book.contracts.is_empty() {
            let again = wire::from_tables(vec![("contracts", rows)], &arguments(&book), &Unwatched).unwrap();
            prop_assert_eq!(again.table("contracts").unwrap().to_json(), table.to_json());
            prop_assert_eq!(results(&book, &again), results(&book, &book.load()));
        }
    }

    #[test]
    fn no_argument_makes_a_call_fail_without_a_reason(given in any_json(), rows in any_json()) {
        let told = |error: cs_core::Error| error.problems().iter().try_for_each(prose::check);
        let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc,a,2026-01-01,1\n").currency("USD").load().unwrap();
        for operation in wire::OPERATIONS.iter().map(|operation| operation.name).chain(["none"]) {
            if let Err(error) = wire::run(&portfolio, operation, &given, &Unwatched) {
                told(error)?;
            }
        }
        if let Err(error) = wire::from_csv(vec![("contracts", b"contract_id\n".as_slice())], &given, &Unwatched) {
            told(error)?;
        }
        match wire::rows("contracts", &rows, &Limits::default()) {
            Err(error) => told(error)?,
            Ok(input) => {
                if let Err(error) = wire::from_tables(vec![("contracts", input)], &given, &Unwatched) {
                    told(error)?;
                }
            }
        }
    }
}
