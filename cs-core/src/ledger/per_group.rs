//! What is collected for the groups that units are found in.

use crate::error::{Code, Error, Problem};
use crate::query::Context;

/// Something of every group, by the position at which it was found, and the rows of the result that there are of all.
pub(crate) struct PerGroup<T> {
    pub(crate) groups: Vec<T>,
    rows: usize,
    most: usize,
}

/// The result would have more rows than it may.
pub(crate) struct TooManyRows;

impl<T: Default> PerGroup<T> {
    /// Nothing yet.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let most = usize::try_from(context.portfolio.limits.result_rows).unwrap_or(usize::MAX);
        Self { groups: Vec::new(), rows: 0, most }
    }

    /// What is collected for a group; `None` never, since it is made where it was not there.
    pub(crate) fn group(&mut self, group: usize) -> Option<&mut T> {
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, T::default);
        }
        self.groups.get_mut(group)
    }

    /// Counts rows of the result that come to be.
    pub(crate) fn add_rows(&mut self, rows: usize) -> Result<(), TooManyRows> {
        self.rows = self.rows.saturating_add(rows);
        if self.rows > self.most { Err(TooManyRows) } else { Ok(()) }
    }
}

impl<T: Default> PerGroup<Vec<T>> {
    /// The rows of a group, and what comes before the first of them, all made with the first unit that is in it.
    pub(crate) fn rows(&mut self, group: usize, before: usize, rows: usize) -> Result<&mut [T], TooManyRows> {
        if self.groups.get(group).is_none_or(Vec::is_empty) {
            self.add_rows(rows)?;
            if let Some(made) = self.group(group) {
                made.resize_with(before + rows, T::default);
            }
        }
        Ok(self.groups.get_mut(group).map(Vec::as_mut_slice).unwrap_or_default())
    }
}

/// The fault of a result with more rows than it may have.
pub(super) fn too_many_rows(context: &Context<'_>) -> Error {
    let most = context.portfolio.limits.result_rows;
    let message = format!("the result would have more than {most} rows, the limit result_rows");
    let problem = Problem::argument(Code::LimitExceeded, "by", message);
    problem.help("group by less, ask for fewer periods, or load with a higher limit").into()
}
