//! What profiles may ask of customers that no table says: their phase, and their tier of attention.

use std::sync::Arc;

#[cfg(feature = "rooms")]
use crate::attention::{TouchTier, tiers};
use crate::error::Error;
use crate::period::Day;
use crate::query::Context;
#[cfg(feature = "rooms")]
use crate::success::{Phase, phases};
use crate::table::Texts;
use crate::text::ABSENT;
#[cfg(feature = "rooms")]
use crate::word::Word as _;

/// A name that is computed where the table of customers has no column of it: its words, and the position of that of every
/// customer at the close of a day.
struct Attribute {
    name: &'static str,
    words: &'static [&'static str],
    positions: Positions,
}

type Positions = fn(&Context<'_>, Day) -> Result<Vec<Option<u32>>, Error>;

const ATTRIBUTES: &[Attribute] = &[
    #[cfg(feature = "rooms")]
    Attribute { name: "lifecycle_phase", words: Phase::WORDS, positions: phase_positions },
    #[cfg(feature = "rooms")]
    Attribute { name: "touch_tier", words: TouchTier::WORDS, positions: tiers },
];

#[cfg(feature = "rooms")]
fn phase_positions(context: &Context<'_>, day: Day) -> Result<Vec<Option<u32>>, Error> {
    Ok(phases(context, day)?.into_iter().map(|phase| phase.map(|phase| phase as u32)).collect())
}

/// The words of a name that is computed.
pub(super) fn words(name: &str) -> Option<&'static [&'static str]> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.words)
}

/// What was computed of all customers at the close of a day, each name once.
#[derive(Default)]
pub(super) struct Computed(Vec<(&'static str, Texts)>);

impl Computed {
    /// The words of all customers, by their position; none of a name that is not computed.
    pub(super) fn get(&mut self, context: &Context<'_>, name: &str, day: Day) -> Result<Option<Texts>, Error> {
        if let Some((_, texts)) = self.0.iter().find(|(known, _)| *known == name) {
            return Ok(Some(texts.clone()));
        }
        let attribute = ATTRIBUTES.iter().find(|attribute| attribute.name == name);
        let Some(attribute) = attribute.filter(|_| context.portfolio.directory.attribute(name).is_none()) else {
            return Ok(None);
        };
        let positions = (attribute.positions)(context, day)?.into_iter().map(|position| position.unwrap_or(ABSENT));
        let texts = Texts::new(positions.collect(), Arc::new(attribute.words.iter().copied().collect()));
        self.0.push((attribute.name, texts.clone()));
        Ok(Some(texts))
    }
}

#[cfg(test)]
#[cfg(feature = "rooms")]
mod tests {
    use crate::error::{Code, Error};
    use crate::health::Scorecard;
    use crate::portfolio::Portfolio;

    const BOOK: &str = "contract_id,customer_id,start_date,mrr\n\
                        c-1,acme,2026-01-01,900\nc-2,bolt,2026-01-01,50\nc-3,coil,2026-01-01,50\n";
    const MILESTONES: &str = "customer_id,milestone,reached_on\nacme,onboarded,2026-02-01\nbolt,onboarded,2026-04-01\n";

    /// One measure, of which every customer has 100 but those of the profile, who have 0.
    fn card(condition: &str) -> String {
        format!(
            r#"{{"name": "card", "measures": [{{"measure": "cases", "evidence": "custom", "weight": 1,
                "curve": [[0, 100], [1, 100]], "value": {{"table": "cases", "aggregate": "count"}}}}],
                "profiles": [{{"profile": "own", "where": {{{condition}}}, "curves": {{"cases": [[0, 0], [1, 0]]}}}}]}}"#
        )
    }

    fn scores(condition: &str, customers: Option<&str>) -> Result<Vec<Option<f64>>, Error> {
        let cases = "customer_id,case_id,opened_on\nacme,1,2026-01-05\nbolt,2,2026-01-05\ncoil,3,2026-01-05\n";
        let load = Portfolio::from_csv(BOOK).milestones(MILESTONES).cases(cases).currency("USD");
        let portfolio = match customers {
            Some(customers) => load.customers(customers).load()?,
            None => load.load()?,
        };
        let day = "2026-03-01".parse().unwrap_or_default();
        let health = portfolio.health(day).scorecard(&Scorecard::from_json(&card(condition))?).run()?;
        Ok(health.rows().map(|row| row.score).collect())
    }

    #[test]
    fn profiles_are_of_phases_and_tiers() -> Result<(), Error> {
        let full = Some(100.0);
        // By what was known on the day: one had reached its milestone.
        assert_eq!(scores(r#""lifecycle_phase": "adoption""#, None)?, [Some(0.0), full, full]);
        assert_eq!(scores(r#""lifecycle_phase": ["onboarding", "advocacy"]"#, None)?, [full, Some(0.0), Some(0.0)]);
        assert_eq!(scores(r#""touch_tier": "low_touch""#, None)?, [Some(0.0), full, full]);
        assert_eq!(scores(r#""lifecycle_phase": "adoption", "touch_tier": "tech_touch""#, None)?, [full; 3]);
        Ok(())
    }

    #[test]
    fn a_column_of_the_name_comes_first() -> Result<(), Error> {
        let customers = "customer_id,lifecycle_phase\nacme,one\nbolt,two\ncoil,two\n";
        assert_eq!(scores(r#""lifecycle_phase": "two""#, Some(customers))?, [Some(100.0), Some(0.0), Some(0.0)]);
        assert_eq!(scores(r#""lifecycle_phase": "adoption""#, Some(customers))?, [Some(100.0); 3]);
        Ok(())
    }

    #[test]
    fn lint_knows_the_words() -> Result<(), Error> {
        let portfolio = Portfolio::from_csv(BOOK).currency("USD").load()?;
        for (condition, expected) in [
            (r#""lifecycle_phase": "adoption""#, None),
            (r#""touch_tier": "mid_touch""#, Some(Code::UnusedProfile)),
            (r#""stage": "adoption""#, Some(Code::UnknownAttribute)),
        ] {
            let told = Scorecard::from_json(&card(condition))?.lint_for(&portfolio)?;
            let mut of_profiles = told.iter().map(|problem| problem.code);
            let found = of_profiles.find(|code| [Code::UnusedProfile, Code::UnknownAttribute].contains(code));
            assert_eq!(found, expected, "{condition}");
        }
        Ok(())
    }
}
