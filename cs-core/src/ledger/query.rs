//! An operation over a range of days, with its options.

use chrono::NaiveDate;

use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, quoted};
use crate::period::{Day, Periods};
use crate::portfolio::Portfolio;
use crate::watch::{Unwatched, Watch};

/// An operation over the days from a start to an end (exclusive), not run yet.
#[must_use = "nothing is computed before `run`"]
pub struct RangeQuery<'a, R> {
    portfolio: &'a Portfolio,
    start: NaiveDate,
    end: NaiveDate,
    definitions: Option<&'a Definitions>,
    watch: &'a dyn Watch,
    run: fn(&Context<'_>) -> Result<R, Error>,
}

/// What an operation over a range is computed from.
pub(crate) struct Context<'a> {
    pub(crate) portfolio: &'a Portfolio,
    pub(crate) periods: Periods,
    pub(crate) definitions: &'a Definitions,
    pub(crate) watch: &'a dyn Watch,
}

impl<'a, R> RangeQuery<'a, R> {
    pub(super) fn of(
        portfolio: &'a Portfolio,
        start: NaiveDate,
        end: NaiveDate,
        run: fn(&Context<'_>) -> Result<R, Error>,
    ) -> Self {
        Self { portfolio, start, end, definitions: None, watch: &Unwatched, run }
    }

    /// Other definitions than the portfolio's.
    pub fn definitions(mut self, definitions: &'a Definitions) -> Self {
        self.definitions = Some(definitions);
        self
    }

    /// Who follows the work.
    pub fn watch(mut self, watch: &'a dyn Watch) -> Self {
        self.watch = watch;
        self
    }

    /// Computes the result.
    ///
    /// # Errors
    /// `invalid_range`, `date_out_of_range`, `not_available` for a switch that this version does not have,
    /// `second_currency`, `too_many_digits`, `overflow`, and `Cancelled` where the watch says so.
    pub fn run(self) -> Result<R, Error> {
        let redact = self.portfolio.redact;
        self.result().map_err(|error| error.redacted_if(redact))
    }

    fn result(self) -> Result<R, Error> {
        let definitions = self.definitions.unwrap_or(&self.portfolio.definitions);
        definitions.ensure_available()?;
        let day = |name: &str, date: NaiveDate| {
            Day::try_from(date).map_err(|fault| fault.problem(&date.to_string()).in_argument(name))
        };
        let (start, end) = (day("start", self.start)?, day("end", self.end)?);
        let periods = definitions.calendar().periods(start, end).ok_or_else(|| {
            let (start, end) = (start.to_string(), end.to_string());
            let message = format!("the range ends on {}, not after its start on {}", quoted(&end), quoted(&start));
            Problem::argument(Code::InvalidRange, "end", message)
                .value(&end)
                .help("the end is the first day that is not in the range any more")
        })?;
        let context = Context { portfolio: self.portfolio, periods, definitions, watch: self.watch };
        (self.run)(&context)
    }
}
