//! Reviews a book of contracts: the last twelve months of recurring revenue, and what became of every row.
//!
//! `cargo run --release --example review` reviews a small book of its own; `-- --help` tells how to review yours.

use std::io::{IsTerminal as _, stderr, stdout};
use std::process::ExitCode;

use examples::review::{Ink, run};

fn main() -> ExitCode {
    let silenced = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let ink = if stdout().is_terminal() && !silenced { Ink::Coloured } else { Ink::Plain };
    run(std::env::args_os().skip(1), ink, &mut stdout().lock(), &mut stderr().lock()).into()
}
