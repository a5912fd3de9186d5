//! A result that is drawn: its cells as numbers and words, and what all pictures have.

use super::labels::{Amounts, Label};
use super::scale::{Unit, axis};
use super::{Axis, Figure, Layer, Mark, Marks, Picture, Role, too_large, too_many};
use crate::error::Problem;
use crate::float::{percent, quotient};
use crate::locale::Locale;
use crate::money::{decimal_text, grouped};
use crate::period::Day;
use crate::table::{Cell, Table};

/// How much of a fingerprint tells definitions apart by eye.
const FINGERPRINT: usize = 12;

/// Periods, ages or groups side by side, at most: the days that the library knows have 3,612 months.
pub(super) const BANDS: usize = 4_000;

/// A result that is looked at, and the language of the picture.
pub(super) struct Source<'t> {
    pub(super) table: &'t Table,
    pub(super) locale: Locale,
}

/// What stands at each place from left to right: rows with their names, and what these are.
pub(super) struct Places {
    pub(super) rows: Vec<usize>,
    pub(super) names: Vec<String>,
    pub(super) title: String,
}

impl Source<'_> {
    pub(super) fn text(&self, label: Label) -> &'static str {
        label.text(self.locale)
    }

    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.len()
    }

    pub(super) fn day(&self, row: usize, column: &str) -> Option<Day> {
        if let Cell::Date(day) = self.table.cell(row, column) { Some(day) } else { None }
    }

    pub(super) fn word(&self, row: usize, column: &str) -> Option<&str> {
        if let Cell::Text(text) = self.table.cell(row, column) { Some(text) } else { None }
    }

    pub(super) fn count(&self, row: usize, column: &str) -> u64 {
        if let Cell::Count(count) = self.table.cell(row, column) { count } else { 0 }
    }

    /// An amount in the smallest unit, and its decimals.
    pub(super) fn units(&self, row: usize, column: &str) -> (i128, u8) {
        if let Cell::Money { units, digits } = self.table.cell(row, column) { (units, digits) } else { (0, 0) }
    }

    pub(super) fn share(&self, row: usize, column: &str) -> Option<f64> {
        if let Cell::Ratio(share) = self.table.cell(row, column) { Some(share) } else { None }
    }

    pub(super) fn currency(&self) -> &'static str {
        self.table.metadata().currency.map_or("", |currency| currency.code())
    }

    /// An amount as people read it.
    pub(super) fn amount(&self, (units, digits): (i128, u8)) -> String {
        format!("{} {}", grouped(&decimal_text(units, digits)), self.currency())
    }

    /// A name that a user gave, as it is shown beside labels of ours: in quotes where it could be read as one of them.
    pub(super) fn name(&self, name: &str, labels: &[Label]) -> String {
        let is_label = || labels.iter().any(|&label| self.text(label) == name);
        if name.is_empty() || name.starts_with('"') || is_label() { in_quotes(name) } else { name.to_owned() }
    }

    /// The name of the period of a day.
    pub(super) fn period(&self, day: Option<Day>) -> String {
        let calendar = self.table.metadata().definitions.calendar();
        day.map_or(String::new(), |day| calendar.label(calendar.period_of(day)))
    }

    /// The period that a window ends with.
    pub(super) fn last_period(&self, row: usize) -> String {
        self.period(self.day(row, "window_end").map(Day::previous))
    }

    pub(super) fn figure(
        &self,
        picture: Picture,
        names: (&str, &str),
        axes: (Axis, Axis),
        layers: Vec<Layer>,
    ) -> Figure {
        self.titled(Label::Title(picture), names, axes, layers)
    }

    /// A picture with a title of its own.
    pub(super) fn titled(&self, title: Label, names: (&str, &str), axes: (Axis, Axis), layers: Vec<Layer>) -> Figure {
        let metadata = self.table.metadata();
        let short = |fingerprint: &str| fingerprint.get(..FINGERPRINT).unwrap_or_default().to_owned();
        let scorecard = metadata.scorecard.as_deref().map(short);
        let definitions = short(&metadata.definitions.fingerprint());
        let subtitle = Label::source(names, scorecard.as_deref(), &definitions, self.locale);
        let (horizontal, vertical) = axes;
        Figure { title: self.text(title).to_owned(), subtitle, horizontal, vertical, layers }
    }

    pub(super) fn layer(&self, name: Label, role: Role, marks: Marks) -> Layer {
        Layer { name: self.text(name).to_owned(), role, marks }
    }

    /// A curve from 0 to 100% both ways, beside what it would be if all had the same.
    pub(super) fn lorenz(
        &self,
        picture: Picture,
        [across, up]: [Label; 2],
        even: Label,
        curve: Vec<Mark<[f64; 2]>>,
        of: &str,
    ) -> Result<Figure, Problem> {
        let line = [0.0, 100.0].into_iter().enumerate();
        let line = line.map(|(band, at)| Mark { band, at: [at, at], told: percent(at / 100.0) }).collect();
        let layers = vec![
            self.layer(even, Role::Balance, Marks::Curve(line)),
            self.layer(Label::Title(picture), Role::Net, Marks::Curve(curve)),
        ];
        let hundred = |title| self.percents(title, [100.0].into_iter());
        Ok(self.figure(picture, (of, of), (hundred(across)?, hundred(up)?), layers))
    }

    pub(super) fn bands(&self, title: Label, names: Vec<String>) -> Axis {
        Axis::Bands { title: self.text(title).to_owned(), names, is_sequence: true }
    }

    /// Names side by side that nobody could guess from others.
    pub(super) fn names(&self, title: Label, names: Vec<String>) -> Axis {
        Axis::Bands { title: self.text(title).to_owned(), names, is_sequence: false }
    }

    pub(super) fn numbers(&self, title: Label, numbers: impl Iterator<Item = f64>) -> Result<Axis, Problem> {
        axis(self.text(title).to_owned(), Unit::One, numbers, self.locale)
    }

    pub(super) fn money(&self, amounts: Amounts, numbers: impl Iterator<Item = f64>) -> Result<Axis, Problem> {
        axis(Label::amounts(amounts, self.currency(), self.locale), Unit::One, numbers, self.locale)
    }

    pub(super) fn percents(&self, title: Label, numbers: impl Iterator<Item = f64>) -> Result<Axis, Problem> {
        axis(self.text(title).to_owned(), Unit::Percent, numbers, self.locale)
    }
}

pub(super) fn in_quotes(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A sum with an amount more, or less where the sign is below zero.
pub(super) fn moved(sum: i128, sign: i128, units: i128) -> Result<i128, Problem> {
    sign.checked_mul(units).and_then(|change| sum.checked_add(change)).ok_or_else(too_large)
}

/// Refuses what has no room side by side.
pub(super) fn few(count: usize, most: usize) -> Result<(), Problem> {
    if count > most { Err(too_many(most)) } else { Ok(()) }
}

/// A part in hundredths of all, which is something.
pub(super) fn percent_of(part: f64, all: f64) -> f64 {
    part * 100.0 / all
}

/// A count of 10^-`digits` as a number.
pub(super) fn whole(units: i128, digits: u8) -> f64 {
    quotient(units, 10_i128.pow(digits.into())).unwrap_or_default()
}

pub(super) fn ends_of(names: &[String]) -> (&str, &str) {
    (names.first().map_or("", String::as_str), names.last().map_or("", String::as_str))
}
