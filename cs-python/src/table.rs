//! `Table`: a result in the forms that Python has for it.

use std::sync::Arc;

use cs_core::{Error, Json, Report, Table as Core, wire};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use crate::arguments::{argument, keywords};
use crate::arrow_out;
use crate::convert::{cell, python};
use crate::definitions::switches;
use crate::errors::entry;
use crate::input::let_interrupt;
use crate::work::watched;

/// A result: named columns of one length, with metadata. Any data frame library takes it by `__arrow_c_stream__`.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Table(Arc<Core>);

impl From<Core> for Table {
    fn from(table: Core) -> Self {
        Self(Arc::new(table))
    }
}

impl TryFrom<wire::Answer> for Table {
    type Error = Error;

    fn try_from(answer: wire::Answer) -> Result<Self, Error> {
        let table = answer.into_table().map(Self::from);
        table.ok_or_else(|| Error::internal("the answer is no table"))
    }
}

impl Table {
    /// A table of a report.
    pub(crate) fn of(report: &Report, name: &'static str) -> PyResult<Self> {
        report.table(name).cloned().map(Self::from).ok_or_else(|| PyAttributeError::new_err(name))
    }

    /// A picture in a form.
    fn drawn(
        &self,
        py: Python<'_>,
        form: &'static str,
        picture: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<String> {
        let mut arguments = keywords(options)?;
        if let Some(picture) = picture {
            arguments.push(("picture".to_owned(), argument("picture", picture)?));
        }
        let (core, arguments) = (Arc::clone(&self.0), Json::Object(arguments));
        watched(py, move |_| wire::written(&core, form, &arguments))
    }

    /// A text of the whole table.
    fn written(&self, py: Python<'_>, write: fn(&Core) -> String) -> PyResult<String> {
        let core = Arc::clone(&self.0);
        watched(py, move |_| Ok(write(&core)))
    }
}

#[pymethods]
impl Table {
    /// The table as a stream of Arrow: money is decimal128, counts int64, ratios float64, days date32, text utf8.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        entry(|| arrow_out::stream(py, &self.0, requested_schema))
    }

    /// A dict for each row: money as `decimal.Decimal`, days as `datetime.date`, absent as `None`.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        entry(|| {
            let dict = |row| {
                let_interrupt(py, row)?;
                let dict = PyDict::new(py);
                for column in self.0.columns() {
                    dict.set_item(column.name(), cell(py, column.values().cell(row))?)?;
                }
                Ok(dict)
            };
            (0..self.0.len()).map(dict).collect()
        })
    }

    /// A pandas data frame of Arrow types, so that money stays exact. Needs pandas and pyarrow.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| {
            let py = slf.py();
            let options = PyDict::new(py);
            options.set_item("types_mapper", py.import("pandas")?.getattr("ArrowDtype")?)?;
            py.import("pyarrow")?.call_method1("table", (slf,))?.call_method("to_pandas", (), Some(&options))
        })
    }

    /// A polars data frame. Needs polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| slf.py().import("polars")?.call_method1("DataFrame", (slf,)))
    }

    /// CSV with a header. Text that a spreadsheet would run as a formula gets a `'` in front.
    fn to_csv(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| self.written(py, Core::to_csv))
    }

    /// The canonical JSON: the bytes that are the same in every language.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| self.written(py, Core::to_json))
    }

    #[doc = include_str!("docs/table_from_json.txt")]
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        entry(|| {
            let text = text.to_owned();
            watched(py, move |_| Core::from_json(&text)).map(Self::from)
        })
    }

    /// The first rows as an HTML table, everything that came from data escaped.
    fn to_html(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| self.written(py, Core::to_html))
    }

    /// The pictures that the result has; the first is drawn where none is named.
    #[getter]
    fn pictures(&self) -> PyResult<Vec<&'static str>> {
        entry(|| Ok(wire::pictures(&self.0)))
    }

    #[doc = include_str!("docs/to_svg.txt")]
    #[pyo3(signature = (picture = None, **options), text_signature = None)]
    fn to_svg(
        &self,
        py: Python<'_>,
        picture: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<String> {
        entry(|| self.drawn(py, "svg", picture, options))
    }

    /// A picture as a specification of Vega-Lite with its data, as a dict; arguments and errors as for `to_svg`.
    #[pyo3(signature = (picture = None, **options), text_signature = "($self, picture=None, *, locale='en')")]
    fn to_vega_lite<'py>(
        &self,
        py: Python<'py>,
        picture: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        entry(|| {
            let text = self.drawn(py, "vega_lite", picture, options)?;
            py.import("json")?.call_method1("loads", (text,))
        })
    }

    /// A picture for notebooks: a chart of altair where that is there, else the SVG; called and refused as `to_svg`.
    #[pyo3(signature = (picture = None, **options), text_signature = "($self, picture=None, *, locale='en')")]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        picture: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        entry(|| {
            let (py, table) = (slf.py(), slf.get());
            let plot = py.import("customer_success._plot")?;
            match plot.call_method0("altair")? {
                altair if altair.is_none() => plot.call_method1("Svg", (table.to_svg(py, picture, options)?,)),
                altair => {
                    altair.getattr("Chart")?.call_method1("from_dict", (table.to_vega_lite(py, picture, options)?,))
                }
            }
        })
    }

    /// The name of the table's shape, such as `movements`.
    #[getter]
    fn schema(&self) -> PyResult<&str> {
        entry(|| Ok(self.0.schema()))
    }

    /// The names of the columns, in their fixed order.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        entry(|| PyList::new(py, self.0.columns().iter().map(|column| column.name())))
    }

    /// What the table was computed with: version, operation, currency, definitions, fingerprint, days.
    #[getter]
    fn metadata<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| {
            let metadata = self.0.metadata();
            let object = python(py, &metadata.to_object())?;
            object.set_item("definitions", switches(py, &metadata.definitions)?)?;
            for (name, day) in [("as_of", metadata.as_of), ("known_on", metadata.known_on)] {
                object.set_item(name, day.map(|day| day.date()).into_bound_py_any(py)?)?;
            }
            Ok(object)
        })
    }

    fn __len__(&self) -> PyResult<usize> {
        entry(|| Ok(self.0.len()))
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let table = &self.0;
            Ok(format!("<Table {}: {} rows, {} columns>", table.schema(), table.len(), table.columns().len()))
        })
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| self.written(py, Core::to_html))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        entry(|| Ok((slf.get_type().getattr("from_json")?, (slf.get().written(slf.py(), Core::to_json)?,))))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        entry(|| Ok(self.0 == other.0))
    }
}
