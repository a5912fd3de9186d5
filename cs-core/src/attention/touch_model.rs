//! Tiers of customers as data: ordered rules of who is in which, and what each is owed.

use crate::error::{Error, Problem};
use crate::json::Json;
use crate::query::{ONE, read_millionths};
use crate::reading::{Reader, amount, invalid, item, some, unexpected, whole};
use crate::word::{Word, words};

words! {
    /// How much of people's time customers get.
    TouchTier {
        /// The few who pay for it: people who know them.
        HighTouch,
        /// Some of people's time, and technology for the rest.
        LowTouch,
        /// Every contact is carried by technology.
        TechTouch,
    }
}

/// Tiers of customers as data: ordered rules of who is in which, and what each is owed.
///
/// The first rule of which all conditions hold gives the tier; the last has none, so that everybody is in a tier. A condition
/// on what is not known does not hold.
///
/// ```
/// use cs_core::TouchModel;
/// let model = TouchModel::from_json(r#"{
///     "rules": [{"tier": "high_touch", "min_value": "5000.00"}, {"tier": "tech_touch"}],
///     "tiers": {"high_touch": {"hours_per_month": 6, "contact_days": 14}}
/// }"#)?;
/// assert_eq!(TouchModel::from_json(&model.to_json())?, model);
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchModel {
    pub(super) rules: Vec<Rule>,
    /// In the order of tiers.
    pub(super) owed: [Owed; TIERS],
}

pub(super) const TIERS: usize = TouchTier::ALL.len();

/// Who is in a tier: all that is given has to hold; ratios and experience in millionths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) tier: TouchTier,
    /// What a customer is worth at least, in counts of 10^-[`DIGITS`].
    pub(super) min_value: Option<i128>,
    /// The same, as a multiple of the average.
    pub(super) min_value_ratio: Option<i128>,
    /// What a customer could pay at least, as a multiple of what it pays.
    pub(super) min_potential_ratio: Option<i128>,
    /// How good its experience is at most.
    pub(super) max_experience: Option<i128>,
}

/// What a customer of a tier is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owed {
    /// Hours a month, in millionths.
    pub(super) hours: u32,
    /// Days from one contact to the next.
    pub(super) contact_days: u32,
}

/// What nobody says otherwise.
const NOTHING: Owed = Owed { hours: 0, contact_days: 1 };

/// Amounts that are compared have so many decimals: more than any currency with all extra digits.
pub(super) const DIGITS: u8 = 12;

const PATH: &str = "model";
const MOST_RULES: usize = 100;
const STANDARD: &str = include_str!("standard.json");

impl TouchModel {
    /// Reads a model from JSON.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, `limit_exceeded`, and `invalid_argument` for what it says that it cannot.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let json = Json::parse(text).map_err(|problem| Problem { path: PATH.to_owned(), ..problem })?;
        Self::from_object(&json)
    }

    /// Reads a model from a JSON object: `rules`, each with a `tier` and any of `min_value`, `min_value_ratio`,
    /// `min_potential_ratio` and `max_experience`, and for some `tiers` their `hours_per_month` and `contact_days`; what is
    /// left out is that of the standard model.
    ///
    /// # Errors
    /// `invalid_argument`.
    pub fn from_object(json: &Json) -> Result<Self, Error> {
        let standard = Self::standard()?;
        Ok(Self::read(json, Some(&standard))?)
    }

    /// The model that is followed unless another is given. Its numbers are the library's own: customers of three times the
    /// average value, or of the average that could pay three times as much, have people; below half of it, technology, unless
    /// their experience is poor.
    ///
    /// # Errors
    /// None that a user could cause.
    pub fn standard() -> Result<Self, Error> {
        Ok(Self::read(&Json::parse(STANDARD)?, None)?)
    }

    /// The model as a JSON object.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let rules = self.rules.iter().map(Rule::to_json).collect();
        let tiers = TouchTier::ALL.iter().zip(self.owed).map(|(tier, owed)| (tier.name(), owed.to_json()));
        Json::object([("rules", Json::Array(rules)), ("tiers", Json::object(tiers))])
    }

    /// The model as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_object().to_string()
    }

    /// What a customer of a tier is owed.
    pub(super) fn owed(&self, tier: TouchTier) -> Owed {
        let owed = TouchTier::ALL.iter().zip(self.owed).find(|(known, _)| **known == tier);
        owed.map_or(NOTHING, |(_, owed)| owed)
    }

    fn read(json: &Json, standard: Option<&Self>) -> Result<Self, Problem> {
        let reader = Reader::of(PATH, json, &["rules", "tiers"])?;
        let rules = reader.optional("rules", |path, json| {
            let rules = some(path, json, "rules", &(1..=MOST_RULES))?.iter().enumerate();
            let rules: Vec<Rule> =
                rules.map(|(position, json)| Rule::read(item(path, position), json)).collect::<Result<_, _>>()?;
            check_order(path, &rules).map(|()| rules)
        })?;
        let rules = rules.or_else(|| standard.map(|standard| standard.rules.clone()));
        let tiers = reader.optional("tiers", |path, json| Reader::of(path, json, TouchTier::WORDS))?;
        let mut owed = standard.map_or([NOTHING; TIERS], |standard| standard.owed);
        for (tier, slot) in TouchTier::WORDS.iter().zip(&mut owed) {
            let given = tiers.as_ref().map(|tiers| tiers.optional(tier, |path, json| slot.replaced(path, json)));
            *slot = given.transpose()?.flatten().unwrap_or(*slot);
        }
        Ok(Self { rules: rules.ok_or_else(|| reader.invalid("the key rules is missing"))?, owed })
    }
}

/// Refuses rules that leave somebody without a tier, and those that nobody reaches.
fn check_order(path: &str, rules: &[Rule]) -> Result<(), Problem> {
    let open = rules.iter().position(|rule| !rule.has_condition());
    match open {
        Some(position) if position + 1 == rules.len() => Ok(()),
        Some(position) => {
            let problem = invalid(&item(path, position), "nobody reaches the rules behind one without a condition");
            Err(problem.help("put it last"))
        }
        None => {
            let problem = invalid(&item(path, rules.len().saturating_sub(1)), "the last rule has a condition");
            Err(problem.help("end with a rule without one, so that everybody is in a tier"))
        }
    }
}

impl Rule {
    const KEYS: [&'static str; 5] = ["tier", "min_value", "min_value_ratio", "min_potential_ratio", "max_experience"];

    fn read(path: String, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &Self::KEYS)?;
        let ratio = |key: &str, most: u32| reader.optional(key, |path, json| Ok(millionths(path, json, most)?.into()));
        Ok(Self {
            tier: reader.required_word("tier")?,
            min_value: reader.optional("min_value", |path, json| {
                amount(path, json, DIGITS).and_then(|units| match units >= 0 {
                    true => Ok(units),
                    false => Err(unexpected(path, json, "an amount from 0")),
                })
            })?,
            min_value_ratio: ratio("min_value_ratio", MOST_RATIO)?,
            min_potential_ratio: ratio("min_potential_ratio", MOST_RATIO)?,
            max_experience: ratio("max_experience", 10)?,
        })
    }

    fn conditions(&self) -> [(&'static str, Option<i128>); 3] {
        [
            ("min_value_ratio", self.min_value_ratio),
            ("min_potential_ratio", self.min_potential_ratio),
            ("max_experience", self.max_experience),
        ]
    }

    fn has_condition(&self) -> bool {
        self.min_value.is_some() || self.conditions().iter().any(|(_, given)| given.is_some())
    }

    fn to_json(&self) -> Json {
        let value = self.min_value.map(|units| ("min_value", Json::Text(crate::money::decimal_text(units, DIGITS))));
        let ratio = |(key, given): (&'static str, Option<i128>)| Some((key, number(given?)));
        let ratios = self.conditions().into_iter().filter_map(ratio);
        Json::object([("tier", Json::from(self.tier.name()))].into_iter().chain(value).chain(ratios))
    }
}

impl Owed {
    /// The same where a tier says nothing else.
    fn replaced(self, path: &str, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &["hours_per_month", "contact_days"])?;
        let hours = reader.optional("hours_per_month", |path, json| millionths(path, json, 1_000))?;
        let contact_days = reader.optional("contact_days", |path, json| whole(path, json, 1..=3_660))?;
        Ok(Self { hours: hours.unwrap_or(self.hours), contact_days: contact_days.unwrap_or(self.contact_days) })
    }

    fn to_json(self) -> Json {
        Json::object([
            ("hours_per_month", number(self.hours.into())),
            ("contact_days", Json::Integer(self.contact_days.into())),
        ])
    }
}

/// A multiple is no greater.
const MOST_RATIO: u32 = 1_000;

fn millionths(path: &str, json: &Json, most: u32) -> Result<u32, Problem> {
    read_millionths(json, most, |expected| unexpected(path, json, &expected))
}

fn number(millionths: i128) -> Json {
    Json::Float(millionths as f64 / f64::from(ONE))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn what_is_left_out_is_standard() -> Result<(), Error> {
        let standard = TouchModel::standard()?;
        assert_eq!(TouchModel::from_json("{}")?, standard);
        let model = TouchModel::from_json(r#"{"tiers": {"low_touch": {"contact_days": 30}}}"#)?;
        assert_eq!(model.rules, standard.rules);
        assert_eq!(model.owed[1], Owed { contact_days: 30, ..standard.owed[1] });
        assert_eq!([model.owed[0], model.owed[2]], [standard.owed[0], standard.owed[2]]);
        assert_eq!(TouchModel::from_json(&standard.to_json())?, standard);
        Ok(())
    }

    #[rstest]
    #[case("[]", "model")]
    #[case(r#"{"rule": []}"#, "model.rule")]
    #[case(r#"{"rules": []}"#, "model.rules")]
    #[case(r#"{"rules": [{}]}"#, "model.rules[1].tier")]
    #[case(r#"{"rules": [{"tier": "mid_touch"}]}"#, "model.rules[1].tier")]
    #[case(
        r#"{"rules": [{"tier": "high_touch", "min_value": 5.5}, {"tier": "tech_touch"}]}"#,
        "model.rules[1].min_value"
    )]
    #[case(
        r#"{"rules": [{"tier": "high_touch", "min_value": "-1"}, {"tier": "tech_touch"}]}"#,
        "model.rules[1].min_value"
    )]
    #[case(r#"{"rules": [{"tier": "high_touch", "max_experience": 11}]}"#, "model.rules[1].max_experience")]
    #[case::nobody_reaches(r#"{"rules": [{"tier": "high_touch"}, {"tier": "tech_touch"}]}"#, "model.rules[1]")]
    #[case::somebody_is_left(r#"{"rules": [{"tier": "high_touch", "min_value_ratio": 2}]}"#, "model.rules[1]")]
    #[case(r#"{"tiers": {"high_touch": {"contact_days": 0}}}"#, "model.tiers.high_touch.contact_days")]
    #[case(r#"{"tiers": {"high_touch": {"hours_per_month": 1000.5}}}"#, "model.tiers.high_touch.hours_per_month")]
    #[case(r#"{"tiers": {"mid_touch": {}}}"#, "model.tiers.mid_touch")]
    fn faults_are_located(#[case] json: &str, #[case] path: &str) {
        let problems = TouchModel::from_json(json).map_err(|error| error.problems().to_vec());
        let told = problems.map_err(|problems| problems.into_iter().map(|problem| problem.path).collect::<Vec<_>>());
        assert_eq!(told, Err(vec![path.to_owned()]));
    }
}
