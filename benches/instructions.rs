//! How many instructions works take: nearly the same number in every run of one build, whatever else the machine does,
//! so that what a clock cannot tell apart is told here. Answers are checked once they are counted.
#![allow(missing_docs, reason = "the attribute writes modules that cannot be documented")]

use std::hint::black_box;

use benches::{book, close, customers, paid, range};
use cs_core::{
    Cohorts, Definitions, Error, FlowRetention, Input, Journal, Money, Movements, MovementsRow, Partial, Portfolio,
    Retention, Sampling,
};
use gungraun::{Callgrind, EventKind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main};

const CONTRACTS: u64 = 20_000;
const PARTS: u64 = 8;
/// More instructions than before, in percent, that are told as a failure.
const LIMIT: f64 = 2.0;

type Of<T> = Result<T, Error>;

fn contracts() -> Input {
    book(0..CONTRACTS)
}

fn portfolio() -> Of<Portfolio> {
    Portfolio::from_tables(contracts()).currency("USD").load()
}

fn parts() -> Of<Vec<Portfolio>> {
    let part = |part| CONTRACTS * part / PARTS..CONTRACTS * (part + 1) / PARTS;
    (0..PARTS).map(|at| Portfolio::from_tables(book(part(at))).currency("USD").load()).collect()
}

fn by_period_end() -> Definitions {
    Definitions { sampling: Sampling::PeriodEnd, ..Definitions::default() }
}

fn has_all_contracts(portfolio: Of<Portfolio>) {
    assert_eq!(portfolio.map(|portfolio| portfolio.contract_count() as u64), Ok(CONTRACTS));
}

/// What is paid at a close is what the book says.
fn closes_as_the_book(movements: Of<Movements>) {
    let (_, month) = close();
    let row = movements.map(|movements| movements.rows().nth(month).map(|row| row.closing_mrr.units()));
    assert_eq!(row, Ok(Some(paid(0..CONTRACTS))));
}

fn merged_as_the_whole(merged: Of<Partial>) {
    let (start, end) = range();
    let whole = portfolio().and_then(|portfolio| portfolio.movements(start, end).definitions(&by_period_end()).run());
    assert_eq!(merged.map(|merged| merged.result().to_json()), whole.map(|whole| whole.table().to_json()));
}

fn sums_to_movements(journal: Of<Journal>) {
    let (start, end) = range();
    let sum = journal.map(|journal| journal.rows().map(|row| row.amount.units()).sum::<i128>());
    let movements = portfolio().and_then(|portfolio| portfolio.movements(start, end).run());
    let of_row = |row: MovementsRow| {
        [row.new_mrr, row.reactivation_mrr, row.expansion_mrr, row.contraction_mrr, row.churned_mrr].map(Money::units)
    };
    assert_eq!(sum, movements.map(|movements| movements.rows().flat_map(of_row).sum()));
}

fn has_a_row_a_month<T: Into<cs_core::Table>>(result: Of<T>) {
    assert_eq!(result.map(|result| result.into().len()), Ok(60));
}

fn has_cohorts(cohorts: Of<Cohorts>) {
    let size = cohorts.map(|cohorts| cohorts.rows().filter(|row| row.age == 0).map(|row| row.size).sum::<u64>());
    assert_eq!(size, Ok(customers(CONTRACTS)));
}

#[library_benchmark]
#[bench::of_columns(args = (), setup = contracts, teardown = has_all_contracts)]
fn build(contracts: Input) -> Of<Portfolio> {
    black_box(Portfolio::from_tables(contracts).currency("USD").load())
}

#[library_benchmark]
#[bench::by_period_end(args = (), setup = portfolio, teardown = closes_as_the_book)]
fn movements(portfolio: Of<Portfolio>) -> Of<Movements> {
    let (start, end) = range();
    black_box(portfolio?.movements(start, end).definitions(&by_period_end()).run())
}

#[library_benchmark]
#[bench::daily(args = (), setup = portfolio, teardown = closes_as_the_book)]
fn movements_by_day(portfolio: Of<Portfolio>) -> Of<Movements> {
    let (start, end) = range();
    black_box(portfolio?.movements(start, end).run())
}

#[library_benchmark]
#[bench::in_parts(args = (), setup = parts, teardown = merged_as_the_whole)]
fn movements_merged(parts: Of<Vec<Portfolio>>) -> Of<Partial> {
    let ((start, end), definitions) = (range(), by_period_end());
    let of_part = |part: &Portfolio| part.movements(start, end).definitions(&definitions).partial();
    black_box(Partial::merge(parts?.iter().map(of_part).collect::<Of<Vec<_>>>()?))
}

#[library_benchmark]
#[bench::daily(args = (), setup = portfolio, teardown = sums_to_movements)]
fn journal(portfolio: Of<Portfolio>) -> Of<Journal> {
    let (start, end) = range();
    black_box(portfolio?.journal(start, end).run())
}

#[library_benchmark]
#[bench::of_twelve_months(args = (), setup = portfolio, teardown = has_a_row_a_month)]
fn retention(portfolio: Of<Portfolio>) -> Of<Retention> {
    let (start, end) = range();
    black_box(portfolio?.retention(start, end).run())
}

#[library_benchmark]
#[bench::daily(args = (), setup = portfolio, teardown = has_a_row_a_month)]
fn flow_retention(portfolio: Of<Portfolio>) -> Of<FlowRetention> {
    let (start, end) = range();
    black_box(portfolio?.flow_retention(start, end).run())
}

#[library_benchmark]
#[bench::of_all_ages(args = (), setup = portfolio, teardown = has_cohorts)]
fn cohorts(portfolio: Of<Portfolio>) -> Of<Cohorts> {
    black_box(portfolio?.cohorts(range().1).run())
}

library_benchmark_group!(
    name = works,
    benchmarks = [build, movements, movements_by_day, movements_merged, journal, retention, flow_retention, cohorts]
);

main!(
    config = LibraryBenchmarkConfig::default().tool(Callgrind::default().soft_limits([(EventKind::Ir, LIMIT)])),
    library_benchmark_groups = works
);
