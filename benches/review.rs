//! How fast a company is reviewed by the principles, with every table of facts; what is found is checked first. With
//! `--features parallel` on as many threads as there are.
//!
//! A number instead of 100,000 customers, such as `REVIEW_CUSTOMERS=1000`, makes a quick run of it.

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use cs_core::{Check, Error, FindingState, Input, InputColumn, Limits, Portfolio, Review, ReviewSettings, TextColumn};

const WRONG: &str = "a measurement of a wrong answer measures nothing";

const CUSTOMERS: u64 = 100_000;
/// Months in which signals of each customer are observed.
const MONTHS: u64 = 12;
const SIGNALS: [&str; 6] =
    ["active_users", "licensed_users", "features_used", "features_available", "emails_sent", "emails_opened"];

/// Silence is told by days alone, so that nothing but arithmetic says who is silent.
const SETTINGS: &str = r#"{"natural_drift": {"max_cadences": 1, "min_silent_days": 180}}"#;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 12, 31).unwrap_or_default()
}

/// A day so many days before today.
fn ago(days: u64) -> Option<i32> {
    let day = today().checked_sub_days(Days::new(days)).unwrap_or_default();
    Some(day.signed_duration_since(NaiveDate::default()).num_days() as i32)
}

fn mrr(customer: u64) -> i64 {
    (customer * 37 % 900 + 100) as i64
}

/// Whether something was planted with a customer.
type IsFound = fn(u64) -> bool;

/// What was planted, and with whom.
const PLANTED: [(Check, IsFound); 8] = [
    (Check::PoorFit, |n| n % 100 < 50),
    (Check::Silence, |n| n % 200 > 180),
    (Check::FallingUse, |n| n % 60 > 30),
    (Check::PersonGone, |n| n.is_multiple_of(7)),
    (Check::UndefinedSuccess, |n| n.is_multiple_of(5)),
    (Check::OffPath, |n| !n.is_multiple_of(5) && n % 100 < 35),
    (Check::PoorExperience, |n| !n.is_multiple_of(5) && n % 11 < 5),
    (Check::Stuck, |n| n.is_multiple_of(13)),
];

/// Half of the last channel left early, of every segment and seller as many.
fn leaves(n: u64) -> bool {
    n % 5 == 4 && (n / 20).is_multiple_of(2)
}

/// A table of some rows, each of a customer, with more columns.
struct Rows(Vec<u64>);

impl Rows {
    fn of(customers: u64, times: u64, is_one: impl Fn(u64) -> bool) -> Self {
        Self((0..customers).filter(|&n| is_one(n)).flat_map(|n| (0..times).map(move |turn| n * times + turn)).collect())
    }

    fn texts(&self, text: impl Fn(u64) -> String) -> InputColumn {
        InputColumn::Text(self.0.iter().map(|&n| text(n)).collect::<TextColumn>())
    }

    fn days(&self, day: impl Fn(u64) -> Option<i32>) -> InputColumn {
        InputColumn::Date(self.0.iter().map(|&n| day(n)).collect())
    }

    fn numbers(&self, number: impl Fn(u64) -> i64) -> InputColumn {
        InputColumn::Integer(self.0.iter().map(|&n| Some(number(n))).collect())
    }

    fn input<const N: usize>(&self, times: u64, columns: [(&'static str, InputColumn); N]) -> Input {
        let customers = self.texts(|n| format!("k-{:06}", n / times));
        let input = Input::with_rows(self.0.len()).column("customer_id", customers);
        columns.into_iter().fold(input, |input, (name, column)| input.column(name, column))
    }
}

fn contracts(customers: u64) -> Input {
    let all = Rows::of(customers, 1, |_| true);
    all.input(
        1,
        [
            ("contract_id", all.texts(|n| format!("c-{n}"))),
            ("start_date", all.days(|n| ago(800 + n % 365))),
            ("amount", all.numbers(|n| mrr(n) * 12)),
            ("term_months", all.numbers(|_| 12)),
            ("end_date", all.days(|n| if leaves(n) { ago(600 + n % 365) } else { None })),
            ("auto_renew", InputColumn::Flag(all.0.iter().map(|_| Some(true)).collect())),
        ],
    )
}

/// Every tenth contract rested for a month, long ago.
fn pauses(customers: u64) -> Input {
    let paused = Rows::of(customers, 1, |n| n.is_multiple_of(10));
    Input::with_rows(paused.0.len())
        .column("contract_id", paused.texts(|n| format!("c-{n}")))
        .column("from_date", paused.days(|_| ago(700)))
        .column("to_date", paused.days(|_| ago(670)))
}

fn directory(customers: u64) -> Input {
    let all = Rows::of(customers, 1, |_| true);
    all.input(
        1,
        [
            ("fit", all.numbers(|n| (n % 100) as i64)),
            ("segment", all.texts(|n| format!("segment {}", n % 4))),
            ("channel", all.texts(|n| format!("channel {}", n % 5))),
            ("seller", all.texts(|n| format!("seller {}", n / 100 % 40))),
            ("acquisition_cost", all.numbers(|_| 1_000)),
            ("onboarding_cost", all.numbers(|_| 100)),
        ],
    )
}

fn signals(customers: u64) -> Input {
    let (rows, count) = (Rows::of(customers, MONTHS * SIGNALS.len() as u64, |_| true), SIGNALS.len() as u64);
    let signal = |n: u64| SIGNALS.get((n % count) as usize).copied().unwrap_or_default();
    let months_ago = move |n: u64| n / count % MONTHS;
    let value = move |n: u64| match (signal(n), months_ago(n)) {
        // Use of this month against that of three months before.
        ("active_users", 0) => 100 - (n / count / MONTHS % 60) as i64,
        ("emails_opened", _) => 10,
        _ => 100,
    };
    rows.input(
        MONTHS * count,
        [
            ("signal", rows.texts(|n| signal(n).to_owned())),
            ("observed_on", rows.days(|n| ago(months_ago(n) * 30))),
            ("value", rows.numbers(value)),
        ],
    )
}

fn engagements(customers: u64) -> Input {
    let rows = Rows::of(customers, 4, |_| true);
    rows.input(
        4,
        [
            ("date", rows.days(|n| ago(n / 4 % 200 + n % 4 * 30))),
            ("kind", rows.texts(|_| "outreach".to_owned())),
            ("channel", rows.texts(|_| "human".to_owned())),
            ("two_way", InputColumn::Flag(rows.0.iter().map(|_| Some(true)).collect())),
        ],
    )
}

/// Half of those who were asked answered.
fn surveys(customers: u64) -> Input {
    let rows = Rows::of(customers, 2, |_| true);
    let answered = rows.0.iter().map(|n| n.is_multiple_of(2).then_some(9)).collect();
    let kind = rows.texts(|_| "nps".to_owned());
    rows.input(2, [("date", rows.days(|n| ago(n % 300))), ("kind", kind), ("score", InputColumn::Integer(answered))])
}

fn stakeholders(customers: u64) -> Input {
    let rows = Rows::of(customers, 2, |_| true);
    let is_gone = |n: u64| (n / 2).is_multiple_of(7) && n.is_multiple_of(2);
    rows.input(
        2,
        [
            ("person_id", rows.texts(|n| format!("p-{n}"))),
            ("role", rows.texts(|n| if n.is_multiple_of(2) { "champion" } else { "user" }.to_owned())),
            ("since", rows.days(|_| ago(600))),
            ("left_on", rows.days(|n| if is_gone(n) { ago(100) } else { None })),
        ],
    )
}

fn outcomes(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |n| !n.is_multiple_of(5));
    rows.input(
        1,
        [
            ("outcome_id", rows.texts(|_| "orders".to_owned())),
            ("agreed_on", rows.days(|_| ago(100))),
            ("due_on", rows.days(|_| Some(ago(0).unwrap_or_default() + 100))),
            ("observed_on", rows.days(|_| ago(5))),
            ("baseline", rows.numbers(|_| 0)),
            ("target", rows.numbers(|_| 100)),
            ("current", rows.numbers(|n| (n % 100) as i64)),
            ("experience", rows.numbers(|n| (n % 11) as i64)),
        ],
    )
}

fn milestones(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |n| !n.is_multiple_of(13));
    let reached = rows.days(|n| ago(790 + n % 365));
    rows.input(1, [("milestone", rows.texts(|_| "first_value".to_owned())), ("reached_on", reached)])
}

fn cases(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |_| true);
    rows.input(1, [("case_id", rows.texts(|_| "one".to_owned())), ("opened_on", rows.days(|n| ago(n % 300)))])
}

fn feedback(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |_| true);
    let (kind, topic) = (rows.texts(|_| "request".to_owned()), rows.texts(|n| format!("topic {}", n % 20)));
    rows.input(1, [("date", rows.days(|n| ago(n % 300))), ("kind", kind), ("topic", topic)])
}

fn advocacy(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |n| n.is_multiple_of(4));
    rows.input(1, [("date", rows.days(|n| ago(n % 300))), ("kind", rows.texts(|_| "reference".to_owned()))])
}

fn actions(customers: u64) -> Input {
    let rows = Rows::of(customers, 1, |n| n.is_multiple_of(10));
    rows.input(1, [("play", rows.texts(|_| "outreach".to_owned())), ("opened_on", rows.days(|n| ago(n % 50)))])
}

fn practices() -> Input {
    let only = Rows(vec![0]);
    Input::with_rows(1)
        .column("topic", only.texts(|_| "score_validated".to_owned()))
        .column("since", only.days(|_| ago(60)))
        .column("value", only.texts(|_| "better".to_owned()))
}

fn portfolio(customers: u64) -> Result<Portfolio, Error> {
    let limits = Limits { rows: u64::MAX, bytes: u64::MAX, result_rows: u64::MAX, ..Limits::default() };
    Portfolio::from_tables(contracts(customers))
        .pauses(pauses(customers))
        .customers(directory(customers))
        .signals(signals(customers))
        .engagements(engagements(customers))
        .cases(cases(customers))
        .surveys(surveys(customers))
        .milestones(milestones(customers))
        .outcomes(outcomes(customers))
        .stakeholders(stakeholders(customers))
        .feedback(feedback(customers))
        .advocacy(advocacy(customers))
        .actions(actions(customers))
        .practices(practices())
        .currency("USD")
        .limits(limits)
        .observed_until(today())
        .load()
}

fn check(portfolio: &Portfolio, settings: &ReviewSettings, customers: u64) -> Result<(), Error> {
    let review = portfolio.review(today()).settings(settings).run()?;
    let expected = |is_one: &dyn Fn(u64) -> bool| {
        let those = || (0..customers).filter(|&n| !leaves(n) && is_one(n));
        (those().count() as u64, those().map(|n| i128::from(mrr(n) * 100)).sum::<i128>())
    };
    for (check, is_found) in PLANTED {
        let told = review.checks().rows().filter(|row| row.check == check);
        let told: Vec<_> = told.map(|row| (row.found_customers, row.found_mrr.units())).collect();
        assert_eq!(told, [expected(&is_found)], "{WRONG}: {check}");
    }
    let told = review.summary().rows().map(|row| (row.customers, row.mrr.units()));
    assert_eq!(told.collect::<Vec<_>>(), [expected(&|_| true)], "{WRONG}");
    let accused = review.comparisons().rows().filter(|row| row.is_accused);
    let accused: Vec<_> = accused.map(|row| (row.column, row.value)).collect();
    assert_eq!(accused, [("channel", Some("channel 4"))], "{WRONG}");
    Ok(())
}

/// A review that follows an earlier one, with every hundredth customer left out.
fn followed(portfolio: &Portfolio, customers: u64) -> Result<(ReviewSettings, Review), Error> {
    let left_out = (0..customers).filter(|n| n.is_multiple_of(100));
    let left_out: Vec<String> =
        left_out.map(|n| format!(r#"{{"customer_id": "k-{n:06}", "reason": "a pilot"}}"#)).collect();
    let settings = SETTINGS.replacen('{', &format!(r#"{{"exclusions": [{}], "#, left_out.join(", ")), 1);
    let earlier = today().checked_sub_days(Days::new(90)).unwrap_or_default();
    Ok((ReviewSettings::from_json(&settings)?, portfolio.review(earlier).run()?))
}

fn review(criterion: &mut Criterion) {
    let measured = measure(criterion);
    assert_eq!(measured, Ok(()), "{WRONG}");
}

fn measure(criterion: &mut Criterion) -> Result<(), Error> {
    let customers = std::env::var("REVIEW_CUSTOMERS").ok().and_then(|n| n.parse().ok()).unwrap_or(CUSTOMERS);
    let (portfolio, settings) = (portfolio(customers)?, ReviewSettings::from_json(SETTINGS)?);
    check(&portfolio, &settings, customers)?;
    let mut group = criterion.benchmark_group("review");
    group.sample_size(10);
    group.throughput(Throughput::Elements(customers));
    group.bench_function(BenchmarkId::new("all tables", customers), |bencher| {
        bencher.iter(|| black_box(portfolio.review(today()).settings(&settings).run()));
    });
    let (others, earlier) = followed(&portfolio, customers)?;
    let following = || portfolio.review(today()).settings(&others).previous(&earlier).run();
    assert!(following()?.findings().rows().any(|row| row.state == Some(FindingState::Persisting)), "{WRONG}");
    group.bench_function(BenchmarkId::new("after an earlier review, with exclusions", customers), |bencher| {
        bencher.iter(|| black_box(following()));
    });
    // What scores are made of is kept of two days: of another one it is measured anew.
    let mut turn = 0_u64;
    group.bench_function(BenchmarkId::new("on another day each time", customers), |bencher| {
        bencher.iter(|| {
            turn += 1;
            let day = today().checked_sub_days(Days::new(turn % 8 * 40)).unwrap_or_default();
            black_box(portfolio.review(day).settings(&settings).run())
        });
    });
    group.finish();
    Ok(())
}

criterion_group!(benches, review);
criterion_main!(benches);
