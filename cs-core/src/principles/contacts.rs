//! Contacts in which both sides spoke.

use crate::attention::TouchTier;
use crate::error::Error;
use crate::period::Day;
use crate::portfolio::{Engagement, EngagementChannel, KnownColumn};
use crate::query::Context;
use crate::success::{Events, KnownEvents};
use crate::table::{Nullable, Texts};

/// The engagements with customers, as they were known at the close of a day.
pub(super) struct Contacts<'a> {
    engagements: KnownEvents<'a>,
    /// Whether any is known, of any customer.
    pub(super) are_kept: bool,
    two_way: Option<KnownColumn<'a, Nullable<bool>>>,
    channels: Option<KnownColumn<'a, Texts>>,
}

impl<'a> Contacts<'a> {
    pub(super) fn table(context: &Context<'_>) -> Result<Events, Error> {
        Events::of(context, &Engagement::SPEC)
    }

    pub(super) fn of(engagements: &'a Events, on: Day) -> Self {
        let engagements = engagements.known(on);
        let (two_way, channels) = match engagements.facts() {
            Some(facts) => (facts.flags("two_way"), facts.texts("channel")),
            None => (None, None),
        };
        Self { are_kept: engagements.is_kept(), engagements, two_way, channels }
    }

    /// The last day on which a customer took part.
    pub(super) fn last(&self, customer: u32, tier: TouchTier) -> Option<Day> {
        let rows = self.engagements.of_customer(customer).filter(|&(_, row)| self.is_two_way(row, tier));
        rows.map(|(day, _)| day).max()
    }

    /// Whether a customer took part, as it is told; else by whether people met, or technology carries every contact.
    fn is_two_way(&self, row: usize, tier: TouchTier) -> bool {
        let told = self.two_way.as_ref().and_then(|flags| flags.get(row));
        let channel = || self.channels.as_ref().and_then(|channels| channels.get(row));
        told.unwrap_or_else(|| tier == TouchTier::TechTouch || channel() == Some(EngagementChannel::Human.name()))
    }
}
