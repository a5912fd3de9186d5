//! Findings that are there no more, customers who are left out, and what the review goes by.

use super::{Block, Teller, number, words};
use crate::review::forms::{NONE, amount, date};
use crate::review::words::{Fault, Label, Said as _};

impl<'r> Teller<'r> {
    pub(super) fn resolved(&self) -> Vec<Block<'r>> {
        self.listed(
            Label::Resolved,
            self.review.resolved().rows(),
            &[
                words(Label::Subject, &|row| self.subject(row.subject, None)),
                words(Label::Finding, &|row| self.said(Fault(row.check))),
                words(Label::State, &|row| self.said(row.resolved_by)),
                number(Label::Mrr, &|row| amount(row.mrr_at_stake, self.locale)),
            ],
        )
    }

    pub(super) fn exclusions(&self) -> Vec<Block<'r>> {
        let principle =
            |principle: Option<_>| principle.map_or_else(|| self.said(Label::EveryPrinciple), |of| self.said(of));
        self.listed(
            Label::LeftOut,
            self.review.exclusions().rows(),
            &[
                words(Label::Subject, &|row| row.customer_id.to_owned()),
                words(Label::Principle, &|row| principle(row.principle)),
                words(Label::Reason, &|row| row.reason.to_owned()),
                number(Label::Until, &|row| row.until.map_or_else(|| NONE.to_owned(), |day| date(day, self.locale))),
                number(Label::Mrr, &|row| amount(row.mrr, self.locale)),
            ],
        )
    }

    pub(super) fn basis(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(2, Label::Basis));
        let metadata = self.review.summary().table().metadata();
        let settings = self.review.summary().rows().next().map(|row| row.settings_fingerprint.to_owned());
        let entries = [
            (Label::Definitions, metadata.definitions.fingerprint()),
            (Label::Settings, settings.unwrap_or_default()),
            (Label::Version, metadata.version.clone()),
        ];
        let entries = entries.map(|(label, text)| format!("{}: {text}", label.said(self.locale)));
        blocks.push(Block::List(entries.into()));
    }
}
