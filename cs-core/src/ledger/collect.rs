//! What is collected of units, group by group, by as many threads as there are.

use super::groups::{ByGroup, Found, GroupId, Groups};
use crate::error::{Code, Error, Problem};
use crate::query::Context;

/// What parts of the units give, which adds up.
pub(crate) trait Collected: Default + Send {
    /// Adds what other units gave.
    fn merge(&mut self, other: Self);

    /// How many rows of the result there are of it.
    fn rows(&self) -> usize;
}

/// What units give of one row, which adds up.
pub(crate) trait OfRow: Default + Send {
    /// Adds what other units gave.
    fn merge(&mut self, other: Self);
}

/// Something of every row of a group, behind so many that the result does not show; of none before there is a unit.
pub(crate) struct OfRows<T, const HIDDEN: usize>(Vec<T>);

impl<T: OfRow, const HIDDEN: usize> OfRows<T, HIDDEN> {
    /// Of so many rows.
    #[inline]
    pub(crate) fn of(&mut self, rows: usize) -> &mut [T] {
        self.0.resize_with(HIDDEN + rows, T::default);
        &mut self.0
    }

    /// Of those that there are.
    pub(crate) fn all(&self) -> &[T] {
        &self.0
    }
}

impl<T, const HIDDEN: usize> Default for OfRows<T, HIDDEN> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: OfRow, const HIDDEN: usize> Collected for OfRows<T, HIDDEN> {
    fn merge(&mut self, other: Self) {
        let ours = self.of(other.rows().max(self.rows()));
        ours.iter_mut().zip(other.0).for_each(|(ours, theirs)| ours.merge(theirs));
    }

    fn rows(&self) -> usize {
        self.0.len().saturating_sub(HIDDEN)
    }
}

/// Something of every group that units were found in, and the rows of the result that there are of all.
pub(crate) struct PerGroup<T> {
    found: Found,
    groups: Vec<T>,
    rows: usize,
    most: usize,
}

/// The result would have more rows than it may.
pub(crate) struct TooManyRows;

impl<T: Collected> PerGroup<T> {
    /// Nothing yet.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let most = usize::try_from(context.portfolio.limits.result_rows).unwrap_or(usize::MAX);
        Self { found: Found::default(), groups: Vec::new(), rows: 0, most }
    }

    /// Adds to what is collected for a group, which `add` leaves with all the rows that it has by then.
    #[inline]
    pub(crate) fn add(&mut self, group: GroupId, add: impl FnOnce(&mut T)) -> Result<(), TooManyRows> {
        let position = self.found.position(group);
        if position == self.groups.len() {
            self.groups.push(T::default());
        }
        let Some(slot) = self.groups.get_mut(position) else { return Ok(()) };
        let before = slot.rows();
        add(slot);
        self.rows = self.rows.saturating_add(slot.rows() - before);
        if self.rows > self.most { Err(TooManyRows) } else { Ok(()) }
    }

    /// Adds what was collected of other units.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), TooManyRows> {
        let mut keyed = other.found.into_keys().into_iter().zip(other.groups);
        keyed.try_for_each(|(key, theirs)| self.add(key, |ours| ours.merge(theirs)))
    }

    /// All of it, in the order of groups.
    pub(super) fn sorted(self, groups: &Groups<'_>) -> ByGroup<T> {
        groups.sorted(self.found.into_keys().into_iter().zip(self.groups).collect())
    }
}

/// The fault of a result with more rows than it may have.
pub(super) fn too_many_rows(context: &Context<'_>) -> Error {
    let most = context.portfolio.limits.result_rows;
    let message = format!("the result would have more than {most} rows, the limit result_rows");
    // Groups multiply rows; without them the periods are too many.
    let (path, help) = match context.by {
        [] => ("end", "ask for fewer periods, or load with a higher limit"),
        [..] => ("by", "group by less, ask for fewer periods, or load with a higher limit"),
    };
    Problem::argument(Code::LimitExceeded, path, message).help(help).into()
}
