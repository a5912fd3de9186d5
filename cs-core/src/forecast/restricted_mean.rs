//! How long subjects stay within a horizon, on plain numbers.

use std::sync::Arc;

use super::course::Course;
use super::estimate::summary;
use super::subjects::{DURATIONS, ENTRY, OBSERVED, Owned, Subjects, WEIGHTS};
use crate::definitions::Definitions;
use crate::error::Error;
use crate::query::{About, Errors, Function, Given, Parameter, Takes, unexpected_number};
use crate::ratio::Reason;
use crate::table::{Metadata, result_table};
use crate::text::TextPool;

result_table! {
    /// How long subjects stay within a horizon: one row.
    pub struct RestrictedMean("restricted_mean") of
    /// The mean, and what else the estimate says in one number.
    RestrictedMeanRow, built from Columns {
        /// The time up to which stays are counted, in the unit of the durations.
        horizon: f64 as Number,
        /// The mean time until the event, or until the horizon where that comes first: the area under the estimate.
        restricted_mean: f64 as Number,
        /// The lower end of its interval at 95%, by the normal distribution.
        restricted_mean_low: f64 as Number,
        /// The upper end of it.
        restricted_mean_high: f64 as Number,
        /// The share that is still there at the horizon.
        survival: f64 as Number,
        /// The lower end of its interval at 95%.
        survival_low: f64 as Number,
        /// The upper end of it.
        survival_high: f64 as Number,
        /// The first time at which half or fewer are still there, also behind the horizon; absent where more are at the end.
        median: Option<f64> as Ratio,
    }
}

impl Subjects<'_> {
    /// How long subjects stay within a horizon: the area under the estimate of Kaplan and Meier up to there.
    ///
    /// Its variance is the sum over times up to the horizon of `a^2 events / (at_risk (at_risk - events))`, where `a` is
    /// the area between the time and the horizon. Behind the last time that is known of, the estimate goes on as it is.
    ///
    /// ```
    /// use cs_core::Subjects;
    ///
    /// let stays = Subjects::new(&[2.0, 4.0, 4.0, 9.0], &[true, true, false, true]);
    /// let mean = stays.restricted_mean(6.0)?;
    /// let row = mean.rows().next().unwrap();
    /// assert_eq!((row.restricted_mean, row.survival, row.median), (4.5, 0.5, Some(4.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Subjects::kaplan_meier`]; `invalid_argument` for a horizon that is not above 0, or without end.
    pub fn restricted_mean(&self, horizon: f64) -> Result<RestrictedMean, Error> {
        self.check()?;
        if !(horizon > 0.0 && horizon.is_finite()) {
            return Err(unexpected_number(HORIZON.name, horizon, "a finite number above 0").into());
        }
        let summary = summary(Course::of(self).steps(), horizon);
        let (mean_low, mean_high) = summary.mean_interval();
        let (low, high) = summary.interval();
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        columns.horizon.push(horizon);
        columns.restricted_mean.push(summary.mean);
        columns.restricted_mean_low.push(mean_low);
        columns.restricted_mean_high.push(mean_high);
        columns.survival.push(summary.survival);
        columns.survival_low.push(low);
        columns.survival_high.push(high);
        columns.median.push(summary.median.ok_or(Reason::NotKnown));
        let metadata = Metadata::new(RestrictedMean::SCHEMA, None, &Definitions::default());
        Ok(columns.into_table(Vec::new(), 0, metadata))
    }
}

const HORIZON: Parameter =
    Parameter::required("horizon", Takes::Number, "The time up to which stays are counted, above 0.");

impl Function for RestrictedMean {
    const ABOUT: About = About {
        doc: "How long subjects stay within a horizon.\n\n\
              That is the area under the estimate of Kaplan and Meier up to there. Behind the last time that is known of, the estimate goes on as it is.",
        parameters: &[DURATIONS, OBSERVED, HORIZON, ENTRY, WEIGHTS],
        rows: "One row.",
        errors: Errors::of(&[], &[]),
        source: "J. O. Irwin, The standard error of an estimate of expectation of life, 1949.",
    };

    fn compute(given: &Given<'_>) -> Result<Self, Error> {
        Owned::read(given)?.subjects().restricted_mean(given.arguments().float(HORIZON.name)?)
    }
}
