//! The table `engagements`: when a customer was met, and how.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::Known;
use crate::word::words;

words! {
    /// What an engagement was for.
    EngagementKind {
        /// A quarterly business review.
        Qbr,
        /// The company spoke to the customer.
        Outreach,
        /// People of the customer were trained.
        Training,
        /// How the customer is doing was looked at.
        HealthCheck,
        /// Getting started.
        Onboarding,
        /// A meeting of many.
        Event,
        /// What marketing sent.
        Marketing,
        /// An exchange among customers.
        Community,
    }
    /// By what a customer was met.
    EngagementChannel {
        /// A person.
        Human,
        /// Technology.
        Digital,
    }
}

input_table! {
    /// An engagement with a customer.
    ///
    /// ```
    /// use cs_core::{Engagement, EngagementChannel, EngagementKind};
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    /// let review = Engagement::new("acme", day, EngagementKind::Qbr, EngagementChannel::Human);
    /// let answered = Engagement { two_way: Some(true), minutes: Some(45), ..review };
    /// assert_eq!(answered.person_id, None);
    /// ```
    pub struct Engagement("engagements": "The engagements with customers."), keyed by &[], with one of &[],
    known from Known::from("date"), with spans &[];
    required {
        /// The customer that was met.
        customer_id: String as kind::Id,
        /// The day.
        date: NaiveDate as kind::Date,
        /// What it was for.
        kind: EngagementKind as kind::Choice<EngagementKind>,
        /// By what the customer was met.
        channel: EngagementChannel as kind::Choice<EngagementChannel>,
    }
    optional {
        /// Whether the customer took part, and was not only spoken to.
        two_way: bool as kind::Flag,
        /// How long it took, in minutes.
        minutes: u64 as kind::Count,
        /// Who of the customer was met, as in the table of stakeholders.
        person_id: String as kind::Id,
        /// Who met the customer.
        owner: String as kind::Text,
    }
}
