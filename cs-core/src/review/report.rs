//! A review: its tables.

use super::checks::ReviewChecks;
use super::comparisons::ReviewComparisons;
use super::evidence::ReviewEvidence;
use super::exclusions::ReviewExclusions;
use super::findings::ReviewFindings;
use super::plays::ReviewPlays;
use super::resolved::ReviewResolved;
use super::summary::ReviewSummary;
use super::verdicts::ReviewVerdicts;
use crate::success::ValueIncidence;
use crate::table::{Headed, Heading, Report, Table, TableDoc};

/// How a company stands by the principles, what was found, what to do, and what could not be assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub(super) summary: ReviewSummary,
    pub(super) verdicts: ReviewVerdicts,
    pub(super) checks: ReviewChecks,
    pub(super) findings: ReviewFindings,
    pub(super) evidence: ReviewEvidence,
    pub(super) comparisons: ReviewComparisons,
    pub(super) value_incidence: ValueIncidence,
    pub(super) plays: ReviewPlays,
    pub(super) resolved: ReviewResolved,
    pub(super) exclusions: ReviewExclusions,
}

impl Review {
    /// What it comes to.
    #[must_use]
    pub fn summary(&self) -> &ReviewSummary {
        &self.summary
    }

    /// How the company stands by each principle.
    #[must_use]
    pub fn verdicts(&self) -> &ReviewVerdicts {
        &self.verdicts
    }

    /// What was asked, and what evidence is missing.
    #[must_use]
    pub fn checks(&self) -> &ReviewChecks {
        &self.checks
    }

    /// What was found.
    #[must_use]
    pub fn findings(&self) -> &ReviewFindings {
        &self.findings
    }

    /// What was measured for findings.
    #[must_use]
    pub fn evidence(&self) -> &ReviewEvidence {
        &self.evidence
    }

    /// Segments, channels and sellers against the rest.
    #[must_use]
    pub fn comparisons(&self) -> &ReviewComparisons {
        &self.comparisons
    }

    /// Which share of the customers has got value after how many days, and which had left by then.
    #[must_use]
    pub fn value_incidence(&self) -> &ValueIncidence {
        &self.value_incidence
    }

    /// What to do.
    #[must_use]
    pub fn plays(&self) -> &ReviewPlays {
        &self.plays
    }

    /// What an earlier review found and this one does not.
    #[must_use]
    pub fn resolved(&self) -> &ReviewResolved {
        &self.resolved
    }

    /// Who is left out by the settings.
    #[must_use]
    pub fn exclusions(&self) -> &ReviewExclusions {
        &self.exclusions
    }

    /// The canonical JSON of all tables.
    #[must_use]
    pub fn to_json(&self) -> String {
        Report::from(self.clone()).to_json()
    }

    /// A review of its tables; none where they are not those of one.
    pub(super) fn of_report(report: &Report) -> Option<Self> {
        let table = |name: &str| report.table(name).cloned();
        Some(Self {
            summary: ReviewSummary::of_table(table("summary")?)?,
            verdicts: ReviewVerdicts::of_table(table("verdicts")?)?,
            checks: ReviewChecks::of_table(table("checks")?)?,
            findings: ReviewFindings::of_table(table("findings")?)?,
            evidence: ReviewEvidence::of_table(table("evidence")?)?,
            comparisons: ReviewComparisons::of_table(table("comparisons")?)?,
            value_incidence: ValueIncidence::of_table(table("value_incidence")?)?,
            plays: ReviewPlays::of_table(table("plays")?)?,
            resolved: ReviewResolved::of_table(table("resolved")?)?,
            exclusions: ReviewExclusions::of_table(table("exclusions")?)?,
        })
    }
}

impl From<Review> for Report {
    fn from(review: Review) -> Self {
        let tables: [(&'static str, Table); 10] = [
            ("summary", review.summary.into()),
            ("verdicts", review.verdicts.into()),
            ("checks", review.checks.into()),
            ("findings", review.findings.into()),
            ("evidence", review.evidence.into()),
            ("comparisons", review.comparisons.into()),
            ("value_incidence", review.value_incidence.into()),
            ("plays", review.plays.into()),
            ("resolved", review.resolved.into()),
            ("exclusions", review.exclusions.into()),
        ];
        Self::new(Review::HEADING.0, [], tables)
    }
}

/// The tables by their names, and what a row of each is.
pub(super) const TABLES: &[TableDoc] = &[
    TableDoc::of("summary", "What the review comes to, in one row.", ReviewSummary::COLUMNS),
    TableDoc::of(
        "verdicts",
        "How the company stands by each principle, a row for each, in the order of the edition.",
        ReviewVerdicts::COLUMNS,
    ),
    TableDoc::of(
        "checks",
        "What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.",
        ReviewChecks::COLUMNS,
    ),
    TableDoc::of(
        "findings",
        "What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name.",
        ReviewFindings::COLUMNS,
    ),
    TableDoc::of(
        "evidence",
        "What was measured for findings, beside thresholds, a row for each value, in the order of the findings.",
        ReviewEvidence::COLUMNS,
    ),
    TableDoc::of(
        "comparisons",
        "Segments, channels and sellers against the rest, a row for each value of each column that customers have.",
        ReviewComparisons::COLUMNS,
    ),
    TableDoc::of(
        "value_incidence",
        "Which share of the customers has got value after how many days, and which had left by then, as `value_incidence` tells it.",
        ValueIncidence::COLUMNS,
    ),
    TableDoc::of(
        "plays",
        "The plays that were proposed first for some finding, a row for each, in the order of the catalogue.",
        ReviewPlays::COLUMNS,
    ),
    TableDoc::of(
        "resolved",
        "What an earlier review found and this one does not, a row for each; none where no earlier one was given.",
        ReviewResolved::COLUMNS,
    ),
    TableDoc::of(
        "exclusions",
        "Who is left out by the settings, a row for each exclusion that holds of a customer who pays, in the order of their names (by bytes).",
        ReviewExclusions::COLUMNS,
    ),
];

impl Headed for Review {
    const HEADING: Heading = ("review", &[]);
}
