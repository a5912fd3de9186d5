//! Customers by the period in which they first paid.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::error::Error;
use crate::json::Json;
use crate::ledger::{Collected, Days, Merge, PerGroup, Plain, PlainLine, UnitLine, Units};
use crate::money::Money;
use crate::period::{Day, Periods, day_argument as day};
use crate::query::{Context, Grouped, Operation};
use crate::ratio::Ratio;
use crate::sums::{Additive, Shape, Sums};
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
        /// Customers over size.
        customer_retention: Option<f64> as Ratio,
        /// MRR over base MRR; absent where that is zero.
        mrr_retention: Option<f64> as Ratio,
    }
}

/// What cohorts are asked: the day after the last.
#[derive(Clone, Copy, Debug)]
pub struct Until(pub(super) NaiveDate);

/// The customers who first paid in one period, and by how much what they pay changes at each age; the last change is
/// that of everything after the last age.
#[derive(Clone, Debug, Default)]
struct Cohort {
    size: u64,
    base_mrr: i128,
    changes: Vec<(i128, i64)>,
}

impl Cohort {
    /// Adds what a customer pays more from an age on, and whether it joins (1), leaves (-1) or stays (0).
    #[inline]
    fn add(&mut self, age: usize, net: i64, joined: i64) {
        if let Some((mrr, customers)) = self.changes.get_mut(age) {
            *mrr += i128::from(net);
            *customers += joined;
        }
    }
}

/// Cohorts by the position of their period, those without customers without ages, and the ages of all.
#[derive(Default)]
struct OfCohorts {
    cohorts: Vec<Cohort>,
    rows: usize,
}

impl OfCohorts {
    /// The cohort of a period, with its ages.
    fn cohort(&mut self, period: usize, ages: usize) -> Option<&mut Cohort> {
        if self.cohorts.len() <= period {
            self.cohorts.resize_with(period + 1, Cohort::default);
        }
        let cohort = self.cohorts.get_mut(period)?;
        if cohort.changes.is_empty() {
            self.rows += ages;
            cohort.changes = vec![(0, 0); ages + 1];
        }
        Some(cohort)
    }

    /// Adds a line whose contracts stand as they are: the days on which some are in force follow from their starts and
    /// ends, and nothing has to be put in the order of days.
    fn add_plain(&mut self, line: PlainLine<'_>, days: &Days, periods: usize) {
        let Some(first_day) = line.first_paying_day() else { return };
        let first = days.position(first_day);
        let Some(ages @ 1..) = (periods + 1).checked_sub(first) else { return };
        let Some(cohort) = self.cohort(first, ages) else { return };
        cohort.size += 1;
        let age = |day| days.position(day).saturating_sub(first);
        let mut paid_until = 0;
        cohort.add(0, 0, 1);
        for ((&start, &end), &mrr) in line.start.iter().zip(line.end).zip(line.mrr).filter(|&(_, &mrr)| mrr > 0) {
            cohort.base_mrr += i128::from(if start == first_day { mrr } else { 0 });
            let (from, to) = (age(start), age(end));
            let returns = i64::from(from > paid_until);
            cohort.add(paid_until, 0, -returns);
            cohort.add(from, mrr, returns);
            cohort.add(to, -mrr, 0);
            paid_until = paid_until.max(to);
        }
        cohort.add(paid_until, 0, -1);
    }

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
            if let Some(age) = days.position(step.day()).checked_sub(first) {
                cohort.add(age, step.moved().net(), step.moved().joined());
            }
        });
    }
}

impl Merge for OfCohorts {
    fn merge(&mut self, other: Self) {
        for (period, theirs) in other.cohorts.into_iter().enumerate() {
            let Some(ages @ 1..) = theirs.changes.len().checked_sub(1) else { continue };
            let Some(ours) = self.cohort(period, ages) else { continue };
            ours.size += theirs.size;
            ours.base_mrr += theirs.base_mrr;
            for ((mrr, customers), (more, joined)) in ours.changes.iter_mut().zip(theirs.changes) {
                *mrr += more;
                *customers += joined;
            }
        }
    }
}

impl Collected for OfCohorts {
    fn rows(&self) -> usize {
        self.rows
    }
}

impl Operation for Cohorts {
    type Arguments = Until;

    fn compute(until: &Until, context: &Context<'_>) -> Result<Self, Error> {
        let periods = periods(until, context)?;
        let units = Units::of(context, Self::COLUMNS)?;
        let empty = &OfCohorts::default;
        let groups = match (periods, Plain::for_cohorts(&units)) {
            // Without a period there is no cohort.
            (None, _) => units.collect(Day::MIN, empty, || |_: &mut PerGroup<'_, _>, _: UnitLine<'_>| Ok(())),
            (Some(periods), Some(plain)) => {
                let days = Days::of(periods);
                plain.collect(empty, || |cohorts: &mut OfCohorts, line| cohorts.add_plain(line, &days, periods.len()))
            }
            (Some(periods), None) => {
                let days = Days::of(periods);
                units.collect(periods.end(), empty, || {
                    |of_groups: &mut PerGroup<'_, OfCohorts>, unit: UnitLine<'_>| {
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
        let metadata = context.metadata("cohorts", context.by);
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, metadata))
    }
}

impl Grouped for Cohorts {}

impl Additive for Cohorts {
    const SHAPE: Shape =
        Shape { operation: Self::SCHEMA, columns: Self::COLUMNS, keys: &["cohort", "age"], rebuild: Some(rebuild) };

    fn asked(until: &Until) -> Vec<(&'static str, Json)> {
        vec![("end", Json::Text(until.0.to_string()))]
    }
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
    let end = day("end", until.0)?;
    // The end may lie before the first start and in its period, all of which counts.
    let first = context.portfolio.book.first_start().and_then(|day| calendar.first_day(calendar.period_of(day)));
    let asked = first.and_then(|first| calendar.periods(first, end));
    Ok(asked.and_then(|periods| periods.first(context.closed(periods))))
}

impl Columns {
    /// A row for each age of the cohort of a period.
    fn write_ages(&mut self, period: Day, cohort: &Cohort) {
        let (mut mrr, mut customers) = (0, 0);
        let ages = cohort.changes.len().saturating_sub(1);
        for (age, &(more, joined)) in (0..).zip(cohort.changes.iter().take(ages)) {
            mrr += more;
            customers += joined;
            self.cohort.push(period);
            self.age.push(age);
            self.write(cohort, u64::try_from(customers).unwrap_or_default(), mrr);
        }
    }

    fn write(&mut self, &Cohort { size, base_mrr, .. }: &Cohort, customers: u64, mrr: i128) {
        self.size.push(size);
        self.base_mrr.push(base_mrr);
        self.customers.push(customers);
        self.mrr.push(mrr);
        self.customer_retention.push(Ratio::of(customers.into(), size.into()));
        self.mrr_retention.push(Ratio::of(mrr, base_mrr));
    }
}
