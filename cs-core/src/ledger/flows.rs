//! What moves in each period of a range, by group.

use super::collect::{Collected, Merge, PerGroup};
use super::days::Days;
use super::groups::ByGroup;
use super::movement::{MovementKind, Part};
use super::plain::Plain;
use super::timeline::Moved;
use super::units::{UnitLine, Units};
use crate::error::Error;
use crate::period::{Day, Periods};
use crate::query::{Context, Range};
use crate::table::Column;

/// What moves in a period, summed over the changes in it.
pub(crate) trait Flows: Merge + Default {
    /// What is remembered of a unit from its earlier changes in the same period.
    type Seen: Default;

    /// Adds a change; one without a kind is no movement.
    fn add(&mut self, moved: Moved, kind: Option<MovementKind>, seen: &mut Self::Seen);

    /// Adds how much of it is one of a product.
    fn add_part(&mut self, _part: Part, _amount: i64) {}

    /// Adds by how much ARR changes, where that is not twelve times MRR.
    fn add_arr(&mut self, _change: i128) {}

    /// Adds by how much the MRR changes that rests on gaps which may still close.
    fn add_provisional(&mut self, _change: i128) {}

    /// What moves in lines that are plain; none where that has to be read off changes, as for most flows it is.
    fn of_plain(_plain: &Plain<'_>, _periods: Periods) -> Result<Option<ByGroup<OfPeriods<Self>>>, Error> {
        Ok(None)
    }
}

/// What moved before the range, and in each of its periods behind that.
pub(crate) struct OfPeriods<F>(Vec<F>);

impl<F: Default> OfPeriods<F> {
    pub(super) fn of(closed: usize) -> Self {
        Self(std::iter::repeat_with(F::default).take(closed + 1).collect())
    }
}

impl<F> OfPeriods<F> {
    /// What moves in a period, from 1; before all of them at 0.
    #[inline]
    pub(super) fn get_mut(&mut self, position: usize) -> Option<&mut F> {
        self.0.get_mut(position)
    }

    /// The same as other flows.
    pub(super) fn into<G: From<F>>(self) -> OfPeriods<G> {
        OfPeriods(self.0.into_iter().map(G::from).collect())
    }

    /// What moved before the range and in each period.
    fn parts(&self) -> Option<(&F, &[F])> {
        self.0.split_first()
    }
}

/// Adds what moves of one unit.
struct OfUnit<'f, F: Flows> {
    flows: &'f mut OfPeriods<F>,
    /// The period of the latest change, and what is remembered from there.
    current: usize,
    seen: F::Seen,
}

impl<F: Flows> OfUnit<'_, F> {
    #[inline]
    fn add(&mut self, period: usize, moved: Moved, kind: Option<MovementKind>) {
        if period != self.current {
            (self.current, self.seen) = (period, F::Seen::default());
        }
        if let Some(flows) = self.flows.get_mut(period) {
            flows.add(moved, kind, &mut self.seen);
        }
    }
}

impl<F: Merge> Merge for OfPeriods<F> {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }
}

impl<F: Merge> Collected for OfPeriods<F> {
    fn rows(&self) -> usize {
        self.0.len().saturating_sub(1)
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
    pub(crate) fn of(range: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let periods = range.periods(context.definitions)?;
        let closed = context.closed(periods);
        let units = Units::of(context)?;
        let of_plain = match Plain::for_movements(&units) {
            Some(plain) => F::of_plain(&plain, periods)?,
            None => None,
        };
        let groups = match of_plain {
            Some(groups) => groups,
            None => Self::of_changes(&units, periods, (closed, context.end(periods)))?,
        };
        Ok(Self {
            groups,
            periods: (0..closed).map(|position| (periods.day(position), periods.day(position + 1))).collect(),
            digits: units.priced.digits,
            has_own_arr: units.priced.arr.is_some(),
        })
    }

    /// What moves in any lines.
    fn of_changes(
        units: &Units<'_>,
        periods: Periods,
        (closed, end): (usize, Day),
    ) -> Result<ByGroup<OfPeriods<F>>, Error> {
        let empty = || OfPeriods::<F>::of(closed);
        let days = Days::of(periods);
        units.collect(end, &empty, || {
            |of_groups: &mut PerGroup<'_, OfPeriods<F>>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |flows| {
                    let mut of_unit = OfUnit { flows, current: 0, seen: F::Seen::default() };
                    unit.changes(|change| {
                        let period = days.position(change.step.day());
                        of_unit.add(period, change.step.moved(), change.kind);
                        let Some(flows) = of_unit.flows.get_mut(period) else { return };
                        change.parts(|part, amount| flows.add_part(part, amount));
                        change.arr().into_iter().for_each(|arr| flows.add_arr(arr));
                        change.provisional().into_iter().for_each(|mrr| flows.add_provisional(mrr));
                    });
                })
            }
        })
    }

    /// Of every group what moved before the range, and the periods with what moved in each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&F, impl Iterator<Item = (&(Day, Day), &F)>)> {
        let parts = self.groups.groups.iter().filter_map(|(_, flows)| flows.parts());
        parts.map(|(before, flows)| (before, self.periods.iter().zip(flows)))
    }

    /// The columns of the groups, for a table with a row for each of their periods.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.groups.columns(Collected::rows)
    }
}
