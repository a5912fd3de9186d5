//! What holds of movements by every reading, for everybody, for groups, by product, for parents.

use std::collections::BTreeMap;

use cs_core::{Cell, Definitions, PeriodLength, ReactivationAs, Sampling, Table};
use proptest::prelude::*;

use crate::config;
use crate::figures::{BALANCES, COUNTS, FLOWS, number};
use crate::worlds::{World, plain_worlds, worlds};

fn text(table: &Table, row: usize, column: &str) -> String {
    table.cell(row, column).to_string()
}

/// Rows of each group, in the order of periods.
fn groups(table: &Table, by: &[&str]) -> BTreeMap<Vec<String>, Vec<usize>> {
    let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for row in 0..table.len() {
        let key = by.iter().map(|name| match table.cell(row, name) {
            Cell::Absent => "\u{10ffff}".to_owned(),
            cell => cell.to_string(),
        });
        groups.entry(key.collect()).or_default().push(row);
    }
    groups
}

/// Balances and flows join in the rows of one group.
fn joins(table: &Table, rows: &[usize], world: &World) -> Result<(), TestCaseError> {
    let definitions = &world.book.definitions;
    for (position, &row) in rows.iter().enumerate() {
        let at = |name: &str| number(table, row, name);
        let closing = at("opening_mrr") + at("new_mrr") + at("reactivation_mrr") + at("expansion_mrr")
            - at("contraction_mrr")
            - at("churned_mrr")
            + at("fx_mrr");
        prop_assert_eq!(closing, at("closing_mrr"));
        for name in FLOWS.into_iter().chain(BALANCES) {
            prop_assert!(at(name) >= 0, "{} is a magnitude", name);
        }
        prop_assert!(at("provisional_mrr") <= at("closing_mrr"));
        prop_assert!(world.known_on.is_some() || at("provisional_mrr") == 0);
        if definitions.sampling == Sampling::PeriodEnd && definitions.reactivation_as != ReactivationAs::Expansion {
            let came = at("new_customers") + at("reactivated_customers");
            let closing = at("opening_customers") + came - at("churned_customers");
            prop_assert_eq!(closing, at("closing_customers"));
        }
        if let Some(&before) = position.checked_sub(1).and_then(|before| rows.get(before)) {
            for (closing, opening) in [("closing_mrr", "opening_mrr"), ("closing_customers", "opening_customers")] {
                prop_assert_eq!(number(table, before, closing), at(opening));
            }
            prop_assert_eq!(text(table, before, "period_end"), text(table, row, "period_start"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn balances_and_flows_join_by_every_reading(world in worlds()) {
        let portfolio = world.load();
        for by in [vec![], vec!["segment"], vec!["cohort"], vec!["product"], vec!["segment", "product", "cohort"]] {
            let movements = world.movements(&portfolio).by(by.clone()).run().unwrap();
            for rows in groups(movements.table(), &by).values() {
                joins(movements.table(), rows, &world)?;
            }
        }
    }

    #[test]
    fn groups_of_customers_add_up_in_every_column(world in worlds()) {
        let portfolio = world.load();
        let whole = world.movements(&portfolio).run().unwrap();
        for by in [vec!["segment"], vec!["cohort"], vec!["parent_id", "segment"], vec!["customer_id", "cohort"]] {
            if by.contains(&"parent_id") && world.customers.iter().all(|row| row.parent_id.is_none()) {
                continue;
            }
            if by.contains(&"segment") && world.customers.iter().all(|row| row.segment.is_none()) {
                continue;
            }
            let grouped = world.movements(&portfolio).by(by.clone()).run().unwrap();
            let groups = groups(grouped.table(), &by);
            for column in FLOWS.into_iter().chain(BALANCES).chain(COUNTS) {
                for row in 0..whole.table().len() {
                    let sum: i128 = groups.values().map(|rows| number(grouped.table(), rows[row], column)).sum();
                    prop_assert_eq!(sum, number(whole.table(), row, column), "{} by {:?}", column, by);
                }
            }
            // Groups come in the order of their values, and each has every period.
            let keys: Vec<_> = groups.keys().cloned().collect();
            let mut seen: Vec<Vec<String>> = Vec::new();
            for row in (0..grouped.table().len()).step_by(whole.table().len().max(1)) {
                let key = groups.iter().find(|(_, rows)| rows.contains(&row)).map(|(key, _)| key.clone());
                seen.extend(key);
            }
            prop_assert!(whole.table().is_empty() || seen == keys);
        }
    }

    #[test]
    fn products_add_up_in_balances(world in worlds()) {
        let portfolio = world.load();
        let whole = world.movements(&portfolio).run().unwrap();
        let grouped = world.movements(&portfolio).by(["product"]).run().unwrap();
        let groups = groups(grouped.table(), &["product"]);
        for column in BALANCES {
            for row in 0..whole.table().len() {
                let sum: i128 = groups.values().map(|rows| number(grouped.table(), rows[row], column)).sum();
                prop_assert_eq!(sum, number(whole.table(), row, column), "{}", column);
            }
        }
    }

    #[test]
    fn the_journal_sums_to_the_table_by_every_reading(world in worlds()) {
        let portfolio = world.load();
        let movements = world.movements(&portfolio).run().unwrap();
        let journal = world.journal(&portfolio).run().unwrap();
        for row in movements.rows() {
            let within = || journal.rows().filter(|found| row.period_start <= found.date && found.date < row.period_end);
            for (kind, amount, customers) in [
                ("new", row.new_mrr, row.new_customers),
                ("reactivation", row.reactivation_mrr, row.reactivated_customers),
                ("expansion", row.expansion_mrr, row.expanded_customers),
                ("contraction", row.contraction_mrr, row.contracted_customers),
                ("churn", row.churned_mrr, row.churned_customers),
            ] {
                let of_kind = || within().filter(|found| found.kind.name() == kind);
                prop_assert_eq!(of_kind().map(|found| found.amount.units()).sum::<i128>(), amount.units(), "{}", kind);
                let names: std::collections::BTreeSet<_> = of_kind().map(|found| found.customer_id).collect();
                prop_assert_eq!(names.len() as u64, customers, "{}", kind);
            }
            let products = [
                (within().map(|found| found.upsell_mrr.units()).sum::<i128>(), row.upsell_mrr),
                (within().map(|found| found.cross_sell_mrr.units()).sum(), row.cross_sell_mrr),
                (within().map(|found| found.downsell_mrr.units()).sum(), row.downsell_mrr),
                (within().map(|found| found.product_churn_mrr.units()).sum(), row.product_churn_mrr),
            ];
            for (sum, column) in products {
                prop_assert_eq!(sum, column.units());
            }
        }
        let end = movements.rows().last().map(|row| row.period_end);
        prop_assert!(journal.rows().all(|row| end.is_some_and(|end| row.date < end)));
        for row in journal.rows() {
            prop_assert!(row.contract_ids.iter().len() > 0, "something caused it");
            prop_assert_eq!(row.amount.units(), (row.mrr_after.units() - row.mrr_before.units()).abs());
        }
    }

    #[test]
    fn closes_of_periods_are_those_of_days(world in worlds()) {
        let daily = world.read_by(Definitions { sampling: Sampling::Daily, ..world.book.definitions.clone() });
        let sampled = world.read_by(Definitions { sampling: Sampling::PeriodEnd, ..world.book.definitions.clone() });
        let (portfolio, other) = (daily.load(), sampled.load());
        let (daily, sampled) = (daily.movements(&portfolio).run().unwrap(), sampled.movements(&other).run().unwrap());
        let balances = |table: &Table| {
            let columns = BALANCES.into_iter().chain(["opening_customers", "closing_customers"]);
            columns.map(|name| (0..table.len()).map(|row| number(table, row, name)).collect()).collect::<Vec<Vec<i128>>>()
        };
        prop_assert_eq!(balances(daily.table()), balances(sampled.table()));
    }

    /// Where everything happens on the first days of months, the close of a month's last day shows what that of its
    /// first day shows: the two samplings see the same, dated on the last day and on the first.
    #[test]
    fn closes_of_months_see_what_days_see_when_all_happens_on_first_days(world in plain_worlds()) {
        use chrono::Datelike as _;
        let first = |day: chrono::NaiveDate| day.with_day(1).unwrap();
        let mut world = world;
        world.pauses.clear();
        for row in &mut world.book.contracts {
            row.start_date = first(row.start_date);
            let next = |day| Some(first(day) + chrono::Months::new(1)).filter(|day| *day <= cs_core::Day::MAX.date());
            row.end_date = row.end_date.and_then(next);
            row.term_end = row.term_end.and_then(next);
            row.notice_date = row.notice_date.map(first);
        }
        world.known_on = None;
        let read = |sampling| {
            let definitions = Definitions {
                sampling,
                period: PeriodLength::Month,
                reactivation_window_days: None,
                ..world.book.definitions.clone()
            };
            let world = world.read_by(definitions);
            let portfolio = world.load();
            let (movements, journal) = (world.movements(&portfolio).run().unwrap(), world.journal(&portfolio).run().unwrap());
            let row = |row: cs_core::JournalRow<'_>| {
                let ids: Vec<String> = row.contract_ids.iter().map(str::to_owned).collect();
                (first(row.date), row.customer_id.to_owned(), row.kind, row.mrr_before.units(), row.mrr_after.units(), ids)
            };
            let figures = crate::figures::Figures::of(&movements);
            (figures, journal.rows().map(row).collect::<Vec<_>>())
        };
        prop_assert_eq!(read(Sampling::Daily), read(Sampling::PeriodEnd));
    }

    #[test]
    fn what_no_switch_touches_is_read_alike(world in plain_worlds()) {
        // Without notices, pauses, list prices, free contracts or returns, none of these switches has anything to read.
        let mut world = world;
        world.pauses.clear();
        let mut seen = std::collections::BTreeSet::new();
        world.book.contracts.retain(|row| seen.insert(row.customer_id.clone()));
        for row in &mut world.book.contracts {
            (row.notice_date, row.list_mrr) = (None, None);
        }
        world.book.contracts.retain(|row| row.mrr.is_some_and(|mrr| !mrr.is_zero()));
        let names = world.book.customers();
        world.customers.retain(|row| names.contains(&row.customer_id));
        world.facts.keep(|customer| names.iter().any(|name| name == customer));
        world.customers.iter_mut().for_each(|row| row.parent_id = None);
        let world = world.read_by(Definitions {
            sampling: Sampling::Daily,
            same_period_new_and_churn: cs_core::SamePeriodNewAndChurn::Both,
            ..world.book.definitions.clone()
        });
        let world = World { known_on: None, ..world };
        let plain = Definitions {
            period: world.book.definitions.period,
            fiscal_year_start: world.book.definitions.fiscal_year_start,
            exclude_kinds: world.book.definitions.exclude_kinds.clone(),
            extra_digits: world.book.definitions.extra_digits,
            ..Definitions::default()
        };
        let other = world.read_by(plain);
        let rows = |world: &World| {
            let portfolio = world.load();
            (crate::figures::Figures::of(&world.movements(&portfolio).run().unwrap()), crate::figures::rows(&world.journal(&portfolio).run().unwrap()))
        };
        prop_assert_eq!(rows(&world), rows(&other));
    }
}
