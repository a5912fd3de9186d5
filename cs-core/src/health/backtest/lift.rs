//! How many of the lost are among the lowest scores.

use std::sync::Arc;

use super::observations::Observations;
use crate::health::points::Points;
use crate::order::sort_by_key;
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};

result_table! {
    /// How many of the lost are among the lowest scores, a row for each tenth of the observations.
    pub struct BacktestLift("backtest_lift") of
    /// A tenth of the observations.
    BacktestLiftRow, built from Columns {
        /// From 1, the lowest scores, to 10.
        decile: u64 as Count,
        /// Observations in it: tenths begin and end at whole ones.
        observations: u64 as Count,
        /// Those with an event; of equal scores each tenth has its share of events, so that it can be a fraction.
        events: Option<f64> as Ratio,
        /// Events over observations; absent where there are none.
        event_rate: Option<f64> as Ratio,
        /// The event rate over that of all; absent where there are no events at all.
        lift: Option<f64> as Ratio,
        /// The share of all events that this tenth and those before it have.
        cumulative_recall: Option<f64> as Ratio,
        /// The lowest score in it; absent where there are no observations.
        lowest_score: Option<f64> as Ratio,
        /// The highest one.
        highest_score: Option<f64> as Ratio,
    }
}

const DECILES: usize = 10;

/// Observations of one score, from the lowest.
struct Run {
    score: Points,
    /// Where they begin and end among all.
    from: usize,
    to: usize,
    /// Events before them, and among them.
    before: u64,
    events: u64,
}

/// The table, and the lift of the tenth with the lowest scores.
pub(super) fn lift(observations: &Observations, metadata: Metadata) -> (BacktestLift, Ratio) {
    let mut columns = Columns::of(&Arc::default());
    let runs = runs(observations);
    let (all, events) = runs.last().map_or((0, 0), |last| (last.to, last.before + last.events));
    let mut worst = Ratio::Absent(Reason::ZeroDenominator);
    for decile in 0..DECILES {
        let (from, to) = (all * decile / DECILES, all * (decile + 1) / DECILES);
        let (before, up_to) = (Events::before(&runs, from), Events::before(&runs, to));
        let own = up_to.less(before);
        let (observations, events) = ((to - from) as i128, i128::from(events));
        let score = |at: Option<usize>| {
            let run = at.filter(|_| to > from).and_then(|at| runs.iter().find(|run| at < run.to));
            run.map_or(Ratio::Absent(Reason::ZeroDenominator), |run| Ratio::Value(run.score.number()))
        };
        columns.decile.push(decile as u64 + 1);
        columns.observations.push((to - from) as u64);
        columns.events.push(own.over(1, 1));
        columns.event_rate.push(own.over(observations, 1));
        let lift = own.over(observations * events, all as i128);
        if decile == 0 {
            worst = lift;
        }
        columns.lift.push(lift);
        columns.cumulative_recall.push(up_to.over(events, 1));
        columns.lowest_score.push(score(Some(from)));
        columns.highest_score.push(score(to.checked_sub(1)));
    }
    (columns.into_table(Vec::new(), 0, metadata), worst)
}

fn runs(observations: &Observations) -> Vec<Run> {
    let mut found: Vec<(Points, bool)> =
        observations.all.iter().map(|found| (found.score, found.lost.is_some())).collect();
    sort_by_key(&mut found, |(score, _)| u64::from(score.millionths()));
    let mut runs: Vec<Run> = Vec::new();
    for (at, &(score, is_lost)) in found.iter().enumerate() {
        let before = runs.last().map_or(0, |last| last.before + last.events);
        match runs.last_mut().filter(|last| last.score == score) {
            Some(run) => (run.to, run.events) = (at + 1, run.events + u64::from(is_lost)),
            None => runs.push(Run { score, from: at, to: at + 1, before, events: is_lost.into() }),
        }
    }
    runs
}

/// Events, of which equal scores have shares: a fraction of whole numbers, so that ratios are divided once. No
/// product of four counts below 2^31 is beyond 128 bits.
#[derive(Clone, Copy)]
struct Events {
    some: i128,
    of: i128,
}

impl Events {
    /// Those among so many observations with the lowest scores; of equal scores as many as are their share.
    fn before(runs: &[Run], count: usize) -> Self {
        let Some(run) = runs.iter().find(|run| count <= run.to) else { return Self { some: 0, of: 1 } };
        let (within, of) = ((count - run.from) as i128, (run.to - run.from) as i128);
        Self { some: i128::from(run.before) * of + i128::from(run.events) * within, of }
    }

    fn less(self, others: Self) -> Self {
        match self.of == others.of {
            true => Self { some: self.some - others.some, of: self.of },
            false => Self { some: self.some * others.of - others.some * self.of, of: self.of * others.of },
        }
    }

    /// Times so much over so much.
    fn over(self, divisor: i128, times: i128) -> Ratio {
        Ratio::of(self.some * times, self.of * divisor)
    }
}
