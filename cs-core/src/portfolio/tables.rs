//! Every input table, once: what goes by all of them follows from this list.

use super::schema::TableSpec;
use crate::error::{Code, Problem, quoted};

/// Hands every table to a macro: the contracts, and the others by the names and the sentences of their setters, in the
/// order in which they are read.
#[cfg(feature = "health")]
macro_rules! tables {
    ($what:ident) => {
        $what! {
            $crate::portfolio::Contract;
            /// The table of customers; without it, it is made from the contracts.
            customers: $crate::portfolio::Customer,
            /// The table of what was measured of customers.
            signals: $crate::portfolio::Signal,
            /// The table of engagements with customers.
            engagements: $crate::portfolio::Engagement,
            /// The table of customers' support cases.
            cases: $crate::portfolio::Case,
            /// The table of surveys that customers were asked to answer.
            surveys: $crate::portfolio::Survey,
            /// The table of customers' milestones.
            milestones: $crate::portfolio::Milestone,
            /// The table of outcomes that customers want to reach.
            outcomes: $crate::portfolio::Outcome,
            /// The table of customers' people.
            stakeholders: $crate::portfolio::Stakeholder,
            /// The table of customers' feedback, and of promises to them.
            feedback: $crate::portfolio::Feedback,
            /// The table of what customers did for the company's name.
            advocacy: $crate::portfolio::Advocacy,
            /// The table of what was begun because of findings.
            actions: $crate::portfolio::Action,
            /// The table of contracts' pauses.
            pauses: $crate::portfolio::Pause,
            /// The table of how the company itself works.
            practices: $crate::portfolio::Practice,
        }
    };
}

/// The same without the facts that only health asks for.
#[cfg(not(feature = "health"))]
macro_rules! tables {
    ($what:ident) => {
        $what! {
            $crate::portfolio::Contract;
            /// The table of customers; without it, it is made from the contracts.
            customers: $crate::portfolio::Customer,
            /// The table of contracts' pauses.
            pauses: $crate::portfolio::Pause,
        }
    };
}

pub(super) use tables;

/// What all tables are in one list.
macro_rules! listed {
    ($contract:ty; $($(#[doc = $doc:literal])+ $table:ident: $row:ty,)+) => {
        /// The input tables of this version.
        pub const TABLES: &[&TableSpec] = &[&<$contract>::SPEC, $(&<$row>::SPEC),+];
    };
}

tables!(listed);

/// Input tables that are defined, and not built in this version.
#[cfg(feature = "health")]
pub(crate) const TABLES_TO_COME: &[&str] = &["fx_rates"];

/// The same, and those that only a build with health has.
#[cfg(not(feature = "health"))]
pub(crate) const TABLES_TO_COME: &[&str] = &[
    "signals",
    "engagements",
    "cases",
    "surveys",
    "milestones",
    "outcomes",
    "stakeholders",
    "feedback",
    "advocacy",
    "actions",
    "practices",
    "fx_rates",
];

/// What lacks the tables that are not there.
const WITHOUT: &str = if cfg!(feature = "health") { "version" } else { "build" };

/// The table of a name that stands at a path.
pub(crate) fn table_of(path: &str, name: &str) -> Result<&'static TableSpec, Problem> {
    spec_of(name).ok_or_else(|| unknown_table(path, name, &[]))
}

/// The table of a name, if it is one of this version.
pub(crate) fn spec_of(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().copied().find(|spec| spec.name == name)
}

/// The fault of a name, at a path, that is no table's of this version, nor one of others beside them.
pub(crate) fn unknown_table(path: &str, name: &str, others: &[&'static str]) -> Problem {
    let problem = if TABLES_TO_COME.contains(&name) {
        Problem::argument(Code::NotAvailable, path, format!("this {WITHOUT} has no table {name}"))
    } else {
        Problem::argument(Code::UnknownTable, path, format!("there is no table {}", quoted(name)))
    };
    let others = others.iter().copied().filter(|name| spec_of(name).is_none());
    let names: Vec<&str> = TABLES.iter().map(|spec| spec.name).chain(others).collect();
    problem.value(name).help(format!("the tables are {}", names.join(", ")))
}
