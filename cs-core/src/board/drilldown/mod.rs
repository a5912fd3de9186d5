//! The five questions that drill down from a churn rate, each with its table and its answer in a sentence.
//!
//! `change` (what became of the customers of each group) -> `expansion`, `industries`, `products`; `discounts`
//! (of first renewals) and `contract_sizes` -> `answers` (a sentence of each) -> `report`.

mod answers;
mod change;
mod contract_sizes;
mod discounts;
mod expansion;
mod industries;
mod products;
mod report;

pub use answers::{DrilldownAnswers, DrilldownAnswersRow, DrilldownQuestion};
pub use contract_sizes::{ContractSizeStanding, DrilldownLongStanding, DrilldownLongStandingRow};
pub use discounts::{DrilldownFirstRenewals, DrilldownFirstRenewalsRow, FirstRenewalOutcome};
pub use expansion::{CustomerChange, DrilldownExpansion, DrilldownExpansionRow};
pub use industries::{DrilldownChurnByIndustry, DrilldownChurnByIndustryRow};
pub use products::{DrilldownProducts, DrilldownProductsRow};
pub use report::Drilldown;
