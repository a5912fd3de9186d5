//! Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

use std::sync::Arc;

use cs_core::wire::{self, Answer};
use cs_core::{Error, Json, Report};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::keywords;
use crate::convert::python;
use crate::errors::entry;
use crate::table::Table;
use crate::work::watched;

/// The five questions that drill down from a churn rate, each answered in a sentence.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Drilldown(pub(crate) Arc<Report>);

impl TryFrom<Answer> for Drilldown {
    type Error = Error;

    fn try_from(answer: Answer) -> Result<Self, Error> {
        match answer {
            Answer::Report(report) => Ok(Self(Arc::new(report))),
            _ => Err(Error::internal("the answer is no report")),
        }
    }
}

#[pymethods]
impl Drilldown {
    /// The answer to each question in a sentence, a row for each.
    #[getter]
    fn answers(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "answers"))
    }

    /// What became of the MRR of customers, a row for each change: expanded, unchanged, contracted, lost.
    #[getter]
    fn expansion(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "expansion"))
    }

    /// Which industry churns most, a row for each, in their order (by bytes).
    #[getter]
    fn churn_by_industry(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "churn_by_industry"))
    }

    /// How each product is kept, and how it grows, a row for each, in their order (by bytes).
    #[getter]
    fn products(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "products"))
    }

    /// By how much the discount changes at the first renewal, a row for each outcome: renewed, lost, pending.
    #[getter]
    fn first_renewals(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "first_renewals"))
    }

    /// What customers of long standing pay now, against what they started with, a row for those who stay and one for the lost.
    #[getter]
    fn long_standing(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "long_standing"))
    }

    /// The canonical JSON of all of it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| {
            let core = Arc::clone(&self.0);
            watched(py, move |_| Ok(core.to_json()))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let figures = self.0.figures().iter().map(|(name, figure)| format!(" {name}={figure}"));
            Ok(format!("<{}{}>", self.0.schema(), figures.collect::<String>()))
        })
    }
}

/// How a company stands by the principles of customer success, what was found, and what to do.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Review(pub(crate) Arc<Report>);

impl TryFrom<Answer> for Review {
    type Error = Error;

    fn try_from(answer: Answer) -> Result<Self, Error> {
        match answer {
            Answer::Report(report) => Ok(Self(Arc::new(report))),
            _ => Err(Error::internal("the answer is no report")),
        }
    }
}

#[pymethods]
impl Review {
    /// What the review comes to, in one row.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "summary"))
    }

    /// How the company stands by each principle, a row for each, in the order of the edition.
    #[getter]
    fn verdicts(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "verdicts"))
    }

    /// What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.
    #[getter]
    fn checks(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "checks"))
    }

    /// What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name.
    #[getter]
    fn findings(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "findings"))
    }

    /// What was measured for findings, beside thresholds, a row for each value, in the order of the findings.
    #[getter]
    fn evidence(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "evidence"))
    }

    /// Segments, channels and sellers against the rest, a row for each value of each column that customers have.
    #[getter]
    fn comparisons(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "comparisons"))
    }

    /// Which share of the customers has got value after how many days, and which had left by then, as `value_incidence` tells it.
    #[getter]
    fn value_incidence(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "value_incidence"))
    }

    /// The plays that were proposed first for some finding, a row for each, in the order of the catalogue.
    #[getter]
    fn plays(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "plays"))
    }

    /// What an earlier review found and this one does not, a row for each; none where no earlier one was given.
    #[getter]
    fn resolved(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "resolved"))
    }

    /// Who is left out by the settings, a row for each exclusion that holds of a customer who pays, in the order of their names (by bytes).
    #[getter]
    fn exclusions(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "exclusions"))
    }

    /// The review for people, as Markdown, without pictures.
    #[pyo3(signature = (**options), text_signature = "($self, *, locale='en')")]
    fn to_markdown(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<String> {
        entry(|| for_people(py, &self.0, "markdown", options))
    }

    /// The review for people, as a page of its own that loads nothing, with pictures where the build has them.
    #[pyo3(signature = (**options), text_signature = "($self, *, locale='en')")]
    fn to_html(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<String> {
        entry(|| for_people(py, &self.0, "html", options))
    }

    /// The canonical JSON of all of it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| {
            let core = Arc::clone(&self.0);
            watched(py, move |_| Ok(core.to_json()))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let figures = self.0.figures().iter().map(|(name, figure)| format!(" {name}={figure}"));
            Ok(format!("<{}{}>", self.0.schema(), figures.collect::<String>()))
        })
    }
}

/// Whether health scores foretold whom the company lost, by what was known on days that have passed.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Backtest(pub(crate) Arc<Report>);

impl TryFrom<Answer> for Backtest {
    type Error = Error;

    fn try_from(answer: Answer) -> Result<Self, Error> {
        match answer {
            Answer::Report(report) => Ok(Self(Arc::new(report))),
            _ => Err(Error::internal("the answer is no report")),
        }
    }
}

#[pymethods]
impl Backtest {
    /// The chance that of one lost and one kept the lost one had the lower score, ties counting one half; absent where there are not both.
    #[getter]
    fn auc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| python(py, self.0.figure("auc").unwrap_or(&Json::Null)))
    }

    /// Whether the score is better than every baseline.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| python(py, self.0.figure("verdict").unwrap_or(&Json::Null)))
    }

    /// What it comes to, in one row.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "summary"))
    }

    /// The score beside every baseline, a row for each: chance, tenure, mrr, days_since_engagement, quarterly_growth.
    #[getter]
    fn baselines(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "baselines"))
    }

    /// What became of the customers of each band, a row for each, in the order of the scorecard.
    #[getter]
    fn by_band(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "by_band"))
    }

    /// How often customers of each score were lost, a row for each ten points.
    #[getter]
    fn calibration(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "calibration"))
    }

    /// How many of the lost are among the lowest scores, a row for each tenth of the observations.
    #[getter]
    fn lift(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "lift"))
    }

    /// How the test went on each day that was asked for, a row for each, in their order.
    #[getter]
    fn days(&self) -> PyResult<Table> {
        entry(|| Table::of(&self.0, "days"))
    }

    /// The canonical JSON of all of it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| {
            let core = Arc::clone(&self.0);
            watched(py, move |_| Ok(core.to_json()))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let figures = self.0.figures().iter().map(|(name, figure)| format!(" {name}={figure}"));
            Ok(format!("<{}{}>", self.0.schema(), figures.collect::<String>()))
        })
    }
}

/// A report as text for people.
fn for_people(
    py: Python<'_>,
    report: &Arc<Report>,
    form: &'static str,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<String> {
    let (core, arguments) = (Arc::clone(report), Json::Object(keywords(options)?));
    watched(py, move |_| wire::written_report(&core, form, &arguments))
}
