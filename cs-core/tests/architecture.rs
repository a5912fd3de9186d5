//! What the sources must be so that the library stays what it says: arrows run downward, floats and decimals stay
//! where they are watched, and nothing reads a clock or dice.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "these are tests outside of test functions: what cannot be looked at has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The vocabulary: each module, and the ones that it is made of.
const VOCABULARY: [(&str, &[&str]); 22] = [
    ("locale", &["word"]),
    ("docs", &[]),
    ("error", &["word"]),
    ("faults", &["error", "order"]),
    ("draws", &["order"]),
    ("float", &[]),
    ("order", &[]),
    ("parts", &[]),
    ("text", &["order"]),
    ("interner", &["parts", "text"]),
    ("word", &[]),
    ("json", &["error", "float"]),
    ("ratio", &["float", "word"]),
    ("reading", &["error", "json", "money", "period", "word"]),
    ("watch", &["error"]),
    ("currency", &["error"]),
    ("money", &["currency", "error", "ratio"]),
    ("period", &["error", "word"]),
    ("definitions", &["docs", "error", "json", "money", "period", "word"]),
    (
        "table",
        &[
            "currency",
            "definitions",
            "docs",
            "error",
            "float",
            "interner",
            "json",
            "locale",
            "money",
            "parts",
            "period",
            "ratio",
            "text",
            "word",
        ],
    ),
    ("figure", &["error", "float", "interner", "json", "locale", "money", "order", "period", "table", "word"]),
    ("lib", &[]),
];
/// What is built of the vocabulary, lowest first: each may use those before it.
const LAYERS: [&str; 20] = [
    "portfolio",
    "synthetic",
    "query",
    "sums",
    "ledger",
    "metrics",
    "renewal",
    "forecast",
    "success",
    "worth",
    "attention",
    "health",
    "board",
    "principles",
    "review",
    "functions",
    "operations",
    "catalogue",
    "partial",
    "wire",
];

/// Lines of a file at most.
const LONGEST_FILE: usize = 500;

/// A source file without its tests and comments.
struct Source {
    /// From the folder of sources, such as `table/json.rs`.
    name: String,
    /// The module of the crate's root that it belongs to.
    module: String,
    lines: usize,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source file");
            let name = path.strip_prefix(&root).expect("a file below the root").to_string_lossy().replace('\\', "/");
            let module = name.split('/').next().expect("a name").trim_end_matches(".rs").to_owned();
            sources.push(Source { module, lines: text.lines().count(), code: code(&text), name });
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(sources.len() > 20, "the sources are not where they were");
    sources
}

/// The part of a file that is built into the library: unit tests stand at its end.
fn code(text: &str) -> String {
    let built = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = built.lines().map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line.split(" // ").next().unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What follows each `prefix` as a name, and the empty text where something else does.
fn names_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let name = |from: &'a str| from.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    code.split(prefix).skip(1).map(name).collect()
}

/// Fails if a file, other than those named, contains one of these.
fn keep_out(words: &[&str], but_in: &[&str]) {
    for source in sources().iter().filter(|source| !but_in.contains(&source.name.as_str())) {
        for word in words {
            assert!(!source.code.contains(word), "{} has {word}", source.name);
        }
    }
}

#[test]
fn every_room_stands_in_the_design() {
    let design = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../DESIGN.md")).expect("DESIGN.md");
    // The rows of the table of rooms: a name, what the room holds, what it may know.
    let rooms: BTreeMap<&str, &str> = design
        .lines()
        .filter_map(|line| match line.split('|').map(str::trim).collect::<Vec<_>>()[..] {
            ["", room, _, knows, ""] => Some((room.trim_matches('`'), knows)),
            _ => None,
        })
        .collect();
    for module in VOCABULARY.iter().map(|(module, _)| *module).chain(LAYERS).filter(|module| *module != "lib") {
        assert!(rooms.contains_key(module), "the table of rooms lacks {module}");
    }
    // What is made of most others says so in words.
    for (module, made_of) in VOCABULARY.iter().filter(|(module, _)| !["figure", "lib", "table"].contains(module)) {
        let expected = made_of.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        assert_eq!(rooms[module], if made_of.is_empty() { "nothing of ours" } else { &expected }, "{module}");
    }
}

#[test]
fn arrows_run_downward() {
    let vocabulary: BTreeMap<&str, BTreeSet<&str>> =
        VOCABULARY.iter().map(|(module, made_of)| (*module, made_of.iter().copied().collect())).collect();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        for name in names_after(&source.code, "crate::") {
            let known = vocabulary.contains_key(name) || LAYERS.contains(&name);
            assert!(known, "{} names {name:?}, not a module of the library", source.name);
            if name != source.module {
                used.entry(source.module.clone()).or_default().insert(name.to_owned());
            }
        }
    }
    for (module, found) in &used {
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        match LAYERS.iter().position(|layer| layer == module) {
            Some(height) => {
                for name in found {
                    let below = vocabulary.contains_key(name) || LAYERS[..height].contains(&name);
                    assert!(below, "{module} looks up at {name}");
                }
            }
            None => {
                let allowed = vocabulary.get(module.as_str()).expect("a module of the vocabulary or of a layer");
                assert_eq!(&found, allowed, "what {module} is made of");
            }
        }
    }
}

#[test]
fn no_path_goes_round_the_arrows() {
    for source in sources() {
        let is_root = !source.name.contains('/') || source.name.ends_with("/mod.rs");
        let up = if is_root { "super::" } else { "super::super::" };
        assert!(!source.code.contains(up), "{} reaches out of its module by {up}", source.name);
        assert!(!source.code.contains("crate::{"), "{} imports from the root, where names hide modules", source.name);
    }
}

/// A folder of the sources: its files and what they name of each other.
struct Room<'a> {
    folder: &'a str,
    /// `mod`, which is the face that the room shows, and the other files by their names.
    files: BTreeMap<&'a str, &'a str>,
    /// What the face has from its files: a name, and the file that it is of.
    shown: BTreeMap<&'a str, &'a str>,
}

impl<'a> Room<'a> {
    fn of(folder: &'a str, sources: &'a [Source]) -> Self {
        let within = |source: &'a Source| source.name.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs");
        let files: BTreeMap<&str, &str> =
            sources.iter().filter_map(|source| Some((within(source)?, source.code.as_str()))).collect();
        let uses = files[FACE].split("use ").skip(1).filter_map(|text| text.split(';').next());
        let shown = uses.filter_map(|path| path.split_once("::")).flat_map(|(file, names)| {
            let names = names.split(['{', '}', ',', ':']).map(str::trim).filter(|name| !name.is_empty());
            names.map(move |name| (name.rsplit(' ').next().unwrap_or(name), file))
        });
        let shown = shown.filter(|(_, file)| files.contains_key(file)).collect();
        Self { folder, files, shown }
    }

    /// The other files of the room that a file names, by themselves or by what they hold.
    fn named(&self, file: &'a str) -> BTreeSet<&'a str> {
        let code = self.files[file];
        let named: BTreeSet<&str> = if file == FACE {
            // What the face hands on is not its own business.
            let own = code.split(';').filter(|text| !text.contains("use ") && !text.contains("mod "));
            let words = own.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
            words.filter_map(|word| self.shown.get(word).copied()).collect()
        } else {
            // From within a room, by the room's own name too.
            let paths = ["super::".to_owned(), format!("crate::{}::", self.folder)];
            let one = paths.iter().flat_map(|path| names_after(code, path));
            let lists = paths.iter().flat_map(|path| {
                let lists: Vec<&str> = code.split(&format!("{path}{{")).skip(1).collect();
                lists.into_iter().filter_map(|text| text.split("};").next())
            });
            let several = lists.flat_map(|text| text.split([',', '{', '}'])).map(str::trim);
            let all = one.chain(several.map(|text| text.split([':', ' ']).next().unwrap_or("")));
            all.filter(|name| !name.is_empty()).map(|name| self.file_of(name)).collect()
        };
        named.into_iter().filter(|other| *other != file).collect()
    }

    /// The file that a name of the room is of, which may be the file's own.
    fn file_of(&self, name: &str) -> &'a str {
        let file = self.files.keys().find(|file| **file == name).copied();
        file.or_else(|| self.shown.get(name).copied()).unwrap_or(FACE)
    }
}

/// The file of a room that says what it shows.
const FACE: &str = "mod";

#[test]
fn no_arrows_between_the_files_of_a_room_make_a_circle() {
    let sources = sources();
    let folders: BTreeSet<&str> =
        sources.iter().filter_map(|source| source.name.rsplit_once('/')).map(|(folder, _)| folder).collect();
    assert!(folders.len() > 8, "{folders:?}");
    let mut arrows = 0;
    for folder in folders {
        let room = Room::of(folder, &sources);
        let mut rest: BTreeMap<&str, BTreeSet<&str>> =
            room.files.keys().map(|file| (*file, room.named(file))).collect();
        arrows += rest.values().map(BTreeSet::len).sum::<usize>();
        // What names nothing that is left is taken away, until nothing is.
        loop {
            let left: BTreeSet<&str> = rest.keys().copied().collect();
            rest.retain(|_, named| named.iter().any(|name| left.contains(name)));
            if rest.len() == left.len() {
                break;
            }
        }
        assert!(rest.is_empty(), "a circle is in {folder}: {rest:?}");
    }
    assert!(arrows > 200, "{arrows} arrows were found");
}

#[test]
fn files_can_be_read_in_one_sitting() {
    for source in sources() {
        assert!(source.lines <= LONGEST_FILE, "{} has {} lines", source.name, source.lines);
    }
}

#[test]
fn transcendental_functions_have_one_home() {
    let methods = [
        "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "powi", "sqrt", "cbrt", "sin", "cos",
        "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "hypot", "gamma", "mul_add",
    ];
    let calls: Vec<String> = methods.iter().flat_map(|name| [format!(".{name}("), format!("f64::{name}")]).collect();
    keep_out(&calls.iter().map(String::as_str).collect::<Vec<_>>(), &["float.rs"]);
}

#[test]
fn nothing_reads_a_clock_the_environment_or_dice() {
    keep_out(
        &[
            "SystemTime",
            "Instant",
            "std::time",
            "Local::",
            "Utc::",
            "chrono::Local",
            "chrono::Utc",
            "std::env::",
            "rand::",
            "getrandom",
        ],
        &[],
    );
    let manifest =
        |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a manifest");
    assert!(!manifest("Cargo.toml").contains("rand"), "the core depends on dice");
    let chrono = manifest("../Cargo.toml").lines().find(|line| line.starts_with("chrono")).expect("chrono").to_owned();
    assert!(chrono.contains("default-features = false") && !chrono.contains("\"clock\""), "chrono has a clock");
}

#[test]
fn nothing_is_printed() {
    keep_out(&["println!", "print!(", "dbg!"], &[]);
}

#[test]
fn decimals_stay_at_the_edge() {
    // Operators of decimals panic, so that the fewer files know the type, the better it can be watched.
    let edge = [
        "attention/asked.rs",
        "metrics/formulas/amounts.rs",
        "metrics/formulas/list.rs",
        "money.rs",
        "portfolio/contracts.rs",
        "portfolio/customers.rs",
        "portfolio/input.rs",
        "portfolio/kinds.rs",
        "query/arguments.rs",
    ];
    let found: Vec<String> =
        sources().into_iter().filter(|source| source.code.contains("rust_decimal")).map(|source| source.name).collect();
    assert_eq!(found, edge);
    // What rounds, guesses or panics: the plain parser rounds, conversions of floats guess.
    keep_out(
        &[
            "Decimal::from_str(",
            "Decimal::from_f",
            "from_f32",
            "from_f64",
            "to_f32",
            "to_f64",
            "round_dp",
            "Decimal::new(",
            "Decimal::from_i128_with_scale",
            "Decimal::from_parts",
            "Decimal::ONE",
            "MathematicalOps",
        ],
        &[],
    );
}

#[test]
fn money_is_no_float() {
    let floats: BTreeSet<String> = sources()
        .into_iter()
        .filter(|source| source.code.contains("f64") || source.code.contains("f32"))
        .map(|source| source.name)
        .collect();
    // Scores and ratios, and the values of a host before they are believed.
    let allowed = [
        "attention/asked.rs",
        "attention/served.rs",
        "attention/touch_capacity.rs",
        "attention/touch_load.rs",
        "attention/touch_model.rs",
        "attention/touch_plan.rs",
        "board/drilldown/answers.rs",
        "board/drilldown/contract_sizes.rs",
        "board/drilldown/discounts.rs",
        "board/drilldown/expansion.rs",
        "board/drilldown/industries.rs",
        "board/drilldown/products.rs",
        "board/kpis/benchmarks.rs",
        "board/kpis/evidence.rs",
        "board/kpis/kpi.rs",
        "board/kpis/lines.rs",
        "board/kpis/report.rs",
        "board/kpis/targets.rs",
        "board/kpis/usage.rs",
        "board/kpis/values.rs",
        "draws.rs",
        "figure/backtests.rs",
        "figure/forecast/compared.rs",
        "figure/forecast/counts.rs",
        "figure/forecast/curves.rs",
        "figure/forecast/money.rs",
        "figure/layout.rs",
        "figure/mod.rs",
        "figure/retained.rs",
        "figure/revenue.rs",
        "figure/reviewed.rs",
        "figure/scale.rs",
        "figure/scores.rs",
        "figure/source.rs",
        "figure/svg.rs",
        "figure/vega.rs",
        "float.rs",
        "forecast/course.rs",
        "forecast/cumulative_incidence.rs",
        "forecast/estimate.rs",
        "forecast/false_discovery.rs",
        "forecast/incidence.rs",
        "forecast/kaplan_meier.rs",
        "forecast/log_rank.rs",
        "forecast/log_rank_test.rs",
        "forecast/maximum.rs",
        "forecast/months.rs",
        "forecast/restricted_mean.rs",
        "forecast/retention_model.rs",
        "forecast/retention_projection.rs",
        "forecast/shifted_beta_geometric.rs",
        "forecast/subjects.rs",
        "forecast/survival.rs",
        "forecast/survival_comparison.rs",
        "health/aggregate.rs",
        "health/backtest/baselines.rs",
        "health/backtest/by_band.rs",
        "health/backtest/calibration.rs",
        "health/backtest/comparison.rs",
        "health/backtest/days.rs",
        "health/backtest/fit.rs",
        "health/backtest/lift.rs",
        "health/backtest/logistic.rs",
        "health/backtest/plan.rs",
        "health/backtest/ranking.rs",
        "health/backtest/report.rs",
        "health/backtest/summary.rs",
        "health/base.rs",
        "health/change.rs",
        "health/coverage.rs",
        "health/curve.rs",
        "health/evidence.rs",
        "health/explanation.rs",
        "health/marks.rs",
        "health/means.rs",
        "health/outlook.rs",
        "health/points.rs",
        "health/scores.rs",
        "health/scoring.rs",
        "health/standing.rs",
        "health/tally.rs",
        "json.rs",
        "metrics/cohorts.rs",
        "metrics/flow.rs",
        "metrics/formulas/amounts.rs",
        "metrics/formulas/answers.rs",
        "metrics/intervals.rs",
        "metrics/retention.rs",
        "order.rs",
        "portfolio/cases.rs",
        "portfolio/columns.rs",
        "portfolio/customers.rs",
        "portfolio/decode.rs",
        "portfolio/input.rs",
        "portfolio/kinds.rs",
        "portfolio/known.rs",
        "portfolio/outcomes.rs",
        "portfolio/signals.rs",
        "portfolio/surveys.rs",
        "principles/assessment.rs",
        "principles/comparison.rs",
        "principles/consequences.rs",
        "principles/finding.rs",
        "principles/monitor_health.rs",
        "principles/natural_drift.rs",
        "principles/right_customer.rs",
        "principles/signals.rs",
        "principles/thresholds.rs",
        "principles/time_to_value.rs",
        "principles/wildly_successful.rs",
        "query/arguments.rs",
        "query/given.rs",
        "ratio.rs",
        "renewal/committed.rs",
        "renewal/lines.rs",
        "renewal/renewals.rs",
        "review/checks.rs",
        "review/comparisons.rs",
        "review/evidence.rs",
        "review/forms.rs",
        "review/measured.rs",
        "review/told/proposed.rs",
        "review/verdicts.rs",
        "review/words/sentences.rs",
        "success/events.rs",
        "success/loyalty.rs",
        "success/onboarding.rs",
        "success/time_to_value.rs",
        "success/value_incidence.rs",
        "success/value_landmark.rs",
        "synthetic/rows.rs",
        "table/column.rs",
        "table/field.rs",
        "table/json.rs",
        "table/packed.rs",
        "table/reasoned.rs",
        "wire/shifted_beta_geometric.rs",
        "wire/texts.rs",
        "worth/lifetime_value.rs",
        "worth/second_order_revenue.rs",
    ];
    assert_eq!(floats, allowed.map(str::to_owned).into());
}

#[test]
fn every_source_is_a_module_of_the_map() {
    let root = sources().into_iter().find(|source| source.name == "lib.rs").expect("the map");
    let declared: BTreeSet<&str> = names_after(&root.code, "mod ").into_iter().collect();
    let sources = sources();
    let found: BTreeSet<&str> =
        sources.iter().map(|source| source.module.as_str()).filter(|module| *module != "lib").collect();
    assert_eq!(declared, found);
    let known: BTreeSet<&str> = VOCABULARY.map(|(module, _)| module).into_iter().chain(LAYERS).collect();
    assert!(found.is_subset(&known), "{found:?} has a module without a place in the layers");
}
