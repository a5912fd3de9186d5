//! What customers' lines tell of periods that no other operation does: who took a higher plan, another product, or none that
//! is paid.

use crate::error::Error;
use crate::ledger::{Days, Merge, Part, UnitLine, Units};
use crate::period::Periods;
use crate::query::Context;
use crate::table::Nullable;

/// Customers of one period.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OfLines {
    /// Those who paid at the close before it.
    pub(super) opening: u64,
    /// Those of them who pay nothing at its close for a contract that is in force.
    pub(super) free: u64,
    /// Those of them whose greatest plan rank is higher at its close.
    pub(super) upsold: u64,
    /// Those who added a product in it.
    pub(super) cross_sold: u64,
}

#[derive(Default)]
struct All(Vec<OfLines>);

impl Merge for OfLines {
    fn merge(&mut self, other: Self) {
        self.opening += other.opening;
        self.free += other.free;
        self.upsold += other.upsold;
        self.cross_sold += other.cross_sold;
    }
}

impl Merge for All {
    fn merge(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
        } else {
            self.0.merge(other.0);
        }
    }
}

/// Of every closed period, and whether any contract that is known has a plan rank.
pub(super) fn of_lines(context: &Context<'_>, periods: Periods, closed: usize) -> Result<(Vec<OfLines>, bool), Error> {
    let units = Units::of(context)?;
    let ranks = context.portfolio.book.counts("plan_rank");
    let days = Days::of(periods);
    let All(mut found) = units.collect_all(context.end(periods), || {
        |all: &mut All, unit: UnitLine<'_>| {
            all.0.resize(closed, OfLines::default());
            add(&mut all.0, unit, (periods, &days), ranks);
        }
    })?;
    found.resize(closed, OfLines::default());
    let has_rank = |contract: usize| ranks.is_some_and(|ranks| ranks.get(contract).is_some());
    let mut contracts = 0..context.portfolio.book.len();
    Ok((found, contracts.any(|contract| has_rank(contract) && units.priced.terms.is_known(contract))))
}

fn add(all: &mut [OfLines], unit: UnitLine<'_>, (periods, days): (Periods, &Days), ranks: Option<&Nullable<u64>>) {
    // At the close of the period before.
    let close = |position: usize| periods.day(position).previous();
    let rank = |position: usize| {
        let ranks = ranks?;
        let there = unit.contracts(close(position)).filter(|&(_, amount)| amount > 0);
        there.filter_map(|(contract, _)| ranks.get(contract as usize)).max()
    };
    for (position, found) in all.iter_mut().enumerate() {
        let open = unit.balance(close(position), false);
        if !open.pays {
            continue;
        }
        let end = unit.balance(close(position + 1), false);
        found.opening += 1;
        found.free += u64::from(open.mrr > 0 && end.mrr == 0 && unit.is_free(close(position + 1)));
        let rose = end.pays && rank(position).zip(rank(position + 1)).is_some_and(|(before, after)| after > before);
        found.upsold += u64::from(rose);
    }
    let mut counted = None;
    unit.changes(|change| {
        change.parts(|part, amount| {
            let place = days.position(change.step.day());
            if part == Part::CrossSell && amount > 0 && counted != Some(place) {
                counted = Some(place);
                if let Some(found) = place.checked_sub(1).and_then(|place| all.get_mut(place)) {
                    found.cross_sold += 1;
                }
            }
        });
    });
}
