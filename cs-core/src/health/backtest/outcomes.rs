//! What became of customers: from each of some days on, whether they were lost within the horizon.

use crate::error::Error;
use crate::ledger::{Balance, Collected, Merge, PerGroup, UnitLine, Units};
use crate::period::Day;
use crate::query::Context;

use super::plan::Plan;

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

impl Collected for Found {
    /// None: there is one for each customer, and no group multiplies them.
    fn rows(&self) -> usize {
        0
    }
}

impl Outcomes {
    /// By all that is known in the end.
    pub(super) fn of(context: &Context<'_>, plan: &Plan) -> Result<Self, Error> {
        let units = Units::of(context)?;
        let end = plan.used().last().map_or(Day::MIN, |&day| plan.end(day).next());
        let found = units.collect(end, &Found::default, || {
            let mut line = Vec::new();
            move |of_all: &mut PerGroup<'_, Found>, unit: UnitLine<'_>| {
                let (group, customer) = (unit.group, unit.customer);
                line.clear();
                unit.steps(|step| line.push((step.day(), step.moved().after)));
                of_all.add(group, |found| {
                    found.customers.push(customer);
                    found.outcomes.extend(plan.used().iter().map(|&day| outcome(&line, day, plan)));
                })
            }
        })?;
        let Found { customers, outcomes: found } =
            found.groups.into_iter().map(|(_, found)| found).next().unwrap_or_default();
        let mut places = vec![u32::MAX; context.portfolio.directory.names.len()];
        for (&customer, place) in customers.iter().zip(0..) {
            if let Some(slot) = places.get_mut(customer as usize) {
                *slot = place;
            }
        }
        Ok(Self { places, days: plan.used().len(), found })
    }

    /// That of a customer from a day on, by the position of the day among those used.
    pub(super) fn get(&self, customer: u32, day: usize) -> Outcome {
        let place = self.places.get(customer as usize).copied().unwrap_or(u32::MAX) as usize;
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
