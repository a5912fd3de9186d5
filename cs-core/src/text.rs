//! Strings end to end, each known by its position.

use crate::order::{sort_by, sort_keyed};

/// The position that stands for absent text.
pub(crate) const ABSENT: u32 = u32::MAX;

/// Of so many things where each stands among some of them; [`ABSENT`] for one that does not.
pub(crate) fn places(some: &[u32], all: usize) -> Vec<u32> {
    let mut places = vec![ABSENT; all];
    for (&one, place) in some.iter().zip(0..) {
        if let Some(slot) = places.get_mut(one as usize) {
            *slot = place;
        }
    }
    places
}

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

    fn clear(&mut self) {
        match self {
            Self::Short(ends) => ends.clear(),
            Self::Long(ends) => ends.clear(),
        }
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

impl<'a> FromIterator<&'a str> for TextPool {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut pool = Self::default();
        texts.into_iter().for_each(|text| _ = pool.push(text));
        pool
    }
}

impl TextPool {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// None yet, with room for so many ends.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self { text: String::new(), ends: Ends::Short(Vec::with_capacity(count)) }
    }

    /// All strings, end to end.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The string at a position; empty beyond the last.
    pub(crate) fn get(&self, position: u32) -> &str {
        self.between(position, position)
    }

    /// The strings from one position to another, end to end; empty where the other is beyond the last.
    pub(crate) fn between(&self, first: u32, last: u32) -> &str {
        let start = self.start(first);
        let end = self.ends.get(last as usize).unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The bytes of the string at a position; none beyond the last.
    #[inline]
    pub(crate) fn length(&self, position: u32) -> usize {
        self.ends.get(position as usize).map_or(0, |end| end - self.start(position))
    }

    #[inline]
    fn start(&self, position: u32) -> usize {
        position.checked_sub(1).map_or(0, |before| self.ends.get(before as usize).unwrap_or(0))
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

    /// Takes all strings out, and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Puts the strings of another pool at the end.
    pub(crate) fn append(&mut self, more: &Self) {
        let before = self.text.len();
        self.text.push_str(&more.text);
        (0..more.len()).filter_map(|position| more.ends.get(position)).for_each(|end| self.ends.push(before + end));
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
    fn pools_come_end_to_end_however_wide_their_ends_are() {
        let of = |ends: fn() -> Ends, texts: [&str; 3]| {
            let mut pool = TextPool { text: String::new(), ends: ends() };
            texts.iter().for_each(|text| _ = pool.push(text));
            pool
        };
        let widths: [fn() -> Ends; 2] = [Ends::default, || Ends::Long(Vec::new())];
        for (one, other) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let mut pool = of(widths[one], ["a", "", "bc"]);
            pool.append(&of(widths[other], ["", "é", "d"]));
            assert!(pool.iter().eq(["a", "", "bc", "", "é", "d"]));
            pool.clear();
            pool.append(&of(widths[other], ["", "é", "d"]));
            assert!(pool.iter().eq(["", "é", "d"]));
        }
    }
}
