//! What to do, and what could not be assessed.

use super::{Block, Teller, number, words};
use crate::locale::Locale;
use crate::principles::MissingReason;
use crate::review::checks::ReviewChecksRow;
use crate::review::forms::{amount, count};
use crate::review::words::{Label, Sentence};

impl<'r> Teller<'r> {
    pub(super) fn plays(&self) -> Vec<Block<'r>> {
        let told = |en: &str, ja: &str| match self.locale {
            Locale::En => en.to_owned(),
            Locale::Ja => ja.to_owned(),
        };
        self.listed(
            Label::Plays,
            self.review.plays().rows(),
            &[
                words(Label::Play, &|row| told(row.label_en, row.label_ja)),
                words(Label::Effect, &|row| told(row.effect_en, row.effect_ja)),
                words(Label::Success, &|row| told(row.success_en, row.success_ja)),
                number(Label::Findings, &|row| count(row.findings)),
                number(Label::Customers, &|row| count(row.customers)),
                number(Label::Mrr, &|row| amount(row.mrr, self.locale)),
            ],
        )
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
