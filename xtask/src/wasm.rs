//! The npm package: compiled to WebAssembly, bound to JavaScript, put together, and tested in Node and a browser.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

use crate::tools::{files, has, install, read, run, unnamed_folders};

const TARGET: &str = "wasm32-unknown-unknown";
const CHROMIUM: &str = "/usr/bin/chromium";

/// How many tests and conformance vectors ran.
pub(crate) struct Counts {
    /// Tests, those that drive a browser included.
    pub(crate) tests: u64,
    /// Vectors in Node.
    pub(crate) vectors_in_node: u64,
    /// Vectors in a browser.
    pub(crate) vectors_in_browser: u64,
}

/// Builds the package; gives its folder.
pub(crate) fn build(root: &Path) -> Result<PathBuf, String> {
    let sources = root.join("cs-wasm");
    tools_of_node(&sources)?;
    let built = |module: &Module| {
        let (glue, wasm) = bound(compiled(root, module)?)?;
        Ok::<_, String>((glue, optimised(&sources, &root.join("target"), module, wasm)?))
    };
    let (glue, wasm) = built(&WHOLE)?;
    let (of_review, review) = built(&REVIEW)?;
    let (of_analytics, analytics) = built(&ANALYTICS)?;
    if of_review != glue || of_analytics != glue {
        return Err("a smaller module is bound to JavaScript in another way".to_owned());
    }
    let modules = [("customer_success.wasm", &wasm), ("review.wasm", &review), ("analytics.wasm", &analytics)];
    let package = assembled(root, &glue, &modules)?;
    run(&sources, "node", &["tests/sizes.js"])?;
    Ok(package)
}

/// A module of the package.
struct Module {
    /// Of its build.
    arguments: &'static [&'static str],
    /// Of the compiler.
    flags: &'static [&'static str],
    /// What makes it smaller or faster.
    passes: &'static str,
}

/// All there is, and fast: additions of several numbers at a time are in all browsers since 2023.
const WHOLE: Module =
    Module { arguments: &["--profile", "wasm"], flags: &["-Ctarget-feature=+simd128"], passes: "-O3" };

/// What is downloaded by everybody who looks at a page: small, and for older browsers too.
const REVIEW: Module = Module {
    arguments: &["--profile", "wasm-small", "--no-default-features", "--features", "figures,health"],
    flags: &[],
    passes: "-Os",
};
const ANALYTICS: Module =
    Module { arguments: &["--profile", "wasm-small", "--no-default-features"], flags: &[], passes: "-Os" };

/// Builds the package and runs everything that is JavaScript.
pub(crate) fn test(root: &Path) -> Result<Counts, String> {
    build(root)?;
    if !Path::new(CHROMIUM).exists() {
        install(&["chromium"])?;
    }
    let sources = root.join("cs-wasm");
    for project in ["tests/types/browser.json", "tests/types/node.json"] {
        run(&sources, "node", &["node_modules/typescript/bin/tsc", "--project", project])?;
    }
    let files = files(&sources.join("tests"))?.map(|(name, _)| format!("tests/{}", name.to_string_lossy()));
    let mut files: Vec<String> = files.filter(|name| name.ends_with(".test.js")).collect();
    files.sort();
    let arguments = ["--test", "--test-reporter=tap"].into_iter().chain(files.iter().map(String::as_str));
    let tests = read(&sources, "node", &arguments.collect::<Vec<_>>());
    let text = tests.as_ref().unwrap_or_else(|message| message);
    if tests.is_err() {
        println!("{text}");
    }
    let counted = |line: &str| {
        let numbers =
            text.lines().filter_map(|found| found.trim_start().strip_prefix(line)?.trim().parse::<u64>().ok());
        numbers.sum()
    };
    let counts = Counts {
        tests: counted("# pass "),
        vectors_in_node: counted("# vectors in node: "),
        vectors_in_browser: counted("# vectors in a browser: "),
    };
    println!(
        "JavaScript: {} tests, {} vectors in Node, {} in a browser",
        counts.tests, counts.vectors_in_node, counts.vectors_in_browser
    );
    tests.map(|_| counts).map_err(|_| "the tests of the npm package failed".to_owned())
}

/// Node's own tools, in the versions of the lock file.
fn tools_of_node(sources: &Path) -> Result<(), String> {
    if !has("node") || !has("npm") {
        return Err("install Node 20.16 or later with npm and try again".to_owned());
    }
    run(sources, "npm", &["ci", "--silent", "--prefer-offline", "--no-audit", "--no-fund"])
}

/// The WebAssembly that the compiler gives, by the first toolchain that can.
fn compiled(root: &Path, module: &Module) -> Result<Vec<u8>, String> {
    let ordinary = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let has_target = || {
        let sysroot = read(root, "rustc", &["--print", "sysroot"]).unwrap_or_default();
        !sysroot.is_empty() && Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir()
    };
    if has_target() || (has("rustup") && run(root, "rustup", &["target", "add", TARGET]).is_ok() && has_target()) {
        return cargo_build(root, Command::new(ordinary), module, &[]);
    }
    debian(root, module)
}

/// Debian's compiler builds the standard library from source, where no toolchain can be downloaded.
fn debian(root: &Path, module: &Module) -> Result<Vec<u8>, String> {
    let (cargo, rustc, linker) = ("/usr/bin/cargo", "/usr/bin/rustc", "wasm-ld-22");
    let sources = "/usr/lib/rustlib/src/rust/library/std";
    let ready = || [cargo, rustc].iter().all(|path| Path::new(path).exists()) && has(linker);
    if !ready() || !Path::new(sources).exists() {
        let packages = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
        install(&packages).map_err(|sentence| {
            format!("{sentence}; or, with rustup, add the target {TARGET}, which needs a network that has its files")
        })?;
    }
    let mut command = Command::new(cargo);
    command.env_remove("RUSTUP_TOOLCHAIN").env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1");
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    // The ordinary toolchain's files are of another version.
    let folder = root.join("target/debian").to_string_lossy().into_owned();
    let building = ["-Z", "build-std=std,panic_abort", "--target-dir", &folder];
    cargo_build(root, command, module, &building)
}

/// Builds with a cargo; the paths of this machine stay out of the file, which is then the same on all of them.
fn cargo_build(root: &Path, mut cargo: Command, module: &Module, more: &[&str]) -> Result<Vec<u8>, String> {
    let arguments = ["build", "--package", "cs-wasm", "--target", TARGET];
    cargo.args(arguments).arg("--message-format=json-render-diagnostics").args(more).args(module.arguments);
    cargo.current_dir(root);
    let mut flags = unnamed_folders(root);
    // The loop that is not unrolled: definitions are short.
    flags.push("--cfg=sha2_backend_soft=\"compact\"".to_owned());
    flags.extend(module.flags.iter().map(|flag| (*flag).to_owned()));
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    let output = cargo.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{cargo:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{cargo:?} ended with {}", output.status));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    let files = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let files = files.filter(|message| message["target"]["name"] == "cs_wasm");
    let files = files.flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default());
    let mut files = files.filter_map(|file| file.as_str().filter(|file| file.ends_with(".wasm")).map(PathBuf::from));
    let file = files.next().ok_or("the compiler named no .wasm file")?;
    std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))
}

/// The module as the bindings call it, and the JavaScript that does.
///
/// The script for pages without modules is one function; wrapped into another, each call of that gives bindings of
/// their own, so that one instance can fail and the next be loaded.
fn bound(wasm: Vec<u8>) -> Result<(String, Vec<u8>), String> {
    let mut bindgen = Bindgen::new();
    let bindgen = bindgen.no_modules(true).and_then(|bindgen| bindgen.no_modules_global("bound"));
    let mut output = bindgen
        .and_then(|bindgen| {
            bindgen
                .input_bytes("customer_success", wasm)
                .encode_into(EncodeInto::Always)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate_output()
        })
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    let glue = format!(
        "/* Written by wasm-bindgen; each call gives the bindings of an instance of its own. */\n\
         export function bindings(FinalizationRegistry) {{\n{}\nreturn bound;\n}}\n",
        uncommented(output.js().trim())
    );
    Ok((glue, output.wasm_mut().emit_wasm()))
}

/// A script without the comments that documentation became: nobody reads them where they are downloaded.
fn uncommented(script: &str) -> String {
    let mut is_comment = false;
    let mut is_kept = |line: &&str| {
        let line = line.trim();
        let is_kept = !is_comment && !line.starts_with("/**");
        is_comment = !is_kept && !line.ends_with("*/");
        is_kept
    };
    script.lines().filter(|line| is_kept(line)).collect::<Vec<_>>().join("\n")
}

/// The module made smaller, or faster.
fn optimised(sources: &Path, target: &Path, module: &Module, wasm: Vec<u8>) -> Result<Vec<u8>, String> {
    let folder = target.join("npm");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let (before, after) = (folder.join("bound.wasm"), folder.join("optimised.wasm"));
    write(&before, &wasm)?;
    let (before, after) = (before.to_string_lossy(), after.to_string_lossy());
    let tool = "node_modules/binaryen/bin/wasm-opt";
    run(sources, "node", &[tool, module.passes, "--converge", &before, "-o", &after])?;
    std::fs::read(&*after).map_err(|error| format!("{after}: {error}"))
}

/// Puts the package together: what is written by hand, what was built, licences.
fn assembled(root: &Path, glue: &str, modules: &[(&str, &Vec<u8>)]) -> Result<PathBuf, String> {
    let sources = root.join("cs-wasm/js");
    let package = root.join("cs-wasm/pkg");
    let _ = std::fs::remove_dir_all(&package);
    std::fs::create_dir_all(&package).map_err(|error| format!("{}: {error}", package.display()))?;
    let licences = files(root)?.filter(|(name, _)| name.to_string_lossy().starts_with("LICENSE"));
    for (name, path) in files(&sources)?.chain(licences) {
        std::fs::copy(&path, package.join(name)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let manifest = std::fs::read_to_string(sources.join("package.json")).unwrap_or_default();
    if !manifest.contains(&format!("\"version\": \"{}\"", cs_core::VERSION)) {
        return Err(format!("cs-wasm/js/package.json is not of the version {}", cs_core::VERSION));
    }
    write(&package.join("glue.js"), glue.as_bytes())?;
    for (name, wasm) in modules {
        write(&package.join(name), wasm)?;
    }
    // The first has everything.
    let inline = modules.first().map(|(_, wasm)| base64(wasm)).unwrap_or_default();
    write(&package.join("wasm_inline.js"), format!("export default '{inline}';\n").as_bytes())?;
    Ok(package)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            out.push(if digit > three.len() { '=' } else { char::from(DIGITS[value as usize]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, uncommented};

    #[test]
    fn documentation_is_left_out() {
        let script = "/**\n * What it is.\n */\nclass Given {\n  /** Short. */\n  free() {}\n}";
        assert_eq!(uncommented(script), "class Given {\n  free() {}\n}");
    }

    #[test]
    fn base64_pads() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[251, 255, 191]), "+/+/");
    }
}
