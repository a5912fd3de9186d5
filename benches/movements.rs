//! How fast movements and cohorts are computed on a built portfolio, and how fast it is built; the answers are checked
//! first. With `--features parallel` on as many threads as there are.

use std::hint::black_box;

use benches::{book, close, paid, range};
use chrono::{Datelike as _, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{CohortsRow, Definitions, Input, Portfolio, Sampling};

fn movements(criterion: &mut Criterion) {
    let (start, end) = range();
    let (_, at_close) = close();
    let sampled = Definitions { sampling: Sampling::PeriodEnd, ..Definitions::default() };
    let mut group = criterion.benchmark_group("60 months");
    group.sample_size(10);
    for contracts in [100_000, 1_000_000] {
        let input = book(0..contracts);
        let load = |input: Input| Portfolio::from_tables(input).currency("USD").load();
        let Ok(portfolio) = load(input.clone()) else { return };
        let expected = Some(paid(0..contracts));
        let daily = || portfolio.movements(start, end).run();
        let period_end = || portfolio.movements(start, end).definitions(&sampled).run();
        let cohorts = || portfolio.cohorts(end).run();
        for movements in [daily(), period_end()].into_iter().flatten() {
            let closing = movements.rows().nth(at_close).map(|row| row.closing_mrr.units());
            assert_eq!(closing, expected, "a measurement of a wrong answer measures nothing");
        }
        // At the same close the cohorts are of the ages that go with it.
        let month = |date: NaiveDate| u64::try_from(date.year() * 12).unwrap_or_default() + u64::from(date.month0());
        let is_at_close = |row: &CohortsRow| month(row.cohort) + row.age == month(start) + at_close as u64;
        let of_cohorts =
            cohorts().ok().map(|cohorts| cohorts.rows().filter(is_at_close).map(|row| row.mrr.units()).sum());
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
