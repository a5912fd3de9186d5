//! How the surface manifest is read by what is written from it.

use cs_core::Json;

/// The list of a name; none where there is none.
pub(crate) fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    match json.get(key) {
        Some(Json::Array(items)) => items,
        _ => &[],
    }
}

/// The text of a name; empty where there is none.
pub(crate) fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json.get(key).map_or("", string)
}

pub(crate) fn string(json: &Json) -> &str {
    match json {
        Json::Text(text) => text,
        _ => "",
    }
}

/// The parameters of a call that have a place, in their order: the first ones.
pub(crate) fn positional(call: &Json) -> &[Json] {
    let count = list(call, "positional").len();
    list(call, "parameters").get(..count).unwrap_or_default()
}

/// Whether a call gives several tables.
pub(crate) fn is_report(call: &&Json) -> bool {
    text(call, "gives") == "report"
}

/// The class of what an operation gives.
pub(crate) fn gives(operation: &Json) -> String {
    match text(operation, "gives") {
        "report" => title(text(operation, "name")),
        gives => title(gives),
    }
}

/// `from_tables` becomes `FromTables`.
pub(crate) fn title(name: &str) -> String {
    let word = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    name.split('_').map(word).collect::<Vec<String>>().concat()
}
