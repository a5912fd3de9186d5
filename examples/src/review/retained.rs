//! How much of the revenue stayed, month by month: over twelve months, and over the month itself.

use chrono::Datelike as _;
use cs_core::RetentionRow;

use super::grid::{Cell, Column, Grid, PAGE};
use super::ink::{Ink, Tone};
use super::money::{percent, whole_percent};

/// The same months twice: over the twelve months that end with each, and over each by itself.
pub(super) struct Retained {
    pub(super) year: Vec<RetentionRow>,
    pub(super) month: Vec<RetentionRow>,
}

impl Retained {
    pub(super) fn render(&self, ink: Ink) -> String {
        let labels = self.month.iter().map(|row| {
            let first = row.window_start;
            format!("{}-{:02}", first.year(), first.month())
        });
        let grid = Grid::new("month", labels.collect())
            .group("over 12 months, point to point", Self::columns(&self.year))
            .group("over the month", Self::columns(&self.month));
        let mut out = format!("{}\n{}", ink.title("How much of it stayed"), grid.render(PAGE, ink));
        out.push_str(&ink.remark(
            "GRR and NRR: of the revenue at the start, what is left at the end, without and with more of the same",
        ));
        out.push_str(
            &ink.remark("customers; lost: the share that stayed paying, and a 95% interval of the share that did not"),
        );
        if self.year.iter().chain(&self.month).any(|row| row.opening_customers > 0 && row.small_sample) {
            out.push_str(
                &ink.remark("*: fewer than 30 customers at the start; ·: none, so that there is nothing to divide by"),
            );
        } else if self.year.iter().chain(&self.month).any(|row| row.opening_customers == 0) {
            out.push_str(&ink.remark("·: no customers at the start, so that there is nothing to divide by"));
        }
        out
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
            column("lost", |row| match (row.customer_churn_low, row.customer_churn_high) {
                (Some(low), Some(high)) => {
                    Cell::new(format!("{} to {}", whole_percent(low), whole_percent(high)), Tone::Faint)
                }
                _ => Cell::nothing(),
            }),
        ]
    }
}

/// A share of revenue; more than there was is a gain.
fn share(share: Option<f64>) -> Cell {
    let tone = |share: f64| if share > 1.0 { Tone::Gain } else { Tone::Strong };
    share.map_or_else(Cell::nothing, |share| Cell::new(percent(share), tone(share)))
}
