//! The table `advocacy`: what customers did for the company's name.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::Known;
use crate::word::words;

words! {
    /// What a customer did for the company's name.
    AdvocacyKind {
        /// It spoke to a prospect.
        Reference,
        /// It wrote a public judgement.
        Review,
        /// It brought a prospect.
        Referral,
        /// Its story was published.
        CaseStudy,
        /// It told others.
        WordOfMouth,
    }
}

input_table! {
    /// What a customer did for the company's name on a day.
    ///
    /// ```
    /// use cs_core::{Advocacy, AdvocacyKind};
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    /// assert_eq!(Advocacy::new("acme", day, AdvocacyKind::Reference).kind.name(), "reference");
    /// ```
    pub struct Advocacy("advocacy": "What customers did for the company's name."), keyed by &[], with one of &[],
    known from Known::from("date"), with spans &[];
    required {
        /// The customer.
        customer_id: String as kind::Id,
        /// The day.
        date: NaiveDate as kind::Date,
        /// What it did.
        kind: AdvocacyKind as kind::Choice<AdvocacyKind>,
    }
    optional {}
}
