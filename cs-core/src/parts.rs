//! Work split into parts, on as many threads as the machine has: with the feature `parallel`, else whole, on one.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::thread::ScopedJoinHandle;

/// So many rows of a table are worth a thread.
pub(crate) const ROWS_A_PART: usize = if cfg!(test) { 4 } else { 1 << 15 };

/// Does work on the parts of a range of so many things; gives what comes of each part, in order, and of an empty range
/// too. No part is of fewer than `least` things unless there are fewer in all.
pub(crate) fn in_parts<T: Send>(count: usize, least: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    if !IS_PARTED {
        return vec![work(0..count)];
    }
    let (first, others) = on_threads(threads(), count, least, (), &|part, ()| work(part));
    std::iter::once(first).chain(others).collect()
}

/// Does work on the parts of a range of so many things, and joins what comes of each part to what came of those before.
pub(crate) fn joined<T: Send>(
    count: usize,
    least: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
    join: impl FnMut(T, T) -> T,
) -> T {
    if !IS_PARTED {
        return work(0..count);
    }
    let (first, others) = on_threads(threads(), count, least, (), &|part, ()| work(part));
    others.into_iter().fold(first, join)
}

/// Room for what is made of things, a slot for each, which is cut up among those who make it.
pub(crate) trait Slots: Send {
    /// Cuts off the slots of the first so many things.
    fn cut(&mut self, count: usize) -> Self;
}

impl<T: Send> Slots for &mut [T] {
    fn cut(&mut self, count: usize) -> Self {
        self.split_off_mut(..count).unwrap_or_default()
    }
}

/// Of several of one kind.
impl<S: Slots, const N: usize> Slots for [S; N] {
    fn cut(&mut self, count: usize) -> Self {
        self.each_mut().map(|slots| slots.cut(count))
    }
}

/// Of two things that are made at once.
impl<A: Slots, B: Slots> Slots for (A, B) {
    fn cut(&mut self, count: usize) -> Self {
        (self.0.cut(count), self.1.cut(count))
    }
}

/// Of what is made otherwise.
impl Slots for () {
    fn cut(&mut self, _: usize) {}
}

/// Does work on the parts of a range of so many things, each of which puts what it makes into the slots of its things:
/// nothing is moved when all are done.
pub(crate) fn fill<S: Slots>(count: usize, least: usize, slots: S, work: impl Fn(Range<usize>, S) + Sync) {
    if !IS_PARTED {
        return work(0..count, slots);
    }
    on_threads(threads(), count, least, slots, &work);
}

/// A value for each of so many things.
pub(crate) fn of_each<T: Send>(count: usize, least: usize, value: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let append = |mut all: Vec<T>, more: Vec<T>| {
        all.reserve_exact(count - all.len());
        all.extend(more);
        all
    };
    joined(count, least, |part| part.map(&value).collect(), append)
}

/// The rows, of so many, for which something holds.
pub(crate) fn rows_where(rows: usize, holds: impl Fn(usize) -> bool + Sync) -> Vec<u32> {
    let in_part = |part: Range<usize>| part.filter(|&row| holds(row)).map(|row| row as u32).collect::<Vec<u32>>();
    in_parts(rows, ROWS_A_PART, in_part).concat()
}

/// Rows put into the shards that they belong to: for each shard what is put there of each part of the rows, in order.
/// A part is gone through twice, so that `room` can be made for as many rows as come.
pub(crate) fn in_shards<S: Send>(
    rows: usize,
    shards: usize,
    shard: impl Fn(usize) -> Option<usize> + Sync,
    room: impl Fn(usize) -> S + Sync,
    put: impl Fn(&mut S, usize) + Sync,
) -> Vec<Vec<S>> {
    let parted = in_parts(rows, ROWS_A_PART, |part| {
        let mut sizes = vec![0; shards];
        for row in part.clone() {
            if let Some(size) = shard(row).and_then(|shard| sizes.get_mut(shard)) {
                *size += 1;
            }
        }
        let mut of_part: Vec<S> = sizes.into_iter().map(&room).collect();
        for row in part {
            if let Some(items) = shard(row).and_then(|shard| of_part.get_mut(shard)) {
                put(items, row);
            }
        }
        of_part
    });
    let mut of_shards: Vec<Vec<S>> = (0..shards).map(|_| Vec::new()).collect();
    for part in parted {
        of_shards.iter_mut().zip(part).for_each(|(of_shard, items)| of_shard.push(items));
    }
    of_shards
}

/// Unit tests cut all work into parts, whatever they are built for.
const IS_PARTED: bool = cfg!(any(test, feature = "parallel"));

fn threads() -> usize {
    if cfg!(test) { 3 } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// What comes of the first part, and of the others.
fn on_threads<S: Slots, T: Send>(
    threads: usize,
    count: usize,
    least: usize,
    mut slots: S,
    work: &(impl Fn(Range<usize>, S) -> T + Sync),
) -> (T, Vec<T>) {
    let parts = threads.min(count / least.max(1)).max(1);
    if parts == 1 {
        return (work(0..count, slots), Vec::new());
    }
    let mut cut = |position: usize| {
        let part = count * position / parts..count * (position + 1) / parts;
        (part.clone(), Mutex::new(slots.cut(part.len())))
    };
    let (first, others) = (cut(0), (1..parts).map(cut).collect::<Vec<_>>());
    let run = |(part, slots): &(Range<usize>, Mutex<S>)| {
        let slots = slots.lock().unwrap_or_else(PoisonError::into_inner).cut(part.len());
        work(part.clone(), slots)
    };
    std::thread::scope(|scope| {
        // This thread only waits. What all threads read lies on its stack: to work there would change the cache lines
        // that they read, and they would have to fetch them anew each time.
        let start = |part| {
            let thread = std::thread::Builder::new();
            thread.spawn_scoped(scope, move || run(part)).map_err(|_| part)
        };
        let (first, others) = (start(&first), others.iter().map(start).collect::<Vec<_>>());
        let end = |thread: Result<ScopedJoinHandle<'_, T>, &_>| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where no thread was to be had, this one does the work later.
            Err(part) => run(part),
        };
        (end(first), others.into_iter().map(end).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_part() {
        for (count, least, parts) in
            [(0, 1, 1), (1, 1, 1), (2, 1, 2), (1_000, 1, 3), (1_000, 400, 2), (1_000, 2_000, 1), (7, 0, 3)]
        {
            let list = |part: Range<usize>| {
                assert!(part.len() >= least.min(count), "{count} {least}");
                part.collect::<Vec<_>>()
            };
            let expected: Vec<usize> = (0..count).collect();
            assert_eq!(in_parts(count, least, list).len(), parts);
            assert_eq!(in_parts(count, least, list).concat(), expected);
            let on_threads = |threads| on_threads(threads, count, least, (), &|part, ()| list(part));
            assert_eq!([0, 1].map(on_threads), [0, 1].map(|_| (expected.clone(), vec![])));
            let mut filled = vec![usize::MAX; count];
            fill(count, least, filled.as_mut_slice(), |part, slots| {
                assert_eq!(part.len(), slots.len());
                slots.iter_mut().zip(part).for_each(|(slot, position)| *slot = position);
            });
            assert_eq!(filled, expected);
            let values = of_each(count, least, |position| position);
            assert_eq!((values.capacity(), values), (count, expected.clone()));
            let runs = joined(count, least, |part| vec![part], |one, other| [one, other].concat());
            assert_eq!((runs.len(), runs.into_iter().flatten().collect()), (parts, expected));
            assert!(rows_where(count, |row| row % 2 == 1).into_iter().eq((0..count as u32).filter(|row| row % 2 == 1)));
        }
    }

    #[test]
    fn rows_are_put_into_their_shards() {
        let shard = |row: usize| (row != 4).then_some(row % 3);
        let put = |rows: &mut Vec<usize>, row| {
            assert!(rows.len() < rows.capacity());
            rows.push(row);
        };
        let parted = in_shards(8, 4, shard, Vec::with_capacity, put);
        assert!(parted.into_iter().map(|parts| parts.concat()).eq([vec![0, 3, 6], vec![1, 7], vec![2, 5], vec![]]));
        let parted = in_shards(0, 1, shard, Vec::with_capacity, put);
        assert!(parted.into_iter().map(|parts| parts.concat()).eq([Vec::<usize>::new()]));
    }

    #[test]
    fn every_vector_is_answered_in_parts_as_in_one() {
        crate::vectors::compare(false);
    }
}
