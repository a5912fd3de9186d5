//! `Portfolio`: constructors and operations.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;

use cs_core::{Error, Json, Limits, Portfolio as Core, Source, Stage, Watch, wire};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};

use crate::convert::{argument, keywords, python, table};
use crate::errors::{entry, guarded};
use crate::table::Table;

/// A validated book of contracts and customers; never changed once made.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Portfolio(Core);

/// Takes a table or a file out of the keyword arguments.
fn taken<'py>(arguments: Option<&Bound<'py, PyDict>>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(arguments) = arguments else { return Ok(None) };
    let Some(value) = arguments.get_item(name)? else { return Ok(None) };
    arguments.del_item(name)?;
    Ok(Some(value).filter(|value| !value.is_none()))
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
        let (contracts, customers) = (taken(arguments, "contracts")?, taken(arguments, "customers")?);
        let arguments = Json::Object(keywords(arguments)?);
        let limits = limits(py, &arguments)?;
        let input = |name: &str, value: Option<Bound<'_, PyAny>>| {
            entry(py, || value.map(|value| table(name, &value, &limits)).transpose())
        };
        let (contracts, customers) = (input("contracts", contracts)?, input("customers", customers)?);
        let customers = customers.map(Source::Table);
        watched(py, |watch| {
            let contracts = contracts.map(Source::Table);
            wire::from_tables(contracts, customers, &arguments, watch)
        })
        .map(Self)
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
        let customers = taken(arguments, "customers")?;
        let arguments = Json::Object(keywords(arguments)?);
        let limits = limits(py, &arguments)?;
        let contracts = file(contracts, limits.bytes)?;
        let customers = customers.map(|value| file(&value, limits.bytes)).transpose()?;
        watched(py, |watch| wire::from_csv(&contracts, customers.as_deref(), &arguments, watch)).map(Self)
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
        guarded(py, || self.0.table(name)).map(Table::from)
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
            self.0.contracts(),
            self.0.customers(),
            self.0.currency()
        )
    }
}

impl Portfolio {
    fn run(
        &self,
        py: Python<'_>,
        operation: &str,
        data: &[(&str, &Bound<'_, PyAny>)],
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let mut arguments = keywords(options)?;
        for (name, value) in data {
            arguments.push(((*name).to_owned(), argument(name, value)?));
        }
        let arguments = Json::Object(arguments);
        watched(py, |watch| wire::run(&self.0, operation, &arguments, watch)).map(Table::from)
    }
}

/// The limits of a call, as the core reads them.
fn limits(py: Python<'_>, arguments: &Json) -> PyResult<Limits> {
    match arguments.get("limits") {
        Some(object @ Json::Object(_)) => guarded(py, || Ok(Limits::from_object(object)?)),
        _ => Ok(Limits::default()),
    }
}

/// The bytes of a file, given by its path or as they are; no more than one beyond the limit, for the core to refuse.
fn file(file: &Bound<'_, PyAny>, most: u64) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = file.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    let path: PathBuf = file.extract()?;
    file.py().detach(|| {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

/// Runs long work without the interpreter's lock; Ctrl-C stops it.
fn watched<T: Send>(py: Python<'_>, work: impl FnOnce(&dyn Watch) -> Result<T, Error> + Send) -> PyResult<T> {
    let signals = Signals(Mutex::new(None));
    let outcome = guarded(py, || py.detach(|| work(&signals)));
    let interrupted = signals.0.into_inner().ok().flatten();
    interrupted.map_or(outcome, Err)
}

/// Asks the interpreter now and then whether the user wants to stop.
struct Signals(Mutex<Option<PyErr>>);

impl Watch for Signals {
    fn progress(&self, _stage: Stage, _done: u64, _total: u64) -> ControlFlow<()> {
        match Python::attach(|py| py.check_signals()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(interrupt) => {
                if let Ok(mut slot) = self.0.lock() {
                    *slot = Some(interrupt);
                }
                ControlFlow::Break(())
            }
        }
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
        python(py, self.0.get("tables").unwrap_or(&Json::Null))
    }

    /// All rows of all tables.
    #[getter]
    fn rows_read(&self) -> i64 {
        self.sum("rows_read")
    }

    /// Rows that are in the portfolio.
    #[getter]
    fn accepted(&self) -> i64 {
        self.sum("accepted")
    }

    /// Rows with a problem, and duplicates that were left out.
    #[getter]
    fn rejected(&self) -> i64 {
        self.sum("rejected")
    }

    /// Rows without any value.
    #[getter]
    fn blank(&self) -> i64 {
        self.sum("blank")
    }

    /// Why rows were rejected, as far as they are kept.
    #[getter]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.problem_list(py, "problems")
    }

    /// How many problems there are.
    #[getter]
    fn problems_total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.0.get("problems_total").unwrap_or(&Json::Null))
    }

    /// What looks wrong and rejects no row, as far as it is kept.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.problem_list(py, "warnings")
    }

    /// How many warnings there are.
    #[getter]
    fn warnings_total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.0.get("warnings_total").unwrap_or(&Json::Null))
    }

    /// The canonical JSON of the report.
    fn to_json(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!(
            "<LoadReport: {} rows read, {} accepted, {} rejected, {} blank>",
            self.rows_read(),
            self.accepted(),
            self.rejected(),
            self.blank()
        )
    }
}

impl LoadReport {
    fn sum(&self, field: &str) -> i64 {
        let Some(Json::Array(tables)) = self.0.get("tables") else { return 0 };
        let count = |table: &Json| match table.get(field) {
            Some(Json::Integer(count)) => *count,
            _ => 0,
        };
        tables.iter().map(count).sum()
    }

    fn problem_list<'py>(&self, py: Python<'py>, field: &str) -> PyResult<Bound<'py, PyList>> {
        let class = py.import("customer_success._errors")?.getattr("Problem")?;
        let Some(Json::Array(problems)) = self.0.get(field) else { return Ok(PyList::empty(py)) };
        let problem = |json: &Json| class.call((), Some(python(py, json)?.cast::<PyDict>()?));
        PyList::new(py, problems.iter().map(problem).collect::<PyResult<Vec<_>>>()?)
    }
}
