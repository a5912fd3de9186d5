//! What is measured of the customers who pay at the close of a day, from what was known then.

use std::ops::Range;

use super::aggregate::{Picked, aggregate};
use super::measure::{Aggregate, Condition, Is, OfFacts, OfLine, Source, Value, Window};
use super::sources::{Derived, FactTable, LEFT_ON, Nature};
use crate::error::Error;
use crate::float;
use crate::ledger::{Closes, Paid, Units};
use crate::order::sort_by_key;
use crate::parts::joined;
use crate::period::Day;
use crate::portfolio::{KnownColumn, KnownFacts};
use crate::query::Context;
use crate::table::{Nullable, Texts, Values};
use crate::text::ABSENT;

/// The customers who pay at the close of a day, in the order of their names.
pub(super) struct Base {
    pub(super) day: Day,
    /// Their positions among all.
    pub(super) customers: Vec<u32>,
    pub(super) mrr: Vec<i64>,
    /// Decimals of the amounts.
    pub(super) digits: u8,
    /// The place of each customer of the book among these; [`ABSENT`] for none.
    places: Vec<u32>,
    /// The position of each of them in `paid`.
    lines: Vec<usize>,
    closes: Closes,
    paid: Paid,
}

/// A value of each customer of a base.
pub(super) struct Measured {
    /// Not a number where there is none.
    numbers: Vec<f64>,
    /// The day that each rests on; [`Day::NEVER`] for none.
    days: Vec<Day>,
}

/// The column that most tables of facts begin with.
const CUSTOMER_ID: &str = "customer_id";

/// Fewer customers are not worth a thread.
const LEAST: usize = if cfg!(test) { 1 } else { 1 << 10 };

impl Measured {
    fn nothing(count: usize) -> Self {
        Self { numbers: vec![f64::NAN; count], days: vec![Day::NEVER; count] }
    }

    fn push(&mut self, value: Option<f64>, day: Option<Day>) {
        self.numbers.push(value.unwrap_or(f64::NAN));
        self.days.push(day.filter(|_| value.is_some()).unwrap_or(Day::NEVER));
    }

    /// The value of the customer at a place, and the day that it rests on.
    pub(super) fn get(&self, place: usize) -> (Option<f64>, Option<Day>) {
        let number = self.numbers.get(place).copied().filter(|number| !number.is_nan());
        (number, self.days.get(place).copied().filter(|&day| day != Day::NEVER))
    }
}

impl Base {
    /// The base of a context that looks from a day, with all that the values of lines need.
    pub(super) fn of<'v>(
        context: &Context<'_>,
        day: Day,
        values: impl Iterator<Item = &'v Value> + Clone,
    ) -> Result<Self, Error> {
        let windows = values.flat_map(Value::sources).filter_map(|source| match source {
            Source::Line(OfLine::Growth(window)) => Some(window.ends(day)),
            _ => None,
        });
        let closes = Closes::of(windows.flatten().chain([day]));
        let units = Units::of(context)?;
        let paid = Paid::at(&closes, &units)?;
        let close = closes.position(day);
        let now = |line: usize| paid.balances(line, &closes).get(close).copied().unwrap_or_default();
        let names = &context.portfolio.directory.names;
        let ranks = names.ranks();
        let mut lines: Vec<usize> = (0..paid.customers.len()).filter(|&line| now(line).pays).collect();
        let customer = |line: usize| paid.customers.get(line).copied().unwrap_or(ABSENT);
        sort_by_key(&mut lines, |&line| ranks.get(customer(line) as usize).map_or(0, |&rank| u64::from(rank)));
        let customers: Vec<u32> = lines.iter().map(|&line| customer(line)).collect();
        let mut places = vec![ABSENT; names.len()];
        for (&customer, place) in customers.iter().zip(0..) {
            if let Some(slot) = places.get_mut(customer as usize) {
                *slot = place;
            }
        }
        let mrr = lines.iter().map(|&line| now(line).mrr).collect();
        Ok(Self { day, customers, mrr, digits: units.priced.digits, places, lines, closes, paid })
    }

    pub(super) fn len(&self) -> usize {
        self.customers.len()
    }

    /// The place of a customer, by its position among all; none if it does not pay.
    pub(super) fn place(&self, customer: u32) -> Option<usize> {
        let place = self.places.get(customer as usize).copied().filter(|&place| place != ABSENT);
        place.map(|place| place as usize)
    }

    /// Measures a value of every customer.
    pub(super) fn measure(&self, context: &Context<'_>, value: &Value) -> Result<Measured, Error> {
        match value {
            Value::Of(source) => self.source(context, source),
            Value::Ratio { of, to } => {
                let (of, to) = (self.source(context, of)?, self.source(context, to)?);
                let mut ratios =
                    Measured { numbers: Vec::with_capacity(self.len()), days: Vec::with_capacity(self.len()) };
                for place in 0..self.len() {
                    let ((of, of_day), (to, to_day)) = (of.get(place), to.get(place));
                    let ratio = of.zip(to).filter(|&(_, to)| to != 0.0).map(|(of, to)| of / to);
                    let day = [of_day, to_day].into_iter().flatten().min();
                    ratios.push(ratio.filter(|ratio| ratio.is_finite()), day);
                }
                Ok(ratios)
            }
        }
    }

    fn source(&self, context: &Context<'_>, source: &Source) -> Result<Measured, Error> {
        match source {
            Source::Line(of) => Ok(self.line(*of)),
            Source::Facts(of) => {
                let facts = context.portfolio.facts(&of.table.spec, context.watch)?;
                let rows = facts.as_deref().map(|facts| Rows::of(of, KnownFacts::of(facts, self.day), self));
                Ok(rows.flatten().map_or_else(|| Measured::nothing(self.len()), |rows| rows.measure(self)))
            }
        }
    }

    fn line(&self, of: OfLine) -> Measured {
        let mut measured = Measured { numbers: Vec::with_capacity(self.len()), days: Vec::with_capacity(self.len()) };
        for &line in &self.lines {
            match of {
                OfLine::DaysSince => {
                    let first = self.paid.first.get(line).copied().filter(|&first| first <= self.day);
                    measured.push(first.map(|first| self.day.days_after(first) as f64), Some(self.day));
                }
                OfLine::Growth(window) => {
                    let balances = self.paid.balances(line, &self.closes);
                    let mrr =
                        |day| balances.get(self.closes.position(day)).map_or(0, |balance| i128::from(balance.mrr));
                    let [before, after] = window.ends(self.day);
                    measured.push(float::quotient(mrr(after) - mrr(before), mrr(before)), Some(after));
                }
            }
        }
        measured
    }
}

impl Window {
    /// The last day of the window that a score of a day looks at.
    fn end(self, day: Day) -> Day {
        day.days_before(self.lag)
    }

    /// The day before the window, and its last one; without a first day the same day twice.
    fn ends(self, day: Day) -> [Day; 2] {
        let end = self.end(day);
        [self.days.map_or(end, |days| end.days_before(days)), end]
    }

    fn holds(self, score: Day, day: Day) -> bool {
        let end = self.end(score);
        day <= end && self.days.is_none_or(|days| day > end.days_before(days))
    }
}

/// The rows of a table that a value is measured from.
struct Rows<'a> {
    of: &'a OfFacts,
    facts: KnownFacts<'a>,
    day: Option<KnownColumn<'a, Nullable<Day>>>,
    left_on: Option<KnownColumn<'a, Nullable<Day>>>,
    filters: Vec<Filter<'a>>,
    wanted: Wanted<'a>,
    /// What it is where no row counts.
    nothing: Option<f64>,
    /// The one text that the column behind the customer has, by its position among all: its rows stand together.
    only: Option<(KnownColumn<'a, Texts>, Vec<u32>, u32)>,
    /// Whether rows, those of the one text or all of a customer, are in the order of their days.
    is_by_day: bool,
}

/// What a row must be to count.
enum Filter<'a> {
    Texts(KnownColumn<'a, Texts>, Vec<bool>),
    Flag(KnownColumn<'a, Nullable<bool>>, bool),
    Absent(KnownColumn<'a, Values>),
    /// No row is.
    Never,
}

/// What is asked of a row.
enum Wanted<'a> {
    /// Nothing: it counts.
    Row,
    Number(KnownColumn<'a, Nullable<f64>>),
    Count(KnownColumn<'a, Nullable<u64>>),
    Day(KnownColumn<'a, Nullable<Day>>),
    Text(KnownColumn<'a, Texts>),
    Presence(KnownColumn<'a, Values>),
    Progress([KnownColumn<'a, Nullable<f64>>; 3]),
    Days {
        from: KnownColumn<'a, Nullable<Day>>,
        to: KnownColumn<'a, Nullable<Day>>,
    },
    /// No row has it.
    Nothing,
}

impl<'a> Rows<'a> {
    /// The rows that a value is of; none where the table says nothing.
    fn of(of: &'a OfFacts, facts: KnownFacts<'a>, base: &Base) -> Option<Self> {
        let table = of.table;
        let is_kept = match table.nature {
            Nature::Observations => true,
            Nature::Events => facts.is_kept_by(of.window.end(base.day)),
            Nature::States => (0..facts.rows()).any(|row| facts.knows(row)),
        };
        let is_zero = match table.nature {
            Nature::Observations => false,
            Nature::Events => true,
            // Nothing adds up to a sum.
            Nature::States => of.aggregate != Aggregate::Sum,
        };
        let only = only(of, &facts);
        is_kept.then(|| Self {
            of,
            facts,
            day: facts.days(table.day),
            left_on: facts.days(LEFT_ON),
            filters: of.conditions.iter().filter_map(|condition| Filter::of(condition, &facts)).collect(),
            wanted: Wanted::of(of, &facts),
            nothing: is_zero.then_some(0.0),
            is_by_day: is_by_day(table, only.is_some()),
            only,
        })
    }

    /// The value of every customer of a base.
    fn measure(&self, base: &Base) -> Measured {
        let in_part = |part: Range<usize>| {
            let mut measured =
                Measured { numbers: Vec::with_capacity(part.len()), days: Vec::with_capacity(part.len()) };
            let mut picked = Vec::new();
            for &customer in base.customers.get(part).unwrap_or_default() {
                let (value, day) =
                    self.value(base.day, self.narrowed(self.facts.places(customer), base.day), &mut picked);
                measured.push(value, day);
            }
            measured
        };
        joined(base.len(), LEAST, in_part, |mut all, more| {
            all.numbers.extend(more.numbers);
            all.days.extend(more.days);
            all
        })
    }

    /// Of the places of a customer's rows those that can count, as far as their order tells.
    fn narrowed(&self, places: Range<usize>, on: Day) -> Range<usize> {
        let mut places = places;
        if let Some((column, ranks, wanted)) = &self.only {
            let rank = |place: usize| {
                column.code(self.facts.row(place)).and_then(|code| ranks.get(code as usize)).copied().unwrap_or(ABSENT)
            };
            places = from_to(places, |place| rank(place) < *wanted, |place| rank(place) <= *wanted);
        }
        match &self.day {
            Some(days) if self.is_by_day => {
                let day = |place: usize| days.get(self.facts.row(place)).unwrap_or(Day::NEVER);
                let [before, end] = self.of.window.ends(on);
                let before = self.of.window.days.map(|_| before);
                from_to(places, |place| before.is_some_and(|before| day(place) <= before), |place| day(place) <= end)
            }
            _ => places,
        }
    }

    /// The value of one customer, and the day that it rests on.
    fn value(&self, on: Day, places: Range<usize>, picked: &mut Vec<Picked>) -> (Option<f64>, Option<Day>) {
        picked.clear();
        let (mut rows, mut latest, mut latest_picked) = (0, None, None);
        for row in places.map(|place| self.facts.row(place)) {
            let day = self.day.as_ref().and_then(|days| days.get(row));
            if !self.counts(row, day, on) {
                continue;
            }
            rows += 1;
            latest = latest.max(day);
            if let Some(value) = self.wanted.get(row) {
                latest_picked = latest_picked.max(day);
                picked.push(Picked { day, recorded: self.facts.recorded(row).or(day), value });
            }
        }
        let value = aggregate(self.of.aggregate, picked, rows, self.nothing, [on, self.of.window.end(on)]);
        let is_of_all = matches!(self.of.aggregate, Aggregate::Count | Aggregate::Share);
        (value, if is_of_all { latest } else { latest_picked })
    }

    /// Whether a row counts.
    fn counts(&self, row: usize, day: Option<Day>, on: Day) -> bool {
        let is_there = match self.of.table.nature {
            Nature::Observations | Nature::Events => day.is_some_and(|day| self.of.window.holds(on, day)),
            Nature::States => self.left_on.as_ref().is_none_or(|left| left.get(row).is_none()),
        };
        is_there && self.facts.knows(row) && self.filters.iter().all(|filter| filter.takes(row))
    }
}

impl OfFacts {
    /// Whether any row of a customer fits, whatever its day.
    pub(super) fn any_row(&self, facts: &KnownFacts<'_>) -> bool {
        let filters: Vec<Filter<'_>> =
            self.conditions.iter().filter_map(|condition| Filter::of(condition, facts)).collect();
        (0..facts.rows()).any(|row| filters.iter().all(|filter| filter.takes(row)))
    }
}

/// Whether a table's rows of a customer, or those with one text in the column behind it, are in the order of their days.
fn is_by_day(table: &FactTable, has_text: bool) -> bool {
    let name = |position: usize| table.spec.columns.get(position).map(|column| column.name);
    table.nature != Nature::States
        && name(0) == Some(CUSTOMER_ID)
        && name(if has_text { 2 } else { 1 }) == Some(table.day)
}

/// The text that a value asks the column behind the customer for, if it is one: with where each text of the column stands
/// in the order of rows.
fn only<'a>(of: &OfFacts, facts: &KnownFacts<'a>) -> Option<(KnownColumn<'a, Texts>, Vec<u32>, u32)> {
    let second = of.table.spec.columns.get(1)?;
    let condition = of.conditions.iter().find(|condition| condition.column == second.name)?;
    let Is::OneOf(texts) = &condition.is else { return None };
    let [text] = texts.as_slice() else { return None };
    let column = facts.texts(second.name)?;
    let code = column.positions(|known| known == text).iter().position(|&is_it| is_it)?;
    let ranks = column.ranks();
    let rank = ranks.get(code).copied()?;
    Some((column, ranks, rank))
}

impl<'a> Filter<'a> {
    /// A condition on the columns that were given; none if every row fits.
    fn of(condition: &Condition<&'static str>, facts: &KnownFacts<'a>) -> Option<Self> {
        let name = condition.column;
        match &condition.is {
            Is::OneOf(texts) => Some(facts.texts(name).map_or(Self::Never, |column| {
                let known = column.positions(|text| texts.iter().any(|one| one == text));
                Self::Texts(column, known)
            })),
            Is::Flag(flag) => Some(facts.flags(name).map_or(Self::Never, |column| Self::Flag(column, *flag))),
            Is::Absent => facts.cells(name).map(Self::Absent),
        }
    }

    #[inline]
    fn takes(&self, row: usize) -> bool {
        match self {
            Self::Texts(column, known) => {
                column.code(row).and_then(|code| known.get(code as usize)).copied().unwrap_or_default()
            }
            Self::Flag(column, flag) => column.get(row) == Some(*flag),
            Self::Absent(column) => column.is_absent(row),
            Self::Never => false,
        }
    }
}

impl<'a> Wanted<'a> {
    fn of(of: &OfFacts, facts: &KnownFacts<'a>) -> Self {
        let Some(name) = of.column else { return Self::Row };
        let found = match of.aggregate {
            Aggregate::Count | Aggregate::Growth => Some(Self::Row),
            Aggregate::Distinct => facts.texts(name).map(Self::Text),
            Aggregate::DaysSince => facts.days(name).map(Self::Day),
            Aggregate::Share => facts.cells(name).map(Self::Presence),
            Aggregate::Last | Aggregate::Mean | Aggregate::Sum | Aggregate::Slope => {
                Self::number(of.table, name, facts)
            }
        };
        found.unwrap_or(Self::Nothing)
    }

    /// A number of a column or of several; none where they were not given.
    fn number(table: &FactTable, name: &str, facts: &KnownFacts<'a>) -> Option<Self> {
        let derived = table.derived.iter().find(|(derived, _)| *derived == name);
        match derived.map(|&(_, derived)| derived) {
            None => facts.numbers(name).map(Self::Number).or_else(|| facts.counts(name).map(Self::Count)),
            Some(Derived::Days { from, to }) => Some(Self::Days { from: facts.days(from)?, to: facts.days(to)? }),
            Some(Derived::Progress) => {
                Some(Self::Progress([facts.numbers("baseline")?, facts.numbers("target")?, facts.numbers("current")?]))
            }
        }
    }

    #[inline]
    fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Row => Some(0.0),
            Self::Number(column) => column.get(row),
            Self::Count(column) => column.get(row).map(|count| count as f64),
            Self::Day(column) => column.get(row).map(|day| f64::from(day.unix_days())),
            Self::Text(column) => column.code(row).map(f64::from),
            Self::Presence(column) => column.is_there(row).then_some(0.0),
            Self::Progress([baseline, target, current]) => {
                let (baseline, target, current) = (baseline.get(row)?, target.get(row)?, current.get(row)?);
                let progress = (current - baseline) / (target - baseline);
                (target != baseline && progress.is_finite()).then_some(progress)
            }
            Self::Days { from, to } => Some(to.get(row)?.days_after(from.get(row)?) as f64),
            Self::Nothing => None,
        }
    }
}

/// Of places in some order those for which `is_before` does not hold any more and `is_within` still does.
fn from_to(places: Range<usize>, is_before: impl Fn(usize) -> bool, is_within: impl Fn(usize) -> bool) -> Range<usize> {
    let start = partition(places.clone(), is_before);
    start..partition(start..places.end, is_within)
}

/// The first of some places for which something does not hold; it holds for all before that.
fn partition(places: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (places.start, places.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
