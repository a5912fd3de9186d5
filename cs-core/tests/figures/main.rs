//! Pictures: the same bytes everywhere, whole sums, escaped data, and words in two languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where things are not as it expects"
)]

mod breaks;
#[path = "../common/digest.rs"]
mod digest;
mod groups;
mod health;
mod hostile;

use std::collections::BTreeSet;
use std::path::Path;

use cs_core::wire::Answer;
use cs_core::{
    Axis, Code, Definitions, Error, Figure, Json, Locale, Marks, PeriodLength, Picture, Portfolio, Subjects, Table,
    Unwatched, wire,
};
use digest::digest;

fn json(text: &str) -> Json {
    Json::parse(text).unwrap()
}

/// The calls whose results have pictures, each an operation with its arguments; of a report, the table.
const CALLS: [(&str, &str, Option<&str>); 41] = [
    ("movements", r#"{"start":"2023-01-01","end":"2026-01-01"}"#, None),
    ("movements", r#"{"start":"2025-01-01","end":"2026-01-01","definitions":{"period":"quarter"}}"#, None),
    ("movements", r#"{"start":"2025-12-01","end":"2026-01-01","by":"customer_id"}"#, None),
    ("retention", r#"{"start":"2024-06-01","end":"2026-01-01"}"#, None),
    ("retention", r#"{"start":"2025-12-01","end":"2026-01-01","by":["segment","channel"]}"#, None),
    ("retention_intervals", r#"{"start":"2025-01-01","end":"2026-01-01","resamples":100}"#, None),
    ("cohorts", r#"{"end":"2026-01-01"}"#, None),
    ("cohorts", r#"{"end":"2026-01-01","definitions":{"period":"quarter"}}"#, None),
    ("health", r#"{"as_of":"2025-12-31"}"#, None),
    ("health_migration", r#"{"as_of":"2025-12-31","since":"2025-06-30"}"#, None),
    ("explain_health", r#"{"as_of":"2025-12-31"}"#, None),
    ("explain_health", r#"{"as_of":"2025-12-31","customer_id":"cus-0000003"}"#, None),
    ("explain_health_change", r#"{"as_of":"2025-12-31","since":"2025-06-30"}"#, None),
    ("explain_health_change", r#"{"as_of":"2025-12-31","since":"2025-06-30","customer_id":"cus-0000003"}"#, None),
    (
        "backtest",
        r#"{"as_of_days":["2024-06-30","2024-12-31"],"horizon_days":180,"resamples":100}"#,
        Some("calibration"),
    ),
    ("backtest", r#"{"as_of_days":["2024-06-30","2024-12-31"],"horizon_days":180,"resamples":100}"#, Some("lift")),
    ("survival", r#"{"as_of":"2025-12-31"}"#, None),
    ("survival", r#"{"as_of":"2025-12-31","by":["segment"]}"#, None),
    ("survival_comparison", r#"{"as_of":"2025-12-31","by":["channel"]}"#, None),
    ("value_incidence", r#"{"as_of":"2025-12-31"}"#, None),
    ("value_landmark", r#"{"as_of":"2025-12-31","landmark_days":60}"#, None),
    ("lifetime_value", r#"{"as_of":"2025-12-31"}"#, None),
    ("lifetime_value", r#"{"as_of":"2025-12-31","by":["segment"]}"#, None),
    ("retention_projection", r#"{"as_of":"2025-12-31"}"#, None),
    ("renewals", r#"{"start":"2025-01-01","end":"2026-01-01"}"#, None),
    ("committed", r#"{"as_of":"2025-12-31","horizon_days":90}"#, None),
    ("committed", r#"{"as_of":"2025-12-31","horizon_days":90,"by":["segment"]}"#, None),
    ("onboarding", r#"{"start":"2025-01-01","end":"2026-01-01"}"#, None),
    ("second_order_revenue", r#"{"start":"2024-01-01","end":"2026-01-01"}"#, None),
    ("touch_load", r#"{"as_of":"2025-12-31"}"#, None),
    ("touch_capacity", r#"{"as_of":"2025-12-31","hours_per_person":120}"#, None),
    ("lifecycle", r#"{"as_of":"2025-12-31"}"#, None),
    ("loyalty", r#"{"as_of":"2025-12-31"}"#, None),
    (
        "kpis",
        r#"{"start":"2025-07-01","end":"2026-01-01","targets":{"customer_churn_rate":0.03,"nps":30,"new_mrr":"1500.00"}}"#,
        None,
    ),
    ("drilldown", r#"{"as_of":"2025-12-31","industry":"segment"}"#, Some("churn_by_industry")),
    ("drilldown", r#"{"as_of":"2025-12-31"}"#, Some("expansion")),
    ("drilldown", r#"{"as_of":"2025-12-31"}"#, Some("products")),
    ("drilldown", r#"{"as_of":"2025-12-31"}"#, Some("first_renewals")),
    ("drilldown", r#"{"as_of":"2025-12-31","years":2}"#, Some("long_standing")),
    ("review", r#"{"as_of":"2025-12-31"}"#, Some("verdicts")),
    ("review", r#"{"as_of":"2025-12-31"}"#, Some("comparisons")),
];

fn book() -> Portfolio {
    Portfolio::synthetic().customers(150).load().unwrap()
}

/// The result of a call, of a report one of its tables.
fn result(portfolio: &Portfolio, (operation, given, part): &(&str, &str, Option<&str>)) -> Table {
    match (wire::run(portfolio, operation, &json(given), &Unwatched).unwrap(), part) {
        (Answer::Report(report), Some(name)) => report.table(name).unwrap().clone(),
        (Answer::Table(table), None) => table,
        (other, part) => panic!("{operation} {part:?}: {other:?}"),
    }
}

fn tables() -> Vec<Table> {
    let portfolio = book();
    CALLS.iter().map(|call| result(&portfolio, call)).collect()
}

/// What is told of subjects who are no customers of a book.
fn of_subjects() -> [Table; 2] {
    let (durations, observed) = ([2.0, 3.0, 5.0, 6.5], [true, false, true, true]);
    let events = [Some("value"), None, Some("<churn>"), Some("value")];
    let subjects = Subjects::new(&durations, &observed);
    let incidence = subjects.cumulative_incidence(&events).unwrap();
    [subjects.kaplan_meier().unwrap().table().clone(), incidence.table().clone()]
}

/// Every picture of every call, and of subjects, in both languages.
fn figures() -> Vec<(Picture, Locale, Figure)> {
    let mut figures = Vec::new();
    for table in tables().into_iter().chain(of_subjects()) {
        assert!(!table.pictures().is_empty());
        for &picture in table.pictures() {
            for &locale in Locale::ALL {
                figures.push((picture, locale, table.figure(picture, locale).unwrap()));
            }
        }
    }
    figures
}

/// The digests of both forms of each picture; `CS_BLESS=1` writes them anew.
#[test]
fn pictures_have_their_committed_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/pictures.json");
    let mut entries = Vec::new();
    for ((operation, arguments, part), table) in CALLS.iter().zip(tables()) {
        for picture in wire::pictures(&table) {
            for locale in ["en", "ja"] {
                let asked = Json::object([("picture", Json::from(picture)), ("locale", Json::from(locale))]);
                let of = |form| Json::Text(digest(&wire::written(&table, form, &asked).unwrap()));
                let entry = [
                    ("operation", Json::from(*operation)),
                    ("arguments", json(arguments)),
                    ("table", Json::text(*part)),
                    ("picture", asked.clone()),
                    ("svg", of("svg")),
                    ("vega_lite", of("vega_lite")),
                ];
                entries.push(Json::object(entry).to_string());
            }
        }
    }
    assert_eq!(entries.len(), 96);
    let found = format!("{{\"customers\":150,\"pictures\":[\n{}\n]}}\n", entries.join(",\n"));
    if std::env::var_os("CS_BLESS").is_some() {
        std::fs::write(path, &found).unwrap();
    } else {
        assert_eq!(found, std::fs::read_to_string(path).unwrap());
    }
}

#[test]
fn every_picture_is_of_some_result() {
    let seen: BTreeSet<&str> = figures().iter().map(|(picture, _, _)| picture.name()).collect();
    assert_eq!(seen, Picture::ALL.iter().map(|picture| picture.name()).collect());
}

/// Elements that are opened and closed, of SVG that has no comments.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let name = tag.split([' ', '/']).next().unwrap();
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(closed), _) => assert_eq!(open.pop(), Some(closed)),
            (None, true) => {}
            (None, false) => open.push(name),
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn pictures_are_well_formed_and_name_their_axes() {
    for (picture, locale, figure) in figures() {
        let svg = figure.to_svg();
        assert_well_formed(&svg);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{picture}");
        for axis in [&figure.horizontal, &figure.vertical] {
            match axis {
                Axis::Numbers { title, ticks, range: [low, high] } => {
                    assert!(!title.is_empty() && low < high && (2..=8).contains(&ticks.len()), "{picture}: {axis:?}");
                    assert!(svg.contains(title.as_str()));
                }
                Axis::Bands { title, names, .. } => {
                    // Each step of a waterfall has its name under it.
                    let has_steps =
                        [Picture::Waterfall, Picture::Commitment, Picture::LifetimeRevenue].contains(&picture);
                    assert!(!names.is_empty() && (has_steps || !title.is_empty()), "{picture}");
                }
                other => panic!("{other:?}"),
            }
        }
        let is_japanese = |text: &str| !text.is_ascii();
        assert_eq!(is_japanese(&figure.title), locale == Locale::Ja, "{}", figure.title);
        let spec = figure.to_vega_lite().to_string();
        assert_eq!(Json::parse(&spec).unwrap().to_string(), spec);
        assert!(spec.contains(&figure.title));
    }
}

/// How many places of marks there are on the axis of numbers; all of them lie within it.
fn assert_within(picture: Picture, figure: &Figure) -> usize {
    let Axis::Numbers { range: [low, high], .. } = figure.vertical else { return 0 };
    let mut seen = 0;
    let mut within = |number: f64| {
        assert!((low..=high).contains(&number), "{picture}: {number} is not within {low} and {high}");
        seen += 1;
    };
    for layer in &figure.layers {
        match &layer.marks {
            Marks::Bars(marks) | Marks::Area(marks) => marks.iter().flat_map(|m| m.at).for_each(&mut within),
            Marks::Line(marks) => marks.iter().map(|m| m.at).for_each(&mut within),
            Marks::Intervals(marks) => marks.iter().flat_map(|m| m.at).for_each(&mut within),
            Marks::Curve(marks) => marks.iter().map(|m| m.at[1]).for_each(&mut within),
            other => panic!("{other:?}"),
        }
    }
    seen
}

#[test]
fn marks_lie_within_their_axes() {
    assert!(figures().iter().map(|(picture, _, figure)| assert_within(*picture, figure)).sum::<usize>() > 500);
}

/// Amounts up to where floats skip whole numbers have their place, and what is greater is refused.
#[test]
fn great_amounts_have_a_place_or_none() {
    let day = |text: &str| text.parse().unwrap();
    let movements = |mrr: &str| {
        let book = format!("contract_id,customer_id,start_date,mrr\nc,a,2026-01-15,{mrr}\n");
        let portfolio = Portfolio::from_csv(&book).currency("JPY").load().unwrap();
        portfolio.movements(day("2026-01-01"), day("2026-03-01")).run().unwrap()
    };
    for (mrr, is_drawn) in [
        ("100000000000000", [true; 3]),
        ("1000000000000000", [true, true, false]),
        ("5000000000000000", [true, true, false]),
        ("9000000000000000", [true, true, false]),
        ("9007199254740992", [true, true, false]),
        ("9007199254740993", [true, true, false]),
        ("9007199254740994", [false; 3]),
        ("9000000000000000000", [false; 3]),
    ] {
        let movements = movements(mrr);
        for (&picture, is_drawn) in movements.table().pictures().iter().zip(is_drawn) {
            match movements.table().figure(picture, Locale::En) {
                Ok(figure) => {
                    assert!(is_drawn && assert_within(picture, &figure) > 1, "{picture} of {mrr}");
                    let Axis::Numbers { ticks, .. } = &figure.vertical else { panic!("{picture}") };
                    // What is longer would stand over the name of the axis.
                    assert!(ticks.len() > 1 && ticks.iter().all(|(_, text)| text.len() < 7), "{picture}: {ticks:?}");
                }
                Err(Error::InvalidArgument(problem)) => {
                    assert!(!is_drawn && problem.code == Code::Overflow, "{picture} of {mrr}: {}", problem.message);
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}

#[test]
fn a_waterfall_leads_from_the_opening_to_the_closing() {
    let day = |text: &str| text.parse().unwrap();
    let movements = book().movements(day("2024-01-01"), day("2026-01-01")).run().unwrap();
    let figure = movements.table().figure(Picture::Waterfall, Locale::En).unwrap();
    let bars: Vec<[f64; 2]> = figure
        .layers
        .iter()
        .map(|layer| match &layer.marks {
            Marks::Bars(bars) => bars[0].at,
            other => panic!("{other:?}"),
        })
        .collect();
    let units = |money: cs_core::Money| money.units() as f64 / 100.0;
    assert_eq!(bars.len(), 7);
    assert_eq!(bars[0], [0.0, units(movements.rows().next().unwrap().opening_mrr)]);
    assert_eq!(bars[6], [0.0, units(movements.rows().last().unwrap().closing_mrr)]);
    for pair in bars[..6].windows(2) {
        assert_eq!(pair[0][1], pair[1][0]);
    }
    assert_eq!(bars[5][1], bars[6][1]);
}

#[test]
fn a_curve_of_concentration_ends_with_all_of_it() {
    let book = "contract_id,customer_id,start_date,mrr\na,a,2026-01-01,70\nb,b,2026-01-01,20\nc,c,2026-01-01,10\n\
                d,d,2026-01-01,0\n";
    let portfolio = Portfolio::from_csv(book).currency("USD").load().unwrap();
    let day = |text: &str| text.parse().unwrap();
    let movements = portfolio.movements(day("2026-01-01"), day("2026-02-01")).by(["customer_id"]).run().unwrap();
    let figure = movements.table().figure(Picture::Concentration, Locale::En).unwrap();
    let Marks::Curve(points) = &figure.layers[1].marks else { panic!("a curve") };
    let points: Vec<[f64; 2]> = points.iter().map(|point| point.at).collect();
    assert_eq!(points, [[0.0, 0.0], [100.0 / 3.0, 70.0], [200.0 / 3.0, 90.0], [100.0, 100.0]]);
}

#[test]
fn data_is_escaped() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc,a,2025-01-01,100\n";
    let customers = "customer_id,segment\na,<script>alert('x')</script>&\n";
    let portfolio = Portfolio::from_csv(contracts).customers(customers).currency("USD").load().unwrap();
    let day = |text: &str| text.parse().unwrap();
    let retention = portfolio.retention(day("2026-03-01"), day("2026-04-01")).by(["segment"]).run().unwrap();
    let svg = retention.table().figure(Picture::Churn, Locale::En).unwrap().to_svg();
    assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"), "{svg}");
    assert_well_formed(&svg);
}

#[test]
fn empty_results_have_empty_pictures() {
    let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\n").currency("JPY").load().unwrap();
    let day = |text: &str| text.parse().unwrap();
    let years = Definitions { period: PeriodLength::Year, ..Definitions::default() };
    let movements = portfolio.movements(day("2026-01-01"), day("2026-02-01")).definitions(&years).run().unwrap();
    let cohorts = portfolio.cohorts(day("2026-02-01")).run().unwrap();
    let retention = portfolio.retention(day("2026-01-01"), day("2026-02-01")).run().unwrap();
    for table in [movements.table(), cohorts.table(), retention.table()] {
        for &picture in table.pictures() {
            assert_well_formed(&table.figure(picture, Locale::En).unwrap().to_svg());
        }
    }
    for (locale, start) in [(Locale::En, "Definitions "), (Locale::Ja, "定義 ")] {
        let figure = cohorts.table().figure(Picture::CustomerRetention, locale).unwrap();
        assert!(figure.subtitle.starts_with(start), "{}", figure.subtitle);
    }
}

#[test]
fn a_picture_that_a_result_does_not_have_is_refused() {
    let portfolio = book();
    let day = |text: &str| text.parse().unwrap();
    let movements = portfolio.movements(day("2025-01-01"), day("2026-01-01")).run().unwrap();
    let refused = |error: Error| match error {
        Error::InvalidArgument(problem) => (problem.path.to_string(), problem.help.unwrap().to_string()),
        other => panic!("{other}"),
    };
    let wrong = refused(movements.table().figure(Picture::Churn, Locale::En).unwrap_err());
    assert_eq!(wrong, ("picture".to_owned(), "its pictures are movements, waterfall, arr".to_owned()));
    let journal = portfolio.journal(day("2025-01-01"), day("2026-01-01")).run().unwrap();
    assert!(refused(journal.table().figure(Picture::Arr, Locale::En).unwrap_err()).1.starts_with("pictures are of"));
    let none = wire::written(journal.table(), "svg", &json("{}")).unwrap_err();
    assert_eq!(refused(none).0, "picture");
    let unknown = wire::written(movements.table(), "svg", &json(r#"{"picture":"pie"}"#)).unwrap_err();
    assert!(refused(unknown).1.starts_with("pictures are movements, waterfall, arr, concentration"));
    for given in [r#"{"locale":"fr"}"#, r#"{"colour":"red"}"#] {
        assert!(wire::written(movements.table(), "svg", &json(given)).is_err());
    }
}
