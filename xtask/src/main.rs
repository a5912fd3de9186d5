//! The tasks of this repository; `cargo xtask` lists them.

mod bench;
mod docstrings;
mod formulas;
mod fuzz;
mod manifest;
mod methods;
mod python;
mod rust;
mod stubs;
mod surface;
mod tools;
mod typescript;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// A task: its name, what it does, and the work.
struct Task {
    name: &'static str,
    doc: &'static str,
    run: fn(&Path, &[String]) -> Result<(), String>,
}

const TASKS: &[Task] = &[
    Task { name: "test", doc: "set up what is needed and run everything in all languages", run: test },
    Task {
        name: "rust",
        doc: "format, lints, tests and documentation of the Rust crates",
        run: |root, _| alone(root, RUST),
    },
    Task {
        name: "python",
        doc: "build the wheel, install it in an environment of its own, and test it",
        run: |root, _| alone(root, PYTHON),
    },
    Task {
        name: "js",
        doc: "build the npm package and test it in Node and Chromium",
        run: |root, _| alone(root, JAVASCRIPT),
    },
    Task {
        name: "deny",
        doc: "check licences, bans and sources of all dependencies",
        run: |root, _| alone(root, SUPPLY),
    },
    Task { name: "wheel", doc: "build the Python wheel", run: |root, _| python::wheel(root).map(shown) },
    Task { name: "npm", doc: "build the npm package", run: |root, _| wasm::build(root).map(shown) },
    Task {
        name: "surface",
        doc: "write the surface manifest, the exemplar, the types of Python and TypeScript, and the docstrings",
        run: surface::write,
    },
    Task {
        name: "model",
        doc: "compare the library with the reference model: FIRST seed (0), COUNT of random calls (1,000,000)",
        run: python::model,
    },
    Task {
        name: "bench",
        doc: "measure books of so many CONTRACTS (1000000 10000000) beside other libraries; --check compares the answers",
        run: bench::measure,
    },
    Task {
        name: "instructions",
        doc: "count the instructions of the library's works under valgrind, and compare them with the last count",
        run: bench::instructions,
    },
    Task { name: "fuzz", doc: "run the fuzz targets, SECONDS each (60 by default)", run: fuzz::run },
    Task {
        name: "mutants",
        doc: "break the core line by line and see whether a test notices (arguments go to cargo-mutants)",
        run: rust::mutants,
    },
];

/// A part of the test run: its name, and what it runs; it gives a line for each count.
type Layer = (&'static str, fn(&Path) -> Result<Vec<(String, u64)>, String>);

const RUST: Layer = ("Rust", rust::test);
const PYTHON: Layer = ("Python", |root| Ok(vec![("tests".to_owned(), python::test(root)?)]));
const JAVASCRIPT: Layer = ("JavaScript", |root| {
    let counts = wasm::test(root)?;
    Ok(vec![
        ("tests".to_owned(), counts.tests),
        ("vectors in Node".to_owned(), counts.vectors_in_node),
        ("vectors in Chromium".to_owned(), counts.vectors_in_browser),
    ])
});
const SUPPLY: Layer = ("supply chain", |root| rust::deny(root).map(|()| Vec::new()));

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        println!("cargo xtask TASK\n");
        for task in TASKS {
            println!("  {:<12} {}", task.name, task.doc);
        }
        return ExitCode::SUCCESS;
    };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprintln!("there is no task {name}; `cargo xtask` lists them");
        return ExitCode::from(2);
    };
    match (task.run)(&root(), rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{name}: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The folder that holds the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn shown(path: PathBuf) {
    println!("{}", path.display());
}

/// Everything, layer by layer, with counts and minutes at the end.
fn test(root: &Path, _: &[String]) -> Result<(), String> {
    layers(root, &[RUST, PYTHON, JAVASCRIPT, SUPPLY])
}

fn alone(root: &Path, layer: Layer) -> Result<(), String> {
    layers(root, &[layer])
}

fn layers(root: &Path, layers: &[Layer]) -> Result<(), String> {
    let mut told = Vec::new();
    let mut total = 0;
    for (name, run) in layers {
        println!("\n== {name}");
        let start = Instant::now();
        let counts = run(root).map_err(|message| format!("{name}: {message}"))?;
        let minutes = start.elapsed().as_secs_f64() / 60.0;
        total += counts.iter().filter(|(what, _)| !what.starts_with("vectors")).map(|(_, count)| count).sum::<u64>();
        let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
        told.push(format!("{name:<14} {minutes:>5.1} minutes   {}", counts.join(", ")));
    }
    println!("\n{}", told.join("\n"));
    println!("\n{total} passed, 0 failed");
    Ok(())
}
