//! Values of which some may be absent.

use crate::parts::{ROWS_A_PART, joined};

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

    /// Those of so many rows.
    pub(crate) fn of_rows(rows: usize, value: impl Fn(usize) -> Option<T> + Sync) -> Self
    where
        T: Send,
    {
        joined(
            rows,
            ROWS_A_PART,
            |part| part.map(&value).collect::<Self>(),
            |mut all, more| {
                all.append(more);
                all
            },
        )
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

    /// Whether there is a value in each row, unless there is one in all.
    pub(crate) fn present(&self) -> Option<&[bool]> {
        self.present.as_deref()
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

    use super::Nullable;

    #[rstest]
    #[case(0, &[])]
    #[case(1, &[])]
    #[case(20, &[])]
    #[case(20, &[0])]
    #[case(20, &[19])]
    #[case(20, &[9, 10])]
    fn parts_make_what_one_after_another_makes(#[case] rows: usize, #[case] absent: &[usize]) {
        let value = |row: usize| (!absent.contains(&row)).then_some(row as u64);
        let all: Nullable<u64> = (0..rows).map(value).collect();
        let parted = Nullable::of_rows(rows, value);
        assert_eq!(parted, all);
        assert_eq!(parted.present().is_some(), !absent.is_empty());
    }
}
