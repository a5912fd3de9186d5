//! The table `outcomes`: what customers want to reach, and how far they are.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later};

input_table! {
    /// An outcome that a customer wants to reach.
    ///
    /// ```
    /// use cs_core::Outcome;
    /// // From 40 days to 24, and at 30 now.
    /// let measured = Outcome { baseline: Some(40.0), target: Some(24.0), current: Some(30.0), ..Outcome::new("acme", "o-1") };
    /// assert_eq!(measured.achieved_on, None);
    /// ```
    pub struct Outcome("outcomes": "The outcomes that customers want to reach."),
    keyed by &["customer_id", "outcome_id"], with one of &[], known from Known {
        from: Some("agreed_on"),
        later: &[
            Later { day: "observed_on", with: &["current", "experience"] },
            Later { day: "achieved_on", with: &[] },
        ],
    },
    with spans &[];
    required {
        /// The customer that wants to reach it.
        customer_id: String as kind::Id,
        /// What tells the outcome from the customer's others.
        outcome_id: String as kind::Id,
    }
    optional {
        /// What is measured, in words.
        measure: String as kind::Text,
        /// Its value at the beginning.
        baseline: f64 as kind::Number,
        /// The value that is to be reached; it may be less than the one at the beginning.
        target: f64 as kind::Number,
        /// Its value on the day `observed_on`.
        current: f64 as kind::Number,
        /// The day on which its current value, and the experience, were seen.
        observed_on: NaiveDate as kind::Date,
        /// The day on which the outcome was agreed on.
        agreed_on: NaiveDate as kind::Date,
        /// Whether the customer itself agreed.
        agreed_by_customer: bool as kind::Flag,
        /// The day by which it is to be reached: a plan.
        due_on: NaiveDate as kind::Date,
        /// The day on which it was reached; none if it was not.
        achieved_on: NaiveDate as kind::Date,
        /// How the way there feels to the customer, from 0 to 10.
        experience: f64 as kind::Score<10>,
    }
}
