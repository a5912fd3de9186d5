//! The score beside every baseline.

use std::num::NonZeroU64;
use std::sync::Arc;

use super::baselines::{Baseline, MEASURED};
use super::observations::{Observation, Observations};
use super::plan::Plan;
use super::ranking::{Ranking, resampled};
use crate::draws::middle;
use crate::error::Error;
use crate::parts::of_each;
use crate::query::Context;
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};

result_table! {
    /// The score beside every baseline, a row for each.
    pub struct BacktestBaselines("backtest_baselines") of
    /// The score beside a baseline.
    BacktestBaselinesRow, built from Columns {
        /// The baseline.
        baseline: Baseline as Choice<Baseline>,
        /// Observations of which it says something; both are compared over these.
        observations: u64 as Count,
        /// Of these, those with an event.
        events: u64 as Count,
        /// The chance that of one lost and one kept the baseline saw the greater risk in the lost one, ties one half; absent
        /// where there are not both.
        auc: Option<f64> as Ratio,
        /// That of the score over the same observations.
        score_auc: Option<f64> as Ratio,
        /// The latter less the former.
        difference: Option<f64> as Ratio,
        /// The lower end of its interval, at 95%.
        difference_low: Option<f64> as Ratio,
        /// The upper end of it.
        difference_high: Option<f64> as Ratio,
        /// Whether the lower end is above zero. A baseline that says nothing of anybody is not, and the verdict does not
        /// ask that it be.
        is_beaten: bool as Flag,
    }
}

/// The score beside every baseline.
pub(super) struct Comparison {
    rows: Vec<Row>,
    pub(super) auc: Ratio,
    pub(super) auc_ends: [Ratio; 2],
}

/// The score beside one.
struct Row {
    baseline: Baseline,
    counts: (u64, u64),
    auc: Option<f64>,
    score_auc: Option<f64>,
    ends: Option<[f64; 2]>,
}

impl Row {
    fn is_beaten(&self) -> bool {
        self.ends.is_some_and(|[low, _]| low > 0.0)
    }
}

/// The risk that the score sees of a customer.
pub(super) fn of_score(found: &Observation) -> Option<u64> {
    Some(u64::from(u32::MAX - found.score.millionths()))
}

/// That of a baseline, by its position, or of the score.
fn risk(found: &Observation, by: Option<usize>) -> Option<u64> {
    by.map_or(of_score(found), |position| found.risks.get(position).copied().flatten().map(NonZeroU64::get))
}

impl Comparison {
    pub(super) fn of(context: &Context<'_>, plan: &Plan, observations: &Observations) -> Result<Self, Error> {
        let customers = observations.of_customers.len();
        // By whose risk, and over what who says something of: the score over all; and each baseline, with the score beside.
        let mut asked: Vec<[Option<usize>; 2]> = vec![[None; 2]];
        let mut pairs = vec![(Baseline::Chance, None, 0)];
        let measured = [Baseline::Tenure, Baseline::Mrr, Baseline::DaysSinceEngagement, Baseline::QuarterlyGrowth];
        for (position, baseline) in measured.into_iter().enumerate().take(MEASURED) {
            asked.push([Some(position); 2]);
            let own = asked.len() - 1;
            let is_of_all = observations.all.iter().all(|found| risk(found, Some(position)).is_some());
            if !is_of_all {
                asked.push([None, Some(position)]);
            }
            pairs.push((baseline, Some(own), if is_of_all { 0 } else { own + 1 }));
        }
        let rankings = of_each(asked.len(), 1, |at| {
            let [by, over] = asked.get(at).copied().unwrap_or_default();
            Ranking::of(observations.all.iter(), |found| risk(found, over).and(risk(found, by)))
        });
        let drawn = resampled(context, &rankings, customers, plan.resamples)?;
        let aucs: Vec<Option<f64>> = rankings.iter().map(|ranking| ranking.auc(customers)).collect();
        let half = |score: Option<f64>| score.map(|_| 0.5);
        let row = |(baseline, own, score): (Baseline, Option<usize>, usize)| {
            let at = |position: usize| aucs.get(position).copied().flatten();
            let of = |position: usize| drawn.get(position).map(Vec::as_slice).unwrap_or_default();
            // All are alike to chance, in every draw.
            let differences: Vec<f64> = match own {
                None => of(score).iter().flatten().map(|auc| auc - 0.5).collect(),
                Some(own) => of(score).iter().zip(of(own)).filter_map(|(&score, &own)| Some(score? - own?)).collect(),
            };
            Row {
                baseline,
                counts: rankings.get(own.unwrap_or(score)).map(Ranking::counts).unwrap_or_default(),
                auc: own.map_or(half(at(score)), at),
                score_auc: at(score),
                ends: middle(&differences),
            }
        };
        let of_score: Vec<f64> = drawn.first().into_iter().flatten().copied().flatten().collect();
        Ok(Self {
            rows: pairs.into_iter().map(row).collect(),
            auc: ratio(aucs.first().copied().flatten()),
            auc_ends: ratios(middle(&of_score)),
        })
    }

    /// Whether every baseline that says anything is beaten.
    pub(super) fn beats_each(&self) -> bool {
        self.rows.iter().all(|row| row.auc.is_none() || row.is_beaten())
    }

    pub(super) fn into_table(self, metadata: Metadata) -> BacktestBaselines {
        let mut columns = Columns::of(&Arc::default());
        for row in self.rows {
            let (observations, events) = row.counts;
            let [low, high] = ratios(row.ends);
            columns.baseline.push(row.baseline);
            columns.observations.push(observations);
            columns.events.push(events);
            columns.auc.push(ratio(row.auc));
            columns.score_auc.push(ratio(row.score_auc));
            columns.difference.push(ratio(row.score_auc.zip(row.auc).map(|(score, own)| score - own)));
            columns.difference_low.push(low);
            columns.difference_high.push(high);
            columns.is_beaten.push(row.is_beaten());
        }
        columns.into_table(Vec::new(), 0, metadata)
    }
}

/// A number, absent where there are not both lost and kept.
pub(super) fn ratio(number: Option<f64>) -> Ratio {
    number.map_or(Ratio::Absent(Reason::NothingToCompare), Ratio::Value)
}

fn ratios(ends: Option<[f64; 2]>) -> [Ratio; 2] {
    ends.map_or([ratio(None); 2], |ends| ends.map(Ratio::Value))
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Row};

    #[test]
    fn a_baseline_is_beaten_by_an_interval_that_is_all_above_zero() {
        let row = |ends| Row { baseline: Baseline::Chance, counts: (0, 0), auc: None, score_auc: None, ends };
        let ends = [Some([0.001, 0.2]), Some([0.0, 0.2]), Some([-0.1, 0.2]), Some([-0.2, -0.1]), None];
        assert_eq!(ends.map(|ends| row(ends).is_beaten()), [true, false, false, false, false]);
    }
}
