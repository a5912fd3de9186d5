//! The months up to a day.

use crate::period::Day;

/// Some months up to the close of a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// The first day.
    pub(super) start: Day,
    /// The day whose close ends it.
    pub(super) day: Day,
}

impl Window {
    pub(super) fn of(day: Day, months: u32) -> Self {
        Self { start: day.next().months_before(months), day }
    }

    /// The day whose close it begins with.
    pub(super) fn before(self) -> Day {
        self.start.previous()
    }
}
