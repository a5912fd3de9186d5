//! What to do, and what could not be assessed.

use super::{Block, Teller};
use crate::locale::Locale;
use crate::principles::MissingReason;
use crate::review::checks::ReviewChecksRow;
use crate::review::forms::{amount, count};
use crate::review::plays::ReviewPlaysRow;
use crate::review::words::{Label, Sentence};

impl<'r> Teller<'r> {
    pub(super) fn actions(&self, blocks: &mut Vec<Block<'r>>) {
        let plays = self.review.plays();
        if plays.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Plays));
        let row = |row: ReviewPlaysRow<'_>| {
            let [label, effect, success] = match self.locale {
                Locale::En => [row.label_en, row.effect_en, row.success_en],
                Locale::Ja => [row.label_ja, row.effect_ja, row.success_ja],
            };
            let cells = vec![
                label.to_owned(),
                effect.to_owned(),
                success.to_owned(),
                count(row.findings),
                count(row.customers),
                amount(row.mrr, self.locale),
            ];
            ("", cells)
        };
        let columns = [
            (Label::Play, false),
            (Label::Effect, false),
            (Label::Success, false),
            (Label::Findings, true),
            (Label::Customers, true),
            (Label::Mrr, true),
        ];
        blocks.push(self.grid(&columns, plays.rows().map(row).collect()));
    }

    pub(super) fn missing(&self, blocks: &mut Vec<Block<'r>>) {
        let sentence = |row: ReviewChecksRow<'_>| {
            let verdict = self.review.verdicts().rows().find(|verdict| verdict.principle == row.principle)?;
            // What is asked of somebody and known of enough was assessed.
            let is_assessed = |coverage: f64| coverage > 0.0 && coverage >= verdict.min_coverage;
            if row.coverage.is_some_and(is_assessed) {
                return None;
            }
            let (question, table) = (row.check, row.missing_table?);
            let sentence = match row.missing_reason? {
                MissingReason::TooFewCustomers => Sentence::TooFewCustomers { question },
                MissingReason::WatchedTooBriefly => Sentence::WatchedTooBriefly { question },
                MissingReason::NotKnown => Sentence::WouldBring { question, table, column: row.missing_column },
            };
            Some(sentence.text(self.locale))
        };
        let missing: Vec<String> = self.review.checks().rows().filter_map(sentence).collect();
        if !missing.is_empty() {
            blocks.push(self.heading(2, Label::Missing));
            blocks.push(Block::List(missing));
        }
    }
}
