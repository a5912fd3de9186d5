//! Reviews the recurring revenue of a book of contracts: its last twelve months, and what became of every row.
//!
//! `cargo run --release --example revenue` reviews a synthetic book; `-- --help` tells how to review yours.

use std::process::ExitCode;

use examples::revenue::REVENUE;

fn main() -> ExitCode {
    REVENUE.main()
}
