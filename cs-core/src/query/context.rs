//! What an operation is computed from.

use super::{AS_OF, BY, END, Level};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem};
use crate::period::{Day, Periods};
use crate::portfolio::Portfolio;
use crate::table::{ColumnDoc, Metadata, Unit};
use crate::watch::{Stage, Watch, tell};

/// What every operation is computed from.
#[derive(Clone)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The name of the operation.
    pub(super) operation: &'static str,
    /// The columns of its result, behind those of groups.
    pub(crate) columns: &'static [ColumnDoc],
    pub(crate) portfolio: &'a Portfolio,
    pub(crate) definitions: &'a Definitions,
    /// The day that the result looks from.
    pub(crate) as_of: Option<Day>,
    /// Only what was known at the close of this day.
    pub(crate) known_on: Option<Day>,
    pub(crate) level: Level,
    /// What rows are grouped by.
    pub(crate) by: &'a [String],
    pub(crate) watch: &'a dyn Watch,
}

/// The name that groups customers by the period in which they first paid.
pub(crate) const COHORT: &str = "cohort";
/// The name that makes each customer's line for one product a unit of its own.
pub(crate) const PRODUCT: &str = "product";

impl<'a> Context<'a> {
    /// What the result is computed with.
    pub(crate) fn metadata(&self) -> Metadata {
        let unit = match (self.level, self.by.iter().any(|name| name == PRODUCT)) {
            (Level::Customer, false) => Unit::Customer,
            (Level::Parent, false) => Unit::Parent,
            (Level::Customer, true) => Unit::CustomerProduct,
            (Level::Parent, true) => Unit::ParentProduct,
        };
        let metadata = Metadata::new(self.operation, Some(self.portfolio.currency), self.definitions);
        let known_on = if self.as_of.is_some() { None } else { self.known_on };
        Metadata { as_of: self.as_of, known_on, unit: Some(unit), ..metadata }
    }

    /// The same at the close of another day, by what was known then.
    pub(crate) fn at(&self, day: Day) -> Self {
        Self { as_of: Some(day), known_on: Some(day), ..self.clone() }
    }

    /// The same, grouped by other names, whatever columns the result has.
    #[cfg(feature = "rooms")]
    pub(crate) fn grouped<'b>(&self, names: &'b [String]) -> Context<'b>
    where
        'a: 'b,
    {
        Context { by: names, columns: &[], ..self.clone() }
    }

    /// Tells that so much is done, and stops if nobody wants more.
    pub(crate) fn go_on(&self, done: usize, total: usize) -> Result<(), Error> {
        tell(self.watch, Stage::Write, done, total)
    }

    /// The last day of which it is known what happened: that whose knowledge counts, or before it that on which the data ends.
    /// What is not seen behind it did not stay as it was: it is not known.
    #[cfg(feature = "rooms")]
    pub(crate) fn seen(&self) -> Day {
        let observed_until = self.portfolio.observed_until().and_then(|day| Day::try_from(day).ok());
        self.known_on.into_iter().chain(observed_until).min().unwrap_or(Day::MIN)
    }

    /// The same looked from a day of which it is known what happened: a later one is looked from as the last of these is.
    #[cfg(feature = "rooms")]
    pub(crate) fn as_seen(&self) -> Self {
        self.at(self.seen())
    }

    /// Refuses lines of one product, where only customers make sense.
    #[cfg(feature = "rooms")]
    pub(crate) fn ensure_of_customers(&self) -> Result<(), Problem> {
        if self.by.iter().all(|name| name != PRODUCT) {
            return Ok(());
        }
        let message = "customers are looked at here, and not their lines of one product";
        let problem = Problem::argument(Code::InvalidArgument, BY.name, message).value(PRODUCT);
        Err(problem.help("group by columns of customers"))
    }

    /// No result may have more rows.
    pub(crate) fn most_rows(&self) -> usize {
        usize::try_from(self.portfolio.limits.result_rows).unwrap_or(usize::MAX)
    }

    /// Refuses a result with more rows than it may have.
    pub(crate) fn ensure_room(&self, rows: usize) -> Result<(), Problem> {
        if rows <= self.most_rows() { Ok(()) } else { Err(self.too_many_rows()) }
    }

    /// The fault of a result with more rows than it may have, at what makes them many: groups, periods, or customers at a day.
    pub(crate) fn too_many_rows(&self) -> Problem {
        let most = self.portfolio.limits.result_rows;
        let message = format!("the result would have more than {most} rows, the limit result_rows");
        let (path, help) = match (self.by, self.as_of) {
            ([], None) => (END.name, "ask for fewer periods, or load with a higher limit"),
            ([], Some(_)) => (AS_OF.name, "load with a higher limit"),
            (_, None) => (BY.name, "group by less, ask for fewer periods, or load with a higher limit"),
            (_, Some(_)) => (BY.name, "group by less, or load with a higher limit"),
        };
        Problem::argument(Code::LimitExceeded, path, message).help(help)
    }

    /// The day after the last of these periods that had closed when what is known was known; the first of all days where
    /// none had, so that nothing is looked at.
    pub(crate) fn end(&self, periods: Periods) -> Day {
        match self.closed(periods) {
            0 => Day::MIN,
            closed => periods.day(closed),
        }
    }

    /// Of these periods those that had closed when what is known was known.
    pub(crate) fn closed(&self, periods: Periods) -> usize {
        let Some(known_on) = self.known_on else { return periods.len() };
        (0..periods.len()).take_while(|&position| periods.day(position + 1) <= known_on.next()).count()
    }
}
