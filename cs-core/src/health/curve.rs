//! What a value is worth: points between which it is a straight line.

use super::points::{Points, read_millionths};
use super::reading::{invalid, item, unexpected};
use crate::error::Problem;
use crate::float;
use crate::json::Json;

/// Points in the order of their values, of which scores never fall or never rise.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Curve(Vec<(f64, Points)>);

const POINTS: std::ops::RangeInclusive<usize> = 2..=32;

/// The greatest value that a point may have.
const FARTHEST: f64 = 1e15;

impl Curve {
    pub(super) fn read(path: &str, json: &Json) -> Result<Self, Problem> {
        let items = json.as_array().filter(|items| POINTS.contains(&items.len()));
        let items = items.ok_or_else(|| {
            let expected = format!("a list of {} to {} points", POINTS.start(), POINTS.end());
            unexpected(path, json, &expected)
        })?;
        let points = items.iter().enumerate().map(|(position, json)| point(&item(path, position), json));
        let points = points.collect::<Result<Vec<_>, _>>()?;
        for (position, pair) in points.windows(2).enumerate() {
            let [(before, _), (value, _)] = pair else { continue };
            if value <= before {
                return Err(invalid(&item(path, position + 1), "the values of a curve ascend")
                    .help("give each value once, in order"));
            }
        }
        let rises = points.is_sorted_by(|(_, before), (_, score)| before <= score);
        let falls = points.is_sorted_by(|(_, before), (_, score)| before >= score);
        match rises || falls {
            true => Ok(Self(points)),
            false => Err(invalid(path, "the scores of a curve rise and fall")
                .help("let them never fall, or never rise; what is bad at both ends is two measures")),
        }
    }

    pub(super) fn to_json(&self) -> Json {
        let point = |&(value, score): &(f64, Points)| Json::Array(vec![float_to_json(value), score.to_json()]);
        Json::Array(self.0.iter().map(point).collect())
    }

    /// The least and the greatest score that it gives.
    pub(super) fn reach(&self) -> [Points; 2] {
        let scores = || self.0.iter().map(|&(_, score)| score);
        [scores().min().unwrap_or_default(), scores().max().unwrap_or_default()]
    }

    /// Whether it gives the same score for every value.
    pub(super) fn is_flat(&self) -> bool {
        let [worst, best] = self.reach();
        worst == best
    }

    /// The score of a finite value.
    pub(super) fn at(&self, value: f64) -> Points {
        let next = self.0.partition_point(|&(known, _)| known <= value);
        match (next.checked_sub(1).and_then(|before| self.0.get(before)), self.0.get(next)) {
            (Some(&(from, least)), Some(&(to, most))) => {
                let (least, most) = (f64::from(least.millionths()), f64::from(most.millionths()));
                // Each step is rounded as IEEE 754 says; scores are millionths, so that only the quotient has a fraction.
                let score = least + (most - least) * (value - from) / (to - from);
                Points::of_millionths(float::nearest_even(score))
            }
            (Some(&(_, score)), None) | (None, Some(&(_, score))) => score,
            (None, None) => Points::WORST,
        }
    }
}

fn point(path: &str, json: &Json) -> Result<(f64, Points), Problem> {
    let Some([value, score]) = json.as_array() else { return Err(unexpected(path, json, "a value and its score")) };
    let number = match value {
        Json::Integer(number) => Some(*number as f64),
        Json::Float(number) => Some(*number),
        _ => None,
    };
    let number = number.filter(|number| number.abs() <= FARTHEST);
    let number = number.ok_or_else(|| unexpected(&item(path, 0), value, "a number from -1e15 to 1e15"))?;
    let refuse = |expected: String| unexpected(&item(path, 1), score, &expected);
    let score = read_millionths(score, 100, refuse)?;
    Ok((number, Points::of_millionths(i64::from(score))))
}

/// A float as JSON has it; whole ones without a fraction.
fn float_to_json(number: f64) -> Json {
    if number == number.trunc() { Json::Integer(number as i64) } else { Json::Float(number) }
}
