//! What a backtest comes to.

use std::sync::Arc;

use chrono::NaiveDate;

use super::observations::{Counts, Observation, Observations};
use super::plan::Plan;
use crate::health::verdict::BacktestVerdict;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};
use crate::word::words;

words! {
    /// Why a verdict is what it is.
    BacktestReason {
        /// The score beats every baseline.
        BeatsEachBaseline,
        /// No day's horizon is observed to its end.
        NoDay,
        /// Fewer than 20 customers were lost.
        TooFewLost,
        /// Fewer than 20 customers were kept.
        TooFewKept,
        /// Some baseline may be as good.
        BaselineNotBeaten,
    }
}

result_table! {
    /// What a backtest comes to, in one row.
    pub struct BacktestSummary("backtest_summary") of
    /// What a backtest comes to.
    BacktestSummaryRow, built from Columns {
        /// Whether the score is better than every baseline.
        verdict: BacktestVerdict as Choice<BacktestVerdict>,
        /// Why.
        reason: BacktestReason as Choice<BacktestReason>,
        /// How many days after each day were looked at.
        horizon_days: u64 as Count,
        /// The share of MRR that a customer may lose without being lost; absent where only churn counts.
        contraction_share: Option<f64> as Ratio,
        /// The last day of which all is known; absent of a book without rows.
        observed_until: Option<NaiveDate> as MaybeDate,
        /// Days that are used: their horizon is observed to its end.
        days: u64 as Count,
        /// Days that were asked for and dropped whole, since it is not.
        dropped_days: u64 as Count,
        /// Customers that are tested on some day.
        customers: u64 as Count,
        /// Of these, those who were lost within the horizon of some day.
        lost_customers: u64 as Count,
        /// Of these, those who were kept through the horizon of some day.
        kept_customers: u64 as Count,
        /// Customers on days that are tested.
        observations: u64 as Count,
        /// Of these, those with an event: the customer was lost within the horizon.
        events: u64 as Count,
        /// Events over observations.
        event_rate: Option<f64> as Ratio,
        /// Customers on days whose notices made the event already: it is no prediction.
        announced: u64 as Count,
        /// Of these, those who were lost within the horizon.
        announced_events: u64 as Count,
        /// Customers on days who, as was learnt later, did not pay any more.
        already_churned: u64 as Count,
        /// Customers on days of whom there was too little evidence for a score.
        unscored: u64 as Count,
        /// Of these, those who were lost within the horizon.
        unscored_events: u64 as Count,
        /// The chance that of one lost and one kept the lost one had the lower score, ties one half; absent where there are
        /// not both.
        auc: Option<f64> as Ratio,
        /// The lower end of its interval, at 95%.
        auc_low: Option<f64> as Ratio,
        /// The upper end of it.
        auc_high: Option<f64> as Ratio,
        /// The event rate of the tenth with the lowest scores, over that of all.
        lift: Option<f64> as Ratio,
        /// Losses: customers with the day on which they were lost.
        losses: u64 as Count,
        /// Of these, those of customers who had been in their worst band on a day whose horizon holds that day.
        warned_losses: u64 as Count,
        /// The median of the days from the first such day to the loss; the lower one of two.
        median_warning_days: Option<u64> as MaybeCount,
        /// How often customers were drawn.
        resamples: u64 as Count,
    }
}

/// So many customers who were lost are needed, and who were kept.
pub(super) const LEAST: usize = 20;

/// What is said in one row.
pub(super) struct Summary {
    pub(super) auc: Ratio,
    pub(super) auc_ends: [Ratio; 2],
    pub(super) lift: Ratio,
    /// Whether every baseline that says anything is beaten.
    pub(super) beats_each: bool,
}

impl Summary {
    pub(super) fn into_table(
        self,
        plan: &Plan,
        observations: &Observations,
        metadata: Metadata,
    ) -> (BacktestVerdict, BacktestSummary) {
        let mut columns = Columns::of(&Arc::default());
        let any = |is_it: fn(&Observation) -> bool| {
            observations.each_customer().filter(|found| found.iter().any(is_it)).count()
        };
        let (lost, kept) = (any(|found| found.lost.is_some()), any(|found| found.lost.is_none()));
        let events = observations.all.iter().filter(|found| found.lost.is_some()).count() as u64;
        let all = observations.all.len() as u64;
        let reason = match self.beats_each {
            _ if plan.used().is_empty() => BacktestReason::NoDay,
            _ if lost < LEAST => BacktestReason::TooFewLost,
            _ if kept < LEAST => BacktestReason::TooFewKept,
            true => BacktestReason::BeatsEachBaseline,
            false => BacktestReason::BaselineNotBeaten,
        };
        let verdict = match reason {
            BacktestReason::BeatsEachBaseline => BacktestVerdict::Better,
            _ => BacktestVerdict::NotShown,
        };
        let sum = |of: fn(&Counts) -> u64| observations.counts.iter().map(of).sum();
        let warnings = Warnings::of(plan, observations);
        let [low, high] = self.auc_ends;
        columns.verdict.push(verdict);
        columns.reason.push(reason);
        columns.horizon_days.push(plan.horizon.into());
        let share = plan.contraction_share();
        columns.contraction_share.push(share.ok_or(Reason::NothingToCompare));
        columns.observed_until.push(plan.observed_until.ok_or(Reason::NotKnown));
        columns.days.push(plan.used().len() as u64);
        columns.dropped_days.push((plan.days().len() - plan.used().len()) as u64);
        columns.customers.push(observations.of_customers.len() as u64);
        columns.lost_customers.push(lost as u64);
        columns.kept_customers.push(kept as u64);
        columns.observations.push(all);
        columns.events.push(events);
        columns.event_rate.push(Ratio::of(events.into(), all.into()));
        columns.announced.push(sum(|counts| counts.announced));
        columns.announced_events.push(sum(|counts| counts.announced_events));
        columns.already_churned.push(sum(|counts| counts.already_churned));
        columns.unscored.push(sum(|counts| counts.unscored));
        columns.unscored_events.push(sum(|counts| counts.unscored_events));
        columns.auc.push(self.auc);
        columns.auc_low.push(low);
        columns.auc_high.push(high);
        columns.lift.push(self.lift);
        columns.losses.push(warnings.losses);
        columns.warned_losses.push(warnings.days.len() as u64);
        columns.median_warning_days.push(median(warnings.days).ok_or(Reason::NothingToCompare));
        columns.resamples.push(plan.resamples.into());
        (verdict, columns.into_table(Vec::new(), 0, metadata))
    }
}

/// How long before they were lost customers stood in their worst band.
struct Warnings {
    losses: u64,
    /// Of each loss that was warned of.
    days: Vec<u32>,
}

impl Warnings {
    fn of(plan: &Plan, observations: &Observations) -> Self {
        let mut warnings = Self { losses: 0, days: Vec::new() };
        let mut losses: Vec<(Day, Option<u32>)> = Vec::new();
        for found in observations.each_customer() {
            losses.clear();
            for one in found {
                let (Some(lead), Some(&day)) = (one.lost, plan.used().get(one.day as usize)) else { continue };
                losses.push((day.days_later(lead), Some(lead).filter(|_| one.is_worst)));
            }
            sort_by_key(&mut losses, |(lost, _)| u64::from(lost.key()));
            for loss in losses.chunk_by(|(one, _), (other, _)| one == other) {
                warnings.losses += 1;
                warnings.days.extend(loss.iter().filter_map(|&(_, lead)| lead).max());
            }
        }
        warnings
    }
}

/// The middle one, of two in the middle the lower.
pub(super) fn median(mut days: Vec<u32>) -> Option<u64> {
    sort_by_key(&mut days, |&days| days.into());
    days.get(days.len().checked_sub(1)? / 2).map(|&days| days.into())
}

#[cfg(test)]
mod tests {
    use super::median;
    use crate::error::Error;
    use crate::health::Scorecard;
    use crate::portfolio::Portfolio;

    /// One who leaves twice, and one who stays; the score is that of the days since the first contract.
    #[test]
    fn a_loss_is_one_from_whatever_days_it_is_seen() -> Result<(), Error> {
        let book = "contract_id,customer_id,start_date,end_date,mrr\n\
                    1,acme,2025-01-01,2025-03-01,100\n2,acme,2025-06-01,2025-09-01,100\n3,bolt,2024-01-01,,100\n";
        let portfolio =
            Portfolio::from_csv(book).currency("USD").observed_until("2026-06-30".parse().unwrap()).load()?;
        let card = r#"{"name": "tenure", "bands": [{"band": "old", "from": 50}, {"band": "new", "from": 0}],
            "measures": [{"measure": "tenure", "evidence": "custom", "weight": 1, "curve": [[0, 0], [500, 100]],
                "value": {"table": "contracts", "aggregate": "days_since"}}]}"#;
        let days = ["2025-01-30", "2025-02-10", "2025-07-30", "2025-08-15", "2025-08-20"];
        let days = days.map(|day| day.parse().unwrap());
        let backtest = portfolio.backtest(days, 60).scorecard(&Scorecard::from_json(card)?).run()?;
        let summary = backtest.summary().rows().next().unwrap();
        assert_eq!((summary.events, summary.losses, summary.warned_losses), (5, 2, 2));
        // The 1st of March from the 30th of January, the 1st of September from the 30th of July.
        assert_eq!(summary.median_warning_days, Some(30));
        Ok(())
    }

    #[test]
    fn of_two_in_the_middle_the_lower_is_the_median() {
        assert_eq!([vec![], vec![7], vec![9, 2], vec![3, 1, 2]].map(median), [None, Some(7), Some(2), Some(2)]);
    }
}
