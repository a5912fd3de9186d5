//! What becomes of subjects: who leaves at each time, and who is watched just before it.

use std::ops::Range;

use super::subjects::Subjects;
use crate::float::{Running, exact_sum};
use crate::order::{by_key, float_key, float_of_key, sort_by_key, sort_keys};
use crate::parts::{ROWS_A_PART, in_parts, joined};

/// What happens at one time, by weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Step {
    pub(crate) time: f64,
    /// Those who are watched just before it: they have entered, and have not left.
    pub(crate) at_risk: f64,
    /// Those whom the event meets.
    pub(crate) events: f64,
    /// Those who are not watched any longer, for another reason.
    pub(crate) censored: f64,
}

/// Less than this share of those who were watched is what rounding has left of sums of weights.
const ROUNDING: f64 = 1e-15;

impl Step {
    /// Those whom the event has not met.
    pub(super) fn left(&self) -> f64 {
        let left = self.at_risk - self.events;
        if left > ROUNDING * self.at_risk { left } else { 0.0 }
    }
}

/// Subjects by when they leave and, where they are not watched from the start, by when they enter.
///
/// Who enters at a time is watched from then on, exclusive; who enters at 0, from the start. Whom the event meets at a
/// time at which others are lost from sight, it meets before that.
#[derive(Clone, Debug, Default)]
pub(crate) struct Course {
    /// What happens at every time at which somebody leaves, in order.
    steps: Vec<Step>,
    /// Times at which subjects leave, and their weight, in order, where that is not what the steps say: of weights, whose sums
    /// are rounded, and late entries.
    leaving: Option<Vec<(f64, f64)>>,
    /// Times from 0, exclusive, at which subjects enter, and their weight, in order.
    late: Vec<(f64, f64)>,
}

impl Course {
    /// Of subjects on plain numbers.
    pub(super) fn of(subjects: &Subjects<'_>) -> Self {
        let Subjects { durations, observed, entry, weights } = *subjects;
        let steps = match weights {
            Some(weights) => weighted(durations, observed, weights),
            None => counted(durations, observed),
        };
        let weight = |subject: usize| weights.map_or(1.0, |weights| weights.get(subject).copied().unwrap_or_default());
        let entries = entry.unwrap_or_default().iter().enumerate();
        let mut late: Vec<(f64, f64)> =
            entries.filter(|(_, entry)| **entry > 0.0).map(|(subject, &entry)| (entry, weight(subject))).collect();
        sort_by_key(&mut late, |(entry, _)| float_key(*entry));
        let leaving = weights.filter(|_| !late.is_empty()).map(|weights| {
            // Sums are rounded: of those who came late, what is taken away is what was added.
            let mut leaving: Vec<(f64, f64)> =
                durations.iter().map(|duration| duration + 0.0).zip(weights.iter().copied()).collect();
            sort_by_key(&mut leaving, |(time, _)| float_key(*time));
            leaving
        });
        Self { steps, leaving, late }.watched_at_steps(weights.is_some())
    }

    /// Of subjects who are all watched from the start, by the days that each was, and whether that ended with the event.
    pub(crate) fn of_days(stays: impl Iterator<Item = (u32, bool)>) -> Self {
        let mut counts = Counts::default();
        stays.for_each(|(days, is_event)| counts.count(days as usize, is_event));
        Self::of_counts(counts)
    }

    /// The same by how many there are of each.
    pub(super) fn of_counts(counts: Counts) -> Self {
        let steps = counts.into_steps();
        Self { steps, leaving: None, late: Vec::new() }.watched_at_steps(false)
    }

    fn watched_at_steps(mut self, is_weighted: bool) -> Self {
        if self.late.is_empty() {
            // Who is watched are all who leave then or later; sums of whole numbers are exact as they are.
            let (mut counts, mut weights) = (0.0, Running::default());
            for step in self.steps.iter_mut().rev() {
                let leaving = step.events + step.censored;
                if is_weighted {
                    weights.add(leaving);
                }
                counts += leaving;
                step.at_risk = if is_weighted { weights.value() } else { counts };
            }
            return self;
        }
        let times: Vec<f64> = self.steps.iter().map(|step| step.time).collect();
        let watched = self.watched(&times);
        self.steps.iter_mut().zip(watched).for_each(|(step, watched)| step.at_risk = watched);
        self
    }

    /// What happens at every time at which somebody leaves, in order.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many subjects there are, by weight.
    pub(crate) fn subjects(&self) -> f64 {
        self.steps.iter().map(|step| step.events + step.censored).sum()
    }

    /// How many of them the event meets.
    pub(crate) fn events(&self) -> f64 {
        self.steps.iter().map(|step| step.events).sum()
    }

    /// Those who are watched just before each of some times, which are in order.
    pub(super) fn watched(&self, times: &[f64]) -> Vec<f64> {
        let of_steps = self.leaving.is_none().then(|| totals(&self.steps));
        let leaving = self.leaving.as_ref().or(of_steps.as_ref()).into_iter().flatten();
        let (mut leaving, mut late) = (leaving.rev().peekable(), self.late.iter().rev().peekable());
        let mut sum = Running::default();
        let mut watched: Vec<f64> = times
            .iter()
            .rev()
            .map(|&time| {
                while let Some((_, weight)) = leaving.next_if(|(end, _)| *end >= time) {
                    sum.add(*weight);
                }
                while let Some((_, weight)) = late.next_if(|(entry, _)| *entry >= time) {
                    sum.add(-weight);
                }
                sum.value()
            })
            .collect();
        watched.reverse();
        watched
    }
}

/// How many leave at each time.
fn totals(steps: &[Step]) -> Vec<(f64, f64)> {
    steps.iter().map(|step| (step.time, step.events + step.censored)).collect()
}

/// What happens by the number of those whom it happens to.
fn counted(durations: &[f64], observed: &[bool]) -> Vec<Step> {
    let longest = durations.iter().copied().fold(0.0, f64::max);
    // Most durations are days: where they are whole and not much longer than there are many, each has a slot.
    let slots = (longest < 4.0 * durations.len() as f64 + 1_024.0).then(|| longest as usize + 1);
    slots.and_then(|slots| by_whole_time(durations, observed, slots)).unwrap_or_else(|| by_time(durations, observed))
}

/// The same where all times are whole; none where they are not.
fn by_whole_time(durations: &[f64], observed: &[bool], slots: usize) -> Option<Vec<Step>> {
    let count = |part: Range<usize>| {
        let mut counts = Counts(vec![[0; 2]; slots]);
        let mut are_whole = true;
        let subjects =
            durations.get(part.clone()).unwrap_or_default().iter().zip(observed.get(part).unwrap_or_default());
        for (&duration, &observed) in subjects {
            let whole = duration as u32;
            are_whole &= f64::from(whole) == duration;
            counts.count_within(whole as usize, observed);
        }
        are_whole.then_some(counts)
    };
    let both = |ours: Option<Counts>, theirs: Option<Counts>| {
        let (mut ours, theirs) = ours.zip(theirs)?;
        ours.add(&theirs);
        Some(ours)
    };
    // The slots of all parts together are no more than there are subjects.
    joined(durations.len(), ROWS_A_PART.max(slots), count, both).map(Counts::into_steps)
}

/// At each whole time those who are lost from sight, and those whom the event meets.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Vec<[u32; 2]>);

impl Counts {
    /// Adds one at a time.
    #[inline]
    pub(super) fn count(&mut self, time: usize, is_event: bool) {
        if self.0.len() <= time {
            self.0.resize(time + 1, [0; 2]);
        }
        self.count_within(time, is_event);
    }

    /// Adds one at a time that there is room for.
    #[inline]
    fn count_within(&mut self, time: usize, is_event: bool) {
        if let Some(count) = self.0.get_mut(time).and_then(|counts| counts.get_mut(usize::from(is_event))) {
            *count += 1;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), [0; 2]);
        self.0.iter_mut().flatten().zip(other.0.iter().flatten()).for_each(|(ours, theirs)| *ours += theirs);
    }

    /// All but others, which are among them.
    pub(super) fn less(&self, others: &Self) -> Self {
        let mut rest = self.clone();
        rest.0.iter_mut().flatten().zip(others.0.iter().flatten()).for_each(|(all, others)| *all -= others);
        rest
    }

    /// What happens at the times at which anything does.
    fn into_steps(self) -> Vec<Step> {
        let times = self.0.into_iter().enumerate().filter(|(_, counts)| *counts != [0, 0]);
        let step = |(time, [censored, events]): (usize, [u32; 2])| Step {
            time: time as f64,
            events: events.into(),
            censored: censored.into(),
            ..Step::default()
        };
        times.map(step).collect()
    }
}

/// The same by the order of times.
fn by_time(durations: &[f64], observed: &[bool]) -> Vec<Step> {
    // No time is below zero: the upper bit of each key is set, and makes room for the event.
    let key = |(&duration, &observed): (&f64, &bool)| time_key(duration) << 1 | u64::from(observed);
    let sorted = |part: Range<usize>| {
        let subjects =
            durations.get(part.clone()).unwrap_or_default().iter().zip(observed.get(part).unwrap_or_default());
        let mut keys: Vec<u64> = subjects.map(key).collect();
        sort_keys(&mut keys);
        keys
    };
    let mut parts = in_parts(durations.len(), ROWS_A_PART, sorted);
    let last = parts.pop().unwrap_or_default();
    while parts.len() > 1 {
        let in_pairs = parts.chunks(2).map(|pair| match pair {
            [one, other] => {
                let mut both = Vec::with_capacity(one.len() + other.len());
                both.extend(merged(one, other));
                both
            }
            others => others.concat(),
        });
        parts = in_pairs.collect();
    }
    let before = parts.pop().unwrap_or_default();
    let mut steps: Vec<Step> = Vec::with_capacity(durations.len());
    for key in merged(&before, &last) {
        let time = float_of_key(key >> 1 | 1 << 63);
        let [censored, events] = if key & 1 == 0 { [1.0, 0.0] } else { [0.0, 1.0] };
        match steps.last_mut().filter(|last| last.time == time) {
            Some(last) => (last.events, last.censored) = (last.events + events, last.censored + censored),
            None => steps.push(Step { time, events, censored, ..Step::default() }),
        }
    }
    steps
}

/// Two lists in order as one.
fn merged<'a>(one: &'a [u64], other: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
    let (mut ours, mut theirs) = (one.iter().copied().peekable(), other.iter().copied().peekable());
    std::iter::from_fn(move || match (ours.peek(), theirs.peek()) {
        (Some(our), Some(their)) if their < our => theirs.next(),
        (None, _) => theirs.next(),
        _ => ours.next(),
    })
}

/// What happens by weight: sums are exact, so that the order of subjects does not matter.
fn weighted(durations: &[f64], observed: &[bool], weights: &[f64]) -> Vec<Step> {
    let key = |subject: usize| durations.get(subject).map_or(0, |&duration| time_key(duration));
    let order = by_key(durations.len(), key);
    let of_time = |same: &[u32]| {
        let weight = |is_event: bool| {
            let whose = same.iter().filter(move |&&subject| observed.get(subject as usize) == Some(&is_event));
            exact_sum(whose.filter_map(|&subject| weights.get(subject as usize).copied())).unwrap_or_default()
        };
        let time = same.first().map_or(0.0, |&subject| float_of_key(key(subject as usize)));
        Step { time, events: weight(true), censored: weight(false), ..Step::default() }
    };
    order.chunk_by(|&one, &other| key(one as usize) == key(other as usize)).map(of_time).collect()
}

/// A time as a number in the order of times; there are two zeros among floats.
fn time_key(time: f64) -> u64 {
    float_key(time + 0.0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Course, Step, Subjects};

    fn step(time: f64, at_risk: f64, events: f64, censored: f64) -> Step {
        Step { time, at_risk, events, censored }
    }

    #[rstest]
    #[case::whole(&[3.0, 1.0, 3.0, 0.0], &[true, false, false, true], [step(0.0, 4.0, 1.0, 0.0), step(1.0, 3.0, 0.0, 1.0), step(3.0, 2.0, 1.0, 1.0)])]
    #[case::broken(&[3.5, 1.0, 3.5, -0.0], &[true, false, false, true], [step(0.0, 4.0, 1.0, 0.0), step(1.0, 3.0, 0.0, 1.0), step(3.5, 2.0, 1.0, 1.0)])]
    #[case::long(&[1e9, 1.0, 1e9, 0.0], &[true, false, false, true], [step(0.0, 4.0, 1.0, 0.0), step(1.0, 3.0, 0.0, 1.0), step(1e9, 2.0, 1.0, 1.0)])]
    fn times_are_those_at_which_somebody_leaves(
        #[case] durations: &[f64],
        #[case] observed: &[bool],
        #[case] expected: [Step; 3],
    ) {
        assert_eq!(Course::of(&Subjects::new(durations, observed)).steps(), expected);
        let weights = vec![1.0; durations.len()];
        assert_eq!(Course::of(&Subjects::new(durations, observed).weights(&weights)).steps(), expected);
    }

    #[test]
    fn who_enters_is_watched_from_then_on() {
        let (durations, entry) = ([2.0, 3.0, 5.0, 6.0], [0.0, 2.0, 2.5, 4.0]);
        let course = Course::of(&Subjects::new(&durations, &[true; 4]).entry(&entry));
        assert_eq!(course.steps().iter().map(|step| step.at_risk).collect::<Vec<_>>(), [1.0, 2.0, 2.0, 1.0]);
        assert_eq!(
            course.watched(&[0.0, 1.0, 2.0, 2.5, 2.6, 4.0, 4.1, 6.0, 6.1]),
            [0.0 + 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 0.0]
        );
        // What was added and is taken away leaves nothing, whatever it is.
        let weights = [0.1, 0.2, 0.3, 0.7];
        let weighed = Course::of(&Subjects::new(&durations, &[true; 4]).entry(&entry).weights(&weights));
        assert_eq!(weighed.watched(&[1.0, 3.0, 6.0]), [0.1, 0.5, 0.7]);
    }

    #[test]
    fn many_are_counted_as_they_are_one_by_one() {
        let dice = |subject: usize| (subject * 7_919 + 13) % 101;
        for (count, time) in [(100, 1.0), (100, 0.25), (9, 0.5), (7, 1e9), (3, 0.1)] {
            let durations: Vec<f64> = (0..count).map(|subject| (dice(subject) % 17) as f64 * time).collect();
            let observed: Vec<bool> = (0..count).map(|subject| dice(subject) % 3 == 0).collect();
            let of = |holds: &dyn Fn(f64, bool) -> bool| {
                let all = durations.iter().zip(&observed);
                all.filter(|&(&duration, &observed)| holds(duration, observed)).count() as f64
            };
            let mut times = durations.clone();
            times.sort_by(f64::total_cmp);
            times.dedup();
            let one_by_one = times.iter().map(|&at| {
                let [events, censored] =
                    [true, false].map(|is_event| of(&|time, event| time == at && event == is_event));
                step(at, of(&|time, _| time >= at), events, censored)
            });
            assert!(Course::of(&Subjects::new(&durations, &observed)).steps().iter().copied().eq(one_by_one));
        }
    }

    #[test]
    fn what_rounding_leaves_is_nobody() {
        let left = |at_risk: f64, left: f64| step(1.0, at_risk, at_risk - left, 0.0).left();
        assert_eq!([left(1e3, 4e-13), left(1e-3, 1e-12), left(2.0, 0.5)], [0.0, 1e-3 - (1e-3 - 1e-12), 0.5]);
    }
}
