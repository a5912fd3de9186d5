//! What answers to surveys come to.

use super::spec::refused;
use crate::error::Error;
use crate::float;
use crate::query::place;
use crate::ratio::{Ratio, Reason};

/// Promoters give 9 or 10, detractors 6 or less.
const PROMOTERS: std::ops::RangeInclusive<u64> = 9..=10;
const DETRACTORS: std::ops::RangeInclusive<u64> = 0..=6;

/// How many of each kind gave an answer.
#[derive(Clone, Copy, Default)]
struct Answers {
    promoters: u64,
    detractors: u64,
    all: i128,
}

impl Answers {
    fn of(scores: &[u64]) -> Result<Self, Error> {
        let mut answers = Self::default();
        for (position, &score) in scores.iter().enumerate() {
            if score > *PROMOTERS.end() {
                return Err(refused(&place("scores", position), score, "a whole number from 0 to 10"));
            }
            answers.promoters += u64::from(PROMOTERS.contains(&score));
            answers.detractors += u64::from(DETRACTORS.contains(&score));
            answers.all += 1;
        }
        Ok(answers)
    }

    /// Points from -100 to 100.
    fn score(self) -> Ratio {
        Ratio::of((i128::from(self.promoters) - i128::from(self.detractors)) * 100, self.all)
    }

    fn interval(self) -> (Ratio, Ratio) {
        let absent = Ratio::Absent(Reason::ZeroDenominator);
        let share = |part: u64| Ratio::of(part.into(), self.all).value();
        let (Some(promoters), Some(detractors)) = (share(self.promoters), share(self.detractors)) else {
            return (absent, absent);
        };
        let difference = promoters - detractors;
        let variance = (promoters + detractors - difference * difference) / self.all as f64;
        let reach = float::Z_95 * float::sqrt(variance.max(0.0));
        let points = |share: f64| Ratio::Value((share * 100.0).clamp(-100.0, 100.0));
        (points(difference - reach), points(difference + reach))
    }
}

/// The net promoter score of answers from 0 to 10, in points from -100 to 100: the share of promoters (9 and 10) less the
/// share of detractors (0 to 6), times 100; absent without answers. Passives (7 and 8) count among all.
///
/// ```
/// use cs_core::metrics::nps;
/// let answers = [vec![10; 40], vec![8; 40], vec![3; 20]].concat();
/// assert_eq!(nps(&answers)?.value(), Some(20.0));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` for an answer above 10.
pub fn nps(scores: &[u64]) -> Result<Ratio, Error> {
    Answers::of(scores).map(Answers::score)
}

/// The interval of the net promoter score, at 95%, by the normal distribution: `100 * (p - d +- z * sqrt((p + d - (p - d)^2) /
/// n))` with `z = 1.959963984540054`, cut at -100 and 100, with the shares p of promoters and d of detractors; absent without
/// answers. With few answers it is too narrow.
///
/// # Errors
/// `invalid_argument` for an answer above 10.
pub fn nps_interval(scores: &[u64]) -> Result<(Ratio, Ratio), Error> {
    Answers::of(scores).map(Answers::interval)
}

/// The net promoter score of counted answers; absent without any.
///
/// ```
/// use cs_core::metrics::nps_from_counts;
/// assert_eq!(nps_from_counts(20, 50, 30).value(), Some(-10.0));
/// ```
#[must_use]
pub fn nps_from_counts(promoters: u64, passives: u64, detractors: u64) -> Ratio {
    Answers { promoters, detractors, all: i128::from(promoters) + i128::from(passives) + i128::from(detractors) }
        .score()
}

/// How many answers are at or above a threshold, and how many there are.
fn satisfied(scores: &[u64], threshold: u64, scale_max: u64) -> Result<[u64; 2], Error> {
    if threshold > scale_max {
        return Err(refused("threshold", threshold, &format!("a whole number from 0 to {scale_max}")));
    }
    if let Some((position, &score)) = scores.iter().enumerate().find(|(_, score)| **score > scale_max) {
        let expected = format!("a whole number from 0 to {scale_max}");
        return Err(refused(&place("scores", position), score, &expected));
    }
    let satisfied = scores.iter().filter(|&&score| score >= threshold).count();
    Ok([satisfied as u64, scores.len() as u64])
}

/// The share of answers at or above a threshold, on a scale up to `scale_max` (CSAT); absent without answers.
///
/// ```
/// use cs_core::metrics::csat;
/// assert_eq!(csat(&[5, 4, 3, 1], 4, 5)?.value(), Some(0.5));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` for an answer, or a threshold, beyond the scale.
pub fn csat(scores: &[u64], threshold: u64, scale_max: u64) -> Result<Ratio, Error> {
    let [satisfied, all] = satisfied(scores, threshold, scale_max)?;
    Ok(Ratio::of(satisfied.into(), all.into()))
}

/// The Wilson interval, at 95%, of the same.
///
/// # Errors
/// Those of [`csat`].
pub fn csat_interval(scores: &[u64], threshold: u64, scale_max: u64) -> Result<(Ratio, Ratio), Error> {
    let [satisfied, all] = satisfied(scores, threshold, scale_max)?;
    Ok(Ratio::wilson(satisfied, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_and_eight_are_passive() {
        for (score, points) in [(10, 100.0), (9, 100.0), (8, 0.0), (7, 0.0), (6, -100.0), (0, -100.0)] {
            assert_eq!(nps(&[score]).map(Ratio::value), Ok(Some(points)), "{score}");
        }
        assert!(nps(&[11]).is_err() && nps_interval(&[10, 11]).is_err());
        assert_eq!(nps(&[]).map(Ratio::value), Ok(None));
        assert_eq!(nps_from_counts(40, 40, 20).value(), Some(20.0));
        assert_eq!(nps_from_counts(0, 0, 0).value(), None);
    }

    #[test]
    fn the_interval_is_about_the_score() {
        let answers = [vec![10; 40], vec![8; 40], vec![3; 20]].concat();
        let (low, high) = nps_interval(&answers).unwrap_or((Ratio::Value(0.0), Ratio::Value(0.0)));
        // 1.96 * sqrt((0.4 + 0.2 - 0.04) / 100) = 0.14667
        assert!(low.value().is_some_and(|low| (low - 5.333).abs() < 1e-3));
        assert!(high.value().is_some_and(|high| (high - 34.667).abs() < 1e-3));
        assert_eq!(nps_interval(&[10, 9]), Ok((Ratio::Value(100.0), Ratio::Value(100.0))));
    }

    #[test]
    fn a_threshold_is_satisfied() {
        assert_eq!(csat(&[4, 3], 4, 5).map(Ratio::value), Ok(Some(0.5)));
        assert_eq!(csat(&[5, 5], 5, 5).map(Ratio::value), Ok(Some(1.0)));
        assert!(csat(&[6], 4, 5).is_err() && csat(&[1], 6, 5).is_err());
        assert_eq!(csat_interval(&[4, 3], 4, 5), Ok(Ratio::wilson(1, 2)));
    }
}
