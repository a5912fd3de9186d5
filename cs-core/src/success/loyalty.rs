//! Whether customers like the company or merely stay, from what can be observed, and what is missing to say so.

use chrono::NaiveDate;

use super::events::{DETRACTOR, Events, KnownEvents, PROMOTER, Recommendations, last_and_lowest};
use crate::error::{Code, Error, Problem};
use crate::ledger::{Standing, Stay, UnitLine, Units};
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::{Advocacy, Feedback, FeedbackKind, KnownColumn, Portfolio};
use crate::query::{
    About, Arguments, AsOf, Asked, Context, Errors, MANY_DAYS, Operation, Parameter, Query, Takes, as_of_parameters,
};
use crate::ratio::Reason;
use crate::renewal::first_due;
use crate::table::{Nullable, TextList, TextLists, result_table};
use crate::word::words;

words! {
    /// The kinds of loyalty.
    LoyaltyKind {
        /// The customer likes the company: it said so.
        Attitudinal,
        /// It stays, because it must or should.
        Behavioural,
        /// Neither.
        Neither,
    }
    /// What shows that a customer likes the company.
    AttitudinalSign {
        /// Its last answer to whether it would recommend the company is 9 or 10.
        Promoter,
        /// It spoke for the company.
        Advocated,
        /// It praised the company.
        Praised,
        /// Something that it asked for was released.
        RequestReleased,
        /// It pays more than before.
        BoughtMore,
    }
    /// What speaks against it.
    DisaffectedSign {
        /// Its last answer to whether it would recommend the company is 6 or less.
        Detractor,
        /// It asked for something, reported a fault or was promised something, and has no answer.
        Unanswered,
    }
    /// What shows that a customer stays.
    BehaviouralSign {
        /// It has paid for the whole window, and never stopped before.
        Stayed,
        /// It has paid beyond its first term without a break.
        Renewed,
        /// A term that is not over binds it, and it has given no notice.
        Bound,
    }
    /// Tables that would say more.
    MissingTable {
        /// Nobody knows whether the customer would recommend the company.
        Surveys,
        /// Nobody knows of anybody who spoke for the company.
        Advocacy,
        /// Nobody knows what any customer said.
        Feedback,
    }
}

result_table! {
    /// Whether customers like the company or merely stay.
    pub struct Loyalty("loyalty") of
    /// The loyalty of a customer.
    LoyaltyRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// Its loyalty: `attitudinal` where the customer said so, as a promoter, by speaking for the company or by praise, and is no
        /// detractor; else `behavioural` by some sign that it stays; else `neither`. Absent where it neither answered whether it
        /// would recommend the company, nor praised it, nor spoke for it: that it stays, pays more, or waits does not say why.
        loyalty: Option<LoyaltyKind> as MaybeChoice<LoyaltyKind>,
        /// What shows that it likes the company: `promoter`, `advocated`, `praised`, `request_released`, `bought_more`, those that
        /// there are, in this order.
        attitudinal: TextList<'a> as TextList,
        /// What speaks against it: `detractor`, `unanswered`.
        against: TextList<'a> as TextList,
        /// What shows that it stays: `stayed`, `renewed`, `bound`.
        behavioural: TextList<'a> as TextList,
        /// Tables that would say more: `surveys`, `advocacy`, `feedback`.
        missing: TextList<'a> as TextList,
        /// Its last answer within the window to whether it would recommend the company, from 0 to 10, of several on a day the
        /// lowest; absent where there is none.
        nps: Option<u64> as MaybeCount,
        /// Days since the first on which it paid.
        tenure_days: u64 as Count,
        /// MRR at the close of the day.
        mrr: Money as Amount,
    }
}

const WINDOW_DAYS: Parameter = Parameter::optional(
    "window_days",
    Takes::Count,
    "365",
    "How many days up to the day are looked at, from 1 to 3660.",
);
const ANSWER_DAYS: Parameter = Parameter::optional(
    "answer_days",
    Takes::Count,
    "30",
    "After how many days feedback without an answer speaks against the company, from 1 to 3660.",
);

/// What is asked: a day, how far back is looked, and when an answer is late.
#[derive(Clone, Copy, Debug)]
pub struct OfLoyalty {
    as_of: AsOf,
    window_days: u32,
    answer_days: u32,
}

impl Asked for OfLoyalty {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            window_days: arguments.count(WINDOW_DAYS.name)?,
            answer_days: arguments.count(ANSWER_DAYS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl OfLoyalty {
    fn check(&self) -> Result<(), Problem> {
        Problem::ensure_within(WINDOW_DAYS.name, self.window_days, &MANY_DAYS)?;
        Problem::ensure_within(ANSWER_DAYS.name, self.answer_days, &MANY_DAYS)
    }
}

impl Query<'_, Loyalty> {
    /// How many days up to the day are looked at; 365 by default.
    pub fn window_days(mut self, days: u32) -> Self {
        self.asked.window_days = days;
        self
    }

    /// After how many days feedback without an answer speaks against the company; 30 by default.
    pub fn answer_days(mut self, days: u32) -> Self {
        self.asked.answer_days = days;
        self
    }
}

impl Portfolio {
    /// Whether each customer who pays likes the company (attitudinal loyalty) or merely stays (behavioural), from what can
    /// be observed by the close of a day, and what is missing to say so.
    ///
    /// Every sign is listed, and only what the customer said decides: one of whom nobody knows what it thinks has no kind of
    /// loyalty, however long it has stayed and however much it pays.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{LoyaltyKind, Portfolio};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2024-01-01,100\nc-2,bolt,2024-01-01,100\nc-3,coil,2024-01-01,100\n";
    /// let surveys = "customer_id,date,kind,score\nacme,2026-04-01,nps,9\nbolt,2026-04-01,nps,8\n";
    /// let portfolio = Portfolio::from_csv(book).surveys(surveys).currency("USD").load()?;
    /// let loyalty = portfolio.loyalty(NaiveDate::from_ymd_opt(2026, 5, 1).unwrap()).run()?;
    /// let kinds: Vec<_> = loyalty.rows().map(|row| row.loyalty).collect();
    /// assert_eq!(kinds, [Some(LoyaltyKind::Attitudinal), Some(LoyaltyKind::Behavioural), None]);
    /// assert_eq!(loyalty.rows().last().unwrap().missing.iter().collect::<Vec<_>>(), ["surveys", "advocacy", "feedback"]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn loyalty(&self, as_of: NaiveDate) -> Query<'_, Loyalty> {
        Query::of(self, OfLoyalty { as_of: AsOf(as_of), window_days: 365, answer_days: 30 })
    }
}

/// What loyalty is told from.
struct Sources<'a> {
    units: &'a Units<'a>,
    recommendations: Recommendations<'a>,
    advocacy: KnownEvents<'a>,
    feedback: KnownEvents<'a>,
    answered: Option<KnownColumn<'a, Nullable<Day>>>,
    released: Option<KnownColumn<'a, Nullable<Day>>>,
    day: Day,
    /// The last day before the window.
    before: Day,
    /// The last day on which feedback without an answer is late.
    late: Day,
}

/// What is observed of a customer who pays.
struct Observed {
    stay: Stay,
    nps: Option<f64>,
    attitudinal: Vec<AttitudinalSign>,
    against: Vec<DisaffectedSign>,
    behavioural: Vec<BehaviouralSign>,
}

/// Those of some signs that hold.
fn holding<S>(signs: impl IntoIterator<Item = (S, bool)>) -> Vec<S> {
    signs.into_iter().filter(|(_, holds)| *holds).map(|(sign, _)| sign).collect()
}

impl Sources<'_> {
    fn observed(&self, unit: UnitLine<'_>) -> Option<Observed> {
        let (customer, now, then) = (unit.customer, unit.balance(self.day, false), unit.balance(self.before, false));
        if !now.pays {
            return None;
        }
        let stay = unit.stay()?;
        let nps = self.last_answer(customer);
        let feedback = || self.feedback.of_customer(customer);
        let is_praise = |(day, row): (Day, usize)| day > self.before && self.feedback.is(row, FeedbackKind::Praise);
        let attitudinal = [
            (AttitudinalSign::Promoter, nps.is_some_and(|score| score >= PROMOTER)),
            (AttitudinalSign::Advocated, self.advocacy.of_customer(customer).any(|(day, _)| day > self.before)),
            (AttitudinalSign::Praised, feedback().any(is_praise)),
            (AttitudinalSign::RequestReleased, feedback().any(|(_, row)| self.is_released(row))),
            (AttitudinalSign::BoughtMore, then.pays && now.mrr > then.mrr),
        ];
        let against = [
            (DisaffectedSign::Detractor, nps.is_some_and(|score| score <= DETRACTOR)),
            (DisaffectedSign::Unanswered, feedback().any(|(day, row)| self.is_unanswered(day, row))),
        ];
        let (today, never_left) = (Standing::of(self.units, customer, self.day), stay.left.is_none());
        let first_due = first_due(self.units, customer, stay.first);
        let is_leaving = today.is_noticed && !today.pays;
        let behavioural = [
            (BehaviouralSign::Stayed, never_left && stay.first <= self.before),
            (BehaviouralSign::Renewed, never_left && first_due.is_some_and(|due| due <= self.day)),
            (BehaviouralSign::Bound, !is_leaving && today.is_bound),
        ];
        Some(Observed {
            stay,
            nps,
            attitudinal: holding(attitudinal),
            against: holding(against),
            behavioural: holding(behavioural),
        })
    }

    /// The last answer within the window, of several on a day the lowest.
    fn last_answer(&self, customer: u32) -> Option<f64> {
        last_and_lowest(self.recommendations.of_customer(customer).filter(|&(day, _)| day > self.before))
    }

    /// Whether the product got within the window what was asked for.
    fn is_released(&self, row: usize) -> bool {
        let released = self.released.as_ref().and_then(|days| days.get(row));
        self.feedback.is(row, FeedbackKind::Request) && released.is_some_and(|day| self.before < day && day <= self.day)
    }

    /// Whether an answer is late.
    fn is_unanswered(&self, day: Day, row: usize) -> bool {
        let has =
            |days: &Option<KnownColumn<'_, Nullable<Day>>>| days.as_ref().is_some_and(|days| days.get(row).is_some());
        let asks = !self.feedback.is(row, FeedbackKind::Praise);
        asks && self.before < day && day <= self.late && !has(&self.answered) && !has(&self.released)
    }
}

impl Observed {
    /// By what the customer said; what the company did, and what it is paid, are told and decide nothing.
    fn kind(&self) -> Option<LoyaltyKind> {
        let said = [AttitudinalSign::Promoter, AttitudinalSign::Advocated, AttitudinalSign::Praised];
        let likes = said.iter().any(|sign| self.attitudinal.contains(sign));
        match (self.against.contains(&DisaffectedSign::Detractor), likes) {
            (false, true) => Some(LoyaltyKind::Attitudinal),
            (false, false) if self.nps.is_none() => None,
            _ if self.behavioural.is_empty() => Some(LoyaltyKind::Neither),
            _ => Some(LoyaltyKind::Behavioural),
        }
    }
}

impl Operation for Loyalty {
    type Asked = OfLoyalty;

    const ABOUT: About = About {
        doc: "Whether customers like the company or merely stay, and what is missing to say so.\n\n\
              It is told of customers who pay, from what could be observed by the close of a day: signs of attitudinal loyalty (they like the company), signs against it, and signs \
              of behavioural loyalty (they stay because they must or should). Only what the customer said decides: one of whom \
              nobody knows what it thinks has no kind of loyalty, however long it has stayed and however much it pays.",
        parameters: as_of_parameters![WINDOW_DAYS, ANSWER_DAYS],
        rows: "A row for each customer who pays, in the order of their names (by bytes).",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "\"Customer Success\" by Mehta, Steinman and Murphy: attitudinal and behavioural loyalty.",
    };

    fn compute(asked: &OfLoyalty, context: &Context<'_>) -> Result<Self, Error> {
        asked.check()?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let surveys = Recommendations::table(context)?;
        let (advocacy, feedback) = (Events::of(context, &Advocacy::SPEC)?, Events::of(context, &Feedback::SPEC)?);
        let units = Units::of(context)?;
        let feedback = feedback.known(day);
        let days = |name| feedback.facts().and_then(|facts| facts.days(name));
        let sources = Sources {
            units: &units,
            recommendations: Recommendations::of(&surveys, day),
            advocacy: advocacy.known(day),
            answered: days("answered_on"),
            released: days("released_on"),
            feedback,
            day,
            before: day.days_before(asked.window_days),
            late: day.days_before(asked.answer_days),
        };
        let observed = units.of_customers(day.next(), |unit| sources.observed(unit))?;
        let (spoke, said) = (sources.advocacy.is_kept(), sources.feedback.is_kept());
        let mut columns = Columns::of(&context.portfolio.directory.names);
        columns.attitudinal = TextLists::of_words::<AttitudinalSign>();
        columns.against = TextLists::of_words::<DisaffectedSign>();
        columns.behavioural = TextLists::of_words::<BehaviouralSign>();
        columns.missing = TextLists::of_words::<MissingTable>();
        for (done, (customer, of)) in observed.iter().enumerate() {
            context.go_on(done, observed.len())?;
            let missing = holding([
                (MissingTable::Surveys, of.nps.is_none()),
                (MissingTable::Advocacy, !spoke),
                (MissingTable::Feedback, !said),
            ]);
            columns.missing.push_words(&missing);
            columns.customer_id.0.push(*customer);
            columns.write(of, day);
        }
        Ok(columns.into_table(Vec::new(), units.priced.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, of: &Observed, day: Day) {
        self.loyalty.push(of.kind().map(|kind| kind as u32).ok_or(Reason::NotMeasured));
        self.attitudinal.push_words(&of.attitudinal);
        self.against.push_words(&of.against);
        self.behavioural.push_words(&of.behavioural);
        // Such answers are whole.
        self.nps.push(of.nps.map(|score| score as u64).ok_or(Reason::NotMeasured));
        self.tenure_days.push(u64::try_from(day.days_after(of.stay.first)).unwrap_or_default());
        self.mrr.push(of.stay.mrr.into());
    }
}
