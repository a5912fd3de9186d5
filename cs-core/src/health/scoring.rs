//! Scores of the customers who pay at the close of a day, with all that they are made of.

use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;

use super::base::{Base, LEAST, Measured};
use super::computed::{Computed, words};
use super::kept::{self, Made};
use super::marks::{Marks, MeasureState};
use super::measure::{Is, Value};
use super::points::Points;
use super::profile::Override;
use super::scheme::Scoring;
use super::scorecard::{PATH, Scorecard};
use super::tally::{Tallies, Tally, tell_tallies};
use crate::error::{Code, Error, Problem, quoted};
use crate::ledger::attribute;
use crate::parts::{Slots, fill};
use crate::period::Day;
use crate::query::Context;
use crate::text::ABSENT;

/// The base of a day, with what the measures of a scorecard are worth to its customers.
pub(super) struct Scored<'s> {
    pub(super) base: Arc<Base>,
    /// Of each measure.
    marks: Vec<Arc<Marks>>,
    scorings: Vec<Scoring<'s>>,
    /// How each customer of the base is scored, by the position in `scorings`.
    of_customers: Arc<Vec<u32>>,
    /// The names of all bands.
    pub(super) bands: Vec<&'s str>,
    scorecard: &'s Scorecard,
}

/// The same with the values that it is made of.
pub(super) struct Findings<'s> {
    pub(super) scored: Scored<'s>,
    /// The values of each measure.
    measured: Vec<Measured>,
    pub(super) tallies: Vec<Tally>,
}

/// What a scorecard says of a customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    /// None where there is too little evidence.
    pub(super) score: Option<Points>,
    /// The position of its name among those of all bands.
    pub(super) band: Option<u32>,
    /// Whether this one, or that of the score, is the worst that the customer can be in.
    pub(super) is_worst: bool,
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
    /// The base of a context that looks from a day. What the scores of that day were made of before is not made again.
    pub(super) fn of(context: &Context<'_>, day: Day, scorecard: &'s Scorecard) -> Result<Self, Error> {
        let before = kept::find(context, day, scorecard);
        let (scored, measured) = Self::made(context, day, scorecard, before.as_deref(), &[])?;
        if !measured.is_empty() {
            kept::put(context, scorecard, (&scored.base, &scored.of_customers), &scored.marks);
        }
        Ok(scored)
    }

    /// The same with what other values are of its customers.
    pub(super) fn beside(
        context: &Context<'_>,
        day: Day,
        scorecard: &'s Scorecard,
        others: &[&Value],
    ) -> Result<(Self, Vec<Measured>), Error> {
        let (scored, mut measured) = Self::made(context, day, scorecard, None, others)?;
        let others = measured.split_off(scorecard.measures.len());
        Ok((scored, others))
    }

    /// The base, and the values of those measures whose marks are not known from before, and of others.
    fn made(
        context: &Context<'_>,
        day: Day,
        scorecard: &'s Scorecard,
        before: Option<&Made>,
        others: &[&Value],
    ) -> Result<(Self, Vec<Measured>), Error> {
        let measures = || scorecard.measures.iter().enumerate();
        let known = measures().map(|(position, _)| before.and_then(|made| made.marks(scorecard, position)));
        let known: Vec<Option<Arc<Marks>>> = known.collect();
        let new = measures().zip(&known).filter(|(_, known)| known.is_none()).map(|(measure, _)| measure);
        let values = new.clone().map(|(_, measure)| &measure.value).chain(others.iter().copied());
        let (base, of_customers) = match before {
            Some(made) => made.base(),
            None => {
                let base = Arc::new(Base::of(context, day, values.clone())?);
                let of_customers = Arc::new(profiles(context, day, scorecard, &base)?);
                (base, of_customers)
            }
        };
        let measured = base.measure(context, values)?;
        let scorings = scorecard.scorings();
        let mut fresh = new.zip(&measured).map(|((position, measure), measured)| {
            Arc::new(measure.marks(position, measured, &base, (&scorings, &of_customers)))
        });
        let marks = known.iter().filter_map(|known| known.clone().or_else(|| fresh.next())).collect();
        let bands = scorecard.band_names();
        Ok((Self { marks, base, scorings, of_customers, bands, scorecard }, measured))
    }

    /// How a customer is scored, by its place in the base.
    pub(super) fn scoring(&self, place: usize) -> Option<&Scoring<'s>> {
        self.of_customers.get(place).and_then(|&position| self.scorings.get(position as usize))
    }

    /// What the marks of each customer come to.
    pub(super) fn tallies(&self) -> Vec<Tally> {
        let mut all = vec![Tally::default(); self.base.len()];
        self.tell(all.as_mut_slice(), |slots, _, tallies| {
            slots.iter_mut().zip(tallies.iter()).for_each(|(slot, tally)| *slot = tally);
        });
        all
    }

    /// Tells what the marks of each customer come to, of some at a time, with their places and the slots of these.
    pub(super) fn tell<S: Slots>(&self, slots: S, tell: impl Fn(S, Range<usize>, Tallies<'_>) + Sync) {
        let columns: Vec<&Marks> = self.marks.iter().map(Arc::as_ref).collect();
        fill(self.base.len(), LEAST, slots, |part, mut slots| {
            tell_tallies(part, &columns, &self.scorings, &self.of_customers, |places, tallies| {
                tell(slots.cut(places.len()), places, tallies);
            });
        });
    }

    /// The points of every measure of a customer; none for those that are left out.
    pub(super) fn points(&self, place: usize, points: &mut Vec<Option<Points>>) {
        points.clear();
        points.extend(self.marks.iter().map(|marks| marks.get(place).and_then(|mark| mark.points())));
    }

    /// What the scorecard says of a customer, by what its marks come to and the band that a person has set.
    pub(super) fn verdict(&self, place: usize, tally: &Tally, set: Option<u32>) -> Verdict {
        let worst = self.scoring(place).and_then(|scoring| scoring.positions.last()).copied();
        let band = set.or(tally.band);
        Verdict { score: tally.score, band, is_worst: worst.is_some() && [band, tally.band].contains(&worst) }
    }

    /// The bands that persons have set and that hold, by the place of their customer.
    pub(super) fn overrides(&self, context: &Context<'_>) -> HashMap<usize, u32> {
        let sets = self.scorecard.overrides.iter().filter(|set| set.holds(self.base.day));
        let holding: HashMap<&str, &Override> = sets.map(|set| (set.customer_id.as_str(), set)).collect();
        if holding.is_empty() {
            return HashMap::new();
        }
        let of_customer = |(name, customer): (&str, u32)| {
            let set = holding.get(name)?;
            let band = self.bands.iter().position(|name| *name == set.band)?;
            Some((self.base.place(customer)?, band as u32))
        };
        context.portfolio.directory.names.iter().zip(0..).filter_map(of_customer).collect()
    }
}

impl<'s> Findings<'s> {
    /// Those of the base of a context that looks from a day.
    pub(super) fn of(context: &Context<'_>, day: Day, scorecard: &'s Scorecard) -> Result<Self, Error> {
        let (scored, measured) = Scored::made(context, day, scorecard, None, &[])?;
        let tallies = scored.tallies();
        Ok(Self { scored, measured, tallies })
    }

    /// The day of the newest evidence of a customer, but its line of MRR, which is always there.
    #[cfg(feature = "rooms")]
    pub(super) fn newest(&self, place: usize) -> Option<Day> {
        let measures = self.scored.scorecard.measures.iter().zip(&self.measured);
        let of_facts = measures.filter(|(measure, _)| measure.value.sources().any(|source| !source.is_line()));
        of_facts.filter_map(|(_, measured)| measured.get(place).1).max()
    }

    /// What each measure has in the score of a customer, in millionths, by the position of the measure; none without one.
    pub(super) fn contributions(&self, place: usize, points: &mut Vec<Option<Points>>) -> Option<Vec<(usize, u32)>> {
        self.scored.points(place, points);
        let score = self.tallies.get(place)?.score?;
        Some(self.scored.scoring(place)?.weighing.contributions(points, score))
    }

    /// What a measure, by its position, is of a customer.
    pub(super) fn get(&self, place: usize, position: usize) -> Finding {
        let (value, day) = self.measured.get(position).map_or((None, None), |measured| measured.get(place));
        let measure = self.scored.scorecard.measures.get(position);
        let state = measure.map_or(MeasureState::Missing, |measure| measure.state(self.scored.base.day, value, day));
        let mark = self.scored.marks.get(position).and_then(|marks| marks.get(place));
        Finding { value, day, state, points: mark.and_then(|mark| mark.points()) }
    }
}

/// Which profile each customer of a base has: 0 for none, or 1 more than its position.
fn profiles(context: &Context<'_>, day: Day, scorecard: &Scorecard, base: &Base) -> Result<Vec<u32>, Error> {
    let mut of_places = vec![0; base.len()];
    if scorecard.profiles.is_empty() {
        return Ok(of_places);
    }
    let versions = context.portfolio.directory.versions(context.known_on);
    let mut computed = Computed::default();
    for (number, profile) in (1..).zip(&scorecard.profiles) {
        let mut conditions = Vec::with_capacity(profile.conditions.len());
        for condition in &profile.conditions {
            // A path has no word of the user, which might be redacted.
            let path = format!("{PATH}.profiles[{number}].where");
            let (codes, texts) = match computed.get(context, &condition.column, day)? {
                Some(found) => {
                    known_words(&condition.is, &condition.column, &path)?;
                    found.into_parts()
                }
                None => attribute(context, &versions, &condition.column, &path)?,
            };
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

/// Refuses a word that a name which is computed never has.
fn known_words(is: &Is, column: &str, path: &str) -> Result<(), Problem> {
    let (Is::OneOf(wanted), Some(words)) = (is, words(column)) else { return Ok(()) };
    match wanted.iter().find(|text| !words.contains(&text.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            let message = format!("{} is no {column}", quoted(unknown));
            let problem = Problem::argument(Code::InvalidScorecard, path, message).value(unknown);
            Err(problem.help(format!("one of {}", words.join(", "))))
        }
    }
}
