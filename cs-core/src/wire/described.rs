//! Arguments and columns, as the manifest has them.

use crate::docs::in_one_line;
use crate::json::Json;
use crate::query::{Parameter, Takes};
use crate::table::ColumnDoc;

pub(super) fn columns(columns: &[ColumnDoc]) -> Json {
    Json::Array(columns.iter().map(column).collect())
}

pub(super) fn parameter(parameter: &Parameter) -> Json {
    let takes = match parameter.takes {
        Takes::Table => "table",
        Takes::File => "file",
        Takes::Date => "date",
        #[cfg(feature = "backtest")]
        Takes::Dates => "dates",
        Takes::Text => "text",
        Takes::Count => "count",
        #[cfg(any(feature = "backtest", feature = "forecast"))]
        Takes::Share => "share",
        #[cfg(any(feature = "backtest", feature = "forecast"))]
        Takes::Number => "number",
        #[cfg(feature = "forecast")]
        Takes::Amount => "amount",
        #[cfg(feature = "forecast")]
        Takes::Numbers => "numbers",
        #[cfg(feature = "forecast")]
        Takes::Counts => "counts",
        #[cfg(feature = "forecast")]
        Takes::Flags => "flags",
        #[cfg(feature = "forecast")]
        Takes::Texts => "texts",
        #[cfg(feature = "forecast")]
        Takes::MaybeTexts => "texts_or_null",
        Takes::Flag => "flag",
        Takes::Choice(_) => "choice",
        Takes::Definitions => "definitions",
        Takes::Scorecard => "scorecard",
        #[cfg(feature = "forecast")]
        Takes::TouchModel => "touch_model",
        #[cfg(feature = "forecast")]
        Takes::Targets => "targets",
        #[cfg(feature = "forecast")]
        Takes::Benchmarks => "benchmarks",
        #[cfg(feature = "review")]
        Takes::ReviewSettings => "review_settings",
        #[cfg(feature = "review")]
        Takes::Review => "review",
        Takes::Names => "names",
        Takes::Limits => "limits",
        Takes::Columns => "columns",
    };
    let choices = match parameter.takes {
        Takes::Choice(words) => Some(("choices", Json::Array(words.iter().copied().map(Json::from).collect()))),
        _ => None,
    };
    // The default is canonical JSON, a constant of this crate.
    let default = parameter.default.map(|text| ("default", Json::parse(text).unwrap_or(Json::Null)));
    let entries = [("name", Json::from(parameter.name)), ("takes", Json::from(takes))];
    let rest = [("built", Json::Flag(parameter.built)), ("doc", Json::from(parameter.doc))];
    Json::object(entries.into_iter().chain(choices).chain(default).chain(rest))
}

fn column(column: &ColumnDoc) -> Json {
    let choices = column.choices.map(|words| ("choices", Json::Array(words.iter().copied().map(Json::from).collect())));
    let entries = [
        ("name", Json::from(column.name)),
        ("kind", Json::from(column.kind.name())),
        ("nullable", Json::Flag(column.nullable)),
    ];
    Json::object(entries.into_iter().chain(choices).chain([("doc", Json::Text(in_one_line(column.doc)))]))
}
