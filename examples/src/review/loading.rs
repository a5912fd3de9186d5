//! What became of every row, and every problem in its place.

use cs_core::{Code, LoadReport, Problem, Problems, TableReport};

use super::grid::{Cell, Column, Grid, PAGE, padded, width};
use super::ink::{Ink, Tone};
use super::money::count;

/// What was read: rows by table, then what was wrong with some of them.
pub(super) struct Accounts<'a>(pub(super) &'a LoadReport);

impl Accounts<'_> {
    pub(super) fn render(&self, ink: Ink) -> String {
        let Self(report) = self;
        let column = |name, pick: fn(&TableReport) -> u64, tone| {
            let cells = report.tables.iter().map(|table| match pick(table) {
                0 => Cell::nothing(),
                rows => Cell::new(count(rows), tone),
            });
            Column::new(name, cells.collect())
        };
        let tables = report.tables.iter().map(|table| table.table.clone()).collect();
        let grid = Grid::new("table", tables).group(
            "",
            vec![
                column("rows read", |table| table.rows_read, Tone::Plain),
                column("accepted", |table| table.accepted, Tone::Plain),
                column("rejected", |table| table.rejected, Tone::Loss),
                column("blank", |table| table.blank, Tone::Plain),
            ],
        );
        let mut out = format!("{}\n{}\n", ink.title("What was read"), grid.render(PAGE, ink));
        out.push_str(&Listing::of("problem", &report.problems).render(ink));
        if report.warnings.total > 0 {
            out.push('\n');
            out.push_str(&Listing::of("warning", &report.warnings).render(ink));
        }
        out
    }
}

/// Problems by their code, each with its place; how many there are is always told.
pub(super) struct Listing<'a> {
    /// What one of them is called.
    name: &'static str,
    problems: &'a Problems,
}

impl<'a> Listing<'a> {
    pub(super) fn of(name: &'static str, problems: &'a Problems) -> Self {
        Self { name, problems }
    }

    pub(super) fn render(&self, ink: Ink) -> String {
        let Problems { kept, total } = self.problems;
        let shown = kept.len() as u64;
        let all = match total {
            0 => return ink.remark(&format!("no {}s", self.name)),
            total if *total == shown => self.counted(*total),
            total => format!("{}, of which the first {} are kept", self.counted(*total), count(shown)),
        };
        let mut out = ink.title(&format!("  {all}"));
        for (code, group) in by_code(kept) {
            let size = count(group.len() as u64);
            out.push_str(&format!("\n  {}, {size}\n", ink.paint(Tone::Loss, code.name())));
            let places = Places::of(&group);
            // Help that is the same for all of them is told once.
            let shared = group
                .first()
                .map(|first| help(first))
                .filter(|help| group.iter().all(|problem| self::help(problem) == *help));
            for problem in &group {
                out.push_str(&format!("    {}  {}\n", places.of_one(problem), problem.message));
                if let (None, Some(help)) = (&shared, help(problem)) {
                    out.push_str(&ink.remark(&format!("    {help}")));
                }
            }
            if let Some(Some(help)) = shared {
                out.push_str(&ink.remark(&format!("  help: {help}")));
            }
        }
        out
    }

    fn counted(&self, number: u64) -> String {
        format!("{} {}{}", count(number), self.name, if number == 1 { "" } else { "s" })
    }
}

/// The problems of each code, codes in the order in which they first come.
fn by_code(problems: &[Problem]) -> Vec<(Code, Vec<&Problem>)> {
    let mut groups: Vec<(Code, Vec<&Problem>)> = Vec::new();
    for problem in problems {
        match groups.iter_mut().find(|(code, _)| *code == problem.code) {
            Some((_, group)) => group.push(problem),
            None => groups.push((problem.code, vec![problem])),
        }
    }
    groups
}

/// How wide each part of a place is among the problems of a group.
struct Places {
    widths: [usize; 4],
}

impl Places {
    fn of(group: &[&Problem]) -> Self {
        let mut widths = [0; 4];
        for problem in group {
            for (most, part) in widths.iter_mut().zip(place(problem)) {
                *most = (*most).max(width(&part));
            }
        }
        Self { widths }
    }

    /// The parts that any problem of the group has, below each other.
    fn of_one(&self, problem: &Problem) -> String {
        let parts = place(problem).into_iter().zip(self.widths).filter(|(_, width)| *width > 0);
        parts.map(|(part, width)| padded(&part, width)).collect::<Vec<_>>().join("  ")
    }
}

/// Table, line, row and column.
fn place(problem: &Problem) -> [String; 4] {
    let number = |name: &str, number: Option<u64>| number.map(|n| format!("{name} {n}")).unwrap_or_default();
    let text = |text: &Option<String>| text.as_deref().map(short).unwrap_or_default();
    // A problem of no table has only its path.
    let table = if problem.table.is_some() { text(&problem.table) } else { short(&problem.path) };
    [table, number("line", problem.line), number("row", problem.row), text(&problem.column)]
}

/// A name of the input, which may be as long as anybody likes.
fn short(name: &str) -> String {
    const MOST: usize = 40;
    match name.char_indices().nth(MOST) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
    }
}

/// A problem of the call in a sentence.
pub(super) fn sentence(problem: &Problem) -> String {
    let message = &problem.message;
    help(problem).map_or_else(|| message.clone(), |help| format!("{message}: {help}"))
}

/// What the library calls its arguments in help, and what this program calls them.
const OPTIONS: [(&str, &str); 5] = [
    ("with columns", "with --columns"),
    ("(extra_columns: ignore)", "(--extra-columns ignore)"),
    ("(duplicates: drop)", "(--duplicates drop)"),
    ("currency, such as USD", "currency, such as --currency USD"),
    ("currency such as USD", "currency such as --currency USD"),
];

/// How to mend it: the library's help, with the options of this program where that names the library's arguments.
fn help(problem: &Problem) -> Option<String> {
    let given = problem.help.as_deref()?;
    // Arguments are named in words of the library alone. What others wrote stands in backticks, and stays.
    if given.contains('`') {
        return Some(given.to_owned());
    }
    // There is no option that raises a limit.
    let given = given.split_once(", or raise the limit").map_or(given, |(without, _)| without);
    Some(OPTIONS.iter().fold(given.to_owned(), |help, (argument, option)| help.replace(argument, option)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faulty(row: u64, column: &str) -> Problem {
        let problem = Problem::table(Code::InvalidDate, "contracts", "`x` is not a date");
        problem.at(Some(row), Some(row + 1), Some(column)).help("write it like 2026-01-31")
    }

    #[test]
    fn every_problem_kept_is_shown_and_all_are_counted() {
        let kept = vec![faulty(9, "start_date"), faulty(10, "end_date")];
        let expected = concat!(
            "  12,345 problems, of which the first 2 are kept\n",
            "\n",
            "  invalid_date, 2\n",
            "    contracts  line 10  row 9   start_date  `x` is not a date\n",
            "    contracts  line 11  row 10  end_date    `x` is not a date\n",
            "    help: write it like 2026-01-31\n",
        );
        assert_eq!(Listing::of("problem", &Problems { kept, total: 12_345 }).render(Ink::Plain), expected);
    }

    #[test]
    fn help_of_its_own_stands_below_each_problem() {
        let mut other = faulty(2, "end_date");
        other.help = None;
        let warnings = Problems { kept: vec![faulty(1, "end_date"), other], total: 2 };
        let text = Listing::of("warning", &warnings).render(Ink::Plain);
        assert!(text.starts_with("  2 warnings\n"), "{text}");
        assert!(text.contains("is not a date\n      write it like 2026-01-31\n    contracts  line 3"), "{text}");
    }

    #[test]
    fn help_speaks_of_options() {
        let told = |help: &str| {
            let problem = Problem::argument(Code::MissingCurrency, "currency", "no currency");
            sentence(&problem.help(help))
        };
        for (help, expected) in [
            ("give the reporting currency, such as USD", "give the reporting currency, such as --currency USD"),
            ("give an ISO 4217 code such as USD", "give an ISO 4217 code such as USD"),
            ("give less, or raise the limit rows", "give less"),
            ("shorten it, or raise the limits id_bytes or field_bytes", "shorten it"),
            ("its columns are `mapped with columns`", "its columns are `mapped with columns`"),
        ] {
            assert_eq!(told(help), format!("no currency: {expected}"));
        }
        let without_help = Problem::table(Code::MissingColumn, "contracts", "there is no column `a`");
        assert_eq!(sentence(&without_help), "there is no column `a`");
    }

    #[test]
    fn names_of_any_length_are_cut() {
        assert_eq!(short("mrr"), "mrr");
        assert_eq!(short(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    }
}
