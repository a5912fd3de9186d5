//! What falls due and what follows it: lines make the table, and what is committed is what moves.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use cs_core::{Portfolio, RenewalOutcome, RenewalUnit, RenewalsRow};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::books::{Book, books};
use crate::config;

/// A book of which some contracts say which they renew, and whether they renew themselves.
fn linked() -> impl Strategy<Value = Book> {
    let more = prop::collection::vec((prop::option::of(any::<Index>()), any::<Option<bool>>()), 1..8);
    (books(), more).prop_map(|(mut book, more)| {
        let ids: Vec<String> = book.contracts.iter().map(|contract| contract.contract_id.clone()).collect();
        for (contract, (link, auto_renew)) in book.contracts.iter_mut().zip(more) {
            contract.renews_contract_id = link.map(|link| link.get(&ids).clone());
            contract.auto_renew = auto_renew;
        }
        book
    })
}

/// What is counted and summed of a row.
fn summed(row: &RenewalsRow) -> Vec<i128> {
    let counts = [row.due_count, row.pending_count, row.renewed_count, row.upgraded_count, row.downgraded_count];
    let more = [row.lost_count, row.early_termination_count, row.free_count, row.first_count, row.first_kept_count];
    let amounts = [row.due_mrr, row.pending_mrr, row.kept_mrr, row.upgrade_mrr, row.downgrade_mrr, row.lost_mrr];
    let amounts = amounts.into_iter().chain([row.open_ended_mrr]).map(cs_core::Money::units);
    counts.into_iter().chain(more).map(i128::from).chain(amounts).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn lines_make_the_table(book in linked(), early_days in 0_u32..90, renewal_grace_days in 0_u32..60, together in any::<bool>()) {
        let renewal_unit = if together { RenewalUnit::Customer } else { RenewalUnit::CustomerProduct };
        let mut definitions = book.definitions.clone();
        (definitions.early_days, definitions.renewal_grace_days, definitions.renewal_unit) = (early_days, renewal_grace_days, renewal_unit);
        let portfolio = book.load();
        let renewals = portfolio.renewals(book.start, book.end).definitions(&definitions).run().unwrap();
        let lines = portfolio.renewal_lines(book.start, book.end).definitions(&definitions).run().unwrap();
        for row in renewals.rows() {
            let mine = || lines.rows().filter(|line| row.period_start <= line.due_on && line.due_on < row.period_end);
            let of = |outcomes: &[RenewalOutcome]| mine().filter(|line| outcomes.contains(&line.outcome)).count() as u64;
            prop_assert_eq!(row.free_count, of(&[RenewalOutcome::Free]));
            prop_assert_eq!(row.due_count + row.free_count, mine().count() as u64);
            prop_assert_eq!(row.lost_count, of(&[RenewalOutcome::Lost, RenewalOutcome::EarlyTermination]));
            prop_assert_eq!(row.pending_count, of(&[RenewalOutcome::Pending]));
            let kept = row.renewed_count + row.upgraded_count + row.downgraded_count;
            prop_assert_eq!(row.due_count, kept + row.lost_count + row.pending_count);
            prop_assert_eq!(kept, row.early_count + row.on_time_count + row.late_count);
            prop_assert!(row.first_kept_count <= row.first_count && row.first_count <= kept + row.lost_count);
            let amount = |money: cs_core::Money| money.units();
            let parts = [row.pending_mrr, row.kept_mrr, row.downgrade_mrr, row.lost_mrr].map(amount).into_iter().sum();
            prop_assert_eq!(amount(row.due_mrr), parts);
            prop_assert_eq!(amount(row.due_mrr), mine().map(|line| amount(line.due_mrr)).sum());
            for share in [row.renewal_rate, row.gross_renewal_rate].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&share));
            }
            prop_assert!(row.gross_renewal_rate <= row.net_renewal_rate);
        }
    }

    #[test]
    fn no_contract_is_due_twice_on_a_day_or_renews_two(book in linked()) {
        let portfolio = book.load();
        let lines = portfolio.renewal_lines(cs_core::Day::MIN.date(), cs_core::Day::MAX.date()).run().unwrap();
        let (mut due, mut following) = (BTreeSet::new(), BTreeSet::new());
        for line in lines.rows() {
            for id in line.contract_ids.iter() {
                prop_assert!(due.insert((line.due_on, id.to_owned())));
            }
            // One that runs on follows itself, term by term.
            for id in line.renewed_by.iter().filter(|id| line.contract_ids.iter().all(|due| due != *id)) {
                prop_assert!(following.insert(id.to_owned()), "{} renews two", id);
            }
        }
    }

    #[test]
    fn groups_make_the_whole_whatever_the_order_of_rows(book in linked(), turn in any::<Index>()) {
        let portfolio = book.load();
        let asked = |portfolio: &Portfolio, by: &[&str]| {
            portfolio.renewals(book.start, book.end).by(by.iter().copied()).run().unwrap()
        };
        let whole = asked(&portfolio, &[]);
        for by in [&["customer_id"][..], &["product"], &["customer_id", "product"]] {
            let mut parts: BTreeMap<_, Vec<i128>> = BTreeMap::new();
            for row in asked(&portfolio, by).rows() {
                let part = summed(&row);
                let sum = parts.entry(row.period_start).or_insert_with(|| vec![0; part.len()]);
                sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            }
            for row in whole.rows() {
                let whole = summed(&row);
                // Where nobody is known there is no group.
                let none = vec![0; whole.len()];
                prop_assert_eq!(&whole, parts.get(&row.period_start).unwrap_or(&none));
            }
        }
        let mut turned = book.contracts.clone();
        if !turned.is_empty() {
            let by = turn.index(turned.len());
            turned.rotate_left(by);
        }
        let turned = book.with(turned).load();
        prop_assert_eq!(asked(&turned, &[]).table().to_json(), whole.table().to_json());
        let lines = |portfolio: &Portfolio| portfolio.renewal_lines(book.start, book.end).run().unwrap().table().to_json();
        prop_assert_eq!(lines(&turned), lines(&portfolio));
    }

    #[test]
    fn what_moves_makes_what_is_committed(book in books(), horizon_days in 1_u32..800, share in prop::option::of(0_u32..=1_000_000)) {
        let most = (cs_core::Day::MAX.date() - book.end).num_days();
        let horizon_days = horizon_days.min(u32::try_from(most).unwrap_or_default().max(1));
        if most == 0 {
            return Ok(());
        }
        let portfolio = book.load();
        let query = portfolio.committed(book.end, horizon_days);
        let query = match share {
            Some(share) => query.loss_probability(f64::from(share) / 1e6),
            None => query,
        };
        for row in query.run().unwrap().rows() {
            let amount = |money: cs_core::Money| money.units();
            let there = amount(row.mrr) + amount(row.signed_mrr) + amount(row.upgrade_mrr);
            prop_assert_eq!(amount(row.committed_mrr), there - amount(row.downgrade_mrr) - amount(row.withdrawal_mrr));
            if let (Some(loss), Some(expected)) = (row.expected_loss_mrr, row.expected_mrr) {
                prop_assert_eq!(amount(row.committed_mrr), amount(loss) + amount(expected));
                prop_assert!(amount(loss) <= amount(row.committed_mrr) && amount(loss) >= 0);
            }
        }
    }
}
