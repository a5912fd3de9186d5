//! How far back retention looks.

use std::fmt;

use crate::error::{Code, Problem, quoted};
use crate::period::{Day, Periods};
use crate::query::{Parameter, Takes};

/// The argument.
pub(super) const WINDOW: Parameter = Parameter::optional(
    "window",
    Takes::Text,
    "\"12 months\"",
    "What each period's close is compared with: the close so many months earlier, or period for its own opening.",
);

/// What retention compares the close of a period with.
///
/// ```
/// use cs_core::Window;
/// assert_eq!("12 months".parse(), Ok(Window::default()));
/// assert_eq!(Window::months(3).map(|window| window.to_string()).as_deref(), Some("3 months"));
/// assert!("3 month".parse::<Window>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The close of the day before the period.
    Period,
    /// The close so many months earlier, by [`Window::months`].
    Months(Months),
}

/// A number of months from 1 to [`Months::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months(u32);

/// Why a text is no window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither `period` nor from `1 months` to `{} months`", Months::MOST)]
pub struct WindowError;

impl Months {
    /// A hundred years.
    pub const MOST: u32 = 1_200;
}

impl Window {
    /// The window of so many months, from 1 to 1,200.
    #[must_use]
    pub fn months(months: u32) -> Option<Self> {
        (1..=Months::MOST).contains(&months).then_some(Self::Months(Months(months)))
    }

    /// The first day of the window that ends with a period.
    pub(super) fn start(self, periods: Periods, position: usize) -> Day {
        match self {
            Self::Period => periods.day(position),
            Self::Months(Months(months)) => periods.day(position + 1).months_before(months),
        }
    }
}

/// A year.
impl Default for Window {
    fn default() -> Self {
        Self::Months(Months(12))
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period => f.pad("period"),
            Self::Months(Months(months)) => f.pad(&format!("{months} months")),
        }
    }
}

impl std::str::FromStr for Window {
    type Err = WindowError;

    /// `period`, or a number of months in the form `12 months`.
    fn from_str(text: &str) -> Result<Self, WindowError> {
        if text == "period" {
            return Ok(Self::Period);
        }
        let number = text.strip_suffix(" months").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let plain = number.filter(|number| !number.starts_with('0'));
        plain.and_then(|number| number.parse().ok()).and_then(Self::months).ok_or(WindowError)
    }
}

impl WindowError {
    /// The fault of an argument.
    pub(crate) fn problem(self, text: &str) -> Problem {
        Problem::argument(Code::InvalidArgument, WINDOW.name, format!("{} is not a window", quoted(text)))
            .value(text)
            .help("give period, or a number of months such as 12 months, up to 1200 months")
    }
}
