//! Whether groups differ in how long they stay, on plain numbers.

use std::sync::Arc;

use super::course::Course;
use super::log_rank_test::log_rank_test;
use super::subjects::{DURATIONS, ENTRY, OBSERVED, Owned, Subjects, WEIGHTS, ensure_few, ensure_length};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem};
use crate::interner::Interner;
use crate::query::{About, Errors, Function, Given, Parameter, Takes};
use crate::table::{Metadata, result_table};
use crate::text::TextPool;

result_table! {
    /// Whether groups differ in how long they stay: one row.
    pub struct LogRank("log_rank") of
    /// The test.
    LogRankRow, built from Columns {
        /// How many groups are compared.
        groups: u64 as Count,
        /// How far the events of the groups are from those that they would have if they were alike: chi-squared.
        statistic: f64 as Number,
        /// One less than the groups, those included of which nobody was there when the event met anyone.
        degrees_of_freedom: u64 as Count,
        /// How often groups that do not differ are as far apart, or further.
        p_value: f64 as Number,
    }
}

impl Subjects<'_> {
    /// Whether groups differ in how long they stay, by the log-rank test of N. Mantel, 1966, and R. and J. Peto, 1972.
    ///
    /// At every time at which the event meets anyone, each group is expected to have its share, by those who are watched,
    /// of the events; `statistic` is how far the groups are from that in all, by the spread of such events (hypergeometric),
    /// and `p_value` how often chi-squared of `groups - 1` degrees of freedom is as great.
    ///
    /// ```
    /// use cs_core::Subjects;
    ///
    /// let stays = Subjects::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[true; 6]);
    /// let test = stays.log_rank(&["early", "early", "early", "late", "late", "late"])?;
    /// let row = test.rows().next().unwrap();
    /// assert_eq!(format!("{:.3} {:.3}", row.statistic, row.p_value), "5.052 0.025");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Subjects::kaplan_meier`]; `invalid_argument` for fewer than two groups, `limit_exceeded` for more than
    /// 500.
    pub fn log_rank(&self, groups: &[&str]) -> Result<LogRank, Error> {
        self.check()?;
        ensure_length("groups", groups.len(), self.durations.len())?;
        let mut names = Interner::default();
        let of_subjects: Vec<u32> = groups.iter().map(|name| names.intern(name)).collect();
        let count = of_subjects.iter().max().map_or(0, |last| last + 1);
        if count < 2 {
            let message = format!("{count} groups stand where two or more are expected");
            return Err(Problem::argument(Code::InvalidArgument, GROUPS.name, message).into());
        }
        ensure_few(GROUPS.name, count)?;
        let courses: Vec<Course> = (0..count).map(|group| self.course_of(&of_subjects, group)).collect();
        let test = log_rank_test(&courses);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        columns.groups.push(count.into());
        columns.statistic.push(test.statistic);
        columns.degrees_of_freedom.push(test.degrees_of_freedom.into());
        columns.p_value.push(test.p_value);
        let metadata = Metadata::new(LogRank::SCHEMA, None, &Definitions::default());
        Ok(columns.into_table(Vec::new(), 0, metadata))
    }

    /// What becomes of the subjects of one group.
    fn course_of(&self, groups: &[u32], group: u32) -> Course {
        fn of_group<T: Copy>(values: &[T], groups: &[u32], group: u32) -> Vec<T> {
            values.iter().zip(groups).filter(|(_, of)| **of == group).map(|(value, _)| *value).collect()
        }
        let (durations, observed) = (of_group(self.durations, groups, group), of_group(self.observed, groups, group));
        let entry = self.entry.map(|entry| of_group(entry, groups, group));
        let weights = self.weights.map(|weights| of_group(weights, groups, group));
        Course::of(&Subjects {
            durations: &durations,
            observed: &observed,
            entry: entry.as_deref(),
            weights: weights.as_deref(),
        })
    }
}

const GROUPS: Parameter = Parameter::required("groups", Takes::Texts, "The group of each; two or more in all.");

impl Function for LogRank {
    const ABOUT: About = About {
        doc: "Whether groups differ in how long they stay, by the log-rank test.\n\n\
              At every time at which the event meets anyone, each group is expected to have its share, by those who are \
              watched, of the events; `statistic` is how far the groups are from that in all, by the spread of such \
              events, and `p_value` how often chi-squared of `groups - 1` degrees of freedom is as great.",
        parameters: &[DURATIONS, OBSERVED, GROUPS, ENTRY, WEIGHTS],
        rows: "One row.",
        errors: Errors::of(&[], &[Code::LimitExceeded]),
        source: "N. Mantel, Evaluation of survival data and two new rank order statistics, 1966; R. and J. Peto, \
                 Asymptotically efficient rank invariant test procedures, 1972.",
    };

    fn compute(given: &Given<'_>) -> Result<Self, Error> {
        let (owned, groups) = (Owned::read(given)?, given.arguments().names(GROUPS.name)?);
        owned.subjects().log_rank(&groups.iter().map(String::as_str).collect::<Vec<_>>())
    }
}
