//! Pictures of what stayed: of revenue, of the customers of each group, of cohorts.

use super::drawable::groups;
use super::labels::Label;
use super::layout::NAMED;
use super::source::{BANDS, Places, Source, ends_of, few, in_quotes};
use super::{Axis, Figure, Mark, Marks, Picture, Role};
use crate::error::Problem;
use crate::float::percent;
use crate::order::sort_by_key;
use crate::table::{Cell, Column};

/// Cells at most: the cohorts of 36 years of months.
const CELLS: usize = 100_000;

impl Source<'_> {
    pub(super) fn retention(&self) -> Result<Figure, Problem> {
        few(self.table.len(), BANDS)?;
        let names: Vec<String> = self.rows().map(|row| self.last_period(row)).collect();
        let mut layers = Vec::new();
        let mut numbers = Vec::new();
        let measures = [
            ("grr", Label::Gross, Label::GrossInterval, Role::Gross),
            ("nrr", Label::Net, Label::NetInterval, Role::Net),
        ];
        for (column, _, interval, role) in measures {
            let ends = [format!("{column}_low"), format!("{column}_high")];
            let area = self.rows().filter_map(|row| {
                let [low, high] = [self.share(row, &ends[0])?, self.share(row, &ends[1])?];
                let told = format!("{} – {}", percent(low), percent(high));
                Some(Mark { band: row, at: [low * 100.0, high * 100.0], told })
            });
            let area: Vec<Mark<[f64; 2]>> = area.collect();
            numbers.extend(area.iter().flat_map(|mark| mark.at));
            if !area.is_empty() {
                layers.push(self.layer(interval, role, Marks::Area(area)));
            }
        }
        for (column, name, _, role) in measures {
            let line = self.rows().filter_map(|row| {
                let share = self.share(row, column)?;
                Some(Mark { band: row, at: share * 100.0, told: percent(share) })
            });
            let line: Vec<Mark<f64>> = line.collect();
            numbers.extend(line.iter().map(|mark| mark.at));
            layers.push(self.layer(name, role, Marks::Line(line)));
        }
        let vertical = self.percents(Label::ShareKept, numbers.into_iter())?;
        let axes = (self.bands(Label::Period, names.clone()), vertical);
        Ok(self.figure(Picture::Retention, ends_of(&names), axes, layers))
    }

    /// The last window, a band for each group.
    pub(super) fn churn(&self) -> Result<Figure, Problem> {
        let last = self.rows().filter_map(|row| self.day(row, "window_end")).max();
        let rows: Vec<usize> = self.rows().filter(|&row| self.day(row, "window_end") == last).collect();
        let period = rows.first().map_or(String::new(), |&row| self.last_period(row));
        let columns = ["customer_churn_low", "customer_churn", "customer_churn_high"];
        let labels = [Label::Title(Picture::Churn), Label::ShareOfCustomers, Label::CustomersLost];
        self.intervals(rows, "opening_customers", columns, labels, &period)
    }

    /// A share of each group with its interval, of rows sized by a column; its title, its axis and itself are labelled.
    pub(super) fn intervals(
        &self,
        rows: Vec<usize>,
        size: &str,
        [low, share, high]: [&str; 3],
        [heading, up, name]: [Label; 3],
        of: &str,
    ) -> Result<Figure, Problem> {
        self.intervals_at(self.largest_groups(rows, size), [low, share, high], [heading, up, name], of)
    }

    /// The same at some places.
    pub(super) fn intervals_at(
        &self,
        Places { rows, names, title }: Places,
        [low, share, high]: [&str; 3],
        [heading, up, name]: [Label; 3],
        of: &str,
    ) -> Result<Figure, Problem> {
        let marks = rows.iter().zip(&names).enumerate().filter_map(|(band, (&row, name))| {
            let [low, share, high] = [self.share(row, low)?, self.share(row, share)?, self.share(row, high)?];
            let told = format!("{name} {} ({} – {})", percent(share), percent(low), percent(high));
            Some(Mark { band, at: [low, share, high].map(|share| share * 100.0), told })
        });
        let marks: Vec<Mark<[f64; 3]>> = marks.collect();
        let vertical = self.percents(up, marks.iter().flat_map(|mark| mark.at))?;
        let axes = (Axis::Bands { title, names, is_sequence: false }, vertical);
        let layers = vec![self.layer(name, Role::Churn, Marks::Intervals(marks))];
        Ok(self.titled(heading, (of, of), axes, layers))
    }

    /// As many groups as have room for their names: those of most customers, in the order in which they stand.
    pub(super) fn largest_groups(&self, mut rows: Vec<usize>, size: &str) -> Places {
        let all = rows.len();
        sort_by_key(&mut rows, |&row| u64::MAX - self.count(row, size));
        rows.truncate(NAMED);
        sort_by_key(&mut rows, |&row| row as u64);
        let columns = self.table.columns().get(..groups(self.table)).unwrap_or_default();
        let names = rows.iter().map(|&row| self.group(columns, row)).collect();
        let title = columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ");
        let title = if rows.len() < all { Label::largest(&title, rows.len(), all, self.locale) } else { title };
        Places { rows, names, title }
    }

    /// The name of a group. No two have the same: in quotes stands what could be read as another group's.
    pub(super) fn group(&self, columns: &[Column], row: usize) -> String {
        let part = |column: &Column| match column.values().cell(row) {
            Cell::Absent => self.text(Label::Nobody).to_owned(),
            cell => {
                let text = cell.to_string();
                let is_several = columns.len() > 1 && text.contains(", ");
                if is_several { in_quotes(&text) } else { self.name(&text, &[Label::Nobody]) }
            }
        };
        columns.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    /// Shares by cohort and age; revenue can grow beyond what it was, customers cannot.
    pub(super) fn cohorts(&self, picture: Picture, column: &str, darkest: f64) -> Result<Figure, Problem> {
        few(self.table.len(), CELLS)?;
        let mut names: Vec<String> = Vec::new();
        let mut cells = Vec::new();
        let mut oldest = 0;
        for row in self.rows() {
            let (Some(day), Cell::Count(age)) = (self.day(row, "cohort"), self.table.cell(row, "age")) else {
                continue;
            };
            let age = usize::try_from(age).unwrap_or(usize::MAX);
            few(age, BANDS)?;
            let name = self.period(Some(day));
            if names.last() != Some(&name) {
                names.push(name.clone());
            }
            oldest = oldest.max(age);
            let Some(share) = self.share(row, column) else { continue };
            let told = format!("{name} + {age}: {}", percent(share));
            cells.push(Mark { band: age, at: (names.len() - 1, share), told });
        }
        few(names.len(), BANDS)?;
        let ages = if names.is_empty() { Vec::new() } else { (0..=oldest).map(|age| age.to_string()).collect() };
        let axes = (self.bands(Label::Age, ages), self.bands(Label::Cohort, names.clone()));
        let layers = vec![self.layer(Label::Title(picture), Role::Share, Marks::Cells { darkest, cells })];
        Ok(self.figure(picture, ends_of(&names), axes, layers))
    }
}
