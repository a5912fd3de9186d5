//! Findings that are there no more, customers who are left out, and what the review goes by.

use super::{Block, SHOWN, Teller};
use crate::review::exclusions::ReviewExclusionsRow;
use crate::review::forms::{NONE, amount, date};
use crate::review::resolved::ReviewResolvedRow;
use crate::review::words::{Fault, Label, Said as _};

impl<'r> Teller<'r> {
    pub(super) fn resolved(&self, blocks: &mut Vec<Block<'r>>) {
        let resolved = self.review.resolved();
        if resolved.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Resolved));
        let row = |row: ReviewResolvedRow<'_>| {
            let cells = vec![
                self.subject(row.subject, None),
                self.said(Fault(row.check)),
                self.said(row.resolved_by),
                amount(row.mrr_at_stake, self.locale),
            ];
            ("", cells)
        };
        let columns = [(Label::Subject, false), (Label::Finding, false), (Label::State, false), (Label::Mrr, true)];
        blocks.push(self.grid(&columns, resolved.rows().take(2 * SHOWN).map(row).collect()));
        blocks.extend(self.more(resolved.rows().skip(2 * SHOWN).count()));
    }

    pub(super) fn exclusions(&self, blocks: &mut Vec<Block<'r>>) {
        let exclusions = self.review.exclusions();
        if exclusions.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::LeftOut));
        let row = |row: ReviewExclusionsRow<'_>| {
            let cells = vec![
                row.customer_id.to_owned(),
                row.principle.map_or_else(|| self.said(Label::EveryPrinciple), |principle| self.said(principle)),
                row.reason.to_owned(),
                row.until.map_or_else(|| NONE.to_owned(), |day| date(day, self.locale)),
                amount(row.mrr, self.locale),
            ];
            ("", cells)
        };
        let columns = [
            (Label::Subject, false),
            (Label::Principle, false),
            (Label::Reason, false),
            (Label::Until, true),
            (Label::Mrr, true),
        ];
        blocks.push(self.grid(&columns, exclusions.rows().take(2 * SHOWN).map(row).collect()));
        blocks.extend(self.more(exclusions.rows().skip(2 * SHOWN).count()));
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
