//! Enumerations whose variants are words: the same spelling in JSON, Python, JavaScript and input tables.

/// An enumeration of words.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Every variant.
    const ALL: &'static [Self];
    /// Every variant's word, in the same order.
    const WORDS: &'static [&'static str];

    /// The word that stands for the variant.
    fn word(self) -> &'static str;

    /// The variant of a word, exactly as it is spelled.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.word() == word)
    }

    /// The words, for a message: `month, quarter, year`.
    fn words() -> String {
        Self::WORDS.join(", ")
    }
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

        impl $crate::word::Word for $name {
            const ALL: &'static [Self] = Self::ALL;
            const WORDS: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

            fn word(self) -> &'static str {
                self.into()
            }
        }
    )+};
}

pub(crate) use words;
