//! Synthetic books: the same bytes everywhere, whole, believable, and true to what they say of themselves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where things are not as it expects"
)]

mod books;
#[path = "../common/digest.rs"]
mod digest;
mod digests;
mod facts;
mod faults;
mod reviews;
mod statistics;
mod whole;

use cs_core::{Cell, PlantedFault, Portfolio, Table};

/// Every table of a synthetic portfolio.
const TABLES: [&str; 16] = [
    "contracts",
    "customers",
    "signals",
    "engagements",
    "cases",
    "surveys",
    "milestones",
    "outcomes",
    "stakeholders",
    "feedback",
    "advocacy",
    "actions",
    "pauses",
    "practices",
    "fx_rates",
    "truth",
];

fn drawn(customers: u32, seed: u64, fault: Option<PlantedFault>) -> Portfolio {
    Portfolio::synthetic().customers(customers).seed(seed).fault(fault).load().unwrap()
}

/// The cells of a column as text.
fn cells(table: &Table, column: &str) -> Vec<String> {
    (0..table.len()).map(|row| table.cell(row, column).to_string()).collect()
}

/// The cells of a column that are there.
fn given(table: &Table, column: &str) -> Vec<String> {
    cells(table, column).into_iter().filter(|cell| !cell.is_empty()).collect()
}

fn is(table: &Table, row: usize, column: &str, text: &str) -> bool {
    matches!(table.cell(row, column), Cell::Text(found) if found == text)
}

fn units(table: &Table, row: usize, column: &str) -> i128 {
    match table.cell(row, column) {
        Cell::Money { units, .. } => units,
        _ => 0,
    }
}
