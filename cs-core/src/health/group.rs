//! A group of measures, which weighs something whatever they weigh within it.

use super::measure::MOST_WEIGHT;
use crate::error::Problem;
use crate::json::Json;
use crate::reading::{Reader, whole};

/// A group of measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) weight: u32,
    /// Why it is there and weighs what it does.
    reason: Option<String>,
}

impl Group {
    pub(super) fn read(path: String, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &["group", "weight", "reason"])?;
        let weight = whole(&reader.at("weight"), reader.required("weight")?, 1..=MOST_WEIGHT)?;
        Ok(Self { name: reader.name("group")?, weight, reason: reader.text("reason")? })
    }

    pub(super) fn to_json(&self) -> Json {
        let given = [
            ("group", Some(Json::from(self.name.as_str()))),
            ("weight", Some(Json::from(u64::from(self.weight)))),
            ("reason", self.reason.as_deref().map(Json::from)),
        ];
        Json::object(given.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}
