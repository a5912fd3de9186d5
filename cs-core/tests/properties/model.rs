//! The same numbers by the plainest reading of the definitions: every contract is asked about every day, in integers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use cs_core::{BillingPeriod, Contract, ContractKind};

use crate::books::Book;

/// A contract as it counts.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) customer: String,
    product: Option<String>,
    start: NaiveDate,
    end: Option<NaiveDate>,
    pub(crate) mrr: i128,
    pub(crate) arr: i128,
}

impl Line {
    fn in_force(&self, day: NaiveDate) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }
}

/// The contracts that count, by the latest revision of each.
pub(crate) fn lines(book: &Book) -> Vec<Line> {
    let mut latest: BTreeMap<&str, &Contract> = BTreeMap::new();
    for contract in &book.contracts {
        let known = latest.entry(&contract.contract_id).or_insert(contract);
        if contract.recorded_on > known.recorded_on {
            *known = contract;
        }
    }
    let counts = |contract: &Contract| {
        let kind = contract.kind.unwrap_or(ContractKind::Subscription);
        contract.withdrawn != Some(true) && !book.definitions.exclude_kinds.contains(&kind)
    };
    let counted = latest.into_values().filter(|contract| counts(contract));
    counted.map(|contract| line(contract, book.digits())).collect()
}

fn line(contract: &Contract, digits: u32) -> Line {
    let given = contract.mrr.or(contract.amount).expect("a contract has a price");
    let units = given.mantissa() * 10_i128.pow(digits - given.scale());
    let (numerator, denominator) = months(contract);
    Line {
        id: contract.contract_id.clone(),
        customer: contract.customer_id.clone(),
        product: contract.product.clone(),
        start: contract.start_date,
        end: contract.end_date.or(contract.term_end.filter(|_| contract.auto_renew == Some(false))),
        mrr: half_even(units * numerator, denominator),
        arr: half_even(12 * units * numerator, denominator),
    }
}

/// What turns a contract's amount into one a month.
fn months(contract: &Contract) -> (i128, i128) {
    match (contract.billing_period, contract.term_months) {
        (None, None) => (1, 1),
        (None, Some(months)) => (1, i128::from(months)),
        (Some(period), _) => match period {
            BillingPeriod::Day => (365, 12),
            BillingPeriod::Week => (52, 12),
            BillingPeriod::Month => (1, 1),
            BillingPeriod::Quarter => (1, 3),
            BillingPeriod::HalfYear => (1, 6),
            BillingPeriod::Year => (1, 12),
            other => panic!("{other:?} is not known here"),
        },
    }
}

/// A quotient from 0 up, rounded to an integer, a half to the even one.
pub(crate) fn half_even(numerator: i128, denominator: i128) -> i128 {
    let (floor, twice) = (numerator / denominator, numerator % denominator * 2);
    floor + i128::from(twice > denominator || (twice == denominator && floor % 2 == 1))
}

/// What is in force at the close of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    pub(crate) mrr: i128,
    pub(crate) arr: i128,
    pub(crate) customers: i128,
}

pub(crate) fn balance(lines: &[Line], day: NaiveDate) -> Balance {
    let in_force = || lines.iter().filter(|line| line.in_force(day));
    let paying: BTreeSet<&str> = in_force().filter(|line| line.mrr > 0).map(|line| line.customer.as_str()).collect();
    Balance {
        mrr: in_force().map(|line| line.mrr).sum(),
        arr: in_force().map(|line| line.arr).sum(),
        customers: paying.len() as i128,
    }
}

/// A movement of a customer on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) date: NaiveDate,
    pub(crate) customer: String,
    pub(crate) kind: String,
    pub(crate) amount: i128,
    pub(crate) before: i128,
    pub(crate) after: i128,
    pub(crate) upsell: i128,
    pub(crate) cross_sell: i128,
    pub(crate) downsell: i128,
    pub(crate) product_churn: i128,
    pub(crate) contracts: Vec<String>,
}

/// Every movement from `start` to `end` (exclusive), by day and customer.
pub(crate) fn movements(lines: &[Line], start: NaiveDate, end: NaiveDate) -> Vec<Movement> {
    let mut found = Vec::new();
    let customers: BTreeSet<&str> = lines.iter().map(|line| line.customer.as_str()).collect();
    for customer in customers {
        let own: Vec<&Line> = lines.iter().filter(|line| line.customer == customer).collect();
        let days: BTreeSet<NaiveDate> = own.iter().flat_map(|line| [Some(line.start), line.end]).flatten().collect();
        let (mut before, mut has_paid) = (BTreeMap::new(), false);
        for day in days.into_iter().take_while(|day| *day < end) {
            let after = products(&own, day);
            let movement = movement(day, customer, &before, &after, has_paid);
            has_paid |= total(&after) > 0;
            before = after;
            let Some(mut movement) = movement.filter(|_| day >= start) else { continue };
            let touched = own.iter().filter(|line| line.start == day || line.end == Some(day));
            movement.contracts = touched.map(|line| line.id.clone()).collect();
            movement.contracts.sort_unstable();
            found.push(movement);
        }
    }
    found.sort_by(|a, b| (a.date, &a.customer).cmp(&(b.date, &b.customer)));
    found
}

type Products<'a> = BTreeMap<Option<&'a str>, i128>;

fn products<'a>(lines: &[&'a Line], day: NaiveDate) -> Products<'a> {
    let mut products = Products::new();
    for line in lines.iter().filter(|line| line.in_force(day)) {
        *products.entry(line.product.as_deref()).or_default() += line.mrr;
    }
    products
}

fn total(products: &Products<'_>) -> i128 {
    products.values().sum()
}

fn movement(
    date: NaiveDate,
    customer: &str,
    before: &Products<'_>,
    after: &Products<'_>,
    has_paid: bool,
) -> Option<Movement> {
    let (held, holds) = (total(before), total(after));
    let mut movement = Movement {
        date,
        customer: customer.to_owned(),
        kind: String::new(),
        amount: (holds - held).abs(),
        before: held,
        after: holds,
        upsell: 0,
        cross_sell: 0,
        downsell: 0,
        product_churn: 0,
        contracts: Vec::new(),
    };
    if held > 0 && holds > 0 {
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for name in names {
            let was = before.get(name).copied().unwrap_or(0);
            let is = after.get(name).copied().unwrap_or(0);
            match (was, is) {
                (0, is) => movement.cross_sell += is,
                (was, 0) => movement.product_churn += was,
                (was, is) => {
                    movement.upsell += (is - was).max(0);
                    movement.downsell += (was - is).max(0);
                }
            }
        }
    }
    let mixed = movement.upsell + movement.cross_sell + movement.downsell + movement.product_churn > 0;
    let kind = match (held, holds) {
        (0, 0) => return None,
        (0, _) if has_paid => "reactivation",
        (0, _) => "new",
        (_, 0) => "churn",
        _ if holds > held => "expansion",
        _ if holds < held => "contraction",
        _ if mixed => "product_mix",
        _ => return None,
    };
    movement.kind = kind.to_owned();
    Some(movement)
}
