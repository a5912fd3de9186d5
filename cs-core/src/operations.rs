//! Every operation of a portfolio, and what goes by all of them.

use chrono::NaiveDate;

use crate::docs::documented;
use crate::error::Error;
#[cfg(feature = "backtest")]
use crate::health::Scorecard;
use crate::json::Json;
use crate::ledger::{Journal, Movements};
use crate::metrics::{Cohorts, FlowRetention, Retention, RetentionIntervals};
use crate::portfolio::Portfolio;
#[cfg(any(feature = "backtest", feature = "rooms"))]
use crate::query::Reported;
use crate::query::{Arguments, Asked as _, Context, Errors, Operation, Options, Parameter, Told as _};
use crate::sums::{Additive, Shape};
use crate::table::{ColumnDoc, Heading, Table};
#[cfg(any(feature = "backtest", feature = "rooms"))]
use crate::table::{Report, ReportForm, TableDoc};
use crate::watch::Watch;

/// Every operation of a portfolio.
pub const OPERATIONS: &[OperationSpec] = &[
    OperationSpec::additive::<Movements>(),
    OperationSpec::additive::<Journal>(),
    OperationSpec::additive::<Retention>(),
    OperationSpec::whole::<RetentionIntervals>(),
    OperationSpec::additive::<FlowRetention>(),
    OperationSpec::additive::<Cohorts>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::renewal::Renewals>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::renewal::RenewalLines>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::renewal::Committed>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::worth::LifetimeValue>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::worth::SecondOrderRevenue>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::forecast::Survival>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::forecast::SurvivalComparison>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::forecast::RetentionModel>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::forecast::RetentionProjection>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::TimeToValue>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::ValueIncidence>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::ValueLandmark>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::Onboarding>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::Lifecycle>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::success::Loyalty>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::attention::TouchPlan>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::attention::TouchLoad>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::attention::TouchCapacity>(),
    #[cfg(feature = "forecast")]
    OperationSpec::report::<crate::board::Drilldown>(),
    #[cfg(feature = "forecast")]
    OperationSpec::whole::<crate::board::Kpis>(),
    #[cfg(feature = "review")]
    OperationSpec::report::<crate::review::Review>(),
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
    #[cfg(feature = "health")]
    OperationSpec::whole::<crate::health::Outlook>(),
    #[cfg(feature = "backtest")]
    OperationSpec::report::<crate::health::Backtest>(),
    #[cfg(feature = "backtest")]
    OperationSpec::scorecard(),
];

/// What an operation gives.
#[cfg_attr(
    not(feature = "backtest"),
    allow(clippy::large_enum_variant, reason = "most answers are tables, and there is one of them at a time")
)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// A table.
    Table(Table),
    /// Several tables, and figures beside them.
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    Report(Report),
    /// A scorecard.
    #[cfg(feature = "backtest")]
    Scorecard(Scorecard),
}

/// What an operation gives, as it describes it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Gives {
    /// A table of these columns.
    Table(&'static [ColumnDoc]),
    /// A report.
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    Report {
        /// The figures beside the tables.
        figures: &'static [ColumnDoc],
        /// The tables.
        tables: &'static [TableDoc],
        /// The forms in which people read it.
        forms: &'static [ReportForm],
    },
    /// A scorecard.
    #[cfg(feature = "backtest")]
    Scorecard,
}

impl Answer {
    /// The canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Table(table) => table.to_json(),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Report(report) => report.to_json(),
            #[cfg(feature = "backtest")]
            Self::Scorecard(scorecard) => scorecard.to_json(),
        }
    }

    /// The table, if it is one.
    pub fn into_table(self) -> Option<Table> {
        match self {
            Self::Table(table) => Some(table),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Report(_) => None,
            #[cfg(feature = "backtest")]
            Self::Scorecard(_) => None,
        }
    }
}

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
    /// What a row of its table is, and in which order; of a report what its tables tell.
    pub rows: &'static str,
    /// What its result is made of.
    pub gives: Gives,
    /// The errors that it gives besides those of its arguments.
    pub errors: Errors,
    /// Where its definition comes from.
    pub source: &'static str,
    /// The name, and the columns of a table.
    heading: Heading,
    /// How results of parts make the whole; none where they do not.
    pub(crate) parted: Option<Parted>,
    /// Reads what it is asked.
    pub(crate) read: Read,
}

/// How results of parts make the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parted {
    pub(crate) shape: Shape,
    pub(crate) told: ReadTold,
}

/// Reads what all parts are asked, by the names of arguments.
type ReadTold = fn(&Arguments<'_>) -> Result<Vec<(&'static str, Json)>, Error>;

/// Reads what an operation is asked.
type Read = fn(&Arguments<'_>) -> Result<Box<dyn Call>, Error>;

/// A call of any operation: what it is asked beside what all are.
pub(crate) trait Call {
    fn as_of(&self) -> Option<NaiveDate>;
    fn compute(&self, context: &Context<'_>) -> Result<Answer, Error>;
}

/// A call of the operation that gives `R`, and what its answer is made of that by.
struct CallOf<R: Operation>(R::Asked, fn(R) -> Answer);

impl<R: Operation> Call for CallOf<R> {
    fn as_of(&self) -> Option<NaiveDate> {
        self.0.as_of()
    }

    fn compute(&self, context: &Context<'_>) -> Result<Answer, Error> {
        R::compute(&self.0, context).map(self.1)
    }
}

/// The call of the operation that gives `R`.
fn call<R: Operation>(arguments: &Arguments<'_>, answer: fn(R) -> Answer) -> Result<Box<dyn Call>, Error> {
    Ok(Box::new(CallOf(R::Asked::read(arguments)?, answer)))
}

impl OperationSpec {
    /// One that says of itself what it does.
    const fn of<R: Operation>(gives: Gives, read: Read) -> Self {
        let about = R::ABOUT;
        Self {
            name: R::HEADING.0,
            heading: R::HEADING,
            doc: documented(about.doc),
            parameters: about.parameters,
            rows: documented(about.rows),
            gives,
            errors: about.errors,
            source: documented(about.source),
            parted: None,
            read,
        }
    }

    /// One whose results do not add up.
    const fn whole<R: Operation + Into<Table>>() -> Self {
        Self::of::<R>(Gives::Table(R::HEADING.1), |arguments| call(arguments, |result: R| Answer::Table(result.into())))
    }

    /// One that gives several tables.
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    const fn report<R: Reported>() -> Self {
        let gives = Gives::Report { figures: R::FIGURES, tables: R::TABLES, forms: R::FORMS };
        Self::of::<R>(gives, |arguments| call(arguments, |result: R| Answer::Report(result.into())))
    }

    /// The one that gives a scorecard.
    #[cfg(feature = "backtest")]
    const fn scorecard() -> Self {
        Self::of::<Scorecard>(Gives::Scorecard, |arguments| call(arguments, Answer::Scorecard))
    }

    /// One whose results add up.
    const fn additive<R: Additive>() -> Self {
        let told = |arguments: &Arguments<'_>| R::Asked::read(arguments).map(|asked| asked.told());
        Self { parted: Some(Parted { shape: Shape::of::<R>(), told }), ..Self::whole::<R>() }
    }

    /// Whether the results of parts of the customers make that of the whole.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.parted.is_some()
    }

    /// Runs it with arguments that are its own.
    pub(crate) fn run(
        &self,
        portfolio: &Portfolio,
        arguments: &Arguments<'_>,
        watch: &dyn Watch,
    ) -> Result<Answer, Error> {
        let call = (self.read)(arguments)?;
        let options = Options::read(portfolio, arguments, watch)?;
        options.run(self.heading, call.as_of(), |context| call.compute(context))
    }
}
