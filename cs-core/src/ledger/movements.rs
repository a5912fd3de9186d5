//! Movements summed by period.

use std::sync::Arc;

use chrono::NaiveDate;

use super::changes::Change;
use super::days::Days;
use super::movement::MovementKind;
use super::per_group::PerGroup;
use super::units::Units;
use crate::error::Error;
use crate::json::Json;
use crate::money::Money;
use crate::period::Periods;
use crate::query::{Context, Grouped, Operation, Range};
use crate::sums::{Additive, Shape};
use crate::table::result_table;
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
    provisional: i128,
    customers: i64,
    new_customers: u64,
    reactivated_customers: u64,
    expanded_customers: u64,
    contracted_customers: u64,
    churned_customers: u64,
}

/// The period in which each kind of movement of a customer was last seen, so that a customer counts once in each.
struct Seen([usize; MovementKind::ALL.len()]);

impl Seen {
    /// 1 the first time that a kind is seen in a period, then 0.
    fn first(&mut self, kind: MovementKind, period: usize) -> u64 {
        let Some(seen) = self.0.get_mut(kind as usize) else { return 0 };
        u64::from(std::mem::replace(seen, period) != period)
    }
}

/// In no period yet.
impl Default for Seen {
    fn default() -> Self {
        Self([usize::MAX; MovementKind::ALL.len()])
    }
}

impl Operation for Movements {
    type Arguments = Range;

    fn asked(range: &Range) -> Vec<(&'static str, Json)> {
        range.asked()
    }

    fn compute(range: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let periods = range.periods(context.definitions)?;
        let closed = context.closed(periods);
        let days = Days::of(periods);
        let mut units = Units::of(context, Self::COLUMNS)?;
        // Of each group, what happened before the range, and in each of its periods.
        let mut flows: PerGroup<Vec<Flows>> = PerGroup::of(context);
        units.each(periods.day(closed), &mut |unit| {
            let flows = flows.rows(unit.group, 1, closed)?;
            let mut seen = Seen::default();
            unit.changes(|change| {
                let period = days.position(change.day);
                if let Some(flows) = flows.get_mut(period) {
                    flows.add(change, period, &mut seen);
                }
            })
        })?;
        let has_own_arr = units.priced.arr.is_some();
        let groups = units.groups.sorted(flows.groups);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, flows) in &groups.groups {
            columns.write(flows, periods, closed, has_own_arr);
        }
        let metadata = context.metadata("movements", context.by);
        Ok(columns.into_table(groups.columns(|_| closed), units.priced.digits, metadata))
    }
}

impl Grouped for Movements {}

impl Additive for Movements {
    const SHAPE: Shape = Shape {
        operation: Self::SCHEMA,
        columns: Self::COLUMNS,
        keys: &["period_start", "period_end"],
        rebuild: Some(|sums, _| sums.as_they_are()),
    };
}

impl Columns {
    /// A row for each closed period of a group, each flow beside the balances that it joins.
    fn write(&mut self, flows: &[Flows], periods: Periods, closed: usize, has_own_arr: bool) {
        let none = Flows::default();
        let of = |position: usize| flows.get(position).unwrap_or(&none);
        let Flows { mut mrr, mut arr, mut provisional, mut customers, .. } = *of(0);
        for period in 0..closed {
            let flows = of(period + 1);
            self.period_start.push(periods.day(period));
            self.period_end.push(periods.day(period + 1));
            self.opening_mrr.push(mrr);
            self.opening_customers.push(u64::try_from(customers).unwrap_or_default());
            mrr += flows.mrr;
            arr += flows.arr;
            provisional += flows.provisional;
            customers += flows.customers;
            self.closing_mrr.push(mrr);
            self.closing_customers.push(u64::try_from(customers).unwrap_or_default());
            self.closing_arr.push(if has_own_arr { arr } else { mrr * 12 });
            self.provisional_mrr.push(provisional);
            self.fx_mrr.push(0);
            self.new_mrr.push(flows.new);
            self.reactivation_mrr.push(flows.reactivation);
            self.expansion_mrr.push(flows.expansion);
            self.contraction_mrr.push(flows.contraction);
            self.churned_mrr.push(flows.churned);
            self.upsell_mrr.push(flows.upsell);
            self.cross_sell_mrr.push(flows.cross_sell);
            self.downsell_mrr.push(flows.downsell);
            self.product_churn_mrr.push(flows.product_churn);
            self.new_customers.push(flows.new_customers);
            self.reactivated_customers.push(flows.reactivated_customers);
            self.expanded_customers.push(flows.expanded_customers);
            self.contracted_customers.push(flows.contracted_customers);
            self.churned_customers.push(flows.churned_customers);
        }
    }
}

impl Flows {
    fn add(&mut self, change: &Change<'_>, period: usize, seen: &mut Seen) {
        let Change { before, after, split, .. } = *change;
        let net = i128::from(after.mrr) - i128::from(before.mrr);
        self.mrr += net;
        self.arr += change.arr;
        self.provisional += change.provisional;
        self.customers += i64::from(after.pays) - i64::from(before.pays);
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
