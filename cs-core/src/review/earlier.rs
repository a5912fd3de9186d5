//! What an earlier review found.

use hashbrown::HashSet;

use super::findings::{ReviewFindings, ReviewFindingsRow};
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::principles::{Check, FindingScope, Principle};
use crate::query::{Parameter, Takes};
use crate::table::Table;

pub(super) const PREVIOUS: Parameter = Parameter::optional(
    "previous",
    Takes::Review,
    "null",
    "An earlier review, which tells what is new, what persists and what is resolved.",
);

/// What an earlier review found.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    /// The day that it looks from.
    day: Option<Day>,
    pub(super) findings: Vec<EarlierFinding>,
}

/// A finding of an earlier review.
#[derive(Clone, Debug)]
pub(super) struct EarlierFinding {
    pub(super) id: String,
    pub(super) principle: Principle,
    pub(super) check: Check,
    pub(super) scope: FindingScope,
    pub(super) subject: Option<String>,
    /// As it stood there, with its decimals.
    pub(super) mrr_at_stake: (i128, u8),
    pub(super) since: Option<Day>,
}

impl Earlier {
    /// Of the canonical JSON of a review.
    pub(super) fn read(json: &Json) -> Result<Self, Error> {
        let refused = |message: &str| {
            let problem = Problem::argument(Code::InvalidArgument, PREVIOUS.name, message);
            problem.help("give the review itself, or its canonical JSON")
        };
        let findings = json.get("findings").ok_or_else(|| refused("it has no findings"))?;
        let table = Table::from_value(findings).map_err(|error| match error.problems().first() {
            Some(problem) => Problem { path: format!("{}.findings", PREVIOUS.name), ..problem.clone() }.into(),
            None => error,
        })?;
        let findings =
            ReviewFindings::of_table(table).ok_or_else(|| refused("its findings are not those of a review"))?;
        Ok(Self::of(&findings))
    }

    pub(super) fn of(findings: &ReviewFindings) -> Self {
        let finding = |row: ReviewFindingsRow<'_>| EarlierFinding {
            id: row.finding_id.to_owned(),
            principle: row.principle,
            check: row.check,
            scope: row.scope,
            subject: row.subject.map(str::to_owned),
            mrr_at_stake: (row.mrr_at_stake.units(), row.mrr_at_stake.digits()),
            since: row.since.and_then(|day| Day::try_from(day).ok()),
        };
        Self { day: findings.table().metadata().as_of, findings: findings.rows().map(finding).collect() }
    }

    /// Refuses a review that is no earlier one, or of another currency.
    pub(super) fn check(&self, day: Day) -> Result<(), Problem> {
        match self.day {
            Some(earlier) if earlier > day => {
                let (earlier, day) = (earlier.date().to_string(), day.date().to_string());
                let message = format!("it looks from {}, which is after {}", quoted(&earlier), quoted(&day));
                Err(Problem::argument(Code::InvalidArgument, PREVIOUS.name, message).value(&earlier))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn ids(&self) -> HashSet<&str> {
        self.findings.iter().map(|finding| finding.id.as_str()).collect()
    }
}
