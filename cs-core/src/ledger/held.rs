//! A customer's contracts by their own dates, whatever notices and gaps make of its churn.

use hashbrown::HashMap;

use super::price::{ListPrice, Priced};
use super::units::Units;
use crate::definitions::RenewalUnit;
use crate::order::sort_by;
use crate::period::Day;
use crate::table::Cell;
use crate::text::ABSENT;

/// A contract as renewals look at it, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Its position among all of the book.
    pub(crate) contract: u32,
    pub(crate) start: Day,
    /// [`Day::NEVER`] for none.
    pub(crate) end: Day,
    /// The end of its first term.
    pub(crate) term_end: Option<Day>,
    /// Whether another term follows the first.
    pub(crate) renews_itself: bool,
    /// What is renewed together: a product, by its position among all, or [`ABSENT`] for what has none, or for all of a
    /// customer.
    pub(crate) unit: u32,
    pub(crate) mrr: i64,
    pub(crate) list_price: Option<ListPrice>,
    /// The contract that it says it renews, by its place among the customer's.
    pub(crate) renews: Option<usize>,
}

impl Held {
    /// Those of a customer that count, by its position among all, in the order of their starts and names.
    pub(crate) fn of(units: &Units<'_>, customer: u32) -> Vec<Self> {
        let Priced { book, terms, mrr, .. } = &units.priced;
        let counted = book.contracts(customer as usize).filter(|&contract| terms.counts(contract));
        let mut contracts: Vec<u32> = counted.map(|contract| contract as u32).collect();
        let key = |contract: u32| (book.start.get(contract as usize), book.ids.get(contract as usize));
        sort_by(&mut contracts, &mut |one, other| key(one).cmp(&key(other)));
        let renewed = |contract: u32| match book.cell("renews_contract_id", contract as usize) {
            Cell::Text(id) => Some(id),
            _ => None,
        };
        let places: HashMap<&str, usize> = match contracts.iter().any(|&contract| renewed(contract).is_some()) {
            true => (0..).zip(&contracts).filter_map(|(at, &id)| Some((book.ids.get(id as usize)?, at))).collect(),
            false => HashMap::new(),
        };
        let product = |contract: usize| book.product.as_ref().and_then(|texts| texts.codes().get(contract)).copied();
        let held = |(at, &contract): (usize, &u32)| {
            let position = contract as usize;
            Self {
                contract,
                start: book.start.get(position).copied().unwrap_or(Day::NEVER),
                end: terms.contract_end(position),
                term_end: terms.term_end(position),
                renews_itself: terms.renews_itself(position),
                unit: match units.context.definitions.renewal_unit {
                    RenewalUnit::CustomerProduct => product(position).unwrap_or(ABSENT),
                    RenewalUnit::Customer => ABSENT,
                },
                mrr: mrr.get(position).copied().unwrap_or_default(),
                list_price: units.priced.list_price_of(position, units.context.definitions),
                renews: renewed(contract).and_then(|id| places.get(id).copied()).filter(|&of| of != at),
            }
        };
        contracts.iter().enumerate().map(held).collect()
    }

    /// The end of its first term, or where it renews itself of a further one, that comes after a day.
    pub(crate) fn term_after(&self, day: Day) -> Option<Day> {
        let first = self.term_end?;
        if first > day {
            return Some(first);
        }
        self.renews_itself.then(|| self.start.further_term(first, day)).flatten()
    }

    /// Whether it has neither a term nor an end: it never falls due.
    pub(crate) fn is_open_ended(&self) -> bool {
        self.end == Day::NEVER && self.term_end.is_none()
    }
}
