//! What a review is asked: a day, an edition, what it goes by, and what was found before.

use chrono::NaiveDate;

use crate::error::Error;
use crate::json::Json;
use crate::principles::{Edition, ReviewSettings};
use crate::query::{Arguments, AsOf, Asked, Parameter, Query, Takes};
use crate::word::Word as _;

use super::earlier::{Earlier, PREVIOUS};
use super::report::Review;

pub(super) const EDITION: Parameter = Parameter::optional(
    "edition",
    Takes::Choice(Edition::WORDS),
    "\"2016\"",
    "Which list of principles: the ten of 2016, those of 2021 that are known, or both.",
);
pub(super) const SETTINGS: Parameter = Parameter::optional(
    "settings",
    Takes::ReviewSettings,
    "null",
    "What the rules go by: `bounds` of all of them, thresholds by the name of each principle, `exclusions` (each a `customer_id` with a \
     `reason`, and perhaps a `principle` and a day `until`), `plays`, a `scorecard`, a `touch_model`, and the `validation` of the scorecard; the library's \
     own if left out.",
);

/// What is asked: a day, an edition, what the rules go by, and what was found before.
#[derive(Clone, Debug)]
pub struct OfReview {
    as_of: AsOf,
    pub(super) edition: Edition,
    pub(super) settings: ReviewSettings,
    pub(super) previous: Option<Earlier>,
}

impl OfReview {
    pub(super) fn of(as_of: NaiveDate) -> Self {
        let settings = ReviewSettings::default();
        Self { as_of: AsOf(as_of), edition: Edition::Of2016, settings, previous: None }
    }
}

impl Asked for OfReview {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let settings = match arguments.value(SETTINGS.name)? {
            Json::Null => ReviewSettings::default(),
            json => ReviewSettings::from_object(&json)?,
        };
        let previous = match arguments.value(PREVIOUS.name)? {
            Json::Null => None,
            Json::Text(text) => Some(Earlier::parse(&text)?),
            json => Some(Earlier::read(&json)?),
        };
        Ok(Self { as_of: AsOf::read(arguments)?, edition: arguments.word(EDITION.name)?, settings, previous })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, Review> {
    /// Which list of principles; that of 2016 by default.
    pub fn edition(mut self, edition: Edition) -> Self {
        self.asked.edition = edition;
        self
    }

    /// What the rules go by; the library's own settings by default.
    pub fn settings(mut self, settings: &ReviewSettings) -> Self {
        self.asked.settings = settings.clone();
        self
    }

    /// An earlier review, which tells what is new, what persists and what is resolved.
    pub fn previous(mut self, review: &Review) -> Self {
        self.asked.previous = Some(Earlier::of(review.findings()));
        self
    }

    /// The same of its canonical JSON.
    ///
    /// # Errors
    /// `invalid_json` and `invalid_argument` for what is not the JSON of a review of this version.
    pub fn previous_json(mut self, json: &str) -> Result<Self, Error> {
        self.asked.previous = Some(Earlier::parse(json)?);
        Ok(self)
    }
}
