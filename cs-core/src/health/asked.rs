//! What scores are asked: a day, a scorecard, and where it matters an earlier day and a customer.

use chrono::NaiveDate;

use super::scorecard::Scorecard;
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::period::{Day, day_argument as day};
use crate::query::{AS_OF, Arguments, Asked, Context, Errors, Operation, Parameter, Query, Takes};
use crate::table::Metadata;

pub(crate) const SCORECARD: Parameter = Parameter::optional(
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
pub(crate) fn read_scorecard(arguments: &Arguments<'_>) -> Result<Option<Scorecard>, Error> {
    match arguments.value(SCORECARD.name)? {
        Json::Null => Ok(None),
        json => Scorecard::from_object(&json).map(Some),
    }
}

impl Asked for AsOf {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { as_of: arguments.day(AS_OF.name)?, scorecard: read_scorecard(arguments)? })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        Some(self.as_of)
    }
}

impl Asked for Since {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { now: AsOf::read(arguments)?, since: arguments.day(SINCE.name)? })
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
    use crate::portfolio::{Limits, Portfolio};
    use crate::query::Operation;

    const CARD: &str = r#"{"name": "cases", "measures": [
        {"measure": "cases", "evidence": "custom", "weight": 1, "curve": [[0, 100], [1, 0]],
            "value": {"table": "cases", "aggregate": "count"}},
        {"measure": "others", "evidence": "custom", "weight": 1, "curve": [[0, 100], [1, 0]],
            "value": {"table": "cases", "aggregate": "count"}}
    ]}"#;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 4, day).unwrap_or_default()
    }

    #[test]
    fn a_scorecard_is_read_with_the_day() -> Result<(), Error> {
        for scorecard in [None, Some(Scorecard::from_json(CARD)?)] {
            let card = scorecard.as_ref().map_or(Json::Null, Scorecard::to_object);
            let asked = Json::object([("as_of", Json::from("2026-04-01")), ("scorecard", card)]);
            let read = AsOf::read(&Arguments::of(&asked, Health::ABOUT.parameters)?)?;
            assert_eq!((read.as_of, read.scorecard), (day(1), scorecard));
        }
        Ok(())
    }

    #[test]
    fn a_scorecard_is_that_of_all_that_is_asked_by_it() -> Result<(), Error> {
        let card = Scorecard::from_json(CARD)?;
        let mut asked = OfCustomer::all(Since::of(day(2), day(1)));
        assert_eq!(asked.asked.now.scorecard()?, Scorecard::standard()?);
        asked.set_scorecard(card.clone());
        assert_eq!(asked.asked.now.scorecard()?, card);
        Ok(())
    }

    #[test]
    fn results_say_by_which_scorecard() -> Result<(), Error> {
        let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
        let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
        let card = Scorecard::from_json(CARD)?;
        let tables = [
            portfolio.health(day(2)).scorecard(&card).run()?.table().clone(),
            portfolio.explain_health(day(2)).scorecard(&card).run()?.table().clone(),
            portfolio.explain_health_change(day(2), day(1)).scorecard(&card).run()?.table().clone(),
            portfolio.health_migration(day(2), day(1)).scorecard(&card).run()?.table().clone(),
            portfolio.health_coverage(day(2)).scorecard(&card).run()?.table().clone(),
            portfolio.outlook(day(2)).scorecard(&card).run()?.table().clone(),
            #[cfg(feature = "rooms")]
            portfolio.kpis(day(1), day(2)).scorecard(&card).run()?.table().clone(),
        ];
        for table in tables {
            assert_eq!(table.metadata().scorecard.as_ref(), Some(&card.fingerprint()), "{}", table.schema());
        }
        Ok(())
    }

    #[test]
    fn an_earlier_day_is_before_the_other() {
        assert_eq!(Since::of(day(2), day(1)).earlier().map(Day::date), Ok(day(1)));
        for since in [2, 3] {
            let refused = Since::of(day(2), day(since)).earlier().map_err(|problem| (problem.code, problem.path));
            assert_eq!(refused, Err((Code::InvalidRange, "since".to_owned())));
        }
    }

    #[test]
    fn results_have_as_many_rows_as_they_may() -> Result<(), Error> {
        // Three who pay, and one who has left.
        let book = "contract_id,customer_id,start_date,end_date,mrr\n\
                    c-1,acme,2026-01-01,,100\nc-2,bolt,2026-01-01,,100\nc-3,coil,2026-01-01,,100\n\
                    c-4,dash,2026-01-01,2026-02-01,100\n";
        let card = Scorecard::from_json(CARD)?;
        // How many rows there are, of limits of so many: those of explanations, of changes, of outlooks.
        let rows = |result_rows: u64| -> Result<[Result<usize, Code>; 3], Error> {
            let limits = Limits { result_rows, ..Limits::default() };
            let portfolio = Portfolio::from_csv(book).currency("USD").limits(limits).load()?;
            let told = |error: Error| error.problems().first().map_or(Code::Internal, |problem| problem.code);
            Ok([
                portfolio.explain_health(day(2)).scorecard(&card).run().map(|all| all.rows().count()).map_err(told),
                portfolio
                    .explain_health_change(day(2), day(1))
                    .scorecard(&card)
                    .run()
                    .map(|all| all.rows().count())
                    .map_err(told),
                portfolio.outlook(day(2)).scorecard(&card).run().map(|all| all.rows().count()).map_err(told),
            ])
        };
        let full = Err(Code::LimitExceeded);
        assert_eq!(rows(6)?, [Ok(6), Ok(6), Ok(4)]);
        assert_eq!(rows(5)?, [full, full, Ok(4)]);
        assert_eq!(rows(4)?, [full, full, Ok(4)]);
        assert_eq!(rows(3)?, [full; 3]);
        Ok(())
    }
}
