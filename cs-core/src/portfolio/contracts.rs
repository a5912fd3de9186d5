//! The table `contracts`: what was sold, to whom, from when to when, for how much.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Span, SpanOrder};
use crate::definitions::ContractKind;
use crate::error::Code;
use crate::word::words;

words! {
    /// What an `amount` is billed for.
    BillingPeriod {
        /// A day.
        Day,
        /// A week.
        Week,
        /// A month.
        Month,
        /// Three months.
        Quarter,
        /// Six months.
        HalfYear,
        /// Twelve months.
        Year,
    }
    /// How a contract came about.
    ContractSource {
        /// By the vendor's own sales.
        Sales,
        /// By a customer's recommendation.
        Referral,
        /// A champion changed employer and bought again.
        ChampionMove,
    }
    /// Why a contract ended, by who or what ended it.
    ChurnKind {
        /// The customer chose to leave.
        Voluntary,
        /// A payment failed.
        PaymentFailure,
        /// The customer's business closed.
        BusinessClosed,
        /// The contract moved elsewhere.
        Migration,
    }
}

input_table! {
    /// A contract, or one revision of it: in force from `start_date` until the day before `end_date`, at `mrr` a month
    /// or at `amount` per `billing_period` or per `term_months`.
    ///
    /// ```
    /// use cs_core::Contract;
    /// let start = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no such day")?;
    /// let contract = Contract { mrr: Some("100".parse()?), ..Contract::new("c-1", "acme", start) };
    /// assert_eq!(contract.customer_id, "acme");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct Contract("contracts": "The contracts."), keyed by &["contract_id", "recorded_on"],
    with one of &["mrr", "amount"], known from Known::ALWAYS, with spans &[
        Span {
            start: "start_date",
            end: "end_date",
            order: SpanOrder::Lasts { what: "the contract", after: "that the contract is not in force", code: Code::EndNotAfterStart },
        },
        Span {
            start: "start_date",
            end: "term_end",
            order: SpanOrder::Lasts { what: "the term", after: "after the term", code: Code::TermEndNotAfterStart },
        },
    ];
    required {
        /// The contract's name, byte-exact.
        contract_id: String as kind::Id,
        /// Whose contract it is.
        customer_id: String as kind::Id,
        /// The first day in force.
        start_date: NaiveDate as kind::Date,
    }
    optional {
        /// The first day that the contract is not in force any more; none means open-ended.
        end_date: NaiveDate as kind::Date,
        /// Monthly recurring revenue, taken exactly; this or `amount`.
        mrr: Decimal as kind::Amount,
        /// What is billed for a `billing_period` or for `term_months`; this or `mrr`.
        amount: Decimal as kind::Amount,
        /// What `amount` is billed for.
        billing_period: BillingPeriod as kind::Choice<BillingPeriod>,
        /// The months that `amount` is billed for.
        term_months: u64 as kind::Count,
        /// The product; contracts without one share a product of their own.
        product: String as kind::Text,
        /// The price plan.
        plan: String as kind::Text,
        /// The plan's place among the plans of its product, higher for a better one.
        plan_rank: u64 as kind::Count,
        /// Seats or units; it describes and never multiplies.
        quantity: u64 as kind::Count,
        /// The ISO 4217 code of the contract's currency; the portfolio's where absent.
        currency: String as kind::Text,
        /// Monthly recurring revenue before discount.
        list_mrr: Decimal as kind::Amount,
        /// The day the contract was signed.
        signed_date: NaiveDate as kind::Date,
        /// The first day after the agreed term.
        term_end: NaiveDate as kind::Date,
        /// Whether the contract runs on after its term; absent reads as true.
        auto_renew: bool as kind::Flag,
        /// The day the customer gave notice.
        notice_date: NaiveDate as kind::Date,
        /// The day the customer took the notice back.
        notice_withdrawn_on: NaiveDate as kind::Date,
        /// The contract that this one renews.
        renews_contract_id: String as kind::Id,
        /// What the contract is for; absent reads as `subscription`.
        kind: ContractKind as kind::Choice<ContractKind>,
        /// How the contract came about.
        source: ContractSource as kind::Choice<ContractSource>,
        /// The customer who recommended it.
        referred_by_customer_id: String as kind::Id,
        /// The person who recommended it.
        referred_by_person_id: String as kind::Id,
        /// Who or what ended the contract.
        churn_kind: ChurnKind as kind::Choice<ChurnKind>,
        /// Why it ended, in the company's own words.
        churn_reason: String as kind::Text,
        /// The day this revision was recorded; the latest one counts.
        recorded_on: NaiveDate as kind::Date,
        /// Whether this revision withdraws the contract.
        withdrawn: bool as kind::Flag,
    }
}
