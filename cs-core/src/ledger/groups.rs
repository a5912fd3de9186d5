//! What rows are grouped by: attributes of customers, the cohort, the product.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::error::{Code, Error, Problem, quoted};
use crate::interner::Interner;
use crate::order::{by_key, pair, sort_by};
use crate::parts::{ROWS_A_PART, of_each};
use crate::period::{Calendar, Day};
use crate::query::{BY, COHORT, Context, PRODUCT};
use crate::table::{Column, Kind, Nullable, Texts, Values};
use crate::text::{ABSENT, TextPool};

/// What units are grouped by.
pub(super) struct Groups<'a> {
    columns: Vec<By<'a>>,
    calendar: Calendar,
    /// Whether groups are of units for one product each.
    pub(super) by_product: bool,
    by_cohort: bool,
    /// The values that customers may have together, each a position for every column of attributes.
    attributes: Vec<Vec<u32>>,
    /// The position of each customer's among them; empty without columns of attributes.
    of_customers: Vec<u32>,
}

/// What makes a group.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupId {
    attributes: u32,
    cohort: Option<i32>,
    product: u32,
}

impl GroupId {
    /// The product's position among all, where groups are of units for one product each; [`ABSENT`] for none.
    #[cfg(feature = "rooms")]
    pub(crate) fn product(self) -> u32 {
        self.product
    }

    /// The number of the attributes, where nothing else makes the group.
    #[inline]
    pub(super) fn by_attributes_alone(self) -> Option<usize> {
        (self.cohort.is_none() && self.product == ABSENT).then_some(self.attributes as usize)
    }
}

/// A column that rows are grouped by.
enum By<'a> {
    /// An attribute, with the texts that it has.
    Attribute(&'a str, Arc<TextPool>),
    Cohort,
    Product(Arc<TextPool>),
}

/// The values of one group, in the order of the columns; those of a cohort are days as text.
pub(crate) type GroupKey = Vec<Option<String>>;

/// A column that rows are grouped by, and what its values are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupColumn {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

/// Something of every group, groups in their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ByGroup<T> {
    pub(crate) columns: Vec<GroupColumn>,
    pub(crate) groups: Vec<(GroupKey, T)>,
}

impl<'a> Groups<'a> {
    /// The groups by names that none of the result's columns has.
    pub(super) fn of(context: &Context<'a>, versions: &[u32]) -> Result<Self, Error> {
        let mut groups = Self {
            columns: Vec::new(),
            calendar: context.definitions.calendar(),
            by_product: false,
            by_cohort: false,
            attributes: Vec::new(),
            of_customers: Vec::new(),
        };
        for (position, name) in context.by.iter().enumerate() {
            let refused = |what| {
                let problem = Problem::argument(Code::InvalidArgument, "by", format!("{} {what}", quoted(name)));
                Err(problem.value(name))
            };
            if context.by.iter().take(position).any(|before| before == name) {
                return refused("is named twice").map_err(|problem| problem.help("name it once").into());
            }
            if context.columns.iter().any(|column| column.name == name) {
                let help = "rename the column of customers, or group by another";
                return refused("is a column of the result already").map_err(|problem| problem.help(help).into());
            }
            // What the library computes and what the table says would be taken for each other.
            if [COHORT, PRODUCT].contains(&name.as_str()) && context.portfolio.directory.attribute(name).is_some() {
                let help = "rename the column of customers: what is grouped by this name is computed";
                return refused("is a column of customers too").map_err(|problem| problem.help(help).into());
            }
            let by = match name.as_str() {
                COHORT => By::Cohort,
                PRODUCT => By::Product(context.portfolio.book.products()),
                _ => {
                    let (codes, pool) = attribute(context, versions, name, BY.name)?;
                    groups.combine(&codes);
                    By::Attribute(name, pool)
                }
            };
            groups.by_cohort |= matches!(by, By::Cohort);
            groups.by_product |= matches!(by, By::Product(_));
            groups.columns.push(by);
        }
        Ok(groups)
    }

    /// Numbers the combinations of the values of a further column with those of all before it.
    fn combine(&mut self, codes: &[u32]) {
        let before = std::mem::take(&mut self.of_customers);
        let combinations = match std::mem::take(&mut self.attributes) {
            none if none.is_empty() => vec![Vec::new()],
            combinations => combinations,
        };
        let before = |customer: usize| before.get(customer).copied().unwrap_or_default();
        let code = |customer: usize| codes.get(customer).copied().unwrap_or(ABSENT);
        let with = |combination: u32, code: u32| {
            let combination = combinations.get(combination as usize).into_iter().flatten();
            combination.copied().chain([code]).collect::<Vec<u32>>()
        };
        // Absent ones have the first place.
        let place_of = |code: u32| code.wrapping_add(1);
        let most = codes.iter().map(|&code| place_of(code)).max().unwrap_or_default() + 1;
        let place = |customer: usize| before(customer) as usize * most as usize + place_of(code(customer)) as usize;
        let places = combinations.len().saturating_mul(most as usize);
        if places <= FEW {
            self.of_customers = of_each(codes.len(), ROWS_A_PART, |customer| place(customer) as u32);
            let of_place = |place: u32| with(place / most, (place % most).wrapping_sub(1));
            self.attributes = (0..places as u32).map(of_place).collect();
            return;
        }
        let numbers = if places <= 4 * codes.len() {
            numbers_of_places(codes.len(), place, places)
        } else {
            numbers_in_order(codes.len(), |customer| pair(before(customer), code(customer)))
        };
        for (customer, &number) in numbers.iter().enumerate() {
            let number = number as usize;
            if self.attributes.len() <= number {
                self.attributes.resize(number + 1, Vec::new());
            }
            if let Some(attributes) = self.attributes.get_mut(number).filter(|attributes| attributes.is_empty()) {
                *attributes = with(before(customer), code(customer));
            }
        }
        self.of_customers = numbers;
    }

    /// The group of all units, where there is only one.
    pub(super) fn only(&self) -> Option<GroupId> {
        self.columns.is_empty().then_some(GroupId { attributes: 0, cohort: None, product: ABSENT })
    }

    /// The group of a unit.
    #[inline]
    pub(super) fn group(
        &self,
        customer: u32,
        first_paying_day: impl FnOnce() -> Option<Day>,
        product: Option<usize>,
    ) -> GroupId {
        let attributes = self.of_customers.get(customer as usize).copied().unwrap_or_default();
        let first = if self.by_cohort { first_paying_day() } else { None };
        let cohort = first.map(|day| self.calendar.period_of(day));
        GroupId { attributes, cohort, product: product.map_or(ABSENT, |product| product as u32) }
    }

    /// Something of every group that was found, in the order of groups: by their values, absent ones last.
    pub(super) fn sorted<T>(&self, mut found: Vec<(GroupId, T)>, empty: impl Fn() -> T) -> ByGroup<T> {
        if let Some(only) = self.only().filter(|_| found.is_empty()) {
            // What is not grouped is there even without customers.
            found.push((only, empty()));
        }
        let keys: Vec<GroupKey> = found.iter().map(|&(key, _)| self.values(key)).collect();
        let order = order_of(&keys);
        let each = found.into_iter().map(|(_, each)| each);
        let mut found: Vec<Option<(GroupKey, T)>> = keys.into_iter().zip(each).map(Some).collect();
        let mut take = |position: u32| found.get_mut(position as usize).and_then(Option::take);
        let groups = order.into_iter().filter_map(&mut take).collect();
        let column = |by: &By<'_>| match by {
            By::Attribute(name, _) => GroupColumn { name: (*name).to_owned(), kind: Kind::Text },
            By::Cohort => GroupColumn { name: COHORT.to_owned(), kind: Kind::Date },
            By::Product(_) => GroupColumn { name: PRODUCT.to_owned(), kind: Kind::Text },
        };
        ByGroup { columns: self.columns.iter().map(column).collect(), groups }
    }

    fn values(&self, key: GroupId) -> GroupKey {
        let mut attributes = self.attributes.get(key.attributes as usize).into_iter().flatten();
        let value = |by: &By<'_>| match by {
            By::Attribute(_, pool) => pool.find(attributes.next().copied().unwrap_or(ABSENT)).map(str::to_owned),
            By::Cohort => key.cohort.and_then(|period| self.calendar.first_day(period)).map(|day| day.to_string()),
            By::Product(pool) => pool.find(key.product).map(str::to_owned),
        };
        self.columns.iter().map(value).collect()
    }
}

/// The positions of groups in the order of their values.
fn order_of(keys: &[GroupKey]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    let key = |position: u32| keys.get(position as usize);
    sort_by(&mut order, &mut |a, b| key(a).zip(key(b)).map_or(Ordering::Equal, |(a, b)| in_order(a, b)));
    order
}

/// The order of groups: by bytes, absent values last.
fn in_order(a: &GroupKey, b: &GroupKey) -> Ordering {
    let last = |value: &Option<String>| value.is_none();
    let pairs = a.iter().zip(b).map(|(a, b)| last(a).cmp(&last(b)).then_with(|| a.cmp(b)));
    pairs.fold(Ordering::Equal, Ordering::then)
}

/// The value of an attribute of every customer, as text, by the row that counts; it was asked for at a path.
pub(crate) fn attribute(
    context: &Context<'_>,
    versions: &[u32],
    name: &str,
    path: &str,
) -> Result<(Vec<u32>, Arc<TextPool>), Error> {
    let directory = &context.portfolio.directory;
    if name == "customer_id" {
        return Ok(((0..versions.len() as u32).collect(), Arc::clone(&directory.names)));
    }
    let Some(column) = directory.attribute(name) else {
        // Where there are no customers, nobody knows what they would have.
        if directory.len() == 0 {
            return Ok((vec![ABSENT; versions.len()], Arc::default()));
        }
        let computed: &[&str] = if path == BY.name { &[COHORT, PRODUCT] } else { &[] };
        let names: Vec<String> = directory.attributes().chain(computed.iter().copied()).map(quoted).collect();
        let message = format!("customers have no attribute {}", quoted(name));
        let problem = Problem::argument(Code::UnknownAttribute, path, message).value(name);
        return Err(problem.help(format!("there are {}", names.join(", "))).into());
    };
    let row = |&row: &u32| if row == ABSENT { None } else { Some(row as usize) };
    if let Values::Text(texts) = column.values() {
        let code = |version| row(version).and_then(|row| texts.codes().get(row).copied()).unwrap_or(ABSENT);
        let of_customer = |customer: usize| versions.get(customer).map_or(ABSENT, code);
        return Ok((of_each(versions.len(), ROWS_A_PART, of_customer), Arc::clone(texts.pool())));
    }
    let mut interner = Interner::default();
    let mut code = |version| {
        let text = row(version).map(|row| column.values().cell(row).to_string()).filter(|text| !text.is_empty());
        text.map_or(ABSENT, |text| interner.intern(&text))
    };
    let codes = versions.iter().map(&mut code).collect();
    Ok((codes, Arc::new(interner.into_pool())))
}

/// So few combinations are all numbered, whether customers have them or not.
const FEW: usize = if cfg!(test) { 16 } else { 1 << 12 };

/// A number from 0 up for each customer's place, of so many.
fn numbers_of_places(customers: usize, place: impl Fn(usize) -> usize, places: usize) -> Vec<u32> {
    let (mut places, mut given) = (vec![ABSENT; places], 0);
    let number = |place: usize| {
        let number = places.get_mut(place)?;
        if *number == ABSENT {
            (*number, given) = (given, given + 1);
        }
        Some(*number)
    };
    (0..customers).map(place).filter_map(number).collect()
}

/// A number from 0 up for each customer's key, equal keys of one number.
fn numbers_in_order(customers: usize, key: impl Fn(usize) -> u64) -> Vec<u32> {
    let mut numbers = vec![0; customers];
    let order = by_key(customers, &key);
    for (number, same) in (0..).zip(order.chunk_by(|&one, &other| key(one as usize) == key(other as usize))) {
        for &customer in same {
            if let Some(slot) = numbers.get_mut(customer as usize) {
                *slot = number;
            }
        }
    }
    numbers
}

impl<T> ByGroup<T> {
    /// Something else of every group.
    pub(crate) fn map<U>(self, mut into: impl FnMut(T) -> U) -> ByGroup<U> {
        let groups = self.groups.into_iter().map(|(key, each)| (key, into(each))).collect();
        ByGroup { columns: self.columns, groups }
    }

    /// The columns of the groups, for a table that has so many rows of each.
    pub(crate) fn columns(&self, rows: impl Fn(&T) -> usize) -> Vec<Column> {
        let rows: Vec<usize> = self.groups.iter().map(|(_, each)| rows(each)).collect();
        let column = |(position, column): (usize, &GroupColumn)| {
            let values = self.groups.iter().map(|(key, _)| key.get(position).and_then(Option::as_deref));
            let repeated = values.zip(&rows).flat_map(|(value, &rows)| std::iter::repeat_n(value, rows));
            let values = match column.kind {
                Kind::Date => {
                    Values::Date(repeated.map(|value| value.and_then(Day::boundary)).collect::<Nullable<Day>>())
                }
                _ => Values::Text(repeated.collect::<Texts>()),
            };
            Column::new(&column.name, values)
        };
        self.columns.iter().enumerate().map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use crate::error::Error;
    use crate::portfolio::Portfolio;
    use crate::table::Cell;

    /// With few values all combinations are numbered, with more those that there are: by their places, or in order.
    #[test]
    fn every_combination_is_a_group() -> Result<(), Error> {
        for count in [3, 40, 90] {
            let mut contracts = "contract_id,customer_id,start_date,mrr\n".to_owned();
            let mut customers = "customer_id,third,half,mod\n".to_owned();
            let values = |customer: i32| {
                let half = if customer % 2 == 0 { String::new() } else { "odd".to_owned() };
                [format!("t-{:02}", customer / 3), half, format!("m-{:02}", customer % 23)]
            };
            for customer in 0..count {
                contracts += &format!("c-{customer},k-{customer:02},2026-01-01,{}\n", 100 + customer);
                customers += &format!("k-{customer:02},{}\n", values(customer).join(","));
            }
            let portfolio = Portfolio::from_csv(&contracts).customers(&customers).currency("USD").load()?;
            let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default();
            for by in [&["third", "half"][..], &["half", "mod"], &["mod", "third"], &["half", "third", "mod"]] {
                let movements = portfolio.movements(day(1), day(2)).by(by.iter().copied()).run()?;
                let mut found: Vec<(Vec<String>, i128)> = Vec::new();
                for row in 0..movements.table().len() {
                    let cell = |name: &&str| movements.table().cell(row, name).to_string();
                    let Cell::Money { units, .. } = movements.table().cell(row, "closing_mrr") else { continue };
                    found.push((by.iter().map(cell).collect(), units));
                }
                found.sort();
                let mut expected: BTreeMap<Vec<String>, i128> = BTreeMap::new();
                for customer in 0..count {
                    let of = values(customer);
                    let position = |name: &&str| ["third", "half", "mod"].iter().position(|own| own == name);
                    let key = by.iter().filter_map(position).filter_map(|at| of.get(at).cloned()).collect();
                    *expected.entry(key).or_default() += i128::from(100 * (100 + customer));
                }
                assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{count} {by:?}");
            }
        }
        Ok(())
    }
}
