//! The surface of the library as data: what every binding offers, or is excused from with a reason.

use super::described::{columns, parameter};
use super::members::{ERRORS, classes, functions, types};
use super::{
    CONSTRUCTORS, Constructor, Errors, Gives, OPERATIONS, OperationSpec, PICTURE, Parameter, synthetic_tables,
};
use crate::definitions::{Definitions, SwitchSpec};
use crate::docs::in_one_line;
use crate::error::Code;
use crate::json::Json;
use crate::portfolio::{ColumnKind, Limits, TABLES};
use crate::query;
use crate::ratio::Reason;
use crate::table::{ColumnDoc, Kind, Metadata};
use crate::word::Word as _;

/// The surface manifest: constructors, operations, types and the members of
/// classes, switches, tables, columns, kinds, limits and errors.
#[must_use]
pub fn surface() -> Json {
    let words = |words: &[&str]| Json::Array(words.iter().copied().map(Json::from).collect());
    let defaults = Definitions::default().to_object();
    let switch = |switch: &SwitchSpec| {
        let (takes, choices) = switch.kind.describe();
        let entries = [("name", Json::from(switch.name)), ("takes", Json::from(takes))];
        let rest = [
            ("default", defaults.get(switch.name).cloned().unwrap_or(Json::Null)),
            ("built", Json::Flag(switch.built)),
            ("doc", Json::Text(in_one_line(switch.doc))),
        ];
        Json::object(entries.into_iter().chain(choices.map(|choices| ("choices", words(choices)))).chain(rest))
    };
    let table = |spec: &&crate::portfolio::TableSpec| {
        let columns = spec.columns.iter().map(|column| {
            let choices = match column.kind {
                ColumnKind::Choice(choices) => Some(("choices", words(choices))),
                _ => None,
            };
            let entries = [
                ("name", Json::from(column.name)),
                ("kind", Json::from(column.kind.name())),
                ("required", Json::Flag(column.required)),
                ("doc", Json::Text(in_one_line(column.doc))),
            ];
            Json::object(entries.into_iter().chain(choices))
        });
        Json::object([
            ("name", Json::from(spec.name)),
            ("key", words(spec.key)),
            ("one_of", words(spec.one_of)),
            ("attributes", Json::Flag(spec.attributes)),
            ("columns", Json::Array(columns.collect())),
        ])
    };
    let metadata = Metadata::new("", None, &Definitions::default()).to_object();
    let keys = match &metadata {
        Json::Object(entries) => entries.iter().map(|(key, _)| Json::from(key.as_str())).collect(),
        _ => Vec::new(),
    };
    Json::object([
        ("constructors", Json::Array(CONSTRUCTORS.iter().map(constructor).collect())),
        ("operations", Json::Array(OPERATIONS.iter().map(operation).collect())),
        ("functions", functions()),
        ("calculations", calculations()),
        ("models", models()),
        ("metrics", metrics()),
        ("classes", classes()),
        ("switches", Json::Array(Definitions::SPECS.iter().map(switch).collect())),
        ("tables", Json::Array(TABLES.iter().map(table).collect())),
        ("synthetic_tables", words(&synthetic_tables())),
        ("kinds", words(Kind::WORDS)),
        ("metadata", Json::Array(keys)),
        ("limits", words(Limits::NAMES)),
        ("problem", words(PROBLEM)),
        ("load_report", words(LOAD_REPORT)),
        ("reasons", words(Reason::WORDS)),
        ("picture", Json::Array(PICTURE.iter().map(parameter).collect())),
        #[cfg(feature = "review")]
        ("review_settings", crate::principles::ReviewSettings::thresholds()),
        ("types", types()),
        ("errors", Json::Array(ERRORS.iter().map(Json::from).collect())),
        ("codes", Json::Array(Code::ALL.iter().map(|code| Json::from(code.name())).collect())),
    ])
}

/// The fields of a problem.
const PROBLEM: &[&str] = &["code", "message", "path", "table", "row", "line", "column", "value", "help"];
/// The fields of a load report.
const LOAD_REPORT: &[&str] = &[
    "tables",
    "rows_read",
    "accepted",
    "rejected",
    "blank",
    "problems",
    "problems_total",
    "warnings",
    "warnings_total",
];

fn constructor(constructor: &Constructor) -> Json {
    Json::object([
        ("name", Json::from(constructor.name)),
        ("doc", Json::from(constructor.doc)),
        ("parameters", Json::Array(constructor.parameters.iter().map(parameter).collect())),
        ("positional", places(constructor.parameters)),
        ("columns", Json::Array(Vec::new())),
        ("errors", errors(constructor.errors, constructor.parameters)),
        ("source", Json::from(constructor.source)),
    ])
}

fn operation(operation: &OperationSpec) -> Json {
    let none = || Json::Array(Vec::new());
    #[cfg_attr(
        not(any(feature = "backtest", feature = "rooms")),
        allow(unused_variables, reason = "no report is in such a build")
    )]
    let (gives, columns, [figures, tables, forms]) = match operation.gives {
        Gives::Table(of_table) => ("table", columns(of_table), [none(), none(), none()]),
        #[cfg(any(feature = "backtest", feature = "rooms"))]
        Gives::Report { figures, tables, forms } => ("report", none(), report(figures, tables, forms)),
        #[cfg(feature = "backtest")]
        Gives::Scorecard => ("scorecard", none(), [none(), none(), none()]),
    };
    Json::object([
        ("name", Json::from(operation.name)),
        ("doc", Json::from(operation.doc)),
        ("parameters", Json::Array(operation.parameters.iter().map(parameter).collect())),
        ("positional", places(operation.parameters)),
        ("gives", Json::from(gives)),
        ("rows", Json::from(operation.rows)),
        ("adds_up", Json::Flag(operation.adds_up())),
        ("columns", columns),
        ("figures", figures),
        ("tables", tables),
        #[cfg(any(feature = "backtest", feature = "rooms"))]
        ("forms", forms),
        ("errors", errors(operation.errors, operation.parameters)),
        ("source", Json::from(operation.source)),
    ])
}

/// The functions on plain numbers, as the manifest has them.
fn calculations() -> Json {
    #[cfg(feature = "forecast")]
    return Json::Array(super::FUNCTIONS.iter().copied().flatten().map(calculation).collect());
    #[cfg(not(feature = "forecast"))]
    Json::Array(Vec::new())
}

/// The models, as the manifest has them.
fn models() -> Json {
    #[cfg(feature = "forecast")]
    return Json::Array(vec![super::shifted_beta_geometric::model()]);
    #[cfg(not(feature = "forecast"))]
    Json::Array(Vec::new())
}

/// The formulas on plain numbers, as the manifest has them.
fn metrics() -> Json {
    #[cfg(feature = "forecast")]
    return Json::Array(crate::metrics::FORMULAS.iter().copied().flatten().map(metric).collect());
    #[cfg(not(feature = "forecast"))]
    Json::Array(Vec::new())
}

#[cfg(feature = "forecast")]
fn metric(formula: &crate::metrics::FormulaSpec) -> Json {
    Json::object([
        ("name", Json::from(formula.name)),
        ("doc", Json::from(formula.doc)),
        ("parameters", Json::Array(formula.parameters.iter().map(parameter).collect())),
        ("positional", places(formula.parameters)),
        ("gives", Json::from(if formula.is_interval() { "interval" } else { "number" })),
        ("errors", errors(formula.errors(), formula.parameters)),
        ("source", Json::from(formula.source)),
    ])
}

#[cfg(feature = "forecast")]
fn calculation(function: &super::FunctionSpec) -> Json {
    Json::object([
        ("name", Json::from(function.name)),
        ("doc", Json::from(function.doc)),
        ("parameters", Json::Array(function.parameters.iter().map(parameter).collect())),
        ("positional", places(function.parameters)),
        ("gives", Json::from("table")),
        ("rows", Json::from(function.rows)),
        ("columns", columns(function.columns)),
        ("errors", errors(function.errors, function.parameters)),
        ("source", Json::from(function.source)),
    ])
}

/// The figures, the tables and the forms of a report.
#[cfg(any(feature = "backtest", feature = "rooms"))]
fn report(figures: &[ColumnDoc], tables: &[crate::table::TableDoc], forms: &[crate::table::ReportForm]) -> [Json; 3] {
    let form = |form: &crate::table::ReportForm| {
        Json::object([("name", Json::from(form.name)), ("doc", Json::from(form.doc))])
    };
    let table = |table: &crate::table::TableDoc| {
        let name = ("name", Json::from(table.name));
        Json::object([name, ("rows", Json::from(table.rows)), ("columns", columns(table.columns))])
    };
    let forms = Json::Array(forms.iter().map(form).collect());
    [columns(figures), Json::Array(tables.iter().map(table).collect()), forms]
}

/// Every code that a call can give, by the name of its error.
fn errors(own: Errors, parameters: &[Parameter]) -> Json {
    let entry = |(name, codes): (&str, Vec<Code>)| {
        let codes = codes.into_iter().map(|code| Json::from(code.name())).collect();
        Json::object([("name", Json::from(name)), ("codes", Json::Array(codes))])
    };
    Json::Array(own.with(parameters).into_iter().map(entry).collect())
}

/// The names of the arguments that have a place.
fn places(parameters: &'static [Parameter]) -> Json {
    Json::Array(query::positional(parameters).map(|parameter| Json::from(parameter.name)).collect())
}
