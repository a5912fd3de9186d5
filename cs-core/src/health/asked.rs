//! What scores are asked: a day, a scorecard, and where it matters an earlier day and a customer.

use chrono::NaiveDate;

use super::scorecard::Scorecard;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::{Day, day_argument as day};
use crate::query::{AS_OF, Arguments, Asked, Context, Errors, Operation, Parameter, Query, Takes};
use crate::table::Metadata;

pub(super) const SCORECARD: Parameter = Parameter::optional(
    "scorecard",
    Takes::Scorecard,
    "null",
    "What makes a score; the standard scorecard if left out.",
);
pub(super) const SINCE: Parameter = Parameter::required(
    "since",
    Takes::Date,
    "The earlier day that is compared with: its close, and what was known then.",
);
pub(super) const CUSTOMER_ID: Parameter =
    Parameter::optional("customer_id", Takes::Text, "null", "The customer; all who pay if left out.");

/// What scores of facts and contracts can be refused for.
pub(super) const ERRORS: Errors = Errors::AS_OF;

/// What a result of a scorecard is computed with.
pub(super) fn metadata(context: &Context<'_>, scorecard: &Scorecard) -> Metadata {
    Metadata { scorecard: Some(scorecard.fingerprint()), bands: scorecard.ranked_bands(), ..context.metadata() }
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

/// What is asked of a scorecard, among other things.
pub trait ByScorecard: Asked {
    /// Asks it of this one.
    fn set_scorecard(&mut self, scorecard: Scorecard);
}

impl<R: Operation> Query<'_, R>
where
    R::Asked: ByScorecard,
{
    /// Another scorecard than the standard one.
    pub fn scorecard(mut self, scorecard: &Scorecard) -> Self {
        self.asked.set_scorecard(scorecard.clone());
        self
    }
}

impl<A: Asked, R: Operation<Asked = OfCustomer<A>>> Query<'_, R> {
    /// One customer, and not all who pay.
    pub fn customer_id(mut self, name: impl Into<String>) -> Self {
        self.asked.customer_id = Some(name.into());
        self
    }
}

/// A day and a scorecard.
#[derive(Clone, Debug)]
pub struct AsOf {
    as_of: NaiveDate,
    /// None for the standard one.
    scorecard: Option<Scorecard>,
}

/// The same, and an earlier day.
#[derive(Clone, Debug)]
pub struct Since {
    pub(super) now: AsOf,
    since: NaiveDate,
}

/// Something of a customer, or of all.
#[derive(Clone, Debug)]
pub struct OfCustomer<A> {
    pub(super) asked: A,
    customer_id: Option<String>,
}

impl AsOf {
    pub(super) fn of(as_of: NaiveDate) -> Self {
        Self { as_of, scorecard: None }
    }

    /// The scorecard, or the standard one.
    pub(super) fn scorecard(&self) -> Result<Scorecard, Error> {
        self.scorecard.clone().map_or_else(Scorecard::standard, Ok)
    }
}

impl Since {
    pub(super) fn of(as_of: NaiveDate, since: NaiveDate) -> Self {
        Self { now: AsOf::of(as_of), since }
    }

    /// The earlier day.
    pub(super) fn earlier(&self) -> Result<Day, Problem> {
        let since = day(SINCE.name, self.since)?;
        if self.since < self.now.as_of {
            return Ok(since);
        }
        let (since, as_of) = (self.since.to_string(), self.now.as_of.to_string());
        let message = format!("{} is not before as_of, which is {}", quoted(&since), quoted(&as_of));
        Err(Problem::argument(Code::InvalidRange, SINCE.name, message).value(&since).help("give an earlier day"))
    }
}

impl<A> OfCustomer<A> {
    pub(super) fn all(asked: A) -> Self {
        Self { asked, customer_id: None }
    }

    /// The position of the customer among all of the book; none where all are asked for.
    pub(super) fn only(&self, context: &Context<'_>) -> Result<Option<u32>, Problem> {
        let Some(name) = &self.customer_id else { return Ok(None) };
        let found = context.portfolio.directory.names.iter().zip(0..).find(|(known, _)| known == name);
        found.map(|(_, position)| Some(position)).ok_or_else(|| {
            let message = format!("the portfolio has no customer {}", quoted(name));
            Problem::argument(Code::UnknownCustomer, CUSTOMER_ID.name, message).value(name).help("correct the id")
        })
    }
}

/// The scorecard among the arguments; none for the standard one.
pub(super) fn read_scorecard(arguments: &Arguments<'_>) -> Result<Option<Scorecard>, Error> {
    match arguments.value(SCORECARD.name)? {
        Json::Null => Ok(None),
        json => Scorecard::from_object(&json).map(Some),
    }
}

impl Asked for AsOf {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { as_of: arguments.day(AS_OF.name)?, scorecard: read_scorecard(arguments)? })
    }

    fn told(&self) -> Vec<(&'static str, Json)> {
        let scorecard = self.scorecard.as_ref().map_or(Json::Null, Scorecard::to_object);
        vec![(AS_OF.name, Json::Text(self.as_of.to_string())), (SCORECARD.name, scorecard)]
    }

    fn as_of(&self) -> Option<NaiveDate> {
        Some(self.as_of)
    }
}

impl Asked for Since {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { now: AsOf::read(arguments)?, since: arguments.day(SINCE.name)? })
    }

    fn told(&self) -> Vec<(&'static str, Json)> {
        self.now.told().into_iter().chain([(SINCE.name, Json::Text(self.since.to_string()))]).collect()
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.now.as_of()
    }
}

impl<A: Asked> Asked for OfCustomer<A> {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let customer_id = arguments.value(CUSTOMER_ID.name)?.as_text().map(str::to_owned);
        Ok(Self { asked: A::read(arguments)?, customer_id })
    }

    fn told(&self) -> Vec<(&'static str, Json)> {
        let customer = (CUSTOMER_ID.name, Json::text(self.customer_id.as_deref()));
        self.asked.told().into_iter().chain([customer]).collect()
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.asked.as_of()
    }
}

impl ByScorecard for AsOf {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.scorecard = Some(scorecard);
    }
}

impl ByScorecard for Since {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.now.set_scorecard(scorecard);
    }
}

impl<A: ByScorecard> ByScorecard for OfCustomer<A> {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.asked.set_scorecard(scorecard);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::Health;
    use crate::query::Operation;

    #[test]
    fn what_is_asked_is_told_as_it_is_read() -> Result<(), Error> {
        let day = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap_or_default();
        for scorecard in [None, Some(Scorecard::standard()?)] {
            let told = Json::object(AsOf { as_of: day, scorecard: scorecard.clone() }.told());
            assert_eq!(told.get("as_of"), Some(&Json::from("2026-04-01")));
            let read = AsOf::read(&Arguments::of(&told, Health::ABOUT.parameters)?)?;
            let fingerprint = |card: Option<Scorecard>| card.map(|card| card.fingerprint());
            assert_eq!((read.as_of, fingerprint(read.scorecard)), (day, fingerprint(scorecard)));
        }
        Ok(())
    }
}
