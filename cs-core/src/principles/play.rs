//! Plays: what to do about a finding, for whom, to what effect, and how one sees that it worked. Data.

use super::check::Check;
use crate::attention::TouchTier;
use crate::error::{Error, Problem};
use crate::json::Json;
use crate::locale::Locale;
use crate::reading::{Reader, invalid, unexpected};
use crate::success::Phase;
use crate::word::Word;

const STANDARD: &str = include_str!("plays.json");

/// What to do about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Play {
    name: String,
    /// What triggers it.
    pub(crate) checks: Vec<Check>,
    /// The tiers that it fits; all where none is named.
    pub(crate) tiers: Vec<TouchTier>,
    /// The phases that it fits, likewise.
    pub(crate) phases: Vec<Phase>,
    /// Whether only customers in the best band of the score welcome it.
    pub(crate) needs_health: bool,
    label: Text,
    effect: Text,
    success: Text,
}

/// A text in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text(Vec<(Locale, String)>);

/// Whom a play would be for: what is not known rules nothing out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Audience {
    pub(crate) tier: Option<TouchTier>,
    pub(crate) phase: Option<Phase>,
    pub(crate) is_healthy: bool,
}

const KEYS: [&str; 8] = ["play", "checks", "tiers", "phases", "needs_health", "label", "effect", "success"];
const MOST: usize = 100;

impl Play {
    /// Those of the library.
    pub(crate) fn standard() -> Result<Vec<Self>, Error> {
        let json = Json::parse(STANDARD)?;
        let items = json.as_array().unwrap_or_default().iter();
        Ok(items.map(|json| Self::read("plays", json)).collect::<Result<_, _>>()?)
    }

    pub(crate) fn read(path: &str, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &KEYS)?;
        let checks = some_words(&reader, "checks")?;
        if checks.is_empty() {
            return Err(invalid(&reader.at("checks"), "nothing triggers the play").help("name a check"));
        }
        let flag = |path: &str, json: &Json| match json {
            Json::Flag(flag) => Ok(*flag),
            _ => Err(unexpected(path, json, "true or false")),
        };
        Ok(Self {
            name: reader.name("play")?,
            checks,
            tiers: some_words(&reader, "tiers")?,
            phases: some_words(&reader, "phases")?,
            needs_health: reader.optional("needs_health", flag)?.unwrap_or_default(),
            label: Text::read(&reader, "label")?,
            effect: Text::read(&reader, "effect")?,
            success: Text::read(&reader, "success")?,
        })
    }

    pub(crate) fn to_json(&self) -> Json {
        Json::object([
            ("play", Json::from(self.name.as_str())),
            ("checks", words(&self.checks)),
            ("tiers", words(&self.tiers)),
            ("phases", words(&self.phases)),
            ("needs_health", Json::Flag(self.needs_health)),
            ("label", self.label.to_json()),
            ("effect", self.effect.to_json()),
            ("success", self.success.to_json()),
        ])
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its name; what it is called, what it is expected to bring, and how one sees that it worked, each in English and in Japanese.
    pub(crate) fn texts(&self) -> [&str; 7] {
        let [label, effect, success] = [&self.label, &self.effect, &self.success];
        let (en, ja) = (Locale::En, Locale::Ja);
        [&self.name, label.get(en), label.get(ja), effect.get(en), effect.get(ja), success.get(en), success.get(ja)]
    }

    /// Whether it fits what was found, and whom it would be for.
    pub(crate) fn fits(&self, check: Check, audience: Audience) -> bool {
        self.checks.contains(&check)
            && audience.tier.is_none_or(|tier| self.tiers.is_empty() || self.tiers.contains(&tier))
            && audience.phase.is_none_or(|phase| self.phases.is_empty() || self.phases.contains(&phase))
            && (!self.needs_health || audience.is_healthy)
    }
}

impl Text {
    fn read(reader: &Reader<'_>, key: &str) -> Result<Self, Problem> {
        let texts = Reader::of(reader.at(key), reader.required(key)?, Locale::WORDS)?;
        let text = |locale: &Locale| Ok((*locale, texts.name(locale.word())?));
        Ok(Self(Locale::ALL.iter().map(text).collect::<Result<_, Problem>>()?))
    }

    fn get(&self, locale: Locale) -> &str {
        self.0.iter().find(|(of, _)| *of == locale).map_or("", |(_, text)| text)
    }

    fn to_json(&self) -> Json {
        Json::object(self.0.iter().map(|(locale, text)| (locale.word(), Json::from(text.as_str()))))
    }
}

fn some_words<T: Word>(reader: &Reader<'_>, key: &str) -> Result<Vec<T>, Problem> {
    reader.list(key, MOST, |path, json| {
        let word = json.as_text().and_then(T::from_word);
        word.ok_or_else(|| unexpected(&path, json, &format!("one of {}", T::words())))
    })
}

fn words<T: Word>(words: &[T]) -> Json {
    Json::Array(words.iter().map(|word| Json::from(word.word())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audiences() -> Vec<Audience> {
        let tiers = TouchTier::ALL.iter().copied().map(Some).chain([None]);
        let phases = || Phase::ALL.iter().copied().map(Some).chain([None]);
        let of =
            |tier| phases().flat_map(move |phase| [true, false].map(|is_healthy| Audience { tier, phase, is_healthy }));
        tiers.flat_map(of).collect()
    }

    #[test]
    fn whoever_it_is_of_a_finding_has_a_play() -> Result<(), Error> {
        let plays = Play::standard()?;
        for &check in Check::ALL {
            for audience in audiences() {
                assert!(plays.iter().any(|play| play.fits(check, audience)), "{check} of {audience:?}");
            }
        }
        Ok(())
    }

    /// A troubled customer is offered nothing, and technology carries what is proposed first in tech touch.
    #[test]
    fn the_first_play_is_the_one_that_fits() -> Result<(), Error> {
        let plays = Play::standard()?;
        let fitting = |check, audience| {
            let fits = plays.iter().filter(move |play| play.fits(check, audience));
            fits.map(Play::name).collect::<Vec<_>>()
        };
        for audience in audiences() {
            let proposed = fitting(Check::Achieved, audience);
            let offers = ["unseen_need", "upgrade_offer", "advocacy_invitation"];
            assert_eq!(proposed.first(), Some(&"next_challenge"), "{audience:?}");
            assert!(audience.is_healthy || !proposed.iter().any(|play| offers.contains(play)), "{audience:?}");
        }
        let grown = Audience { tier: Some(TouchTier::HighTouch), phase: Some(Phase::Advocacy), is_healthy: true };
        assert_eq!(
            fitting(Check::Achieved, grown),
            ["next_challenge", "unseen_need", "upgrade_offer", "advocacy_invitation"]
        );
        let small = Audience { tier: Some(TouchTier::TechTouch), phase: None, is_healthy: false };
        for check in [Check::Silence, Check::FallingUse, Check::UndefinedSuccess] {
            assert_eq!(fitting(check, small).first(), Some(&"in_product_guide"), "{check}");
            let other = fitting(check, Audience { tier: Some(TouchTier::HighTouch), ..small });
            assert!(!other.contains(&"in_product_guide"), "{check}");
        }
        Ok(())
    }
}
