//! What each contract is worth a month and a year, in counts of the smallest unit that the definitions ask for.

use std::borrow::Cow;
#[cfg(feature = "rooms")]
use std::ops::Range;

use super::terms::Terms;
use crate::definitions::{Definitions, Discounts};
use crate::error::{Code, Error, Problem, quoted};
use crate::faults::Faults;
use crate::money::{AmountFault, decimal_text, divide_half_even};
#[cfg(feature = "rooms")]
use crate::period::Day;
use crate::portfolio::{Basis, Book, Contract, Portfolio, adds_up};
use crate::query::Context;
use crate::table::{Cell, Nullable};
use crate::watch::{Stage, report};

/// What a contract carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    /// Its MRR.
    All,
    /// Its MRR, on days of a gap that may still close.
    Provisional,
    /// Nothing: it is paused.
    Nothing,
    /// The same, on days of a gap that may still close.
    #[cfg(feature = "rooms")]
    ProvisionalNothing,
}

impl Carries {
    /// The same on days of a gap that may still close.
    pub(super) fn provisional(self) -> Self {
        match self {
            Self::All => Self::Provisional,
            #[cfg(feature = "rooms")]
            Self::Nothing => Self::ProvisionalNothing,
            same => same,
        }
    }

    /// Whether it does so only if a gap closes in time.
    #[cfg(feature = "rooms")]
    pub(super) fn is_provisional(self) -> bool {
        matches!(self, Self::Provisional | Self::ProvisionalNothing)
    }

    /// Whether nothing is carried, whatever it is.
    #[cfg(feature = "rooms")]
    pub(super) fn is_nothing(self) -> bool {
        matches!(self, Self::Nothing | Self::ProvisionalNothing)
    }

    /// What there is of an amount.
    #[inline]
    pub(super) fn of<T: Default>(self, amount: T) -> T {
        match self {
            Self::All | Self::Provisional => amount,
            _ => T::default(),
        }
    }
}

/// What a contract costs a month by the list, and after its discount.
#[cfg(feature = "rooms")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListPrice {
    pub(crate) list: i128,
    pub(crate) net: i128,
}

/// The contracts of a book, priced by definitions.
pub(crate) struct Priced<'a> {
    portfolio: &'a Portfolio,
    pub(super) book: &'a Book,
    pub(crate) terms: Terms<'a>,
    /// The list prices, where they count.
    list: Option<&'a Nullable<i128>>,
    /// Decimals of every amount.
    pub(crate) digits: u8,
    /// Monthly recurring revenue of each contract; nothing of one that does not count.
    pub(super) mrr: Cow<'a, [i64]>,
    /// Whether the MRR of all contracts together fits in 64 bits.
    pub(super) adds_up: bool,
    /// Annual recurring revenue of each contract; none: twelve times its MRR.
    pub(crate) arr: Option<Vec<i128>>,
}

impl<'a> Priced<'a> {
    /// Prices every contract that counts, each rounded once.
    pub(super) fn of(context: &Context<'a>) -> Result<Self, Error> {
        let (portfolio, definitions) = (context.portfolio, context.definitions);
        let book = &portfolio.book;
        let digits = portfolio.currency.digits() + definitions.extra_digits.count();
        let list = if definitions.discounts == Discounts::List { book.amounts("list_mrr") } else { None };
        let (terms, mrr) = (Terms::of(context), Cow::Borrowed(book.amount.as_slice()));
        let mut priced = Self { portfolio, book, terms, list, digits, mrr, adds_up: book.adds_up, arr: None };
        let mut faults = priced.faults();
        priced.refuse_foreign(&mut faults);
        if book.basis.is_some() || digits != book.scale || list.is_some() {
            priced.price(context, &mut faults)?;
        } else if priced.terms.leave_out_some() {
            priced.mrr = Cow::Owned(priced.counted().collect());
        }
        faults.into_result()?;
        Ok(priced)
    }

    /// The amount of every contract, nothing for one that does not count.
    fn counted(&self) -> impl Iterator<Item = i64> {
        let amounts = self.book.amount.iter().enumerate();
        amounts.map(|(contract, &amount)| if self.terms.counts(contract) { amount } else { 0 })
    }

    /// Refuses contracts in another currency than the portfolio's.
    fn refuse_foreign(&self, faults: &mut Faults) {
        for &contract in self.book.foreign.iter().filter(|&&contract| self.terms.counts(contract as usize)) {
            self.refuse_currency(contract as usize, faults);
        }
    }

    fn refuse_currency(&self, contract: usize, faults: &mut Faults) {
        let currency = self.portfolio.currency;
        refuse(self.book, contract, "currency", faults, |code| {
            let message = format!("the contract is in {}, and the portfolio in {currency}", quoted(code));
            Problem::table(Code::SecondCurrency, Contract::SPEC.name, message)
                .value(code)
                .help("load the contracts of each currency as a portfolio of its own")
        });
    }

    /// Prices the contracts that count from their amounts.
    fn price(&mut self, context: &Context<'a>, faults: &mut Faults) -> Result<(), Error> {
        let (book, digits) = (self.book, self.digits);
        let rule = Rule { from: book.scale, to: digits, definitions: context.definitions };
        let mut mrr = vec![0; book.len()];
        let mut arr = book.basis.as_ref().map(|_| vec![0; book.len()]);
        let mut foreign = book.foreign.iter().filter(|&&contract| self.terms.counts(contract as usize)).peekable();
        for (contract, slot) in mrr.iter_mut().enumerate() {
            report(context.watch, Stage::Price, contract, book.len())?;
            // What is refused for its currency has no price in this one.
            if !self.terms.counts(contract) || foreign.next_if(|&&foreign| foreign as usize == contract).is_some() {
                continue;
            }
            let (amount, basis) = self.paid(contract);
            match rule.price(amount, basis) {
                Ok((monthly, yearly)) => {
                    *slot = monthly;
                    if let Some(slot) = arr.as_mut().and_then(|arr| arr.get_mut(contract)) {
                        *slot = yearly;
                    }
                }
                Err(fault) => {
                    let problem = |_: &str| unpriced(fault, &decimal_text(i128::from(amount), book.scale), digits);
                    refuse(book, contract, self.price_column(contract), faults, problem);
                }
            }
        }
        self.adds_up = adds_up(&mrr);
        (self.mrr, self.arr) = (Cow::Owned(mrr), arr);
        Ok(())
    }

    /// What a contract is paid, in counts of the book's smallest unit, and for how long.
    fn paid(&self, contract: usize) -> (i64, Basis) {
        // Every amount of money of a book is one of 64 bits.
        if let Some(list) = self.list_price(contract) {
            return (i64::try_from(list).unwrap_or(i64::MAX), Basis::Mrr);
        }
        self.agreed(contract)
    }

    /// What a contract costs after its discount, and for how long.
    fn agreed(&self, contract: usize) -> (i64, Basis) {
        let amount = self.book.amount.get(contract).copied().unwrap_or_default();
        let basis = self.book.basis.as_ref().and_then(|bases| bases.get(contract).copied());
        (amount, basis.unwrap_or(Basis::Mrr))
    }

    fn list_price(&self, contract: usize) -> Option<i128> {
        self.list.and_then(|list| list.get(contract))
    }

    /// What a contract would cost without a discount, and what it does; none where no list price is given, or where either
    /// has more digits than the definitions ask for.
    #[cfg(feature = "rooms")]
    pub(super) fn list_price_of(&self, contract: usize, definitions: &Definitions) -> Option<ListPrice> {
        let list = self.book.amounts("list_mrr").and_then(|list| list.get(contract))?;
        let rule = Rule { from: self.book.scale, to: self.digits, definitions };
        let priced = |amount, basis| rule.price(amount, basis).ok().map(|(monthly, _)| i128::from(monthly));
        let (amount, basis) = self.agreed(contract);
        Some(ListPrice { list: priced(i64::try_from(list).ok()?, Basis::Mrr)?, net: priced(amount, basis)? })
    }

    /// A customer's contracts, all revisions of each, by its position among all.
    #[cfg(feature = "rooms")]
    pub(crate) fn contracts(&self, customer: u32) -> Range<usize> {
        self.book.contracts(customer as usize)
    }

    /// The first day of a contract.
    #[cfg(feature = "rooms")]
    pub(crate) fn start(&self, contract: u32) -> Day {
        self.book.start.get(contract as usize).copied().unwrap_or(Day::NEVER)
    }

    /// The MRR of a contract; none of one that does not count.
    #[cfg(feature = "rooms")]
    pub(crate) fn monthly(&self, contract: u32) -> Option<i64> {
        let contract = contract as usize;
        self.mrr.get(contract).copied().filter(|_| self.terms.counts(contract))
    }

    /// What a contract comes to that is paid once; none where that is refused.
    #[cfg(feature = "rooms")]
    pub(super) fn once(&self, contract: usize, faults: &mut Faults) -> Option<i64> {
        if self.book.foreign.binary_search(&(contract as u32)).is_ok() {
            self.refuse_currency(contract, faults);
            return None;
        }
        let amount = self.book.amount.get(contract).copied().unwrap_or_default();
        let units = rescaled(amount, self.book.scale, self.digits);
        if units.is_none() {
            let problem = |_: &str| {
                let amount = decimal_text(i128::from(amount), self.book.scale);
                unpriced(AmountFault::Overflow, &amount, self.digits)
            };
            refuse(self.book, contract, self.book.price_column(contract), faults, problem);
        }
        units
    }

    /// The column that the amount stands in.
    fn price_column(&self, contract: usize) -> &'static str {
        if self.list_price(contract).is_some() { "list_mrr" } else { self.book.price_column(contract) }
    }

    /// The ARR of a contract as far as it is carried, where that is not twelve times its MRR.
    #[inline]
    pub(super) fn yearly(&self, contract: u32, carries: Carries) -> i128 {
        let yearly = self.arr.as_ref().and_then(|arr| arr.get(contract as usize));
        carries.of(yearly.copied().unwrap_or_default())
    }

    /// Notes that a customer's MRR does not fit, at the contract that is one too much.
    pub(super) fn too_much(&self, contract: usize, faults: &mut Faults) {
        refuse(self.book, contract, self.price_column(contract), faults, |_| {
            let most = decimal_text(i128::from(i64::MAX), self.digits);
            Problem::table(Code::Overflow, Contract::SPEC.name, "the customer's contracts add up to more than fits")
                .help(format!("the largest MRR of a customer is {most}"))
        });
    }

    /// No faults yet.
    pub(super) fn faults(&self) -> Faults {
        Faults::new(self.portfolio.limits.problems, self.portfolio.redact)
    }
}

/// The fault of an amount that has no price of so many digits.
fn unpriced(fault: AmountFault, amount: &str, digits: u8) -> Problem {
    let table = Contract::SPEC.name;
    match fault {
        AmountFault::Overflow => {
            let message = format!("{} comes to an MRR that does not fit", quoted(amount));
            Problem::table(Code::Overflow, table, message)
                .value(amount)
                .help(format!("the largest MRR is {}", decimal_text(i128::from(i64::MAX), digits)))
        }
        other => other
            .problem(amount, digits, digits)
            .in_table(table)
            .help("give definitions with as many extra_digits as those of the portfolio"),
    }
}

/// Notes a fault of a contract; `problem` is given the value of its currency.
fn refuse(book: &Book, contract: usize, column: &str, faults: &mut Faults, problem: impl FnOnce(&str) -> Problem) {
    let (record, line) = book.place(contract);
    let currency = match book.cell("currency", contract) {
        Cell::Text(code) => code,
        _ => "",
    };
    faults.push(record.unwrap_or_default(), 0, || problem(currency).at(record, line, Some(column)));
}

/// How an amount becomes MRR and ARR.
struct Rule<'a> {
    /// Decimals of the amount.
    from: u8,
    /// Decimals of the price.
    to: u8,
    definitions: &'a Definitions,
}

impl Rule<'_> {
    /// Monthly and yearly revenue of `amount` per `basis`, each rounded once from the exact amount, half to even.
    fn price(&self, amount: i64, basis: Basis) -> Result<(i64, i128), AmountFault> {
        let (months_numerator, months_denominator) = match basis {
            Basis::Mrr => (1, 1),
            Basis::Months(months) => (1, i128::from(months)),
            Basis::Week => fraction(self.definitions.weeks_per_month),
            Basis::Day => fraction(self.definitions.days_per_month),
        };
        let power = |digits: u8| 10_i128.pow(u32::from(digits));
        let numerator = i128::from(amount) * months_numerator * power(self.to.saturating_sub(self.from));
        let denominator = months_denominator * power(self.from.saturating_sub(self.to));
        // What is given as MRR is taken exactly; every amount is rounded.
        if basis == Basis::Mrr && numerator % denominator != 0 {
            return Err(AmountFault::TooManyDigits);
        }
        let rounded = |numerator| divide_half_even(numerator, denominator).ok_or(AmountFault::Overflow);
        let mrr = i64::try_from(rounded(numerator)?).map_err(|_| AmountFault::Overflow)?;
        Ok((mrr, rounded(numerator * 12)?))
    }
}

/// An amount with other decimals, rounded half to even where they are fewer.
#[cfg(feature = "rooms")]
fn rescaled(amount: i64, from: u8, to: u8) -> Option<i64> {
    let power = |digits: u8| 10_i128.pow(u32::from(digits));
    let amount = i128::from(amount) * power(to.saturating_sub(from));
    divide_half_even(amount, power(from.saturating_sub(to))).and_then(|units| i64::try_from(units).ok())
}

fn fraction(fraction: crate::definitions::Fraction) -> (i128, i128) {
    (i128::from(fraction.numerator()), i128::from(fraction.denominator()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::two_thousand_a_year(200_000, Basis::Months(12), 0, 16_667, 200_000)]
    #[case::given_by_the_month(16_667, Basis::Mrr, 0, 16_667, 200_004)]
    #[case::quarter(10_000, Basis::Months(3), 0, 3_333, 40_000)]
    #[case::half_to_even_down(5, Basis::Months(2), 0, 2, 30)]
    #[case::half_to_even_up(15, Basis::Months(2), 0, 8, 90)]
    #[case::day(100, Basis::Day, 0, 3_042, 36_500)]
    #[case::week(100, Basis::Week, 0, 433, 5_200)]
    #[case::a_term_of_seven_months(10_000, Basis::Months(7), 0, 1_429, 17_143)]
    #[case::one_extra_digit(200_000, Basis::Months(12), 1, 166_667, 2_000_000)]
    #[case::nothing(0, Basis::Day, 0, 0, 0)]
    fn amounts_are_rounded_once(
        #[case] amount: i64,
        #[case] basis: Basis,
        #[case] extra: u8,
        #[case] mrr: i64,
        #[case] arr: i128,
    ) {
        let rule = Rule { from: 2, to: 2 + extra, definitions: &Definitions::default() };
        assert_eq!(rule.price(amount, basis), Ok((mrr, arr)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let rule = |from, to| Rule { from, to, definitions: &Definitions::default() }.price(i64::MAX, Basis::Day);
        assert_eq!(rule(2, 2), Err(AmountFault::Overflow));
        let coarser = Rule { from: 3, to: 2, definitions: &Definitions::default() };
        assert_eq!(coarser.price(10_005, Basis::Mrr), Err(AmountFault::TooManyDigits));
        assert_eq!(coarser.price(10_010, Basis::Mrr), Ok((1_001, 12_012)));
        assert_eq!(coarser.price(10_005, Basis::Months(1)), Ok((1_000, 12_006)));
        assert_eq!(coarser.price(10_005, Basis::Months(2)), Ok((500, 6_003)));
    }
}
