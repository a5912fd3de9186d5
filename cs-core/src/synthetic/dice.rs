//! Chance that is the same everywhere: each subject of each customer has a sequence of its own.

use crate::draws::Draws;
use crate::period::Day;

/// What is drawn. A subject that is added, or that draws more, leaves the others as they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    Profile = 1,
    Family,
    Origin,
    Strains,
    Fault,
    Commerce,
    Signals,
    Engagements,
    Caseload,
    Cases,
    Surveys,
    Milestones,
    Outcomes,
    Stakeholders,
    Feedback,
    Advocacy,
    Rates,
    Moves,
}

/// The draws of one subject of one customer.
///
/// They are the sequence of SplitMix64 whose seed is the first number of the sequence with the seed `a ^ b`, where `a`
/// is the first number of the sequence of the book's seed, and `b` is the customer's number times 256 plus the subject's.
pub(super) struct Dice(Draws);

impl Dice {
    pub(super) fn of(seed: u64, customer: u64, subject: Subject) -> Self {
        let first = |seed: u64| Draws::of(seed).next();
        Self(Draws::of(first(first(seed) ^ (customer << 8 | subject as u64))))
    }

    /// A number from 0, below `count`.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.0.below(count)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least).max(0) as u64 + 1) as i64
    }

    /// So many days after a day.
    pub(super) fn days_after(&mut self, day: Day, least: i64, most: i64) -> Day {
        later(day, self.between(least, most))
    }

    /// Whether what happens so many times of a thousand happens now.
    pub(super) fn happens(&mut self, of_thousand: u64) -> bool {
        self.below(1_000) < of_thousand
    }

    /// Whether what happens so many times of a million happens now.
    pub(super) fn rarely(&mut self, of_million: u64) -> bool {
        self.below(1_000_000) < of_million
    }

    /// A position in a list, as often as its weight says.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut at = self.below(weights.clone().sum::<u64>().max(1));
        let past = |weight: &u64| {
            let is_past = at >= *weight;
            at = at.saturating_sub(*weight);
            is_past
        };
        weights.take_while(past).count()
    }

    /// One of a list, each as often as the others.
    pub(super) fn one<T: Copy + Default>(&mut self, all: &[T]) -> T {
        let position = self.below(all.len() as u64) as usize;
        all.get(position).copied().unwrap_or_default()
    }
}

/// The day so many days after another.
pub(super) fn later(day: Day, days: i64) -> Day {
    Day(day.0.saturating_add(days as i32))
}

/// The day so many months after another; the library's last day at most.
pub(super) fn months_later(day: Day, months: u32) -> Day {
    day.add_months(months).unwrap_or(Day::MAX)
}

/// Whether a day lies in one of several spans.
pub(super) fn is_within(spans: &[(Day, Day)], day: Day) -> bool {
    spans.iter().any(|&(from, until)| from <= day && day < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::of(1, 0, Subject::Profile);
        let mut times = [0; 4];
        (0..10_000).for_each(|_| times[dice.weighted([1, 0, 3, 6].into_iter())] += 1);
        assert!((900..1_100).contains(&times[0]) && times[1] == 0, "{times:?}");
        assert!((2_850..3_150).contains(&times[2]) && (5_850..6_150).contains(&times[3]), "{times:?}");
    }

    #[test]
    fn both_ends_are_drawn() {
        let mut dice = Dice::of(1, 0, Subject::Profile);
        let drawn: Vec<i64> = (0..200).map(|_| dice.between(-2, 2)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-2), Some(&2)));
    }

    #[test]
    fn sequences_have_nothing_to_do_with_each_other() {
        let first = |seed, customer, subject| Dice::of(seed, customer, subject).below(u64::MAX);
        let all = [
            first(1, 0, Subject::Profile),
            first(1, 0, Subject::Strains),
            first(1, 1, Subject::Profile),
            first(2, 0, Subject::Profile),
        ];
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }
}
