//! Tables that no operation computes: a picture of one is drawn or refused, and never more than a few times its size.

use std::sync::LazyLock;

use cs_core::{Code, Error, Json, Locale, Portfolio, Table, wire};
use proptest::prelude::*;

use super::{CALLS, assert_well_formed, json, result};

/// A picture may be so many times the size of its table, and as large as this without.
const TIMES: usize = 40;
const LEAST: usize = 200_000;

/// The results of all calls on a small book, as JSON.
static TABLES: LazyLock<Vec<Json>> = LazyLock::new(|| {
    let portfolio = Portfolio::synthetic().customers(25).load().unwrap();
    CALLS.iter().map(|call| json(&result(&portfolio, call).to_json())).collect()
});

fn entry<'j>(json: &'j mut Json, name: &str) -> &'j mut Json {
    let Json::Object(entries) = json else { panic!("an object") };
    entries.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value).unwrap()
}

fn items(json: &mut Json) -> &mut Vec<Json> {
    let Json::Array(items) = json else { panic!("a list") };
    items
}

fn rows(table: &mut Json) -> &mut Vec<Json> {
    items(entry(table, "rows"))
}

/// Puts one value into a column, in all rows.
fn fill(table: &mut Json, column: &str, value: &Json) {
    rows(table).iter_mut().for_each(|row| *entry(row, column) = value.clone());
}

/// The rows again and again, so many in all.
fn repeat(table: &mut Json, count: usize) {
    let all = std::mem::take(rows(table));
    *rows(table) = all.into_iter().cycle().take(count).collect();
}

/// So many rows, each with a text of its own in a column.
fn number(table: &mut Json, column: &str, count: usize) {
    repeat(table, count);
    for (turn, row) in rows(table).iter_mut().enumerate() {
        *entry(row, column) = Json::Text(format!("text {turn}"));
    }
}

fn describe(table: &mut Json, column: &str, key: &str, value: Json) {
    let columns = items(entry(table, "columns"));
    let found = columns.iter_mut().find(|found| found.get("name") == Some(&Json::from(column))).unwrap();
    match (found.get(key).is_some(), found) {
        (true, found) => *entry(found, key) = value,
        (false, Json::Object(entries)) => entries.push((key.to_owned(), value)),
        (false, other) => panic!("{other}"),
    }
}

fn code(error: &Error) -> Code {
    match error {
        Error::InvalidArgument(problem) => problem.code,
        other => panic!("{other}"),
    }
}

/// Draws all pictures of a table in both forms; what the first picture that is refused is refused with.
fn draw(text: &str) -> Option<Code> {
    let table = match Table::from_json(text) {
        Ok(table) => table,
        Err(error) => return Some(code(&error)),
    };
    if table.pictures().is_empty() {
        return wire::written(&table, "svg", &json("{}")).err().as_ref().map(code);
    }
    let mut refused = None;
    for &picture in table.pictures() {
        match table.figure(picture, Locale::Ja) {
            Ok(figure) => {
                let (svg, spec) = (figure.to_svg(), figure.to_vega_lite().to_string());
                assert_well_formed(&svg);
                for form in [&svg, &spec] {
                    assert!(form.len() <= LEAST + TIMES * text.len(), "{picture}: {} of {}", form.len(), text.len());
                }
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{picture}");
                Json::parse(&spec).unwrap();
            }
            Err(error) => refused = refused.or(Some(code(&error))),
        }
    }
    refused
}

/// The greatest amount that a table holds.
const GREATEST: &str = "1701411834604692317316873037158841057.27";

type Hostile = (&'static str, usize, fn(&mut Json), Option<Code>);

/// What is done to which of the calls' results, and what its pictures are refused with.
const HOSTILE: [Hostile; 36] = [
    ("nothing", 0, |_| {}, None),
    ("no rows", 0, |table| rows(table).clear(), None),
    ("an age of ages", 6, |table| fill(table, "age", &Json::Integer(1_000_000_000_000_000)), Some(Code::LimitExceeded)),
    ("the last age", 6, |table| fill(table, "age", &Json::Integer(i64::MAX)), Some(Code::LimitExceeded)),
    ("no age", 6, |table| fill(table, "age", &Json::Null), None),
    ("too many periods", 0, |table| repeat(table, 4_001), Some(Code::LimitExceeded)),
    ("as many periods as can be", 0, |table| repeat(table, 4_000), None),
    ("too many windows", 3, |table| repeat(table, 4_001), Some(Code::LimitExceeded)),
    ("many groups", 4, |table| repeat(table, 5_000), None),
    ("too many cells", 6, |table| repeat(table, 100_001), Some(Code::LimitExceeded)),
    ("many who pay", 2, |table| repeat(table, 5_000), None),
    ("a sum that does not fit", 0, |table| fill(table, "new_mrr", &Json::from(GREATEST)), Some(Code::Overflow)),
    (
        "gains that do not fit",
        1,
        |table| {
            rows(table).truncate(1);
            for column in ["new_mrr", "expansion_mrr"] {
                fill(table, column, &Json::from(GREATEST));
            }
        },
        Some(Code::Overflow),
    ),
    ("a balance beyond every axis", 0, |table| fill(table, "closing_arr", &Json::from(GREATEST)), Some(Code::Overflow)),
    ("those who pay do not fit", 2, |table| fill(table, "closing_mrr", &Json::from(GREATEST)), Some(Code::Overflow)),
    ("amounts below zero", 0, |table| fill(table, "new_mrr", &Json::from("-12345.67")), None),
    ("shares beyond every axis", 3, |table| fill(table, "nrr", &Json::Float(1e300)), Some(Code::Overflow)),
    ("shares below every axis", 4, |table| fill(table, "customer_churn", &Json::Float(-1e308)), Some(Code::Overflow)),
    ("cells beyond the darkest", 6, |table| fill(table, "mrr_retention", &Json::Float(1e308)), None),
    ("cells below none", 7, |table| fill(table, "customer_retention", &Json::Float(-1e308)), None),
    ("days in no order", 0, |table| rows(table).reverse(), None),
    ("one day", 6, |table| fill(table, "cohort", &Json::from("1799-01-01")), None),
    ("no days", 3, |table| fill(table, "window_end", &Json::Null), None),
    (
        "texts for amounts",
        0,
        |table| describe(table, "new_mrr", "kind", Json::from("text")),
        Some(Code::InvalidArgument),
    ),
    (
        "amounts of other decimals",
        0,
        |table| {
            describe(table, "new_mrr", "digits", Json::Integer(20));
        },
        Some(Code::InvalidArgument),
    ),
    (
        "another result's name",
        6,
        |table| *entry(table, "schema") = Json::from("movements"),
        Some(Code::InvalidArgument),
    ),
    ("scores beyond all", 8, |table| fill(table, "score", &Json::Float(1e308)), None),
    ("scores below none", 8, |table| fill(table, "score", &Json::Float(-1e308)), None),
    ("too many bands", 8, |table| number(table, "band", 101), Some(Code::LimitExceeded)),
    ("too many moves", 9, |table| repeat(table, 4_001), Some(Code::LimitExceeded)),
    ("more customers than can be counted", 9, |table| fill(table, "customers", &Json::Integer(i64::MAX)), None),
    ("too many measures", 10, |table| number(table, "measure", 4_001), Some(Code::LimitExceeded)),
    ("points that have no sum", 10, |table| fill(table, "contribution", &Json::Float(f64::MAX)), Some(Code::Overflow)),
    ("points beyond every axis", 13, |table| fill(table, "change", &Json::Float(1e25)), Some(Code::Overflow)),
    ("rates beyond every axis", 14, |table| fill(table, "event_rate", &Json::Float(1e300)), Some(Code::Overflow)),
    ("too many tenths", 15, |table| repeat(table, 101), Some(Code::LimitExceeded)),
];

#[test]
fn hostile_tables_are_drawn_or_refused() {
    for (what, call, change, expected) in HOSTILE {
        let mut table = TABLES.get(call).unwrap().clone();
        change(&mut table);
        assert_eq!(draw(&table.to_string()), expected, "{what}");
    }
}

#[test]
fn names_of_groups_stay_text() {
    let mut table = TABLES.get(4).unwrap().clone();
    let long = "長い名前".repeat(10_000);
    for name in ["</text><script>alert(1)</script>", "\u{0}\u{1b}\u{ffff}", "\u{202e}abc", "]]>&amp;\"'", long.as_str()]
    {
        fill(&mut table, "segment", &Json::from(name));
        assert_eq!(draw(&table.to_string()), None);
    }
    fill(&mut table, "segment", &Json::from("a\u{0}\u{1b}\u{ffff}\tb"));
    let svg = wire::written(&Table::from_json(&table.to_string()).unwrap(), "svg", &json("{}")).unwrap();
    // XML has no way to write these characters.
    assert!(svg.contains("a\u{fffd}\u{fffd}\u{fffd}\tb"), "{svg}");
}

/// A value that some column takes.
fn value() -> impl Strategy<Value = Json> {
    let texts = ["", "0", "0.01", "-0.01", "9007199254740993", GREATEST, "1799-01-01", "2201-12-31", "2025-12-01", "<"];
    let floats = [0.0, -0.0, 5e-324, 0.5, 1.0, 1.5, 1e9, 1e300, -1e300, f64::MAX, f64::MIN];
    prop_oneof![
        Just(Json::Null),
        Just(Json::Flag(true)),
        prop::sample::select(texts.to_vec()).prop_map(Json::from),
        prop::sample::select(floats.to_vec()).prop_map(Json::Float),
        prop_oneof![Just(i64::MAX), Just(i64::MIN), -2..5_000_i64].prop_map(Json::Integer),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cells of any result may be anything: what they were is drawn, or what they are is refused.
    #[test]
    fn any_cells_are_drawn_or_refused(
        call in 0..CALLS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), value()), 1..12),
    ) {
        let mut table = TABLES.get(call).unwrap().clone();
        for (row, column, value) in changes {
            let rows = rows(&mut table);
            let count = rows.len();
            let Json::Object(cells) = rows.get_mut(row.index(count)).unwrap() else { panic!("a row") };
            let count = cells.len();
            let before = &mut cells.get_mut(column.index(count)).unwrap().1;
            let is_alike = matches!(
                (&*before, &value),
                (_, Json::Null) | (Json::Text(_), Json::Text(_)) | (Json::Integer(_), Json::Integer(_))
                    | (Json::Float(_) | Json::Integer(_), Json::Float(_))
            );
            // Most columns refuse what is of another kind, which would leave nothing to draw.
            if is_alike {
                *before = value;
            }
        }
        if let Some(code) = draw(&table.to_string()) {
            prop_assert!(matches!(code, Code::InvalidArgument | Code::LimitExceeded | Code::Overflow));
        }
    }
}
