//! Pictures of how long customers stay, what is due, what is committed, and whose time goes where.
//!
//! `curves` are over time, `money` is stacked or runs from step to step, `counts` tell customers and indicators apart.

mod counts;
mod curves;
mod money;

use crate::figure::Picture;
use crate::figure::drawable::{Drawable, drawn};
use crate::figure::labels::{Label, labels};
use crate::table::Kind;

labels! {
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

/// What is drawn of a curve of survival.
const SURVIVED: &[(&str, Kind)] = &[
    ("at_risk", Kind::Count),
    ("survival", Kind::Ratio),
    ("survival_low", Kind::Ratio),
    ("survival_high", Kind::Ratio),
];

/// Results that have pictures, beside those of every module.
pub(super) const DRAWABLE: [Drawable; 15] = [
    Drawable {
        schema: "survival",
        first: "time",
        is_grouped: false,
        columns: SURVIVED,
        pictures: &[drawn(Picture::Survival, &["How long customers stay", "顧客の継続期間"], |source| {
            source.survival()
        })],
    },
    Drawable {
        schema: "survival",
        first: "time",
        is_grouped: true,
        columns: SURVIVED,
        pictures: &[drawn(
            Picture::Survival,
            &["How long customers stay, by group", "グループ別の顧客の継続期間"],
            |source| source.survivals(),
        )],
    },
    Drawable {
        schema: "kaplan_meier",
        first: "time",
        is_grouped: false,
        columns: &[("survival", Kind::Ratio), ("survival_low", Kind::Ratio), ("survival_high", Kind::Ratio)],
        pictures: &[drawn(Picture::Survival, &["Survival", "生存曲線"], |source| source.survival())],
    },
    Drawable {
        schema: "survival_comparison",
        first: "customers",
        is_grouped: true,
        columns: &[
            ("customers", Kind::Count),
            ("difference", Kind::Ratio),
            ("difference_low", Kind::Ratio),
            ("difference_high", Kind::Ratio),
        ],
        pictures: &[drawn(
            Picture::SurvivalDifference,
            &["Whether groups stay as long as all others", "グループ別の継続率の差"],
            |source| source.survival_difference(),
        )],
    },
    Drawable {
        schema: "value_incidence",
        first: "event",
        is_grouped: false,
        columns: &[("event", Kind::Text), ("time", Kind::Count), ("incidence", Kind::Ratio)],
        pictures: &[drawn(
            Picture::ValueIncidence,
            &["How fast customers reach value", "価値実現までの期間"],
            |source| source.value_incidence(),
        )],
    },
    Drawable {
        schema: "retention_projection",
        first: "age",
        is_grouped: false,
        columns: &[("age", Kind::Count), ("observed_survival", Kind::Ratio), ("model_survival", Kind::Ratio)],
        pictures: &[drawn(
            Picture::RetentionProjection,
            &["How many customers are expected to stay", "顧客継続の予測"],
            |source| source.retention_projection(),
        )],
    },
    Drawable {
        schema: "renewals",
        first: "period_start",
        is_grouped: false,
        columns: &[
            ("period_start", Kind::Date),
            ("kept_mrr", Kind::Money),
            ("downgrade_mrr", Kind::Money),
            ("lost_mrr", Kind::Money),
            ("pending_mrr", Kind::Money),
            ("upgrade_mrr", Kind::Money),
        ],
        pictures: &[drawn(
            Picture::RenewalOutcomes,
            &["What became of what fell due", "更新期日を迎えた収益の結果"],
            |source| source.renewal_outcomes(),
        )],
    },
    Drawable {
        schema: "committed",
        first: "until",
        is_grouped: false,
        columns: &[
            ("until", Kind::Date),
            ("mrr", Kind::Money),
            ("signed_mrr", Kind::Money),
            ("upgrade_mrr", Kind::Money),
            ("downgrade_mrr", Kind::Money),
            ("withdrawal_mrr", Kind::Money),
            ("committed_mrr", Kind::Money),
            ("expected_loss_mrr", Kind::Money),
            ("expected_mrr", Kind::Money),
        ],
        pictures: &[drawn(
            Picture::Commitment,
            &["Committed recurring revenue", "確定経常収益（CMRR）"],
            |source| source.commitment(),
        )],
    },
    Drawable {
        schema: "onboarding",
        first: "period_start",
        is_grouped: false,
        columns: &[
            ("period_start", Kind::Date),
            ("completion_rate", Kind::Ratio),
            ("completion_rate_low", Kind::Ratio),
            ("completion_rate_high", Kind::Ratio),
        ],
        pictures: &[drawn(
            Picture::OnboardingCompletion,
            &["Customers onboarded in time", "期限内のオンボーディング完了率"],
            |source| source.onboarding(),
        )],
    },
    Drawable {
        schema: "second_order_revenue",
        first: "period_start",
        is_grouped: false,
        columns: &[("period_start", Kind::Date), ("source", Kind::Text), ("mrr", Kind::Money)],
        pictures: &[drawn(
            Picture::SecondOrder,
            &["Revenue that came through others", "紹介・転職による収益"],
            |source| source.second_order(),
        )],
    },
    Drawable {
        schema: "touch_load",
        first: "tier",
        is_grouped: false,
        columns: &[
            ("tier", Kind::Text),
            ("share_of_mrr", Kind::Ratio),
            ("share_of_planned_hours", Kind::Ratio),
            ("share_of_spent_hours", Kind::Ratio),
        ],
        pictures: &[drawn(
            Picture::TouchShares,
            &["Time beside revenue, by tier", "タッチ区分別の時間と収益"],
            |source| source.touch_shares(),
        )],
    },
    Drawable {
        schema: "lifecycle",
        first: "customer_id",
        is_grouped: false,
        columns: &[("phase", Kind::Text)],
        pictures: &[drawn(Picture::Phases, &["Customers by phase", "フェーズ別の顧客数"], |source| {
            source.phases()
        })],
    },
    Drawable {
        schema: "loyalty",
        first: "customer_id",
        is_grouped: false,
        columns: &[("loyalty", Kind::Text)],
        pictures: &[drawn(
            Picture::LoyaltyKinds,
            &["Customers by loyalty", "ロイヤルティ別の顧客数"],
            |source| source.loyalty_kinds(),
        )],
    },
    Drawable {
        schema: "kpis",
        first: "period_start",
        is_grouped: false,
        columns: &[("period_start", Kind::Date), ("state", Kind::Text)],
        pictures: &[drawn(Picture::Targets, &["Indicators and their targets", "指標の目標達成"], |source| {
            source.targets()
        })],
    },
    Drawable {
        schema: "drilldown_churn_by_industry",
        first: "opening_customers",
        is_grouped: true,
        columns: &[
            ("opening_customers", Kind::Count),
            ("customer_churn", Kind::Ratio),
            ("customer_churn_low", Kind::Ratio),
            ("customer_churn_high", Kind::Ratio),
        ],
        pictures: &[drawn(Picture::Churn, &["Customers lost, by industry", "業種別の顧客解約率"], |source| {
            source.churn_by_industry()
        })],
    },
];
