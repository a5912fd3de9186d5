//! Customers by the period in which they first paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::error::Error;
use crate::json::Json;
use crate::ledger::{PerGroup, Units};
use crate::money::Money;
use crate::period::{Calendar, Day, day_argument as day};
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

impl Operation for Cohorts {
    type Arguments = Until;

    fn compute(until: &Until, context: &Context<'_>) -> Result<Self, Error> {
        let calendar = context.definitions.calendar();
        let last = last_closed(calendar, until, context)?;
        let mut units = Units::of(context, Self::COLUMNS)?;
        let mut cohorts: PerGroup<BTreeMap<i32, Cohort>> = PerGroup::of(context);
        let end = calendar.first_day(last + 1).unwrap_or_default();
        units.each(end, &mut |unit| {
            let first_day = unit.first_paying_day();
            let Some(first) = first_day.map(|day| calendar.period_of(day)).filter(|&first| first <= last) else {
                return Ok(());
            };
            let ages = (last - first + 1) as usize;
            if cohorts.group(unit.group).is_some_and(|cohorts| !cohorts.contains_key(&first)) {
                cohorts.add_rows(ages)?;
            }
            let Some(cohorts) = cohorts.group(unit.group) else { return Ok(()) };
            let cohort = cohorts.entry(first).or_default();
            cohort.size += 1;
            cohort.changes.resize(ages, (0, 0));
            unit.steps(|step| {
                if Some(step.day()) == first_day {
                    cohort.base_mrr += i128::from(step.after().mrr);
                }
                let age = calendar.period_of(step.day()) - first;
                if let Some((mrr, customers)) = usize::try_from(age).ok().and_then(|age| cohort.changes.get_mut(age)) {
                    *mrr += i128::from(step.net());
                    *customers += step.joined();
                }
            });
            Ok(())
        })?;
        let groups = units.groups.sorted(cohorts.groups);
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, cohorts) in &groups.groups {
            for (&period, cohort) in cohorts {
                columns.write_ages(calendar.first_day(period).unwrap_or_default(), cohort);
            }
        }
        let rows = |cohorts: &BTreeMap<i32, Cohort>| cohorts.values().map(|cohort| cohort.changes.len()).sum();
        let metadata = context.metadata("cohorts", context.by);
        Ok(columns.into_table(groups.columns(rows), units.priced.digits, metadata))
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

/// The last period that has closed by the end, and by the day whose knowledge counts.
fn last_closed(calendar: Calendar, until: &Until, context: &Context<'_>) -> Result<i32, Error> {
    let asked = calendar.period_of(day("end", until.0)?.previous());
    Ok(context.known_on.map_or(asked, |known_on| asked.min(calendar.period_of(known_on.next()) - 1)))
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
