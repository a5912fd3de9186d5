//! Reviews a book of contracts: the last twelve months of recurring revenue, and what became of every row.
//!
//! `cargo run --release --example review` reviews a synthetic book; `-- --help` tells how to review yours.

use std::io::{IsTerminal as _, stderr, stdout};
use std::process::ExitCode;

use cs_core::{Unwatched, Watch};
use examples::review::{Bar, Ink, run};

fn main() -> ExitCode {
    let silenced = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let ink = if stdout().is_terminal() && !silenced { Ink::Coloured } else { Ink::Plain };
    let bar = Bar::default();
    let watch: &dyn Watch = if stderr().is_terminal() { &bar } else { &Unwatched };
    run(std::env::args_os().skip(1), ink, watch, &mut bar.before(&mut stdout().lock()), &mut bar.before(&mut stderr()))
        .into()
}
