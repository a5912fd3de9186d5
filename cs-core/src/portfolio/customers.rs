//! The table `customers`: who they are, and any attribute to group them by.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::Known;

input_table! {
    /// A customer, or one revision of it. Any other column is an attribute, kept as text.
    ///
    /// ```
    /// use cs_core::Customer;
    /// let mut acme = Customer::new("acme");
    /// acme.segment = Some("enterprise".to_owned());
    /// acme.attributes.insert("plan".to_owned(), "gold".to_owned());
    /// ```
    pub struct Customer("customers": "The customers; made from the contracts if left out."),
    keyed by &["customer_id", "recorded_on"], with one of &[], known from Known::ALWAYS, with spans &[];
    required {
        /// The customer's name, byte-exact.
        customer_id: String as kind::Id,
    }
    optional {
        /// What people call the customer.
        name: String as kind::Text,
        /// The part of the market.
        segment: String as kind::Text,
        /// The industry.
        industry: String as kind::Text,
        /// The region.
        region: String as kind::Text,
        /// Who is responsible for the customer.
        owner: String as kind::Text,
        /// How the customer was won.
        channel: String as kind::Text,
        /// Who sold to the customer.
        seller: String as kind::Text,
        /// The customer that this one belongs to.
        parent_id: String as kind::Id,
        /// How many people the customer employs.
        employees: u64 as kind::Count,
        /// What it cost to win the customer, in the reporting currency.
        acquisition_cost: Decimal as kind::Amount,
        /// What it cost to get the customer started, in the reporting currency.
        onboarding_cost: Decimal as kind::Amount,
        /// What the customer could pay a month, in the reporting currency.
        potential_mrr: Decimal as kind::Amount,
        /// How well the product fits the customer, 0 to 100.
        fit: f64 as kind::Score<100>,
        /// The day this revision was recorded; the latest one counts.
        recorded_on: NaiveDate as kind::Date,
    }
    any other {
        /// Every other column, kept as text.
        attributes
    }
}
