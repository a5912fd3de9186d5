//! The review as its users meet it: called with a command line, read as text.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers stop where a test itself would")]

mod calls;
mod faults;
mod figures;
mod health;
mod page;
mod retained;

use std::ffi::OsString;
use std::path::PathBuf;

use cs_core::Unwatched;
use examples::program::{Ink, Outcome};
use examples::revenue::REVENUE;

const CONTRACTS: &str = include_str!("../../data/contracts.csv");
const CUSTOMERS: &str = include_str!("../../data/customers.csv");

/// The call for the small book of the tests, in files of this name.
fn small(name: &str) -> Vec<String> {
    let [contracts, customers] = [("contracts", CONTRACTS), ("customers", CUSTOMERS)]
        .map(|(table, rows)| file(&format!("{name}-{table}.csv"), rows));
    ["--contracts", &contracts, "--customers", &customers, "--currency", "USD"].map(str::to_owned).to_vec()
}

/// Whether it worked, what it wrote and what it complained of.
fn review(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> (Outcome, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    // Pages go where nobody looks, unless a test does.
    if !arguments
        .iter()
        .any(|argument| ["--html", "--help"].iter().any(|option| argument.to_string_lossy().starts_with(option)))
    {
        let page = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("page.html");
        arguments.extend(["--html".into(), page.into()]);
    }
    let outcome = REVENUE.run(arguments, Ink::Plain, &Unwatched, &mut out, &mut err);
    (outcome, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// The same with the arguments in one line.
fn called(line: &str) -> (Outcome, String, String) {
    review(line.split_whitespace())
}

/// A file of this run of the tests.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A review of the given contracts, in dollars.
fn reviewed(name: &str, contracts: impl AsRef<[u8]>, more: &[&str]) -> (Outcome, String, String) {
    let path = file(name, contracts);
    review(["--contracts", &path, "--currency", "USD"].into_iter().chain(more.iter().copied()))
}

/// The line that starts with a label, its cells.
fn cells<'a>(text: &'a str, label: &str) -> Vec<&'a str> {
    let line = text.lines().find(|line| line.split_whitespace().next() == Some(label));
    line.unwrap_or_else(|| panic!("no line {label} in {text}")).split_whitespace().skip(1).collect()
}
