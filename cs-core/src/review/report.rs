//! A review: its tables.

use super::checks::ReviewChecks;
use super::comparisons::ReviewComparisons;
use super::evidence::ReviewEvidence;
use super::findings::ReviewFindings;
use super::plays::ReviewPlays;
use super::resolved::ReviewResolved;
use super::summary::ReviewSummary;
use super::verdicts::ReviewVerdicts;
use crate::table::{Headed, Heading, Report, Table, TableDoc};

/// Declares the tables of a review: what each is called, what it is, and what a row of it is.
macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ident, $rows:literal;)+) => {
        /// How a company stands by the principles, what was found, what to do, and what could not be assessed.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Review {
            $(pub(super) $name: $type,)+
        }

        impl Review {
            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $name(&self) -> &$type {
                    &self.$name
                }
            )+

            /// A review of its tables; none where they are not those of one.
            pub(crate) fn of_report(report: &Report) -> Option<Self> {
                Some(Self { $($name: $type::of_table(report.table(stringify!($name))?.clone())?,)+ })
            }
        }

        impl From<Review> for Report {
            fn from(review: Review) -> Self {
                let tables: [(&'static str, Table); _] = [$((stringify!($name), review.$name.into()),)+];
                Self::new(Review::HEADING.0, [], tables)
            }
        }

        /// The tables by their names, and what a row of each is.
        pub(super) const TABLES: &[TableDoc] = &[
            $(TableDoc::of(stringify!($name), $rows, $type::COLUMNS),)+
        ];
    };
}

tables! {
    /// What it comes to.
    summary: ReviewSummary, "What the review comes to, in one row.";
    /// How the company stands by each principle.
    verdicts: ReviewVerdicts, "How the company stands by each principle, a row for each, in the order of the edition.";
    /// What was asked, and what evidence is missing.
    checks: ReviewChecks, "What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.";
    /// What was found.
    findings: ReviewFindings, "What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name.";
    /// What was measured for findings.
    evidence: ReviewEvidence, "What was measured for findings, beside thresholds, a row for each value, in the order of the findings.";
    /// Segments, channels and sellers against the rest.
    comparisons: ReviewComparisons, "Segments, channels and sellers against the rest, a row for each value of each column that customers have.";
    /// What to do.
    plays: ReviewPlays, "The plays that were proposed first for some finding, a row for each, in the order of the catalogue.";
    /// What an earlier review found and this one does not.
    resolved: ReviewResolved, "What an earlier review found and this one does not, a row for each; none where no earlier one was given.";
}

impl Review {
    /// The canonical JSON of all tables.
    #[must_use]
    pub fn to_json(&self) -> String {
        Report::from(self.clone()).to_json()
    }
}

impl Headed for Review {
    const HEADING: Heading = ("review", &[]);
}
