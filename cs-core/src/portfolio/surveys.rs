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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::portfolio::Portfolio;

    const WHOLE: &str = "score invalid_score: such an answer is a whole number from 0 to 10";
    const UP: &str = "score invalid_score: such an answer is a number from 0 up";
    const TO_FIVE: &str = "score invalid_score: such an answer is a number from 0 to 5";
    const NO_SCALE: &str = "scale_max missing_value: give the most that could be answered, such as 5";
    const NO_COUNT: &str = "scale_max invalid_count: a count is a whole number from 0 to 9007199254740991";

    #[rstest]
    #[case::the_least("nps,0,", &[])]
    #[case::the_most("nps,10,", &[])]
    #[case::a_whole_one("nps,7.0,", &[])]
    #[case::below("nps,-1,", &[WHOLE])]
    #[case::beyond("nps,11,", &[WHOLE])]
    #[case::between("nps,9.5,", &[WHOLE])]
    #[case::not_answered("nps,,", &[])]
    #[case::the_least_of_a_scale("csat,0,5", &[])]
    #[case::between_of_a_scale("csat,4.5,5", &[])]
    #[case::the_most_of_a_scale("csat,5,5", &[])]
    #[case::below_a_scale("csat,-0.5,5", &[TO_FIVE])]
    #[case::beyond_a_scale("csat,5.5,5", &[TO_FIVE])]
    #[case::beyond_what_others_have("csat,11,100", &[])]
    #[case::of_no_scale("csat,3,", &[NO_SCALE])]
    #[case::below_no_scale("csat,-0.5,", &[UP, NO_SCALE])]
    #[case::of_a_refused_scale("csat,3,five", &[NO_COUNT])]
    #[case::no_answer_needs_no_scale("csat,,", &[])]
    #[case::effort("ces,100.5,", &[])]
    #[case::no_effort("ces,0,", &[])]
    #[case::less_effort("ces,-0.5,", &[UP])]
    #[case::the_most_effort("ces,5,5", &[])]
    #[case::effort_beyond_a_scale("ces,5.5,5", &[TO_FIVE])]
    fn an_answer_is_on_its_scale(#[case] row: &str, #[case] expected: &[&str]) {
        let surveys = format!("customer_id,date,kind,score,scale_max\nacme,2026-02-01,{row}\n");
        let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,1\n";
        let error = Portfolio::from_csv(contracts).surveys(&surveys).currency("USD").load().err();
        let told = error.iter().flat_map(|error| error.problems()).map(|problem| {
            let [column, help] = [&problem.column, &problem.help].map(|text| text.as_deref().unwrap_or_default());
            format!("{column} {}: {help}", problem.code)
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn answers_without_a_column_of_scales() {
        let surveys = "customer_id,date,kind,score\nacme,2026-02-01,ces,7\nacme,2026-02-01,csat,7\n";
        let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,1\n";
        let error = Portfolio::from_csv(contracts).surveys(surveys).currency("USD").load().err();
        let paths: Vec<&str> =
            error.iter().flat_map(|error| error.problems()).map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["surveys[2].scale_max"]);
    }
}
