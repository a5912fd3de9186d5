//! What indicators are to reach, as the company says.

use super::kpi::{Kpi, KpiUnit};
use crate::error::Problem;
use crate::json::Json;
use crate::money::parse_units;
use crate::query::{Parameter, Takes};
use crate::reading::{Reader, unexpected};
use crate::word::Word as _;

pub(super) const TARGETS: Parameter = Parameter::optional(
    "targets",
    Takes::Targets,
    "null",
    "What indicators are to reach, by their names: an amount such as \"1200.00\" of those of money, else a number.",
);

/// What an indicator is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// An amount, in counts of 10^-[`DIGITS`].
    Amount(i128),
    Number(f64),
}

/// More decimals than any currency with all extra digits.
pub(super) const DIGITS: u8 = 12;

/// The targets among the arguments, each with its indicator.
pub(super) fn targets(json: &Json) -> Result<Vec<(Kpi, Target)>, Problem> {
    if *json == Json::Null {
        return Ok(Vec::new());
    }
    let reader = Reader::of(TARGETS.name, json, Kpi::WORDS)?;
    let target = |kpi: Kpi| {
        reader.optional(kpi.name(), |path, json| match kpi.unit() {
            KpiUnit::Money => {
                let text = match json {
                    Json::Integer(number) => Some(number.to_string()),
                    json => json.as_text().map(str::to_owned),
                };
                let units = text.and_then(|text| parse_units(&text, DIGITS).ok());
                units.map(Target::Amount).ok_or_else(|| unexpected(path, json, "an amount such as \"1200.00\""))
            }
            _ => json.as_number().map(Target::Number).ok_or_else(|| unexpected(path, json, "a number")),
        })
    };
    let given = Kpi::ALL.iter().map(|&kpi| Ok(target(kpi)?.map(|target| (kpi, target))));
    given.filter_map(Result::transpose).collect()
}
