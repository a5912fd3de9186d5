//! What units pay at the closes of some days.

use super::collect::Merge;
use super::timeline::Balance;
use super::units::{UnitLine, Units};
use crate::error::Error;
use crate::order::sort_by_key;
use crate::period::Day;

/// Days whose closes are looked at, each once and in order.
pub(crate) struct Closes(Vec<Day>);

impl Closes {
    pub(crate) fn of(days: impl IntoIterator<Item = Day>) -> Self {
        let mut days: Vec<Day> = days.into_iter().collect();
        sort_by_key(&mut days, |day| u64::from(day.key()));
        days.dedup();
        Self(days)
    }

    /// How many closes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The position of a day that is one of them.
    pub(crate) fn position(&self, day: Day) -> usize {
        self.0.partition_point(|&looked| looked < day)
    }

    /// Whether a day is one of them.
    #[cfg(feature = "health")]
    pub(crate) fn has(&self, day: Day) -> bool {
        self.0.get(self.position(day)) == Some(&day)
    }

    /// The day after the last close.
    pub(crate) fn end(&self) -> Day {
        self.0.last().map_or(Day::MIN, |last| last.next())
    }

    /// What a unit pays at each of them.
    pub(crate) fn balances(&self, unit: UnitLine<'_>, balances: &mut Vec<Balance>) {
        balances.clear();
        let mut paid = Balance::default();
        let mut look = |until: Day, paid| {
            let looked = self.0.iter().skip(balances.len()).take_while(|&&day| day < until).count();
            balances.extend(std::iter::repeat_n(paid, looked));
        };
        unit.steps(|step| {
            look(step.day(), paid);
            paid = step.moved().after;
        });
        look(self.end(), paid);
    }
}

/// What every customer pays at the same closes.
#[derive(Default)]
pub(crate) struct Paid {
    /// Customers of which a contract is known, in no order that means anything.
    pub(crate) customers: Vec<u32>,
    /// The first day on which each pays; [`Day::NEVER`] for none.
    pub(crate) first: Vec<Day>,
    /// What each pays, close by close.
    balances: Vec<Balance>,
}

impl Paid {
    /// The bytes that it holds.
    #[cfg(feature = "health")]
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(self.customers.as_slice())
            + size_of_val(self.first.as_slice())
            + size_of_val(self.balances.as_slice())
    }

    /// What the customers of a context pay at some closes.
    pub(crate) fn at(closes: &Closes, units: &Units<'_>) -> Result<Self, Error> {
        units.collect_all(closes.end(), || {
            let mut balances = Vec::new();
            move |paid: &mut Self, unit: UnitLine<'_>| {
                paid.customers.push(unit.customer);
                paid.first.push(unit.first_paying_day().unwrap_or(Day::NEVER));
                closes.balances(unit, &mut balances);
                paid.balances.extend_from_slice(&balances);
            }
        })
    }

    /// What the customer at a position pays at the closes.
    pub(crate) fn balances(&self, position: usize, closes: &Closes) -> &[Balance] {
        let from = position * closes.len();
        self.balances.get(from..from + closes.len()).unwrap_or_default()
    }
}

impl Merge for Paid {
    fn merge(&mut self, other: Self) {
        self.customers.extend(other.customers);
        self.first.extend(other.first);
        self.balances.extend(other.balances);
    }
}
