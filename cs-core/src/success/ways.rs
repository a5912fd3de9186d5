//! How far each customer has come: from the first day on which it pays to a milestone, or to the first on which it does not
//! pay any more.

use super::milestones::{MilestoneDays, Milestones, Reached};
use crate::error::Error;
use crate::ledger::{Stay, UnitLine, Units};
use crate::period::Day;
use crate::portfolio::MilestoneName;
use crate::query::Context;
use crate::word::words;

words! {
    /// How far a customer has come on the way to value.
    ValueState {
        /// It has reached the milestone, while it paid or before.
        Reached,
        /// It pays, and has not reached it yet.
        Waiting,
        /// It stopped paying before it reached it.
        Churned,
    }
}

/// How far a customer has come at the last close that its line is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) stay: Stay,
    pub(super) milestone: MilestoneDays,
}

impl Way {
    /// Of a customer who has paid.
    pub(super) fn of(unit: UnitLine<'_>, reached: &Reached<'_>) -> Option<Self> {
        let customer = unit.customer;
        let stay = unit.stay()?;
        Some(Self { stay, milestone: reached.days(customer) })
    }

    /// The same, of a milestone of which anything is known: nobody is on the way to what is not kept.
    pub(super) fn to_kept(unit: UnitLine<'_>, reached: &Reached<'_>) -> Option<Self> {
        Self::of(unit, reached).filter(|_| reached.is_kept)
    }

    /// The day on which it reached the milestone, unless it had left by then.
    pub(super) fn value_on(&self) -> Option<Day> {
        self.milestone.reached.filter(|&reached| self.stay.left.is_none_or(|left| reached < left))
    }

    pub(super) fn state(&self) -> ValueState {
        match (self.value_on(), self.stay.left) {
            (Some(_), _) => ValueState::Reached,
            (None, Some(_)) => ValueState::Churned,
            (None, None) => ValueState::Waiting,
        }
    }

    /// Days from the first one until the milestone, until it left, or up to the close of a day; none where the milestone
    /// came before.
    pub(super) fn days(&self, day: Day) -> u32 {
        let until = |reached: Day| u32::try_from(reached.days_after(self.stay.first)).unwrap_or_default();
        self.value_on().map_or_else(|| self.stay.days(day).0, until)
    }
}

/// How far a customer has come on its way to value, as rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WayToValue {
    /// The first day on which the customer paid.
    pub(crate) first: Day,
    pub(crate) state: ValueState,
    /// Days until value, until it left, or so far.
    pub(crate) days: u32,
    /// The day of the milestone, whether the customer paid then or not.
    pub(crate) milestone: Option<Day>,
    pub(crate) due: Option<Day>,
}

/// The ways to a milestone of all who have ever paid by the close of the day that a context looks from, with their positions among
/// all, in the order of their names; none where nothing is known of the milestone, of any customer.
pub(crate) fn ways_to_value(
    units: &Units<'_>,
    context: &Context<'_>,
    milestone: MilestoneName,
    day: Day,
) -> Result<Option<Vec<(u32, WayToValue)>>, Error> {
    let milestones = Milestones::of(context)?;
    let reached = milestones.reached(milestone, day);
    if !reached.is_kept {
        return Ok(None);
    }
    let way = |unit: UnitLine<'_>| {
        Way::of(unit, &reached).map(|way| WayToValue {
            first: way.stay.first,
            state: way.state(),
            days: way.days(day),
            milestone: way.milestone.reached,
            due: way.milestone.due,
        })
    };
    units.of_customers(day.next(), way).map(Some)
}
