//! Pictures of health and of backtests: each mark is the number that the result has.

use cs_core::{
    Axis, Backtest, BacktestCalibrationRow, BacktestLiftRow, ExplainHealthRow, Figure, HealthMigrationRow, Locale,
    Marks, Picture, Portfolio, Role, Scorecard, Table,
};

use super::book;

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn figure(table: &Table, picture: Picture) -> Figure {
    assert!(table.pictures().contains(&picture));
    table.figure(picture, Locale::En).unwrap()
}

fn names(axis: &Axis) -> &[String] {
    let Axis::Bands { names, .. } = axis else { panic!("bands") };
    names
}

fn bars(marks: &Marks) -> Vec<(usize, [f64; 2])> {
    let Marks::Bars(marks) = marks else { panic!("bars") };
    marks.iter().map(|mark| (mark.band, mark.at)).collect()
}

/// A scorecard of one measure that is worth what was measured.
fn scorecard(bands: &str) -> Scorecard {
    let card = format!(
        r#"{{"name": "use", {bands} "measures": [{{
            "measure": "logins", "evidence": "product_adoption", "weight": 1, "curve": [[0, 0], [100, 100]],
            "value": {{"table": "signals", "aggregate": "last", "where": {{"signal": "logins"}}}}
        }}]}}"#
    );
    Scorecard::from_json(&card).unwrap()
}

/// Customers with a score each, on two days; none where it is nothing.
fn scored(scores: &[(&str, &str, &str)]) -> Portfolio {
    let mut contracts = "contract_id,customer_id,start_date,end_date,mrr\n".to_owned();
    let mut signals = "customer_id,signal,observed_on,value\n".to_owned();
    for (customer, before, after) in scores {
        let (start, end) = if *before == "new" { ("2026-03-20", "") } else { ("2026-01-01", "") };
        let end = if *after == "gone" { "2026-04-01" } else { end };
        contracts.push_str(&format!("c-{customer},{customer},{start},{end},100\n"));
        for (observed, score) in [("2026-03-10", before), ("2026-04-10", after)] {
            if score.parse::<f64>().is_ok() {
                signals.push_str(&format!("{customer},logins,{observed},{score}\n"));
            }
        }
    }
    Portfolio::from_csv(&contracts).signals(signals.as_bytes()).currency("USD").load().unwrap()
}

#[test]
fn customers_stand_at_their_score_in_the_colour_of_their_band() {
    let portfolio = scored(&[
        ("a", "", "0"),
        ("b", "", "9.999999"),
        ("c", "", "10"),
        ("d", "", "49.5"),
        ("e", "", "50"),
        ("f", "", "75"),
        ("g", "", "79"),
        ("h", "", "100"),
        ("i", "", "none"),
    ]);
    let overrides = r#""overrides": [
        {"customer_id": "h", "band": "red", "author": "Kim", "reason": "their sponsor left", "from": "2026-04-01", "until": "2026-07-01"},
        {"customer_id": "i", "band": "yellow", "author": "Kim", "reason": "a call", "from": "2026-04-01", "until": "2026-07-01"}
    ],"#;
    let of = |card: &Scorecard| portfolio.health(day("2026-04-15")).scorecard(card).run().unwrap();
    let distribution = figure(of(&scorecard("")).table(), Picture::ScoreDistribution);
    assert_eq!(distribution.horizontal, {
        let mut names: Vec<String> = (0..10).map(|bin| format!("{}–{}", bin * 10, bin * 10 + 10)).collect();
        names.push("(none)".to_owned());
        Axis::Bands { title: "Health score".to_owned(), names, is_sequence: false }
    });
    let drawn = |figure: &Figure| {
        let of = |layer: &cs_core::Layer| (layer.name.clone(), layer.role, bars(&layer.marks));
        figure.layers.iter().map(of).collect::<Vec<_>>()
    };
    let layer = |name: &str, role, bars: &[(usize, [f64; 2])]| (name.to_owned(), role, bars.to_vec());
    assert_eq!(
        drawn(&distribution),
        [
            layer("red", Role::Grade(0), &[(0, [0.0, 2.0]), (1, [0.0, 1.0]), (4, [0.0, 1.0])]),
            layer("yellow", Role::Grade(2), &[(5, [0.0, 1.0])]),
            layer("green", Role::Grade(4), &[(7, [0.0, 2.0]), (9, [0.0, 1.0])]),
            layer("(none)", Role::Unknown, &[(10, [0.0, 1.0])]),
        ]
    );
    assert!(distribution.to_svg().contains("<title>red: 0–10: 2 (22.2%)</title>"));
    // A band that a person has set stands where the score is.
    assert_eq!(
        drawn(&figure(of(&scorecard(overrides)).table(), Picture::ScoreDistribution)),
        [
            layer("red", Role::Grade(0), &[(0, [0.0, 2.0]), (1, [0.0, 1.0]), (4, [0.0, 1.0]), (9, [0.0, 1.0])]),
            layer("yellow", Role::Grade(2), &[(5, [0.0, 1.0]), (10, [0.0, 1.0])]),
            layer("green", Role::Grade(4), &[(7, [0.0, 2.0])]),
        ]
    );
}

#[test]
fn bands_have_colours_from_the_worst_to_the_best() {
    let portfolio = scored(&[("a", "", "5"), ("b", "", "25"), ("c", "", "45"), ("d", "", "65"), ("e", "", "85")]);
    let roles = |bands: &str| {
        let scorecard = scorecard(&format!(r#""bands": [{bands}],"#));
        let health = portfolio.health(day("2026-04-15")).scorecard(&scorecard).run().unwrap();
        let figure = figure(health.table(), Picture::ScoreDistribution);
        figure.layers.iter().map(|layer| (layer.name.clone(), layer.role)).collect::<Vec<_>>()
    };
    let grades = |grades: &[(&str, u8)]| {
        grades.iter().map(|(name, grade)| ((*name).to_owned(), Role::Grade(*grade))).collect::<Vec<_>>()
    };
    assert_eq!(roles(r#"{"band":"all","from":0}"#), grades(&[("all", 2)]));
    assert_eq!(roles(r#"{"band":"fine","from":40},{"band":"poor","from":0}"#), grades(&[("poor", 0), ("fine", 4)]));
    // Bands have the colours that they have on every day, whoever is in them today.
    let seven = r#"{"band":"x","from":90},{"band":"y","from":70},{"band":"(none)","from":50},{"band":"z","from":0}"#;
    assert_eq!(roles(seven), grades(&[("z", 0), ("\"(none)\"", 1), ("y", 2)]));
    let five = r#"{"band":"a","from":80},{"band":"b","from":60},{"band":"c","from":40},{"band":"d","from":20},{"band":"e","from":0}"#;
    assert_eq!(roles(five), grades(&[("e", 0), ("d", 1), ("c", 2), ("b", 3), ("a", 4)]));
}

#[test]
fn bands_are_known_where_only_persons_have_set_them() {
    let portfolio = scored(&[("a", "", "90"), ("b", "", "80")]);
    let scorecard = scorecard(
        r#""overrides": [{"customer_id": "b", "band": "red", "author": "Kim", "reason": "a call", "from": "2026-04-01", "until": "2026-07-01"}],"#,
    );
    let health = portfolio.health(day("2026-04-15")).scorecard(&scorecard).run().unwrap();
    let json = health.table().to_json();
    for table in [health.table(), &Table::from_json(&json).unwrap()] {
        let figure = figure(table, Picture::ScoreDistribution);
        let roles: Vec<_> = figure.layers.iter().map(|layer| (layer.name.as_str(), layer.role)).collect();
        assert_eq!(roles, [("red", Role::Grade(0)), ("green", Role::Grade(4))]);
        // A table of bands that its scorecard does not have.
        let odd = Table::from_json(&json.replace(r#""bands":["green","yellow","red"]"#, r#""bands":["red"]"#)).unwrap();
        let figure = self::figure(&odd, Picture::ScoreDistribution);
        let roles: Vec<_> = figure.layers.iter().map(|layer| (layer.name.as_str(), layer.role)).collect();
        assert_eq!(roles, [("green", Role::Unknown), ("red", Role::Grade(2))]);
    }
}

#[test]
fn where_there_is_no_score_none_is_drawn() {
    let portfolio = scored(&[("a", "80", "none"), ("b", "none", "80")]);
    let card = scorecard("").to_json().replace(r#""curve""#, r#""max_age_days":20,"curve""#);
    let card = Scorecard::from_json(&card).unwrap();
    let query = portfolio.explain_health(day("2026-03-15")).customer_id("b").scorecard(&card);
    let contributions = figure(query.run().unwrap().table(), Picture::Contributions);
    assert_eq!((contributions.layers.len(), names(&contributions.horizontal).len()), (0, 2));
    let query = portfolio.explain_health_change(day("2026-04-15"), day("2026-03-15")).customer_id("a").scorecard(&card);
    let changes = figure(query.run().unwrap().table(), Picture::ContributionChanges);
    assert_eq!(changes.layers.len(), 0);
    for figure in [contributions, changes] {
        assert!(!figure.to_svg().contains(">0.0<") && !figure.subtitle.contains("0.0"), "{}", figure.subtitle);
    }
}

#[test]
fn moves_are_shares_of_those_who_were_in_a_band() {
    let portfolio = scored(&[
        ("a", "90", "95"),
        ("b", "90", "60"),
        ("c", "80", "10"),
        ("d", "80", "gone"),
        ("e", "10", "20"),
        ("f", "new", "60"),
        ("g", "none", "30"),
    ]);
    let migration =
        portfolio.health_migration(day("2026-04-15"), day("2026-03-15")).scorecard(&scorecard("")).run().unwrap();
    let rows: Vec<HealthMigrationRow<'_>> = migration.rows().collect();
    let bands: Vec<_> = rows.iter().map(|row| (row.from_band, row.to_band, row.customers)).collect();
    assert_eq!(
        bands,
        [
            (Some("green"), Some("green"), 1),
            (Some("green"), Some("red"), 1),
            (Some("green"), Some("yellow"), 1),
            (Some("green"), None, 1),
            (Some("red"), Some("red"), 1),
            (None, Some("red"), 1),
            (None, Some("yellow"), 1),
        ]
    );
    let figure = figure(migration.table(), Picture::BandMigration);
    let expected = ["green", "yellow", "red", "(too little evidence)", "(not paying)"];
    assert_eq!(names(&figure.horizontal), expected);
    assert_eq!(names(&figure.vertical), expected);
    let Marks::Cells { darkest, cells } = &figure.layers[0].marks else { panic!("cells") };
    assert_eq!(*darkest, 1.0);
    let cells: Vec<_> = cells.iter().map(|cell| (cell.at.0, cell.band, cell.at.1)).collect();
    assert_eq!(cells, [(0, 0, 0.25), (0, 2, 0.25), (0, 1, 0.25), (0, 4, 0.25), (2, 2, 1.0), (3, 2, 1.0), (4, 1, 1.0)]);
    let svg = figure.to_svg();
    assert!(svg.contains("<title>green → yellow: 1 (25.0%)</title>"), "{svg}");
    // The name of the axis stands at the left, and long names of bands leave it its room.
    assert!(svg.contains("viewBox=\"0 0 804 "), "{svg}");
}

/// The steps of a picture, from one measure to the next, and the bar that all of them make.
fn steps(figure: &Figure) -> (Vec<(usize, [f64; 2])>, [f64; 2]) {
    let (whole, parts) = figure.layers.split_last().unwrap();
    assert_eq!(whole.role, Role::Balance);
    let mut steps: Vec<_> = parts.iter().flat_map(|layer| bars(&layer.marks)).collect();
    steps.sort_by_key(|(band, _)| *band);
    (steps, bars(&whole.marks)[0].1)
}

#[test]
fn contributions_lead_to_the_score() {
    let portfolio = book();
    let as_of = day("2025-12-31");
    let health = portfolio.health(as_of).run().unwrap();
    let score = health.rows().find(|row| row.customer_id == "cus-0000003").and_then(|row| row.score).unwrap();
    let one = portfolio.explain_health(as_of).customer_id("cus-0000003").run().unwrap();
    let drawn = figure(one.table(), Picture::Contributions);
    assert!(drawn.subtitle.starts_with("cus-0000003, 2025-12-31; scorecard "), "{}", drawn.subtitle);
    let (found, whole) = steps(&drawn);
    assert_eq!(whole, [0.0, score]);
    let rows: Vec<ExplainHealthRow<'_>> = one.rows().collect();
    assert_eq!(found.len(), rows.len());
    let mut top = 0.0;
    for ((band, [from, to]), row) in found.into_iter().zip(&rows) {
        assert_eq!(from, top);
        assert!((to - from - row.contribution.unwrap_or_default()).abs() < 1e-9, "{}", row.measure);
        assert_eq!(names(&drawn.horizontal)[band], row.measure);
        top = to;
    }
    assert_eq!(top, score);

    let scores: Vec<f64> = health.rows().filter_map(|row| row.score).collect();
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    let all = figure(portfolio.explain_health(as_of).run().unwrap().table(), Picture::Contributions);
    assert!(all.subtitle.starts_with(&format!("mean of {} customers, 2025-12-31; ", scores.len())), "{}", all.subtitle);
    assert!((steps(&all).1[1] - mean).abs() < 1e-9);
}

#[test]
fn changes_lead_from_the_earlier_score_to_the_score() {
    let portfolio = book();
    let (as_of, since) = (day("2025-12-31"), day("2025-06-30"));
    let score = |at| {
        let health = portfolio.health(at).run().unwrap();
        health.rows().find(|row| row.customer_id == "cus-0000003").and_then(|row| row.score).unwrap()
    };
    let (before, after) = (score(since), score(as_of));
    let change = portfolio.explain_health_change(as_of, since).customer_id("cus-0000003").run().unwrap();
    let drawn = figure(change.table(), Picture::ContributionChanges);
    let told = format!("cus-0000003, 2025-12-31, {before:.1} → {after:.1}; scorecard ");
    assert!(drawn.subtitle.starts_with(&told), "{}", drawn.subtitle);
    let (found, whole) = steps(&drawn);
    assert!((whole[1] - (after - before)).abs() < 1e-9);
    let changes: Vec<f64> = change.rows().map(|row| row.change.unwrap()).collect();
    assert_eq!(found.len(), changes.len());
    for ((_, [from, to]), change) in found.into_iter().zip(changes) {
        assert!((to - from - change).abs() < 1e-9);
    }
    let [gained, lost] = [Role::Expansion, Role::Churn].map(|role| {
        let layer = drawn.layers.iter().find(|layer| layer.role == role).unwrap();
        bars(&layer.marks)
    });
    assert!(gained.iter().all(|(_, [from, to])| from <= to) && lost.iter().all(|(_, [from, to])| from > to));
    assert!(!lost.is_empty() && gained.iter().any(|(_, [from, to])| from < to));
}

fn backtest() -> Backtest {
    let days = [day("2024-06-30"), day("2024-12-31")];
    book().backtest(days, 180).resamples(100).run().unwrap()
}

#[test]
fn calibration_has_a_rate_for_each_range_with_scores() {
    let backtest = backtest();
    let figure = figure(backtest.calibration().table(), Picture::Calibration);
    let rows: Vec<BacktestCalibrationRow> = backtest.calibration().rows().collect();
    assert_eq!(names(&figure.horizontal)[7], "70–80");
    let Marks::Line(all) = &figure.layers[0].marks else { panic!("a line") };
    let (events, seen) = rows.iter().fold((0, 0), |(some, all), row| (some + row.events, all + row.observations));
    assert!(events > 0 && all.len() == 10);
    assert!(all.iter().all(|mark| (mark.at - events as f64 * 100.0 / seen as f64).abs() < 1e-9));
    let Marks::Intervals(marks) = &figure.layers[1].marks else { panic!("intervals") };
    let found: Vec<_> = marks.iter().map(|mark| (mark.band, mark.at)).collect();
    let expected = rows.iter().enumerate().filter_map(|(band, row)| {
        let ends = [row.event_rate_low?, row.event_rate?, row.event_rate_high?];
        Some((band, ends.map(|rate| rate * 100.0)))
    });
    assert_eq!(found, expected.collect::<Vec<_>>());
}

#[test]
fn lift_and_gains_are_those_of_the_backtest() {
    let backtest = backtest();
    let rows: Vec<BacktestLiftRow> = backtest.lift().rows().collect();
    let lift = figure(backtest.lift().table(), Picture::Lift);
    let expected: Vec<_> = rows.iter().enumerate().map(|(at, row)| (at, [0.0, row.lift.unwrap()])).collect();
    assert_eq!(bars(&lift.layers[0].marks), expected);
    let Marks::Line(chance) = &lift.layers[1].marks else { panic!("a line") };
    assert!(chance.len() == 10 && chance.iter().all(|mark| mark.at == 1.0));

    let gains = figure(backtest.lift().table(), Picture::Gains);
    let Marks::Curve(points) = &gains.layers[1].marks else { panic!("a curve") };
    let all: u64 = rows.iter().map(|row| row.observations).sum();
    let mut seen = 0;
    assert_eq!(points[0].at, [0.0, 0.0]);
    for (point, row) in points[1..].iter().zip(&rows) {
        seen += row.observations;
        assert!((point.at[0] - seen as f64 * 100.0 / all as f64).abs() < 1e-9);
        assert_eq!(point.at[1], row.cumulative_recall.unwrap() * 100.0);
    }
    assert_eq!(points.last().unwrap().at, [100.0, 100.0]);
}
