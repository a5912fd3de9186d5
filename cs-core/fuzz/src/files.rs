//! Files of CSV.

use cs_core::{Code, Error, ExtraColumns, OnInvalid, Portfolio, Problems};

use crate::checks::{accounted, computed, refused};
use crate::dates::day;

const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";

/// Bytes as a file of contracts.
pub fn contracts_csv(bytes: &[u8]) {
    for extra_columns in [ExtraColumns::Error, ExtraColumns::Ignore] {
        let load =
            |policy| Portfolio::from_csv(bytes).currency("USD").on_invalid(policy).extra_columns(extra_columns).load();
        let raised = load(OnInvalid::Raise);
        check(bytes, "contracts", load(OnInvalid::Reject), raised);
    }
}

/// Bytes as a file of customers, beside a contract of one of them.
pub fn customers_csv(bytes: &[u8]) {
    let load = |policy| Portfolio::from_csv(CONTRACTS).customers(bytes).currency("USD").on_invalid(policy).load();
    let raised = load(OnInvalid::Raise);
    check(bytes, "customers", load(OnInvalid::Reject), raised);
}

fn check(bytes: &[u8], table: &str, rejected: Result<Portfolio, Error>, raised: Result<Portfolio, Error>) {
    match (rejected, raised) {
        (Err(one), Err(two)) => {
            refused(&one);
            assert_eq!(one, two);
        }
        (Ok(portfolio), raised) => {
            let report = portfolio.load_report();
            let problems = match raised {
                Ok(_) => Problems::default(),
                Err(Error::InvalidInput(problems)) => problems,
                Err(other) => panic!("{other}"),
            };
            assert_eq!(report.problems, problems);
            accounted(&portfolio);
            let quotes = [Code::UnterminatedQuote, Code::StrayQuote];
            let read = report.tables.iter().find(|read| read.table == table).expect("a report of the table");
            if !report.problems.kept.iter().any(|problem| quotes.contains(&problem.code)) {
                assert_eq!(Some(read.rows_read), records(bytes).or(Some(read.rows_read)));
            }
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
            let first = if records(bytes).is_some() { 2 } else { 1 };
            let mut told = report.problems.kept.iter().filter(|problem| problem.table.as_deref() == Some(table));
            assert!(told.all(|problem| problem.line.is_some_and(|line| (first..=lines).contains(&line))));
            computed(&portfolio, day("2025-11-15"), day("2026-12-31"));
        }
        (Err(one), Ok(_)) => panic!("rejected with {one} and yet raised nothing"),
    }
}

/// The records behind the header, empty lines included, of a file with proper quotes; `None` for lone carriage
/// returns, of which the standard says nothing.
fn records(bytes: &[u8]) -> Option<u64> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (mut quoted, mut records, mut header, mut text) = (false, 0, false, false);
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => (quoted, text) = (!quoted, true),
            b'\r' if !quoted && rest.peek() != Some(&b'\n') => return None,
            b'\r' if !quoted => {}
            // Empty lines before the header are no rows.
            b'\n' if !quoted => {
                records += u64::from(header);
                header |= std::mem::take(&mut text);
            }
            _ => text = true,
        }
    }
    Some(if text && header { records + 1 } else { records })
}
