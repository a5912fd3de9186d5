//! Books of every sort, and what their contracts say of when somebody was a customer.

use std::collections::BTreeMap;

use cs_core::{PlantedFault, Portfolio, Table};

use super::cells;

/// A book with the days on which each of its customers was one. Days are texts, which are ordered as days are; an
/// absent one is empty.
pub(super) struct Book {
    pub(super) name: String,
    pub(super) portfolio: Portfolio,
    pub(super) stays: BTreeMap<String, Vec<(String, String)>>,
}

/// A table as rows of texts, by the names of its columns.
pub(super) struct Rows(BTreeMap<String, Vec<String>>, pub(super) usize);

/// After any day of a book.
pub(super) const NEVER: &str = "9999-12-31";

impl Rows {
    pub(super) fn of(table: &Table) -> Self {
        let columns = table.columns().iter().map(|column| (column.name().to_owned(), cells(table, column.name())));
        Self(columns.collect(), table.len())
    }

    pub(super) fn get(&self, row: usize, column: &str) -> &str {
        &self.0[column][row]
    }

    pub(super) fn number(&self, row: usize, column: &str) -> f64 {
        self.get(row, column).parse().unwrap_or(0.0)
    }

    /// The day of a cell, or else the last there is.
    pub(super) fn until(&self, row: usize, column: &str) -> &str {
        Some(self.get(row, column)).filter(|day| !day.is_empty()).unwrap_or(NEVER)
    }
}

impl Book {
    fn of(customers: u32, months: u32, seed: u64, currency: &str, fault: Option<PlantedFault>) -> Self {
        let synthetic = Portfolio::synthetic().customers(customers).months(months).seed(seed);
        let portfolio = synthetic.currency(currency).fault(fault).load().unwrap();
        let mut stays: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let contracts = Rows::of(&portfolio.table("contracts").unwrap());
        let is_main = |&row: &usize| contracts.get(row, "product") == "workspace";
        let mut main: Vec<usize> = (0..contracts.1).filter(is_main).collect();
        main.retain(|&row| contracts.get(row, "kind") == "subscription");
        main.sort_by_key(|&row| contracts.get(row, "start_date"));
        for row in main {
            let stays = stays.entry(contracts.get(row, "customer_id").to_owned()).or_default();
            let until = contracts.until(row, "end_date").to_owned();
            match stays.last_mut() {
                // A renewal, also a late one, ends no stay.
                Some(stay) if !contracts.get(row, "renews_contract_id").is_empty() => stay.1 = until,
                _ => stays.push((contracts.get(row, "start_date").to_owned(), until)),
            }
        }
        Self { name: format!("{customers} {months} {seed} {currency} {fault:?}"), portfolio, stays }
    }

    pub(super) fn rows(&self, table: &str) -> Rows {
        Rows::of(&self.portfolio.table(table).unwrap())
    }

    /// The last day that the book tells of.
    pub(super) fn last_day(&self) -> String {
        self.portfolio.observed_until().unwrap().to_string()
    }

    pub(super) fn stays(&self, customer: &str) -> &[(String, String)] {
        self.stays.get(customer).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_customer(&self, customer: &str, day: &str) -> bool {
        self.stays(customer).iter().any(|(from, until)| from.as_str() <= day && day < until.as_str())
    }
}

/// Books healthy and faulty, small and long, in currencies with two, no and three decimals.
pub(super) fn books() -> impl Iterator<Item = Book> {
    let faulty = PlantedFault::ALL.iter().map(|&fault| (150, 36, 4, "USD", Some(fault)));
    let healthy = [
        (500, 36, 1, "USD", None),
        (300, 36, 8, "EUR", None),
        (1, 1, 1, "USD", None),
        (1, 120, 1, "USD", None),
        (200, 1, 1, "USD", None),
        (150, 120, 2, "USD", None),
        (100, 24, 3, "JPY", None),
        (100, 24, 3, "KWD", None),
    ];
    let all = healthy.into_iter().chain(faulty);
    all.map(|(customers, months, seed, currency, fault)| Book::of(customers, months, seed, currency, fault))
}

/// A healthy book for each of these seeds.
pub(super) fn healthy_books(seeds: std::ops::Range<u64>) -> impl Iterator<Item = Book> {
    seeds.map(|seed| Book::of(300, 36, seed, "USD", None))
}

/// The day before one, as text.
pub(super) fn before(day: &str) -> String {
    day.parse::<chrono::NaiveDate>().unwrap().pred_opt().unwrap().to_string()
}

/// So many days after a day, as text.
pub(super) fn after(day: &str, days: i64) -> String {
    (day.parse::<chrono::NaiveDate>().unwrap() + chrono::TimeDelta::days(days)).to_string()
}
