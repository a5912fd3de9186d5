//! What a row must be beyond its cells.

use std::sync::Arc;

use hashbrown::HashMap;

use super::columns::{CONTRACT_ID, CUSTOMER_ID, Columns};
use super::customers::Customer;
use super::limits::exceeded;
use super::rows::{MoneyRule, Rows};
use super::schema::{Span, SpanOrder};
use super::sheet::Sheet;
use crate::currency::{Currency, unknown_currency};
use crate::error::{Code, Error, Problem, quoted};
use crate::parts::rows_where;
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
    if used > sheet.options.limits.currencies {
        let message = format!(
            "there are {used} currencies, more than the limit currencies of {}",
            sheet.options.limits.currencies
        );
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

/// Rejects contracts whose price is not said once.
pub(super) fn prices(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let table = sheet.spec.name;
    if columns.amounts("mrr").is_none() && columns.amounts("amount").is_none() {
        // That there is no such column is told once, of the table.
        return;
    }
    let prices = Prices::of(sheet, columns);
    let is_faulty = |row: usize| sheet.is_filled(row) && prices.are_faulty(row);
    for row in rows_where(sheet.rows(), is_faulty).into_iter().map(|row| row as usize) {
        if let Some(months) = prices.false_term(row) {
            sheet.reject(row, Some("term_months"), || {
                let months = months.to_string();
                Problem::table(Code::InvalidTerm, table, format!("{} is no term in months", quoted(&months)))
                    .value(&months)
                    .help(format!("a term has from 1 to {LONGEST_TERM} months"))
            });
        }
        // A cell that was refused is absent now, and its problem told.
        let said = if sheet.refused_any(row, prices.bits) { None } else { prices.not_said_once(row) };
        if let Some((code, column, message)) = said {
            sheet.reject(row, Some(column), || {
                Problem::table(code, table, message)
                    .help("give mrr, or amount with billing_period, or amount with term_months")
            });
        }
    }
}

/// The columns that say the price of a contract.
struct Prices<'c> {
    mrr: Option<&'c Nullable<i128>>,
    amount: Option<&'c Nullable<i128>>,
    periods: Option<&'c Texts>,
    terms: Option<&'c Nullable<u64>>,
    /// A bit for each of them.
    bits: u64,
}

impl<'c> Prices<'c> {
    fn of(sheet: &Sheet<'_>, columns: &'c Columns) -> Self {
        Self {
            mrr: columns.amounts("mrr"),
            amount: columns.amounts("amount"),
            periods: columns.texts("billing_period"),
            terms: columns.counts("term_months"),
            bits: sheet.bits(&["mrr", "amount", "billing_period", "term_months"]),
        }
    }

    fn are_faulty(&self, row: usize) -> bool {
        self.not_said_once(row).is_some() || self.false_term(row).is_some()
    }

    fn term(&self, row: usize) -> Option<u64> {
        self.terms.and_then(|terms| terms.get(row))
    }

    /// A count of months that is no term.
    fn false_term(&self, row: usize) -> Option<u64> {
        self.term(row).filter(|months| !(1..=LONGEST_TERM).contains(months))
    }

    /// Which column has a value where it must not, or none where it must, and what is wrong.
    fn not_said_once(&self, row: usize) -> Option<(Code, &'static str, &'static str)> {
        let has = |amounts: Option<&Nullable<i128>>| amounts.is_some_and(|amounts| amounts.get(row).is_some());
        let period = self.periods.is_some_and(|periods| periods.get(row).is_some());
        Some(match (has(self.mrr), has(self.amount), period, self.term(row).is_some()) {
            (true, false, false, false) | (false, true, true, false) | (false, true, false, true) => return None,
            (false, false, _, _) => (Code::MissingAmount, "mrr", "there is neither mrr nor amount"),
            (true, true, _, _) => (Code::TwoAmounts, "mrr", "there are both mrr and amount"),
            (true, false, true, _) => {
                (Code::TwoAmounts, "billing_period", "mrr is by the month and has no billing period")
            }
            (true, false, false, true) => {
                (Code::TwoAmounts, "term_months", "mrr is by the month and has no term_months")
            }
            (false, true, true, true) => {
                (Code::TwoBillingPeriods, "term_months", "there are both billing_period and term_months")
            }
            (false, true, false, false) => {
                (Code::MissingBillingPeriod, "billing_period", "amount has neither billing_period nor term_months")
            }
        })
    }
}

/// Rejects rows of which something ends before it starts, by the spans of their table.
pub(super) fn spans(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let table = sheet.spec.name;
    for Span { start, end, order } in sheet.spec.spans {
        let (Some(starts), Some(ends)) = (columns.days(start), columns.days(end)) else { continue };
        let both = |row: usize| starts.get(row).zip(ends.get(row));
        let is_wrong = |(start, end): (Day, Day)| end < start || end == start && *order != SpanOrder::NotBefore;
        for row in rows_where(starts.len(), |row| both(row).is_some_and(is_wrong)) {
            let row = row as usize;
            sheet.reject(row, Some(end), || {
                let (first, last) = both(row).unwrap_or_default();
                let (first, last) = (first.to_string(), last.to_string());
                let problem = match order {
                    SpanOrder::Lasts { what, after, code } => {
                        let message =
                            format!("{what} ends on {}, not after its start on {}", quoted(&last), quoted(&first));
                        Problem::table(*code, table, message).help(format!(
                            "the end is the first day {after}: after an inclusive last day, give the next"
                        ))
                    }
                    SpanOrder::NotBefore => {
                        let message = format!("{} is before {start}, which is {}", quoted(&last), quoted(&first));
                        Problem::table(Code::EndBeforeStart, table, message).help("correct one of the two days")
                    }
                };
                problem.value(&last)
            });
        }
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

/// Rejects rows of customers that are not in another table: that of customers or, without one, that of contracts.
pub(super) fn named_customers(rows: &mut Rows<'_>, customers: &Rows<'_>, ids: &TextPool) {
    // A table without the ids of customers says nothing of who is in it.
    if !rows.columns.has_customers || customers.unusable && !customers.has_ids() {
        return;
    }
    let standing = standing(customers, &customers.columns.customers, ids.len());
    let codes = std::mem::take(&mut rows.columns.customers);
    let reference = Reference {
        column: CUSTOMER_ID,
        noun: "customer",
        to: &customers.sheet,
        // Without a table of customers, who is in no contract has to be said to be one.
        remedy: match *customers.sheet.spec == Customer::SPEC {
            true => "add it to the table customers",
            false => "give a table customers with it",
        },
        unknown: Code::UnknownCustomer,
        rejected: Code::RejectedCustomer,
    };
    reference.check(&mut rows.sheet, &codes, ids, |code| standing.get(code as usize).copied());
    rows.columns.customers = codes;
}

/// Rejects facts about contracts that are not in the table of contracts.
pub(super) fn named_contracts(facts: &mut Rows<'_>, contracts: &Rows<'_>) {
    let Some(named) = facts.columns.texts(CONTRACT_ID) else { return };
    // A list without rows has no columns either.
    let none = Texts::default();
    let there = contracts.columns.texts(CONTRACT_ID).unwrap_or(&none);
    // A table of contracts without their ids says nothing of which are in it.
    if contracts.unusable && there.pool().len() == 0 {
        return;
    }
    let standing = standing(contracts, there.codes(), there.pool().len());
    let by_name: HashMap<&str, Standing> = there.pool().iter().zip(standing).collect();
    let names = Arc::clone(named.pool());
    let codes = named.codes().to_vec();
    let reference = Reference {
        column: CONTRACT_ID,
        noun: "contract",
        to: &contracts.sheet,
        remedy: "add it to the table contracts",
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
    /// What makes a name that is not there known.
    remedy: &'static str,
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
            let unknown = || problem(self.unknown, "is not in", &format!("{}, or correct the id", self.remedy));
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
