//! Every operation of a portfolio, and what goes by all of them.

use chrono::NaiveDate;

use crate::docs::documented;
use crate::error::Error;
use crate::json::Json;
use crate::ledger::{Journal, Movements};
use crate::metrics::{Cohorts, FlowRetention, Retention, RetentionIntervals};
use crate::portfolio::Portfolio;
use crate::query::{Arguments, Asked as _, Context, Errors, Operation, Options, Parameter};
use crate::sums::{Additive, Shape};
use crate::table::{ColumnDoc, Table};
use crate::watch::Watch;

/// Every operation of a portfolio.
pub const OPERATIONS: &[OperationSpec] = &[
    OperationSpec::additive::<Movements>(),
    OperationSpec::additive::<Journal>(),
    OperationSpec::additive::<Retention>(),
    OperationSpec::whole::<RetentionIntervals>(),
    OperationSpec::additive::<FlowRetention>(),
    OperationSpec::additive::<Cohorts>(),
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::Health>(),
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::ExplainHealth>(),
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::ExplainHealthChange>(),
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::HealthMigration>(),
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::HealthCoverage>(),
];

/// An operation of a portfolio, as its file describes it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OperationSpec {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives: a sentence, and in further paragraphs what holds of it.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// What a row of its result is, and in which order.
    pub rows: &'static str,
    /// The columns of its result.
    pub columns: &'static [ColumnDoc],
    /// The errors that it gives besides those of its arguments.
    pub errors: Errors,
    /// Where its definition comes from.
    pub source: &'static str,
    /// How results of parts make the whole; none where they do not.
    pub(crate) shape: Option<Shape>,
    /// Reads what it is asked.
    pub(crate) read: fn(&Arguments<'_>) -> Result<Box<dyn Call>, Error>,
}

/// A call of any operation: what it is asked beside what all are.
pub(crate) trait Call {
    fn told(&self) -> Vec<(&'static str, Json)>;
    fn as_of(&self) -> Option<NaiveDate>;
    fn compute(&self, context: &Context<'_>) -> Result<Table, Error>;
}

/// A call of the operation that gives `R`.
struct CallOf<R: Operation>(R::Asked);

impl<R: Operation> Call for CallOf<R> {
    fn told(&self) -> Vec<(&'static str, Json)> {
        self.0.told()
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.0.as_of()
    }

    fn compute(&self, context: &Context<'_>) -> Result<Table, Error> {
        R::compute(&self.0, context).map(R::into)
    }
}

impl OperationSpec {
    /// One whose results do not add up.
    const fn whole<R: Operation>() -> Self {
        let about = R::ABOUT;
        Self {
            name: R::SCHEMA,
            doc: documented(about.doc),
            parameters: about.parameters,
            rows: documented(about.rows),
            columns: R::COLUMNS,
            errors: about.errors,
            source: documented(about.source),
            shape: None,
            read: |arguments| Ok(Box::new(CallOf::<R>(R::Asked::read(arguments)?))),
        }
    }

    /// One whose results add up.
    const fn additive<R: Additive>() -> Self {
        Self { shape: Some(Shape::of::<R>()), ..Self::whole::<R>() }
    }

    /// Whether the results of parts of the customers make that of the whole.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.shape.is_some()
    }

    /// Runs it with arguments that are its own.
    pub(crate) fn run(
        &self,
        portfolio: &Portfolio,
        arguments: &Arguments<'_>,
        watch: &dyn Watch,
    ) -> Result<Table, Error> {
        let call = (self.read)(arguments)?;
        let options = Options::read(portfolio, arguments, watch)?;
        options.run((self.name, self.columns), call.as_of(), |context| call.compute(context))
    }
}
