//! The closes at which balances are looked at, numbered: what happens between two of them is seen at the later one.

use crate::period::{Calendar, Day, Periods};

/// So many closes at most are walked by number.
pub(super) const MOST: usize = 1 << 12;

/// Which close a day's changes are seen at: from 1 in their order, 0 where that is before all of them, one more than
/// there are where it is after.
pub(crate) trait Slots: Sync {
    /// What is marked at some of them.
    type Marks: Marks;

    /// How many closes there are.
    fn len(&self) -> usize;

    /// The close at which a day's changes are seen, of a day that some contract starts or ends on.
    fn slot(&self, day: Day) -> usize;

    /// Whether a day's changes are seen at an earlier close than another's, both before all those that are numbered.
    fn is_seen_before(&self, day: Day, other: Day) -> bool;
}

/// The close of every day of a range.
pub(crate) struct ByDay {
    /// The day before the first.
    before: Day,
    len: usize,
}

impl ByDay {
    /// Those from one day to another, exclusive; none where they are too many.
    pub(super) fn of(start: Day, end: Day) -> Option<Self> {
        let len = usize::try_from(end.days_after(start)).unwrap_or_default();
        (len + 2 <= MOST).then_some(Self { before: start.previous(), len })
    }
}

impl Slots for ByDay {
    type Marks = Many;

    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn slot(&self, day: Day) -> usize {
        day.0.max(self.before.0).abs_diff(self.before.0).min(self.len as u32 + 1) as usize
    }

    fn is_seen_before(&self, day: Day, other: Day) -> bool {
        day < other
    }
}

/// The closes of periods.
pub(crate) struct ByPeriod {
    /// The first day on which a contract starts.
    first: Day,
    /// The slot of every day from there on.
    slots: Vec<u8>,
    len: usize,
    calendar: Calendar,
}

impl ByPeriod {
    /// The first so many of some periods, for days from `first` on; none where they are too many.
    pub(super) fn of(calendar: Calendar, periods: Periods, len: usize, first: Day) -> Option<Self> {
        if len + 2 > One::MOST {
            return None;
        }
        let end = periods.day(len);
        let earlier = periods.start().days_after(first).clamp(0, end.days_after(first).max(0)) as usize;
        let later = first.days_after(periods.start()).max(0) as usize;
        let positions = periods.positions();
        let within =
            positions.iter().skip(later).map(|&position| position as u8 + 1).take_while(|&slot| slot as usize <= len);
        let slots = std::iter::repeat_n(0, earlier).chain(within).collect();
        Some(Self { first, slots, len, calendar })
    }
}

impl Slots for ByPeriod {
    type Marks = One;

    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn slot(&self, day: Day) -> usize {
        let slot = self.slots.get(day.0.abs_diff(self.first.0) as usize);
        slot.map_or(self.len + 1, |&slot| usize::from(slot))
    }

    fn is_seen_before(&self, day: Day, other: Day) -> bool {
        other == Day::NEVER || self.calendar.period_of(day) < self.calendar.period_of(other)
    }
}

/// Slots at which something is noted, to be taken in their order.
pub(crate) trait Marks: Default {
    fn mark(&mut self, slot: usize);

    fn unmark(&mut self, slot: usize);

    /// The first that is marked, which then is not any more.
    fn take(&mut self) -> Option<usize>;
}

/// Few enough for the bits of one number.
#[derive(Default)]
pub(crate) struct One(u64);

impl One {
    const MOST: usize = u64::BITS as usize;
}

impl Marks for One {
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
pub(crate) struct Many {
    some: One,
    bits: [u64; MOST / One::MOST],
}

impl Default for Many {
    fn default() -> Self {
        Self { some: One::default(), bits: [0; MOST / One::MOST] }
    }
}

impl Marks for Many {
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
