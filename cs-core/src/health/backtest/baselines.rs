//! What a score has to beat: guesses that need no scorecard, each with the sign that it had before anybody looked.

use std::num::NonZeroU64;

use crate::error::{Error, Problem};
use crate::health::base::Measured;
use crate::health::measure::Value;
use crate::json::Json;
use crate::order::float_key;
use crate::word::words;

words! {
    /// A guess at who will be lost that needs no scorecard.
    Baseline {
        /// All are alike.
        Chance,
        /// Who has paid for a shorter time, since the first paying day.
        Tenure,
        /// Who pays less.
        Mrr,
        /// With whom the last engagement is longer ago; those never engaged with before all others.
        DaysSinceEngagement,
        /// Whose MRR grew less in 90 days.
        QuarterlyGrowth,
    }
}

/// What the baselines are made of.
const VALUES: &str = include_str!("baselines.json");

/// How many baselines there are but chance.
pub(super) const MEASURED: usize = 4;

/// The risk that a baseline sees of a customer: the greater, the likelier it is lost. None where it sees nothing; no
/// amount and no number have the key 0.
pub(super) type Risk = Option<NonZeroU64>;

/// What baselines are measured by: tenure, the days since an engagement, how many there were, growth.
pub(super) struct Baselines([Value; 4]);

impl Baselines {
    pub(super) fn built_in() -> Result<Self, Error> {
        let json = Json::parse(VALUES)?;
        let value = |position: usize| -> Result<Value, Problem> {
            let json = json.as_array().and_then(|values| values.get(position)).unwrap_or(&Json::Null);
            Value::read("baselines", json)
        };
        Ok(Self([value(0)?, value(1)?, value(2)?, value(3)?]))
    }

    /// The values that a base is asked for.
    pub(super) fn values(&self) -> [&Value; 4] {
        self.0.each_ref()
    }
}

/// What these values are of a base, in their order.
pub(super) struct Measures(pub(super) Vec<Measured>);

impl Measures {
    /// The risk that every baseline but chance sees of the customer at a place, in their order.
    pub(super) fn risks(&self, place: usize, mrr: i64) -> [Risk; MEASURED] {
        let value = |position: usize| self.0.get(position).and_then(|measured| measured.get(place).0);
        let [tenure, last_engagement, engagements, growth] = [0, 1, 2, 3].map(value);
        // Where engagements are kept and there was none, the last one is longer ago than any.
        let never = engagements.map(|_| f64::INFINITY);
        let risk = |number: f64| NonZeroU64::new(float_key(number));
        [
            tenure.and_then(|days| risk(-days)),
            NonZeroU64::new(!mrr.unsigned_abs()),
            last_engagement.or(never).and_then(risk),
            growth.and_then(|growth| risk(-growth)),
        ]
    }
}
