//! What stands in pictures, in each language.

use crate::locale::Locale;
use crate::money::grouped;

/// A text of a picture, in English and in Japanese.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label(pub(super) &'static [&'static str; 2]);

/// Declares texts, each in all languages.
macro_rules! labels {
    ($($name:ident: $en:literal, $ja:literal;)+) => {
        impl Label {
            $(pub(super) const $name: Self = Self(&[$en, $ja]);)+
        }
    };
}

#[cfg(feature = "forecast")]
pub(super) use labels;

labels! {
    OPENING: "Opening", "期首";
    NEW: "New", "新規";
    REACTIVATION: "Reactivation", "再開";
    EXPANSION: "Expansion", "増額";
    CONTRACTION: "Contraction", "減額";
    CHURNED: "Churn", "解約";
    CLOSING: "Closing", "期末";
    NET: "Net retention", "純維持率（NRR）";
    GROSS: "Gross retention", "総維持率（GRR）";
    NET_INTERVAL: "Net retention, 95% interval", "純維持率の95%区間";
    GROSS_INTERVAL: "Gross retention, 95% interval", "総維持率の95%区間";
    CUSTOMERS_LOST: "Customers lost, 95% interval", "顧客解約率と95%区間";
    PERIOD: "Period", "期間";
    COHORT: "Cohort, by first period", "コホート（初回の期間）";
    AGE: "Periods since the first", "初回からの期間数";
    SHARE_OF_REVENUE: "Share of recurring revenue, %", "経常収益に占める割合（%）";
    SHARE_OF_GROUPS: "Share of those who pay, largest first, %", "支払いのある先の割合（大きい順、%）";
    SHARE_OF_CUSTOMERS: "Share of customers, %", "顧客の割合（%）";
    SHARE_KEPT: "Share of opening revenue, %", "期首収益に対する割合（%）";
    EVEN: "If all paid the same", "全員が同額の場合";
    NOBODY: "(none)", "（なし）";
    SCORE: "Health score", "ヘルススコア";
    CUSTOMERS: "Customers", "顧客数";
    INSUFFICIENT_DATA: "(too little evidence)", "（データ不足）";
    NOT_PAYING: "(not paying)", "（支払いなし）";
    BAND_BEFORE: "Band before", "以前の区分";
    BAND: "Band", "区分";
    MEASURE: "Measure", "指標";
    POINTS: "Points of the score", "スコアの点数";
    POINTS_GAINED: "Gained", "増加";
    POINTS_LOST: "Lost", "減少";
    CHANGE: "Change", "変化";
    LOST_WITHIN: "Lost, 95% interval", "解約率と95%区間";
    ALL: "All scores", "スコア全体";
    TENTH: "Tenth of the scores, lowest first", "スコアの十分位（低い順）";
    TIMES_THE_AVERAGE: "Times the average rate of loss", "平均解約率に対する倍率";
    SHARE_OF_LOST: "Share of the lost, %", "解約した顧客の割合（%）";
    SHARE_OF_SCORES: "Share of the scores, lowest first, %", "スコアの割合（低い順、%）";
    BY_CHANCE: "If scores told nothing", "スコアに予測力がない場合";
}

impl Label {
    pub(super) fn text(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.0[0],
            Locale::Ja => self.0[1],
        }
    }

    /// The title of an axis of amounts in a currency.
    pub(super) fn amounts(is_annual: bool, currency: &str, locale: Locale) -> String {
        match (locale, is_annual) {
            (Locale::En, false) => format!("Monthly recurring revenue, {currency}"),
            (Locale::En, true) => format!("Annual recurring revenue, {currency}"),
            (Locale::Ja, false) => format!("月次経常収益（MRR、{currency}）"),
            (Locale::Ja, true) => format!("年間経常収益（ARR、{currency}）"),
        }
    }

    /// Of how many customers a mean is.
    pub(super) fn mean(customers: u64, locale: Locale) -> String {
        let customers = grouped(&customers.to_string());
        match locale {
            Locale::En => format!("mean of {customers} customers"),
            Locale::Ja => format!("{customers}社の平均"),
        }
    }

    /// The title of an axis of groups, of which only the largest are shown.
    pub(super) fn largest(title: &str, shown: usize, all: usize, locale: Locale) -> String {
        match locale {
            Locale::En => format!("{title}: the {shown} of {all} groups with most customers"),
            Locale::Ja => format!("{title}（全{all}グループのうち顧客数の多い{shown}）"),
        }
    }

    /// What a picture is of: periods from one to another, the scorecard, the definitions.
    pub(super) fn source(
        (first, last): (&str, &str),
        scorecard: Option<&str>,
        definitions: &str,
        locale: Locale,
    ) -> String {
        let range = match (first == last, locale) {
            (true, _) => first.to_owned(),
            (false, Locale::En) => format!("{first} to {last}"),
            (false, Locale::Ja) => format!("{first}〜{last}"),
        };
        let is_first = range.is_empty() && scorecard.is_none();
        let (scorecard, definitions, between) = match locale {
            Locale::En => (
                scorecard.map(|scorecard| format!("scorecard {scorecard}")),
                format!("{} {definitions}", if is_first { "Definitions" } else { "definitions" }),
                "; ",
            ),
            Locale::Ja => {
                (scorecard.map(|scorecard| format!("スコアカード {scorecard}")), format!("定義 {definitions}"), "、")
            }
        };
        let range = Some(range).filter(|range| !range.is_empty());
        let told: Vec<String> = [range, scorecard, Some(definitions)].into_iter().flatten().collect();
        told.join(between)
    }
}
