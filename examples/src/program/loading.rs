//! What became of every row, and the problems in their places.

use std::collections::BTreeSet;

use cs_core::{Code, LoadReport, Problem, Problems, TableReport};

use super::failure::Failure;
use super::grid::{Cell, Column, Grid, PAGE, padded, width};
use super::ink::{Ink, Tone};
use super::money::count;
use super::names::{File, Names};

/// Problems that are listed unless all are asked for: a screen of them.
const MOST: usize = 20;

/// How problems are told.
pub(crate) struct Telling {
    /// All of them, and not just the first ones of each kind.
    pub(crate) all: bool,
    /// What rows at fault are called is looked up here.
    pub(crate) files: Vec<File>,
}

/// What was read: rows by table, then what was wrong with some of them.
pub(crate) struct Accounts<'a> {
    pub(crate) report: &'a LoadReport,
    pub(crate) telling: &'a Telling,
}

impl Accounts<'_> {
    /// There is no contract to tell anything of.
    pub(crate) fn refuse(&self) -> Failure {
        let accounts = self.render(Ink::Plain);
        Failure::Refused(format!("there is nothing to review: no contract was accepted\n\n{accounts}"))
    }

    pub(crate) fn render(&self, ink: Ink) -> String {
        let Self { report, telling } = self;
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
        out.push_str(&Listing::of("problem", &report.problems, telling).render(ink));
        if report.warnings.total > 0 {
            out.push('\n');
            out.push_str(&Listing::of("warning", &report.warnings, telling).render(ink));
        }
        out
    }
}

/// Problems by their code, each with its place; how many there are is always told.
pub(crate) struct Listing<'a> {
    /// What one of them is called.
    name: &'static str,
    problems: &'a Problems,
    telling: &'a Telling,
}

impl<'a> Listing<'a> {
    pub(crate) fn of(name: &'static str, problems: &'a Problems, telling: &'a Telling) -> Self {
        Self { name, problems, telling }
    }

    pub(crate) fn render(&self, ink: Ink) -> String {
        let Problems { kept, total } = self.problems;
        let kinds = Kind::all_of(kept);
        let listed = self.listed(&kinds);
        let all = match (*total, listed.len() as u64) {
            (0, _) => return ink.remark(&format!("no {}s", self.name)),
            (total, listed) if total == listed => self.counted(total),
            (total, listed) => format!("{}, {} of them listed", self.counted(total), count(listed)),
        };
        let names = Names::of(listed.iter().filter_map(|position| kept.get(*position)), &self.telling.files);
        let mut out = ink.title(&format!("  {all}"));
        for (code, size, group) in by_code(kept, &listed) {
            // More of the code may be among those that are not kept.
            let at_least = if *total > kept.len() as u64 { "at least " } else { "" };
            let size = match group.len() as u64 {
                listed if listed == size && at_least.is_empty() => count(size),
                listed => format!("{} of {at_least}{}", count(listed), count(size)),
            };
            out.push_str(&format!("\n  {}, {size}\n", ink.paint(Tone::Loss, code.name())));
            let places = Places::of(group.iter().map(|problem| place(problem, &names)));
            // Help that is the same for all of them is told once.
            let shared = group
                .first()
                .map(|first| help(first))
                .filter(|help| group.iter().all(|problem| self::help(problem) == *help));
            for problem in &group {
                out.push_str(&format!("    {}  {}\n", places.line(place(problem, &names)), problem.message));
                if let (None, Some(help)) = (&shared, help(problem)) {
                    out.push_str(&ink.remark(&format!("    {help}")));
                }
            }
            if let Some(Some(help)) = shared {
                out.push_str(&ink.remark(&format!("  help: {help}")));
            }
        }
        out.push_str(&self.others(&kinds, &listed, ink));
        out
    }

    /// The positions of those that are listed: what is wrong with headers, since it is mended at once and before all
    /// else; then the first one of each kind, the second one, and so on, so that no kind crowds out another.
    fn listed(&self, kinds: &[Kind<'_>]) -> BTreeSet<usize> {
        let most = if self.telling.all { usize::MAX } else { MOST };
        let (headers, rows): (Vec<_>, Vec<_>) = kinds.iter().partition(|kind| kind.of_header);
        let longest = rows.iter().map(|kind| kind.positions.len()).max().unwrap_or(0);
        let turns = (0..longest).flat_map(|turn| rows.iter().filter_map(move |kind| kind.positions.get(turn)));
        headers.iter().flat_map(|kind| &kind.positions).chain(turns).copied().take(most).collect()
    }

    /// How many are not listed, by kind.
    fn others(&self, kinds: &[Kind<'_>], listed: &BTreeSet<usize>, ink: Ink) -> String {
        let Problems { kept, total } = self.problems;
        let others = total.saturating_sub(listed.len() as u64);
        if others == 0 {
            return String::new();
        }
        let unlisted = |kind: &Kind<'_>| kind.positions.iter().filter(|position| !listed.contains(position)).count();
        let mut numbers: Vec<(String, String)> = Vec::new();
        let places = Places::of(kinds.iter().map(Kind::place));
        for kind in kinds.iter().filter(|kind| unlisted(kind) > 0) {
            numbers.push((count(unlisted(kind) as u64), places.line(kind.place())));
        }
        let only_counted = total.saturating_sub(kept.len() as u64);
        if only_counted > 0 {
            numbers.push((count(only_counted), format!("behind the first {}, of any kind", count(kept.len() as u64))));
        }
        let widest = numbers.iter().map(|(number, _)| width(number)).max().unwrap_or(0);
        let mut out = format!("\n  and {} more:\n", count(others));
        for (number, what) in &numbers {
            let before = " ".repeat(widest.saturating_sub(width(number)));
            out.push_str(&format!("    {before}{number}  {}\n", what.trim_end()));
        }
        out.push_str(&ink.remark(&format!("--all-problems lists every {}", self.name)));
        out
    }

    fn counted(&self, number: u64) -> String {
        format!("{} {}{}", count(number), self.name, if number == 1 { "" } else { "s" })
    }
}

/// Problems that a person mends alike: of one code, table and column.
struct Kind<'a> {
    code: Code,
    table: Option<&'a str>,
    /// None for the faults of a header, of which each has a column of its own.
    column: Option<&'a str>,
    /// Of a table as a whole, and not of its rows.
    of_header: bool,
    /// Among all problems.
    positions: Vec<usize>,
}

impl<'a> Kind<'a> {
    /// The kinds in the order in which they first come.
    fn all_of(problems: &'a [Problem]) -> Vec<Self> {
        let mut kinds: Vec<Self> = Vec::new();
        for (position, problem) in problems.iter().enumerate() {
            let (code, table) = (problem.code, problem.table.as_deref());
            let of_header = problem.row.is_none();
            let column = problem.column.as_deref().filter(|_| !of_header);
            let kind = (code, table, column, of_header);
            match kinds.iter_mut().find(|known| (known.code, known.table, known.column, known.of_header) == kind) {
                Some(known) => known.positions.push(position),
                None => kinds.push(Self { code, table, column, of_header, positions: vec![position] }),
            }
        }
        kinds
    }

    fn place(&self) -> [String; 3] {
        [
            self.code.name().to_owned(),
            self.table.map(short).unwrap_or_default(),
            self.column.map(short).unwrap_or_default(),
        ]
    }
}

/// The problems of each code that are listed, with how many there are; codes in the order in which they first come.
fn by_code<'a>(problems: &'a [Problem], listed: &BTreeSet<usize>) -> Vec<(Code, u64, Vec<&'a Problem>)> {
    let mut groups: Vec<(Code, u64, Vec<&Problem>)> = Vec::new();
    for position in listed {
        let Some(problem) = problems.get(*position) else { continue };
        match groups.iter_mut().find(|(code, _, _)| *code == problem.code) {
            Some((_, _, group)) => group.push(problem),
            None => {
                let size = problems.iter().filter(|other| other.code == problem.code).count() as u64;
                groups.push((problem.code, size, vec![problem]));
            }
        }
    }
    groups
}

/// How wide each part of a place is among several.
struct Places<const N: usize> {
    widths: [usize; N],
}

impl<const N: usize> Places<N> {
    fn of(places: impl Iterator<Item = [String; N]>) -> Self {
        let mut widths = [0; N];
        for place in places {
            for (most, part) in widths.iter_mut().zip(place) {
                *most = (*most).max(width(&part));
            }
        }
        Self { widths }
    }

    /// The parts that any of the places has, below each other.
    fn line(&self, place: [String; N]) -> String {
        let parts = place.into_iter().zip(self.widths).filter(|(_, width)| *width > 0);
        parts.map(|(part, width)| padded(&part, width)).collect::<Vec<_>>().join("  ")
    }
}

/// Table, line, row, id and column.
fn place(problem: &Problem, names: &Names) -> [String; 5] {
    let number = |name: &str, number: Option<u64>| number.map(|n| format!("{name} {n}")).unwrap_or_default();
    let text = |text: &Option<String>| text.as_deref().map(short).unwrap_or_default();
    // A problem of no table has only its path.
    let table = if problem.table.is_some() { text(&problem.table) } else { short(&problem.path) };
    let id = names.name(problem).to_owned();
    [table, number("line", problem.line), number("row", problem.row), id, text(&problem.column)]
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
pub(crate) fn sentence(problem: &Problem) -> String {
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

    fn told(kept: Vec<Problem>, total: u64, all: bool) -> String {
        Listing::of("problem", &Problems { kept, total }, &Telling { all, files: Vec::new() }).render(Ink::Plain)
    }

    #[test]
    fn few_problems_are_all_listed() {
        let expected = concat!(
            "  2 problems\n",
            "\n",
            "  invalid_date, 2\n",
            "    contracts  line 10  row 9   start_date  `x` is not a date\n",
            "    contracts  line 11  row 10  end_date    `x` is not a date\n",
            "    help: write it like 2026-01-31\n",
        );
        for all in [false, true] {
            assert_eq!(told(vec![faulty(9, "start_date"), faulty(10, "end_date")], 2, all), expected);
        }
        let most: Vec<Problem> = (1..=MOST as u64).map(|row| faulty(row, "end_date")).collect();
        assert!(!told(most, MOST as u64, false).contains("more"));
    }

    #[test]
    fn of_many_problems_the_first_of_each_kind_are_listed_and_all_are_counted() {
        let mut kept: Vec<Problem> = (1..=1_000).map(|row| faulty(row, "start_date")).collect();
        kept.insert(700, faulty(700, "end_date"));
        for column in ["a", "b", "c"] {
            kept.push(Problem::table(Code::UnknownColumn, "contracts", "none").at(None, None, Some(column)));
        }
        let text = told(kept.clone(), 1_004, false);
        assert!(text.starts_with("  1,004 problems, 20 of them listed\n\n  invalid_date, 17 of 1,001\n"), "{text}");
        assert!(text.contains("line 17   row 16   start_date") && !text.contains("line 18 "), "{text}");
        assert!(text.contains("line 701  row 700  end_date"), "{text}");
        assert!(text.contains("  unknown_column, 3\n"), "{text}");
        let end =
            "\n  and 984 more:\n    984  invalid_date    contracts  start_date\n  --all-problems lists every problem\n";
        assert!(text.ends_with(end), "{text}");

        let text = told(kept.clone(), 12_345, false);
        assert!(text.contains("  invalid_date, 17 of at least 1,001\n"), "{text}");
        assert!(text.contains("  and 12,325 more:\n       984  invalid_date    contracts  start_date\n"), "{text}");
        assert!(text.contains("    11,341  behind the first 1,004, of any kind\n"), "{text}");

        let text = told(kept, 1_004, true);
        assert!(text.starts_with("  1,004 problems\n") && text.contains("  invalid_date, 1,001\n"), "{text}");
        assert!(text.contains("row 1000  start_date") && !text.contains("more"), "{text}");
    }

    #[test]
    fn headers_come_before_rows() {
        let mut kept: Vec<Problem> = (1..=30).map(|row| faulty(row, "end_date")).collect();
        let unknown = |column: u64| faulty(1, "").at(None, None, Some(&format!("c{column}")));
        kept.extend((1..=15).map(unknown));
        let text = told(kept, 45, false);
        assert!(
            text.contains("c15       `x`") && text.contains("row 5  end_date") && !text.contains("row 6 "),
            "{text}"
        );
    }

    #[test]
    fn help_of_its_own_stands_below_each_problem() {
        let mut other = faulty(2, "end_date");
        other.help = None;
        let text = told(vec![faulty(1, "end_date"), other], 2, false);
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
            (
                "give a currency by its code of ISO 4217 in capital letters, such as USD",
                "give a currency by its code of ISO 4217 in capital letters, such as USD",
            ),
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
