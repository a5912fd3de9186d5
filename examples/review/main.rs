//! Reviews how a company stands by the principles of customer success: what it finds, what to do, which evidence is missing.
//!
//! `cargo run --release --example review` reviews a synthetic book; `-- --help` tells how to review yours.

use std::process::ExitCode;

use examples::review::REVIEW;

fn main() -> ExitCode {
    REVIEW.main()
}
