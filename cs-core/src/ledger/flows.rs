//! What moves in each period of a range, by group.

use super::changes::Change;
use super::days::Days;
use super::groups::ByGroup;
use super::per_group::PerGroup;
use super::units::Units;
use crate::error::Error;
use crate::period::Day;
use crate::query::{Context, Range};
use crate::table::{Column, ColumnDoc};

/// What moves in a period, summed over the changes in it.
pub(crate) trait Flows: Clone + Default {
    /// What is remembered of a unit from its earlier changes in the same period.
    type Seen: Default;

    fn add(&mut self, change: &Change<'_>, seen: &mut Self::Seen);
}

/// The flows of every group and closed period.
pub(crate) struct FlowsByPeriod<F> {
    /// Of each group what moved before the range, then what moved in each of its periods.
    groups: ByGroup<Vec<F>>,
    /// The first day of each period, and the day after it.
    periods: Vec<(Day, Day)>,
    /// Decimals of the amounts.
    pub(crate) digits: u8,
    /// Whether ARR is more than twelve times MRR.
    pub(crate) has_own_arr: bool,
}

impl<F: Flows> FlowsByPeriod<F> {
    pub(crate) fn of(range: &Range, context: &Context<'_>, columns: &[ColumnDoc]) -> Result<Self, Error> {
        let periods = range.periods(context.definitions)?;
        let closed = context.closed(periods);
        let days = Days::of(periods);
        let mut units = Units::of(context, columns)?;
        let mut flows: PerGroup<Vec<F>> = PerGroup::of(context);
        units.each(periods.day(closed), &mut |unit| {
            let flows = flows.rows(unit.group, 1, closed)?;
            let (mut current, mut seen) = (0, F::Seen::default());
            unit.changes(|change| {
                let period = days.position(change.step.day());
                if period != current {
                    (current, seen) = (period, F::Seen::default());
                }
                if let Some(flows) = flows.get_mut(period) {
                    flows.add(change, &mut seen);
                }
            });
            Ok(())
        })?;
        let mut groups = units.groups.sorted(flows.groups);
        // A group without a unit is the one of everything, of nobody.
        groups.groups.iter_mut().for_each(|(_, flows)| flows.resize_with(closed + 1, F::default));
        Ok(Self {
            groups,
            periods: (0..closed).map(|position| (periods.day(position), periods.day(position + 1))).collect(),
            digits: units.priced.digits,
            has_own_arr: units.priced.arr.is_some(),
        })
    }

    /// Of every group what moved before the range, and the periods with what moved in each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&F, impl Iterator<Item = (&(Day, Day), &F)>)> {
        let groups = self.groups.groups.iter().filter_map(|(_, flows)| flows.split_first());
        groups.map(|(before, flows)| (before, self.periods.iter().zip(flows)))
    }

    /// The columns of the groups, for a table with a row for each of their periods.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.groups.columns(|_| self.periods.len())
    }
}
