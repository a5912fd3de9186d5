//! The share that is still there at each time, by the product-limit estimator of E. L. Kaplan and P. Meier, 1958.

use super::course::Step;
use crate::float::{Z_95, exp, ln, sqrt};
use crate::ratio::Reason;

/// The estimate at one time, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) step: Step,
    pub(super) survival: f64,
    /// Greenwood's sum so far: of `events / (at_risk (at_risk - events))`.
    pub(super) greenwood: f64,
}

/// The estimate at every time of some steps.
pub(super) fn estimate(steps: &[Step]) -> impl Iterator<Item = Point> + '_ {
    // As long as nobody is lost from sight, the factors are one quotient: who is left over who was there before.
    let (mut before, mut of, mut left) = (1.0, 1.0, 1.0);
    let (mut survival, mut greenwood) = (1.0, 0.0);
    steps.iter().map(move |&step| {
        if step.at_risk != left {
            (before, of) = (survival, step.at_risk);
        }
        left = step.left();
        if step.events > 0.0 {
            survival = before * (left / of);
            // Where nobody is left, the share is zero, and stays so.
            greenwood += if left > 0.0 { step.events / (step.at_risk * left) } else { 0.0 };
        }
        Point { step, survival, greenwood }
    })
}

impl Point {
    /// The 95% interval, by the logarithm of the logarithm: within 0 and 1, and no wider than the point itself where the
    /// share is either.
    pub(super) fn interval(&self) -> (f64, f64) {
        interval(self.survival, self.greenwood)
    }
}

/// The interval of a share by the variance of its logarithm.
pub(super) fn interval(survival: f64, variance: f64) -> (f64, f64) {
    if survival <= 0.0 || survival >= 1.0 {
        return (survival, survival);
    }
    let log = ln(survival);
    let reach = Z_95 * sqrt(variance) / log;
    // The reach is negative, as the logarithm is. Exponentials take most of the time of all: the one end is its factor away, the
    // other as many times as near.
    let factor = exp(-reach);
    (exp(log * factor), exp(log / factor))
}

/// By so much rounding may keep a share above one half that it has reached.
const ROUNDING: f64 = 1e-12;

/// What an estimate says in one number each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    /// The first time at which half or fewer are still there; none where more are at the end.
    pub(crate) median: Option<f64>,
    /// The mean time until the event, or until the horizon where that comes first.
    pub(crate) mean: f64,
    /// Its variance.
    pub(crate) variance: f64,
    /// The share at the horizon.
    pub(crate) survival: f64,
    pub(crate) greenwood: f64,
}

/// The summary of an estimate up to a horizon: the mean is the area under the curve until then.
pub(crate) fn summary(steps: &[Step], horizon: f64) -> Summary {
    let points: Vec<Point> = estimate(steps).collect();
    let median = points.iter().find(|point| point.survival <= 0.5 + ROUNDING).map(|point| point.step.time);
    let within: &[Point] = points.get(..points.partition_point(|point| point.step.time <= horizon)).unwrap_or_default();
    // From the last down: the area behind each time is what an event there takes away.
    let (mut area, mut variance, mut end) = (0.0, 0.0, horizon);
    for point in within.iter().rev() {
        area += point.survival * (end - point.step.time);
        end = point.step.time;
        let (Step { at_risk, events, .. }, left) = (point.step, point.step.left());
        variance += if left > 0.0 { area * area * events / (at_risk * left) } else { 0.0 };
    }
    let (survival, greenwood) = within.last().map_or((1.0, 0.0), |last| (last.survival, last.greenwood));
    Summary { median, mean: area + end, variance, survival, greenwood }
}

/// The same where it is known up to there: where anybody was seen so long, or nobody is left.
pub(crate) fn summary_as_seen(steps: &[Step], horizon: f64) -> Result<Summary, Reason> {
    let summary = summary(steps, horizon);
    match steps.last() {
        None => Err(Reason::ZeroDenominator),
        Some(last) if last.time < horizon && summary.survival > 0.0 => Err(Reason::NotKnown),
        Some(_) => Ok(summary),
    }
}

impl Summary {
    /// The 95% interval of the mean, by the normal distribution.
    pub(crate) fn mean_interval(&self) -> (f64, f64) {
        let reach = Z_95 * sqrt(self.variance);
        (self.mean - reach, self.mean + reach)
    }

    /// The 95% interval of the share at the horizon.
    pub(crate) fn interval(&self) -> (f64, f64) {
        interval(self.survival, self.greenwood)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, summary, summary_as_seen};
    use crate::forecast::course::Course;

    #[test]
    fn the_mean_is_the_area_under_the_curve_and_varies_by_what_lies_behind_each_time() {
        // Two of four leave at 1, one at 2, and the last at 3.
        let course = Course::of_days([(1, true), (1, true), (2, true), (3, true)].into_iter());
        let found = summary(course.steps(), 3.0);
        assert_eq!((found.median, found.mean, found.survival), (Some(1.0), 1.75, 0.0));
        assert_eq!(found.variance, 0.75 * 0.75 * 2.0 / (4.0 * 2.0) + 0.25 * 0.25 / 2.0);
        // Nobody is left: what would come later is known, too.
        assert_eq!(summary_as_seen(course.steps(), 5.0).map(|summary| summary.mean), Ok(1.75));
        let watched = Course::of_days([(1, true), (2, false)].into_iter());
        assert_eq!(summary_as_seen(watched.steps(), 2.0).map(|summary| summary.mean), Ok(1.5));
        assert_eq!(summary_as_seen(watched.steps(), 2.5), Err(Reason::NotKnown));
        assert_eq!(summary_as_seen(&[], 1.0), Err(Reason::ZeroDenominator));
    }
}
