//! How the test went on each day: whether scores drift, and whether they foretell less with time.

use std::sync::Arc;

use chrono::NaiveDate;

use super::calibration::{BINS, Counted, binned};
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
    let of_days = of_each(plan.days().len(), 1, |position| {
        let found = || observations.of_day(position);
        (binned(found()), Ranking::of(found(), of_score).auc(observations.of_customers.len()))
    });
    let first = of_days.iter().map(|(bins, _)| bins).find(|bins| whole(bins).all > 0);
    for ((position, day), (bins, auc)) in plan.days().iter().enumerate().zip(&of_days) {
        let of_day = whole(bins);
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
        columns.event_rate.push(of_day.event_rate());
        columns.mean_score.push(of_day.mean_score());
        columns.auc.push(ratio(*auc));
        columns.population_stability_index.push(first.map_or(ratio(None), |first| stability(bins, first)));
    }
    columns.into_table(Vec::new(), 0, metadata)
}

/// What is counted in all bins.
fn whole(bins: &[Counted; BINS]) -> Counted {
    bins.iter().copied().fold(Counted::default(), Counted::and)
}

/// The population stability index of bins against earlier ones: the sum of (p - q) ln(p / q).
fn stability(now: &[Counted; BINS], then: &[Counted; BINS]) -> Ratio {
    let [all, before] = [now, then].map(|bins| whole(bins).all);
    if all == 0 || before == 0 {
        return ratio(None);
    }
    let share = |count: u64, all: u64| (count as f64 + 0.5) / (all as f64 + BINS as f64 / 2.0);
    let shares = now.iter().zip(then).map(|(now, then)| (share(now.all, all), share(then.all, before)));
    Ratio::Value(shares.map(|(now, then)| (now - then) * float::ln(now / then)).sum())
}
