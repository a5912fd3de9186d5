//! Groups side by side: each has its band and its name, whatever it is called.

use cs_core::{Axis, Figure, Json, Locale, Picture, Portfolio, Table, Unwatched, wire};

use super::json;

/// Customers who lose some of theirs in March 2026, as rows of `customer_id` and attributes.
fn retention(attributes: &str, by: &str) -> Table {
    let ids = attributes.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(id, _)| id);
    let contract = |id| format!("{id},{id},2025-01-01,100\n");
    let contracts: String = ids.map(contract).collect();
    let contracts = format!("contract_id,customer_id,start_date,mrr\n{contracts}");
    let portfolio = Portfolio::from_csv(&contracts).customers(attributes).currency("USD").load().unwrap();
    let given = format!(r#"{{"start":"2026-03-01","end":"2026-04-01","by":{by}}}"#);
    wire::run(&portfolio, "retention", &json(&given), &Unwatched).unwrap().into_table().unwrap()
}

fn churn(table: &Table) -> Figure {
    table.figure(Picture::Churn, Locale::En).unwrap()
}

fn bands(figure: &Figure) -> (&str, Vec<&str>) {
    let Axis::Bands { title, names, .. } = &figure.horizontal else { panic!("bands") };
    (title, names.iter().map(String::as_str).collect())
}

#[test]
fn a_cohort_is_a_group_among_others() {
    let table = retention("customer_id,segment\na,smb\nb,mid\n", r#"["cohort","segment"]"#);
    assert_eq!(bands(&churn(&table)), ("cohort, segment", vec!["2025-01-01, mid", "2025-01-01, smb"]));
    let table = retention("customer_id,segment\na,smb\nb,mid\n", r#"["segment","cohort"]"#);
    assert_eq!(bands(&churn(&table)).1, ["mid, 2025-01-01", "smb, 2025-01-01"]);
}

/// The names under the bands in the specification of Vega-Lite, and the bands of its rows.
fn specified(figure: &Figure) -> (Json, Vec<Json>) {
    let spec = figure.to_vega_lite();
    let first = |json: &Json, key: &str| {
        let Some(Json::Array(items)) = json.get(key) else { panic!("a list {key}") };
        items[0].clone()
    };
    let names = first(&spec, "params").get("value").unwrap().clone();
    let layer = first(&spec, "layer");
    let Some(Json::Array(rows)) = layer.get("data").and_then(|data| data.get("values")) else { panic!("rows") };
    (names, rows.iter().map(|row| row.get("band").unwrap().clone()).collect())
}

#[test]
fn no_two_groups_share_a_band_or_a_name() {
    let odd = "customer_id,segment\na,(none)\nb,\nc,\"(none), x\"\nd,\"\"\"(none)\"\"\"\n";
    let figure = churn(&retention(odd, r#"["segment"]"#));
    let names = [r#""""(none)""""#, r#""(none)""#, "(none), x", "(none)"];
    assert_eq!(bands(&figure).1, names);
    let pairs = "customer_id,segment,channel\na,\"a, b\",c\nb,a,\"b, c\"\nc,a,b\n";
    let figure = churn(&retention(pairs, r#"["segment","channel"]"#));
    let names = ["a, b", r#"a, "b, c""#, r#""a, b", c"#];
    assert_eq!(bands(&figure).1, names);
    let (specified, rows) = specified(&figure);
    assert_eq!(specified, Json::Array(names.iter().map(|name| Json::from(*name)).collect()));
    assert_eq!(rows, [0, 1, 2].map(Json::Integer));
    let svg = figure.to_svg();
    assert!(names.iter().all(|name| svg.contains(&format!(">{}</text>", name.replace('"', "&quot;")))), "{svg}");
}

/// Of the groups that have no room for their names those of most customers are drawn, and the axis says so.
#[test]
fn of_many_groups_the_largest_are_named() {
    let customers = |count: usize| {
        let row = |turn: usize| format!("a{turn},g{:03}\nb{turn},h{}\n", turn % count, turn % 2);
        format!("customer_id,segment\n{}", (0..count).map(row).collect::<String>())
    };
    let figure = churn(&retention(&customers(46), r#"["segment"]"#));
    assert_eq!((bands(&figure).0, bands(&figure).1.len()), ("segment", 48));
    let figure = churn(&retention(&customers(60), r#"["segment"]"#));
    let (title, names) = bands(&figure);
    assert_eq!(title, "segment: the 48 of 62 groups with most customers");
    assert_eq!((names.len(), names[0], names[45], names[46], names[47]), (48, "g000", "g045", "h0", "h1"));
    let svg = figure.to_svg();
    assert!(names.iter().all(|name| svg.contains(&format!(">{name}</text>"))));
}
