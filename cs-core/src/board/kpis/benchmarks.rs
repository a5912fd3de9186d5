//! What others reach, each with its source: data.

use super::kpi::{Kpi, KpiUnit};
use crate::error::{Error, Problem};
use crate::json::Json;
use crate::period::PeriodLength;
use crate::query::{Parameter, Takes};
use crate::reading::{Reader, invalid, item, some};

const STANDARD: &str = include_str!("benchmarks.json");

pub(super) const BENCHMARKS: Parameter = Parameter::optional(
    "benchmarks",
    Takes::Benchmarks,
    "null",
    "What others reach, in place of the standard ones: each with `kpi`, `period` (how long the periods are that it is of), \
     `number`, and `source`, which says so; one of each `kpi` and `period`.",
);

/// As many are read at most.
const MOST: usize = 1_000;

/// What others reach.
#[derive(Debug)]
pub(super) struct Benchmark {
    kpi: Kpi,
    period: PeriodLength,
    pub(super) number: f64,
    pub(super) source: String,
}

/// Those among the arguments, or the standard ones.
pub(super) fn benchmarks(json: &Json) -> Result<Vec<Benchmark>, Error> {
    let standard;
    let json = if *json == Json::Null {
        standard = Json::parse(STANDARD)?;
        &standard
    } else {
        json
    };
    let path = BENCHMARKS.name;
    let items = some(path, json, "benchmarks", &(0..=MOST))?;
    let mut all: Vec<Benchmark> = Vec::new();
    for (position, json) in items.iter().enumerate() {
        let benchmark = Benchmark::read(item(path, position), json)?;
        let is_same = |other: &Benchmark| other.is_of(benchmark.kpi, benchmark.period);
        if let Some(first) = all.iter().position(is_same) {
            let first = item(path, first);
            let message = format!("another benchmark of {} over the same periods is given at {first}", benchmark.kpi);
            return Err(invalid(&item(path, position), message).help("leave one of them out").into());
        }
        all.push(benchmark);
    }
    Ok(all)
}

impl Benchmark {
    fn read(path: String, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &["kpi", "period", "number", "source"])?;
        let kpi: Kpi = reader.required_word("kpi")?;
        let number = reader.required("number")?;
        if kpi.unit() == KpiUnit::Money {
            return Err(reader.invalid(format!("what others reach is no amount, and {kpi} is one")));
        }
        Ok(Self {
            kpi,
            period: reader.required_word("period")?,
            number: kpi.read(&reader.at("number"), number)?,
            source: reader.name("source")?,
        })
    }

    /// Whether it is one of an indicator over periods of a length.
    pub(super) fn is_of(&self, kpi: Kpi, period: PeriodLength) -> bool {
        self.kpi == kpi && self.period == period
    }
}
