//! What an operation is: what it says of itself, what it is asked, and how it comes about.

use chrono::NaiveDate;

#[cfg(feature = "rooms")]
use super::Given;
use super::{Arguments, Context, Errors, Parameter};
use crate::error::Error;
use crate::json::Json;
#[cfg(feature = "rooms")]
use crate::table::Table;
use crate::table::{ColumnDoc, Headed, Report, ReportForm, TableDoc};

/// A result of an operation: what it says of itself, what it is asked beside what all operations are, and how it comes
/// about. Its name is that of its shape.
pub trait Operation: Headed + 'static {
    /// What it is asked.
    #[doc(hidden)]
    type Asked: Asked;

    /// What it says of itself.
    #[doc(hidden)]
    const ABOUT: About;

    /// Computes it.
    #[doc(hidden)]
    fn compute(asked: &Self::Asked, context: &Context<'_>) -> Result<Self, Error>;
}

/// A result of several tables, with figures beside them.
pub(crate) trait Reported: Operation + Into<Report> {
    /// The figures.
    #[doc(hidden)]
    const FIGURES: &'static [ColumnDoc];

    /// The tables.
    #[doc(hidden)]
    const TABLES: &'static [TableDoc];

    /// The forms in which people read it.
    #[doc(hidden)]
    const FORMS: &'static [ReportForm] = &[];
}

/// A result of a function on plain numbers; its name is that of its shape.
#[cfg(feature = "rooms")]
pub(crate) trait Function: Headed + Into<Table> {
    /// What it says of itself.
    const ABOUT: About;

    /// Computes it.
    fn compute(given: &Given<'_>) -> Result<Self, Error>;
}

/// A result that can be limited to what was known on a day.
pub trait KnownOn: Operation {}

/// A result whose rows can be of groups.
pub trait Grouped: Operation {}

/// A result that tells of periods: of lines at a level, and by what was known on a day.
pub trait OverPeriods: KnownOn {}

/// What an operation is asked beside what all operations are.
pub trait Asked: Sized + 'static {
    /// Reads it from the arguments of a call.
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error>;

    /// The day that is looked from, where it is asked for.
    fn as_of(&self) -> Option<NaiveDate> {
        None
    }
}

/// What is asked of parts of a whole: the same of each.
pub trait Told: Asked {
    /// It by the names of arguments.
    fn told(&self) -> Vec<(&'static str, Json)>;
}

/// What an operation says of itself.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What it gives: a sentence, and in further paragraphs what holds of it.
    pub(crate) doc: &'static str,
    /// Its arguments; those without a default come first.
    pub(crate) parameters: &'static [Parameter],
    /// What a row of its table is, and in which order.
    pub(crate) rows: &'static str,
    /// The errors that it gives besides those of its arguments.
    pub(crate) errors: Errors,
    /// Where its definition comes from.
    pub(crate) source: &'static str,
}

/// The source of what follows from the definitions alone.
pub(crate) const KNOW_YOUR_METRICS: &str = "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy asks for one \
     definition; the one that is followed here is what the argument definitions states.";
