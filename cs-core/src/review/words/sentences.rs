//! Sentences with parameters, which are written already.

use crate::locale::Locale;
use crate::money;

/// A sentence of a review.
#[derive(Clone, Debug)]
pub(in crate::review) enum Sentence<'a> {
    /// Who is reviewed, by which principles.
    Reviewed { day: &'a str, edition: &'a str, customers: u64, mrr: &'a str },
    /// How the principles stand.
    Standing { passed: u64, attention: u64, failed: u64, not_assessable: u64 },
    /// What is at stake.
    AtStake { customers: u64, mrr: &'a str, share: &'a str },
    /// Nothing that could be assessed is.
    NothingAtStake { not_assessable: u64 },
    /// A principle that does not pass.
    News { principle: &'a str, verdict: &'a str, mrr: &'a str },
    /// Who was left out.
    LeftOut { customers: u64, mrr: &'a str },
    /// How much fails of what could be assessed.
    Fails { share: &'a str, attention_above: &'a str, fail_above: &'a str, coverage: &'a str },
    /// Nothing could be assessed.
    NotAssessed { coverage: &'a str },
    /// A verdict that follows from what was found of segments or of the company, and not from customers.
    ByGroups,
    /// There are more findings than are shown.
    More { count: u64 },
    /// Findings that rest are not told again.
    Resting { count: u64 },
    /// There are too few customers to compare.
    TooFewCustomers { question: &'a str },
    /// Customers were not watched long enough.
    WatchedTooBriefly { question: &'a str },
    /// The question is of nobody.
    NobodyAsked,
    /// What a column or a table would bring.
    WouldBring { question: &'a str, table: &'a str },
    /// The same of a name in a table.
    WouldBringColumn { question: &'a str, table: &'a str, column: &'a str },
    /// Groups are compared with all others.
    Compared,
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

fn grouped(count: u64) -> String {
    money::grouped(&count.to_string())
}

/// `1 customer`, `2 customers`, and what follows them.
fn customers_who(count: u64, one: &'static str, several: &'static str) -> (String, &'static str) {
    match count {
        1 => ("1 customer".to_owned(), one),
        _ => (format!("{} customers", grouped(count)), several),
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
        match *self {
            Self::Reviewed { day, edition, customers, mrr } => {
                let (customers, pay) = customers_who(customers, "pays", "pay");
                format!("As of {day}, by {edition}: {customers} {pay} {mrr} a month.")
            }
            Self::Standing { passed, attention, failed, not_assessable } => format!(
                "Verdicts: fail {failed}, attention {attention}, pass {passed}, not assessable {not_assessable}."
            ),
            Self::AtStake { customers, mrr, share } => {
                let (customers, _) = customers_who(customers, "", "");
                format!("{mrr} a month, {share} of all, is at stake with {customers}, each counted once.")
            }
            Self::NothingAtStake { not_assessable: 0 } => "No revenue is at stake.".to_owned(),
            Self::NothingAtStake { .. } => {
                "Nothing that could be assessed puts revenue at stake; the rest cannot be told.".to_owned()
            }
            Self::News { principle, verdict, mrr } => format!("{verdict}: {principle}, with {mrr} a month at stake."),
            Self::LeftOut { customers, mrr } => {
                let (customers, are) = customers_who(customers, "is", "are");
                format!("{customers} with an MRR of {mrr} {are} left out of some principle by the settings.")
            }
            Self::Fails { share, attention_above, fail_above, coverage } => format!(
                "{share} of the MRR that could be assessed fails: up to {attention_above} passes, and up to {fail_above} needs \
                 attention. Evidence covers {coverage}."
            ),
            Self::NotAssessed { coverage } => {
                format!("Too little of the MRR has evidence to say so: {coverage}.")
            }
            Self::ByGroups => "The verdict follows from what was found of segments or of the company.".to_owned(),
            Self::More { count } => format!("{} more in the table.", grouped(count)),
            Self::Resting { count } => format!("{} at rest, by an action that says until when.", grouped(count)),
            Self::TooFewCustomers { question } => format!("{question} There are too few customers to tell."),
            Self::WatchedTooBriefly { question } => {
                format!("{question} Customers were not watched long enough to tell.")
            }
            Self::NobodyAsked => "There is no customer to ask this of.".to_owned(),
            Self::WouldBring { question, table } => format!("{question} The table {table} would tell."),
            Self::WouldBringColumn { question, table, column } => {
                format!("{question} The table {table} with {column} would tell.")
            }
            Self::Compared => {
                "Each group is held against all others, and corrected for how many are tested. It is not an \
                               experiment: groups may differ in other ways."
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
        match *self {
            Self::Reviewed { day, edition, customers, mrr } => {
                format!("{day}時点、{edition}による評価です。{}社の顧客が月額{mrr}を支払っています。", grouped(customers))
            }
            Self::Standing { passed, attention, failed, not_assessable } => format!(
                "原則の判定は、不合格{failed}件、要注意{attention}件、合格{passed}件、評価不能{not_assessable}件です。"
            ),
            Self::AtStake { customers, mrr, share } => {
                format!("{}社（重複なし）の月額{mrr}、全体の{share}にリスクがあります。", grouped(customers))
            }
            Self::NothingAtStake { not_assessable: 0 } => "リスクのある収益はありません。".to_owned(),
            Self::NothingAtStake { .. } => {
                "評価できた範囲ではリスクのある収益はありません。それ以外は判断できません。".to_owned()
            }
            Self::News { principle, verdict, mrr } => format!("{verdict}：{principle}（リスクのあるMRR 月額{mrr}）"),
            Self::LeftOut { customers, mrr } => {
                format!("設定により、月額{mrr}を支払う{}社が一部の原則の対象外です。", grouped(customers))
            }
            Self::Fails { share, attention_above, fail_above, coverage } => format!(
                "評価できたMRRの{share}に問題があります（{attention_above}以下で合格、{fail_above}以下で要注意）。証拠のあるMRRは{coverage}です。"
            ),
            Self::NotAssessed { coverage } => {
                format!("証拠のあるMRRが少なすぎるため判定できません（{coverage}）。")
            }
            Self::ByGroups => "この判定は、セグメントまたは全社についての所見によるものです。".to_owned(),
            Self::More { count } => format!("ほかに{}件が表にあります。", grouped(count)),
            Self::Resting { count } => format!("アクションにより保留中のものが{}件あります。", grouped(count)),
            Self::TooFewCustomers { question } => format!("{question}：顧客が少なすぎるため分かりません。"),
            Self::WatchedTooBriefly { question } => format!("{question}：観察期間が短すぎるため分かりません。"),
            Self::NobodyAsked => "対象となる顧客はいません。".to_owned(),
            Self::WouldBring { question, table } => format!("{question}：表「{table}」があれば分かります。"),
            Self::WouldBringColumn { question, table, column } => {
                format!("{question}：表「{table}」の「{column}」があれば分かります。")
            }
            Self::Compared => "各グループをその他すべてと比べ、検定の数に応じて補正しています。実験ではないため、グループには他の違いもあり得ます。".to_owned(),
            Self::NobodyStandsOut => "突出したグループはありません。".to_owned(),
            Self::Value { name, value } => format!("{name} {value}"),
            Self::AtLeast { name, value, threshold } => format!("{name} {value}（{threshold}以上）"),
            Self::AtMost { name, value, threshold } => format!("{name} {value}（{threshold}以下）"),
            Self::NothingFound => "該当はありません。".to_owned(),
        }
    }
}
