//! Columns side by side: a bar for each row, and others as points beside it.

use crate::error::Problem;
use crate::figure::drawable::groups;
use crate::figure::labels::{Amounts, Label};
use crate::figure::source::{BANDS, Places, Source, few, whole};
use crate::figure::{Axis, Figure, Mark, Marks, Role};
use crate::float::{canonical, percent};
use crate::money::grouped;
use crate::table::Cell;

/// What columns are counted in.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Share,
    Amount(Amounts),
    Number,
}

/// A column, its name and its colour.
pub(super) type Series = (&'static str, Label, Role);

/// Words of the tables of the drill-down.
const CHANGES: [(&str, Label); 4] = [
    ("expanded", Label::PAY_MORE),
    ("unchanged", Label::PAY_THE_SAME),
    ("contracted", Label::PAY_LESS),
    ("lost", Label::LEFT),
];
const OUTCOMES: [(&str, Label); 3] = [("renewed", Label::RENEWED), ("lost", Label::LOST), ("pending", Label::PENDING)];
const STANDINGS: [(&str, Label); 2] = [("staying", Label::STILL_THERE), ("lost", Label::LEFT)];

impl Source<'_> {
    /// All rows, named by the words of a column.
    pub(super) fn by_word(&self, column: &str, words: &[(&str, Label)], title: Label) -> Result<Places, Problem> {
        few(self.table.len(), BANDS)?;
        let name = |row| {
            let word = self.word(row, column).unwrap_or_default();
            let known = words.iter().find(|(known, _)| *known == word);
            known.map_or_else(|| word.to_owned(), |(_, label)| self.text(*label).to_owned())
        };
        Ok(Places {
            rows: self.rows().collect(),
            names: self.rows().map(name).collect(),
            title: self.text(title).to_owned(),
        })
    }

    /// A number of a column as it is drawn and as it is told; none where it is absent.
    fn measured(&self, row: usize, column: &str, unit: Unit) -> Option<(f64, String)> {
        match (self.table.cell(row, column), unit) {
            (Cell::Ratio(share), Unit::Share) => Some((share * 100.0, percent(share))),
            (Cell::Ratio(number), _) => Some((number, canonical(number)?)),
            (Cell::Count(count), _) => Some((count as f64, grouped(&count.to_string()))),
            (Cell::Money { units, digits }, _) => Some((whole(units, digits), self.amount((units, digits)))),
            _ => None,
        }
    }

    /// A bar for each place, and points of other columns.
    pub(super) fn compared(
        &self,
        [title, up]: [Label; 2],
        unit: Unit,
        Places { rows, names, title: across }: Places,
        (bar, points): (Series, &[Series]),
    ) -> Result<Figure, Problem> {
        let marks = |column: &'static str| {
            let places = rows.iter().zip(&names).enumerate();
            places.filter_map(move |(band, (&row, name))| {
                let (at, told) = self.measured(row, column, unit)?;
                Some(Mark { band, at, told: format!("{name} {told}") })
            })
        };
        let bars = marks(bar.0).map(|Mark { band, at, told }| Mark { band, at: [0.0, at], told });
        let mut layers = vec![self.layer(bar.1, bar.2, Marks::Bars(bars.collect()))];
        for &(column, name, role) in points {
            // An interval without width is a point.
            let points = marks(column).map(|Mark { band, at, told }| Mark { band, at: [at; 3], told });
            layers.push(self.layer(name, role, Marks::Intervals(points.collect())));
        }
        let columns = std::iter::once(bar.0).chain(points.iter().map(|(column, ..)| *column));
        let numbers = columns.flat_map(marks).map(|mark| mark.at).chain([0.0]);
        let vertical = match unit {
            Unit::Share => self.percents(up, numbers),
            Unit::Amount(amounts) => self.money(amounts, numbers),
            Unit::Number => self.numbers(up, numbers),
        }?;
        let day = self.as_of();
        let horizontal = Axis::Bands { title: across, names, is_sequence: false };
        Ok(self.titled(title, (&day, &day), (horizontal, vertical), layers))
    }

    /// What is committed of each group, beside what it pays and what is expected of it.
    pub(super) fn commitments(&self) -> Result<Figure, Problem> {
        let points = [("mrr", Label::TODAY, Role::Balance), ("expected_mrr", Label::EXPECTED_REVENUE, Role::Gross)];
        let bar = ("committed_mrr", Label::COMMITTED, Role::Net);
        let labels = [Label::TITLE_OF_COMMITMENT, Label::COMMITTED];
        self.compared(
            labels,
            Unit::Amount(Amounts::Monthly),
            self.largest_groups(self.rows().collect(), "customers"),
            (bar, &points),
        )
    }

    /// What each group of customers is worth, in the three ways that it is told.
    pub(super) fn lifetimes(&self) -> Result<Figure, Problem> {
        let ways = [
            ("simple_revenue", Label::BY_CHURN, Role::Contraction),
            ("survival_revenue", Label::SEEN, Role::Net),
            ("model_revenue", Label::EXPECTED, Role::Gross),
        ];
        let [simple, seen, model] = ways;
        if groups(self.table) > 0 {
            let labels = [Label::TITLE_OF_LIFETIMES, Label::SEEN];
            let unit = Unit::Amount(Amounts::OfLifetimes);
            return self.compared(
                labels,
                unit,
                self.largest_groups(self.rows().collect(), "customers"),
                (seen, &[simple, model]),
            );
        }
        let is_told = |(column, ..): &Series| self.table.cell(0, column) != Cell::Absent;
        let steps = ways.into_iter().filter(is_told);
        let steps = steps.map(|(column, label, role)| (label, role, self.units(0, column), 0)).collect();
        let day = self.as_of();
        self.steps_of_money(Label::TITLE_OF_LIFETIMES, Amounts::OfLifetimes, steps, (&day, &day))
    }

    /// The hours that each person owes customers, beside those that were spent and those that there are.
    pub(super) fn capacity(&self) -> Result<Figure, Problem> {
        let points =
            [("spent_hours", Label::TIME_SPENT, Role::Churn), ("capacity_hours", Label::TIME_THERE_IS, Role::Balance)];
        let bar = ("planned_hours", Label::TIME_PLANNED, Role::Net);
        let labels = [Label::TITLE_OF_CAPACITY, Label::HOURS];
        self.compared(labels, Unit::Number, self.largest_groups(self.rows().collect(), "customers"), (bar, &points))
    }

    pub(super) fn customer_changes(&self) -> Result<Figure, Problem> {
        let places = self.by_word("change", &CHANGES, Label::Change)?;
        let bar = ("customers", Label::Customers, Role::Net);
        self.compared([Label::TITLE_OF_CHANGES, Label::Customers], Unit::Number, places, (bar, &[]))
    }

    pub(super) fn product_retention(&self) -> Result<Figure, Problem> {
        let bar = ("grr", Label::Gross, Role::Gross);
        let points = [("nrr", Label::Net, Role::Net)];
        let labels = [Label::TITLE_OF_PRODUCTS, Label::ShareKept];
        self.compared(
            labels,
            Unit::Share,
            self.largest_groups(self.rows().collect(), "opening_customers"),
            (bar, &points),
        )
    }

    pub(super) fn first_renewals(&self) -> Result<Figure, Problem> {
        let places = self.by_word("outcome", &OUTCOMES, Label::OUTCOME)?;
        let bar = ("lines", Label::RENEWALS, Role::Net);
        self.compared([Label::TITLE_OF_FIRST_RENEWALS, Label::RENEWALS], Unit::Number, places, (bar, &[]))
    }

    /// What customers of long standing pay on average, beside what they started with.
    pub(super) fn long_standing(&self) -> Result<Figure, Problem> {
        let places = self.by_word("standing", &STANDINGS, Label::STANDING)?;
        let bar = ("latest_average", Label::LATEST, Role::Net);
        let points = [("starting_average", Label::AT_THE_START, Role::Balance)];
        self.compared(
            [Label::TITLE_OF_LONG_STANDING, Label::LATEST],
            Unit::Amount(Amounts::Monthly),
            places,
            (bar, &points),
        )
    }
}
