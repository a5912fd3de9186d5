//! The Rust crates: format, lints, tests, documentation, dependencies, mutants.

use std::path::Path;

use crate::surface;
use crate::tools::{cargo_install, read, run};

/// The crates that are tested with cargo; the bindings are tested in their own languages.
const CRATES: [&str; 8] = ["-p", "cs-core", "-p", "cs-core-fuzz", "-p", "examples", "-p", "xtask"];

/// Everything that is Rust; gives the counts.
pub(crate) fn test(root: &Path) -> Result<Vec<(String, u64)>, String> {
    toolchain(root)?;
    written(root)?;
    run(root, "cargo", &["fmt", "--all", "--check"])?;
    run(root, "cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    // The library that a browser downloads for analytics alone.
    let analytics = ["-p", "cs-core", "--no-default-features", "--", "--deny", "warnings"];
    run(root, "cargo", &[&["clippy", "--quiet"][..], &analytics].concat())?;
    let tests = cargo_tests(root, &["test", "--locked", "--lib", "--bins", "--tests"], &CRATES)?;
    // Every book of the unit tests is cut into parts then, up to one a processor.
    let parallel = ["-p", "cs-core", "--features", "parallel"];
    let in_parts = cargo_tests(root, &["test", "--locked", "--lib", "--test", "parts"], &parallel)?;
    let documents = cargo_tests(root, &["test", "--locked", "--doc"], &["-p", "cs-core"])?;
    let doc = ["doc", "--quiet", "--locked", "--no-deps", "-p", "cs-core", "-p", "examples"];
    let status =
        std::process::Command::new("cargo").args(doc).current_dir(root).env("RUSTDOCFLAGS", "-D warnings").status();
    if !status.is_ok_and(|status| status.success()) {
        return Err("the documentation does not build".to_owned());
    }
    for example in ["review", "revenue", "readings"] {
        run(root, "cargo", &["run", "--quiet", "--example", example])?;
    }
    // The measurements check their answers; here they are only run once each, and built as the tests are.
    run(root, "cargo", &["bench", "--quiet", "--profile", "dev", "--package", "benches", "--", "--test"])?;
    Ok(vec![
        ("tests".to_owned(), tests),
        ("again in parts".to_owned(), in_parts),
        ("documentation tests".to_owned(), documents),
    ])
}

fn cargo_tests(root: &Path, command: &[&str], crates: &[&str]) -> Result<u64, String> {
    let arguments = [command, crates].concat();
    let text = read(root, "cargo", &arguments).map_err(|message| {
        println!("{message}");
        "the tests failed".to_owned()
    })?;
    let results: Vec<&str> = text.lines().filter(|line| line.starts_with("test result:")).collect();
    println!("{}", results.join("\n"));
    Ok(results.iter().map(|line| crate::tools::counted(line, "passed")).sum())
}

/// The compiler is the oldest that is supported, so that the tests show that it is; or a newer one, and says so.
fn toolchain(root: &Path) -> Result<(), String> {
    let version = read(root, "rustc", &["--version"])?;
    let promised = env!("CARGO_PKG_RUST_VERSION");
    let number = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let found = version.split_whitespace().nth(1).unwrap_or_default();
    if number(found) < number(promised) {
        return Err(format!("rustc {found} is older than {promised}, the oldest that is supported"));
    }
    let oldest = if found.starts_with(promised) { "is" } else { "is newer than" };
    println!("rustc {found}, which {oldest} the oldest that is supported, {promised}");
    Ok(())
}

/// What is written from the core's description of itself is what is committed.
fn written(root: &Path) -> Result<(), String> {
    for (path, text) in surface::files(root) {
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            return Err(format!("{} is not what `cargo xtask surface` writes", path.display()));
        }
    }
    Ok(())
}

/// Licences, bans and sources of all dependencies.
pub(crate) fn deny(root: &Path) -> Result<(), String> {
    cargo_install(root, "cargo-deny", "0.20.2")?;
    run(root, "cargo", &["deny", "--all-features", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"])
}

/// Mutants of the core.
pub(crate) fn mutants(root: &Path, arguments: &[String]) -> Result<(), String> {
    cargo_install(root, "cargo-mutants", "27.1.0")?;
    let mut all = vec!["mutants", "--package", "cs-core", "--test-package", "cs-core"];
    all.extend(arguments.iter().map(String::as_str));
    run(root, "cargo", &all)
}
