//! What a backtest comes to: a verdict, and the tables that it rests on.

use chrono::NaiveDate;

use super::by_band::{BacktestByBand, by_band};
use super::calibration::{BacktestCalibration, calibration};
use super::comparison::{BacktestBaselines, Comparison};
use super::days::{BacktestDays, days};
use super::lift::{BacktestLift, lift};
use super::observations::Observations;
use super::plan::{AS_OF_DAYS, Backtested, CONTRACTION_SHARE, HORIZON_DAYS, KNOWN_ON, Plan, RESAMPLES};
use super::summary::{BacktestSummary, Summary};
use crate::health::verdict::BacktestVerdict;

use crate::error::{Code, Error};
use crate::health::asked::{ERRORS, SCORECARD, metadata};
use crate::health::scorecard::Scorecard;
use crate::json::Json;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, DEFINITIONS, Errors, KnownOn, Operation, Query, Reported};
use crate::table::{ColumnDoc, Headed, Heading, Kind, Report, TableDoc};
use crate::word::Word as _;

/// Whether scores foretold whom the company lost: a verdict, and tables of what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    auc: Option<f64>,
    verdict: BacktestVerdict,
    summary: BacktestSummary,
    baselines: BacktestBaselines,
    by_band: BacktestByBand,
    calibration: BacktestCalibration,
    lift: BacktestLift,
    days: BacktestDays,
}

impl Backtest {
    /// The chance that of one lost and one kept the lost one had the lower score, ties counting one half; none where there
    /// are not both.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        self.auc
    }

    /// Whether the score is better than every baseline.
    #[must_use]
    pub fn verdict(&self) -> BacktestVerdict {
        self.verdict
    }

    /// What it comes to.
    #[must_use]
    pub fn summary(&self) -> &BacktestSummary {
        &self.summary
    }

    /// The score beside every baseline.
    #[must_use]
    pub fn baselines(&self) -> &BacktestBaselines {
        &self.baselines
    }

    /// What became of the customers of each band.
    #[must_use]
    pub fn by_band(&self) -> &BacktestByBand {
        &self.by_band
    }

    /// How often customers of each score were lost.
    #[must_use]
    pub fn calibration(&self) -> &BacktestCalibration {
        &self.calibration
    }

    /// How many of the lost are among the lowest scores.
    #[must_use]
    pub fn lift(&self) -> &BacktestLift {
        &self.lift
    }

    /// How the test went on each day.
    #[must_use]
    pub fn days(&self) -> &BacktestDays {
        &self.days
    }
}

impl Headed for Backtest {
    const HEADING: Heading = ("backtest", &[]);
}

impl From<Backtest> for Report {
    fn from(backtest: Backtest) -> Self {
        let figures = [("auc", Json::number(backtest.auc)), ("verdict", Json::from(backtest.verdict.word()))];
        let tables = [
            ("summary", backtest.summary.into()),
            ("baselines", backtest.baselines.into()),
            ("by_band", backtest.by_band.into()),
            ("calibration", backtest.calibration.into()),
            ("lift", backtest.lift.into()),
            ("days", backtest.days.into()),
        ];
        Self::new(Backtest::HEADING.0, figures, tables)
    }
}

impl Reported for Backtest {
    const FIGURES: &'static [ColumnDoc] = &[
        ColumnDoc {
            name: "auc",
            kind: Kind::Ratio,
            nullable: true,
            choices: None,
            doc: "The chance that of one lost and one kept the lost one had the lower score, ties counting one half; \
                  absent where there are not both.",
        },
        ColumnDoc {
            name: "verdict",
            kind: Kind::Text,
            nullable: false,
            choices: Some(BacktestVerdict::WORDS),
            doc: "Whether the score is better than every baseline.",
        },
    ];

    const TABLES: &'static [TableDoc] = &[
        TableDoc::of("summary", "What it comes to, in one row.", BacktestSummary::COLUMNS),
        TableDoc::of(
            "baselines",
            "The score beside every baseline, a row for each: chance, tenure, mrr, days_since_engagement, \
             quarterly_growth.",
            BacktestBaselines::COLUMNS,
        ),
        TableDoc::of(
            "by_band",
            "What became of the customers of each band, a row for each, in the order of the scorecard.",
            BacktestByBand::COLUMNS,
        ),
        TableDoc::of(
            "calibration",
            "How often customers of each score were lost, a row for each ten points.",
            BacktestCalibration::COLUMNS,
        ),
        TableDoc::of(
            "lift",
            "How many of the lost are among the lowest scores, a row for each tenth of the observations.",
            BacktestLift::COLUMNS,
        ),
        TableDoc::of(
            "days",
            "How the test went on each day that was asked for, a row for each, in their order.",
            BacktestDays::COLUMNS,
        ),
    ];
}

impl Operation for Backtest {
    type Asked = Backtested;

    const ABOUT: About = About {
        doc: "Whether health scores foretold whom the company lost, by what was known on days that have passed.\n\n\
              Of the customers who paid on a day, had given no notice and have a score, those are events who were lost \
              within the horizon. The verdict is better only if the score beats every baseline - chance, tenure, MRR, \
              days since an engagement, growth in 90 days - by more than chance in the customers explains, with at least \
              20 customers lost and 20 kept.",
        parameters: &[AS_OF_DAYS, HORIZON_DAYS, SCORECARD, CONTRACTION_SHARE, RESAMPLES, DEFINITIONS, KNOWN_ON],
        rows: "A verdict, and the tables that it rests on.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..ERRORS },
        source: "The area under the curve by the count of pairs (Hanley and McNeil, 1982), the percentile interval of B. \
                 Efron, 1979, with the customer as the unit that is drawn.",
    };

    fn compute(asked: &Backtested, context: &Context<'_>) -> Result<Self, Error> {
        let scorecard = asked.scorecard()?;
        Self::of(context, &Plan::of(asked, context)?, &scorecard)
    }
}

impl Backtest {
    pub(super) fn of(context: &Context<'_>, plan: &Plan, scorecard: &Scorecard) -> Result<Self, Error> {
        let observations = Observations::of(context, plan, scorecard)?;
        let comparison = Comparison::of(context, plan, &observations)?;
        let metadata = || metadata(context, scorecard);
        let (lift, worst_decile) = lift(&observations, metadata());
        let summary = Summary {
            auc: comparison.auc,
            auc_ends: comparison.auc_ends,
            lift: worst_decile,
            beats_each: comparison.beats_each(),
        };
        let (verdict, summary) = summary.into_table(plan, &observations, metadata());
        Ok(Self {
            auc: comparison.auc.value(),
            verdict,
            summary,
            baselines: comparison.into_table(metadata()),
            by_band: by_band(&observations, metadata()),
            calibration: calibration(&observations, metadata()),
            lift,
            days: days(plan, &observations, metadata()),
        })
    }
}

impl KnownOn for Backtest {}

impl Query<'_, Backtest> {
    /// A customer counts as lost, too, who comes to pay less than it did on the day by more than this share, from 0 to 1
    /// with at most 6 decimals.
    pub fn contraction_share(mut self, share: f64) -> Self {
        self.asked.contraction_share = Some(share);
        self
    }

    /// How often the customers are drawn for intervals, from 100 to 100,000; 1,000 times by default.
    pub fn resamples(mut self, resamples: u32) -> Self {
        self.asked.resamples = resamples;
        self
    }
}

impl Portfolio {
    /// Asks of days that have passed whether health scores foretold whom the company then lost: `auc` is the chance that
    /// of two customers, one lost within the horizon and one not, the lost one had the lower score.
    ///
    /// The verdict is `better` only if the score beats every baseline - guessing, tenure, MRR, days since an engagement,
    /// growth of the last quarter - by a margin that resampling customers leaves above zero.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{BacktestVerdict, Portfolio};
    ///
    /// let portfolio = Portfolio::synthetic().load()?;
    /// let last = portfolio.observed_until().unwrap();
    /// let days = (1..=12).map(|quarter| last - chrono::Days::new(90 * quarter));
    /// let backtest = portfolio.backtest(days, 90).run()?;
    /// assert_eq!(backtest.verdict(), BacktestVerdict::Better);
    /// assert!(backtest.auc().unwrap() > 0.6);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    #[doc = include_str!("backtests.md")]
    pub fn backtest(&self, as_of_days: impl IntoIterator<Item = NaiveDate>, horizon_days: u32) -> Query<'_, Backtest> {
        Query::of(self, Backtested::of(as_of_days.into_iter().collect(), horizon_days))
    }
}
