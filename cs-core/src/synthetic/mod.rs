//! A book of a company one could believe in, whose causes of churn are known.
//!
//! Every customer is drawn by itself, in steps: who it is (`market`), what strains the relation to it (`strains`), what
//! was sold under these strains (`commerce`), and what of all that leaves traces in a company's tables (`usage`,
//! `contacts`, `progress`, `company`). The causes stand in the table `truth`. All of it is integers and one documented
//! sequence (`dice`), so that the bytes are the same on every platform.

mod commerce;
mod company;
mod contacts;
mod dice;
mod drawn;
mod life;
mod market;
mod origin;
mod people;
mod progress;
mod rows;
mod strains;
mod tables;
mod usage;
mod worth;

use std::sync::Arc;

use crate::currency::{Currency, unknown_currency};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem};
use crate::json::EXACT;
use crate::period::Day;
use crate::portfolio::{Limits, Portfolio, Shown};
use crate::table::{Cell, Table};
use crate::watch::{Stage, Unwatched, Watch, tell};
use crate::word::words;

use dice::{Dice, Subject, later, months_later};
use life::Life;
pub use strains::ChurnCause;

words! {
    /// A principle that a synthetic company breaks.
    ///
    /// Customers whom it strikes have a row of the table `truth` that is `planted`. All others are as they would be
    /// without it, but for who recommended them and where their champions went, unless it is said to touch everybody.
    PlantedFault {
        /// Resellers sell to customers for whom the product is not made; those who only tried it have no row of `truth`.
        RightCustomer,
        /// From a third of the book on, many customers are not spoken with any more.
        NaturalDrift,
        /// With many customers success was never defined, or is out of reach.
        WildlySuccessful,
        /// From a third of the book on, signals of many customers are not recorded.
        ///
        /// It touches everybody: nobody acts on red, so that what a play would have ended goes on.
        MonitorHealth,
        /// Many larger customers are held by one person on either side.
        ///
        /// It touches everybody: nothing digital reaches a customer, no mail, no event and no community.
        LoyaltyWithoutPersonalTies,
        /// The product needs the vendor's help at every step, and customers name it when they leave.
        ProductDifferentiator,
        /// Customers who came in the last two thirds of the book wait very long for value.
        TimeToValue,
        /// No definition of a metric is signed, and two are in use.
        ///
        /// It touches no customer: the row of `truth` is the company's.
        KnowYourMetrics,
        /// Metrics have several owners or none; the row of `truth` is the company's.
        ///
        /// It touches everybody: no play ends what it was opened against.
        HardMetrics,
        /// Nobody at the top stands for retention, and promises of the sale are not kept.
        TopDown,
        /// The customers' own people take no part.
        CustomerCommitment,
        /// Plays are opened and not carried through.
        ///
        /// It touches everybody: of five plays four are never closed, whoever they are for, and end nothing.
        CsOperations,
        /// Customers reach value only with the vendor's people beside them.
        ProductLed,
    }
}

/// A synthetic portfolio in the making.
///
/// ```
/// use cs_core::Portfolio;
/// let portfolio = Portfolio::synthetic().customers(50).load()?;
/// assert_eq!(portfolio.customer_count(), 50);
/// assert!(portfolio.table("truth")?.len() > 0);
/// # Ok::<(), cs_core::Error>(())
/// ```
#[must_use = "nothing is drawn before `load`"]
pub struct Synthetic<'a> {
    customers: u32,
    months: u32,
    seed: u64,
    currency: String,
    fault: Option<PlantedFault>,
    limits: Limits,
    definitions: Definitions,
    watch: &'a dyn Watch,
}

/// The first day of a synthetic book.
const START: Day = Day(19_358);
/// Customers and months of a synthetic book.
const CUSTOMERS: std::ops::RangeInclusive<u32> = 1..=5_000_000;
const MONTHS: std::ops::RangeInclusive<u32> = 1..=120;
/// Seeds: the whole numbers that are exact in every language.
const SEEDS: std::ops::RangeInclusive<u64> = 0..=EXACT;

impl Portfolio {
    /// A portfolio that is drawn: a company with its plans, seasons, renewals and mistakes, the same for the same
    /// options everywhere. It begins on 2023-01-01.
    ///
    /// `table` shows all its tables, also those of which nothing is computed yet, and `truth`: what strained the
    /// relation to each customer, and what ended it.
    pub fn synthetic<'a>() -> Synthetic<'a> {
        Synthetic {
            customers: 1_000,
            months: 36,
            seed: 1,
            currency: "USD".to_owned(),
            fault: None,
            limits: Limits::default(),
            definitions: Definitions::default(),
            watch: &Unwatched,
        }
    }
}

impl<'a> Synthetic<'a> {
    /// How many customers, from 1 to 5,000,000; 1,000 unless told otherwise. A customer is the same whatever the number
    /// of customers after it.
    pub fn customers(mut self, customers: u32) -> Self {
        self.customers = customers;
        self
    }

    /// How many months the book tells of, from 1 to 120; 36 unless told otherwise.
    pub fn months(mut self, months: u32) -> Self {
        self.months = months;
        self
    }

    /// Which of many such books, from 0 to 9,007,199,254,740,991; 1 unless told otherwise.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The currency by its ISO 4217 code; USD unless told otherwise. Prices are of the same number in every currency, and
    /// a hundred times that in one without decimals; rates of exchange are about those of these years.
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = code.into();
        self
    }

    /// The principle that the company breaks; none unless told otherwise.
    pub fn fault(mut self, fault: impl Into<Option<PlantedFault>>) -> Self {
        self.fault = fault.into();
        self
    }

    /// What the book, and each table that is shown of it, may hold at most.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The definitions that operations on the portfolio follow unless they are given others.
    pub fn definitions(mut self, definitions: Definitions) -> Self {
        self.definitions = definitions;
        self
    }

    /// Who follows the work.
    pub fn watch(mut self, watch: &'a dyn Watch) -> Self {
        self.watch = watch;
        self
    }

    /// Draws the book and loads it, through the same door as any other.
    ///
    /// # Errors
    /// `invalid_argument` for more customers, months or seeds than there can be, `unknown_currency`, `not_available` for
    /// definitions that this version does not have, `limit_exceeded` for more contracts than the limits allow, and
    /// `Cancelled` where the watch says so.
    pub fn load(self) -> Result<Portfolio, Error> {
        self.definitions.ensure_available()?;
        let currency = Currency::from_code(&self.currency)
            .ok_or_else(|| unknown_currency(&self.currency).in_argument("currency"))?;
        within("customers", self.customers, &CUSTOMERS)?;
        within("months", self.months, &MONTHS)?;
        within("seed", self.seed, &SEEDS)?;
        let recipe = Recipe::of(&self, currency);
        let drawn = tables::Sold::of(&recipe, &self.limits, self.watch)?;
        let last = later(recipe.end, -1).date();
        let loaded = Portfolio::from_tables(drawn.contracts)
            .customers(drawn.customers)
            .pauses(drawn.pauses)
            .currency(currency.code())
            .observed_until(last)
            .limits(self.limits)
            .definitions(self.definitions)
            .watch(self.watch)
            .load()?;
        Ok(loaded.showing(Arc::new(recipe)))
    }
}

fn within<T: PartialOrd + std::fmt::Display>(
    name: &'static str,
    number: T,
    range: &std::ops::RangeInclusive<T>,
) -> Result<(), Problem> {
    if range.contains(&number) {
        return Ok(());
    }
    let (least, most) = (range.start(), range.end());
    let message = format!("{number} stands where a whole number from {least} to {most} is expected");
    Err(Problem::argument(Code::InvalidArgument, name, message).value(&number.to_string()))
}

/// What a book is drawn by.
#[derive(Debug)]
struct Recipe {
    customers: u32,
    months: u32,
    seed: u64,
    currency: Currency,
    fault: Option<PlantedFault>,
    start: Day,
    /// The first day that the book does not tell of.
    end: Day,
    /// How many customers come in each month, relative to each other.
    arrivals: Vec<u64>,
}

impl Recipe {
    fn of(asked: &Synthetic<'_>, currency: Currency) -> Self {
        let Synthetic { customers, months, seed, fault, .. } = *asked;
        let end = months_later(START, months);
        Self { customers, months, seed, currency, fault, start: START, end, arrivals: market::arrivals(months) }
    }

    /// The draws of one subject of one customer.
    fn dice(&self, number: u32, subject: Subject) -> Dice {
        Dice::of(self.seed, number.into(), subject)
    }

    /// A day on which a customer comes: a working day, as far as the book reaches.
    fn arrival(&self, dice: &mut Dice) -> Day {
        let month = dice.weighted(self.arrivals.iter().copied()) as u32;
        let first = months_later(self.start, month);
        let days = months_later(self.start, month + 1).days_after(first);
        let day = dice.days_after(first, 0, days - 1);
        // 1970-01-01 was a Thursday.
        let weekday = (day.0 + 3).rem_euclid(7);
        if weekday > 4 { later(day, i64::from(7 - weekday)).min(later(self.end, -1)) } else { day }
    }

    /// Whole units of a currency like the dollar, in the smallest unit of the book's.
    fn units(&self, whole: i64) -> i64 {
        match self.currency.digits() {
            0 => whole * 100,
            digits => whole * 10_i64.pow(digits.into()),
        }
    }

    fn money(&self, units: i64) -> Cell<'static> {
        Cell::Money { units: units.into(), digits: self.currency.digits() }
    }

    /// A day, unless it lies beyond the book.
    fn seen(&self, day: Day) -> Cell<'static> {
        if day < self.end { Cell::Date(day) } else { Cell::Absent }
    }

    /// What became of a customer.
    fn life(&self, number: u32) -> Life {
        Life::of(self, number)
    }

    /// Does something with every customer's life, as long as nothing is at fault.
    fn each(&self, watch: &dyn Watch, mut work: impl FnMut(&Life) -> Result<(), Problem>) -> Result<(), Error> {
        for number in 0..self.customers {
            if number % (1 << 10) == 0 {
                tell(watch, Stage::Draw, number as usize, self.customers as usize)?;
            }
            work(&self.life(number))?;
        }
        Ok(())
    }
}

impl Shown for Recipe {
    fn table(&self, name: &str, of: &Portfolio, watch: &dyn Watch) -> Result<Option<Table>, Error> {
        tables::shown(self, name, of, watch)
    }

    fn names(&self) -> Vec<&'static str> {
        tables::names()
    }
}
