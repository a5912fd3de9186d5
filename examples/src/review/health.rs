//! How healthy the customers are, who may leave, and whether scores foretold who left.

use chrono::{Days, Months, NaiveDate};
use cs_core::{
    Backtest, BacktestByBandRow, BacktestReason, BacktestSummaryRow, BacktestVerdict, Day, Error, Money, OutlookState,
    Portfolio, Scorecard, Table, Watch,
};

use super::book::AsOf;
use super::grid::{Cell, Column, Grid, PAGE};
use super::ink::{Ink, Tone};
use super::money::{count, figure, percent, written};

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
    pub(super) summary: BacktestSummaryRow,
    pub(super) scores: Table,
    pub(super) migration: Option<Table>,
    pub(super) contributions: Option<Table>,
    pub(super) backtest: Backtest,
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
    pub(super) reasons: Vec<String>,
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
        let since = day.checked_sub_days(Days::new(BEFORE)).unwrap_or(day).max(Day::MIN.date());
        // Before its first day the library's calendar has none.
        let migration = (since < day)
            .then(|| portfolio.health_migration(day, since).scorecard(scorecard).watch(watch).run().map(Table::from))
            .transpose()?;
        let backtest = portfolio.backtest(tested(as_of), HORIZON).scorecard(scorecard).watch(watch).run()?;
        let summary = backtest.summary().rows().next().ok_or_else(|| Error::internal("a backtest has no summary"))?;
        let customers = health.rows().count() as u64;
        let contributions = (customers <= MANY)
            .then(|| portfolio.explain_health(day).scorecard(scorecard).watch(watch).run().map(Table::from))
            .transpose()?;
        let outlook = portfolio.outlook(day).scorecard(scorecard).watch(watch).run()?;
        let mut leaving: Vec<Leaving> =
            outlook.rows().filter(|row| STATES.contains(&row.state)).map(Leaving::of).collect();
        leaving.sort_by_key(|one| std::cmp::Reverse(one.mrr.units()));
        let mut bands: Vec<Band> = backtest.by_band().rows().map(Band::tested).collect();
        bands.push(Band { name: None, customers: 0, mrr: None, tested: None });
        for row in health.rows() {
            let Some(band) = bands.iter_mut().find(|band| band.name.as_deref() == row.band) else { continue };
            band.customers += 1;
            band.mrr = Some(band.mrr.map_or(Ok(row.mrr), |sum| sum.checked_add(row.mrr))?);
        }
        Ok(Self {
            scorecard: scorecard.name().to_owned(),
            bands,
            customers,
            scored: health.rows().filter(|row| row.score.is_some()).count() as u64,
            leaving,
            summary,
            scores: health.into(),
            migration,
            contributions,
            backtest,
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

    /// The days that were tested, the first and the last.
    pub(super) fn tested_days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let used = || self.backtest.days().rows().filter(|row| row.is_used).map(|row| row.as_of);
        used().min().zip(used().max())
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
        self.verdict().iter().for_each(|line| out.push_str(&ink.remark(line)));
        for state in STATES {
            if let (customers, Some(mrr)) = self.in_state(state)? {
                out.push_str(&ink.remark(&format!("{state}: {} customers who pay {}", count(customers), written(mrr))));
            }
        }
        Ok(out)
    }

    /// Whether the scores foretold who left, and by how much.
    fn verdict(&self) -> Vec<String> {
        let summary = &self.summary;
        let (Some((first, last)), true) = (self.tested_days(), summary.observations > 0) else {
            return vec!["not tested: of no day gone by are a score and what followed known".to_owned()];
        };
        let days = format!("on {} days from {first} to {last}", summary.days);
        match (summary.verdict, summary.reason) {
            (_, BacktestReason::TooFewLost | BacktestReason::TooFewKept) => {
                let [lost, kept] = [summary.lost_customers, summary.kept_customers].map(count);
                return vec![format!(
                    "{days} too few to tell whether scores foretell who leaves: {lost} left, {kept} stayed"
                )];
            }
            (BacktestVerdict::Better, _) => {
                vec![format!("{days} scores foretold who left better than every baseline")]
            }
            _ => vec![format!("{days} it was not shown that scores foretell who leaves better than every baseline")],
        }
        .into_iter()
        .chain(self.auc())
        .collect()
    }

    fn auc(&self) -> Option<String> {
        let (auc, low, high) = (self.summary.auc?, self.summary.auc_low?, self.summary.auc_high?);
        Some(format!(
            "AUC {auc:.2}, 95% interval {low:.2} to {high:.2}: how often one who left had the lower score than one who stayed"
        ))
    }
}

impl Band {
    fn tested(row: BacktestByBandRow<'_>) -> Self {
        let tested = Some((row.observations, row.precision, row.recall));
        Self { name: Some(row.band.to_owned()), customers: 0, mrr: None, tested }
    }
}

impl Leaving {
    fn of(row: cs_core::OutlookRow<'_>) -> Self {
        Self {
            customer: row.customer_id.to_owned(),
            state: row.state,
            reasons: row.reasons.iter().map(str::to_owned).collect(),
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
