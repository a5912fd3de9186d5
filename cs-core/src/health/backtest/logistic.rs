//! Logistic regression with a penalty on squares and coefficients that are held from 0 up.

use crate::error::Error;
use crate::float;

/// What rows of numbers say of something that happened or did not.
pub(super) struct Sample {
    /// Row by row, each of so many numbers.
    pub(super) numbers: Vec<f64>,
    pub(super) columns: usize,
    /// Of each row whether it happened.
    pub(super) happened: Vec<bool>,
}

/// Log-odds of what happens: an intercept, and a coefficient of each column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Logit {
    pub(super) intercept: f64,
    pub(super) coefficients: Vec<f64>,
}

/// Steps at most; some tens are usual.
pub(super) const MOST_STEPS: usize = 1_000;
/// The gradient by row below which nothing is gained any more.
const TOLERANCE: f64 = 1e-12;
/// The share of what a step promises that it has to keep (Armijo).
const KEPT: f64 = 1e-4;
/// The share of the loss that rounding may hide: near its least a step promises less than that.
const ROUNDING: f64 = 1e-12;

impl Logit {
    /// The least of the sum over rows of -ln p(what happened) + `penalty` / 2 times the sum of the squares of coefficients,
    /// of which none is below 0. Newton's steps over those that are not held at 0: one that would fall below is held from
    /// then on, and where nothing else is gained, the one that gains most is let go (as Lawson and Hanson do, 1974).
    pub(super) fn of(
        sample: &Sample,
        penalty: f64,
        go_on: &mut dyn FnMut(usize) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let happened = sample.happened.iter().filter(|happened| **happened).count() as f64;
        let others = sample.happened.len() as f64 - happened;
        let mut logit = Self { intercept: float::ln(happened / others), coefficients: vec![0.0; sample.columns] };
        let tolerance = TOLERANCE * sample.happened.len() as f64;
        let mut slope = Slope::of(&logit, sample, penalty);
        // The intercept stands first, and is always free.
        let mut free: Vec<usize> = std::iter::once(0).chain(slope.falling(tolerance).map(|(at, _)| at)).collect();
        for step in 0..MOST_STEPS {
            go_on(step)?;
            let is_still =
                free.iter().filter_map(|&at| slope.gradient.get(at)).all(|gradient| gradient.abs() <= tolerance);
            let next = if is_still { None } else { logit.step(&slope, &mut free, sample, penalty) };
            match next {
                Some(next) => {
                    logit = next;
                    slope = Slope::of(&logit, sample, penalty);
                }
                // Nothing is gained by those that are free.
                None => {
                    let held = slope.falling(tolerance).filter(|(at, _)| !free.contains(at));
                    let Some((at, _)) = held.min_by(|(_, one), (_, other)| one.total_cmp(other)) else { break };
                    free.push(at);
                }
            }
        }
        Ok(logit)
    }

    /// Newton's step, halved until it keeps enough of what it promises; none where no step does. What would fall below 0
    /// ends it there, and is not free any more.
    fn step(&self, slope: &Slope, free: &mut Vec<usize>, sample: &Sample, penalty: f64) -> Option<Self> {
        let loss = self.loss(sample, penalty);
        loop {
            let directions = slope.directions(free);
            let moves = || free.iter().copied().zip(directions.iter().copied());
            let room = |(at, direction): (usize, f64)| {
                let coefficient = self.coefficients.get(at.checked_sub(1)?)?;
                (coefficient + direction < 0.0).then(|| (at, coefficient / -direction))
            };
            let end = moves().filter_map(room).min_by(|(_, one), (_, other)| one.total_cmp(other));
            if let Some((at, 0.0)) = end {
                free.retain(|free| *free != at);
                continue;
            }
            let promised =
                moves().fold(0.0, |sum, (at, by)| sum + slope.gradient.get(at).map_or(0.0, |gradient| gradient * by));
            let whole = end.map_or(1.0, |(_, length)| length);
            let mut length = whole;
            while length > f64::EPSILON {
                let mut next = self.moved(moves(), length);
                let ended = end.filter(|_| length == whole).and_then(|(at, _)| at.checked_sub(1));
                if let Some(coefficient) = ended.and_then(|at| next.coefficients.get_mut(at)) {
                    *coefficient = 0.0;
                }
                if promised < 0.0 && next.loss(sample, penalty) <= loss * (1.0 + ROUNDING) + KEPT * length * promised {
                    if length == whole {
                        free.retain(|free| end.is_none_or(|(at, _)| *free != at));
                    }
                    return Some(next);
                }
                length /= 2.0;
            }
            return None;
        }
    }

    /// The same a part of the way along some directions.
    fn moved(&self, moves: impl Iterator<Item = (usize, f64)>, length: f64) -> Self {
        let mut next = self.clone();
        for (at, direction) in moves {
            match at.checked_sub(1) {
                None => next.intercept += length * direction,
                Some(at) => {
                    if let Some(coefficient) = next.coefficients.get_mut(at) {
                        *coefficient = (*coefficient + length * direction).max(0.0);
                    }
                }
            }
        }
        next
    }

    /// The log-odds of a row.
    fn odds(&self, row: &[f64]) -> f64 {
        row.iter().zip(&self.coefficients).fold(self.intercept, |sum, (number, coefficient)| sum + number * coefficient)
    }

    fn loss(&self, sample: &Sample, penalty: f64) -> f64 {
        let of_row = |(row, &happened): (&[f64], &bool)| {
            let odds = self.odds(row);
            // ln(1 + e^x) of what did not happen.
            let against = if happened { -odds } else { odds };
            against.max(0.0) + float::ln_1p(float::exp(-against.abs()))
        };
        let squares = self.coefficients.iter().fold(0.0, |sum, coefficient| sum + coefficient * coefficient);
        sample.rows().map(of_row).fold(0.0, |sum, loss| sum + loss) + penalty / 2.0 * squares
    }
}

impl Sample {
    fn rows(&self) -> impl Iterator<Item = (&[f64], &bool)> {
        self.numbers.chunks_exact(self.columns.max(1)).zip(&self.happened)
    }
}

/// How the loss changes around a point, the intercept first.
struct Slope {
    gradient: Vec<f64>,
    /// The second derivatives: row after row, each up to the diagonal.
    curvature: Vec<Vec<f64>>,
}

impl Slope {
    fn of(logit: &Logit, sample: &Sample, penalty: f64) -> Self {
        let size = sample.columns + 1;
        let mut gradient = vec![0.0; size];
        let mut curvature: Vec<Vec<f64>> = (1..=size).map(|length| vec![0.0; length]).collect();
        let mut with_one = vec![1.0; size];
        for (row, &happened) in sample.rows() {
            if let Some(numbers) = with_one.get_mut(1..) {
                numbers.copy_from_slice(row);
            }
            let chance = 1.0 / (1.0 + float::exp(-logit.odds(row)));
            let error = chance - if happened { 1.0 } else { 0.0 };
            let weight = chance * (1.0 - chance);
            for ((gradient, curvature), number) in gradient.iter_mut().zip(&mut curvature).zip(&with_one) {
                *gradient += error * number;
                let weighed = weight * number;
                curvature.iter_mut().zip(&with_one).for_each(|(sum, other)| *sum += weighed * other);
            }
        }
        let penalised = gradient.iter_mut().zip(&mut curvature).skip(1).zip(&logit.coefficients);
        for ((gradient, curvature), coefficient) in penalised {
            *gradient += penalty * coefficient;
            if let Some(diagonal) = curvature.last_mut() {
                *diagonal += penalty;
            }
        }
        Self { gradient, curvature }
    }

    /// The coefficients that the loss falls with as they rise, with how much.
    fn falling(&self, tolerance: f64) -> impl Iterator<Item = (usize, f64)> {
        let coefficients = self.gradient.iter().copied().enumerate().skip(1);
        coefficients.filter(move |(_, gradient)| *gradient < -tolerance)
    }

    /// Newton's direction along some of the unknowns.
    fn directions(&self, free: &[usize]) -> Vec<f64> {
        let cell = |one: usize, other: usize| {
            self.curvature.get(one.max(other)).and_then(|row| row.get(one.min(other))).copied().unwrap_or_default()
        };
        let mut rows: Vec<Vec<f64>> = free
            .iter()
            .map(|&one| {
                let gradient = self.gradient.get(one).copied().unwrap_or_default();
                free.iter().map(|&other| cell(one, other)).chain([-gradient]).collect()
            })
            .collect();
        // The matrix is positive definite, so that no row has to change its place.
        for pivot in 0..rows.len() {
            let (above, below) = rows.split_at_mut(pivot + 1);
            let Some(top) = above.last() else { continue };
            let Some(&first) = top.get(pivot) else { continue };
            for row in below {
                let factor = row.get(pivot).copied().unwrap_or_default() / first;
                row.iter_mut().zip(top).skip(pivot).for_each(|(cell, top)| *cell -= factor * top);
            }
        }
        let mut found = vec![0.0; rows.len()];
        for (at, row) in rows.iter().enumerate().rev() {
            let known = row.iter().zip(&found).skip(at + 1).fold(0.0, |sum, (cell, found)| sum + cell * found);
            let (Some(diagonal), Some(right), Some(slot)) = (row.get(at), row.last(), found.get_mut(at)) else {
                continue;
            };
            *slot = (right - known) / diagonal;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Logit, Sample, Slope};

    /// A table of counts: of each number how often it happened, and how often it did not.
    fn counts(table: &[(f64, usize, usize)]) -> Sample {
        let mut sample = Sample { numbers: Vec::new(), columns: 1, happened: Vec::new() };
        for &(number, happened, others) in table {
            sample.numbers.extend(std::iter::repeat_n(number, happened + others));
            sample.happened.extend((0..happened + others).map(|at| at < happened));
        }
        sample
    }

    fn fitted(sample: &Sample, penalty: f64) -> Logit {
        Logit::of(sample, penalty, &mut |_| Ok(())).unwrap()
    }

    #[test]
    fn two_groups_have_their_own_odds() {
        // Without a penalty the log-odds are those of each group: ln(10 / 30), and ln(20 / 20).
        let logit = fitted(&counts(&[(0.0, 10, 30), (1.0, 20, 20)]), 0.0);
        assert!((logit.intercept - (1.0_f64 / 3.0).ln()).abs() < 1e-9, "{logit:?}");
        assert!((logit.coefficients[0] - 3.0_f64.ln()).abs() < 1e-9, "{logit:?}");
    }

    #[test]
    fn a_sign_that_is_wrong_is_held_at_nothing() {
        let logit = fitted(&counts(&[(0.0, 20, 20), (1.0, 10, 30)]), 0.0);
        assert_eq!(logit.coefficients, [0.0]);
        assert!((logit.intercept - (3.0_f64 / 5.0).ln()).abs() < 1e-9, "{logit:?}");
    }

    #[test]
    fn the_penalty_draws_coefficients_to_nothing() {
        let of = |penalty| fitted(&counts(&[(0.0, 10, 30), (1.0, 20, 20)]), penalty).coefficients[0];
        assert!(of(0.0) > of(1.0) && of(1.0) > of(10.0) && of(10.0) > 0.0);
        // What tells all apart has a coefficient all the same.
        assert!(fitted(&counts(&[(0.0, 0, 30), (1.0, 30, 0)]), 1.0).coefficients[0] > 3.0);
    }

    /// A sample of columns that go along with each other, from numbers that are the same in every run: of some the greater
    /// the number, the rarer what happens, so that coefficients are held at 0 on the way and let go again.
    fn mingled(seed: u64, columns: usize, rows: usize) -> Sample {
        let mut state = seed;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut sample = Sample { numbers: Vec::new(), columns, happened: Vec::new() };
        for _ in 0..rows {
            let common = uniform();
            let row: Vec<f64> = (0..columns).map(|_| 0.8 * common + 0.2 * uniform()).collect();
            let signed =
                row.iter().enumerate().map(|(at, number)| if at % 2 == 0 { 9.0 * number } else { -7.0 * number });
            let odds: f64 = signed.sum::<f64>() - 1.0;
            sample.happened.push(uniform() < 1.0 / (1.0 + (-odds).exp()));
            sample.numbers.extend(row);
        }
        sample
    }

    /// At the least the loss is level along all that is above 0, and does not fall along what is held there (Karush, Kuhn
    /// and Tucker).
    #[test]
    fn nothing_is_gained_any_more_at_the_least() {
        let (mut steps, mut held) = (0, 0);
        for seed in 0..40 {
            let columns = 2 + seed as usize % 5;
            let sample = mingled(seed, columns, 60);
            for penalty in [0.01, 1.0] {
                let logit = Logit::of(&sample, penalty, &mut |step| {
                    steps = steps.max(step + 1);
                    Ok(())
                });
                let logit = logit.unwrap();
                let gradient = Slope::of(&logit, &sample, penalty).gradient;
                assert!(gradient[0].abs() < 1e-9, "{seed}: {logit:?} {gradient:?}");
                for (&coefficient, &slope) in logit.coefficients.iter().zip(&gradient[1..]) {
                    assert!(coefficient >= 0.0, "{seed}: {logit:?}");
                    match coefficient > 0.0 {
                        true => assert!(slope.abs() < 1e-9, "{seed}: {logit:?} {gradient:?}"),
                        false => assert!(slope > -1e-9, "{seed}: {logit:?} {gradient:?}"),
                    }
                    held += usize::from(coefficient == 0.0);
                }
            }
        }
        assert!(held > 50, "{held}");
        // Newton's steps are few.
        assert!(steps <= 25, "{steps}");
    }
}
