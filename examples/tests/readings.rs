//! The four readings are those that the example promises.

use cs_core::{Day, Definitions, PeriodLength, Portfolio, Window};
use examples::readings::{readings, told};

#[test]
fn one_book_has_four_readings() {
    let shares: Vec<f64> = readings().unwrap().iter().map(|reading| reading.share.unwrap()).collect();
    let percent: Vec<String> = shares.iter().map(|share| format!("{:.1}", share * 100.0)).collect();
    assert_eq!(percent, ["70.6", "57.8", "16.6", "-24.4"]);
    assert!(shares.is_sorted_by(|a, b| a > b));
}

#[test]
fn sampled_at_closes_flows_are_retention_from_close_to_close() {
    let book = include_str!("../readings/contracts.csv");
    let portfolio = Portfolio::from_csv(book).currency("USD").load().unwrap();
    let day = |text: &str| text.parse::<Day>().unwrap().date();
    let year = Definitions { period: PeriodLength::Year, ..Definitions::default() };
    let retention = portfolio.retention(day("2019-01-01"), day("2020-01-01")).window(Window::Period).definitions(&year);
    let row = retention.run().unwrap().rows().next().unwrap();
    let readings = readings().unwrap();
    assert_eq!([row.nrr, row.grr], [readings[0].share, readings[1].share]);
    assert_eq!(portfolio.contract_count(), 121);
    assert_eq!(row.opening_mrr.to_string(), "585.00");
}

#[test]
fn each_is_told_with_its_switches() {
    let text = told().unwrap();
    for reading in readings().unwrap() {
        assert!(text.contains(reading.name) && text.contains(reading.column) && text.contains(reading.why));
        for difference in Definitions::default().diff(&reading.definitions) {
            assert!(text.contains(&difference.to_string()));
        }
    }
    assert!(text.lines().all(|line| line.chars().count() <= 130));
}
