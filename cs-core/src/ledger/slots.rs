//! The closes at which balances are looked at, numbered: what happens between two of them is seen at the later one.

use std::marker::PhantomData;

use super::days::Days;
use crate::period::{Calendar, Day, Periods};

/// So many closes at most are walked by number, those before and after all of them included.
pub(super) const MOST: usize = 1 << 12;

/// Which close a day's changes are seen at: from 1 in their order, 0 where that is before all of them, one more than
/// there are where it is after.
pub(super) trait Slots: Sync {
    /// What is marked at some of them.
    type Marks: Marks;

    /// Whether each is the only one of its period.
    const ARE_OF_PERIODS: bool;

    /// How many closes there are.
    fn len(&self) -> usize;

    /// The close at which a day's changes are seen.
    fn slot(&self, day: Day) -> usize;

    /// The period that a close lies in, from 1; 0 for what is before all of them.
    fn period(&self, slot: usize) -> usize;

    /// Whether a day's changes are seen at an earlier close than another's, the day before all closes that are numbered.
    fn is_seen_before(&self, day: Day, other: Day) -> bool;
}

/// The close of every day of some periods.
pub(super) struct ByDay(Days);

impl ByDay {
    /// None where they are too many.
    pub(super) fn of(periods: Periods) -> Option<Self> {
        let len = usize::try_from(periods.end().days_after(periods.start())).ok()?;
        (len + 2 <= MOST).then(|| Self(Days::of(periods)))
    }
}

impl Slots for ByDay {
    type Marks = Many;

    const ARE_OF_PERIODS: bool = false;

    fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn slot(&self, day: Day) -> usize {
        self.0.number(day)
    }

    #[inline]
    fn period(&self, slot: usize) -> usize {
        self.0.period(slot)
    }

    fn is_seen_before(&self, day: Day, other: Day) -> bool {
        day < other
    }
}

/// The closes of some periods.
pub(super) struct ByPeriod<M> {
    days: Days,
    len: usize,
    calendar: Calendar,
    marks: PhantomData<fn() -> M>,
}

impl<M: Marks> ByPeriod<M> {
    /// None where the periods are too many for the marks.
    pub(super) fn of(calendar: Calendar, periods: Periods) -> Option<Self> {
        let len = periods.len();
        (len + 2 <= M::MOST).then(|| Self { days: Days::of(periods), len, calendar, marks: PhantomData })
    }
}

impl<M: Marks> Slots for ByPeriod<M> {
    type Marks = M;

    const ARE_OF_PERIODS: bool = true;

    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn slot(&self, day: Day) -> usize {
        self.days.position(day)
    }

    #[inline]
    fn period(&self, slot: usize) -> usize {
        slot
    }

    fn is_seen_before(&self, day: Day, other: Day) -> bool {
        other == Day::NEVER || self.calendar.period_of(day) < self.calendar.period_of(other)
    }
}

/// Slots at which something is noted, to be taken in their order.
pub(super) trait Marks: Default {
    /// So many slots can be told apart.
    const MOST: usize;

    fn mark(&mut self, slot: usize);

    fn unmark(&mut self, slot: usize);

    /// The first that is marked, which then is not any more.
    fn take(&mut self) -> Option<usize>;
}

/// Few enough for the bits of one number.
#[derive(Default)]
pub(super) struct One(u64);

impl Marks for One {
    const MOST: usize = u64::BITS as usize;

    #[inline]
    fn mark(&mut self, slot: usize) {
        self.0 |= 1 << (slot % Self::MOST);
    }

    #[inline]
    fn unmark(&mut self, slot: usize) {
        self.0 &= !(1 << (slot % Self::MOST));
    }

    #[inline]
    fn take(&mut self) -> Option<usize> {
        let slot = self.0.trailing_zeros() as usize;
        let is_marked = self.0 != 0;
        self.0 &= self.0.wrapping_sub(1);
        is_marked.then_some(slot)
    }
}

/// The bits of many numbers, and those of one more which tell in which of them some are set.
pub(super) struct Many {
    some: One,
    bits: [u64; MOST / One::MOST],
}

impl Default for Many {
    fn default() -> Self {
        Self { some: One::default(), bits: [0; MOST / One::MOST] }
    }
}

impl Marks for Many {
    const MOST: usize = MOST;

    #[inline]
    fn mark(&mut self, slot: usize) {
        let word = slot / One::MOST;
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << (slot % One::MOST);
        }
        self.some.mark(word);
    }

    #[inline]
    fn unmark(&mut self, slot: usize) {
        let word = slot / One::MOST;
        if let Some(bits) = self.bits.get_mut(word) {
            *bits &= !(1 << (slot % One::MOST));
            if *bits == 0 {
                self.some.unmark(word);
            }
        }
    }

    #[inline]
    fn take(&mut self) -> Option<usize> {
        let word = self.some.0.trailing_zeros() as usize;
        let bits = self.bits.get_mut(word)?;
        let slot = word * One::MOST + bits.trailing_zeros() as usize;
        *bits &= bits.wrapping_sub(1);
        self.some.0 &= !(u64::from(*bits == 0) << word);
        Some(slot)
    }
}
