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
