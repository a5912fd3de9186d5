//! Which share of what falls due is renewed, by period.

use std::sync::Arc;

use chrono::NaiveDate;

use super::discount::Discount;
use super::due::{DueLine, RenewalOutcome, RenewalTiming, Rules, due_lines};
use super::lines::RENEWALS_KNOWN_ON;
use crate::definitions::RenewalUnit;
use crate::error::{Code, Error, Problem};
use crate::ledger::{Collected, Days, Held, Merge, PerGroup, TooManyRows, UnitLine, Units};
use crate::money::Money;
use crate::order::sort_by_key;
use crate::period::{Day, Periods};
use crate::portfolio::Portfolio;
use crate::query::{
    About, BY, Context, DEFINITIONS, END, Errors, Grouped, KnownOn, Operation, PRODUCT, Query, Range, START,
};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// Which share of what falls due is renewed, a row for each group and period.
    pub struct Renewals("renewals") of
    /// What falls due in one period: contracts of one customer, for one product unless the definitions say otherwise, that
    /// fall due on one day count once.
    RenewalsRow, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// Renewals that fall due in the period, but for what is free.
        due_count: u64 as Count,
        /// Those of which nobody knows yet what becomes of them: what follows may still come.
        pending_count: u64 as Count,
        /// Those that go on at the same MRR.
        renewed_count: u64 as Count,
        /// Those that go on at more.
        upgraded_count: u64 as Count,
        /// Those that go on at less.
        downgraded_count: u64 as Count,
        /// Those that nothing follows.
        lost_count: u64 as Count,
        /// Of the lost those that ended before their term was over.
        early_termination_count: u64 as Count,
        /// What costs nothing and falls due: outside of all the others.
        free_count: u64 as Count,
        /// Of those that go on those whose successor begins before the day on which they fall due.
        early_count: u64 as Count,
        /// The same on that day.
        on_time_count: u64 as Count,
        /// The same after it.
        late_count: u64 as Count,
        /// The MRR that falls due: `pending_mrr + kept_mrr + downgrade_mrr + lost_mrr`.
        due_mrr: Money as Amount,
        /// The MRR of what is pending.
        pending_mrr: Money as Amount,
        /// What goes on of the MRR that fell due.
        kept_mrr: Money as Amount,
        /// By how much more the upgraded go on.
        upgrade_mrr: Money as Amount,
        /// By how much less the downgraded go on.
        downgrade_mrr: Money as Amount,
        /// The MRR of the lost: withdrawals.
        lost_mrr: Money as Amount,
        /// Those that go on over all that are not pending; absent where there are none.
        renewal_rate: Option<f64> as Ratio,
        /// The lower end of its Wilson interval, at 95%; absent likewise.
        renewal_rate_low: Option<f64> as Ratio,
        /// The upper end of it, absent likewise.
        renewal_rate_high: Option<f64> as Ratio,
        /// `kept_mrr / (due_mrr - pending_mrr)`; absent where that is zero.
        gross_renewal_rate: Option<f64> as Ratio,
        /// `(kept_mrr + upgrade_mrr) / (due_mrr - pending_mrr)`; absent likewise.
        net_renewal_rate: Option<f64> as Ratio,
        /// First renewals: each of their contracts comes to the end of its first term, and what it follows, if anything, was
        /// amended before it came to one; without what is pending.
        first_count: u64 as Count,
        /// Those of them that go on.
        first_kept_count: u64 as Count,
        /// The share of these; absent where there are no first renewals.
        first_renewal_rate: Option<f64> as Ratio,
        /// The share of the list price that those first renewals that go on did not pay before; only those of which a list
        /// price is given on both sides are in it, and it is absent without any.
        first_discount: Option<f64> as Ratio,
        /// The share that they do not pay since; absent likewise.
        first_renewed_discount: Option<f64> as Ratio,
        /// The second less the first: by how much the discount grew at the first renewal; absent likewise. Each renewal weighs
        /// what its list price is; in `drilldown` all count alike.
        first_discount_change: Option<f64> as Ratio,
        /// The MRR of contracts without a term and without an end, which never fall due, at the close of the period.
        open_ended_mrr: Money as Amount,
    }
}

impl Portfolio {
    /// Which share of what falls due in a period is renewed.
    ///
    /// `renewal_rate = (renewed + upgraded + downgraded) / (due - pending)` by count, `gross_renewal_rate` the MRR that goes
    /// on of what fell due, `net_renewal_rate` with what upgrades add; each absent where it would divide by zero. [`Portfolio::renewal_lines`] tells
    /// one by one what falls due, and what follows it. Periods to come are there; what falls due in them is pending unless as much
    /// is signed already. The term end counts and not the day of a notice: `churn_date` and gaps play no part.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2025-01-01,2026-01-01,100\nc-2,acme,2026-01-01,2027-01-01,120\n\
    ///             c-3,bolt,2025-01-01,2026-01-01,50\n";
    /// let until = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
    /// let portfolio = Portfolio::from_csv(book).currency("USD").observed_until(until).load()?;
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    /// let renewals = portfolio.renewals(day(1), day(2)).run()?;
    /// let row = renewals.rows().next().unwrap();
    /// assert_eq!((row.due_count, row.upgraded_count, row.lost_count, row.renewal_rate), (2, 1, 1, Some(0.5)));
    /// assert_eq!([row.due_mrr, row.kept_mrr, row.lost_mrr].map(|mrr| mrr.to_string()), ["150.00", "100.00", "50.00"]);
    /// assert_eq!(row.net_renewal_rate, Some(0.8));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn renewals(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Renewals> {
        Query::of(self, Range::of(start, end))
    }
}

/// What falls due in a period.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    renewed: u64,
    upgraded: u64,
    downgraded: u64,
    lost: u64,
    early_terminations: u64,
    pending: u64,
    free: u64,
    early: u64,
    on_time: u64,
    late: u64,
    pending_mrr: i128,
    kept_mrr: i128,
    upgrade_mrr: i128,
    downgrade_mrr: i128,
    lost_mrr: i128,
    first: u64,
    first_kept: u64,
    /// Of first renewals that go on, before and since.
    first_discounts: [Discount; 2],
    /// Of contracts that begin in the period, or before the first of all.
    open_ended_mrr: i128,
}

impl Merge for Tally {
    fn merge(&mut self, other: Self) {
        self.renewed += other.renewed;
        self.upgraded += other.upgraded;
        self.downgraded += other.downgraded;
        self.lost += other.lost;
        self.early_terminations += other.early_terminations;
        self.pending += other.pending;
        self.free += other.free;
        self.early += other.early;
        self.on_time += other.on_time;
        self.late += other.late;
        self.pending_mrr += other.pending_mrr;
        self.kept_mrr += other.kept_mrr;
        self.upgrade_mrr += other.upgrade_mrr;
        self.downgrade_mrr += other.downgrade_mrr;
        self.lost_mrr += other.lost_mrr;
        self.first += other.first;
        self.first_kept += other.first_kept;
        self.first_discounts.iter_mut().zip(other.first_discounts).for_each(|(ours, theirs)| ours.add(theirs));
        self.open_ended_mrr += other.open_ended_mrr;
    }
}

impl Tally {
    fn add(&mut self, held: &[Held], line: &DueLine) {
        let (before, after) = (line.due_mrr, line.renewed_mrr);
        let count = match line.outcome {
            RenewalOutcome::Free => {
                self.free += 1;
                return;
            }
            RenewalOutcome::Pending => {
                self.pending += 1;
                self.pending_mrr += before;
                return;
            }
            RenewalOutcome::Renewed => &mut self.renewed,
            RenewalOutcome::Upgraded => &mut self.upgraded,
            RenewalOutcome::Downgraded => &mut self.downgraded,
            RenewalOutcome::Lost | RenewalOutcome::EarlyTermination => {
                self.early_terminations += u64::from(line.outcome == RenewalOutcome::EarlyTermination);
                self.lost_mrr += before;
                self.lost += 1;
                self.first += u64::from(line.is_first);
                return;
            }
        };
        *count += 1;
        match line.timing {
            Some(RenewalTiming::Early) => self.early += 1,
            Some(RenewalTiming::OnTime) => self.on_time += 1,
            Some(RenewalTiming::Late) => self.late += 1,
            None => {}
        }
        self.kept_mrr += before.min(after);
        self.upgrade_mrr += (after - before).max(0);
        self.downgrade_mrr += (before - after).max(0);
        if line.is_first {
            self.first += 1;
            self.first_kept += 1;
            let discounts = [&line.due, &line.following].map(|places| Discount::of(held, places));
            if let [Some(then), Some(since)] = discounts {
                self.first_discounts.iter_mut().zip([then, since]).for_each(|(sum, one)| sum.add(one));
            }
        }
    }

    fn kept(&self) -> u64 {
        self.renewed + self.upgraded + self.downgraded
    }
}

/// What falls due of a customer, unit by unit.
struct OfCustomer {
    customer: u32,
    held: Vec<Held>,
    lines: Vec<DueLine>,
    /// The contracts that never fall due.
    open_ended: Vec<Held>,
}

impl OfCustomer {
    fn of(units: &Units<'_>, customer: u32, rules: &Rules) -> Result<Self, TooManyRows> {
        let held = Held::of(units, customer);
        let (mut lines, mut open_ended) = (due_lines(&held, rules)?, held.clone());
        open_ended.retain(Held::is_open_ended);
        lines.sort_by_key(|line| line.unit);
        sort_by_key(&mut open_ended, |held| held.unit.into());
        Ok(Self { customer, held, lines, open_ended })
    }

    /// The lines and the open-ended contracts of one unit, or all.
    fn of_unit(&self, unit: Option<u32>) -> (&[DueLine], &[Held]) {
        let Some(unit) = unit else { return (&self.lines, &self.open_ended) };
        let range = |from: usize, to: usize| from..to;
        let lines = range(
            self.lines.partition_point(|line| line.unit < unit),
            self.lines.partition_point(|line| line.unit <= unit),
        );
        let open_ended = range(
            self.open_ended.partition_point(|held| held.unit < unit),
            self.open_ended.partition_point(|held| held.unit <= unit),
        );
        (self.lines.get(lines).unwrap_or_default(), self.open_ended.get(open_ended).unwrap_or_default())
    }
}

impl Operation for Renewals {
    type Asked = Range;

    const ABOUT: About = About {
        doc: "Which share of what falls due in a period is renewed, by count and by MRR.\n\n\
              `renewal_rate = (renewed + upgraded + downgraded) / (due - pending)`, `gross_renewal_rate` the MRR that goes on \
              of what fell due, `net_renewal_rate` with what upgrades add. Contracts of one customer for one product that fall \
              due on one day count once. Periods to come are there, and what falls due in them is pending.",
        parameters: &[START, END, BY, DEFINITIONS, RENEWALS_KNOWN_ON],
        rows: "A row for each group and period, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange, Code::InvalidArgument], ..Errors::AS_OF },
        source: "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy: what is renewed \
                 is told apart by withdrawals, downgrades and upgrades; the interval is that of E. B. Wilson, 1927.",
    };

    fn compute(asked: &Range, context: &Context<'_>) -> Result<Self, Error> {
        let by_product = context.by.iter().any(|name| name == PRODUCT);
        if by_product && context.definitions.renewal_unit == RenewalUnit::Customer {
            let message = "all of a customer's contracts are renewed together, whatever their products";
            let problem = Problem::argument(Code::InvalidArgument, BY.name, message).value(PRODUCT);
            return Err(problem.help("give definitions with renewal_unit=\"customer_product\"").into());
        }
        let periods = asked.periods(context.definitions)?;
        let (rules, days) = (Rules::asked(context, periods), Days::of(periods));
        let units = Units::of(context)?;
        let groups = units.collect(periods.end(), &|| vec![Tally::default(); periods.len()], || {
            let (days, mut last) = (&days, None::<OfCustomer>);
            let (units, rules) = (&units, &rules);
            move |of_groups: &mut PerGroup<'_, Vec<Tally>>, unit: UnitLine<'_>| {
                // Of a customer's products, one after the other, what falls due is looked for once.
                let of = match last.take() {
                    Some(of) if of.customer == unit.customer => of,
                    _ => OfCustomer::of(units, unit.customer, rules)?,
                };
                let of: &OfCustomer = last.insert(of);
                let (lines, open_ended) = of.of_unit(by_product.then(|| unit.group.product()));
                of_groups.add(unit.group, |tallies| {
                    for line in lines {
                        if let Some(tally) = days.place(line.day).and_then(|place| tallies.get_mut(place)) {
                            tally.add(&of.held, line);
                        }
                    }
                    for contract in open_ended {
                        // Positions are one more than those of periods, and 0 before them all.
                        let place = days.position(contract.start).saturating_sub(1);
                        if let Some(tally) = tallies.get_mut(place) {
                            tally.open_ended_mrr += i128::from(contract.mrr);
                        }
                    }
                })
            }
        })?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, tallies) in &groups.groups {
            let mut open_ended_mrr = 0;
            for (position, tally) in tallies.iter().enumerate() {
                open_ended_mrr += tally.open_ended_mrr;
                columns.write(periods, position, &Tally { open_ended_mrr, ..*tally });
            }
        }
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for Renewals {}

impl KnownOn for Renewals {}

impl Columns {
    fn write(&mut self, periods: Periods, position: usize, tally: &Tally) {
        let day = |position| -> Day { periods.day(position) };
        let (kept, decided) = (tally.kept(), tally.kept() + tally.lost);
        let decided_mrr = tally.kept_mrr + tally.downgrade_mrr + tally.lost_mrr;
        let (low, high) = Ratio::wilson(kept, decided);
        let [then, since] = tally.first_discounts;
        let discount = |share: Ratio| if then.is_some() { share } else { Ratio::Absent(Reason::NotKnown) };
        self.period_start.push(day(position));
        self.period_end.push(day(position + 1));
        self.due_count.push(decided + tally.pending);
        self.pending_count.push(tally.pending);
        self.renewed_count.push(tally.renewed);
        self.upgraded_count.push(tally.upgraded);
        self.downgraded_count.push(tally.downgraded);
        self.lost_count.push(tally.lost);
        self.early_termination_count.push(tally.early_terminations);
        self.free_count.push(tally.free);
        self.early_count.push(tally.early);
        self.on_time_count.push(tally.on_time);
        self.late_count.push(tally.late);
        self.due_mrr.push(decided_mrr + tally.pending_mrr);
        self.pending_mrr.push(tally.pending_mrr);
        self.kept_mrr.push(tally.kept_mrr);
        self.upgrade_mrr.push(tally.upgrade_mrr);
        self.downgrade_mrr.push(tally.downgrade_mrr);
        self.lost_mrr.push(tally.lost_mrr);
        self.renewal_rate.push(Ratio::of(kept.into(), decided.into()));
        self.renewal_rate_low.push(low);
        self.renewal_rate_high.push(high);
        self.gross_renewal_rate.push(Ratio::of(tally.kept_mrr, decided_mrr));
        self.net_renewal_rate.push(Ratio::of(tally.kept_mrr + tally.upgrade_mrr, decided_mrr));
        self.first_count.push(tally.first);
        self.first_kept_count.push(tally.first_kept);
        self.first_renewal_rate.push(Ratio::of(tally.first_kept.into(), tally.first.into()));
        self.first_discount.push(discount(then.share()));
        self.first_renewed_discount.push(discount(since.share()));
        self.first_discount_change.push(discount(since.less(then)));
        self.open_ended_mrr.push(tally.open_ended_mrr);
    }
}
