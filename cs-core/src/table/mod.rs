//! Results: a table of typed columns and what it was computed with.
//!
//! A [`Table`] is what leaves the library. Its canonical JSON is what "the same in every language" means; Arrow,
//! CSV and HTML are other forms of the same cells. A typed result such as [`Movements`](crate::Movements) is a table
//! whose columns are known to the compiler.

mod column;
mod csv;
pub(crate) mod field;
mod html;
mod json;
mod lists;
mod nullable;
mod packed;
mod reasoned;
mod record;
mod report;

pub use self::json::exemplar;
pub use column::{Cell, Column, Kind, Texts, Values};
pub(crate) use field::Field;
pub(crate) use html::escaped;
pub use lists::{TextList, TextLists};
pub use nullable::Nullable;
pub(crate) use nullable::{Room, RoomSlots};
pub(crate) use reasoned::Reasoned;
pub(crate) use record::{Headed, Heading, result_table};
pub use report::{Report, ReportForm, TableDoc};

use crate::currency::Currency;
use crate::definitions::Definitions;
use crate::json::Json;
use crate::period::Day;
use crate::ratio::Reason;
use crate::word::words;

/// The version of the library, which stands in the metadata of every result.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

words! {
    /// What is counted, and moves, as one customer.
    Unit {
        /// A customer.
        Customer,
        /// A top parent, with all customers that belong to it.
        Parent,
        /// A customer's line for one product; opening, closing and net change add up over products, and nothing else.
        CustomerProduct,
        /// A top parent's line for one product, likewise.
        ParentProduct,
    }
}

/// A column of a typed result: its name, the kind of its cells and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnDoc {
    /// The name.
    pub name: &'static str,
    /// The kind of its cells.
    pub kind: Kind,
    /// Whether its cells may be absent.
    pub nullable: bool,
    /// The words that its texts are chosen from; none for a column of anything else.
    pub choices: Option<&'static [&'static str]>,
    /// What it means.
    pub doc: &'static str,
}

/// A result: named columns of one length, with metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    schema: String,
    columns: Vec<Column>,
    rows: usize,
    metadata: Metadata,
}

/// What a table was computed with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Metadata {
    /// The version of the library.
    pub version: String,
    /// The operation, by its name in [`wire`](crate::wire).
    pub operation: String,
    /// The currency of every amount, where they have one.
    pub currency: Option<Currency>,
    /// The definitions that every number follows.
    pub definitions: Definitions,
    /// The fingerprint of the scorecard that scores follow.
    pub scorecard: Option<String>,
    /// The bands of that scorecard and of its profiles, from the highest scores to the lowest.
    pub bands: Vec<String>,
    /// The day that the result looks from.
    pub as_of: Option<Day>,
    /// The day whose knowledge the result is limited to.
    pub known_on: Option<Day>,
    /// What customers are in the result; none where it is not of customers.
    pub unit: Option<Unit>,
    /// Columns with absent cells and the reason.
    pub absent: Vec<(String, Reason)>,
}

impl Metadata {
    pub(crate) fn new(operation: &str, currency: Option<Currency>, definitions: &Definitions) -> Self {
        Self {
            version: VERSION.to_owned(),
            operation: operation.to_owned(),
            currency,
            definitions: definitions.clone(),
            scorecard: None,
            bands: Vec::new(),
            as_of: None,
            known_on: None,
            unit: None,
            absent: Vec::new(),
        }
    }

    /// The metadata as JSON, keys in their fixed order.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let day = |day: Option<Day>| day.map_or(Json::Null, |day| Json::Text(day.to_string()));
        let absent = self.absent.iter().map(|(column, reason)| (column.as_str(), Json::from(reason.name())));
        let object = Json::object([
            ("version", Json::from(self.version.as_str())),
            ("operation", Json::from(self.operation.as_str())),
            ("currency", Json::text(self.currency.map(Currency::code))),
            ("definitions", self.definitions.to_object()),
            ("fingerprint", Json::Text(self.definitions.fingerprint())),
            ("scorecard", Json::text(self.scorecard.as_deref())),
            ("as_of", day(self.as_of)),
            ("known_on", day(self.known_on)),
            ("unit", Json::text(self.unit.map(Unit::name))),
            ("absent", Json::object(absent)),
        ]);
        // What has no scorecard has no bands.
        match (object, &self.scorecard) {
            #[cfg(feature = "health")]
            (Json::Object(mut entries), Some(_)) => {
                let place = entries.iter().take_while(|(key, _)| key != "as_of").count();
                let bands = self.bands.iter().map(|band| Json::from(band.as_str())).collect();
                entries.insert(place, ("bands".to_owned(), Json::Array(bands)));
                Json::Object(entries)
            }
            (object, _) => object,
        }
    }
}

impl Table {
    /// A table of columns that all have `rows` cells.
    pub(crate) fn new(schema: &str, columns: Vec<Column>, rows: usize, metadata: Metadata) -> Self {
        debug_assert!(columns.iter().all(|column| column.values().len() == rows));
        Self { schema: schema.to_owned(), columns, rows, metadata }
    }

    /// These rows, in their order.
    pub(crate) fn take(&self, rows: &[u32]) -> Self {
        let columns = self.columns.iter().map(|column| Column::new(column.name(), column.values().take(rows)));
        Self::new(&self.schema, columns.collect(), rows.len(), self.metadata.clone())
    }

    /// Whether another table has the same columns: their names, kinds and decimals.
    pub(crate) fn has_columns_of(&self, other: &Self) -> bool {
        let same = |(a, b): (&Column, &Column)| {
            let digits = |column: &Column| match column.values() {
                Values::Money { digits, .. } => Some(*digits),
                _ => None,
            };
            a.name() == b.name() && a.values().kind() == b.values().kind() && digits(a) == digits(b)
        };
        self.columns.len() == other.columns.len() && self.columns.iter().zip(&other.columns).all(same)
    }

    /// The rows of this table and of others that have the same columns.
    pub(crate) fn followed_by(&self, others: &[&Self]) -> Self {
        let column = |column: &Column| {
            let others = others.iter().filter_map(|other| other.column(column.name()));
            let all: Vec<&Values> = std::iter::once(column).chain(others).map(Column::values).collect();
            Column::new(column.name(), Values::chained(&all))
        };
        let rows = self.rows + others.iter().map(|other| other.rows).sum::<usize>();
        Self::new(&self.schema, self.columns.iter().map(column).collect(), rows, self.metadata.clone())
    }

    /// The name of its shape, such as `movements`.
    #[must_use]
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The columns, in their fixed order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The names of the columns with their values.
    pub(crate) fn into_columns(self) -> impl Iterator<Item = (String, Values)> {
        self.columns.into_iter().map(|column| (column.name, column.values))
    }

    /// The column of a name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name() == name)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// What the table was computed with.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// A cell; absent where there is no such row or column.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        self.column(column).map_or(Cell::Absent, |column| column.values().cell(row))
    }
}
