//! The fuzz targets, one after the other.

use std::path::Path;
use std::process::Command;

use crate::tools::cargo_install;

/// Runs every target for so many seconds.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<(), String> {
    let seconds: u64 = match arguments.first() {
        None => 60,
        Some(text) => text.parse().map_err(|_| format!("{text} is no number of seconds"))?,
    };
    cargo_install(root, "cargo-fuzz", "0.13.2")?;
    let folder = root.join("cs-core/fuzz/targets");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut targets: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned())).collect();
    targets.sort();
    for target in &targets {
        println!("== {target}");
        let limit = format!("-max_total_time={seconds}");
        // The coverage that the fuzzer needs is not part of the stable compiler's promises.
        let status = Command::new("cargo")
            .args([
                "fuzz",
                "run",
                "--fuzz-dir",
                "cs-core/fuzz",
                "--features",
                "fuzzer",
                "--sanitizer",
                "none",
                target,
                "--",
                &limit,
            ])
            .current_dir(root)
            .env("RUSTC_BOOTSTRAP", "1")
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(format!("{target} failed"));
        }
    }
    println!("{} targets, {seconds} seconds each", targets.len());
    Ok(())
}
