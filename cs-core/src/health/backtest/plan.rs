//! What a backtest is asked: days, a horizon, what counts as lost, and a scorecard.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::error::{Code, Error, Problem, quoted};
use crate::health::asked::{ByScorecard, read_scorecard};
use crate::health::points::{ONE, number};
use crate::health::scorecard::Scorecard;
use crate::json::Json;
use crate::order::sort_by_key;
use crate::period::{Day, day_argument as day};
use crate::query::{Arguments, Asked, Context, Parameter, Takes, place, share_argument};

pub(super) const AS_OF_DAYS: Parameter = Parameter::required(
    "as_of_days",
    Takes::Dates,
    "The days that scores are looked at from, each once; those whose horizon is not observed to its end are dropped whole.",
);
pub(super) const HORIZON_DAYS: Parameter = Parameter::required(
    "horizon_days",
    Takes::Count,
    "How many days after each of them are looked at for what customers did, from 1 to 3660.",
);
pub(super) const CONTRACTION_SHARE: Parameter = Parameter::optional(
    "contraction_share",
    Takes::Share,
    "null",
    "A customer counts as lost, too, who comes to pay less than it did on the day by more than this share, at most 6 \
     decimals; only churn counts if left out.",
);
pub(super) const RESAMPLES: Parameter = Parameter::optional(
    "resamples",
    Takes::Count,
    "1000",
    "How often the customers are drawn for intervals, from 100 to 100000.",
);

pub(super) const KNOWN_ON: Parameter = Parameter::optional(
    "known_on",
    Takes::Date,
    "null",
    "Only what was known at the close of this day; days whose horizon ends after it are dropped.",
);

/// What a backtest is asked.
#[derive(Clone, Debug)]
pub struct Backtested {
    days: Vec<NaiveDate>,
    horizon_days: u32,
    pub(super) contraction_share: Option<f64>,
    pub(super) resamples: u32,
    /// None for the standard one.
    scorecard: Option<Scorecard>,
}

const USUAL_RESAMPLES: u32 = 1_000;
const MANY_RESAMPLES: RangeInclusive<u32> = 100..=100_000;
const MANY_HORIZON_DAYS: RangeInclusive<u32> = 1..=3_660;
/// Days that are asked for at most.
const MOST_DAYS: usize = 1_000;

impl Backtested {
    pub(super) fn of(days: Vec<NaiveDate>, horizon_days: u32) -> Self {
        Self { days, horizon_days, contraction_share: None, resamples: USUAL_RESAMPLES, scorecard: None }
    }

    /// The scorecard, or the standard one.
    pub(super) fn scorecard(&self) -> Result<Scorecard, Error> {
        self.scorecard.clone().map_or_else(Scorecard::standard, Ok)
    }
}

impl Asked for Backtested {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let contraction_share = match arguments.value(CONTRACTION_SHARE.name)? {
            Json::Integer(whole) => Some(whole as f64),
            Json::Float(share) => Some(share),
            _ => None,
        };
        Ok(Self {
            days: arguments.days(AS_OF_DAYS.name)?,
            horizon_days: arguments.count(HORIZON_DAYS.name)?,
            contraction_share,
            resamples: arguments.count(RESAMPLES.name)?,
            scorecard: read_scorecard(arguments)?,
        })
    }
}

impl ByScorecard for Backtested {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.scorecard = Some(scorecard);
    }
}

/// What is looked at: checked, days in their order.
pub(super) struct Plan {
    days: Vec<Day>,
    /// How many of them, from the first, are used.
    used: usize,
    pub(super) horizon: u32,
    /// The share that a customer may lose, in millionths; none where only churn counts.
    contraction: Option<u32>,
    pub(super) resamples: u32,
    /// The last day of which all is known; none of a book without rows.
    pub(super) observed_until: Option<Day>,
}

impl Plan {
    pub(super) fn of(asked: &Backtested, context: &Context<'_>) -> Result<Self, Problem> {
        let (horizon, resamples) = (asked.horizon_days, asked.resamples);
        Problem::ensure_within(HORIZON_DAYS.name, horizon, &MANY_HORIZON_DAYS)?;
        Problem::ensure_within(RESAMPLES.name, resamples, &MANY_RESAMPLES)?;
        let contraction =
            asked.contraction_share.map(|share| share_argument(CONTRACTION_SHARE.name, &Json::Float(share)));
        let days = in_order(&asked.days)?;
        let known = [context.portfolio.observed_until(), context.known_on.map(Day::date)];
        let observed_until = known.into_iter().flatten().min().and_then(|date| Day::try_from(date).ok());
        let last = observed_until.unwrap_or(Day::MIN);
        // A gap that is open where the data ends may still close.
        let observed = i64::from(horizon) + i64::from(context.definitions.gap_tolerance_days);
        let is_observed = |day: &&Day| last.days_after(**day) >= observed;
        let used = days.iter().take_while(is_observed).count();
        Ok(Self { used, days, horizon, contraction: contraction.transpose()?, resamples, observed_until })
    }

    /// The same of some of the days that are used.
    pub(super) fn on(&self, days: &[Day]) -> Self {
        Self { days: days.to_vec(), used: days.len(), ..*self }
    }

    /// All days.
    pub(super) fn days(&self) -> &[Day] {
        &self.days
    }

    /// The days whose horizon is observed to its end.
    pub(super) fn used(&self) -> &[Day] {
        self.days.get(..self.used).unwrap_or_default()
    }

    /// The last day of the horizon of a day.
    pub(super) fn end(&self, day: Day) -> Day {
        day.days_later(self.horizon)
    }

    /// The share that a customer may lose, if one may.
    pub(super) fn contraction_share(&self) -> Option<f64> {
        self.contraction.map(number)
    }

    /// Whether a customer is lost who paid so much and comes to pay so much.
    pub(super) fn is_lost(&self, before: i64, after: i128, pays: bool) -> bool {
        let keeps = |share: u32| {
            let least = i128::from(before) * i128::from(ONE - share);
            after * i128::from(ONE) >= least
        };
        !pays || !self.contraction.is_none_or(keeps)
    }
}

/// Days in their order, of which no two are the same.
fn in_order(asked: &[NaiveDate]) -> Result<Vec<Day>, Problem> {
    let refuse = |message: &str| Problem::argument(Code::InvalidArgument, AS_OF_DAYS.name, message);
    if asked.is_empty() {
        return Err(refuse("there is no day to look from").help("give at least one day"));
    }
    if asked.len() > MOST_DAYS {
        let message = format!("{} days are more than {MOST_DAYS}", asked.len());
        return Err(Problem::argument(Code::LimitExceeded, AS_OF_DAYS.name, message).help("ask for fewer days"));
    }
    let named = |(position, &date): (usize, &NaiveDate)| {
        Ok((day(AS_OF_DAYS.name, date).map_err(|problem| at(position, problem))?, position))
    };
    let mut days = asked.iter().enumerate().map(named).collect::<Result<Vec<(Day, usize)>, Problem>>()?;
    sort_by_key(&mut days, |(day, _)| u64::from(day.key()));
    for pair in days.windows(2) {
        if let [(one, _), (other, position)] = pair
            && one == other
        {
            let text = other.to_string();
            let problem = refuse(&format!("the day {} is there twice", quoted(&text))).value(&text);
            return Err(at(*position, problem.help("give each day once")));
        }
    }
    Ok(days.into_iter().map(|(day, _)| day).collect())
}

/// A problem of one of the days.
fn at(position: usize, problem: Problem) -> Problem {
    Problem { path: place(AS_OF_DAYS.name, position), ..problem }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Code, MOST_DAYS, NaiveDate, in_order};

    #[rstest]
    #[case(0, Err(Code::InvalidArgument))]
    #[case(1, Ok(1))]
    #[case(MOST_DAYS, Ok(MOST_DAYS))]
    #[case(MOST_DAYS + 1, Err(Code::LimitExceeded))]
    fn days_are_bounded(#[case] count: usize, #[case] expected: Result<usize, Code>) {
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default();
        let days: Vec<NaiveDate> = first.iter_days().take(count).collect();
        assert_eq!(in_order(&days).map(|days| days.len()).map_err(|problem| problem.code), expected);
    }
}
