//! The least that a walk over contracts has to do: no options, no groups, no limits, one thread.

use std::ops::Range;

use chrono::{Datelike as _, Days};

use crate::{TERM, customer, mrr, range, start};

/// What a walk reads, contract by contract in the order of customers.
#[derive(Debug)]
pub struct Walk {
    /// How many contracts each customer has.
    contracts: Vec<u32>,
    start: Vec<u16>,
    end: Vec<u16>,
    cents: Vec<i64>,
    /// The month of each day from the first on; beyond the last, one more.
    months: Vec<u8>,
}

/// What moves in a month, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// MRR of customers who had never paid.
    pub new: i64,
    /// MRR of those who had, and came back.
    pub reactivation: i64,
    /// What was paid more.
    pub expansion: i64,
    /// What was paid less.
    pub contraction: i64,
    /// MRR of those who left.
    pub churned: i64,
}

impl Walk {
    /// Over the contracts of [`book`](crate::book).
    #[must_use]
    pub fn of(contracts: Range<u64>) -> Self {
        let (first, last) = range();
        let month = |day: u64| {
            let day = first.checked_add_days(Days::new(day)).unwrap_or(last).min(last);
            ((day.year() - first.year()) * 12) as u8 + day.month0() as u8
        };
        let mut of_customers = Vec::new();
        for n in contracts.clone() {
            let before = of_customers.len() as u64;
            if customer(n) == before {
                of_customers.push(0);
            }
            if let Some(count) = of_customers.last_mut() {
                *count += 1;
            }
        }
        Self {
            contracts: of_customers,
            start: contracts.clone().map(|n| start(n) as u16).collect(),
            end: contracts.clone().map(|n| (start(n) + TERM) as u16).collect(),
            cents: contracts.map(|n| mrr(n) * 100).collect(),
            months: (0..=u16::MAX.into()).map(month).collect(),
        }
    }

    /// Movements from close to close.
    #[must_use]
    pub fn movements(&self) -> [Moved; 64] {
        let mut moved = [Moved::default(); 64];
        let mut changes = [0_i64; 64];
        let month = |day: u16| usize::from(self.months[usize::from(day)]) & 63;
        let mut from = 0;
        for &count in &self.contracts {
            let contracts = from..from + count as usize;
            from = contracts.end;
            let days = self.start[contracts.clone()].iter().zip(&self.end[contracts.clone()]);
            let mut marks = 0_u64;
            for ((&start, &end), cents) in days.zip(&self.cents[contracts]) {
                let (start, end) = (month(start), month(end));
                changes[start] += cents;
                changes[end] -= cents;
                marks |= 1 << start | 1 << end;
            }
            let (mut before, mut has_paid) = (0, false);
            while marks != 0 {
                let at = marks.trailing_zeros() as usize;
                marks &= marks - 1;
                let change = std::mem::take(&mut changes[at & 63]);
                let (after, moved) = (before + change, &mut moved[at & 63]);
                match (before > 0, after > 0) {
                    (false, true) if has_paid => moved.reactivation += change,
                    (false, true) => moved.new += change,
                    (true, false) => moved.churned -= change,
                    _ if change > 0 => moved.expansion += change,
                    _ => moved.contraction -= change,
                }
                has_paid |= after > 0;
                before = after;
            }
        }
        moved
    }
}
