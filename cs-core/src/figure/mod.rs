//! Pictures as data: what is drawn, in which colours and words, apart from how it is rendered.
//!
//! A [`Figure`] is made from the cells of a result. `drawable` says which there are, `pictures` who makes them: `revenue`,
//! `retained`, `scores`, `backtests`, `forecast` or `reviewed`, all from a `source`. `labels` speaks two languages, `scale` cuts axes, `layout`
//! finds room for words. `svg` and `vega` render the same marks.

mod backtests;
mod drawable;
#[cfg(feature = "forecast")]
mod forecast;
mod labels;
mod layout;
mod pictures;
mod retained;
mod revenue;
#[cfg(feature = "review")]
mod reviewed;
mod scale;
mod scores;
mod source;
mod svg;
mod vega;

use crate::error::{Code, Problem, quoted};
use crate::table::Table;
use crate::word::words;

words! {
    /// A picture of a result.
    Picture {
        /// What each period gained and lost, stacked: of `movements`.
        Movements,
        /// From the first opening to the last closing: of `movements`.
        Waterfall,
        /// Annual recurring revenue at the close of each period: of `movements`.
        Arr,
        /// How much of the revenue the largest groups hold: of `movements` with `by`, such as `customer_id`.
        Concentration,
        /// Net and gross retention: of `retention` and, with their intervals, of `retention_intervals`.
        Retention,
        /// Customers lost in the last window, with its interval, group by group: of `retention` with `by`.
        Churn,
        /// Which share of each cohort's customers still pays: of `cohorts`.
        CustomerRetention,
        /// Which share of each cohort's first revenue is still paid: of `cohorts`.
        RevenueRetention,
        /// How many customers have which score, by band: of `health`.
        ScoreDistribution,
        /// Which share of each band's customers moved to which: of `health_migration`.
        BandMigration,
        /// What each measure has in the score of a customer, or in the mean of several: of `explain_health`.
        Contributions,
        /// What each measure changed a score by, or the mean of several: of `explain_health_change`.
        ContributionChanges,
        /// Which share of the customers of each score was lost, with its interval: of the `calibration` of `backtest`.
        Calibration,
        /// How many times as often as all each tenth of the scores was lost: of the `lift` of `backtest`.
        Lift,
        /// Which share of the lost is among how many of the lowest scores: of the `lift` of `backtest`.
        Gains,
        /// Which share is still there after how long, with its interval: of `survival` and `kaplan_meier`; with `by`, a curve for
        /// each group.
        #[cfg(feature = "forecast")]
        Survival,
        /// By how much more or fewer stay than of all others, with its interval, group by group: of `survival_comparison`.
        #[cfg(feature = "forecast")]
        SurvivalDifference,
        /// Which share had reached value, or left before, after how many days: of `value_incidence`.
        #[cfg(feature = "forecast")]
        ValueIncidence,
        /// Which share of those with early value, and of those with late value, is still there at the horizon, with its interval:
        /// of `value_landmark`.
        #[cfg(feature = "forecast")]
        LandmarkSurvival,
        /// Which share each of several events had met after how long: of `cumulative_incidence`.
        #[cfg(feature = "forecast")]
        Incidence,
        /// What a customer brings, by churn alone, as seen, and as the model expects: of `lifetime_value`; with `by`, group by
        /// group.
        #[cfg(feature = "forecast")]
        LifetimeRevenue,
        /// The hours that each person owes customers, beside those that were spent and those that there are: of
        /// `touch_capacity`.
        #[cfg(feature = "forecast")]
        Capacity,
        /// How many customers pay more, the same, less or nothing: of the `expansion` of `drilldown`.
        #[cfg(feature = "forecast")]
        CustomerChanges,
        /// Gross and net retention of each product: of the `products` of `drilldown`.
        #[cfg(feature = "forecast")]
        ProductRetention,
        /// How many first renewals went on, and how many did not: of the `first_renewals` of `drilldown`.
        #[cfg(feature = "forecast")]
        FirstRenewals,
        /// What customers of long standing pay on average, beside what they started with: of the `long_standing` of `drilldown`.
        #[cfg(feature = "forecast")]
        LongStanding,
        /// Which share is still there after how many periods, as seen and as the model expects: of `retention_projection`.
        #[cfg(feature = "forecast")]
        RetentionProjection,
        /// What became of the revenue that fell due in each period: of `renewals`.
        #[cfg(feature = "forecast")]
        RenewalOutcomes,
        /// From the revenue of today to what is committed, and what of that is expected: of `committed`; with `by`, side by side.
        #[cfg(feature = "forecast")]
        Commitment,
        /// Which share was onboarded in time, with its interval, period by period: of `onboarding`.
        #[cfg(feature = "forecast")]
        OnboardingCompletion,
        /// What came through others in each period: of `second_order_revenue`.
        #[cfg(feature = "forecast")]
        SecondOrder,
        /// The share of time that each tier takes beside its share of revenue: of `touch_load`.
        #[cfg(feature = "forecast")]
        TouchShares,
        /// How many customers are in which phase: of `lifecycle`.
        #[cfg(feature = "forecast")]
        Phases,
        /// How many customers have which kind of loyalty: of `loyalty`.
        #[cfg(feature = "forecast")]
        LoyaltyKinds,
        /// How many indicators reach their targets in each period: of `kpis`.
        #[cfg(feature = "forecast")]
        Targets,
        /// Which share of the revenue passes each principle, fails, or has no evidence: of the `verdicts` of `review`.
        #[cfg(feature = "review")]
        Verdicts,
        /// By how much more or fewer leave early than of all others, with its interval, group by group: of the `comparisons` of
        /// `review`.
        #[cfg(feature = "review")]
        EarlyChurn,
    }
}

/// A picture, as data.
///
/// ```
/// use cs_core::{Locale, Picture, Portfolio};
/// let portfolio = Portfolio::synthetic().customers(50).load()?;
/// let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).ok_or("no such day");
/// let movements = portfolio.movements(day(2025)?, day(2026)?).run()?;
/// let figure = movements.table().figure(Picture::Waterfall, Locale::En)?;
/// assert!(figure.to_svg().starts_with("<svg"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Figure {
    /// What it shows.
    pub title: String,
    /// Of which days, and by which definitions.
    pub subtitle: String,
    /// From left to right.
    pub horizontal: Axis,
    /// From the bottom to the top; bands from the top to the bottom.
    pub vertical: Axis,
    /// What is drawn, the first below the others.
    pub layers: Vec<Layer>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Axis {
    /// Places with names, side by side.
    Bands {
        /// What they are.
        title: String,
        /// Their names.
        names: Vec<String>,
        /// Whether they follow each other like periods, so that a name that is left out can be guessed.
        is_sequence: bool,
    },
    /// Numbers.
    Numbers {
        /// What they are, with their unit.
        title: String,
        /// The least and the greatest that are shown.
        range: [f64; 2],
        /// Numbers with a mark, and how they are written there.
        ticks: Vec<(f64, String)>,
    },
}

/// What is drawn in one colour.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Layer {
    /// Its name in the legend.
    pub name: String,
    /// What it is, which gives its colour.
    pub role: Role,
    /// What is drawn.
    pub marks: Marks,
}

/// Marks of one form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Marks {
    /// Bars over bands, between two numbers each.
    Bars(Vec<Mark<[f64; 2]>>),
    /// A line with a point over each band.
    Line(Vec<Mark<f64>>),
    /// An area between two lines over bands.
    Area(Vec<Mark<[f64; 2]>>),
    /// A number over a band, with an interval: the lower end, the number, the upper end.
    Intervals(Vec<Mark<[f64; 3]>>),
    /// A line through points: across and up.
    Curve(Vec<Mark<[f64; 2]>>),
    /// Cells of a band across and a band down, each with a share from 0 on, the darker the greater.
    Cells {
        /// The share that is darkest, as is what is more.
        darkest: f64,
        /// The cells, each with its band down and its share.
        cells: Vec<Mark<(usize, f64)>>,
    },
}

/// A mark.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mark<T> {
    /// The band across that it stands over, by its position; of a curve, the point's position.
    pub band: usize,
    /// Where it is.
    pub at: T,
    /// The exact numbers, as text.
    pub told: String,
}

/// What a layer is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// A balance, such as an opening.
    Balance,
    /// New customers.
    New,
    /// Customers who are back.
    Reactivation,
    /// Customers who pay more.
    Expansion,
    /// Customers who pay less.
    Contraction,
    /// Customers who left.
    Churn,
    /// Of two measures, the one with gains.
    Net,
    /// Of two measures, the one without.
    Gross,
    /// A share, darker where it is greater.
    Share,
    /// A band of scores, from 0, the worst, to 4, the best.
    Grade(u8),
    /// One of several that are alike, from 0 to 6.
    #[cfg(feature = "forecast")]
    Series(u8),
    /// What has no score.
    Unknown,
}

impl Role {
    /// A colour of the set by Okabe and Ito, which people tell apart whatever colours they see.
    fn colour(self) -> &'static str {
        match self {
            Self::Balance | Self::Unknown => "#7f7f7f",
            Self::Reactivation | Self::Grade(3) => "#56b4e9",
            Self::Expansion | Self::Net | Self::Share => "#0072b2",
            Self::Contraction | Self::Grade(1) => "#e69f00",
            Self::Churn | Self::Gross | Self::Grade(0) => "#d55e00",
            Self::Grade(2) => "#f0e442",
            Self::New | Self::Grade(_) => "#009e73",
            #[cfg(feature = "forecast")]
            Self::Series(one) => match one {
                0 => "#0072b2",
                1 => "#d55e00",
                2 => "#009e73",
                3 => "#cc79a7",
                4 => "#e69f00",
                5 => "#56b4e9",
                _ => "#f0e442",
            },
        }
    }
}

/// The fault of a result that has no picture.
pub(crate) fn no_picture(table: &Table) -> Problem {
    let message = format!("there is no picture of {} with these columns", quoted(table.schema()));
    let problem = Problem::argument(Code::InvalidArgument, "picture", message);
    problem.help(format!("pictures are of {}", drawable::schemas().join(", ")))
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

/// The fault of a picture of more than anybody could see.
fn too_many(most: usize) -> Problem {
    let message = format!("the picture would have more than {most} marks side by side or cells in all");
    let problem = Problem::argument(Code::LimitExceeded, "picture", message);
    problem.help("ask for fewer or longer periods, or group by an attribute of fewer values")
}

/// The fault of numbers that have no place on an axis.
fn too_large() -> Problem {
    Problem::argument(Code::Overflow, "picture", "the picture has a sum or a share that does not fit an axis")
}
