//! Every row that is read is accepted, rejected with a reason, or blank; nothing panics, nothing is guessed.

use std::collections::BTreeSet;

use cs_core::{Cell, Code, Error, Json, Limits, OnInvalid, Portfolio, Problem, Problems};
use proptest::prelude::*;

use crate::books::{books, day};
use crate::config;
use crate::figures::Figures;
use crate::identity::joins;
use crate::inputs::{Request, requests};
use crate::prose;

/// The rows of a table that problems name.
fn named<'a>(problems: impl Iterator<Item = &'a Problem>, table: &str) -> BTreeSet<u64> {
    problems.filter(|problem| problem.table.as_deref() == Some(table)).filter_map(|problem| problem.row).collect()
}

/// What must hold of a portfolio that was loaded with `on_invalid="reject"`.
pub(crate) fn accounts(portfolio: &Portfolio) -> Result<(), TestCaseError> {
    let report = portfolio.load_report();
    for problem in report.problems.kept.iter().chain(&report.warnings.kept) {
        prose::check(problem)?;
    }
    prop_assert_eq!(report.problems.total, report.problems.kept.len() as u64);
    prop_assert_eq!(report.warnings.total, report.warnings.kept.len() as u64);
    for table in &report.tables {
        prop_assert_eq!(table.rows_read, table.accepted + table.rejected + table.blank);
        prop_assert_eq!(portfolio.table(&table.table).unwrap().len() as u64, table.accepted);
        // A row is rejected for a reason that names it; one that was dropped has a warning instead.
        let dropped = report.warnings.kept.iter().filter(|warning| warning.code == Code::DuplicateRow);
        let mut reasons = named(report.problems.kept.iter(), &table.table);
        reasons.extend(named(dropped, &table.table));
        prop_assert_eq!(reasons.len() as u64, table.rejected);
        prop_assert!(reasons.iter().all(|row| (1..=table.rows_read).contains(row)));
    }
    let order = |problem: &Problem| {
        let for_another = matches!(problem.code, Code::RejectedRevision | Code::RejectedCustomer);
        let table = report.tables.iter().position(|table| Some(&table.table) == problem.table.as_ref());
        (for_another, table, problem.row)
    };
    prop_assert!(report.problems.kept.is_sorted_by_key(order), "causes first, in the order of table and row");
    prop_assert_eq!(portfolio.contract_count() as u64, report.tables[0].accepted);
    Ok(())
}

/// Runs what was accepted; a refusal is told as well as one of the input.
pub(crate) fn runs(portfolio: &Portfolio) -> Result<(), TestCaseError> {
    let (start, end) = (day("2023-12-01"), day("2026-05-15"));
    match (portfolio.movements(start, end).run(), portfolio.journal(start, end).run()) {
        (Ok(movements), Ok(_)) => joins(&Figures::of(&movements)),
        (Err(Error::InvalidInput(one)), Err(Error::InvalidInput(two))) => {
            prop_assert_eq!(&one, &two);
            for problem in &one.kept {
                prose::check(problem)?;
                let refusals = [Code::SecondCurrency, Code::Overflow, Code::TooManyDigits];
                prop_assert!(refusals.contains(&problem.code), "{}", problem);
            }
            Ok(())
        }
        other => Err(TestCaseError::fail(format!("{other:?}"))),
    }
}

/// What must hold of a refusal.
pub(crate) fn refuses(error: &Error) -> Result<(), TestCaseError> {
    prop_assert!(!matches!(error, Error::Internal(_) | Error::Cancelled), "{}", error);
    let problems = error.problems();
    prop_assert!(!problems.is_empty() && error.total() >= problems.len() as u64);
    problems.iter().try_for_each(prose::check)
}

fn load_both(request: &Request) -> (Result<Portfolio, Error>, Result<Portfolio, Error>) {
    (request.load(OnInvalid::Reject), request.load(OnInvalid::Raise))
}

/// Every row's id, to tell which rows were accepted.
fn ids(portfolio: &Portfolio) -> Vec<String> {
    let table = portfolio.table("contracts").unwrap();
    let id = |row| match table.cell(row, "contract_id") {
        Cell::Text(id) => id.to_owned(),
        other => panic!("{other:?}"),
    };
    (0..table.len()).map(id).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_row_of_any_table_is_accounted_for(request in requests()) {
        match request.load(OnInvalid::Reject) {
            Err(error) => refuses(&error)?,
            Ok(portfolio) => {
                accounts(&portfolio)?;
                let report = portfolio.load_report();
                prop_assert_eq!(report.tables.len(), request.tables().len());
                for (table, (name, given)) in report.tables.iter().zip(request.tables()) {
                    prop_assert_eq!(&table.table, name);
                    prop_assert_eq!(table.rows_read, given.input.rows() as u64);
                    prop_assert_eq!(table.blank, given.blank);
                }
                runs(&portfolio)?;
            }
        }
    }

    #[test]
    fn what_is_rejected_is_what_is_raised(request in requests()) {
        match load_both(&request) {
            (Ok(rejecting), Ok(raising)) => {
                prop_assert_eq!(rejecting.load_report(), raising.load_report());
                prop_assert_eq!(rejecting.load_report().problems.total, 0);
                prop_assert_eq!(ids(&rejecting), ids(&raising));
            }
            (Ok(rejecting), Err(Error::InvalidInput(raised))) => {
                prop_assert!(raised.total > 0);
                prop_assert_eq!(&rejecting.load_report().problems, &raised);
            }
            (Err(one), Err(two)) => prop_assert_eq!(one, two),
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }

    #[test]
    fn fewer_problems_are_kept_and_all_are_counted(request in requests(), most in 0_u64..6) {
        let limits = Limits { problems: most, ..Limits::default() };
        let load = |limits| request.prepared(OnInvalid::Raise).limits(limits).load();
        match (load(Limits::default()), load(limits)) {
            (Err(Error::InvalidInput(all)), Err(Error::InvalidInput(kept))) => {
                prop_assert_eq!(all.total, kept.total);
                if all.kept.iter().all(|problem| problem.row.is_some()) {
                    // An error always has a first problem to tell.
                    let first: Vec<Problem> = all.kept.into_iter().take(most.max(1) as usize).collect();
                    prop_assert_eq!(kept, Problems { kept: first, total: all.total });
                } else {
                    // A problem of a whole table that ended the reading is told whatever the limit.
                    prop_assert!(kept.kept.len() as u64 <= most.max(1));
                }
            }
            (all, kept) => prop_assert_eq!(all.is_ok(), kept.is_ok()),
        }
    }

    #[test]
    fn a_valid_book_has_no_problem(book in books()) {
        let portfolio = book.load();
        accounts(&portfolio)?;
        prop_assert_eq!(portfolio.load_report().problems.total, 0);
        let table = &portfolio.load_report().tables[0];
        prop_assert_eq!((table.accepted, table.rejected, table.blank), (book.contracts.len() as u64, 0, 0));
        prop_assert_eq!(portfolio.customer_count(), book.customers().len());
    }

    #[test]
    fn copies_of_rows_are_told_or_dropped(book in books(), copies in prop::collection::vec(any::<prop::sample::Index>(), 1..4)) {
        let mut more = book.contracts.clone();
        let copied = if book.contracts.is_empty() { 0 } else { copies.len() };
        for copy in copies.into_iter().take(copied) {
            more.push(copy.get(&book.contracts).clone());
        }
        let load = |policy| {
            Portfolio::from_tables(more.clone())
                .currency(book.currency.code())
                .definitions(book.definitions.clone())
                .duplicates(policy)
                .load()
        };
        let dropping = load(cs_core::Duplicates::Drop).unwrap();
        let report = dropping.load_report();
        prop_assert_eq!(report.tables[0].rejected, copied as u64);
        prop_assert_eq!(report.problems.total, 0);
        let without = book.load();
        prop_assert_eq!(dropping.table("contracts").unwrap(), without.table("contracts").unwrap());
        match load(cs_core::Duplicates::Error) {
            Ok(_) => prop_assert_eq!(copied, 0),
            Err(error) => {
                prop_assert_eq!(error.total(), copied as u64);
                prop_assert!(error.problems().iter().all(|problem| problem.code == Code::DuplicateRow));
            }
        }
    }

    #[test]
    fn the_load_report_is_json(request in requests()) {
        if let Ok(portfolio) = request.load(OnInvalid::Reject) {
            let text = portfolio.load_report().to_object().to_string();
            prop_assert_eq!(Json::parse(&text).map(|json| json.to_string()), Ok(text));
        }
    }
}
