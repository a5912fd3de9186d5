//! The methods of operations in the Python binding, written from the surface manifest.

use std::fmt::Write as _;

use cs_core::Json;

use crate::manifest::{list, positional, text};

/// Lines of code are at most this wide.
const WIDTH: usize = 120;

/// The text of the file of operations.
pub(crate) fn rust(surface: &Json) -> String {
    let mut out = String::from(HEAD);
    for (number, operation) in list(surface, "operations").iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        method(&mut out, operation);
    }
    out + "}\n"
}

fn method(out: &mut String, operation: &Json) {
    let name = text(operation, "name");
    let places: Vec<&str> = positional(operation).iter().map(|parameter| text(parameter, "name")).collect();
    let parameters: Vec<String> = std::iter::once("&self".to_owned())
        .chain(places.iter().map(|place| format!("{place}: Any<'_>")))
        .chain(["options: Option<Dict<'_>>".to_owned()])
        .collect();
    let line = format!("    fn {name}({}) -> PyResult<Table> {{", parameters.join(", "));
    let line = match line.len() <= WIDTH {
        true => line,
        false => {
            let parameters: String = parameters.iter().map(|parameter| format!("        {parameter},\n")).collect();
            format!("    fn {name}(\n{parameters}    ) -> PyResult<Table> {{")
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

use super::{Any, Dict, Portfolio};
use crate::errors::entry;
use crate::table::Table;

#[pymethods]
impl Portfolio {
";
