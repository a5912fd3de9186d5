//! The four readings are those that the example promises.

use std::collections::BTreeSet;

use cs_core::{Day, Definitions, PeriodLength, Portfolio, Sampling, Window};
use examples::readings::{readings, told};

const BOOK: &str = include_str!("../readings/contracts.csv");

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "absent".to_owned(), |share| format!("{:.1}", share * 100.0))
}

/// Of 585 a month of 39 shops, 413 is paid at the last close: 75 more by those who upgraded, so that 338 is left without.
/// On single days 488 of it was lost, 241 of that in lapses. The 56 shops that came and left had paid 556.
#[test]
fn one_book_has_four_readings() {
    let shares: Vec<f64> = readings().unwrap().iter().map(|reading| reading.share.unwrap()).collect();
    assert_eq!(shares, [413.0 / 585.0, 338.0 / 585.0, 97.0 / 585.0, 1.0 - (585.0 - 413.0 + 556.0) / 585.0]);
    assert!(shares.is_sorted_by(|a, b| a > b));
    assert!((0.69..=0.75).contains(&shares[0]) && shares[3] < 0.0);
}

#[test]
fn what_sets_them_apart_is_a_switch() {
    let readings = readings().unwrap();
    let turned = |position: usize| readings[position].turned.clone().unwrap();
    let switch = |position: usize| {
        let switches = readings[position].definitions.diff(&turned(position).definitions);
        switches.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    // Who is back within twelve days never left: what is lost is what is lost from close to close.
    assert_eq!(switch(2), ["gap_tolerance_days: 0 -> 12"]);
    assert_eq!(turned(2).share, readings[1].share);
    // Who came and left within the year never was there: what is left is what those of the first close pay.
    assert_eq!(switch(3), [r#"same_period_new_and_churn: "both" -> "neither""#]);
    assert_eq!(percent(turned(3).share), percent(readings[0].share));
}

/// What the example says of its book, counted in the book itself.
#[test]
fn the_book_is_what_it_is_said_to_be() {
    let portfolio = Portfolio::from_csv(BOOK).currency("USD").load().unwrap();
    assert_eq!((portfolio.contract_count(), portfolio.customer_count()), (121, 95));
    let rows: Vec<Vec<&str>> = BOOK.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let day = |text: &str| text.parse::<Day>().unwrap().date();
    let pairs = rows.windows(2).filter(|pair| pair[0][1] == pair[1][1] && pair[0][3] != pair[1][2]);
    let lapses: Vec<(&str, i64)> =
        pairs.map(|pair| (pair[0][1], (day(pair[1][2]) - day(pair[0][3])).num_days())).collect();
    assert_eq!((lapses.len(), lapses.iter().map(|(shop, _)| shop).collect::<BTreeSet<_>>().len()), (14, 9));
    assert_eq!(lapses.iter().map(|(_, days)| days).min_by_key(|days| **days), Some(&1));
    assert_eq!(lapses.iter().map(|(_, days)| days).max_by_key(|days| **days), Some(&12));
    let shops = |begun: bool| {
        let rows = rows.iter().filter(|row| (row[2] < "2019-01-01") == begun);
        rows.map(|row| row[1]).collect::<BTreeSet<_>>()
    };
    assert_eq!(shops(false).difference(&shops(true)).count(), 56);
}

/// The same numbers on other ways: each that is computed twice agrees.
#[test]
fn sampled_at_closes_flows_are_retention_from_close_to_close() {
    let portfolio = Portfolio::from_csv(BOOK).currency("USD").load().unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap().date();
    let (start, end) = (day("2019-01-01"), day("2020-01-01"));
    let year = Definitions { period: PeriodLength::Year, ..Definitions::default() };
    let retention = portfolio.retention(start, end).window(Window::Period).definitions(&year).run().unwrap();
    let row = retention.rows().next().unwrap();
    let readings = readings().unwrap();
    assert_eq!([row.nrr, row.grr], [readings[0].share, readings[1].share]);
    assert_eq!(row.opening_mrr.to_string(), "585.00");

    let closes = Definitions { sampling: Sampling::PeriodEnd, ..year };
    let flows = portfolio.flow_retention(start, end).definitions(&closes).run().unwrap();
    let row = flows.rows().next().unwrap();
    assert_eq!([row.flow_nrr, row.flow_grr], [readings[0].share, readings[1].share]);
}

#[test]
fn each_is_told_with_its_switches() {
    let text = told().unwrap();
    for reading in readings().unwrap() {
        let number = format!("{}%  {}\n", percent(reading.share), reading.name);
        assert!(text.contains(&number) && text.contains(reading.source) && text.contains(reading.why), "{text}");
        for difference in Definitions::default().diff(&reading.definitions) {
            assert!(text.contains(&difference.to_string()), "{text}");
        }
    }
    assert!(text.contains("57.8% with gap_tolerance_days: 0 -> 12\n"), "{text}");
    assert!(text.contains("70.6% with same_period_new_and_churn: \"both\" -> \"neither\"\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}
