//! The table `cases`: what customers asked support for.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later, Span, SpanOrder};

input_table! {
    /// A case that a customer opened.
    ///
    /// ```
    /// use cs_core::Case;
    /// let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default();
    /// let case = Case { closed_on: Some(day(4)), ..Case::new("acme", "case-1", day(1)) };
    /// assert_eq!(case.satisfaction, None);
    /// ```
    pub struct Case("cases": "The support cases of customers."), keyed by &["customer_id", "case_id"],
    with one of &[], known from Known {
        from: Some("opened_on"),
        later: &[Later { day: "closed_on", with: &["resolved_by_self", "satisfaction"] }],
    },
    with spans &[Span { start: "opened_on", end: "closed_on", order: SpanOrder::NotBefore }];
    required {
        /// The customer that opened it.
        customer_id: String as kind::Id,
        /// What tells the case from the customer's others.
        case_id: String as kind::Id,
        /// The day on which it was opened.
        opened_on: NaiveDate as kind::Date,
    }
    optional {
        /// The day on which it was closed; none while it is open.
        closed_on: NaiveDate as kind::Date,
        /// How pressing it is, in the company's own words.
        priority: String as kind::Text,
        /// Who worked on it.
        agent: String as kind::Text,
        /// Whether the customer solved it without an agent.
        resolved_by_self: bool as kind::Flag,
        /// What the customer said of it afterwards, on the company's own scale, on which more is better.
        satisfaction: f64 as kind::Number,
    }
}
