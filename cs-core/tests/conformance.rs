//! The conformance vectors: books, calls, and the exact bytes that every language answers.
//!
//! `CS_BLESS=1` writes the answers anew, to be read line by line before they are committed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where things are not as it expects")]

use std::fs;
use std::path::Path;

#[path = "common/prose.rs"]
mod prose;
#[path = "common/vectors.rs"]
mod vectors;

use cs_core::{Code, Error, Json, wire};
use vectors::{answer, given, load, vectors};

#[test]
fn every_vector_is_answered_to_the_byte() {
    vectors::compare(std::env::var_os("CS_BLESS").is_some());
}

/// The errors of vectors are among those that the surface says their calls give, and prose.
#[test]
fn every_error_is_declared_and_reads_well() {
    let surface = wire::surface();
    let list = |json: &Json, key: &str| match json.get(key) {
        Some(Json::Array(items)) => items.clone(),
        _ => panic!("there is no list {key}"),
    };
    let named = |list: &[Json], name: &str| list.iter().find(|json| json.get("name") == Some(&name.into())).cloned();
    let calls = ["constructors", "operations", "calculations"].map(|key| list(&surface, key)).concat();
    let mut seen = 0;
    let mut declared = |call: &str, error: &Error| {
        // `table` is no operation.
        let Some(call) = named(&calls, call) else { return };
        let codes = list(&named(&list(&call, "errors"), error.kind()).unwrap(), "codes");
        for problem in error.problems() {
            assert!(codes.contains(&Json::from(problem.code.name())), "{}: {problem}", problem.code);
            prose::check(problem).unwrap_or_else(|error| panic!("{problem}: {error}"));
            seen += 1;
        }
    };
    for path in vectors() {
        let vector = Json::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let constructor = if given(&vector, "_csv").is_empty() { "from_tables" } else { "from_csv" };
        match load(&vector) {
            Err(error) => declared(constructor, &error),
            Ok(portfolio) => {
                for call in list(&vector, "calls") {
                    let Some(Json::Text(operation)) = call.get("operation") else { panic!("a call has a name") };
                    let _ = answer(&portfolio, &call).inspect_err(|error| declared(operation, error));
                }
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

/// Rows that a table has whatever its book, such as one for each band or tier.
const FEW: usize = 5;

/// A result of more rows than a portfolio allows is refused, whatever the operation; but for the journal, which has a row for
/// each movement: neither groups nor periods multiply it.
#[test]
fn no_result_has_more_rows_than_it_may() {
    let mut seen = 0;
    for path in vectors() {
        let vector = Json::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        let Ok(portfolio) = load(&vector) else { continue };
        for call in vector.get("calls").unwrap().as_array().unwrap() {
            let name = call.get("operation").and_then(Json::as_text).unwrap();
            if name == "journal" || !wire::OPERATIONS.iter().any(|operation| operation.name == name) {
                continue;
            }
            let given = answer(&portfolio, call).map(|text| Json::parse(&text).unwrap());
            let rows = given.ok().and_then(|given| Some(given.get("rows")?.as_array()?.len()));
            let Some(fewer) = rows.filter(|rows| *rows > FEW).map(|rows| rows - 1) else { continue };
            let found = answer(&load(&with_limit(&vector, fewer)).unwrap(), call);
            let code = found.as_ref().err().and_then(|error| Some(error.problems().first()?.code));
            assert_eq!(code, Some(Code::LimitExceeded), "{}: {name}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 90, "{seen}");
}

/// A vector whose results may have so many rows.
fn with_limit(vector: &Json, rows: usize) -> Json {
    let set = |json: &Json, key: &str, value: Json| {
        let rest = json.as_object().unwrap_or_default().iter().filter(|(name, _)| name != key).cloned();
        Json::Object(rest.chain([(key.to_owned(), value)]).collect())
    };
    let options = vector.get("options").unwrap();
    let limits = set(options.get("limits").unwrap_or(&Json::Null), "result_rows", Json::Integer(rows as i64));
    set(vector, "options", set(options, "limits", limits))
}

/// Each switch has a vector in which it changes a number, and one in which it changes none though it might.
#[test]
fn every_switch_is_shown_at_work_and_at_rest() {
    let surface = wire::surface();
    let switches = surface.get("switches").unwrap().as_array().unwrap();
    let built = switches.iter().filter(|switch| switch.get("built") == Some(&Json::Flag(true)));
    let mut seen = 0;
    for name in built.filter_map(|switch| switch.get("name")?.as_text()) {
        let at_work = compared(name, &format!("switch_{name}"));
        assert!(at_work.contains(&false), "switch_{name} shows no number that the switch changes");
        let at_rest = compared(name, &format!("switch_{name}_untouched"));
        assert!(!at_rest.contains(&false), "switch_{name}_untouched shows a number that the switch changes");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

/// Of the calls of a vector that differ in one switch alone, for each but the first whether it gives the first's rows.
fn compared(switch: &str, vector: &str) -> Vec<bool> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("conformance/vectors/{vector}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("there is no vector {vector}"));
    let vector_json = Json::parse(&text).unwrap();
    let portfolio = load(&vector_json).unwrap();
    // Of each call without the switch, the rows of the first that had it so.
    let mut firsts: Vec<(String, Json)> = Vec::new();
    let mut same = Vec::new();
    for call in vector_json.get("calls").unwrap().as_array().unwrap() {
        let rest = without(call, switch);
        let rows = Json::parse(&answer(&portfolio, call).unwrap()).unwrap().get("rows").map(plain).unwrap();
        match firsts.iter().find(|(first, _)| *first == rest) {
            Some((_, first)) => same.push(*first == rows),
            None => firsts.push((rest, rows)),
        }
    }
    assert!(!same.is_empty(), "{vector} has no two calls that differ in {switch} alone");
    same
}

/// A call as text, its definitions without a switch.
fn without(call: &Json, switch: &str) -> String {
    let object = |json: &Json| json.as_object().unwrap_or_default().to_vec();
    let mut arguments = object(call.get("arguments").unwrap());
    let mut definitions = object(call.get("arguments").unwrap().get("definitions").unwrap_or(&Json::Null));
    arguments.retain(|(name, _)| name != "definitions");
    definitions.retain(|(name, _)| name != switch);
    format!("{} {} {}", call.get("operation").unwrap(), Json::Object(arguments), Json::Object(definitions))
}

/// Rows with amounts as the numbers that they are, however many digits are written.
fn plain(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(plain).collect()),
        Json::Object(entries) => {
            Json::Object(entries.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        Json::Text(text) if text.contains('.') => Json::from(text.trim_end_matches('0').trim_end_matches('.')),
        other => other.clone(),
    }
}

#[test]
fn the_exemplar_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/exemplar.json");
    assert_eq!(fs::read_to_string(path).unwrap().trim_end(), cs_core::exemplar().to_json());
}

#[test]
fn the_surface_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/surface.json");
    let committed = Json::parse(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(committed == wire::surface(), "the surface is another: cargo xtask surface writes it");
}
