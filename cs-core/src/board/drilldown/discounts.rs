//! By how much the discount changes at the first renewal.

use std::sync::Arc;

use crate::error::Error;
use crate::money::Money;
use crate::period::{Day, Trailing};
use crate::query::{Context, Operation, Range};
use crate::ratio::Reason;
use crate::renewal::{RenewalLines, RenewalLinesRow, RenewalOutcome};
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// What became of a first renewal.
    FirstRenewalOutcome {
        /// It goes on, at whichever MRR.
        Renewed,
        /// Nothing follows.
        Lost,
        /// What follows may still come.
        Pending,
    }
}

result_table! {
    /// By how much the discount changes at the first renewal, a row for each outcome.
    pub struct DrilldownFirstRenewals("drilldown_first_renewals") of
    /// First renewals with one outcome.
    DrilldownFirstRenewalsRow, built from Columns {
        /// What became of them.
        outcome: FirstRenewalOutcome as Choice<FirstRenewalOutcome>,
        /// First renewals that fell due within the window.
        lines: u64 as Count,
        /// Their MRR.
        due_mrr: Money as Amount,
        /// The MRR of what follows.
        renewed_mrr: Money as Amount,
        /// Those of them whose discount is known, of the renewed on both sides.
        with_discount: u64 as Count,
        /// The mean discount before, of these; absent where there are none.
        discount: Option<f64> as Ratio,
        /// The mean discount since; absent where there are none, or nothing follows.
        renewed_discount: Option<f64> as Ratio,
        /// The mean of the second less the first: above zero, the discount grew; absent likewise. Each renewal counts alike,
        /// whatever it pays; `first_discount_change` of `renewals` weighs them by their list prices.
        discount_change: Option<f64> as Ratio,
    }
}

/// First renewals, by their outcome.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FirstRenewals([Sum; FirstRenewalOutcome::ALL.len()]);

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) lines: u64,
    due_mrr: i128,
    renewed_mrr: i128,
    pub(super) with_discount: u64,
    discount: f64,
    renewed_discount: f64,
    change: f64,
}

impl FirstRenewals {
    pub(super) fn of(context: &Context<'_>, window: Trailing) -> Result<Self, Error> {
        let range = Range::of(window.start.max(Day::MIN).date(), window.day.next().min(Day::MAX).date());
        let mut all = Self::default();
        // A range of one day at the end of all days is none.
        if window.start < window.day.next().min(Day::MAX) {
            let lines = RenewalLines::compute(&range, context)?;
            let days = window.start.date()..=window.day.date();
            lines.rows().filter(|line| line.is_first && days.contains(&line.due_on)).for_each(|line| all.add(&line));
        }
        Ok(all)
    }

    fn add(&mut self, line: &RenewalLinesRow<'_>) {
        let outcome = match line.outcome {
            RenewalOutcome::Renewed | RenewalOutcome::Upgraded | RenewalOutcome::Downgraded => {
                FirstRenewalOutcome::Renewed
            }
            RenewalOutcome::Lost | RenewalOutcome::EarlyTermination => FirstRenewalOutcome::Lost,
            RenewalOutcome::Pending => FirstRenewalOutcome::Pending,
            RenewalOutcome::Free => return,
        };
        let Some(sum) = self.0.get_mut(outcome as usize) else { return };
        sum.lines += 1;
        sum.due_mrr += line.due_mrr.units();
        sum.renewed_mrr += line.renewed_mrr.units();
        let since = if outcome == FirstRenewalOutcome::Renewed { line.renewed_discount } else { Some(0.0) };
        if let Some((before, since)) = line.discount.zip(since) {
            sum.with_discount += 1;
            sum.discount += before;
            sum.renewed_discount += since;
            sum.change += since - before;
        }
    }

    pub(super) fn with(&self, outcome: FirstRenewalOutcome) -> Sum {
        self.0.get(outcome as usize).copied().unwrap_or_default()
    }

    pub(super) fn into_table(self, context: &Context<'_>, digits: u8) -> DrilldownFirstRenewals {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (&outcome, sum) in FirstRenewalOutcome::ALL.iter().zip(self.0) {
            let since = |mean: Option<f64>| mean.filter(|_| outcome == FirstRenewalOutcome::Renewed);
            let told = |mean: Option<f64>| mean.ok_or(Reason::NotKnown);
            columns.outcome.push(outcome);
            columns.lines.push(sum.lines);
            columns.due_mrr.push(sum.due_mrr);
            columns.renewed_mrr.push(sum.renewed_mrr);
            columns.with_discount.push(sum.with_discount);
            columns.discount.push(told(sum.mean(sum.discount)));
            columns.renewed_discount.push(told(since(sum.mean(sum.renewed_discount))));
            columns.discount_change.push(told(since(sum.change())));
        }
        columns.into_table(Vec::new(), digits, context.metadata())
    }
}

impl Sum {
    fn mean(self, sum: f64) -> Option<f64> {
        (self.with_discount > 0).then(|| sum / self.with_discount as f64)
    }

    /// By how much the discount grew on average.
    pub(super) fn change(self) -> Option<f64> {
        self.mean(self.change)
    }
}
