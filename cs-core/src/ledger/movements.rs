//! Movements summed by period.

use std::sync::Arc;

use chrono::NaiveDate;

use super::movement::MovementKind;
use super::price::Priced;
use super::query::Context;
use super::timeline::{Change, walk};
use crate::error::Error;
use crate::money::Money;
use crate::table::{Metadata, result_table};
use crate::text::TextPool;

result_table! {
    /// Movements of recurring revenue by period, in the order of periods.
    ///
    /// Amounts are magnitudes in the portfolio's currency. For every period `opening_mrr + new_mrr + reactivation_mrr
    /// + expansion_mrr - contraction_mrr - churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's
    /// opening.
    pub struct Movements("movements") of
    /// The movements of one period.
    MovementsRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// MRR at the close of the day before the period.
        opening_mrr: Money as Amount,
        /// First MRR of customers never seen before.
        new_mrr: Money as Amount,
        /// MRR of customers who had left and came back.
        reactivation_mrr: Money as Amount,
        /// Additional MRR of paying customers.
        expansion_mrr: Money as Amount,
        /// MRR given up by customers who still pay.
        contraction_mrr: Money as Amount,
        /// MRR of customers who left.
        churned_mrr: Money as Amount,
        /// Change of MRR by rates of exchange, signed; zero with `fx="single"`.
        fx_mrr: Money as Amount,
        /// MRR at the close of the period's last day.
        closing_mrr: Money as Amount,
        /// The part of closing MRR that rests on a tolerated gap; zero with `gap_tolerance_days=0`.
        provisional_mrr: Money as Amount,
        /// Annual recurring revenue at the close: each contract's exact yearly amount, rounded once.
        closing_arr: Money as Amount,
        /// More of products that were held, of customers who paid before and after.
        upsell_mrr: Money as Amount,
        /// Products that were not held before.
        cross_sell_mrr: Money as Amount,
        /// Less of products that are still held.
        downsell_mrr: Money as Amount,
        /// Products that were given up.
        product_churn_mrr: Money as Amount,
        /// Customers paying at the close of the day before the period.
        opening_customers: u64 as Count,
        /// Distinct customers who were new in the period.
        new_customers: u64 as Count,
        /// Distinct customers who came back.
        reactivated_customers: u64 as Count,
        /// Distinct customers with an expansion.
        expanded_customers: u64 as Count,
        /// Distinct customers with a contraction.
        contracted_customers: u64 as Count,
        /// Distinct customers who left.
        churned_customers: u64 as Count,
        /// Customers paying at the close of the period's last day.
        closing_customers: u64 as Count,
    }
}

/// What moved in a period, and by how much balances changed in it.
#[derive(Clone, Copy, Debug, Default)]
struct Flows {
    new: i128,
    reactivation: i128,
    expansion: i128,
    contraction: i128,
    churned: i128,
    upsell: i128,
    cross_sell: i128,
    downsell: i128,
    product_churn: i128,
    mrr: i128,
    arr: i128,
    customers: i64,
    new_customers: u64,
    reactivated_customers: u64,
    expanded_customers: u64,
    contracted_customers: u64,
    churned_customers: u64,
}

/// The period in which each kind of movement of a customer was last seen, so that a customer counts once in each.
struct Seen {
    customer: usize,
    periods: [usize; MovementKind::ALL.len()],
}

impl Seen {
    const NEVER: usize = usize::MAX;

    fn of(customer: usize) -> Self {
        Self { customer, periods: [Self::NEVER; MovementKind::ALL.len()] }
    }

    /// 1 the first time that a kind is seen in a period, then 0.
    fn first(&mut self, kind: MovementKind, period: usize) -> u64 {
        let Some(seen) = self.periods.get_mut(kind as usize) else { return 0 };
        u64::from(std::mem::replace(seen, period) != period)
    }
}

pub(super) fn run(context: &Context<'_>) -> Result<Movements, Error> {
    let book = &context.portfolio.book;
    let priced = Priced::of(context)?;
    let periods = context.periods;
    let (start, end) = (periods.start(), periods.end());
    let positions = periods.positions();
    // The first is what happened before the range.
    let mut flows = vec![Flows::default(); periods.len() + 1];
    let mut seen = Seen::of(Seen::NEVER);
    walk(&priced, end, 0..book.customers(), context.watch, |customer, change| {
        if seen.customer != customer {
            seen = Seen::of(customer);
        }
        let days = change.day.unix_days() - start.unix_days();
        let period = usize::try_from(days).ok().and_then(|day| positions.get(day)).map_or(0, |&at| at as usize + 1);
        if let Some(flows) = flows.get_mut(period) {
            flows.add(change, period, &mut seen);
        }
    })?;

    let mut columns = Columns::of(&Arc::new(TextPool::default()));
    let (mut mrr, mut arr, mut customers) = flows.first().map_or((0, 0, 0), |f| (f.mrr, f.arr, f.customers));
    for (period, flows) in flows.iter().skip(1).enumerate() {
        columns.period_start.push(periods.day(period));
        columns.period_end.push(periods.day(period + 1));
        columns.opening_mrr.push(mrr);
        columns.opening_customers.push(u64::try_from(customers).unwrap_or_default());
        mrr += flows.mrr;
        arr += flows.arr;
        customers += flows.customers;
        columns.closing_mrr.push(mrr);
        columns.closing_customers.push(u64::try_from(customers).unwrap_or_default());
        columns.closing_arr.push(if priced.arr.is_some() { arr } else { mrr * 12 });
        columns.fx_mrr.push(0);
        columns.provisional_mrr.push(0);
        columns.new_mrr.push(flows.new);
        columns.reactivation_mrr.push(flows.reactivation);
        columns.expansion_mrr.push(flows.expansion);
        columns.contraction_mrr.push(flows.contraction);
        columns.churned_mrr.push(flows.churned);
        columns.upsell_mrr.push(flows.upsell);
        columns.cross_sell_mrr.push(flows.cross_sell);
        columns.downsell_mrr.push(flows.downsell);
        columns.product_churn_mrr.push(flows.product_churn);
        columns.new_customers.push(flows.new_customers);
        columns.reactivated_customers.push(flows.reactivated_customers);
        columns.expanded_customers.push(flows.expanded_customers);
        columns.contracted_customers.push(flows.contracted_customers);
        columns.churned_customers.push(flows.churned_customers);
    }
    let metadata = Metadata::new("movements", Some(context.portfolio.currency), context.definitions);
    Ok(columns.into_table(priced.digits, metadata))
}

impl Flows {
    fn add(&mut self, change: &Change<'_>, period: usize, seen: &mut Seen) {
        let Change { before, after, split, .. } = *change;
        let net = i128::from(after) - i128::from(before);
        self.mrr += net;
        self.arr += change.arr;
        self.customers += i64::from(after > 0) - i64::from(before > 0);
        let Some(kind) = change.kind else { return };
        let first = seen.first(kind, period);
        match kind {
            MovementKind::New => {
                self.new += net;
                self.new_customers += first;
            }
            MovementKind::Reactivation => {
                self.reactivation += net;
                self.reactivated_customers += first;
            }
            MovementKind::Expansion => {
                self.expansion += net;
                self.expanded_customers += first;
            }
            MovementKind::Contraction => {
                self.contraction -= net;
                self.contracted_customers += first;
            }
            MovementKind::Churn => {
                self.churned -= net;
                self.churned_customers += first;
            }
            MovementKind::Fx | MovementKind::ProductMix => {}
        }
        self.upsell += i128::from(split.upsell);
        self.cross_sell += i128::from(split.cross_sell);
        self.downsell += i128::from(split.downsell);
        self.product_churn += i128::from(split.product_churn);
    }
}
