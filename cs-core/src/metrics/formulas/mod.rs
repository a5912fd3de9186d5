//! The formulas of customer success on plain numbers: each a ratio of exact numbers by one division.
//!
//! `shares` are of counts, `amounts` of money and rates, `answers` of surveys; `spec` is how each is asked for by its name,
//! and `list` names them all.

mod amounts;
mod answers;
mod list;
mod shares;
mod spec;

pub use amounts::{
    annualised_rate, gross_revenue_retention, largest_base, lifetime_value, net_revenue_retention, payback_months,
    periodic_rate, revenue_churn_rate, revenue_growth_rate, revenue_retention_rate,
};
pub use answers::{csat, csat_interval, nps, nps_from_counts, nps_interval};
pub use list::FORMULAS;
pub use shares::{
    adoption_rate, adoption_rate_interval, cross_sell_rate, cross_sell_rate_interval, customer_churn_rate,
    customer_churn_rate_interval, customer_growth_rate, customer_retention_rate, customer_retention_rate_interval,
    downsell_rate, downsell_rate_interval, free_downgrade_rate, free_downgrade_rate_interval,
    onboarding_completion_rate, onboarding_completion_rate_interval, renewal_rate, renewal_rate_interval,
    support_efficiency, upsell_rate, upsell_rate_interval,
};
pub use spec::FormulaSpec;
