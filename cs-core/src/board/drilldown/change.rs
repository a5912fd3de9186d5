//! What became of the customers of a group within a window.

use std::sync::Arc;

use crate::error::Error;
use crate::ledger::{ByGroup, Collected, Merge, PerGroup, UnitLine, Units};
use crate::period::Trailing;
use crate::query::Context;
use crate::ratio::{Ratio, Reason};
use crate::text::TextPool;

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

/// That of every group.
pub(super) struct NamedChanges(ByGroup<Change>);

impl NamedChanges {
    /// By one name or none.
    pub(super) fn by(context: &Context<'_>, name: Option<&str>, window: Trailing) -> Result<Self, Error> {
        let names: Vec<String> = name.into_iter().map(str::to_owned).collect();
        let context = context.grouped(&names);
        let units = Units::of(&context)?;
        let changes = units.collect(window.day.next(), &Change::default, || {
            |of_groups: &mut PerGroup<'_, Change>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |change| change.add(&unit, window))
            }
        });
        changes.map(Self)
    }

    /// That of each group, with its name.
    pub(super) fn each(&self) -> impl Iterator<Item = (Option<&str>, &Change)> {
        self.0.groups.iter().map(|(key, change)| (key.first().and_then(Option::as_deref), change))
    }

    /// The names of all groups, for a column of a table.
    pub(super) fn names(&self) -> Arc<TextPool> {
        Arc::new(self.each().filter_map(|(name, _)| name).collect())
    }

    /// That of each group, with the position of its name among these.
    pub(super) fn placed(&self) -> impl Iterator<Item = (Result<u32, Reason>, &Change)> {
        let mut positions = 0..;
        self.each().map(move |(name, change)| (name.and_then(|_| positions.next()).ok_or(Reason::NotKnown), change))
    }
}

impl Change {
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
