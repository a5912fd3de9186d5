//! What became of the customers of a group within a window.

use crate::error::Error;
use crate::ledger::{ByGroup, Collected, Merge, PerGroup, UnitLine, Units};
use crate::period::Trailing;
use crate::query::Context;
use crate::ratio::Ratio;

/// What became of the customers of a group, or of their lines for one product, within a window.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
    /// Those who paid at its first close, of them those who do not at its last, and those who pay only there.
    pub(super) opening: u64,
    pub(super) lost: u64,
    pub(super) new: u64,
    pub(super) opening_mrr: i128,
    /// What those lost paid.
    pub(super) lost_mrr: i128,
    pub(super) retained_mrr: i128,
    pub(super) expansion_mrr: i128,
    pub(super) closing_mrr: i128,
}

impl Merge for Change {
    fn merge(&mut self, other: Self) {
        self.opening += other.opening;
        self.lost += other.lost;
        self.new += other.new;
        self.opening_mrr += other.opening_mrr;
        self.lost_mrr += other.lost_mrr;
        self.retained_mrr += other.retained_mrr;
        self.expansion_mrr += other.expansion_mrr;
        self.closing_mrr += other.closing_mrr;
    }
}

impl Collected for Change {
    fn rows(&self) -> usize {
        1
    }
}

impl Change {
    /// Of every group by some names.
    pub(super) fn by(context: &Context<'_>, names: &[String], window: Trailing) -> Result<ByGroup<Self>, Error> {
        let context = context.grouped(names);
        let units = Units::of(&context)?;
        units.collect(window.day.next(), &Self::default, || {
            |of_groups: &mut PerGroup<'_, Self>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |change| change.add(&unit, window))
            }
        })
    }

    fn add(&mut self, unit: &UnitLine<'_>, window: Trailing) {
        let (open, close) = (unit.balance(window.before(), false), unit.balance(window.day, false));
        let (from, to) = (i128::from(open.mrr), i128::from(close.mrr));
        self.closing_mrr += to;
        self.new += u64::from(close.pays && !open.pays);
        if open.pays {
            self.opening += 1;
            self.lost += u64::from(!close.pays);
            self.opening_mrr += from;
            self.lost_mrr += if close.pays { 0 } else { from };
            self.retained_mrr += from.min(to);
            self.expansion_mrr += (to - from).max(0);
        }
    }

    pub(super) fn grr(&self) -> Ratio {
        Ratio::of(self.retained_mrr, self.opening_mrr)
    }

    pub(super) fn nrr(&self) -> Ratio {
        Ratio::of(self.retained_mrr + self.expansion_mrr, self.opening_mrr)
    }

    pub(super) fn growth(&self) -> Ratio {
        Ratio::of(self.closing_mrr - self.opening_mrr, self.opening_mrr)
    }
}
