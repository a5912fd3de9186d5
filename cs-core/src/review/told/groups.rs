//! Which groups were compared, and what stands out.

use super::{Block, LISTED, Teller, number, words};
use crate::principles::{Check, FindingScope};
use crate::review::comparisons::ReviewComparisonsRow;
use crate::review::findings::ReviewFindingsRow;
use crate::review::forms::{NONE, count, probability, share};
use crate::review::words::{Label, Sentence};

impl<'r> Teller<'r> {
    pub(super) fn comparisons(&self, blocks: &mut Vec<Block<'r>>) {
        let table = self.review.comparisons();
        let tested = || table.rows().filter(ReviewComparisonsRow::is_tested);
        // Where nobody could be compared, that nobody stands out would read as success.
        if tested().next().is_none() {
            return;
        }
        blocks.push(self.heading(2, Label::Segments));
        blocks.push(self.say(&Sentence::Compared));
        if table.rows().all(|row| !row.is_accused) {
            blocks.push(self.say(&Sentence::NobodyStandsOut));
        }
        blocks.push(Block::Picture(table.table()));
        let (accused, others): (Vec<_>, Vec<_>) = tested().partition(|row| row.is_accused);
        let shown: Vec<_> = accused.into_iter().chain(others).take(LISTED).collect();
        let value = |value: Option<&str>| value.map_or_else(|| self.said(Label::NoValue), str::to_owned);
        let interval = |(low, high)| format!("{} – {}", share(Some(low)), share(Some(high)));
        let or_none = |told: Option<String>| told.unwrap_or_else(|| NONE.to_owned());
        blocks.push(self.grid(
            &shown,
            |row| if row.is_accused { "high" } else { "" },
            &[
                words(Label::Group, &|row| format!("{}: {}", row.column, value(row.value))),
                number(Label::Customers, &|row| count(row.customers)),
                number(Label::EarlyChurn, &|row| share(row.early_churn)),
                number(Label::OfRest, &|row| share(row.early_churn_of_rest)),
                number(Label::Excess, &|row| share(row.excess)),
                number(Label::Interval, &|row| or_none(row.excess_low.zip(row.excess_high).map(interval))),
                number(Label::QValue, &|row| or_none(row.q_value.map(|q_value| probability(q_value, 0)))),
                words(Label::Accused, &|row| or_none(row.is_accused.then(|| self.said(Label::Yes)))),
            ],
        ));
        blocks.extend(self.more(tested().skip(LISTED).count()));
        self.profile(blocks);
    }

    /// Those who are not to be sold to, each with what was measured.
    fn profile(&self, blocks: &mut Vec<Block<'r>>) {
        let is_accusation =
            |row: &ReviewFindingsRow<'_>| row.check == Check::EarlyChurn && row.scope == FindingScope::Segment;
        let told = |row: ReviewFindingsRow<'_>| {
            format!("{}: {}", self.subject(row.subject, None), self.measured(row.finding_id))
        };
        let accused: Vec<String> = self.review.findings().rows().filter(is_accusation).map(told).collect();
        if !accused.is_empty() {
            blocks.push(self.heading(3, Label::DoNotSell));
            blocks.push(self.say(&Sentence::NotSoldTo));
            blocks.push(Block::List(accused));
        }
    }
}
