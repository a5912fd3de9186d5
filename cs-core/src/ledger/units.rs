//! What movements are of: customers, their top parents, or the line of each for one product.

use super::changes::{Change, Reading, Storage};
use super::groups::Groups;
use super::line::{Piece, Rules};
use super::parents::Families;
use super::per_group::{TooManyRows, too_many_rows};
use super::price::Priced;
use super::terms::Terms;
use super::timeline::{Step, too_much};
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
            reading: Reading::of(context.definitions, context.known_on),
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
        for turn in 0..families.len() {
            report(context.watch, Stage::Ledger, turn, families.len())?;
            let (customer, members) = families.family(turn);
            let contracts = members.clone().flat_map(|member| priced.book.contracts(member as usize));
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
            for member in members {
                rules.append(priced, member as usize, &mut pieces);
            }
            sort_by_key(&mut pieces, |piece| u64::from(piece.start.key()));
            if let Some(contract) = too_much(&pieces, until) {
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

impl UnitLine<'_> {
    /// Visits every change, in the order of days, as the definitions read them.
    #[inline]
    pub(crate) fn changes(self, visit: impl FnMut(&Change<'_>)) {
        let Lines { priced, reading, until, .. } = self.units;
        reading.changes(priced, self.pieces, self.storage, *until, visit);
    }

    /// Visits every day on which the line changes, in order.
    #[inline]
    pub(crate) fn steps(self, mut visit: impl FnMut(&Step<'_>)) {
        let Lines { rules, until, .. } = self.units;
        let line = self.storage.timeline.line(self.pieces, None, rules.free_counts, *until);
        line.steps().for_each(|step| visit(&step));
    }

    /// The first day on which the unit pays; none if it never does.
    pub(crate) fn first_paying_day(&self) -> Option<Day> {
        first_paying_day(self.units, self.pieces)
    }
}

fn first_paying_day(lines: &Lines<'_>, pieces: &[Piece]) -> Option<Day> {
    let paying = pieces.iter().filter(|piece| lines.rules.pays(piece));
    paying.map(|piece| piece.start).min()
}

/// The names of the customers, or top parents, of which a contract is known.
pub(crate) fn covered(context: &Context<'_>) -> Result<Vec<String>, Error> {
    let (book, directory) = (&context.portfolio.book, &context.portfolio.directory);
    let families = Families::of(context, &directory.versions(context.known_on))?;
    let terms = Terms::of(context);
    let is_known = |member: u32| book.contracts(member as usize).any(|contract| terms.is_known(contract));
    let known =
        (0..families.len()).map(|family| families.family(family)).filter(|(_, members)| members.clone().any(is_known));
    Ok(known.map(|(customer, _)| directory.names.get(customer).to_owned()).collect())
}
