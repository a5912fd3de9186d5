//! What rows at fault are called in their files: the library tells where they stand, a person knows them by their ids.

use std::collections::{BTreeMap, BTreeSet};

use cs_core::Problem;
use cs_core::wire::quoted;

use super::arguments::Mapping;

/// A file as it was read, and its column of ids.
pub(crate) struct File {
    table: &'static str,
    /// The column of ids, by the name that the file gives it.
    ids: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// The file of a table whose rows are known by the library's column `ids`, whatever it is called in the file.
    pub(crate) fn new(table: &'static str, ids: &str, bytes: Vec<u8>, mappings: &[Mapping]) -> Self {
        let mapping = mappings.iter().find(|mapping| mapping.table == table && mapping.ours == ids);
        Self { table, ids: mapping.map_or(ids, |mapping| mapping.theirs.as_str()).to_owned(), bytes }
    }

    /// The ids of the rows that begin on lines, of those that have one.
    fn names(&self, lines: &BTreeSet<u64>) -> BTreeMap<u64, String> {
        let header = record(&self.bytes);
        let column = header.iter().flatten().position(|name| name == self.ids);
        let (Some(header), Some(column), Some(last)) = (&header, column, lines.last()) else { return BTreeMap::new() };
        let mut names = BTreeMap::new();
        for (line, start) in (1..=*last).zip(starts(&self.bytes)).filter(|(line, _)| lines.contains(line)) {
            let row = self.bytes.get(start..).and_then(record).filter(|row| row.len() == header.len());
            if let Some(id) = row.as_ref().and_then(|row| row.get(column)).filter(|id| !id.is_empty()) {
                names.insert(line, quoted(id));
            }
        }
        names
    }
}

/// The first record of a text of CSV, cut as the library cuts it.
fn record(bytes: &[u8]) -> Option<csv::StringRecord> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.into_records().next()?.ok()
}

/// Where lines start, counted as the library counts them: a line ends with LF, CR or both.
fn starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let ends = |pair: &[u8]| matches!(pair, [b'\n', _]) || matches!(pair, [b'\r', next] if *next != b'\n');
    let others = bytes.windows(2).zip(1..).filter(move |(pair, _)| ends(pair)).map(|(_, start)| start);
    [0].into_iter().chain(others)
}

/// The ids of rows at fault, by table and by line.
pub(crate) struct Names(BTreeMap<&'static str, BTreeMap<u64, String>>);

impl Names {
    /// Those of some problems, looked up in the files.
    pub(crate) fn of<'p>(problems: impl Iterator<Item = &'p Problem> + Clone, files: &[File]) -> Self {
        let names = |file: &File| {
            let lines = problems.clone().filter_map(row).filter(|(table, _)| *table == file.table);
            (file.table, file.names(&lines.map(|(_, line)| line).collect()))
        };
        Self(files.iter().map(names).collect())
    }

    /// The id of the row at fault, in backticks; nothing where there is none.
    pub(crate) fn name(&self, problem: &Problem) -> &str {
        let Self(names) = self;
        let name = row(problem).and_then(|(table, line)| names.get(table)?.get(&line));
        name.map_or("", String::as_str)
    }
}

/// Table and line of a row at fault.
///
/// A record that cannot be cut into cells is no row: it has no column at fault, and nothing of it is believed.
fn row(problem: &Problem) -> Option<(&str, u64)> {
    problem.row.and(problem.column.as_ref())?;
    problem.table.as_deref().zip(problem.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bytes: &str, lines: &[u64]) -> Vec<(u64, String)> {
        let mapping =
            Mapping { table: "contracts".to_owned(), theirs: "sub".to_owned(), ours: "contract_id".to_owned() };
        let file = File::new("contracts", "contract_id", bytes.into(), &[mapping]);
        file.names(&lines.iter().copied().collect()).into_iter().collect()
    }

    #[test]
    fn ids_are_those_of_the_row_on_the_line() {
        let found = |line: u64, id: &str| vec![(line, format!("`{id}`"))];
        for (bytes, line, expected) in [
            ("n,sub\n1,a\n2,b", 3, found(3, "b")),
            ("\u{FEFF}sub,n\r\na,1\r\nb,2\r\n", 3, found(3, "b")),
            ("\n\nsub\ra\r\rb\r", 6, found(6, "b")),
            // A row that ends on a later line than it begins on, an id with a comma, a quote and an end of line.
            ("sub,n\n\"a\n\n\",1\n\"b,\"\"c\n\",2\n", 5, found(5, "b,\"c ")),
            ("sub,n\n,1\n", 2, vec![]),
            ("sub,n\na\n", 2, vec![]),
            ("sub,n\na,1\n", 9, vec![]),
            ("contract_id,n\na,1\n", 2, vec![]),
            ("", 1, vec![]),
        ] {
            assert_eq!(names(bytes, &[line]), expected, "{bytes:?}");
        }
        assert_eq!(names("sub\na\nb\nc\n", &[4, 2]), [(2, "`a`".to_owned()), (4, "`c`".to_owned())]);
    }
}
