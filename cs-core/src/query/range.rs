//! Days from a start to an end.

use chrono::NaiveDate;

use super::{Arguments, Asked, END, START, Told};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::{Periods, day_argument as day};

/// Days from a start to an end, exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    start: NaiveDate,
    end: NaiveDate,
}

impl Asked for Range {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self::of(arguments.day(START.name)?, arguments.day(END.name)?))
    }
}

impl Told for Range {
    fn told(&self) -> Vec<(&'static str, Json)> {
        vec![(START.name, Json::Text(self.start.to_string())), (END.name, Json::Text(self.end.to_string()))]
    }
}

impl Range {
    pub(crate) fn of(start: NaiveDate, end: NaiveDate) -> Self {
        Self { start, end }
    }

    /// The first day, and the day after the last.
    #[cfg(feature = "rooms")]
    pub(crate) fn bounds(self) -> [NaiveDate; 2] {
        [self.start, self.end]
    }

    /// The range widened to whole periods.
    pub(crate) fn periods(self, definitions: &Definitions) -> Result<Periods, Problem> {
        let (start, end) = (day(START.name, self.start)?, day(END.name, self.end)?);
        definitions.calendar().periods(start, end).ok_or_else(|| {
            let (start, end) = (start.to_string(), end.to_string());
            let message = format!("the range ends on {}, not after its start on {}", quoted(&end), quoted(&start));
            Problem::argument(Code::InvalidRange, END.name, message)
                .value(&end)
                .help("the end is the first day that is not in the range any more")
        })
    }
}
