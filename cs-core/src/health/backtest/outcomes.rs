//! What became of customers: from each of some days on, whether they were lost within the horizon.

use super::plan::Plan;
use crate::error::Error;
use crate::ledger::{Balance, Merge, UnitLine, Units};
use crate::period::Day;
use crate::query::Context;
use crate::text::{ABSENT, places};

/// What became of a customer from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did not pay at the close of the day: nothing was left to foretell.
    Gone,
    /// It was there to the end of the horizon.
    Kept,
    /// It was lost so many days after.
    Lost(u32),
}

/// What became of every customer from each day on that is used.
pub(super) struct Outcomes {
    /// By the position of the customer among all: where it stands among those that were found.
    places: Vec<u32>,
    days: usize,
    /// Customer by customer, day by day.
    found: Vec<Outcome>,
}

/// Those of some customers.
#[derive(Default)]
struct Found {
    customers: Vec<u32>,
    outcomes: Vec<Outcome>,
}

impl Merge for Found {
    fn merge(&mut self, other: Self) {
        self.customers.extend(other.customers);
        self.outcomes.extend(other.outcomes);
    }
}

impl Outcomes {
    /// By all that is known in the end.
    pub(super) fn of(context: &Context<'_>, plan: &Plan) -> Result<Self, Error> {
        let units = Units::of(context)?;
        let end = plan.used().last().map_or(Day::MIN, |&day| plan.end(day).next());
        let Found { customers, outcomes: found } = units.collect_all(end, || {
            let mut line = Vec::new();
            move |found: &mut Found, unit: UnitLine<'_>| {
                found.customers.push(unit.customer);
                line.clear();
                unit.steps(|step| line.push((step.day(), step.moved().after)));
                found.outcomes.extend(plan.used().iter().map(|&day| outcome(&line, day, plan)));
            }
        })?;
        let places = places(&customers, context.portfolio.directory.names.len());
        Ok(Self { places, days: plan.used().len(), found })
    }

    /// That of a customer from a day on, by the position of the day among those used.
    pub(super) fn get(&self, customer: u32, day: usize) -> Outcome {
        let place = self.places.get(customer as usize).copied().unwrap_or(ABSENT) as usize;
        self.found.get(place.saturating_mul(self.days).saturating_add(day)).copied().unwrap_or(Outcome::Gone)
    }
}

/// What became of a line from a day on: the days on which it changes, with what is paid from each on.
fn outcome(line: &[(Day, Balance)], day: Day, plan: &Plan) -> Outcome {
    let next = line.partition_point(|&(changed, _)| changed <= day);
    let Some(&(_, before)) = next.checked_sub(1).and_then(|last| line.get(last)).filter(|(_, paid)| paid.pays) else {
        return Outcome::Gone;
    };
    let within = line.iter().skip(next).take_while(|&&(changed, _)| changed <= plan.end(day));
    let mut lost = within.filter(|(_, after)| plan.is_lost(before.mrr, i128::from(after.mrr), after.pays));
    // It is after the day, and within the horizon.
    lost.next().map_or(Outcome::Kept, |&(changed, _)| Outcome::Lost(changed.days_after(day) as u32))
}
