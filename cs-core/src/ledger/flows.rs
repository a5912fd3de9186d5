//! What moves in each period of a range, by group.

use super::changes::Change;
use super::collect::{OfRow, OfRows, PerGroup};
use super::days::Days;
use super::groups::ByGroup;
use super::units::{UnitLine, Units};
use crate::error::Error;
use crate::period::Day;
use crate::query::{Context, Range};
use crate::table::{Column, ColumnDoc};

/// What moves in a period, summed over the changes in it.
pub(crate) trait Flows: OfRow {
    /// What is remembered of a unit from its earlier changes in the same period.
    type Seen: Default;

    fn add(&mut self, change: &Change<'_>, seen: &mut Self::Seen);
}

/// What moved before the range, then what moved in each of its periods.
type OfPeriods<F> = OfRows<F, 1>;

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
        let mut groups = units.collect(periods.day(closed), || {
            |of_groups: &mut PerGroup<OfPeriods<F>>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |flows| {
                    let flows = flows.of(closed);
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
                })
            }
        })?;
        // A group without a unit is the one of everything, of nobody.
        groups.groups.iter_mut().for_each(|(_, flows)| _ = flows.of(closed));
        Ok(Self {
            groups,
            periods: (0..closed).map(|position| (periods.day(position), periods.day(position + 1))).collect(),
            digits: units.priced.digits,
            has_own_arr: units.priced.arr.is_some(),
        })
    }

    /// Of every group what moved before the range, and the periods with what moved in each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&F, impl Iterator<Item = (&(Day, Day), &F)>)> {
        let groups = self.groups.groups.iter().filter_map(|(_, flows)| flows.all().split_first());
        groups.map(|(before, flows)| (before, self.periods.iter().zip(flows)))
    }

    /// The columns of the groups, for a table with a row for each of their periods.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.groups.columns(|_| self.periods.len())
    }
}
