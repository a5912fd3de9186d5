//! The methods of operations in the Python binding, written from the surface manifest.

use std::fmt::Write as _;

use cs_core::Json;

use crate::manifest::{gives, is_report, list, positional, text, title};

/// Lines of code are at most this wide.
const WIDTH: usize = 120;

/// The text of the file of operations.
pub(crate) fn rust(surface: &Json) -> String {
    let mut reports: Vec<String> =
        list(surface, "operations").iter().filter(is_report).map(|operation| title(text(operation, "name"))).collect();
    reports.sort_unstable();
    let uses = match reports.as_slice() {
        [] => String::new(),
        [report] => format!("use super::reports::{report};\n"),
        reports => format!("use super::reports::{{{}}};\n", reports.join(", ")),
    };
    let mut out = HEAD.replace("REPORTS", &uses);
    for (number, operation) in list(surface, "operations").iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        method(&mut out, operation);
    }
    out + "}\n"
}

fn method(out: &mut String, operation: &Json) {
    let (name, gives) = (text(operation, "name"), gives(operation));
    let places: Vec<&str> = positional(operation).iter().map(|parameter| text(parameter, "name")).collect();
    let parameters: Vec<String> = std::iter::once("&self".to_owned())
        .chain(places.iter().map(|place| format!("{place}: Any<'_>")))
        .chain(["options: Option<Dict<'_>>".to_owned()])
        .collect();
    let line = format!("    fn {name}({}) -> PyResult<{gives}> {{", parameters.join(", "));
    let line = match line.len() <= WIDTH {
        true => line,
        false => {
            let parameters: String = parameters.iter().map(|parameter| format!("        {parameter},\n")).collect();
            format!("    fn {name}(\n{parameters}    ) -> PyResult<{gives}> {{")
        }
    };
    let given: Vec<String> = places.iter().map(|place| format!("(\"{place}\", {place})")).collect();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "    #[doc = include_str!(\"../docs/{name}.txt\")]\n    \
         #[pyo3(signature = ({}, **options), text_signature = None)]\n{line}\n        \
         entry(|| self.run(\"{name}\", [{}], options))\n    }}\n",
        places.join(", "),
        given.join(", ")
    );
}

const HEAD: &str = "\
//! Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

use pyo3::prelude::*;

REPORTSuse super::{Any, Dict, Portfolio};
use crate::errors::entry;
use crate::scorecard::Scorecard;
use crate::table::Table;

#[pymethods]
impl Portfolio {
";

/// The text of the file of reports.
pub(crate) fn reports(surface: &Json) -> String {
    let mut out = String::from(REPORTS);
    for operation in list(surface, "operations").iter().filter(is_report) {
        let name = title(text(operation, "name"));
        let doc = text(operation, "doc").split("\n\n").next().unwrap_or_default();
        let _ = write!(
            out,
            "\n/// {doc}\n#[pyclass(frozen, module = \"customer_success\")]\npub(crate) struct {name}(pub(crate) Arc<Report>);\n\n\
             impl TryFrom<Answer> for {name} {{\n    type Error = Error;\n\n    \
             fn try_from(answer: Answer) -> Result<Self, Error> {{\n        match answer {{\n            \
             Answer::Report(report) => Ok(Self(Arc::new(report))),\n            \
             _ => Err(Error::internal(\"the answer is no report\")),\n        }}\n    }}\n}}\n\n\
             #[pymethods]\nimpl {name} {{\n"
        );
        for figure in list(operation, "figures") {
            let (name, doc) = (text(figure, "name"), text(figure, "doc"));
            let _ = write!(
                out,
                "    /// {doc}\n    #[getter]\n    \
                 fn {name}<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {{\n        \
                 entry(|| python(py, self.0.figure(\"{name}\").unwrap_or(&Json::Null)))\n    }}\n\n"
            );
        }
        for table in list(operation, "tables") {
            let (name, doc) = (text(table, "name"), text(table, "rows"));
            let _ = write!(
                out,
                "    /// {doc}\n    #[getter]\n    fn {name}(&self) -> PyResult<Table> {{\n        \
                 entry(|| Table::of(&self.0, \"{name}\"))\n    }}\n\n"
            );
        }
        for form in list(operation, "forms") {
            let (name, doc) = (text(form, "name"), text(form, "doc"));
            let _ = write!(
                out,
                "    /// {doc}\n    \
                 #[pyo3(signature = (**options), text_signature = \"($self, *, locale='en')\")]\n    \
                 fn to_{name}(&self, py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<String> {{\n        \
                 entry(|| for_people(py, &self.0, \"{name}\", options))\n    }}\n\n"
            );
        }
        out += TO_JSON;
    }
    out + FOR_PEOPLE
}

const TO_JSON: &str = "    \
    /// The canonical JSON of all of it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| {
            let core = Arc::clone(&self.0);
            watched(py, move |_| Ok(core.to_json()))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| {
            let figures = self.0.figures().iter().map(|(name, figure)| format!(\" {name}={figure}\"));
            Ok(format!(\"<{}{}>\", self.0.schema(), figures.collect::<String>()))
        })
    }
}
";

const FOR_PEOPLE: &str = "
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
";

const REPORTS: &str = "\
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
";
