//! Scores of the customers who pay at the close of a day, with all that they are made of.

use super::base::{Base, Measured};
use super::measure::{Is, Value};
use super::points::Points;
use super::profile::{Band, Override};
use super::scheme::Scoring;
use super::scorecard::Scorecard;
use super::weighing::Score;
use crate::error::{Error, cut};
use crate::ledger::attribute;
use crate::period::Day;
use crate::query::Context;
use crate::text::ABSENT;
use crate::word::words;

words! {
    /// What became of a measure.
    MeasureState {
        /// It has a value.
        Measured,
        /// It has one that is too old to count.
        Stale,
        /// It has none.
        Missing,
    }
}

/// The base of a day with what a scorecard measures of it.
pub(super) struct Scored<'s> {
    scorecard: &'s Scorecard,
    pub(super) base: Base,
    /// The values of each measure.
    measured: Vec<Measured>,
    scorings: Vec<Scoring<'s>>,
    /// How each customer of the base is scored, by the position in `scorings`.
    of_customers: Vec<u32>,
}

/// What a scorecard says of a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict<'s> {
    /// None where there is too little evidence.
    pub(super) score: Option<Score>,
    pub(super) band: Option<&'s str>,
    /// Whether this one, or that of the score, is the worst that the customer can be in.
    pub(super) is_worst: bool,
    /// The weight with evidence, and all weight.
    pub(super) coverage: (u64, u64),
    pub(super) is_overridden: bool,
}

/// What a measure is of a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finding {
    pub(super) value: Option<f64>,
    pub(super) day: Option<Day>,
    pub(super) state: MeasureState,
    /// None where the measure is left out.
    pub(super) points: Option<Points>,
}

impl<'s> Scored<'s> {
    /// The base of a context that looks from a day.
    pub(super) fn of(context: &Context<'_>, day: Day, scorecard: &'s Scorecard) -> Result<Self, Error> {
        Self::with(context, day, scorecard, &[]).map(|(scored, _)| scored)
    }

    /// The same, with what other values are of its customers.
    pub(super) fn with(
        context: &Context<'_>,
        day: Day,
        scorecard: &'s Scorecard,
        others: &[&Value],
    ) -> Result<(Self, Vec<Measured>), Error> {
        let values = scorecard.measures.iter().map(|measure| &measure.value).chain(others.iter().copied());
        let base = Base::of(context, day, values.clone())?;
        let mut measured = base.measure(context, values)?;
        let others = measured.split_off(scorecard.measures.len());
        let of_customers = profiles(context, scorecard, &base)?;
        Ok((Self { scorecard, base, measured, scorings: scorecard.scorings(), of_customers }, others))
    }

    /// How a customer is scored, by its place in the base.
    pub(super) fn scoring(&self, place: usize) -> Option<&Scoring<'s>> {
        self.of_customers.get(place).and_then(|&position| self.scorings.get(position as usize))
    }

    /// What a measure, by its position, is of a customer.
    pub(super) fn finding(&self, place: usize, position: usize, scoring: &Scoring<'_>) -> Finding {
        let (value, day) = self.measured.get(position).map_or((None, None), |measured| measured.get(place));
        let Some(measure) = self.scorecard.measures.get(position) else {
            return Finding { value, day, state: MeasureState::Missing, points: None };
        };
        let is_stale =
            |day: Day| measure.max_age_days.is_some_and(|most| self.base.day.days_after(day) > i64::from(most));
        let state = match (value, day) {
            (None, _) => MeasureState::Missing,
            (Some(_), Some(day)) if is_stale(day) => MeasureState::Stale,
            (Some(_), _) => MeasureState::Measured,
        };
        let points = match value {
            Some(value) if state == MeasureState::Measured => Some(scoring.curve(position, measure).at(value)),
            _ => measure.filled(),
        };
        Finding { value, day, state, points }
    }

    /// The points of every measure of a customer; none for those that are left out.
    fn points(&self, place: usize, scoring: &Scoring<'_>, points: &mut Vec<Option<Points>>) -> u64 {
        points.clear();
        let mut covered = 0;
        for position in 0..self.scorecard.measures.len() {
            let finding = self.finding(place, position, scoring);
            if finding.state == MeasureState::Measured {
                covered += scoring.weighing.share(position);
            }
            points.push(finding.points);
        }
        covered
    }

    /// What the scorecard says of a customer, with the points of every measure.
    pub(super) fn verdict(
        &self,
        place: usize,
        set: Option<&'s Override>,
        points: &mut Vec<Option<Points>>,
    ) -> Option<Verdict<'s>> {
        let scoring = self.scoring(place)?;
        let covered = self.points(place, scoring, points);
        let is_covered = covered > 0 && scoring.weighing.is_covered(covered, scoring.min_coverage);
        let score = if is_covered { scoring.weighing.score(points) } else { None };
        let computed = score.and_then(|score| band_of(scoring.bands, score));
        let band = set.map(|set| set.band.as_str()).or(computed);
        let worst = scoring.bands.last().map(|worst| worst.name.as_str());
        Some(Verdict {
            score,
            band,
            is_worst: worst.is_some_and(|worst| [band, computed].contains(&Some(worst))),
            coverage: (covered, scoring.weighing.total()),
            is_overridden: set.is_some(),
        })
    }

    /// The overrides that hold, by the place of their customer; none for the others.
    pub(super) fn overrides(&self, context: &Context<'_>) -> Vec<Option<&'s Override>> {
        let mut of_places = vec![None; self.base.len()];
        let holding: Vec<&Override> = self.scorecard.overrides.iter().filter(|set| set.holds(self.base.day)).collect();
        if holding.is_empty() {
            return of_places;
        }
        let positions: hashbrown::HashMap<&str, u32> = context.portfolio.directory.names.iter().zip(0..).collect();
        for set in holding {
            let place = positions.get(set.customer_id.as_str()).and_then(|&customer| self.base.place(customer));
            if let Some(slot) = place.and_then(|place| of_places.get_mut(place)) {
                *slot = Some(set);
            }
        }
        of_places
    }
}

/// The best band that a score reaches; the last is from 0.
fn band_of(bands: &[Band], score: Score) -> Option<&str> {
    bands.iter().find(|band| score.reaches(band.from)).map(|band| band.name.as_str())
}

/// Which profile each customer of a base has: 0 for none, or 1 more than its position.
fn profiles(context: &Context<'_>, scorecard: &Scorecard, base: &Base) -> Result<Vec<u32>, Error> {
    let mut of_places = vec![0; base.len()];
    if scorecard.profiles.is_empty() {
        return Ok(of_places);
    }
    let versions = context.portfolio.directory.versions(context.known_on);
    for (number, profile) in (1..).zip(&scorecard.profiles) {
        let mut conditions = Vec::with_capacity(profile.conditions.len());
        for condition in &profile.conditions {
            let path = format!("scorecard.profiles[{number}].where.{}", cut(&condition.column));
            let (codes, texts) = attribute(context, &versions, &condition.column, &path)?;
            let fits: Vec<bool> = match &condition.is {
                Is::OneOf(wanted) => texts.iter().map(|text| wanted.iter().any(|one| one == text)).collect(),
                Is::Absent | Is::Flag(_) => Vec::new(),
            };
            conditions.push((codes, fits, condition.is == Is::Absent));
        }
        for (place, &customer) in base.customers.iter().enumerate() {
            let Some(slot) = of_places.get_mut(place).filter(|slot| **slot == 0) else { continue };
            let holds = |(codes, fits, is_absent): &(Vec<u32>, Vec<bool>, bool)| match codes
                .get(customer as usize)
                .copied()
                .filter(|&code| code != ABSENT)
            {
                None => *is_absent,
                Some(code) => fits.get(code as usize).copied().unwrap_or_default(),
            };
            if conditions.iter().all(holds) {
                *slot = number;
            }
        }
    }
    Ok(of_places)
}
