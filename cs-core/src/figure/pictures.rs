//! Which results have pictures, and which, and who draws them.

use super::drawable::{Drawable, Drawn, drawn};
#[cfg(feature = "forecast")]
use super::forecast;
use super::source::Source;
use super::{Figure, Picture};
use crate::error::{Code, Error, Problem, quoted};
use crate::locale::Locale;
use crate::table::{Kind, Table};

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
        pictures: &[
            drawn(Picture::Movements, &["Movements of recurring revenue", "経常収益の増減"], |source| {
                source.movements()
            }),
            drawn(Picture::Waterfall, &["From opening to closing", "期首から期末まで"], |source| {
                source.waterfall()
            }),
            drawn(Picture::Arr, &["Annual recurring revenue", "年間経常収益（ARR）"], |source| source.arr()),
        ],
    },
    Drawable {
        schema: "movements",
        first: "period_start",
        is_grouped: true,
        columns: &[("period_start", Kind::Date), ("closing_mrr", Kind::Money)],
        pictures: &[drawn(
            Picture::Concentration,
            &["Concentration of recurring revenue", "経常収益の集中度"],
            |source| source.concentration(),
        )],
    },
    Drawable {
        schema: "retention",
        first: "window_start",
        is_grouped: false,
        columns: RETAINED,
        pictures: &[drawn(Picture::Retention, &["Revenue retention", "収益維持率"], |source| source.retention())],
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
        pictures: &[drawn(
            Picture::Churn,
            &["Customers lost, by group", "グループ別の顧客解約率"],
            |source| source.churn(),
        )],
    },
    Drawable {
        schema: "retention_intervals",
        first: "window_start",
        is_grouped: false,
        columns: RETAINED,
        pictures: &[drawn(Picture::Retention, &["Revenue retention", "収益維持率"], |source| source.retention())],
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
        pictures: &[
            drawn(
                Picture::CustomerRetention,
                &["Customers who stay, by cohort", "コホート別の顧客維持率"],
                |source| source.cohorts("customer_retention", 1.0),
            ),
            drawn(
                Picture::RevenueRetention,
                &["Revenue that stays, by cohort", "コホート別の収益維持率"],
                |source| source.cohorts("mrr_retention", 1.5),
            ),
        ],
    },
    Drawable {
        schema: "health",
        first: "customer_id",
        is_grouped: false,
        columns: &[("customer_id", Kind::Text), ("score", Kind::Ratio), ("band", Kind::Text), ("state", Kind::Text)],
        pictures: &[drawn(Picture::ScoreDistribution, &["Health scores", "ヘルススコアの分布"], |source| {
            source.score_distribution()
        })],
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
        pictures: &[drawn(
            Picture::BandMigration,
            &["Moves between bands of health", "ヘルス区分間の移動"],
            |source| source.band_migration(),
        )],
    },
    Drawable {
        schema: "explain_health",
        first: "customer_id",
        is_grouped: false,
        columns: &[("customer_id", Kind::Text), ("measure", Kind::Text), ("contribution", Kind::Ratio)],
        pictures: &[drawn(Picture::Contributions, &["What the score is made of", "スコアの内訳"], |source| {
            source.contributions()
        })],
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
        pictures: &[drawn(
            Picture::ContributionChanges,
            &["What the score changed by", "スコアの変化の内訳"],
            |source| source.contribution_changes(),
        )],
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
        pictures: &[drawn(Picture::Calibration, &["Customers lost, by score", "スコア別の解約率"], |source| {
            source.calibration()
        })],
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
        pictures: &[
            drawn(Picture::Lift, &["Lift of each tenth of the scores", "スコア十分位別のリフト"], |source| {
                source.lift()
            }),
            drawn(
                Picture::Gains,
                &["Lost customers among the lowest scores", "低スコア順にみた解約顧客の割合"],
                |source| source.gains(),
            ),
        ],
    },
];

/// All of them.
fn all() -> impl Iterator<Item = &'static Drawable> {
    #[cfg(feature = "forecast")]
    let more = forecast::DRAWABLE.iter();
    #[cfg(not(feature = "forecast"))]
    let more = [].iter();
    DRAWABLE.iter().chain(more)
}

impl Table {
    /// The pictures that a result has, the first of them where none is asked for.
    #[must_use]
    pub fn pictures(&self) -> Vec<Picture> {
        drawn_of(self).0.iter().map(|drawn| drawn.picture).collect()
    }

    /// A picture of a result; [`Table::pictures`] says which there are.
    ///
    /// # Errors
    /// `invalid_argument` for a picture that the result does not have, `limit_exceeded` where more stands side by side
    /// than can be seen, and `overflow` for amounts and shares that have no place on an axis.
    pub fn figure(&self, picture: Picture, locale: Locale) -> Result<Figure, Error> {
        let (all, groups) = drawn_of(self);
        let drawn = all.iter().find(|drawn| drawn.picture == picture);
        let drawn = drawn.ok_or_else(|| not_of(self, picture))?;
        Ok((drawn.draw)(&Source { table: self, locale, title: drawn.title, groups })?)
    }
}

/// How the pictures of a result are drawn, and how many of its columns say which group a row is of.
fn drawn_of(table: &Table) -> (&'static [Drawn], usize) {
    let of_schema = || all().filter(|one| one.schema == table.schema());
    let groups = of_schema().next().map_or(0, |one| one.groups(table));
    let drawable = of_schema().find(|one| one.is_grouped == (groups > 0));
    (drawable.filter(|one| one.is_in(table)).map_or(&[], |one| one.pictures), groups)
}

/// The results that have pictures, each once.
fn schemas() -> Vec<&'static str> {
    let mut schemas: Vec<&str> = all().map(|one| one.schema).collect();
    schemas.dedup();
    schemas
}

/// The fault of a result that has no picture.
pub(crate) fn no_picture(table: &Table) -> Problem {
    let message = format!("there is no picture of {} with these columns", quoted(table.schema()));
    let problem = Problem::argument(Code::InvalidArgument, "picture", message);
    problem.help(format!("pictures are of {}", schemas().join(", ")))
}

/// The fault of a picture that a result does not have.
fn not_of(table: &Table, picture: Picture) -> Problem {
    let names: Vec<&str> = table.pictures().iter().map(|picture| picture.name()).collect();
    if names.is_empty() {
        return no_picture(table);
    }
    let message = format!("there is no picture {picture} of {} with these columns", quoted(table.schema()));
    let problem = Problem::argument(Code::InvalidArgument, "picture", message).value(picture.name());
    problem.help(format!("its pictures are {}", names.join(", ")))
}
