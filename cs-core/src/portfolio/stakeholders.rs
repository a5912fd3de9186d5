//! The table `stakeholders`: the people of customers.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later, Span, SpanOrder};
use crate::word::words;

words! {
    /// What a person is to the product.
    StakeholderRole {
        /// Answers for it at the top.
        ExecutiveSponsor,
        /// Wants it to succeed, and says so.
        Champion,
        /// Runs it.
        Admin,
        /// Works with it.
        User,
    }
}

input_table! {
    /// A person of a customer, in a role.
    ///
    /// ```
    /// use cs_core::{Stakeholder, StakeholderRole};
    /// let left = chrono::NaiveDate::from_ymd_opt(2026, 3, 1);
    /// let champion = Stakeholder { left_on: left, ..Stakeholder::new("acme", "p-1", StakeholderRole::Champion) };
    /// assert_eq!(champion.moved_to_customer_id, None);
    /// ```
    pub struct Stakeholder("stakeholders": "The people of customers."), keyed by &[], with one of &[],
    known from Known {
        from: Some("since"),
        later: &[Later { day: "left_on", with: &["moved_to_customer_id"] }],
    },
    with spans &[Span { start: "since", end: "left_on", order: SpanOrder::NotBefore }];
    required {
        /// The customer whose person it is.
        customer_id: String as kind::Id,
        /// The person.
        person_id: String as kind::Id,
        /// The person's role.
        role: StakeholderRole as kind::Choice<StakeholderRole>,
    }
    optional {
        /// The first day in the role; without it the person has always been there.
        since: NaiveDate as kind::Date,
        /// The first day on which the person is not there any more.
        left_on: NaiveDate as kind::Date,
        /// The customer to which the person went.
        moved_to_customer_id: String as kind::Id,
    }
}
