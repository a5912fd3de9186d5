//! The most likely shifted-beta-geometric model of what became of customers.
//!
//! Of the customers who may leave at the end of period `i`, each leaves with probability `alpha / (alpha + beta + i - 1)`:
//! the likelihood is that of so many draws, one for each customer and period, and needs no function but the logarithm.
//! It is looked for by `mu = alpha / (alpha + beta)`, the share that leaves first, and `theta = 1 / (alpha + beta)`, which
//! says how much customers differ: at `theta = 0` they are all alike, and retention does not rise with age.

use super::course::Course;
use crate::float;

/// Of customers of every age: how many might have left, and how many stayed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ages(Vec<Age>);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Age {
    at_risk: u64,
    kept: u64,
}

impl Ages {
    /// Adds a cohort, by how many were there at its start and after each period.
    pub(super) fn add(&mut self, survivors: &[u64]) {
        let periods = survivors.len().saturating_sub(1);
        if self.0.len() < periods {
            self.0.resize(periods, Age::default());
        }
        for (age, pair) in self.0.iter_mut().zip(survivors.windows(2)) {
            if let [at_risk, kept] = *pair {
                age.at_risk = age.at_risk.saturating_add(at_risk);
                age.kept = age.kept.saturating_add(kept);
            }
        }
    }

    /// Of customers who are watched from the start, by the whole periods of their stays: those who leave do so at the end of
    /// the last.
    pub(super) fn of(course: &Course) -> Self {
        let mut ages: Vec<Age> = Vec::new();
        for step in course.steps() {
            // Who is there before a step was at risk of every age up to it.
            let at_risk = step.at_risk as u64;
            ages.resize(step.time as usize, Age { at_risk, kept: at_risk });
            if let Some(age) = ages.last_mut() {
                age.kept -= step.events as u64;
            }
        }
        Self(ages)
    }

    /// Of each age the periods before it, who might have left, and who stayed.
    fn each(&self) -> impl Iterator<Item = (f64, f64, f64)> + Clone {
        self.0.iter().zip(0_u32..).map(|(age, before)| (f64::from(before), age.at_risk as f64, age.kept as f64))
    }

    /// All who left.
    fn lost(&self) -> f64 {
        self.each().map(|(_, at_risk, kept)| at_risk - kept).sum()
    }

    /// The share that stays from one period to the next, if all customers are alike; all where nobody might have left.
    pub(super) fn kept_share(&self) -> f64 {
        let (kept, at_risk) =
            self.each().fold((0.0, 0.0), |(kept, sum), (_, at_risk, stays)| (kept + stays, sum + at_risk));
        if at_risk > 0.0 { kept / at_risk } else { 1.0 }
    }

    pub(super) fn log_likelihood(&self, alpha: f64, beta: f64) -> f64 {
        let of_age = |(before, at_risk, kept): (f64, f64, f64)| {
            let kept = if kept > 0.0 { kept * float::ln(beta + before) } else { 0.0 };
            kept - at_risk * float::ln(alpha + beta + before)
        };
        self.lost() * float::ln(alpha) + self.each().map(of_age).sum::<f64>()
    }

    /// The observed information: less the second derivatives of the log-likelihood by alpha, by both, and by beta.
    pub(super) fn information(&self, alpha: f64, beta: f64) -> [f64; 3] {
        let square = |number: f64| number * number;
        let both = self.each().map(|(before, at_risk, _)| at_risk / square(alpha + beta + before)).sum::<f64>();
        let kept = self.each().map(|(before, _, kept)| kept / square(beta + before)).sum::<f64>();
        [self.lost() / square(alpha) - both, -both, kept - both]
    }

    /// The `mu` that makes the most of a `theta`: the likelihood has one top by it, where its slope is zero.
    fn share(&self, theta: f64) -> f64 {
        let lost = self.lost();
        let slope =
            |mu: f64| lost / mu - self.each().map(|(before, _, kept)| kept / (1.0 - mu + before * theta)).sum::<f64>();
        root(0.0, 1.0, slope)
    }

    /// The slope of the log-likelihood by `theta`, where `mu` makes the most of it.
    fn slope(&self, theta: f64) -> f64 {
        let mu = self.share(theta);
        let of_age = |(before, at_risk, kept): (f64, f64, f64)| {
            before * (kept / (1.0 - mu + before * theta) - at_risk / (1.0 + before * theta))
        };
        self.each().map(of_age).sum()
    }

    fn at(&self, theta: f64) -> f64 {
        let mu = self.share(theta);
        self.log_likelihood(mu / theta, (1.0 - mu) / theta)
    }
}

/// Steps to each side by which `theta` is looked for, and by how much each of them multiplies: from 2^-40 to 2^40.
const STEPS: i32 = 80;

/// By no more of itself a sum of logarithms is rounded.
const ROUNDING: f64 = 1e-13;

/// Alpha and beta; none where the likelihood has no top but where customers do not differ, or differ without end.
pub(super) fn most_likely(ages: &Ages) -> Option<(f64, f64)> {
    let lost_at = |age: &Age| age.at_risk > age.kept;
    // Who leaves only first, or not at all, leaves a parameter without bounds.
    if !ages.0.iter().skip(1).any(lost_at) {
        return None;
    }
    let theta = |step: i32| float::exp(f64::from(step) * 0.5 * float::ln(2.0));
    let slopes: Vec<(f64, f64)> = (-STEPS..=STEPS).map(theta).map(|theta| (theta, ages.slope(theta))).collect();
    let tops = slopes.windows(2).filter_map(|pair| match *pair {
        [(low, rising), (high, falling)] if rising > 0.0 && falling <= 0.0 => {
            Some(root(low, high, |theta| ages.slope(theta)))
        }
        _ => None,
    });
    let best = tops.map(|theta| (theta, ages.at(theta))).max_by(|(_, one), (_, other)| one.total_cmp(other));
    let (theta, likelihood) = best?;
    // A top has to be higher than where all customers are alike, by more than rounding.
    let alike = of_alike(ages);
    if likelihood - alike <= ROUNDING * alike.abs() {
        return None;
    }
    let mu = ages.share(theta);
    Some((mu / theta, (1.0 - mu) / theta))
}

/// The log-likelihood where all customers are alike.
fn of_alike(ages: &Ages) -> f64 {
    let mu = ages.share(0.0);
    let kept: f64 = ages.each().map(|(_, _, kept)| kept).sum();
    ages.lost() * float::ln(mu) + kept * float::ln(1.0 - mu)
}

/// Where a function that is above zero at `low` and not above it at `high` crosses zero, to the last bit.
fn root(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if function(middle) > 0.0 { low = middle } else { high = middle }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Ages, most_likely};

    fn ages(survivors: &[u64]) -> Ages {
        let mut ages = Ages::default();
        ages.add(survivors);
        ages
    }

    #[test]
    fn cohorts_are_added_age_by_age() {
        let mut both = ages(&[10, 7, 5, 4]);
        both.add(&[20, 15]);
        assert_eq!(both.each().collect::<Vec<_>>(), [(0.0, 30.0, 22.0), (1.0, 7.0, 5.0), (2.0, 5.0, 4.0)]);
        assert_eq!(both.lost(), 11.0);
    }

    /// Nothing near the top is higher, and the second derivatives are those of the curve there.
    #[rstest]
    #[case(&[1000, 869, 743, 653, 593, 551, 517, 491])]
    #[case(&[1000, 631, 468, 382, 326, 289, 262, 241])]
    #[case(&[50, 30, 22, 20])]
    #[case(&[9, 4, 2, 2, 2])]
    fn the_top_is_the_highest(#[case] survivors: &[u64]) {
        let ages = ages(survivors);
        let (alpha, beta) = most_likely(&ages).unwrap_or_default();
        let at = |by: f64, other: f64| ages.log_likelihood(alpha * (1.0 + by), beta * (1.0 + other));
        for (by, other) in [(1e-4, 0.0), (-1e-4, 0.0), (0.0, 1e-4), (0.0, -1e-4), (1e-4, 1e-4), (-1e-4, 1e-4)] {
            assert!(at(by, other) < at(0.0, 0.0), "{by} {other}");
        }
        let step = 1e-4;
        let [information, both, of_beta] = ages.information(alpha, beta);
        let second = |by: f64, other: f64| (2.0 * at(0.0, 0.0) - at(by, other) - at(-by, -other)) / (step * step);
        assert!((second(step, 0.0) / (information * alpha * alpha) - 1.0).abs() < 1e-2);
        assert!((second(0.0, step) / (of_beta * beta * beta) - 1.0).abs() < 1e-2);
        let mixed = second(step, step) - second(step, 0.0) - second(0.0, step);
        assert!((mixed / (2.0 * both * alpha * beta) - 1.0).abs() < 1e-2, "{mixed}");
    }

    #[rstest]
    #[case::of_nobody(&[0, 0, 0])]
    #[case::of_one_period(&[10, 6])]
    #[case::nobody_lost(&[10, 10, 10])]
    #[case::lost_only_first(&[10, 6, 6, 6])]
    #[case::lost_only_later(&[10, 10, 6])]
    #[case::all_lost_at_once(&[10, 0, 0])]
    #[case::falling(&[100, 90, 60, 10])]
    #[case::alike(&[1000, 500, 250, 125])]
    #[case::alike_but_for_rounding(&[3, 1, 1, 1, 0])]
    fn no_top_is_none(#[case] survivors: &[u64]) {
        assert_eq!(most_likely(&ages(survivors)), None);
    }

    #[test]
    fn customers_who_are_alike_stay_at_one_share() {
        let kept_share = |cohorts: &[&[u64]]| {
            let mut ages = Ages::default();
            cohorts.iter().for_each(|cohort| ages.add(cohort));
            ages.kept_share()
        };
        assert_eq!([kept_share(&[&[100, 60, 30]]), kept_share(&[&[100, 60, 30], &[40, 10]])], [90.0 / 160.0, 0.5]);
        assert_eq!([kept_share(&[]), kept_share(&[&[0, 0]]), kept_share(&[&[5, 0]])], [1.0, 1.0, 0.0]);
    }
}
