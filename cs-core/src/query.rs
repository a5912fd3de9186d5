//! An operation on a portfolio that is not run yet: what it is asked, and how.

use chrono::NaiveDate;

use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::{Day, Periods, day_argument as day};
use crate::portfolio::Portfolio;
use crate::table::{Metadata, Unit};
use crate::watch::{Stage, Unwatched, Watch, tell};
use crate::word::words;

words! {
    /// Whose line of MRR is looked at.
    Level {
        /// Each customer's own.
        Customer,
        /// That of a customer's top parent, with all that belong to it.
        Parent,
    }
}

/// An operation that gives `R`, with its options; [`Query::run`] computes it.
#[must_use = "nothing is computed before `run`"]
pub struct Query<'a, R: Operation> {
    pub(crate) arguments: R::Arguments,
    options: Options<'a>,
}

/// The options that every operation has.
struct Options<'a> {
    portfolio: &'a Portfolio,
    definitions: Option<&'a Definitions>,
    known_on: Option<NaiveDate>,
    level: Level,
    by: Vec<String>,
    watch: &'a dyn Watch,
}

/// A result of an operation: what it is asked beside what all operations are, and how it comes about.
pub trait Operation: Sized {
    /// What it is asked.
    type Arguments;

    /// Computes it.
    #[doc(hidden)]
    fn compute(arguments: &Self::Arguments, context: &Context<'_>) -> Result<Self, Error>;
}

/// A result whose rows can be of groups.
pub trait Grouped: Operation {}

/// What every operation is computed from.
#[non_exhaustive]
pub struct Context<'a> {
    pub(crate) portfolio: &'a Portfolio,
    pub(crate) definitions: &'a Definitions,
    /// Only what was known at the close of this day.
    pub(crate) known_on: Option<Day>,
    pub(crate) level: Level,
    /// What rows are grouped by.
    pub(crate) by: &'a [String],
    pub(crate) watch: &'a dyn Watch,
}

/// Days from a start to an end, exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    start: NaiveDate,
    end: NaiveDate,
}

/// The name that groups customers by the period in which they first paid.
pub(crate) const COHORT: &str = "cohort";
/// The name that makes each customer's line for one product a unit of its own.
pub(crate) const PRODUCT: &str = "product";

impl<'a, R: Operation> Query<'a, R> {
    pub(crate) fn of(portfolio: &'a Portfolio, arguments: R::Arguments) -> Self {
        let (definitions, known_on, by) = (None, None, Vec::new());
        let options = Options { portfolio, definitions, known_on, level: Level::Customer, by, watch: &Unwatched };
        Self { arguments, options }
    }

    /// Other definitions than the portfolio's.
    pub fn definitions(mut self, definitions: &'a Definitions) -> Self {
        self.options.definitions = Some(definitions);
        self
    }

    /// Only what was known at the close of a day: contracts that were signed or recorded by then, ends and notices of
    /// which somebody knew. Periods that close after it have no rows.
    pub fn known_on(mut self, day: impl Into<Option<NaiveDate>>) -> Self {
        self.options.known_on = day.into();
        self
    }

    /// Whose line is looked at: each customer's own, which is the default, or that of its top parent.
    pub fn level(mut self, level: Level) -> Self {
        self.options.level = level;
        self
    }

    /// Who follows the work.
    pub fn watch(mut self, watch: &'a dyn Watch) -> Self {
        self.options.watch = watch;
        self
    }

    /// Computes the result.
    ///
    /// # Errors
    /// `invalid_range`, `date_out_of_range`, `unknown_attribute`, `invalid_argument`, `not_available` for a switch
    /// that this version does not have, `second_currency`, `too_many_digits`, `overflow`, `unknown_parent`,
    /// `parent_cycle`, and `Cancelled` where the watch says so.
    pub fn run(self) -> Result<R, Error> {
        self.run_with(|_| Ok(())).map(|(result, ())| result)
    }

    /// Those of the options that the metadata of a result does not say, by the names of arguments.
    pub(crate) fn unsaid(&self) -> [(&'static str, Json); 2] {
        let Options { by, level, .. } = &self.options;
        let by = by.iter().map(|name| Json::from(name.as_str())).collect();
        [("by", Json::Array(by)), ("level", Json::from(level.name()))]
    }

    /// Computes the result, and something else of the same.
    pub(crate) fn run_with<T>(self, also: fn(&Context<'_>) -> Result<T, Error>) -> Result<(R, T), Error> {
        let mut found = None;
        self.options.run(&mut |context| {
            found = Some((R::compute(&self.arguments, context)?, also(context)?));
            Ok(())
        })?;
        found.ok_or_else(|| Error::internal("an operation was not run"))
    }
}

impl Options<'_> {
    /// Does some work with what the options say, compiled once for all operations.
    fn run(&self, work: &mut dyn FnMut(&Context<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let portfolio = self.portfolio;
        let done = self.context().and_then(|context| work(&context));
        done.map_err(|error| error.redacted_if(portfolio.redact))
    }

    fn context(&self) -> Result<Context<'_>, Error> {
        let definitions = self.definitions.unwrap_or(&self.portfolio.definitions);
        definitions.ensure_available()?;
        Ok(Context {
            portfolio: self.portfolio,
            definitions,
            known_on: self.known_on.map(|date| day("known_on", date)).transpose()?,
            level: self.level,
            by: &self.by,
            watch: self.watch,
        })
    }
}

impl<R: Grouped> Query<'_, R> {
    /// Rows for each group of customers with the same values: columns of the table of customers, `cohort` (the first
    /// day of the period in which a customer first paid) and `product`.
    ///
    /// Groups come in the order of their values by bytes, those without a value last. With `product`, what is said of
    /// a customer is said of a customer's line for one product.
    pub fn by<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.options.by = names.into_iter().map(Into::into).collect();
        self
    }
}

impl Context<'_> {
    /// What a result is computed with; `by` are the names of its groups.
    pub(crate) fn metadata(&self, operation: &str, by: &[String]) -> Metadata {
        let unit = match (self.level, by.iter().any(|name| name == PRODUCT)) {
            (Level::Customer, false) => Unit::Customer,
            (Level::Parent, false) => Unit::Parent,
            (Level::Customer, true) => Unit::CustomerProduct,
            (Level::Parent, true) => Unit::ParentProduct,
        };
        let metadata = Metadata::new(operation, Some(self.portfolio.currency), self.definitions);
        Metadata { known_on: self.known_on, unit: Some(unit), ..metadata }
    }

    /// Tells that so much is done, and stops if nobody wants more.
    pub(crate) fn go_on(&self, done: usize, total: usize) -> Result<(), Error> {
        tell(self.watch, Stage::Write, done, total)
    }

    /// Of these periods those that had closed when what is known was known.
    pub(crate) fn closed(&self, periods: Periods) -> usize {
        let Some(known_on) = self.known_on else { return periods.len() };
        (0..periods.len()).take_while(|&position| periods.day(position + 1) <= known_on.next()).count()
    }
}

impl Range {
    pub(crate) fn of(start: NaiveDate, end: NaiveDate) -> Self {
        Self { start, end }
    }

    /// The days by the names of arguments.
    pub(crate) fn asked(self) -> Vec<(&'static str, Json)> {
        let day = |date: NaiveDate| Json::Text(date.to_string());
        vec![("start", day(self.start)), ("end", day(self.end))]
    }

    /// The range widened to whole periods.
    pub(crate) fn periods(self, definitions: &Definitions) -> Result<Periods, Problem> {
        let (start, end) = (day("start", self.start)?, day("end", self.end)?);
        definitions.calendar().periods(start, end).ok_or_else(|| {
            let (start, end) = (start.to_string(), end.to_string());
            let message = format!("the range ends on {}, not after its start on {}", quoted(&end), quoted(&start));
            Problem::argument(Code::InvalidRange, "end", message)
                .value(&end)
                .help("the end is the first day that is not in the range any more")
        })
    }
}
