//! The rows of contracts in the order of their customers, with what the ledger walks.

use std::ops::Range;

use super::columns::Columns;
use super::sheet::Sheet;
use crate::order::sort_by_key;
use crate::parts::{in_shards, joined};
use crate::period::Day;
use crate::table::Nullable;
use crate::text::ABSENT;

/// Contracts in the order of customer, start and row.
pub(super) struct ByCustomer {
    /// Where each customer's contracts begin, and where the last one's end.
    pub(super) bounds: Vec<u32>,
    /// The row of each contract.
    pub(super) order: Vec<u32>,
    pub(super) start: Vec<Day>,
    /// The end that counts; [`Day::NEVER`] for none.
    pub(super) end: Vec<Day>,
    pub(super) amount: Vec<i64>,
}

/// A row that is put in its place: a copy of all that is walked, since to look it up there later is to look far away.
#[derive(Clone, Copy, Default)]
struct Entry {
    customer: u32,
    row: u32,
    start: Day,
    end: Day,
    amount: i64,
}

/// So many runs of customers, or fewer: the entries of a run stay in a near cache while they are put in order, and so do
/// the ends of all runs while entries are put there.
const RUNS: usize = 512;

/// A run has so many customers at least.
const SHORTEST_RUN: usize = if cfg!(test) { 2 } else { 1 << 12 };

impl ByCustomer {
    /// The accepted rows of so many customers.
    pub(super) fn of(sheet: &Sheet<'_>, columns: &Columns, customers: usize) -> Self {
        let source = EntryColumns::of(columns);
        let run = customers.div_ceil(RUNS).max(SHORTEST_RUN).next_power_of_two();
        let run_of = |row: usize| sheet.accepts(row).then(|| source.customer(row) as usize >> run.ilog2());
        let put = |entries: &mut Vec<Entry>, row| entries.push(source.entry(row));
        let runs = in_shards(sheet.rows(), customers.div_ceil(run), run_of, Vec::with_capacity, put);
        let in_part = |part: Range<usize>| {
            let of_part = runs.get(part.clone()).unwrap_or_default();
            let mut whole = Self::with_capacity(of_part.iter().flatten().map(Vec::len).sum());
            for (position, entries) in part.zip(of_part) {
                let first = position * run;
                whole.push(entries, first..customers.min(first + run));
            }
            whole
        };
        let append = |mut all: Self, part: Self| {
            let before = all.order.len() as u32;
            all.bounds.extend(part.bounds.into_iter().skip(1).map(|bound| bound + before));
            all.order.extend(part.order);
            all.start.extend(part.start);
            all.end.extend(part.end);
            all.amount.extend(part.amount);
            all
        };
        let mut all = joined(runs.len(), 1, in_part, append);
        all.bounds.shrink_to_fit();
        all.start.shrink_to_fit();
        all.end.shrink_to_fit();
        all.amount.shrink_to_fit();
        all
    }

    fn with_capacity(contracts: usize) -> Self {
        Self {
            bounds: vec![0],
            order: Vec::with_capacity(contracts),
            start: Vec::with_capacity(contracts),
            end: Vec::with_capacity(contracts),
            amount: Vec::with_capacity(contracts),
        }
    }

    /// Puts the entries of some customers at the end, which are cut into pieces.
    fn push(&mut self, pieces: &[Vec<Entry>], customers: Range<usize>) {
        let before = self.order.len() as u32;
        let (ends, ordered) = in_order(pieces, customers);
        self.bounds.extend(ends.into_iter().map(|end| end + before));
        self.order.extend(ordered.iter().map(|entry| entry.row));
        self.start.extend(ordered.iter().map(|entry| entry.start));
        self.end.extend(ordered.iter().map(|entry| entry.end));
        self.amount.extend(ordered.iter().map(|entry| entry.amount));
    }
}

/// The entries of some customers in the order of customer, start and row, and where those of each customer end.
fn in_order(pieces: &[Vec<Entry>], customers: Range<usize>) -> (Vec<u32>, Vec<Entry>) {
    let entries = || pieces.iter().flatten();
    let customer = |entry: &Entry| entry.customer as usize - customers.start;
    let mut ends = vec![0_u32; customers.len()];
    for entry in entries() {
        if let Some(count) = ends.get_mut(customer(entry)) {
            *count += 1;
        }
    }
    // From how many each customer has to where the first of each belongs.
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut ordered = vec![Entry::default(); sum as usize];
    for entry in entries() {
        let Some(next) = ends.get_mut(customer(entry)) else { continue };
        if let Some(slot) = ordered.get_mut(*next as usize) {
            *slot = *entry;
        }
        *next += 1;
    }
    for of_customer in ordered.chunk_by_mut(|one, other| one.customer == other.customer) {
        sort_by_key(of_customer, |entry| u64::from(entry.start.key()));
    }
    (ends, ordered)
}

/// The columns that entries are made of.
struct EntryColumns<'c> {
    customers: &'c [u32],
    start_date: Option<&'c Nullable<Day>>,
    end_date: Option<&'c Nullable<Day>>,
    term_end: Option<&'c Nullable<Day>>,
    auto_renew: Option<&'c Nullable<bool>>,
    mrr: Option<&'c Nullable<i128>>,
    amount: Option<&'c Nullable<i128>>,
}

impl<'c> EntryColumns<'c> {
    fn of(columns: &'c Columns) -> Self {
        Self {
            customers: &columns.customers,
            start_date: columns.days("start_date"),
            end_date: columns.days("end_date"),
            term_end: columns.days("term_end"),
            auto_renew: columns.flags("auto_renew"),
            mrr: columns.amounts("mrr"),
            amount: columns.amounts("amount"),
        }
    }

    fn customer(&self, row: usize) -> u32 {
        self.customers.get(row).copied().unwrap_or(ABSENT)
    }

    /// The entry of a row that was accepted.
    fn entry(&self, row: usize) -> Entry {
        let at = |values: Option<&Nullable<i128>>| values.and_then(|values| values.get(row));
        // Amounts beyond 64 bits were refused.
        let amount = at(self.mrr).or_else(|| at(self.amount)).and_then(|units| i64::try_from(units).ok());
        Entry {
            customer: self.customer(row),
            row: row as u32,
            start: self.start_date.and_then(|days| days.get(row)).unwrap_or_default(),
            end: self.end(row),
            amount: amount.unwrap_or_default(),
        }
    }

    /// The end date; without one, the end of the term of a contract that does not renew itself; else none.
    fn end(&self, row: usize) -> Day {
        let day = |days: Option<&Nullable<Day>>| days.and_then(|days| days.get(row));
        let renews = || self.auto_renew.and_then(|flags| flags.get(row)).unwrap_or(true);
        day(self.end_date).or_else(|| day(self.term_end).filter(|_| !renews())).unwrap_or(Day::NEVER)
    }
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::portfolio::{Input, InputColumn, Portfolio, TextColumn};

    #[test]
    fn rows_are_put_in_the_order_of_customer_start_and_row() -> Result<(), Error> {
        // Customers of several runs, among them one with very many contracts; days that many share.
        let rows: Vec<(usize, i32, usize)> =
            (0..400).map(|row| (row * row % 37 * (row % 3), (row * 7 % 11) as i32, row)).collect();
        let text = |name: &dyn Fn(&(usize, i32, usize)) -> String| {
            InputColumn::Text(rows.iter().map(name).collect::<TextColumn>())
        };
        let input = Input::with_rows(rows.len())
            .column("contract_id", text(&|(_, _, row)| format!("c-{row}")))
            .column("customer_id", text(&|(customer, ..)| format!("k-{customer}")))
            .column("start_date", InputColumn::Date(rows.iter().map(|(_, day, _)| Some(*day)).collect()))
            .column("mrr", InputColumn::Integer(rows.iter().map(|(.., row)| Some(*row as i64)).collect()));
        let book = Portfolio::from_tables(input).currency("USD").load()?.book;

        let mut met: Vec<usize> = Vec::new();
        for (customer, ..) in &rows {
            if !met.contains(customer) {
                met.push(*customer);
            }
        }
        let number = |customer: usize| met.iter().position(|&other| other == customer);
        let mut expected = rows.clone();
        expected.sort_by_key(|&(customer, day, row)| (number(customer), day, row));
        assert!(book.amount.iter().copied().eq(expected.iter().map(|(.., row)| *row as i64 * 100)));
        assert!(book.start.iter().map(|day| day.unix_days()).eq(expected.iter().map(|(_, day, _)| *day)));
        assert!((0..book.len()).all(|contract| book.place(contract).0 == Some(expected[contract].2 as u64 + 1)));
        let customers = (0..book.customers()).map(|customer| book.contracts(customer).len());
        let contracts = |customer: &usize| rows.iter().filter(|(other, ..)| other == customer).count();
        assert!(customers.eq(met.iter().map(contracts)));
        Ok(())
    }
}
