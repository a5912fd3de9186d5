//! The table `feedback`: what customers said about the product, and what became of it.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later, Span, SpanOrder};
use crate::word::words;

words! {
    /// What a piece of feedback is.
    FeedbackKind {
        /// The customer asks for something.
        Request,
        /// Something does not work.
        Bug,
        /// The customer is content.
        Praise,
        /// Something that the customer was promised.
        Promise,
    }
}

input_table! {
    /// A piece of feedback of a customer, or a promise to it.
    ///
    /// ```
    /// use cs_core::{Feedback, FeedbackKind};
    /// let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default();
    /// let request = Feedback { released_on: Some(day(20)), ..Feedback::new("acme", day(1), FeedbackKind::Request) };
    /// assert_eq!(request.answered_on, None);
    /// ```
    pub struct Feedback("feedback": "The feedback of customers, and what they were promised."), keyed by &[],
    with one of &[], known from Known {
        from: Some("date"),
        later: &[Later { day: "answered_on", with: &[] }, Later { day: "released_on", with: &[] }],
    },
    with spans &[Span { start: "date", end: "answered_on", order: SpanOrder::NotBefore }];
    required {
        /// The customer.
        customer_id: String as kind::Id,
        /// The day on which it was said.
        date: NaiveDate as kind::Date,
        /// What it is.
        kind: FeedbackKind as kind::Choice<FeedbackKind>,
    }
    optional {
        /// What it is about, in the company's own words.
        topic: String as kind::Text,
        /// The day on which the customer had an answer.
        answered_on: NaiveDate as kind::Date,
        /// The day on which the product had what was asked for or promised.
        released_on: NaiveDate as kind::Date,
    }
}
