//! Which results have pictures, and which.

use super::Picture;
use crate::table::{Column, Kind, Table, Values};

/// Results that have pictures.
struct Drawable {
    schema: &'static str,
    /// The first column that every such result has: those before it say which group a row is of.
    first: &'static str,
    is_grouped: bool,
    /// What the pictures are drawn of: a table that was read from JSON may lack it.
    columns: &'static [(&'static str, Kind)],
    pictures: &'static [Picture],
}

/// What is drawn of retention, with intervals or without.
const RETAINED: &[(&str, Kind)] = &[("window_end", Kind::Date), ("nrr", Kind::Ratio), ("grr", Kind::Ratio)];

const DRAWABLE: [Drawable; 12] = [
    Drawable {
        schema: "movements",
        first: "period_start",
        is_grouped: false,
        columns: &[
            ("period_start", Kind::Date),
            ("opening_mrr", Kind::Money),
            ("new_mrr", Kind::Money),
            ("reactivation_mrr", Kind::Money),
            ("expansion_mrr", Kind::Money),
            ("contraction_mrr", Kind::Money),
            ("churned_mrr", Kind::Money),
            ("closing_mrr", Kind::Money),
            ("closing_arr", Kind::Money),
        ],
        pictures: &[Picture::Movements, Picture::Waterfall, Picture::Arr],
    },
    Drawable {
        schema: "movements",
        first: "period_start",
        is_grouped: true,
        columns: &[("period_start", Kind::Date), ("closing_mrr", Kind::Money)],
        pictures: &[Picture::Concentration],
    },
    Drawable {
        schema: "retention",
        first: "window_start",
        is_grouped: false,
        columns: RETAINED,
        pictures: &[Picture::Retention],
    },
    Drawable {
        schema: "retention",
        first: "window_start",
        is_grouped: true,
        columns: &[
            ("window_end", Kind::Date),
            ("opening_customers", Kind::Count),
            ("customer_churn", Kind::Ratio),
            ("customer_churn_low", Kind::Ratio),
            ("customer_churn_high", Kind::Ratio),
        ],
        pictures: &[Picture::Churn],
    },
    Drawable {
        schema: "retention_intervals",
        first: "window_start",
        is_grouped: false,
        columns: RETAINED,
        pictures: &[Picture::Retention],
    },
    Drawable {
        schema: "cohorts",
        first: "cohort",
        is_grouped: false,
        columns: &[
            ("cohort", Kind::Date),
            ("age", Kind::Count),
            ("customer_retention", Kind::Ratio),
            ("mrr_retention", Kind::Ratio),
        ],
        pictures: &[Picture::CustomerRetention, Picture::RevenueRetention],
    },
    Drawable {
        schema: "health",
        first: "customer_id",
        is_grouped: false,
        columns: &[("customer_id", Kind::Text), ("score", Kind::Ratio), ("band", Kind::Text), ("state", Kind::Text)],
        pictures: &[Picture::ScoreDistribution],
    },
    Drawable {
        schema: "health_migration",
        first: "from_band",
        is_grouped: false,
        columns: &[
            ("from_band", Kind::Text),
            ("to_band", Kind::Text),
            ("from_standing", Kind::Text),
            ("to_standing", Kind::Text),
            ("customers", Kind::Count),
        ],
        pictures: &[Picture::BandMigration],
    },
    Drawable {
        schema: "explain_health",
        first: "customer_id",
        is_grouped: false,
        columns: &[("customer_id", Kind::Text), ("measure", Kind::Text), ("contribution", Kind::Ratio)],
        pictures: &[Picture::Contributions],
    },
    Drawable {
        schema: "explain_health_change",
        first: "customer_id",
        is_grouped: false,
        columns: &[
            ("customer_id", Kind::Text),
            ("measure", Kind::Text),
            ("contribution_before", Kind::Ratio),
            ("change", Kind::Ratio),
        ],
        pictures: &[Picture::ContributionChanges],
    },
    Drawable {
        schema: "backtest_calibration",
        first: "score_from",
        is_grouped: false,
        columns: &[
            ("score_from", Kind::Count),
            ("score_to", Kind::Count),
            ("observations", Kind::Count),
            ("events", Kind::Count),
            ("event_rate", Kind::Ratio),
            ("event_rate_low", Kind::Ratio),
            ("event_rate_high", Kind::Ratio),
        ],
        pictures: &[Picture::Calibration],
    },
    Drawable {
        schema: "backtest_lift",
        first: "decile",
        is_grouped: false,
        columns: &[
            ("decile", Kind::Count),
            ("observations", Kind::Count),
            ("lift", Kind::Ratio),
            ("cumulative_recall", Kind::Ratio),
        ],
        pictures: &[Picture::Lift, Picture::Gains],
    },
];

/// What is drawn of a curve of survival.
#[cfg(feature = "forecast")]
const SURVIVED: &[(&str, Kind)] = &[
    ("at_risk", Kind::Count),
    ("survival", Kind::Ratio),
    ("survival_low", Kind::Ratio),
    ("survival_high", Kind::Ratio),
];

/// What is drawn of what customers are worth.
#[cfg(feature = "forecast")]
const LIFETIMES: &[(&str, Kind)] = &[
    ("customers", Kind::Count),
    ("simple_revenue", Kind::Money),
    ("survival_revenue", Kind::Money),
    ("model_revenue", Kind::Money),
];

/// Results of forecasts and of the board that have pictures.
#[cfg(feature = "forecast")]
const OF_FORECASTS: [Drawable; 25] = [
    Drawable {
        schema: "survival",
        first: "time",
        is_grouped: false,
        columns: SURVIVED,
        pictures: &[Picture::Survival],
    },
    Drawable { schema: "survival", first: "time", is_grouped: true, columns: SURVIVED, pictures: &[Picture::Survival] },
    Drawable {
        schema: "kaplan_meier",
        first: "time",
        is_grouped: false,
        columns: &[("survival", Kind::Ratio), ("survival_low", Kind::Ratio), ("survival_high", Kind::Ratio)],
        pictures: &[Picture::Survival],
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
        pictures: &[Picture::SurvivalDifference],
    },
    Drawable {
        schema: "value_incidence",
        first: "event",
        is_grouped: false,
        columns: &[("event", Kind::Text), ("time", Kind::Count), ("incidence", Kind::Ratio)],
        pictures: &[Picture::ValueIncidence],
    },
    Drawable {
        schema: "value_landmark",
        first: "timing",
        is_grouped: false,
        columns: &[
            ("timing", Kind::Text),
            ("survival", Kind::Ratio),
            ("survival_low", Kind::Ratio),
            ("survival_high", Kind::Ratio),
        ],
        pictures: &[Picture::LandmarkSurvival],
    },
    Drawable {
        schema: "cumulative_incidence",
        first: "time",
        is_grouped: true,
        columns: &[("incidence", Kind::Ratio)],
        pictures: &[Picture::Incidence],
    },
    Drawable {
        schema: "lifetime_value",
        first: "customers",
        is_grouped: false,
        columns: LIFETIMES,
        pictures: &[Picture::LifetimeRevenue],
    },
    Drawable {
        schema: "lifetime_value",
        first: "customers",
        is_grouped: true,
        columns: LIFETIMES,
        pictures: &[Picture::LifetimeRevenue],
    },
    Drawable {
        schema: "retention_projection",
        first: "age",
        is_grouped: false,
        columns: &[("age", Kind::Count), ("observed_survival", Kind::Ratio), ("model_survival", Kind::Ratio)],
        pictures: &[Picture::RetentionProjection],
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
        pictures: &[Picture::RenewalOutcomes],
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
        pictures: &[Picture::Commitment],
    },
    Drawable {
        schema: "committed",
        first: "until",
        is_grouped: true,
        columns: &[
            ("customers", Kind::Count),
            ("mrr", Kind::Money),
            ("committed_mrr", Kind::Money),
            ("expected_mrr", Kind::Money),
        ],
        pictures: &[Picture::Commitment],
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
        pictures: &[Picture::OnboardingCompletion],
    },
    Drawable {
        schema: "second_order_revenue",
        first: "period_start",
        is_grouped: false,
        columns: &[("period_start", Kind::Date), ("source", Kind::Text), ("mrr", Kind::Money)],
        pictures: &[Picture::SecondOrder],
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
        pictures: &[Picture::TouchShares],
    },
    Drawable {
        schema: "touch_capacity",
        first: "customers",
        is_grouped: true,
        columns: &[
            ("customers", Kind::Count),
            ("planned_hours", Kind::Ratio),
            ("spent_hours", Kind::Ratio),
            ("capacity_hours", Kind::Ratio),
        ],
        pictures: &[Picture::Capacity],
    },
    Drawable {
        schema: "lifecycle",
        first: "customer_id",
        is_grouped: false,
        columns: &[("phase", Kind::Text)],
        pictures: &[Picture::Phases],
    },
    Drawable {
        schema: "loyalty",
        first: "customer_id",
        is_grouped: false,
        columns: &[("loyalty", Kind::Text)],
        pictures: &[Picture::LoyaltyKinds],
    },
    Drawable {
        schema: "kpis",
        first: "period_start",
        is_grouped: false,
        columns: &[("period_start", Kind::Date), ("state", Kind::Text)],
        pictures: &[Picture::Targets],
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
        pictures: &[Picture::Churn],
    },
    Drawable {
        schema: "drilldown_expansion",
        first: "change",
        is_grouped: false,
        columns: &[("change", Kind::Text), ("customers", Kind::Count)],
        pictures: &[Picture::CustomerChanges],
    },
    Drawable {
        schema: "drilldown_products",
        first: "opening_customers",
        is_grouped: true,
        columns: &[("opening_customers", Kind::Count), ("grr", Kind::Ratio), ("nrr", Kind::Ratio)],
        pictures: &[Picture::ProductRetention],
    },
    Drawable {
        schema: "drilldown_first_renewals",
        first: "outcome",
        is_grouped: false,
        columns: &[("outcome", Kind::Text), ("lines", Kind::Count)],
        pictures: &[Picture::FirstRenewals],
    },
    Drawable {
        schema: "drilldown_long_standing",
        first: "standing",
        is_grouped: false,
        columns: &[("standing", Kind::Text), ("starting_average", Kind::Money), ("latest_average", Kind::Money)],
        pictures: &[Picture::LongStanding],
    },
];

#[cfg(not(feature = "forecast"))]
const OF_FORECASTS: [Drawable; 0] = [];

/// Tables of a review that have pictures.
#[cfg(feature = "review")]
const OF_REVIEWS: [Drawable; 2] = [
    Drawable {
        schema: "review_verdicts",
        first: "principle",
        is_grouped: false,
        columns: &[
            ("principle", Kind::Text),
            ("mrr", Kind::Money),
            ("assessed_mrr", Kind::Money),
            ("failing_mrr", Kind::Money),
        ],
        pictures: &[Picture::Verdicts],
    },
    Drawable {
        schema: "review_comparisons",
        first: "customers",
        is_grouped: true,
        columns: &[
            ("customers", Kind::Count),
            ("excess", Kind::Ratio),
            ("excess_low", Kind::Ratio),
            ("excess_high", Kind::Ratio),
        ],
        pictures: &[Picture::EarlyChurn],
    },
];

#[cfg(not(feature = "review"))]
const OF_REVIEWS: [Drawable; 0] = [];

/// All of them.
fn all() -> impl Iterator<Item = &'static Drawable> {
    DRAWABLE.iter().chain(const { &OF_FORECASTS }).chain(const { &OF_REVIEWS })
}

impl Table {
    /// The pictures that a result has, the first of them where none is asked for.
    #[must_use]
    pub fn pictures(&self) -> &'static [Picture] {
        let is_grouped = groups(self) > 0;
        let drawable = all().find(|one| one.schema == self.schema() && one.is_grouped == is_grouped);
        drawable.filter(|one| one.is_in(self)).map_or(&[], |one| one.pictures)
    }
}

impl Drawable {
    /// Whether a table has the columns, and its amounts the same decimals: these are added up.
    fn is_in(&self, table: &Table) -> bool {
        let mut decimals = None;
        self.columns.iter().all(|&(name, kind)| {
            let Some(values) = table.column(name).map(Column::values) else { return false };
            let is_alike = match values {
                Values::Money { digits, .. } => *decimals.get_or_insert(*digits) == *digits,
                _ => true,
            };
            values.kind() == kind && is_alike
        })
    }
}

/// How many columns say which group a row is of.
pub(super) fn groups(table: &Table) -> usize {
    let Some(drawable) = all().find(|one| one.schema == table.schema()) else { return 0 };
    // A group can have the same name, such as `cohort`, and stands before.
    table.columns().iter().rposition(|column| column.name() == drawable.first).unwrap_or(0)
}

/// The results that have pictures, each once.
pub(super) fn schemas() -> Vec<&'static str> {
    let mut schemas: Vec<&str> = all().map(|one| one.schema).collect();
    schemas.dedup();
    schemas
}
