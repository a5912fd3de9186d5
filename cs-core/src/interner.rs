//! Text stored once: a pool under construction that knows which strings it has.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::parts::{ROWS_A_PART, in_parts, in_shards, joined, of_each};
use crate::text::{ABSENT, TextPool};

/// Strings and which of them there are.
///
/// Positions are in the order of first appearance. The hash table is only ever asked, never iterated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    pool: TextPool,
    /// The strings of the pool, as far as anybody asked for them.
    known: HashTable<Hashed>,
    hasher: DefaultHashBuilder,
}

/// A string by a number, with its hash, so that a table can grow without a look at the strings.
#[derive(Clone, Copy, Debug)]
struct Hashed {
    hash: u32,
    number: u32,
}

/// The string of a row, if it has one; compiled once, whoever has the rows.
type TextOf<'f, 't> = dyn Fn(usize) -> Option<&'t str> + Sync + 'f;

/// Whether many strings are interned at once. In the browser, where bytes are downloaded and there is one thread, all are
/// interned one after the other.
const AT_ONCE: bool = !cfg!(target_arch = "wasm32");

/// So many names are worth being parted into shards.
const MANY_NAMES: usize = if cfg!(test) { 4 } else { 1 << 15 };

impl Interner {
    /// The position of `text`, new if it was not there.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        let Self { pool, known, hasher } = self;
        if known.len() < pool.len() {
            known.reserve(pool.len() - known.len(), |known| Hashed::spread(known.hash));
            for number in known.len() as u32..pool.len() as u32 {
                Hashed { hash: hash_of(hasher, pool.get(number)), number }.insert(known);
            }
        }
        let new = Hashed { hash: hash_of(hasher, text), number: pool.len() as u32 };
        let position = new.find_or_insert(known, |position| pool.get(position) == text);
        if position == new.number {
            pool.push(text);
        }
        position
    }

    /// The positions of so many rows' strings, one after the other; [`ABSENT`] for rows without one.
    fn intern_each(&mut self, rows: usize, text: &TextOf<'_, '_>) -> Vec<u32> {
        (0..rows).map(|row| text(row).map_or(ABSENT, |text| self.intern(text))).collect()
    }

    /// The positions of so many rows' strings, as if they were interned one after the other; [`ABSENT`] for rows without
    /// one. It is made for words, few that are met often.
    pub(crate) fn intern_words(&mut self, rows: usize, text: &TextOf<'_, '_>) -> Vec<u32> {
        if !AT_ONCE {
            return self.intern_each(rows, text);
        }
        let in_part = |part: Range<usize>| {
            let mut words = Self::default();
            let positions: Vec<u32> = part.map(|row| text(row).map_or(ABSENT, |text| words.intern(text))).collect();
            (words, positions)
        };
        let mut all = Vec::new();
        for (words, positions) in in_parts(rows, ROWS_A_PART, in_part) {
            if self.pool.len() == 0 {
                // The first part's strings are the first.
                *self = words;
                all.extend(positions);
                continue;
            }
            let ours: Vec<u32> = words.pool.iter().map(|text| self.intern(text)).collect();
            all.extend(positions.into_iter().map(|theirs| ours.get(theirs as usize).copied().unwrap_or(ABSENT)));
        }
        all
    }

    /// The positions of so many rows' strings as [`Interner::intern_words`] gives them, but made for names, many that are
    /// met now and then.
    pub(crate) fn intern_names(&mut self, rows: usize, text: &TextOf<'_, '_>) -> Vec<u32> {
        if !AT_ONCE || rows < MANY_NAMES || self.pool.len() > 0 {
            return self.intern_each(rows, text);
        }
        let firsts = Firsts::of(rows, text, &self.hasher);
        self.number(&firsts, text)
    }

    /// The positions of the strings of a pool of names, which may repeat, and of which none is empty.
    pub(crate) fn intern_pool(&mut self, pool: TextPool) -> Vec<u32> {
        let text: &TextOf<'_, '_> = &|row: usize| Some(pool.get(row as u32));
        if !AT_ONCE || pool.len() < MANY_NAMES || self.pool.len() > 0 {
            return self.intern_each(pool.len(), text);
        }
        let firsts = Firsts::of(pool.len(), text, &self.hasher);
        if (0..pool.len()).all(|row| firsts.is_first(row)) {
            // Where none repeats, the pool is the list of all, and each row is its own first.
            self.pool = pool;
            return firsts.0;
        }
        self.number(&firsts, text)
    }

    /// The positions of rows' strings, those that are met first put into the pool, which has none.
    fn number(&mut self, firsts: &Firsts, text: &TextOf<'_, '_>) -> Vec<u32> {
        let rows = firsts.0.len();
        let in_part = |part: Range<usize>| {
            let mut pool = TextPool::default();
            let number = |row: usize| match firsts.is_first(row) {
                true => pool.push(text(row).unwrap_or_default()),
                false => ABSENT,
            };
            let numbers: Vec<u32> = part.map(number).collect();
            (pool, numbers)
        };
        let append = |(mut pool, mut numbers): (TextPool, Vec<u32>), (more, others): (TextPool, Vec<u32>)| {
            let before = pool.len() as u32;
            let number = |number: u32| if number == ABSENT { ABSENT } else { number + before };
            numbers.extend(others.into_iter().map(number));
            pool.append(&more);
            (pool, numbers)
        };
        let (pool, numbers) = joined(rows, ROWS_A_PART, in_part, append);
        self.pool = pool;
        of_each(rows, ROWS_A_PART, |row| numbers.get(firsts.of_row(row) as usize).copied().unwrap_or(ABSENT))
    }

    pub(crate) fn pool(&self) -> &TextPool {
        &self.pool
    }

    pub(crate) fn into_pool(mut self) -> TextPool {
        self.pool.shrink();
        self.pool
    }
}

impl Hashed {
    /// The hash as a table wants it, with upper bits of its own.
    #[inline]
    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[inline]
    fn insert(self, table: &mut HashTable<Self>) {
        table.insert_unique(Self::spread(self.hash), self, |known| Self::spread(known.hash));
    }

    /// The number that a table has for the same string, or else its own, which the table has from now on.
    #[inline]
    fn find_or_insert(self, table: &mut HashTable<Self>, is_same: impl Fn(u32) -> bool) -> u32 {
        let is_same = |known: &Self| known.hash == self.hash && is_same(known.number);
        if let Some(known) = table.find(Self::spread(self.hash), is_same) {
            return known.number;
        }
        self.insert(table);
        self.number
    }
}

#[inline]
fn hash_of(hasher: &DefaultHashBuilder, text: &str) -> u32 {
    hasher.hash_one(text) as u32
}

/// For each row the first one that has the same string, itself where it is that; [`ABSENT`] without a string.
struct Firsts(Vec<u32>);

/// Some of the rows, with copies of their strings and hashes: where those of all rows are, each look would miss the cache.
struct Shard {
    rows: Vec<u32>,
    hashes: Vec<u32>,
    texts: TextPool,
}

/// Many strings are parted by the first bits of their hashes, so that each shard stays close at hand.
const SHARD_BITS: u32 = 9;

/// Of a row without a string.
const NO_HASH: u32 = 0;

impl Firsts {
    fn of(rows: usize, text: &TextOf<'_, '_>, hasher: &DefaultHashBuilder) -> Self {
        let hashed = |row: usize| text(row).map_or(NO_HASH, |text| hash_of(hasher, text).max(NO_HASH + 1));
        let hashes = of_each(rows, ROWS_A_PART, hashed);
        let hash = |row: usize| hashes.get(row).copied().unwrap_or(NO_HASH);
        // Each row is in one shard, so that no two threads write one place.
        let itself = |row: usize| AtomicU32::new(if hash(row) == NO_HASH { ABSENT } else { row as u32 });
        let firsts = of_each(rows, ROWS_A_PART, itself);
        let shard = |row: usize| (hash(row) != NO_HASH).then_some((hash(row) >> (u32::BITS - SHARD_BITS)) as usize);
        let put = |shard: &mut Shard, row: usize| shard.push(row as u32, hash(row), text(row).unwrap_or_default());
        let shards = in_shards(rows, 1 << SHARD_BITS, shard, Shard::with_capacity, put);
        let again = |row: u32, first: u32| {
            if let Some(slot) = firsts.get(row as usize) {
                slot.store(first, Ordering::Relaxed);
            }
        };
        in_parts(shards.len(), 1, |part| {
            let mut whole = Shard::with_capacity(0);
            for pieces in shards.get(part).unwrap_or_default() {
                if let [only] = pieces.as_slice() {
                    only.each_again(again);
                } else {
                    whole.clear();
                    pieces.iter().for_each(|piece| whole.append(piece));
                    whole.each_again(again);
                }
            }
        });
        Self(firsts.into_iter().map(AtomicU32::into_inner).collect())
    }

    fn of_row(&self, row: usize) -> u32 {
        self.0.get(row).copied().unwrap_or(ABSENT)
    }

    fn is_first(&self, row: usize) -> bool {
        self.of_row(row) == row as u32
    }
}

impl Shard {
    fn with_capacity(rows: usize) -> Self {
        let numbers = || Vec::with_capacity(rows);
        Self { rows: numbers(), hashes: numbers(), texts: TextPool::with_capacity(rows) }
    }

    fn push(&mut self, row: u32, hash: u32, text: &str) {
        self.rows.push(row);
        self.hashes.push(hash);
        self.texts.push(text);
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.hashes.clear();
        self.texts.clear();
    }

    fn append(&mut self, more: &Self) {
        self.rows.extend(&more.rows);
        self.hashes.extend(&more.hashes);
        self.texts.append(&more.texts);
    }

    /// Calls `f` with every row whose string is that of an earlier one, and the first of these.
    fn each_again(&self, f: impl Fn(u32, u32)) {
        let Self { rows, hashes, texts } = self;
        let mut table = HashTable::with_capacity(rows.len());
        for (number, &hash) in (0..).zip(hashes) {
            let is_same = |other: u32| texts.get(other) == texts.get(number);
            let first = Hashed { hash, number }.find_or_insert(&mut table, is_same);
            let row = |number: u32| rows.get(number as usize).copied();
            if let Some((row, first)) = row(number).zip(row(first)).filter(|_| first != number) {
                f(row, first);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

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

    #[test]
    fn many_strings_are_interned_as_one_after_the_other() {
        for rows in [0, 1, 3, 4, 5, 1_000, 5_000] {
            let texts: Vec<Option<String>> =
                (0..rows).map(|row| (row % 7 != 3).then(|| format!("c-{}", row * row % 611))).collect();
            let text = |row: usize| texts.get(row).and_then(Option::as_deref);
            let mut each = Interner::default();
            let expected: Vec<u32> = (0..rows).map(|row| text(row).map_or(ABSENT, |text| each.intern(text))).collect();
            let (mut names, mut words) = (Interner::default(), Interner::default());
            assert_eq!(names.intern_names(rows, &text), expected, "{rows}");
            assert_eq!(words.intern_words(rows, &text), expected, "{rows}");
            for all in [&mut names, &mut words] {
                // What comes later is known to be there, or new.
                let mut each = each.clone();
                let more = ["c-0", "c-1", "other", "c-0"];
                assert_eq!(more.map(|text| all.intern(text)), more.map(|text| each.intern(text)), "{rows}");
                assert_eq!(all.intern_names(rows, &text), expected, "{rows}");
                assert_eq!(all.intern_words(rows, &text), expected, "{rows}");
                assert_eq!(all.pool(), each.pool());
            }
        }
    }

    #[test]
    fn a_pool_of_names_is_taken_as_it_is_or_without_what_repeats() {
        let pool = |names: &[String]| {
            let mut pool = TextPool::default();
            names.iter().for_each(|name| _ = pool.push(name));
            pool
        };
        let distinct: Vec<String> = (0..900).map(|row| format!("c-{row}")).collect();
        let again: Vec<String> = (0..900).map(|row| format!("c-{}", row % 700)).collect();
        for names in [distinct, again] {
            let mut each = Interner::default();
            let expected: Vec<u32> = names.iter().map(|name| each.intern(name)).collect();
            let mut all = Interner::default();
            assert_eq!(all.intern_pool(pool(&names)), expected);
            // Now strings are known already.
            let more = ["c-1000", "c-3", "other", "c-3", "more"].map(str::to_owned);
            assert_eq!(all.intern_pool(pool(&more)), more.each_ref().map(|name| each.intern(name)));
            assert_eq!(all.into_pool(), each.into_pool());
        }
    }

    #[test]
    fn strings_of_one_hash_are_told_apart() {
        let mut shard = Shard::with_capacity(300);
        for row in 0..300 {
            shard.push(row + 1_000, row % 2, &format!("c-{}", row % 100));
        }
        let again = RefCell::new(Vec::new());
        shard.each_again(|row, first| again.borrow_mut().push((row, first)));
        assert!(again.into_inner().into_iter().eq((100..300).map(|row| (row + 1_000, row % 100 + 1_000))));
    }
}
