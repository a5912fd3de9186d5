//! CSV files cut into rows, strictly: what RFC 4180 does not allow is an error with its line, never a guess.

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::input::{Input, InputColumn, TextColumn};
use super::limits::Limits;
use crate::error::{Code, Error, Problem};
use crate::watch::{STRIDE, Stage, Watch};

/// A fault of a file that spoils one of its rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FileFault {
    /// The record, from 0.
    pub(super) row: usize,
    pub(super) code: Code,
    pub(super) message: String,
}

/// Cuts a file into the rows of `table`.
pub(super) fn read(table: &str, bytes: &[u8], limits: &Limits, watch: &dyn Watch) -> Result<Input, Error> {
    let refuse = |message: String| Problem::table(Code::LimitExceeded, table, message);
    let size = bytes.len() as u64;
    if size > limits.bytes {
        return Err(refuse(format!("the file has {size} bytes, more than the limit bytes of {}", limits.bytes)).into());
    }
    let mut file = File::of(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let names = match file.next() {
        Some(header) => names(table, header, limits)?,
        None => Vec::new(),
    };
    let mut rows = Rows { columns: vec![TextColumn::default(); names.len()], ..Rows::default() };
    while let Some(record) = file.next() {
        let incoming = record.blank_lines.end - record.blank_lines.start + 1;
        if rows.lines.len() as u64 + incoming > limits.rows {
            return Err(refuse(format!("the table has more rows than the limit rows of {}", limits.rows)).into());
        }
        rows.push(record);
        if rows.lines.len().is_multiple_of(STRIDE) && watch.progress(Stage::Read, file.at as u64, size).is_break() {
            return Err(Error::Cancelled);
        }
    }
    let blank_lines = file.blank_lines();
    if rows.lines.len() as u64 + (blank_lines.end - blank_lines.start) > limits.rows {
        return Err(refuse(format!("the table has more rows than the limit rows of {}", limits.rows)).into());
    }
    rows.blank(blank_lines);
    let mut input = Input::with_rows(rows.lines.len());
    for (name, column) in names.into_iter().zip(rows.columns) {
        input = input.column(name, InputColumn::Text(column));
    }
    input.lines = Some(rows.lines);
    input.faults = rows.faults;
    Ok(input)
}

fn names(table: &str, header: Record<'_>, limits: &Limits) -> Result<Vec<String>, Problem> {
    let (found, limit) = (header.fields.len() as u64, limits.columns);
    if found > limit {
        let message = format!("the table has {found} columns, more than the limit columns of {limit}");
        return Err(Problem::table(Code::LimitExceeded, table, message));
    }
    let text = |field: &[u8]| std::str::from_utf8(field).map(str::to_owned).ok();
    let names: Option<Vec<String>> = header.fields.iter().map(text).collect();
    let refuse = |code: Code, message: &str| {
        Problem::table(code, table, format!("the header {message}")).at(None, Some(header.line), None)
    };
    match (header.quotes(), names) {
        (Some((code, message)), _) => Err(refuse(code, message)),
        (None, Some(names)) => Ok(names),
        (None, None) => Err(refuse(Code::InvalidEncoding, NOT_UTF_8).help("save the file as UTF-8")),
    }
}

const NOT_UTF_8: &str = "is not text in UTF-8";

/// The rows while they are read, column by column.
#[derive(Default)]
struct Rows {
    columns: Vec<TextColumn>,
    lines: Vec<u64>,
    faults: Vec<FileFault>,
}

impl Rows {
    fn push(&mut self, record: Record<'_>) {
        self.blank(record.blank_lines.clone());
        let fault = match (record.quotes(), record.fields.len()) {
            (Some((code, message)), _) => Some((code, format!("the record {message}"))),
            (None, fields) if fields != self.columns.len() => Some((
                Code::RaggedRow,
                format!("the record has {fields} fields, and the header {}", self.columns.len()),
            )),
            _ => None,
        };
        let texts = record.fields.iter().map(std::str::from_utf8);
        let fault = fault.or_else(|| {
            let readable = texts.clone().all(|text| text.is_ok());
            (!readable).then(|| (Code::InvalidEncoding, format!("the record {NOT_UTF_8}")))
        });
        // A spoilt row is empty: nothing of it is believed.
        match &fault {
            None => self.columns.iter_mut().zip(texts).for_each(|(column, text)| column.push(text.unwrap_or_default())),
            Some(_) => self.columns.iter_mut().for_each(|column| column.push("")),
        }
        if let Some((code, message)) = fault {
            self.faults.push(FileFault { row: self.lines.len(), code, message });
        }
        self.lines.push(record.line);
    }

    /// Empty lines are rows without any value.
    fn blank(&mut self, lines: std::ops::Range<u64>) {
        for line in lines {
            self.columns.iter_mut().for_each(|column| column.push(""));
            self.lines.push(line);
        }
    }
}

/// A file, record by record, with what the reader passes over in silence.
struct File<'a> {
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
    record: ByteRecord,
    /// Where the reader is.
    at: usize,
    line: u64,
}

/// A record with its place and its raw text.
struct Record<'a> {
    fields: &'a ByteRecord,
    raw: &'a [u8],
    /// Of its first character, from 1.
    line: u64,
    /// The empty lines before it.
    blank_lines: std::ops::Range<u64>,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        Self { bytes, reader, record: ByteRecord::new(), at: 0, line: 1 }
    }

    fn next(&mut self) -> Option<Record<'_>> {
        // Reading from memory cannot fail, and a flexible reader takes records of any length.
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let blank_lines = self.blank_lines();
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(self.bytes.len());
        let raw = self.bytes.get(self.at..end).unwrap_or_default();
        let line = self.line;
        self.line += line_ends(self.bytes, self.at..end);
        self.at = end;
        Some(Record { fields: &self.record, raw, line, blank_lines })
    }

    /// Passes over the empty lines that come now.
    fn blank_lines(&mut self) -> std::ops::Range<u64> {
        // The second half of a line's end, which the reader leaves for later, is no line of its own.
        let rest_of_line = self.at > 0 && self.bytes.get(self.at - 1..=self.at) == Some(b"\r\n");
        if rest_of_line {
            self.at += 1;
            self.line += 1;
        }
        let start = self.line;
        loop {
            match self.bytes.get(self.at..) {
                Some([b'\r', b'\n', ..]) => self.at += 2,
                Some([b'\n' | b'\r', ..]) => self.at += 1,
                _ => break start..self.line,
            }
            self.line += 1;
        }
    }
}

/// How many lines end within a part of a file; a CR LF that the part cuts in two ends its line in the next part.
fn line_ends(bytes: &[u8], part: std::ops::Range<usize>) -> u64 {
    let ends = |at: &usize| match bytes.get(*at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    part.filter(ends).count() as u64
}

impl Record<'_> {
    /// What is wrong with the quotes: a quoted field is followed by a separator, and a bare one holds none.
    fn quotes(&self) -> Option<(Code, &'static str)> {
        memchr::memchr(b'"', self.raw)?;
        let mut bytes = self.raw.iter().copied().peekable();
        let mut field_starts = true;
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if field_starts => {
                    loop {
                        match bytes.next() {
                            None => return Some((Code::UnterminatedQuote, "has a quote that is never closed")),
                            Some(b'"') => match bytes.peek() {
                                Some(b'"') => _ = bytes.next(),
                                _ => break,
                            },
                            Some(_) => {}
                        }
                    }
                    if !matches!(bytes.peek(), None | Some(b',' | b'\r' | b'\n')) {
                        return Some((Code::StrayQuote, "has text behind a closing quote"));
                    }
                    field_starts = false;
                }
                b'"' => return Some((Code::StrayQuote, "has a quote in the middle of a field")),
                other => field_starts = matches!(other, b',' | b'\r' | b'\n'),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::Unwatched;

    /// Cells, lines and faults.
    type Cut = (Vec<Vec<String>>, Vec<u64>, Vec<(usize, Code)>);

    fn cut(text: &str) -> Cut {
        let Ok(input) = read("contracts", text.as_bytes(), &Limits::default(), &Unwatched) else {
            return Default::default();
        };
        let mut cells = vec![Vec::new(); input.rows()];
        for (_, column) in input.columns() {
            column.for_each(|row, scalar| {
                if let Some(cells) = cells.get_mut(row) {
                    cells.push(match scalar {
                        super::super::input::Scalar::Text(text) => text.to_owned(),
                        _ => "-".to_owned(),
                    });
                }
            });
        }
        let faults = input.faults.iter().map(|fault| (fault.row, fault.code)).collect();
        (cells, input.lines.unwrap_or_default(), faults)
    }

    #[test]
    fn rows_keep_their_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\u{feff}a,b", "1,\"x", "y\"", "", ",", "2,\"a\"\"b\"", "", ""].join(end);
            let (cells, lines, faults) = cut(&text);
            let quoted = format!("x{end}y");
            assert_eq!(
                cells,
                [vec!["1", quoted.as_str()], vec!["-", "-"], vec!["-", "-"], vec!["2", "a\"b"], vec!["-", "-"]]
            );
            assert_eq!(lines, [2, 4, 5, 6, 7], "{end:?}");
            assert_eq!(faults, []);
        }
    }

    #[test]
    fn the_last_line_needs_no_end() {
        assert_eq!(cut("a\n1").0, [["1"]]);
        assert_eq!(cut("a\n1\n").0, [["1"]]);
        assert_eq!(cut("a\n1\r\n").0, [["1"]]);
        assert_eq!(cut("a").0.len(), 0);
        assert_eq!(cut("").0.len(), 0);
    }

    #[test]
    fn what_is_not_csv_spoils_its_row() {
        let (cells, lines, faults) = cut("a,b\n1,2\n1\n1,2,3\n1,x\"y\n\"1\"x,2\n3,4\n5,\"6\n7,8\n");
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            faults,
            [
                (1, Code::RaggedRow),
                (2, Code::RaggedRow),
                (3, Code::StrayQuote),
                (4, Code::StrayQuote),
                (6, Code::UnterminatedQuote)
            ]
        );
        assert_eq!(cells.iter().filter(|cells| cells.iter().any(|cell| cell != "-")).count(), 2);
    }

    #[test]
    fn bytes_that_are_no_text_spoil_their_row() {
        let input = read("contracts", b"a\nx\n\xff\ny", &Limits::default(), &Unwatched).map(|input| input.faults);
        assert_eq!(
            input.map(|faults| faults.into_iter().map(|f| (f.row, f.code)).collect::<Vec<_>>()),
            Ok(vec![(1, Code::InvalidEncoding)])
        );
        let header = read("contracts", b"\xff\nx", &Limits::default(), &Unwatched);
        assert_eq!(
            header.map_err(|error| error.problems().first().map(|p| (p.code, p.line))).err().flatten(),
            Some((Code::InvalidEncoding, Some(1)))
        );
    }

    #[test]
    fn limits_hold() {
        let code = |limits: Limits| {
            read("contracts", b"a\n1\n2\n", &limits, &Unwatched)
                .err()
                .and_then(|error| Some(error.problems().first()?.code))
        };
        assert_eq!(code(Limits { bytes: 6, ..Limits::default() }), None);
        assert_eq!(code(Limits { bytes: 5, ..Limits::default() }), Some(Code::LimitExceeded));
        assert_eq!(code(Limits { rows: 2, ..Limits::default() }), None);
        assert_eq!(code(Limits { rows: 1, ..Limits::default() }), Some(Code::LimitExceeded));
    }
}
