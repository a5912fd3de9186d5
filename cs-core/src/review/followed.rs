//! What is done about findings, and until when they rest.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Action, Facts, KnownColumn, KnownFacts};
use crate::query::Context;
use crate::table::{Nullable, Texts};

/// The table of what is done, if there is one.
pub(super) struct Deeds(Option<Arc<Facts>>);

/// What is done about findings, as it was known at the close of a day.
#[derive(Default)]
pub(super) struct Followed<'a> {
    of_findings: HashMap<&'a str, Followup>,
    /// Open actions by the customer's position among all.
    of_customers: HashMap<u32, u64>,
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Followup {
    open: u64,
    snoozed_until: Option<Day>,
}

impl Deeds {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Error> {
        context.portfolio.facts(&Action::SPEC, context.watch).map(Self)
    }

    pub(super) fn known(&self, day: Day) -> Followed<'_> {
        let mut followed = Followed::default();
        let Some(facts) = self.0.as_deref().map(|facts| KnownFacts::of(facts, day)) else { return followed };
        let (ids, customers) = (facts.texts("finding_id"), facts.texts("customer_id"));
        let (closed, snoozed) = (facts.days("closed_on"), facts.days("snoozed_until"));
        let get = |days: &Option<KnownColumn<'_, Nullable<Day>>>, row| days.as_ref().and_then(|days| days.get(row));
        for row in (0..facts.rows()).filter(|&row| facts.knows(row)) {
            let is_open = get(&closed, row).is_none();
            let text = |texts: &Option<KnownColumn<'_, Texts>>| texts.as_ref().and_then(|texts| texts.code(row));
            if let Some(id) = ids.as_ref().and_then(|ids| ids.get(row)) {
                let followup = followed.of_findings.entry(id).or_default();
                followup.open += u64::from(is_open);
                followup.snoozed_until = followup.snoozed_until.max(get(&snoozed, row));
            } else if let Some(customer) = text(&customers).filter(|_| is_open) {
                *followed.of_customers.entry(customer).or_default() += 1;
            }
        }
        followed
    }
}

impl Followed<'_> {
    /// How many actions are open for a finding: of its own, and those of its customer that name no finding.
    pub(super) fn open(&self, id: &str, customer: Option<u32>) -> u64 {
        let own = self.of_findings.get(id).map_or(0, |followup| followup.open);
        own + customer.and_then(|customer| self.of_customers.get(&customer)).copied().unwrap_or_default()
    }

    /// The day until which a finding rests; none where that is over.
    pub(super) fn snoozed_until(&self, id: &str, day: Day) -> Option<Day> {
        self.of_findings.get(id).and_then(|followup| followup.snoozed_until).filter(|&until| until > day)
    }
}
