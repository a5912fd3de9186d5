//! The members that the surface manifest lists are those of the types.
#![allow(clippy::unwrap_used, clippy::panic, reason = "this is a test: what cannot be looked at has failed")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use cs_core::{
    Backtest, Definitions, Drilldown, Input, Json, Load, Portfolio, Query, Review, Scorecard, ShiftedBetaGeometric,
    Synthetic, Table, wire,
};

/// The names of methods that are there, or this would not compile.
macro_rules! methods {
    ($type:ident: $($method:ident),*) => {{
        $(let _ = $type::$method;)*
        vec![$(stringify!($method)),*]
    }};
}

#[test]
fn every_member_is_there_or_excused() {
    // Of these two, what they take is open.
    let _: [fn(Input) -> Load<'static>; 1] = [|input| Portfolio::from_tables(input)];
    let _: [fn(&str) -> Load<'_>; 1] = [|file| Portfolio::from_csv(file)];
    let _: fn() -> Synthetic<'static> = || Portfolio::synthetic();
    let _: fn(&Portfolio) -> Query<'_, Backtest> = |portfolio| portfolio.backtest([], 1);
    let _: fn(&Portfolio) -> Query<'_, Scorecard> = |portfolio| portfolio.fit_scorecard([], 1);
    let constructors = vec!["from_tables", "from_csv", "synthetic"];
    let calls = methods!(Portfolio: movements, journal, retention, retention_intervals, flow_retention, cohorts, renewals, renewal_lines, committed, lifetime_value, second_order_revenue, survival, survival_comparison, retention_model, retention_projection, time_to_value, value_incidence, value_landmark, onboarding, lifecycle, loyalty, touch_plan, touch_load, touch_capacity, drilldown, kpis, review, health, explain_health, explain_health_change, health_migration, health_coverage, outlook);
    let others =
        methods!(Portfolio: table, load_report, observed_until, currency, definitions, contract_count, customer_count);
    let there = [
        ("Portfolio", [constructors, calls, vec!["backtest", "fit_scorecard"], others].concat()),
        (
            "Definitions",
            methods!(Definitions: replace, diff, fingerprint, to_json, from_json, to_object, from_object, takes_day, calendar),
        ),
        (
            "Scorecard",
            methods!(Scorecard: from_json, standard, json_schema, name, fingerprint, fitted, to_json, lint, lint_for, to_object, from_object),
        ),
        (
            "ShiftedBetaGeometric",
            methods!(ShiftedBetaGeometric: new, fit, alpha, beta, alpha_error, beta_error, log_likelihood, survival, retention, discounted_lifetime),
        ),
        (
            "Table",
            methods!(Table: schema, columns, metadata, len, is_empty, to_json, to_csv, to_html, pictures, figure, from_json, column, cell),
        ),
        (
            "Drilldown",
            methods!(Drilldown: answers, expansion, churn_by_industry, products, first_renewals, long_standing),
        ),
        (
            "Review",
            methods!(Review: summary, verdicts, checks, findings, evidence, comparisons, value_incidence, plays, resolved, exclusions, to_json, to_markdown, to_html),
        ),
        ("Backtest", methods!(Backtest: auc, verdict, summary, baselines, by_band, calibration, lift, days)),
    ];
    let surface = wire::surface();
    let Some(Json::Array(classes)) = surface.get("classes") else { panic!("the manifest has classes") };
    assert_eq!(classes.len(), there.len());
    for (class, (name, there)) in classes.iter().zip(there) {
        assert_eq!(class.get("name"), Some(&Json::from(name)));
        let Some(Json::Array(members)) = class.get("members") else { panic!("{name} has members") };
        let here = members.iter().filter(|member| member.get("excused").unwrap().get("rust").is_none());
        let here: Vec<&Json> = here.map(|member| member.get("name").unwrap()).collect();
        // What is there and nobody listed.
        assert_eq!(public_methods(name), there.iter().map(|method| (*method).to_owned()).collect(), "{name}");
        let there: Vec<Json> = there.into_iter().map(Json::from).collect();
        assert_eq!(here, there.iter().collect::<Vec<_>>(), "{name}");
    }
}

/// The public methods that the sources give a type.
fn public_methods(name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // The indentation of the block that a line is in, if it is one of this type's.
            let mut within = None;
            for line in text.lines() {
                let indent = line.len() - line.trim_start().len();
                match (within, line.trim_start()) {
                    (None, start) if start == format!("impl {name} {{") => within = Some(indent),
                    (Some(outer), "}") if indent == outer => within = None,
                    (Some(outer), start) if indent == outer + 4 => {
                        let function = start.strip_prefix("pub fn ").or_else(|| start.strip_prefix("pub const fn "));
                        found.extend(function.and_then(|text| text.split(['(', '<']).next()).map(str::to_owned));
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

#[test]
fn every_type_is_listed() {
    let lib = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    let uses = lib.split("pub use ").skip(1).map(|text| text.split(';').next().unwrap());
    let names = uses.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    // Modules and functions are lower case, constants capitals.
    let is_type = |name: &&str| name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let mut there: Vec<&str> = names.filter(is_type).collect();
    there.sort_unstable();
    let surface = wire::surface();
    let types = surface.get("types").and_then(Json::as_array).unwrap();
    let mut listed: Vec<&str> = types.iter().map(|found| found.get("name").and_then(Json::as_text).unwrap()).collect();
    listed.sort_unstable();
    assert!(there.len() > 50, "the exports are not where they were");
    assert_eq!(listed, there);
}

#[test]
fn every_operation_and_every_table_stands_in_the_documents() {
    let read = |name: &str| std::fs::read_to_string(format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (readme, design) = (read("README.md"), read("DESIGN.md"));
    for name in
        wire::OPERATIONS.iter().map(|operation| operation.name).chain(cs_core::TABLES.iter().map(|spec| spec.name))
    {
        let code = format!("`{name}`");
        assert!(readme.contains(&code) && design.contains(&code), "{name}");
    }
}
