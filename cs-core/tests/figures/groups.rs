//! Groups side by side: each has its band and its name, whatever it is called.

use cs_core::{Axis, Figure, Locale, Picture, Portfolio, Table, Unwatched, wire};

use super::json;

/// Customers who lose some of theirs in March 2026, as rows of `customer_id` and attributes.
fn retention(attributes: &str, by: &str) -> Table {
    let ids = attributes.lines().skip(1).filter_map(|line| line.split_once(',')).map(|(id, _)| id);
    let contract = |id| format!("{id},{id},2025-01-01,100\n");
    let contracts: String = ids.map(contract).collect();
    let contracts = format!("contract_id,customer_id,start_date,mrr\n{contracts}");
    let portfolio = Portfolio::from_csv(&contracts).customers(attributes).currency("USD").load().unwrap();
    let given = format!(r#"{{"start":"2026-03-01","end":"2026-04-01","by":{by}}}"#);
    wire::run(&portfolio, "retention", &json(&given), &Unwatched).unwrap()
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

#[test]
fn cohorts_of_groups_are_no_triangle() {
    let portfolio = Portfolio::synthetic().customers(25).load().unwrap();
    for by in [r#"["cohort"]"#, r#"["cohort","segment"]"#, r#"["segment","cohort"]"#] {
        let given = format!(r#"{{"end":"2026-01-01","by":{by}}}"#);
        if let Ok(table) = wire::run(&portfolio, "cohorts", &json(&given), &Unwatched) {
            assert!(table.pictures().is_empty(), "{by}");
        }
    }
}
