//! How healthy customers are: scores by band, what they are made of, who may leave, and whether scores foretold it.

use cs_core::{Error, Money, OutlookReason, OutlookState};

use super::super::health::{Band, Leaving, STATES, Verdict};
use super::words::{Heading, Sentence, Tested};
use super::{Page, grid};
use crate::program::money::{count, figure, percent};

/// Customers who may leave that are listed.
const LISTED: usize = 20;

impl Page<'_> {
    /// What a reader should know of it who reads nothing else.
    pub(super) fn risk(&self) -> Result<Option<Sentence<'static>>, Error> {
        let mut all: Option<Money> = None;
        for state in STATES {
            if let (_, Some(mrr)) = self.health.in_state(state)? {
                all = Some(all.map_or(Ok(mrr), |sum| sum.checked_add(mrr))?);
            }
        }
        Ok(all.map(|mrr| Sentence::Risk { customers: self.health.leaving.len() as u64, mrr }))
    }

    pub(super) fn healthy(&self) -> Result<String, Error> {
        let health = self.health;
        let mut out = String::new();
        if health.scored == 0 {
            out.push_str(&self.paragraph(&Sentence::NoScores));
        } else {
            let (customers, scored, scorecard) = (health.customers, health.scored, &health.scorecard);
            out.push_str(&self.paragraph(&Sentence::Scored { customers, scored, scorecard }));
            out.push_str(&self.pictures(&health.scores)?);
            out.push_str(&self.bands());
            for table in [&health.migration, &health.contributions].into_iter().flatten() {
                out.push_str(&self.pictures(table)?);
            }
        }
        out.push_str(&format!("<h3>{}</h3>\n", self.heading(Heading::Leaving)));
        out.push_str(&self.leaving());
        if let Some(tested) = &health.tested {
            let verdict = tested.verdict();
            out.push_str(&format!("<h3>{}</h3>\n", self.heading(Heading::Foretold)));
            out.push_str(&self.paragraph(&foretold(&verdict, tested.horizon_days())));
            if !matches!(verdict, Verdict::NotTested) {
                out.push_str(&self.pictures(tested.backtest.calibration().table())?);
                out.push_str(&self.pictures(tested.backtest.lift().table())?);
            }
        }
        Ok(out)
    }

    fn bands(&self) -> String {
        let headings = [
            Heading::Band,
            Heading::Customers,
            Heading::Revenue,
            Heading::Seen,
            Heading::LostShare,
            Heading::OfAllLost,
        ];
        let share = |share: Option<f64>| share.map_or("–".to_owned(), percent);
        let row = |band: &Band| {
            let (seen, lost, found) =
                band.tested.map_or((None, None, None), |(seen, lost, found)| (Some(seen), lost, found));
            vec![
                band.name.clone().unwrap_or_else(|| self.heading(Heading::NoBand).to_owned()),
                count(band.customers),
                band.mrr.map_or("–".to_owned(), figure),
                seen.map_or("–".to_owned(), count),
                share(lost),
                share(found),
            ]
        };
        let rows: Vec<Vec<String>> = self.health.bands.iter().map(row).collect();
        grid("", &headings.map(|heading| self.heading(heading)), &rows)
    }

    fn leaving(&self) -> String {
        let all = &self.health.leaving;
        if all.is_empty() {
            return self.paragraph(&Sentence::Nobody);
        }
        let headings =
            [Heading::Customer, Heading::State, Heading::Reasons, Heading::Score, Heading::Until, Heading::Revenue];
        let row = |one: &Leaving| {
            let reasons: Vec<&str> = one.reasons.iter().map(|&reason| self.heading(heading_of(reason))).collect();
            vec![
                one.customer.clone(),
                self.heading(state(one.state)).to_owned(),
                reasons.join(", "),
                one.score.map_or("–".to_owned(), |score| format!("{score:.1}")),
                one.until.map_or("–".to_owned(), |day| day.to_string()),
                figure(one.mrr),
            ]
        };
        let rows: Vec<Vec<String>> = all.iter().take(LISTED).map(row).collect();
        let caption = match all.len() > rows.len() {
            true => self.told(&Sentence::Shown { shown: rows.len(), all: all.len() }),
            false => String::new(),
        };
        grid(&caption, &headings.map(|heading| self.heading(heading)), &rows)
    }
}

fn foretold(verdict: &Verdict, horizon: u64) -> Sentence<'static> {
    match *verdict {
        Verdict::NotTested => Sentence::NotTested,
        Verdict::TooFew { lost, .. } => Sentence::TooFew { lost },
        Verdict::Told { days, is_better, auc } => {
            let tested = Tested { days: (days.first, days.last), horizon, auc };
            if is_better { Sentence::Better(tested) } else { Sentence::NotShown(tested) }
        }
    }
}

fn heading_of(reason: OutlookReason) -> Heading {
    match reason {
        OutlookReason::WorstBand => Heading::WorstBand,
        OutlookReason::SteepFall => Heading::SteepFall,
        OutlookReason::TermEndsSoon => Heading::TermEndsSoon,
        OutlookReason::TermOver => Heading::TermOver,
        OutlookReason::PartialNotice => Heading::PartialNotice,
        _ => Heading::NoticeGiven,
    }
}

fn state(state: OutlookState) -> Heading {
    match state {
        OutlookState::Confirmed => Heading::Confirmed,
        OutlookState::Imminent => Heading::Imminent,
        _ => Heading::Suspected,
    }
}
