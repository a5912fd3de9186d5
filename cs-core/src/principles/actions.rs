//! What is done about findings, and until when they rest.

use hashbrown::HashMap;

use super::finding::customer_of;
use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Action, Facts, KnownColumn, KnownFacts};
use crate::query::Context;
use crate::table::Nullable;

/// What is done, as it was known at the close of a day.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    /// Whether any action was known by then.
    pub(crate) are_kept: bool,
    of_findings: HashMap<String, OfFinding>,
    of_customers: HashMap<u32, OfCustomer>,
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, Default)]
struct OfFinding {
    open: u64,
    rests_until: Option<Day>,
}

/// What is done for a customer: what names it, or one of its findings.
#[derive(Clone, Copy, Debug, Default)]
struct OfCustomer {
    open: u64,
    /// Those of them that name no finding.
    open_of_none: u64,
    last_opened: Option<Day>,
}

impl Actions {
    pub(crate) fn of(context: &Context<'_>, day: Day) -> Result<Self, Error> {
        let table = context.portfolio.facts(&Action::SPEC, context.watch)?;
        let known = table.as_deref().map(|facts: &Facts| KnownFacts::of(facts, day));
        let Some(facts) = known.filter(|facts| facts.is_kept_by(day)) else { return Ok(Self::default()) };
        let positions = context.portfolio.directory.positions();
        let (ids, customers) = (facts.texts("finding_id"), facts.texts("customer_id"));
        let days = ["opened_on", "closed_on", "snoozed_until"].map(|name| facts.days(name));
        let [opened, closed, snoozed] = &days;
        let get = |days: &Option<KnownColumn<'_, Nullable<Day>>>, row| days.as_ref().and_then(|days| days.get(row));
        let mut actions = Self { are_kept: true, ..Self::default() };
        for row in (0..facts.rows()).filter(|&row| facts.knows(row)) {
            let is_open = get(closed, row).is_none();
            let id = ids.as_ref().and_then(|ids| ids.get(row));
            let own = customers.as_ref().and_then(|customers| customers.code(row));
            let of_finding = id.and_then(customer_of).and_then(|name| positions.get(name)).copied();
            // For the customer that it names, and for the one whose finding it names.
            for customer in own.into_iter().chain(of_finding.filter(|&of_finding| own != Some(of_finding))) {
                let of_customer = actions.of_customers.entry(customer).or_default();
                of_customer.open += u64::from(is_open);
                of_customer.open_of_none += u64::from(is_open && id.is_none());
                of_customer.last_opened = of_customer.last_opened.max(get(opened, row));
            }
            if let Some(id) = id {
                let of_finding = actions.of_findings.entry(id.to_owned()).or_default();
                of_finding.open += u64::from(is_open);
                // An action that is over lets nothing rest any more.
                of_finding.rests_until = of_finding.rests_until.max(get(snoozed, row).filter(|_| is_open));
            }
        }
        Ok(actions)
    }

    /// How many are open for a customer.
    pub(super) fn open(&self, customer: u32) -> u64 {
        self.of_customers.get(&customer).map_or(0, |of_customer| of_customer.open)
    }

    /// Whether one was opened for a customer after a day.
    pub(super) fn opened_after(&self, customer: u32, day: Day) -> bool {
        self.of_customers.get(&customer).is_some_and(|of_customer| of_customer.last_opened > Some(day))
    }

    /// How many are open for a finding: its own, and those of its customer that name no finding.
    pub(crate) fn open_for(&self, finding_id: &str, customer: Option<u32>) -> u64 {
        let own = self.of_findings.get(finding_id).map_or(0, |of_finding| of_finding.open);
        let of_customer = customer.and_then(|customer| self.of_customers.get(&customer));
        own + of_customer.map_or(0, |of_customer| of_customer.open_of_none)
    }

    /// The day until which a finding rests; none where that is over.
    pub(crate) fn rests_until(&self, finding_id: &str, day: Day) -> Option<Day> {
        self.of_findings.get(finding_id).and_then(|of_finding| of_finding.rests_until).filter(|&until| until > day)
    }
}
