//! The health of every customer who pays.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{AsOf, SCORECARD};
use super::points::{Points, number};
use super::scorecard::Scorecard;
use super::scoring::Scored;
use super::tally::Tally;
use crate::error::{Code, Error, Problem};
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{AS_OF, About, Context, Errors, Operation, Query, as_of_parameters};
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, Reasoned, result_table};
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

/// What scores of facts and contracts can be refused for.
pub(super) const ERRORS: Errors = Errors::AS_OF;

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
        ensure_room(context, scored.base.len())?;
        context.go_on(0, scored.base.len())?;
        let told = Told { scored: &scored, before: &before, overrides: scored.overrides(context) };
        let columns = told.columns(&context.portfolio.directory.names);
        context.go_on(scored.base.len(), scored.base.len())?;
        Ok(columns.into_table(Vec::new(), scored.base.digits, metadata(context, &scorecard)))
    }
}

/// What a result of a scorecard is computed with.
pub(super) fn metadata(context: &Context<'_>, scorecard: &Scorecard) -> Metadata {
    Metadata { scorecard: Some(scorecard.fingerprint()), ..context.metadata() }
}

/// Refuses a result with more rows than it may have.
pub(super) fn ensure_room(context: &Context<'_>, rows: usize) -> Result<(), Problem> {
    let most = context.portfolio.limits.result_rows;
    if rows as u64 <= most {
        return Ok(());
    }
    let message = format!("the result would have more than {most} rows, the limit result_rows");
    Err(Problem::argument(Code::LimitExceeded, AS_OF.name, message).help("load with a higher limit"))
}

/// All that the rows tell of.
struct Told<'a> {
    scored: &'a Scored<'a>,
    before: &'a Earlier,
    overrides: Vec<Option<u32>>,
}

impl Told<'_> {
    fn columns(&self, names: &Arc<TextPool>) -> Columns {
        let start = |count| Columns::with_room(count, names);
        let tell = |columns: &mut Columns, place, tally: &Tally| self.tell(columns, place, tally);
        let mut columns = self.scored.told(start, tell, Columns::joined);
        columns.customer_id.0.clone_from(&self.scored.base.customers);
        columns.band.1 = Arc::new(self.scored.bands.iter().copied().collect());
        columns
    }

    #[inline]
    fn tell(&self, columns: &mut Columns, place: usize, tally: &Tally) {
        let set = self.overrides.get(place).copied().flatten();
        let band = self.scored.verdict(place, tally, set).and_then(|verdict| verdict.band);
        let all = self.scored.scoring(place).map_or(0, |scoring| scoring.weighing.total());
        let before = self.scored.base.customers.get(place).and_then(|&customer| self.before.score(customer));
        let change = tally.score.zip(before).map(|(score, before)| number(i64::from(score.millionths()) - before));
        columns.score.push(tally.score.map(Points::number).ok_or(Reason::InsufficientData));
        columns.band.0.push(band.ok_or(Reason::InsufficientData));
        columns.state.push(match (set, tally.score) {
            (Some(_), _) => HealthState::Overridden,
            (None, Some(_)) => HealthState::Scored,
            (None, None) => HealthState::InsufficientData,
        });
        columns.coverage.push(Ratio::of(tally.covered.into(), all.into()));
        columns.change_30d.push(change.ok_or(Reason::NothingToCompare));
        columns.mrr.push(self.scored.base.mrr.get(place).copied().unwrap_or_default().into());
    }
}

impl Columns {
    fn with_room(count: usize, names: &Arc<TextPool>) -> Self {
        let ratios = || Reasoned::with_capacity(count);
        Self {
            score: ratios(),
            band: (Reasoned::with_capacity(count), Arc::default()),
            state: Vec::with_capacity(count),
            coverage: ratios(),
            change_30d: ratios(),
            mrr: Vec::with_capacity(count),
            ..Self::of(names)
        }
    }

    /// Those of a part, and those of the next; whose they are is told of all at once.
    fn joined(mut self, more: Self) -> Self {
        self.score.append(more.score);
        self.band.0.append(more.band.0);
        self.state.extend(more.state);
        self.coverage.append(more.coverage);
        self.change_30d.append(more.change_30d);
        self.mrr.extend(more.mrr);
        self
    }
}

/// The scores of an earlier day, by what was known then.
pub(super) struct Earlier {
    /// By the position of the customer.
    scores: Vec<Option<Points>>,
}

impl Earlier {
    pub(super) fn of(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Result<Self, Error> {
        let scored = Scored::of(&context.at(day), day, scorecard)?;
        let push = |all: &mut Vec<Option<Points>>, _, tally: &Tally| all.push(tally.score);
        let append = |mut all: Vec<Option<Points>>, more: Vec<Option<Points>>| {
            all.extend(more);
            all
        };
        let mut scores = vec![None; context.portfolio.directory.names.len()];
        let of_places = scored.told(Vec::with_capacity, push, append);
        for (&customer, score) in scored.base.customers.iter().zip(of_places) {
            if let Some(slot) = scores.get_mut(customer as usize) {
                *slot = score;
            }
        }
        Ok(Self { scores })
    }

    /// In millionths.
    pub(super) fn score(&self, customer: u32) -> Option<i64> {
        self.scores.get(customer as usize).copied().flatten().map(|score| score.millionths().into())
    }
}
