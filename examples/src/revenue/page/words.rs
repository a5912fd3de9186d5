//! What the page says, in English and in Japanese; a text that lacks one of them does not compile.

use chrono::NaiveDate;
use cs_core::{Locale, Money};

use super::churn::Worst;
use crate::program::money::{count, percent, written};

/// Headings, each in both languages.
macro_rules! headings {
    ($($name:ident: $english:literal, $japanese:literal;)+) => {
        #[derive(Clone, Copy)]
        pub(super) enum Heading { $($name),+ }

        impl Heading {
            pub(super) fn text(self, locale: Locale) -> &'static str {
                match (self, locale) {
                    $((Self::$name, Locale::Ja) => $japanese,
                    (Self::$name, _) => $english,)+
                }
            }
        }
    };
}

headings! {
    Title: "Revenue review", "収益レビュー";
    Summary: "In short", "要約";
    Movements: "What moved in the last twelve months", "直近12か月の増減";
    Retention: "How much of it stayed", "収益の維持";
    Cohorts: "What became of those who came", "コホートの推移";
    Health: "How healthy customers are", "顧客のヘルス";
    Leaving: "Who may leave", "解約のおそれがある顧客";
    Foretold: "Whether scores foretold who left", "スコアは解約を予測できたか";
    Churn: "Where churn comes from", "解約の内訳";
    Questions: "Five questions", "5つの問い";
    Due: "What fell due, and what is committed", "更新と確定収益";
    Lifetime: "How long customers stay, and what they are worth", "継続期間と顧客生涯価値";
    Attention: "Where the time goes, and how far customers have come", "対応時間と顧客のフェーズ";
    Indicators: "The indicators of the last month", "直近月の指標";
    Reading: "Reading", "算出方法";
    Months: "Months", "月数";
    Worth: "Revenue of a customer", "顧客あたりの収益";
    ByChurn: "by the churn of twelve months", "直近12か月の解約率による";
    AsSeen: "as customers were seen to stay", "継続の実績による";
    ByModel: "by a model, over five years", "モデルによる（5年間）";
    Winning: "Winning a customer", "顧客の獲得";
    CostToWin: "what it costs to win", "獲得の費用";
    CostToStart: "what it costs to get started", "導入の費用";
    PaidBack: "months until it is earned back (24 are usual)", "回収までの月数（目安24か月）";
    PaidBackTerms: "terms until then (two renewals are usual)", "回収までの契約期間数（目安は更新2回）";
    LargestBase: "how large the base gets, at this inflow and churn", "現在の獲得と解約が続く場合の顧客数の上限";
    Landmark: "Customers, 90 days after they came", "利用開始90日後の顧客";
    Early: "had value by then", "成果を得ていた";
    Late: "had not", "成果を得ていなかった";
    StayedYear: "Stayed a year longer", "その後1年の継続率";
    CameThrough: "Customers who came through", "獲得の経路";
    Referral: "others who told them", "紹介";
    ChampionMove: "champions who moved", "推進者の転職";
    ShareOfMrr: "Of all MRR", "全体に占める割合";
    Owner: "Who", "担当者";
    NoOwner: "(nobody)", "（担当なし）";
    PlannedHours: "Hours a month by plan", "計画時間（月）";
    Capacity: "Hours there are", "対応可能時間";
    Utilisation: "Taken", "稼働率";
    Indicator: "Indicator", "指標";
    Since: "Since the month before", "前月からの増減";
    Benchmark: "Others", "ベンチマーク";
    Concentration: "Who pays how much", "収益の集中";
    Definitions: "What the numbers mean", "数値の定義";
    Rows: "What became of every row", "読み込んだ行";
    Mrr: "MRR at the last close", "直近期末のMRR";
    Arr: "ARR", "ARR";
    Customers: "Customers", "顧客数";
    Net: "Net retention, 12 months", "純維持率（12か月）";
    Gross: "Gross retention, 12 months", "総維持率（12か月）";
    Month: "Month", "月";
    Opening: "Opening", "期首";
    New: "New", "新規";
    Reactivation: "Reactivation", "再開";
    Expansion: "Expansion", "増額";
    Contraction: "Contraction", "減額";
    Lost: "Churn", "解約";
    Closing: "Closing", "期末";
    Group: "Group", "グループ";
    LostShare: "Customers lost", "顧客解約率";
    From: "From", "下限";
    To: "To", "上限";
    LostRevenue: "Revenue lost", "収益の減少";
    Band: "Band", "区分";
    NoBand: "(none)", "（なし）";
    Revenue: "MRR", "MRR";
    Seen: "Seen on days tested", "検証日の観測数";
    OfAllLost: "Of all lost", "全解約に占める割合";
    Customer: "Customer", "顧客";
    State: "State", "状態";
    Reasons: "Why", "理由";
    Score: "Score", "スコア";
    Until: "End, or end of term", "終了日・契約期間の末日";
    Confirmed: "notice given", "解約通知済み";
    Imminent: "imminent", "差し迫っている";
    Suspected: "suspected", "おそれあり";
    WorstBand: "worst band", "最も低い区分";
    SteepFall: "steep fall of the score", "スコアの急落";
    TermEndsSoon: "term ends soon", "契約期間がまもなく終了";
    TermOver: "term is over", "契約期間が終了済み";
    PartialNotice: "notice of some contracts", "一部の契約に解約通知";
    NoticeGiven: "notice given", "解約通知済み";
    Switch: "Switch", "項目";
    Value: "Value", "値";
    Deviation: "Not the default", "既定との違い";
    Changed: "changed", "変更";
    Switches: "All switches", "すべての項目";
    Table: "Table", "表";
    Read: "Rows read", "読み込み";
    Accepted: "Accepted", "採用";
    Rejected: "Rejected", "除外";
    Blank: "Blank", "空行";
}

/// A sentence with its numbers.
pub(super) enum Sentence<'a> {
    Book { contracts: u64, customers: u64, day: NaiveDate, file: Option<&'a str> },
    Revenue { now: Money, then: Money, since: String },
    Flow { paying: u64, new: u64, back: u64, lost: u64 },
    Stayed { net: f64, gross: f64, interval: Option<(f64, f64)> },
    Worst(Worst<'a>),
    NoWorst,
    NoCustomers,
    Amounts(&'a str),
    NoAttributes,
    NoScores,
    Scored { customers: u64, scored: u64, scorecard: &'a str },
    Risk { customers: u64, mrr: Money },
    Shown { shown: usize, all: usize },
    Nobody,
    Better(Tested),
    NotShown(Tested),
    TooFew { lost: u64 },
    NotTested,
    Intervals,
    Lifetime,
    NotConcentrated(u64),
    Fingerprint(&'a str),
    NoProblems,
    Problems(u64),
    Warnings(u64),
}

/// What was tested, and what came of it.
pub(super) struct Tested {
    pub(super) days: (NaiveDate, NaiveDate),
    pub(super) horizon: u64,
    pub(super) auc: [f64; 3],
}

impl Sentence<'_> {
    pub(super) fn text(&self, locale: Locale) -> String {
        if locale == Locale::Ja { self.japanese() } else { self.english() }
    }

    fn english(&self) -> String {
        match self {
            Self::Book { contracts, customers, day, file } => {
                let (contracts, customers) = (count(*contracts), count(*customers));
                let source = file.map_or("of a synthetic book".to_owned(), |file| format!("from {file}"));
                format!("{contracts} contracts of {customers} customers, {source}; as of {day}.")
            }
            Self::Revenue { now, then, since } => {
                let (now_text, then_text) = (written(*now), written(*then));
                let change = change(*now, *then).map_or(String::new(), |change| format!(" ({change})"));
                format!("Monthly recurring revenue is {now_text}; when {since} began it was {then_text}{change}.")
            }
            Self::Flow { paying, new, back, lost } => {
                let [paying, new, back, lost] = [paying, new, back, lost].map(|number| count(*number));
                format!("{paying} customers pay. In these months {new} came, {back} came back, and {lost} left.")
            }
            Self::Stayed { net, gross, interval } => {
                let (net, gross) = (percent(*net), percent(*gross));
                let interval = interval.map_or(String::new(), |(low, high)| {
                    format!(" (95% interval {} to {})", percent(low), percent(high))
                });
                format!(
                    "Of the revenue of a year ago {gross} stayed; with what those customers pay more it is {net}{interval}."
                )
            }
            Self::Worst(Worst { attribute, group, lost, interval: (low, high), overall }) => {
                let [lost, low, high, overall] = [lost, low, high, overall].map(|share| percent(*share));
                format!(
                    "By {attribute}, {group} stands out: {lost} of its customers left within a year \
                     (95% interval {low} to {high}), of all customers {overall}."
                )
            }
            Self::NoWorst => "No group of customers clearly loses more than all of them do.".to_owned(),
            Self::NoCustomers => "Nobody has paid in these months.".to_owned(),
            Self::Amounts(currency) => format!("Monthly recurring revenue, {currency}"),
            Self::NoScores => "There is too little evidence for a score of any customer.".to_owned(),
            Self::Scored { customers, scored, scorecard } => {
                let [customers, scored] = [customers, scored].map(|number| count(*number));
                format!("{scored} of {customers} customers who pay have a score, by the scorecard {scorecard}.")
            }
            Self::Risk { customers, mrr } => {
                format!("{} customers who pay {} may leave.", count(*customers), written(*mrr))
            }
            Self::Shown { shown, all } => {
                format!("The {} of {} who pay most:", count(*shown as u64), count(*all as u64))
            }
            Self::Nobody => "Nobody, as far as scores and notices tell.".to_owned(),
            Self::Better(Tested { days: (first, last), horizon, auc: [auc, low, high] }) => format!(
                "On days from {first} to {last} the lowest scores foretold better than every baseline who left within \
                 {horizon} days: AUC {auc:.2} (95% interval {low:.2} to {high:.2})."
            ),
            Self::NotShown(Tested { days: (first, last), horizon, auc: [auc, low, high] }) => format!(
                "On days from {first} to {last} it was not shown that scores foretell better than a baseline who leaves \
                 within {horizon} days: AUC {auc:.2} (95% interval {low:.2} to {high:.2})."
            ),
            Self::TooFew { lost } => {
                format!("Too few customers left, or stayed, to tell whether scores foretell it: {} left.", count(*lost))
            }
            Self::NotTested => "Not tested: of no day gone by are a score and what followed known.".to_owned(),
            Self::NoAttributes => "The customers have no attribute that parts them into a few groups.".to_owned(),
            Self::Intervals => {
                "Customers who paid a year ago and do not any more. An interval that is wide says that the \
                                group is small; groups whose intervals overlap may differ by chance."
                    .to_owned()
            }
            Self::Lifetime => {
                "What an average customer pays before it leaves, within five years but for the first of three readings; costs and \
                 discounts are not in it."
                    .to_owned()
            }
            Self::NotConcentrated(most) => {
                format!("Drawn for books of up to {} customers.", count(*most))
            }
            Self::Fingerprint(fingerprint) => {
                format!(
                    "Two numbers are comparable if they follow the same definitions. These have the fingerprint {fingerprint}."
                )
            }
            Self::NoProblems => "No row had a problem.".to_owned(),
            Self::Problems(1) => "1 problem:".to_owned(),
            Self::Problems(total) => format!("{} problems; the first of them:", count(*total)),
            Self::Warnings(1) => "1 warning:".to_owned(),
            Self::Warnings(total) => format!("{} warnings; the first of them:", count(*total)),
        }
    }

    fn japanese(&self) -> String {
        match self {
            Self::Book { contracts, customers, day, file } => {
                let (contracts, customers) = (count(*contracts), count(*customers));
                let source = file.unwrap_or("合成データ");
                format!("契約{contracts}件、顧客{customers}社（{source}）。基準日 {day}。")
            }
            Self::Revenue { now, then, since } => {
                let (now_text, then_text) = (written(*now), written(*then));
                let change = change(*now, *then).map_or(String::new(), |change| format!("（{change}）"));
                format!("月次経常収益は{now_text}です。{since}の期首は{then_text}でした{change}。")
            }
            Self::Flow { paying, new, back, lost } => {
                let [paying, new, back, lost] = [paying, new, back, lost].map(|number| count(*number));
                format!(
                    "支払いのある顧客は{paying}社です。この期間に新規{new}社、再開{back}社、解約{lost}社がありました。"
                )
            }
            Self::Stayed { net, gross, interval } => {
                let (net, gross) = (percent(*net), percent(*gross));
                let interval = interval
                    .map_or(String::new(), |(low, high)| format!("（95%区間 {}〜{}）", percent(low), percent(high)));
                format!("1年前の収益のうち{gross}が残り、同じ顧客の増額を含めると{net}{interval}です。")
            }
            Self::Worst(Worst { attribute, group, lost, interval: (low, high), overall }) => {
                let [lost, low, high, overall] = [lost, low, high, overall].map(|share| percent(*share));
                format!(
                    "{attribute}では{group}が目立ちます。1年間の顧客解約率は{lost}（95%区間 {low}〜{high}）、全体では{overall}です。"
                )
            }
            Self::NoWorst => "全体より明らかに解約の多いグループはありません。".to_owned(),
            Self::NoCustomers => "この期間に支払いのある顧客はいません。".to_owned(),
            Self::Amounts(currency) => format!("月次経常収益（{currency}）"),
            Self::NoScores => "スコアを付けるだけのデータがある顧客はいません。".to_owned(),
            Self::Scored { customers, scored, scorecard } => {
                let [customers, scored] = [customers, scored].map(|number| count(*number));
                format!("支払いのある顧客{customers}社のうち{scored}社にスコアがあります（スコアカード {scorecard}）。")
            }
            Self::Risk { customers, mrr } => {
                format!("{}社（月次経常収益 {}）に解約のおそれがあります。", count(*customers), written(*mrr))
            }
            Self::Shown { shown, all } => {
                format!("{}社のうち金額の大きい{}社:", count(*all as u64), count(*shown as u64))
            }
            Self::Nobody => "スコアと通知からみて、該当する顧客はいません。".to_owned(),
            Self::Better(Tested { days: (first, last), horizon, auc: [auc, low, high] }) => format!(
                "{first}〜{last}の各日で、低いスコアは{horizon}日以内の解約をどの基準よりもよく予測しました。AUC {auc:.2}\
                 （95%区間 {low:.2}〜{high:.2}）。"
            ),
            Self::NotShown(Tested { days: (first, last), horizon, auc: [auc, low, high] }) => format!(
                "{first}〜{last}の各日で、スコアが{horizon}日以内の解約を基準よりよく予測することは示されませんでした。\
                 AUC {auc:.2}（95%区間 {low:.2}〜{high:.2}）。"
            ),
            Self::TooFew { lost } => format!(
                "解約した顧客または残った顧客が少なく（解約{}社）、予測できたかどうかは分かりません。",
                count(*lost)
            ),
            Self::NotTested => "スコアを検証できる過去の日がありません。".to_owned(),
            Self::NoAttributes => "顧客を少数のグループに分ける属性がありません。".to_owned(),
            Self::Intervals => {
                "1年前に支払いがあり、現在はない顧客の割合です。区間が広いグループは小さく、区間が重なる\
                                グループの差は偶然かもしれません。"
                    .to_owned()
            }
            Self::Lifetime => {
                "平均的な顧客が解約までに支払う収益です（最初の方法を除き5年以内、費用と割引は含みません）。".to_owned()
            }
            Self::NotConcentrated(most) => format!("顧客{}社までの場合に描きます。", count(*most)),
            Self::Fingerprint(fingerprint) => {
                format!("同じ定義に従う数値だけが比較できます。この定義の指紋は {fingerprint} です。")
            }
            Self::NoProblems => "問題のある行はありません。".to_owned(),
            Self::Problems(total) => format!("問題は{}件です。はじめの数件:", count(*total)),
            Self::Warnings(total) => format!("警告は{}件です。はじめの数件:", count(*total)),
        }
    }
}

/// By which share an amount has grown, with its sign; none where there was nothing.
fn change(now: Money, then: Money) -> Option<String> {
    let ratio = now.units() as f64 / then.units() as f64 - 1.0;
    ratio.is_finite().then(|| format!("{:+.1}%", ratio * 100.0))
}
