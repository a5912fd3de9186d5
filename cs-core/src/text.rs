//! Text stored once: a pool of distinct strings, and columns of positions in it.

use std::convert::Infallible;
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::order::{sort_by, sort_keyed};
use crate::parts::in_parts;

/// The position that stands for absent text.
pub(crate) const ABSENT: u32 = u32::MAX;

/// Strings end to end in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextPool {
    text: String,
    ends: Ends,
}

/// Where each string ends: in four bytes, as long as four are enough for all.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ends {
    Short(Vec<u32>),
    Long(Vec<usize>),
}

impl Default for Ends {
    fn default() -> Self {
        Self::Short(Vec::new())
    }
}

impl Ends {
    fn len(&self) -> usize {
        match self {
            Self::Short(ends) => ends.len(),
            Self::Long(ends) => ends.len(),
        }
    }

    #[inline]
    fn get(&self, position: usize) -> Option<usize> {
        match self {
            Self::Short(ends) => ends.get(position).map(|&end| end as usize),
            Self::Long(ends) => ends.get(position).copied(),
        }
    }

    #[inline]
    fn push(&mut self, end: usize) {
        match (self, u32::try_from(end)) {
            (Self::Short(ends), Ok(end)) => ends.push(end),
            (Self::Long(ends), _) => ends.push(end),
            (short, Err(_)) => short.push_long(end),
        }
    }

    #[cold]
    fn push_long(&mut self, end: usize) {
        let before = (0..self.len()).filter_map(|position| self.get(position));
        *self = Self::Long(before.chain([end]).collect());
    }

    fn shrink(&mut self) {
        match self {
            Self::Short(ends) => ends.shrink_to_fit(),
            Self::Long(ends) => ends.shrink_to_fit(),
        }
    }
}

/// Fewer strings than this are put in order by comparing them.
const FEW_SORTED: usize = if cfg!(test) { 3 } else { 64 };

impl TextPool {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All strings, end to end.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The string at a position; empty beyond the last.
    pub(crate) fn get(&self, position: u32) -> &str {
        let position = position as usize;
        let start = position.checked_sub(1).map_or(0, |before| self.ends.get(before).unwrap_or(0));
        let end = self.ends.get(position).unwrap_or(start);
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
        let mut compare = |a: u32, b: u32| self.get(a).cmp(self.get(b));
        if positions.len() < FEW_SORTED {
            return sort_by(positions, &mut compare);
        }
        let shared = self.shared(positions);
        let key = |&position: &u32| (self.key(position, shared), position);
        let mut keyed: Vec<(u64, u32)> = positions.iter().map(key).collect();
        sort_keyed(&mut keyed);
        let mut rest = positions;
        for same in keyed.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((run, behind)) = rest.split_at_mut_checked(same.len()) else { return };
            run.iter_mut().zip(same).for_each(|(slot, &(_, position))| *slot = position);
            if run.len() > 1 {
                sort_by(run, &mut compare);
            }
            rest = behind;
        }
    }

    /// How many bytes all of some strings have in front: they tell nothing of the order.
    fn shared(&self, positions: &[u32]) -> usize {
        let Some((&first, others)) = positions.split_first() else { return 0 };
        let first = self.get(first).as_bytes();
        others.iter().fold(first.len(), |shared, &position| {
            let both = first.iter().take(shared).zip(self.get(position).as_bytes());
            both.take_while(|(one, other)| one == other).count()
        })
    }

    /// The eight bytes of a string behind so many, as a number; it tells most strings apart.
    fn key(&self, position: u32, behind: usize) -> u64 {
        let text = self.get(position).as_bytes().get(behind..).unwrap_or_default();
        let padded = || {
            let mut key = [0; 8];
            key.iter_mut().zip(text).for_each(|(slot, &byte)| *slot = byte);
            key
        };
        u64::from_be_bytes(text.first_chunk().copied().unwrap_or_else(padded))
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
        self.ends.shrink();
    }

    /// Strings that stand end to end already, each up to one of these ends, in their order; none unless the last ends
    /// with the text and each end parts two characters.
    pub(crate) fn of(text: String, ends: impl ExactSizeIterator<Item = usize>) -> Option<Self> {
        let mut pool = Self { text, ends: Ends::Short(Vec::with_capacity(ends.len())) };
        let mut last = 0;
        for end in ends {
            if end < last || !pool.text.is_char_boundary(end) {
                return None;
            }
            pool.ends.push(end);
            last = end;
        }
        (last == pool.text.len()).then_some(pool)
    }

    /// The length of the longest string, and whether any is empty.
    pub(crate) fn longest(&self) -> (usize, bool) {
        let mut start = 0;
        let lengths = (0..self.len()).filter_map(|position| self.ends.get(position)).map(|end| {
            let length = end - start;
            start = end;
            length
        });
        lengths.fold((0, false), |(longest, any), length| (longest.max(length), any | (length == 0)))
    }
}

/// A pool under construction that knows which strings it has.
///
/// Positions are in the order of first appearance. The hash table is only ever asked, never iterated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    pool: TextPool,
    /// The strings of the pool, as far as anybody asked for them.
    known: HashTable<Known>,
    hasher: DefaultHashBuilder,
}

/// A string by its position, with its hash, so that a table can grow without a look at the strings.
#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u32,
    position: u32,
}

/// The string of a row, if it has one; compiled once, whoever has the rows.
type TextOf<'f, 't> = dyn Fn(usize) -> Option<&'t str> + Sync + 'f;

/// Fewer strings than this are interned one after the other.
const FEW: usize = if cfg!(test) { 4 } else { 1 << 15 };

/// Many strings are parted by the first bits of their hashes, so that the table of each shard stays close at hand.
const SHARD_BITS: u32 = 9;

impl Interner {
    /// The position of `text`, new if it was not there.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let Self { pool, known, hasher } = self;
        while known.len() < pool.len() {
            let position = known.len() as u32;
            Known { hash: hash_of(hasher, pool.get(position)), position }.insert(known);
        }
        let new = Known { hash: hash_of(hasher, text), position: pool.len() as u32 };
        let position = new.find_or_insert(known, |position| pool.get(position) == text);
        if position == new.position {
            pool.push(text);
        }
        position
    }

    /// The positions of the strings of so many rows, as if they were interned one after the other; [`ABSENT`] for rows
    /// without one.
    pub(crate) fn intern_all<'t>(&mut self, rows: usize, text: &TextOf<'_, 't>) -> Vec<u32> {
        if rows < FEW || self.pool.len() > 0 {
            return (0..rows).map(|row| text(row).map_or(ABSENT, |text| self.intern(text))).collect();
        }
        let rows = Rows::of(rows, &self.hasher, text);
        let firsts = rows.firsts(text);
        self.number(&rows, firsts, text)
    }

    /// The same of a pool in which strings may repeat and none is empty.
    pub(crate) fn intern_pool(&mut self, pool: TextPool) -> Vec<u32> {
        let text: &TextOf<'_, '_> = &|row: usize| Some(pool.get(row as u32));
        if pool.len() < FEW || self.pool.len() > 0 {
            return self.intern_all(pool.len(), text);
        }
        let rows = Rows::of(pool.len(), &self.hasher, text);
        let mut firsts = rows.firsts(text);
        let is_first = |(first, &hash): (&mut AtomicU32, &u32)| *first.get_mut() == Rows::FIRST && hash != Rows::AGAIN;
        if firsts.iter_mut().zip(&rows.hashes).all(is_first) {
            // Where none repeats, the pool is the list of all.
            let positions = (0..pool.len() as u32).collect();
            self.pool = pool;
            return positions;
        }
        self.number(&rows, firsts, text)
    }

    /// The positions of rows' strings, those that are met first put into the pool.
    fn number(&mut self, rows: &Rows, firsts: Vec<AtomicU32>, text: &TextOf<'_, '_>) -> Vec<u32> {
        let mut positions: Vec<u32> = Vec::with_capacity(firsts.len());
        for (row, (first, &hash)) in firsts.into_iter().zip(&rows.hashes).enumerate() {
            let known = |row: usize| positions.get(row).copied().unwrap_or(ABSENT);
            let position = match (hash, first.into_inner()) {
                (Rows::BLANK, _) => ABSENT,
                (Rows::AGAIN, _) => known(row.saturating_sub(1)),
                (_, Rows::FIRST) => self.pool.push(text(row).unwrap_or_default()),
                (_, first) => known(first as usize),
            };
            positions.push(position);
        }
        positions
    }

    pub(crate) fn pool(&self) -> &TextPool {
        &self.pool
    }

    pub(crate) fn into_pool(mut self) -> TextPool {
        self.pool.shrink();
        self.pool
    }
}

impl Known {
    /// The hash as a table wants it, with upper bits of its own.
    #[inline]
    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[inline]
    fn insert(self, table: &mut HashTable<Self>) {
        table.insert_unique(Self::spread(self.hash), self, |known| Self::spread(known.hash));
    }

    /// The position that a table has for the same string, or else its own, which the table has from now on.
    #[inline]
    fn find_or_insert(self, table: &mut HashTable<Self>, is_same: impl Fn(u32) -> bool) -> u32 {
        let is_same = |known: &Self| known.hash == self.hash && is_same(known.position);
        if let Some(known) = table.find(Self::spread(self.hash), is_same) {
            return known.position;
        }
        self.insert(table);
        self.position
    }
}

#[inline]
fn hash_of(hasher: &DefaultHashBuilder, text: &str) -> u32 {
    hasher.hash_one(text) as u32
}

/// Rows of strings that are interned together.
struct Rows {
    /// The hash of each row's string, or what the row is instead.
    hashes: Vec<u32>,
}

impl Rows {
    /// A row without a string.
    const BLANK: u32 = 0;
    /// A row with the string of the row before.
    const AGAIN: u32 = 1;
    /// No hash is smaller.
    const LEAST: u32 = 2;
    /// A row that is the first with its string.
    const FIRST: u32 = u32::MAX;

    fn of(rows: usize, hasher: &DefaultHashBuilder, text: &TextOf<'_, '_>) -> Self {
        let hash = |row: usize| match text(row) {
            None => Self::BLANK,
            Some(own) if row > 0 && text(row - 1) == Some(own) => Self::AGAIN,
            Some(own) => hash_of(hasher, own).max(Self::LEAST),
        };
        let hashed = in_parts(
            rows,
            FEW,
            |part| Ok::<_, Infallible>(part.map(hash).collect()),
            |hashes: &mut Vec<u32>, more| {
                hashes.extend(more);
                Ok(())
            },
        );
        let Ok(hashes) = hashed;
        Self { hashes }
    }

    /// For each row with a string of its own the first one that has the same, or [`Rows::FIRST`] where it is that itself.
    fn firsts(&self, text: &TextOf<'_, '_>) -> Vec<AtomicU32> {
        let firsts: Vec<AtomicU32> = self.hashes.iter().map(|_| AtomicU32::new(Self::FIRST)).collect();
        let in_shards = |shards: Range<usize>| {
            let mut table = HashTable::new();
            for rows in self.shards(shards) {
                table.clear();
                for new in rows {
                    let is_same = |other| text(other as usize) == text(new.position as usize);
                    let first = new.find_or_insert(&mut table, is_same);
                    if let Some(slot) = firsts.get(new.position as usize).filter(|_| first != new.position) {
                        slot.store(first, Ordering::Relaxed);
                    }
                }
            }
            Ok::<_, Infallible>(())
        };
        let Ok(()) = in_parts(1 << SHARD_BITS, 1, in_shards, |(), ()| Ok(()));
        firsts
    }

    /// The rows with strings of their own, parted by the first bits of their hashes.
    fn shards(&self, shards: Range<usize>) -> Vec<Vec<Known>> {
        let mut of_shards = vec![Vec::new(); shards.len()];
        for (row, &hash) in self.hashes.iter().enumerate().filter(|(_, hash)| **hash >= Self::LEAST) {
            let shard = (hash >> (u32::BITS - SHARD_BITS)) as usize;
            if let Some(rows) = shard.checked_sub(shards.start).and_then(|shard| of_shards.get_mut(shard)) {
                rows.push(Known { hash, position: row as u32 });
            }
        }
        of_shards
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_put_in_the_order_of_their_bytes() {
        // Prefixes of each other, zeros that a padded key cannot tell from an end, more than eight bytes alike, none alike.
        let alike =
            ["k", "k\0", "k\0\0", "k-2", "k-10", "k-1", "k-00000001", "k-00000001a", "k-00000001", "k-000000010", "kö"];
        for texts in [&alike[..], &alike[..2], &["b", "a", "", "ab"], &["same", "same", "same", "same"], &[]] {
            let mut pool = TextPool::default();
            texts.iter().for_each(|text| _ = pool.push(text));
            let mut expected: Vec<u32> = (0..texts.len() as u32).collect();
            expected.sort_by_key(|&position| texts.get(position as usize));
            assert_eq!(pool.order(), expected, "{texts:?}");
            let mut some: Vec<u32> = expected.iter().rev().copied().filter(|position| position % 3 < 2).collect();
            pool.sort(&mut some);
            let strings: Vec<&str> = some.iter().map(|&position| pool.get(position)).collect();
            assert!(strings.is_sorted(), "{strings:?}");
        }
    }

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

    #[test]
    fn many_strings_are_interned_as_one_after_the_other() {
        for rows in [0, 1, 3, 4, 5, 1_000, 5_000] {
            let texts: Vec<Option<String>> =
                (0..rows).map(|row| (row % 7 != 3).then(|| format!("c-{}", row * row % 611))).collect();
            let text = |row: usize| texts.get(row).and_then(Option::as_deref);
            let mut each = Interner::default();
            let expected: Vec<u32> = (0..rows).map(|row| text(row).map_or(ABSENT, |text| each.intern(text))).collect();
            let mut all = Interner::default();
            assert_eq!(all.intern_all(rows, &text), expected, "{rows}");
            // What comes later is known to be there, or new.
            let more = ["c-0", "c-1", "other", "c-0"];
            assert_eq!(more.map(|text| all.intern(text)), more.map(|text| each.intern(text)), "{rows}");
            assert_eq!(all.intern_all(rows, &text), expected, "{rows}");
            assert_eq!(all.into_pool(), each.into_pool());
        }
    }
}
