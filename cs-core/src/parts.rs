//! Work split into parts, on as many threads as the machine has: with the feature `parallel`, else whole, on one.

use std::ops::Range;

/// So many rows of a table are worth a thread.
pub(crate) const ROWS: usize = if cfg!(test) { 4 } else { 1 << 15 };

/// Does work on the parts of a range of so many things; gives what comes of each part, in order, and of an empty range
/// too. No part is of fewer than `least` things unless there are fewer in all.
pub(crate) fn in_parts<T: Send>(count: usize, least: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    if cfg!(feature = "parallel") { on_threads(count, least, &work) } else { vec![work(0..count)] }
}

/// A value for each of so many things.
pub(crate) fn of_each<T: Send>(count: usize, least: usize, value: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let values = in_parts(count, least, |part| part.map(&value).collect::<Vec<T>>()).into_iter();
    let append = |mut all: Vec<T>, more| {
        all.extend(more);
        all
    };
    values.reduce(append).unwrap_or_default()
}

/// What there is to tell of some of so many things, in their order.
pub(crate) fn found<T: Clone + Send>(count: usize, least: usize, tell: impl Fn(usize) -> Option<T> + Sync) -> Vec<T> {
    in_parts(count, least, |part| part.filter_map(&tell).collect::<Vec<T>>()).concat()
}

/// Rows put into the shards that they belong to: for each shard what is put there of each part of the rows, in order.
/// `room` is made for so many rows of a part; a part is gone through twice, so that nothing is moved to make room.
pub(crate) fn in_shards<S: Send>(
    rows: usize,
    shards: usize,
    shard: impl Fn(usize) -> Option<usize> + Sync,
    room: impl Fn(usize) -> S + Sync,
    put: impl Fn(&mut S, usize) + Sync,
) -> Vec<Vec<S>> {
    let parted = in_parts(rows, ROWS, |part| {
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

fn on_threads<T: Send>(count: usize, least: usize, work: &(impl Fn(Range<usize>) -> T + Sync)) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = threads.min(count / least.max(1)).max(1);
    let part = |position: usize| count * position / parts..count * (position + 1) / parts;
    if parts == 1 {
        return vec![work(0..count)];
    }
    std::thread::scope(|scope| {
        // This thread only waits: what it wrote beside what all of them read, they would have to fetch anew each time.
        let start = |position| {
            let thread = std::thread::Builder::new();
            thread.spawn_scoped(scope, move || work(part(position))).map_err(|_| part(position))
        };
        let started: Vec<_> = (0..parts).map(start).collect();
        let done = started.into_iter().map(|thread| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where no thread was to be had, this one does the work later.
            Err(part) => work(part),
        });
        done.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_part() {
        for (count, least) in [(0, 1), (1, 1), (2, 1), (1_000, 1), (1_000, 400), (1_000, 2_000), (7, 0)] {
            let list = |part: Range<usize>| {
                assert!(part.len() >= least.min(count), "{count} {least}");
                part.collect::<Vec<_>>()
            };
            let expected: Vec<usize> = (0..count).collect();
            assert_eq!(in_parts(count, least, list).concat(), expected);
            assert_eq!(on_threads(count, least, &list).concat(), expected);
            assert!(!in_parts(count, least, list).is_empty());
            assert_eq!(of_each(count, least, |position| position), expected);
            let half = |position: usize| position.is_multiple_of(2).then_some(position / 2);
            assert!(found(count, least, half).into_iter().eq(0..count.div_ceil(2)));
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
}
