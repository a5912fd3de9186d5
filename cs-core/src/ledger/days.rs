//! Which period a day of a range lies in, and when that closes.

use crate::period::{Day, Periods};

/// The period of every day of a run of periods, looked up without a branch that a processor would have to guess.
#[repr(align(128))]
pub(crate) struct Days {
    /// The day before the first, for all that are before it.
    before: Day,
    /// The number of the day after the last, for all that are after it.
    after: u32,
    /// The period of each numbered day.
    periods: Vec<CacheLine>,
}

/// As much as processors hand to each other at once. A table that all threads look up for each contract does not share it
/// with what one of them writes: each time, the others would have to fetch it anew.
#[repr(align(128))]
struct CacheLine([u16; CacheLine::LEN]);

impl CacheLine {
    const LEN: usize = 64;
}

impl Days {
    pub(crate) fn of(periods: Periods) -> Self {
        // No calendar has 2^16 periods.
        let after = periods.len() as u16 + 1;
        let within = periods.positions().into_iter().map(|position| position as u16 + 1);
        let numbered: Vec<u16> = std::iter::once(0).chain(within).chain([after]).collect();
        let line = |days: &[u16]| {
            let mut line = CacheLine([after; CacheLine::LEN]);
            line.0.iter_mut().zip(days).for_each(|(slot, &period)| *slot = period);
            line
        };
        Self {
            before: periods.start().previous(),
            after: numbered.len() as u32 - 1,
            periods: numbered.chunks(CacheLine::LEN).map(line).collect(),
        }
    }

    /// How many days there are.
    pub(super) fn len(&self) -> usize {
        self.after as usize - 1
    }

    /// The number of a day, from 1; 0 for any day before, one more than there are days for any day after.
    #[inline]
    pub(super) fn number(&self, day: Day) -> usize {
        day.0.max(self.before.0).abs_diff(self.before.0).min(self.after) as usize
    }

    /// The period of a numbered day, from 1; 0 for those before, one more than there are periods for those after.
    #[inline]
    pub(super) fn period(&self, number: usize) -> usize {
        let line = self.periods.get(number / CacheLine::LEN);
        line.and_then(|line| line.0.get(number % CacheLine::LEN)).map_or(0, |&period| usize::from(period))
    }

    /// The place of the period that a day lies in; none for any day before or after all of them.
    #[cfg(feature = "rooms")]
    pub(crate) fn place(&self, day: Day) -> Option<usize> {
        let (position, after) = (self.position(day), self.period(self.after as usize));
        (position < after).then(|| position.checked_sub(1)).flatten()
    }

    /// The period of a day.
    #[inline]
    pub(crate) fn position(&self, day: Day) -> usize {
        self.period(self.number(day))
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
