//! Text stored once: a pool of distinct strings, and columns of positions in it.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::order::sort_by;

/// The position that stands for absent text.
pub(crate) const ABSENT: u32 = u32::MAX;

/// Strings end to end in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextPool {
    text: String,
    ends: Vec<usize>,
}

impl TextPool {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string at a position; empty beyond the last.
    pub(crate) fn get(&self, position: u32) -> &str {
        let position = position as usize;
        let start = position.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        let end = self.ends.get(position).copied().unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The string at a position, or `None` for [`ABSENT`].
    pub(crate) fn find(&self, position: u32) -> Option<&str> {
        (position != ABSENT).then(|| self.get(position))
    }

    /// Puts a string at the end, without asking whether the pool has it.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        (self.ends.len() - 1) as u32
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position as u32))
    }

    /// The positions in the order of their strings' bytes.
    pub(crate) fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        self.sort(&mut order);
        order
    }

    /// Puts positions in the order of their strings' bytes.
    pub(crate) fn sort(&self, positions: &mut [u32]) {
        sort_by(positions, &mut |a, b| self.get(a).cmp(self.get(b)));
    }

    /// For every position its rank in the order of bytes.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.len()];
        for (rank, position) in self.order().into_iter().enumerate() {
            if let Some(slot) = ranks.get_mut(position as usize) {
                *slot = rank as u32;
            }
        }
        ranks
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// A pool under construction that knows which strings it has.
///
/// Positions are in the order of first appearance. The hash table is only ever asked, never iterated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    pool: TextPool,
    positions: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// The position of `text`, new if it was not there.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        if let Some(&position) = self.positions.find(hash, |&position| self.pool.get(position) == text) {
            return position;
        }
        let position = self.pool.push(text);
        let Self { pool, positions, hasher } = self;
        positions.insert_unique(hash, position, |&position| hasher.hash_one(pool.get(position)));
        position
    }

    pub(crate) fn pool(&self) -> &TextPool {
        &self.pool
    }

    pub(crate) fn into_pool(mut self) -> TextPool {
        self.pool.shrink();
        self.pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_stored_once_in_order_of_appearance() {
        let mut interner = Interner::default();
        let positions: Vec<u32> = ["b", "", "a", "b", "é", ""].map(|text| interner.intern(text)).into();
        assert_eq!(positions, [0, 1, 2, 0, 3, 1]);
        let pool = interner.into_pool();
        assert_eq!(pool.iter().collect::<Vec<_>>(), ["b", "", "a", "é"]);
        assert_eq!(pool.ranks(), [2, 0, 1, 3]);
        assert_eq!((pool.find(3), pool.find(ABSENT)), (Some("é"), None));
    }
}
