//! What a change of the input must do to the results, and what it must not.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate};
use cs_core::{Contract, ContractKind, Day, ExtraDigits, PeriodLength};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

use crate::books::{ALL, Book, PLAIN, Rules, books, books_of};
use crate::config;
use crate::figures::{BALANCES, FLOWS, Figures, nameless, rows};
use crate::model::Movement;

/// One row for each contract, so that a row is a contract.
const SINGLE: Rules = Rules { revisions: false, ..ALL };
/// Within 1901 and 2099 even 28 years later.
const MOVABLE: Rules = Rules { eras: &["1901-01-01", "1969-05-31", "1998-12-31", "2019-10-31", "2068-11-01"], ..ALL };

/// Lengths of periods of which the first make up the second.
const LENGTHS: [(PeriodLength, PeriodLength); 3] = [
    (PeriodLength::Month, PeriodLength::Quarter),
    (PeriodLength::Month, PeriodLength::Year),
    (PeriodLength::Quarter, PeriodLength::Year),
];

/// The canonical bytes of everything that a book gives.
fn bytes(book: &Book) -> [String; 4] {
    let portfolio = book.load();
    let table = |name: &str| portfolio.table(name).unwrap().to_json();
    [table("contracts"), table("customers"), book.movements().table().to_json(), book.journal().table().to_json()]
}

/// New names in the order of the bytes of the old ones.
fn renamed<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> BTreeMap<String, String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names.iter().enumerate().map(|(rank, name)| ((*name).to_owned(), format!("{prefix}{rank:03}"))).collect()
}

/// A contract cut on a day into two that follow each other; one that is in force for a day only cannot be cut.
fn cut(contract: &Contract, at: Index) -> Vec<Contract> {
    let end = contract.end_date.or(contract.term_end.filter(|_| contract.auto_renew == Some(false)));
    let whole = Contract { end_date: end, term_end: None, ..contract.clone() };
    let last = end.unwrap_or_else(|| (contract.start_date + Days::new(500)).min(Day::MAX.date()));
    let days = usize::try_from((last - contract.start_date).num_days()).unwrap();
    if days == 1 {
        return vec![whole];
    }
    let day = contract.start_date + Days::new(1 + at.index(days - 1) as u64);
    let rest = format!("{} again", contract.contract_id);
    vec![Contract { end_date: Some(day), ..whole.clone() }, Contract { contract_id: rest, start_date: day, ..whole }]
}

fn later(day: NaiveDate) -> NaiveDate {
    day.with_year(day.year() + 28).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_order_of_rows_is_nothing(
        (book, shuffled) in books().prop_flat_map(|book| {
            let rows = Just(book.contracts.clone()).prop_shuffle();
            (Just(book), rows)
        })
    ) {
        prop_assert_eq!(bytes(&book), bytes(&book.with(shuffled)));
    }

    #[test]
    fn names_are_only_names(book in books()) {
        let customers = renamed(book.contracts.iter().map(|row| row.customer_id.as_str()), "ク");
        let contracts = renamed(book.contracts.iter().map(|row| row.contract_id.as_str()), "k");
        let mut other = book.clone();
        for row in &mut other.contracts {
            row.customer_id = customers[&row.customer_id].clone();
            row.contract_id = contracts[&row.contract_id].clone();
        }
        prop_assert_eq!(Figures::of(&book.movements()), Figures::of(&other.movements()));
        let expected: Vec<Movement> = rows(&book.journal())
            .into_iter()
            .map(|row| Movement {
                customer: customers[&row.customer].clone(),
                contracts: row.contracts.iter().map(|id| contracts[id].clone()).collect(),
                ..row
            })
            .collect();
        prop_assert_eq!(rows(&other.journal()), expected);
    }

    #[test]
    fn mrr_times_k_is_results_times_k(book in books_of(PLAIN), k in 0_u64..1_000) {
        let mut larger = book.clone();
        for row in &mut larger.contracts {
            row.mrr = row.mrr.map(|mrr| Decimal::from_i128_with_scale(mrr.mantissa() * i128::from(k), mrr.scale()));
        }
        if k == 0 {
            prop_assert!(rows(&larger.journal()).is_empty(), "nothing moves where nothing is paid");
            return Ok(());
        }
        let k = i128::from(k);
        prop_assert_eq!(Figures::of(&larger.movements()), Figures::of(&book.movements()).scaled(k));
        let expected: Vec<Movement> = rows(&book.journal()).into_iter().map(|row| scaled(row, k)).collect();
        prop_assert_eq!(rows(&larger.journal()), expected);
    }

    #[test]
    fn a_contract_cut_in_two_is_the_same(book in books_of(SINGLE), which: Index, at: Index) {
        let mut parts = book.contracts.clone();
        if !parts.is_empty() {
            let contract = parts.remove(which.index(parts.len()));
            parts.extend(cut(&contract, at));
        }
        let parts = book.with(parts);
        prop_assert_eq!(book.movements(), parts.movements());
        prop_assert_eq!(nameless(&book.journal()), nameless(&parts.journal()));
    }

    #[test]
    fn two_contracts_at_once_are_their_sum(book in books_of(PLAIN), which: Index, part: Index) {
        let mut parts = book.contracts.clone();
        if !parts.is_empty() {
            let mut contract = parts.remove(which.index(parts.len()));
            let mrr = contract.mrr.unwrap();
            let other = Decimal::from_i128_with_scale(part.index(mrr.mantissa() as usize + 1) as i128, mrr.scale());
            parts.push(Contract { contract_id: "other".to_owned(), mrr: Some(other), ..contract.clone() });
            contract.mrr = mrr.checked_sub(other);
            parts.push(contract);
        }
        let parts = book.with(parts);
        prop_assert_eq!(book.movements(), parts.movements());
        prop_assert_eq!(nameless(&book.journal()), nameless(&parts.journal()));
    }

    #[test]
    fn time_moved_by_28_years_moves_the_results(book in books_of(MOVABLE)) {
        let mut moved = book.clone();
        (moved.start, moved.end) = (later(book.start), later(book.end));
        for row in &mut moved.contracts {
            row.start_date = later(row.start_date);
            for day in [
                &mut row.end_date,
                &mut row.term_end,
                &mut row.signed_date,
                &mut row.notice_date,
                &mut row.notice_withdrawn_on,
                &mut row.recorded_on,
            ] {
                *day = day.map(later);
            }
        }
        prop_assert_eq!(Figures::of(&moved.movements()), Figures::of(&book.movements()).moved(later));
        let expected: Vec<Movement> =
            rows(&book.journal()).into_iter().map(|row| Movement { date: later(row.date), ..row }).collect();
        prop_assert_eq!(rows(&moved.journal()), expected);
    }

    #[test]
    fn parts_of_a_book_add_up(book in books_of(SINGLE), part: u8) {
        let names = book.customers();
        let in_part = |row: &&Contract| {
            let rank = names.binary_search(&row.customer_id).unwrap();
            part & (1 << (rank % 8)) != 0
        };
        let one = book.with(book.contracts.iter().filter(in_part).cloned().collect());
        let two = book.with(book.contracts.iter().filter(|row| !in_part(row)).cloned().collect());
        let sum = Figures::of(&one.movements()).plus(&Figures::of(&two.movements()));
        prop_assert_eq!(sum, Figures::of(&book.movements()));
        let mut merged = rows(&one.journal());
        merged.extend(rows(&two.journal()));
        merged.sort_by(|a, b| (a.date, &a.customer).cmp(&(b.date, &b.customer)));
        prop_assert_eq!(merged, rows(&book.journal()));
    }

    #[test]
    fn longer_periods_are_shorter_ones_summed(book in books(), (short, long) in select(&LENGTHS[..])) {
        let with = |length: PeriodLength, start: NaiveDate, end: NaiveDate| {
            let mut book = book.clone();
            book.definitions.period = length;
            (book.start, book.end) = (start, end);
            Figures::of(&book.movements())
        };
        let whole = with(long, book.start, book.end);
        for (period, &(start, end)) in whole.periods.iter().enumerate() {
            // A period at the edge of the calendar is no range that can be asked for.
            let calendar = Day::MIN.date()..=Day::MAX.date();
            if !calendar.contains(&start) || !calendar.contains(&end) {
                continue;
            }
            let parts = with(short, start, end);
            prop_assert_eq!(parts.len() as u32, long.months() / short.months());
            let last = parts.len() - 1;
            prop_assert_eq!((parts.periods[0].0, parts.periods[last].1), (start, end));
            for flow in FLOWS {
                prop_assert_eq!(parts.column(flow).iter().sum::<i128>(), whole.at(flow, period), "{}", flow);
            }
            for balance in BALANCES.into_iter().chain(["opening_customers", "closing_customers"]) {
                let part = if balance.starts_with("opening") { 0 } else { last };
                prop_assert_eq!(parts.at(balance, part), whole.at(balance, period), "{}", balance);
            }
            // Who moved twice in the longer period counts twice in the shorter ones.
            for count in ["new_customers", "reactivated_customers", "expanded_customers", "churned_customers"] {
                prop_assert!(parts.column(count).iter().sum::<i128>() >= whole.at(count, period), "{}", count);
            }
            prop_assert_eq!(parts.column("new_customers").iter().sum::<i128>(), whole.at("new_customers", period));
        }
    }

    #[test]
    fn extra_digits_only_add_zeros(book in books_of(PLAIN), k in 0_u32..=6) {
        let mut book = book;
        let power = 10_i128.pow(u32::from(book.definitions.extra_digits.count()));
        for row in &mut book.contracts {
            // Whole counts of the currency's own unit, which every reading holds.
            row.list_mrr = None;
            row.mrr = row.mrr.map(|mrr| Decimal::from_i128_with_scale(mrr.mantissa() / power, book.currency.digits().into()));
        }
        let mut coarse = book.definitions.clone();
        coarse.extra_digits = ExtraDigits::default();
        let mut fine = coarse.clone();
        fine.extra_digits = ExtraDigits::new(k).unwrap();
        let expected = Figures::of(&book.read_by(coarse.clone()).movements()).scaled(10_i128.pow(k));
        prop_assert_eq!(&Figures::of(&book.read_by(fine.clone()).movements()), &expected);
        // The same whether the book was loaded with them or is only looked at with them.
        let loaded = book.read_by(coarse).load();
        let looked_at = loaded.movements(book.start, book.end).definitions(&fine).run().unwrap();
        prop_assert_eq!(&Figures::of(&looked_at), &expected);
    }

    #[test]
    fn what_does_not_count_changes_nothing(book in books(), guest in books_of(SINGLE)) {
        let mut more = book.clone();
        let kind = book.definitions.exclude_kinds.first().copied();
        for (number, row) in guest.contracts.iter().enumerate() {
            let row = Contract { contract_id: format!("guest {number}"), currency: None, ..row.clone() };
            let (mrr, amount) = (row.mrr.map(|_| Decimal::ONE), row.amount.map(|_| Decimal::ONE));
            let row = Contract { mrr, amount, list_mrr: None, ..row };
            more.contracts.push(match kind {
                // A kind without the column reads as a subscription, so the guest says what it is.
                Some(kind) => Contract { kind: Some(kind), ..row },
                None => Contract { withdrawn: Some(true), ..row },
            });
        }
        prop_assert_eq!(Figures::of(&book.movements()), Figures::of(&more.movements()));
        prop_assert_eq!(rows(&book.journal()), rows(&more.journal()));
    }

    #[test]
    fn earlier_revisions_change_nothing(book in books(), guest in books_of(SINGLE)) {
        // Contracts that are recorded on a day were something else before it.
        let mut more = book.clone();
        let first = Day::MIN.date();
        for (number, (row, before)) in book.contracts.iter().zip(&guest.contracts).enumerate() {
            let mut revisions = book.contracts.iter().filter(|other| other.contract_id == row.contract_id);
            if revisions.all(|other| other.recorded_on.is_some_and(|day| day > first)) {
                let (mrr, amount) = (before.mrr.map(|_| Decimal::TEN), before.amount.map(|_| Decimal::TEN));
                more.contracts.push(Contract {
                    contract_id: row.contract_id.clone(),
                    // A row that says no day comes before all that do.
                    recorded_on: (number % 2 == 0).then_some(first),
                    mrr,
                    amount,
                    list_mrr: None,
                    currency: None,
                    ..before.clone()
                });
            }
        }
        dedup_keys(&mut more.contracts);
        prop_assert_eq!(Figures::of(&book.movements()), Figures::of(&more.movements()));
        prop_assert_eq!(rows(&book.journal()), rows(&more.journal()));
    }

    #[test]
    fn an_end_after_the_range_is_not_seen(book in books_of(SINGLE)) {
        let end = book.movements().rows().last().unwrap().period_end;
        let mut open = book.clone();
        for row in &mut open.contracts {
            let ends = row.end_date.or(row.term_end.filter(|_| row.auto_renew == Some(false)));
            if ends.is_some_and(|day| day >= end) {
                (row.end_date, row.term_end) = (None, None);
            }
        }
        prop_assert_eq!(book.movements(), open.movements());
        prop_assert_eq!(book.journal(), open.journal());
    }

    #[test]
    fn a_kind_that_is_not_said_is_a_subscription(book in books()) {
        let mut said = book.clone();
        for row in &mut said.contracts {
            row.kind = row.kind.or(Some(ContractKind::Subscription));
        }
        prop_assert_eq!(book.movements(), said.movements());
        prop_assert_eq!(book.journal(), said.journal());
    }
}

/// Keeps the first row of each contract and day of recording.
fn dedup_keys(rows: &mut Vec<Contract>) {
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert((row.contract_id.clone(), row.recorded_on)));
}

fn scaled(row: Movement, by: i128) -> Movement {
    Movement {
        amount: row.amount * by,
        before: row.before * by,
        after: row.after * by,
        upsell: row.upsell * by,
        cross_sell: row.cross_sell * by,
        downsell: row.downsell * by,
        product_churn: row.product_churn * by,
        ..row
    }
}
