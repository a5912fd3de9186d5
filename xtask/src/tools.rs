//! Commands of other programs: run, read, and installed where they are missing.

use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a command in a folder and shows what it prints.
pub(crate) fn run(folder: &Path, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}")) }
}

/// Runs a command in a folder, shows what it says of errors, and gives what it prints.
pub(crate) fn read(folder: &Path, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() { Ok(text) } else { Err(format!("{text}\n{command:?} ended with {}", output.status)) }
}

/// Whether a program is there.
pub(crate) fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Installs packages of a Debian system, or says what to install.
pub(crate) fn install(packages: &[&str]) -> Result<(), String> {
    let sentence = || format!("install {} and try again", packages.join(", "));
    if !has("apt-get") {
        return Err(sentence());
    }
    let folder = Path::new("/");
    run(folder, "apt-get", &["update", "-qq"]).map_err(|_| sentence())?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    run(folder, "apt-get", &arguments).map_err(|_| sentence())
}

/// Makes sure that a program of a crate is there.
pub(crate) fn cargo_install(folder: &Path, program: &str, version: &str) -> Result<(), String> {
    if has(program) { Ok(()) } else { run(folder, "cargo", &["install", "--quiet", program, "--version", version]) }
}

/// The numbers before a word in a text, added up: `12 passed`.
pub(crate) fn counted(text: &str, word: &str) -> u64 {
    text.lines()
        .flat_map(|line| line.split_whitespace().zip(line.split_whitespace().skip(1)))
        .filter(|(_, next)| next.trim_end_matches([',', ';', '.']) == word)
        .filter_map(|(number, _)| number.parse::<u64>().ok())
        .sum()
}
