//! `Portfolio`: constructors and operations.

use std::sync::Arc;

use cs_core::{Json, Limits, Portfolio as Core, wire};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::arguments::{argument, keywords};
use crate::convert::python;
use crate::errors::{Failure, entry};
use crate::input::{file, table};
use crate::table::Table;
use crate::work::watched;

/// A validated book of contracts and customers; never changed once made.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Portfolio(Arc<Core>);

/// Tables or files by their names, and the other arguments.
type Given<'py> = (Vec<(String, Bound<'py, PyAny>)>, Json);

/// Parts the tables or files from the other keyword arguments.
fn given<'py>(arguments: Option<&Bound<'py, PyDict>>) -> PyResult<Given<'py>> {
    let mut tables = Vec::new();
    if let Some(arguments) = arguments {
        for name in arguments.keys() {
            let name: String = name.extract()?;
            if wire::is_table(&name)
                && let Some(table) = arguments.get_item(&name)?
            {
                arguments.del_item(&name)?;
                tables.push((name, table));
            }
        }
    }
    tables.retain(|(_, table)| !table.is_none());
    Ok((tables, Json::Object(keywords(arguments)?)))
}

/// Tables or files as the core takes them, within the limits of the call.
fn taken<'py, T>(
    py: Python<'py>,
    given: Vec<(String, Bound<'py, PyAny>)>,
    arguments: &Json,
    take: impl Fn(&str, &Bound<'py, PyAny>, &Limits) -> Result<T, Failure>,
) -> PyResult<Vec<(String, T)>> {
    let work = || {
        let limits = wire::limits(arguments)?;
        let one = |(name, value): (String, Bound<'py, PyAny>)| take(&name, &value, &limits).map(|taken| (name, taken));
        given.into_iter().map(one).collect::<Result<_, Failure>>()
    };
    entry(py, || work().map_err(|failure| failure.raised(py, wire::redacts(arguments))))
}

#[pymethods]
impl Portfolio {
    /// A portfolio of tables.
    ///
    /// A table is any object with `__arrow_c_stream__` (pandas, polars, pyarrow, duckdb, Spark), a list of dicts, or
    /// a dict of lists. Every problem of every row is found and located: `on_invalid="raise"` raises `InvalidInput`
    /// with `.problems`, `"reject"` keeps them in `.load_report`.
    #[staticmethod]
    #[pyo3(
        signature = (**arguments),
        text_signature = "(*, contracts, customers=None, currency=None, on_invalid='raise', extra_columns='error', \
                          duplicates='error', observed_until=None, limits=None, redact=False, definitions=None)"
    )]
    fn from_tables(py: Python<'_>, arguments: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let (tables, arguments) = given(arguments)?;
        let input = |name: &str, value: &Bound<'_, PyAny>, limits: &Limits| table(name, value, limits);
        let tables = taken(py, tables, &arguments, input)?;
        watched(py, move |watch| {
            let (names, inputs): (Vec<String>, Vec<_>) = tables.into_iter().unzip();
            wire::from_tables(names.iter().map(String::as_str).zip(inputs).collect(), &arguments, watch)
        })
        .map(Self::from)
    }

    /// A portfolio of CSV files, each a path or bytes: UTF-8, comma, a header.
    ///
    /// `columns={"contracts": {"subscription_id": "contract_id"}}` reads their names of columns as ours.
    #[staticmethod]
    #[pyo3(
        signature = (contracts, **arguments),
        text_signature = "(contracts, *, customers=None, currency=None, on_invalid='raise', extra_columns='error', \
                          duplicates='error', observed_until=None, limits=None, redact=False, definitions=None, \
                          format='contracts', encoding='utf-8', columns=None, number_format=None, date_format=None)"
    )]
    fn from_csv(py: Python<'_>, contracts: &Bound<'_, PyAny>, arguments: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let (mut files, arguments) = given(arguments)?;
        files.insert(0, ("contracts".to_owned(), contracts.clone()));
        let bytes = |name: &str, value: &Bound<'_, PyAny>, limits: &Limits| file(name, value, limits.bytes);
        let files = taken(py, files, &arguments, bytes)?;
        watched(py, move |watch| {
            let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            wire::from_csv(files, &arguments, watch)
        })
        .map(Self::from)
    }

    /// Movements of recurring revenue by period: a row for each, and
    /// `opening + new + reactivation + expansion - contraction - churned + fx = closing`, exactly.
    ///
    /// The range, `end` exclusive, is widened to whole periods. Amounts are `Decimal` in the portfolio's currency.
    #[pyo3(
        signature = (start, end, **options),
        text_signature = "($self, start, end, *, by=None, level='customer', definitions=None, known_on=None)"
    )]
    fn movements(
        &self,
        py: Python<'_>,
        start: &Bound<'_, PyAny>,
        end: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        self.run(py, "movements", &[("start", start), ("end", end)], options)
    }

    /// Every movement of recurring revenue by itself, with the contracts that caused it.
    ///
    /// Ordered by date and customer; every flow of `movements` is rows of the journal summed.
    #[pyo3(
        signature = (start, end, **options),
        text_signature = "($self, start, end, *, level='customer', definitions=None, known_on=None)"
    )]
    fn journal(
        &self,
        py: Python<'_>,
        start: &Bound<'_, PyAny>,
        end: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        self.run(py, "journal", &[("start", start), ("end", end)], options)
    }

    /// What was loaded: the accepted rows of `contracts` or `customers` with the columns that were given.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let (core, name) = (Arc::clone(&self.0), name.to_owned());
        watched(py, move |_| core.table(&name)).map(Table::from)
    }

    /// What became of every row that was read.
    #[getter]
    fn load_report(&self) -> LoadReport {
        LoadReport(self.0.load_report().to_object())
    }

    /// The reporting currency.
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    /// The definitions that operations follow unless they are given others.
    #[getter]
    fn definitions(&self) -> crate::definitions::Definitions {
        crate::definitions::Definitions(self.0.definitions().clone())
    }

    fn __repr__(&self) -> String {
        format!(
            "<Portfolio: {} contracts, {} customers, {}>",
            self.0.contract_count(),
            self.0.customer_count(),
            self.0.currency()
        )
    }
}

impl From<Core> for Portfolio {
    fn from(portfolio: Core) -> Self {
        Self(Arc::new(portfolio))
    }
}

impl Portfolio {
    fn run(
        &self,
        py: Python<'_>,
        operation: &'static str,
        data: &[(&str, &Bound<'_, PyAny>)],
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let mut arguments = keywords(options)?;
        for (name, value) in data {
            arguments.push(((*name).to_owned(), argument(name, value)?));
        }
        let (core, arguments) = (Arc::clone(&self.0), Json::Object(arguments));
        watched(py, move |watch| wire::run(&core, operation, &arguments, watch)).map(Table::from)
    }
}

/// What became of every row of every table: `rows_read = accepted + rejected + blank`.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct LoadReport(Json);

#[pymethods]
impl LoadReport {
    /// A dict for each table that was given: `table`, `rows_read`, `accepted`, `rejected`, `blank`.
    #[getter]
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "tables")
    }

    /// All rows of all tables.
    #[getter]
    fn rows_read<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "rows_read")
    }

    /// Rows that are in the portfolio.
    #[getter]
    fn accepted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "accepted")
    }

    /// Rows with a problem, and duplicates that were left out.
    #[getter]
    fn rejected<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "rejected")
    }

    /// Rows without any value.
    #[getter]
    fn blank<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "blank")
    }

    /// Why rows were rejected, as far as they are kept.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.problem_list(py, "problems")
    }

    /// How many problems there are.
    #[getter]
    fn problems_total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "problems_total")
    }

    /// What looks wrong and rejects no row, as far as it is kept.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.problem_list(py, "warnings")
    }

    /// How many warnings there are.
    #[getter]
    fn warnings_total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "warnings_total")
    }

    /// The canonical JSON of the report.
    fn to_json(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        let field = |name| self.0.get(name).unwrap_or(&Json::Null);
        let [read, accepted, rejected, blank] = ["rows_read", "accepted", "rejected", "blank"].map(field);
        format!("<LoadReport: {read} rows read, {accepted} accepted, {rejected} rejected, {blank} blank>")
    }
}

impl LoadReport {
    fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.0.get(name).unwrap_or(&Json::Null))
    }

    fn problem_list<'py>(&self, py: Python<'py>, field: &str) -> PyResult<Bound<'py, PyList>> {
        let class = py.import("customer_success._errors")?.getattr("Problem")?;
        let Some(Json::Array(problems)) = self.0.get(field) else { return Ok(PyList::empty(py)) };
        let problem = |json: &Json| class.call((), Some(python(py, json)?.cast::<PyDict>()?));
        PyList::new(py, problems.iter().map(problem).collect::<PyResult<Vec<_>>>()?)
    }
}
