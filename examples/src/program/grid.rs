//! Aligned tables: words to the left, numbers to the right, groups of columns side by side while they fit.

use super::ink::{Ink, Tone};

/// A page's width in characters.
pub(crate) const PAGE: usize = 120;

/// What stands in a cell where there is nothing.
const NOTHING: &str = "·";
const MARGIN: &str = "  ";
const BETWEEN_COLUMNS: &str = "  ";
const BETWEEN_GROUPS: &str = " │ ";
const RULE: &str = "─";
const RULE_BETWEEN_GROUPS: &str = "─┼─";

/// A text and how it is meant.
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) tone: Tone,
}

impl Cell {
    pub(crate) fn new(text: String, tone: Tone) -> Self {
        Self { text, tone }
    }

    pub(crate) fn nothing() -> Self {
        Self::new(NOTHING.to_owned(), Tone::Faint)
    }
}

/// A column under its name: of numbers, which stand at its right, or of words.
pub(crate) struct Column {
    name: String,
    cells: Vec<Cell>,
    is_of_words: bool,
}

impl Column {
    pub(crate) fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { name: name.into(), cells, is_of_words: false }
    }

    /// Of words.
    pub(crate) fn of_words(mut self) -> Self {
        self.is_of_words = true;
        self
    }

    fn width(&self) -> usize {
        self.cells.iter().map(|cell| width(&cell.text)).chain([width(&self.name)]).max().unwrap_or(0)
    }
}

/// Columns that belong together, under a title.
struct Group {
    title: String,
    columns: Vec<Column>,
}

impl Group {
    fn width(&self) -> usize {
        let columns = self.columns.iter().map(Column::width).sum::<usize>();
        let between = width(BETWEEN_COLUMNS) * self.columns.len().saturating_sub(1);
        (columns + between).max(width(&self.title))
    }
}

/// A table of groups of columns, all with one cell for each label.
pub(crate) struct Grid {
    name: &'static str,
    labels: Vec<String>,
    groups: Vec<Group>,
    /// Whether the last row is set apart as the sum of the others.
    total: bool,
}

impl Grid {
    pub(crate) fn new(name: &'static str, labels: Vec<String>) -> Self {
        Self { name, labels, groups: Vec::new(), total: false }
    }

    /// Sets the last row apart.
    pub(crate) fn with_total(mut self) -> Self {
        self.total = true;
        self
    }

    pub(crate) fn group(mut self, title: impl Into<String>, columns: Vec<Column>) -> Self {
        self.groups.push(Group { title: title.into(), columns });
        self
    }

    /// The lines; groups that do not fit into `limit` characters stand below, with the labels again.
    pub(crate) fn render(&self, limit: usize, ink: Ink) -> String {
        let mut bands: Vec<Vec<&Group>> = Vec::new();
        let mut used = 0;
        for group in &self.groups {
            let beside = used + width(BETWEEN_GROUPS) + group.width();
            match bands.last_mut() {
                Some(band) if beside <= limit => {
                    band.push(group);
                    used = beside;
                }
                _ => {
                    bands.push(vec![group]);
                    used = width(MARGIN) + self.label_width() + width(BETWEEN_COLUMNS) + group.width();
                }
            }
        }
        bands.iter().map(|band| self.band(band, ink)).collect::<Vec<_>>().join("\n")
    }

    fn label_width(&self) -> usize {
        self.labels.iter().map(|label| width(label)).chain([width(self.name)]).max().unwrap_or(0)
    }

    fn band(&self, groups: &[&Group], ink: Ink) -> String {
        let labels = self.label_width();
        let faint = |text: &str| ink.paint(Tone::Faint, text);
        let between = faint(BETWEEN_GROUPS);
        let mut lines = Vec::new();
        let mut line = |label: String, parts: Vec<String>| {
            lines.push(format!("{MARGIN}{label}{BETWEEN_COLUMNS}{}", parts.join(&between)).trim_end().to_owned());
        };
        if groups.iter().any(|group| !group.title.is_empty()) {
            let title = |group: &&Group| faint(&padded(&group.title, group.width()));
            line(" ".repeat(labels), groups.iter().map(title).collect());
        }
        let name = |column: &Column| (column.name.clone(), Tone::Strong);
        let names = groups.iter().map(|group| row(group, name, ink));
        line(ink.paint(Tone::Strong, &padded(self.name, labels)), names.collect());
        for (position, label) in self.labels.iter().enumerate() {
            let cell = |column: &Column| match column.cells.get(position) {
                Some(cell) => (cell.text.clone(), cell.tone),
                None => (String::new(), Tone::Plain),
            };
            line(padded(label, labels), groups.iter().map(|group| row(group, cell, ink)).collect());
        }
        if self.total {
            let rules: Vec<String> = groups.iter().map(|group| RULE.repeat(group.width())).collect();
            let rule = format!("{}{}", RULE.repeat(labels + width(BETWEEN_COLUMNS)), rules.join(RULE_BETWEEN_GROUPS));
            lines.insert(lines.len().saturating_sub(1), format!("{MARGIN}{}", faint(&rule)));
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// One row of a group, its cells on their sides of the columns.
fn row(group: &Group, cell: impl Fn(&Column) -> (String, Tone), ink: Ink) -> String {
    let cells = group.columns.iter().map(|column| {
        let (text, tone) = cell(column);
        // Spaces stay outside the colour: padding counts characters, not escape sequences.
        let room = " ".repeat(column.width().saturating_sub(width(&text)));
        match column.is_of_words {
            true => format!("{}{room}", ink.paint(tone, &text)),
            false => format!("{room}{}", ink.paint(tone, &text)),
        }
    });
    let row = cells.collect::<Vec<_>>().join(BETWEEN_COLUMNS);
    let columns = group.columns.iter().map(Column::width).sum::<usize>();
    let taken = columns + width(BETWEEN_COLUMNS) * group.columns.len().saturating_sub(1);
    format!("{row}{}", " ".repeat(group.width().saturating_sub(taken)))
}

/// Filled with spaces up to a width.
pub(crate) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Characters; everything that is set in a grid is one column wide.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &'static str, cells: &[&str]) -> Column {
        Column::new(name, cells.iter().map(|text| Cell::new((*text).to_owned(), Tone::Gain)).collect())
    }

    fn grid() -> Grid {
        Grid::new("month", vec!["2026-01".to_owned(), "total".to_owned()])
            .with_total()
            .group("MRR", vec![column("new", &["1,000.00", "1,000.00"]), column("churn", &["-5", "-5"])])
            .group("customers", vec![column("end", &["7", "7"])])
    }

    #[test]
    fn numbers_stand_below_each_other() {
        let expected = concat!(
            "           MRR             │ customers\n",
            "  month         new  churn │ end\n",
            "  2026-01  1,000.00     -5 │   7\n",
            "  ─────────────────────────┼──────────\n",
            "  total    1,000.00     -5 │   7\n",
        );
        assert_eq!(grid().render(120, Ink::Plain), expected);
    }

    #[test]
    fn groups_that_do_not_fit_stand_below() {
        let text = grid().render(30, Ink::Plain);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 11);
        assert_eq!(lines.get(5..8), Some(["", "           customers", "  month    end"].as_slice()));
        assert!(!text.contains('│'));
    }

    #[test]
    fn colour_changes_no_place() {
        let coloured = grid().render(120, Ink::Coloured);
        let mut plain = String::new();
        for (position, part) in coloured.split('\x1b').enumerate() {
            plain.push_str(if position == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&plain), lines(&grid().render(120, Ink::Plain)));
    }
}
