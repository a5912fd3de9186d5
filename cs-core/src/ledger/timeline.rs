//! Each customer's line of MRR: the days on which something starts or ends, in order, changes of one day netted.

use super::movement::{MovementKind, Split, classify};
use super::price::Priced;
use crate::error::Error;
use crate::period::Day;
use crate::text::ABSENT;
use crate::watch::{Stage, Watch, report};

/// A day on which contracts of a customer start or end.
pub(super) struct Change<'a> {
    pub(super) day: Day,
    /// The customer's MRR at the close of the day before.
    pub(super) before: i64,
    /// The customer's MRR at the close of the day.
    pub(super) after: i64,
    /// The change of the customer's ARR, where it is not twelve times that of MRR.
    pub(super) arr: i128,
    /// What the change is; none where neither MRR nor products moved.
    pub(super) kind: Option<MovementKind>,
    /// How the change splits by product; zero unless the customer pays before and after.
    pub(super) split: Split,
    /// The contracts that end and those that start.
    pub(super) ending: &'a [Event],
    pub(super) starting: &'a [Event],
}

/// Calls `visit` with every change before `until`, customer by customer, each customer's in the order of days.
///
/// `customers` are positions in the book, each once.
pub(super) fn walk(
    priced: &Priced<'_>,
    until: Day,
    customers: impl ExactSizeIterator<Item = usize>,
    watch: &dyn Watch,
    mut visit: impl FnMut(usize, &Change<'_>),
) -> Result<(), Error> {
    let total = customers.len();
    let mut line = Line::default();
    let mut faults = priced.faults();
    for (turn, customer) in customers.enumerate() {
        report(watch, Stage::Ledger, turn, total)?;
        if let Err(TooMuch(contract)) = line.walk(priced, customer, until, |change| visit(customer, change)) {
            priced.too_much(contract, &mut faults);
        }
    }
    faults.into_result()
}

/// The contract with which a customer's MRR does not fit.
struct TooMuch(usize);

/// A contract that starts or ends.
#[derive(Clone, Copy)]
pub(super) struct Event {
    day: Day,
    pub(super) contract: u32,
}

/// One customer's contracts in the order in which they start and end; kept for its storage.
#[derive(Default)]
struct Line {
    starts: Vec<Event>,
    ends: Vec<Event>,
    /// What the customer pays for each product, by its position; the last is for contracts without one.
    paid: Vec<i64>,
    /// The products that a day touches, with what was paid before.
    touched: Vec<(usize, i64)>,
    /// Whether a product is among them.
    is_touched: Vec<bool>,
}

impl Line {
    fn walk(
        &mut self,
        priced: &Priced<'_>,
        customer: usize,
        until: Day,
        mut visit: impl FnMut(&Change<'_>),
    ) -> Result<(), TooMuch> {
        let many_products = self.open(priced, customer);
        let (all_starts, all_ends) = (std::mem::take(&mut self.starts), std::mem::take(&mut self.ends));
        let done = self.walk_events(priced, (&all_starts, &all_ends), many_products, until, &mut visit);
        (self.starts, self.ends) = (all_starts, all_ends);
        done
    }

    fn walk_events(
        &mut self,
        priced: &Priced<'_>,
        (mut starts, mut ends): (&[Event], &[Event]),
        many_products: bool,
        until: Day,
        visit: &mut impl FnMut(&Change<'_>),
    ) -> Result<(), TooMuch> {
        let (mut mrr, mut has_paid) = (0_i64, false);
        loop {
            let next = |events: &[Event]| events.first().map_or(Day::NEVER, |event| event.day);
            let day = next(starts).min(next(ends));
            if day >= until {
                return Ok(());
            }
            let ending = of_day(&mut ends, day);
            let starting = of_day(&mut starts, day);

            let before = mrr;
            let mut arr = 0;
            // Ends first: then no sum on the way is larger than both the one before and the one after.
            for &Event { contract, .. } in ending {
                mrr -= amount(priced, contract);
                arr -= yearly(priced, contract);
            }
            for &Event { contract, .. } in starting {
                mrr = mrr.checked_add(amount(priced, contract)).ok_or(TooMuch(contract as usize))?;
                arr += yearly(priced, contract);
            }
            let pays = before > 0 && mrr > 0;
            let split = if many_products {
                let split = self.by_product(priced, ending, starting);
                if pays { split } else { Split::default() }
            } else {
                let mut split = Split::default();
                if pays {
                    split.add(before, mrr);
                }
                split
            };
            let kind = classify(before, mrr, has_paid, split);
            has_paid |= mrr > 0;
            visit(&Change { day, before, after: mrr, arr, kind, split, ending, starting });
        }
    }

    /// Takes a customer's contracts up; says whether they are for more than one product.
    fn open(&mut self, priced: &Priced<'_>, customer: usize) -> bool {
        let book = priced.book;
        self.starts.clear();
        self.ends.clear();
        let contracts = book.contracts(customer);
        let (Some(starts), Some(ends)) = (book.start.get(contracts.clone()), book.end.get(contracts.clone())) else {
            return false;
        };
        for ((contract, &start), &end) in contracts.zip(starts).zip(ends) {
            if priced.counts(contract) {
                self.starts.push(Event { day: start, contract: contract as u32 });
                self.ends.push(Event { day: end, contract: contract as u32 });
            }
        }
        // Most customers' contracts end in the order in which they start.
        if !self.ends.is_sorted_by_key(|event| event.day) {
            self.ends.sort_unstable_by_key(|event| event.day);
        }
        let Some(products) = &book.product else { return false };
        let code = |event: &Event| products.codes().get(event.contract as usize);
        let first = self.starts.first().and_then(code);
        let many = self.starts.iter().any(|event| code(event) != first);
        if many {
            let pool = products.pool().len();
            self.paid.resize(pool + 1, 0);
            self.is_touched.resize(pool + 1, false);
            for event in &self.starts {
                if let Some(paid) = self.paid.get_mut(product(priced, event.contract).min(pool)) {
                    *paid = 0;
                }
            }
        }
        many
    }

    /// How the change of a day splits by product.
    fn by_product(&mut self, priced: &Priced<'_>, ending: &[Event], starting: &[Event]) -> Split {
        self.touched.clear();
        let last = self.paid.len().saturating_sub(1);
        let ends = ending.iter().map(|event| (event.contract, -amount(priced, event.contract)));
        let starts = starting.iter().map(|event| (event.contract, amount(priced, event.contract)));
        for (contract, change) in ends.chain(starts) {
            let product = product(priced, contract).min(last);
            let (Some(paid), Some(is_touched)) = (self.paid.get_mut(product), self.is_touched.get_mut(product)) else {
                continue;
            };
            if !std::mem::replace(is_touched, true) {
                self.touched.push((product, *paid));
            }
            // A part of the customer's MRR, which is known to fit.
            *paid += change;
        }
        let mut split = Split::default();
        for &(product, before) in &self.touched {
            split.add(before, self.paid.get(product).copied().unwrap_or_default());
            if let Some(is_touched) = self.is_touched.get_mut(product) {
                *is_touched = false;
            }
        }
        split
    }
}

/// Takes the events of a day off the front.
fn of_day<'e>(events: &mut &'e [Event], day: Day) -> &'e [Event] {
    let count = events.iter().take_while(|event| event.day == day).count();
    let (taken, rest) = events.split_at_checked(count).unwrap_or((&[], events));
    *events = rest;
    taken
}

#[inline]
fn amount(priced: &Priced<'_>, contract: u32) -> i64 {
    priced.mrr.get(contract as usize).copied().unwrap_or_default()
}

#[inline]
fn yearly(priced: &Priced<'_>, contract: u32) -> i128 {
    priced.arr.as_ref().and_then(|arr| arr.get(contract as usize)).copied().unwrap_or_default()
}

/// The product's position in its pool; a contract without one is behind all of them.
#[inline]
fn product(priced: &Priced<'_>, contract: u32) -> usize {
    let products = priced.book.product.as_ref();
    products.and_then(|products| products.codes().get(contract as usize)).copied().unwrap_or(ABSENT) as usize
}
