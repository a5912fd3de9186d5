//! The library beside what users would pick instead: everybody's answers compared, times written into the README.

use std::path::{Path, PathBuf};

use crate::tools::{copied, has, install, run, run_with};
use crate::{python, wasm};

const PEERS: &str = "benches/peers";
const CONTRACTS: [&str; 2] = ["1000000", "10000000"];
/// Customers who are scored, and so many where answers are only compared.
const SCORED: &str = "1000000";
const CHECKED: &str = "20000";

/// Measures books of so many CONTRACTS, or with `--check` only compares the answers on a small one.
pub(crate) fn measure(root: &Path, arguments: &[String]) -> Result<(), String> {
    let given: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Some(odd) = given.iter().find(|text| **text != "--check" && text.parse::<u64>().is_err()) {
        return Err(format!("{odd} is neither `--check` nor a number of contracts"));
    }
    if !Path::new("/proc/self/status").exists() {
        return Err("memory is measured as Linux tells it: run this on Linux".to_owned());
    }
    let target = root.join("target/bench");
    let wheel = python::wheel(root)?;
    let package = wasm::build(root)?;
    let python = environment(root, &target, &wheel)?;
    node(root, &target.join("node"), &package)?;
    run(root, "cargo", &["build", "--quiet", "--release", "--package", "examples", "--example", "revenue"])?;
    let (readme, review) = (root.join("README.md"), root.join("target/release/examples/revenue"));
    let paths = [&target, &wheel, &package, &readme, &review].map(|path| path.to_string_lossy().into_owned());
    let mut command = vec!["-B", "run.py"];
    let readme = readme.to_string_lossy();
    for (option, path) in ["--target", "--wheel", "--package", "--readme", "--review"].into_iter().zip(&paths) {
        command.extend([option, path.as_str()]);
    }
    command.extend(if given.is_empty() { &CONTRACTS } else { given.as_slice() });
    let peers = root.join(PEERS);
    run(&peers, &python, &command)?;
    let is_check = arguments.iter().any(|text| text == "--check");
    ["health.py", "survival.py"].into_iter().try_for_each(|script| match is_check {
        true => run(&peers, &python, &["-B", script, CHECKED]),
        false => run(&peers, &python, &["-B", script, SCORED, "--readme", &readme]),
    })
}

/// The version of the crate in `Cargo.toml`: it refuses a runner of another one.
const RUNNER: (&str, &str) = ("gungraun-runner", "0.20.0");

/// Counts the instructions of the works of `benches/instructions.rs`, and compares them with the last count.
pub(crate) fn instructions(root: &Path, _: &[String]) -> Result<(), String> {
    if !has("valgrind") {
        install(&["valgrind"])?;
    }
    let (program, version) = RUNNER;
    let folder = root.join("target/tools").to_string_lossy().into_owned();
    let arguments = ["install", "--quiet", "--root", &folder, program, "--version", version];
    // A version that is there already is left as it is.
    run(root, "cargo", &arguments)?;
    let runner = Path::new(&folder).join("bin").join(program).to_string_lossy().into_owned();
    let arguments = ["bench", "--quiet", "--package", "benches", "--bench", "instructions"];
    run_with(root, "cargo", &arguments, &[("GUNGRAUN_RUNNER", &runner)])
}

/// The interpreter of an environment with the peers and the wheel.
fn environment(root: &Path, target: &Path, wheel: &Path) -> Result<PathBuf, String> {
    let python = python::environment(root, &target.join("python"), &format!("{PEERS}/requirements.txt"))?;
    python::install_wheel(root, &python, wheel)?;
    Ok(python)
}

/// A folder with the scripts, the peers of Node and the package: modules look for packages above where they lie.
fn node(root: &Path, folder: &Path, package: &Path) -> Result<(), String> {
    copied(&root.join(PEERS).join("node"), folder)?;
    run(folder, "npm", &["ci", "--silent", "--prefer-offline", "--no-audit", "--no-fund"])?;
    copied(package, &folder.join("node_modules/customer-success"))
}
