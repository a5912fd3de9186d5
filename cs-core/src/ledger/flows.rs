//! What moves in each period of a range, by group.

use super::changes::Change;
use super::collect::{Collected, Merge, PerGroup};
use super::days::Days;
use super::groups::ByGroup;
use super::units::{UnitLine, Units};
use crate::error::Error;
use crate::period::Day;
use crate::query::{Context, Range};
use crate::table::{Column, ColumnDoc};

/// What moves in a period, summed over the changes in it.
pub(crate) trait Flows: Merge + Default {
    /// What is remembered of a unit from its earlier changes in the same period.
    type Seen: Default;

    fn add(&mut self, change: &Change<'_>, seen: &mut Self::Seen);
}

/// What moved before the range, and in each of its periods.
struct OfPeriods<F> {
    before: F,
    periods: Vec<F>,
}

impl<F: Flows> OfPeriods<F> {
    fn of(closed: usize) -> Self {
        Self { before: F::default(), periods: std::iter::repeat_with(F::default).take(closed).collect() }
    }

    /// The flows of a period by its position, from 1; 0 is what lies before all of them.
    #[inline]
    fn at(&mut self, position: usize) -> Option<&mut F> {
        match position.checked_sub(1) {
            None => Some(&mut self.before),
            Some(period) => self.periods.get_mut(period),
        }
    }
}

impl<F: Flows> Merge for OfPeriods<F> {
    fn merge(&mut self, other: Self) {
        self.before.merge(other.before);
        self.periods.merge(other.periods);
    }
}

impl<F: Flows> Collected for OfPeriods<F> {
    fn rows(&self) -> usize {
        self.periods.len()
    }
}

/// The flows of every group and closed period.
pub(crate) struct FlowsByPeriod<F> {
    groups: ByGroup<OfPeriods<F>>,
    /// The first day of each period, and the day after it.
    periods: Vec<(Day, Day)>,
    /// Decimals of the amounts.
    pub(crate) digits: u8,
    /// Whether ARR is not twelve times MRR.
    pub(crate) has_own_arr: bool,
}

impl<F: Flows> FlowsByPeriod<F> {
    pub(crate) fn of(range: &Range, context: &Context<'_>, columns: &[ColumnDoc]) -> Result<Self, Error> {
        let periods = range.periods(context.definitions)?;
        let closed = context.closed(periods);
        let days = Days::of(periods);
        let units = Units::of(context, columns)?;
        let empty = || OfPeriods::<F>::of(closed);
        let groups = units.collect(periods.day(closed), &empty, || {
            |of_groups: &mut PerGroup<'_, OfPeriods<F>>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |flows| {
                    let (mut current, mut seen) = (0, F::Seen::default());
                    unit.changes(|change| {
                        let period = days.position(change.step.day());
                        if period != current {
                            (current, seen) = (period, F::Seen::default());
                        }
                        if let Some(flows) = flows.at(period) {
                            flows.add(change, &mut seen);
                        }
                    });
                })
            }
        })?;
        Ok(Self {
            groups,
            periods: (0..closed).map(|position| (periods.day(position), periods.day(position + 1))).collect(),
            digits: units.priced.digits,
            has_own_arr: units.priced.arr.is_some(),
        })
    }

    /// Of every group what moved before the range, and the periods with what moved in each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&F, impl Iterator<Item = (&(Day, Day), &F)>)> {
        self.groups.groups.iter().map(|(_, flows)| (&flows.before, self.periods.iter().zip(&flows.periods)))
    }

    /// The columns of the groups, for a table with a row for each of their periods.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.groups.columns(Collected::rows)
    }
}
