//! Sorting, compiled once: every call of the standard library's sorts is a sort of its own in the machine code, and a
//! dozen of them weigh more than what they are called for.

use std::cmp::Ordering;

/// So few are put in order where they are.
const FEW: usize = 20;

/// Puts items in the order of a key; those of one key stay as they stand.
pub(crate) fn sort_by_key<T: Copy>(items: &mut [T], key: impl Fn(&T) -> u64) {
    if items.is_sorted_by_key(&key) {
        return;
    }
    if items.len() <= FEW {
        return insert(items, key);
    }
    let order = by_key(items.len(), |position| items.get(position).map_or(0, &key));
    let sorted: Vec<T> = order.iter().filter_map(|&position| items.get(position as usize).copied()).collect();
    items.copy_from_slice(&sorted);
}

fn insert<T: Copy>(items: &mut [T], key: impl Fn(&T) -> u64) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && items.get(at - 1).map(&key) > items.get(at).map(&key) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The positions of so many items in the order of a key; those of one key as they stand.
pub(crate) fn by_key(count: usize, mut key: impl FnMut(usize) -> u64) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = (0..count).map(|position| (key(position), position as u32)).collect();
    sort_keyed(&mut keyed);
    keyed.into_iter().map(|(_, position)| position).collect()
}

/// Puts pairs in their order.
#[inline(never)]
pub(crate) fn sort_keyed(keyed: &mut [(u64, u32)]) {
    keyed.sort_unstable();
}

/// Puts numbers in their order.
#[cfg(feature = "rooms")]
#[inline(never)]
pub(crate) fn sort_keys(keys: &mut [u64]) {
    keys.sort_unstable();
}

/// Puts positions in the order of a comparison; those that are equal stay as they stand.
#[inline(never)]
pub(crate) fn sort_by(positions: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    positions.sort_by(|&a, &b| compare(a, b));
}

/// A key of two numbers, the first before the second.
#[inline]
pub(crate) fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// A float as a number in the order of floats: those below zero come first, the greatest bits of them foremost.
#[inline]
pub(crate) fn float_key(number: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = number.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// The float of such a number.
#[cfg(feature = "rooms")]
#[inline]
pub(crate) fn float_of_key(key: u64) -> f64 {
    const SIGN: u64 = 1 << 63;
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
}

/// The positions of floats in their order; those that are equal as they stand.
pub(crate) fn by_float(numbers: &[f64]) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = numbers.iter().map(|&number| float_key(number)).zip(0..).collect();
    sort_keyed(&mut keyed);
    keyed.into_iter().map(|(_, position)| position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_key_stay_as_they_stand() {
        for count in [0, 1, 2, 7, FEW, FEW + 1, 100] {
            let items: Vec<(u64, usize)> = (0..count).map(|position| ((position * 7 % 5) as u64, position)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut sorted = items.clone();
            sort_by_key(&mut sorted, |(key, _)| *key);
            assert_eq!(sorted, expected);
            let order = by_key(count, |position| items[position].0);
            assert_eq!(order.iter().map(|&position| items[position as usize]).collect::<Vec<_>>(), expected);
            let mut positions: Vec<u32> = (0..count as u32).collect();
            sort_by(&mut positions, &mut |a, b| items[a as usize].0.cmp(&items[b as usize].0));
            assert_eq!(positions, order);
        }
    }

    #[test]
    fn the_first_number_goes_before_the_second() {
        assert!(pair(1, u32::MAX) < pair(2, 0));
        assert!(pair(1, 1) < pair(1, 2));
    }

    #[test]
    fn floats_are_in_their_order() {
        let numbers = [0.5, -1e9, 0.0, f64::INFINITY, -0.25, 2.0, -1e9];
        assert_eq!(by_float(&numbers), [1, 6, 4, 2, 0, 5, 3]);
        assert!(
            numbers
                .iter()
                .all(|one| numbers.iter().all(|other| (one < other) == (float_key(*one) < float_key(*other))))
        );
    }
}
