//! Tables of facts about contracts and customers: kept by column, in an order that the order of their rows does not
//! change.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::columns::CUSTOMER_ID;
use super::rows::Rows;
use super::schema::TableSpec;
use crate::order::{float_key, sort_by_key};
use crate::period::Day;
use crate::table::{Column, Nullable, Table, Texts, Values};
use crate::text::{ABSENT, TextPool};

/// The accepted rows of a table of facts, in the order of their cells, column by column, absent ones last.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) spec: &'static TableSpec,
    /// The columns that were given, in the order of the specification.
    columns: Vec<Column>,
    /// Made when it is first asked for.
    of_customers: OnceLock<OfCustomers>,
}

/// Where the rows of each customer stand.
#[derive(Clone, Debug, Default)]
pub(super) struct OfCustomers {
    /// The rows in the order of their customers, where the table has another.
    order: Option<Vec<u32>>,
    /// By the position of the customer: where its rows begin, and where they end.
    bounds: Vec<(u32, u32)>,
    /// Where the rows of one text stand together, if the column behind the customer is of texts.
    runs: Option<Runs>,
}

/// The rows of each customer, cut where the text in the column behind it changes.
#[derive(Clone, Debug, Default)]
struct Runs {
    /// By the position of the customer: where its runs begin, and where they end.
    bounds: Vec<(u32, u32)>,
    /// Of each run the text's position among all, and where the rows end.
    ends: Vec<(u32, u32)>,
}

impl Facts {
    /// Of rows that were judged; `customers` are the names of all customers.
    pub(super) fn of(rows: Rows<'_>, customers: &Arc<TextPool>) -> Self {
        let Rows { sheet, mut columns, .. } = rows;
        let spec = sheet.spec;
        let (owners, has_customers) = (std::mem::take(&mut columns.customers), columns.has_customers);
        let mut given: Vec<(String, Values)> = columns.into_iter().collect();
        if let Some(position) = spec.position(CUSTOMER_ID).filter(|_| has_customers) {
            let before = |(name, _): &&(String, Values)| spec.position(name).is_some_and(|other| other < position);
            let place = given.iter().take_while(before).count();
            given.insert(place, (CUSTOMER_ID.to_owned(), Values::Text(Texts::new(owners, Arc::clone(customers)))));
        }
        Self::in_order(spec, given, sheet.accepted().map(|row| row as u32).collect())
    }

    /// Of a table that is as good as loaded: it has some of the columns of the specification, in their order.
    pub(super) fn of_table(spec: &'static TableSpec, table: Table, customers: &Arc<TextPool>) -> Self {
        let rows = table.len() as u32;
        let positions: HashMap<&str, u32> = customers.iter().zip(0..).collect();
        let of_customers = |texts: &Texts| {
            let code = |text: Option<&str>| text.and_then(|text| positions.get(text)).copied().unwrap_or(ABSENT);
            Values::Text(Texts::new(texts.iter().map(code).collect(), Arc::clone(customers)))
        };
        let columns = table.into_columns().map(|(name, values)| match values.texts().filter(|_| name == CUSTOMER_ID) {
            Some(texts) => (of_customers(texts), name),
            None => (values, name),
        });
        Self::in_order(spec, columns.map(|(values, name)| (name, values)).collect(), (0..rows).collect())
    }

    /// These of the rows of some columns, in the order of their cells.
    fn in_order(spec: &'static TableSpec, given: Vec<(String, Values)>, mut order: Vec<u32>) -> Self {
        for (_, values) in given.iter().rev() {
            put_in_order(&mut order, values);
        }
        let columns = given.into_iter().map(|(name, values)| Column::new(name, values.take(&order))).collect();
        Self { spec, columns, of_customers: OnceLock::new() }
    }

    /// The columns that were given; those of an empty table are its required ones.
    pub(super) fn columns(&self) -> Vec<Column> {
        match self.columns.is_empty() {
            true => required(self.spec),
            false => self.columns.clone(),
        }
    }

    /// Where the rows of each customer stand.
    pub(super) fn of_customers(&self) -> &OfCustomers {
        self.of_customers.get_or_init(|| {
            let customers = self.texts(CUSTOMER_ID).map_or(&[][..], |texts| texts.codes());
            let is_grouped = self.spec.columns.first().is_some_and(|column| column.name == CUSTOMER_ID);
            let second = self.spec.columns.get(1).filter(|_| is_grouped).and_then(|column| self.texts(column.name));
            let mut of_customers = OfCustomers::of(customers, is_grouped);
            of_customers.runs = second.map(|texts| Runs::of(&of_customers.bounds, texts.codes()));
            of_customers
        })
    }

    /// How many rows.
    pub(super) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values().len())
    }

    pub(super) fn values(&self, name: &str) -> Option<&Values> {
        self.columns.iter().find(|column| column.name() == name).map(Column::values)
    }

    pub(super) fn texts(&self, name: &str) -> Option<&Texts> {
        self.values(name).and_then(Values::texts)
    }

    pub(super) fn days(&self, name: &str) -> Option<&Nullable<Day>> {
        self.values(name).and_then(Values::days)
    }
}

impl OfCustomers {
    fn of(customers: &[u32], is_grouped: bool) -> Self {
        let customer = |row: usize| customers.get(row).copied().unwrap_or(ABSENT);
        let order = (!is_grouped).then(|| {
            let mut order: Vec<u32> = (0..customers.len() as u32).collect();
            sort_by_key(&mut order, |&row| u64::from(customer(row as usize)));
            order
        });
        let at = |place: usize| match &order {
            None => customer(place),
            Some(order) => order.get(place).map_or(ABSENT, |&row| customer(row as usize)),
        };
        let last = customers.iter().copied().filter(|&customer| customer != ABSENT).max();
        let mut bounds = vec![(0, 0); last.map_or(0, |last| last as usize + 1)];
        let mut start = 0;
        while start < customers.len() {
            let of = at(start);
            let end = (start..customers.len()).find(|&place| at(place) != of).unwrap_or(customers.len());
            if let Some(bounds) = bounds.get_mut(of as usize) {
                *bounds = (start as u32, end as u32);
            }
            start = end;
        }
        Self { order, bounds, runs: None }
    }

    /// The places of a customer's rows, in the order of the table.
    pub(super) fn places(&self, customer: u32) -> Range<usize> {
        let (start, end) = self.bounds.get(customer as usize).copied().unwrap_or_default();
        start as usize..end as usize
    }

    /// Whether the places of one text are known.
    pub(super) fn has_runs(&self) -> bool {
        self.runs.is_some()
    }

    /// The places of a customer's rows with one text in the column behind it, by the text's position among all.
    #[inline]
    pub(super) fn places_of(&self, customer: u32, text: u32) -> Range<usize> {
        let mut start = self.places(customer).start;
        for &(found, end) in self.runs.as_ref().map(|runs| runs.of_customer(customer)).unwrap_or_default() {
            if found == text {
                return start..end as usize;
            }
            start = end as usize;
        }
        0..0
    }

    /// The row at a place.
    #[inline]
    pub(super) fn row(&self, place: usize) -> usize {
        match &self.order {
            None => place,
            Some(order) => order.get(place).map_or(usize::MAX, |&row| row as usize),
        }
    }
}

impl Runs {
    /// Of rows in the order of their customers, and of their texts.
    fn of(bounds: &[(u32, u32)], texts: &[u32]) -> Self {
        let mut runs = Self { bounds: Vec::with_capacity(bounds.len()), ends: Vec::new() };
        for &(start, end) in bounds {
            let first = runs.ends.len();
            for (&text, next) in texts.get(start as usize..end as usize).unwrap_or_default().iter().zip(start + 1..) {
                match runs.ends.get_mut(first..).and_then(<[_]>::last_mut).filter(|(last, _)| *last == text) {
                    Some((_, end)) => *end = next,
                    None => runs.ends.push((text, next)),
                }
            }
            runs.bounds.push((first as u32, runs.ends.len() as u32));
        }
        runs
    }

    fn of_customer(&self, customer: u32) -> &[(u32, u32)] {
        let (from, to) = self.bounds.get(customer as usize).copied().unwrap_or_default();
        self.ends.get(from as usize..to as usize).unwrap_or_default()
    }
}

/// The columns that every row of a table has, of none.
pub(super) fn required(spec: &TableSpec) -> Vec<Column> {
    let columns = spec.columns.iter().filter(|column| column.required);
    columns.map(|column| Column::new(column.name, column.kind.empty())).collect()
}

/// Puts rows in the order of a column's cells, texts by their bytes; rows with the same stay as they stand.
fn put_in_order(rows: &mut [u32], values: &Values) {
    let ranks = if let Values::Text(texts) = values { texts.pool().ranks() } else { Vec::new() };
    // Of amounts the lower word first: the order by the upper one keeps it.
    let words = if matches!(values, Values::Money { .. }) { 0..=1 } else { 0..=0 };
    for word in words {
        sort_by_key(rows, |&row| place(values, &ranks, row as usize, word).unwrap_or(u64::MAX));
    }
}

/// A number in the order of the cells of a column, of amounts one of two words; none for an absent cell.
fn place(values: &Values, ranks: &[u32], row: usize, word: u32) -> Option<u64> {
    match values {
        Values::Text(texts) => {
            let code = texts.codes().get(row).and_then(|&code| ranks.get(code as usize));
            code.map(|&rank| rank.into())
        }
        Values::Date(days) => days.get(row).map(|day| day.key().into()),
        Values::Count(counts) => counts.get(row),
        Values::Flag(flags) => flags.get(row).map(u64::from),
        Values::Ratio(ratios) => ratios.get(row).map(float_key),
        // Amounts are from 0 up.
        Values::Money { units, .. } => units.get(row).map(|units| (units.unsigned_abs() >> (word * u64::BITS)) as u64),
        // No input has a column of lists.
        Values::TextList(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Values, put_in_order};
    use crate::period::Day;

    #[rstest]
    #[case::days(Values::Date([Some(Day(3)), None, Some(Day(-5)), Some(Day(0))].into_iter().collect()), [2, 3, 0, 1])]
    #[case::counts(Values::Count([Some(7), Some(0), None, Some(3)].into_iter().collect()), [1, 3, 0, 2])]
    #[case::flags(Values::Flag([None, Some(true), Some(false), Some(true)].into_iter().collect()), [2, 1, 3, 0])]
    #[case::numbers(Values::Ratio([Some(2.5), Some(-0.5), None, Some(-3.0)].into_iter().collect()), [3, 1, 0, 2])]
    #[case::amounts(
        Values::Money { units: [Some(1 << 70), Some(5), Some((1 << 70) + 2), None].into_iter().collect(), digits: 2 },
        [1, 0, 2, 3]
    )]
    #[case::texts(Values::Text([Some("b"), None, Some("a"), Some("B")].into_iter().collect()), [3, 2, 0, 1])]
    fn cells_are_in_order_and_absent_ones_last(#[case] values: Values, #[case] expected: [u32; 4]) {
        let mut rows = [0, 1, 2, 3];
        put_in_order(&mut rows, &values);
        assert_eq!(rows, expected);
    }
}
