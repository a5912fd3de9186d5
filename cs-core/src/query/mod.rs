//! An operation on a portfolio: what it is asked, and how.

mod arguments;
#[cfg(feature = "rooms")]
mod as_of;
mod context;
mod errors;
#[cfg(feature = "rooms")]
mod given;
mod level;
#[cfg(any(feature = "rooms", feature = "health"))]
mod millionths;
mod operation;
mod parameters;
mod range;

pub(crate) use arguments::{Arguments, missing_argument};
#[cfg(feature = "rooms")]
pub(crate) use as_of::AsOf;
pub(crate) use context::{COHORT, Context, PRODUCT};
pub use errors::Errors;
#[cfg(feature = "rooms")]
pub(crate) use given::Array;
#[cfg(feature = "rooms")]
pub(crate) use given::{Given, unexpected_number};
pub use level::Level;
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub(crate) use millionths::share_argument;
#[cfg(any(feature = "rooms", feature = "health"))]
pub(crate) use millionths::{ONE, read_millionths};
#[cfg(feature = "rooms")]
pub(crate) use operation::Function;
pub(crate) use operation::Reported;
pub(crate) use operation::{About, Asked, KNOW_YOUR_METRICS, Told};
pub use operation::{Grouped, KnownOn, Operation, OverPeriods};
#[cfg(any(feature = "rooms", feature = "health"))]
pub(crate) use parameters::MANY_DAYS;
pub(crate) use parameters::{
    AS_OF, BY, DEFINITIONS, END, KNOWN_ON, LEVEL, START, as_of_parameters, parameters, place, positional,
};
#[cfg(feature = "rooms")]
pub(crate) use parameters::{AS_SEEN, CUSTOMERS_BY, as_seen_parameters};
pub use parameters::{Parameter, Takes};
pub(crate) use range::Range;

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::definitions::Definitions;
use crate::error::Error;
use crate::json::Json;
use crate::period::day_argument as day;
use crate::portfolio::Portfolio;
use crate::table::Heading;
use crate::watch::{Unwatched, Watch};

/// An operation that gives `R`, with its options; [`Query::run`] computes it.
#[must_use = "nothing is computed before `run`"]
pub struct Query<'a, R: Operation> {
    pub(crate) asked: R::Asked,
    pub(crate) options: Options<'a>,
}

/// The options that every operation has.
pub(crate) struct Options<'a> {
    pub(crate) portfolio: &'a Portfolio,
    definitions: Cow<'a, Definitions>,
    known_on: Option<NaiveDate>,
    level: Level,
    by: Vec<String>,
    watch: &'a dyn Watch,
}

impl<'a, R: Operation> Query<'a, R> {
    pub(crate) fn of(portfolio: &'a Portfolio, asked: R::Asked) -> Self {
        let options = Options {
            portfolio,
            definitions: Cow::Borrowed(&portfolio.definitions),
            known_on: None,
            level: Level::Customer,
            by: Vec::new(),
            watch: &Unwatched,
        };
        Self { asked, options }
    }

    /// Other definitions than the portfolio's.
    pub fn definitions(mut self, definitions: &'a Definitions) -> Self {
        self.options.definitions = Cow::Borrowed(definitions);
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
    /// `parent_cycle`, `limit_exceeded` for more rows than the limit `result_rows`, and `Cancelled` where the watch says
    /// so.
    pub fn run(self) -> Result<R, Error> {
        self.run_with(|_| Ok(())).map(|(result, ())| result)
    }

    /// Computes the result, and something else of the same.
    pub(crate) fn run_with<T>(self, also: fn(&Context<'_>) -> Result<T, Error>) -> Result<(R, T), Error> {
        let as_of = self.asked.as_of();
        self.options.run(R::HEADING, as_of, |context| Ok((R::compute(&self.asked, context)?, also(context)?)))
    }
}

impl<R: KnownOn> Query<'_, R> {
    /// Only what was known at the close of a day: contracts that were signed or recorded by then, ends and notices of
    /// which somebody knew. Periods that close after it have no rows.
    pub fn known_on(mut self, day: impl Into<Option<NaiveDate>>) -> Self {
        self.options.known_on = day.into();
        self
    }
}

impl<R: OverPeriods> Query<'_, R> {
    /// Whose line is looked at: each customer's own, which is the default, or that of its top parent.
    pub fn level(mut self, level: Level) -> Self {
        self.options.level = level;
        self
    }
}

impl<'a> Options<'a> {
    /// Takes them from the arguments of a call.
    pub(crate) fn read(
        portfolio: &'a Portfolio,
        arguments: &Arguments<'_>,
        watch: &'a dyn Watch,
    ) -> Result<Self, Error> {
        Ok(Self {
            portfolio,
            definitions: arguments.definitions(portfolio)?,
            level: if arguments.takes(&LEVEL) { arguments.word(LEVEL.name)? } else { Level::Customer },
            known_on: if arguments.takes(&KNOWN_ON) { arguments.optional_day(KNOWN_ON.name)? } else { None },
            by: if arguments.takes(&BY) { arguments.names(BY.name)? } else { Vec::new() },
            watch,
        })
    }

    /// Those of the options that the metadata of a result does not say, by the names of arguments.
    pub(crate) fn unsaid(&self) -> [(&'static str, Json); 2] {
        let by = self.by.iter().map(|name| Json::from(name.as_str())).collect();
        [(BY.name, Json::Array(by)), (LEVEL.name, Json::from(self.level.name()))]
    }

    /// Does some work with what the options say.
    pub(crate) fn run<T>(
        &self,
        result: Heading,
        as_of: Option<NaiveDate>,
        work: impl FnOnce(&Context<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.context(result, as_of).and_then(|context| work(&context));
        done.map_err(|error| error.redacted_if(self.portfolio.redact))
    }

    fn context(&self, (operation, columns): Heading, as_of: Option<NaiveDate>) -> Result<Context<'_>, Error> {
        self.definitions.ensure_available()?;
        let as_of = as_of.map(|date| day(AS_OF.name, date)).transpose()?;
        Ok(Context {
            operation,
            columns,
            portfolio: self.portfolio,
            definitions: &self.definitions,
            as_of,
            // Who looks from a day sees what was known on it.
            known_on: as_of.or(self.known_on.map(|date| day(KNOWN_ON.name, date)).transpose()?),
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
