//! Which period a day of a range lies in.

use crate::period::{Day, Periods};

/// The period of every day of a run of periods, looked up.
pub(crate) struct Days {
    start: Day,
    positions: Vec<u32>,
}

impl Days {
    pub(crate) fn of(periods: Periods) -> Self {
        Self { start: periods.start(), positions: periods.positions() }
    }

    /// The period of a day, from 1; 0 for any day outside.
    #[inline]
    pub(crate) fn position(&self, day: Day) -> usize {
        let days = usize::try_from(day.days_after(self.start)).ok();
        days.and_then(|day| self.positions.get(day)).map_or(0, |&position| position as usize + 1)
    }
}
