//! The Python wheel: built, installed where nothing else is, and tested there.

use std::path::{Path, PathBuf};

use crate::tools::{counted, has, install, read, run, run_with, unnamed_folders};

/// The interpreter of the environment that the wheel is tested in, with everything that the tests need.
fn of_tests(root: &Path) -> Result<PathBuf, String> {
    environment(root, &root.join("target/python"), "cs-python/requirements-dev.txt")
}

/// The interpreter of an environment in a folder, with what is required.
pub(crate) fn environment(root: &Path, folder: &Path, requirements: &str) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    if !python.exists() {
        if !has("python3") {
            install(&["python3", "python3-venv"])?;
        }
        let target = folder.to_string_lossy().into_owned();
        run(root, "python3", &["-m", "venv", &target])?;
    }
    run(root, &python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements])?;
    Ok(python)
}

/// Builds the wheel; gives its path.
pub(crate) fn wheel(root: &Path) -> Result<PathBuf, String> {
    let python = of_tests(root)?;
    let out = root.join("target/wheels");
    // Only the wheel of this build is to be found there.
    let _ = std::fs::remove_dir_all(&out);
    let target = out.to_string_lossy().into_owned();
    let build = ["-m", "maturin", "build", "--quiet", "--release", "--out", &target];
    // The same wheel wherever it is built.
    let flags = unnamed_folders(root).join("\u{1f}");
    run_with(&root.join("cs-python"), &python, &build, &[("CARGO_ENCODED_RUSTFLAGS", &flags)])?;
    let mut found = std::fs::read_dir(&out).map_err(|error| format!("{target}: {error}"))?.filter_map(Result::ok);
    let wheel = found.next().ok_or("the wheel was not built")?.path();
    let size = wheel.metadata().map(|data| data.len()).unwrap_or_default();
    println!("wheel: {:.2} MB", size as f64 / 1e6);
    Ok(wheel)
}

/// The interpreter with the wheel of these sources installed.
fn installed(root: &Path) -> Result<PathBuf, String> {
    let wheel = wheel(root)?;
    let python = of_tests(root)?;
    install_wheel(root, &python, &wheel)?;
    Ok(python)
}

/// Installs a wheel in an environment, in the place of one of the same version.
pub(crate) fn install_wheel(root: &Path, python: &Path, wheel: &Path) -> Result<(), String> {
    let wheel = wheel.to_string_lossy();
    run(root, python, &["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", &wheel])
}

/// Compares the library with the reference model on COUNT random calls, the first of them of the seed FIRST.
pub(crate) fn model(root: &Path, arguments: &[String]) -> Result<(), String> {
    let number = |position: usize, otherwise: u64| match arguments.get(position) {
        None => Ok(otherwise.to_string()),
        Some(text) => text.parse::<u64>().map(|number| number.to_string()).map_err(|_| format!("{text} is no number")),
    };
    let (first, count) = (number(0, 0)?, number(1, 1_000_000)?);
    run(&root.join("cs-python"), installed(root)?, &["tests/model_calls.py", &first, &count])
}

/// Installs the wheel and runs everything that is Python; gives the number of tests.
pub(crate) fn test(root: &Path) -> Result<u64, String> {
    let python = installed(root)?;
    let folder = root.join("cs-python");
    let tests = read(&folder, &python, &["-m", "pytest"]);
    println!("{}", tests.as_ref().unwrap_or_else(|message| message).trim_end());
    let tests = tests.map_err(|_| "pytest failed".to_owned())?;
    run(&folder, &python, &["-m", "doctest", "python/customer_success/__init__.py"])?;
    run(&folder, &python, &["-m", "mypy", "--strict", "tests/typing_check.py"])?;
    run(&folder, &python, &["-m", "mypy.stubtest", "customer_success", "--allowlist", "stubtest-allowlist.txt"])?;
    let model = root.join("cs-core/conformance/model");
    let of_model = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--numprocesses", "auto", "test_model.py"];
    let told = read(&model, &python, &of_model).inspect_err(|message| println!("{message}"));
    let told = told.map_err(|_| "the tests of the reference model failed".to_owned())?;
    println!("reference model: {}", told.lines().last().unwrap_or_default());
    Ok(counted(&tests, "passed"))
}
