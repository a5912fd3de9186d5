#![doc = include_str!("../../README.md")]
#![forbid(unsafe_code)]

mod currency;
mod docs;
mod draws;
mod error;
mod faults;
mod float;
mod interner;
mod json;
mod money;
mod order;
mod parts;
mod period;
mod ratio;
mod table;
mod text;
mod watch;
mod word;

mod definitions;
#[cfg(feature = "figures")]
mod figure;
mod portfolio;
#[cfg(feature = "synthetic")]
mod synthetic;

mod query;
mod sums;

mod ledger;
mod metrics;
mod partial;

pub mod wire;

pub use currency::Currency;
pub use error::{Code, Error, Problem, Problems};
pub use json::Json;
pub use money::{ExtraDigits, Money};
pub use period::{Calendar, Day, DayError, Month, PeriodLength, Periods};
pub use ratio::{Ratio, Reason};
pub use table::{
    Cell, Column, ColumnDoc, Kind, Metadata, Nullable, Table, TextList, TextLists, Texts, Unit, VERSION, Values,
    exemplar,
};
pub use watch::{Stage, Unwatched, Watch};
pub use word::UnknownWord;

pub use definitions::{
    ChurnDate, ContractKind, Definitions, Difference, Discounts, Fraction, Fx, Paused, ReactivationAs, RenewalUnit,
    SamePeriodNewAndChurn, Sampling,
};

#[cfg(feature = "figures")]
pub use figure::{Axis, Figure, Layer, Locale, Mark, Marks, Picture, Role};

pub use ledger::{Journal, JournalRow, MovementKind, Movements, MovementsRow};
pub use metrics::{
    Cohorts, CohortsRow, FlowRetention, FlowRetentionRow, Months, Retention, RetentionIntervals, RetentionIntervalsRow,
    RetentionRow, Window, WindowError,
};
pub use partial::Partial;
pub use portfolio::{
    BillingPeriod, ChurnKind, ColumnKind, ColumnSpec, Contract, ContractSource, Customer, Duplicates, ExtraColumns,
    Input, InputColumn, InputRows, Limits, Load, LoadReport, OnInvalid, Pause, Portfolio, Source, TABLES, TableReport,
    TableSpec, TextColumn, Value,
};
pub use query::{Grouped, Level, Operation, Query};
pub use sums::Additive;
#[cfg(feature = "synthetic")]
pub use synthetic::{ChurnCause, PlantedFault, Synthetic};
