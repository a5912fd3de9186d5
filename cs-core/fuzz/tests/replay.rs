//! Every file of the corpus goes through its target: what the fuzzer once found interesting stays checked.
#![allow(
    clippy::expect_used,
    reason = "these are tests outside of test functions: what cannot be looked at has failed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cs_core_fuzz::TARGETS;

/// Files of the corpus by target: a file that is lost is a check that is lost.
const FILES: [(&str, usize); 12] = [
    ("amounts", 31),
    ("arguments", 24),
    ("book", 24),
    ("columns", 27),
    ("contracts_csv", 31),
    ("customers_csv", 17),
    ("dates", 18),
    ("definitions", 23),
    ("json", 21),
    ("partials", 9),
    ("scorecards", 12),
    ("tables", 18),
];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn files(target: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpus().join(target)).expect("a folder for every target");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn every_file_keeps_every_promise() {
    for ((name, target), (counted, files_then)) in TARGETS.into_iter().zip(FILES) {
        assert_eq!(name, counted);
        let files = files(name);
        assert_eq!(files.len(), files_then, "files of {name}");
        for file in files {
            // Named first, so that a failure says which file it was.
            println!("{}", file.display());
            target(&fs::read(file).expect("a file of the corpus"));
        }
    }
}

#[test]
fn every_folder_and_program_is_of_a_target() {
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let found = |folder: PathBuf| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(found(corpus()), names);
    assert_eq!(found(Path::new(env!("CARGO_MANIFEST_DIR")).join("targets")), names);
}

#[test]
fn no_bytes_at_all_are_an_input_too() {
    for (_, target) in TARGETS {
        target(&[]);
        target(&[0]);
        target(b"\n");
    }
}
