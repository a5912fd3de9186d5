//! What the questions of a rule come to: of a customer, and of groups or of the company.

use super::account::Account;
use super::customers::Sum;
use super::finding::Evidence;
use crate::period::Day;
use crate::word::words;

words! {
    /// Why something could not be assessed.
    MissingReason {
        /// It is not known.
        NotKnown,
        /// There are too few customers to compare.
        TooFewCustomers,
        /// Customers were not watched long enough.
        WatchedTooBriefly,
    }
}

/// Why something could not be assessed, and what would bring it: a table, and where that is there a column of it, or a name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    pub(crate) reason: MissingReason,
    pub(crate) table: &'static str,
    pub(crate) column: Option<&'static str>,
}

impl Needed {
    pub(crate) const fn table(table: &'static str) -> Self {
        Self { reason: MissingReason::NotKnown, table, column: None }
    }

    pub(crate) const fn column(table: &'static str, column: &'static str) -> Self {
        Self { reason: MissingReason::NotKnown, table, column: Some(column) }
    }

    /// More customers than there are.
    pub(crate) const fn customers() -> Self {
        Self { reason: MissingReason::TooFewCustomers, table: "customers", column: None }
    }

    /// A longer time than customers were watched.
    pub(crate) const fn time() -> Self {
        Self { reason: MissingReason::WatchedTooBriefly, table: "contracts", column: None }
    }
}

/// What a question comes to of a customer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// It does not ask of this one.
    NotAsked,
    /// There is no evidence.
    Unknown,
    /// All is as it should be.
    Passes,
    Finds(Grounds),
}

/// Why something was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grounds {
    /// The first day on which it would have been.
    pub(crate) since: Option<Day>,
    pub(crate) evidence: Vec<Evidence>,
}

/// How a customer stands by a question: its answer without the grounds. The later, the more is said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stand {
    #[default]
    NotAsked,
    Unknown,
    Passes,
    Found,
}

impl Answer {
    pub(crate) fn finds(since: impl Into<Option<Day>>, evidence: impl Into<Vec<Evidence>>) -> Self {
        Self::Finds(Grounds { since: since.into(), evidence: evidence.into() })
    }

    /// It passes, or finds these grounds.
    pub(crate) fn finds_if<E: Into<Vec<Evidence>>>(
        is_found: bool,
        since: impl Into<Option<Day>>,
        evidence: impl FnOnce() -> E,
    ) -> Self {
        if is_found { Self::finds(since, evidence()) } else { Self::Passes }
    }

    pub(super) fn stand(&self) -> Stand {
        match self {
            Self::NotAsked => Stand::NotAsked,
            Self::Unknown => Stand::Unknown,
            Self::Passes => Stand::Passes,
            Self::Finds(_) => Stand::Found,
        }
    }
}

/// What a question of groups or of the company comes to.
#[derive(Clone, Debug)]
pub(crate) struct Told<'a> {
    /// The customers that it looks at, and those of them with evidence.
    pub(crate) asked: Sum,
    pub(crate) assessed: Sum,
    /// What would bring evidence of the others.
    pub(crate) needed: Needed,
    /// What was found; nothing where all is as it should be, or where too little is known.
    pub(crate) claims: Vec<Claim<'a>>,
}

impl<'a> Told<'a> {
    /// There is no evidence of any customer that it looks at.
    pub(crate) fn lacks(asked: Sum, needed: Needed) -> Self {
        Self { asked, assessed: Sum::default(), needed, claims: Vec::new() }
    }

    /// All of them could be assessed.
    pub(crate) fn whole(asked: Sum, claims: Vec<Claim<'a>>) -> Self {
        Self { asked, assessed: asked, needed: Needed::customers(), claims }
    }
}

/// What is found of a group, or of the company.
#[derive(Clone, Debug)]
pub(crate) struct Claim<'a> {
    /// The column and the value of a group; none of the company.
    pub(crate) group: Option<(String, String)>,
    /// Whose MRR is at stake.
    pub(crate) at_stake: Vec<&'a Account>,
    pub(crate) evidence: Vec<Evidence>,
}

impl<'a> Claim<'a> {
    /// Of the company.
    pub(crate) fn of_company(at_stake: Vec<&'a Account>, evidence: impl IntoIterator<Item = Option<Evidence>>) -> Self {
        Self { group: None, at_stake, evidence: evidence.into_iter().flatten().collect() }
    }
}
