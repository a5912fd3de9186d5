//! How fast customers are scored, scored again after a weight changed, and scores held against what then became of the
//! customers, on 24 days; the answers are checked first. With `--features parallel` on as many threads as there are.
//!
//! A number instead of 100,000 customers, such as `HEALTH_CUSTOMERS=1000`, makes a quick run of it.

use std::hint::black_box;

use chrono::{Days, Months, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{Error, Input, InputColumn, Limits, Portfolio, Scorecard, TextColumn};

const WRONG: &str = "a measurement of a wrong answer measures nothing";

const CUSTOMERS: u64 = 100_000;
const MEASURES: u64 = 9;
/// Quarters in which each customer's signals are observed, and months at whose ends scores are tested.
const QUARTERS: u64 = 9;
const TESTED: u32 = 24;
const HORIZON: u32 = 90;
const WEIGHTS: [[u64; 9]; 2] = [[20, 16, 14, 12, 10, 10, 8, 6, 4], [24, 12, 14, 12, 10, 10, 8, 6, 4]];

fn day(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

fn number(day: NaiveDate) -> i32 {
    day.signed_duration_since(NaiveDate::default()).num_days() as i32
}

/// The first day of a quarter, in which signals are observed.
fn quarter(turn: u64) -> NaiveDate {
    day(2023, 10).checked_add_months(Months::new(turn as u32 * 3)).unwrap_or_default()
}

/// The days that are tested: the ends of months.
fn tested() -> Vec<NaiveDate> {
    let first = |turn| day(2024, 1).checked_add_months(Months::new(turn)).unwrap_or_default();
    (1..=TESTED).map(|turn| first(turn).pred_opt().unwrap_or_default()).collect()
}

/// What a signal of a customer is in a quarter, from 0 to 100.
fn value(customer: u64, measure: u64, turn: u64) -> u64 {
    (customer * 2_654_435_761 + measure * 40_503 + turn * 9_973) / 64 % 101
}

/// The day on which one of eight customers leaves: rather those who were worse on the first day.
fn left(customer: u64) -> Option<NaiveDate> {
    let is_lost = value(customer, 0, 0) < 50 && customer.is_multiple_of(4);
    is_lost.then(|| day(2024, 1).checked_add_days(Days::new(customer / 4 % 820)).unwrap_or_default())
}

/// What a customer's score is on a day that is tested, in hundredths of a point.
fn score(customer: u64, at: NaiveDate, weights: &[u64; 9]) -> u64 {
    let turn = (0..QUARTERS).rev().find(|turn| quarter(*turn) <= at).unwrap_or(0);
    (0..MEASURES).zip(weights).map(|(measure, weight)| value(customer, measure, turn) * weight).sum()
}

fn scorecard(weights: &[u64; 9]) -> Result<Scorecard, Error> {
    let measure = |(at, weight): (usize, &u64)| {
        format!(
            r#"{{"measure": "signal_{at}", "evidence": "custom", "weight": {weight}, "curve": [[0, 0], [100, 100]],
                "value": {{"table": "signals", "aggregate": "last", "where": {{"signal": "signal_{at}"}},
                           "window_days": 100}}}}"#
        )
    };
    let measures: Vec<String> = weights.iter().enumerate().map(measure).collect();
    Scorecard::from_json(&format!(r#"{{"name": "nine", "measures": [{}]}}"#, measures.join(", ")))
}

fn portfolio(customers: u64) -> Result<Portfolio, Error> {
    let names =
        |of: &mut dyn Iterator<Item = u64>| InputColumn::Text(of.map(|n| format!("k-{n}")).collect::<TextColumn>());
    let starts = (0..customers).map(|n| Some(number(day(2022, 1)) + (n % 365) as i32));
    let contracts = Input::with_rows(customers as usize)
        .column("contract_id", names(&mut (0..customers)))
        .column("customer_id", names(&mut (0..customers)))
        .column("start_date", InputColumn::Date(starts.collect()))
        .column("end_date", InputColumn::Date((0..customers).map(|n| left(n).map(number)).collect()))
        .column("mrr", InputColumn::Integer((0..customers).map(|n| Some((n * 37 % 900 + 100) as i64)).collect()));
    let keys =
        || (0..QUARTERS).flat_map(|turn| (0..MEASURES).flat_map(move |at| (0..customers).map(move |n| (n, at, turn))));
    let signals = Input::with_rows((QUARTERS * MEASURES * customers) as usize)
        .column("customer_id", names(&mut keys().map(|(n, _, _)| n)))
        .column("signal", InputColumn::Text(keys().map(|(_, at, _)| format!("signal_{at}")).collect::<TextColumn>()))
        .column("observed_on", InputColumn::Date(keys().map(|(_, _, turn)| Some(number(quarter(turn)))).collect()))
        .column("value", InputColumn::Integer(keys().map(|(n, at, turn)| Some(value(n, at, turn) as i64)).collect()));
    let limits = Limits { rows: u64::MAX, bytes: u64::MAX, ..Limits::default() };
    let until = tested().last().and_then(|day| day.checked_add_days(Days::new(200))).unwrap_or_default();
    Portfolio::from_tables(contracts).signals(signals).currency("USD").limits(limits).observed_until(until).load()
}

/// The chance that of one lost and one kept the lost one had the lower score, from the scores by themselves.
fn auc(customers: u64) -> (u64, u64, f64) {
    let (mut lost, mut kept) = (vec![0_u64; 10_001], vec![0_u64; 10_001]);
    for at in tested() {
        let end = at.checked_add_days(Days::new(HORIZON.into())).unwrap_or_default();
        for customer in 0..customers {
            let day = left(customer);
            if day.is_some_and(|day| day <= at) {
                continue;
            }
            let counts = if day.is_some_and(|day| day <= end) { &mut lost } else { &mut kept };
            if let Some(count) = counts.get_mut(score(customer, at, &WEIGHTS[0]) as usize) {
                *count += 1;
            }
        }
    }
    let (events, others) = (lost.iter().sum::<u64>(), kept.iter().sum::<u64>());
    let (mut above, mut halves) = (others, 0);
    for (lost, kept) in lost.iter().zip(&kept) {
        above -= kept;
        halves += lost * (2 * above + kept);
    }
    (events + others, events, halves as f64 / 2.0 / events as f64 / others as f64)
}

fn check_scores(portfolio: &Portfolio, customers: u64, weights: &[u64; 9]) -> Result<(), Error> {
    let at = day(2025, 12);
    let health = portfolio.health(at).scorecard(&scorecard(weights)?).run()?;
    let mut seen = 0;
    for row in health.rows() {
        let customer = row.customer_id.get(2..).and_then(|number| number.parse().ok()).unwrap_or(u64::MAX);
        assert_eq!(row.score, Some(score(customer, at, weights) as f64 / 100.0), "{WRONG}");
        seen += 1;
    }
    let paying = (0..customers).filter(|&n| left(n).is_none_or(|day| day > at)).count();
    assert_eq!(seen, paying, "{WRONG}");
    Ok(())
}

fn health(criterion: &mut Criterion) {
    let measured = measure(criterion);
    assert_eq!(measured, Ok(()), "{WRONG}");
}

fn measure(criterion: &mut Criterion) -> Result<(), Error> {
    let customers = std::env::var("HEALTH_CUSTOMERS").ok().and_then(|n| n.parse().ok()).unwrap_or(CUSTOMERS);
    let mut group = criterion.benchmark_group("health");
    group.sample_size(10);
    let portfolio = portfolio(customers)?;
    let cards = [scorecard(&WEIGHTS[0])?, scorecard(&WEIGHTS[1])?];
    for weights in &WEIGHTS {
        check_scores(&portfolio, customers, weights)?;
    }
    let backtest = || portfolio.backtest(tested(), HORIZON).scorecard(&cards[0]).run();
    let found = backtest()?;
    let (observations, events, expected) = auc(customers);
    let summary: Vec<_> = found.summary().rows().map(|row| (row.days, row.observations, row.events)).collect();
    assert_eq!(summary, [(u64::from(TESTED), observations, events)], "{WRONG}");
    assert!(found.auc().is_some_and(|auc| (auc - expected).abs() < 1e-12), "{WRONG}");

    let at = day(2025, 12);
    group.throughput(Throughput::Elements(customers));
    // Two days' measures are kept: a third and a fourth are measured anew each time.
    let mut turn = 0_u64;
    group.bench_function(BenchmarkId::new("scores of a day", customers), |bencher| {
        bencher.iter(|| {
            turn += 1;
            let day = at.checked_sub_days(Days::new(turn % 8 * 40)).unwrap_or_default();
            black_box(portfolio.health(day).scorecard(&cards[0]).run())
        });
    });
    group.bench_function(BenchmarkId::new("the same after a weight changed", customers), |bencher| {
        bencher.iter(|| {
            turn += 1;
            black_box(portfolio.health(at).scorecard(&cards[(turn % 2) as usize]).run())
        });
    });
    group.throughput(Throughput::Elements(observations));
    group.bench_function(BenchmarkId::new("backtest of 24 days", customers), |bencher| {
        bencher.iter(|| black_box(backtest()));
    });
    group.finish();
    Ok(())
}

criterion_group!(benches, health);
criterion_main!(benches);
