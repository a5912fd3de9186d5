//! How fast movements and cohorts are computed on a built portfolio, and how fast it is built; the answers are checked
//! first. With `--features parallel` on as many threads as there are.

use std::hint::black_box;

use chrono::{Datelike as _, Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{CohortsRow, Definitions, Input, InputColumn, Portfolio, Sampling, TextColumn};

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
    let sampled = Definitions { sampling: Sampling::PeriodEnd, ..Definitions::default() };
    let mut group = criterion.benchmark_group("60 months");
    group.sample_size(10);
    for contracts in [100_000, 1_000_000] {
        let input = book(contracts);
        let load = |input: Input| Portfolio::from_tables(input).currency("USD").load();
        let Ok(portfolio) = load(input.clone()) else { return };
        let expected = Some(expected(&portfolio));
        let daily = || portfolio.movements(start, end).run();
        let period_end = || portfolio.movements(start, end).definitions(&sampled).run();
        let cohorts = || portfolio.cohorts(end).run();
        for movements in [daily(), period_end()].into_iter().flatten() {
            let closing = movements.rows().nth(35).map(|row| row.closing_mrr.units());
            assert_eq!(closing, expected, "a measurement of a wrong answer measures nothing");
        }
        // At the same close the cohorts are of the ages that go with it.
        let month = |date: NaiveDate| u64::try_from(date.year() * 12).unwrap_or_default() + u64::from(date.month0());
        let at_close = |row: &CohortsRow| month(row.cohort) + row.age == month(start) + 35;
        let of_cohorts = cohorts().ok().map(|cohorts| cohorts.rows().filter(at_close).map(|row| row.mrr.units()).sum());
        assert_eq!(of_cohorts, expected, "a measurement of a wrong answer measures nothing");
        group.throughput(Throughput::Elements(contracts));
        group.bench_function(BenchmarkId::new("movements, daily", contracts), |bencher| {
            bencher.iter(|| black_box(daily()));
        });
        group.bench_function(BenchmarkId::new("movements, period_end", contracts), |bencher| {
            bencher.iter(|| black_box(period_end()));
        });
        group.bench_function(BenchmarkId::new("cohorts", contracts), |bencher| {
            bencher.iter(|| black_box(cohorts()));
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
