//! The review by the principles as its users meet it: called with a command line, read as text and as files.
#![expect(clippy::unwrap_used, reason = "the helpers stop where a test itself would")]

use std::path::{Path, PathBuf};

use cs_core::Unwatched;
use examples::program::{Ink, Outcome};
use examples::review::REVIEW;

/// Whether it worked, what it wrote and what it complained of.
fn called(line: &str) -> (Outcome, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = line.split_whitespace().map(Into::into);
    let outcome = REVIEW.run(arguments, Ink::Plain, &Unwatched, &mut out, &mut err);
    (outcome, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// A file of this run of the tests.
fn file(name: &str) -> String {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).to_str().unwrap().to_owned()
}

fn written(name: &str, content: &str) -> String {
    let path = file(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_synthetic_company_is_reviewed_unless_there_is_another() {
    let [page, markdown, json] = ["review.html", "review.md", "review.json"].map(file);
    let (outcome, text, complaints) =
        called(&format!("--synthetic 300 --seed 4 --html {page} --markdown {markdown} --json {json}"));
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""), "{text}");
    assert!(text.starts_with("Customer success review, 2025-12-31\n"), "{text}");
    for part in ["Verdicts\n", "What was found\n", "What to do\n", "What could not be assessed\n", "What was read\n"] {
        assert!(text.contains(part), "{text}");
    }
    for principle in ["right_customer", "natural_drift", "wildly_successful", "monitor_health", "time_to_value"] {
        assert!(text.lines().any(|line| line.contains(principle)), "{principle} in {text}");
    }
    let [page, markdown, json] = [page, markdown, json].map(|path| read(&path));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<svg") && !page.contains("src="));
    assert!(markdown.starts_with("# Customer success review\n"), "{markdown}");
    assert!(json.starts_with(r#"{"schema":"review","#), "{}", &json[..80]);
}

/// The day, the language, the edition and the thresholds are those of the call.
#[test]
fn what_is_asked_is_told() {
    let settings = written("strict.json", r#"{"bounds": {"attention_above": 0, "fail_above": 0}}"#);
    let page = file("asked.html");
    let line =
        format!("--synthetic 300 --html {page} --as-of 2025-06-30 --edition 2021 --settings {settings} --locale ja");
    let (outcome, text, complaints) = called(&line);
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    assert!(text.contains("2025-06-30, as asked") && !text.contains("natural_drift"), "{text}");
    let verdict = text.lines().find(|line| line.trim_start().starts_with("monitor_health  fail")).is_some();
    assert!(verdict, "{text}");
    assert!(read(&page).contains("<html lang=\"ja\">"));
}

/// What one review found is not new in the next.
#[test]
fn the_json_of_one_review_is_what_the_next_compares_with() {
    let [page, first, second] = ["between.html", "first.json", "second.json"].map(file);
    let call = |day: &str, more: &str| called(&format!("--synthetic 200 --as-of {day} --html {page} {more}"));
    assert_eq!(call("2025-09-30", &format!("--json {first}")).0, Outcome::Reviewed);
    assert_eq!(call("2025-12-31", &format!("--json {second} --previous {first}")).0, Outcome::Reviewed);
    assert!(!read(&first).contains("\"persisting\"") && read(&second).contains("\"persisting\""));
    let (outcome, _, complaints) = call("2025-06-30", &format!("--previous {second}"));
    assert_eq!(outcome, Outcome::WrongCall);
    assert!(complaints.contains("which is after"), "{complaints}");
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let page = file("wrong.html");
    for (option, content, sentence) in [
        ("--settings", "{", "the settings cannot be read: "),
        ("--settings", r#"{"natural_drift": {"max_fall": 2}}"#, "settings.natural_drift.max_fall"),
        ("--previous", "{}", "it has no findings"),
    ] {
        let path = written("wrong.json", content);
        let (outcome, text, complaints) = called(&format!("--synthetic 20 --html {page} {option} {path}"));
        assert_eq!((outcome, text.as_str()), (Outcome::WrongCall, ""), "{complaints}");
        assert!(complaints.starts_with("review: ") && complaints.contains(sentence), "{complaints}");
        assert!(complaints.contains("\nusage: review "), "{complaints}");
    }
    let (outcome, _, complaints) = called("--synthetic 20 --settings no.json");
    assert_eq!(outcome, Outcome::WrongCall);
    assert!(complaints.contains("the settings in `no.json` cannot be read"), "{complaints}");
    let (outcome, _, complaints) = called("--synthetic 20 --html no/such/folder/page.html");
    assert_eq!(outcome, Outcome::Refused);
    assert!(complaints.contains("the page `no/such/folder/page.html` could not be written"), "{complaints}");
}

#[test]
fn a_book_without_contracts_is_refused() {
    let contracts = written("none.csv", "contract_id,customer_id,start_date,mrr\n");
    let (outcome, text, complaints) = called(&format!("--contracts {contracts} --currency USD"));
    assert_eq!((outcome, text.as_str()), (Outcome::Refused, ""));
    assert!(complaints.contains("there is nothing to review: no contract was accepted"), "{complaints}");
}

/// It is called in the folder of the examples, and not in that of the README.
#[test]
fn the_command_of_the_readme_works() {
    let readme = include_str!("../../../README.md");
    let command = readme.split("--example review -- ").nth(1).unwrap().split("```").next().unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let command = command.replace("examples/data", here.to_str().unwrap()).replace('\\', " ");
    let [page, json] = ["readme.html", "readme.json"].map(file);
    let (outcome, text, complaints) = called(&format!("{} --html {page}", command.replace("january.json", &json)));
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    assert!(text.contains("Customer success review, 2026-01-31"), "{text}");
    assert!(text.contains("time_to_value: stuck") && text.contains("milestones.first_value"), "{text}");
}
