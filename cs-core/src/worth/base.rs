//! What the customers of a group come to.

use super::costs::{Costs, Sum};
use crate::error::Error;
use crate::forecast::Course;
use crate::ledger::{ByGroup, Collected, Merge, OneTime, PerGroup, UnitLine, Units};
use crate::period::Trailing;
use crate::renewal::first_term_end;

/// What the customers of a group come to, at the close of a day and over a window up to it.
#[derive(Debug, Default)]
pub(super) struct Base {
    /// Who pays at the close of the day, and what.
    pub(super) customers: u64,
    pub(super) mrr: i128,
    /// Who paid at the close before the window, who of them does not at its end, and who first paid in it.
    pub(super) opening: u64,
    pub(super) lost: u64,
    pub(super) new: u64,
    /// Who has ever paid, and what they bought once.
    pub(super) ever: u64,
    pub(super) one_time: i128,
    pub(super) acquisition: Sum,
    pub(super) onboarding: Sum,
    /// Days of first terms, and of how many customers.
    pub(super) term_days: i128,
    pub(super) terms: u64,
    /// Whole months of the stays of all who have ever paid, and whether they have left.
    stays: Vec<(u32, bool)>,
    /// The same in whole periods of several months; empty where these are of one.
    stays_in_periods: Vec<(u32, bool)>,
}

impl Merge for Base {
    fn merge(&mut self, other: Self) {
        self.customers += other.customers;
        self.mrr += other.mrr;
        self.opening += other.opening;
        self.lost += other.lost;
        self.new += other.new;
        self.ever += other.ever;
        self.one_time += other.one_time;
        self.acquisition.add(other.acquisition);
        self.onboarding.add(other.onboarding);
        self.term_days += other.term_days;
        self.terms += other.terms;
        self.stays.extend(other.stays);
        self.stays_in_periods.extend(other.stays_in_periods);
    }
}

impl Collected for Base {
    fn rows(&self) -> usize {
        1
    }
}

impl Base {
    /// Of every group of customers.
    pub(super) fn of_groups(
        units: &Units<'_>,
        window: Trailing,
        period_months: u32,
        costs: &Costs<'_>,
    ) -> Result<ByGroup<Self>, Error> {
        let one_time = OneTime::of(&units.priced)?;
        units.collect(window.day.next(), &Self::default, || {
            |of_groups: &mut PerGroup<'_, Self>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |base| base.add(units, unit, (window, period_months), costs, &one_time))
            }
        })
    }

    fn add(
        &mut self,
        units: &Units<'_>,
        unit: UnitLine<'_>,
        (window, period_months): (Trailing, u32),
        costs: &Costs<'_>,
        one_time: &OneTime,
    ) {
        let (before, day) = (window.before(), window.day);
        let (customer, opening, closing) = (unit.customer, unit.balance(before, false), unit.balance(day, false));
        let Some(stay) = unit.stay() else { return };
        self.customers += u64::from(closing.pays);
        self.mrr += i128::from(closing.mrr);
        self.opening += u64::from(opening.pays);
        self.lost += u64::from(opening.pays && !closing.pays);
        self.new += u64::from(stay.first > before);
        self.ever += 1;
        let bought = one_time.among(units.priced.contracts(customer));
        let bought = bought.iter().filter(|&&(contract, _)| units.priced.start(contract) <= day);
        self.one_time += bought.map(|&(_, amount)| i128::from(amount)).sum::<i128>();
        let [acquisition, onboarding] = costs.of_customer(customer);
        self.acquisition.add(acquisition);
        self.onboarding.add(onboarding);
        if let Some(due) = first_term_end(units, customer, stay.first) {
            self.term_days += i128::from(due.days_after(stay.first));
            self.terms += 1;
        }
        self.stays.push(stay.periods(day, 1));
        if period_months > 1 {
            self.stays_in_periods.push(stay.periods(day, period_months));
        }
    }

    /// When they leave, in whole months from their first day.
    pub(super) fn course(&self) -> Course {
        Course::of_days(self.stays.iter().copied())
    }

    /// The same in whole periods.
    pub(super) fn course_in_periods(&self) -> Course {
        let stays = if self.stays_in_periods.is_empty() { &self.stays } else { &self.stays_in_periods };
        Course::of_days(stays.iter().copied())
    }
}
