//! Subjects on plain numbers: how long each was watched, and how that ended.

use std::borrow::Cow;

use crate::error::{Code, Error, Problem};
use crate::query::{Given, Parameter, Takes, place, unexpected_number};

/// Subjects of whom it is known how long each was watched, and whether that ended with the event.
///
/// Each stands at its place in every column. Times are numbers from 0, in a unit of the caller's.
///
/// ```
/// use cs_core::Subjects;
///
/// // Three customers: one left after 5 months, two are still there after 6 and 8.
/// let stays = Subjects::new(&[5.0, 6.0, 8.0], &[true, false, false]).kaplan_meier()?;
/// let survival: Vec<_> = stays.rows().map(|row| (row.time, row.survival)).collect();
/// assert_eq!(survival, [(5.0, 2.0 / 3.0), (6.0, 2.0 / 3.0), (8.0, 2.0 / 3.0)]);
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Subjects<'a> {
    pub(super) durations: &'a [f64],
    pub(super) observed: &'a [bool],
    pub(super) entry: Option<&'a [f64]>,
    pub(super) weights: Option<&'a [f64]>,
}

/// Weights from here to there: of a sum of many, the least of them is more than what rounding takes.
const LEAST_WEIGHT: f64 = 1e-6;
const MOST_WEIGHT: f64 = 1e6;

impl<'a> Subjects<'a> {
    /// Subjects by the time until the event met each, or until it was lost from sight, and by which of both it was.
    #[must_use]
    pub fn new(durations: &'a [f64], observed: &'a [bool]) -> Self {
        Self { durations, observed, entry: None, weights: None }
    }

    /// The time from which each was watched, exclusive; 0 of those who were from the start. Whom the event met before is
    /// not among them (left truncation).
    #[must_use]
    pub fn entry(self, entry: &'a [f64]) -> Self {
        Self { entry: Some(entry), ..self }
    }

    /// How many each stands for: one of weight 3 is three.
    #[must_use]
    pub fn weights(self, weights: &'a [f64]) -> Self {
        Self { weights: Some(weights), ..self }
    }

    /// Refuses columns of different lengths, times below 0, weights beyond bounds, and who enters when it has left.
    pub(super) fn check(&self) -> Result<(), Error> {
        let Self { durations, observed, entry, weights } = *self;
        let (entry, weights) = (entry.unwrap_or_default(), weights.unwrap_or_default());
        if durations.is_empty() {
            let problem =
                Problem::argument(Code::InvalidArgument, "durations", "nobody stands where subjects are expected");
            return Err(problem.help("of nobody nothing is known").into());
        }
        ensure_length("observed", observed.len(), durations.len())?;
        if self.entry.is_some() {
            ensure_length("entry", entry.len(), durations.len())?;
        }
        if self.weights.is_some() {
            ensure_length("weights", weights.len(), durations.len())?;
        }
        let is_time = |time: f64| (time >= 0.0) & time.is_finite();
        refuse("durations", durations, is_time, "a finite number from 0")?;
        refuse("entry", entry, is_time, "a finite number from 0")?;
        let is_weight = |weight: f64| (LEAST_WEIGHT..=MOST_WEIGHT).contains(&weight);
        refuse("weights", weights, is_weight, "a number from 0.000001 to 1000000")?;
        let is_late = |(&entry, &duration): (&f64, &f64)| entry > 0.0 && entry >= duration;
        entry.iter().zip(durations).position(is_late).map_or(Ok(()), |position| {
            let message = "the subject enters when it has left, or at that very time";
            let problem = Problem::argument(Code::InvalidArgument, place("entry", position), message);
            Err(problem.help("leave it out: nothing was seen of it").into())
        })
    }
}

/// Refuses a column of another length than that of durations.
pub(super) fn ensure_length(name: &str, length: usize, expected: usize) -> Result<(), Error> {
    if length == expected {
        return Ok(());
    }
    let message = format!("{length} values stand where {expected} are expected, one for each duration");
    Err(Problem::argument(Code::InvalidArgument, name, message).into())
}

/// Groups, or events, at most: what is computed of them grows with their square.
const MOST_KINDS: u32 = 500;

/// Refuses more groups, or events, than anybody compares.
pub(super) fn ensure_few(name: &str, count: u32) -> Result<(), Error> {
    if count <= MOST_KINDS {
        return Ok(());
    }
    let message = format!("{count} kinds stand where {MOST_KINDS} at most are expected");
    Err(Problem::argument(Code::LimitExceeded, name, message).into())
}

/// Refuses the first number that is none of those expected, at its place.
fn refuse(name: &str, numbers: &[f64], is_one: impl Fn(f64) -> bool, expected: &str) -> Result<(), Error> {
    // All of a million are looked at faster than some until the first: no one waits for the one before.
    if numbers.iter().fold(true, |are, &number| are & is_one(number)) {
        return Ok(());
    }
    let Some((position, &number)) = numbers.iter().enumerate().find(|(_, number)| !is_one(**number)) else {
        return Ok(());
    };
    Err(unexpected_number(place(name, position), number, expected).into())
}

pub(super) const DURATIONS: Parameter = Parameter::required(
    "durations",
    Takes::Numbers,
    "The time until the event met each, or until it was lost from sight, from 0.",
);
pub(super) const OBSERVED: Parameter =
    Parameter::required("observed", Takes::Flags, "Of each whether the event met it: true or false, or 1 or 0.");
pub(super) const ENTRY: Parameter = Parameter::optional(
    "entry",
    Takes::Numbers,
    "null",
    "The time from which each was watched, before the end of its duration; 0, the start, if left out.",
);
pub(super) const WEIGHTS: Parameter = Parameter::optional(
    "weights",
    Takes::Numbers,
    "null",
    "How many each stands for, from 0.000001 to 1000000; 1 if left out.",
);

/// The subjects among what a function is given.
pub(super) struct Owned<'a> {
    durations: Cow<'a, [f64]>,
    observed: Cow<'a, [bool]>,
    entry: Option<Cow<'a, [f64]>>,
    weights: Option<Cow<'a, [f64]>>,
}

impl<'a> Owned<'a> {
    pub(super) fn read(given: &Given<'a>) -> Result<Self, Error> {
        Ok(Self { observed: given.flags(OBSERVED.name)?, ..Self::watched(given)? })
    }

    /// The same, of which another column says how the time of each ended.
    pub(super) fn watched(given: &Given<'a>) -> Result<Self, Error> {
        Ok(Self {
            durations: given.numbers(DURATIONS.name)?.unwrap_or_default(),
            observed: Cow::default(),
            entry: given.numbers(ENTRY.name)?,
            weights: given.numbers(WEIGHTS.name)?,
        })
    }

    pub(super) fn subjects(&self) -> Subjects<'_> {
        Subjects {
            durations: &self.durations,
            observed: &self.observed,
            entry: self.entry.as_deref(),
            weights: self.weights.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_KINDS, Subjects, ensure_few};

    #[test]
    fn who_is_gone_at_the_start_was_there_from_the_start() {
        assert!(Subjects::new(&[0.0, 2.0], &[true; 2]).entry(&[0.0, 1.0]).check().is_ok());
        let late = Subjects::new(&[0.0, 2.0], &[true; 2]).entry(&[0.0, 2.0]).check().err();
        assert_eq!(late.and_then(|error| Some(error.problems().first()?.path.clone())), Some("entry[2]".to_owned()));
    }

    #[test]
    fn more_groups_than_anybody_compares_are_refused() {
        assert!(ensure_few("groups", MOST_KINDS).is_ok());
        assert!(ensure_few("groups", MOST_KINDS + 1).is_err());
    }
}
