//! What is written from the core's own description of its surface, and so cannot drift from it.

use std::path::{Path, PathBuf};

use cs_core::wire;

use crate::{docstrings, formulas, methods, stubs, typescript};

/// Every file that is made of the surface, with its text.
pub(crate) fn files(root: &Path) -> Vec<(PathBuf, String)> {
    let surface = wire::surface();
    let conformance = root.join("cs-core/conformance");
    let mut files = vec![
        (conformance.join("surface.json"), pretty(&surface)),
        (conformance.join("exemplar.json"), cs_core::exemplar().to_json() + "\n"),
        (root.join("cs-python/python/customer_success/_native.pyi"), stubs::python(&surface)),
        (root.join("cs-python/src/portfolio/operations.rs"), methods::rust(&surface)),
        (root.join("cs-python/src/portfolio/reports.rs"), methods::reports(&surface)),
        (root.join("cs-python/python/customer_success/_calculations.py"), stubs::calculations(&surface)),
        (root.join("cs-python/python/customer_success/metrics.py"), formulas::python(&surface)),
        (root.join("cs-wasm/js/surface.d.ts"), typescript::typescript(&surface)),
        (root.join("cs-wasm/js/models.js"), typescript::models(&surface)),
        (root.join("cs-wasm/js/operations.js"), typescript::javascript(&surface)),
    ];
    let folder = root.join("cs-python/src/docs");
    files.extend(
        docstrings::all(&surface).into_iter().map(|(name, text)| (folder.join(name).with_extension("txt"), text)),
    );
    files
}

/// Writes them.
pub(crate) fn write(root: &Path, _: &[String]) -> Result<(), String> {
    for (path, text) in files(root) {
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", path.strip_prefix(root).unwrap_or(&path).display());
    }
    Ok(())
}

/// The same JSON with a line for each value, so that a change reads well.
fn pretty(json: &cs_core::Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default() + "\n"
}
