//! How a caller follows long work and stops it.

use std::ops::ControlFlow;

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
