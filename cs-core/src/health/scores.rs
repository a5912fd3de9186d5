//! The health of every customer who pays.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::asked::{AsOf, ERRORS, SCORECARD, metadata};
use super::base::Base;
#[cfg(feature = "rooms")]
use super::points::ONE;
use super::points::{Points, number};
use super::scorecard::Scorecard;
use super::scoring::Scored;
use super::tally::Tallies;
use crate::error::Error;
use crate::money::Money;
use crate::parts::Slots;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{About, Context, Operation, Query, as_of_parameters};
#[cfg(feature = "rooms")]
use crate::ratio::Ratio;
use crate::ratio::Reason;
use crate::table::{Reasoned, Room, RoomSlots, result_table};
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Whether a customer has a score.
    HealthState {
        /// It has the one that the evidence makes.
        Scored,
        /// There is too little evidence for one.
        InsufficientData,
        /// A person has set the band; the score is still the one that the evidence makes.
        Overridden,
    }
}

result_table! {
    /// The health of every customer who pays.
    pub struct Health("health") of
    /// The health of a customer.
    HealthRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// From 0 to 100, rounded to millionths of a point; absent where there is too little evidence.
        score: Option<f64> as Ratio,
        /// The band of the exact score, or the one that a person has set; absent where there is neither.
        band: Option<&'a str> as MaybeText,
        /// Whether there is a score, and whether a person has set the band.
        state: HealthState as Choice<HealthState>,
        /// The weight with evidence over all weight, from 0 to 1.
        coverage: Option<f64> as Ratio,
        /// The score less that of 30 days before, by what was known then, in points; absent where either is.
        change_30d: Option<f64> as Ratio,
        /// MRR at the close of the day.
        mrr: Money as Amount,
    }
}

/// The days to the score that a change is told against.
const CHANGE_DAYS: u32 = 30;

impl Portfolio {
    /// The health of every customer who pays at the close of a day, from what was known then.
    ///
    /// `score = the mean of groups by weight, each the mean of its measures by weight`, from 0 to 100 points, of the
    /// standard scorecard unless [`Query::scorecard`] says otherwise. What was not measured is left out; below the
    /// scorecard's `min_coverage` there is no score.
    ///
    /// The nine kinds of evidence are those of "Customer Success" by Mehta, Steinman and Murphy.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{HealthState, Portfolio, Scorecard, Signal};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\nc-2,bolt,2026-01-01,50\n";
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    /// let signals = "customer_id,signal,observed_on,value\nacme,active_users,2026-03-31,7.5\n";
    /// let portfolio = Portfolio::from_csv(book).signals(signals.as_bytes()).currency("USD").load()?;
    /// let scorecard = Scorecard::from_json(r#"{"name": "use", "measures": [{
    ///     "measure": "active", "evidence": "product_adoption", "weight": 1,
    ///     "value": {"table": "signals", "aggregate": "last", "where": {"signal": "active_users"}, "window_days": 30},
    ///     "curve": [[0, 0], [10, 100]]
    /// }]}"#)?;
    ///
    /// let health = portfolio.health(day(4, 15)).scorecard(&scorecard).run()?;
    /// let rows: Vec<_> = health.rows().map(|row| (row.customer_id, row.score, row.band, row.state)).collect();
    /// assert_eq!(rows[0], ("acme", Some(75.0), Some("green"), HealthState::Scored));
    /// assert_eq!(rows[1], ("bolt", None, None, HealthState::InsufficientData));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn health(&self, as_of: NaiveDate) -> Query<'_, Health> {
        Query::of(self, AsOf::of(as_of))
    }
}

impl Operation for Health {
    type Asked = AsOf;

    const ABOUT: About = About {
        doc: "The health of every customer who pays at the close of a day, from what was known then.\n\n\
              `score` is the mean of groups by weight, each the mean of its measures by weight, from 0 to 100. What was \
              not measured is left out; where less than the scorecard's `min_coverage` of the weight was, there is no \
              score.",
        parameters: as_of_parameters![SCORECARD],
        rows: "A row for each customer, in the order of their names (by bytes).",
        errors: ERRORS,
        source: "The nine kinds of evidence are those of \"Customer Success\" by Mehta, Steinman and Murphy.",
    };

    fn compute(asked: &AsOf, context: &Context<'_>) -> Result<Self, Error> {
        let scorecard = asked.scorecard()?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let scored = Scored::of(context, day, &scorecard)?;
        let before = Earlier::of(context, day.days_before(CHANGE_DAYS), &scorecard)?;
        context.ensure_room(scored.base.len())?;
        context.go_on(0, scored.base.len())?;
        let told = Told { scored: &scored, before: &before };
        let columns = told.columns(&context.portfolio.directory.names, scored.overrides(context));
        context.go_on(scored.base.len(), scored.base.len())?;
        Ok(columns.into_table(Vec::new(), scored.base.digits, metadata(context, &scorecard)))
    }
}

/// All that the rows tell of.
struct Told<'a> {
    scored: &'a Scored<'a>,
    before: &'a Earlier,
}

/// The slots of some rows, by column.
struct RowSlots<'a> {
    score: RoomSlots<'a, f64>,
    band: RoomSlots<'a, u32>,
    state: &'a mut [HealthState],
    coverage: &'a mut [f64],
    change_30d: RoomSlots<'a, f64>,
}

impl Slots for RowSlots<'_> {
    fn cut(&mut self, count: usize) -> Self {
        Self {
            score: self.score.cut(count),
            band: self.band.cut(count),
            state: self.state.cut(count),
            coverage: self.coverage.cut(count),
            change_30d: self.change_30d.cut(count),
        }
    }
}

impl Told<'_> {
    /// With the bands that persons have set, by the place of the customer.
    fn columns(&self, names: &Arc<TextPool>, overrides: HashMap<usize, u32>) -> Columns {
        let base = &self.scored.base;
        let count = base.len();
        let (mut score, mut band, mut change_30d) = (Room::of(count), Room::of(count), Room::of(count));
        let mut coverage = vec![0.0; count];
        let mut state = vec![HealthState::InsufficientData; count];
        let slots = RowSlots {
            score: score.slots(),
            band: band.slots(),
            state: &mut state,
            coverage: &mut coverage,
            change_30d: change_30d.slots(),
        };
        self.scored.tell(slots, |slots, places, tallies| self.fill(slots, places, tallies));
        for (place, set) in overrides {
            band.set(place, set);
            if let Some(state) = state.get_mut(place) {
                *state = HealthState::Overridden;
            }
        }
        let mut columns = Columns::of(names);
        columns.customer_id.0.clone_from(&base.customers);
        columns.score = Reasoned::of(score.into(), Reason::InsufficientData);
        columns.band.0 = Reasoned::of(band.into(), Reason::InsufficientData);
        columns.band.1 = Arc::new(self.scored.bands.iter().copied().collect());
        columns.state = state;
        columns.coverage = Reasoned::of(coverage.into(), Reason::ZeroDenominator);
        columns.change_30d = Reasoned::of(change_30d.into(), Reason::NothingToCompare);
        columns.mrr = base.mrr.iter().copied().map(i128::from).collect();
        columns
    }

    /// Fills the rows of some customers, one column after another.
    fn fill(&self, slots: RowSlots<'_>, places: Range<usize>, tallies: Tallies<'_>) {
        slots.score.fill(tallies.scores.iter().map(|score| score.map(Points::number)));
        slots.band.fill(tallies.bands());
        for (state, score) in slots.state.iter_mut().zip(tallies.scores) {
            *state = if score.is_some() { HealthState::Scored } else { HealthState::InsufficientData };
        }
        slots.coverage.copy_from_slice(tallies.coverages);
        let change = |now: Option<Points>, before: Option<Points>| Some(number(now?.less(before?)));
        let customers = self.scored.base.customers.get(places.clone()).unwrap_or_default();
        let found: Vec<Option<Points>>;
        let before = match self.before.scores_at(&places, customers) {
            Some(before) => before,
            None => {
                found = customers.iter().map(|&customer| self.before.score(customer)).collect();
                &found
            }
        };
        slots.change_30d.fill(tallies.scores.iter().zip(before).map(|(now, before)| change(*now, *before)));
    }
}

/// The mean score of the customers who pay at the close of a day and have one, by what was known then.
#[cfg(feature = "rooms")]
pub(crate) fn mean_health(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<Ratio, Error> {
    let scores = Earlier::of(context, day, scorecard)?.scores;
    let scored = || scores.iter().flatten();
    let sum: i128 = scored().map(|score| i128::from(score.millionths())).sum();
    Ok(Ratio::of(sum, scored().count() as i128 * i128::from(ONE)))
}

/// The scores of an earlier day, by what was known then.
pub(super) struct Earlier {
    base: Arc<Base>,
    /// By the place in the base.
    scores: Vec<Option<Points>>,
}

impl Earlier {
    pub(super) fn of(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<Self, Error> {
        let scored = Scored::of(&context.at(day), day, scorecard)?;
        let mut scores = vec![None; scored.base.len()];
        scored.tell(scores.as_mut_slice(), |slots, _, tallies| slots.copy_from_slice(tallies.scores));
        Ok(Self { base: scored.base, scores })
    }

    /// Those of customers at some places, if they have the same places here.
    fn scores_at(&self, places: &Range<usize>, customers: &[u32]) -> Option<&[Option<Points>]> {
        let here = self.base.customers.get(places.clone())?;
        // No question is asked of any one of them, so that several are looked at at a time.
        let others = here.iter().zip(customers).fold(0, |others, (here, customer)| others | (here ^ customer));
        (here.len() == customers.len() && others == 0).then(|| self.scores.get(places.clone()))?
    }

    /// That of a customer, by its position among all.
    pub(super) fn score(&self, customer: u32) -> Option<Points> {
        self.scores.get(self.base.place(customer)?).copied().flatten()
    }
}
