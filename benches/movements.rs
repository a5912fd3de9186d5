//! How fast movements and cohorts are computed on a built portfolio, and how fast it is built, beside the least that a
//! walk over the contracts has to do; the answers are checked first. With `--features parallel` on as many threads as
//! there are.

use std::hint::black_box;

use benches::{Moved, Walk, book, close, paid, range};
use chrono::{Datelike as _, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{CohortsRow, Definitions, Error, Input, MovementKind, Movements, Portfolio, Sampling};

const WRONG: &str = "a measurement of a wrong answer measures nothing";

/// What moves in each month, as a walk tells it.
fn moved(movements: &Movements) -> Vec<Moved> {
    let cents = |money: cs_core::Money| i64::try_from(money.units()).unwrap_or_default();
    let of_month = |row: cs_core::MovementsRow| Moved {
        new: cents(row.new_mrr),
        reactivation: cents(row.reactivation_mrr),
        expansion: cents(row.expansion_mrr),
        contraction: cents(row.contraction_mrr),
        churned: cents(row.churned_mrr),
    };
    movements.rows().map(of_month).collect()
}

fn movements(criterion: &mut Criterion) {
    let measured = measure(criterion);
    assert_eq!(measured, Ok(()), "{WRONG}");
}

fn measure(criterion: &mut Criterion) -> Result<(), Error> {
    let (start, end) = range();
    let (_, at_close) = close();
    let sampled = Definitions { sampling: Sampling::PeriodEnd, ..Definitions::default() };
    let mut group = criterion.benchmark_group("60 months");
    group.sample_size(10);
    for contracts in [100_000, 1_000_000] {
        let input = book(0..contracts);
        let load = |input: Input| Portfolio::from_tables(input).currency("USD").load();
        let portfolio = load(input.clone())?;
        let expected = paid(0..contracts);
        let daily = || portfolio.movements(start, end).run();
        let period_end = || portfolio.movements(start, end).definitions(&sampled).run();
        let cohorts = || portfolio.cohorts(end).run();
        let journal = || portfolio.journal(start, end).run();
        let walk = Walk::of(0..contracts);
        for movements in [daily()?, period_end()?] {
            let closing = movements.rows().nth(at_close).map(|row| row.closing_mrr.units());
            assert_eq!(closing, Some(expected), "{WRONG}");
        }
        assert!(walk.movements().starts_with(&moved(&period_end()?)), "{WRONG}");
        let moves = daily()?.rows().map(|row| row.new_mrr.units() + row.expansion_mrr.units()).sum::<i128>();
        let of_journal = |row: &cs_core::JournalRow<'_>| match row.kind {
            MovementKind::New | MovementKind::Expansion => row.amount.units(),
            _ => 0,
        };
        assert_eq!(journal()?.rows().map(|row| of_journal(&row)).sum::<i128>(), moves, "{WRONG}");
        // At the same close the cohorts are of the ages that go with it.
        let month = |date: NaiveDate| u64::try_from(date.year() * 12).unwrap_or_default() + u64::from(date.month0());
        let is_at_close = |row: &CohortsRow| month(row.cohort) + row.age == month(start) + at_close as u64;
        let of_cohorts: i128 = cohorts()?.rows().filter(is_at_close).map(|row| row.mrr.units()).sum();
        assert_eq!(of_cohorts, expected, "{WRONG}");
        group.throughput(Throughput::Elements(contracts));
        group.bench_function(BenchmarkId::new("movements, daily", contracts), |bencher| {
            bencher.iter(|| black_box(daily()));
        });
        group.bench_function(BenchmarkId::new("movements, period_end", contracts), |bencher| {
            bencher.iter(|| black_box(period_end()));
        });
        group.bench_function(BenchmarkId::new("bare walk, period_end, one thread", contracts), |bencher| {
            bencher.iter(|| black_box(walk.movements()));
        });
        group.bench_function(BenchmarkId::new("cohorts", contracts), |bencher| {
            bencher.iter(|| black_box(cohorts()));
        });
        group.bench_function(BenchmarkId::new("journal", contracts), |bencher| {
            bencher.iter(|| black_box(journal()));
        });
        group.bench_function(BenchmarkId::new("build", contracts), |bencher| {
            bencher.iter(|| black_box(load(input.clone())));
        });
    }
    group.finish();
    Ok(())
}

criterion_group!(benches, movements);
criterion_main!(benches);
