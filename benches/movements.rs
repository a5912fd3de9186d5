//! How fast movements are computed on a built portfolio, and how fast it is built; the answer is checked first.

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{Input, InputColumn, Portfolio, TextColumn};

const CONTRACTS_A_CUSTOMER: u64 = 4;

/// A book of contracts that follow each other, upgrade and lapse, from an arithmetic that needs no generator.
fn book(contracts: u64) -> Input {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default();
    let day = |number: u64| first.checked_add_days(Days::new(number)).unwrap_or(first);
    let epoch = NaiveDate::default();
    let unix = |date: NaiveDate| Some(date.signed_duration_since(epoch).num_days() as i32);
    let customer = |n: u64| n / CONTRACTS_A_CUSTOMER;
    // The contracts of a customer start one term after the other; every third renewal comes some days late.
    let start = |n: u64| {
        let turn = n % CONTRACTS_A_CUSTOMER;
        customer(n) * 7 % 700 + turn * 365 + if (customer(n) + turn).is_multiple_of(3) { 10 } else { 0 }
    };
    let mrr = |n: u64| ((n * 37) % 900 + 100) as i64;
    let text = |name: &dyn Fn(u64) -> String| InputColumn::Text((0..contracts).map(name).collect::<TextColumn>());
    Input::with_rows(usize::try_from(contracts).unwrap_or_default())
        .column("contract_id", text(&|n| format!("c-{n}")))
        .column("customer_id", text(&|n| format!("k-{}", customer(n))))
        .column("start_date", InputColumn::Date((0..contracts).map(|n| unix(day(start(n)))).collect()))
        .column("end_date", InputColumn::Date((0..contracts).map(|n| unix(day(start(n) + 365))).collect()))
        .column("mrr", InputColumn::Integer((0..contracts).map(|n| Some(mrr(n))).collect()))
}

/// MRR at the close of the last day of 2022, summed over the contracts in force then.
fn expected(portfolio: &Portfolio) -> i128 {
    let close = NaiveDate::from_ymd_opt(2022, 12, 31);
    let Ok(table) = portfolio.table("contracts") else { return -1 };
    let day = |row: usize, name: &str| match table.cell(row, name) {
        cs_core::Cell::Date(day) => Some(day.date()),
        _ => None,
    };
    let in_force = |&row: &usize| day(row, "start_date") <= close && close < day(row, "end_date");
    let units = |row: usize| match table.cell(row, "mrr") {
        cs_core::Cell::Money { units, .. } => units,
        _ => 0,
    };
    (0..table.len()).filter(in_force).map(units).sum()
}

fn movements(criterion: &mut Criterion) {
    let (Some(start), Some(end)) = (NaiveDate::from_ymd_opt(2020, 1, 1), NaiveDate::from_ymd_opt(2025, 1, 1)) else {
        return;
    };
    let mut group = criterion.benchmark_group("movements of 60 months, daily");
    group.sample_size(10);
    for contracts in [100_000, 1_000_000] {
        let input = book(contracts);
        let load = |input: Input| Portfolio::from_tables(input).currency("USD").load();
        let Ok(portfolio) = load(input.clone()) else { return };
        let Ok(answer) = portfolio.movements(start, end).run() else { return };
        let closing = answer.rows().nth(35).map(|row| row.closing_mrr.units());
        assert_eq!(closing, Some(expected(&portfolio)), "a measurement of a wrong answer measures nothing");
        group.throughput(Throughput::Elements(contracts));
        group.bench_function(BenchmarkId::new("compute", contracts), |bencher| {
            bencher.iter(|| black_box(portfolio.movements(start, end).run()));
        });
        group.bench_function(BenchmarkId::new("journal", contracts), |bencher| {
            bencher.iter(|| black_box(portfolio.journal(start, end).run()));
        });
        group.bench_function(BenchmarkId::new("build", contracts), |bencher| {
            bencher.iter(|| black_box(load(input.clone())));
        });
    }
    group.finish();
}

criterion_group!(benches, movements);
criterion_main!(benches);
