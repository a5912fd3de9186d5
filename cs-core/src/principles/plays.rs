//! The catalogue of plays, as a table.

use std::sync::Arc;

use super::check::Check;
use super::play::Play;
use crate::attention::TouchTier;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::query::{About, Errors, Function, Given};
use crate::success::Phase;
use crate::table::{Headed as _, Metadata, TextLists, result_table};
use crate::text::TextPool;

result_table! {
    /// The library's plays: what to do about findings, for whom, to what effect, and how one sees that it worked, a row for each.
    pub struct Plays("plays") of
    /// A play.
    PlaysRow<'a>, built from Columns {
        /// Its name.
        play: &'a str as Text,
        /// What it is called in English.
        label_en: &'a str as Text,
        /// What it is called in Japanese.
        label_ja: &'a str as Text,
        /// What it is expected to bring, in English.
        effect_en: &'a str as Text,
        /// The same in Japanese.
        effect_ja: &'a str as Text,
        /// How one sees that it worked, in English.
        success_en: &'a str as Text,
        /// The same in Japanese.
        success_ja: &'a str as Text,
        /// What triggers it: questions of rules that found something.
        checks: crate::table::TextList<'a> as TextList,
        /// The tiers that it fits; all where none is named.
        tiers: crate::table::TextList<'a> as TextList,
        /// The phases that it fits, likewise.
        phases: crate::table::TextList<'a> as TextList,
        /// Whether only customers in the best band of the score welcome it, of whom nothing was found by which a principle fails.
        needs_health: bool as Flag,
    }
}

impl Plays {
    /// The library's plays, in the order in which they are proposed.
    ///
    /// # Errors
    /// None that a user could cause.
    ///
    /// ```
    /// use cs_core::Plays;
    /// let plays = Plays::all()?;
    /// let offer = plays.rows().find(|row| row.play == "upgrade_offer").unwrap();
    /// assert!(offer.needs_health, "who is not well takes an offer badly");
    /// let first = plays.rows().next().unwrap();
    /// assert_eq!((first.play, first.tiers.iter().collect::<Vec<_>>()), ("in_product_guide", vec!["tech_touch"]));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn all() -> Result<Self, Error> {
        let plays = Play::standard()?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        columns.checks = TextLists::of_words::<Check>();
        columns.tiers = TextLists::of_words::<TouchTier>();
        columns.phases = TextLists::of_words::<Phase>();
        let mut pool = TextPool::default();
        for play in &plays {
            for (slot, text) in columns.texts().into_iter().zip(play.texts()) {
                slot.0.push(pool.push(text));
            }
            columns.checks.push_words(&play.checks);
            columns.tiers.push_words(&play.tiers);
            columns.phases.push_words(&play.phases);
            columns.needs_health.push(play.needs_health);
        }
        let pool = Arc::new(pool);
        columns.texts().into_iter().for_each(|slot| slot.1 = Arc::clone(&pool));
        Ok(columns.into_table(Vec::new(), 0, Metadata::new(Self::HEADING.0, None, &Definitions::default())))
    }
}

impl Columns {
    /// Those of texts, in the order of [`Play::texts`].
    fn texts(&mut self) -> [&mut (Vec<u32>, Arc<TextPool>); 7] {
        [
            &mut self.play,
            &mut self.label_en,
            &mut self.label_ja,
            &mut self.effect_en,
            &mut self.effect_ja,
            &mut self.success_en,
            &mut self.success_ja,
        ]
    }
}

impl Function for Plays {
    const ABOUT: About = About {
        doc: "The library's plays: what to do about findings, for whom, to what effect.\n\n\
              A finding proposes the plays that it triggers and that fit the customer's tier and phase, in this order. Plays of your own, \
              given to `review` in its settings, come before these, and take the place of those of their names.",
        parameters: &[],
        rows: "A row for each play, in the order in which they are proposed.",
        errors: Errors::of(&[], &[]),
        source: "\"Customer Success\" by Mehta, Steinman and Murphy, and HubSpot Japan's guide to customer success: the activities that \
                 move the indicators, and what is done in each phase.",
    };

    fn compute(_: &Given<'_>) -> Result<Self, Error> {
        Self::all()
    }
}
