//! The plays that were proposed, a row for each.

use std::sync::Arc;

use super::findings::{Found, Named};
use crate::money::Money;
use crate::principles::{Accounts, Check, Customers, Finding, Play};
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
        /// Customers that these concern.
        customers: u64 as Count,
        /// Their MRR at the close of the day, each counted once.
        mrr: Money as Amount,
    }
}

impl ReviewPlays {
    pub(super) fn of(found: &Found, plays: &[Play], accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        columns.checks = TextLists::of_words::<Check>();
        let mut pool = TextPool::default();
        let mut first: Vec<Vec<&Finding>> = vec![Vec::new(); plays.len()];
        for Named { finding, plays, .. } in found.iter() {
            if let Some(of_play) = plays.first().and_then(|&play| first.get_mut(play as usize)) {
                of_play.push(finding);
            }
        }
        for (play, findings) in plays.iter().zip(first).filter(|(_, findings)| !findings.is_empty()) {
            let mut concerned = Customers::none_of(accounts.customers());
            findings.iter().flat_map(|finding| finding.subject.customers()).for_each(|&of| concerned.add(of));
            let sum = concerned.among(&accounts.all);
            for (slot, text) in columns.texts().into_iter().zip(play.texts()) {
                slot.0.push(pool.push(text));
            }
            columns.checks.push_words(&play.checks);
            columns.findings.push(findings.len() as u64);
            columns.customers.push(sum.customers);
            columns.mrr.push(sum.mrr);
        }
        let pool = Arc::new(pool);
        columns.texts().into_iter().for_each(|slot| slot.1 = Arc::clone(&pool));
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}

impl Columns {
    /// Those of texts, in the order of [`Play::texts`].
    fn texts(&mut self) -> [&mut (Vec<u32>, Arc<TextPool>); 7] {
        [
            &mut self.play,
            &mut self.label_en,
            &mut self.label_ja,
            &mut self.effect_en,
            &mut self.effect_ja,
            &mut self.success_en,
            &mut self.success_ja,
        ]
    }
}
