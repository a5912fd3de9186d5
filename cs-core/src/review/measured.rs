//! What was measured for a finding, as people read it.

use super::evidence::ReviewEvidenceRow;
use super::forms::{NONE, date, fine_share, probability, rounded, told_apart};
use super::words::{Said as _, Sentence};
use crate::locale::Locale;
use crate::portfolio::StakeholderRole;
use crate::principles::{Bound, MeasureUnit, ReviewMeasure, ScoreValidation};

/// A value beside its threshold.
pub(super) fn evidence(row: &ReviewEvidenceRow<'_>, locale: Locale) -> String {
    let name = row.measure.said(locale);
    let number = |number: f64, more: u32| number_of(row.measure, number, more);
    let day_or_text = || {
        let day = row.day.map(|day| date(day, locale));
        day.or_else(|| row.text.map(|text| text_of(row.measure, text, locale))).unwrap_or_else(|| NONE.to_owned())
    };
    let [value, threshold] = match (row.value, row.threshold) {
        (Some(value), Some(threshold)) => told_apart([value, threshold], number),
        (Some(value), None) => [number(value, 0), String::new()],
        (None, _) => [day_or_text(), String::new()],
    };
    let value = value.as_str();
    let sentence = match row.bound {
        None => Sentence::Value { name, value },
        Some(Bound::AtLeast) => Sentence::AtLeast { name, value, threshold: &threshold },
        Some(Bound::AtMost) => Sentence::AtMost { name, value, threshold: &threshold },
    };
    sentence.text(locale)
}

/// A word of the library's in the language, a name as it is.
fn text_of(measure: ReviewMeasure, text: &str, locale: Locale) -> String {
    let said = match measure {
        ReviewMeasure::Role => StakeholderRole::from_name(text).map(|role| role.said(locale)),
        ReviewMeasure::Validation => ScoreValidation::from_name(text).map(|validation| validation.said(locale)),
        _ => None,
    };
    said.unwrap_or(text).to_owned()
}

/// A number in its unit, with some more decimals than it would have alone.
fn number_of(measure: ReviewMeasure, number: f64, more: u32) -> String {
    match measure.unit() {
        MeasureUnit::Share => fine_share(number, more),
        MeasureUnit::Probability => probability(number, more),
        _ => rounded(number, 1 + more),
    }
}
