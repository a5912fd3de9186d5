//! One book, four readings of retention: `cargo run --example readings`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match examples::readings::told() {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("readings: {error}");
            ExitCode::FAILURE
        }
    }
}
