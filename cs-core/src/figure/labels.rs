//! What stands in pictures, in each language.

use super::Picture;
use crate::locale::Locale;
use crate::money::grouped;

/// A text of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) enum Label {
    /// Of a picture, or of what it is of where that has no other name.
    Title(Picture),
    Opening,
    New,
    Reactivation,
    Expansion,
    Contraction,
    Churned,
    Closing,
    Net,
    Gross,
    NetInterval,
    GrossInterval,
    CustomersLost,
    Period,
    Cohort,
    Age,
    ShareOfRevenue,
    ShareOfGroups,
    ShareOfCustomers,
    ShareKept,
    Even,
    Nobody,
    Score,
    Customers,
    InsufficientData,
    NotPaying,
    BandBefore,
    Band,
    Measure,
    Points,
    PointsGained,
    PointsLost,
    Change,
    LostWithin,
    All,
    Tenth,
    TimesTheAverage,
    ShareOfLost,
    ShareOfScores,
    ByChance,
    /// Of a picture that has its own, in English and in Japanese.
    #[cfg(feature = "rooms")]
    Own(&'static [&'static str; 2]),
}

/// Declares texts of some pictures, each in all languages.
#[cfg(feature = "rooms")]
macro_rules! labels {
    ($($name:ident: $en:literal, $ja:literal;)+) => {
        impl Label {
            $(const $name: Self = Self::Own(&[$en, $ja]);)+
        }
    };
}

#[cfg(feature = "rooms")]
pub(super) use labels;

/// What amounts are of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Amounts {
    Monthly,
    Annual,
    #[cfg(feature = "rooms")]
    OfLifetimes,
}

impl Label {
    pub(super) fn text(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.english(),
            Locale::Ja => self.japanese(),
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Title(Picture::Movements) => "Movements of recurring revenue",
            Self::Title(Picture::Waterfall) => "From opening to closing",
            Self::Title(Picture::Arr) => "Annual recurring revenue",
            Self::Title(Picture::Concentration) => "Concentration of recurring revenue",
            Self::Title(Picture::Retention) => "Revenue retention",
            Self::Title(Picture::Churn) => "Customers lost, by group",
            Self::Title(Picture::CustomerRetention) => "Customers who stay, by cohort",
            Self::Title(Picture::RevenueRetention) => "Revenue that stays, by cohort",
            Self::Title(Picture::ScoreDistribution) => "Health scores",
            Self::Title(Picture::BandMigration) => "Moves between bands of health",
            Self::Title(Picture::Contributions) => "What the score is made of",
            Self::Title(Picture::ContributionChanges) => "What the score changed by",
            Self::Title(Picture::Calibration) => "Customers lost, by score",
            Self::Title(Picture::Lift) => "Lift of each tenth of the scores",
            Self::Title(Picture::Gains) => "Lost customers among the lowest scores",
            Self::Opening => "Opening",
            Self::New => "New",
            Self::Reactivation => "Reactivation",
            Self::Expansion => "Expansion",
            Self::Contraction => "Contraction",
            Self::Churned => "Churn",
            Self::Closing => "Closing",
            Self::Net => "Net retention",
            Self::Gross => "Gross retention",
            Self::NetInterval => "Net retention, 95% interval",
            Self::GrossInterval => "Gross retention, 95% interval",
            Self::CustomersLost => "Customers lost, 95% interval",
            Self::Period => "Period",
            Self::Cohort => "Cohort, by first period",
            Self::Age => "Periods since the first",
            Self::ShareOfRevenue => "Share of recurring revenue, %",
            Self::ShareOfGroups => "Share of those who pay, largest first, %",
            Self::ShareOfCustomers => "Share of customers, %",
            Self::ShareKept => "Share of opening revenue, %",
            Self::Even => "If all paid the same",
            Self::Nobody => "(none)",
            Self::Score => "Health score",
            Self::Customers => "Customers",
            Self::InsufficientData => "(too little evidence)",
            Self::NotPaying => "(not paying)",
            Self::BandBefore => "Band before",
            Self::Band => "Band",
            Self::Measure => "Measure",
            Self::Points => "Points of the score",
            Self::PointsGained => "Gained",
            Self::PointsLost => "Lost",
            Self::Change => "Change",
            Self::LostWithin => "Lost, 95% interval",
            Self::All => "All scores",
            Self::Tenth => "Tenth of the scores, lowest first",
            Self::TimesTheAverage => "Times the average rate of loss",
            Self::ShareOfLost => "Share of the lost, %",
            Self::ShareOfScores => "Share of the scores, lowest first, %",
            Self::ByChance => "If scores told nothing",
            #[cfg(feature = "rooms")]
            Self::Own([english, _]) => english,
            // Such a picture has a title of its own.
            #[cfg(feature = "rooms")]
            Self::Title(_) => "",
        }
    }

    fn japanese(self) -> &'static str {
        match self {
            Self::Title(Picture::Movements) => "経常収益の増減",
            Self::Title(Picture::Waterfall) => "期首から期末まで",
            Self::Title(Picture::Arr) => "年間経常収益（ARR）",
            Self::Title(Picture::Concentration) => "経常収益の集中度",
            Self::Title(Picture::Retention) => "収益維持率",
            Self::Title(Picture::Churn) => "グループ別の顧客解約率",
            Self::Title(Picture::CustomerRetention) => "コホート別の顧客維持率",
            Self::Title(Picture::RevenueRetention) => "コホート別の収益維持率",
            Self::Title(Picture::ScoreDistribution) => "ヘルススコアの分布",
            Self::Title(Picture::BandMigration) => "ヘルス区分間の移動",
            Self::Title(Picture::Contributions) => "スコアの内訳",
            Self::Title(Picture::ContributionChanges) => "スコアの変化の内訳",
            Self::Title(Picture::Calibration) => "スコア別の解約率",
            Self::Title(Picture::Lift) => "スコア十分位別のリフト",
            Self::Title(Picture::Gains) => "低スコア順にみた解約顧客の割合",
            Self::Opening => "期首",
            Self::New => "新規",
            Self::Reactivation => "再開",
            Self::Expansion => "増額",
            Self::Contraction => "減額",
            Self::Churned => "解約",
            Self::Closing => "期末",
            Self::Net => "純維持率（NRR）",
            Self::Gross => "総維持率（GRR）",
            Self::NetInterval => "純維持率の95%区間",
            Self::GrossInterval => "総維持率の95%区間",
            Self::CustomersLost => "顧客解約率と95%区間",
            Self::Period => "期間",
            Self::Cohort => "コホート（初回の期間）",
            Self::Age => "初回からの期間数",
            Self::ShareOfRevenue => "経常収益に占める割合（%）",
            Self::ShareOfGroups => "支払いのある先の割合（大きい順、%）",
            Self::ShareOfCustomers => "顧客の割合（%）",
            Self::ShareKept => "期首収益に対する割合（%）",
            Self::Even => "全員が同額の場合",
            Self::Nobody => "（なし）",
            Self::Score => "ヘルススコア",
            Self::Customers => "顧客数",
            Self::InsufficientData => "（データ不足）",
            Self::NotPaying => "（支払いなし）",
            Self::BandBefore => "以前の区分",
            Self::Band => "区分",
            Self::Measure => "指標",
            Self::Points => "スコアの点数",
            Self::PointsGained => "増加",
            Self::PointsLost => "減少",
            Self::Change => "変化",
            Self::LostWithin => "解約率と95%区間",
            Self::All => "スコア全体",
            Self::Tenth => "スコアの十分位（低い順）",
            Self::TimesTheAverage => "平均解約率に対する倍率",
            Self::ShareOfLost => "解約した顧客の割合（%）",
            Self::ShareOfScores => "スコアの割合（低い順、%）",
            Self::ByChance => "スコアに予測力がない場合",
            #[cfg(feature = "rooms")]
            Self::Own([_, japanese]) => japanese,
            #[cfg(feature = "rooms")]
            Self::Title(_) => "",
        }
    }

    /// The title of an axis of amounts in a currency.
    pub(super) fn amounts(amounts: Amounts, currency: &str, locale: Locale) -> String {
        match (locale, amounts) {
            (Locale::En, Amounts::Monthly) => format!("Monthly recurring revenue, {currency}"),
            (Locale::En, Amounts::Annual) => format!("Annual recurring revenue, {currency}"),
            (Locale::Ja, Amounts::Monthly) => format!("月次経常収益（MRR、{currency}）"),
            (Locale::Ja, Amounts::Annual) => format!("年間経常収益（ARR、{currency}）"),
            #[cfg(feature = "rooms")]
            (Locale::En, Amounts::OfLifetimes) => format!("Revenue of a lifetime, {currency}"),
            #[cfg(feature = "rooms")]
            (Locale::Ja, Amounts::OfLifetimes) => format!("生涯収益（{currency}）"),
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
