//! What a row must be beyond its cells.

use std::sync::Arc;

use hashbrown::HashMap;

use super::limits::exceeded;
use super::pauses::Pause;
use super::rows::{CUSTOMER_ID, Columns, MoneyRule, Rows};
use super::sheet::Sheet;
use crate::currency::{Currency, unknown_currency};
use crate::error::{Code, Error, Problem, quoted};
use crate::parts::{ROWS, found};
use crate::period::Day;
use crate::table::{Nullable, Texts};
use crate::text::TextPool;

/// The longest term that an amount can be billed for: a hundred years.
const LONGEST_TERM: u64 = 1_200;

/// The currency of every contract, and so how amounts are held.
pub(super) fn currencies(
    sheet: &mut Sheet<'_>,
    columns: &Columns,
    reporting: Option<Currency>,
    extra_digits: u8,
) -> Result<MoneyRule, Error> {
    let table = sheet.spec.name;
    let missing = |message: String| {
        let problem = Problem::argument(Code::MissingCurrency, "currency", message);
        Error::from(problem.help("give the reporting currency, such as USD"))
    };
    let Some(codes) = columns.texts("currency") else {
        let none = || missing("no currency is given, and the contracts have no currency column".to_owned());
        let reporting = reporting.ok_or_else(none)?;
        return Ok(MoneyRule { reporting, extra_digits, scale: reporting.digits() + extra_digits, rows: None });
    };
    // Every text once: a list of currencies by the position of their code.
    let known: Vec<Option<Currency>> = codes.pool().iter().map(Currency::from_code).collect();
    let used = known.iter().flatten().collect::<hashbrown::HashSet<_>>().len() as u64;
    if used > sheet.terms.limits.currencies {
        let message =
            format!("there are {used} currencies, more than the limit currencies of {}", sheet.terms.limits.currencies);
        return Err(exceeded(table, "currencies", message).at(None, None, Some("currency")).into());
    }
    let column = sheet.bits(&["currency"]);
    let refused = |sheet: &Sheet<'_>, row: usize| sheet.refused_any(row, column);
    if reporting.is_none() && known.is_empty() && !(0..sheet.rows()).any(|row| refused(sheet, row)) {
        return Err(missing("no currency is given, and none of the contracts has one".to_owned()));
    }
    let currency = |code: u32| known.get(code as usize).copied().flatten();
    for (row, &code) in codes.codes().iter().enumerate() {
        match codes.pool().find(code) {
            Some(text) if currency(code).is_none() => {
                sheet.reject(row, Some("currency"), || unknown_currency(text).in_table(table));
            }
            None if reporting.is_none() && sheet.is_filled(row) && !refused(sheet, row) => {
                let message = "neither the row nor the portfolio has a currency";
                sheet.reject(row, Some("currency"), || {
                    Problem::table(Code::MissingCurrency, table, message)
                        .help("give the row its currency, or the portfolio a reporting currency such as USD")
                });
            }
            _ => {}
        }
    }
    let only = match (reporting, known.iter().flatten().next(), used) {
        (Some(reporting), _, _) => reporting,
        (None, Some(&only), 1) => only,
        (None, Some(_), _) => {
            return Err(missing(format!("the rows have {used} currencies, and the portfolio has none")));
        }
        (None, None, _) => {
            // Nobody knows then how many decimals an amount may have.
            sheet.refuse_column("currency", || {
                Problem::table(
                    Code::MissingCurrency,
                    table,
                    "no row has a currency that is known, nor has the portfolio",
                )
                .help("give the reporting currency, such as USD, or correct the column")
            });
            return Err(Error::InvalidInput(sheet.faults.take()));
        }
    };
    let rows = codes.codes().iter().map(|&code| currency(code).unwrap_or(only)).collect();
    let digits = known.iter().flatten().map(|currency| currency.digits()).chain([only.digits()]).max();
    let scale = digits.unwrap_or_default() + extra_digits;
    Ok(MoneyRule { reporting: only, extra_digits, scale, rows: Some(rows) })
}

/// Rejects contracts that would never be in force or whose price is not said once.
pub(super) fn contracts(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let table = sheet.spec.name;
    if let Some(starts) = columns.days("start_date") {
        for (column, code, what) in [
            ("end_date", Code::EndNotAfterStart, "the contract ends"),
            ("term_end", Code::TermEndNotAfterStart, "the term ends"),
        ] {
            let Some(ends) = columns.days(column) else { continue };
            for (row, start, end) in not_after(starts, ends) {
                sheet.reject(row, Some(column), || {
                    let (start, end) = (start.to_string(), end.to_string());
                    let message = format!("{what} on {}, not after its start on {}", quoted(&end), quoted(&start));
                    Problem::table(code, table, message)
                        .value(&end)
                        .help("the end is the first day that the contract is not in force: after an inclusive last day, give the next")
                });
            }
        }
    }
    if columns.amounts("mrr").is_none() && columns.amounts("amount").is_none() {
        // That there is no such column is told once, of the table.
        return;
    }
    for (row, fault) in found(sheet.rows(), ROWS, PriceFault::among(sheet, columns)) {
        if let Some(months) = fault.term {
            sheet.reject(row, Some("term_months"), || {
                let months = months.to_string();
                Problem::table(Code::InvalidTerm, table, format!("{} is no term in months", quoted(&months)))
                    .value(&months)
                    .help(format!("a term has from 1 to {LONGEST_TERM} months"))
            });
        }
        if let Some((code, column, message)) = fault.columns {
            sheet.reject(row, Some(column), || {
                Problem::table(code, table, message)
                    .help("give mrr, or amount with billing_period, or amount with term_months")
            });
        }
    }
}

/// What is wrong with how the price of a contract is said.
#[derive(Clone)]
struct PriceFault {
    /// A count of months that is no term.
    term: Option<u64>,
    /// Columns that have a value where they must not, or none where they must: the code, the column and what is wrong.
    columns: Option<(Code, &'static str, &'static str)>,
}

impl PriceFault {
    /// Finds what is wrong with a row, and gives it with the row.
    fn among(sheet: &Sheet<'_>, columns: &Columns) -> impl Fn(usize) -> Option<(usize, Self)> + Sync {
        let (mrr, amount) = (columns.amounts("mrr"), columns.amounts("amount"));
        let (periods, terms) = (columns.texts("billing_period"), columns.counts("term_months"));
        let price = sheet.bits(&["mrr", "amount", "billing_period", "term_months"]);
        move |row| {
            let has = |amounts: Option<&Nullable<i128>>| amounts.is_some_and(|amounts| amounts.get(row).is_some());
            let period = periods.is_some_and(|periods| periods.get(row).is_some());
            let term = terms.and_then(|terms| terms.get(row));
            let columns = match (has(mrr), has(amount), period, term.is_some()) {
                // A cell that was refused is absent now, and its problem told.
                _ if !sheet.is_filled(row) || sheet.refused_any(row, price) => None,
                (true, false, false, false) | (false, true, true, false) | (false, true, false, true) => None,
                (false, false, _, _) => Some((Code::MissingAmount, "mrr", "there is neither mrr nor amount")),
                (true, true, _, _) => Some((Code::TwoAmounts, "mrr", "there are both mrr and amount")),
                (true, false, true, _) => {
                    Some((Code::TwoAmounts, "billing_period", "mrr is by the month and has no billing period"))
                }
                (true, false, false, true) => {
                    Some((Code::TwoAmounts, "term_months", "mrr is by the month and has no term_months"))
                }
                (false, true, true, true) => {
                    Some((Code::TwoBillingPeriods, "term_months", "there are both billing_period and term_months"))
                }
                (false, true, false, false) => Some((
                    Code::MissingBillingPeriod,
                    "billing_period",
                    "amount has neither billing_period nor term_months",
                )),
            };
            let term = term.filter(|months| !(1..=LONGEST_TERM).contains(months));
            (term.is_some() || columns.is_some()).then_some((row, Self { term, columns }))
        }
    }
}

/// The rows whose end is not after their start, with both.
fn not_after(starts: &Nullable<Day>, ends: &Nullable<Day>) -> Vec<(usize, Day, Day)> {
    found(starts.len(), ROWS, |row| {
        let (start, end) = (starts.get(row)?, ends.get(row)?);
        (end <= start).then_some((row, start, end))
    })
}

/// Rejects facts about contracts and customers that cannot be, by what their table says.
pub(super) fn facts(rows: &mut Rows<'_>) {
    if rows.sheet.spec.name == Pause::SPEC.name {
        pauses(rows);
    }
}

/// Rejects pauses that have no day.
fn pauses(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let table = sheet.spec.name;
    let (Some(from), Some(to)) = (columns.days("from_date"), columns.days("to_date")) else { return };
    for (row, from, to) in not_after(from, to) {
        sheet.reject(row, Some("to_date"), || {
            let (from, to) = (from.to_string(), to.to_string());
            let message = format!("the pause ends on {}, not after its start on {}", quoted(&to), quoted(&from));
            Problem::table(Code::EndNotAfterStart, table, message)
                .value(&to)
                .help("the end is the first day that is not in the pause: after an inclusive last day, give the next")
        });
    }
}

/// What is known of a name that rows of another table refer to.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Unknown,
    Rejected,
    Accepted,
}

/// What is known of each of so many names by the rows of their table, given the name's position in each row.
fn standing(rows: &Rows<'_>, codes: &[u32], names: usize) -> Vec<Standing> {
    let mut standing = vec![Standing::Unknown; names];
    for (row, &code) in codes.iter().enumerate() {
        if let Some(standing) = standing.get_mut(code as usize) {
            match rows.sheet.accepts(row) {
                true => *standing = Standing::Accepted,
                false if *standing == Standing::Unknown => *standing = Standing::Rejected,
                false => {}
            }
        }
    }
    standing
}

/// Rejects contracts of customers that are not in the table of customers.
pub(super) fn known_customers(contracts: &mut Rows<'_>, customers: &Rows<'_>, ids: &TextPool) {
    let standing = standing(customers, &customers.columns.customers, ids.len());
    let codes = std::mem::take(&mut contracts.columns.customers);
    let reference = Reference {
        column: CUSTOMER_ID,
        noun: "customer",
        to: &customers.sheet,
        unknown: Code::UnknownCustomer,
        rejected: Code::RejectedCustomer,
    };
    reference.check(&mut contracts.sheet, &codes, ids, |code| standing.get(code as usize).copied());
    contracts.columns.customers = codes;
}

/// Rejects facts about contracts that are not in the table of contracts.
pub(super) fn known_contracts(facts: &mut Rows<'_>, contracts: &Rows<'_>) {
    let Some(named) = facts.columns.texts("contract_id") else { return };
    // A list without rows has no columns either.
    let none = Texts::default();
    let there = contracts.columns.texts("contract_id").unwrap_or(&none);
    // A table of contracts without their ids says nothing of which are in it.
    if contracts.unusable && there.pool().len() == 0 {
        return;
    }
    let standing = standing(contracts, there.codes(), there.pool().len());
    let by_name: HashMap<&str, Standing> = there.pool().iter().zip(standing).collect();
    let names = Arc::clone(named.pool());
    let codes = named.codes().to_vec();
    let reference = Reference {
        column: "contract_id",
        noun: "contract",
        to: &contracts.sheet,
        unknown: Code::UnknownContract,
        rejected: Code::RejectedContract,
    };
    let of = |code| names.find(code).map(|name| by_name.get(name).copied().unwrap_or(Standing::Unknown));
    reference.check(&mut facts.sheet, &codes, &names, of);
}

/// A column whose names are those of another table.
struct Reference<'a, 'w> {
    column: &'static str,
    /// What is named.
    noun: &'static str,
    /// The table that has it.
    to: &'a Sheet<'w>,
    unknown: Code,
    rejected: Code,
}

impl Reference<'_, '_> {
    /// Rejects rows whose name is not there, or was rejected.
    fn check(
        &self,
        sheet: &mut Sheet<'_>,
        codes: &[u32],
        names: &TextPool,
        standing: impl Fn(u32) -> Option<Standing>,
    ) {
        let (table, noun, there) = (sheet.spec.name, self.noun, self.to.spec.name);
        for (row, &code) in codes.iter().enumerate() {
            let id = names.get(code);
            let problem = |code, what: &str, help: &str| {
                let message = format!("the {noun} {} {what} the table {there}", quoted(id));
                Problem::table(code, table, message).value(id).help(help)
            };
            let unknown = || {
                let help = format!("add it to the table {there}, or correct the id");
                problem(self.unknown, "is not in", &help)
            };
            match standing(code) {
                // It may stand in a record that could not be read.
                Some(Standing::Unknown) if self.to.is_spoilt() => sheet.reject_for_another(row, self.column, unknown),
                Some(Standing::Unknown) => sheet.reject(row, Some(self.column), unknown),
                Some(Standing::Rejected) => sheet.reject_for_another(row, self.column, || {
                    let help = format!("correct its row in the table {there}");
                    problem(self.rejected, "was rejected from", &help)
                }),
                Some(Standing::Accepted) | None => {}
            }
        }
    }
}
