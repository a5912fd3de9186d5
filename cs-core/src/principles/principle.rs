//! The principles, and the editions that number them: data.

use crate::word::{Word, words};

words! {
    /// A principle of customer success, by a key that no edition changes.
    Principle {
        #[doc = include_str!("right_customer.md")]
        RightCustomer,
        #[doc = include_str!("natural_drift.md")]
        NaturalDrift,
        #[doc = include_str!("wildly_successful.md")]
        WildlySuccessful,
        #[doc = include_str!("monitor_health.md")]
        MonitorHealth,
        #[doc = include_str!("time_to_value.md")]
        TimeToValue,
    }
}

/// A list of principles, as it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// `2016`: those of the ten of the book that have a rule.
    Of2016,
    /// `2021`: those of the list of that year that are known and have a rule.
    Of2021,
    /// `both`: those of both, each once.
    Both,
}

/// A principle in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) principle: Principle,
    /// Its number there; none where the sources do not say.
    pub(crate) number: Option<u64>,
}

const fn numbered(principle: Principle, number: u64) -> Entry {
    Entry { principle, number: Some(number) }
}

/// The principles of 2016 that have a rule, with their numbers there.
const OF_2016: &[Entry] = &[
    numbered(Principle::RightCustomer, 1),
    numbered(Principle::NaturalDrift, 2),
    numbered(Principle::WildlySuccessful, 3),
    numbered(Principle::MonitorHealth, 4),
    numbered(Principle::TimeToValue, 7),
];

/// Of those of 2021 the sources say that the score of health carries over, and not with which number.
const OF_2021: &[Entry] = &[Entry { principle: Principle::MonitorHealth, number: None }];

/// Years are no names of variants, so that the words are written here.
impl Word for Edition {
    const ALL: &'static [Self] = &[Self::Of2016, Self::Of2021, Self::Both];
    const WORDS: &'static [&'static str] = &["2016", "2021", "both"];

    fn word(self) -> &'static str {
        match self {
            Self::Of2016 => "2016",
            Self::Of2021 => "2021",
            Self::Both => "both",
        }
    }

    fn position(self) -> usize {
        self as usize
    }
}

impl std::fmt::Display for Edition {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.name())
    }
}

impl serde::Serialize for Edition {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Edition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::word::deserialize(deserializer)
    }
}

impl Edition {
    /// Every edition.
    pub const ALL: &'static [Self] = <Self as Word>::ALL;

    /// The word that stands for it in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// The edition of a word, exactly as it is spelled.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_word(name)
    }

    /// Its principles in their order, each once.
    pub(crate) fn entries(self) -> impl Iterator<Item = Entry> {
        let (first, second): (&[Entry], &[Entry]) = match self {
            Self::Of2016 => (OF_2016, &[]),
            Self::Of2021 => (&[], OF_2021),
            Self::Both => (OF_2016, OF_2021),
        };
        let is_new = move |entry: &&Entry| first.iter().all(|other| other.principle != entry.principle);
        first.iter().chain(second.iter().filter(is_new)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Edition, Principle, Word as _};

    #[test]
    fn an_edition_is_known_by_its_name() {
        for (position, edition) in Edition::ALL.iter().enumerate() {
            assert_eq!((edition.name(), edition.position()), (Edition::WORDS[position], position));
            assert_eq!(Edition::from_name(edition.name()), Some(*edition));
            assert_eq!(edition.to_string(), edition.name());
            let written = serde_json::to_string(edition).unwrap();
            assert_eq!(serde_json::from_str::<Edition>(&written).unwrap(), *edition);
        }
        assert_eq!(Edition::from_name("2017"), None);
    }

    #[test]
    fn no_principle_stands_twice_and_none_is_left_out() {
        let all: Vec<Principle> = Edition::Both.entries().map(|entry| entry.principle).collect();
        assert_eq!(all, Principle::ALL);
        let numbers: Vec<Option<u64>> = Edition::Of2021.entries().map(|entry| entry.number).collect();
        assert_eq!(numbers, [None]);
    }
}
