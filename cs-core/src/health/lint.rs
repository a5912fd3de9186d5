//! What a scorecard can say and hardly means.

use super::measure::{Is, OfFacts, Source};
use super::reading::item;
use super::scorecard::{PATH, Scorecard};
use crate::error::Error;
use crate::error::{Code, Problem, quoted};
use crate::period::Day;
use crate::portfolio::{KnownFacts, Portfolio};
use crate::watch::Unwatched;

impl Scorecard {
    /// What the scorecard says and hardly means: a curve that is the same for every value (`flat_curve`), a band that no
    /// score is in (`unreachable_band`), signals of different names taken together (`mixed_signals`), a profile that fits
    /// nobody whom an earlier one does not (`unused_profile`). What it cannot say at all is refused when it is read.
    ///
    /// ```
    /// use cs_core::Scorecard;
    /// let card = r#"{"name": "one", "measures": [{
    ///     "measure": "any", "evidence": "custom", "weight": 1, "curve": [[0, 80], [10, 80]],
    ///     "value": {"table": "advocacy", "aggregate": "count"}
    /// }]}"#;
    /// let told: Vec<_> = Scorecard::from_json(card)?.lint().iter().map(|problem| problem.code.name()).collect();
    /// assert_eq!(told, ["flat_curve", "unreachable_band", "unreachable_band"]);
    /// assert_eq!(Scorecard::standard()?.lint(), []);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Problem> {
        self.flat_curves()
            .chain(self.mixed_signals())
            .chain(self.unreachable_bands())
            .chain(self.unused_profiles())
            .collect()
    }

    /// The same, and measures that have no evidence in a portfolio (`no_evidence`): a table that was not given, or of
    /// which no row fits.
    ///
    /// # Errors
    /// `limit_exceeded` for a table of a synthetic portfolio that is too long.
    pub fn lint_for(&self, portfolio: &Portfolio) -> Result<Vec<Problem>, Error> {
        let mut told = self.lint();
        for (position, measure) in self.measures.iter().enumerate() {
            for source in measure.value.sources() {
                let Source::Facts(of) = source else { continue };
                if !has_evidence(of, portfolio)? {
                    let message = format!(
                        "the measure {} has no evidence: no row of {} fits",
                        quoted(&measure.name),
                        of.table.spec.name
                    );
                    let problem =
                        Problem::argument(Code::NoEvidence, format!("{}.value", self.measure(position)), message);
                    told.push(problem.value(&measure.name).help("give the table, or correct what the rows must be"));
                    break;
                }
            }
        }
        Ok(told)
    }

    /// Where a measure stands.
    fn measure(&self, position: usize) -> String {
        item(&format!("{PATH}.measures"), position)
    }

    fn flat_curves(&self) -> impl Iterator<Item = Problem> + '_ {
        let flat = self.measures.iter().enumerate().filter(|(_, measure)| measure.curve.is_flat());
        flat.map(|(position, measure)| {
            let message = format!("the measure {} has the same score for every value", quoted(&measure.name));
            Problem::argument(Code::FlatCurve, format!("{}.curve", self.measure(position)), message)
                .value(&measure.name)
        })
    }

    fn mixed_signals(&self) -> impl Iterator<Item = Problem> + '_ {
        let is_mixed = |source: &Source| match source {
            Source::Facts(of) => {
                let is_one = |is: &Is| matches!(is, Is::OneOf(names) if names.len() == 1);
                of.table.spec.name == SIGNALS
                    && !of.conditions.iter().any(|condition| condition.column == SIGNAL && is_one(&condition.is))
            }
            Source::Line(_) => false,
        };
        let mixed = self.measures.iter().enumerate().filter(move |(_, measure)| measure.value.sources().any(is_mixed));
        mixed.map(|(position, measure)| {
            let message = format!("the measure {} takes signals of different names together", quoted(&measure.name));
            Problem::argument(Code::MixedSignals, format!("{}.value", self.measure(position)), message)
                .value(&measure.name)
                .help("say in where which signal is meant")
        })
    }

    fn unreachable_bands(&self) -> impl Iterator<Item = Problem> + '_ {
        self.scorings()
            .into_iter()
            .enumerate()
            .filter(|(position, scoring)| *position == 0 || scoring.has_own_scores())
            .flat_map(|(position, scoring)| {
                let [worst, best] = scoring.reach(&self.measures);
                let path = match position.checked_sub(1) {
                    None => format!("{PATH}.bands"),
                    Some(profile) => format!("{}.bands", item(&format!("{PATH}.profiles"), profile)),
                };
                let better = std::iter::once(None).chain(scoring.bands.iter().map(|band| Some(band.from)));
                let is_out = |from, better: Option<_>| best < from || better.is_some_and(|better| worst >= better);
                let out = scoring.bands.iter().enumerate().zip(better);
                let out = out.filter(|((_, band), better)| is_out(band.from, *better)).map(|((at, band), _)| {
                    let message = format!("no score is in the band {}", quoted(&band.name));
                    Problem::argument(Code::UnreachableBand, item(&path, at), message)
                        .value(&band.name)
                        .help("the curves give no such score to any customer")
                });
                out.collect::<Vec<_>>()
            })
    }

    fn unused_profiles(&self) -> impl Iterator<Item = Problem> + '_ {
        let is_unused = |position: usize| {
            let (before, profile) = (self.profiles.iter().take(position), self.profiles.get(position));
            // Who fits all conditions of this one fits each of some of them.
            let covers = |earlier: &super::profile::Profile| {
                earlier.conditions.iter().all(|one| profile.is_some_and(|profile| profile.conditions.contains(one)))
            };
            before.into_iter().any(covers)
        };
        (0..self.profiles.len()).filter(move |&position| is_unused(position)).filter_map(|position| {
            let profile = self.profiles.get(position)?;
            let message = format!("an earlier profile fits all whom {} fits", quoted(&profile.name));
            let path = item(&format!("{PATH}.profiles"), position);
            Some(
                Problem::argument(Code::UnusedProfile, path, message)
                    .value(&profile.name)
                    .help("the first profile that fits counts: let the more particular one come first"),
            )
        })
    }
}

const SIGNALS: &str = "signals";
const SIGNAL: &str = "signal";

/// Whether any row of a portfolio is one that a value is of, whenever it was known.
fn has_evidence(of: &OfFacts, portfolio: &Portfolio) -> Result<bool, Error> {
    let Some(facts) = portfolio.facts(&of.table.spec, &Unwatched)? else { return Ok(false) };
    let facts = KnownFacts::of(&facts, Day::NEVER);
    Ok(of.any_row(&facts))
}
