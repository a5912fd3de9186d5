//! Pictures of reviews: how the company stands by each principle, and which groups leave early.

use super::labels::{Label, labels};
use super::source::{BANDS, Source, few};
use super::{Axis, Figure, Mark, Marks, Role};
use crate::error::Problem;
use crate::float::{percent, quotient};

labels! {
    TITLE_OF_VERDICTS: "Revenue by principle", "原則ごとの収益の状態";
    TITLE_OF_EARLY_CHURN: "Who leaves early, against all others", "早期解約率の差";
    PRINCIPLE: "Principle", "原則";
    SHARE_OF_ASKED: "Share of the revenue asked of, %", "対象の収益に占める割合（%）";
    PASSES: "Passes", "問題なし";
    FAILS: "Fails", "問題あり";
    NO_EVIDENCE: "No evidence", "証拠なし";
    EXCESS: "Share that leaves early, less that of all others, %", "早期解約率（その他すべてとの差、%）";
    EXCESS_INTERVAL: "Difference, 95% interval", "差と95%区間";
    RIGHT_CUSTOMER: "Right customer", "正しい顧客";
    NATURAL_DRIFT: "Natural drift", "自然な離反";
    WILDLY_SUCCESSFUL: "Wildly successful", "大成功";
    MONITOR_HEALTH: "Monitor health", "ヘルスの把握";
    TIME_TO_VALUE: "Time to value", "価値実現の速さ";
}

/// Principles by their words.
const PRINCIPLES: [(&str, Label); 5] = [
    ("right_customer", Label::RIGHT_CUSTOMER),
    ("natural_drift", Label::NATURAL_DRIFT),
    ("wildly_successful", Label::WILDLY_SUCCESSFUL),
    ("monitor_health", Label::MONITOR_HEALTH),
    ("time_to_value", Label::TIME_TO_VALUE),
];

impl Source<'_> {
    /// Shares of the revenue that a principle is asked of: what passes, what fails, what has no evidence.
    pub(super) fn verdicts(&self) -> Result<Figure, Problem> {
        few(self.table.len(), BANDS)?;
        let name = |row: usize| {
            let word = self.word(row, "principle").unwrap_or_default();
            let known = PRINCIPLES.iter().find(|(known, _)| *known == word);
            known.map_or_else(|| word.to_owned(), |(_, label)| self.text(*label).to_owned())
        };
        let names: Vec<String> = self.rows().map(name).collect();
        // Up to where each part reaches, of the revenue of a row.
        let reach = |row: usize| {
            let [(asked, _), (assessed, _), (failing, _)] =
                ["mrr", "assessed_mrr", "failing_mrr"].map(|column| self.units(row, column));
            [0, assessed.checked_sub(failing)?, assessed, asked]
                .map(|units| quotient(units, asked))
                .into_iter()
                .collect()
        };
        let reaches: Vec<Option<Vec<f64>>> = self.rows().map(reach).collect();
        let bars = |part: usize| {
            let of_rows = reaches.iter().zip(&names).enumerate().filter_map(move |(band, (reach, name))| {
                let ends = reach.as_ref()?.get(part..part + 2)?;
                let [from, to] = <[f64; 2]>::try_from(ends).ok()?;
                let told = format!("{name}: {}", percent(to - from));
                (to > from).then_some(Mark { band, at: [from * 100.0, to * 100.0], told })
            });
            Marks::Bars(of_rows.collect())
        };
        let layers = vec![
            self.layer(Label::PASSES, Role::New, bars(0)),
            self.layer(Label::FAILS, Role::Churn, bars(1)),
            self.layer(Label::NO_EVIDENCE, Role::Unknown, bars(2)),
        ];
        let vertical = self.percents(Label::SHARE_OF_ASKED, [0.0, 100.0].into_iter())?;
        let horizontal = Axis::Bands { title: self.text(Label::PRINCIPLE).to_owned(), names, is_sequence: false };
        let day = self.as_of();
        Ok(self.titled(Label::TITLE_OF_VERDICTS, (&day, &day), (horizontal, vertical), layers))
    }

    pub(super) fn early_churn(&self) -> Result<Figure, Problem> {
        let columns = ["excess_low", "excess", "excess_high"];
        let labels = [Label::TITLE_OF_EARLY_CHURN, Label::EXCESS, Label::EXCESS_INTERVAL];
        self.intervals(self.rows().collect(), "customers", columns, labels, &self.as_of())
    }
}
