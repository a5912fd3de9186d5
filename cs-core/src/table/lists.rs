//! Columns of lists of strings.

use std::fmt;
use std::sync::Arc;

use super::nullable::Nullable;
use crate::interner::Interner;
use crate::text::TextPool;
#[cfg(any(feature = "rooms", feature = "health"))]
use crate::word::Word;

/// Lists of strings, each string stored once.
#[derive(Clone, Default)]
pub struct TextLists {
    /// Where each list ends in `codes`.
    ends: Vec<usize>,
    /// Which lists are there at all.
    present: Nullable<bool>,
    codes: Vec<u32>,
    pool: Arc<TextPool>,
}

impl TextLists {
    /// No lists yet, of strings of this pool.
    pub(crate) fn of(pool: Arc<TextPool>) -> Self {
        Self { pool, ..Self::default() }
    }

    /// No lists yet, of the words of an enumeration.
    #[cfg(any(feature = "rooms", feature = "health"))]
    pub(crate) fn of_words<T: Word>() -> Self {
        Self::of(Arc::new(T::WORDS.iter().copied().collect()))
    }

    /// Puts a list of these words at the end.
    #[cfg(any(feature = "rooms", feature = "health"))]
    pub(crate) fn push_words<T: Word>(&mut self, words: &[T]) {
        let codes: Vec<u32> = words.iter().map(|word| word.position() as u32).collect();
        self.push(Some(&codes));
    }

    /// Puts a list of positions in the pool at the end.
    pub(crate) fn push(&mut self, list: Option<&[u32]>) {
        self.codes.extend_from_slice(list.unwrap_or_default());
        self.ends.push(self.codes.len());
        self.present.push(list.map(|_| true));
    }

    /// How many lists there are, absent ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One list.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<TextList<'_>> {
        self.present.get(row)?;
        let start = row.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        let codes = self.codes.get(start..*self.ends.get(row)?)?;
        Some(TextList { codes, pool: &self.pool })
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<TextList<'_>>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<'a> FromIterator<Option<TextList<'a>>> for TextLists {
    fn from_iter<I: IntoIterator<Item = Option<TextList<'a>>>>(items: I) -> Self {
        items.into_iter().map(|item| item.map(|list| list.iter().collect::<Vec<_>>())).collect()
    }
}

impl<'a> FromIterator<Option<Vec<&'a str>>> for TextLists {
    fn from_iter<I: IntoIterator<Item = Option<Vec<&'a str>>>>(items: I) -> Self {
        let mut interner = Interner::default();
        let mut lists = Self::default();
        for item in items {
            let list: Option<Vec<u32>> = item.map(|list| list.into_iter().map(|text| interner.intern(text)).collect());
            lists.push(list.as_deref());
        }
        Self { pool: Arc::new(interner.into_pool()), ..lists }
    }
}

impl PartialEq for TextLists {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for TextLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A list of strings in a cell.
#[derive(Clone, Copy)]
pub struct TextList<'a> {
    codes: &'a [u32],
    pool: &'a TextPool,
}

impl<'a> TextList<'a> {
    /// The strings.
    pub fn iter(self) -> impl ExactSizeIterator<Item = &'a str> {
        self.codes.iter().map(move |&code| self.pool.get(code))
    }
}

impl PartialEq for TextList<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for TextList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
