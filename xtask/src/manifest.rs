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

/// Of the parameters of a call those that may be given without their names: they have no default and stand first. Tables
/// have no place, since one is as good as another.
pub(crate) fn positional(parameters: &[Json]) -> impl Iterator<Item = &Json> {
    parameters.iter().take_while(|parameter| parameter.get("default").is_none() && text(parameter, "takes") != "table")
}
