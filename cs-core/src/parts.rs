//! Work split into parts, on as many threads as the machine has: with the feature `parallel`, else whole, on one.

use std::ops::Range;

/// Does work on the parts of a range of so many things and merges what comes of them, in order. No part is of fewer than
/// `least` things unless there are fewer in all.
pub(crate) fn in_parts<T: Send, E: Send>(
    count: usize,
    least: usize,
    work: impl Fn(Range<usize>) -> Result<T, E> + Sync,
    merge: impl FnMut(&mut T, T) -> Result<(), E>,
) -> Result<T, E> {
    if cfg!(feature = "parallel") { on_threads(count, least, &work, merge) } else { work(0..count) }
}

/// Does two things, at the same time where there are threads.
pub(crate) fn both<A, B: Send>(one: impl Fn() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    if !cfg!(feature = "parallel") {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, &other);
        let one = one();
        let other = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where no thread is to be had, this one does the other thing later.
            Err(_) => other(),
        };
        (one, other)
    })
}

fn on_threads<T: Send, E: Send>(
    count: usize,
    least: usize,
    work: &(impl Fn(Range<usize>) -> Result<T, E> + Sync),
    mut merge: impl FnMut(&mut T, T) -> Result<(), E>,
) -> Result<T, E> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = threads.min(count / least.max(1)).max(1);
    let part = |position: usize| count * position / parts..count * (position + 1) / parts;
    std::thread::scope(|scope| {
        // Where no thread is to be had, this one does the work later.
        let start = |position| {
            let thread = std::thread::Builder::new();
            thread.spawn_scoped(scope, move || work(part(position))).map_err(|_| part(position))
        };
        let started: Vec<_> = (1..parts).map(start).collect();
        let mut whole = work(part(0));
        for thread in started {
            let done = match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(part) => work(part),
            };
            whole = whole.and_then(|mut whole| {
                merge(&mut whole, done?)?;
                Ok(whole)
            });
        }
        whole
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
                Ok::<_, ()>(part.collect::<Vec<_>>())
            };
            let merge = |whole: &mut Vec<usize>, part| {
                whole.extend(part);
                Ok(())
            };
            let expected = Ok((0..count).collect::<Vec<_>>());
            assert_eq!(in_parts(count, least, list, merge), expected);
            assert_eq!(on_threads(count, least, &list, merge), expected);
        }
    }

    #[test]
    fn both_things_are_done() {
        assert_eq!(both(|| 1, || "two"), (1, "two"));
    }

    #[test]
    fn the_first_fault_is_told() {
        let fault = |part: Range<usize>| Err::<(), _>(part.start);
        assert_eq!(in_parts(100, 1, fault, |(), ()| Ok(())), Err(0));
        assert_eq!(on_threads(100, 1, &fault, |(), ()| Ok(())), Err(0));
    }
}
