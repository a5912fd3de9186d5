//! Whom the company may lose, is losing and has lost, each with its reasons.

use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::{AsOf, ByScorecard, ERRORS, SCORECARD, metadata};
use super::points::{ONE, number};
use super::scorecard::Scorecard;
use super::scores::Earlier;
use super::scoring::Scored;
use crate::error::{Code, Error, Problem};
use crate::ledger::{Balance, Merge, Standing, UnitLine, Units};
use crate::money::Money;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, Asked, Context, Errors, MANY_DAYS, Operation, Parameter, Query, Takes, as_of_parameters,
};
use crate::ratio::{Ratio, Reason};
use crate::table::{TextList, TextLists, result_table};
use crate::word::words;

words! {
    /// How a customer stands between staying and leaving.
    OutlookState {
        /// Its score is in another band than the worst, and has not fallen steeply.
        Steady,
        /// There is too little evidence for a score, and no person has set a band: nobody knows.
        InsufficientData,
        /// Its score is in the worst band, or has fallen steeply.
        Suspected,
        /// That, and its term ends soon, or is over.
        Imminent,
        /// It has given notice.
        Confirmed,
        /// It has left.
        Churned,
    }
    /// What a state rests on.
    OutlookReason {
        /// The band of the score, or the one that a person has set, is the worst that the customer can be in.
        WorstBand,
        /// The score has fallen by as many points as are asked for, or more.
        SteepFall,
        /// A contract in force falls due within as many days as are asked for.
        TermEndsSoon,
        /// The term of a contract in force that does not renew itself is over.
        TermOver,
        /// A contract that pays is under notice, and another, of today or to come, is not.
        PartialNotice,
        /// Notices leave no contract that pays.
        NoticeGiven,
        /// It paid, and does not any more.
        StoppedPaying,
    }
}

result_table! {
    /// Whom the company may lose, is losing and has lost.
    pub struct Outlook("outlook") of
    /// How a customer stands between staying and leaving.
    OutlookRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// How it stands.
        state: OutlookState as Choice<OutlookState>,
        /// Why: `worst_band`, `steep_fall`, `term_ends_soon`, `term_over`, `partial_notice`, `notice_given` and
        /// `stopped_paying`, those that there are, in this order.
        reasons: TextList<'a> as TextList,
        /// The score; absent where there is none.
        score: Option<f64> as Ratio,
        /// The band, also one that a person has set; absent where there is neither.
        band: Option<&'a str> as MaybeText,
        /// The score less that of `fall_days` before, by what was known then; absent where either is.
        change: Option<f64> as Ratio,
        /// The first day on which a contract in force falls due: the end of its term, of a further one where it renews itself,
        /// or its own end where that is earlier or the only one; absent where none is known.
        term_end: Option<NaiveDate> as MaybeDate,
        /// The day on which the customer stops paying, or did; absent where nobody knows.
        ends_on: Option<NaiveDate> as MaybeDate,
        /// MRR at the close of the day; of one who has left, at its last close.
        mrr: Money as Amount,
    }
}

const FALL_POINTS: Parameter = Parameter::optional(
    "fall_points",
    Takes::Count,
    "15",
    "A fall by this many points or more is steep, from 1 to 100.",
);
const FALL_DAYS: Parameter = Parameter::optional(
    "fall_days",
    Takes::Count,
    "30",
    "How many days lie between the two scores that are compared, from 1 to 3660.",
);
const TERM_DAYS: Parameter = Parameter::optional(
    "term_days",
    Takes::Count,
    "90",
    "A suspicion is imminent if a contract falls due within this many days, from 0 to 3660.",
);

/// What an outlook is asked.
#[derive(Clone, Debug)]
pub struct OutlookAsked {
    now: AsOf,
    fall_points: u32,
    fall_days: u32,
    term_days: u32,
}

impl Asked for OutlookAsked {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            now: AsOf::read(arguments)?,
            fall_points: arguments.count(FALL_POINTS.name)?,
            fall_days: arguments.count(FALL_DAYS.name)?,
            term_days: arguments.count(TERM_DAYS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.now.as_of()
    }
}

impl OutlookAsked {
    fn check(&self) -> Result<(), Problem> {
        Problem::ensure_within(FALL_POINTS.name, self.fall_points, &(1..=100))?;
        Problem::ensure_within(FALL_DAYS.name, self.fall_days, &MANY_DAYS)?;
        Problem::ensure_within(TERM_DAYS.name, self.term_days, &(0..=*MANY_DAYS.end()))
    }
}

impl ByScorecard for OutlookAsked {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.now.set_scorecard(scorecard);
    }
}

impl Query<'_, Outlook> {
    /// A fall by this many points or more is steep; 15 by default.
    pub fn fall_points(mut self, points: u32) -> Self {
        self.asked.fall_points = points;
        self
    }

    /// How many days lie between the two scores that are compared; 30 by default.
    pub fn fall_days(mut self, days: u32) -> Self {
        self.asked.fall_days = days;
        self
    }

    /// A suspicion is imminent if a contract falls due within this many days; 90 by default.
    pub fn term_days(mut self, days: u32) -> Self {
        self.asked.term_days = days;
        self
    }
}

impl Portfolio {
    /// Whom the company may lose, is losing and has lost, at the close of a day and by what was known then.
    ///
    /// `suspected`: the score is in the worst band, or has fallen by 15 points in 30 days. `imminent`: that, and a contract
    /// falls due within 90 days, or its term is over. `confirmed`: the customer still pays, and notices leave it no contract
    /// that does, of today or signed for later. `churned`: it has paid, and does not any more. All others are `steady`, or
    /// `insufficient_data` where there is neither a score nor a band that a person has set. Amounts are MRR in the
    /// portfolio's currency.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{OutlookState, Portfolio};
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,notice_date,mrr\n\
    ///             c-1,acme,2026-01-01,2026-08-01,2026-05-20,100\n\
    ///             c-2,bolt,2026-01-01,,,50\n\
    ///             c-3,crux,2026-01-01,2026-03-01,,70\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let outlook = portfolio.outlook(NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()).run()?;
    /// let states: Vec<_> = outlook.rows().map(|row| (row.customer_id, row.state)).collect();
    /// let expected =
    ///     [("acme", OutlookState::Confirmed), ("bolt", OutlookState::InsufficientData), ("crux", OutlookState::Churned)];
    /// assert_eq!(states, expected);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn outlook(&self, as_of: NaiveDate) -> Query<'_, Outlook> {
        Query::of(self, OutlookAsked { now: AsOf::of(as_of), fall_points: 15, fall_days: 30, term_days: 90 })
    }
}

impl Operation for Outlook {
    type Asked = OutlookAsked;

    const ABOUT: About = About {
        doc: "Whom the company may lose, is losing and has lost, by what was known at the close of a day.\n\n\
              suspected: the score is in the worst band, or has fallen steeply. imminent: that, and a contract falls due \
              soon, or its term is over. confirmed: the customer still pays, and notices leave it no contract that \
              does, of today or signed for later. churned: it has paid, and does not any more. All others are steady, or \
              insufficient_data where there is neither a score nor a band that a person has set.",
        parameters: as_of_parameters![SCORECARD, FALL_POINTS, FALL_DAYS, TERM_DAYS],
        rows: "A row for each customer who pays or has paid, in the order of their names (by bytes).",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..ERRORS },
        source: "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy asks how a \
                 suspected churn differs from an imminent one.",
    };

    fn compute(asked: &OutlookAsked, context: &Context<'_>) -> Result<Self, Error> {
        asked.check()?;
        let scorecard = asked.now.scorecard()?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let scored = Scored::of(context, day, &scorecard)?;
        let before = Earlier::of(context, day.days_before(asked.fall_days), &scorecard)?;
        let units = Units::of(context)?;
        let left = left(&units, day)?;
        context.ensure_room(scored.base.len() + left.len())?;
        let names = &context.portfolio.directory.names;
        let mut columns = Columns::of(names);
        columns.reasons = TextLists::of_words::<OutlookReason>();
        columns.band.1 = Arc::new(scored.bands.iter().copied().collect());
        let (overrides, tallies) = (scored.overrides(context), scored.tallies());
        // Who pays stands at its place, who has left behind them all.
        let paying = scored.base.customers.iter().zip(0..).map(|(&customer, place)| (customer, place));
        let gone = left.iter().map(|left| left.customer).zip(scored.base.len()..);
        let mut rows: Vec<(u32, usize)> = paying.chain(gone).collect();
        let ranks = names.ranks();
        sort_by_key(&mut rows, |&(customer, _)| ranks.get(customer as usize).map_or(0, |&rank| rank.into()));
        for (done, &(customer, place)) in rows.iter().enumerate() {
            context.go_on(done, rows.len())?;
            columns.customer_id.0.push(customer);
            if let Some(left) = place.checked_sub(scored.base.len()).and_then(|at| left.get(at)) {
                columns.write_left(left);
                continue;
            }
            let standing = Standing::of(&units, customer, day);
            let set = overrides.get(&place).copied();
            let verdict = tallies.get(place).map(|tally| scored.verdict(place, tally, set));
            let score = verdict.and_then(|verdict| verdict.score);
            let band = verdict.and_then(|verdict| verdict.band);
            let change = score.zip(before.score(customer)).map(|(score, before)| score.less(before));
            let is_leaving = standing.is_noticed && !standing.pays;
            let fall = i64::from(asked.fall_points) * i64::from(ONE);
            let due = standing.due.map(|end| end.days_after(day));
            let signs = [
                (OutlookReason::WorstBand, verdict.is_some_and(|verdict| verdict.is_worst)),
                (OutlookReason::SteepFall, change.is_some_and(|change| i64::from(change) <= -fall)),
                (OutlookReason::TermEndsSoon, due.is_some_and(|days| (1..=i64::from(asked.term_days)).contains(&days))),
                (OutlookReason::TermOver, due.is_some_and(|days| days <= 0)),
                (OutlookReason::PartialNotice, standing.is_noticed && standing.pays),
                (OutlookReason::NoticeGiven, is_leaving),
            ];
            let reasons: Vec<OutlookReason> =
                signs.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect();
            columns.state.push(state(&reasons, band.is_some()));
            columns.reasons.push_words(&reasons);
            let insufficient = Ratio::Absent(Reason::InsufficientData);
            columns.score.push(score.map_or(insufficient, |score| Ratio::Value(score.number())));
            columns.band.0.push(band.ok_or(Reason::InsufficientData));
            let none = Ratio::Absent(Reason::NothingToCompare);
            columns.change.push(change.map_or(none, |change| Ratio::Value(number(change))));
            columns.term_end.push(standing.due.ok_or(Reason::NotKnown));
            let end = standing.end.filter(|&end| end != Day::NEVER && is_leaving);
            columns.ends_on.push(end.ok_or(Reason::NotKnown));
            columns.mrr.push(scored.base.mrr.get(place).copied().unwrap_or_default().into());
        }
        Ok(columns.into_table(Vec::new(), scored.base.digits, metadata(context, &scorecard)))
    }
}

/// How a customer who pays stands, by what speaks for its leaving.
fn state(reasons: &[OutlookReason], has_band: bool) -> OutlookState {
    let has = |any: &[OutlookReason]| reasons.iter().any(|reason| any.contains(reason));
    if has(&[OutlookReason::NoticeGiven]) {
        return OutlookState::Confirmed;
    }
    match (
        has(&[OutlookReason::WorstBand, OutlookReason::SteepFall]),
        has(&[OutlookReason::TermEndsSoon, OutlookReason::TermOver]),
    ) {
        (false, _) if !has_band => OutlookState::InsufficientData,
        (false, _) => OutlookState::Steady,
        (true, false) => OutlookState::Suspected,
        (true, true) => OutlookState::Imminent,
    }
}

impl Columns {
    fn write_left(&mut self, left: &Left) {
        self.state.push(OutlookState::Churned);
        self.reasons.push_words(&[OutlookReason::StoppedPaying]);
        self.score.push(Ratio::Absent(Reason::NotPaying));
        self.band.0.push(Err(Reason::NotPaying));
        self.change.push(Ratio::Absent(Reason::NotPaying));
        self.term_end.push(Err(Reason::NotPaying));
        self.ends_on.push(Ok(left.day));
        self.mrr.push(left.mrr.into());
    }
}

/// A customer who has paid and does not any more.
struct Left {
    customer: u32,
    /// The first day without paying.
    day: Day,
    /// What was paid before.
    mrr: i64,
}

/// All of these.
#[derive(Default)]
struct AllLeft(Vec<Left>);

impl Merge for AllLeft {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// The customers who have paid and do not at the close of a day.
fn left(units: &Units<'_>, day: Day) -> Result<Vec<Left>, Error> {
    let AllLeft(left) = units.collect_all(day.next(), || {
        |all: &mut AllLeft, unit: UnitLine<'_>| {
            let customer = unit.customer;
            let (mut last, mut left) = (Balance::default(), None);
            unit.steps(|step| {
                let after = step.moved().after;
                left = match (last.pays, after.pays) {
                    (_, true) => None,
                    (true, false) => Some(Left { customer, day: step.day(), mrr: last.mrr }),
                    (false, false) => left.take(),
                };
                last = after;
            });
            all.0.extend(left);
        }
    })?;
    Ok(left)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{OutlookReason as Reason, OutlookState as State, state};
    use crate::portfolio::Portfolio;

    #[rstest]
    #[case(&[], true, State::Steady)]
    #[case(&[], false, State::InsufficientData)]
    #[case(&[Reason::TermEndsSoon], true, State::Steady)]
    #[case(&[Reason::TermOver], false, State::InsufficientData)]
    #[case(&[Reason::WorstBand], true, State::Suspected)]
    #[case(&[Reason::SteepFall], true, State::Suspected)]
    #[case(&[Reason::WorstBand, Reason::TermEndsSoon], true, State::Imminent)]
    #[case(&[Reason::SteepFall, Reason::TermOver], true, State::Imminent)]
    #[case(&[Reason::PartialNotice], true, State::Steady)]
    #[case(&[Reason::NoticeGiven], false, State::Confirmed)]
    #[case(&[Reason::WorstBand, Reason::TermOver, Reason::NoticeGiven], true, State::Confirmed)]
    fn reasons_make_a_state(#[case] reasons: &[Reason], #[case] has_band: bool, #[case] expected: State) {
        assert_eq!(state(reasons, has_band), expected);
    }
    #[test]
    fn all_who_have_left_are_told_once() {
        let names: Vec<String> = (0..40).map(|number| format!("c-{number:02}")).collect();
        let row = |name: &String| format!("{name},{name},2026-01-01,2026-03-01,100\n");
        let rows: String = names.iter().map(row).collect();
        let book = format!("contract_id,customer_id,start_date,end_date,mrr\n{rows}");
        let portfolio = Portfolio::from_csv(&book).currency("USD").load().unwrap();
        let outlook = portfolio.outlook("2026-04-01".parse().unwrap()).run().unwrap();
        let told: Vec<(String, State)> = outlook.rows().map(|row| (row.customer_id.to_owned(), row.state)).collect();
        assert_eq!(told, names.into_iter().map(|name| (name, State::Churned)).collect::<Vec<_>>());
    }
}
