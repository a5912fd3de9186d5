//! What became of the customers who came in each month.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use cs_core::{CohortsRow, Error, Money};

use super::months::label;
use crate::program::grid::{Cell, Column, Grid, PAGE};
use crate::program::money::{count, figure, whole_percent, written};
use crate::program::{Ink, Tone};

/// Shares above it are not told to the percent, so that a page holds them.
const MOST: f64 = 99.99;

/// Cohorts by the first day of their month, each from age to age.
pub(super) struct Cohorts {
    shown: BTreeMap<NaiveDate, Vec<CohortsRow>>,
    earlier: Option<Earlier>,
}

/// Cohorts that are not shown.
struct Earlier {
    months: u64,
    customers: u64,
    /// What they pay at the last close.
    mrr: Money,
}

impl Cohorts {
    /// Those that came from a day on.
    pub(super) fn since(start: NaiveDate, rows: impl Iterator<Item = CohortsRow>) -> Result<Self, Error> {
        let mut all: BTreeMap<NaiveDate, Vec<CohortsRow>> = BTreeMap::new();
        for row in rows {
            all.entry(row.cohort).or_default().push(row);
        }
        let shown = all.split_off(&start);
        let mut earlier: Option<Earlier> = None;
        for last in all.values().filter_map(|rows| rows.last()) {
            earlier = Some(match earlier {
                None => Earlier { months: 1, customers: last.size, mrr: last.mrr },
                Some(Earlier { months, customers, mrr }) => {
                    Earlier { months: months + 1, customers: customers + last.size, mrr: mrr.checked_add(last.mrr)? }
                }
            });
        }
        Ok(Self { shown, earlier })
    }

    pub(super) fn render(&self, ink: Ink) -> String {
        let title = ink.title("What became of those who came");
        let earlier = self.earlier.as_ref().map_or_else(String::new, |earlier| ink.remark(&earlier.told()));
        if self.shown.is_empty() {
            return format!("{title}\n{}{earlier}", ink.remark("nobody came in these months"));
        }
        let customers = self.triangle(
            "customers who pay, in percent of all who came",
            Column::new("came", self.firsts(|row| count(row.size))),
            |row| row.customer_retention,
        );
        let revenue = self.triangle(
            "monthly recurring revenue, in percent of what they first paid",
            Column::new("first paid", self.firsts(|row| figure(row.base_mrr))),
            |row| row.mrr_retention,
        );
        let remark = ink.remark("columns: months since they came; 0 is the close of that month itself");
        format!("{title}\n{}\n{}{remark}{earlier}", customers.render(PAGE, ink), revenue.render(PAGE, ink))
    }

    /// A row for each cohort, a column for each age that any of them has reached.
    fn triangle(&self, title: &'static str, base: Column, pick: fn(&CohortsRow) -> Option<f64>) -> Grid {
        let labels = self.shown.keys().copied().map(label).collect();
        let ages = self.shown.values().map(Vec::len).max().unwrap_or(0);
        let cell = |row: Option<&CohortsRow>| match row {
            Some(row) => pick(row).map_or_else(Cell::nothing, |share| {
                let tone = if share > 1.0 { Tone::Gain } else { Tone::Plain };
                let text = if share > MOST { format!(">{}", whole_percent(MOST)) } else { whole_percent(share) };
                Cell::new(text, tone)
            }),
            // Not lived through yet.
            None => Cell::new(String::new(), Tone::Plain),
        };
        let column =
            |age: usize| Column::new(age.to_string(), self.shown.values().map(|rows| cell(rows.get(age))).collect());
        Grid::new("came in", labels).group("", vec![base]).group(title, (0..ages).map(column).collect())
    }

    /// A cell of each cohort's first row.
    fn firsts(&self, text: impl Fn(&CohortsRow) -> String) -> Vec<Cell> {
        let firsts = self.shown.values().filter_map(|rows| rows.first());
        firsts.map(|row| Cell::new(text(row), Tone::Plain)).collect()
    }
}

impl Earlier {
    fn told(&self) -> String {
        let Self { months, customers, mrr } = self;
        let customers = match customers {
            1 => "1 customer".to_owned(),
            more => format!("{} customers", count(*more)),
        };
        let months = match months {
            1 => "an earlier month".to_owned(),
            more => format!("{} earlier months", count(*more)),
        };
        format!("left out: {customers} of {months}, with {} of the MRR at the last close", written(*mrr))
    }
}
