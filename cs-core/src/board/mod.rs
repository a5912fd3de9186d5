//! What is shown to those who decide: the questions of a drill-down with their answers, and the indicators of every month.

mod drilldown;
mod kpis;

pub use drilldown::{
    ContractSizeStanding, CustomerChange, Drilldown, DrilldownAnswers, DrilldownAnswersRow, DrilldownChurnByIndustry,
    DrilldownChurnByIndustryRow, DrilldownExpansion, DrilldownExpansionRow, DrilldownFirstRenewals,
    DrilldownFirstRenewalsRow, DrilldownLongStanding, DrilldownLongStandingRow, DrilldownProducts,
    DrilldownProductsRow, DrilldownQuestion, FirstRenewalOutcome,
};
pub use kpis::{Good, Kpi, KpiState, KpiTrend, KpiUnit, Kpis, KpisRow};
