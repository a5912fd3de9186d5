//! Nothing points nowhere, nothing lies beyond the book, and a customer is the same in every book.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use cs_core::{
    Code, Contract, Customer, Error, Input, Json, Limits, MovementKind, Pause, Portfolio, Stage, Unwatched, Watch, wire,
};

use super::{TABLES, cells, drawn, given, is, units};

#[test]
fn every_table_is_there_and_holds_rows() {
    let portfolio = drawn(300, 1, None);
    for name in TABLES {
        let table = portfolio.table(name).unwrap();
        assert!(!table.is_empty(), "{name}");
        assert_eq!(table.schema(), name);
    }
    assert_eq!(portfolio.table("nothing").unwrap_err().problems().first().unwrap().code, Code::UnknownTable);
    let report = portfolio.load_report();
    assert_eq!((report.problems.total, report.warnings.total), (0, 0));
}

/// Says stop when it is told for the second time.
struct Stopping(AtomicU64);

impl Watch for Stopping {
    fn progress(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        assert_eq!((stage, total), (Stage::Draw, 3_000));
        assert!(done < total);
        if self.0.fetch_add(1, Ordering::Relaxed) > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn the_drawing_of_a_table_can_be_stopped() {
    let portfolio = drawn(3_000, 1, None);
    let watch = Stopping(AtomicU64::new(0));
    assert_eq!(wire::table(&portfolio, "signals", &watch).unwrap_err(), Error::Cancelled);
    assert_eq!(watch.0.into_inner(), 2);
    assert_eq!(wire::table(&portfolio, "truth", &Unwatched).unwrap(), portfolio.table("truth").unwrap());
}

#[test]
fn every_table_that_is_drawn_is_one_that_is_taken() {
    let portfolio = drawn(300, 1, None);
    let arguments = Json::object([("currency", Json::from("USD"))]);
    let tables = || cs_core::TABLES.iter().map(|spec| spec.name);
    let given = tables().map(|name| (name, Input::from(portfolio.table(name).unwrap()))).collect();
    let loaded = wire::from_tables(given, &arguments, &Unwatched).unwrap();
    // The same rows, in the order of their keys.
    let rows = |portfolio: &Portfolio, name: &str| -> BTreeSet<String> {
        let json = Json::parse(&portfolio.table(name).unwrap().to_json()).unwrap();
        json.get("rows").and_then(Json::as_array).unwrap().iter().map(Json::to_string).collect()
    };
    for name in tables() {
        assert_eq!(rows(&loaded, name), rows(&portfolio, name), "{name}");
    }
}

#[test]
fn the_readme_lists_the_columns_of_every_table() {
    let portfolio = drawn(1, 1, None);
    let columns = |name: &str| -> Vec<String> {
        let table = portfolio.table(name).unwrap();
        table.columns().iter().map(|column| column.name().to_owned()).collect()
    };
    let is_lacking = |name: &str| ["mrr", "currency", "recorded_on", "withdrawn"].contains(&name);
    for spec in cs_core::TABLES {
        let taken: BTreeSet<String> =
            spec.columns.iter().map(|column| column.name.to_owned()).filter(|name| !is_lacking(name)).collect();
        assert_eq!(columns(spec.name).into_iter().collect::<BTreeSet<_>>(), taken, "{}", spec.name);
    }
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap();
    let mut lists = readme
        .split("| table | columns |\n|---|---|\n")
        .skip(1)
        .map(|list| list.split("\n\n").next().unwrap().lines().map(str::to_owned).collect::<BTreeSet<String>>());
    let row = |name: &str, columns: Vec<String>| {
        let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
        format!("| `{name}` | {} |", columns.join(", "))
    };
    let beside = [&Contract::SPEC, &Customer::SPEC, &Pause::SPEC];
    let facts = cs_core::TABLES.iter().filter(|spec| beside.iter().all(|other| other.name != spec.name));
    let taken =
        |spec: &&cs_core::TableSpec| row(spec.name, spec.columns.iter().map(|column| column.name.to_owned()).collect());
    assert_eq!(lists.next().unwrap(), facts.map(taken).collect());
    let shown = TABLES.into_iter().filter(|name| cs_core::TABLES.iter().all(|spec| spec.name != *name));
    assert_eq!(lists.next().unwrap(), shown.map(|name| row(name, columns(name))).collect());
}

#[test]
fn ids_are_those_of_the_book() {
    let portfolio = drawn(400, 3, None);
    let table = |name| portfolio.table(name).unwrap();
    let customers: BTreeSet<String> = cells(&table("customers"), "customer_id").into_iter().collect();
    assert_eq!(customers.len(), 400);
    for name in TABLES {
        let table = table(name);
        for column in ["customer_id", "parent_id", "referred_by_customer_id", "moved_to_customer_id"] {
            for id in given(&table, column) {
                assert!(customers.contains(&id), "{name}.{column}: {id}");
            }
        }
    }
    let contracts: BTreeSet<String> = cells(&table("contracts"), "contract_id").into_iter().collect();
    for (name, column) in [("contracts", "renews_contract_id"), ("pauses", "contract_id")] {
        let ids = given(&table(name), column);
        assert!(!ids.is_empty());
        assert!(ids.iter().all(|id| contracts.contains(id)), "{name}.{column}");
    }
    let people: BTreeSet<String> = cells(&table("stakeholders"), "person_id").into_iter().collect();
    for (name, column) in [("contracts", "referred_by_person_id"), ("engagements", "person_id")] {
        assert!(given(&table(name), column).iter().all(|id| people.contains(id)), "{name}.{column}");
    }
    for (name, keys) in [
        ("contracts", &["contract_id"][..]),
        ("cases", &["case_id"]),
        ("outcomes", &["customer_id", "outcome_id"]),
        ("milestones", &["customer_id", "milestone"]),
        ("stakeholders", &["customer_id", "person_id"]),
        ("fx_rates", &["date", "currency"]),
    ] {
        let table = table(name);
        let columns: Vec<Vec<String>> = keys.iter().map(|key| cells(&table, key)).collect();
        let rows: BTreeSet<Vec<&String>> =
            (0..table.len()).map(|row| columns.iter().map(|column| &column[row]).collect()).collect();
        assert_eq!(rows.len(), table.len(), "{name} has a key twice");
    }
}

#[test]
fn what_has_happened_lies_within_the_book() {
    let portfolio = drawn(400, 5, None);
    let plans = ["start_date", "end_date", "term_end", "due_on"];
    for name in TABLES {
        let table = portfolio.table(name).unwrap();
        for column in table.columns() {
            let is_day = matches!(column.values(), cs_core::Values::Date(_));
            if is_day && !plans.contains(&column.name()) {
                for day in given(&table, column.name()) {
                    // What left without notice left within the book; with notice it may leave after it.
                    let bound = if column.name() == "left_on" && name == "truth" { "2026-05-01" } else { "2026-01-01" };
                    assert!(("2022-12-01"..bound).contains(&day.as_str()), "{name}.{}: {day}", column.name());
                }
            }
        }
    }
}

#[test]
fn a_customer_is_the_same_whatever_comes_after_it() {
    let [few, more, many] = [150, 250, 900].map(|customers| drawn(customers, 1, None));
    let rows = |book: &Portfolio, name: &str| {
        let table = book.table(name).unwrap();
        // Pauses have the customer in the name of the contract, and rates and practices have none.
        let column = if name == "pauses" { "contract_id" } else { "customer_id" };
        let is_of = |id: &String| id.as_str() < "cus-0000150";
        let ids = cells(&table, column);
        let json = table.to_json();
        let rows = json.split("\"rows\":[").nth(1).unwrap().split("],\"metadata\"").next().unwrap();
        let rows: Vec<String> = rows.split("},{").map(|row| row.trim_matches(['{', '}']).to_owned()).collect();
        assert_eq!(rows.len(), table.len());
        ids.into_iter().zip(rows).filter(|(id, _)| is_of(id)).map(|(_, row)| row).collect::<Vec<_>>()
    };
    for name in TABLES.into_iter().filter(|name| !["practices", "fx_rates"].contains(name)) {
        let of_few = rows(&few, name);
        assert!(!of_few.is_empty(), "{name}");
        assert_eq!(of_few, rows(&more, name), "{name}");
    }
    // These name other customers.
    for name in ["customers", "contracts", "stakeholders"] {
        assert_eq!(rows(&few, name), rows(&many, name), "{name}");
    }
}

#[test]
fn the_truth_is_what_the_ledger_finds() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for seed in 1..=4 {
        let portfolio = drawn(500, seed, None);
        let truth = portfolio.table("truth").unwrap();
        let journal = portfolio.journal(day("2023-01-01"), day("2026-01-01")).run().unwrap();
        let of = |kind: MovementKind| journal.rows().filter(move |row| row.kind == kind);
        let churns: BTreeSet<(String, String, i128)> = of(MovementKind::Churn)
            .map(|row| (row.customer_id.to_owned(), row.date.to_string(), row.amount.units()))
            .collect();
        let (customers, left) = (cells(&truth, "customer_id"), cells(&truth, "left_on"));
        let mut known = BTreeSet::new();
        for row in (0..truth.len()).filter(|&row| !left[row].is_empty() && left[row].as_str() < "2026-01-01") {
            let departure = (customers[row].clone(), left[row].clone(), units(&truth, row, "mrr"));
            assert!(churns.contains(&departure), "seed {seed}: {departure:?}");
            assert!(known.insert(departure.clone()), "seed {seed}: {departure:?}");
        }
        assert!(known.len() > 50, "{}", known.len());
        // What else the ledger finds is a renewal that was late, and was signed.
        for (customer, date, amount) in churns.difference(&known) {
            let is_back = |row: cs_core::JournalRow<'_>| {
                row.customer_id == customer && (1..=25).contains(&(row.date - day(date)).num_days())
            };
            assert!(of(MovementKind::Reactivation).any(is_back), "seed {seed}: {customer} {date} {amount}");
        }
    }
}

#[test]
fn what_is_paid_at_the_end_is_the_closing() {
    let month = |text: &str| text.parse::<NaiveDate>().unwrap();
    // In the books of seeds 2 and 28 renewals would be late at the end.
    for (customers, seed) in [(500, 6), (1_000, 2), (1_000, 28)] {
        let portfolio = drawn(customers, seed, Some(cs_core::PlantedFault::KnowYourMetrics));
        let truth = portfolio.table("truth").unwrap();
        let row = (0..truth.len()).find(|&row| is(&truth, row, "cause", "undefined_metrics")).unwrap();
        let movements = portfolio.movements(month("2025-12-01"), month("2026-01-01")).run().unwrap();
        let closing = movements.rows().next().unwrap().closing_mrr.units();
        assert_eq!(units(&truth, row, "mrr"), closing, "seed {seed}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    let refused = |synthetic: cs_core::Synthetic<'_>| match synthetic.load() {
        Err(Error::InvalidArgument(problem)) => (problem.code, problem.path.to_string()),
        other => panic!("{:?}", other.map(|_| ())),
    };
    let path = |name: &str| (Code::InvalidArgument, name.to_owned());
    assert_eq!(refused(Portfolio::synthetic().customers(0)), path("customers"));
    assert_eq!(refused(Portfolio::synthetic().customers(5_000_001)), path("customers"));
    assert_eq!(refused(Portfolio::synthetic().months(0)), path("months"));
    assert_eq!(refused(Portfolio::synthetic().months(121)), path("months"));
    assert_eq!(refused(Portfolio::synthetic().seed(1 << 53)), path("seed"));
    assert_eq!(Portfolio::synthetic().customers(1).seed((1 << 53) - 1).load().unwrap().customer_count(), 1);
    assert_eq!(refused(Portfolio::synthetic().currency("XXX")), (Code::UnknownCurrency, "currency".to_owned()));
}

#[test]
fn what_is_left_out_is_the_same_by_name() {
    let by_name = wire::synthetic(&Json::Object(Vec::new()), &Unwatched).unwrap();
    let by_method = Portfolio::synthetic().load().unwrap();
    for name in ["contracts", "customers", "truth"] {
        assert_eq!(by_name.table(name).unwrap().to_json(), by_method.table(name).unwrap().to_json(), "{name}");
    }
    let few = Json::parse(r#"{"customers":5000000001}"#).unwrap();
    let Err(Error::InvalidArgument(problem)) = wire::synthetic(&few, &Unwatched) else { panic!("it is too many") };
    assert!(problem.message.contains("5000000001"), "{}", problem.message);
}

#[test]
fn a_seed_that_is_not_exact_everywhere_is_refused_with_its_bound() {
    for seed in ["9007199254740992", "9223372036854775808", "18446744073709551615"] {
        let arguments = Json::parse(&format!("{{\"customers\":1,\"seed\":{seed}}}")).unwrap();
        let Err(Error::InvalidArgument(problem)) = wire::synthetic(&arguments, &Unwatched) else { panic!("{seed}") };
        assert_eq!(problem.path.to_string(), "seed");
        assert!(problem.message.contains("from 0 to 9007199254740991"), "{}", problem.message);
        assert!(!problem.to_string().contains("8446744073709552000"), "{problem}");
    }
}

#[test]
fn rates_are_about_those_of_the_world() {
    for (currency, rates) in [("KWD", 0.25..0.4), ("JPY", 120.0..170.0), ("EUR", 0.8..1.1), ("INR", 70.0..100.0)] {
        let portfolio = Portfolio::synthetic().customers(1).currency(currency).load().unwrap();
        let table = portfolio.table("fx_rates").unwrap();
        let dollars: Vec<usize> = (0..table.len()).filter(|&row| is(&table, row, "currency", "USD")).collect();
        assert!(dollars.len() > 100, "{currency}");
        for rate in dollars.into_iter().map(|row| units(&table, row, "rate") as f64 / 1e6) {
            assert!(rates.contains(&rate), "{currency}: {rate}");
        }
    }
}

#[test]
fn who_asks_for_another_table_is_told_of_all() {
    let error = drawn(1, 1, None).table("nothing").unwrap_err();
    let help = error.problems().first().unwrap().help.clone().unwrap();
    assert!(TABLES.iter().all(|name| help.contains(name)), "{help}");
}

#[test]
fn a_table_of_too_many_rows_is_refused_by_its_limit() {
    let full = drawn(60, 1, Some(cs_core::PlantedFault::HardMetrics));
    let loaded = ["contracts", "customers", "pauses"];
    for name in TABLES.into_iter().filter(|name| !loaded.contains(name)) {
        let rows = full.table(name).unwrap().len() as u64;
        let within = |result_rows| {
            let limits = Limits { result_rows, ..Limits::default() };
            let synthetic = Portfolio::synthetic().customers(60).fault(cs_core::PlantedFault::HardMetrics);
            synthetic.limits(limits).load().unwrap().table(name)
        };
        assert_eq!(within(rows).unwrap().len() as u64, rows, "{name}");
        let Err(Error::InvalidArgument(problem)) = within(rows - 1) else { panic!("{name}") };
        assert_eq!((problem.code, problem.path.to_string().as_str()), (Code::LimitExceeded, "name"));
        let most = rows - 1;
        assert_eq!(
            problem.message,
            format!("the table {name} would have more than {most} rows, the limit result_rows")
        );
        assert_eq!(problem.help.as_deref(), Some("draw fewer customers or months, or with a higher limit"));
    }
}

#[test]
fn what_is_too_much_is_refused_while_it_is_drawn() {
    // Nobody waits for five million customers to be told that they are too many.
    let many = || Portfolio::synthetic().customers(5_000_000).months(1);
    let Err(Error::InvalidInput(problems)) = many().limits(Limits { rows: 10_000, ..Limits::default() }).load() else {
        panic!("10,000 rows would be enough")
    };
    let problem = problems.kept.first().unwrap();
    assert_eq!((problem.code, problem.table.as_deref()), (Code::LimitExceeded, Some("contracts")));
    let arguments = Json::parse(r#"{"customers":20,"limits":{"result_rows":10}}"#).unwrap();
    let few = wire::synthetic(&arguments, &Unwatched).unwrap();
    assert_eq!(few.table("signals").unwrap_err().problems().first().unwrap().code, Code::LimitExceeded);
}

#[test]
fn edges_are_drawn() {
    for (customers, months) in [(1, 1), (1, 120), (200, 1), (50, 120)] {
        let portfolio = Portfolio::synthetic().customers(customers).months(months).load().unwrap();
        assert_eq!(portfolio.customer_count(), customers as usize);
        TABLES.into_iter().for_each(|name| drop(portfolio.table(name).unwrap()));
    }
}

#[test]
fn what_was_shown_can_be_loaded_again() {
    let portfolio = drawn(120, 9, None);
    let table = |name| portfolio.table(name).unwrap();
    let again = Portfolio::from_tables(table("contracts"))
        .customers(cs_core::Input::from(table("customers")))
        .pauses(cs_core::Input::from(table("pauses")))
        .currency("USD")
        .load()
        .unwrap();
    for name in ["contracts", "customers", "pauses"] {
        assert_eq!(table(name).to_json(), again.table(name).unwrap().to_json(), "{name}");
    }
}
