//! Sentences with parameters, which are written in the form of the language.

use chrono::NaiveDate;

use super::Said as _;
use crate::locale::Locale;
use crate::money::Money;
use crate::principles::{Check, Edition, Verdict};
use crate::review::forms::{amount, count, date, fine_share, share, told_apart};

/// A sentence of a review.
#[derive(Clone, Copy, Debug)]
pub(in crate::review) enum Sentence<'a> {
    /// Who is reviewed, by which principles.
    Reviewed { day: NaiveDate, edition: Edition, customers: u64, mrr: Money },
    /// How the principles stand.
    Standing { passed: u64, attention: u64, failed: u64, not_assessable: u64 },
    /// What is at stake.
    AtStake { customers: u64, mrr: Money, of_all: f64 },
    /// Nothing that could be assessed is.
    NothingAtStake { not_assessable: u64 },
    /// A principle that does not pass, by its name and number.
    News { principle: &'a str, verdict: Verdict, mrr: Money },
    /// Who was left out.
    LeftOut { customers: u64, mrr: Money },
    /// How much fails of what could be assessed.
    Fails { failing: f64, attention_above: f64, fail_above: f64, coverage: Option<f64> },
    /// Too little could be assessed.
    NotAssessed { coverage: Option<f64>, min_coverage: f64 },
    /// A verdict that follows from what was found of segments or of the company, and not from customers.
    ByGroups,
    /// There are more findings than are shown.
    More { count: u64 },
    /// Findings that rest are not told again.
    Resting { count: u64 },
    /// There are too few customers to compare.
    TooFewCustomers { question: Check },
    /// Customers were not watched long enough.
    WatchedTooBriefly { question: Check },
    /// The question is of nobody.
    NobodyAsked,
    /// What a table would bring, or a name in it.
    WouldBring { question: Check, table: &'a str, column: Option<&'a str> },
    /// Groups are compared with all others.
    Compared,
    /// What to do about those who stand out.
    NotSoldTo,
    /// Nobody stands out.
    NobodyStandsOut,
    /// A value that has no threshold.
    Value { name: &'a str, value: &'a str },
    /// A value that may be no less.
    AtLeast { name: &'a str, value: &'a str, threshold: &'a str },
    /// A value that may be no greater.
    AtMost { name: &'a str, value: &'a str, threshold: &'a str },
    /// Nothing was found.
    NothingFound,
}

/// `1 customer`, `2 customers`, and what follows them.
fn customers_who(number: u64, one: &'static str, several: &'static str) -> (String, &'static str) {
    match number {
        1 => ("1 customer".to_owned(), one),
        _ => (format!("{} customers", count(number)), several),
    }
}

/// How much has evidence, beside how much a verdict needs.
fn covered(coverage: Option<f64>, least: f64) -> [String; 2] {
    match coverage {
        Some(coverage) => told_apart([coverage, least], fine_share),
        None => [share(None), share(Some(least))],
    }
}

impl Sentence<'_> {
    pub(in crate::review) fn text(&self, locale: Locale) -> String {
        match locale {
            Locale::En => self.english(),
            Locale::Ja => self.japanese(),
        }
    }

    fn english(&self) -> String {
        const EN: Locale = Locale::En;
        let percent = |of: f64| share(Some(of));
        match *self {
            Self::Reviewed { day, edition, customers, mrr } => {
                let (customers, pay) = customers_who(customers, "pays", "pay");
                format!(
                    "As of {}, by {}: {customers} {pay} {} a month.",
                    date(day, EN),
                    edition.said(EN),
                    amount(mrr, EN)
                )
            }
            Self::Standing { passed, attention, failed, not_assessable } => format!(
                "Verdicts: fail {failed}, attention {attention}, pass {passed}, not assessable {not_assessable}."
            ),
            Self::AtStake { customers, mrr, of_all } => {
                let (customers, _) = customers_who(customers, "", "");
                format!(
                    "{} a month, {} of all, is at stake with {customers}, each counted once.",
                    amount(mrr, EN),
                    percent(of_all)
                )
            }
            Self::NothingAtStake { not_assessable: 0 } => "No revenue is at stake.".to_owned(),
            Self::NothingAtStake { .. } => {
                "Nothing that could be assessed puts revenue at stake; the rest cannot be told.".to_owned()
            }
            Self::News { principle, verdict, mrr } => {
                format!("{}: {principle}, with {} a month at stake.", verdict.said(EN), amount(mrr, EN))
            }
            Self::LeftOut { customers, mrr } => {
                let (customers, are) = customers_who(customers, "is", "are");
                format!(
                    "{customers} with an MRR of {} {are} left out of some principle by the settings.",
                    amount(mrr, EN)
                )
            }
            Self::Fails { failing, attention_above, fail_above, coverage } => {
                let [failing, attention, fail] = told_apart([failing, attention_above, fail_above], fine_share);
                format!(
                    "{failing} of the MRR that could be assessed fails: up to {attention} passes, and up to {fail} needs attention. Evidence covers {}.",
                    share(coverage)
                )
            }
            Self::NotAssessed { coverage, min_coverage } => {
                let [coverage, least] = covered(coverage, min_coverage);
                format!("Evidence covers {coverage} of the MRR, and a verdict needs {least}.")
            }
            Self::ByGroups => "The verdict follows from what was found of segments or of the company.".to_owned(),
            Self::More { count: more } => format!("{} more in the table.", count(more)),
            Self::Resting { count: 1 } => "1 finding is snoozed by an open action.".to_owned(),
            Self::Resting { count: resting } => format!("{} findings are snoozed by open actions.", count(resting)),
            Self::TooFewCustomers { question } => {
                format!("{} There are too few customers to tell.", question.said(EN))
            }
            Self::WatchedTooBriefly { question } => {
                format!("{} Customers were not watched long enough to tell.", question.said(EN))
            }
            Self::NobodyAsked => "There is no customer to ask this of.".to_owned(),
            Self::WouldBring { question, table, column: None } => {
                format!("{} Provide the table {table}.", question.said(EN))
            }
            Self::WouldBring { question, table, column: Some(column) } => {
                format!("{} Provide {column} in the table {table}.", question.said(EN))
            }
            Self::Compared => {
                "Each group is held against all others, and corrected for how many are tested. It is not an \
                               experiment: groups may differ in other ways."
                    .to_owned()
            }
            Self::NotSoldTo => {
                "Not selling to these is a right answer, until something about the product or the sale has changed."
                    .to_owned()
            }
            Self::NobodyStandsOut => "No group stands out.".to_owned(),
            Self::Value { name, value } => format!("{name} {value}"),
            Self::AtLeast { name, value, threshold } => format!("{name} {value} (at least {threshold})"),
            Self::AtMost { name, value, threshold } => format!("{name} {value} (at most {threshold})"),
            Self::NothingFound => "Nothing was found.".to_owned(),
        }
    }

    fn japanese(&self) -> String {
        const JA: Locale = Locale::Ja;
        let percent = |of: f64| share(Some(of));
        match *self {
            Self::Reviewed { day, edition, customers, mrr } => format!(
                "{}時点、{}による評価です。{}社の顧客が月額{}を支払っています。",
                date(day, JA),
                edition.said(JA),
                count(customers),
                amount(mrr, JA)
            ),
            Self::Standing { passed, attention, failed, not_assessable } => format!(
                "原則の判定は、不合格{failed}件、要注意{attention}件、合格{passed}件、評価不能{not_assessable}件です。"
            ),
            Self::AtStake { customers, mrr, of_all } => format!(
                "{}社（重複なし）の月額{}、全体の{}にリスクがあります。",
                count(customers),
                amount(mrr, JA),
                percent(of_all)
            ),
            Self::NothingAtStake { not_assessable: 0 } => "リスクのある収益はありません。".to_owned(),
            Self::NothingAtStake { .. } => {
                "評価できた範囲ではリスクのある収益はありません。それ以外は判断できません。".to_owned()
            }
            Self::News { principle, verdict, mrr } => {
                format!("{}：{principle}（リスクのあるMRR 月額{}）", verdict.said(JA), amount(mrr, JA))
            }
            Self::LeftOut { customers, mrr } => {
                format!("設定により、月額{}を支払う{}社が一部の原則の対象外です。", amount(mrr, JA), count(customers))
            }
            Self::Fails { failing, attention_above, fail_above, coverage } => {
                let [failing, attention, fail] = told_apart([failing, attention_above, fail_above], fine_share);
                format!(
                    "評価できたMRRの{failing}に問題があります（{attention}以下で合格、{fail}以下で要注意）。証拠のあるMRRは{}です。",
                    share(coverage)
                )
            }
            Self::NotAssessed { coverage, min_coverage } => {
                let [coverage, least] = covered(coverage, min_coverage);
                format!("証拠のあるMRRは{coverage}で、判定に必要な{least}に達していません。")
            }
            Self::ByGroups => "この判定は、セグメントまたは全社についての所見によるものです。".to_owned(),
            Self::More { count: more } => format!("ほかに{}件が表にあります。", count(more)),
            Self::Resting { count: resting } => format!("アクションにより保留中のものが{}件あります。", count(resting)),
            Self::TooFewCustomers { question } => format!("{}：顧客が少なすぎるため分かりません。", question.said(JA)),
            Self::WatchedTooBriefly { question } => {
                format!("{}：観察期間が短すぎるため分かりません。", question.said(JA))
            }
            Self::NobodyAsked => "対象となる顧客はいません。".to_owned(),
            Self::WouldBring { question, table, column: None } => {
                format!("{}：表「{table}」があれば分かります。", question.said(JA))
            }
            Self::WouldBring { question, table, column: Some(column) } => {
                format!("{}：表「{table}」の「{column}」があれば分かります。", question.said(JA))
            }
            Self::Compared => "各グループをその他すべてと比べ、検定の数に応じて補正しています。実験ではないため、グループには他の違いもあり得ます。".to_owned(),
            Self::NotSoldTo => "プロダクトや売り方が変わるまで、これらの顧客には販売しないことが正しい判断です。".to_owned(),
            Self::NobodyStandsOut => "突出したグループはありません。".to_owned(),
            Self::Value { name, value } => format!("{name} {value}"),
            Self::AtLeast { name, value, threshold } => format!("{name} {value}（{threshold}以上）"),
            Self::AtMost { name, value, threshold } => format!("{name} {value}（{threshold}以下）"),
            Self::NothingFound => "該当はありません。".to_owned(),
        }
    }
}
