//! What moves in lines that are plain, counted period by period.

use super::collect::Merge;
use super::flows::OfPeriods;
use super::groups::ByGroup;
use super::movement::{Kinds, MovementKind, Part};
use super::plain::{Closes, Notes, Plain, PlainLine, Visit};
use super::slots::Slots;
use crate::error::Error;
use crate::period::Periods;

/// What moves in a period. All amounts of plain lines together fit in 64 bits, and all movements are fewer than 2^32, so
/// that nothing is checked where it is added.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tallies {
    /// By kind of movement, the last for what is none: of lines of several products, and of those of one, whose changes
    /// are ones of that product.
    of_lines: [[Tally; MovementKind::ALL.len() + 1]; 2],
    /// By part, of lines of several products.
    products: [u64; Part::ALL.len()],
    arr: i128,
}

/// The movements of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) amount: u64,
    pub(super) movements: u32,
    pub(super) customers: u32,
}

impl Tally {
    #[inline]
    fn add(&mut self, other: Self) {
        self.amount = self.amount.wrapping_add(other.amount);
        self.movements = self.movements.wrapping_add(other.movements);
        self.customers = self.customers.wrapping_add(other.customers);
    }
}

impl Tallies {
    /// All movements of a kind.
    pub(super) fn of_kind(&self, kind: MovementKind) -> Tally {
        let [of_several, of_one] = self.of_lines.map(|kinds| kinds.get(kind as usize).copied().unwrap_or_default());
        let mut sum = of_several;
        sum.add(of_one);
        sum
    }

    /// What the changes of paying customers are of their products.
    pub(super) fn of_part(&self, part: Part) -> u64 {
        let [_, of_one] = &self.of_lines;
        let amount = |kind: MovementKind| of_one.get(kind as usize).map_or(0, |tally| tally.amount);
        let of_several = self.products.get(part as usize).copied().unwrap_or_default();
        of_several.wrapping_add(match part {
            Part::Upsell => amount(MovementKind::Expansion),
            Part::Downsell => amount(MovementKind::Contraction),
            Part::CrossSell | Part::ProductChurn => 0,
        })
    }

    /// By how much ARR changes, where that is not twelve times MRR.
    pub(super) fn arr(&self) -> i128 {
        self.arr
    }
}

impl Merge for Tallies {
    fn merge(&mut self, other: Self) {
        let ours = self.of_lines.iter_mut().flatten();
        ours.zip(other.of_lines.iter().flatten()).for_each(|(ours, &theirs)| ours.add(theirs));
        self.products.iter_mut().zip(other.products).for_each(|(ours, theirs)| *ours = ours.wrapping_add(theirs));
        self.arr += other.arr;
    }
}

/// Adds what moves of one line, by the numbers of closes.
struct BySlot<'t, S> {
    periods: &'t mut OfPeriods<Tallies>,
    slots: &'t S,
    /// The period of the last movement, and the kinds of its movements.
    last: (usize, Kinds),
}

impl<S: Slots> BySlot<'_, S> {
    /// Whether the customer has a first movement of a kind in a period.
    #[inline]
    fn is_first(&mut self, period: usize, kind: Option<MovementKind>) -> bool {
        if S::ARE_OF_PERIODS {
            return true;
        }
        if self.last.0 != period {
            self.last = (period, Kinds::default());
        }
        kind.is_some_and(|kind| self.last.1.meet(kind))
    }
}

impl<S: Slots> Visit for BySlot<'_, S> {
    #[inline]
    fn moved(&mut self, slot: usize, kind: Option<MovementKind>, amount: u64, is_of_one_product: bool) {
        let period = self.slots.period(slot);
        let customers = u32::from(self.is_first(period, kind));
        let Some(tallies) = self.periods.get_mut(period) else { return };
        let of_lines = tallies.of_lines.get_mut(usize::from(is_of_one_product));
        let position = kind.map_or(MovementKind::ALL.len(), |kind| kind as usize);
        if let Some(tally) = of_lines.and_then(|kinds| kinds.get_mut(position)) {
            tally.add(Tally { amount, movements: 1, customers });
        }
    }

    #[inline]
    fn part(&mut self, slot: usize, part: Part, amount: i64) {
        let tallies = self.periods.get_mut(self.slots.period(slot));
        if let Some(sum) = tallies.and_then(|tallies| tallies.products.get_mut(part as usize)) {
            *sum = sum.wrapping_add(amount.unsigned_abs());
        }
    }

    fn arr(&mut self, slot: usize, change: i128) {
        if let Some(tallies) = self.periods.get_mut(self.slots.period(slot)) {
            tallies.arr += change;
        }
    }
}

/// What moves in lines that are plain; none where more closes are looked at than are numbered, or definitions ask for
/// more than such lines tell.
pub(super) fn by_period(plain: &Plain<'_>, periods: Periods) -> Result<Option<ByGroup<OfPeriods<Tallies>>>, Error> {
    let found = match plain.closes(periods) {
        None => return Ok(None),
        Some(Closes::Days(slots)) => by_slot(plain, &slots, periods),
        Some(Closes::Periods(slots)) => by_slot(plain, &slots, periods),
        Some(Closes::ManyPeriods(slots)) => by_slot(plain, &slots, periods),
    };
    found.map(Some)
}

/// The same by the numbers of closes.
fn by_slot<S: Slots>(plain: &Plain<'_>, slots: &S, periods: Periods) -> Result<ByGroup<OfPeriods<Tallies>>, Error> {
    plain.collect(&|| OfPeriods::of(periods.len()), || {
        let mut notes = Notes::default();
        move |periods: &mut OfPeriods<Tallies>, line: PlainLine<'_>| {
            line.visit(slots, &mut notes, &mut BySlot { periods, slots, last: (0, Kinds::default()) });
        }
    })
}
