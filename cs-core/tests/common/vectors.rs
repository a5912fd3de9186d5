//! The conformance vectors: books, calls, and the exact bytes that every language answers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test stops where things are not as it expects"
)]

use std::fs;
use std::path::{Path, PathBuf};

use cs_core::{Error, Json, Limits, Portfolio, TABLES, Unwatched, wire};

/// The files of all vectors.
pub(crate) fn vectors() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut vectors: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    vectors.sort();
    vectors
}

/// What a vector has under the names of the tables and this ending.
pub(crate) fn given<'v>(vector: &'v Json, ending: &str) -> Vec<(&'static str, &'v Json)> {
    let tables = TABLES.iter().map(|spec| spec.name);
    tables.filter_map(|table| Some((table, vector.get(&format!("{table}{ending}"))?))).collect()
}

/// The portfolio of a vector.
pub(crate) fn load(vector: &Json) -> Result<Portfolio, Error> {
    let options = vector.get("options").unwrap();
    let (tables, files) = (given(vector, ""), given(vector, "_csv"));
    assert!(tables.is_empty() || files.is_empty(), "all tables of a vector are of one form");
    if files.is_empty() {
        let input = |(table, rows)| Ok((table, wire::rows(table, rows, &Limits::default())?));
        let tables = tables.into_iter().map(input).collect::<Result<_, Error>>()?;
        return wire::from_tables(tables, options, &Unwatched);
    }
    let bytes = |(table, file): (&'static str, &'_ Json)| match file {
        Json::Text(text) => (table, text.clone()),
        _ => panic!("a file is a text"),
    };
    let files: Vec<(&str, String)> = files.into_iter().map(bytes).collect();
    wire::from_csv(files.iter().map(|(table, text)| (*table, text.as_bytes())).collect(), options, &Unwatched)
}

/// What a call gives.
pub(crate) fn answer(portfolio: &Portfolio, call: &Json) -> Result<String, Error> {
    let Some(Json::Text(operation)) = call.get("operation") else { panic!("a call names its operation") };
    let arguments = call.get("arguments").unwrap();
    match operation.as_str() {
        "load_report" => Ok(portfolio.load_report().to_object().to_string()),
        "observed_until" => {
            let day = portfolio.observed_until().map(|day| Json::Text(day.to_string()));
            Ok(day.unwrap_or(Json::Null).to_string())
        }
        "table" => {
            let Some(Json::Text(name)) = arguments.get("name") else { panic!("a table has a name") };
            portfolio.table(name).map(|table| table.to_json())
        }
        "partial" => {
            let Some(Json::Text(operation)) = arguments.get("operation") else { panic!("a partial has an operation") };
            let rest = arguments.as_object().unwrap().iter().filter(|(name, _)| name != "operation").cloned();
            let bytes = wire::partial(portfolio, operation, &[], &Json::Object(rest.collect()), &Unwatched)?;
            Ok(String::from_utf8(bytes).unwrap())
        }
        "merge" => {
            let partials: Vec<&str> =
                arguments.get("partials").unwrap().as_array().unwrap().iter().filter_map(Json::as_text).collect();
            wire::merge(&partials).map(|table| table.to_json())
        }
        "shifted_beta_geometric" => {
            let Some(Json::Text(method)) = arguments.get("method") else { panic!("a model is asked by a method") };
            let rest = arguments.as_object().unwrap().iter().filter(|(name, _)| name != "method").cloned();
            let name = format!("shifted_beta_geometric.{method}");
            wire::asked(&name, &Json::Object(rest.collect())).map(|answer| answer.to_string())
        }
        name if name.starts_with("review.") => {
            // The locale is asked of the form, all else of the review.
            let (of_form, rest): (Vec<_>, Vec<_>) =
                arguments.as_object().unwrap().iter().cloned().partition(|(name, _)| name == "locale");
            match wire::run(portfolio, "review", &Json::Object(rest), &Unwatched)? {
                wire::Answer::Report(report) => {
                    let form = name.trim_start_matches("review.");
                    wire::written_report(&report, form, &Json::Object(of_form)).map(|text| Json::Text(text).to_string())
                }
                _ => panic!("a review is a report"),
            }
        }
        name if name.starts_with("metrics.") => wire::asked(name, arguments).map(|answer| answer.to_string()),
        name if wire::FUNCTIONS.iter().copied().flatten().any(|function| function.name == name) => {
            wire::call(name, Vec::new(), arguments).map(|table| table.to_json())
        }
        _ => wire::run(portfolio, operation, arguments, &Unwatched).map(|answer| answer.to_json()),
    }
}

/// What all calls of a vector give, a line each.
pub(crate) fn answers(vector: &Json) -> String {
    let told = |result: Result<String, Error>| result.unwrap_or_else(|error| wire::error_object(&error).to_string());
    match load(vector) {
        Err(error) => told(Err(error)) + "\n",
        Ok(portfolio) => {
            let Some(Json::Array(calls)) = vector.get("calls") else { panic!("a vector has calls") };
            calls.iter().map(|call| told(answer(&portfolio, call)) + "\n").collect()
        }
    }
}

/// Compares what all vectors give with what they are to give, or writes that anew.
pub(crate) fn compare(is_blessed: bool) {
    let vectors = vectors();
    for path in &vectors {
        let vector = Json::parse(&fs::read_to_string(path).unwrap()).unwrap();
        let answers = answers(&vector);
        let expected = path.with_extension("expected");
        if is_blessed {
            fs::write(&expected, &answers).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        for (line, (answer, expected)) in answers.lines().zip(expected.lines()).enumerate() {
            assert_eq!(answer, expected, "{}, answer {}", path.display(), line + 1);
        }
        assert_eq!(answers, expected, "{}", path.display());
    }
    println!("{} vectors", vectors.len());
    // A folder that is not found, or a file that is lost, is no success.
    assert_eq!(vectors.len().to_string(), COUNT.trim());
}

/// How many vectors there are, in every language.
const COUNT: &str = include_str!("../../conformance/COUNT");
