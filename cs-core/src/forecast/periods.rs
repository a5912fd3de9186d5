//! The stays of a book in whole periods, group by group, which the shifted-beta-geometric model looks at.

use super::course::Course;
use crate::error::Error;
use crate::ledger::{ByGroup, Collected, Merge, PerGroup, UnitLine, Units};
use crate::period::Day;
use crate::query::{Parameter, Takes};

pub(crate) const PERIOD_MONTHS: Parameter = Parameter::optional(
    "period_months",
    Takes::Count,
    "1",
    "How many months there are between two days on which a customer may leave, from 1 to 60: 12 for yearly contracts.",
);

/// Stays in whole periods, and whether each has ended.
#[derive(Clone, Debug, Default)]
pub(super) struct PeriodStays {
    stays: Vec<(u32, bool)>,
    /// Rows of the result that there are of a group.
    rows: usize,
}

impl Merge for PeriodStays {
    fn merge(&mut self, other: Self) {
        self.stays.extend(other.stays);
    }
}

impl Collected for PeriodStays {
    fn rows(&self) -> usize {
        self.rows
    }
}

/// So many months a period has.
pub(crate) const MANY_MONTHS: std::ops::RangeInclusive<u32> = 1..=60;

/// The stays of every group up to the close of a day: who leaves does so at the end of a period.
pub(crate) fn courses_in_periods(
    units: &Units<'_>,
    day: Day,
    period_months: u32,
    rows: usize,
) -> Result<ByGroup<Course>, Error> {
    let empty = || PeriodStays { stays: Vec::new(), rows };
    let groups = units.collect(day.next(), &empty, || {
        |of_groups: &mut PerGroup<'_, PeriodStays>, unit: UnitLine<'_>| {
            let group = unit.group;
            let stay = unit.stay().map(|stay| stay.periods(day, period_months));
            of_groups.add(group, |stays| stays.stays.extend(stay))
        }
    })?;
    Ok(groups.map(|stays| Course::of_days(stays.stays.into_iter())))
}
