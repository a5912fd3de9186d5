//! The journal: one row for each movement, which the table of movements sums.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::books::books;
use crate::config;
use crate::figures::{Figures, rows};
use crate::model::{self, Movement};

/// A customer's rows, in their order.
fn by_customer(rows: &[Movement]) -> BTreeMap<&str, Vec<&Movement>> {
    let mut customers: BTreeMap<&str, Vec<&Movement>> = BTreeMap::new();
    for row in rows {
        customers.entry(&row.customer).or_default().push(row);
    }
    customers
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rows_are_what_every_day_shows(book in books()) {
        let figures = Figures::of(&book.movements());
        let (start, end) = (figures.periods[0].0, figures.periods[figures.len() - 1].1);
        prop_assert_eq!(rows(&book.journal()), model::movements(&model::lines(&book), start, end));
    }

    #[test]
    fn rows_sum_to_the_table(book in books()) {
        let figures = Figures::of(&book.movements());
        let rows = rows(&book.journal());
        let mut counted = 0;
        for (period, &(start, end)) in figures.periods.iter().enumerate() {
            let inside = || rows.iter().filter(|row| start <= row.date && row.date < end);
            counted += inside().count();
            for (kind, amount, count) in [
                ("new", "new_mrr", "new_customers"),
                ("reactivation", "reactivation_mrr", "reactivated_customers"),
                ("expansion", "expansion_mrr", "expanded_customers"),
                ("contraction", "contraction_mrr", "contracted_customers"),
                ("churn", "churned_mrr", "churned_customers"),
            ] {
                let moved = || inside().filter(|row| row.kind == kind);
                prop_assert_eq!(moved().map(|row| row.amount).sum::<i128>(), figures.at(amount, period), "{}", amount);
                let customers: BTreeSet<_> = moved().map(|row| &row.customer).collect();
                prop_assert_eq!(customers.len() as i128, figures.at(count, period), "{}", count);
            }
            let sum = |part: fn(&Movement) -> i128| inside().map(part).sum::<i128>();
            prop_assert_eq!(sum(|row| row.upsell), figures.at("upsell_mrr", period));
            prop_assert_eq!(sum(|row| row.cross_sell), figures.at("cross_sell_mrr", period));
            prop_assert_eq!(sum(|row| row.downsell), figures.at("downsell_mrr", period));
            prop_assert_eq!(sum(|row| row.product_churn), figures.at("product_churn_mrr", period));
        }
        prop_assert_eq!(counted, rows.len(), "every row lies in a period");
    }

    #[test]
    fn rows_of_a_customer_are_a_chain(book in books()) {
        let figures = Figures::of(&book.movements());
        let rows = rows(&book.journal());
        let mut opening = 0;
        let mut closing = 0;
        let moved = by_customer(&rows);
        for own in moved.values() {
            for pair in own.windows(2) {
                prop_assert_eq!(pair[0].after, pair[1].before);
            }
            opening += own[0].before;
            closing += own[own.len() - 1].after;
        }
        // Who did not move is in both balances alike.
        let last = figures.len() - 1;
        prop_assert_eq!(figures.at("closing_mrr", last) - closing, figures.at("opening_mrr", 0) - opening);
    }

    #[test]
    fn rows_say_what_happened(book in books()) {
        for own in by_customer(&rows(&book.journal())).into_values() {
            for (position, row) in own.into_iter().enumerate() {
                prop_assert_eq!(row.amount, (row.after - row.before).abs());
                prop_assert!(row.before >= 0 && row.after >= 0);
                let fits = match row.kind.as_str() {
                    // A customer whose first row is not `new` moved before the range.
                    "new" => row.before == 0 && row.after > 0 && position == 0,
                    "reactivation" => row.before == 0 && row.after > 0,
                    "churn" => row.before > 0 && row.after == 0,
                    "expansion" => 0 < row.before && row.before < row.after,
                    "contraction" => 0 < row.after && row.after < row.before,
                    "product_mix" => row.before > 0 && row.before == row.after,
                    other => return Err(TestCaseError::fail(format!("{other} is no kind of this reading"))),
                };
                prop_assert!(fits, "{:?}", row);
                let gross = [row.upsell, row.cross_sell, row.downsell, row.product_churn];
                prop_assert!(gross.iter().all(|&amount| amount >= 0));
                let net = row.upsell + row.cross_sell - row.downsell - row.product_churn;
                match row.kind.as_str() {
                    "new" | "reactivation" | "churn" => prop_assert_eq!(gross, [0; 4]),
                    "product_mix" => prop_assert!(net == 0 && gross.iter().any(|&amount| amount > 0)),
                    _ => prop_assert_eq!(net, row.after - row.before),
                }
            }
        }
    }

    #[test]
    fn rows_are_in_the_order_of_day_and_customer(book in books()) {
        let rows = rows(&book.journal());
        for pair in rows.windows(2) {
            let key = |row: &Movement| (row.date, row.customer.as_bytes().to_vec());
            prop_assert!(key(&pair[0]) < key(&pair[1]), "one row a day and customer, in order");
        }
    }

    #[test]
    fn rows_name_the_contracts_that_moved(book in books()) {
        for row in rows(&book.journal()) {
            prop_assert!(!row.contracts.is_empty());
            prop_assert!(row.contracts.windows(2).all(|pair| pair[0].as_bytes() < pair[1].as_bytes()));
            for id in &row.contracts {
                let moved = book.contracts.iter().any(|contract| {
                    let days = [Some(contract.start_date), contract.end_date, contract.term_end];
                    contract.contract_id == *id
                        && contract.customer_id == row.customer
                        && days.contains(&Some(row.date))
                });
                prop_assert!(moved, "{} neither starts nor ends on {}", id, row.date);
            }
        }
    }
}
