//! Which period a day of a range lies in, and when that closes.

use crate::period::{Day, Periods};

/// The period of every day of a run of periods, looked up.
pub(crate) struct Days {
    start: Day,
    /// That of each day, and one for all days after them: they are looked up without a branch that a processor would
    /// have to guess.
    positions: Vec<u32>,
}

impl Days {
    pub(crate) fn of(periods: Periods) -> Self {
        let positions = periods.positions().into_iter().chain([periods.len() as u32]).collect();
        Self { start: periods.start(), positions }
    }

    /// The period of a day, from 1; 0 for any day outside.
    #[inline]
    pub(crate) fn position(&self, day: Day) -> usize {
        let days = usize::try_from(day.days_after(self.start)).ok().filter(|&days| days + 1 < self.positions.len());
        days.and_then(|day| self.positions.get(day)).map_or(0, |&position| position as usize + 1)
    }

    /// The same for a day that is not before the range; one more than there are for a day after it.
    #[inline]
    pub(crate) fn position_or_after(&self, day: Day) -> usize {
        let days = day.days_after(self.start) as usize;
        self.positions.get(days.min(self.positions.len() - 1)).map_or(0, |&position| position as usize + 1)
    }
}

/// The last day of the period that each day of a run of periods lies in, looked up.
#[derive(Default)]
pub(super) struct LastDays {
    start: Day,
    last_days: Vec<Day>,
}

impl LastDays {
    pub(super) fn of(periods: Periods) -> Self {
        let last_day = |position: u32| periods.day(position as usize + 1).previous();
        let ends: Vec<Day> = (0..periods.len() as u32).map(last_day).collect();
        let positions = periods.positions();
        let last_days = positions.iter().filter_map(|&position| ends.get(position as usize).copied()).collect();
        Self { start: periods.start(), last_days }
    }

    /// The last day of a day's period; [`Day::NEVER`] for any day outside.
    #[inline]
    pub(super) fn of_day(&self, day: Day) -> Day {
        let days = usize::try_from(day.days_after(self.start)).ok();
        days.and_then(|day| self.last_days.get(day)).copied().unwrap_or(Day::NEVER)
    }
}
