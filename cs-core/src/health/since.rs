//! What is asked of two days: a score, and the one that it is compared with.

use chrono::NaiveDate;

use super::scores::Asking;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::{Day, day_argument as day};
use crate::query::{Arguments, Asked, Parameter, Takes};

pub(super) const SINCE: Parameter = Parameter::required(
    "since",
    Takes::Date,
    "The earlier day that is compared with: its close, and what was known then.",
);

/// A day, an earlier one, and a scorecard.
#[derive(Clone, Debug)]
pub struct Since {
    pub(super) asking: Asking,
    since: NaiveDate,
}

impl Since {
    pub(super) fn of(as_of: NaiveDate, since: NaiveDate) -> Self {
        Self { asking: Asking::of(as_of), since }
    }

    /// The earlier day.
    pub(super) fn earlier(&self) -> Result<Day, Problem> {
        let since = day(SINCE.name, self.since)?;
        if self.since < self.asking.as_of {
            return Ok(since);
        }
        let (since, as_of) = (self.since.to_string(), self.asking.as_of.to_string());
        let message = format!("{} is not before as_of, which is {}", quoted(&since), quoted(&as_of));
        Err(Problem::argument(Code::InvalidRange, SINCE.name, message).value(&since).help("give an earlier day"))
    }
}

impl Asked for Since {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { asking: Asking::read(arguments)?, since: arguments.day(SINCE.name)? })
    }

    fn told(&self) -> Vec<(&'static str, Json)> {
        self.asking.told().into_iter().chain([(SINCE.name, Json::Text(self.since.to_string()))]).collect()
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.asking.as_of()
    }
}
