//! `Portfolio`: constructors and operations.

mod operations;
pub(crate) mod reports;

use std::sync::Arc;

use chrono::NaiveDate;
use cs_core::{Json, Limits, Portfolio as Core, Watch, wire};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::arguments::{argument, keywords};
use crate::definitions::Definitions;
use crate::errors::{Failure, entry};
use crate::input::{file, table};
use crate::table::Table;
use crate::work::watched;

/// A validated book of contracts and customers; never changed once made.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Portfolio {
    core: Arc<Core>,
    /// Made when it is first asked for.
    load_report: PyOnceLock<Py<PyAny>>,
}

/// An argument that has a place.
pub(crate) type Any<'a> = &'a Bound<'a, PyAny>;

/// The arguments that are given by their names.
pub(crate) type Dict<'a> = &'a Bound<'a, PyDict>;

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
    work().map_err(|failure| failure.raised(py, wire::redacts(arguments)))
}

impl Portfolio {
    /// The portfolio of the core.
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

#[pymethods]
impl Portfolio {
    #[doc = include_str!("docs/from_tables.txt")]
    #[staticmethod]
    #[pyo3(signature = (**arguments), text_signature = None)]
    fn from_tables(py: Python<'_>, arguments: Option<Dict<'_>>) -> PyResult<Self> {
        entry(|| {
            let (tables, arguments) = given(arguments)?;
            let input = |name: &str, value: &Bound<'_, PyAny>, limits: &Limits| table(name, value, limits);
            let tables = taken(py, tables, &arguments, input)?;
            watched(py, move |watch| {
                let (names, inputs): (Vec<String>, Vec<_>) = tables.into_iter().unzip();
                wire::from_tables(names.iter().map(String::as_str).zip(inputs).collect(), &arguments, watch)
            })
            .map(Self::from)
        })
    }

    #[doc = include_str!("docs/from_csv.txt")]
    #[staticmethod]
    #[pyo3(signature = (contracts, **arguments), text_signature = None)]
    fn from_csv(py: Python<'_>, contracts: &Bound<'_, PyAny>, arguments: Option<Dict<'_>>) -> PyResult<Self> {
        entry(|| {
            let (mut files, arguments) = given(arguments)?;
            files.insert(0, ("contracts".to_owned(), contracts.clone()));
            let bytes = |name: &str, value: &Bound<'_, PyAny>, limits: &Limits| file(name, value, limits.bytes);
            let files = taken(py, files, &arguments, bytes)?;
            watched(py, move |watch| {
                let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                wire::from_csv(files, &arguments, watch)
            })
            .map(Self::from)
        })
    }

    #[doc = include_str!("docs/synthetic.txt")]
    #[staticmethod]
    #[pyo3(signature = (**arguments), text_signature = None)]
    fn synthetic(py: Python<'_>, arguments: Option<Dict<'_>>) -> PyResult<Self> {
        entry(|| {
            let arguments = Json::Object(keywords(arguments)?);
            watched(py, move |watch| wire::synthetic(&arguments, watch)).map(Self::from)
        })
    }

    #[doc = include_str!("docs/partial.txt")]
    #[pyo3(signature = (operation, *arguments, **options), text_signature = None)]
    fn partial<'py>(
        &self,
        py: Python<'py>,
        operation: &str,
        arguments: &Bound<'_, PyTuple>,
        options: Option<Dict<'_>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        entry(|| {
            let operation = operation.to_owned();
            let positional =
                arguments.iter().map(|value| argument("arguments", &value)).collect::<PyResult<Vec<_>>>()?;
            let (core, options) = (Arc::clone(&self.core), Json::Object(keywords(options)?));
            let work = move |watch: &dyn Watch| wire::partial(&core, &operation, &positional, &options, watch);
            watched(py, work).map(|bytes| PyBytes::new(py, &bytes))
        })
    }

    #[doc = include_str!("docs/table.txt")]
    #[pyo3(text_signature = None)]
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        entry(|| {
            let (core, name) = (Arc::clone(&self.core), name.to_owned());
            watched(py, move |watch| wire::table(&core, &name, watch)).map(Table::from)
        })
    }

    /// What became of every row that was read.
    #[getter]
    fn load_report(&self, py: Python<'_>) -> PyResult<&Py<PyAny>> {
        entry(|| {
            self.load_report.get_or_try_init(py, || {
                let class = py.import("customer_success._report")?.getattr("LoadReport")?;
                let report = self.core.load_report().to_object().to_string();
                class.call_method1("_from", (report,)).map(Bound::unbind)
            })
        })
    }

    /// The last day of which the data tells: the one given, or else the latest on which a row became known.
    #[getter]
    fn observed_until(&self) -> PyResult<Option<NaiveDate>> {
        entry(|| Ok(self.core.observed_until()))
    }

    /// The reporting currency.
    #[getter]
    fn currency(&self) -> PyResult<&'static str> {
        entry(|| Ok(self.core.currency().code()))
    }

    /// The definitions that operations follow unless they are given others.
    #[getter]
    fn definitions(&self) -> PyResult<Definitions> {
        entry(|| Ok(Definitions(self.core.definitions().clone())))
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let (contracts, customers) = (self.core.contract_count(), self.core.customer_count());
            Ok(format!("<Portfolio: {contracts} contracts, {customers} customers, {}>", self.core.currency()))
        })
    }
}

impl From<Core> for Portfolio {
    fn from(portfolio: Core) -> Self {
        Self { core: Arc::new(portfolio), load_report: PyOnceLock::new() }
    }
}

impl Portfolio {
    fn run<T, const N: usize>(
        &self,
        operation: &'static str,
        positional: [(&str, Any<'_>); N],
        options: Option<Dict<'_>>,
    ) -> PyResult<T>
    where
        T: TryFrom<wire::Answer, Error = cs_core::Error> + Send + 'static,
    {
        let mut arguments = keywords(options)?;
        for (name, value) in positional {
            arguments.push((name.to_owned(), argument(name, value)?));
        }
        let (core, arguments) = (Arc::clone(&self.core), Json::Object(arguments));
        let work = move |watch: &dyn Watch| wire::run(&core, operation, &arguments, watch).and_then(T::try_from);
        Python::attach(|py| watched(py, work))
    }
}
