//! What is measured of the customers who pay at the close of a day, from what was known then.

use std::ops::Range;

use super::aggregate::Picked;
use super::evidence::Rows;
use super::measure::{OfLine, Source, Value};
use crate::error::Error;
use crate::float;
use crate::ledger::{Closes, Paid, Units};
use crate::order::sort_by_key;
use crate::parts::joined;
use crate::period::Day;
use crate::portfolio::KnownFacts;
use crate::query::Context;
use crate::text::{ABSENT, places};

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

/// Fewer customers are not worth a thread.
pub(super) const LEAST: usize = if cfg!(test) { 1 } else { 1 << 10 };

impl Measured {
    fn with_capacity(count: usize) -> Self {
        Self { numbers: Vec::with_capacity(count), days: Vec::with_capacity(count) }
    }

    fn append(&mut self, more: Self) {
        self.numbers.extend(more.numbers);
        self.days.extend(more.days);
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
        let closes = Closes::of(values.flat_map(|value| looked_at(value, day)).chain([day]));
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
        let places = places(&customers, names.len());
        let mrr = lines.iter().map(|&line| now(line).mrr).collect();
        Ok(Self { day, customers, mrr, digits: units.priced.digits, places, lines, closes, paid })
    }

    pub(super) fn len(&self) -> usize {
        self.customers.len()
    }

    /// The bytes that it holds.
    pub(super) fn bytes(&self) -> usize {
        let of_places = size_of_val(self.places.as_slice()) + size_of_val(self.lines.as_slice());
        of_places + size_of_val(self.customers.as_slice()) + size_of_val(self.mrr.as_slice()) + self.paid.bytes()
    }

    /// Whether it was made with all that a value is measured from.
    pub(super) fn can_measure(&self, value: &Value) -> bool {
        looked_at(value, self.day).all(|day| self.closes.has(day))
    }

    /// The place of a customer, by its position among all; none if it does not pay.
    pub(super) fn place(&self, customer: u32) -> Option<usize> {
        let place = self.places.get(customer as usize).copied().filter(|&place| place != ABSENT);
        place.map(|place| place as usize)
    }

    /// Measures values of every customer: all of one before the next, whose facts are elsewhere in memory.
    pub(super) fn measure<'v>(
        &self,
        context: &Context<'_>,
        values: impl Iterator<Item = &'v Value> + Clone,
    ) -> Result<Vec<Measured>, Error> {
        let sources = values.clone().flat_map(Value::sources);
        let facts = sources.map(|source| match source {
            Source::Line(_) => Ok(None),
            Source::Facts(of) => context.portfolio.facts(&of.table.spec, context.watch),
        });
        let facts = facts.collect::<Result<Vec<_>, _>>()?;
        let mut facts = facts.iter();
        let mut evidence = |source: &'v Source| match (source, facts.next().and_then(Option::as_deref)) {
            (Source::Line(of), _) => Evidence::Line(*of),
            (Source::Facts(of), Some(facts)) => Rows::of(of, KnownFacts::of(facts, self.day), self.day)
                .map_or(Evidence::Nothing, |rows| Evidence::Rows(Box::new(rows))),
            (Source::Facts(_), None) => Evidence::Nothing,
        };
        let asked: Vec<(Evidence<'_>, Option<Evidence<'_>>)> = values
            .map(|value| match value {
                Value::Of(source) => (evidence(source), None),
                Value::Ratio { of, to } => (evidence(of), Some(evidence(to))),
            })
            .collect();
        let in_part = |part: Range<usize>| {
            let mut measured: Vec<Measured> = asked.iter().map(|_| Measured::with_capacity(part.len())).collect();
            let mut picked = Vec::new();
            for place in part {
                for (measured, (of, to)) in measured.iter_mut().zip(&asked) {
                    let (value, day) = self.value(of, place, &mut picked);
                    let (value, day) = match to {
                        None => (value, day),
                        Some(to) => quotient((value, day), self.value(to, place, &mut picked)),
                    };
                    measured.push(value, day);
                }
            }
            measured
        };
        Ok(joined(self.len(), LEAST, in_part, |mut all, more| {
            all.iter_mut().zip(more).for_each(|(all, more)| all.append(more));
            all
        }))
    }

    /// The value of the customer at a place, and the day that it rests on.
    fn value(&self, of: &Evidence<'_>, place: usize, picked: &mut Vec<Picked>) -> Found {
        let customer = || self.customers.get(place).copied().unwrap_or(ABSENT);
        match of {
            Evidence::Nothing => (None, None),
            Evidence::Rows(rows) => rows.value(customer(), picked),
            Evidence::Line(of) => self.lines.get(place).map_or((None, None), |&line| self.line(*of, line)),
        }
    }

    /// The value of a line.
    fn line(&self, of: OfLine, line: usize) -> Found {
        match of {
            OfLine::DaysSince => {
                let first = self.paid.first.get(line).copied().filter(|&first| first <= self.day);
                (first.map(|first| self.day.days_after(first) as f64), Some(self.day))
            }
            OfLine::Growth(window) => {
                let balances = self.paid.balances(line, &self.closes);
                let mrr = |day| balances.get(self.closes.position(day)).map_or(0, |balance| i128::from(balance.mrr));
                let [before, after] = window.ends(self.day);
                (float::quotient(mrr(after) - mrr(before), mrr(before)), Some(after))
            }
        }
    }
}

/// The closes that a value of a day is measured from.
fn looked_at(value: &Value, day: Day) -> impl Iterator<Item = Day> + '_ {
    let ends = value.sources().filter_map(move |source| match source {
        Source::Line(OfLine::Growth(window)) => Some(window.ends(day)),
        _ => None,
    });
    ends.flatten()
}

/// A value, and the day that it rests on.
type Found = (Option<f64>, Option<Day>);

/// What a value is measured from.
enum Evidence<'a> {
    Line(OfLine),
    Rows(Box<Rows<'a>>),
    Nothing,
}

/// The quotient of two values; it rests on the earlier of their days.
fn quotient((of, of_day): Found, (to, to_day): Found) -> Found {
    let ratio = of.zip(to).filter(|&(_, to)| to != 0.0).map(|(of, to)| of / to);
    (ratio.filter(|ratio| ratio.is_finite()), [of_day, to_day].into_iter().flatten().min())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Base, Day, Value};
    use crate::error::Error;
    use crate::portfolio::Portfolio;

    #[test]
    fn bytes_are_those_of_all_that_is_held() -> Result<(), Error> {
        let book = "contract_id,customer_id,start_date,end_date,mrr\n\
                    1,acme,2026-01-01,,100\n2,bolt,2026-01-01,2026-02-01,100\n3,coil,2026-01-01,,100\n";
        let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        let (_, [bytes, paid]) = portfolio.health(day).run_with(|context| {
            let base = Base::of(context, context.as_of.unwrap_or(Day::MIN), std::iter::empty::<&Value>())?;
            assert_eq!(base.len(), 2);
            Ok([base.bytes(), base.paid.bytes()])
        })?;
        // A place of each of the three; a position, a line and an amount of each of the two who pay.
        assert_eq!(bytes, 3 * 4 + 2 * (4 + size_of::<usize>() + 8) + paid);
        Ok(())
    }
}
