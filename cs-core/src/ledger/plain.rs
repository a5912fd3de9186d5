//! Lines of contracts as they stand: nothing paused, filled or seen before its time, a customer one who pays something.
//! Most books are of such lines by most definitions. They are walked straight over the columns of the book: each
//! contract is noted at the closes at which it is first seen and seen no more, and what is noted is taken in their order.
//!
//! Not plain are books of what was known on a day, with pauses, with notices where they end a customer's time, and whose
//! amounts together do not fit in 64 bits; definitions that tolerate gaps or count what is free; the lines of parents, and
//! those by product. Movements are not read off plain lines either where a switch of returns or of stays within a period
//! is not at its default, or where there are more closes than are numbered. All that is walked piece by piece.

use std::ops::Range;

use super::changes::Reading;
use super::collect::{Collected, PerGroup, TooManyRows};
use super::groups::ByGroup;
use super::movement::{MovementKind, Part, classify};
use super::price::Priced;
use super::slots::{ByDay, ByPeriod, MOST, Many, Marks, One, Slots};
use super::timeline::Balance;
use super::units::Units;
use crate::definitions::Sampling;
use crate::error::Error;
use crate::order::sort_by_key;
use crate::period::{Day, Periods};
use crate::watch::STRIDE_OF_PARTS;

/// Whether all plain lines are walked so. In the browser, where bytes are downloaded, only those are that the walk was
/// made for: movements by the closes of at most 62 periods, of books without products whose ARR is twelve times MRR. The
/// others go piece by piece.
const IS_WHOLE: bool = !cfg!(target_arch = "wasm32");

/// The bits of a slot.
const MASK: usize = MOST - 1;

/// The lines of all customers, where they are plain.
pub(crate) struct Plain<'u> {
    units: &'u Units<'u>,
}

/// The line of one customer: the columns of its contracts, in the order of their starts.
#[derive(Clone, Copy)]
pub(crate) struct PlainLine<'u> {
    pub(crate) start: &'u [Day],
    pub(crate) end: &'u [Day],
    pub(crate) mrr: &'u [i64],
    /// Nothing where the book has no products.
    products: &'u [u32],
    /// Nothing where ARR is twelve times MRR.
    arr: &'u [i128],
}

/// Who is told what moves.
pub(super) trait Visit {
    /// A change that is seen at a close, of a line of one product or several; it has no kind where nothing moved.
    fn moved(&mut self, slot: usize, kind: Option<MovementKind>, amount: u64, is_of_one_product: bool);

    /// How much of it is one of a product, if the line is of several and the customer pays before and after.
    fn part(&mut self, slot: usize, part: Part, amount: i64);

    /// By how much ARR changes, where that is not twelve times MRR.
    fn arr(&mut self, slot: usize, change: i128);
}

/// The closes by which movements are read.
pub(super) enum Closes {
    Days(ByDay),
    Periods(ByPeriod<One>),
    ManyPeriods(ByPeriod<Many>),
}

/// What is noted of a line; kept for its storage, in which nothing is left of the line before.
pub(super) struct Notes<M> {
    /// By how much MRR changes at each close.
    changes: Box<[i64; MOST]>,
    /// The closes at which something is noted.
    marks: M,
    /// Whether the customer pays both before a close and at it.
    pays_on: Box<[bool; MOST]>,
    /// The positions of contracts by their products.
    by_product: Vec<u32>,
}

impl<M: Marks> Default for Notes<M> {
    fn default() -> Self {
        let (changes, pays_on) = (Box::new([0; MOST]), Box::new([false; MOST]));
        Self { changes, marks: M::default(), pays_on, by_product: Vec::new() }
    }
}

impl<M: Marks> Notes<M> {
    /// Notes a contract at the closes at which it is first seen, and seen no more.
    #[inline]
    fn add(&mut self, first: usize, last: usize, mrr: i64) {
        // All contracts of a plain book together fit.
        let [of_first, of_last] = [first, last].map(|slot| slot & MASK);
        if let Some(change) = self.changes.get_mut(of_first) {
            *change = change.wrapping_add(mrr);
        }
        if let Some(change) = self.changes.get_mut(of_last) {
            *change = change.wrapping_sub(mrr);
        }
        self.marks.mark(first);
        self.marks.mark(last);
    }

    /// Forgets what is noted at a close.
    #[inline]
    fn forget(&mut self, slot: usize) {
        self.marks.unmark(slot);
        if let Some(change) = self.changes.get_mut(slot) {
            *change = 0;
        }
    }

    /// Takes all closes at which something is noted, in order, with the MRR before and at each.
    #[inline]
    fn take(&mut self, mut tell: impl FnMut(usize, i64, i64, &mut bool)) {
        let (mut before, mut nowhere) = (0_i64, false);
        while let Some(slot) = self.marks.take() {
            let change = self.changes.get_mut(slot & MASK).map(std::mem::take).unwrap_or_default();
            let after = before.wrapping_add(change);
            tell(slot, before, after, self.pays_on.get_mut(slot & MASK).unwrap_or(&mut nowhere));
            before = after;
        }
    }
}

impl<'u> Plain<'u> {
    /// The lines of units for movements, if they are plain.
    pub(super) fn for_movements(units: &'u Units<'u>) -> Option<Self> {
        let has_more = units.priced.book.product.is_some() || units.priced.arr.is_some();
        (units.are_plain() && (IS_WHOLE || !has_more)).then_some(Self { units })
    }

    /// The same for cohorts.
    pub(crate) fn for_cohorts(units: &'u Units<'u>) -> Option<Self> {
        (IS_WHOLE && units.are_plain()).then_some(Self { units })
    }

    /// The closes by which movements of some periods are read; none where the definitions ask for more than a plain line
    /// tells, or the closes are too many. All periods have closed: of what was known on a day no line is plain.
    pub(super) fn closes(&self, periods: Periods) -> Option<Closes> {
        let definitions = self.units.context.definitions;
        if !Reading::is_plain(definitions) {
            return None;
        }
        let calendar = definitions.calendar();
        match definitions.sampling {
            Sampling::PeriodEnd => {
                let many = || if IS_WHOLE { ByPeriod::of(calendar, periods).map(Closes::ManyPeriods) } else { None };
                ByPeriod::of(calendar, periods).map(Closes::Periods).or_else(many)
            }
            Sampling::Daily if IS_WHOLE => ByDay::of(periods).map(Closes::Days),
            Sampling::Daily => None,
        }
    }

    /// Collects something of every group from the lines of all customers with a contract.
    pub(crate) fn collect<T, L>(
        &self,
        empty: &(dyn Fn() -> T + Sync),
        look: impl Fn() -> L + Sync,
    ) -> Result<ByGroup<T>, Error>
    where
        T: Collected,
        L: FnMut(&mut T, PlainLine<'_>),
    {
        let groups = &self.units.groups;
        let too_many = |TooManyRows| Error::from(self.units.context.too_many_rows());
        self.units.in_parts(empty, |part, progress, of_groups: &mut PerGroup<'_, T>, _| {
            let mut look = look();
            for run in part.clone().step_by(STRIDE_OF_PARTS) {
                progress.report(run - part.start)?;
                let lines = self.lines(run..part.end.min(run + STRIDE_OF_PARTS));
                if let Some(group) = groups.only() {
                    let each = |of_group: &mut T| lines.for_each(|(_, line)| look(of_group, line));
                    of_groups.add(group, each).map_err(too_many)?;
                    continue;
                }
                for (customer, line) in lines {
                    let group = groups.group(customer as u32, || line.first_paying_day(), None);
                    of_groups.add(group, |of_group| look(of_group, line)).map_err(too_many)?;
                }
            }
            Ok(())
        })
    }

    /// The lines of some customers, each with the position of its customer; none of one without a contract.
    #[inline]
    fn lines(&self, customers: Range<usize>) -> impl Iterator<Item = (usize, PlainLine<'u>)> {
        let Priced { book, terms, mrr, arr, .. } = &self.units.priced;
        let from = book.contracts(customers.start).start;
        let products = book.product.as_ref().map(|products| products.codes()).unwrap_or_default();
        let mut rest = PlainLine {
            start: book.start.get(from..).unwrap_or_default(),
            end: book.end.get(from..).unwrap_or_default(),
            mrr: mrr.get(from..).unwrap_or_default(),
            products: products.get(from..).unwrap_or_default(),
            arr: arr.as_deref().unwrap_or_default().get(from..).unwrap_or_default(),
        };
        customers.filter_map(move |customer| {
            let contracts = book.contracts(customer);
            let line = rest.cut(contracts.len());
            contracts.into_iter().any(|contract| terms.is_known(contract)).then_some((customer, line))
        })
    }
}

impl<'u> PlainLine<'u> {
    /// Takes the line of the first so many contracts off those of all that follow.
    #[inline]
    fn cut(&mut self, contracts: usize) -> Self {
        fn cut<'c, T>(column: &mut &'c [T], contracts: usize) -> &'c [T] {
            // A column that the book does not have is empty.
            let (first, rest) = column.split_at_checked(contracts).unwrap_or_default();
            *column = rest;
            first
        }
        Self {
            start: cut(&mut self.start, contracts),
            end: cut(&mut self.end, contracts),
            mrr: cut(&mut self.mrr, contracts),
            products: cut(&mut self.products, contracts),
            arr: cut(&mut self.arr, contracts),
        }
    }
}

impl PlainLine<'_> {
    /// The first day on which the customer pays; none if it never does.
    #[inline]
    pub(crate) fn first_paying_day(&self) -> Option<Day> {
        self.start.iter().zip(self.mrr).find(|&(_, &mrr)| mrr > 0).map(|(&day, _)| day)
    }

    /// Tells what moves at each close.
    #[inline]
    pub(super) fn visit<S: Slots>(&self, slots: &S, notes: &mut Notes<S::Marks>, visit: &mut impl Visit) {
        let mut has_paid = false;
        for ((&start, &end), &mrr) in self.start.iter().zip(self.end).zip(self.mrr) {
            let first = slots.slot(start);
            // What starts and ends between two closes is never seen.
            if first == 0 {
                has_paid |= mrr > 0 && slots.is_seen_before(start, end);
            }
            notes.add(first, slots.slot(end), mrr);
        }
        notes.forget(slots.len() + 1);
        let is_of_one_product = self.is_of_one_product();
        notes.take(|slot, before, after, pays_on| {
            let kind = kind(before, after, has_paid);
            has_paid |= after > 0;
            *pays_on = (before > 0) & (after > 0);
            visit.moved(slot, kind, after.abs_diff(before), is_of_one_product);
        });
        if IS_WHOLE && !is_of_one_product {
            self.visit_products(slots, notes, visit);
        }
        if IS_WHOLE && !self.arr.is_empty() {
            self.visit_arr(slots, visit);
        }
    }

    #[inline]
    fn is_of_one_product(&self) -> bool {
        let first = self.products.first().copied().unwrap_or_default();
        self.products.iter().fold(0, |differing, product| differing | (product ^ first)) == 0
    }

    /// Tells how what moved splits by product, after all that moved was told.
    #[inline(never)]
    fn visit_products<S: Slots>(&self, slots: &S, notes: &mut Notes<S::Marks>, visit: &mut impl Visit) {
        let product = |position: u32| self.products.get(position as usize).copied();
        let mut positions = std::mem::take(&mut notes.by_product);
        positions.clear();
        positions.extend(0..self.products.len() as u32);
        sort_by_key(&mut positions, |&position| product(position).map_or(0, u64::from));
        for of_product in positions.chunk_by(|&a, &b| product(a) == product(b)) {
            for &position in of_product {
                let position = position as usize;
                let (Some(&start), Some(&end), Some(&mrr)) =
                    (self.start.get(position), self.end.get(position), self.mrr.get(position))
                else {
                    continue;
                };
                notes.add(slots.slot(start), slots.slot(end), mrr);
            }
            notes.forget(slots.len() + 1);
            notes.take(|slot, before, after, pays_on| {
                if *pays_on {
                    let (part, amount) = Part::of(before, after);
                    visit.part(slot, part, amount);
                }
            });
        }
        notes.by_product = positions;
    }

    #[inline(never)]
    fn visit_arr(&self, slots: &impl Slots, visit: &mut impl Visit) {
        for ((&start, &end), &yearly) in self.start.iter().zip(self.end).zip(self.arr) {
            visit.arr(slots.slot(start), yearly);
            visit.arr(slots.slot(end), -yearly);
        }
    }
}

/// What a change of MRR is, looked up: no branch that a processor would have to guess.
#[inline]
fn kind(before: i64, after: i64, has_paid: bool) -> Option<MovementKind> {
    let (more, less) = (after > before, after < before);
    let index =
        [before > 0, after > 0, more, less, has_paid].iter().rev().fold(0, |index, &bit| index << 1 | usize::from(bit));
    KINDS.get(index).copied().flatten()
}

/// The kinds of changes, by whether the customer pays before and after, pays more and less, and has paid.
const KINDS: [Option<MovementKind>; 1 << 5] = {
    let mut kinds = [None; 1 << 5];
    let mut index = 0;
    while let Some((kind, _)) = kinds.split_at_mut(index).1.split_first_mut() {
        let before = Balance { mrr: 1 + (index as i64 >> 3 & 1), pays: index & 1 != 0 };
        let after = Balance { mrr: 1 + (index as i64 >> 2 & 1), pays: index >> 1 & 1 != 0 };
        *kind = classify(before, after, index >> 4 != 0, false);
        index += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::Plain;
    use crate::definitions::{Definitions, Sampling};
    use crate::draws::Draws;
    use crate::error::Error;
    use crate::ledger::Units;
    use crate::period::{Day, Month, PeriodLength};
    use crate::portfolio::Portfolio;
    use crate::query::{Context, Level, OverPeriods, Query};
    use crate::table::Table;

    /// A book of a few customers: contracts that follow each other, stand beside each other, cost nothing, never end; in
    /// some books of several products, billed by the year, of kinds that do not count, revised or taken back.
    fn book(draws: &mut Draws) -> Result<Portfolio, Error> {
        let [with_products, by_year, with_kinds, revised] = [(); 4].map(|()| draws.below(2) == 0);
        let mut book = "contract_id,customer_id,start_date,end_date".to_owned();
        let columns = [
            (true, if by_year { ",amount,billing_period" } else { ",mrr" }),
            (with_products, ",product"),
            (with_kinds, ",kind"),
            (revised, ",recorded_on,withdrawn"),
        ];
        columns.iter().filter(|(is_given, _)| *is_given).for_each(|(_, column)| book.push_str(column));
        let mut customers = "customer_id,segment\n".to_owned();
        for customer in 0..1 + draws.below(4) {
            customers += &format!("k-{customer},s-{}\n", draws.below(2));
            let mut day = 14_000 + draws.below(700) as i32;
            for contract in 0..draws.below(7) {
                let start = day + [0, 0, 1, 20, 200, -30][draws.position(6)];
                day = start + 1 + [3, 20, 90, 400][draws.position(4)].min(draws.below(400) as i32);
                let end = if draws.below(12) == 0 { String::new() } else { Day(day).to_string() };
                let kind = ["subscription", "trial", "one_time"][draws.position(3)];
                let (product, is_revised) = (draws.below(3), revised && draws.below(3) == 0);
                for revision in 0..1 + usize::from(is_revised) {
                    let amount = [0, 12, 12, 24, 35][draws.position(5)];
                    let price = match (by_year, draws.below(3)) {
                        (false, _) => amount.to_string(),
                        (true, 0) => format!("{amount},year"),
                        (true, _) => format!("{amount},month"),
                    };
                    book += &format!("\nc-{customer}-{contract},k-{customer},{},{end},{price}", Day(start));
                    let recorded = ["", "2026-01-01"][revision];
                    let withdrawn = ["", "", "true"][revision * draws.position(3)];
                    let cells = [
                        (with_products, format!(",p-{product}")),
                        (with_kinds, format!(",{kind}")),
                        (revised, format!(",{recorded},{withdrawn}")),
                    ];
                    cells.iter().filter(|(is_given, _)| *is_given).for_each(|(_, cell)| book.push_str(cell));
                }
            }
        }
        Portfolio::from_csv(&book).customers(&customers).currency("USD").load()
    }

    fn is_plain(context: &Context<'_>) -> Result<bool, Error> {
        Ok(Plain::for_movements(&Units::of(context)?).is_some())
    }

    /// The rows of a result; those of customers are read off plain lines, those of parents off pieces.
    fn rows<R: OverPeriods + Into<Table>>(query: Query<'_, R>, level: Level) -> Result<String, Error> {
        let (result, is_plain) = query.level(level).run_with(is_plain)?;
        assert_eq!(is_plain, level == Level::Customer);
        Ok(Into::<Table>::into(result).to_csv())
    }

    #[test]
    fn lines_as_they_stand_move_as_those_of_pieces_do() -> Result<(), Error> {
        let mut draws = Draws::of(11);
        for turn in 0..600 {
            let portfolio = book(&mut draws)?;
            let definitions = Definitions {
                period: [PeriodLength::Month, PeriodLength::Quarter, PeriodLength::Year][turn % 3],
                sampling: [Sampling::Daily, Sampling::PeriodEnd][turn % 2],
                fiscal_year_start: Month::new(1 + draws.below(12) as u32).unwrap_or_default(),
                ..Definitions::default()
            };
            // Also before all contracts and after them, and about as many closes as can be numbered.
            let start = 13_000 + draws.below(4_000) as i32;
            let length =
                [1, 40, 400, 1_830 + draws.below(120) as i32, 4_060 + draws.below(80) as i32][draws.position(5)];
            let (start, end) = (Day(start).date(), Day(start + length).date());
            // Nobody has a parent: these are the same customers.
            for by in [[].as_slice(), &["cohort"], &["segment"]] {
                let movements = |level| {
                    rows(portfolio.movements(start, end).by(by.iter().copied()).definitions(&definitions), level)
                };
                assert_eq!(movements(Level::Customer)?, movements(Level::Parent)?, "{turn} {by:?}");
            }
            for by in [[].as_slice(), &["segment"]] {
                let cohorts =
                    |level| rows(portfolio.cohorts(end).by(by.iter().copied()).definitions(&definitions), level);
                assert_eq!(cohorts(Level::Customer)?, cohorts(Level::Parent)?, "{turn} {by:?}");
            }
        }
        Ok(())
    }
}
