//! What movements are of: customers, their top parents, or the line of each for one product.

use super::changes::{Change, Reading};
use super::groups::Groups;
use super::line::{Piece, Rules};
use super::parents::Families;
use super::per_group::{TooManyRows, too_many_rows};
use super::price::Priced;
use super::products::Products;
use super::terms::Terms;
use super::timeline::{Step, Timeline};
use crate::error::Error;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::query::Context;
use crate::table::ColumnDoc;
use crate::watch::{Stage, report};

/// All units of a book, each in a group.
pub(crate) struct Units<'a> {
    context: &'a Context<'a>,
    pub(crate) priced: Priced<'a>,
    pub(crate) groups: Groups<'a>,
    families: Families,
    rules: Rules<'a>,
    reading: Reading,
}

/// One unit, with its line.
pub(crate) struct UnitLine<'u> {
    /// The position of the customer or the top parent.
    pub(crate) customer: u32,
    /// The position of the group among those found.
    pub(crate) group: usize,
    units: &'u Lines<'u>,
    pieces: &'u [Piece],
    storage: &'u mut Storage,
}

/// How lines are looked at.
struct Lines<'u> {
    priced: &'u Priced<'u>,
    rules: &'u Rules<'u>,
    reading: &'u Reading,
    /// The first day that is not looked at any more.
    until: Day,
}

/// What is used again for every unit.
#[derive(Default)]
struct Storage {
    timeline: Timeline,
    products: Products,
}

impl<'a> Units<'a> {
    /// The units of a context; groups have other names than the columns of the result.
    pub(crate) fn of(context: &'a Context<'a>, columns: &[ColumnDoc]) -> Result<Self, Error> {
        let portfolio = context.portfolio;
        let versions = portfolio.directory.versions(context.known_on);
        let groups = Groups::of(context, &versions, columns)?;
        let families = Families::of(context, &versions)?;
        Ok(Self {
            context,
            priced: Priced::of(context)?,
            groups,
            families,
            rules: Rules::of(context.definitions, &portfolio.pauses, context.known_on),
            reading: Reading::of(context.definitions),
        })
    }

    /// Visits every unit of which a contract is known, with its line up to a day, exclusive.
    pub(crate) fn each(
        &mut self,
        until: Day,
        visit: &mut dyn FnMut(UnitLine<'_>) -> Result<(), TooManyRows>,
    ) -> Result<(), Error> {
        let Self { context, priced, groups, families, rules, reading } = self;
        let lines = Lines { priced, rules, reading, until };
        let mut storage = Storage::default();
        let (mut pieces, mut products) = (Vec::new(), Vec::new());
        let mut faults = priced.faults();
        for (turn, (customer, members)) in families.iter().enumerate() {
            report(context.watch, Stage::Ledger, turn, families.len())?;
            let contracts = members.iter().flat_map(|&member| priced.book.contracts(member as usize));
            let mut known = contracts.filter(|&contract| priced.terms.is_known(contract)).peekable();
            if known.peek().is_none() {
                continue;
            }
            products.clear();
            if groups.by_product {
                products.extend(known.map(|contract| priced.product(contract as u32)));
                sort_by_key(&mut products, |&product| product as u64);
                products.dedup();
            }
            pieces.clear();
            for &member in members {
                rules.append(priced, member as usize, &mut pieces);
            }
            if let Some(contract) = lines.too_much(&pieces, &mut storage) {
                priced.too_much(contract, &mut faults);
                continue;
            }
            let mut unit = |pieces: &[Piece], product| {
                let first = || first_paying_day(&lines, pieces);
                let group = groups.group(customer, first, product);
                visit(UnitLine { customer, group, units: &lines, pieces, storage: &mut storage })
            };
            let done = if products.is_empty() {
                unit(&pieces, None)
            } else {
                sort_by_key(&mut pieces, |piece| priced.product(piece.contract) as u64);
                products.iter().try_for_each(|&product| {
                    let from = pieces.partition_point(|piece| priced.product(piece.contract) < product);
                    let to = pieces.partition_point(|piece| priced.product(piece.contract) <= product);
                    unit(pieces.get(from..to).unwrap_or_default(), Some(product))
                })
            };
            done.map_err(|TooManyRows| too_many_rows(context))?;
        }
        faults.into_result()
    }
}

impl Lines<'_> {
    /// The contract with which the MRR of a day does not fit, whichever days and products of the line are looked at.
    fn too_much(&self, pieces: &[Piece], storage: &mut Storage) -> Option<usize> {
        let amounts = pieces.iter().map(|piece| i128::from(self.priced.amount(piece.contract, piece.carries)));
        // What fits all at once fits on every day.
        if amounts.sum::<i128>() <= i128::from(i64::MAX) {
            return None;
        }
        storage.timeline.open(self.priced, pieces, |day| day);
        storage.timeline.too_much(self.until)
    }
}

impl UnitLine<'_> {
    /// Visits every change, in the order of days, as the definitions read them.
    #[inline]
    pub(crate) fn changes(self, visit: impl FnMut(&Change<'_>)) {
        let Lines { priced, reading, until, .. } = self.units;
        let Storage { timeline, products } = self.storage;
        timeline.open(priced, self.pieces, |day| reading.seen(day));
        reading.changes(priced, timeline, products, *until, visit);
    }

    /// Visits every day on which the line changes, in order.
    #[inline]
    pub(crate) fn steps(self, mut visit: impl FnMut(&Step<'_>)) {
        let Lines { priced, rules, until, .. } = self.units;
        self.storage.timeline.open(priced, self.pieces, |day| day);
        let mut sweep = self.storage.timeline.sweep(rules.free_counts);
        while let Some(step) = sweep.next(*until) {
            visit(&step);
        }
    }

    /// The first day on which the unit pays; none if it never does.
    pub(crate) fn first_paying_day(&self) -> Option<Day> {
        first_paying_day(self.units, self.pieces)
    }
}

fn first_paying_day(lines: &Lines<'_>, pieces: &[Piece]) -> Option<Day> {
    let paying = pieces.iter().filter(|piece| lines.rules.pays(lines.priced, piece));
    paying.map(|piece| piece.start).min()
}

/// The names of the customers, or top parents, of which a contract is known.
pub(crate) fn covered(context: &Context<'_>) -> Result<Vec<String>, Error> {
    let (book, directory) = (&context.portfolio.book, &context.portfolio.directory);
    let families = Families::of(context, &directory.versions(context.known_on))?;
    let terms = Terms::of(context);
    let is_known = |member: &u32| book.contracts(*member as usize).any(|contract| terms.is_known(contract));
    let known = families.iter().filter(|(_, members)| members.iter().any(is_known));
    Ok(known.map(|(customer, _)| directory.names.get(customer).to_owned()).collect())
}
