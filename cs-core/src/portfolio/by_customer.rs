//! The rows of contracts in the order of their customers, with what the ledger walks.

use std::ops::Range;

use super::rows::Columns;
use super::sheet::Sheet;
use crate::order::sort_by_key;
use crate::parts::{in_parts, in_shards};
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
struct Line {
    customer: u32,
    row: u32,
    start: Day,
    end: Day,
    amount: i64,
}

/// So many runs of customers, or fewer: the lines of a run stay close at hand, and so do the ends of all runs.
const RUNS: usize = 512;

/// A run has so many customers at least.
const SHORTEST_RUN: usize = if cfg!(test) { 2 } else { 1 << 12 };

impl ByCustomer {
    /// The accepted rows of so many customers.
    pub(super) fn of(sheet: &Sheet<'_>, columns: &Columns, customers: usize) -> Self {
        let source = Source::of(columns);
        let run = customers.div_ceil(RUNS).max(SHORTEST_RUN).next_power_of_two();
        let run_of = |row: usize| sheet.accepts(row).then(|| source.customer(row) as usize >> run.ilog2());
        let put = |lines: &mut Vec<Line>, row| lines.push(source.line(row));
        let runs = in_shards(sheet.rows(), customers.div_ceil(run), run_of, Vec::with_capacity, put);
        let parts = in_parts(runs.len(), 1, |part| {
            let of_part = runs.get(part.clone()).unwrap_or_default();
            let mut whole = Self::with_capacity(of_part.iter().flatten().map(Vec::len).sum());
            for (position, lines) in part.zip(of_part) {
                let first = position * run;
                whole.push(lines, first..customers.min(first + run));
            }
            whole
        });
        let append = |mut all: Self, part: Self| {
            let before = all.order.len() as u32;
            all.bounds.extend(part.bounds.into_iter().skip(1).map(|bound| bound + before));
            all.order.extend(part.order);
            all.start.extend(part.start);
            all.end.extend(part.end);
            all.amount.extend(part.amount);
            all
        };
        let mut all = parts.into_iter().reduce(append).unwrap_or_else(|| Self::with_capacity(0));
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

    /// Puts the lines of some customers at the end, which are cut into pieces.
    fn push(&mut self, pieces: &[Vec<Line>], customers: Range<usize>) {
        let lines = || pieces.iter().flatten();
        let place = |line: &Line| line.customer as usize - customers.start;
        // Where the next line of each customer belongs.
        let mut next = vec![0_u32; customers.len() + 1];
        for line in lines() {
            if let Some(count) = next.get_mut(place(line) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for bound in &mut next {
            sum += *bound;
            *bound = sum;
        }
        let before = self.order.len() as u32;
        self.bounds.extend(next.iter().skip(1).map(|bound| bound + before));
        let mut ordered = vec![Line::default(); lines().count()];
        for line in lines() {
            let Some(next) = next.get_mut(place(line)) else { continue };
            if let Some(slot) = ordered.get_mut(*next as usize) {
                *slot = *line;
            }
            *next += 1;
        }
        for of_customer in ordered.chunk_by_mut(|one, other| one.customer == other.customer) {
            sort_by_key(of_customer, |line| u64::from(line.start.key()));
        }
        self.order.extend(ordered.iter().map(|line| line.row));
        self.start.extend(ordered.iter().map(|line| line.start));
        self.end.extend(ordered.iter().map(|line| line.end));
        self.amount.extend(ordered.iter().map(|line| line.amount));
    }
}

/// The columns that lines are made of.
struct Source<'c> {
    customers: &'c [u32],
    start_date: Option<&'c Nullable<Day>>,
    end_date: Option<&'c Nullable<Day>>,
    term_end: Option<&'c Nullable<Day>>,
    auto_renew: Option<&'c Nullable<bool>>,
    mrr: Option<&'c Nullable<i128>>,
    amount: Option<&'c Nullable<i128>>,
}

impl<'c> Source<'c> {
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

    /// The line of a row that was accepted.
    fn line(&self, row: usize) -> Line {
        let at = |values: Option<&Nullable<i128>>| values.and_then(|values| values.get(row));
        // Amounts beyond 64 bits were refused.
        let amount = at(self.mrr).or_else(|| at(self.amount)).and_then(|units| i64::try_from(units).ok());
        Line {
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
