//! A book that is large enough to be cut into parts, when it is loaded and when it is walked, against parts of it that
//! are too small.
//!
//! With the feature `parallel` this shows that threads change no byte; without it, that merging does not.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{Days, NaiveDate};
use cs_core::{Code, Error, Json, Partial, Portfolio, Stage, Table, Watch};

#[path = "common/calls.rs"]
mod calls;

const CUSTOMERS: u64 = 28_000;
const PARTS: u64 = 8;

/// The contracts and customers of those whose number leaves a rest: upgrades, gaps, overlaps, products, several regions.
fn load(rest: Option<u64>) -> Result<Portfolio, Error> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
    let day = |days: u64| first.checked_add_days(Days::new(days)).unwrap_or(first);
    let mut contracts = "contract_id,customer_id,product,start_date,end_date,mrr\n".to_owned();
    let mut customers = "customer_id,region\n".to_owned();
    for customer in (0..CUSTOMERS).filter(|customer| rest.is_none_or(|rest| customer % PARTS == rest)) {
        customers.push_str(&format!("k-{customer},{}\n", ["north", "south", ""][(customer % 3) as usize]));
        for turn in 0..customer % 4 + 1 {
            let number = customer * 4 + turn;
            let start = customer * 31 % 500 + turn * 90 + number % 3 * 10;
            let product = ["core", "seats"][(number / 3 % 2) as usize];
            let (start, end, mrr) = (day(start), day(start + 60 + number % 7 * 10), number * 37 % 900);
            contracts.push_str(&format!("c-{number},k-{customer},{product},{start},{end},{mrr}\n"));
        }
    }
    Portfolio::from_csv(&contracts).customers(&customers).currency("USD").load()
}

/// What each operation gives of a portfolio whose results add up: as it is, and by a few options.
fn results(portfolio: &Portfolio) -> Result<Vec<Partial>, Error> {
    let names = |names: &[&str]| Json::Array(names.iter().map(|name| Json::from(*name)).collect());
    let sampled = Json::object([("sampling", Json::from("period_end"))]);
    let options = [
        Vec::new(),
        vec![("by", names(&["region", "cohort"])), ("definitions", sampled)],
        vec![("by", names(&["product"]))],
    ];
    let range = [("start", Json::from("2024-06-01")), ("end", Json::from("2025-06-01"))];
    let calls = options.into_iter().flat_map(|options| calls::calls(&[&range[..], &options].concat()));
    calls.filter_map(|call| call.partial(portfolio)).collect()
}

#[test]
fn the_whole_is_what_its_parts_are_together() -> Result<(), Error> {
    let whole: Vec<String> = results(&load(None)?)?.iter().map(|partial| partial.result().to_json()).collect();
    let mut of_parts: Vec<Vec<Partial>> = vec![Vec::new(); whole.len()];
    for rest in 0..PARTS {
        for (of_part, partial) in of_parts.iter_mut().zip(results(&load(Some(rest))?)?) {
            of_part.push(partial);
        }
    }
    let merged: Vec<Table> =
        of_parts.into_iter().map(|parts| Partial::merge(parts).map(Partial::into_result)).collect::<Result<_, _>>()?;
    assert!(merged.iter().all(|table| table.len() > 10), "there is something to compare");
    for (merged, whole) in merged.iter().zip(whole) {
        assert!(merged.to_json() == whole, "{} differs", merged.schema());
    }
    Ok(())
}

#[test]
fn intervals_are_drawn_from_the_same_customers() -> Result<(), Error> {
    let portfolio = load(None)?;
    let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    let (start, end) = (day(2025, 1), day(2025, 3));
    let intervals = portfolio.retention_intervals(start, end).resamples(100).run()?;
    let retention = portfolio.retention(start, end).run()?;
    let found: Vec<_> = intervals.rows().map(|row| (row.opening_customers, row.grr, row.nrr)).collect();
    let expected: Vec<_> = retention.rows().map(|row| (row.opening_customers, row.grr, row.nrr)).collect();
    assert_eq!(found, expected);
    assert!(expected.iter().all(|(customers, ..)| *customers > 100));
    Ok(())
}

/// A book of so many contracts, each on a line of its own, with a price that a closure says.
fn priced(contracts: usize, price: impl Fn(usize) -> &'static str) -> String {
    let row = |row: usize| format!("c-{row},k-{},2026-01-01,{}\n", row / 3, price(row));
    "contract_id,customer_id,start_date,mrr\n".to_owned() + &(0..contracts).map(row).collect::<String>()
}

#[test]
fn faults_of_all_parts_are_told_in_the_order_of_rows() {
    let (refused, missing) = ([3, 33_000, 69_999], [40_000, 69_998]);
    let book = priced(70_000, |row| match row {
        _ if refused.contains(&row) => "much",
        _ if missing.contains(&row) => "",
        _ => "1",
    });
    let error = Portfolio::from_csv(&book).currency("USD").load().err();
    let problems = error.iter().flat_map(|error| error.problems());
    let told: Vec<_> = problems.map(|problem| (problem.code, problem.row, problem.line)).collect();
    let fault = |code| move |row: usize| (code, Some(row as u64 + 1), Some(row as u64 + 2));
    let mut expected: Vec<_> = refused.into_iter().map(fault(Code::InvalidAmount)).collect();
    expected.extend(missing.into_iter().map(fault(Code::MissingAmount)));
    expected.sort_by_key(|&(_, row, _)| row);
    assert_eq!(told, expected);
}

/// Says stop from one of the times on that it is asked.
struct Stopping(AtomicU64, u64);

impl Watch for Stopping {
    fn progress(&self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
        match self.0.fetch_add(1, Ordering::Relaxed) + 1 >= self.1 {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

#[test]
fn loading_is_stopped_in_whichever_part_it_is() {
    let book = priced(70_000, |_| "1");
    let load = |watch: &Stopping| Portfolio::from_csv(&book).currency("USD").watch(watch).load().map(|_| ());
    let patient = Stopping(AtomicU64::new(0), u64::MAX);
    assert_eq!(load(&patient), Ok(()));
    let times = patient.0.into_inner();
    assert!(times > 2 * 70_000 / 2_048, "asked {times} times");
    for time in (1..times).step_by(9) {
        assert_eq!(load(&Stopping(AtomicU64::new(0), time)), Err(Error::Cancelled), "{time}");
    }
}
