//! Movements one by one, each with the contracts that caused it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::movement::{MovementKind, Split};
use super::price::Priced;
use super::query::Context;
use super::timeline::walk;
use crate::error::Error;
use crate::money::Money;
use crate::period::Day;
use crate::table::{Metadata, TextList, TextLists, result_table};
use crate::watch::{Stage, report};

result_table! {
    /// Every movement of recurring revenue by itself, in the order of day and customer (by bytes).
    ///
    /// Every flow of [`Movements`](crate::Movements) is rows of this table summed.
    pub struct Journal("journal") of
    /// One movement.
    JournalRow<'a>, built from Columns {
        /// The day: the first with the new MRR.
        date: NaiveDate as Date,
        /// Whose movement it is.
        customer_id: &'a str as Text,
        /// What moved: new, reactivation, expansion, contraction, churn, fx or product_mix.
        kind: MovementKind as Choice<MovementKind>,
        /// By how much, as a magnitude; zero for `product_mix`.
        amount: Money as Amount,
        /// The customer's MRR at the close of the day before.
        mrr_before: Money as Amount,
        /// The customer's MRR at the close of the day.
        mrr_after: Money as Amount,
        /// More of products that were held; zero unless the customer paid before and after, as are the next three.
        upsell_mrr: Money as Amount,
        /// Products that were not held before.
        cross_sell_mrr: Money as Amount,
        /// Less of products that are still held.
        downsell_mrr: Money as Amount,
        /// Products that were given up.
        product_churn_mrr: Money as Amount,
        /// The contracts that started or ended on the day, in the order of bytes.
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

pub(super) fn run(context: &Context<'_>) -> Result<Journal, Error> {
    let portfolio = context.portfolio;
    let book = &portfolio.book;
    let priced = Priced::of(context)?;
    let (start, end) = (context.periods.start(), context.periods.end());
    let mut entries: Vec<Entry> = Vec::new();
    let mut contracts: Vec<u32> = Vec::new();
    let by_name = portfolio.directory.names.order().into_iter().map(|customer| customer as usize);
    walk(&priced, end, by_name, context.watch, |customer, change| {
        let Some(kind) = change.kind.filter(|_| change.day >= start) else { return };
        let first = contracts.len();
        contracts.extend(change.ending.iter().chain(change.starting).map(|event| event.contract));
        entries.push(Entry {
            day: change.day,
            customer: customer as u32,
            kind,
            before: change.before,
            after: change.after,
            split: change.split,
            contracts: (first, contracts.len()),
        });
    })?;
    // Customers come in the order of their names already, and a customer has one movement a day.
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|entry| entry.day);

    let mut columns = Columns::of(&portfolio.directory.names);
    columns.contract_ids = TextLists::of(Arc::clone(book.ids.pool()));
    let mut ids: Vec<u32> = Vec::new();
    let total = order.len();
    for (done, entry) in order.into_iter().enumerate() {
        report(context.watch, Stage::Write, done, total)?;
        columns.date.push(entry.day);
        columns.customer_id.0.push(entry.customer);
        columns.kind.push(entry.kind);
        let (before, after) = (i128::from(entry.before), i128::from(entry.after));
        columns.amount.push((after - before).abs());
        columns.mrr_before.push(before);
        columns.mrr_after.push(after);
        columns.upsell_mrr.push(i128::from(entry.split.upsell));
        columns.cross_sell_mrr.push(i128::from(entry.split.cross_sell));
        columns.downsell_mrr.push(i128::from(entry.split.downsell));
        columns.product_churn_mrr.push(i128::from(entry.split.product_churn));
        let contracts = contracts.get(entry.contracts.0..entry.contracts.1).unwrap_or_default();
        ids.clear();
        ids.extend(contracts.iter().filter_map(|&contract| book.ids.codes().get(contract as usize)));
        ids.sort_unstable_by(|&a, &b| book.ids.pool().get(a).cmp(book.ids.pool().get(b)));
        columns.contract_ids.push(Some(&ids));
    }
    let metadata = Metadata::new("journal", Some(portfolio.currency), context.definitions);
    Ok(columns.into_table(priced.digits, metadata))
}
