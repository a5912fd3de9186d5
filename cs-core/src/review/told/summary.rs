//! What the review comes to, and how the principles stand.

use std::cmp::Reverse;

use super::{Block, Teller, is_covered, number, words};
use crate::principles::Verdict;
use crate::ratio::Ratio;
use crate::review::forms::{amount, count, share};
use crate::review::verdicts::ReviewVerdictsRow;
use crate::review::words::{Label, Sentence};

impl<'r> Teller<'r> {
    pub(super) fn summary(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(1, Label::Title));
        let Some(row) = self.review.summary().rows().next() else { return };
        if let Some(day) = self.review.summary().table().metadata().as_of {
            let (day, edition) = (day.date(), row.edition);
            blocks.push(self.say(&Sentence::Reviewed { day, edition, customers: row.customers, mrr: row.mrr }));
        }
        blocks.push(self.say(&Sentence::Standing {
            passed: row.passed,
            attention: row.attention,
            failed: row.failed,
            not_assessable: row.not_assessable,
        }));
        blocks.push(match Ratio::of(row.mrr_at_stake.units(), row.mrr.units()) {
            Ratio::Value(of_all) if row.customers_at_stake > 0 => {
                self.say(&Sentence::AtStake { customers: row.customers_at_stake, mrr: row.mrr_at_stake, of_all })
            }
            _ => self.say(&Sentence::NothingAtStake { not_assessable: row.not_assessable }),
        });
        blocks.extend(self.news());
        if row.excluded_customers > 0 {
            blocks.push(self.say(&Sentence::LeftOut { customers: row.excluded_customers, mrr: row.excluded_mrr }));
        }
    }

    /// Principles that fail or need attention, the largest MRR at stake first.
    fn news(&self) -> Option<Block<'r>> {
        let is_news = |row: &ReviewVerdictsRow| matches!(row.verdict, Verdict::Fail | Verdict::Attention);
        let mut rows: Vec<_> = self.review.verdicts().rows().filter(is_news).collect();
        rows.sort_by_key(|row| (row.verdict != Verdict::Fail, Reverse(row.mrr_at_stake.units())));
        let tell = |row: &ReviewVerdictsRow| {
            let principle = self.numbered(row.principle, row.number);
            Sentence::News { principle: &principle, verdict: row.verdict, mrr: row.mrr_at_stake }.text(self.locale)
        };
        (!rows.is_empty()).then(|| Block::List(rows.iter().map(tell).collect()))
    }

    pub(super) fn verdicts(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(2, Label::Verdicts));
        blocks.push(Block::Picture(self.review.verdicts().table()));
        let rows: Vec<_> = self.review.verdicts().rows().collect();
        blocks.push(self.grid(
            &rows,
            |row| row.verdict.name(),
            &[
                words(Label::Principle, &|row| self.numbered(row.principle, row.number)),
                words(Label::Verdict, &|row| self.said(row.verdict)),
                number(Label::FailingShare, &|row| share(row.failing_share.filter(|_| is_covered(row)))),
                number(Label::Coverage, &|row| share(row.coverage)),
                number(Label::AtStake, &|row| amount(row.mrr_at_stake, self.locale)),
                number(Label::Findings, &|row| count(row.findings)),
            ],
        ));
    }
}
