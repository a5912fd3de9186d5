//! Work split into parts, on as many threads as the machine has: with the feature `parallel`, else on one.

use std::ops::Range;

/// Does work on the parts of a range of so many things, and gives what came of each part, in order. No part is of fewer
/// than `least` things unless there are fewer in all.
pub(crate) fn in_parts<T: Send>(count: usize, least: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let parts = threads().min(count / least.max(1)).max(1);
    let part = |position: usize| count * position / parts..count * (position + 1) / parts;
    together((0..parts).map(part).collect(), work)
}

#[cfg(feature = "parallel")]
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(not(feature = "parallel"))]
fn threads() -> usize {
    1
}

#[cfg(feature = "parallel")]
fn together<T: Send>(parts: Vec<Range<usize>>, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let work = &work;
    std::thread::scope(|scope| {
        let mut parts = parts.into_iter();
        let first = parts.next();
        let started: Vec<_> = parts
            .map(|part| {
                let thread = std::thread::Builder::new();
                let own = part.clone();
                // Where no thread is to be had, this one does the work later.
                thread.spawn_scoped(scope, move || work(own)).map_err(|_| part)
            })
            .collect();
        let first = first.map(work);
        let rest = started.into_iter().map(|thread| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(part) => work(part),
        });
        first.into_iter().chain(rest).collect()
    })
}

#[cfg(not(feature = "parallel"))]
fn together<T: Send>(parts: Vec<Range<usize>>, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    parts.into_iter().map(work).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_part() {
        for (count, least) in [(0, 1), (1, 1), (2, 1), (1_000, 1), (1_000, 400), (1_000, 2_000), (7, 0)] {
            let parts = in_parts(count, least, |part| part.collect::<Vec<_>>());
            assert!(parts.iter().all(|part| part.len() >= least.min(count)), "{count} {least}");
            assert_eq!(parts.concat(), (0..count).collect::<Vec<_>>());
        }
    }
}
