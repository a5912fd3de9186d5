//! What a finding is called.

use super::Said;
use crate::locale::Locale;
use crate::principles::Check;

/// What was found, and not what was asked.
#[derive(Clone, Copy, Debug)]
pub(in crate::review) struct Fault(pub(in crate::review) Check);

impl Said for Fault {
    fn said(self, locale: Locale) -> &'static str {
        let [en, ja] = match self.0 {
            Check::PrincipleFails => ["The principle fails", "原則が不合格"],
            Check::PoorFit => ["Poor fit", "適合度が低い"],
            Check::UnfitSales => ["New customers that do not fit", "合わない新規顧客"],
            Check::EarlyChurn => ["Customers leave early", "早期解約が多い"],
            Check::Payback => ["Customers leave before they have paid for themselves", "費用の回収前に解約"],
            Check::Silence => ["Silence", "長い沈黙"],
            Check::FallingUse => ["Falling use", "利用の減少"],
            Check::PersonGone => ["Sponsor or champion gone", "スポンサー・推進者の不在"],
            Check::SingleThreaded => ["Too few people known", "把握している関係者が少ない"],
            Check::UnreadMail => ["Unread mail", "メールの未読"],
            Check::UnseenDrift => ["Drift that the score does not see", "スコアに現れない離反"],
            Check::UndefinedSuccess => ["No agreed success", "成功の合意なし"],
            Check::OffPath => ["Behind its path", "成果への遅れ"],
            Check::PoorExperience => ["Poor experience", "体験の評価が低い"],
            Check::PleasantButUnmet => ["Content without the outcome", "満足でも成果なし"],
            Check::Achieved => ["Has what it wanted", "目標の達成"],
            Check::Unmonitored => ["No score", "スコアなし"],
            Check::StaleEvidence => ["Old evidence", "証拠が古い"],
            Check::RedWithoutAction => ["Red without an action", "赤いスコアに対応なし"],
            Check::RedIgnored => ["Red and ignored", "赤いスコアの放置"],
            Check::UnvalidatedScore => ["Score that was not validated", "検証されていないスコア"],
            Check::Stuck => ["Still waits for value", "価値を待ち続けている"],
            Check::LateValue => ["Value came late", "価値の実現が遅い"],
            Check::PromiseMissed => ["Promise missed", "約束の期日超過"],
            Check::SlowerCohorts => ["New customers wait longer", "新しい顧客ほど遅い"],
        };
        match locale {
            Locale::En => en,
            Locale::Ja => ja,
        }
    }
}
