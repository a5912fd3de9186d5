//! Health: who is well, who may leave, whether scores foretold it, and which scorecards and facts are refused.

use examples::program::Outcome;

use crate::{called, cells, file, review, small};

const SIGNALS: &str = include_str!("../../data/signals.csv");
const SCORECARD: &str = include_str!("../../data/scorecard.json");

/// The call for the small book with its facts.
fn with_facts(name: &str) -> Vec<String> {
    let signals = file(&format!("{name}-signals.csv"), SIGNALS);
    let scorecard = file(&format!("{name}-scorecard.json"), SCORECARD);
    let facts = ["--facts".to_owned(), format!("signals={signals}"), "--scorecard".to_owned(), scorecard];
    [small(name), facts.to_vec(), vec!["--as-of=2026-01-31".to_owned()]].concat()
}

#[test]
fn customers_are_told_by_band_and_by_what_may_become_of_them() {
    let page = file("healthy.html", "");
    let (outcome, text, complaints) = review([with_facts("healthy"), vec![format!("--html={page}")]].concat());
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    assert!(text.contains("by the scorecard seats"), "{text}");
    assert_eq!(cells(&text, "green")[..3], ["8", "25,303.33", "│"]);
    assert_eq!(cells(&text, "yellow")[..3], ["2", "605.00", "│"]);
    assert_eq!(cells(&text, "red")[..3], ["4", "3,420.00", "│"]);
    assert!(text.contains("suspected: 4 customers who pay $3,420.00"), "{text}");
    assert!(text.contains("not tested: of no day gone by are a score and what followed known"), "{text}");
    assert!(text.contains("\n  signals          172       172         ·      ·\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    let html = std::fs::read_to_string(page).unwrap();
    for told in [
        "14 of 14 customers who pay have a score, by the scorecard seats.",
        "4 customers who pay $3,420.00 may leave.",
        "<td>kestrel</td><td>suspected</td><td>worst band</td><td>16.7</td>",
        "Not tested: of no day gone by are a score and what followed known.",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[test]
fn scores_are_held_against_what_customers_then_did() {
    let (outcome, text, complaints) = called("--synthetic 1000");
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    assert!(text.contains("on 4 days from 2024-07-31 to 2025-04-30 scores foretold who left better"), "{text}");
    assert!(text.contains("\n  AUC 0.6"), "{text}");
    let share = |band: &str| cells(&text, band)[4].trim_end_matches('%').parse::<f64>().unwrap();
    assert!(share("green") < share("yellow") && share("yellow") < share("red"), "{text}");
    let few = called("--synthetic 60").1;
    assert!(few.contains("too few to tell whether scores foretell who leaves"), "{few}");
}

#[test]
fn without_facts_there_are_no_scores() {
    let text = review(small("factless")).1;
    assert!(text.contains("there is too little evidence for a score of any customer"), "{text}");
}

#[test]
fn what_cannot_be_a_scorecard_or_facts_is_refused() {
    for (name, content, sentence) in [
        ("broken.json", "{", "the scorecard cannot be read"),
        ("empty.json", "{}", "the key measures is missing"),
        ("none.json", "", "the scorecard cannot be read"),
    ] {
        let path = file(name, content);
        let (outcome, text, complaints) = called(&format!("--synthetic 20 --scorecard {path}"));
        assert_eq!((outcome, text.as_str()), (Outcome::WrongCall, ""), "{name}");
        assert!(complaints.contains(sentence), "{complaints}");
    }
    let complaints = called("--synthetic 20 --scorecard no/such/card.json").2;
    assert!(complaints.contains("the scorecard in `no/such/card.json` cannot be read"), "{complaints}");
    let signals = file("strangers.csv", "customer_id,signal,observed_on,value\nnobody,logins,2026-01-01,1\n");
    let (outcome, _, complaints) = review([small("strangers"), vec![format!("--facts=signals={signals}")]].concat());
    assert_eq!(outcome, Outcome::Refused);
    assert!(complaints.contains("nobody"), "{complaints}");
}
