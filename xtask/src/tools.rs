//! Commands of other programs: run, read, and installed where they are missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs a command in a folder and shows what it prints.
pub(crate) fn run(folder: &Path, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<(), String> {
    run_with(folder, program, arguments, &[])
}

/// The same with variables of the environment set.
pub(crate) fn run_with(
    folder: &Path,
    program: impl AsRef<std::ffi::OsStr>,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).current_dir(folder).stdin(Stdio::null());
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

/// Flags that leave the folders of this machine out of what is compiled.
pub(crate) fn unnamed_folders(root: &Path) -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"))).unwrap_or_default();
    let registries = std::fs::read_dir(home.join("registry/src")).into_iter().flatten().filter_map(Result::ok);
    let folders = registries.map(|entry| entry.path()).chain([root.to_path_buf()]);
    folders.map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect()
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

/// Makes sure that a crate's subcommand of cargo is there, in exactly this version.
pub(crate) fn cargo_install(folder: &Path, program: &str, version: &str) -> Result<(), String> {
    // Through cargo, since some of them take `--version` in no other way.
    let subcommand = program.strip_prefix("cargo-").unwrap_or(program);
    let told = Command::new("cargo").args([subcommand, "--version"]).stdin(Stdio::null()).output();
    if told.is_ok_and(|told| is_version(&String::from_utf8_lossy(&told.stdout), program, version)) {
        return Ok(());
    }
    run(folder, "cargo", &["install", "--quiet", "--force", program, "--version", version])
}

/// Whether `name X.Y.Z` is what a program says of itself, with whatever behind it.
fn is_version(told: &str, program: &str, version: &str) -> bool {
    told.split_whitespace().take(2).eq([program, version])
}

/// The names and paths of what a folder holds.
pub(crate) fn files(folder: &Path) -> Result<impl Iterator<Item = (OsString, PathBuf)> + use<>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.filter_map(Result::ok).map(|entry| (entry.file_name(), entry.path())))
}

/// Copies the files of a folder into another one.
pub(crate) fn copied(from: &Path, to: &Path) -> Result<(), String> {
    std::fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    for (name, path) in files(from)?.filter(|(_, path)| path.is_file()) {
        std::fs::copy(&path, to.join(name)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// The numbers before a word in a text, added up: `12 passed`.
pub(crate) fn counted(text: &str, word: &str) -> u64 {
    text.lines()
        .flat_map(|line| line.split_whitespace().zip(line.split_whitespace().skip(1)))
        .filter(|(_, next)| next.trim_end_matches([',', ';', '.']) == word)
        .filter_map(|(number, _)| number.parse::<u64>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn only_the_same_version_is_the_same() {
        assert!(is_version("cargo-deny 0.20.2\n", "cargo-deny", "0.20.2"));
        assert!(is_version("cargo-deny 0.20.2 (0123abc 2026-01-31)\n", "cargo-deny", "0.20.2"));
        for told in ["cargo-deny 0.20.20\n", "cargo-deny 0.20.1\n", "cargo-deny\n", "0.20.2\n", ""] {
            assert!(!is_version(told, "cargo-deny", "0.20.2"), "{told}");
        }
    }
}
