//! What customers' lines tell of periods that no other operation does: who stays, who took a higher plan, another product, or none
//! that is paid.

use super::usage::Usage;
use crate::error::Error;
use crate::float::exact_sum;
use crate::ledger::{Merge, UnitLine, Units};
use crate::order::sort_by_key;
use crate::period::{Day, Periods};
use crate::query::Context;
use crate::ratio::{Ratio, Reason};
use crate::table::{Nullable, Texts};
use crate::text::ABSENT;

/// Customers of one period.
#[derive(Clone, Debug, Default)]
pub(super) struct OfLines {
    /// Those who paid at the close before it.
    pub(super) opening: u64,
    /// Those of them who pay at its close, and what they pay then.
    pub(super) stayed: u64,
    pub(super) stayed_mrr: i128,
    /// Those of them who pay nothing at its close for a contract that is in force.
    pub(super) free: u64,
    /// Those of them who pay nothing at its close, and are not free; and what they paid.
    pub(super) lost: u64,
    pub(super) lost_mrr: i128,
    /// Those of them whose greatest plan rank for a product is higher at its close.
    pub(super) upsold: u64,
    /// Those of them who pay for more products at its close.
    pub(super) cross_sold: u64,
    /// Those of them whose greatest plan rank for a product is lower.
    pub(super) downsold: u64,
    /// Active and licensed users of those who pay at its close, of each as far as they were seen in it.
    users: Vec<[f64; 2]>,
}

impl OfLines {
    /// Active over licensed users; none where neither was seen.
    pub(super) fn adoption(&self) -> Ratio {
        let [active, licensed] =
            [0, 1].map(|of| exact_sum(self.users.iter().filter_map(|users| users.get(of).copied())));
        match active.zip(licensed).filter(|_| !self.users.is_empty()) {
            None => Ratio::Absent(Reason::NotMeasured),
            Some((active, licensed)) if licensed > 0.0 && (active / licensed).is_finite() => {
                Ratio::Value(active / licensed)
            }
            Some(_) => Ratio::Absent(Reason::ZeroDenominator),
        }
    }
}

/// What contracts name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) plan_ranks: bool,
    pub(super) products: bool,
}

impl Merge for OfLines {
    fn merge(&mut self, other: Self) {
        self.opening += other.opening;
        self.stayed += other.stayed;
        self.stayed_mrr += other.stayed_mrr;
        self.free += other.free;
        self.lost += other.lost;
        self.lost_mrr += other.lost_mrr;
        self.upsold += other.upsold;
        self.cross_sold += other.cross_sold;
        self.downsold += other.downsold;
        self.users.extend(other.users);
    }
}

/// Of every closed period, and what the contracts that are known name.
pub(super) fn of_lines(
    context: &Context<'_>,
    periods: Periods,
    closed: usize,
    usage: &Usage,
) -> Result<(Vec<OfLines>, Named), Error> {
    let units = Units::of(context)?;
    let book = &context.portfolio.book;
    let look = Look { periods, usage, ranks: book.counts("plan_rank"), products: book.product.as_ref() };
    let mut found = units.collect_all(context.end(periods), || {
        |all: &mut Vec<OfLines>, unit: UnitLine<'_>| {
            all.resize(closed, OfLines::default());
            look.add(all, &unit);
        }
    })?;
    found.resize(closed, OfLines::default());
    let names = |is_named: &dyn Fn(usize) -> bool| {
        (0..book.len()).any(|contract| is_named(contract) && units.priced.terms.is_known(contract))
    };
    let named = Named {
        plan_ranks: names(&|contract| look.ranks.is_some_and(|ranks| ranks.get(contract).is_some())),
        products: names(&|contract| look.product(contract as u32) != ABSENT),
    };
    Ok((found, named))
}

/// What is asked of each customer's line.
struct Look<'a> {
    periods: Periods,
    usage: &'a Usage,
    ranks: Option<&'a Nullable<u64>>,
    products: Option<&'a Texts>,
}

/// A product that a customer pays for, and its greatest plan rank.
type PlanRank = (u32, Option<u64>);

impl Look<'_> {
    /// The product of a contract; without one, that is one of its own.
    fn product(&self, contract: u32) -> u32 {
        self.products.and_then(|products| products.code(contract as usize)).unwrap_or(ABSENT)
    }

    /// What a customer pays for at a close: each product once, in order.
    fn plans(&self, unit: &UnitLine<'_>, close: Day) -> Vec<PlanRank> {
        let there = unit.contracts(close, false).filter(|&(_, amount)| amount > 0);
        let rank = |contract: u32| self.ranks.and_then(|ranks| ranks.get(contract as usize));
        let mut plans: Vec<PlanRank> = there.map(|(contract, _)| (self.product(contract), rank(contract))).collect();
        sort_by_key(&mut plans, |&(product, _)| u64::from(product));
        plans.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 = if is_same { kept.1.max(next.1) } else { kept.1 };
            is_same
        });
        plans
    }

    fn add(&self, all: &mut [OfLines], unit: &UnitLine<'_>) {
        // At the close of the period before.
        let close = |position: usize| self.periods.day(position).previous();
        let mut end = unit.balance(close(0), false);
        for (position, found) in all.iter_mut().enumerate() {
            let (before, after) = (close(position), close(position + 1));
            let open = std::mem::replace(&mut end, unit.balance(after, false));
            if end.pays {
                found.users.extend(self.usage.users(unit.customer, position));
            }
            if !open.pays {
                continue;
            }
            let is_free = open.mrr > 0 && end.mrr == 0 && unit.is_free(after);
            found.opening += 1;
            found.free += u64::from(is_free);
            if !end.pays && !is_free {
                found.lost += 1;
                found.lost_mrr += i128::from(open.mrr);
            }
            // Where free customers count, one that went to free still pays; it is in a rate of its own.
            if end.pays && !is_free {
                found.stayed += 1;
                found.stayed_mrr += i128::from(end.mrr);
                let (before, after) = (self.plans(unit, before), self.plans(unit, after));
                found.upsold += u64::from(is_any_rank(&before, &after, |then, now| now > then));
                found.downsold += u64::from(is_any_rank(&before, &after, |then, now| now < then));
                found.cross_sold += u64::from(after.len() > before.len());
            }
        }
    }
}

/// Whether the ranks for any product, before and since, compare in a way.
fn is_any_rank(before: &[PlanRank], after: &[PlanRank], compare: fn(u64, u64) -> bool) -> bool {
    let rank_then = |product: u32| before.iter().find(|(then, _)| *then == product)?.1;
    after.iter().any(|&(product, rank)| rank_then(product).zip(rank).is_some_and(|(then, now)| compare(then, now)))
}
