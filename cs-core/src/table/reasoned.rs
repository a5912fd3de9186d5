//! Values as a result collects them, of which some may be absent.

use super::Nullable;
use crate::ratio::{Ratio, Reason};

/// Values of which some may be absent, and why the first of those is.
pub(crate) struct Reasoned<T> {
    values: Nullable<T>,
    reason: Option<Reason>,
}

impl<T: Copy + Default> Reasoned<T> {
    /// None yet, with room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { values: Nullable::with_capacity(count), reason: None }
    }

    /// All that there are, and why any is absent.
    pub(crate) fn of(values: Nullable<T>, reason: Reason) -> Self {
        let reason = values.present().map(|_| reason);
        Self { values, reason }
    }

    /// Puts one at the end.
    #[inline]
    pub(crate) fn push(&mut self, value: impl Into<Result<T, Reason>>) {
        let value = value.into();
        if let Err(reason) = value {
            self.reason.get_or_insert(reason);
        }
        self.values.push(value.ok());
    }

    /// Why the first that is absent is.
    pub(crate) fn reason(&self) -> Option<Reason> {
        self.reason
    }

    pub(crate) fn into_values(self) -> Nullable<T> {
        self.values
    }
}

impl From<Ratio> for Result<f64, Reason> {
    fn from(ratio: Ratio) -> Self {
        match ratio {
            Ratio::Value(value) => Ok(value),
            Ratio::Absent(reason) => Err(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_absent_says_why() {
        let mut ratios = Reasoned::with_capacity(2);
        ratios.push(Ratio::Value(0.5));
        assert_eq!(ratios.reason(), None);
        ratios.push(Err(Reason::NotKnown));
        ratios.push(Ratio::Absent(Reason::NoGroups));
        assert_eq!(ratios.reason(), Some(Reason::NotKnown));
        assert!(ratios.into_values().iter().eq([Some(0.5), None, None]));
    }

    #[test]
    fn where_all_are_there_none_is_absent_for_a_reason() {
        let reason = |items: &[Option<u64>]| Reasoned::of(items.iter().copied().collect(), Reason::NotKnown).reason();
        assert_eq!([reason(&[]), reason(&[Some(1)]), reason(&[Some(1), None])], [None, None, Some(Reason::NotKnown)]);
    }
}
