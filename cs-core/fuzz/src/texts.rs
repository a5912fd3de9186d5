//! Texts of JSON: any, switches, scorecards, tables, and the arguments of calls.

use cs_core::{Definitions, HealthState, Input, Json, Limits, Portfolio, Scorecard, Table, Unwatched, wire};

use crate::checks::{accounted, computed, refused, told};
use crate::dates::day;

const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";

const SIGNALS: &[u8] = b"customer_id,signal,observed_on,value,recorded_on\n\
    acme,active_users,2026-03-31,7,\nacme,active_users,2026-04-30,8,\nacme,mood,2026-04-01,-0.5,2026-04-02\n";
const ENGAGEMENTS: &[u8] = b"customer_id,date,kind,channel,two_way\nacme,2026-04-20,qbr,human,true\n";

/// Bytes as JSON: a value is its canonical text, and rows of objects are a table.
pub fn json(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Json::parse(text) {
        Err(problem) => told(&problem),
        Ok(json) => {
            let canonical = json.to_string();
            let again = Json::parse(&canonical).expect("canonical text is JSON");
            assert_eq!(again.to_string(), canonical);
            rows(&json);
        }
    }
}

fn rows(json: &Json) {
    match wire::rows("contracts", json, &Limits::default()) {
        Err(error) => refused(&error),
        Ok(input) => {
            let arguments = Json::object([
                ("currency", Json::from("USD")),
                ("on_invalid", Json::from("reject")),
                ("extra_columns", Json::from("ignore")),
            ]);
            match wire::from_tables(vec![("contracts", input)], &arguments, &Unwatched) {
                Err(error) => refused(&error),
                Ok(portfolio) => {
                    accounted(&portfolio);
                    computed(&portfolio, day("2025-12-31"), day("2027-01-02"));
                }
            }
        }
    }
}

/// Bytes as the JSON of switches: what is read is written as the same reading, and is followed or refused.
pub fn definitions(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let definitions = match Definitions::from_json(text) {
        Ok(definitions) => definitions,
        Err(error) => return refused(&error),
    };
    let again = Definitions::from_json(&definitions.to_json()).expect("a reading is read back");
    assert_eq!(again, definitions);
    assert_eq!(again.fingerprint(), definitions.fingerprint());
    assert!(definitions.diff(&again).is_empty());
    let default = Definitions::default();
    assert_eq!(default.diff(&definitions).is_empty(), default.fingerprint() == definitions.fingerprint());
    let portfolio = Portfolio::from_csv(CONTRACTS).currency("USD").load().expect("a valid book");
    match portfolio.movements(day("2026-01-31"), day("2026-05-01")).definitions(&definitions).run() {
        Ok(movements) => assert_eq!(movements.table().metadata().definitions.fingerprint(), definitions.fingerprint()),
        Err(error) => refused(&error),
    }
}

/// Bytes as the JSON of a scorecard: what is read is written as the same scorecard, and scores a book or is refused.
pub fn scorecards(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let scorecard = match Scorecard::from_json(text) {
        Ok(scorecard) => scorecard,
        Err(error) => return refused(&error),
    };
    let again = Scorecard::from_json(&scorecard.to_json()).expect("a scorecard is read back");
    assert_eq!(again, scorecard);
    assert_eq!(again.to_json(), scorecard.to_json());
    assert_eq!(again.fingerprint(), scorecard.fingerprint());
    let portfolio = Portfolio::from_csv(CONTRACTS)
        .signals(SIGNALS)
        .engagements(ENGAGEMENTS)
        .currency("USD")
        .load()
        .expect("a valid book");
    scorecard.lint_for(&portfolio).expect("a small book").iter().for_each(told);
    match portfolio.health(day("2026-04-30")).scorecard(&scorecard).run() {
        Err(error) => refused(&error),
        Ok(health) => {
            crate::checks::is_its_json(health.table());
            let row = health.rows().next().expect("a customer who pays");
            assert!(row.score.is_none_or(|score| (0.0..=100.0).contains(&score)));
            assert!(row.coverage.is_some_and(|coverage| (0.0..=1.0).contains(&coverage)));
            assert!(row.state == HealthState::Overridden || row.band.is_some() == row.score.is_some());
            let explained = portfolio.explain_health(day("2026-04-30")).scorecard(&scorecard).run();
            let explained = explained.expect("what is scored is explained");
            let millionths = |points: f64| (points * 1e6).round() as i64;
            let shares = explained.rows().filter_map(|row| row.contribution).map(millionths);
            assert_eq!(shares.sum::<i64>(), row.score.map_or(0, millionths));
        }
    }
}

/// Bytes as the JSON of a table: what is read is written as a table that is read as the same.
pub fn tables(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Table::from_json(text) {
        Ok(table) => crate::checks::is_its_json(&table),
        Err(error) => refused(&error),
    }
}

/// A line that names an operation, then the JSON of its arguments, which are tried on the constructors too.
pub fn arguments(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (operation, text) = text.split_once('\n').unwrap_or(("movements", text));
    let Ok(arguments) = Json::parse(text) else { return };
    let portfolio = Portfolio::from_csv(CONTRACTS).currency("USD").load().expect("a valid book");
    match wire::run(&portfolio, operation, &arguments, &Unwatched) {
        Ok(wire::Answer::Table(table)) => crate::checks::is_its_json(&table),
        Ok(answer) => assert!(Json::parse(&answer.to_json()).is_ok()),
        Err(error) => refused(&error),
    }
    for loaded in [
        wire::from_csv(vec![("contracts", CONTRACTS.as_bytes())], &arguments, &Unwatched),
        wire::from_csv(
            vec![("contracts", CONTRACTS.as_bytes()), ("customers", b"customer_id,tier\nacme,gold\n")],
            &arguments,
            &Unwatched,
        ),
        wire::from_tables(vec![("contracts", Input::with_rows(0))], &arguments, &Unwatched),
    ] {
        match loaded {
            Ok(portfolio) => accounted(&portfolio),
            Err(error) => refused(&error),
        }
    }
    assert!(Json::parse(&wire::surface().to_string()).is_ok());
}
