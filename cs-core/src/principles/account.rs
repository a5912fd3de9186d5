//! The customers that rules look at: who pays, since when, in which tier and phase, and how well each is.

use super::actions::Actions;
use super::basis::{Basis, Exclusion};
use super::play::Audience;
use super::principle::Principle;
use crate::attention::{Cared, cared_for};
use crate::error::{Code, Error, Problem, quoted};
use crate::health::{HealthOf, Scorecard, Standings};
use crate::ledger::{Standing, Stay, Units};
use crate::order::sort_by_key;
use crate::period::Day;
use crate::query::Context;
use crate::success::{Phase, phases};

/// A customer who pays at the close of the day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    /// Its position among all.
    pub(crate) customer: u32,
    /// In units.
    pub(crate) mrr: i128,
    pub(crate) stay: Stay,
    /// The first day from today on on which a contract in force falls due.
    pub(crate) next_due: Option<Day>,
    pub(crate) cared: Cared,
    pub(crate) phase: Option<Phase>,
    pub(crate) health: HealthOf,
}

/// All that rules see: the customers who pay at the close of a day, in the order of their names, by what was known then.
pub(crate) struct Accounts<'a> {
    /// Looked from the day.
    pub(crate) context: &'a Context<'a>,
    pub(crate) basis: &'a Basis,
    pub(crate) day: Day,
    pub(crate) units: Units<'a>,
    pub(crate) all: Vec<Account>,
    pub(crate) scorecard: Scorecard,
    /// What is done for them.
    pub(crate) actions: Actions,
    /// Who is left out, by position among all, and of what.
    left_out: Vec<(u32, &'a Exclusion)>,
}

impl<'a> Accounts<'a> {
    pub(crate) fn of(context: &'a Context<'a>, basis: &'a Basis) -> Result<Self, Error> {
        let day = context.seen();
        let scorecard = basis.scorecard()?;
        let cared = cared_for(context, basis.touch_model())?;
        let phases = phases(context, day)?;
        let health = Standings::of(context, day, &scorecard)?;
        let units = Units::of(context)?;
        let account = |(customer, cared, stay): (u32, Cared, Stay)| {
            // Whoever pays is in the base of the scores.
            let health = health.get(customer).ok_or_else(|| Error::internal("a customer who pays has no standing"))?;
            Ok(Account {
                customer,
                mrr: stay.mrr.into(),
                stay,
                next_due: Standing::of(&units, customer, day).next_due,
                cared,
                phase: phases.get(customer as usize).copied().flatten(),
                health,
            })
        };
        let all = cared.into_iter().map(account).collect::<Result<_, Error>>()?;
        let left_out = left_out(context, &basis.exclusions, day)?;
        let actions = Actions::of(context, day)?;
        Ok(Self { context, basis, day, all, scorecard, units, actions, left_out })
    }

    /// How many customers there are, whether they pay or not.
    pub(crate) fn customers(&self) -> usize {
        self.context.portfolio.directory.names.len()
    }

    /// How customers stood on an earlier day, by what was known then.
    pub(super) fn earlier(&self, day: Day) -> Result<Standings, Error> {
        Standings::earlier(self.context, day, &self.scorecard)
    }

    /// The customers that a principle is asked of.
    pub(crate) fn asked_of(&self, principle: Principle) -> Vec<&Account> {
        let is_asked =
            |account: &&Account| self.exclusions(account.customer).all(|exclusion| !exclusion.is_of(principle));
        self.all.iter().filter(is_asked).collect()
    }

    /// Whether a customer is left out of a principle.
    pub(crate) fn is_excluded_from(&self, principle: Principle, customer: u32) -> bool {
        self.exclusions(customer).any(|exclusion| exclusion.is_of(principle))
    }

    /// All exclusions that hold, of customers who pay, in the order of their names.
    pub(crate) fn all_exclusions(&self) -> impl Iterator<Item = (&Account, &Exclusion)> {
        self.all.iter().flat_map(|account| self.exclusions(account.customer).map(move |exclusion| (account, exclusion)))
    }

    /// Whether a customer is left out of some principle.
    pub(crate) fn is_excluded(&self, customer: u32) -> bool {
        self.exclusions(customer).next().is_some()
    }

    fn exclusions(&self, customer: u32) -> impl Iterator<Item = &'a Exclusion> {
        let from = self.left_out.partition_point(|(of, _)| *of < customer);
        let of_customer = self.left_out.iter().skip(from).take_while(move |(of, _)| *of == customer);
        of_customer.map(|(_, exclusion)| *exclusion)
    }
}

/// The exclusions that hold on a day, with the positions of their customers among all, in that order.
fn left_out<'s>(
    context: &Context<'_>,
    exclusions: &'s [Exclusion],
    day: Day,
) -> Result<Vec<(u32, &'s Exclusion)>, Problem> {
    if exclusions.is_empty() {
        return Ok(Vec::new());
    }
    let positions = context.portfolio.directory.positions();
    let mut left_out = Vec::with_capacity(exclusions.len());
    for (place, exclusion) in exclusions.iter().enumerate() {
        let name = exclusion.customer_id.as_str();
        let Some(&customer) = positions.get(name) else {
            let message = format!("the portfolio has no customer {}", quoted(name));
            let problem = Problem::argument(Code::UnknownCustomer, Exclusion::path(place), message);
            return Err(problem.value(name).help("correct the id"));
        };
        if exclusion.holds_on(day) {
            left_out.push((customer, exclusion));
        }
    }
    sort_by_key(&mut left_out, |(customer, _)| u64::from(*customer));
    Ok(left_out)
}

impl Account {
    /// Days since the first on which it paid, as of a day.
    pub(crate) fn age(&self, day: Day) -> i64 {
        day.days_after(self.stay.first)
    }

    /// Whether a contract in force falls due within so many days after a day.
    pub(crate) fn is_due_within(&self, days: u32, day: Day) -> bool {
        self.next_due.is_some_and(|due| due.days_after(day) <= i64::from(days))
    }

    /// Whom a play would be for.
    pub(crate) fn audience(&self) -> Audience {
        Audience { tier: Some(self.cared.tier), phase: self.phase, is_healthy: self.health.is_best() }
    }
}
