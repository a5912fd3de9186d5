//! What holds for whatever was loaded.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use cs_core::{Cell, Code, Error, Journal, JournalRow, MovementKind, Movements, Portfolio, Problem, Table};

/// Larger books are computed and not added up a second time.
const ADDED_UP: usize = 300;

/// A problem is told as problems are: one sentence, input in backticks and cut, on one line.
pub(crate) fn told(problem: &Problem) {
    let message = &problem.message;
    assert!(message.split('`').count() % 2 == 1, "a backtick is not closed: {message}");
    let first = message.chars().next().expect("a message");
    assert!(first == '`' || first.is_lowercase() || first.is_ascii_digit(), "{message}");
    assert!(!message.ends_with('.'), "{message}");
    let texts = [message, &problem.path, problem.value.as_ref().unwrap_or(message)];
    for text in texts {
        assert!(!text.chars().any(char::is_control) && text.chars().count() < 1_000, "{text:?}");
    }
    assert!(problem.value.as_ref().is_none_or(|value| value.chars().count() <= 65));
    let redacted = problem.redacted();
    assert!(redacted.value.is_none());
    assert!(redacted.message.split('`').skip(1).step_by(2).all(|quoted| quoted == "…"));
}

/// A refusal has its reasons, and is no bug of the library.
pub(crate) fn refused(error: &Error) {
    assert!(!matches!(error, Error::Internal(_) | Error::Cancelled), "{error}");
    let problems = error.problems();
    assert!(!problems.is_empty() && error.total() >= problems.len() as u64);
    problems.iter().for_each(told);
}

/// Every row was accepted, rejected for a reason that names it, or blank.
pub(crate) fn accounted(portfolio: &Portfolio) {
    let report = portfolio.load_report();
    report.problems.kept.iter().chain(&report.warnings.kept).for_each(told);
    for table in &report.tables {
        assert_eq!(table.rows_read, table.accepted + table.rejected + table.blank);
        let accepted = portfolio.table(&table.table).expect("a table that was given");
        assert_eq!(accepted.len() as u64, table.accepted);
        is_its_json(&accepted);
        let dropped = report.warnings.kept.iter().filter(|warning| warning.code == Code::DuplicateRow);
        let reasons = report.problems.kept.iter().chain(dropped);
        let named: BTreeSet<Option<u64>> = reasons
            .filter(|problem| problem.table.as_deref() == Some(table.table.as_str()))
            .map(|problem| problem.row)
            .collect();
        if report.problems.total == report.problems.kept.len() as u64 {
            assert_eq!(named.len() as u64, table.rejected);
        }
    }
    assert_eq!(portfolio.contract_count() as u64, report.tables.first().map_or(0, |table| table.accepted));
}

/// A table is its own canonical JSON, and can be written in the other forms.
pub(crate) fn is_its_json(table: &Table) {
    let text = table.to_json();
    let read = Table::from_json(&text).expect("a written table is read");
    assert_eq!(&read, table);
    assert_eq!(read.to_json(), text);
    assert!(table.to_csv().ends_with("\r\n") && table.to_html().starts_with("<table"));
}

/// What moved joins what there is, the journal sums to the table, and balances are the contracts in force.
pub(crate) fn computed(portfolio: &Portfolio, start: NaiveDate, end: NaiveDate) {
    match (portfolio.movements(start, end).run(), portfolio.journal(start, end).run()) {
        (Ok(movements), Ok(journal)) => {
            is_its_json(movements.table());
            is_its_json(journal.table());
            joined(&movements, &journal);
            let contracts = portfolio.table("contracts").expect("the contracts");
            if contracts.len() <= ADDED_UP && portfolio.definitions().extra_digits.count() == 0 {
                balanced(portfolio, &contracts, &movements);
            }
        }
        (Err(one), Err(two)) => {
            refused(&one);
            assert_eq!(one, two);
        }
        (one, two) => panic!("{:?} and {:?}", one.err(), two.err()),
    }
}

fn joined(movements: &Movements, journal: &Journal) {
    let mut before = None;
    let entries: Vec<JournalRow<'_>> = journal.rows().collect();
    for row in movements.rows() {
        let flows = row.new_mrr.units() + row.reactivation_mrr.units() + row.expansion_mrr.units()
            - row.contraction_mrr.units()
            - row.churned_mrr.units()
            + row.fx_mrr.units();
        assert_eq!(row.opening_mrr.units() + flows, row.closing_mrr.units());
        if let Some((mrr, customers)) = before.replace((row.closing_mrr, row.closing_customers)) {
            assert_eq!((mrr, customers), (row.opening_mrr, row.opening_customers));
        }
        let from = entries.partition_point(|entry| entry.date < row.period_start);
        let to = entries.partition_point(|entry| entry.date < row.period_end);
        let inside = || entries[from..to].iter();
        for (kind, amount, count) in [
            (MovementKind::New, row.new_mrr, row.new_customers),
            (MovementKind::Reactivation, row.reactivation_mrr, row.reactivated_customers),
            (MovementKind::Expansion, row.expansion_mrr, row.expanded_customers),
            (MovementKind::Contraction, row.contraction_mrr, row.contracted_customers),
            (MovementKind::Churn, row.churned_mrr, row.churned_customers),
        ] {
            let moved = || inside().filter(|entry| entry.kind == kind);
            assert_eq!(moved().map(|entry| entry.amount.units()).sum::<i128>(), amount.units(), "{kind:?}");
            let customers: BTreeSet<&str> = moved().map(|entry| entry.customer_id).collect();
            assert_eq!(customers.len() as u64, count, "{kind:?}");
        }
        let split = |part: fn(&JournalRow<'_>) -> i128| inside().map(part).sum::<i128>();
        assert_eq!(split(|entry| entry.upsell_mrr.units()), row.upsell_mrr.units());
        assert_eq!(split(|entry| entry.cross_sell_mrr.units()), row.cross_sell_mrr.units());
        assert_eq!(split(|entry| entry.downsell_mrr.units()), row.downsell_mrr.units());
        assert_eq!(split(|entry| entry.product_churn_mrr.units()), row.product_churn_mrr.units());
    }
    assert!(entries.is_sorted_by(|a, b| (a.date, a.customer_id) < (b.date, b.customer_id)));
    let mut last: BTreeMap<&str, i128> = BTreeMap::new();
    for entry in &entries {
        if let Some(after) = last.insert(entry.customer_id, entry.mrr_after.units()) {
            assert_eq!(after, entry.mrr_before.units());
        }
        assert_eq!((entry.mrr_after.units() - entry.mrr_before.units()).abs(), entry.amount.units());
    }
}

/// A contract as it counts by the default definitions, from the cells of the accepted rows.
struct Line<'a> {
    customer: &'a str,
    start: NaiveDate,
    end: Option<NaiveDate>,
    mrr: i128,
    arr: i128,
}

fn balanced(portfolio: &Portfolio, contracts: &Table, movements: &Movements) {
    let lines = lines(contracts, portfolio.currency().digits());
    for row in movements.rows() {
        let day = row.period_end.pred_opt().expect("a day before");
        let in_force = || lines.iter().filter(|line| line.start <= day && line.end.is_none_or(|end| day < end));
        assert_eq!(in_force().map(|line| line.mrr).sum::<i128>(), row.closing_mrr.units());
        assert_eq!(in_force().map(|line| line.arr).sum::<i128>(), row.closing_arr.units());
        let paying: BTreeSet<&str> = in_force().filter(|line| line.mrr > 0).map(|line| line.customer).collect();
        assert_eq!(paying.len() as u64, row.closing_customers);
    }
}

fn lines(contracts: &Table, digits: u8) -> Vec<Line<'_>> {
    let text = |row, column| match contracts.cell(row, column) {
        Cell::Text(text) => Some(text),
        _ => None,
    };
    let date = |row, column| match contracts.cell(row, column) {
        Cell::Date(day) => Some(day.date()),
        _ => None,
    };
    let flag = |row, column| match contracts.cell(row, column) {
        Cell::Flag(flag) => Some(flag),
        _ => None,
    };
    // In the order of contract and day of recording, so that the last row of a contract counts.
    let last: BTreeMap<Option<&str>, usize> = (0..contracts.len()).map(|row| (text(row, "contract_id"), row)).collect();
    let counts = |row: &usize| {
        let subscription = text(*row, "kind").is_none_or(|kind| kind == "subscription");
        subscription && flag(*row, "withdrawn") != Some(true)
    };
    let line = |row: usize| {
        let (units, scale) = ["mrr", "amount"]
            .iter()
            .find_map(|column| match contracts.cell(row, column) {
                Cell::Money { units, digits } => Some((units, digits)),
                _ => None,
            })
            .expect("an accepted contract has a price");
        let term = match contracts.cell(row, "term_months") {
            Cell::Count(months) => i128::from(months),
            _ => 1,
        };
        let (numerator, denominator) = match text(row, "billing_period") {
            Some("day") => (365, 12),
            Some("week") => (52, 12),
            Some("quarter") => (1, 3),
            Some("half_year") => (1, 6),
            Some("year") => (1, 12),
            _ => (1, term),
        };
        // Rows in other currencies can have more decimals than the one that is reported.
        let denominator = denominator * 10_i128.pow(u32::from(scale - digits));
        let round = |numerator: i128| {
            let (floor, twice) = (numerator / denominator, numerator % denominator * 2);
            floor + i128::from(twice > denominator || (twice == denominator && floor % 2 == 1))
        };
        let term_end = date(row, "term_end").filter(|_| flag(row, "auto_renew") == Some(false));
        Line {
            customer: text(row, "customer_id").expect("an accepted contract has a customer"),
            start: date(row, "start_date").expect("an accepted contract has a start"),
            end: date(row, "end_date").or(term_end),
            mrr: round(units * numerator),
            arr: round(12 * units * numerator),
        }
    };
    last.into_values().filter(counts).map(line).collect()
}
