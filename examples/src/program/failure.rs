//! How a program ends, and why nothing is told.

use std::process::ExitCode;

use cs_core::Error;

use super::ink::Ink;
use super::loading::{Listing, Telling, sentence};

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The review was written: exit code 0.
    Reviewed,
    /// The input is not one that can be reviewed, or the review could not be written: exit code 1.
    Refused,
    /// The call is wrong: exit code 2.
    WrongCall,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Reviewed => 0,
            Outcome::Refused => 1,
            Outcome::WrongCall => 2,
        })
    }
}

/// Why there is no review.
pub(crate) enum Failure {
    /// The call is wrong, in a sentence.
    WrongCall(String),
    /// The input is not one that can be reviewed, as text of several lines.
    Refused(String),
}

impl Failure {
    /// A fault of an argument is the caller's; a fault of input lists its problems.
    pub(crate) fn of(error: Error, telling: &Telling) -> Self {
        match error {
            Error::InvalidArgument(problem) => Self::WrongCall(sentence(&problem)),
            Error::InvalidInput(problems) => {
                let listed = Listing::of("problem", &problems, telling).render(Ink::Plain);
                Self::Refused(format!("the input is refused, and nothing was computed\n\n{listed}"))
            }
            other => Self::Refused(format!("{other}\n")),
        }
    }
}
