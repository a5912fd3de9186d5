//! How healthy the customers are, who may leave, and whether scores foretold who left.

use chrono::{Months, NaiveDate};
use cs_core::{
    Backtest, BacktestReason, BacktestSummaryRow, BacktestVerdict, Day, Error, Money, OutlookReason, OutlookState,
    Portfolio, Scorecard, Table, Watch,
};

use super::as_of::AsOf;
use crate::program::grid::{Cell, Column, Grid, PAGE};
use crate::program::money::{count, figure, percent, written};
use crate::program::{Ink, Tone};

/// Days that scores are compared with, and days within which a customer is lost or kept.
const BEFORE: u64 = 90;
const HORIZON: u32 = 180;

/// Months from each day that is tested to the month of the review: its horizon, and the days that a gap may last.
const TESTED: [u32; 4] = [16, 13, 10, 7];

/// What moves scores is not shown for books of more customers: that has a row for each of them and each measure.
const MANY: u64 = 100_000;

/// What a review tells of health.
pub(super) struct Health {
    pub(super) scorecard: String,
    pub(super) bands: Vec<Band>,
    /// Those who pay, and of these those with a score.
    pub(super) customers: u64,
    pub(super) scored: u64,
    /// Those who may leave, the most revenue first.
    pub(super) leaving: Vec<Leaving>,
    pub(super) scores: Table,
    pub(super) migration: Option<Table>,
    pub(super) contributions: Option<Table>,
    /// None where nobody has a score that could have foretold anything.
    pub(super) tested: Option<Tested>,
}

/// What scores foretold on days gone by.
pub(super) struct Tested {
    pub(super) backtest: Backtest,
    summary: BacktestSummaryRow,
}

/// Whether scores foretold who left.
pub(super) enum Verdict {
    /// Of no day gone by are a score and what followed known.
    NotTested,
    /// Too few left, or stayed, to tell.
    TooFew { days: Days, lost: u64, kept: u64 },
    /// Better than every baseline, or not shown to be: with the AUC and the ends of its interval.
    Told { days: Days, is_better: bool, auc: [f64; 3] },
}

/// How many days were tested, the first and the last.
#[derive(Clone, Copy)]
pub(super) struct Days {
    count: u64,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// The customers of a band; those without one have none.
pub(super) struct Band {
    pub(super) name: Option<String>,
    pub(super) customers: u64,
    pub(super) mrr: Option<Money>,
    /// Of the days that are tested: observations, the share of them that was lost, and of all lost the share.
    pub(super) tested: Option<(u64, Option<f64>, Option<f64>)>,
}

/// A customer who may leave.
pub(super) struct Leaving {
    pub(super) customer: String,
    pub(super) state: OutlookState,
    pub(super) reasons: Vec<OutlookReason>,
    pub(super) score: Option<f64>,
    /// The end, where it is known, or else the day on which a contract falls due.
    pub(super) until: Option<NaiveDate>,
    pub(super) mrr: Money,
}

/// The states of those who may leave, the surest first.
pub(super) const STATES: [OutlookState; 3] = [OutlookState::Confirmed, OutlookState::Imminent, OutlookState::Suspected];

impl Health {
    pub(super) fn of(
        portfolio: &Portfolio,
        scorecard: &Scorecard,
        as_of: &AsOf,
        watch: &dyn Watch,
    ) -> Result<Self, Error> {
        let day = as_of.day();
        let health = portfolio.health(day).scorecard(scorecard).watch(watch).run()?;
        let (customers, scored) =
            (health.table().len() as u64, health.rows().filter(|row| row.score.is_some()).count());
        let since = day.checked_sub_days(chrono::Days::new(BEFORE)).unwrap_or(day).max(Day::MIN.date());
        // Before its first day the library's calendar has none.
        let migration = (scored > 0 && since < day)
            .then(|| portfolio.health_migration(day, since).scorecard(scorecard).watch(watch).run().map(Table::from))
            .transpose()?;
        let tested = (scored > 0).then(|| Tested::of(portfolio, scorecard, as_of, watch)).transpose()?;
        let contributions = (scored > 0 && customers <= MANY)
            .then(|| portfolio.explain_health(day).scorecard(scorecard).watch(watch).run().map(Table::from))
            .transpose()?;
        let outlook = portfolio.outlook(day).scorecard(scorecard).watch(watch).run()?;
        let mut leaving: Vec<Leaving> =
            outlook.rows().filter(|row| STATES.contains(&row.state)).map(Leaving::of).collect();
        leaving.sort_by_key(|one| std::cmp::Reverse(one.mrr.units()));
        let names = health.table().metadata().bands.iter().cloned().map(Some).chain([None]);
        let of_band = |name: &str| tested.as_ref()?.backtest.by_band().rows().find(|row| row.band == name);
        let band = |name: Option<String>| {
            let tested = name.as_deref().and_then(of_band).map(|row| (row.observations, row.precision, row.recall));
            Band { name, customers: 0, mrr: None, tested }
        };
        let mut bands: Vec<Band> = names.map(band).collect();
        for row in health.rows() {
            let Some(band) = bands.iter_mut().find(|band| band.name.as_deref() == row.band) else { continue };
            band.customers += 1;
            band.mrr = Some(band.mrr.map_or(Ok(row.mrr), |sum| sum.checked_add(row.mrr))?);
        }
        Ok(Self {
            scorecard: scorecard.name().to_owned(),
            bands,
            customers,
            scored: scored as u64,
            leaving,
            scores: health.into(),
            migration,
            contributions,
            tested,
        })
    }

    /// Those in a state: how many, and what they pay.
    pub(super) fn in_state(&self, state: OutlookState) -> Result<(u64, Option<Money>), Error> {
        let mut all = (0, None);
        for one in self.leaving.iter().filter(|one| one.state == state) {
            all = (all.0 + 1, Some(all.1.map_or(Ok(one.mrr), |sum: Money| sum.checked_add(one.mrr))?));
        }
        Ok(all)
    }

    pub(super) fn render(&self, ink: Ink) -> Result<String, Error> {
        let mut out = ink.title("How healthy customers are");
        out.push('\n');
        if self.scored == 0 {
            out.push_str(&ink.remark("there is too little evidence for a score of any customer; --facts gives more"));
            return Ok(out);
        }
        let column =
            |name: &str, cell: &dyn Fn(&Band) -> Cell| Column::new(name, self.bands.iter().map(cell).collect());
        let amount = |band: &Band| band.mrr.map_or_else(Cell::nothing, |mrr| Cell::new(figure(mrr), Tone::Strong));
        let share =
            |share: Option<f64>| share.map_or_else(Cell::nothing, |share| Cell::new(percent(share), Tone::Plain));
        let names = self.bands.iter().map(|band| band.name.clone().unwrap_or_else(|| "(none)".to_owned()));
        let grid = Grid::new("band", names.collect())
            .group(
                format!("by the scorecard {}", self.scorecard),
                vec![
                    column("customers", &|band| Cell::new(count(band.customers), Tone::Plain)),
                    column("MRR", &amount),
                ],
            )
            .group(
                format!("on days tested, within {HORIZON} days"),
                vec![
                    column("seen", &|band| {
                        band.tested.map_or_else(Cell::nothing, |(seen, ..)| Cell::new(count(seen), Tone::Plain))
                    }),
                    column("lost", &|band| share(band.tested.and_then(|(_, lost, _)| lost))),
                    column("of all lost", &|band| share(band.tested.and_then(|(_, _, found)| found))),
                ],
            );
        out.push_str(&grid.render(PAGE, ink));
        for line in self.tested.iter().flat_map(|tested| tested.verdict().lines()) {
            out.push_str(&ink.remark(&line));
        }
        for state in STATES {
            if let (customers, Some(mrr)) = self.in_state(state)? {
                out.push_str(&ink.remark(&format!("{state}: {} customers who pay {}", count(customers), written(mrr))));
            }
        }
        Ok(out)
    }
}

impl Tested {
    fn of(portfolio: &Portfolio, scorecard: &Scorecard, as_of: &AsOf, watch: &dyn Watch) -> Result<Self, Error> {
        let backtest = portfolio.backtest(tested(as_of), HORIZON).scorecard(scorecard).watch(watch).run()?;
        let summary = backtest.summary().rows().next().ok_or_else(|| Error::internal("a backtest has no summary"))?;
        Ok(Self { backtest, summary })
    }

    pub(super) fn horizon_days(&self) -> u64 {
        self.summary.horizon_days
    }

    pub(super) fn verdict(&self) -> Verdict {
        let summary = &self.summary;
        let used = || self.backtest.days().rows().filter(|row| row.is_used).map(|row| row.as_of);
        let (Some(first), Some(last), 1..) = (used().min(), used().max(), summary.observations) else {
            return Verdict::NotTested;
        };
        let days = Days { count: summary.days, first, last };
        let is_too_few = matches!(summary.reason, BacktestReason::TooFewLost | BacktestReason::TooFewKept);
        match (summary.auc, summary.auc_low, summary.auc_high) {
            (Some(auc), Some(low), Some(high)) if !is_too_few => {
                Verdict::Told { days, is_better: summary.verdict == BacktestVerdict::Better, auc: [auc, low, high] }
            }
            _ => Verdict::TooFew { days, lost: summary.lost_customers, kept: summary.kept_customers },
        }
    }
}

impl Verdict {
    fn lines(&self) -> Vec<String> {
        let on = |days: &Days| format!("on {} days from {} to {}", days.count, days.first, days.last);
        match self {
            Self::NotTested => vec!["not tested: of no day gone by are a score and what followed known".to_owned()],
            Self::TooFew { days, lost, kept } => {
                let (on, [lost, kept]) = (on(days), [*lost, *kept].map(count));
                vec![format!("{on} too few to tell whether scores foretell who leaves: {lost} left, {kept} stayed")]
            }
            Self::Told { days, is_better, auc: [auc, low, high] } => {
                let told = match is_better {
                    true => "scores foretold who left better than every baseline",
                    false => "it was not shown that scores foretell who leaves better than every baseline",
                };
                vec![
                    format!("{} {told}", on(days)),
                    format!(
                        "AUC {auc:.2}, 95% interval {low:.2} to {high:.2}: how often one who left had the lower score \
                         than one who stayed"
                    ),
                ]
            }
        }
    }
}

impl Leaving {
    fn of(row: cs_core::OutlookRow<'_>) -> Self {
        Self {
            customer: row.customer_id.to_owned(),
            state: row.state,
            reasons: row.reasons.iter().filter_map(OutlookReason::from_name).collect(),
            score: row.score,
            until: row.ends_on.or(row.term_end),
            mrr: row.mrr,
        }
    }
}

/// The last days of months long enough ago, as far as the library's calendar goes.
fn tested(as_of: &AsOf) -> Vec<NaiveDate> {
    let days = TESTED.map(|months| as_of.month().checked_sub_months(Months::new(months))?.pred_opt());
    let days: Vec<NaiveDate> = days.into_iter().flatten().filter(|day| *day >= Day::MIN.date()).collect();
    if days.is_empty() { vec![as_of.day()] } else { days }
}
