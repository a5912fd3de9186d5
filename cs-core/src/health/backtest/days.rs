//! How the test went on each day: whether scores drift, and whether they foretell less with time.

use std::sync::Arc;

use chrono::NaiveDate;

use super::calibration::{BINS, bin, mean_score};
use super::comparison::{of_score, ratio};
use super::observations::{Counts, Observations};
use super::plan::Plan;
use super::ranking::Ranking;
use crate::float;
use crate::parts::of_each;
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};

result_table! {
    /// How the test went on each day that was asked for, a row for each.
    pub struct BacktestDays("backtest_days") of
    /// How the test went on a day.
    BacktestDaysRow, built from Columns {
        /// The day.
        as_of: NaiveDate as Date,
        /// Whether its horizon is observed to its end; all that follows is absent where it is not.
        is_used: bool as Flag,
        /// Customers who paid, as was known then.
        customers: Option<u64> as MaybeCount,
        /// Of these, those who had given notice.
        announced: Option<u64> as MaybeCount,
        /// Of the others, those who did not pay any more, as was learnt later.
        already_churned: Option<u64> as MaybeCount,
        /// Of the others, those of whom there was too little evidence for a score.
        unscored: Option<u64> as MaybeCount,
        /// All others: those who are tested.
        observations: Option<u64> as MaybeCount,
        /// Of these, those with an event.
        events: Option<u64> as MaybeCount,
        /// Events over observations.
        event_rate: Option<f64> as Ratio,
        /// The mean of the scores.
        mean_score: Option<f64> as Ratio,
        /// The chance that of one lost and one kept the lost one had the lower score, of this day alone.
        auc: Option<f64> as Ratio,
        /// How far the scores have moved since the first day that has any: the population stability index over bins of ten
        /// points, with half an observation added to each.
        population_stability_index: Option<f64> as Ratio,
    }
}

pub(super) fn days(plan: &Plan, observations: &Observations, metadata: Metadata) -> BacktestDays {
    let mut columns = Columns::of(&Arc::default());
    let of_days = of_each(plan.days().len(), 1, |position| OfDay::of(observations, position));
    let first = of_days.iter().find(|of_day| of_day.all > 0).map(|of_day| of_day.bins).unwrap_or_default();
    for ((position, day), of_day) in plan.days().iter().enumerate().zip(of_days) {
        columns.as_of.push(*day);
        let counts = observations.counts.get(position);
        columns.is_used.push(counts.is_some());
        let known = |of: fn(&Counts) -> u64| counts.map(of).ok_or(Reason::NotMeasured);
        columns.customers.push(known(|counts| counts.customers));
        columns.announced.push(known(|counts| counts.announced));
        columns.already_churned.push(known(|counts| counts.already_churned));
        columns.unscored.push(known(|counts| counts.unscored));
        columns.observations.push(counts.map(|_| of_day.all).ok_or(Reason::NotMeasured));
        columns.events.push(counts.map(|_| of_day.events).ok_or(Reason::NotMeasured));
        columns.event_rate.push(Ratio::of(of_day.events.into(), of_day.all.into()));
        columns.mean_score.push(mean_score(of_day.millionths, of_day.all));
        columns.auc.push(ratio(of_day.auc));
        columns.population_stability_index.push(of_day.bins.against(&first));
    }
    columns.into_table(Vec::new(), 0, metadata)
}

/// What is counted of a day.
struct OfDay {
    all: u64,
    events: u64,
    /// Of all scores together.
    millionths: u64,
    bins: Bins,
    auc: Option<f64>,
}

impl OfDay {
    fn of(observations: &Observations, day: usize) -> Self {
        let found = || observations.of_day(day);
        let auc = Ranking::of(found(), of_score).auc(observations.of_customers.len());
        let mut of_day = Self { all: 0, events: 0, millionths: 0, bins: Bins::default(), auc };
        for found in found() {
            of_day.all += 1;
            of_day.events += u64::from(found.lost.is_some());
            of_day.millionths += u64::from(found.score.millionths());
            if let Some(count) = of_day.bins.0.get_mut(bin(found)) {
                *count += 1;
            }
        }
        of_day
    }
}

/// How many observations of a day are in each bin of scores.
#[derive(Clone, Copy, Default)]
struct Bins([u64; BINS]);

impl Bins {
    fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The index of these against earlier ones: the sum of (p - q) ln(p / q).
    fn against(&self, earlier: &Self) -> Ratio {
        let [all, before] = [self, earlier].map(Self::count);
        if all == 0 || before == 0 {
            return ratio(None);
        }
        let share = |count: u64, all: u64| (count as f64 + 0.5) / (all as f64 + BINS as f64 / 2.0);
        let shares = self.0.iter().zip(&earlier.0).map(|(&now, &then)| (share(now, all), share(then, before)));
        Ratio::Value(shares.map(|(now, then)| (now - then) * float::ln(now / then)).sum())
    }
}
