//! The customers of a portfolio: their names, and the rows of their table, all versions of each.

use std::sync::Arc;

use super::book::Book;
use super::keys;
use super::rows::{CUSTOMER_ID, Rows};
use crate::table::{Column, Texts, Values};
use crate::text::TextPool;

/// Customers by their position in the list of names.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    pub(crate) names: Arc<TextPool>,
    /// The position of each row's customer.
    owners: Vec<u32>,
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
                Self { names, count: owners.len(), owners, columns: Vec::new() }
            }
            Some(Rows { sheet, columns, .. }) => {
                let accepted: Vec<u32> = sheet.accepted().map(|row| row as u32).collect();
                let owner = |&row: &u32| columns.customers.get(row as usize).copied();
                let owners: Vec<u32> = accepted.iter().filter_map(owner).collect();
                let mut seen = vec![false; names.len()];
                let first =
                    |&&owner: &&u32| seen.get_mut(owner as usize).is_some_and(|seen| !std::mem::replace(seen, true));
                Self {
                    names,
                    count: owners.iter().filter(first).count(),
                    owners,
                    columns: columns.iter().map(|(name, values)| Column::new(name, values.take(&accepted))).collect(),
                }
            }
        }
    }

    /// How many customers there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The columns as they were given, rows by customer and day of recording.
    pub(super) fn columns(&self) -> Vec<Column> {
        let order = keys::order(&self.names, &self.owners, &self.columns);
        let names = Texts::new(self.owners.clone(), Arc::clone(&self.names)).take(&order);
        let rest = self.columns.iter().map(|column| Column::new(column.name(), column.values().take(&order)));
        std::iter::once(Column::new(CUSTOMER_ID, Values::Text(names))).chain(rest).collect()
    }
}
