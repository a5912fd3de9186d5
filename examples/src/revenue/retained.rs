//! How much of the revenue stayed, month by month: over twelve months, and over the month itself.

use cs_core::RetentionRow;

use super::months::label;
use crate::program::grid::{Cell, Column, Grid, PAGE};
use crate::program::money::{percent, whole_percent};
use crate::program::{Ink, Tone};

/// The same months twice: over the twelve months that end with each, and over each by itself.
pub(super) struct Retained {
    pub(super) year: Vec<RetentionRow>,
    pub(super) month: Vec<RetentionRow>,
}

impl Retained {
    pub(super) fn render(&self, ink: Ink) -> String {
        let grid = Grid::new("month", self.month.iter().map(|row| label(row.window_start)).collect())
            .group("over 12 months, point to point", columns(&self.year))
            .group("over the month, point to point", columns(&self.month));
        let mut out = format!("{}\n{}", ink.title("How much of it stayed"), grid.render(PAGE, ink));
        let mut remark = |text: &str| out.push_str(&ink.remark(text));
        remark(
            "NRR: of what customers paid at the start, what the same ones pay at the end; who came later is in no part",
        );
        remark("GRR: the same without what some of them pay more by then, so that it is never above 100%");
        remark(
            "customers: the share of them that still pays, and the interval in which it lies at a confidence of 95%",
        );
        if self.year.iter().chain(&self.month).any(|row| row.opening_customers > 0 && row.small_sample) {
            remark("*: fewer than 30 customers at the start, too few to read much into");
        }
        let missing = [("12 months", self.without_base(&self.year)), ("the month", self.without_base(&self.month))];
        let missing: Vec<String> =
            missing.into_iter().filter_map(|(window, months)| Some(format!("over {window} in {}", months?))).collect();
        if !missing.is_empty() {
            remark(&format!("·: nobody paid at the start, {}", missing.join(", ")));
        }
        out
    }

    /// In which months nobody paid at the start of the window.
    fn without_base(&self, rows: &[RetentionRow]) -> Option<String> {
        let bases = rows.iter().map(|row| row.opening_customers > 0);
        let positions: Vec<usize> = bases.enumerate().filter(|(_, base)| !base).map(|(position, _)| position).collect();
        let (&first, &last) = positions.first().zip(positions.last())?;
        let month = |position: usize| self.month.get(position).map(|row| label(row.window_start));
        match positions.len() {
            1 => month(first),
            months if months == last - first + 1 => Some(format!("{} to {}", month(first)?, month(last)?)),
            months => Some(format!("{months} months from {} to {}", month(first)?, month(last)?)),
        }
    }
}

fn columns(rows: &[RetentionRow]) -> Vec<Column> {
    let column = |name, cell: fn(&RetentionRow) -> Cell| Column::new(name, rows.iter().map(cell).collect());
    vec![
        column("GRR", |row| share(row.grr)),
        column("NRR", |row| share(row.nrr)),
        column("customers", |row| {
            let mark = if row.small_sample { "*" } else { " " };
            row.customer_retention.map_or_else(Cell::nothing, |kept| Cell::new(percent(kept) + mark, Tone::Plain))
        }),
        // Who stays and who does not are all: the one interval is the other seen from 1.
        column("interval", |row| match (row.customer_churn_high, row.customer_churn_low) {
            (Some(most), Some(least)) => {
                Cell::new(format!("{} to {}", whole_percent(1.0 - most), whole_percent(1.0 - least)), Tone::Faint)
            }
            _ => Cell::nothing(),
        }),
    ]
}

/// A share of revenue; more than there was is a gain.
fn share(share: Option<f64>) -> Cell {
    let tone = |share: f64| if share > 1.0 { Tone::Gain } else { Tone::Strong };
    share.map_or_else(Cell::nothing, |share| Cell::new(percent(share), tone(share)))
}
