//! The table `actions`: what was begun because of a finding.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later, Span, SpanOrder};

input_table! {
    /// A play that was opened, for a customer or for all.
    ///
    /// ```
    /// use cs_core::Action;
    /// let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default();
    /// let action = Action { closed_on: Some(day(20)), ..Action::new("risk_mitigation", day(1)) };
    /// assert_eq!(action.customer_id, None);
    /// ```
    pub struct Action("actions": "What was begun because of findings."), keyed by &[], with one of &[],
    known from Known { from: Some("opened_on"), later: &[Later { day: "closed_on", with: &["result"] }] },
    with spans &[Span { start: "opened_on", end: "closed_on", order: SpanOrder::NotBefore }];
    required {
        /// The play that is run.
        play: String as kind::Id,
        /// The day on which it was begun.
        opened_on: NaiveDate as kind::Date,
    }
    optional {
        /// The customer for whom it is run; none where it is for all.
        customer_id: String as kind::Id,
        /// The finding that it answers.
        finding_id: String as kind::Id,
        /// Who runs it.
        owner: String as kind::Text,
        /// The day by which it is to be closed: a plan.
        due_on: NaiveDate as kind::Date,
        /// The day on which it was closed; none while it is open.
        closed_on: NaiveDate as kind::Date,
        /// What came of it, in the company's own words.
        result: String as kind::Text,
        /// The day until which its finding is not told again: a plan.
        snoozed_until: NaiveDate as kind::Date,
    }
}
