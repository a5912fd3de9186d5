//! The formulas on plain numbers, in the words of Python and JavaScript.

use std::fmt::Write as _;

use cs_core::Json;

use crate::docstrings::{docstring, literal};
use crate::manifest::{list, positional, text};
use crate::typescript::camel;

/// The text of `metrics.py`.
pub(crate) fn python(surface: &Json) -> String {
    let mut out = String::from(PYTHON);
    for formula in list(surface, "metrics") {
        let name = text(formula, "name");
        let parameters = list(formula, "parameters");
        let written = parameters.iter().enumerate().map(|(place, parameter)| {
            let star = if place == positional(formula).len() { "*, " } else { "" };
            let default = parameter.get("default").map(|value| format!(" = {}", literal(Some(value))));
            format!("{star}{}: {}{}", text(parameter, "name"), taken(parameter), default.unwrap_or_default())
        });
        let written = written.collect::<Vec<_>>().join(", ");
        let gives = match text(formula, "gives") {
            "interval" => "tuple[float, float] | None",
            _ => "float | None",
        };
        // Writing to a string cannot fail.
        let _ = write!(out, "\n\ndef {name}({written}) -> {gives}:\n    \"\"\"");
        for (number, line) in docstring(surface, formula).lines().enumerate() {
            let margin = if number == 0 || line.is_empty() { "" } else { "    " };
            let _ = writeln!(out, "{margin}{line}");
        }
        let given = parameters.iter().map(|parameter| format!("{0}={0}", text(parameter, "name")));
        let given = given.collect::<Vec<_>>().join(", ");
        let call = format!("_asked(\"metrics.{name}\", {given})");
        let call = if text(formula, "gives") == "interval" { format!("_pair({call})") } else { call };
        let _ = writeln!(out, "    \"\"\"\n    return {call}");
    }
    out
}

/// The type of an argument in Python.
fn taken(parameter: &Json) -> &'static str {
    match text(parameter, "takes") {
        "count" => "int",
        "counts" => "Sequence[int] | _Array",
        "amount" => "Decimal | int | str",
        _ => "float",
    }
}

/// The part of `models.js` that tells of them.
pub(crate) fn javascript(surface: &Json) -> String {
    let mut out = String::from(
        "\n/** Every formula: its name, its method, and its positional arguments. */\nconst METRICS = [\n",
    );
    for formula in list(surface, "metrics") {
        let name = text(formula, "name");
        let positional = positional(formula).iter().map(|parameter| format!("'{}'", text(parameter, "name")));
        let positional = positional.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "  {{ name: '{name}', method: '{}', positional: [{positional}] }},", camel(name));
    }
    out + JAVASCRIPT
}

/// The types of them.
pub(crate) fn typescript(surface: &Json) -> String {
    let mut out = String::from("\n/** The formulas on plain numbers. */\nexport interface Metrics {\n");
    for formula in list(surface, "metrics") {
        let places = positional(formula);
        let mut doc: Vec<String> = text(formula, "doc").split("\n\n").map(str::to_owned).collect();
        let tag = |parameter: &Json| format!("@param {} {}", camel(text(parameter, "name")), text(parameter, "doc"));
        doc.push(places.iter().map(tag).collect::<Vec<_>>().join("\n   * "));
        let typed =
            |parameter: &Json, mark: &str| format!("{}{mark}: {}", camel(text(parameter, "name")), typed(parameter));
        let mut written: Vec<String> = places.iter().map(|parameter| typed(parameter, "")).collect();
        let options = list(formula, "parameters").iter().skip(places.len());
        let option = |parameter: &Json| {
            format!("/** {} */ readonly {} | null | undefined", text(parameter, "doc"), typed(parameter, "?"))
        };
        let options: Vec<String> = options.map(option).collect();
        if !options.is_empty() {
            written.push(format!("options?: {{ {} }}", options.join("; ")));
        }
        let gives = match text(formula, "gives") {
            "interval" => "readonly [number, number] | null",
            _ => "number | null",
        };
        let (doc, name) = (doc.join("\n   *\n   * ").replace("*/", "* /"), camel(text(formula, "name")));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  /**\n   * {doc}\n   */\n  {name}({}): {gives};", written.join(", "));
    }
    out + "}\n"
}

/// The type of an argument in TypeScript.
fn typed(parameter: &Json) -> &'static str {
    match text(parameter, "takes") {
        "counts" => "readonly number[] | NumberArray",
        "amount" => "string | bigint",
        _ => "number",
    }
}

const PYTHON: &str = r#"# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.
"""The formulas of customer success on plain numbers.

Each gives a float, or None where it would divide by zero; those that end in `_interval` give the two ends of an interval
at 95%. Amounts are decimal.Decimal, int or str, and never float.

>>> from customer_success import metrics
>>> metrics.customer_churn_rate(10, 200)
0.05
>>> metrics.revenue_churn_rate("30000", 6, "3000000")
0.06
>>> round(metrics.annualised_rate(0.08, 12), 3)
0.632
>>> metrics.nps([10] * 40 + [8] * 40 + [3] * 20)
20.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from customer_success._arrays import asked as _asked
from customer_success._arrays import pair as _pair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from customer_success._native import _Array
"#;

const JAVASCRIPT: &str = "];

/** The models and the formulas of an instance. */
export function modelsOf(instance) {
  const listed = ([name, value]) => [name, isList(value) ? Array.from(value) : value];
  const metric = ({ name, method, positional }) => [
    method,
    (...given) => askedOf(instance, `metrics.${name}`, placed(positional, given).map(listed)),
  ];
  return {
    ShiftedBetaGeometric: shiftedBetaGeometricClass(instance),
    metrics: Object.freeze(Object.fromEntries(METRICS.map(metric))),
  };
}
";
