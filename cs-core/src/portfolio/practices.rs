//! The table `practices`: how the company itself works.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::Known;
use crate::word::words;

words! {
    /// What a practice is about.
    PracticeTopic {
        /// Retention is a goal of the company, beside sales.
        RetentionGoal,
        /// Departments share a goal, such as renewal or use.
        SharedGoals,
        /// Somebody is rewarded for renewals or lifetime value.
        Incentive,
        /// What the success organisation may decide.
        Authority,
        /// Where retention is looked at regularly.
        Visibility,
        /// How a customer is handed over from sales.
        Handover,
        /// A definition that all executives have signed.
        SignedDefinitions,
        /// A definition by which somebody reports.
        DefinitionInUse,
        /// Who answers for a metric.
        MetricOwner,
        /// A score that was held against what customers did.
        ScoreValidated,
        /// What success is from the side of customers, who were asked.
        SuccessDefinition,
        /// How the company listens to the success department.
        Listening,
        /// Success work comes before other work.
        Priority,
        /// To whom marketing and sales turn, and to whom they do not sell.
        TargetCustomers,
        /// What may be promised before a sale, and how it is kept.
        Promises,
        /// Who at the top answers for customers.
        CustomerOfficer,
    }
}

input_table! {
    /// A practice of the company.
    ///
    /// ```
    /// use cs_core::{Practice, PracticeTopic};
    /// let owned = Practice { owner: Some("cfo".to_owned()), ..Practice::new(PracticeTopic::SignedDefinitions) };
    /// assert_eq!(owned.since, None);
    /// ```
    pub struct Practice("practices": "How the company itself works."), keyed by &[], with one of &[],
    known from Known::from("since"), with spans &[];
    required {
        /// What it is about.
        topic: PracticeTopic as kind::Choice<PracticeTopic>,
    }
    optional {
        /// What is done, such as the name of the metric or of the incentive.
        value: String as kind::Text,
        /// Who answers for it.
        owner: String as kind::Text,
        /// The first day; without it, it has always been so.
        since: NaiveDate as kind::Date,
    }
}
