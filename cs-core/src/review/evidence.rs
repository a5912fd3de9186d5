//! What was measured for findings, a row for each value.

use std::sync::Arc;

use chrono::NaiveDate;

use super::findings::{Found, Named};
use crate::interner::Interner;
use crate::principles::{Accounts, Bound, Evidence, MeasureUnit, ReviewMeasure, Seen};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// What was measured for findings, a row for each value.
    pub struct ReviewEvidence("review_evidence") of
    /// A value that was measured, beside its threshold.
    ReviewEvidenceRow<'a>, built from Columns {
        /// The finding that it speaks for.
        finding_id: &'a str as Text,
        /// What was measured.
        measure: ReviewMeasure as Choice<ReviewMeasure>,
        /// In what.
        unit: MeasureUnit as Choice<MeasureUnit>,
        /// The number; absent of what is a day or a name.
        value: Option<f64> as Ratio,
        /// The day; absent of what is none.
        day: Option<NaiveDate> as MaybeDate,
        /// The name; absent of what is none.
        text: Option<&'a str> as MaybeText,
        /// On which side of the threshold a value is acceptable; absent of what has none.
        bound: Option<Bound> as MaybeChoice<Bound>,
        /// The last value that is acceptable; absent of what only stands beside others.
        threshold: Option<f64> as Ratio,
    }
}

impl ReviewEvidence {
    pub(super) fn of(found: &Found, accounts: &Accounts<'_>) -> Self {
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        let mut texts = Interner::default();
        for Named { finding, place, .. } in found.iter() {
            for evidence in &finding.evidence {
                columns.finding_id.0.push(place);
                columns.write(evidence, &mut texts);
            }
        }
        columns.finding_id.1 = Arc::clone(&found.ids);
        columns.text.1 = Arc::new(texts.into_pool());
        columns.into_table(Vec::new(), accounts.units.priced.digits, accounts.context.metadata())
    }
}

impl Columns {
    fn write(&mut self, Evidence { measure, seen, threshold }: &Evidence, texts: &mut Interner) {
        self.measure.push(*measure);
        self.unit.push(measure.unit());
        let (mut value, mut day, mut text) = (None, None, None);
        match seen {
            Seen::Number(number) => value = Some(*number),
            Seen::Day(of) => day = Some(*of),
            Seen::Text(of) => text = Some(texts.intern(of)),
        }
        let or_absent = |reason, number: Option<f64>| number.map_or(Ratio::Absent(reason), Ratio::Value);
        self.value.push(or_absent(Reason::OtherUnit, value));
        self.day.push(day.ok_or(Reason::OtherUnit));
        self.text.0.push(text.ok_or(Reason::OtherUnit));
        let (bound, threshold) = threshold.unzip();
        self.bound.push(bound.map(|bound| bound as u32).ok_or(Reason::NotApplicable));
        self.threshold.push(or_absent(Reason::NotApplicable, threshold));
    }
}
