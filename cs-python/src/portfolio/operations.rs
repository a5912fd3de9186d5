//! Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

use pyo3::prelude::*;

use super::reports::{Backtest, Drilldown, Review};
use super::{Any, Dict, Portfolio};
use crate::errors::entry;
use crate::scorecard::Scorecard;
use crate::table::Table;

#[pymethods]
impl Portfolio {
    #[doc = include_str!("../docs/movements.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn movements(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("movements", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/journal.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn journal(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("journal", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/retention.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn retention(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("retention", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/retention_intervals.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn retention_intervals(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("retention_intervals", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/flow_retention.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn flow_retention(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("flow_retention", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/cohorts.txt")]
    #[pyo3(signature = (end, **options), text_signature = None)]
    fn cohorts(&self, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("cohorts", [("end", end)], options))
    }

    #[doc = include_str!("../docs/renewals.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn renewals(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("renewals", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/renewal_lines.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn renewal_lines(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("renewal_lines", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/committed.txt")]
    #[pyo3(signature = (as_of, horizon_days, **options), text_signature = None)]
    fn committed(&self, as_of: Any<'_>, horizon_days: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("committed", [("as_of", as_of), ("horizon_days", horizon_days)], options))
    }

    #[doc = include_str!("../docs/lifetime_value.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn lifetime_value(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("lifetime_value", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/second_order_revenue.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn second_order_revenue(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("second_order_revenue", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/survival.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn survival(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("survival", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/survival_comparison.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn survival_comparison(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("survival_comparison", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/retention_model.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn retention_model(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("retention_model", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/retention_projection.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn retention_projection(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("retention_projection", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/time_to_value.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn time_to_value(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("time_to_value", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/value_incidence.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn value_incidence(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("value_incidence", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/value_landmark.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn value_landmark(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("value_landmark", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/onboarding.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn onboarding(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("onboarding", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/lifecycle.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn lifecycle(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("lifecycle", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/loyalty.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn loyalty(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("loyalty", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/touch_plan.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn touch_plan(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("touch_plan", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/touch_load.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn touch_load(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("touch_load", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/touch_capacity.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn touch_capacity(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("touch_capacity", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/drilldown.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn drilldown(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Drilldown> {
        entry(|| self.run("drilldown", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/kpis.txt")]
    #[pyo3(signature = (start, end, **options), text_signature = None)]
    fn kpis(&self, start: Any<'_>, end: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("kpis", [("start", start), ("end", end)], options))
    }

    #[doc = include_str!("../docs/review.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn review(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Review> {
        entry(|| self.run("review", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/health.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn health(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("health", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/explain_health.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn explain_health(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("explain_health", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/explain_health_change.txt")]
    #[pyo3(signature = (as_of, since, **options), text_signature = None)]
    fn explain_health_change(&self, as_of: Any<'_>, since: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("explain_health_change", [("as_of", as_of), ("since", since)], options))
    }

    #[doc = include_str!("../docs/health_migration.txt")]
    #[pyo3(signature = (as_of, since, **options), text_signature = None)]
    fn health_migration(&self, as_of: Any<'_>, since: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("health_migration", [("as_of", as_of), ("since", since)], options))
    }

    #[doc = include_str!("../docs/health_coverage.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn health_coverage(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("health_coverage", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/outlook.txt")]
    #[pyo3(signature = (as_of, **options), text_signature = None)]
    fn outlook(&self, as_of: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Table> {
        entry(|| self.run("outlook", [("as_of", as_of)], options))
    }

    #[doc = include_str!("../docs/backtest.txt")]
    #[pyo3(signature = (as_of_days, horizon_days, **options), text_signature = None)]
    fn backtest(&self, as_of_days: Any<'_>, horizon_days: Any<'_>, options: Option<Dict<'_>>) -> PyResult<Backtest> {
        entry(|| self.run("backtest", [("as_of_days", as_of_days), ("horizon_days", horizon_days)], options))
    }

    #[doc = include_str!("../docs/fit_scorecard.txt")]
    #[pyo3(signature = (as_of_days, horizon_days, **options), text_signature = None)]
    fn fit_scorecard(
        &self,
        as_of_days: Any<'_>,
        horizon_days: Any<'_>,
        options: Option<Dict<'_>>,
    ) -> PyResult<Scorecard> {
        entry(|| self.run("fit_scorecard", [("as_of_days", as_of_days), ("horizon_days", horizon_days)], options))
    }
}
