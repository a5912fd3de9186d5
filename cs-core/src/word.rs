//! Enumerations whose variants are words: the same spelling in JSON, Python, JavaScript and input tables.

/// An enumeration of words.
pub(crate) trait Word: Copy + PartialEq + Send + Sync + 'static {
    /// Every variant.
    const ALL: &'static [Self];
    /// Every variant's word, in the same order.
    const WORDS: &'static [&'static str];

    /// The word that stands for the variant.
    fn word(self) -> &'static str;

    /// The variant's position among all.
    fn position(self) -> usize;

    /// The variant of a word, exactly as it is spelled.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.word() == word)
    }

    /// The words, for a message: `month, quarter, year`.
    fn words() -> String {
        Self::WORDS.join(", ")
    }
}

/// Text that is none of the words of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of {}", .words.join(", "))]
#[non_exhaustive]
pub struct UnknownWord {
    /// The words that there are.
    pub words: &'static [&'static str],
}

/// The variant of a word, for serde.
pub(crate) fn deserialize<'de, T: Word, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let word = <std::borrow::Cow<'_, str> as serde::Deserialize>::deserialize(deserializer)?;
    T::from_word(&word).ok_or_else(|| serde::de::Error::custom(UnknownWord { words: T::WORDS }))
}

/// Declares enumerations of words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
        #[derive(strum::VariantArray, strum::VariantNames)]
        #[strum(serialize_all = "snake_case")]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every variant.
            pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

            /// The word that stands for it in JSON, Python, JavaScript and input tables.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.into()
            }

            /// The variant of a word, exactly as it is spelled.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                <Self as $crate::word::Word>::from_word(name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::from_name(word).ok_or($crate::word::UnknownWord {
                    words: <Self as $crate::word::Word>::WORDS,
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::word::deserialize(deserializer)
            }
        }

        impl $crate::word::Word for $name {
            const ALL: &'static [Self] = Self::ALL;
            const WORDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

            fn word(self) -> &'static str {
                self.into()
            }

            fn position(self) -> usize {
                self as usize
            }
        }
    )+};
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::Word;
    use crate::period::PeriodLength;

    #[test]
    fn variants_know_their_positions() {
        assert!(PeriodLength::ALL.iter().map(|length| length.position()).eq(0..PeriodLength::WORDS.len()));
    }

    #[test]
    fn a_word_is_read_as_it_is_written() {
        for length in PeriodLength::ALL {
            let json = format!("\"{length}\"");
            assert_eq!(length.name().parse(), Ok(*length));
            assert_eq!(serde_json::to_string(length).ok().as_deref(), Some(json.as_str()));
            assert_eq!(serde_json::from_str(&json).ok(), Some(*length));
        }
        let refused = "Month".parse::<PeriodLength>().map_err(|error| error.to_string());
        assert_eq!(refused, Err("not one of month, quarter, year".to_owned()));
        assert!(serde_json::from_str::<PeriodLength>("\"months\"").is_err());
        assert!(serde_json::from_str::<PeriodLength>("1").is_err());
    }
}
