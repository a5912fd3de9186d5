//! A planted fault is there, says so, hurts, and leaves alone what it has nothing to do with.

use std::collections::BTreeSet;

use cs_core::{Cell, ChurnCause, PlantedFault, Portfolio};

use super::{TABLES, cells, drawn, given, is};

/// The cause that a fault brings.
fn cause(fault: PlantedFault) -> ChurnCause {
    match fault {
        PlantedFault::RightCustomer => ChurnCause::WrongFit,
        PlantedFault::NaturalDrift => ChurnCause::Silence,
        PlantedFault::WildlySuccessful => ChurnCause::UnmetOutcomes,
        PlantedFault::MonitorHealth => ChurnCause::Unmonitored,
        PlantedFault::LoyaltyWithoutPersonalTies => ChurnCause::PersonalTies,
        PlantedFault::ProductDifferentiator => ChurnCause::WeakProduct,
        PlantedFault::TimeToValue => ChurnCause::SlowOnboarding,
        PlantedFault::KnowYourMetrics => ChurnCause::UndefinedMetrics,
        PlantedFault::HardMetrics => ChurnCause::UnownedMetrics,
        PlantedFault::TopDown => ChurnCause::BrokenPromise,
        PlantedFault::CustomerCommitment => ChurnCause::NoCommitment,
        PlantedFault::CsOperations => ChurnCause::StalledPlays,
        PlantedFault::ProductLed => ChurnCause::HandHeld,
        other => panic!("{other} has no cause"),
    }
}

fn churned(portfolio: &Portfolio) -> u64 {
    let day = |text: &str| text.parse().unwrap();
    let movements = portfolio.movements(day("2023-01-01"), day("2026-01-01")).run().unwrap();
    movements.rows().map(|row| row.churned_customers).sum()
}

#[test]
fn a_fault_is_planted_and_hurts() {
    let healthy = drawn(800, 1, None);
    assert!(!cells(&healthy.table("truth").unwrap(), "planted").contains(&"true".to_owned()));
    for &fault in PlantedFault::ALL {
        let faulty = drawn(800, 1, Some(fault));
        let truth = faulty.table("truth").unwrap();
        let planted: Vec<usize> =
            (0..truth.len()).filter(|&row| truth.cell(row, "planted") == Cell::Flag(true)).collect();
        assert!(planted.iter().all(|&row| is(&truth, row, "cause", cause(fault).name())), "{fault}");
        let is_companys = matches!(fault, PlantedFault::KnowYourMetrics | PlantedFault::HardMetrics);
        assert_eq!(planted.len() == 1, is_companys, "{fault}: {}", planted.len());
        if !is_companys {
            assert!(planted.len() > 50, "{fault}: {}", planted.len());
            assert!(churned(&faulty) > churned(&healthy) * 11 / 10, "{fault}: {}", churned(&faulty));
        }
    }
}

/// The tables in which customers differ whom a fault does not strike: none, unless it touches everybody.
fn touched(fault: PlantedFault) -> Vec<&'static str> {
    match fault {
        PlantedFault::LoyaltyWithoutPersonalTies => vec!["signals", "engagements"],
        PlantedFault::MonitorHealth | PlantedFault::HardMetrics | PlantedFault::CsOperations => {
            of_customers().filter(|name| *name != "customers").collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn who_is_not_struck_is_as_before() {
    let healthy = drawn(600, 4, None);
    for &fault in PlantedFault::ALL {
        let faulty = drawn(600, 4, Some(fault));
        let truth = faulty.table("truth").unwrap();
        let mut struck: BTreeSet<String> = (0..truth.len())
            .filter(|&row| truth.cell(row, "planted") == Cell::Flag(true))
            .map(|row| truth.cell(row, "customer_id").to_string())
            .filter(|customer| !customer.is_empty())
            .collect();
        let is_companys = matches!(fault, PlantedFault::KnowYourMetrics | PlantedFault::HardMetrics);
        assert_eq!((40..500).contains(&struck.len()), !is_companys, "{fault}: {}", struck.len());
        if fault == PlantedFault::RightCustomer {
            // It sells trials too, and `truth` knows nothing of who never was a customer.
            struck.extend(only_tried(&healthy));
        }
        let touched = touched(fault);
        // What a customer could pay follows what it pays.
        let follows = if touched.contains(&"contracts") { Some("potential_mrr") } else { None };
        let rows = |portfolio: &Portfolio, name: &str| of_others(portfolio, name, &struck, follows);
        let differ = |name: &str| rows(&healthy, name) != rows(&faulty, name);
        let found: Vec<&str> = of_customers().filter(|name| differ(name)).collect();
        assert_eq!(found, touched, "{fault}");
    }
}

/// Customers who never had more than a trial.
fn only_tried(portfolio: &Portfolio) -> BTreeSet<String> {
    let contracts = portfolio.table("contracts").unwrap();
    let (ids, kinds) = (cells(&contracts, "customer_id"), cells(&contracts, "kind"));
    let others: BTreeSet<&String> =
        ids.iter().zip(&kinds).filter(|(_, kind)| *kind != "trial").map(|(id, _)| id).collect();
    ids.iter().filter(|id| !others.contains(id)).cloned().collect()
}

/// The tables whose rows name a customer.
fn of_customers() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter().filter(|name| !["pauses", "practices", "fx_rates"].contains(name))
}

/// The rows of a table that are not of these customers, without the columns that are of others, and one more.
fn of_others(
    portfolio: &Portfolio,
    name: &str,
    customers: &BTreeSet<String>,
    without: Option<&str>,
) -> Vec<Vec<String>> {
    let table = portfolio.table(name).unwrap();
    let ids = cells(&table, "customer_id");
    // Who has left recommends nobody, and employs nobody's champion.
    let is_of_another =
        |name: &str| name == "source" || name.starts_with("referred_by") || name == "moved_to_customer_id";
    let own = table
        .columns()
        .iter()
        .map(|column| column.name())
        .filter(|name| !is_of_another(name) && Some(*name) != without);
    let columns: Vec<Vec<String>> = own.map(|name| cells(&table, name)).collect();
    let row = |row: usize| columns.iter().map(|column| column[row].clone()).collect::<Vec<_>>();
    (0..table.len()).filter(|&at| !ids[at].is_empty() && !customers.contains(&ids[at])).map(row).collect()
}

#[test]
fn faults_show_where_they_should() {
    let table = |fault: Option<PlantedFault>, name: &str| drawn(400, 1, fault).table(name).unwrap();
    let sum = |fault, signal: &str| {
        let signals = table(fault, "signals");
        let of = (0..signals.len()).filter(|&row| is(&signals, row, "signal", signal));
        of.map(|row| if let Cell::Ratio(value) = signals.cell(row, "value") { value } else { 0.0 }).sum::<f64>()
    };
    let weak = Some(PlantedFault::ProductDifferentiator);
    assert!(sum(weak, "self_service_resolutions") < sum(None, "self_service_resolutions") / 1.5);
    assert!(sum(weak, "support_contacts") > sum(None, "support_contacts") * 1.3);
    let reasons = |fault| cells(&table(fault, "contracts"), "churn_reason").iter().filter(|c| *c == "product").count();
    assert_eq!(reasons(None), 0);
    assert!(reasons(weak) > 20);
    let rows = |fault, name| table(fault, name).len();
    assert!(rows(Some(PlantedFault::MonitorHealth), "signals") < rows(None, "signals"));
    assert_eq!(rows(Some(PlantedFault::MonitorHealth), "actions"), 0);
    let tied = Some(PlantedFault::LoyaltyWithoutPersonalTies);
    for signal in ["emails_sent", "emails_opened", "emails_clicked", "community_posts"] {
        assert!(sum(None, signal) > 0.0 && sum(tied, signal) == 0.0, "{signal}");
    }
    let kinds = |fault| cells(&table(fault, "engagements"), "kind");
    for kind in ["marketing", "event"] {
        let has = |fault| kinds(fault).iter().any(|found| found == kind);
        assert!(has(None) && !has(tied), "{kind}");
    }
    assert!(rows(Some(PlantedFault::WildlySuccessful), "outcomes") < rows(None, "outcomes"));
    assert!(rows(Some(PlantedFault::NaturalDrift), "engagements") < rows(None, "engagements"));
    assert!(rows(Some(PlantedFault::TopDown), "practices") < rows(None, "practices"));
    let topics = |fault| given(&table(fault, "practices"), "topic");
    assert!(topics(None).contains(&"signed_definitions".to_owned()));
    assert!(!topics(Some(PlantedFault::KnowYourMetrics)).contains(&"signed_definitions".to_owned()));
    let closed = |fault| given(&table(fault, "actions"), "closed_on").len();
    assert!(closed(Some(PlantedFault::CsOperations)) * 2 < closed(None));
    let resolved = |fault| cells(&table(fault, "actions"), "result").iter().filter(|c| *c == "resolved").count();
    assert!(resolved(None) > 20);
    assert_eq!(resolved(Some(PlantedFault::HardMetrics)), 0);
    let left_for = |fault, reason: &str| {
        cells(&table(fault, "contracts"), "churn_reason").iter().filter(|found| *found == reason).count()
    };
    let fit = Some(PlantedFault::RightCustomer);
    assert!(left_for(fit, "no_fit") > 2 * left_for(None, "no_fit"));
    let agreed = |fault| cells(&table(fault, "outcomes"), "agreed_by_customer").iter().filter(|c| *c == "true").count();
    assert!(agreed(Some(PlantedFault::CustomerCommitment)) * 2 < agreed(None));
    // How long it took those who are through with getting started.
    let days = |fault| {
        let milestones = table(fault, "milestones");
        let day = |row, column: &str| match milestones.cell(row, column) {
            Cell::Date(day) => Some(day),
            _ => None,
        };
        let late = |row| Some(day(row, "reached_on")?.unix_days() - day(row, "due_on")?.unix_days());
        let late: Vec<i32> = (0..milestones.len()).filter_map(late).collect();
        f64::from(late.iter().sum::<i32>()) / late.len() as f64
    };
    assert!(days(Some(PlantedFault::TimeToValue)) > days(None) + 10.0);
    let led = Some(PlantedFault::ProductLed);
    let trained = |fault| kinds(fault).iter().filter(|kind| *kind == "training").count();
    assert!(trained(led) > 3 * trained(None) + 100);
    assert!(left_for(led, "slow_start") > 2 * left_for(None, "slow_start"));
}
