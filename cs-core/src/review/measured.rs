//! What was measured for a finding, as people read it.

use super::evidence::ReviewEvidenceRow;
use super::forms::{NONE, date, probability, rounded};
use super::words::{Said as _, Sentence};
use crate::float::percent;
use crate::locale::Locale;
use crate::portfolio::StakeholderRole;
use crate::principles::{Bound, MeasureUnit, ReviewMeasure, ScoreValidation};

/// A value beside its threshold.
pub(super) fn evidence(row: &ReviewEvidenceRow<'_>, locale: Locale) -> String {
    let name = row.measure.said(locale);
    let number = |number: f64| number_of(row.measure, number);
    let told = (row.value.map(number)).or_else(|| row.day.map(|day| date(day, locale)));
    let told = told.or_else(|| row.text.map(|text| text_of(row.measure, text, locale)));
    let told = told.unwrap_or_else(|| NONE.to_owned());
    let (value, threshold) = (told.as_str(), row.threshold.map(number).unwrap_or_default());
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

fn number_of(measure: ReviewMeasure, number: f64) -> String {
    match measure.unit() {
        MeasureUnit::Share => percent(number),
        MeasureUnit::Probability => probability(number),
        _ => rounded(number, 1),
    }
}
