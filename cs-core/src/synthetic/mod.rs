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
mod fault;
mod life;
mod market;
mod origin;
mod people;
mod progress;
mod recipe;
mod rows;
mod strains;
mod tables;
mod usage;
mod worth;

pub use fault::PlantedFault;
pub use strains::ChurnCause;
pub(crate) use tables::names as shown_tables;

use std::sync::Arc;

use crate::currency::{Currency, unknown_currency};
use crate::definitions::Definitions;
use crate::error::{Error, Problem};
use crate::json::EXACT;
use crate::portfolio::{Limits, Portfolio};
use crate::watch::{Unwatched, Watch};

use dice::later;
use recipe::Recipe;

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
        Problem::ensure_within("customers", self.customers, &CUSTOMERS)?;
        Problem::ensure_within("months", self.months, &MONTHS)?;
        Problem::ensure_within("seed", self.seed, &SEEDS)?;
        let recipe = Recipe::of(self.customers, self.months, self.seed, currency, self.fault);
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
