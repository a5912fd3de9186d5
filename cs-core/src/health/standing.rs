//! How each customer stands by a scorecard: what rules about health look at.

use super::scorecard::Scorecard;
use super::scoring::{Findings, Scored};
use super::tally::Tally;
use crate::error::Error;
use crate::period::Day;
use crate::query::{Context, ONE};

/// Where a band stands among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BandStanding {
    /// The customer is in none.
    #[default]
    Unknown,
    Worst,
    Between,
    Best,
}

/// How a customer who pays stands by a scorecard at the close of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct HealthOf {
    /// None where there is too little evidence.
    pub(crate) score: Option<f64>,
    /// Where the band of the score, or the one that a person has set, stands among those that the customer can be in.
    pub(crate) band: BandStanding,
    /// The share of the weight that has evidence, and the least that a score needs.
    pub(crate) coverage: f64,
    pub(crate) min_coverage: f64,
    /// The day of the newest evidence but the line of MRR, which is always there, where that is asked for.
    pub(crate) newest: Option<Day>,
}

/// How all customers stand who pay at the close of a day, by what was known then.
pub(crate) struct Standings {
    /// By the customer's position among all.
    of_customers: Vec<Option<HealthOf>>,
}

impl HealthOf {
    pub(crate) fn is_worst(&self) -> bool {
        self.band == BandStanding::Worst
    }

    pub(crate) fn is_best(&self) -> bool {
        self.band == BandStanding::Best
    }
}

impl Standings {
    /// With the newest evidence of each.
    pub(crate) fn of(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<Self, Error> {
        let findings = Findings::of(context, day, scorecard)?;
        Ok(Self::told(context, &findings.scored, &findings.tallies, |place| findings.newest(place)))
    }

    /// Of an earlier day, from what its scores were made of before.
    pub(crate) fn earlier(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<Self, Error> {
        let context = &context.at(day);
        let scored = Scored::of(context, day, scorecard)?;
        Ok(Self::told(context, &scored, &scored.tallies(), |_| None))
    }

    fn told(
        context: &Context<'_>,
        scored: &Scored<'_>,
        tallies: &[Tally],
        newest: impl Fn(usize) -> Option<Day>,
    ) -> Self {
        let overrides = scored.overrides(context);
        let mut of_customers = vec![None; context.portfolio.directory.names.len()];
        for (place, (&customer, tally)) in scored.base.customers.iter().zip(tallies).enumerate() {
            let Some(slot) = of_customers.get_mut(customer as usize) else { continue };
            let verdict = scored.verdict(place, tally, overrides.get(&place).copied());
            let scoring = scored.scoring(place);
            let best = scoring.and_then(|scoring| scoring.positions.first()).copied();
            let band = match verdict.band {
                _ if verdict.is_worst => BandStanding::Worst,
                None => BandStanding::Unknown,
                band if band == best => BandStanding::Best,
                Some(_) => BandStanding::Between,
            };
            *slot = Some(HealthOf {
                score: verdict.score.map(|score| score.number()),
                band,
                coverage: tally.coverage,
                min_coverage: scoring.map_or(0.0, |scoring| f64::from(scoring.min_coverage) / f64::from(ONE)),
                newest: newest(place),
            });
        }
        Self { of_customers }
    }

    /// Of a customer, by its position among all; none of one that does not pay.
    pub(crate) fn get(&self, customer: u32) -> Option<HealthOf> {
        self.of_customers.get(customer as usize).copied().flatten()
    }
}
