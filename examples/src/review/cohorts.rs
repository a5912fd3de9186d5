//! What became of the customers who came in each month.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use cs_core::CohortsRow;

use super::grid::{Cell, Column, Grid, PAGE};
use super::ink::{Ink, Tone};
use super::money::{count, figure, whole_percent};

/// Cohorts by the first day of their month, each from age to age.
pub(super) struct Cohorts {
    all: BTreeMap<NaiveDate, Vec<CohortsRow>>,
    /// How many came before the months that are shown.
    earlier: usize,
}

impl Cohorts {
    /// Those that came from a day on.
    pub(super) fn since(start: NaiveDate, rows: impl Iterator<Item = CohortsRow>) -> Self {
        let mut all: BTreeMap<NaiveDate, Vec<CohortsRow>> = BTreeMap::new();
        for row in rows {
            all.entry(row.cohort).or_default().push(row);
        }
        let shown = all.split_off(&start);
        Self { earlier: all.len(), all: shown }
    }

    pub(super) fn render(&self, ink: Ink) -> String {
        let title = ink.title("What became of those who came");
        let earlier = match self.earlier {
            0 => String::new(),
            1 => ink.remark("one month of earlier customers is left out"),
            months => ink.remark(&format!("{months} months of earlier customers are left out")),
        };
        if self.all.is_empty() {
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
        let remark = ink.remark("months since they came; 0 is the close of that month itself");
        format!("{title}\n{}\n{}{remark}{earlier}", customers.render(PAGE, ink), revenue.render(PAGE, ink))
    }

    /// A row for each cohort, a column for each age that any of them has reached.
    fn triangle(&self, title: &'static str, base: Column, pick: fn(&CohortsRow) -> Option<f64>) -> Grid {
        let labels = self.all.keys().map(|month| format!("{}-{:02}", month.year(), month.month())).collect();
        let ages = self.all.values().map(Vec::len).max().unwrap_or(0);
        let cell = |row: Option<&CohortsRow>| match row {
            Some(row) => pick(row).map_or_else(Cell::nothing, |share| {
                let tone = if share > 1.0 { Tone::Gain } else { Tone::Plain };
                Cell::new(whole_percent(share), tone)
            }),
            // Not lived through yet.
            None => Cell::new(String::new(), Tone::Plain),
        };
        let column =
            |age: usize| Column::new(age.to_string(), self.all.values().map(|rows| cell(rows.get(age))).collect());
        Grid::new("came in", labels).group("", vec![base]).group(title, (0..ages).map(column).collect())
    }

    /// A cell of each cohort's first row.
    fn firsts(&self, text: impl Fn(&CohortsRow) -> String) -> Vec<Cell> {
        let firsts = self.all.values().filter_map(|rows| rows.first());
        firsts.map(|row| Cell::new(text(row), Tone::Plain)).collect()
    }
}
