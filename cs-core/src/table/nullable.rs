//! Values of which some may be absent.

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
}
