//! What is true of the company itself, and of the world: practices, rates of exchange, causes without a customer.

use super::dice::{Subject, later, months_later};
use super::fault::PlantedFault;
use super::recipe::Recipe;
use super::rows::{TableRows, text};
use super::strains::ChurnCause;
use super::worth::worth;
use crate::table::{Cell, Kind};

/// Tables that are not of customers.
pub(super) const TABLES: [&str; 2] = ["practices", "fx_rates"];

/// A table that is not of customers.
pub(super) fn table(recipe: &Recipe, name: &str) -> Option<TableRows> {
    match name {
        "practices" => Some(practices(recipe)),
        "fx_rates" => Some(rates(recipe)),
        _ => None,
    }
}

/// What the company does, who answers for it, and the months of the book after which it began.
const PRACTICES: [(&str, &str, Option<&str>, u32); 14] = [
    ("retention_goal", "net_revenue_retention_104", Some("chief_executive"), 0),
    ("shared_goals", "sales_marketing_success", Some("chief_executive"), 1),
    ("incentive", "renewal_bonus", Some("chief_revenue_officer"), 2),
    ("incentive", "lifetime_value_bonus", Some("chief_revenue_officer"), 4),
    ("authority", "success_may_stop_a_sale", Some("chief_customer_officer"), 3),
    ("visibility", "retention_in_board_report", Some("chief_executive"), 0),
    ("handover", "sales_to_success_checklist", Some("chief_customer_officer"), 2),
    ("signed_definitions", "retention", Some("chief_financial_officer"), 1),
    ("definition_in_use", "retention", Some("chief_financial_officer"), 1),
    ("metric_owner", "net_revenue_retention", Some("chief_customer_officer"), 1),
    ("metric_owner", "gross_revenue_retention", Some("chief_customer_officer"), 1),
    ("metric_owner", "time_to_value", Some("head_of_onboarding"), 1),
    ("metric_owner", "health_score", Some("head_of_success_operations"), 1),
    ("score_validated", "health_score", Some("head_of_success_operations"), 6),
];

fn practices(recipe: &Recipe) -> TableRows {
    let columns = [("topic", Kind::Text), ("value", Kind::Text), ("owner", Kind::Text), ("since", Kind::Date)];
    let mut rows = TableRows::of("practices", &columns, 0);
    let mut row = |topic: &str, value: &str, owner: Option<&str>, months| {
        let since = months_later(recipe.start, months);
        if since < recipe.end {
            rows.push(&[Cell::Text(topic), Cell::Text(value), text(owner), Cell::Date(since)]);
        }
    };
    for (topic, value, owner, months) in PRACTICES {
        let is_lacking = match recipe.fault {
            Some(PlantedFault::KnowYourMetrics) => topic == "signed_definitions",
            Some(PlantedFault::HardMetrics) => topic == "score_validated",
            Some(PlantedFault::TopDown) => {
                ["retention_goal", "shared_goals", "incentive", "authority", "visibility", "handover"].contains(&topic)
            }
            _ => false,
        };
        let is_unowned = recipe.fault == Some(PlantedFault::HardMetrics) && topic == "metric_owner";
        match (is_lacking, is_unowned) {
            (true, _) => {}
            (false, true) if value == "net_revenue_retention" => {
                row(topic, value, owner, months);
                row(topic, value, Some("chief_revenue_officer"), months);
            }
            (false, true) => row(topic, value, None, months),
            (false, false) => row(topic, value, owner, months),
        }
    }
    if recipe.fault == Some(PlantedFault::KnowYourMetrics) {
        row("definition_in_use", "net_of_new_customers", Some("head_of_sales"), 2);
    }
    rows
}

/// Currencies that some customers pay in.
const FOREIGN: [&str; 4] = ["EUR", "GBP", "JPY", "USD"];

/// Decimals of a rate.
const RATE_DIGITS: u8 = 6;

/// A rate for each week and currency, drawn from the week before.
fn rates(recipe: &Recipe) -> TableRows {
    let columns = [("date", Kind::Date), ("currency", Kind::Text), ("rate", Kind::Money)];
    let mut rows = TableRows::of("fx_rates", &columns, RATE_DIGITS);
    // What no company sells in has no rates.
    let Some(own) = worth(recipe.currency.code()) else { return rows };
    let others = FOREIGN.into_iter().filter(|code| *code != recipe.currency.code());
    let dice = &mut recipe.dice(0, Subject::Rates);
    // In millionths of the rate's last decimal, so that small rates move as well.
    let mut at: Vec<(&str, i128)> =
        others.filter_map(|code| Some((code, worth(code)? * 1_000_000_000_000 / own.max(1)))).collect();
    let mut day = recipe.start;
    while day < recipe.end {
        for (code, rate) in &mut at {
            *rate += *rate * i128::from(dice.between(-60, 60)) / 10_000;
            let units = *rate / 1_000_000;
            rows.push(&[Cell::Date(day), Cell::Text(code), Cell::Money { units, digits: RATE_DIGITS }]);
        }
        day = later(day, 7);
    }
    rows
}

/// The row of a cause that is the company's own.
pub(super) fn truth(recipe: &Recipe, rows: &mut TableRows) {
    let cause = match recipe.fault {
        Some(PlantedFault::KnowYourMetrics) => ChurnCause::UndefinedMetrics,
        Some(PlantedFault::HardMetrics) => ChurnCause::UnownedMetrics,
        _ => return,
    };
    let last = later(recipe.end, -1);
    let at_stake: i64 = (0..recipe.customers).map(|number| recipe.life(number).mrr(last)).sum();
    let began = Cell::Date(recipe.start);
    let planted = Cell::Flag(true);
    rows.push(&[
        Cell::Absent,
        Cell::Text(cause.name()),
        began,
        Cell::Absent,
        Cell::Absent,
        recipe.money(at_stake),
        planted,
    ]);
}
