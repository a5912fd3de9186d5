//! Pictures of how long customers stay, what is due, what is committed, and whose time goes where.
//!
//! `curves` are over time, `money` is stacked or runs from step to step, `compared` are columns side by side, `counts` tell
//! customers, groups and indicators apart.

mod compared;
mod counts;
mod curves;
mod money;

use crate::error::Problem;
use crate::figure::drawable::groups;
use crate::figure::labels::{Label, labels};
use crate::figure::source::Source;
use crate::figure::{Figure, Picture};

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
    TITLE_OF_LANDMARK: "Who had value early, and who late", "価値実現の早い顧客と遅い顧客の継続率";
    TITLE_OF_EVENTS: "Share that each event has met", "事象別の累積発生率";
    TITLE_OF_CAPACITY: "Hours owed, spent, and there are", "担当者別の計画・実績・稼働可能時間";
    TITLE_OF_LIFETIMES: "What a customer brings", "顧客生涯収益（LTV）";
    TITLE_OF_CHANGES: "What became of customers", "既存顧客の増減内訳";
    TITLE_OF_PRODUCTS: "What each product keeps", "製品別の収益維持率";
    TITLE_OF_FIRST_RENEWALS: "First renewals", "初回更新の結果";
    TITLE_OF_LONG_STANDING: "Customers of long standing", "長期顧客の平均月額";
    DAYS: "Days since the first payment", "初回支払いからの日数";
    TIME: "Time", "時間";
    STILL_THERE: "Still there", "継続";
    LOWER_END: "95% interval, lower end", "95%区間の下限";
    UPPER_END: "95% interval, upper end", "95%区間の上限";
    REACHED_VALUE: "Reached value", "価値実現";
    LEFT_BEFORE: "Left before", "価値実現前に解約";
    SEEN: "Seen", "実績";
    EXPECTED: "Expected by the model", "モデルの予測";
    TIMING: "Value by the landmark day", "基準日までの価値実現";
    EARLY: "Early", "早期";
    LATE: "Late", "遅い";
    STAYED: "Still there, 95% interval", "継続率と95%区間";
    BY_CHURN: "By churn alone", "解約率のみによる試算";
    TIME_THERE_IS: "Time there is", "稼働可能時間";
    HOURS: "Hours a month", "月間時間";
    PAY_MORE: "Pay more", "増額";
    PAY_THE_SAME: "Pay the same", "同額";
    PAY_LESS: "Pay less", "減額";
    LEFT: "Left", "解約";
    RENEWED: "Renewed", "更新";
    RENEWALS: "Renewals", "更新件数";
    OUTCOME: "Outcome", "結果";
    STANDING: "Standing", "状況";
    LATEST: "Now, or when they left", "現在（解約時）の平均月額";
    AT_THE_START: "At the start", "開始時の平均月額";
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
            Picture::LandmarkSurvival => self.landmark_survival(),
            Picture::Incidence => self.incidence(),
            Picture::LifetimeRevenue => self.lifetimes(),
            Picture::Capacity => self.capacity(),
            Picture::CustomerChanges => self.customer_changes(),
            Picture::ProductRetention => self.product_retention(),
            Picture::FirstRenewals => self.first_renewals(),
            Picture::LongStanding => self.long_standing(),
            Picture::RetentionProjection => self.retention_projection(),
            Picture::RenewalOutcomes => self.renewal_outcomes(),
            Picture::Commitment if groups(self.table) > 0 => self.commitments(),
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
