//! Movements summed by period.

use std::sync::Arc;

use chrono::NaiveDate;

use super::collect::Merge;
use super::flows::{Flows, FlowsByPeriod, OfPeriods};
use super::groups::ByGroup;
use super::movement::{Kinds, MovementKind, Part};
use super::plain::Plain;
use super::tallies::{Tallies, by_period};
use super::timeline::Moved;
use crate::error::Error;
use crate::money::Money;
use crate::period::{Day, Periods};
use crate::portfolio::Portfolio;
use crate::query::{
    About, BY, Context, END, Errors, Grouped, KNOW_YOUR_METRICS, KnownOn, Operation, OverPeriods, Query, Range, START,
    parameters,
};
use crate::sums::{Additive, Rebuild};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Movements of recurring revenue by period, in the order of periods.
    ///
    /// Amounts are magnitudes in the portfolio's currency. For every period `opening_mrr + new_mrr + reactivation_mrr
    /// + expansion_mrr - contraction_mrr - churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's
    /// opening.
    pub struct Movements("movements") of
    /// The movements of one period.
    MovementsRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// MRR at the close of the day before the period.
        opening_mrr: Money as Amount,
        /// First MRR of customers never seen before.
        new_mrr: Money as Amount,
        /// MRR of customers who had left and came back.
        reactivation_mrr: Money as Amount,
        /// Additional MRR of paying customers.
        expansion_mrr: Money as Amount,
        /// MRR given up by customers who still pay.
        contraction_mrr: Money as Amount,
        /// MRR of customers who left.
        churned_mrr: Money as Amount,
        /// Change of MRR by rates of exchange, signed; zero with `fx="single"`.
        fx_mrr: Money as Amount,
        /// MRR at the close of the period's last day.
        closing_mrr: Money as Amount,
        /// The part of closing MRR that rests on a tolerated gap; zero with `gap_tolerance_days=0`.
        provisional_mrr: Money as Amount,
        /// Annual recurring revenue at the close: each contract's exact yearly amount, rounded once.
        closing_arr: Money as Amount,
        /// More of products that were held, of customers who paid before and after.
        upsell_mrr: Money as Amount,
        /// Products that were not held before.
        cross_sell_mrr: Money as Amount,
        /// Less of products that are still held.
        downsell_mrr: Money as Amount,
        /// Products that were given up.
        product_churn_mrr: Money as Amount,
        /// Customers paying at the close of the day before the period.
        opening_customers: u64 as Count,
        /// Distinct customers who were new in the period.
        new_customers: u64 as Count,
        /// Distinct customers who came back.
        reactivated_customers: u64 as Count,
        /// Distinct customers with an expansion.
        expanded_customers: u64 as Count,
        /// Distinct customers with a contraction.
        contracted_customers: u64 as Count,
        /// Distinct customers who left.
        churned_customers: u64 as Count,
        /// Customers paying at the close of the period's last day.
        closing_customers: u64 as Count,
    }
}

/// Everything that moves in a period, and by how much balances change in it.
#[derive(Clone, Copy, Debug, Default)]
struct AllFlows {
    /// By kind of movement, as magnitudes.
    amounts: [i128; MovementKind::ALL.len()],
    /// The customers with a movement of the kind.
    customers: [u64; MovementKind::ALL.len()],
    /// Of those who pay before and after, by part.
    products: [i128; Part::ALL.len()],
    balances: Balances,
}

/// What is paid at a close, or by how much that changes.
#[derive(Clone, Copy, Debug, Default)]
struct Balances {
    mrr: i128,
    arr: i128,
    provisional: i128,
    customers: i64,
}

impl Portfolio {
    /// Movements of recurring revenue by period: for each, `opening + new + reactivation + expansion - contraction -
    /// churned + fx = closing`, exactly.
    ///
    /// Amounts are in the portfolio's currency, MRR by the month and ARR by the year; the other columns count customers.
    /// None is ever absent. The range, `end` exclusive, is widened to whole periods.
    ///
    /// What counts follows the definitions, as the eighth principle of "Customer Success" by Mehta, Steinman and Murphy
    /// asks: one for all who compute.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// // 100 a month, 200 from 15 March, ended on 10 April.
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-03-15,100\n\
    ///             c-2,acme,2026-03-15,2026-04-10,200\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    ///
    /// let movements = portfolio.movements(day(3, 1), day(5, 1)).run()?;
    /// let rows: Vec<_> = movements.rows().collect();
    /// assert_eq!(rows[0].opening_mrr.to_string(), "100.00");
    /// assert_eq!(rows[0].expansion_mrr.to_string(), "100.00");
    /// assert_eq!(rows[0].closing_mrr.to_string(), "200.00");
    /// assert_eq!(rows[1].churned_mrr.to_string(), "200.00");
    /// assert_eq!(rows[1].churned_customers, 1);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn movements(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Movements> {
        Query::of(self, Range::of(start, end))
    }
}

impl Operation for Movements {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "Movements of recurring revenue by period, and the balances that they join, exactly.\n\n\
              For every period `opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr - \
              churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's opening.",
        parameters: parameters![START, END, BY],
        rows: "A row for each group and period, in their order.",
        errors: Errors::RANGE,
        source: KNOW_YOUR_METRICS,
    };

    fn compute(range: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let flows: FlowsByPeriod<AllFlows> = FlowsByPeriod::of(range, context)?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (before, periods) in flows.groups() {
            let mut balances = Balances::default();
            balances.add(&before.balances);
            for (&period, moved) in periods {
                columns.write(period, &mut balances, moved, flows.has_own_arr);
            }
        }
        let metadata = context.metadata();
        Ok(columns.into_table(flows.columns(), flows.digits, metadata))
    }
}

impl Grouped for Movements {}

impl KnownOn for Movements {}

impl OverPeriods for Movements {}

impl Additive for Movements {
    const KEYS: &'static [&'static str] = &["period_start", "period_end"];
    const REBUILD: Option<Rebuild> = Some(|sums, _| sums.as_they_are());
}

impl AllFlows {
    fn amount(&self, kind: MovementKind) -> i128 {
        self.amounts.get(kind as usize).copied().unwrap_or_default()
    }

    fn customers(&self, kind: MovementKind) -> u64 {
        self.customers.get(kind as usize).copied().unwrap_or_default()
    }

    fn products(&self, part: Part) -> i128 {
        self.products.get(part as usize).copied().unwrap_or_default()
    }
}

impl Balances {
    fn add(&mut self, change: &Self) {
        self.mrr += change.mrr;
        self.arr += change.arr;
        self.provisional += change.provisional;
        self.customers += change.customers;
    }

    fn customers(&self) -> u64 {
        u64::try_from(self.customers).unwrap_or_default()
    }
}

impl Columns {
    /// The row of a period, each flow beside the balances that it joins.
    fn write(&mut self, (start, end): (Day, Day), balances: &mut Balances, flows: &AllFlows, has_own_arr: bool) {
        self.period_start.push(start);
        self.period_end.push(end);
        self.opening_mrr.push(balances.mrr);
        self.opening_customers.push(balances.customers());
        balances.add(&flows.balances);
        self.closing_mrr.push(balances.mrr);
        self.closing_customers.push(balances.customers());
        self.closing_arr.push(if has_own_arr { balances.arr } else { balances.mrr * 12 });
        self.provisional_mrr.push(balances.provisional);
        self.fx_mrr.push(0);
        self.new_mrr.push(flows.amount(MovementKind::New));
        self.reactivation_mrr.push(flows.amount(MovementKind::Reactivation));
        self.expansion_mrr.push(flows.amount(MovementKind::Expansion));
        self.contraction_mrr.push(flows.amount(MovementKind::Contraction));
        self.churned_mrr.push(flows.amount(MovementKind::Churn));
        self.upsell_mrr.push(flows.products(Part::Upsell));
        self.cross_sell_mrr.push(flows.products(Part::CrossSell));
        self.downsell_mrr.push(flows.products(Part::Downsell));
        self.product_churn_mrr.push(flows.products(Part::ProductChurn));
        self.new_customers.push(flows.customers(MovementKind::New));
        self.reactivated_customers.push(flows.customers(MovementKind::Reactivation));
        self.expanded_customers.push(flows.customers(MovementKind::Expansion));
        self.contracted_customers.push(flows.customers(MovementKind::Contraction));
        self.churned_customers.push(flows.customers(MovementKind::Churn));
    }
}

impl Flows for AllFlows {
    type Seen = Kinds;

    #[inline]
    fn add(&mut self, moved: Moved, kind: Option<MovementKind>, seen: &mut Kinds) {
        let net = moved.net();
        self.balances.mrr += i128::from(net);
        self.balances.customers += moved.joined();
        let Some(kind) = kind else { return };
        if let Some(amount) = self.amounts.get_mut(kind as usize) {
            *amount += i128::from(net.unsigned_abs());
        }
        if let Some(customers) = self.customers.get_mut(kind as usize) {
            *customers += u64::from(seen.meet(kind));
        }
    }

    #[inline]
    fn add_part(&mut self, part: Part, amount: i64) {
        if let Some(sum) = self.products.get_mut(part as usize) {
            *sum += i128::from(amount);
        }
    }

    fn add_arr(&mut self, change: i128) {
        self.balances.arr += change;
    }

    fn add_provisional(&mut self, change: i128) {
        self.balances.provisional += change;
    }

    fn of_plain(plain: &Plain<'_>, periods: Periods) -> Result<Option<ByGroup<OfPeriods<Self>>>, Error> {
        Ok(by_period(plain, periods)?.map(|groups| groups.map(OfPeriods::into)))
    }
}

impl Merge for AllFlows {
    fn merge(&mut self, other: Self) {
        self.amounts.iter_mut().zip(other.amounts).for_each(|(ours, theirs)| *ours += theirs);
        self.customers.iter_mut().zip(other.customers).for_each(|(ours, theirs)| *ours += theirs);
        self.products.iter_mut().zip(other.products).for_each(|(ours, theirs)| *ours += theirs);
        self.balances.add(&other.balances);
    }
}

impl From<Tallies> for AllFlows {
    fn from(tallies: Tallies) -> Self {
        let mut flows = Self { products: Part::ALL.map(|part| i128::from(tallies.of_part(part))), ..Self::default() };
        flows.balances.arr = tallies.arr();
        for ((&kind, amount), customers) in MovementKind::ALL.iter().zip(&mut flows.amounts).zip(&mut flows.customers) {
            let tally = tallies.of_kind(kind);
            (*amount, *customers) = (i128::from(tally.amount), u64::from(tally.customers));
            let (mrr, joined) = match kind {
                MovementKind::New | MovementKind::Reactivation => (*amount, i64::from(tally.movements)),
                MovementKind::Churn => (-*amount, -i64::from(tally.movements)),
                MovementKind::Expansion => (*amount, 0),
                MovementKind::Contraction => (-*amount, 0),
                MovementKind::Fx | MovementKind::ProductMix => (0, 0),
            };
            flows.balances.mrr += mrr;
            flows.balances.customers += joined;
        }
        flows
    }
}
