//! Whose line is looked at.

use crate::word::words;

words! {
    /// Whose line of MRR is looked at.
    Level {
        /// Each customer's own.
        Customer,
        /// That of a customer's top parent, with all that belong to it.
        Parent,
    }
}
