//! What a review goes by, as data: what all rules go by, the thresholds of every rule, plays of one's own.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::basis::{Basis, KEYS, PATH};
use super::monitor_health::MonitorHealth;
use super::natural_drift::NaturalDrift;
use super::play::Play;
use super::right_customer::RightCustomer;
use super::rule::Rule;
use super::thresholds::Thresholds;
use super::time_to_value::TimeToValue;
use super::wildly_successful::WildlySuccessful;
use crate::error::{Error, Problem};
use crate::json::Json;
use crate::reading::{Reader, distinct};

/// What a review goes by: the bounds of verdicts, thresholds of every rule, who is left out, plays of one's own, the scorecard and
/// the touch model.
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewSettings {
    pub(crate) basis: Basis,
    pub(super) rules: Rules,
    /// Those of one's own, which come before those of the library.
    plays: Vec<Play>,
}

/// Declares the thresholds of all rules, each under the name of its principle.
macro_rules! rules {
    ($($field:ident: $rule:ident,)+) => {
        /// The thresholds of all rules.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(super) struct Rules {
            $(pub(super) $field: <$rule as Rule>::Thresholds,)+
        }

        impl Rules {
            const KEYS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn read(reader: &Reader<'_>) -> Result<Self, Problem> {
                Ok(Self {
                    $($field: <$rule as Rule>::Thresholds::default().replaced_at(reader, stringify!($field))?,)+
                })
            }

            fn entries(&self) -> Vec<(&'static str, Json)> {
                vec![$((stringify!($field), self.$field.to_json())),+]
            }

            fn thresholds() -> Vec<(&'static str, Json)> {
                vec![$((stringify!($field), <$rule as Rule>::Thresholds::described())),+]
            }
        }
    };
}

rules! {
    right_customer: RightCustomer,
    natural_drift: NaturalDrift,
    wildly_successful: WildlySuccessful,
    monitor_health: MonitorHealth,
    time_to_value: TimeToValue,
}

const PLAYS: &str = "plays";
const MOST_PLAYS: usize = 1_000;

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
        let keys: Vec<&str> = KEYS.iter().chain(Rules::KEYS).chain(&[PLAYS]).copied().collect();
        let reader = Reader::of(PATH, json, &keys)?;
        let plays = reader.list(PLAYS, MOST_PLAYS, |path, json| Play::read(&path, json))?;
        distinct(&reader.at(PLAYS), plays.iter().map(Play::name))?;
        Ok(Self { basis: Basis::read(&reader)?, rules: Rules::read(&reader)?, plays })
    }

    /// The settings as a JSON object, defaults included.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let plays = Json::Array(self.plays.iter().map(Play::to_json).collect());
        Json::object(self.basis.entries().into_iter().chain(self.rules.entries()).chain([(PLAYS, plays)]))
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

    /// All thresholds as data, by the keys under which they stand.
    pub(crate) fn thresholds() -> Json {
        Json::object([Basis::thresholds()].into_iter().chain(Rules::thresholds()))
    }

    /// All plays: those of one's own before those of the library that have other names.
    pub(crate) fn plays(&self) -> Result<Vec<Play>, Error> {
        let mut plays = self.plays.clone();
        let standard = Play::standard()?;
        plays.extend(standard.into_iter().filter(|play| self.plays.iter().all(|own| own.name() != play.name())));
        Ok(plays)
    }
}

impl Serialize for ReviewSettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_object().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ReviewSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_object(&Json::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::principles::Principle;
    use crate::word::Word as _;

    #[test]
    fn every_principle_has_its_thresholds() {
        assert_eq!(Rules::KEYS, Principle::WORDS);
    }

    #[test]
    fn every_threshold_stands_on_the_page_of_its_rule() {
        let pages = [
            include_str!("verdicts.md"),
            include_str!("right_customer.md"),
            include_str!("natural_drift.md"),
            include_str!("wildly_successful.md"),
            include_str!("monitor_health.md"),
            include_str!("time_to_value.md"),
        ];
        let all = || [Basis::thresholds()].into_iter().chain(Rules::thresholds());
        assert_eq!(all().count(), pages.len());
        for ((key, thresholds), page) in all().zip(pages) {
            let told: Vec<(String, String)> = page
                .lines()
                .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
                .map(|(name, rest)| (name.to_owned(), rest.split(' ').next().unwrap_or_default().to_owned()))
                .collect();
            let cell = |one: &Json, name: &str| one.get(name).map(Json::plain).unwrap_or_default();
            let there = thresholds.as_array().unwrap_or_default().iter();
            assert!(there.len() > 0, "{key}");
            let there: Vec<(String, String)> = there.map(|one| (cell(one, "name"), cell(one, "default"))).collect();
            assert_eq!(told, there, "{key}");
        }
    }

    #[test]
    fn what_is_left_out_is_the_librarys() -> Result<(), Error> {
        let settings = ReviewSettings::default();
        assert_eq!(ReviewSettings::from_json("{}")?, settings);
        assert_eq!(ReviewSettings::from_json(&settings.to_json())?, settings);
        let other = ReviewSettings::from_json(r#"{"time_to_value": {"max_share_of_term": 0.5}}"#)?;
        assert_eq!(other.rules.time_to_value.max_share_of_term, 500_000);
        assert_eq!(other.rules.natural_drift, settings.rules.natural_drift);
        assert_ne!(other.fingerprint(), settings.fingerprint());
        let written = serde_json::to_string(&other).unwrap();
        assert_eq!(written, other.to_json());
        assert_eq!(serde_json::from_str::<ReviewSettings>(&written).unwrap(), other);
        let refused = serde_json::from_str::<ReviewSettings>(r#"{"time_to_value": {"max_days": 0}}"#).unwrap_err();
        assert!(refused.to_string().contains("settings.time_to_value.max_days"), "{refused}");
        Ok(())
    }

    #[rstest]
    #[case("{", "settings")]
    #[case("[]", "settings")]
    #[case(r#"{"rules": {}}"#, "settings.rules")]
    #[case(r#"{"natural_drift": {"max_days": 1}}"#, "settings.natural_drift.max_days")]
    #[case(r#"{"natural_drift": {"min_silent_days": -1}}"#, "settings.natural_drift.min_silent_days")]
    #[case(r#"{"natural_drift": {"max_fall": 1.5}}"#, "settings.natural_drift.max_fall")]
    #[case(r#"{"bounds": {"attention_above": 0.5, "fail_above": 0.4}}"#, "settings.bounds")]
    #[case(r#"{"bounds": {"gross_margin": 0}}"#, "settings.bounds.gross_margin")]
    #[case(r#"{"exclusions": [{"customer_id": "acme"}]}"#, "settings.exclusions[1].reason")]
    #[case(
        r#"{"exclusions": [{"customer_id": "acme", "reason": "x", "principle": "drift"}]}"#,
        "settings.exclusions[1].principle"
    )]
    #[case(
        r#"{"exclusions": [{"customer_id": "acme", "reason": "x", "until": "2026-02-30"}]}"#,
        "settings.exclusions[1].until"
    )]
    #[case(r#"{"plays": [{"play": "call", "checks": []}]}"#, "settings.plays[1].checks")]
    #[case(r#"{"plays": [{"play": "call", "checks": ["silent"]}]}"#, "settings.plays[1].checks[1]")]
    #[case(
        r#"{"plays": [{"play": "call", "checks": ["silence"], "label": {"en": "Call"}}]}"#,
        "settings.plays[1].label.ja"
    )]
    #[case(r#"{"validation": "maybe"}"#, "settings.validation")]
    fn faults_are_located(#[case] json: &str, #[case] path: &str) {
        let problems = ReviewSettings::from_json(json).map_err(|error| error.problems().to_vec());
        let told = problems.map_err(|problems| problems.into_iter().map(|problem| problem.path).collect::<Vec<_>>());
        assert_eq!(told, Err(vec![path.to_owned()]));
    }
}
