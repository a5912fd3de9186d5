//! What is absent, and what has no room: both forms of a picture leave it out in the same places.

use cs_core::{Json, Locale, Picture, Portfolio, Table, Unwatched, wire};

use super::json;

/// Retention of a book that nobody pays in the spring of 2025, with the interval that one customer has.
fn broken(operation: &str) -> Table {
    let book = "contract_id,customer_id,start_date,end_date,mrr\nc,a,2025-01-01,2025-04-01,100\n\
                d,a,2025-07-01,2025-12-01,100\n";
    let portfolio = Portfolio::from_csv(book).currency("USD").load().unwrap();
    let given = r#"{"start":"2025-03-01","end":"2025-11-01","window":"period"}"#;
    wire::run(&portfolio, operation, &json(given), &Unwatched).unwrap().into_table().unwrap()
}

fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    let Some(Json::Array(items)) = json.get(key) else { panic!("a list {key}") };
    items
}

#[test]
fn lines_and_areas_break_where_periods_are_absent() {
    for (operation, layers) in [("retention", 2), ("retention_intervals", 4)] {
        let figure = broken(operation).figure(Picture::Retention, Locale::En).unwrap();
        let (svg, spec) = (figure.to_svg(), figure.to_vega_lite());
        assert_eq!(list(&spec, "layer").len(), layers);
        for layer in list(&spec, "layer") {
            assert!(layer.get("mark").unwrap().get("invalid").is_some());
            let number = |row: &Json| row.get("at").or(row.get("from")).unwrap() != &Json::Null;
            let rows = list(layer.get("data").unwrap(), "values");
            let bands: Vec<(Json, bool)> =
                rows.iter().map(|row| (row.get("band").unwrap().clone(), number(row))).collect();
            // Nobody pays at the closes of March to June; August is the second period whose opening is paid.
            let expected = [(0, true), (1, true), (2, false), (5, true), (6, true), (7, true)];
            assert_eq!(bands, expected.map(|(band, is_there)| (Json::Integer(band), is_there)));
        }
        // An area is a path for each of its parts.
        let breaks = svg.split("<path d=\"M").filter(|path| path.contains('L') && path.contains('M')).count();
        assert_eq!((breaks, svg.matches("Z\"").count()), (2, 2 * (layers - 2)), "{svg}");
    }
}

/// A number that is longer than its cell would stand over others.
#[test]
fn a_number_without_room_is_left_out() {
    let book =
        "contract_id,customer_id,start_date,mrr\nc,a,2025-01-01,0.01\nd,a,2025-02-01,0.99\ne,a,2025-03-01,99999\n";
    let portfolio = Portfolio::from_csv(book).currency("USD").load().unwrap();
    for (end, is_there) in [("2025-04-01", true), ("2026-06-01", false)] {
        let cohorts = portfolio.cohorts(end.parse().unwrap()).run().unwrap();
        let figure = cohorts.table().figure(Picture::RevenueRetention, Locale::En).unwrap();
        let (svg, spec) = (figure.to_svg(), figure.to_vega_lite().to_string());
        assert!(svg.contains(">10000</text>") && spec.contains(r#""percent":"10000""#));
        assert_eq!(svg.contains(">1000000000</text>"), is_there);
        assert_eq!(spec.contains(r#""percent":"1000000000""#), is_there);
        assert!(svg.contains("1000000000"));
    }
}
