//! A bar that shows how far work is that takes longer than a second.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use cs_core::{Stage, Watch};

/// Work that is over by then shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn, at most.
const PAUSE: Duration = Duration::from_millis(100);
const WIDTH: u64 = 30;

/// A bar on standard error, for terminals.
#[derive(Debug)]
pub(super) struct Bar {
    start: Instant,
    /// When it was drawn last; none before the first time.
    drawn: Mutex<Option<Instant>>,
}

impl Default for Bar {
    fn default() -> Self {
        Self { start: Instant::now(), drawn: Mutex::new(None) }
    }
}

impl Watch for Bar {
    fn progress(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        let now = Instant::now();
        // What another thread is drawing need not be drawn twice.
        if now.duration_since(self.start) >= PATIENCE
            && let Ok(mut drawn) = self.drawn.try_lock()
            && drawn.is_none_or(|last| now.duration_since(last) >= PAUSE)
        {
            *drawn = Some(now);
            // A bar that cannot be drawn is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{}", line(stage, done, total));
        }
        ControlFlow::Continue(())
    }
}

impl Bar {
    /// The same output, before whose first text the bar is taken away.
    pub(super) fn before<'b>(&'b self, out: &'b mut dyn Write) -> impl Write {
        Cleared { bar: self, out }
    }

    fn clear(&self) {
        if self.drawn.lock().is_ok_and(|mut drawn| drawn.take().is_some()) {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(60));
        }
    }
}

/// Output that takes the bar away.
struct Cleared<'b> {
    bar: &'b Bar,
    out: &'b mut dyn Write,
}

impl Write for Cleared<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bar.clear();
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// The bar, always of one width.
fn line(stage: Stage, done: u64, total: u64) -> String {
    let doing = match stage {
        Stage::Draw => "drawing the book",
        Stage::Read => "reading",
        Stage::Check => "checking",
        Stage::Price => "pricing",
        Stage::Ledger => "walking lines",
        _ => "writing",
    };
    let full = (done.min(total) * WIDTH).checked_div(total).unwrap_or(WIDTH);
    let bar = "#".repeat(full as usize) + &"-".repeat((WIDTH - full) as usize);
    format!("{doing:<18} [{bar}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_the_work_is_done() {
        assert_eq!(line(Stage::Ledger, 5, 10), format!("walking lines      [{}{}]", "#".repeat(15), "-".repeat(15)));
        assert_eq!(line(Stage::Read, 0, 0), format!("reading            [{}]", "#".repeat(30)));
        assert_eq!(line(Stage::Write, 11, 10), format!("writing            [{}]", "#".repeat(30)));
    }

    #[test]
    fn short_work_shows_none() {
        let bar = Bar::default();
        assert_eq!(bar.progress(Stage::Read, 1, 2), ControlFlow::Continue(()));
        assert!(bar.drawn.lock().unwrap().is_none());
    }
}
