//! How a caller follows long work and stops it.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::Error;

/// Work is reported to its watch every so many customers or rows: often enough to stop within a fraction of a second.
pub(crate) const STRIDE: usize = 1 << 14;

/// What the library is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Reading a file, in bytes, or a column, in rows.
    Read,
    /// Checking what was read and building the portfolio, in steps.
    Check,
    /// Pricing contracts.
    Price,
    /// Walking customers' timelines.
    Ledger,
    /// Writing the rows of a result.
    Write,
}

/// Follows long work: told of progress now and then, and asked whether to go on.
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

/// The progress of work that is done in parts.
pub(crate) struct Progress<'w> {
    watch: &'w dyn Watch,
    stage: Stage,
    done: AtomicUsize,
    total: usize,
    is_stopped: AtomicBool,
}

impl<'w> Progress<'w> {
    pub(crate) fn of(watch: &'w dyn Watch, stage: Stage, total: usize) -> Self {
        Self { watch, stage, done: AtomicUsize::new(0), total, is_stopped: AtomicBool::new(false) }
    }

    /// Reports, when it is due, that a part has come to its `turn`th step; once one is told to stop, all stop.
    #[inline]
    pub(crate) fn report(&self, turn: usize) -> Result<(), Error> {
        if turn.is_multiple_of(STRIDE) { self.tell(turn) } else { Ok(()) }
    }

    #[inline(never)]
    fn tell(&self, turn: usize) -> Result<(), Error> {
        let more = if turn == 0 { 0 } else { STRIDE };
        let done = (self.done.fetch_add(more, Ordering::Relaxed) + more).min(self.total);
        if self.is_stopped.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        match self.watch.progress(self.stage, done as u64, self.total as u64) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                self.is_stopped.store(true, Ordering::Relaxed);
                Err(Error::Cancelled)
            }
        }
    }
}

/// Reports step `done` of `total` when one is due.
#[inline]
pub(crate) fn report(watch: &dyn Watch, stage: Stage, done: usize, total: usize) -> Result<(), Error> {
    if !done.is_multiple_of(STRIDE) {
        return Ok(());
    }
    match watch.progress(stage, done as u64, total as u64) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
}
