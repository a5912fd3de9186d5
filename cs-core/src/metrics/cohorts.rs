//! Customers by the period in which they first paid.

use std::ops::{AddAssign, SubAssign};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::docs::documented;
use crate::error::Error;
use crate::json::Json;
use crate::ledger::{Collected, Days, Merge, PerGroup, Plain, PlainLine, UnitLine, Units};
use crate::money::Money;
use crate::period::{Day, Periods, day_argument as day};
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, Asked, BY, Context, END, Errors, Grouped, KNOW_YOUR_METRICS, KnownOn, Operation, OverPeriods,
    Parameter, Query, Told, parameters,
};
use crate::ratio::Ratio;
use crate::sums::{Additive, Rebuild, Sums};
use crate::table::{Column, Table, result_table};
use crate::text::TextPool;

result_table! {
    /// Cohorts of customers, a row for each group, cohort and age.
    pub struct Cohorts("cohorts") of
    /// A cohort at one age.
    CohortsRow, built from Columns {
        /// The first day of the period in which its customers first paid.
        cohort: NaiveDate as Date,
        /// Periods since; at age 0 it is looked at at the close of that period itself.
        age: u64 as Count,
        /// All customers of the cohort.
        size: u64 as Count,
        /// What each of them paid at the close of its first paying day, summed.
        base_mrr: Money as Amount,
        /// Those who pay at the close.
        customers: u64 as Count,
        /// What they pay.
        mrr: Money as Amount,
        /// Customers over size; never absent, since a cohort has customers.
        customer_retention: Option<f64> as Ratio,
        /// MRR over base MRR; absent where that is zero.
        mrr_retention: Option<f64> as Ratio,
    }
}

/// What cohorts are asked: the day after the last.
#[derive(Clone, Copy, Debug)]
pub struct Until(pub(super) NaiveDate);

const COHORTS_BY: Parameter = Parameter {
    doc: documented(
        "What to group by: columns of customers, product (then each customer's line for one product is what is counted).",
    ),
    ..BY
};

impl Asked for Until {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self(arguments.day(END.name)?))
    }
}

impl Told for Until {
    fn told(&self) -> Vec<(&'static str, Json)> {
        vec![(END.name, Json::Text(self.0.to_string()))]
    }
}

impl Portfolio {
    /// Customers by the period in which they first paid, and what becomes of them: a row for every cohort and every
    /// age up to the last close before `end`, which is widened to whole periods.
    ///
    /// `customer_retention = customers / size`, which is never absent; `mrr_retention = mrr / base_mrr`, absent where that is
    /// zero: fractions, of which 1 is 100%. Amounts are MRR in the portfolio's currency; age 0 is the close of the cohort's
    /// own period. At every close, MRR over all cohorts is total MRR.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr\n\
    ///             c-1,acme,2026-01-10,,100\n\
    ///             c-2,bolt,2026-01-20,2026-02-10,50\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let cohorts = portfolio.cohorts(NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()).run()?;
    /// let retained: Vec<_> = cohorts.rows().map(|row| (row.age, row.customer_retention)).collect();
    /// assert_eq!(retained, [(0, Some(1.0)), (1, Some(0.5))]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn cohorts(&self, end: NaiveDate) -> Query<'_, Cohorts> {
        Query::of(self, Until(end))
    }
}

/// A sum of amounts: of 64 bits where all that there are fit together.
trait Sum: Copy + Default + AddAssign + SubAssign + From<i64> + Into<i128> + Send {}

impl Sum for i64 {}
impl Sum for i128 {}

/// The customers who first paid in one period, and by how much what they pay changes at each age; the last change is
/// that of everything after the last age.
#[derive(Clone, Debug, Default)]
struct Cohort<S> {
    size: u64,
    base_mrr: S,
    changes: Vec<Change<S>>,
}

/// By how much MRR and the number of customers change at an age.
#[derive(Clone, Copy, Debug, Default)]
struct Change<S> {
    mrr: S,
    customers: i64,
}

/// Cohorts by the position of their period, those without customers without ages, and the ages of all.
#[derive(Default)]
struct OfCohorts<S> {
    cohorts: Vec<Cohort<S>>,
    rows: usize,
}

impl<S: Sum> Cohort<S> {
    /// Changes what there is at an age, or behind the last.
    #[inline]
    fn at(&mut self, age: usize, change: impl FnOnce(&mut Change<S>)) {
        if let Some(slot) = self.changes.get_mut(age) {
            change(slot);
        }
    }
}

impl<S: Sum> OfCohorts<S> {
    /// The cohort of a period, with its ages.
    fn cohort(&mut self, period: usize, ages: usize) -> Option<&mut Cohort<S>> {
        if self.cohorts.len() <= period {
            self.cohorts.resize_with(period + 1, Cohort::default);
        }
        let cohort = self.cohorts.get_mut(period)?;
        if cohort.changes.is_empty() {
            self.rows += ages;
            cohort.changes = vec![Change::default(); ages + 1];
        }
        Some(cohort)
    }

    /// The same with wide sums.
    fn widened(self) -> OfCohorts<i128> {
        let change = |Change { mrr, customers }: Change<S>| Change { mrr: mrr.into(), customers };
        let cohort = |Cohort { size, base_mrr, changes }: Cohort<S>| Cohort {
            size,
            base_mrr: base_mrr.into(),
            changes: changes.into_iter().map(change).collect(),
        };
        OfCohorts { cohorts: self.cohorts.into_iter().map(cohort).collect(), rows: self.rows }
    }

    /// Adds a line whose contracts stand as they are: the days on which some are in force follow from their starts and
    /// ends, and nothing has to be put in the order of days.
    #[inline]
    fn add_plain(&mut self, line: PlainLine<'_>, days: &Days, periods: usize) {
        let Some(first_day) = line.first_paying_day() else { return };
        let first = days.position(first_day);
        let Some(ages @ 1..) = (periods + 1).checked_sub(first) else { return };
        let Some(cohort) = self.cohort(first, ages) else { return };
        cohort.size += 1;
        let age = |day| days.position(day).saturating_sub(first);
        let mut paid_until = 0;
        cohort.at(0, |change| change.customers += 1);
        for ((&start, &end), &mrr) in line.start.iter().zip(line.end).zip(line.mrr).filter(|&(_, &mrr)| mrr > 0) {
            cohort.base_mrr += S::from(if start == first_day { mrr } else { 0 });
            let (from, to) = (age(start), age(end));
            // Nobody leaves where the next contract starts before all others have ended.
            let returns = i64::from(from > paid_until);
            cohort.at(paid_until, |change| change.customers -= returns);
            cohort.at(from, |change| {
                change.mrr += S::from(mrr);
                change.customers += returns;
            });
            cohort.at(to, |change| change.mrr -= S::from(mrr));
            paid_until = paid_until.max(to);
        }
        cohort.at(paid_until, |change| change.customers -= 1);
    }
}

impl OfCohorts<i128> {
    /// Adds any line.
    fn add(&mut self, unit: UnitLine<'_>, days: &Days, periods: usize) {
        let first_day = unit.first_paying_day();
        let Some(first @ 1..) = first_day.map(|day| days.position(day)) else { return };
        let Some(ages @ 1..) = (periods + 1).checked_sub(first) else { return };
        let Some(cohort) = self.cohort(first, ages) else { return };
        cohort.size += 1;
        unit.steps(|step| {
            if Some(step.day()) == first_day {
                cohort.base_mrr += i128::from(step.moved().after.mrr);
            }
            let Some(age) = days.position(step.day()).checked_sub(first) else { return };
            cohort.at(age, |change| {
                change.mrr += i128::from(step.moved().net());
                change.customers += step.moved().joined();
            });
        });
    }
}

impl<S: Sum> Merge for OfCohorts<S> {
    fn merge(&mut self, other: Self) {
        for (period, theirs) in other.cohorts.into_iter().enumerate() {
            let Some(ages @ 1..) = theirs.changes.len().checked_sub(1) else { continue };
            let Some(ours) = self.cohort(period, ages) else { continue };
            ours.size += theirs.size;
            ours.base_mrr += theirs.base_mrr;
            for (ours, theirs) in ours.changes.iter_mut().zip(theirs.changes) {
                ours.mrr += theirs.mrr;
                ours.customers += theirs.customers;
            }
        }
    }
}

impl<S: Sum> Collected for OfCohorts<S> {
    fn rows(&self) -> usize {
        self.rows
    }
}

impl Operation for Cohorts {
    type Asked = Until;

    const ABOUT: About = About {
        doc: "Customers by the period in which they first paid, and what becomes of them.\n\n\
              `customer_retention = customers / size` and `mrr_retention = mrr / base_mrr`; age 0 is the close of the \
              cohort's own period. At every close the sum of `mrr` over cohorts is total MRR.",
        parameters: parameters![END, COHORTS_BY],
        rows: "A row for each group, cohort and age, in their order, up to the last close.",
        errors: Errors::CONTRACTS,
        source: KNOW_YOUR_METRICS,
    };

    fn compute(until: &Until, context: &Context<'_>) -> Result<Self, Error> {
        let periods = periods(until, context)?;
        let units = Units::of(context)?;
        let empty = &OfCohorts::<i128>::default;
        let groups = match (periods, Plain::for_cohorts(&units)) {
            // Without a period there is no cohort.
            (None, _) => units.collect(Day::MIN, empty, || |_: &mut PerGroup<'_, _>, _: UnitLine<'_>| Ok(())),
            (Some(periods), Some(plain)) => {
                let days = Days::of(periods);
                let add = || {
                    |cohorts: &mut OfCohorts<i64>, line: PlainLine<'_>| cohorts.add_plain(line, &days, periods.len())
                };
                plain.collect(&OfCohorts::default, add).map(|groups| groups.map(OfCohorts::widened))
            }
            (Some(periods), None) => {
                let days = Days::of(periods);
                units.collect(periods.end(), empty, || {
                    |of_groups: &mut PerGroup<'_, OfCohorts<i128>>, unit: UnitLine<'_>| {
                        of_groups.add(unit.group, |cohorts| cohorts.add(unit, &days, periods.len()))
                    }
                })
            }
        }?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, of_periods) in &groups.groups {
            for (position, cohort) in of_periods.cohorts.iter().enumerate() {
                columns.write_ages(periods.map_or(Day::MIN, |periods| periods.day(position.saturating_sub(1))), cohort);
            }
        }
        let metadata = context.metadata();
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, metadata))
    }
}

impl Grouped for Cohorts {}

impl KnownOn for Cohorts {}

impl OverPeriods for Cohorts {}

impl Additive for Cohorts {
    const KEYS: &'static [&'static str] = &["cohort", "age"];
    const REBUILD: Option<Rebuild> = Some(rebuild);
}

fn rebuild(sums: &Sums<'_>, groups: Vec<Column>) -> Table {
    let mut columns = Columns::of(&Arc::new(TextPool::default()));
    for row in sums.rows() {
        let cohort =
            Cohort { size: sums.count(row, "size"), base_mrr: sums.units(row, "base_mrr"), ..Cohort::default() };
        columns.cohort.push(sums.day(row, "cohort"));
        columns.age.push(sums.count(row, "age"));
        columns.write(&cohort, sums.count(row, "customers"), sums.units(row, "mrr"));
    }
    columns.into_table(groups, sums.digits(), sums.metadata()).into()
}

/// The periods from the first in which a contract starts to the last that has closed by the end, and by the day whose
/// knowledge counts; none without such a period.
fn periods(until: &Until, context: &Context<'_>) -> Result<Option<Periods>, Error> {
    let calendar = context.definitions.calendar();
    let end = day(END.name, until.0)?;
    // The end may lie before the first start and in its period, all of which counts.
    let first = context.portfolio.book.first_start().and_then(|day| calendar.first_day(calendar.period_of(day)));
    let asked = first.and_then(|first| calendar.periods(first, end));
    Ok(asked.and_then(|periods| periods.first(context.closed(periods))))
}

impl Columns {
    /// A row for each age of the cohort of a period.
    fn write_ages(&mut self, period: Day, cohort: &Cohort<i128>) {
        let (mut mrr, mut customers) = (0, 0);
        let ages = cohort.changes.len().saturating_sub(1);
        for (age, change) in (0..).zip(cohort.changes.iter().take(ages)) {
            mrr += change.mrr;
            customers += change.customers;
            self.cohort.push(period);
            self.age.push(age);
            self.write(cohort, u64::try_from(customers).unwrap_or_default(), mrr);
        }
    }

    fn write(&mut self, &Cohort { size, base_mrr, .. }: &Cohort<i128>, customers: u64, mrr: i128) {
        self.size.push(size);
        self.base_mrr.push(base_mrr);
        self.customers.push(customers);
        self.mrr.push(mrr);
        self.customer_retention.push(Ratio::of(customers.into(), size.into()));
        self.mrr_retention.push(Ratio::of(mrr, base_mrr));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_period_counts_that_the_end_lies_in() -> Result<(), Error> {
        let portfolio = Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-03-07,10\n")
            .currency("USD")
            .load()?;
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        for (end, cohorts) in [(day(3, 1), 0), (day(3, 2), 1), (day(4, 1), 1), (day(4, 2), 2)] {
            assert_eq!(portfolio.cohorts(end).run()?.rows().count(), cohorts, "{end}");
        }
        Ok(())
    }
}
