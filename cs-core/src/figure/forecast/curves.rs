//! Curves over time: who is still there, who has reached value, and what is expected.

use crate::error::Problem;
use crate::figure::drawable::groups;
use crate::figure::labels::Label;
use crate::figure::source::{BANDS, Source, few};
use crate::figure::{Figure, Layer, Mark, Marks, Role};
use crate::float::percent;
use crate::order::{float_key, sort_by_key};
use crate::table::Cell;

/// A curve has at most so many steps: more lie on each other.
const STEPS: usize = 400;

const TIMINGS: [(&str, Label); 2] = [("early", Label::EARLY), ("late", Label::LATE)];

/// As many curves have a colour of their own.
const CURVES: usize = 7;

impl Source<'_> {
    /// A number of any kind.
    fn number(&self, row: usize, column: &str) -> Option<f64> {
        match self.table.cell(row, column) {
            Cell::Count(count) => Some(count as f64),
            Cell::Ratio(number) => Some(number),
            _ => None,
        }
    }

    /// The steps of a column over the column `time`, in percent, from what it was at the start.
    fn steps_over_time(&self, rows: &[usize], column: &str, start: f64) -> Vec<Mark<[f64; 2]>> {
        let stride = rows.len().div_ceil(STEPS).max(1);
        let last = rows.len().saturating_sub(1);
        let mut curve = vec![Mark { band: 0, at: [0.0, start], told: percent(start / 100.0) }];
        let mut height = start;
        for (position, &row) in rows.iter().enumerate() {
            let is_drawn = position % stride == 0 || position == last;
            let Some((time, share)) = self.number(row, "time").zip(self.share(row, column)).filter(|_| is_drawn) else {
                continue;
            };
            let told = format!("{time}: {}", percent(share));
            curve.push(Mark { band: curve.len(), at: [time, height], told: told.clone() });
            height = share * 100.0;
            curve.push(Mark { band: curve.len(), at: [time, height], told });
        }
        curve
    }

    /// Curves over time.
    fn over_time(&self, [title, across]: [Label; 2], layers: Vec<Layer>) -> Result<Figure, Problem> {
        let points = || {
            let curves = layers
                .iter()
                .filter_map(|layer| if let Marks::Curve(curve) = &layer.marks { Some(curve) } else { None });
            curves.flatten().map(|mark| mark.at)
        };
        let vertical = self.percents(Label::ShareOfCustomers, points().map(|[_, up]| up).chain([100.0]))?;
        let horizontal = self.numbers(across, points().map(|[across, _]| across))?;
        let day = self.as_of();
        Ok(self.titled(title, (&day, &day), (horizontal, vertical), layers))
    }

    pub(super) fn survival(&self) -> Result<Figure, Problem> {
        let rows: Vec<usize> = self.rows().collect();
        let curve =
            |name, role, column| self.layer(name, role, Marks::Curve(self.steps_over_time(&rows, column, 100.0)));
        let layers = vec![
            curve(Label::LOWER_END, Role::Balance, "survival_low"),
            curve(Label::UPPER_END, Role::Balance, "survival_high"),
            curve(Label::STILL_THERE, Role::Net, "survival"),
        ];
        let is_in_days = self.table.schema() == "survival";
        let labels = match is_in_days {
            true => [Label::TITLE_OF_STAYS, Label::DAYS],
            false => [Label::TITLE_OF_SURVIVAL, Label::TIME],
        };
        self.over_time(labels, layers)
    }

    pub(super) fn survivals(&self) -> Result<Figure, Problem> {
        let curves = self.curves_of_groups("survival", 100.0);
        self.over_time([Label::TITLE_OF_GROUPS, Label::DAYS], curves)
    }

    pub(super) fn incidence(&self) -> Result<Figure, Problem> {
        self.over_time([Label::TITLE_OF_EVENTS, Label::TIME], self.curves_of_groups("incidence", 0.0))
    }

    /// A curve for each of the groups of most customers.
    fn curves_of_groups(&self, column: &str, start: f64) -> Vec<Layer> {
        let columns = self.table.columns().get(..groups(self.table)).unwrap_or_default();
        // The first row of each group, and the one behind its last.
        let mut all: Vec<(usize, usize)> = Vec::new();
        let mut last = None;
        for row in self.rows() {
            let name = self.group(columns, row);
            match all.last_mut().filter(|_| last.as_ref() == Some(&name)) {
                Some((_, end)) => *end = row + 1,
                None => all.push((row, row + 1)),
            }
            last = Some(name);
        }
        let at_risk = |first| self.number(first, "at_risk").unwrap_or_default();
        sort_by_key(&mut all, |&(first, _)| u64::MAX - float_key(at_risk(first)));
        all.truncate(CURVES);
        let curve = |(series, (first, end)): (u8, (usize, usize))| {
            let rows: Vec<usize> = (first..end).collect();
            let marks = Marks::Curve(self.steps_over_time(&rows, column, start));
            Layer { name: self.group(columns, first), role: Role::Series(series), marks }
        };
        (0..).zip(all).map(curve).collect()
    }

    /// Who is still there at the end of the horizon of those who had value by the landmark, and of the others.
    pub(super) fn landmark_survival(&self) -> Result<Figure, Problem> {
        let columns = ["survival_low", "survival", "survival_high"];
        let labels = [Label::TITLE_OF_LANDMARK, Label::ShareOfCustomers, Label::STAYED];
        self.intervals_at(self.by_word("timing", &TIMINGS, Label::TIMING)?, columns, labels, &self.as_of())
    }

    pub(super) fn survival_difference(&self) -> Result<Figure, Problem> {
        let columns = ["difference_low", "difference", "difference_high"];
        let labels = [Label::TITLE_OF_DIFFERENCES, Label::DIFFERENCE, Label::DIFFERENCE_INTERVAL];
        self.intervals(self.rows().collect(), "customers", columns, labels, &self.as_of())
    }

    pub(super) fn value_incidence(&self) -> Result<Figure, Problem> {
        let curve = |event: &str, name, role| {
            let rows: Vec<usize> = self.rows().filter(|&row| self.word(row, "event") == Some(event)).collect();
            self.layer(name, role, Marks::Curve(self.steps_over_time(&rows, "incidence", 0.0)))
        };
        let layers =
            vec![curve("value", Label::REACHED_VALUE, Role::New), curve("churn", Label::LEFT_BEFORE, Role::Churn)];
        self.over_time([Label::TITLE_OF_VALUE, Label::DAYS], layers)
    }

    pub(super) fn retention_projection(&self) -> Result<Figure, Problem> {
        few(self.table.len(), BANDS)?;
        let names: Vec<String> = self.rows().map(|row| self.count(row, "age").to_string()).collect();
        let line = |column| {
            let mark = |row| {
                let share = self.share(row, column)?;
                Some(Mark { band: row, at: share * 100.0, told: percent(share) })
            };
            self.rows().filter_map(mark).collect::<Vec<Mark<f64>>>()
        };
        let [seen, expected] = ["observed_survival", "model_survival"].map(line);
        let numbers = seen.iter().chain(&expected).map(|mark| mark.at).chain([100.0]);
        let vertical = self.percents(Label::ShareOfCustomers, numbers)?;
        let lines = [(Label::EXPECTED, Role::Contraction, expected), (Label::SEEN, Role::Net, seen)];
        // Without a model nothing is expected.
        let lines = lines.into_iter().filter(|(.., line)| !line.is_empty());
        let layers = lines.map(|(name, role, line)| self.layer(name, role, Marks::Line(line))).collect();
        let day = self.as_of();
        Ok(self.titled(Label::TITLE_OF_PROJECTION, (&day, &day), (self.bands(Label::Age, names), vertical), layers))
    }
}
