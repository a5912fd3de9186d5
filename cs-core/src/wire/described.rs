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
        #[cfg(any(feature = "backtest", feature = "rooms"))]
        Takes::Share => "share",
        #[cfg(any(feature = "backtest", feature = "rooms"))]
        Takes::Number => "number",
        #[cfg(feature = "rooms")]
        Takes::Amount => "amount",
        #[cfg(feature = "rooms")]
        Takes::Numbers => "numbers",
        #[cfg(feature = "rooms")]
        Takes::Counts => "counts",
        #[cfg(feature = "rooms")]
        Takes::Flags => "flags",
        #[cfg(feature = "rooms")]
        Takes::Texts => "texts",
        #[cfg(feature = "rooms")]
        Takes::MaybeTexts => "texts_or_null",
        Takes::Flag => "flag",
        Takes::Choice(_) => "choice",
        Takes::Definitions => "definitions",
        Takes::Scorecard => "scorecard",
        #[cfg(feature = "rooms")]
        Takes::TouchModel => "touch_model",
        #[cfg(feature = "rooms")]
        Takes::Targets => "targets",
        #[cfg(feature = "rooms")]
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
