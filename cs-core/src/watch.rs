//! How a caller follows long work and stops it.

use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::error::Error;

/// Work is reported to its watch every so many customers or rows: often enough to stop within a fraction of a second.
pub(crate) const STRIDE: usize = 1 << 14;

/// What the library is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Drawing a synthetic book, in customers.
    Draw,
    /// Reading a file, in bytes, or a column, in rows.
    Read,
    /// Checking what was read and building the portfolio, in steps.
    Check,
    /// Pricing contracts.
    Price,
    /// Walking customers' timelines.
    Ledger,
    /// Drawing customers again and again, in draws.
    Resample,
    /// Writing the rows of a result.
    Write,
}

/// Follows long work: told of progress now and then, and asked whether to go on.
///
/// With the feature `parallel` it may be told by several threads at once: `done` need not rise from one call to the
/// next, and a few calls may still come after a `Break`.
///
/// ```
/// use std::ops::ControlFlow;
/// use cs_core::{Stage, Watch};
///
/// struct Bar;
/// impl Watch for Bar {
///     fn progress(&self, _stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
///         eprint!("\r{done} of {total}");
///         ControlFlow::Continue(())
///     }
/// }
/// ```
pub trait Watch: Sync {
    /// `done` of `total` steps of `stage` are over; `Break` stops the work with [`Error::Cancelled`].
    fn progress(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()>;
}

/// Lets all work run to its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _stage: Stage, _done: u64, _total: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// The progress of work that is done in parts, and why it stopped where one of them did.
pub(crate) struct Progress<'w> {
    watch: &'w dyn Watch,
    stage: Stage,
    done: AtomicUsize,
    total: usize,
    stopped: OnceLock<Error>,
}

/// A part has stopped; [`Progress::why`] says why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Parts report every so many steps; a part may have fewer than [`STRIDE`].
pub(crate) const STRIDE_OF_PARTS: usize = 1 << 11;

impl<'w> Progress<'w> {
    pub(crate) fn of(watch: &'w dyn Watch, stage: Stage, total: usize) -> Self {
        Self { watch, stage, done: AtomicUsize::new(0), total, stopped: OnceLock::new() }
    }

    /// Reports, when it is due, that a part has come to its `turn`th step; once one part stops, all do.
    #[inline]
    pub(crate) fn report(&self, turn: usize) -> Result<(), Error> {
        if turn.is_multiple_of(STRIDE_OF_PARTS) { self.go_on(turn) } else { Ok(()) }
    }

    /// Reports that one more step is done.
    pub(crate) fn step(&self) -> Result<(), Error> {
        if self.stopped.get().is_some() {
            return Err(Error::Cancelled);
        }
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        tell(self.watch, self.stage, done.min(self.total), self.total)
    }

    #[inline(never)]
    fn go_on(&self, turn: usize) -> Result<(), Error> {
        if self.stopped.get().is_some() {
            return Err(Error::Cancelled);
        }
        let more = if turn == 0 { 0 } else { STRIDE_OF_PARTS };
        let done = (self.done.fetch_add(more, Ordering::Relaxed) + more).min(self.total);
        tell(self.watch, self.stage, done, self.total)
    }

    /// Stops all parts; the first error is the one that counts.
    pub(crate) fn stop(&self, error: Error) -> Stopped {
        // Another part may have stopped before.
        let _ = self.stopped.set(error);
        Stopped
    }

    /// Why it stopped.
    pub(crate) fn why(&self) -> Error {
        self.stopped.get().cloned().unwrap_or(Error::Cancelled)
    }
}

/// Reports step `done` of `total` when one is due.
#[inline]
pub(crate) fn report(watch: &dyn Watch, stage: Stage, done: usize, total: usize) -> Result<(), Error> {
    if done.is_multiple_of(STRIDE) { tell(watch, stage, done, total) } else { Ok(()) }
}

/// Reports, and stops if nobody wants more.
pub(crate) fn tell(watch: &dyn Watch, stage: Stage, done: usize, total: usize) -> Result<(), Error> {
    match watch.progress(stage, done as u64, total as u64) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
}
