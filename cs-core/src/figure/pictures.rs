//! From the cells of a result to marks.

use super::drawable::groups;
use super::labels::Label;
use super::layout::NAMED;
use super::scale::{Unit, axis};
use super::{Axis, Figure, Layer, Locale, Mark, Marks, Picture, Role, not_of, too_large, too_many};
use crate::error::{Error, Problem};
use crate::float::{percent, quotient};
use crate::money::{decimal_text, grouped};
use crate::order::sort_by_key;
use crate::period::Day;
use crate::table::{Cell, Column, Table};

/// How much of a fingerprint tells definitions apart by eye.
const FINGERPRINT: usize = 12;

/// A curve has at most this many points.
const POINTS: usize = 200;

/// Periods, ages or groups side by side, at most: the days that the library knows have 3,612 months.
const BANDS: usize = 4_000;

/// Cells at most: the cohorts of 36 years of months.
const CELLS: usize = 100_000;

impl Table {
    /// A picture of a result; [`Table::pictures`] says which there are.
    ///
    /// # Errors
    /// `invalid_argument` for a picture that the result does not have, `limit_exceeded` where more stands side by side
    /// than can be seen, and `overflow` for amounts and shares that have no place on an axis.
    pub fn figure(&self, picture: Picture, locale: Locale) -> Result<Figure, Error> {
        if !self.pictures().contains(&picture) {
            return Err(not_of(self, picture).into());
        }
        let source = Source { table: self, locale };
        let figure = match picture {
            Picture::Movements => source.movements(),
            Picture::Waterfall => source.waterfall(),
            Picture::Arr => source.arr(),
            Picture::Concentration => source.concentration(),
            Picture::Retention => source.retention(),
            Picture::Churn => source.churn(),
            Picture::CustomerRetention => source.cohorts(picture, "customer_retention", 1.0),
            Picture::RevenueRetention => source.cohorts(picture, "mrr_retention", 1.5),
        };
        Ok(figure?)
    }
}

/// A result that is looked at, and the language of the picture.
struct Source<'t> {
    table: &'t Table,
    locale: Locale,
}

/// Gains and losses in the order in which they are stacked.
const GAINS: [(&str, Label, Role); 3] = [
    ("new_mrr", Label::New, Role::New),
    ("reactivation_mrr", Label::Reactivation, Role::Reactivation),
    ("expansion_mrr", Label::Expansion, Role::Expansion),
];
const LOSSES: [(&str, Label, Role); 2] =
    [("contraction_mrr", Label::Contraction, Role::Contraction), ("churned_mrr", Label::Churned, Role::Churn)];

impl Source<'_> {
    fn text(&self, label: Label) -> &'static str {
        label.text(self.locale)
    }

    fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.len()
    }

    fn day(&self, row: usize, column: &str) -> Option<Day> {
        if let Cell::Date(day) = self.table.cell(row, column) { Some(day) } else { None }
    }

    /// An amount in the smallest unit, and its decimals.
    fn units(&self, row: usize, column: &str) -> (i128, u8) {
        if let Cell::Money { units, digits } = self.table.cell(row, column) { (units, digits) } else { (0, 0) }
    }

    fn share(&self, row: usize, column: &str) -> Option<f64> {
        if let Cell::Ratio(share) = self.table.cell(row, column) { Some(share) } else { None }
    }

    fn currency(&self) -> &'static str {
        self.table.metadata().currency.map_or("", |currency| currency.code())
    }

    /// An amount as people read it.
    fn amount(&self, (units, digits): (i128, u8)) -> String {
        format!("{} {}", grouped(&decimal_text(units, digits)), self.currency())
    }

    /// The name of the period of a day.
    fn period(&self, day: Option<Day>) -> String {
        let calendar = self.table.metadata().definitions.calendar();
        day.map_or(String::new(), |day| calendar.label(calendar.period_of(day)))
    }

    /// The period that a window ends with.
    fn last_period(&self, row: usize) -> String {
        self.period(self.day(row, "window_end").map(Day::previous))
    }

    fn figure(&self, picture: Picture, names: (&str, &str), axes: (Axis, Axis), layers: Vec<Layer>) -> Figure {
        let fingerprint = self.table.metadata().definitions.fingerprint();
        let fingerprint = fingerprint.get(..FINGERPRINT).unwrap_or_default();
        let subtitle = Label::source(names.0, names.1, fingerprint, self.locale);
        let (horizontal, vertical) = axes;
        Figure { title: self.text(Label::Title(picture)).to_owned(), subtitle, horizontal, vertical, layers }
    }

    fn layer(&self, name: Label, role: Role, marks: Marks) -> Layer {
        Layer { name: self.text(name).to_owned(), role, marks }
    }

    fn bands(&self, title: Label, names: Vec<String>) -> Axis {
        Axis::Bands { title: self.text(title).to_owned(), names, is_sequence: true }
    }

    fn money(&self, is_annual: bool, numbers: impl Iterator<Item = f64>) -> Result<Axis, Problem> {
        axis(Label::amounts(is_annual, self.currency(), self.locale), Unit::Money, numbers, self.locale)
    }

    fn percents(&self, title: Label, numbers: impl Iterator<Item = f64>) -> Result<Axis, Problem> {
        axis(self.text(title).to_owned(), Unit::Percent, numbers, self.locale)
    }

    /// The names of the periods of rows.
    fn periods(&self) -> Result<Vec<String>, Problem> {
        few(self.table.len(), BANDS)?;
        Ok(self.rows().map(|row| self.period(self.day(row, "period_start"))).collect())
    }

    fn movements(&self) -> Result<Figure, Problem> {
        let names = self.periods()?;
        let mut layers = Vec::new();
        let mut ends = Vec::new();
        for (flows, sign) in [(&GAINS[..], 1), (&LOSSES[..], -1)] {
            let mut tops = vec![0_i128; self.table.len()];
            for &(column, label, role) in flows {
                let mut bars = Vec::new();
                for (row, (top, name)) in tops.iter_mut().zip(&names).enumerate() {
                    let (units, digits) = self.units(row, column);
                    if units == 0 {
                        continue;
                    }
                    let from = *top;
                    *top = moved(from, sign, units)?;
                    let told = format!("{name} {}", self.amount((units, digits)));
                    bars.push(Mark { band: row, at: [whole(from, digits), whole(*top, digits)], told });
                }
                ends.extend(bars.iter().flat_map(|bar: &Mark<[f64; 2]>| bar.at));
                if !bars.is_empty() {
                    layers.push(self.layer(label, role, Marks::Bars(bars)));
                }
            }
        }
        let axes = (self.bands(Label::Period, names.clone()), self.money(false, ends.into_iter())?);
        Ok(self.figure(Picture::Movements, ends_of(&names), axes, layers))
    }

    fn waterfall(&self) -> Result<Figure, Problem> {
        let periods = self.periods()?;
        let last = self.table.len().saturating_sub(1);
        let mut steps = vec![(Label::Opening, Role::Balance, self.units(0, "opening_mrr"), 0)];
        for (flows, sign) in [(&GAINS[..], 1), (&LOSSES[..], -1)] {
            for &(column, name, role) in flows {
                let sum = self.rows().try_fold(0, |sum, row| moved(sum, 1, self.units(row, column).0))?;
                steps.push((name, role, (sum, self.units(0, column).1), sign));
            }
        }
        steps.push((Label::Closing, Role::Balance, self.units(last, "closing_mrr"), 0));
        let mut top = 0;
        let (mut names, mut layers, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (name, role, (units, digits), sign) in steps {
            let from = if sign == 0 { 0 } else { top };
            top = if sign == 0 { units } else { moved(from, sign, units)? };
            let at = [whole(from, digits), whole(top, digits)];
            ends.extend(at);
            let told = self.amount((units, digits));
            layers.push(self.layer(name, role, Marks::Bars(vec![Mark { band: names.len(), at, told }])));
            names.push(self.text(name).to_owned());
        }
        let axes =
            (Axis::Bands { title: String::new(), names, is_sequence: false }, self.money(false, ends.into_iter())?);
        Ok(self.figure(Picture::Waterfall, ends_of(&periods), axes, layers))
    }

    fn arr(&self) -> Result<Figure, Problem> {
        let names = self.periods()?;
        let mark = |row| {
            let (units, digits) = self.units(row, "closing_arr");
            Mark { band: row, at: whole(units, digits), told: self.amount((units, digits)) }
        };
        let marks: Vec<Mark<f64>> = self.rows().map(mark).collect();
        let vertical = self.money(true, marks.iter().map(|mark| mark.at))?;
        let layers = vec![self.layer(Label::Title(Picture::Arr), Role::Net, Marks::Line(marks))];
        Ok(self.figure(Picture::Arr, ends_of(&names), (self.bands(Label::Period, names.clone()), vertical), layers))
    }

    /// Groups at the last close, the largest first: which share of them holds which share of the revenue.
    fn concentration(&self) -> Result<Figure, Problem> {
        let last = self.rows().filter_map(|row| self.day(row, "period_start")).max();
        let is_last = |&row: &usize| self.day(row, "period_start") == last;
        let mut amounts: Vec<i128> = self.rows().filter(is_last).map(|row| self.units(row, "closing_mrr").0).collect();
        amounts.retain(|units| *units > 0);
        amounts.sort_unstable_by(|a, b| b.cmp(a));
        let count = amounts.len();
        let total = amounts.iter().try_fold(0, |sum, &units| moved(sum, 1, units))?;
        let percent_of = |part: f64, all: f64| if all > 0.0 { part * 100.0 / all } else { 0.0 };
        let mut curve = vec![Mark { band: 0, at: [0.0, 0.0], told: "0".to_owned() }];
        let (mut sum, stride) = (0, count.div_ceil(POINTS).max(1));
        for (position, units) in amounts.into_iter().enumerate() {
            sum = moved(sum, 1, units)?;
            if (position + 1) % stride == 0 || position + 1 == count {
                let across = percent_of((position + 1) as f64, count as f64);
                let up = percent_of(sum as f64, total as f64);
                let told = format!("{}: {}", position + 1, percent(up / 100.0));
                curve.push(Mark { band: curve.len(), at: [across, up], told });
            }
        }
        let even = [0.0, 100.0].into_iter().enumerate();
        let even = even.map(|(band, at)| Mark { band, at: [at, at], told: percent(at / 100.0) }).collect();
        let hundred = |title| self.percents(title, [100.0].into_iter());
        let layers = vec![
            self.layer(Label::Even, Role::Balance, Marks::Curve(even)),
            self.layer(Label::Title(Picture::Concentration), Role::Net, Marks::Curve(curve)),
        ];
        let period = self.period(last);
        let axes = (hundred(Label::ShareOfGroups)?, hundred(Label::ShareOfRevenue)?);
        Ok(self.figure(Picture::Concentration, (&period, &period), axes, layers))
    }

    fn retention(&self) -> Result<Figure, Problem> {
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
    fn churn(&self) -> Result<Figure, Problem> {
        let last = self.rows().filter_map(|row| self.day(row, "window_end")).max();
        let rows: Vec<usize> = self.rows().filter(|&row| self.day(row, "window_end") == last).collect();
        let (all, rows) = (rows.len(), self.largest(rows));
        let columns = self.table.columns().get(..groups(self.table)).unwrap_or_default();
        let names: Vec<String> = rows.iter().map(|&row| self.group(columns, row)).collect();
        let marks = rows.iter().zip(&names).enumerate().filter_map(|(band, (&row, name))| {
            let share = |column| self.share(row, column);
            let [low, lost, high] =
                [share("customer_churn_low")?, share("customer_churn")?, share("customer_churn_high")?];
            let told = format!("{name} {} ({} – {})", percent(lost), percent(low), percent(high));
            Some(Mark { band, at: [low, lost, high].map(|share| share * 100.0), told })
        });
        let marks: Vec<Mark<[f64; 3]>> = marks.collect();
        let vertical = self.percents(Label::ShareOfCustomers, marks.iter().flat_map(|mark| mark.at))?;
        let title = columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ");
        let title = if rows.len() < all { Label::largest(&title, rows.len(), all, self.locale) } else { title };
        let period = rows.first().map_or(String::new(), |&row| self.last_period(row));
        let axes = (Axis::Bands { title, names, is_sequence: false }, vertical);
        let layers = vec![self.layer(Label::CustomersLost, Role::Churn, Marks::Intervals(marks))];
        Ok(self.figure(Picture::Churn, (&period, &period), axes, layers))
    }

    /// As many groups as have room for their names: those of most customers, in the order in which they stand.
    fn largest(&self, mut rows: Vec<usize>) -> Vec<usize> {
        let count = |row: &usize| match self.table.cell(*row, "opening_customers") {
            Cell::Count(count) => count,
            _ => 0,
        };
        sort_by_key(&mut rows, |row| u64::MAX - count(row));
        rows.truncate(NAMED);
        sort_by_key(&mut rows, |&row| row as u64);
        rows
    }

    /// The name of a group. No two have the same: in quotes stands what could be read as another group's.
    fn group(&self, columns: &[Column], row: usize) -> String {
        let nobody = self.text(Label::Nobody);
        let part = |column: &Column| match column.values().cell(row) {
            Cell::Absent => nobody.to_owned(),
            cell => {
                let text = cell.to_string();
                let is_several = columns.len() > 1 && text.contains(", ");
                let is_odd = is_several || text.is_empty() || text.starts_with('"') || text == nobody;
                if is_odd { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
            }
        };
        columns.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    /// Shares by cohort and age; revenue can grow beyond what it was, customers cannot.
    fn cohorts(&self, picture: Picture, column: &str, darkest: f64) -> Result<Figure, Problem> {
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

/// A sum with an amount more, or less where the sign is below zero.
fn moved(sum: i128, sign: i128, units: i128) -> Result<i128, Problem> {
    sign.checked_mul(units).and_then(|change| sum.checked_add(change)).ok_or_else(too_large)
}

/// Refuses what has no room side by side.
fn few(count: usize, most: usize) -> Result<(), Problem> {
    if count > most { Err(too_many(most)) } else { Ok(()) }
}

/// Whole units of a currency.
fn whole(units: i128, digits: u8) -> f64 {
    quotient(units, 10_i128.pow(digits.into())).unwrap_or_default()
}

fn ends_of(names: &[String]) -> (&str, &str) {
    (names.first().map_or("", String::as_str), names.last().map_or("", String::as_str))
}
