//! What facts tell of periods: answers to surveys, and cases that were closed.

use hashbrown::HashSet;

use crate::error::Error;
use crate::float;
use crate::ledger::Days;
use crate::money::parse_units;
use crate::period::{Day, Periods};
use crate::portfolio::{Case, KnownFacts, Survey, SurveyKind};
use crate::query::{Context, ONE};
use crate::success::{DETRACTOR, Events, PROMOTER};

/// Facts of one period.
#[derive(Clone, Debug, Default)]
pub(super) struct OfFacts {
    pub(super) promoters: u64,
    pub(super) detractors: u64,
    pub(super) recommendations: u64,
    pub(super) content: u64,
    pub(super) csat: u64,
    pub(super) answers: u64,
    pub(super) asked: u64,
    pub(super) closed_cases: u64,
    /// Who closed them, by the position of the name.
    agents: HashSet<u32>,
}

impl OfFacts {
    /// How many closed cases.
    pub(super) fn agents(&self) -> u64 {
        self.agents.len() as u64
    }
}

/// Of every closed period; answers to `csat` count as content from a share of their scale on, in millionths.
pub(super) fn of_facts(
    context: &Context<'_>,
    periods: Periods,
    closed: usize,
    threshold: u32,
) -> Result<Vec<OfFacts>, Error> {
    let mut found = vec![OfFacts::default(); closed];
    let on = context.known_on.unwrap_or(Day::NEVER);
    let days = Days::of(periods);
    let customers = 0..context.portfolio.directory.names.len() as u32;

    let surveys = Events::of(context, &Survey::SPEC)?;
    let surveys = surveys.known(on);
    let columns = surveys.facts().map(|facts| (facts.numbers("score"), facts.counts("scale_max")));
    let (scores, scales) = columns.unwrap_or_default();
    for (day, row) in customers.clone().flat_map(|customer| surveys.of_customer(customer)) {
        let Some(of_period) = days.place(day).and_then(|place| found.get_mut(place)) else { continue };
        of_period.asked += 1;
        let Some(score) = scores.as_ref().and_then(|scores| scores.get(row)) else { continue };
        of_period.answers += 1;
        if surveys.is(row, SurveyKind::Nps) {
            of_period.recommendations += 1;
            of_period.promoters += u64::from(score >= PROMOTER);
            of_period.detractors += u64::from(score <= DETRACTOR);
        } else if surveys.is(row, SurveyKind::Csat) {
            let scale = scales.as_ref().and_then(|scales| scales.get(row)).unwrap_or_default();
            of_period.csat += 1;
            of_period.content += u64::from(is_content(score, scale, threshold));
        }
    }

    let Some(cases) = context.portfolio.facts(&Case::SPEC, context.watch)? else { return Ok(found) };
    let cases = KnownFacts::of(&cases, on);
    let (closed_on, agents, alone) = (cases.days("closed_on"), cases.texts("agent"), cases.flags("resolved_by_self"));
    let is_alone = |row: usize| alone.as_ref().and_then(|flags| flags.get(row)).unwrap_or_default();
    for row in (0..cases.rows()).filter(|&row| cases.knows(row) && !is_alone(row)) {
        let day = closed_on.as_ref().and_then(|days| days.get(row));
        let agent = agents.as_ref().and_then(|agents| agents.code(row));
        // What nobody closed is no work of an agent.
        let of_period = day.and_then(|day| days.place(day)).and_then(|place| found.get_mut(place));
        if let Some((of_period, agent)) = of_period.zip(agent) {
            of_period.closed_cases += 1;
            of_period.agents.insert(agent);
        }
    }
    Ok(found)
}

/// Decimals of an answer that are compared exactly: 2.4 of 3 is 0.8, which no quotient of floats is.
const DIGITS: u8 = 15;

/// Whether an answer reaches a share of its scale.
fn is_content(score: f64, scale: u64, threshold: u32) -> bool {
    let exact = float::canonical(score).and_then(|text| parse_units(&text, DIGITS).ok());
    let reached = exact.and_then(|units| units.checked_mul(ONE.into()));
    let asked = i128::from(scale).checked_mul(i128::from(threshold) * 10_i128.pow(DIGITS.into()));
    // An answer of more digits, or on a scale that nobody has, is as near as floats come.
    let as_floats = || score >= f64::from(threshold) / f64::from(ONE) * scale as f64;
    reached.zip(asked).map_or_else(as_floats, |(reached, asked)| reached >= asked)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_content;

    #[rstest]
    #[case::at_the_bound(2.4, 3, true)]
    #[case::below(2.399_999, 3, false)]
    #[case::whole(4.0, 5, true)]
    #[case::below_whole(3.0, 5, false)]
    #[case::of_many_digits(0.800_000_000_000_000_2, 1, true)]
    #[case::of_a_huge_scale(f64::MAX, u64::MAX, true)]
    fn answers_are_compared_as_they_are_written(#[case] score: f64, #[case] scale: u64, #[case] expected: bool) {
        assert_eq!(is_content(score, scale, 800_000), expected);
    }
}
