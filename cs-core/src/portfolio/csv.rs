//! CSV files cut into rows, strictly: what RFC 4180 does not allow is an error with its line, never a guess.

use csv_core::{ReadFieldResult, Reader};

use super::input::{Input, InputColumn, TextColumn};
use super::limits::{Limits, exceeded};
use super::read_options::ReadOptions;
use crate::error::{Code, Error, Problem};
use crate::faults::Faults;
use crate::watch::{STRIDE, Stage};

/// A file cut into rows.
pub(super) struct CsvFile {
    /// The records that are rows.
    pub(super) input: Input,
    pub(super) records: Records,
}

/// Where the rows of a file stand in it, and its records that are no rows: blank ones, and those that could not be cut
/// into cells. Of these only the count is kept, so that a file of blank lines takes no memory.
pub(super) struct Records {
    /// The line that each row begins on, from 1.
    lines: Vec<u64>,
    /// From which row on how many records are no rows, in their order.
    others: Vec<(usize, u64)>,
    pub(super) blank: u64,
    pub(super) spoilt: u64,
    /// Why records could not be cut into cells.
    pub(super) faults: Faults,
}

impl Records {
    /// The record of a row, from 1.
    pub(super) fn record(&self, row: usize) -> u64 {
        let known = self.others.partition_point(|&(first, _)| first <= row);
        let before = known.checked_sub(1).and_then(|last| self.others.get(last)).map_or(0, |&(_, count)| count);
        before + row as u64 + 1
    }

    /// The line that a row begins on, from 1.
    pub(super) fn line(&self, row: usize) -> Option<u64> {
        self.lines.get(row).copied()
    }

    /// How many there are, rows or not.
    fn len(&self) -> u64 {
        self.lines.len() as u64 + self.blank + self.spoilt
    }

    /// Records that are blank.
    fn blank(&mut self, count: u64) {
        if count > 0 {
            self.blank += count;
            self.no_row();
        }
    }

    /// A record that begins on a line and cannot be cut into cells.
    fn spoil(&mut self, line: u64, fault: impl FnOnce() -> Problem) {
        let record = self.len() + 1;
        self.faults.push(record, 0, || fault().at(Some(record), Some(line), None));
        self.spoilt += 1;
        self.no_row();
    }

    fn no_row(&mut self) {
        let (row, count) = (self.lines.len(), self.blank + self.spoilt);
        match self.others.last_mut() {
            Some((first, before)) if *first == row => *before = count,
            _ => self.others.push((row, count)),
        }
    }
}

/// Cuts a file into the rows of `table`.
pub(super) fn read(table: &'static str, bytes: &[u8], options: &ReadOptions<'_>) -> Result<CsvFile, Error> {
    let limits = &options.limits;
    let size = bytes.len() as u64;
    if size > limits.bytes {
        let message = format!("the file has {size} bytes, more than the limit bytes of {}", limits.bytes);
        return Err(exceeded(table, "bytes", message).into());
    }
    let mut file = File::of(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes), limits);
    let names = match file.next() {
        Some(header) => names(table, header, limits)?,
        None => Vec::new(),
    };
    let mut rows = CsvRows::of(table, names.len(), options);
    let mut turn = 0_usize;
    while let Some(record) = file.next() {
        rows.push(record);
        limits.check_rows(table, rows.records.len())?;
        turn += 1;
        if turn.is_multiple_of(STRIDE) && options.watch.progress(Stage::Read, file.at as u64, size).is_break() {
            return Err(Error::Cancelled);
        }
    }
    let blank_lines = file.blank_lines();
    rows.records.blank(blank_lines.end - blank_lines.start);
    limits.check_rows(table, rows.records.len())?;
    let input = Input::with_rows(rows.records.lines.len());
    let columns = names.into_iter().zip(rows.columns);
    let input = columns.fold(input, |input, (name, column)| input.column(name, InputColumn::Text(column)));
    Ok(CsvFile { input, records: rows.records })
}

fn names(table: &str, header: Record<'_>, limits: &Limits) -> Result<Vec<String>, Problem> {
    limits.check_columns(table, header.fields.count)?;
    let text = |field: &[u8]| std::str::from_utf8(field).map(str::to_owned).ok();
    let names: Option<Vec<String>> = header.fields.iter().map(text).collect();
    let refuse = |code: Code, message: &str| {
        Problem::table(code, table, format!("the header {message}"))
            .at(None, Some(header.line), None)
            .help(mending(code))
    };
    match (header.quotes(), names) {
        (Some((code, message)), _) => Err(refuse(code, message)),
        (None, Some(names)) => Ok(names),
        (None, None) => Err(refuse(Code::InvalidEncoding, NOT_UTF_8)),
    }
}

/// How to mend a record that cannot be cut into cells.
fn mending(code: Code) -> &'static str {
    match code {
        Code::InvalidEncoding => "save the file as UTF-8",
        Code::RaggedRow => "give it a field for every column; a field with a comma in it stands in quotes",
        _ => "put the whole field in quotes, and write a quote in it twice",
    }
}

/// Bytes of a record that are looked at to show it: more than are shown.
const MOST_RAW: usize = 1 << 10;

const NOT_UTF_8: &str = "is not text in UTF-8";

/// The rows while they are read, column by column.
struct CsvRows {
    table: &'static str,
    columns: Vec<TextColumn>,
    records: Records,
}

impl CsvRows {
    fn of(table: &'static str, columns: usize, options: &ReadOptions<'_>) -> Self {
        let faults = Faults::new(options.limits.problems, options.redact);
        let records = Records { lines: Vec::new(), others: Vec::new(), blank: 0, spoilt: 0, faults };
        Self { table, columns: vec![TextColumn::default(); columns], records }
    }

    fn push(&mut self, record: Record<'_>) {
        self.records.blank(record.blank_lines.end - record.blank_lines.start);
        let texts = record.fields.iter().map(std::str::from_utf8);
        let fault = if let Some((code, message)) = record.quotes() {
            Some((code, format!("the record {message}")))
        } else if record.fields.count != self.columns.len() {
            let (fields, columns) = (record.fields.count, self.columns.len());
            Some((Code::RaggedRow, format!("the record has {fields} fields, and the header {columns}")))
        } else if texts.clone().any(|text| text.is_err()) {
            Some((Code::InvalidEncoding, format!("the record {NOT_UTF_8}")))
        } else {
            None
        };
        if let Some((code, message)) = fault {
            // Nothing of it is believed.
            let raw = record.raw.get(..record.raw.len().min(MOST_RAW)).unwrap_or_default();
            self.records.spoil(record.line, || {
                Problem::table(code, self.table, message)
                    .value(String::from_utf8_lossy(raw).trim_end())
                    .help(mending(code))
            });
        } else if record.fields.iter().all(<[u8]>::is_empty) {
            self.records.blank(1);
        } else {
            self.columns.iter_mut().zip(texts).for_each(|(column, text)| column.push(text.unwrap_or_default()));
            self.records.lines.push(record.line);
        }
    }
}

/// A file, record by record, with what the reader passes over in silence.
struct File<'a> {
    bytes: &'a [u8],
    reader: Reader,
    fields: Fields,
    /// Fields of a record that are kept: a record of more is refused, and none of them looked at.
    most_fields: usize,
    /// Where the reader is.
    at: usize,
    line: u64,
}

/// The fields of a record, end to end.
#[derive(Default)]
struct Fields {
    text: Vec<u8>,
    /// Where those that are kept end.
    ends: Vec<usize>,
    /// How many there are, kept or not.
    count: usize,
}

impl Fields {
    fn clear(&mut self) {
        self.ends.clear();
        self.count = 0;
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let start = |at: usize| at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.iter().enumerate().map(move |(at, &end)| self.text.get(start(at)..end).unwrap_or_default())
    }
}

/// A record with its place and its raw text.
struct Record<'a> {
    fields: &'a Fields,
    raw: &'a [u8],
    /// Of its first character, from 1.
    line: u64,
    /// The empty lines before it.
    blank_lines: std::ops::Range<u64>,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8], limits: &Limits) -> Self {
        let most_fields = usize::try_from(limits.columns).unwrap_or(usize::MAX);
        Self { bytes, reader: Reader::new(), fields: Fields::default(), most_fields, at: 0, line: 1 }
    }

    fn next(&mut self) -> Option<Record<'_>> {
        let end = self.read_fields()?;
        let blank_lines = self.blank_lines();
        let raw = self.bytes.get(self.at..end).unwrap_or_default();
        let line = self.line;
        self.line += line_ends(self.bytes, self.at..end);
        self.at = end;
        Some(Record { fields: &self.fields, raw, line, blank_lines })
    }

    /// Reads the fields of the next record; gives where it ends.
    fn read_fields(&mut self) -> Option<usize> {
        let Self { bytes, reader, fields, most_fields, at, .. } = self;
        fields.clear();
        let (mut read, mut written) = (*at, 0);
        loop {
            let (result, taken, given) = reader
                .read_field(bytes.get(read..).unwrap_or_default(), fields.text.get_mut(written..).unwrap_or_default());
            read += taken;
            written += given;
            match result {
                // Asked again with nothing, the reader ends the last field.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => {
                    let room = (fields.text.len() * 2).max(1 << 10);
                    fields.text.resize(room, 0);
                }
                ReadFieldResult::Field { record_end } => {
                    fields.count += 1;
                    match fields.count <= *most_fields {
                        true => fields.ends.push(written),
                        false => written = fields.ends.last().copied().unwrap_or(0),
                    }
                    if record_end {
                        return Some(read);
                    }
                }
                ReadFieldResult::End => return None,
            }
        }
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
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::watch::{Unwatched, Watch};

    fn read_options(limits: Limits) -> ReadOptions<'static> {
        ReadOptions { limits, ignore_extra: false, redact: false, watch: &Unwatched }
    }

    /// Cells, the record and line of each row, and the record, line and code of each fault.
    type Cut = (Vec<Vec<String>>, Vec<(u64, u64)>, Vec<(u64, u64, Code)>);

    fn cut(text: &[u8]) -> Result<Cut, Error> {
        let CsvFile { input, mut records } = read("contracts", text, &read_options(Limits::default()))?;
        let mut cells = vec![Vec::new(); input.rows()];
        for (_, column) in input.columns() {
            column.for_each(0..column.len(), &mut |row, scalar| {
                if let Some(cells) = cells.get_mut(row) {
                    cells.push(match scalar {
                        super::super::input::Scalar::Text(text) => text.to_owned(),
                        _ => "-".to_owned(),
                    });
                }
            });
        }
        let places = (0..input.rows()).filter_map(|row| Some((records.record(row), records.line(row)?))).collect();
        let faults = records.faults.take().kept;
        let faults = faults.into_iter().filter_map(|problem| Some((problem.row?, problem.line?, problem.code)));
        Ok((cells, places, faults.collect()))
    }

    #[test]
    fn rows_keep_their_places() -> Result<(), Error> {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\u{feff}a,b", "1,\"x", "y\"", "", ",", "2,\"a\"\"b\"", "", ""].join(end);
            let (cells, places, faults) = cut(text.as_bytes())?;
            assert_eq!(cells, [["1", &format!("x{end}y")], ["2", "a\"b"]]);
            assert_eq!(places, [(1, 2), (4, 6)], "{end:?}");
            assert_eq!(faults, []);
        }
        Ok(())
    }

    #[test]
    fn a_record_that_cannot_be_cut_is_shown_and_mended() -> Result<(), Error> {
        let long = "é".repeat(600);
        let text = [b"a,b\n1\n\xff,2\n".as_slice(), format!("3,\"x\"y\n{long}\n").as_bytes()].concat();
        let faults = read("contracts", &text, &read_options(Limits::default()))?.records.faults.take().kept;
        let told = faults.iter().map(|p| (p.value.as_deref().unwrap_or("-"), p.help.as_deref().unwrap_or("-")));
        let cut = format!("{}…", "é".repeat(64));
        let quotes = "put the whole field in quotes, and write a quote in it twice";
        let fields = "give it a field for every column; a field with a comma in it stands in quotes";
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("1", fields), ("\u{fffd},2", "save the file as UTF-8"), ("3,\"x\"y", quotes), (cut.as_str(), fields)]
        );
        Ok(())
    }

    #[test]
    fn every_record_is_counted() -> Result<(), Error> {
        let CsvFile { input, records } =
            read("contracts", b"a,b\n\n1,2\n,\n\n1\n3,4\n\n", &read_options(Limits::default()))?;
        assert_eq!((input.rows(), records.blank, records.spoilt, records.len()), (2, 4, 1, 7));
        assert_eq!([0, 1].map(|row| records.record(row)), [2, 6]);
        // What lies between two rows is one entry, however much it is.
        assert_eq!(records.others, [(0, 1), (1, 4), (2, 5)]);
        let CsvFile { records, .. } = read("contracts", b"a\n1\n2\n3", &read_options(Limits::default()))?;
        assert_eq!((records.len(), records.others), (3, Vec::new()));
        Ok(())
    }

    #[test]
    fn long_files_are_watched() {
        struct Counting(AtomicU64, u64);
        impl Watch for Counting {
            fn progress(&self, _: Stage, _: u64, _: u64) -> ControlFlow<()> {
                let times = self.0.fetch_add(1, Ordering::Relaxed) + 1;
                if times < self.1 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            }
        }
        let file = format!("a\n{}", "1\n".repeat(2 * STRIDE + 1));
        for (most, outcome, times) in [(9, Ok(2 * STRIDE + 1), 2), (2, Err(Error::Cancelled), 2)] {
            let watch = Counting(AtomicU64::new(0), most);
            let read =
                read("contracts", file.as_bytes(), &ReadOptions { watch: &watch, ..read_options(Limits::default()) });
            assert_eq!((read.map(|file| file.input.rows()), watch.0.into_inner()), (outcome, times));
        }
    }

    #[test]
    fn the_last_line_needs_no_end() -> Result<(), Error> {
        for text in ["a\n1", "a\n1\n", "a\n1\r\n"] {
            assert_eq!(cut(text.as_bytes())?.0, [["1"]], "{text:?}");
        }
        for text in ["a", ""] {
            assert_eq!(cut(text.as_bytes())?.0.len(), 0, "{text:?}");
        }
        Ok(())
    }

    #[test]
    fn what_is_not_csv_is_no_row() -> Result<(), Error> {
        let (cells, places, faults) = cut(b"a,b\n1,2\n1\n1,2,3\n1,x\"y\n\"1\"x,2\n3,4\n\xff,2\n5,\"6\n7,8\n")?;
        assert_eq!(cells, [["1", "2"], ["3", "4"]]);
        assert_eq!(places, [(1, 2), (6, 7)]);
        assert_eq!(
            faults,
            [
                (2, 3, Code::RaggedRow),
                (3, 4, Code::RaggedRow),
                (4, 5, Code::StrayQuote),
                (5, 6, Code::StrayQuote),
                (7, 8, Code::InvalidEncoding),
                (8, 9, Code::UnterminatedQuote)
            ]
        );
        Ok(())
    }

    #[test]
    fn a_record_of_too_many_fields_takes_no_memory() -> Result<(), Error> {
        let limits = Limits { columns: 2, ..Limits::default() };
        let text = [b"a,b\n1,2\n".as_slice(), &b"x,".repeat(10_000), b"\n3,4\n"].concat();
        let mut file = File::of(&text, &limits);
        let counts: Vec<_> = std::iter::from_fn(|| file.next().map(|record| record.fields.count)).collect();
        assert_eq!((counts, file.fields.text.len()), (vec![2, 2, 10_001, 2], 1 << 10));
        let CsvFile { input, records } = read("contracts", &text, &read_options(limits))?;
        assert_eq!((input.rows(), records.spoilt, records.line(1)), (2, 1, Some(4)));
        Ok(())
    }

    #[test]
    fn a_header_that_is_no_text_is_refused() {
        let place = |error: Error| error.problems().first().map(|problem| (problem.code, problem.line));
        assert_eq!(cut(b"\xff\nx").map_err(place).err(), Some(Some((Code::InvalidEncoding, Some(1)))));
    }

    #[test]
    fn limits_hold() {
        let code = |limits: Limits| {
            read("contracts", b"a\n1\n\n", &read_options(limits))
                .err()
                .and_then(|error| Some(error.problems().first()?.code))
        };
        assert_eq!(code(Limits { bytes: 5, ..Limits::default() }), None);
        assert_eq!(code(Limits { bytes: 4, ..Limits::default() }), Some(Code::LimitExceeded));
        assert_eq!(code(Limits { rows: 2, ..Limits::default() }), None);
        assert_eq!(code(Limits { rows: 1, ..Limits::default() }), Some(Code::LimitExceeded));
        assert_eq!(code(Limits { columns: 1, ..Limits::default() }), None);
        assert_eq!(code(Limits { columns: 0, ..Limits::default() }), Some(Code::LimitExceeded));
    }
}
