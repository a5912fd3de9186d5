//! What a review tells people, in which order: headings, sentences, tables and pictures, in one language.
//!
//! A file for each part, in that order: `summary`, `principle` (one of them), `groups`, `proposed`, `left`.

mod groups;
mod left;
mod principle;
mod proposed;
mod summary;

use hashbrown::HashMap;

use crate::locale::Locale;
use crate::principles::Principle;
use crate::review::evidence::ReviewEvidenceRow;
use crate::review::report::Review;
use crate::review::verdicts::ReviewVerdictsRow;
use crate::review::words::{Label, Said, Sentence};
use crate::table::Table;

/// A part of what is told.
#[derive(Clone, Debug)]
pub(super) enum Block<'r> {
    /// Of the first level, or of the second or third.
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    Grid(Grid),
    /// The first picture of a table.
    Picture(&'r Table),
}

/// Rows below a head.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) head: Vec<String>,
    /// Which columns are numbers or days, which stand at their right and on one line.
    pub(super) numbers: Vec<bool>,
    pub(super) rows: Vec<Vec<String>>,
    /// A word for each row that says how it is shown.
    pub(super) marks: Vec<&'static str>,
}

/// So many customers are shown of each principle; all stand in the table of findings.
const SHOWN: usize = 10;

/// So many rows are shown of other tables.
const LISTED: usize = 30;

/// A column of a grid: its head, whether it is of numbers or days, and what it says of a row.
struct Column<'c, R> {
    head: Label,
    is_number: bool,
    cell: &'c dyn Fn(&R) -> String,
}

fn words<R>(head: Label, cell: &dyn Fn(&R) -> String) -> Column<'_, R> {
    Column { head, is_number: false, cell }
}

fn number<R>(head: Label, cell: &dyn Fn(&R) -> String) -> Column<'_, R> {
    Column { head, is_number: true, cell }
}

/// What all parts are told from.
struct Teller<'r> {
    review: &'r Review,
    locale: Locale,
    /// What was measured, by the name of the finding.
    evidence: HashMap<&'r str, Vec<ReviewEvidenceRow<'r>>>,
    /// What plays are called.
    plays: HashMap<&'r str, &'r str>,
}

/// All of it.
pub(super) fn told(review: &Review, locale: Locale) -> Vec<Block<'_>> {
    let mut by_finding: HashMap<&str, Vec<ReviewEvidenceRow<'_>>> = HashMap::new();
    for row in review.evidence().rows() {
        by_finding.entry(row.finding_id).or_default().push(row);
    }
    let plays = review.plays().rows().map(|row| {
        let label = match locale {
            Locale::En => row.label_en,
            Locale::Ja => row.label_ja,
        };
        (row.play, label)
    });
    let teller = Teller { review, locale, evidence: by_finding, plays: plays.collect() };
    let mut blocks = Vec::new();
    teller.summary(&mut blocks);
    teller.verdicts(&mut blocks);
    for row in review.verdicts().rows() {
        teller.principle(&row, &mut blocks);
    }
    teller.comparisons(&mut blocks);
    blocks.extend(teller.plays());
    teller.missing(&mut blocks);
    blocks.extend(teller.resolved());
    blocks.extend(teller.exclusions());
    teller.basis(&mut blocks);
    blocks
}

/// Whether enough is known for the share that fails to say something.
fn is_covered(row: &ReviewVerdictsRow) -> bool {
    row.coverage.is_some_and(|coverage| coverage >= row.min_coverage)
}

impl<'r> Teller<'r> {
    fn said(&self, of: impl Said) -> String {
        of.said(self.locale).to_owned()
    }

    fn say(&self, sentence: &Sentence<'_>) -> Block<'r> {
        Block::Paragraph(sentence.text(self.locale))
    }

    fn heading(&self, level: u8, label: Label) -> Block<'r> {
        Block::Heading(level, self.said(label))
    }

    /// A grid of some rows; a word for each says how it is shown.
    fn grid<R>(&self, rows: &[R], mark: impl Fn(&R) -> &'static str, columns: &[Column<'_, R>]) -> Block<'r> {
        Block::Grid(Grid {
            head: columns.iter().map(|column| self.said(column.head)).collect(),
            numbers: columns.iter().map(|column| column.is_number).collect(),
            rows: rows.iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect()).collect(),
            marks: rows.iter().map(mark).collect(),
        })
    }

    /// A part that is a table: its first rows below a heading, and how many more there are; nothing where there is none.
    fn listed<R>(&self, title: Label, rows: impl Iterator<Item = R>, columns: &[Column<'_, R>]) -> Vec<Block<'r>> {
        let mut rows: Vec<R> = rows.collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let more = self.more(rows.len().saturating_sub(LISTED));
        rows.truncate(LISTED);
        [self.heading(2, title), self.grid(&rows, |_| "", columns)].into_iter().chain(more).collect()
    }

    /// How many more there are than are shown.
    fn more(&self, count: usize) -> Option<Block<'r>> {
        (count > 0).then(|| self.say(&Sentence::More { count: count as u64 }))
    }

    fn numbered(&self, principle: Principle, number: Option<u64>) -> String {
        let name = principle.said(self.locale);
        number.map_or_else(|| name.to_owned(), |number| format!("{number}. {name}"))
    }

    /// A name beside the id, where there is one.
    fn subject(&self, subject: Option<&str>, name: Option<&str>) -> String {
        match (subject, name) {
            (None, _) => self.said(Label::WholeCompany),
            (Some(subject), None) => subject.to_owned(),
            (Some(subject), Some(name)) if name == subject => name.to_owned(),
            (Some(subject), Some(name)) => format!("{name} ({subject})"),
        }
    }
}
