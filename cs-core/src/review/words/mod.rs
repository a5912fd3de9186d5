//! Every message of a review, in every language: the compiler sees that none is missing.
//!
//! `labels` are names of things, `faults` those of what was found, `measures` those of what is measured, `sentences` have parameters.

mod faults;
mod labels;
mod measures;
mod sentences;

pub(super) use faults::Fault;
pub(super) use labels::Label;
pub(super) use sentences::Sentence;

use crate::locale::Locale;

/// Something that has a name in every language.
pub(super) trait Said {
    fn said(self, locale: Locale) -> &'static str;
}

/// Declares the names of all variants of an enumeration, in English and in Japanese.
macro_rules! said {
    ($($type:ident { $($variant:ident: $en:literal, $ja:literal;)+ })+) => {$(
        impl $crate::review::words::Said for $type {
            fn said(self, locale: $crate::locale::Locale) -> &'static str {
                let [en, ja] = match self {
                    $(Self::$variant => [$en, $ja],)+
                };
                match locale {
                    $crate::locale::Locale::En => en,
                    $crate::locale::Locale::Ja => ja,
                }
            }
        }
    )+};
}

use said;
