//! Retention as flows of a period: the readings that other tools give.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::error::Error;
use crate::ledger::{Flows, FlowsByPeriod, Merge, Moved, MovementKind};
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{
    About, BY, Context, END, Errors, Grouped, KnownOn, Operation, OverPeriods, Query, Range, START, parameters,
};
use crate::ratio::Ratio;
use crate::sums::{Additive, Rebuild, Sums};
use crate::table::{Column, Table, result_table};
use crate::text::TextPool;

result_table! {
    /// The flow readings of retention, a row for each group and period.
    pub struct FlowRetention("flow_retention") of
    /// The flow readings of one period.
    FlowRetentionRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// MRR at the close of the day before the period.
        opening_mrr: Money as Amount,
        /// Expansion of the customers paying at that close.
        expansion_mrr: Money as Amount,
        /// Returns, within the period, of the customers paying at that close.
        reactivation_mrr: Money as Amount,
        /// Contraction of the customers paying at that close.
        contraction_mrr: Money as Amount,
        /// Churn of the customers paying at that close.
        churned_mrr: Money as Amount,
        /// Churn and contraction, less expansion and reactivation, of everybody; signed.
        net_churned_mrr: Money as Amount,
        /// 1 less contraction and churn of the opening's customers over opening MRR; absent where nothing was paid.
        flow_grr: Option<f64> as Ratio,
        /// The same with their expansion and reactivation; absent where nothing was paid.
        flow_nrr: Option<f64> as Ratio,
        /// Net churn of everybody over opening MRR; absent where nothing was paid.
        net_mrr_churn_all: Option<f64> as Ratio,
    }
}

impl Portfolio {
    /// The flow readings of retention, by period: what moved within it, over what it opened with.
    ///
    /// `flow_grr = 1 - (contraction + churn of the customers paying at the opening) / opening`, `flow_nrr = flow_grr +
    /// (expansion + reactivation of these) / opening`, and `net_mrr_churn_all = (churn + contraction - expansion -
    /// reactivation of everybody) / opening`: fractions, of which 1 is 100%, absent where nobody paid at the opening;
    /// amounts are MRR in the portfolio's currency. They are what other tools call retention and churn, and can leave the
    /// range from 0 to 1: who leaves and returns within a period is lost in the first and won in the second, and who
    /// came after the opening can be lost from the third without ever having been in what it is divided by.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// // Lost on the 5th, back on the 20th: point to point nothing happened.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-05,100\n\
    ///             c-2,acme,2026-03-20,,100\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    ///
    /// let flows = portfolio.flow_retention(day(3, 1), day(4, 1)).run()?;
    /// let row = flows.rows().next().unwrap();
    /// assert_eq!((row.flow_grr, row.flow_nrr), (Some(0.0), Some(1.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn flow_retention(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, FlowRetention> {
        Query::of(self, Range::of(start, end))
    }
}

/// What moves in a period of the customers paying at its opening, and by how much the MRR of everybody changes in it.
#[derive(Clone, Copy, Debug, Default)]
struct BaseFlows {
    mrr: i128,
    expansion: i128,
    reactivation: i128,
    contraction: i128,
    churned: i128,
    net_churned: i128,
}

impl Flows for BaseFlows {
    /// Whether the customer paid at the opening, from where the first change of a period starts.
    type Seen = Option<bool>;

    fn add(&mut self, moved: Moved, kind: Option<MovementKind>, is_base: &mut Option<bool>) {
        let is_base = *is_base.get_or_insert(moved.before.pays);
        let net = i128::from(moved.net());
        self.mrr += net;
        let slot = match kind {
            Some(MovementKind::Expansion) => &mut self.expansion,
            Some(MovementKind::Reactivation) => &mut self.reactivation,
            Some(MovementKind::Contraction) => &mut self.contraction,
            Some(MovementKind::Churn) => &mut self.churned,
            _ => return,
        };
        if is_base {
            *slot += net.abs();
        }
        self.net_churned -= net;
    }
}

impl Merge for BaseFlows {
    fn merge(&mut self, other: Self) {
        self.mrr += other.mrr;
        self.expansion += other.expansion;
        self.reactivation += other.reactivation;
        self.contraction += other.contraction;
        self.churned += other.churned;
        self.net_churned += other.net_churned;
    }
}

impl Operation for FlowRetention {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "Retention as flows of a period, over what it opened with.\n\n\
              `flow_grr = 1 - (contraction_mrr + churned_mrr) / opening_mrr` and `flow_nrr = flow_grr + (expansion_mrr \
              + reactivation_mrr) / opening_mrr` of the customers paying at the opening, `net_mrr_churn_all = \
              net_churned_mrr / opening_mrr` of everybody. They can leave the range from 0 to 1: who leaves and returns \
              within a period is lost in the first and won in the second, and who came after the opening can be lost \
              from the third without ever having been in what it is divided by.",
        parameters: parameters![START, END, BY],
        rows: "A row for each group and period, in their order.",
        errors: Errors::RANGE,
        source: "The rates that tools of subscription analytics show beside the point-to-point ones.",
    };

    fn compute(range: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let flows: FlowsByPeriod<BaseFlows> = FlowsByPeriod::of(range, context)?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (before, periods) in flows.groups() {
            let mut opening = before.mrr;
            for (&period, moved) in periods {
                columns.write(period, opening, moved);
                opening += moved.mrr;
            }
        }
        let metadata = context.metadata();
        Ok(columns.into_table(flows.columns(), flows.digits, metadata))
    }
}

impl Grouped for FlowRetention {}

impl KnownOn for FlowRetention {}

impl OverPeriods for FlowRetention {}

impl Additive for FlowRetention {
    const KEYS: &'static [&'static str] = &["period_start", "period_end"];
    const REBUILD: Option<Rebuild> = Some(rebuild);
}

fn rebuild(sums: &Sums<'_>, groups: Vec<Column>) -> Table {
    let mut columns = Columns::of(&Arc::new(TextPool::default()));
    for row in sums.rows() {
        let period = (sums.day(row, "period_start"), sums.day(row, "period_end"));
        let flows = BaseFlows {
            mrr: 0,
            expansion: sums.units(row, "expansion_mrr"),
            reactivation: sums.units(row, "reactivation_mrr"),
            contraction: sums.units(row, "contraction_mrr"),
            churned: sums.units(row, "churned_mrr"),
            net_churned: sums.units(row, "net_churned_mrr"),
        };
        columns.write(period, sums.units(row, "opening_mrr"), &flows);
    }
    columns.into_table(groups, sums.digits(), sums.metadata()).into()
}

impl Columns {
    fn write(&mut self, (start, end): (Day, Day), opening: i128, flows: &BaseFlows) {
        self.period_start.push(start);
        self.period_end.push(end);
        let BaseFlows { expansion, reactivation, contraction, churned, net_churned, .. } = *flows;
        self.opening_mrr.push(opening);
        self.expansion_mrr.push(expansion);
        self.reactivation_mrr.push(reactivation);
        self.contraction_mrr.push(contraction);
        self.churned_mrr.push(churned);
        self.net_churned_mrr.push(net_churned);
        let kept = opening - contraction - churned;
        self.flow_grr.push(Ratio::of(kept, opening));
        self.flow_nrr.push(Ratio::of(kept + expansion + reactivation, opening));
        self.net_mrr_churn_all.push(Ratio::of(net_churned, opening));
    }
}
