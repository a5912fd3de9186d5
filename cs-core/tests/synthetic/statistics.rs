//! A book is a company's: churn, growth and contracts lie where those of companies lie.

use std::collections::{BTreeMap, BTreeSet};

use cs_core::{ContractKind, Portfolio, Table};

use super::{cells, drawn, given};

/// What is stated of a healthy book of a thousand customers and three years.
struct Statistics {
    /// Customers lost of those who were there, averaged over months.
    monthly_churn: f64,
    /// Expansion over opening MRR, likewise.
    monthly_expansion: f64,
    net_retention: f64,
    gross_retention: f64,
    contracts_a_customer: f64,
}

fn statistics(portfolio: &Portfolio) -> Statistics {
    let day = |text: &str| text.parse().unwrap();
    let rows: Vec<_> = portfolio.movements(day("2023-02-01"), day("2026-01-01")).run().unwrap().rows().collect();
    let mean = |of: &dyn Fn(&cs_core::MovementsRow) -> (i128, i128)| {
        let (over, under) = rows.iter().map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        over as f64 / under as f64
    };
    let retention = portfolio.retention(day("2025-12-01"), day("2026-01-01")).run().unwrap();
    let retention = retention.rows().next().unwrap();
    Statistics {
        monthly_churn: mean(&|row| (row.churned_customers.into(), row.opening_customers.into())),
        monthly_expansion: mean(&|row| (row.expansion_mrr.units(), row.opening_mrr.units())),
        net_retention: retention.nrr.unwrap(),
        gross_retention: retention.grr.unwrap(),
        contracts_a_customer: portfolio.contract_count() as f64 / portfolio.customer_count() as f64,
    }
}

#[test]
fn a_healthy_book_lies_within_its_bounds() {
    for seed in 1..=20 {
        let found = statistics(&drawn(1_000, seed, None));
        let told = |name: &str, value: f64, bounds: std::ops::RangeInclusive<f64>| {
            assert!(bounds.contains(&value), "seed {seed}: {name} is {value}, not within {bounds:?}");
        };
        told("monthly churn", found.monthly_churn, 0.012..=0.022);
        told("monthly expansion", found.monthly_expansion, 0.010..=0.030);
        told("net retention", found.net_retention, 0.85..=1.20);
        told("gross retention", found.gross_retention, 0.72..=0.93);
        told("contracts a customer", found.contracts_a_customer, 2.7..=3.5);
    }
}

#[test]
fn all_kinds_of_things_happen() {
    let portfolio = drawn(1_000, 1, None);
    let contracts = portfolio.table("contracts").unwrap();
    let count = |column: &str, text: &str| cells(&contracts, column).iter().filter(|cell| *cell == text).count();
    for kind in ContractKind::ALL {
        assert!(count("kind", kind.name()) > 5, "{kind}");
    }
    for (column, words) in [
        ("billing_period", &["month", "year"][..]),
        ("source", &["sales", "referral", "champion_move"]),
        ("churn_kind", &["voluntary", "payment_failure", "business_closed"]),
        ("product", &["workspace", "analytics", "automation", "archive"]),
        ("plan", &["starter", "team", "business", "enterprise"]),
    ] {
        words.iter().for_each(|word| assert!(count(column, word) > 3, "{column} {word}"));
    }
    for column in ["notice_date", "notice_withdrawn_on", "renews_contract_id", "term_end"] {
        assert!(cells(&contracts, column).iter().any(|cell| !cell.is_empty()), "{column}");
    }
    let movements = portfolio.movements("2023-01-01".parse().unwrap(), "2026-01-01".parse().unwrap()).run().unwrap();
    let sum = |of: fn(&cs_core::MovementsRow) -> i128| movements.rows().map(|row| of(&row)).sum::<i128>();
    for flow in [
        sum(|row| row.reactivation_mrr.units()),
        sum(|row| row.contraction_mrr.units()),
        sum(|row| row.upsell_mrr.units()),
        sum(|row| row.downsell_mrr.units()),
        sum(|row| row.cross_sell_mrr.units()),
        sum(|row| row.product_churn_mrr.units()),
    ] {
        assert!(flow > 0);
    }
    // More comes at the year's turn than in August.
    let new = |month: &str| {
        let rows = movements.rows().filter(|row| row.period_start.to_string().ends_with(month));
        rows.map(|row| row.new_customers).sum::<u64>()
    };
    assert!(new("12-01") > new("08-01") * 3 / 2, "{} {}", new("12-01"), new("08-01"));
}

/// The lines of the main product, by customer in the order of their starts: the plan, the number that a renewal has, the
/// first day and the first day without it.
fn main_lines(contracts: &Table) -> BTreeMap<String, Vec<[String; 4]>> {
    let [customers, products, kinds] = ["customer_id", "product", "kind"].map(|column| cells(contracts, column));
    let told = ["plan", "renews_contract_id", "start_date", "end_date"].map(|column| cells(contracts, column));
    let mut lines: BTreeMap<String, Vec<[String; 4]>> = BTreeMap::new();
    for (row, customer) in customers.into_iter().enumerate() {
        if products[row] == "workspace" && kinds[row] == "subscription" {
            lines.entry(customer).or_default().push(told.each_ref().map(|column| column[row].clone()));
        }
    }
    lines.values_mut().for_each(|lines| lines.sort_by(|one, other| one[2].cmp(&other[2])));
    lines
}

#[test]
fn customers_upgrade_renew_late_and_come_back() {
    let lines = main_lines(&drawn(1_000, 1, None).table("contracts").unwrap());
    let pairs = || lines.values().flat_map(|lines| lines.iter().zip(lines.iter().skip(1)));
    let rank = |plan: &str| ["starter", "team", "business", "enterprise"].iter().position(|known| *known == plan);
    let upgrades = pairs().filter(|([before, ..], [after, ..])| rank(before) < rank(after)).count();
    assert!(upgrades > 20, "{upgrades}");
    let gap = |([.., end], [_, renews, start, _]): &(&[String; 4], &[String; 4]), is_renewal: bool| {
        // Days in this form are in order as texts.
        !end.is_empty() && end < start && renews.is_empty() != is_renewal
    };
    let (late, back) =
        (pairs().filter(|pair| gap(pair, true)).count(), pairs().filter(|pair| gap(pair, false)).count());
    assert!(late > 5 && back > 5, "{late} {back}");
}

#[test]
fn a_healthy_book_has_strains_that_cost_customers() {
    let portfolio = drawn(2_000, 1, None);
    let truth = portfolio.table("truth").unwrap();
    let (causes, left) = (cells(&truth, "cause"), cells(&truth, "left_on"));
    let count = |cause: &str| causes.iter().filter(|found| *found == cause).count();
    let lost =
        |cause: &str| causes.iter().zip(&left).filter(|(found, left)| *found == cause && !left.is_empty()).count();
    for cause in ["wrong_fit", "champion_left", "slow_onboarding", "support_storm", "silence", "unmet_outcomes"] {
        assert!(count(cause) > 50 && lost(cause) > 10, "{cause}: {} {}", count(cause), lost(cause));
    }
    // Of those on whom nothing ever lay, fewer have left.
    let strained: BTreeSet<String> = cells(&truth, "customer_id")
        .into_iter()
        .zip(&causes)
        .filter(|(_, cause)| !["chance", "payment_failure", "business_closed"].contains(&cause.as_str()))
        .map(|(customer, _)| customer)
        .collect();
    let gone: BTreeSet<String> = cells(&truth, "customer_id")
        .into_iter()
        .zip(&left)
        .filter(|(_, left)| !left.is_empty())
        .map(|(customer, _)| customer)
        .collect();
    let all: BTreeSet<String> = given(&portfolio.table("contracts").unwrap(), "customer_id").into_iter().collect();
    let share = |of: &dyn Fn(&&String) -> bool| {
        let some: Vec<&String> = all.iter().filter(of).collect();
        some.iter().filter(|customer| gone.contains(**customer)).count() as f64 / some.len() as f64
    };
    let (with, without) =
        (share(&|customer| strained.contains(*customer)), share(&|customer| !strained.contains(*customer)));
    assert!(with > 1.5 * without, "{with} {without}");
}
