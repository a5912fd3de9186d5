//! The customers of a portfolio: their names, and the rows of their table, all versions of each.

use std::sync::Arc;

use hashbrown::HashMap;

use super::book::Book;
use super::columns::CUSTOMER_ID;
use super::keys;
use super::places::Places;
use super::rows::Rows;
use super::schema::RECORDED_ON;
use crate::order::sort_by_key;
use crate::period::Day;
#[cfg(feature = "rooms")]
use crate::table::Nullable;
use crate::table::{Column, Texts, Values};
use crate::text::{ABSENT, TextPool};

/// Customers by their position in the list of names.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    pub(crate) names: Arc<TextPool>,
    /// The position of each row's customer; rows are in the order of customers.
    owners: Vec<u32>,
    places: Places,
    /// How many customers the rows are of.
    count: usize,
    /// The columns that were given beside the names.
    columns: Vec<Column>,
}

impl Directory {
    /// Of the table of customers, or of the customers with contracts where there is none.
    pub(super) fn of(names: TextPool, customers: Option<Rows<'_>>, book: &Book) -> Self {
        let names = Arc::new(names);
        match customers {
            None => {
                let with_contracts = (0..book.customers()).filter(|&customer| !book.contracts(customer).is_empty());
                let owners: Vec<u32> = with_contracts.map(|customer| customer as u32).collect();
                Self { names, count: owners.len(), owners, places: Places::default(), columns: Vec::new() }
            }
            Some(Rows { sheet, columns, .. }) => {
                let owner = |&row: &u32| columns.customers.get(row as usize).copied();
                let mut accepted: Vec<u32> = sheet.accepted().map(|row| row as u32).collect();
                // Values are asked for customer by customer, which in this order goes through memory forward.
                sort_by_key(&mut accepted, |row| owner(row).map_or(0, u64::from));
                let owners: Vec<u32> = accepted.iter().filter_map(owner).collect();
                Self {
                    names,
                    count: owners.chunk_by(|one, other| one == other).count(),
                    owners,
                    places: Places::of(&sheet, &accepted),
                    columns: columns
                        .into_iter()
                        .map(|(name, values)| Column::new(name, values.take(&accepted)))
                        .collect(),
                }
            }
        }
    }

    /// How many customers there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The row of each customer that counts by what was known at the close of a day, or by all that is;
    /// [`ABSENT`](crate::text::ABSENT) for none. A row without a day of recording was always known.
    pub(crate) fn versions(&self, known_on: Option<Day>) -> Vec<u32> {
        let recorded = self.attribute(RECORDED_ON).and_then(|column| column.values().days());
        let is_known = |&row: &usize| match (recorded.and_then(|days| days.get(row)), known_on) {
            (Some(recorded), Some(known_on)) => recorded <= known_on,
            _ => true,
        };
        let mut versions = keys::latest(&self.owners, recorded, (0..self.owners.len()).filter(is_known));
        versions.resize(self.names.len(), ABSENT);
        versions
    }

    /// The position of each customer, by its name.
    pub(crate) fn positions(&self) -> HashMap<&str, u32> {
        self.names.iter().zip(0..).collect()
    }

    /// A column of the table of customers, beside their names.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name() == name)
    }

    /// A column of amounts, and their decimals.
    #[cfg(feature = "rooms")]
    pub(crate) fn amounts(&self, name: &str) -> Option<(&Nullable<i128>, u8)> {
        match self.attribute(name)?.values() {
            Values::Money { units, digits } => Some((units, *digits)),
            _ => None,
        }
    }

    /// A column of texts.
    pub(crate) fn texts(&self, name: &str) -> Option<&Texts> {
        self.attribute(name).and_then(|column| column.values().texts())
    }

    /// The names of all columns.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(CUSTOMER_ID).chain(self.columns.iter().map(Column::name))
    }

    /// Whether each customer, by its position, has a row at all.
    pub(crate) fn with_rows(&self) -> Vec<bool> {
        let mut with_rows = vec![false; self.names.len()];
        for &owner in &self.owners {
            if let Some(slot) = with_rows.get_mut(owner as usize) {
                *slot = true;
            }
        }
        with_rows
    }

    /// The record of a row in the table of customers, and its line where that is a file; both from 1.
    pub(crate) fn place(&self, row: usize) -> (Option<u64>, Option<u64>) {
        self.places.get(row)
    }

    /// The columns as they were given, rows by customer and day of recording.
    pub(super) fn columns(&self) -> Vec<Column> {
        let order = keys::order(&self.names, &self.owners, &self.columns);
        let names = Texts::new(self.owners.clone(), Arc::clone(&self.names)).take(&order);
        let rest = self.columns.iter().map(|column| Column::new(column.name(), column.values().take(&order)));
        std::iter::once(Column::new(CUSTOMER_ID, Values::Text(names))).chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Directory;
    use crate::error::Error;
    use crate::period::Day;
    use crate::portfolio::Portfolio;
    use crate::table::Cell;

    const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\nc-1,bolt,2026-01-01,1\nc-2,acme,2026-01-01,1\n";

    /// For each customer the cell of a column in the version that counts.
    fn versions<'d>(directory: &'d Directory, known_on: Option<&str>, column: &str) -> Vec<(&'d str, Option<&'d str>)> {
        let known_on = known_on.and_then(|text| text.parse::<Day>().ok());
        let cell = |row: u32| match directory.attribute(column).map(|column| column.values().cell(row as usize)) {
            Some(Cell::Text(text)) => Some(text),
            _ => None,
        };
        directory.names.iter().zip(directory.versions(known_on).into_iter().map(cell)).collect()
    }

    #[test]
    fn the_latest_version_that_was_known_counts() -> Result<(), Error> {
        let customers = "customer_id,segment,tier,recorded_on\n\
                         acme,small,one,\n\
                         acme,large,three,2026-03-01\n\
                         acme,middle,two,2026-02-01\n\
                         bolt,large,one,2026-05-01\n";
        let portfolio = Portfolio::from_csv(CONTRACTS).customers(customers).currency("USD").load()?;
        let directory = &portfolio.directory;
        let segments = |known_on| versions(directory, known_on, "segment");
        assert_eq!(segments(None), [("bolt", Some("large")), ("acme", Some("large"))]);
        assert_eq!(segments(Some("2026-01-31")), [("bolt", None), ("acme", Some("small"))]);
        assert_eq!(segments(Some("2026-02-01")), [("bolt", None), ("acme", Some("middle"))]);
        assert_eq!(segments(Some("2026-02-28")), [("bolt", None), ("acme", Some("middle"))]);
        assert_eq!(segments(Some("2026-05-01")), [("bolt", Some("large")), ("acme", Some("large"))]);
        assert_eq!(versions(directory, Some("2026-02-01"), "tier"), [("bolt", None), ("acme", Some("two"))]);
        assert_eq!(directory.versions(Day::from_unix_days(0)), [u32::MAX, 1]);
        assert!(directory.attribute("region").is_none());
        let names: Vec<&str> = directory.attributes().collect();
        assert_eq!(names, ["customer_id", "segment", "recorded_on", "tier"]);
        assert_eq!((directory.len(), directory.place(0)), (2, (Some(4), Some(5))));
        Ok(())
    }

    #[test]
    fn without_a_table_customers_are_those_of_contracts() -> Result<(), Error> {
        let portfolio = Portfolio::from_csv(CONTRACTS).currency("USD").load()?;
        let directory = &portfolio.directory;
        assert_eq!((directory.len(), directory.versions(None)), (2, vec![0, 1]));
        assert_eq!(directory.with_rows(), [true, true]);
        assert_eq!((directory.attributes().count(), directory.place(0)), (1, (None, None)));
        Ok(())
    }
}
