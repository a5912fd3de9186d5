//! What must hold for every book of contracts and every input, whatever is in it.
//!
//! Strategies build valid books outright instead of filtering invalid ones. `PROPTEST_CASES` asks for more cases than
//! the usual thousand; what once failed is kept beside this folder and tried first.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests outside of test functions: what cannot be looked at has failed"
)]

mod accounting;
mod books;
mod calendar;
#[path = "../common/calls.rs"]
mod calls;
mod canonical;
mod changes;
mod csv_files;
mod facts;
mod figures;
mod forms;
mod identity;
mod inputs;
mod journal;
mod knowledge;
mod leaks;
mod merging;
mod metrics;
mod model;
mod money;
#[path = "../common/prose.rs"]
mod prose;
mod ranges;
mod readings;
mod redaction;
mod renewals;
mod reviews;
mod scores;
mod stays;
mod watching;
mod worlds;

use proptest::test_runner::Config;

/// Cases of each property unless the environment asks for another number.
const CASES: u32 = 1_000;

/// How every property is run.
fn config() -> Config {
    // A number of cases in code would override the environment's, so that is looked at first.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    Config { cases, ..Config::default() }
}
