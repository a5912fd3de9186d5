//! A table's columns while they are judged.

use super::schema::TableSpec;
use crate::period::Day;
use crate::table::{Cell, Column, Nullable, Texts, Values};
use crate::text::ABSENT;

/// The column that tells contracts apart.
pub(super) const CONTRACT_ID: &str = "contract_id";
/// The column whose texts are counted in one list for all tables.
pub(super) const CUSTOMER_ID: &str = "customer_id";

/// A table's columns, typed.
#[derive(Debug)]
pub(super) struct Columns {
    spec: &'static TableSpec,
    /// In the order of the specification; none for a column that was not given.
    values: Vec<Option<Values>>,
    /// The position of each row's customer in the list of all.
    pub(super) customers: Vec<u32>,
    /// Whether the column of customers was given.
    pub(super) has_customers: bool,
    pub(super) attributes: Vec<Column>,
}

impl Columns {
    /// None yet, of so many rows.
    pub(super) fn of(spec: &'static TableSpec, rows: usize) -> Self {
        Self {
            spec,
            values: vec![None; spec.columns.len()],
            customers: vec![ABSENT; rows],
            has_customers: false,
            attributes: Vec::new(),
        }
    }

    /// Puts the values of a specified column into their place.
    pub(super) fn put(&mut self, name: &str, values: Values) {
        if let Some(slot) = self.spec.position(name).and_then(|position| self.values.get_mut(position)) {
            *slot = Some(values);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Values> {
        self.values.get(self.spec.position(name)?)?.as_ref()
    }

    /// All specified columns that some condition holds for, none of which is there afterwards.
    pub(super) fn forget(&mut self, is_done_with: impl Fn(&str) -> bool) {
        let columns = self.spec.columns.iter().zip(&mut self.values);
        columns.filter(|(spec, _)| is_done_with(spec.name)).for_each(|(_, values)| *values = None);
    }

    /// What is there, column by column.
    pub(super) fn into_iter(self) -> impl Iterator<Item = (String, Values)> {
        let specified = self.spec.columns.iter().zip(self.values);
        let specified = specified.filter_map(|(spec, values)| Some((spec.name.to_owned(), values?)));
        specified.chain(self.attributes.into_iter().map(Column::into_parts))
    }

    /// Whether a row has no value in a column that was given.
    pub(super) fn is_absent(&self, name: &str, row: usize) -> bool {
        match name {
            CUSTOMER_ID => self.customers.get(row) == Some(&ABSENT),
            _ => self.get(name).is_some_and(|values| values.cell(row) == Cell::Absent),
        }
    }

    /// The names of the specified columns that were given, the customers' included.
    pub(super) fn given(&self) -> impl Iterator<Item = &'static str> {
        let columns = self.spec.columns.iter().zip(&self.values);
        columns.filter(|(spec, values)| spec.name == CUSTOMER_ID || values.is_some()).map(|(spec, _)| spec.name)
    }

    pub(super) fn days(&self, name: &str) -> Option<&Nullable<Day>> {
        self.get(name).and_then(Values::days)
    }

    pub(super) fn counts(&self, name: &str) -> Option<&Nullable<u64>> {
        match self.get(name) {
            Some(Values::Count(counts)) => Some(counts),
            _ => None,
        }
    }

    pub(super) fn numbers(&self, name: &str) -> Option<&Nullable<f64>> {
        self.get(name).and_then(Values::ratios)
    }

    pub(super) fn flags(&self, name: &str) -> Option<&Nullable<bool>> {
        self.get(name).and_then(Values::flags)
    }

    pub(super) fn amounts(&self, name: &str) -> Option<&Nullable<i128>> {
        self.get(name).and_then(Values::amounts)
    }

    pub(super) fn texts(&self, name: &str) -> Option<&Texts> {
        self.get(name).and_then(Values::texts)
    }

    /// Every column that was given but the customers', with its name, attributes last.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Values)> {
        let specified = self.spec.columns.iter().zip(&self.values);
        let specified = specified.filter_map(|(spec, values)| Some((spec.name, values.as_ref()?)));
        specified.chain(self.attributes.iter().map(|column| (column.name(), column.values())))
    }
}
