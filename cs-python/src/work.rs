//! Long work, away from the interpreter: its lock is free meanwhile, and Ctrl-C is answered at once.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use cs_core::{Error, Stage, Watch};
use pyo3::prelude::*;

use crate::errors::{panicked, raised};

/// How long the interpreter waits before it looks whether the user wants to stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// Runs work of the core on a thread of its own; an error or a panic becomes an exception. If the user interrupts, that
/// is raised at once, and the thread ends when it next reports to its watch.
pub(crate) fn watched<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&dyn Watch) -> Result<T, Error> + Send + 'static,
) -> PyResult<T> {
    let stop = Arc::new(Stop::default());
    let watch = Arc::clone(&stop);
    let (done, result) = channel();
    thread::Builder::new().spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&*watch))).unwrap_or_else(|panic| Err(panicked(&*panic)));
        // Nobody waits any more after an interrupt.
        let _ = done.send(outcome);
    })?;
    py.detach(move || {
        loop {
            match result.recv_timeout(PATIENCE) {
                Ok(outcome) => break outcome.map_err(|error| Python::attach(|py| raised(py, &error))),
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(interrupt) = Python::attach(|py| py.check_signals()) {
                        stop.0.store(true, Ordering::Relaxed);
                        break Err(interrupt);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let error = Error::internal("the work ended without a result");
                    break Err(Python::attach(|py| raised(py, &error)));
                }
            }
        }
    })
}

/// Whether the user has interrupted.
#[derive(Default)]
struct Stop(AtomicBool);

impl Watch for Stop {
    fn progress(&self, _stage: Stage, _done: u64, _total: u64) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
