//! Pictures of how long customers stay, what is due, what is committed, and whose time goes where.
//!
//! `curves` are over time, `money` is stacked or runs from step to step, `counts` tell customers, groups
//! and indicators apart.

mod counts;
mod curves;
mod money;

use crate::error::Problem;
use crate::figure::drawable::groups;
use crate::figure::labels::Label;
use crate::figure::source::Source;
use crate::figure::{Figure, Picture};

/// Declares texts of these pictures, each in all languages.
macro_rules! labels {
    ($($name:ident: $en:literal, $ja:literal;)+) => {
        impl Label {
            $(const $name: Self = Self::Own(&[$en, $ja]);)+
        }
    };
}

labels! {
    TITLE_OF_STAYS: "How long customers stay", "顧客の継続期間";
    TITLE_OF_GROUPS: "How long customers stay, by group", "グループ別の顧客の継続期間";
    TITLE_OF_SURVIVAL: "Survival", "生存曲線";
    TITLE_OF_DIFFERENCES: "Whether groups stay as long as all others", "グループ別の継続率の差";
    TITLE_OF_VALUE: "How fast customers reach value", "価値実現までの期間";
    TITLE_OF_PROJECTION: "How many customers are expected to stay", "顧客継続の予測";
    TITLE_OF_RENEWALS: "What became of what fell due", "更新期日を迎えた収益の結果";
    TITLE_OF_COMMITMENT: "Committed recurring revenue", "確定経常収益（CMRR）";
    TITLE_OF_ONBOARDING: "Customers onboarded in time", "期限内のオンボーディング完了率";
    TITLE_OF_OTHERS: "Revenue that came through others", "紹介・転職による収益";
    TITLE_OF_TIERS: "Time beside revenue, by tier", "タッチ区分別の時間と収益";
    TITLE_OF_PHASES: "Customers by phase", "フェーズ別の顧客数";
    TITLE_OF_LOYALTY: "Customers by loyalty", "ロイヤルティ別の顧客数";
    TITLE_OF_TARGETS: "Indicators and their targets", "指標の目標達成";
    TITLE_OF_INDUSTRIES: "Customers lost, by industry", "業種別の顧客解約率";
    DAYS: "Days since the first payment", "初回支払いからの日数";
    TIME: "Time", "時間";
    STILL_THERE: "Still there", "継続";
    LOWER_END: "95% interval, lower end", "95%区間の下限";
    UPPER_END: "95% interval, upper end", "95%区間の上限";
    REACHED_VALUE: "Reached value", "価値実現";
    LEFT_BEFORE: "Left before", "価値実現前に解約";
    SEEN: "Seen", "実績";
    EXPECTED: "Expected by the model", "モデルの予測";
    DIFFERENCE: "Share that stays, less that of all others, %", "継続率の差（他のすべてとの差、%）";
    DIFFERENCE_INTERVAL: "Difference, 95% interval", "差と95%区間";
    KEPT: "Kept", "継続";
    UPGRADED: "Upgrades", "アップグレード";
    DOWNGRADED: "Downgrades", "ダウングレード";
    LOST: "Lost", "更新なし";
    PENDING: "Pending", "判定待ち";
    TODAY: "Today", "現在";
    SIGNED: "Signed", "契約済み（開始前）";
    WITHDRAWN: "Withdrawals", "解約予定";
    COMMITTED: "Committed", "確定（CMRR）";
    EXPECTED_LOSS: "Expected losses", "見込み損失";
    EXPECTED_REVENUE: "Expected", "見込み";
    ONBOARDED: "Onboarded in time, 95% interval", "期限内のオンボーディング完了と95%区間";
    REFERRAL: "Referrals", "紹介";
    CHAMPION_MOVE: "Champions who moved", "推進者の転職";
    TIER: "Tier", "タッチ区分";
    HIGH_TOUCH: "High touch", "ハイタッチ";
    LOW_TOUCH: "Low touch", "ロータッチ";
    TECH_TOUCH: "Tech touch", "テックタッチ";
    SHARE_OF_ALL: "Share of all, %", "全体に占める割合（%）";
    REVENUE: "Recurring revenue", "経常収益";
    TIME_SPENT: "Time spent", "実績時間";
    TIME_PLANNED: "Time planned", "計画時間";
    PHASE: "Phase", "フェーズ";
    ONBOARDING: "Onboarding", "オンボーディング";
    ADOPTION: "Adoption", "アダプション";
    ADVOCACY: "Advocacy", "アドボカシー";
    LOYALTY: "Loyalty", "ロイヤルティ";
    ATTITUDINAL: "Attitudinal", "態度面";
    BEHAVIOURAL: "Behavioural", "行動面";
    NEITHER: "Neither", "どちらでもない";
    NOT_KNOWN: "(not known)", "（不明）";
    INDICATORS: "Indicators", "指標数";
    MET: "Target met", "達成";
    MISSED: "Target missed", "未達";
}

impl Source<'_> {
    /// A picture of these.
    pub(super) fn forecast(&self, picture: Picture) -> Result<Figure, Problem> {
        match picture {
            Picture::Survival if groups(self.table) > 0 => self.survivals(),
            Picture::Survival => self.survival(),
            Picture::SurvivalDifference => self.survival_difference(),
            Picture::ValueIncidence => self.value_incidence(),
            Picture::RetentionProjection => self.retention_projection(),
            Picture::RenewalOutcomes => self.renewal_outcomes(),
            Picture::Commitment => self.commitment(),
            Picture::OnboardingCompletion => self.onboarding(),
            Picture::SecondOrder => self.second_order(),
            Picture::TouchShares => self.touch_shares(),
            Picture::Phases => self.phases(),
            Picture::LoyaltyKinds => self.loyalty_kinds(),
            _ => self.targets(),
        }
    }
}
