//! The tables of facts that evidence is taken from: what their rows are, and the numbers that follow from their columns.

use crate::portfolio::{
    Action, Advocacy, Case, ColumnKind, Engagement, Feedback, Milestone, Outcome, Signal, Stakeholder, Survey,
    TableSpec,
};

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// A day without one says nothing.
    Observations,
    /// Without a row there was none, from the first day on which any row of the table is known.
    Events,
    /// All that are known stand.
    States,
}

/// A table of facts as a source of evidence.
#[derive(Debug)]
pub(super) struct FactTable {
    pub(super) spec: TableSpec,
    /// The column of a row's day.
    pub(super) day: &'static str,
    pub(super) nature: Nature,
    /// The number that is meant where none is named.
    pub(super) number: Option<&'static str>,
    /// Numbers beside those of the columns.
    pub(super) derived: &'static [(&'static str, Derived)],
}

/// A number that follows from several columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derived {
    /// How much of the way from the baseline to the target lies behind.
    Progress,
    /// The days from one column to another.
    Days { from: &'static str, to: &'static str },
}

const fn table(spec: TableSpec, day: &'static str, nature: Nature) -> FactTable {
    FactTable { spec, day, nature, number: None, derived: &[] }
}

/// Every table of facts about customers.
pub(super) static TABLES: [FactTable; 10] = [
    FactTable { number: Some("value"), ..table(Signal::SPEC, "observed_on", Nature::Observations) },
    table(Engagement::SPEC, "date", Nature::Events),
    FactTable {
        derived: &[("days_to_close", Derived::Days { from: "opened_on", to: "closed_on" })],
        ..table(Case::SPEC, "opened_on", Nature::Events)
    },
    FactTable { number: Some("score"), ..table(Survey::SPEC, "date", Nature::Events) },
    table(Milestone::SPEC, "reached_on", Nature::States),
    FactTable { derived: &[("progress", Derived::Progress)], ..table(Outcome::SPEC, "observed_on", Nature::States) },
    table(Stakeholder::SPEC, "since", Nature::States),
    FactTable {
        derived: &[("days_to_answer", Derived::Days { from: "date", to: "answered_on" })],
        ..table(Feedback::SPEC, "date", Nature::Events)
    },
    table(Advocacy::SPEC, "date", Nature::Events),
    table(Action::SPEC, "opened_on", Nature::Events),
];

/// The days from which somebody is not there any more, of the one table whose rows end.
pub(super) const LEFT_ON: &str = "left_on";

impl FactTable {
    /// The table of a name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.spec.name == name)
    }

    /// A column's name, as the table has it, and what it holds.
    pub(super) fn column(&self, name: &str) -> Option<(&'static str, ColumnKind)> {
        self.spec.columns.iter().find(|column| column.name == name).map(|column| (column.name, column.kind))
    }
}

/// Whether a column holds texts.
pub(super) fn is_text(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Id | ColumnKind::Text | ColumnKind::Choice(_))
}

/// Whether a column holds numbers.
pub(super) fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Score(_) | ColumnKind::Count)
}
