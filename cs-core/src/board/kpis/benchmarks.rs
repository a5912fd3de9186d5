//! What others reach, each with its source: data.

use super::kpi::Kpi;
use crate::error::Error;
use crate::json::Json;
use crate::period::PeriodLength;

const BENCHMARKS: &str = include_str!("benchmarks.json");

/// What others reach.
pub(super) struct Benchmark {
    kpi: Kpi,
    period: PeriodLength,
    pub(super) number: f64,
    pub(super) source: String,
}

/// All that are known.
pub(super) fn benchmarks() -> Result<Vec<Benchmark>, Error> {
    let json = Json::parse(BENCHMARKS)?;
    let benchmark = |json: &Json| {
        let text = |key: &str| json.get(key).and_then(Json::as_text);
        Some(Benchmark {
            kpi: text("kpi").and_then(Kpi::from_name)?,
            period: text("period").and_then(PeriodLength::from_name)?,
            number: json.get("number").and_then(Json::as_number)?,
            source: text("source")?.to_owned(),
        })
    };
    let all: Option<Vec<Benchmark>> = json.as_array().unwrap_or_default().iter().map(benchmark).collect();
    all.ok_or_else(|| Error::internal("a benchmark is of no indicator or no period"))
}

impl Benchmark {
    /// Whether it is one of an indicator over periods of a length.
    pub(super) fn is_of(&self, kpi: Kpi, period: PeriodLength) -> bool {
        self.kpi == kpi && self.period == period
    }
}
