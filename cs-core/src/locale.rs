//! Languages that people read.

use crate::word::words;

words! {
    /// A language of people.
    Locale {
        /// English.
        En,
        /// Japanese.
        Ja,
    }
}
