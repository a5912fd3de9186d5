//! What a review goes by, as data: thresholds of every rule, who is left out, plays of one's own.

use sha2::{Digest as _, Sha256};

use super::monitor_health::MonitorHealth;
use super::natural_drift::NaturalDrift;
use super::play::Play;
use super::principle::Principle;
use super::right_customer::RightCustomer;
use super::rule::Rule;
use super::thresholds::{Thresholds as _, thresholds};
use super::time_to_value::TimeToValue;
use super::wildly_successful::WildlySuccessful;
use crate::attention::TouchModel;
use crate::error::{Error, Problem};
use crate::health::{BacktestVerdict, Scorecard};
use crate::json::Json;
use crate::period::Day;
use crate::reading::{Reader, distinct, invalid, item};
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
        /// The share of revenue that is left after the cost of serving it.
        gross_margin: Upto(1) = 1_000_000,
    }
}

/// What a review goes by: thresholds of every rule, who is left out, plays of one's own, the scorecard and the touch model.
///
/// ```
/// use cs_core::ReviewSettings;
/// let settings = ReviewSettings::from_json(r#"{
///     "natural_drift": {"min_silent_days": 60},
///     "exclusions": [{"customer_id": "acme", "principle": "natural_drift", "until": "2026-12-31", "reason": "seasonal"}]
/// }"#)?;
/// assert_eq!(ReviewSettings::from_json(&settings.to_json())?, settings);
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewSettings {
    pub(crate) bounds: Bounds,
    pub(crate) right_customer: <RightCustomer as Rule>::Thresholds,
    pub(crate) natural_drift: <NaturalDrift as Rule>::Thresholds,
    pub(crate) wildly_successful: <WildlySuccessful as Rule>::Thresholds,
    pub(crate) monitor_health: <MonitorHealth as Rule>::Thresholds,
    pub(crate) time_to_value: <TimeToValue as Rule>::Thresholds,
    pub(crate) exclusions: Vec<Exclusion>,
    /// Those of one's own, which come before those of the library.
    plays: Vec<Play>,
    scorecard: Option<Scorecard>,
    touch_model: Option<TouchModel>,
    /// What a backtest said of the scorecard; else practices tell.
    pub(crate) validation: Option<BacktestVerdict>,
}

/// A customer that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exclusion {
    pub(crate) customer_id: String,
    /// None for every principle.
    principle: Option<Principle>,
    /// The first day on which it is not left out any more; none where nobody knows it.
    until: Option<Day>,
    reason: String,
}

const PATH: &str = "settings";
const BOUNDS: &str = "bounds";
const KEYS: [&str; 11] = [
    BOUNDS,
    "right_customer",
    "natural_drift",
    "wildly_successful",
    "monitor_health",
    "time_to_value",
    "exclusions",
    "plays",
    "scorecard",
    "touch_model",
    "validation",
];
const MOST_EXCLUSIONS: usize = 1_000_000;
const MOST_PLAYS: usize = 1_000;

impl Default for ReviewSettings {
    /// Those of the library: every threshold at its default, nobody left out.
    fn default() -> Self {
        Self {
            bounds: Bounds::default(),
            right_customer: Default::default(),
            natural_drift: Default::default(),
            wildly_successful: Default::default(),
            monitor_health: Default::default(),
            time_to_value: Default::default(),
            exclusions: Vec::new(),
            plays: Vec::new(),
            scorecard: None,
            touch_model: None,
            validation: None,
        }
    }
}

impl ReviewSettings {
    /// Reads settings from JSON.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, `limit_exceeded`, `invalid_scorecard`, and `invalid_argument` for what they say that they
    /// cannot.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let json = Json::parse(text).map_err(|problem| Problem { path: PATH.to_owned(), ..problem })?;
        Self::from_object(&json)
    }

    /// Reads settings from a JSON object: `bounds` of all rules, thresholds by the name of each principle, `exclusions`, `plays`,
    /// a `scorecard`, a `touch_model`, and the `validation` of the scorecard, which is the verdict of a backtest; what is left out is
    /// that of the library.
    ///
    /// # Errors
    /// `invalid_scorecard` and `invalid_argument`.
    pub fn from_object(json: &Json) -> Result<Self, Error> {
        let reader = Reader::of(PATH, json, &KEYS)?;
        let plays = reader.list("plays", MOST_PLAYS, |path, json| Play::read(&path, json))?;
        distinct(&reader.at("plays"), plays.iter().map(Play::name))?;
        let bounds = read(&reader, BOUNDS)?;
        let settings = Self {
            right_customer: read(&reader, "right_customer")?,
            natural_drift: read(&reader, "natural_drift")?,
            wildly_successful: read(&reader, "wildly_successful")?,
            monitor_health: read(&reader, "monitor_health")?,
            time_to_value: read(&reader, "time_to_value")?,
            exclusions: reader.list("exclusions", MOST_EXCLUSIONS, Exclusion::read)?,
            plays,
            scorecard: reader.get("scorecard").map(Scorecard::from_object).transpose()?,
            touch_model: reader.get("touch_model").map(TouchModel::from_object).transpose()?,
            validation: reader.word("validation")?,
            bounds,
        };
        let Bounds { attention_above, fail_above, .. } = settings.bounds;
        if attention_above > fail_above {
            let message = "a principle would fail before it needs attention";
            return Err(invalid(&format!("{PATH}.{BOUNDS}"), message).help("let fail_above be no less").into());
        }
        Ok(settings)
    }

    /// The settings as a JSON object, defaults included.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let plays = self.plays.iter().map(Play::to_json).collect();
        let exclusions = self.exclusions.iter().map(Exclusion::to_json).collect();
        let given = [
            ("scorecard", self.scorecard.as_ref().map(Scorecard::to_object)),
            ("touch_model", self.touch_model.as_ref().map(TouchModel::to_object)),
        ];
        let entries = [
            (BOUNDS, self.bounds.to_json()),
            ("right_customer", self.right_customer.to_json()),
            ("natural_drift", self.natural_drift.to_json()),
            ("wildly_successful", self.wildly_successful.to_json()),
            ("monitor_health", self.monitor_health.to_json()),
            ("time_to_value", self.time_to_value.to_json()),
            ("exclusions", Json::Array(exclusions)),
            ("plays", Json::Array(plays)),
        ];
        let validation = ("validation", Json::text(self.validation.map(|validation| validation.word())));
        let given = given.map(|(key, given)| (key, given.unwrap_or(Json::Null)));
        Json::object(entries.into_iter().chain(given).chain([validation]))
    }

    /// The settings as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_object().to_string()
    }

    /// The SHA-256 of the canonical JSON, in hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.to_json()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The scorecard, or the standard one.
    pub(crate) fn scorecard(&self) -> Result<Scorecard, Error> {
        self.scorecard.clone().map_or_else(Scorecard::standard, Ok)
    }

    pub(crate) fn touch_model(&self) -> Option<&TouchModel> {
        self.touch_model.as_ref()
    }

    /// All plays: those of one's own before those of the library that have other names.
    pub(crate) fn plays(&self) -> Result<Vec<Play>, Error> {
        let mut plays = self.plays.clone();
        let standard = Play::standard()?;
        plays.extend(standard.into_iter().filter(|play| self.plays.iter().all(|own| own.name() != play.name())));
        Ok(plays)
    }
}

/// The thresholds that stand at a key, or the defaults.
fn read<T: super::thresholds::Thresholds>(reader: &Reader<'_>, key: &str) -> Result<T, Problem> {
    let default = T::default();
    Ok(reader.optional(key, |path, json| default.replaced(path, json))?.unwrap_or(default))
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

    /// Where the one at a position stands.
    pub(crate) fn path(position: usize) -> String {
        item(&format!("{PATH}.exclusions"), position) + ".customer_id"
    }
}
