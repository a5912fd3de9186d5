//! The table `surveys`: who was asked, and what they answered.

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::rows::Rows;
use super::schema::Known;
use crate::error::{Code, Problem, quoted};
use crate::float;
use crate::word::words;

words! {
    /// What customers are asked.
    SurveyKind {
        /// Whether they would recommend the company, from 0 to 10.
        Nps,
        /// How content they are, up to `scale_max`.
        Csat,
        /// How hard something was for them.
        Ces,
    }
}

input_table! {
    /// A survey that somebody of a customer was asked to answer.
    ///
    /// ```
    /// use cs_core::{Survey, SurveyKind};
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    /// let answered = Survey { score: Some(9.0), ..Survey::new("acme", day, SurveyKind::Nps) };
    /// assert_eq!(answered.role, None);
    /// ```
    pub struct Survey("surveys": "The surveys that customers were asked to answer."), keyed by &[], with one of &[],
    known from Known::from("date"), with spans &[];
    required {
        /// The customer.
        customer_id: String as kind::Id,
        /// The day.
        date: NaiveDate as kind::Date,
        /// What was asked.
        kind: SurveyKind as kind::Choice<SurveyKind>,
    }
    optional {
        /// The answer; absent where none was given. Of `nps` it is whole, from 0 to 10.
        score: f64 as kind::Number,
        /// The most that can be answered, where that is not a matter of the kind: every answer to `csat` has it.
        scale_max: u64 as kind::Count,
        /// The role of who was asked.
        role: String as kind::Text,
    }
}

/// The greatest answer about recommending.
const NPS_MAX: f64 = 10.0;

/// Rejects answers that are beyond their scale, or of no scale.
pub(super) fn judge(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let (Some(kinds), Some(scores)) = (columns.texts("kind"), columns.numbers("score")) else { return };
    let scales = columns.counts("scale_max");
    let scale = sheet.bits(&["scale_max"]);
    let table = sheet.spec.name;
    for row in 0..sheet.rows() {
        let (Some(score), Some(kind)) = (scores.get(row), kinds.get(row).and_then(SurveyKind::from_name)) else {
            continue;
        };
        let most = match kind {
            SurveyKind::Nps => Some(NPS_MAX),
            SurveyKind::Csat | SurveyKind::Ces => scales.and_then(|scales| scales.get(row)).map(|most| most as f64),
        };
        // A scale that was refused is absent now, and its problem told.
        if most.is_none() && kind == SurveyKind::Csat && !sheet.refused_any(row, scale) {
            sheet.reject(row, Some("scale_max"), || {
                Problem::table(Code::MissingValue, table, "an answer to csat has no scale_max")
                    .help("give the most that could be answered, such as 5")
            });
        }
        let is_whole = kind != SurveyKind::Nps || score.fract() == 0.0;
        if !is_whole || score < 0.0 || most.is_some_and(|most| score > most) {
            sheet.reject(row, Some("score"), || {
                let score = float::canonical(score).unwrap_or_default();
                let expected = match (kind, most) {
                    (SurveyKind::Nps, _) => "a whole number from 0 to 10".to_owned(),
                    (_, Some(most)) => format!("a number from 0 to {}", float::canonical(most).unwrap_or_default()),
                    (_, None) => "a number from 0 up".to_owned(),
                };
                Problem::table(Code::InvalidScore, table, format!("{} is no answer to {kind}", quoted(&score)))
                    .value(&score)
                    .help(format!("such an answer is {expected}"))
            });
        }
    }
}
