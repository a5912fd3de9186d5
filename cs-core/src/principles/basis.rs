//! What all rules go by: the bounds of verdicts, who is left out, what makes a score and a tier. Data.

use hashbrown::HashSet;

use super::principle::Principle;
use super::thresholds::{Thresholds as _, thresholds};
use crate::attention::TouchModel;
use crate::error::{Error, Problem, quoted};
use crate::health::{BacktestVerdict, Scorecard};
use crate::json::Json;
use crate::period::Day;
use crate::reading::{Reader, invalid, item};
use crate::word::Word as _;

thresholds! {
    /// What all rules go by.
    Bounds {
        /// Of the MRR that can be assessed, up to this share may fail before a principle needs attention.
        attention_above: Upto(1) = 100_000,
        /// The same before it fails.
        fail_above: Upto(1) = 250_000,
        /// Less of the MRR with evidence than this is not assessable.
        min_coverage: Upto(1) = 500_000,
        /// A customer at fault whose term ends within so many days is urgent.
        soon_days: Whole(0, 3_660) = 90,
        /// The share of revenue that is left after the cost of serving it, above 0.
        gross_margin: Upto(1) = 1_000_000,
    }
}

/// What all rules go by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Basis {
    pub(crate) bounds: Bounds,
    pub(crate) exclusions: Vec<Exclusion>,
    /// None for the standard one.
    scorecard: Option<Scorecard>,
    /// None for the standard one.
    touch_model: Option<TouchModel>,
    /// What a backtest said of the scorecard; else practices tell.
    pub(crate) validation: Option<BacktestVerdict>,
}

/// A customer that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exclusion {
    pub(crate) customer_id: String,
    /// None for every principle.
    pub(crate) principle: Option<Principle>,
    /// The first day on which it is not left out any more; none where nobody knows it.
    pub(crate) until: Option<Day>,
    pub(crate) reason: String,
}

/// The keys of all that rules go by.
pub(super) const KEYS: [&str; 5] = [BOUNDS, "exclusions", "scorecard", "touch_model", "validation"];
const BOUNDS: &str = "bounds";
/// The path of the settings among the arguments of a call.
pub(super) const PATH: &str = "settings";
const MOST_EXCLUSIONS: usize = 1_000_000;

impl Basis {
    /// Of an object of settings.
    pub(super) fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        let basis = Self {
            bounds: Bounds::default().replaced_at(reader, BOUNDS)?,
            exclusions: reader.list("exclusions", MOST_EXCLUSIONS, Exclusion::read)?,
            scorecard: within(reader, "scorecard", "scorecard", Scorecard::from_object)?,
            touch_model: within(reader, "touch_model", "model", TouchModel::from_object)?,
            validation: reader.word("validation")?,
        };
        Exclusion::distinct(&basis.exclusions)?;
        if basis.bounds.gross_margin == 0 {
            let message = "nothing of the revenue is left, so that no customer ever pays for itself";
            return Err(invalid(&reader.at(&format!("{BOUNDS}.gross_margin")), message)
                .help("give a share above 0")
                .into());
        }
        if basis.bounds.attention_above > basis.bounds.fail_above {
            let message = "a principle would fail before it needs attention";
            return Err(invalid(&reader.at(BOUNDS), message).help("let fail_above be no less").into());
        }
        Ok(basis)
    }

    /// What it says, by its keys.
    pub(super) fn entries(&self) -> [(&'static str, Json); KEYS.len()] {
        let or_null = |json: Option<Json>| json.unwrap_or(Json::Null);
        [
            (BOUNDS, self.bounds.to_json()),
            ("exclusions", Json::Array(self.exclusions.iter().map(Exclusion::to_json).collect())),
            ("scorecard", or_null(self.scorecard.as_ref().map(Scorecard::to_object))),
            ("touch_model", or_null(self.touch_model.as_ref().map(TouchModel::to_object))),
            ("validation", Json::text(self.validation.map(|validation| validation.word()))),
        ]
    }

    /// Its thresholds as data.
    pub(super) fn thresholds() -> (&'static str, Json) {
        (BOUNDS, Bounds::described())
    }

    /// The scorecard, or the standard one.
    pub(crate) fn scorecard(&self) -> Result<Scorecard, Error> {
        self.scorecard.clone().map_or_else(Scorecard::standard, Ok)
    }

    pub(crate) fn touch_model(&self) -> Option<&TouchModel> {
        self.touch_model.as_ref()
    }
}

/// An object of its own that stands at a key: where it says of itself that a fault is at `root`, it is at that key.
fn within<T>(
    reader: &Reader<'_>,
    key: &str,
    root: &str,
    read: impl FnOnce(&Json) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let located = |error: Error| match error.problems().first() {
        Some(problem) => {
            let rest = problem.path.strip_prefix(root).unwrap_or_default();
            Problem { path: reader.at(key) + rest, ..problem.clone() }.into()
        }
        None => error,
    };
    reader.get(key).map(|json| read(json).map_err(located)).transpose()
}

impl Exclusion {
    fn read(path: String, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &["customer_id", "principle", "until", "reason"])?;
        Ok(Self {
            customer_id: reader.name("customer_id")?,
            principle: reader.word("principle")?,
            until: reader.get("until").map(|_| reader.day("until")).transpose()?,
            reason: reader.name("reason")?,
        })
    }

    fn to_json(&self) -> Json {
        Json::object([
            ("customer_id", Json::from(self.customer_id.as_str())),
            ("principle", Json::text(self.principle.map(|principle| principle.word()))),
            ("until", Json::text(self.until.map(|day| day.date().to_string()).as_deref())),
            ("reason", Json::from(self.reason.as_str())),
        ])
    }

    /// Whether it is of a principle.
    pub(crate) fn is_of(&self, principle: Principle) -> bool {
        self.principle.is_none_or(|of| of == principle)
    }

    /// Whether it holds on a day.
    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.until.is_none_or(|until| day < until)
    }

    /// Refuses a customer that is left out twice of the same.
    fn distinct(all: &[Self]) -> Result<(), Problem> {
        let mut known = HashSet::with_capacity(all.len());
        let twice = all.iter().position(|one| !known.insert((one.customer_id.as_str(), one.principle)));
        let Some((position, twice)) = twice.and_then(|position| Some((position, all.get(position)?))) else {
            return Ok(());
        };
        let name = twice.customer_id.as_str();
        Err(invalid(&Self::path(position), format!("{} is left out twice of the same", quoted(name)))
            .value(name)
            .help("let one exclusion say it"))
    }

    /// Where the one at a position stands.
    pub(crate) fn path(position: usize) -> String {
        item(&format!("{PATH}.exclusions"), position) + ".customer_id"
    }
}
