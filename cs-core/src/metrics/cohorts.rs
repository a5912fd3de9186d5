//! Customers by the period in which they first paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::error::Error;
use crate::json::Json;
use crate::ledger::{Collected, Days, Merge, PerGroup, UnitLine, Units};
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

/// The customers who first paid in one period, and by how much what they pay changes at each age.
#[derive(Clone, Debug, Default)]
struct Cohort {
    size: u64,
    base_mrr: i128,
    changes: Vec<(i128, i64)>,
}

/// Cohorts by the position of their period, and the ages of all.
#[derive(Default)]
struct OfCohorts {
    cohorts: BTreeMap<usize, Cohort>,
    rows: usize,
}

impl OfCohorts {
    /// The cohort of a period, with its ages.
    fn cohort(&mut self, period: usize, ages: usize) -> &mut Cohort {
        let rows = &mut self.rows;
        self.cohorts.entry(period).or_insert_with(|| {
            *rows += ages;
            Cohort { changes: vec![(0, 0); ages], ..Cohort::default() }
        })
    }
}

impl Merge for OfCohorts {
    fn merge(&mut self, other: Self) {
        for (period, theirs) in other.cohorts {
            let ours = self.cohort(period, theirs.changes.len());
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
        let days = periods.map(Days::of);
        let units = Units::of(context, Self::COLUMNS)?;
        let groups = units.collect(periods.map_or(Day::MIN, Periods::end), &OfCohorts::default, || {
            |of_groups: &mut PerGroup<'_, OfCohorts>, unit: UnitLine<'_>| {
                let first_day = unit.first_paying_day();
                let position = |day| days.as_ref().map_or(0, |days| days.position(day));
                let (Some(periods), Some(first @ 1..)) = (periods, first_day.map(position)) else { return Ok(()) };
                of_groups.add(unit.group, |cohorts| {
                    let cohort = cohorts.cohort(first, periods.len() + 1 - first);
                    cohort.size += 1;
                    unit.steps(|step| {
                        if Some(step.day()) == first_day {
                            cohort.base_mrr += i128::from(step.after().mrr);
                        }
                        let age = position(step.day()).checked_sub(first);
                        if let Some((mrr, customers)) = age.and_then(|age| cohort.changes.get_mut(age)) {
                            *mrr += i128::from(step.net());
                            *customers += step.joined();
                        }
                    });
                })
            }
        })?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, of_periods) in &groups.groups {
            for (&period, cohort) in &of_periods.cohorts {
                columns.write_ages(periods.map_or(Day::MIN, |periods| periods.day(period - 1)), cohort);
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
        for (age, &(more, joined)) in (0..).zip(&cohort.changes) {
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
