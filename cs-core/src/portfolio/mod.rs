//! What comes in: tables of contracts, customers and facts about them, validated once, kept by column, never changed.

mod actions;
mod advocacy;
mod alike;
mod book;
mod by_customer;
mod cases;
mod checks;
mod columns;
mod contracts;
mod csv;
mod customers;
mod decode;
mod directory;
mod engagements;
mod facts;
mod feedback;
mod given;
mod input;
mod input_table;
#[cfg(feature = "health")]
mod kept;
mod keys;
mod kinds;
mod known;
mod limits;
#[cfg(feature = "rooms")]
mod listed;
mod load;
mod milestones;
mod observed;
mod outcomes;
mod pauses;
mod places;
mod practices;
mod read_options;
mod refusal;
mod report;
mod rows;
mod schema;
mod sheet;
mod signals;
mod source;
mod stakeholders;
mod surveys;
mod tables;
mod typed_row;

pub use actions::Action;
pub use advocacy::{Advocacy, AdvocacyKind};
pub(crate) use book::{Basis, Book, adds_up};
pub use cases::Case;
pub use contracts::{BillingPeriod, ChurnKind, Contract, ContractSource};
pub use customers::Customer;
pub(crate) use directory::Directory;
pub use engagements::{Engagement, EngagementChannel, EngagementKind};
pub use feedback::{Feedback, FeedbackKind};
pub use input::{Input, InputColumn, InputRows, TextColumn, Value};
pub(crate) use known::{KnownColumn, KnownFacts};
pub use limits::Limits;
pub use load::{Duplicates, ExtraColumns, Load, OnInvalid};
pub use milestones::{Milestone, MilestoneName};
pub use outcomes::Outcome;
pub use pauses::Pause;
pub(crate) use pauses::Pauses;
pub use practices::{Practice, PracticeTopic};
pub use report::{LoadReport, TableReport};
pub use schema::{ColumnKind, ColumnSpec, TableSpec};
pub use signals::{ReservedSignal, Signal};
pub use source::Source;
pub use stakeholders::{Stakeholder, StakeholderRole};
pub use surveys::{Survey, SurveyKind};
pub use tables::TABLES;
pub(crate) use tables::{TABLES_TO_COME, spec_of, table_of, unknown_table};
pub(crate) use typed_row::TypedRow;

pub(crate) use facts::Facts;
#[cfg(feature = "health")]
use kept::Kept;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::currency::Currency;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::period::Day;
use crate::table::{Metadata, Table};
use crate::watch::{Unwatched, Watch};

/// A validated book of contracts and customers; never changed once made.
///
/// ```
/// use cs_core::Portfolio;
/// let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100.00\n")
///     .currency("USD")
///     .load()?;
/// assert_eq!(portfolio.contract_count(), 1);
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Portfolio {
    pub(crate) book: Book,
    pub(crate) directory: Directory,
    /// The tables of facts that were given.
    facts: Vec<Arc<Facts>>,
    pub(crate) pauses: Pauses,
    pub(crate) currency: Currency,
    pub(crate) definitions: Definitions,
    observed_until: Option<Day>,
    report: LoadReport,
    pub(crate) limits: Limits,
    pub(crate) redact: bool,
    /// Tables that it shows beside those that were loaded.
    shown: Option<Arc<dyn ShownTables>>,
    /// Those of them that something was computed from.
    drawn: Arc<Mutex<Vec<Arc<Facts>>>>,
    /// What operations keep.
    #[cfg(feature = "health")]
    pub(crate) kept: Kept,
}

/// Tables that a portfolio shows beside those that were loaded, and draws when they are asked for.
pub(crate) trait ShownTables: fmt::Debug + Send + Sync {
    /// The table of a name, if it is one of them and its rows are not too many.
    fn table(&self, name: &str, of: &Portfolio, watch: &dyn Watch) -> Result<Option<Table>, Error>;

    /// The names of all of them.
    fn names(&self) -> Vec<&'static str>;
}

impl Portfolio {
    /// The same with more tables to show.
    #[cfg(feature = "synthetic")]
    pub(crate) fn showing(self, shown: Arc<dyn ShownTables>) -> Self {
        Self { shown: Some(shown), ..self }
    }

    /// How many contracts it holds, revisions included.
    #[must_use]
    pub fn contract_count(&self) -> usize {
        self.book.len()
    }

    /// How many customers it holds.
    #[must_use]
    pub fn customer_count(&self) -> usize {
        self.directory.len()
    }

    /// The reporting currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The definitions that operations follow unless they are given others.
    #[must_use]
    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The last day of which the data tells: the one given, or else the latest on which a row became known.
    ///
    /// A row is known from the day on which it was recorded. Without one, a contract is known from its signature, or
    /// else from its start, its notices and their withdrawal from their days, its end from a notice that stands, or else
    /// from its own day; a pause is known from its first day, and its end from that; a milestone that was reached from
    /// the day on which it was. What is only planned tells nothing: a term's end, an end of the contract on that day, the
    /// day on which a milestone is due. None for a book without rows.
    ///
    /// ```
    /// use cs_core::Portfolio;
    /// let book = "contract_id,customer_id,start_date,term_end,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2027-01-01,2027-01-01,100\n\
    ///             c-2,bolt,2026-02-01,2027-02-01,2026-03-15,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// assert_eq!(portfolio.observed_until().map(|day| day.to_string()).as_deref(), Some("2026-03-15"));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    #[must_use]
    pub fn observed_until(&self) -> Option<NaiveDate> {
        self.observed_until.map(Day::date)
    }

    /// What became of every row that was read.
    #[must_use]
    pub fn load_report(&self) -> &LoadReport {
        &self.report
    }

    /// What was loaded: the accepted rows with the columns that were given, in the order of their keys. A synthetic
    /// portfolio shows its other tables too.
    ///
    /// # Errors
    /// `unknown_table` for a table that there is not, `not_available` for one that is defined and not built in this
    /// version, and `limit_exceeded` for one of a synthetic portfolio that would have more rows than the limit
    /// `result_rows`.
    pub fn table(&self, name: &str) -> Result<Table, Error> {
        self.table_watched(name, &Unwatched)
    }

    /// The same, followed while it is drawn.
    pub(crate) fn table_watched(&self, name: &str, watch: &dyn Watch) -> Result<Table, Error> {
        self.table_of(name, watch).map_err(|error| error.redacted_if(self.redact))
    }

    /// The facts of a table, if there are any; those that are shown are drawn once.
    pub(crate) fn facts(&self, spec: &'static TableSpec, watch: &dyn Watch) -> Result<Option<Arc<Facts>>, Error> {
        let is_it = |facts: &&Arc<Facts>| facts.spec.name == spec.name;
        let Some(shown) = &self.shown else { return Ok(self.facts.iter().find(is_it).cloned()) };
        if let Some(loaded) = self.facts.iter().find(is_it) {
            return Ok(Some(Arc::clone(loaded)));
        }
        // What another thread drew in the meantime is the same.
        let drawn = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = drawn().iter().find(is_it) {
            return Ok(Some(Arc::clone(drawn)));
        }
        let Some(table) = shown.table(spec.name, self, watch)? else { return Ok(None) };
        let facts = Arc::new(Facts::of_table(spec, table, &self.directory.names));
        drawn().push(Arc::clone(&facts));
        Ok(Some(facts))
    }

    fn table_of(&self, name: &str, watch: &dyn Watch) -> Result<Table, Error> {
        let columns = match (name, self.facts.iter().find(|facts| facts.spec.name == name)) {
            ("contracts", _) => self.book.columns(&self.directory.names),
            ("customers", _) => self.directory.columns(),
            (_, Some(facts)) => facts.columns(),
            (_, None) => {
                if let Some(shown) = &self.shown
                    && let Some(drawn) = shown.table(name, self, watch)?
                {
                    return Ok(drawn);
                }
                let others = || self.shown.as_ref().map(|shown| shown.names()).unwrap_or_default();
                facts::required(spec_of(name).ok_or_else(|| unknown_table("name", name, &others()))?)
            }
        };
        let rows = columns.first().map_or(0, |column| column.values().len());
        let metadata = Metadata::new("table", Some(self.currency), &self.definitions);
        Ok(Table::new(name, columns, rows, metadata))
    }
}
