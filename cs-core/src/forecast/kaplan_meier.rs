//! The share that is still there at each time.

use std::sync::Arc;

use super::course::Course;
use super::estimate::{estimate, interval};
use super::subjects::{DURATIONS, ENTRY, OBSERVED, Owned, Subjects, WEIGHTS};
use crate::definitions::Definitions;
use crate::error::Error;
use crate::parts::{ROWS_A_PART, fill};
use crate::query::{About, Errors, Function, Given};
use crate::table::{Metadata, result_table};
use crate::text::TextPool;

result_table! {
    /// The share that is still there at each time, a row for every distinct time at which somebody leaves.
    pub struct KaplanMeier("kaplan_meier") of
    /// The estimate at one time.
    KaplanMeierRow, built from Columns {
        /// The time, in the unit of the durations.
        time: f64 as Number,
        /// Those who are watched just before it: they have entered before, and have not left.
        at_risk: f64 as Number,
        /// Those of them whom the event meets.
        events: f64 as Number,
        /// Those of them who are lost from sight, behind the events of the same time.
        censored: f64 as Number,
        /// The share that is still there: of all times up to this, the product of `1 - events / at_risk`.
        survival: f64 as Number,
        /// The lower end of its interval at 95%, by Greenwood's variance and the logarithm of the logarithm; the share
        /// itself where that is 0 or 1.
        survival_low: f64 as Number,
        /// The upper end of it.
        survival_high: f64 as Number,
    }
}

impl Subjects<'_> {
    /// The share that is still there at each time, by the product-limit estimator of E. L. Kaplan and P. Meier, 1958.
    ///
    /// `survival = product of 1 - events / at_risk` over all times up to this. The 95% interval is `survival` to the power
    /// of `exp(-+ z sqrt(v) / ln(survival))`, where `v` is the sum of `events / (at_risk (at_risk - events))`. Sums are of
    /// weights where there are any.
    ///
    /// ```
    /// use cs_core::Subjects;
    ///
    /// let stays = Subjects::new(&[3.0, 3.0, 5.0, 7.0], &[true, false, true, true]).entry(&[0.0, 1.0, 0.0, 4.0]);
    /// let survival: Vec<_> = stays.kaplan_meier()?.rows().map(|row| (row.at_risk, row.survival)).collect();
    /// assert_eq!(survival, [(3.0, 2.0 / 3.0), (2.0, 1.0 / 3.0), (1.0, 0.0)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument` for nobody, for columns of different lengths, for times below 0 or without end, for weights that are
    /// not from 0.000001 to 1000000, and for who enters when it has left.
    pub fn kaplan_meier(&self) -> Result<KaplanMeier, Error> {
        self.check()?;
        let course = Course::of(self);
        let steps = course.steps();
        let column = || vec![0.0; steps.len()];
        let [mut survival, mut greenwood] = [column(), column()];
        for (point, (survival, greenwood)) in estimate(steps).zip(survival.iter_mut().zip(&mut greenwood)) {
            (*survival, *greenwood) = (point.survival, point.greenwood);
        }
        let mut of_steps = [column(), column(), column(), column()];
        let mut ends = [column(), column()];
        let slots = (of_steps.each_mut().map(Vec::as_mut_slice), ends.each_mut().map(Vec::as_mut_slice));
        fill(steps.len(), ROWS_A_PART, slots, |part, (of_steps, ends)| {
            let shares = survival
                .get(part.clone())
                .unwrap_or_default()
                .iter()
                .zip(greenwood.get(part.clone()).unwrap_or_default());
            let [time, at_risk, events, censored] = of_steps;
            let [low, high] = ends;
            let told = time.iter_mut().zip(at_risk).zip(events.iter_mut().zip(censored)).zip(low.iter_mut().zip(high));
            // Where nobody leaves but out of sight, the interval is that of the time before.
            let (mut last, mut between) = ((1.0, 0.0), (1.0, 1.0));
            for ((step, (&survival, &greenwood)), told) in
                steps.get(part).unwrap_or_default().iter().zip(shares).zip(told)
            {
                if (survival, greenwood) != last {
                    (last, between) = ((survival, greenwood), interval(survival, greenwood));
                }
                let (((time, at_risk), (events, censored)), (low, high)) = told;
                (*time, *at_risk, *events, *censored) = (step.time, step.at_risk, step.events, step.censored);
                (*low, *high) = between;
            }
        });
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        [columns.time, columns.at_risk, columns.events, columns.censored] = of_steps;
        columns.survival = survival;
        [columns.survival_low, columns.survival_high] = ends;
        let metadata = Metadata::new(KaplanMeier::SCHEMA, None, &Definitions::default());
        Ok(columns.into_table(Vec::new(), 0, metadata))
    }
}

impl Function for KaplanMeier {
    const ABOUT: About = About {
        doc: "The share that is still there at each time, by the product-limit estimator of Kaplan and Meier.\n\n\
              `survival = product of 1 - events / at_risk` over all times up to this. Whom the event meets at a time at \
              which others are lost from sight, it meets before that; who enters at a time is watched from then on, \
              exclusive, and who enters at 0 from the start. Sums are of weights where there are any.",
        parameters: &[DURATIONS, OBSERVED, ENTRY, WEIGHTS],
        rows: "A row for every distinct time at which somebody leaves, in their order.",
        errors: Errors::of(&[], &[]),
        source: "E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958; the interval by \
                 the logarithm of the logarithm, with Greenwood's variance.",
    };

    fn compute(given: &Given<'_>) -> Result<Self, Error> {
        Owned::read(given)?.subjects().kaplan_meier()
    }
}
