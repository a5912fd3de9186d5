//! Values of which some may be absent.

use crate::parts::Slots;

/// Values of which some may be absent; what stands in an absent place is the type's default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nullable<T> {
    values: Vec<T>,
    /// Made with the first absent value.
    present: Option<Vec<bool>>,
}

impl<T: Copy + Default> Nullable<T> {
    /// None yet, with room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { values: Vec::with_capacity(count), present: None }
    }

    /// How many there are, absent ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One value.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        let present = self.present.as_ref().is_none_or(|present| present.get(row).copied().unwrap_or(false));
        self.values.get(row).copied().filter(|_| present)
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// What stands in each row, the type's default in absent ones.
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// Whether there is a value in each row, unless there is one in all.
    pub(crate) fn present(&self) -> Option<&[bool]> {
        self.present.as_deref()
    }

    /// What stands in each row, and in those without a value what stands for none.
    pub(crate) fn into_values(mut self, none: T) -> Vec<T> {
        for (value, present) in self.values.iter_mut().zip(self.present.unwrap_or_default()) {
            *value = if present { *value } else { none };
        }
        self.values
    }

    /// Puts others at the end.
    pub(crate) fn append(&mut self, more: Self) {
        if self.present.is_some() || more.present.is_some() {
            let all = |count| vec![true; count];
            let present = self.present.get_or_insert_with(|| all(self.values.len()));
            present.extend(more.present.unwrap_or_else(|| all(more.values.len())));
        }
        match self.values.is_empty() {
            true => self.values = more.values,
            false => self.values.extend(more.values),
        }
    }

    /// The values of these rows, in their order.
    pub(crate) fn take(&self, rows: &[u32]) -> Self {
        match self.present {
            None => {
                Self::from(rows.iter().filter_map(|&row| self.values.get(row as usize).copied()).collect::<Vec<T>>())
            }
            Some(_) => rows.iter().map(|&row| self.get(row as usize)).collect(),
        }
    }

    /// Puts one at the end.
    pub fn push(&mut self, value: Option<T>) {
        match (&mut self.present, value) {
            (Some(present), value) => present.push(value.is_some()),
            (None, Some(_)) => {}
            (none, None) => {
                let mut present = vec![true; self.values.len()];
                present.push(false);
                *none = Some(present);
            }
        }
        self.values.push(value.unwrap_or_default());
    }
}

/// Room for values of which some may be absent, to be filled by parts.
pub(crate) struct Room<T> {
    values: Vec<T>,
    present: Vec<bool>,
}

/// The slots of some of the values.
pub(crate) struct RoomSlots<'a, T> {
    values: &'a mut [T],
    present: &'a mut [bool],
}

impl<T: Copy + Default> Room<T> {
    pub(crate) fn of(count: usize) -> Self {
        Self { values: vec![T::default(); count], present: vec![false; count] }
    }

    pub(crate) fn slots(&mut self) -> RoomSlots<'_, T> {
        RoomSlots { values: &mut self.values, present: &mut self.present }
    }

    /// Puts a value into a place that there is.
    pub(crate) fn set(&mut self, place: usize, value: T) {
        if let (Some(slot), Some(present)) = (self.values.get_mut(place), self.present.get_mut(place)) {
            (*slot, *present) = (value, true);
        }
    }
}

impl<T: Copy + Default> RoomSlots<'_, T> {
    /// Fills the slots. They are gone through twice: what is put is of one size then, which processors do several of
    /// at a time.
    #[inline]
    pub(crate) fn fill(self, items: impl Iterator<Item = Option<T>> + Clone) {
        for (value, item) in self.values.iter_mut().zip(items.clone()) {
            *value = item.unwrap_or_default();
        }
        for (present, item) in self.present.iter_mut().zip(items) {
            *present = item.is_some();
        }
    }
}

impl<T: Send> Slots for RoomSlots<'_, T> {
    fn cut(&mut self, count: usize) -> Self {
        Self { values: self.values.cut(count), present: self.present.cut(count) }
    }
}

impl<T: Copy + Default> From<Room<T>> for Nullable<T> {
    fn from(Room { values, present }: Room<T>) -> Self {
        // Asked of all, so that several are looked at at a time.
        let are_all_there = present.iter().fold(true, |are_there, &is_there| are_there & is_there);
        Self { values, present: (!are_all_there).then_some(present) }
    }
}

impl<T: Copy + Default> From<Vec<T>> for Nullable<T> {
    /// All present.
    fn from(values: Vec<T>) -> Self {
        Self { values, present: None }
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Nullable<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(items: I) -> Self {
        let items = items.into_iter();
        let mut values = Self::with_capacity(items.size_hint().0);
        items.for_each(|item| values.push(item));
        values
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Nullable, Room};
    use crate::parts::Slots;

    #[rstest]
    #[case(&[], &[])]
    #[case(&[Some(1)], &[])]
    #[case(&[], &[None])]
    #[case(&[Some(1), Some(2)], &[Some(3)])]
    #[case(&[Some(1), None], &[Some(3)])]
    #[case(&[Some(1)], &[None, Some(3)])]
    #[case(&[None], &[None])]
    fn parts_make_what_one_after_another_makes(#[case] one: &[Option<u64>], #[case] other: &[Option<u64>]) {
        let all: Nullable<u64> = one.iter().chain(other).copied().collect();
        let mut appended: Nullable<u64> = one.iter().copied().collect();
        appended.append(other.iter().copied().collect());
        assert_eq!(appended, all);
        assert_eq!(appended.present().is_some(), one.iter().chain(other).any(Option::is_none));
    }
    #[rstest]
    #[case(&[])]
    #[case(&[Some(1), Some(2), Some(3)])]
    #[case(&[Some(1), None, Some(3)])]
    #[case(&[None, None, None])]
    fn room_that_is_filled_is_what_one_after_another_makes(#[case] items: &[Option<u64>]) {
        let mut room = Room::of(items.len());
        let mut slots = room.slots();
        let (first, rest) = items.split_at(items.len() / 2);
        slots.cut(first.len()).fill(first.iter().copied());
        slots.fill(rest.iter().copied());
        let filled = Nullable::from(room);
        assert_eq!(filled, items.iter().copied().collect());
        assert!(filled.into_values(7).into_iter().eq(items.iter().map(|item| item.unwrap_or(7))));
    }
}
