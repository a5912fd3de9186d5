//! The table `milestones`: how far a customer has come.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later};
use crate::word::words;

words! {
    /// A step on the way of a customer to what it bought.
    MilestoneName {
        /// Both sides have met and begun.
        Kickoff,
        /// The product is set up.
        SetupDone,
        /// The customer has got something out of it.
        FirstValue,
        /// The customer works with it alone.
        Onboarded,
    }
}

input_table! {
    /// A milestone of a customer: when it is to be reached, and when it was.
    ///
    /// ```
    /// use cs_core::{Milestone, MilestoneName};
    /// let reached = chrono::NaiveDate::from_ymd_opt(2026, 3, 1);
    /// let milestone = Milestone { reached_on: reached, ..Milestone::new("acme", MilestoneName::FirstValue) };
    /// assert_eq!(milestone.due_on, None);
    /// ```
    pub struct Milestone("milestones": "The milestones of customers."), keyed by &["customer_id", "milestone"],
    with one of &[],
    known from Known { from: None, later: &[Later { day: "reached_on", with: &[] }] }, with spans &[];
    required {
        /// Whose milestone it is.
        customer_id: String as kind::Id,
        /// Which one.
        milestone: MilestoneName as kind::Choice<MilestoneName>,
    }
    optional {
        /// The day on which it is to be reached: a plan.
        due_on: NaiveDate as kind::Date,
        /// The day on which it was reached; none if it was not.
        reached_on: NaiveDate as kind::Date,
    }
}
