//! The plays that were proposed, a row for each.

use std::sync::Arc;

use super::findings::Named;
use crate::locale::Locale;
use crate::money::Money;
use crate::principles::{Account, Accounts, Check, Play, Subject, Sum};
use crate::table::{TextLists, result_table};
use crate::text::TextPool;

result_table! {
    /// The plays that were proposed first for some finding, a row for each, in the order of the catalogue.
    pub struct ReviewPlays("review_plays") of
    /// A play: what to do, to what effect, and how one sees that it worked.
    ReviewPlaysRow<'a>, built from Columns {
        /// Its name.
        play: &'a str as Text,
        /// What it is called in English.
        label_en: &'a str as Text,
        /// What it is called in Japanese.
        label_ja: &'a str as Text,
        /// What it is expected to bring, in English.
        effect_en: &'a str as Text,
        /// The same in Japanese.
        effect_ja: &'a str as Text,
        /// How one sees that it worked, in English.
        success_en: &'a str as Text,
        /// The same in Japanese.
        success_ja: &'a str as Text,
        /// What triggers it.
        checks: crate::table::TextList<'a> as TextList,
        /// Findings for which it is proposed first.
        findings: u64 as Count,
        /// Customers of these.
        customers: u64 as Count,
        /// Their MRR at the close of the day, each counted once.
        mrr: Money as Amount,
    }
}

impl ReviewPlays {
    pub(super) fn of(named: &[Named], plays: &[Play], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        columns.checks = TextLists::of_words::<Check>();
        let mut pools: [TextPool; 7] = Default::default();
        for (play, position) in plays.iter().zip(0..) {
            let first: Vec<&Named> = named.iter().filter(|named| named.plays.first() == Some(&position)).collect();
            if first.is_empty() {
                continue;
            }
            let mut is_of = vec![false; accounts.context.portfolio.directory.names.len()];
            for customer in first.iter().filter_map(|named| named.customer()) {
                if let Some(slot) = is_of.get_mut(customer as usize) {
                    *slot = true;
                }
            }
            let has = |account: &&Account| is_of.get(account.customer as usize).copied().unwrap_or_default();
            let sum = Sum::of(accounts.all.iter().filter(has));
            let texts = [
                play.name(),
                play.label(Locale::En),
                play.label(Locale::Ja),
                play.effect(Locale::En),
                play.effect(Locale::Ja),
                play.success(Locale::En),
                play.success(Locale::Ja),
            ];
            let slots = [
                &mut columns.play,
                &mut columns.label_en,
                &mut columns.label_ja,
                &mut columns.effect_en,
                &mut columns.effect_ja,
                &mut columns.success_en,
                &mut columns.success_ja,
            ];
            for ((text, slot), pool) in texts.into_iter().zip(slots).zip(&mut pools) {
                slot.0.push(pool.push(text));
            }
            columns.checks.push_words(&play.checks);
            columns.findings.push(first.len() as u64);
            columns.customers.push(sum.customers);
            columns.mrr.push(sum.mrr);
        }
        let [play, label_en, label_ja, effect_en, effect_ja, success_en, success_ja] = pools.map(Arc::new);
        columns.play.1 = play;
        columns.label_en.1 = label_en;
        columns.label_ja.1 = label_ja;
        columns.effect_en.1 = effect_en;
        columns.effect_ja.1 = effect_ja;
        columns.success_en.1 = success_en;
        columns.success_ja.1 = success_ja;
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}

impl Named {
    fn customer(&self) -> Option<u32> {
        match self.finding.subject {
            Subject::Customer(customer) => Some(customer),
            _ => None,
        }
    }
}
