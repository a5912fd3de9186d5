//! Errors of the core as exceptions, and nothing else ever: a panic is one too.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cs_core::{Error, Problem, wire};
use pyo3::prelude::*;

/// Why a call fails: the library refuses what it is given, or Python itself fails.
pub(crate) enum Failure {
    Library(Error),
    Python(PyErr),
}

impl Failure {
    /// The exception, without user input where errors are redacted.
    pub(crate) fn raised(self, py: Python<'_>, redact: bool) -> PyErr {
        match self {
            Self::Library(error) => raised(py, &error.redacted_if(redact)),
            Self::Python(exception) => exception,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Library(problem.into())
    }
}

impl From<PyErr> for Failure {
    fn from(exception: PyErr) -> Self {
        Self::Python(exception)
    }
}

/// The exception of an error.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let name = match error {
        Error::InvalidInput(_) => "InvalidInput",
        Error::InvalidArgument(_) => "InvalidArgument",
        _ => "InternalError",
    };
    let exception = py
        .import("customer_success._errors")
        .and_then(|module| module.getattr(name))
        .and_then(|class| class.call1((wire::error_object(error).to_string(),)));
    exception.map_or_else(|failure| failure, PyErr::from_value)
}

/// All that any function does that Python can call, as a test reads; a panic becomes an exception.
pub(crate) fn entry<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Python::attach(|py| raised(py, &panicked(&*panic)))))
}

/// The error that a panic is.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
    Error::internal(message.unwrap_or("the library failed in an unknown way"))
}
