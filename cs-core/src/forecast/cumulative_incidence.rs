//! The share that each of several events has met, of which the first keeps the others away, on plain numbers.

use std::sync::Arc;

use super::course::Course;
use super::incidence::{Incidence, incidences};
use super::subjects::{DURATIONS, ENTRY, Owned, Subjects, WEIGHTS, ensure_few, ensure_length};
use crate::definitions::Definitions;
use crate::error::{Code, Error};
use crate::interner::Interner;
use crate::order::sort_by_key;
use crate::query::{About, Errors, Function, Given, Parameter, Takes};
use crate::table::{Metadata, result_table};
use crate::text::ABSENT;

result_table! {
    /// The share that each event has met, a row for every event and every distinct time at which somebody leaves.
    pub struct CumulativeIncidence("cumulative_incidence") of
    /// The estimate of one event at one time.
    CumulativeIncidenceRow<'a>, built from Columns {
        /// The event.
        event: &'a str as Text,
        /// The time, in the unit of the durations.
        time: f64 as Number,
        /// Those who are watched just before it.
        at_risk: f64 as Number,
        /// Those of them whom this event meets.
        events: f64 as Number,
        /// The share that this event has met: of all times up to this, the sum of `events / at_risk` of those whom none had
        /// met before.
        incidence: f64 as Number,
        /// The lower end of its interval at 95%, by the logarithm of the logarithm; the share itself where that is 0 or 1.
        incidence_low: f64 as Number,
        /// The upper end of it.
        incidence_high: f64 as Number,
    }
}

impl Subjects<'_> {
    /// The share that each of several events has met, of which the first keeps the others away: the estimator of O. O.
    /// Aalen and S. Johansen, 1978. `events` says what ended each subject's time, and none where it was lost from sight; the
    /// subjects' `observed` says nothing here.
    ///
    /// `incidence = sum of S(before) events / at_risk` over all times up to this, where `S(before)` is the share that no
    /// event has met before. Over all events it adds up to the share that any has met.
    ///
    /// ```
    /// use cs_core::Subjects;
    ///
    /// // Of four, one got value after 2 weeks and one after 5; one left after 3; one is still waiting after 6.
    /// let events = [Some("value"), Some("churn"), Some("value"), None];
    /// let incidence = Subjects::new(&[2.0, 3.0, 5.0, 6.0], &[true; 4]).cumulative_incidence(&events)?;
    /// let last: Vec<_> = incidence.rows().filter(|row| row.time == 6.0).map(|row| (row.event, row.incidence)).collect();
    /// assert_eq!(last, [("churn", 0.25), ("value", 0.5)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Subjects::kaplan_meier`]; `limit_exceeded` for more than 500 events.
    pub fn cumulative_incidence(&self, events: &[Option<&str>]) -> Result<CumulativeIncidence, Error> {
        ensure_length("events", events.len(), self.durations.len())?;
        let mut names = Interner::default();
        let of_subjects: Vec<u32> =
            events.iter().map(|event| event.map_or(ABSENT, |name| names.intern(name))).collect();
        let course_of = |is_met: &dyn Fn(u32) -> bool| {
            let observed: Vec<bool> = of_subjects.iter().map(|&event| is_met(event)).collect();
            let subjects = Subjects { observed: &observed, ..*self };
            subjects.check().map(|()| Course::of(&subjects))
        };
        ensure_few(EVENTS.name, of_subjects.iter().filter(|&&event| event != ABSENT).max().map_or(0, |last| last + 1))?;
        let any = course_of(&|event| event != ABSENT)?;
        let names = Arc::new(names.into_pool());
        let mut columns = Columns::of(&names);
        let ranks = names.ranks();
        let mut kinds: Vec<u32> = (0..names.len() as u32).collect();
        sort_by_key(&mut kinds, |&kind| ranks.get(kind as usize).map_or(0, |&rank| rank.into()));
        for kind in kinds {
            let of_kind = course_of(&|event| event == kind)?;
            incidences(any.steps(), of_kind.steps()).for_each(|incidence| columns.write(kind, incidence));
        }
        let metadata = Metadata::new(CumulativeIncidence::SCHEMA, None, &Definitions::default());
        Ok(columns.into_table(Vec::new(), 0, metadata))
    }
}

impl Columns {
    fn write(&mut self, event: u32, incidence: Incidence) {
        let (low, high) = incidence.interval();
        self.event.0.push(event);
        self.time.push(incidence.step.time);
        self.at_risk.push(incidence.step.at_risk);
        self.events.push(incidence.step.events);
        self.incidence.push(incidence.share);
        self.incidence_low.push(low);
        self.incidence_high.push(high);
    }
}

const EVENTS: Parameter = Parameter::required(
    "events",
    Takes::MaybeTexts,
    "Of each the event that met it; null where it was lost from sight.",
);

impl Function for CumulativeIncidence {
    const ABOUT: About = About {
        doc: "The share that each of several events has met, of which the first keeps the others away.\n\n\
              `incidence = sum of S(before) events / at_risk` over all times up to this, where `S(before)` is the share \
              that no event has met before. Over all events it adds up to the share that any has met.",
        parameters: &[DURATIONS, EVENTS, ENTRY, WEIGHTS],
        rows: "A row for every event, in the order of their names (by bytes), and every distinct time at which somebody \
               leaves.",
        errors: Errors::of(&[], &[Code::LimitExceeded]),
        source: "O. O. Aalen and S. Johansen, An empirical transition matrix for non-homogeneous Markov chains based on \
                 censored observations, 1978; the interval by the logarithm of the logarithm.",
    };

    fn compute(given: &Given<'_>) -> Result<Self, Error> {
        let owned = Owned::watched(given)?;
        let events = given.arguments().maybe_texts(EVENTS.name)?;
        owned.subjects().cumulative_incidence(&events.iter().map(Option::as_deref).collect::<Vec<_>>())
    }
}
