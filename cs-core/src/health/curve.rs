//! What a value is worth: points between which it is a straight line.

use super::points::{Points, read_millionths};
use crate::error::Problem;
use crate::float;
use crate::json::Json;
use crate::reading::{invalid, item, some, unexpected};

/// Points in the order of their values, of which scores never fall or never rise.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Curve(Vec<(f64, Points)>);

const POINTS: std::ops::RangeInclusive<usize> = 2..=32;

/// The greatest value that a point may have.
const FARTHEST: f64 = 1e15;

impl Curve {
    pub(super) fn read(path: &str, json: &Json) -> Result<Self, Problem> {
        let items = some(path, json, "points", &POINTS)?;
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
                // Each step is rounded as IEEE 754 says, and none turns the order of two values round.
                let score = least + (most - least) * (value - from) / (to - from);
                Points::of_millionths(float::nearest_even(score))
            }
            (Some(&(_, score)), None) | (None, Some(&(_, score))) => score,
            (None, None) => Points::WORST,
        }
    }
}

fn point(path: &str, json: &Json) -> Result<(f64, Points), Problem> {
    let Some([value, score]) = json.as_array() else {
        return Err(unexpected(path, json, "a pair of a value and its score"));
    };
    let number = match value {
        Json::Integer(number) => Some(*number as f64),
        Json::Float(number) => Some(*number),
        _ => None,
    };
    let number = number.filter(|number| number.abs() <= FARTHEST);
    let number = number
        .ok_or_else(|| unexpected(&item(path, 0), value, "a number from -1000000000000000 to 1000000000000000"))?;
    let refuse = |expected: String| unexpected(&item(path, 1), score, &expected);
    let score = read_millionths(score, 100, refuse)?;
    Ok((number, Points::of_millionths(i64::from(score))))
}

/// A float as JSON has it; whole ones without a fraction.
fn float_to_json(number: f64) -> Json {
    if number == number.trunc() { Json::Integer(number as i64) } else { Json::Float(number) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Curve, float_to_json};
    use crate::error::Problem;
    use crate::json::Json;

    fn read(json: &str) -> Result<Curve, Problem> {
        Curve::read("curve", &Json::parse(json).unwrap())
    }

    fn at(curve: &str, value: f64) -> u32 {
        read(curve).unwrap().at(value).millionths()
    }

    const RISES: &str = "[[1,10],[3,20],[5,90]]";
    const FALLS: &str = "[[-3,100],[0,40],[2,0]]";
    const TINY: &str = "[[0,0],[2,0.000001],[4,0.000004]]";

    #[rstest]
    // The first score before the first point, the last one behind the last.
    #[case(RISES, -1e300, 10_000_000)]
    #[case(RISES, 0.999, 10_000_000)]
    #[case(RISES, 1.0, 10_000_000)]
    #[case(RISES, 5.0, 90_000_000)]
    #[case(RISES, 5.001, 90_000_000)]
    #[case(RISES, f64::MAX, 90_000_000)]
    // Points, and lines between them.
    #[case(RISES, 3.0, 20_000_000)]
    #[case(RISES, 1.5, 12_500_000)]
    #[case(RISES, 2.5, 17_500_000)]
    #[case(RISES, 3.5, 37_500_000)]
    #[case(RISES, 4.9, 86_500_000)]
    #[case(FALLS, -3.0, 100_000_000)]
    #[case(FALLS, -2.0, 80_000_000)]
    #[case(FALLS, -0.0, 40_000_000)]
    #[case(FALLS, 0.5, 30_000_000)]
    #[case(FALLS, 2.0, 0)]
    // Halves of a millionth go to the even one, and others to the nearest.
    #[case(TINY, 1.0, 0)]
    #[case(TINY, 1.000_001, 1)]
    #[case(TINY, 3.0, 2)]
    #[case(TINY, 2.9, 2)]
    #[case(TINY, 3.1, 3)]
    fn a_value_is_worth_what_the_line_says(#[case] curve: &str, #[case] value: f64, #[case] expected: u32) {
        assert_eq!(at(curve, value), expected);
    }

    #[test]
    fn the_farthest_values_have_a_score_between_them() {
        let curve = "[[-1e15,0],[1e15,100]]";
        assert_eq!(
            [-1e15, -5e14, 0.0, 5e14, 1e15].map(|value| at(curve, value)),
            [0, 25_000_000, 50_000_000, 75_000_000, 100_000_000]
        );
    }

    #[rstest]
    #[case("[[0,0],[1,100]]", [0, 100_000_000], false)]
    #[case("[[0,70],[1,20],[2,20]]", [20_000_000, 70_000_000], false)]
    #[case("[[0,50],[1,50.000001]]", [50_000_000, 50_000_001], false)]
    #[case("[[0,80],[10,80]]", [80_000_000, 80_000_000], true)]
    fn its_reach_is_its_least_and_its_greatest_score(
        #[case] curve: &str,
        #[case] reach: [u32; 2],
        #[case] is_flat: bool,
    ) {
        let curve = read(curve).unwrap();
        assert_eq!(curve.reach().map(|points| points.millionths()), reach);
        assert_eq!(curve.is_flat(), is_flat);
    }

    /// So many points that rise.
    fn points(count: usize) -> String {
        let points: Vec<String> = (0..count).map(|at| format!("[{at},{at}]")).collect();
        format!("[{}]", points.join(","))
    }

    #[test]
    fn it_has_2_to_32_points() {
        let is_read = |count| read(&points(count)).is_ok();
        assert_eq!([0, 1, 2, 32, 33].map(is_read), [false, false, true, true, false]);
    }

    #[rstest]
    #[case("[[0,0],[0,1]]", "curve[2]")]
    #[case("[[0,0],[-0.5,1]]", "curve[2]")]
    #[case("[[-0.0,0],[0,1]]", "curve[2]")]
    #[case("[[0,0],[2,1],[1,2]]", "curve[3]")]
    #[case("[[0,0],[1,2],[2,1.999999]]", "curve")]
    #[case("[[0,2],[1,1],[2,1.000001]]", "curve")]
    #[case("[[0,0],[1]]", "curve[2]")]
    #[case("[[0,0],[1,2,3]]", "curve[2]")]
    #[case("[[0,0],{}]", "curve[2]")]
    #[case("[[1000000000000001,0],[1,2]]", "curve[1][1]")]
    #[case("[[0,0],[1e16,2]]", "curve[2][1]")]
    #[case("[[-1000000000000001,0],[1,2]]", "curve[1][1]")]
    #[case("[[true,0],[1,2]]", "curve[1][1]")]
    #[case("[[0,100.000001],[1,100]]", "curve[1][2]")]
    #[case("[[0,0],[1,-1]]", "curve[2][2]")]
    #[case("{}", "curve")]
    fn what_is_no_curve_is_refused_where_it_stands(#[case] json: &str, #[case] path: &str) {
        assert_eq!(read(json).unwrap_err().path, path);
    }

    #[rstest]
    #[case("[[0,50],[1,50],[2,60]]")]
    #[case("[[0,60],[1,50],[2,50]]")]
    #[case("[[-1000000000000000,0],[1000000000000000,100]]")]
    #[case("[[0.1,0.000001],[0.30000000000000004,99.999999]]")]
    #[case("[[-2.5,100],[7,0]]")]
    fn what_is_read_is_written_as_it_was(#[case] json: &str) {
        let curve = read(json).unwrap();
        assert_eq!(curve.to_json().to_string(), json);
        assert_eq!(read(&curve.to_json().to_string()).unwrap(), curve);
    }

    #[rstest]
    #[case(7.0, "7")]
    #[case(-0.0, "0")]
    #[case(7.5, "7.5")]
    #[case(-1e15, "-1000000000000000")]
    fn whole_values_have_no_fraction(#[case] number: f64, #[case] expected: &str) {
        assert_eq!(float_to_json(number), Json::parse(expected).unwrap());
    }
}
