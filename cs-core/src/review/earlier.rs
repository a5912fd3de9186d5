//! What an earlier review found.

use hashbrown::HashSet;

use super::findings::{ReviewFindings, ReviewFindingsRow};
use crate::currency::Currency;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::principles::{Check, FindingScope, Principle, write_id};
use crate::query::{Parameter, Takes};
use crate::reading::item;
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
    /// The day that it looks from, and the currency of its amounts; those of a review are always there.
    day: Option<Day>,
    currency: Option<Currency>,
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
    /// Of the text of the canonical JSON of a review.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let json = Json::parse(text).map_err(|problem| Problem { path: PREVIOUS.name.to_owned(), ..problem })?;
        Self::read(&json)
    }

    /// Of the canonical JSON of a review.
    pub(super) fn read(json: &Json) -> Result<Self, Error> {
        let refused = |message: &str| {
            let problem = Problem::argument(Code::InvalidArgument, PREVIOUS.name, message);
            problem.help("give the review itself, or its canonical JSON")
        };
        let findings = json.get("findings").ok_or_else(|| refused("it has no findings"))?;
        let table = Table::from_value(findings).map_err(|error| match error.problems().first() {
            Some(problem) => {
                let within = problem.path.strip_prefix("table").unwrap_or_default();
                Problem { path: format!("{}.findings{within}", PREVIOUS.name), ..problem.clone() }.into()
            }
            None => error,
        })?;
        let rows = table.len();
        let findings =
            ReviewFindings::of_table(table).ok_or_else(|| refused("its findings are not those of a review"))?;
        let earlier = Self::of(&findings);
        // A row that says what this version does not know is not passed over.
        if earlier.findings.len() < rows || earlier.day.is_none() || earlier.currency.is_none() {
            return Err(refused("its findings are not those of a review of this version").into());
        }
        earlier.check_ids()?;
        Ok(earlier)
    }

    /// Refuses a name that is not that of its finding, or stands twice.
    fn check_ids(&self) -> Result<(), Problem> {
        let (mut known, mut own) = (HashSet::with_capacity(self.findings.len()), String::new());
        for (position, finding) in self.findings.iter().enumerate() {
            let EarlierFinding { id, principle, check, scope, subject, .. } = finding;
            write_id((*principle, *check, *scope), subject.as_deref(), &mut own);
            let message = match (*id == own, known.insert(id.as_str())) {
                (true, true) => continue,
                (true, false) => format!("{} stands twice", quoted(id)),
                (false, _) => format!("{} stands where {} is expected", quoted(id), quoted(&own)),
            };
            let path = item(&format!("{}.findings.rows", PREVIOUS.name), position) + ".finding_id";
            return Err(Problem::argument(Code::InvalidArgument, path, message).value(id));
        }
        Ok(())
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
        let metadata = findings.table().metadata();
        Self { day: metadata.as_of, currency: metadata.currency, findings: findings.rows().map(finding).collect() }
    }

    /// Refuses a review that is no earlier one, or of another currency.
    pub(super) fn check(&self, day: Day, currency: Currency) -> Result<(), Problem> {
        let refused = |message: String| Problem::argument(Code::InvalidArgument, PREVIOUS.name, message);
        if let Some(earlier) = self.day.filter(|&earlier| earlier > day) {
            let (earlier, day) = (earlier.date().to_string(), day.date().to_string());
            return Err(refused(format!("it looks from {}, which is after {}", quoted(&earlier), quoted(&day))));
        }
        match self.currency.filter(|&other| other != currency) {
            None => Ok(()),
            Some(other) => {
                Err(refused(format!("its amounts are in {other}, and those of the portfolio in {currency}")))
            }
        }
    }

    pub(super) fn ids(&self) -> HashSet<&str> {
        self.findings.iter().map(|finding| finding.id.as_str()).collect()
    }
}
