//! Which groups were compared, and what stands out.

use super::{Block, Teller};
use crate::review::comparisons::ReviewComparisonsRow;
use crate::review::forms::{NONE, count, probability, share};
use crate::review::words::{Label, Sentence};

/// So many groups that were compared are shown.
const SHOWN: usize = 30;

impl<'r> Teller<'r> {
    pub(super) fn comparisons(&self, blocks: &mut Vec<Block<'r>>) {
        let table = self.review.comparisons();
        if table.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Segments));
        blocks.push(self.say(&Sentence::Compared));
        if table.rows().all(|row| !row.is_accused) {
            blocks.push(self.say(&Sentence::NobodyStandsOut));
        }
        blocks.push(Block::Picture(table.table()));
        let row = |row: ReviewComparisonsRow<'_>| {
            let interval = row.excess_low.zip(row.excess_high);
            let interval = interval.map(|(low, high)| format!("{} – {}", share(Some(low)), share(Some(high))));
            let value = row.value.map_or_else(|| self.said(Label::NoValue), str::to_owned);
            let cells = vec![
                format!("{}: {value}", row.column),
                count(row.customers),
                share(row.early_churn),
                share(row.early_churn_of_rest),
                share(row.excess),
                interval.unwrap_or_else(|| NONE.to_owned()),
                row.q_value.map_or_else(|| NONE.to_owned(), probability),
                if row.is_accused { self.said(Label::Yes) } else { NONE.to_owned() },
            ];
            (if row.is_accused { "high" } else { "" }, cells)
        };
        let columns = [
            (Label::Group, false),
            (Label::Customers, true),
            (Label::EarlyChurn, true),
            (Label::OfRest, true),
            (Label::Excess, true),
            (Label::Interval, true),
            (Label::QValue, true),
            (Label::Accused, false),
        ];
        let tested = || table.rows().filter(|row| row.q_value.is_some());
        let (accused, others): (Vec<_>, Vec<_>) = tested().partition(|row| row.is_accused);
        let shown = accused.into_iter().chain(others).take(SHOWN).map(row).collect();
        blocks.push(self.grid(&columns, shown));
        blocks.extend(self.more(tested().skip(SHOWN).count()));
    }
}
