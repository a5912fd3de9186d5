//! What indicators are to reach, as the company says: in every period, or in each by its own.

use super::kpi::{Kpi, KpiUnit};
use crate::definitions::Definitions;
use crate::error::{Problem, cut, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::query::{Parameter, Takes};
use crate::reading::{Reader, amount, day, invalid};
use crate::word::Word as _;

pub(super) const TARGETS: Parameter = Parameter::optional(
    "targets",
    Takes::Targets,
    "null",
    "What indicators are to reach, by their names: an amount such as \"1200.00\" of those of money, else a number; or an object \
     of these by the first day of each period.",
);

/// What an indicator is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// An amount, in counts of 10^-[`DIGITS`].
    Amount(i128),
    Number(f64),
}

/// What indicators are to reach.
#[derive(Debug, Default)]
pub(super) struct Targets(Vec<(Kpi, When, Target)>);

/// Of which periods a target is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Always,
    /// Of the period that begins on a day.
    From(Day),
}

/// More decimals than any currency with all extra digits.
pub(super) const DIGITS: u8 = 12;

impl Targets {
    /// Those among the arguments.
    pub(super) fn read(json: &Json, definitions: &Definitions) -> Result<Self, Problem> {
        if *json == Json::Null {
            return Ok(Self::default());
        }
        let reader = Reader::of(TARGETS.name, json, Kpi::WORDS)?;
        let mut all = Vec::new();
        for &kpi in Kpi::ALL {
            let Some(json) = reader.get(kpi.name()) else { continue };
            let path = reader.at(kpi.name());
            let Some(entries) = json.as_object() else {
                all.push((kpi, When::Always, target(kpi, &path, json)?));
                continue;
            };
            for (key, json) in entries {
                let path = format!("{path}.{}", cut(key));
                all.push((kpi, When::From(first_day(&path, key, definitions)?), target(kpi, &path, json)?));
            }
        }
        Ok(Self(all))
    }

    /// That of an indicator in the period that begins on a day.
    pub(super) fn of(&self, kpi: Kpi, start: Day) -> Option<Target> {
        let is_of = |when: When| when == When::Always || when == When::From(start);
        self.0.iter().find(|(of, when, _)| *of == kpi && is_of(*when)).map(|(.., target)| *target)
    }
}

/// The first day of a period.
fn first_day(path: &str, text: &str, definitions: &Definitions) -> Result<Day, Problem> {
    let day = day(path.to_owned(), text)?;
    let is_first = definitions.calendar().periods(day, day.next()).is_some_and(|periods| periods.start() == day);
    is_first
        .then_some(day)
        .ok_or_else(|| invalid(path, format!("no {} begins on {}", definitions.period, quoted(text))).value(text))
}

fn target(kpi: Kpi, path: &str, json: &Json) -> Result<Target, Problem> {
    match kpi.unit() {
        KpiUnit::Money => amount(path, json, DIGITS).map(Target::Amount),
        _ => kpi.read(path, json).map(Target::Number),
    }
}
