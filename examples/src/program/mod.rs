//! What programs that tell of a book have in common: how they are called, how a book comes in, how text looks in a terminal.
//!
//! `facts` (which tables of them there are) -> `arguments` (what is asked) -> `files` -> `book` (files in, or a book drawn; a portfolio out);
//! `loading` is what became of every row (`names` is what rows at fault are called), `failure` why nothing is told. `grid`, `statement`,
//! `ink` and `money` are how it looks in a terminal, `bar` is what moves meanwhile.

pub(crate) mod arguments;
mod bar;
pub(crate) mod book;
mod facts;
pub(crate) mod failure;
pub(crate) mod files;
pub(crate) mod grid;
mod ink;
pub(crate) mod loading;
pub(crate) mod money;
mod names;
pub(crate) mod statement;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write, stderr, stdout};
use std::process::ExitCode;

use cs_core::{Unwatched, Watch};

use arguments::{Arguments, Call, Manual};
use bar::Bar;
use failure::Failure;
pub use failure::Outcome;
pub use ink::Ink;
pub(crate) use ink::Tone;

/// A program that tells something of a book.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    pub(crate) manual: Manual,
    /// All that it tells; its files are written on the way.
    pub(crate) tell: fn(&Arguments, Ink, &dyn Watch) -> Result<String, Failure>,
}

impl Program {
    /// Runs it as it is called from a terminal.
    #[must_use]
    pub fn main(&self) -> ExitCode {
        let silenced = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let ink = if stdout().is_terminal() && !silenced { Ink::Coloured } else { Ink::Plain };
        let bar = Bar::default();
        let watch: &dyn Watch = if stderr().is_terminal() { &bar } else { &Unwatched };
        let arguments = std::env::args_os().skip(1);
        let (mut out, mut err) = (stdout().lock(), stderr());
        self.run(arguments, ink, watch, &mut bar.before(&mut out), &mut bar.before(&mut err)).into()
    }

    /// Runs it: `arguments` without the program's name, what it tells to `out`, what is wrong to `err`; `watch` is told how
    /// far the work is.
    ///
    /// Nothing is written to `out` before all is known.
    pub fn run(
        &self,
        arguments: impl IntoIterator<Item = OsString>,
        ink: Ink,
        watch: &dyn Watch,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Outcome {
        let manual = &self.manual;
        let text = arguments::parse(manual, arguments).map_err(Failure::WrongCall).and_then(|call| match call {
            Call::Help => Ok(manual.help()),
            Call::Review(arguments) => (self.tell)(&arguments, ink, watch),
        });
        let (outcome, complaint) = match text {
            Ok(text) => match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                Ok(()) => return Outcome::Reviewed,
                // Whoever reads has read enough.
                Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => return Outcome::Reviewed,
                Err(fault) => (Outcome::Refused, format!("the review could not be written: {fault}\n")),
            },
            Err(Failure::Refused(text)) => (Outcome::Refused, text),
            Err(Failure::WrongCall(sentence)) => (Outcome::WrongCall, format!("{sentence}\n\n{}", manual.usage())),
        };
        // Where even that cannot be written, the exit code still says it.
        let _ = err.write_all(format!("{}: {complaint}", manual.name).as_bytes());
        outcome
    }
}
