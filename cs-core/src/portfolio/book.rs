//! The contracts of a portfolio as the ledger walks them: by column, grouped by customer, integers only.

use std::ops::Range;
use std::sync::Arc;

use super::by_customer::ByCustomer;
use super::columns::{CONTRACT_ID, CUSTOMER_ID, Columns};
use super::contracts::BillingPeriod;
use super::keys;
use super::places::Places;
use super::rows::{MoneyRule, Rows};
use super::schema::RECORDED_ON;
use crate::definitions::ContractKind;
use crate::period::Day;
use crate::table::{Cell, Column, Nullable, Texts, Values};
use crate::text::{ABSENT, TextPool};
use crate::word::Word as _;

/// What an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// A month, taken exactly: the amount is given as `mrr`.
    Mrr,
    /// So many months.
    Months(u16),
    Week,
    Day,
}

/// Contracts in the order of their customers, and of their start within a customer. A column that says the same for
/// every contract is not stored.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    /// Where each customer's contracts begin, and where the last one's end.
    bounds: Vec<u32>,
    pub(crate) start: Vec<Day>,
    /// The end that counts; [`Day::NEVER`] for none.
    pub(crate) end: Vec<Day>,
    /// Counts of 10^-`scale`.
    pub(crate) amount: Vec<i64>,
    pub(crate) scale: u8,
    /// Whether all amounts together fit in 64 bits.
    pub(crate) adds_up: bool,
    /// None: every amount is given as `mrr`.
    pub(crate) basis: Option<Vec<Basis>>,
    pub(crate) product: Option<Texts>,
    /// None: all are subscriptions.
    pub(crate) kind: Option<Vec<ContractKind>>,
    /// Whether each row is the revision that counts; none: all are.
    pub(crate) current: Option<Vec<bool>>,
    /// Contracts in another than the reporting currency.
    pub(crate) foreign: Vec<u32>,
    pub(crate) ids: Texts,
    places: Places,
    /// The columns that were given, in their fixed order.
    given: Vec<&'static str>,
    /// Those of them that the ledger does not walk.
    rest: Vec<Column>,
}

impl Book {
    /// The accepted rows of `customers` customers.
    pub(super) fn of(rows: Rows<'_>, customers: usize, money: &MoneyRule) -> Self {
        let Rows { sheet, mut columns, .. } = rows;
        let ByCustomer { bounds, order, start, end, amount } = ByCustomer::of(&sheet, &columns, customers);
        columns.customers = Vec::new();

        let revised = columns.get(RECORDED_ON).is_some() || columns.get("withdrawn").is_some();
        let current = revised.then(|| {
            let codes = columns.texts(CONTRACT_ID).map(Texts::codes).unwrap_or_default();
            let (recorded, withdrawn) = (columns.days(RECORDED_ON), columns.flags("withdrawn"));
            let current = keys::current(codes, recorded, withdrawn, sheet.accepted());
            order.iter().map(|&row| current.get(row as usize) == Some(&true)).collect()
        });
        let foreign = |row: u32| {
            let currency = money.rows.as_ref().and_then(|rows| rows.get(row as usize));
            currency.is_some_and(|&currency| currency != money.reporting)
        };
        let texts = |name: &str| columns.texts(name).map(|texts| texts.take(&order));
        let (ids, product) = (texts(CONTRACT_ID).unwrap_or_default(), texts("product"));
        let (basis, kind) = (bases(&columns, &order), columns.texts("kind").map(|texts| kinds(texts, &order)));
        let given = columns.given().collect();
        // The end as it was given is only kept where another one counts.
        let other_end = columns.get("term_end").is_some() && columns.get("auto_renew").is_some();
        columns.forget(|name| match name {
            CONTRACT_ID | CUSTOMER_ID | "start_date" | "mrr" | "amount" | "product" => true,
            "end_date" => !other_end,
            _ => false,
        });
        Self {
            start,
            end,
            adds_up: adds_up(&amount),
            amount,
            scale: money.scale,
            basis,
            product,
            kind,
            current,
            foreign: (0_u32..).zip(&order).filter(|&(_, &row)| foreign(row)).map(|(contract, _)| contract).collect(),
            places: Places::unless_told_by_ids(&sheet, &order, ids.codes()),
            ids,
            // Each column as it was is given up once it is in this order.
            rest: columns.into_iter().map(|(name, values)| Column::new(name, values.take(&order))).collect(),
            given,
            bounds,
        }
    }

    /// How many contracts, revisions included.
    pub(crate) fn len(&self) -> usize {
        self.start.len()
    }

    /// How many customers, those without contracts included.
    pub(crate) fn customers(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// The first day on which a contract starts.
    pub(crate) fn first_start(&self) -> Option<Day> {
        self.start.iter().copied().min()
    }

    /// A customer's contracts.
    #[inline]
    pub(crate) fn contracts(&self, customer: usize) -> Range<usize> {
        match (self.bounds.get(customer), self.bounds.get(customer + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// The record of a contract in its input table, and its line where that is a file; both from 1.
    pub(crate) fn place(&self, contract: usize) -> (Option<u64>, Option<u64>) {
        let (record, line) = self.places.get(contract);
        let of_id = || self.ids.codes().get(contract).map(|&id| u64::from(id) + 1);
        (record.or_else(of_id), line)
    }

    /// The column that a contract's amount stands in.
    pub(crate) fn price_column(&self, contract: usize) -> &'static str {
        match self.basis.as_ref().and_then(|bases| bases.get(contract)) {
            None | Some(Basis::Mrr) => "mrr",
            Some(_) => "amount",
        }
    }

    /// A value of a column that the ledger does not walk.
    pub(crate) fn cell(&self, column: &str, contract: usize) -> Cell<'_> {
        self.values(column).map_or(Cell::Absent, |values| values.cell(contract))
    }

    /// The days of such a column, if it was given.
    pub(crate) fn days(&self, column: &str) -> Option<&Nullable<Day>> {
        self.values(column).and_then(Values::days)
    }

    /// The texts of such a column, if it was given.
    #[cfg(feature = "rooms")]
    pub(crate) fn texts(&self, column: &str) -> Option<&Texts> {
        self.values(column).and_then(Values::texts)
    }

    /// The flags of such a column, if it was given.
    pub(crate) fn flags(&self, column: &str) -> Option<&Nullable<bool>> {
        self.values(column).and_then(Values::flags)
    }

    /// The counts of such a column, if it was given.
    #[cfg(feature = "rooms")]
    pub(crate) fn counts(&self, column: &str) -> Option<&Nullable<u64>> {
        self.values(column).and_then(Values::counts)
    }

    /// The amounts of such a column, if it was given, in counts of 10^-`scale`.
    pub(crate) fn amounts(&self, column: &str) -> Option<&Nullable<i128>> {
        self.values(column).and_then(Values::amounts)
    }

    /// The end date as it was given, whatever end counts.
    pub(crate) fn end_date(&self, contract: usize) -> Option<Day> {
        match self.days("end_date") {
            Some(days) => days.get(contract),
            // Where it is not kept, none but the end date counts.
            None if self.given.contains(&"end_date") => {
                self.end.get(contract).copied().filter(|&end| end != Day::NEVER)
            }
            None => None,
        }
    }

    /// The position of a contract's id.
    pub(crate) fn id(&self, contract: usize) -> u32 {
        self.ids.codes().get(contract).copied().unwrap_or(ABSENT)
    }

    /// The products that there are.
    pub(crate) fn products(&self) -> Arc<TextPool> {
        self.product.as_ref().map(|products| Arc::clone(products.pool())).unwrap_or_default()
    }

    /// For each row whether it is the revision that counts by what was known at the close of a day.
    ///
    /// A row is known from the day on which it was recorded; without one from its signature, or else from its start.
    pub(crate) fn current_on(&self, day: Day) -> Vec<bool> {
        let (recorded, signed) = (self.days(RECORDED_ON), self.days("signed_date"));
        let at = |days: Option<&Nullable<Day>>, row: usize| days.and_then(|days| days.get(row));
        let known_from = |row: usize| at(recorded, row).or_else(|| at(signed, row)).or(self.start.get(row).copied());
        let known = (0..self.len()).filter(|&row| known_from(row).is_some_and(|from| from <= day));
        keys::current(self.ids.codes(), recorded, self.flags("withdrawn"), known)
    }

    fn values(&self, column: &str) -> Option<&Values> {
        self.rest.iter().find(|rest| rest.name() == column).map(Column::values)
    }

    /// The columns as they were given, rows by contract and day of recording.
    pub(super) fn columns(&self, customers: &Arc<TextPool>) -> Vec<Column> {
        let order = keys::order(self.ids.pool(), self.ids.codes(), &self.rest);
        let amounts = |column: &str| {
            let units = order.iter().map(|&contract| {
                let contract = contract as usize;
                self.amount
                    .get(contract)
                    .filter(|_| self.price_column(contract) == column)
                    .map(|&units| i128::from(units))
            });
            Values::Money { units: units.collect(), digits: self.scale }
        };
        let column = |&name: &&'static str| {
            let values = match name {
                CONTRACT_ID => Values::Text(self.ids.take(&order)),
                CUSTOMER_ID => Values::Text(Texts::new(self.owners(), Arc::clone(customers)).take(&order)),
                "start_date" => Values::Date(Nullable::from(self.start.clone()).take(&order)),
                "mrr" | "amount" => amounts(name),
                "product" => Values::Text(self.product.as_ref().map(|texts| texts.take(&order)).unwrap_or_default()),
                name => match self.values(name) {
                    Some(values) => values.take(&order),
                    None => Values::Date(order.iter().map(|&contract| self.end_date(contract as usize)).collect()),
                },
            };
            Column::new(name, values)
        };
        self.given.iter().map(column).collect()
    }

    /// The customer of every contract.
    fn owners(&self) -> Vec<u32> {
        (0..self.customers()).flat_map(|customer| self.contracts(customer).map(move |_| customer as u32)).collect()
    }
}

/// Whether amounts, each from 0 up, fit in 64 bits together.
pub(crate) fn adds_up(amounts: &[i64]) -> bool {
    amounts.iter().map(|&amount| i128::from(amount)).sum::<i128>() <= i128::from(i64::MAX)
}

/// What every amount is for, unless all are given as `mrr`.
fn bases(columns: &Columns, order: &[u32]) -> Option<Vec<Basis>> {
    columns.get("amount")?;
    let (periods, terms) = (columns.texts("billing_period"), columns.counts("term_months"));
    let words: Vec<_> =
        periods.map(|texts| texts.pool().iter().map(BillingPeriod::from_word).collect()).unwrap_or_default();
    let basis = |&row: &u32| {
        let row = row as usize;
        let code = periods.and_then(|texts| texts.codes().get(row).copied()).unwrap_or(ABSENT);
        let term = terms.and_then(|terms| terms.get(row));
        match (words.get(code as usize).copied().flatten(), term.and_then(|months| u16::try_from(months).ok())) {
            (Some(period), _) => Basis::of(period),
            (None, Some(months)) => Basis::Months(months),
            (None, None) => Basis::Mrr,
        }
    };
    let bases: Vec<Basis> = order.iter().map(basis).collect();
    bases.iter().any(|&basis| basis != Basis::Mrr).then_some(bases)
}

fn kinds(texts: &Texts, order: &[u32]) -> Vec<ContractKind> {
    let words: Vec<_> = texts.pool().iter().map(ContractKind::from_word).collect();
    let kind = |&row: &u32| {
        let code = texts.codes().get(row as usize).copied().unwrap_or(ABSENT);
        words.get(code as usize).copied().flatten().unwrap_or(ContractKind::Subscription)
    };
    order.iter().map(kind).collect()
}

impl Basis {
    fn of(period: BillingPeriod) -> Self {
        match period {
            BillingPeriod::Day => Self::Day,
            BillingPeriod::Week => Self::Week,
            BillingPeriod::Month => Self::Months(1),
            BillingPeriod::Quarter => Self::Months(3),
            BillingPeriod::HalfYear => Self::Months(6),
            BillingPeriod::Year => Self::Months(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Book;
    use crate::error::Error;
    use crate::period::Day;
    use crate::portfolio::Portfolio;
    use crate::table::Cell;

    fn book(file: &str) -> Result<Book, Error> {
        Ok(Portfolio::from_csv(file).currency("USD").load()?.book)
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap_or(Day::MIN)
    }

    #[test]
    fn the_revision_that_counts_on_a_day() -> Result<(), Error> {
        let book = book(
            "contract_id,customer_id,start_date,mrr,signed_date,recorded_on,withdrawn\n\
             c-1,acme,2026-02-01,1,2026-01-10,,\n\
             c-1,acme,2026-02-01,2,2025-12-01,2026-03-01,false\n\
             c-1,acme,2026-02-01,3,,2026-04-01,true\n\
             c-2,acme,2026-02-15,4,,,\n",
        )?;
        let current = |text| book.current_on(day(text));
        assert_eq!(current("2026-01-09"), [false, false, false, false]);
        // Known from its signature, before it starts.
        assert_eq!(current("2026-01-10"), [true, false, false, false]);
        assert_eq!(current("2026-02-14"), [true, false, false, false]);
        // Known from its start, without a signature.
        assert_eq!(current("2026-02-15"), [true, false, false, true]);
        // What was recorded is known from that day, whenever it was signed.
        assert_eq!(current("2026-02-28"), [true, false, false, true]);
        assert_eq!(current("2026-03-01"), [false, true, false, true]);
        assert_eq!(current("2026-03-31"), [false, true, false, true]);
        assert_eq!(current("2026-04-01"), [false, false, false, true]);
        assert_eq!(book.current, Some(current("2200-12-31")));
        Ok(())
    }

    #[test]
    fn without_revisions_a_contract_is_known_from_its_start() -> Result<(), Error> {
        let book = book("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-02-01,1\n")?;
        assert_eq!(book.current, None);
        assert_eq!((book.current_on(day("2026-01-31")), book.current_on(day("2026-02-01"))), (vec![false], vec![true]));
        Ok(())
    }

    #[test]
    fn the_end_date_is_what_was_given() -> Result<(), Error> {
        // The end date of each contract, and the end that counts.
        let ends = |file: &str| -> Result<Vec<[String; 2]>, Error> {
            let book = book(file)?;
            let text =
                |day: Option<Day>| day.filter(|&day| day != Day::NEVER).map_or("-".into(), |day| day.to_string());
            let both = |row| [book.end_date(row), book.end.get(row).copied()].map(text);
            Ok((0..book.len()).map(both).collect())
        };
        let (june, july, none) = ("2026-06-01", "2026-07-01", "-");
        // The end that counts is the end date: it is stored once.
        let file =
            "contract_id,customer_id,start_date,mrr,end_date\nc-1,a,2026-01-01,1,2026-06-01\nc-2,a,2026-01-02,1,\n";
        assert_eq!(ends(file)?, [[june, june], [none, none]]);
        // The end of the term counts where the contract does not renew itself.
        let file = "contract_id,customer_id,start_date,mrr,end_date,term_end,auto_renew\n\
                    c-1,a,2026-01-01,1,2026-06-01,2026-07-01,false\n\
                    c-2,a,2026-01-02,1,,2026-07-01,false\n\
                    c-3,a,2026-01-03,1,,2026-07-01,true\n\
                    c-4,a,2026-01-04,1,,2026-07-01,\n";
        assert_eq!(ends(file)?, [[june, june], [none, july], [none, none], [none, none]]);
        let file = "contract_id,customer_id,start_date,mrr,term_end,auto_renew\nc-1,a,2026-01-01,1,2026-07-01,false\n";
        assert_eq!(ends(file)?, [[none, july]]);
        Ok(())
    }

    #[test]
    fn columns_stand_in_the_order_of_the_contracts() -> Result<(), Error> {
        let book = book(
            "contract_id,customer_id,start_date,mrr,list_mrr,signed_date,auto_renew\n\
             c-1,bolt,2026-03-01,1,1.50,2026-02-01,true\n\
             c-2,acme,2026-01-01,1,,,\n\
             c-3,bolt,2026-02-01,1,20,,false\n",
        )?;
        let ids = |row| book.ids.pool().get(book.id(row)).to_owned();
        assert_eq!([0, 1, 2].map(ids), ["c-3", "c-1", "c-2"]);
        let amounts = |row| book.amounts("list_mrr").and_then(|amounts| amounts.get(row));
        assert_eq!([0, 1, 2].map(amounts), [Some(2_000), Some(150), None]);
        let flags = |row| book.flags("auto_renew").and_then(|flags| flags.get(row));
        assert_eq!([0, 1, 2].map(flags), [Some(false), Some(true), None]);
        let days = |row| book.days("signed_date").and_then(|days| days.get(row));
        assert_eq!([0, 1, 2].map(days), [None, Some(day("2026-02-01")), None]);
        assert_eq!(book.cell("list_mrr", 2), Cell::Absent);
        // Columns that were not given, of another kind, and beyond the last contract.
        assert!(book.days("notice_date").is_none() && book.flags("signed_date").is_none());
        assert!(book.amounts("auto_renew").is_none() && amounts(3).is_none());
        Ok(())
    }
}
