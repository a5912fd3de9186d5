//! What movements are of: customers, their top parents, or the line of each for one product.

use std::ops::Range;

use super::changes::{Change, Reading, Storage};
use super::collect::{Collected, Merge, OfAll, PerGroup, TooManyRows};
use super::groups::{ByGroup, GroupId, Groups};
use super::line::{Piece, Rules};
use super::parents::Families;
use super::price::Priced;
use super::terms::Terms;
#[cfg(feature = "rooms")]
use super::timeline::Balance;
use super::timeline::{Step, too_much};
use crate::error::Error;
use crate::faults::Faults;
#[cfg(feature = "rooms")]
use crate::order::by_key;
use crate::order::sort_by_key;
use crate::parts::joined;
use crate::period::Day;
use crate::query::{Context, Level};
use crate::text::TextPool;
use crate::watch::{Progress, Stage, Stopped};

/// All units of a book.
pub(crate) struct Units<'a> {
    pub(super) context: &'a Context<'a>,
    pub(crate) priced: Priced<'a>,
    pub(super) groups: Groups<'a>,
    families: Families,
    rules: Rules<'a>,
}

/// One unit, with its line.
pub(crate) struct UnitLine<'u> {
    /// The position of the customer or the top parent.
    pub(crate) customer: u32,
    /// The group that it is in.
    pub(crate) group: GroupId,
    walk: &'u Walk<'u>,
    pieces: &'u [Piece],
    storage: &'u mut Storage,
}

/// How long a unit stays.
#[cfg(feature = "rooms")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    /// The first day on which it pays.
    pub(crate) first: Day,
    /// The first day after that on which it does not.
    pub(crate) left: Option<Day>,
    /// The first day of its last run of paying.
    pub(crate) since: Day,
    /// What it pays at the last close that is looked at.
    pub(crate) mrr: i64,
}

#[cfg(feature = "rooms")]
impl Stay {
    /// The days of the stay, up to the close of a day that is looked at last, and whether it has ended by then.
    pub(crate) fn days(&self, day: Day) -> (u32, bool) {
        let days = self.left.unwrap_or(day).days_after(self.first);
        // No day of a line lies before its first.
        (u32::try_from(days).unwrap_or_default(), self.left.is_some())
    }
}

/// The way through units, as a reading sees their lines.
struct Walk<'u> {
    units: &'u Units<'u>,
    reading: Reading,
    /// The first day that is not looked at any more.
    until: Day,
}

/// Something of some customers, with the position of each.
#[cfg(feature = "rooms")]
struct Found<T>(Vec<(u32, T)>);

#[cfg(feature = "rooms")]
impl<T> Default for Found<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(feature = "rooms")]
impl<T: Send> Merge for Found<T> {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// No thread is worth its while for fewer families.
const LEAST: usize = if cfg!(test) { 1 } else { 1 << 11 };

impl<'a> Units<'a> {
    /// The units of a context; groups have other names than the columns of the result.
    pub(crate) fn of(context: &'a Context<'a>) -> Result<Self, Error> {
        let portfolio = context.portfolio;
        // Who asks for nothing of the customers' table has no need of its rows.
        let asks = context.level == Level::Parent || !context.by.is_empty();
        let versions = if asks { portfolio.directory.versions(context.known_on) } else { Vec::new() };
        let groups = Groups::of(context, &versions)?;
        let families = Families::of(context, &versions)?;
        Ok(Self {
            context,
            priced: Priced::of(context)?,
            groups,
            families,
            rules: Rules::of(context.definitions, &portfolio.pauses, context.known_on),
        })
    }

    /// Collects something of every group, from all units of which a contract is known, with their lines up to a day,
    /// exclusive. `look` is made for every part of the units: it visits each, with what is collected of its part.
    pub(crate) fn collect<T, L>(
        &self,
        until: Day,
        empty: &(dyn Fn() -> T + Sync),
        look: impl Fn() -> L + Sync,
    ) -> Result<ByGroup<T>, Error>
    where
        T: Collected,
        L: FnMut(&mut PerGroup<'_, T>, UnitLine<'_>) -> Result<(), TooManyRows>,
    {
        let walk = Walk { units: self, reading: Reading::of(self.context, until), until };
        self.in_parts(empty, |part, progress, of_groups, faults| {
            let mut look = look();
            walk.each(part, progress, faults, &mut |unit| look(of_groups, unit))
        })
    }

    /// Collects something of all units together, where nothing groups them.
    pub(crate) fn collect_all<T, L>(&self, until: Day, look: impl Fn() -> L + Sync) -> Result<T, Error>
    where
        T: Merge + Default,
        L: FnMut(&mut T, UnitLine<'_>),
    {
        let found = self.collect(until, &OfAll::<T>::default, || {
            let mut look = look();
            move |of_all: &mut PerGroup<'_, OfAll<T>>, unit: UnitLine<'_>| {
                of_all.add(unit.group, |OfAll(all)| look(all, unit))
            }
        })?;
        Ok(found.groups.into_iter().map(|(_, OfAll(all))| all).next().unwrap_or_default())
    }

    /// Something of every customer of whom there is something, with its position among all, in the order of their names; refused where these are
    /// more than a result may have rows.
    #[cfg(feature = "rooms")]
    pub(crate) fn of_customers<T: Send>(
        &self,
        until: Day,
        look: impl Fn(UnitLine<'_>) -> Option<T> + Sync,
    ) -> Result<Vec<(u32, T)>, Error> {
        let Found(found) = self.collect_all(until, || {
            |all: &mut Found<T>, unit: UnitLine<'_>| {
                let customer = unit.customer;
                all.0.extend(look(unit).map(|of_customer| (customer, of_customer)));
            }
        })?;
        self.context.ensure_room(found.len())?;
        let ranks = self.context.portfolio.directory.names.ranks();
        let rank = |&(customer, _): &(u32, T)| ranks.get(customer as usize).map_or(0, |&rank| rank.into());
        let order = by_key(found.len(), |place| found.get(place).map_or(0, rank));
        let mut found: Vec<Option<(u32, T)>> = found.into_iter().map(Some).collect();
        Ok(order.into_iter().filter_map(|place| found.get_mut(place as usize)?.take()).collect())
    }

    /// Collects something of every group by a walk through every part of the families.
    pub(super) fn in_parts<'e, T: Collected>(
        &self,
        empty: &'e (dyn Fn() -> T + Sync),
        walk: impl Fn(Range<usize>, &Progress<'_>, &mut PerGroup<'e, T>, &mut Faults) -> Result<(), Error> + Sync,
    ) -> Result<ByGroup<T>, Error> {
        let progress = Progress::of(self.context.watch, Stage::Ledger, self.families.len());
        let collect = |part| {
            let (mut of_groups, mut faults) = (PerGroup::of(self.context, empty), self.priced.faults());
            let walked = walk(part, &progress, &mut of_groups, &mut faults);
            walked.map_err(|error| progress.stop(error)).map(|()| (of_groups, faults))
        };
        let join = |whole: Result<_, Stopped>, part: Result<_, Stopped>| {
            let ((mut of_groups, mut faults), (others, their_faults)): ((PerGroup<'_, T>, Faults), _) = (whole?, part?);
            faults.merge(their_faults);
            let merged = of_groups.merge(others);
            merged.map_err(|TooManyRows| progress.stop(self.context.too_many_rows().into()))?;
            Ok((of_groups, faults))
        };
        let whole = joined(self.families.len(), LEAST, collect, join);
        let (of_groups, faults) = whole.map_err(|Stopped| progress.why())?;
        faults.into_result()?;
        Ok(of_groups.sorted(&self.groups))
    }

    /// Whether each customer's line is that of its contracts as they stand.
    pub(super) fn are_plain(&self) -> bool {
        let Self { priced, groups, families, rules, .. } = self;
        // A contract starts once and ends once.
        let is_countable = u32::try_from(priced.book.len()).is_ok_and(|contracts| contracts <= u32::MAX / 2);
        is_countable
            && priced.adds_up
            && priced.terms.end_as_booked()
            && rules.are_plain()
            && !groups.by_product
            && families.are_single()
    }

    fn first_paying_day(&self, pieces: &[Piece]) -> Option<Day> {
        let paying = pieces.iter().filter(|piece| self.rules.pays(piece));
        paying.map(|piece| piece.start).min()
    }
}

impl Walk<'_> {
    /// Visits every unit of some families.
    fn each(
        &self,
        part: Range<usize>,
        progress: &Progress<'_>,
        faults: &mut Faults,
        visit: &mut dyn FnMut(UnitLine<'_>) -> Result<(), TooManyRows>,
    ) -> Result<(), Error> {
        let Units { context, priced, groups, families, rules } = self.units;
        let mut storage = Storage::default();
        let (mut pieces, mut products) = (Vec::new(), Vec::new());
        for (turn, family) in part.enumerate() {
            progress.report(turn)?;
            let (customer, members) = families.family(family);
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
            if let Some(contract) = too_much(&pieces, self.until) {
                priced.too_much(contract, faults);
                continue;
            }
            let mut unit = |pieces: &[Piece], product| {
                let group = groups.group(customer, || self.units.first_paying_day(pieces), product);
                visit(UnitLine { customer, group, walk: self, pieces, storage: &mut storage })
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
            done.map_err(|TooManyRows| context.too_many_rows())?;
        }
        Ok(())
    }
}

impl Units<'_> {
    /// By what contracts and customers are read.
    #[cfg(feature = "rooms")]
    pub(crate) fn definitions(&self) -> &crate::definitions::Definitions {
        self.context.definitions
    }

    /// Whether a contract at no charge makes its customer one that is counted.
    pub(super) fn free_counts(&self) -> bool {
        self.rules.free_counts
    }
}

impl UnitLine<'_> {
    /// Visits every change, in the order of days, as the definitions read them.
    #[inline]
    pub(crate) fn changes(self, visit: impl FnMut(&Change<'_>)) {
        let Walk { units, reading, until } = self.walk;
        reading.changes(&units.priced, self.pieces, self.storage, *until, visit);
    }

    /// Visits every day on which the line changes, in order.
    #[inline]
    pub(crate) fn steps(self, mut visit: impl FnMut(&Step<'_>)) {
        let Walk { units, until, .. } = self.walk;
        let steps = self.storage.timeline.steps(self.pieces, None, units.rules.free_counts, *until);
        steps.for_each(|step| visit(&step));
    }

    /// How long the unit stays, as far as its line is looked at; none of one that never pays.
    #[cfg(feature = "rooms")]
    pub(crate) fn stay(self) -> Option<Stay> {
        let (mut stay, mut pays): (Option<Stay>, bool) = (None, false);
        self.steps(|step| {
            let (day, after) = (step.day(), step.moved().after);
            match &mut stay {
                None if after.pays => stay = Some(Stay { first: day, left: None, since: day, mrr: after.mrr }),
                None => {}
                Some(stay) => {
                    stay.mrr = after.mrr;
                    stay.left = stay.left.or((!after.pays).then_some(day));
                    stay.since = if after.pays && !pays { day } else { stay.since };
                }
            }
            pays = after.pays;
        });
        stay
    }

    /// What the unit pays at the close of a day; `firm` leaves out what a gap carries that may still close.
    #[cfg(feature = "rooms")]
    pub(crate) fn balance(&self, day: Day, firm: bool) -> Balance {
        let (mut mrr, mut is_there) = (0, false);
        for (_, amount) in self.contracts(day, firm) {
            // What all pieces carry on any day fits.
            mrr += amount;
            is_there = true;
        }
        Balance { mrr, pays: if self.walk.units.rules.free_counts { is_there } else { mrr > 0 } }
    }

    /// The contracts that the line has at the close of a day, each with what it carries; `firm` leaves out the same.
    #[cfg(feature = "rooms")]
    pub(crate) fn contracts(&self, day: Day, firm: bool) -> impl Iterator<Item = (u32, i64)> {
        let there = self.pieces.iter().filter(move |piece| piece.start <= day && day < piece.end);
        let there = there.filter(move |piece| !firm || !piece.carries.is_provisional());
        there.map(|piece| (piece.contract, piece.amount))
    }

    /// Whether a contract at no charge is in force at the close of a day, and not only because it is paused.
    #[cfg(feature = "rooms")]
    pub(crate) fn is_free(&self, day: Day) -> bool {
        let mut there = self.pieces.iter().filter(|piece| piece.start <= day && day < piece.end);
        there.any(|piece| piece.amount == 0 && !piece.carries.is_nothing())
    }

    /// The first day on which the unit pays; none if it never does.
    pub(crate) fn first_paying_day(&self) -> Option<Day> {
        self.walk.units.first_paying_day(self.pieces)
    }
}

/// The names of the customers, or top parents, of which a contract is known.
pub(crate) fn covered(context: &Context<'_>) -> Result<TextPool, Error> {
    let (book, directory) = (&context.portfolio.book, &context.portfolio.directory);
    let versions = if context.level == Level::Parent { directory.versions(context.known_on) } else { Vec::new() };
    let (families, terms) = (Families::of(context, &versions)?, Terms::of(context));
    let is_known = |member: u32| book.contracts(member as usize).any(|contract| terms.is_known(contract));
    let known =
        (0..families.len()).map(|family| families.family(family)).filter(|(_, members)| members.clone().any(is_known));
    let mut names = TextPool::default();
    for (customer, _) in known {
        names.push(directory.names.get(customer));
    }
    Ok(names)
}
