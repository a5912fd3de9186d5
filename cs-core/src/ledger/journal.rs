//! Movements one by one, each with the contracts that caused it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::changes::Change;
use super::collect::{Collected, Merge, PerGroup};
use super::movement::{MovementKind, Part, Split};
use super::units::{UnitLine, Units};
use crate::error::Error;
use crate::money::Money;
use crate::order::{by_key, pair};
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Context, END, Errors, KNOW_YOUR_METRICS, KnownOn, Operation, OverPeriods, Query, Range, START, parameters,
};
use crate::sums::{Additive, Rebuild};
use crate::table::{TextList, TextLists, result_table};
use crate::watch::{Stage, report};

result_table! {
    /// Every movement of recurring revenue by itself, in the order of day and customer (by bytes).
    ///
    /// Every flow of [`Movements`](crate::Movements) is rows of this table summed.
    pub struct Journal("journal") of
    /// One movement.
    JournalRow<'a>, built from Columns {
        /// The day of the later close: the first with the new MRR, or a period's last with `sampling="period_end"`.
        date: NaiveDate as Date,
        /// Whose movement it is.
        customer_id: &'a str as Text,
        /// What moved: new, reactivation, expansion, contraction, churn, fx or product_mix.
        kind: MovementKind as Choice<MovementKind>,
        /// By how much, as a magnitude: of MRR after less MRR before; zero for `product_mix`.
        amount: Money as Amount,
        /// The customer's MRR at the earlier close.
        mrr_before: Money as Amount,
        /// The customer's MRR at the later close.
        mrr_after: Money as Amount,
        /// More of products that were held; zero unless the customer paid before and after, as are the next three.
        upsell_mrr: Money as Amount,
        /// Products that were not held before.
        cross_sell_mrr: Money as Amount,
        /// Less of products that are still held.
        downsell_mrr: Money as Amount,
        /// Products that were given up.
        product_churn_mrr: Money as Amount,
        /// The contracts that differ between the two closes - started, ended or changed - in the order of bytes.
        contract_ids: TextList<'a> as TextList,
    }
}

/// A row before it finds its place.
struct Entry {
    day: Day,
    customer: u32,
    kind: MovementKind,
    before: i64,
    after: i64,
    split: Split,
    /// Where its contracts begin and end in the list of all.
    contracts: (usize, usize),
}

/// Rows as they are found, and the contracts of all of them.
#[derive(Default)]
struct Entries {
    entries: Vec<Entry>,
    contracts: Vec<u32>,
}

impl Entries {
    fn add(&mut self, customer: u32, kind: MovementKind, change: &Change<'_>) {
        let first = self.contracts.len();
        change.contracts(|contract| self.contracts.push(contract));
        let mut split = Split::default();
        change.parts(|part, amount| split.add(part, amount));
        self.entries.push(Entry {
            day: change.step.day(),
            customer,
            kind,
            before: change.step.moved().before.mrr,
            after: change.step.moved().after.mrr,
            split,
            contracts: (first, self.contracts.len()),
        });
    }
}

impl Merge for Entries {
    fn merge(&mut self, other: Self) {
        let passed = self.contracts.len();
        self.contracts.extend(other.contracts);
        self.entries.extend(other.entries.into_iter().map(|entry| {
            let (first, last) = entry.contracts;
            Entry { contracts: (passed + first, passed + last), ..entry }
        }));
    }
}

impl Collected for Entries {
    /// As many as there are movements: nothing that a group could multiply.
    fn rows(&self) -> usize {
        0
    }
}

impl Portfolio {
    /// Every movement by itself, with what caused it: the rows that [`Portfolio::movements`] sums.
    ///
    /// `amount = |mrr_after - mrr_before|`, in the portfolio's currency by the month; no column is ever absent. What counts
    /// as a movement, and of which kind, follows the definitions.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{MovementKind, Portfolio};
    ///
    /// // In force on 29 February 2020, and no more on 1 March.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\nc-1,acme,2020-01-31,2020-03-01,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2020, month, day).unwrap();
    ///
    /// let journal = portfolio.journal(day(1, 1), day(4, 1)).run()?;
    /// let rows: Vec<_> = journal.rows().map(|row| (row.date, row.kind, row.contract_ids.iter().collect())).collect();
    /// assert_eq!(rows, [(day(1, 31), MovementKind::New, vec!["c-1"]), (day(3, 1), MovementKind::Churn, vec!["c-1"])]);
    /// let churn = journal.rows().nth(1).unwrap();
    /// assert_eq!([churn.amount, churn.mrr_before, churn.mrr_after].map(|mrr| mrr.to_string()), ["100.00", "100.00", "0.00"]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn journal(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Journal> {
        Query::of(self, Range::of(start, end))
    }
}

impl Operation for Journal {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "Every movement of recurring revenue by itself, with the contracts that caused it.\n\n\
              Every flow of `movements` is rows of the journal summed.",
        parameters: parameters![START, END],
        rows: "A row for each movement, in the order of day and customer (by bytes).",
        errors: Errors::RANGE,
        source: KNOW_YOUR_METRICS,
    };

    fn compute(range: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let book = &context.portfolio.book;
        let periods = range.periods(context.definitions)?;
        let (start, end) = (periods.start(), context.end(periods));
        let units = Units::of(context)?;
        let found = units.collect(end, &Entries::default, || {
            |of_all: &mut PerGroup<'_, Entries>, unit: UnitLine<'_>| {
                let customer = unit.customer;
                of_all.add(unit.group, |entries| {
                    unit.changes(|change| {
                        if let Some(kind) = change.kind.filter(|_| change.step.day() >= start) {
                            entries.add(customer, kind, change);
                        }
                    });
                })
            }
        })?;
        let Entries { entries, contracts } =
            found.groups.into_iter().map(|(_, entries)| entries).next().unwrap_or_default();
        let names = &context.portfolio.directory.names;
        let ranks = names.ranks();
        // A customer has one movement a day.
        let order = by_key(entries.len(), |position| {
            entries.get(position).map_or(0, |entry| {
                pair(entry.day.key(), ranks.get(entry.customer as usize).copied().unwrap_or_default())
            })
        });

        let mut columns = Columns::of(names);
        columns.contract_ids = TextLists::of(Arc::clone(book.ids.pool()));
        let mut ids: Vec<u32> = Vec::new();
        for (done, entry) in order.iter().filter_map(|&position| entries.get(position as usize)).enumerate() {
            report(context.watch, Stage::Write, done, entries.len())?;
            ids.clear();
            let contracts = contracts.get(entry.contracts.0..entry.contracts.1).unwrap_or_default();
            ids.extend(contracts.iter().map(|&contract| book.id(contract as usize)));
            book.ids.pool().sort(&mut ids);
            columns.write(entry, &ids);
        }
        let metadata = context.metadata();
        Ok(columns.into_table(Vec::new(), units.priced.digits, metadata))
    }
}

impl KnownOn for Journal {}

impl OverPeriods for Journal {}

impl Additive for Journal {
    const KEYS: &'static [&'static str] = &["date", "customer_id", "kind"];
    const REBUILD: Option<Rebuild> = None;
}

impl Columns {
    fn write(&mut self, entry: &Entry, contract_ids: &[u32]) {
        let (before, after) = (i128::from(entry.before), i128::from(entry.after));
        self.date.push(entry.day);
        self.customer_id.0.push(entry.customer);
        self.kind.push(entry.kind);
        self.amount.push((after - before).abs());
        self.mrr_before.push(before);
        self.mrr_after.push(after);
        self.upsell_mrr.push(i128::from(entry.split.amount(Part::Upsell)));
        self.cross_sell_mrr.push(i128::from(entry.split.amount(Part::CrossSell)));
        self.downsell_mrr.push(i128::from(entry.split.amount(Part::Downsell)));
        self.product_churn_mrr.push(i128::from(entry.split.amount(Part::ProductChurn)));
        self.contract_ids.push(Some(contract_ids));
    }
}
