//! Whether groups differ in how long they stay, by the test of N. Mantel, 1966, and R. and J. Peto, 1972.

use super::course::Course;
use crate::float::chi_squared_tail;
use crate::order::{float_key, sort_by_key};

/// What the test says of groups.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LogRankTest {
    /// How far they are apart: 0 where nothing can be said.
    pub(crate) statistic: f64,
    pub(crate) degrees_of_freedom: u32,
    /// How often groups that do not differ are as far apart, or further.
    pub(crate) p_value: f64,
}

/// The test of some groups, two or more.
pub(crate) fn log_rank_test(groups: &[Course]) -> LogRankTest {
    let mut events: Vec<(f64, f64)> = groups
        .iter()
        .flat_map(|course| course.steps().iter().filter(|step| step.events > 0.0).map(|step| (step.time, step.events)))
        .collect();
    sort_by_key(&mut events, |(time, _)| float_key(*time));
    let at_time = |same: &[(f64, f64)]| {
        (same.first().map_or(0.0, |(time, _)| *time), same.iter().map(|(_, events)| events).sum())
    };
    let events: Vec<(f64, f64)> = events.chunk_by(|(one, _), (other, _)| one == other).map(at_time).collect();
    let times: Vec<f64> = events.iter().map(|(time, _)| *time).collect();
    let watched: Vec<Vec<f64>> = groups.iter().map(|course| course.watched(&times)).collect();

    let met = |course: &Course| course.steps().iter().map(|step| step.events).sum();
    let mut sums: Vec<(f64, f64)> = groups.iter().map(|course| (met(course), 0.0)).collect();
    let mut spread = Spread(vec![vec![0.0; groups.len()]; groups.len()]);
    for (position, &(_, met)) in events.iter().enumerate() {
        let watched: Vec<f64> = watched.iter().filter_map(|of_group| of_group.get(position).copied()).collect();
        let at_risk: f64 = watched.iter().sum();
        let shares: Vec<f64> = watched.iter().map(|watched| watched / at_risk).collect();
        sums.iter_mut().zip(&shares).for_each(|(sum, share)| sum.1 += met * share);
        if at_risk > 1.0 {
            spread.add(&shares, met * (at_risk - met) / (at_risk - 1.0));
        }
    }
    let differences: Vec<f64> = sums.iter().map(|(met, expected)| met - expected).collect();
    let statistic = spread.distance(differences);
    let degrees_of_freedom = groups.len().saturating_sub(1) as u32;
    LogRankTest { statistic, degrees_of_freedom, p_value: chi_squared_tail(statistic, degrees_of_freedom) }
}

/// By how much the events of groups vary together.
struct Spread(Vec<Vec<f64>>);

/// Less than this share of what a group varied by is what rounding has left.
const ROUNDING: f64 = 1e-12;

impl Spread {
    /// Adds what they do at a time, by the shares of the groups.
    fn add(&mut self, shares: &[f64], factor: f64) {
        for (position, (row, share)) in self.0.iter_mut().zip(shares).enumerate() {
            row.iter_mut().zip(shares).for_each(|(cell, other)| *cell -= factor * share * other);
            if let Some(own) = row.get_mut(position) {
                *own += factor * share;
            }
        }
    }

    /// How far apart differences are that have this spread: all but the last, of which the others tell. What does not vary
    /// any more, when the others are taken away, says nothing.
    fn distance(mut self, mut differences: Vec<f64>) -> f64 {
        differences.pop();
        self.0.pop();
        let whole: Vec<f64> = self.0.iter().enumerate().filter_map(|(at, row)| row.get(at).copied()).collect();
        let mut distance = 0.0;
        for at in 0..differences.len() {
            let (Some(row), Some(&difference), Some(&whole)) =
                (self.0.get(at).cloned(), differences.get(at), whole.get(at))
            else {
                continue;
            };
            let pivot = row.get(at).copied().unwrap_or_default();
            if pivot <= ROUNDING * whole {
                continue;
            }
            distance += difference * difference / pivot;
            for below in at + 1..differences.len() {
                let factor = row.get(below).copied().unwrap_or_default() / pivot;
                if let (Some(cells), Some(other)) = (self.0.get_mut(below), differences.get_mut(below)) {
                    *other -= factor * difference;
                    cells.iter_mut().zip(&row).for_each(|(cell, above)| *cell -= factor * above);
                }
            }
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::{Course, Spread, log_rank_test};

    fn course(stays: &[(u32, bool)]) -> Course {
        Course::of_days(stays.iter().copied())
    }

    #[test]
    fn times_at_which_nobody_leaves_say_nothing() {
        let (some, others) = ([(1, true), (4, true)], [(2, true), (6, true)]);
        let test = log_rank_test(&[course(&some), course(&others)]);
        // At 1 a half of one event is expected of the first group, at 2 a third, at 4 a half, at 6 nothing.
        let (difference, variance) = (2.0 - (0.5 + 1.0 / 3.0 + 0.5), 0.25 + 2.0 / 9.0 + 0.25);
        assert!((test.statistic - difference * difference / variance).abs() < 1e-12, "{}", test.statistic);
        assert_eq!(test.degrees_of_freedom, 1);
        // Those lost from sight behind all events are watched until then, and change nothing else.
        let lost = |stays: &[(u32, bool)]| course(&[stays, &[(9, false)][..]].concat());
        let with = log_rank_test(&[lost(&some), lost(&others)]);
        assert!(with.statistic > 0.0 && with.statistic < test.statistic);
    }

    #[test]
    fn what_the_others_tell_is_not_told_twice() {
        // The second group varies as the first does: it adds nothing.
        let spread = vec![vec![2.0, 2.0, 0.0], vec![2.0, 2.0, 0.0], vec![0.0; 3]];
        assert_eq!(Spread(spread).distance(vec![3.0, 3.0, 0.0]), 4.5);
        // By itself, beside what the first has in common with it.
        let spread = vec![vec![2.0, 1.0, 1.0, 0.0], vec![1.0, 3.0, 1.0, 0.0], vec![1.0, 1.0, 4.0, 0.0], vec![0.0; 4]];
        let distance = Spread(spread).distance(vec![1.0, 2.0, 3.0, 0.0]);
        // The inverse of the three rows, worked by hand: (11, -3, -2; -3, 7, -1; -2, -1, 5) / 17.
        let expected = (11.0 + 7.0 * 4.0 + 5.0 * 9.0 - 2.0 * 3.0 * 2.0 - 2.0 * 2.0 * 3.0 - 2.0 * 6.0) / 17.0;
        assert!((distance - expected).abs() < 1e-12, "{distance} {expected}");
        // What rounding has left of a variance is none, however large it was.
        let spread = vec![vec![1e6, 1e6, 0.0], vec![1e6, 1e6 + 1e-8, 0.0], vec![0.0; 3]];
        assert_eq!(Spread(spread).distance(vec![1e3, 1e3 + 1.0, 0.0]), 1.0);
    }
}
