//! A table as bytes, column by column, for hosts that do not share memory with the library: a browser reads columns of
//! numbers where they stand, and hands the bytes back for all that only the library can make of them.
//!
//! Columns first, each at a multiple of eight bytes, little-endian; behind them a head of JSON that says where they are,
//! and last its length. It is no form to keep: only the version that wrote it reads it. A cell is read as the one of JSON
//! that it stands for, so that both forms are checked by the same code.

use std::borrow::Cow;

use super::json::{Fields, column_object, distinct_names, read_column, read_metadata, unexpected};
use super::{Cell, Kind, Nullable, Table, Texts, Values};
use crate::error::Error;
use crate::json::Json;
use crate::money::decimal_text;
use crate::text::ABSENT;
use crate::word::Word as _;

/// Where columns begin: at a multiple of the size of all numbers but amounts, which no host reads in place.
const ALIGNED: usize = 8;

/// The bytes of the length of the head.
const LENGTH: usize = 4;

/// Millionths in one.
const MILLION: f64 = 1e6;

/// Around this, floats are the whole numbers.
const WHOLE: f64 = (3_u64 << 51) as f64;

impl Table {
    /// The table as bytes.
    pub(crate) fn to_packed(&self) -> Vec<u8> {
        let mut bytes =
            Vec::with_capacity(self.len().saturating_mul(self.columns().len()).saturating_mul(9).min(1 << 26));
        let place = |(name, at): (&'static str, usize)| (name, Json::Integer(at as i64));
        let places =
            self.columns().iter().map(|column| Json::object(pack(column.values(), &mut bytes).into_iter().map(place)));
        let places = places.collect();
        let head = Json::object([
            ("schema", Json::from(self.schema())),
            ("columns", Json::Array(self.columns().iter().map(column_object).collect())),
            ("rows", Json::Integer(self.len() as i64)),
            ("metadata", self.metadata().to_object()),
            ("places", Json::Array(places)),
        ]);
        let head = head.to_string();
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&(head.len() as u32).to_le_bytes());
        bytes
    }

    /// The table that was made into bytes.
    ///
    /// # Errors
    /// `invalid_argument` for any others.
    pub(crate) fn from_packed(bytes: &[u8]) -> Result<Self, Error> {
        let other = || unexpected("table", &Json::Null, "a table as bytes");
        let (rest, length) = bytes.split_last_chunk::<LENGTH>().ok_or_else(other)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (_, head) = rest.split_at_checked(rest.len().checked_sub(length).ok_or_else(other)?).ok_or_else(other)?;
        let head = Json::parse(std::str::from_utf8(head).map_err(|_| other())?)?;
        let fields = Fields::of(&head, "table", &["schema", "columns", "rows", "metadata", "places"])?;
        let (columns, places) = (fields.array("columns")?, fields.array("places")?);
        let rows = number(&head, "rows").filter(|_| columns.len() == places.len()).ok_or_else(other)?;
        if columns.is_empty() && rows > 0 {
            return Err(other().into());
        }
        let mut read = Vec::with_capacity(columns.len());
        for (position, (column, places)) in columns.iter().zip(places).enumerate() {
            // A column at a time: its cells as JSON take more room than the bytes.
            let cells = Packed { bytes, column, places }.cells(rows).ok_or_else(other)?;
            read.push(read_column(column, position, rows, &|row, _| cells.of_row(row))?);
        }
        distinct_names(&read)?;
        Ok(Self::new(fields.text("schema")?, read, rows, read_metadata(fields.value("metadata")?)?))
    }
}

/// A place or a number of things that an object tells.
fn number(json: &Json, name: &str) -> Option<usize> {
    match json.get(name)? {
        Json::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

/// Writes the values of a column; gives what is told of where they are.
fn pack(values: &Values, bytes: &mut Vec<u8>) -> Vec<(&'static str, usize)> {
    match values {
        Values::Money { units, .. } => pack_amounts(units, bytes),
        Values::Count(counts) => pack_numbers(counts, u64::to_le_bytes, bytes),
        Values::Ratio(ratios) => pack_ratios(ratios, bytes),
        Values::Flag(flags) => pack_numbers(flags, |flag| [u8::from(flag)], bytes),
        Values::Text(texts) => pack_texts(texts, bytes),
        // Days and lists are there as the texts that stand for them in JSON.
        Values::Date(_) | Values::TextList(_) => {
            let told = |row| match values.cell(row) {
                Cell::Date(day) => Some(day.to_string()),
                Cell::TextList(list) => Some(Json::Array(list.iter().map(Json::from).collect()).to_string()),
                _ => None,
            };
            let texts: Vec<Option<String>> = (0..values.len()).map(told).collect();
            pack_texts(&texts.iter().map(Option::as_deref).collect(), bytes)
        }
    }
}

/// Amounts, in a quarter of the bytes where none needs more.
fn pack_amounts(units: &Nullable<i128>, bytes: &mut Vec<u8>) -> Vec<(&'static str, usize)> {
    // All bits that any of them has, whatever its sign.
    let bits = units.values().iter().fold(0, |bits, &units| bits | (units ^ (units >> (i128::BITS - 1))));
    let (size, mut places) = match i32::try_from(bits) {
        Ok(_) => (size_of::<i32>(), pack_numbers(units, |units| (units as i32).to_le_bytes(), bytes)),
        Err(_) => (size_of::<i128>(), pack_numbers(units, i128::to_le_bytes, bytes)),
    };
    places.push(("size", size));
    places
}

/// Ratios, in half the bytes where all are whole millionths, as points are and many shares.
fn pack_ratios(ratios: &Nullable<f64>, bytes: &mut Vec<u8>) -> Vec<(&'static str, usize)> {
    // What is added leaves no room for a fraction, and the whole number in the lowest bits.
    let rounded = |ratio: f64| ratio * MILLION + WHOLE;
    let millionths = |ratio: f64| rounded(ratio).to_bits() as i32;
    let is_whole = |ratio: f64| {
        let whole = rounded(ratio) - WHOLE;
        (whole / MILLION == ratio) & (whole.abs() <= f64::from(i32::MAX))
    };
    // Some are asked at a time, and others only if all of those are.
    let are_whole = |some: &[f64]| some.iter().fold(true, |are_whole, &ratio| are_whole & is_whole(ratio));
    let (size, mut places) = match ratios.values().chunks(1 << 6).all(are_whole) {
        true => (size_of::<i32>(), pack_numbers(ratios, |ratio| millionths(ratio).to_le_bytes(), bytes)),
        // Zero has no sign, as in JSON.
        false => (size_of::<f64>(), pack_numbers(ratios, |ratio| (ratio + 0.0).to_le_bytes(), bytes)),
    };
    places.push(("size", size));
    places
}

/// What stands in absent rows means nothing; which these are is told where there are any.
fn pack_numbers<const N: usize, T: Copy + Default>(
    numbers: &Nullable<T>,
    number: impl Fn(T) -> [u8; N],
    bytes: &mut Vec<u8>,
) -> Vec<(&'static str, usize)> {
    let at = put(numbers.values(), number, bytes);
    let present = bytes.len();
    match numbers.present() {
        None => vec![("at", at)],
        Some(is_there) => {
            bytes.extend(is_there.iter().map(|&is_there| u8::from(is_there)));
            vec![("at", at), ("present", present)]
        }
    }
}

/// Puts numbers of one size where a column may begin, and gives that place.
fn put<const N: usize, T: Copy>(numbers: &[T], number: impl Fn(T) -> [u8; N], bytes: &mut Vec<u8>) -> usize {
    bytes.resize(bytes.len().next_multiple_of(ALIGNED), 0);
    let at = bytes.len();
    let mut block = [[0; N]; 1 << 8];
    for numbers in numbers.chunks(block.len()) {
        block.iter_mut().zip(numbers).for_each(|(slot, &value)| *slot = number(value));
        bytes.extend_from_slice(block.get(..numbers.len()).unwrap_or_default().as_flattened());
    }
    at
}

/// Puts numbers of which each fits into one byte if they `are_short`, or else takes four.
fn put_whole(numbers: &[u32], are_short: bool, bytes: &mut Vec<u8>) -> usize {
    match are_short {
        true => put(numbers, |number| [number as u8], bytes),
        false => put(numbers, u32::to_le_bytes, bytes),
    }
}

/// Texts, each there once with its length, and which of them each row has, unless these are all in the order of the pool.
/// Only those are there that rows have, or else all of a small pool.
fn pack_texts(texts: &Texts, bytes: &mut Vec<u8>) -> Vec<(&'static str, usize)> {
    let (pool, codes) = (texts.pool(), texts.codes());
    let (used, codes) = match is_few(pool.len()) && pool.len() <= codes.len() {
        true => (Cow::Owned((0..pool.len() as u32).collect()), Some(Cow::Borrowed(codes))),
        false if are_ascending(codes) => (Cow::Borrowed(codes), None),
        false => {
            let (used, codes) = used(codes, pool.len());
            (Cow::Owned(used), Some(Cow::Owned(codes)))
        }
    };
    let codes = codes.map(|codes| ("at", put_whole(&codes, is_few(used.len()), bytes)));
    let lengths: Vec<u32> = used.iter().map(|&code| pool.length(code) as u32).collect();
    let are_short = lengths.iter().fold(0, |bits, length| bits | length) <= u8::MAX.into();
    let lengths = ("lengths", put_whole(&lengths, are_short, bytes));
    let size = if are_short { size_of::<u8>() } else { size_of::<u32>() };
    let places = [("texts", used.len()), lengths, ("size", size), ("text", bytes.len())];
    // Texts that stand side by side in the pool are copied together.
    for run in used.chunk_by(|before, code| before.checked_add(1) == Some(*code)) {
        if let (Some(&first), Some(&last)) = (run.first(), run.last()) {
            bytes.extend_from_slice(pool.between(first, last).as_bytes());
        }
    }
    places.into_iter().chain(codes).collect()
}

/// Whether each code is greater than the one before, and none is that of an absent text.
fn are_ascending(codes: &[u32]) -> bool {
    // Asked of all, so that several are looked at at a time.
    let pairs = codes.iter().zip(codes.get(1..).unwrap_or_default());
    codes.last() != Some(&ABSENT) && pairs.fold(true, |ascend, (before, code)| ascend & (before < code))
}

/// The texts of a pool of so many that rows have, in the order of these, and for each row the place of its text among them.
fn used(codes: &[u32], texts: usize) -> (Vec<u32>, Vec<u32>) {
    let (mut used, mut place_of) = (Vec::new(), vec![ABSENT; texts]);
    let place = |&code: &u32| {
        let Some(place) = place_of.get_mut(code as usize) else { return ABSENT };
        if *place == ABSENT {
            *place = used.len() as u32;
            used.push(code);
        }
        *place
    };
    let places = codes.iter().map(place).collect();
    (used, places)
}

/// Whether a code of so many texts, or of none, is one byte: the lowest of those of `ABSENT` is none's, too.
fn is_few(texts: usize) -> bool {
    texts < usize::from(u8::MAX)
}

/// A column of bytes, by what the head says of it.
struct Packed<'a> {
    bytes: &'a [u8],
    column: &'a Json,
    places: &'a Json,
}

/// Cells as JSON has them.
struct Cells {
    told: Vec<Json>,
    /// Which of them each row has; none where each has its own, one after another.
    of_rows: Option<Vec<u32>>,
}

static ABSENT_CELL: Json = Json::Null;

impl Cells {
    fn of_row(&self, row: usize) -> Option<&Json> {
        match self.of_rows.as_ref().map(|of_rows| of_rows.get(row)) {
            None => self.told.get(row),
            Some(code) => {
                code.and_then(|&code| if code == ABSENT { Some(&ABSENT_CELL) } else { self.told.get(code as usize) })
            }
        }
    }
}

impl<'a> Packed<'a> {
    /// The cells of so many rows.
    fn cells(&self, rows: usize) -> Option<Cells> {
        let kind = Kind::from_word(self.column.get("kind")?.as_text()?)?;
        match kind {
            Kind::Money => {
                let digits = u8::try_from(number(self.column, "digits")?).ok()?;
                let size = number(self.places, "size").filter(|size| [4, 16].contains(size))?;
                self.numbers(rows, size, &|bytes| Some(Json::Text(decimal_text(signed(bytes)?, digits))))
            }
            Kind::Count => {
                self.numbers(rows, 8, &|bytes| Some(Json::Integer(i64::from_le_bytes(bytes.try_into().ok()?))))
            }
            Kind::Ratio => {
                let size = number(self.places, "size").filter(|size| [4, 8].contains(size))?;
                self.numbers(rows, size, &|bytes| Some(Json::Float(ratio(bytes)?)))
            }
            Kind::Flag => self.numbers(rows, 1, &|bytes| Some(Json::Flag(bytes != [0]))),
            Kind::Text | Kind::Date => self.texts(rows, &|text| Some(Json::from(text))),
            Kind::TextList => self.texts(rows, &|text| Json::parse(text).ok()),
        }
    }

    /// The bytes of so many items that stand end to end.
    fn items(&self, name: &str, count: usize, size: usize) -> Option<&'a [u8]> {
        let at = number(self.places, name)?;
        self.bytes.get(at..at.checked_add(count.checked_mul(size)?)?)
    }

    fn numbers(&self, rows: usize, size: usize, cell: &dyn Fn(&[u8]) -> Option<Json>) -> Option<Cells> {
        let numbers = self.items("at", rows, size)?.chunks_exact(size);
        let present = self.places.get("present").map(|_| self.items("present", rows, 1));
        let present = if let Some(present) = present { Some(present?) } else { None };
        let is_there = |row: usize| present.is_none_or(|present| present.get(row) != Some(&0));
        let told = |(row, bytes)| if is_there(row) { cell(bytes) } else { Some(Json::Null) };
        Some(Cells { told: numbers.enumerate().map(told).collect::<Option<_>>()?, of_rows: None })
    }

    fn texts(&self, rows: usize, cell: &dyn Fn(&str) -> Option<Json>) -> Option<Cells> {
        let text = self.bytes.get(number(self.places, "text")?..)?;
        let texts = number(self.places, "texts")?;
        let size = number(self.places, "size").filter(|size| [1, 4].contains(size))?;
        let mut end = 0_usize;
        let told = self.items("lengths", texts, size)?.chunks_exact(size).map(|length| {
            let start = end;
            end = end.checked_add(unsigned(length) as usize)?;
            cell(std::str::from_utf8(text.get(start..end)?).ok()?)
        });
        let told = told.collect::<Option<Vec<Json>>>()?;
        if self.places.get("at").is_none() {
            return (texts == rows).then_some(Cells { told, of_rows: None });
        }
        let size = if is_few(texts) { 1 } else { 4 };
        let code = |code: &[u8]| match code {
            [u8::MAX] => ABSENT,
            code => unsigned(code),
        };
        let of_rows = self.items("at", rows, size)?.chunks_exact(size).map(code).collect();
        Some(Cells { told, of_rows: Some(of_rows) })
    }
}

/// An amount of 4 bytes, or of 16.
fn signed(bytes: &[u8]) -> Option<i128> {
    match bytes.len() {
        4 => Some(i32::from_le_bytes(bytes.try_into().ok()?).into()),
        _ => Some(i128::from_le_bytes(bytes.try_into().ok()?)),
    }
}

/// A ratio of 8 bytes, or of millionths in 4.
fn ratio(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(i32::from_le_bytes(bytes.try_into().ok()?)) / MILLION),
        _ => Some(f64::from_le_bytes(bytes.try_into().ok()?)),
    }
}

/// A whole number, never below zero, of 1 or 4 bytes.
fn unsigned(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Table, Texts, Values, pack_amounts, pack_ratios, ratio, signed};
    use crate::error::Error;
    use crate::table::{Column, exemplar};

    #[test]
    fn every_kind_is_read_back() -> Result<(), Error> {
        let table = exemplar();
        let read = Table::from_packed(&table.to_packed())?;
        assert_eq!(read, table);
        assert_eq!(read.to_json(), table.to_json());
        let none = table.take(&[]);
        assert_eq!(Table::from_packed(&none.to_packed())?.to_json(), none.to_json());
        Ok(())
    }

    #[test]
    fn of_a_pool_only_the_texts_of_rows_are_packed() -> Result<(), Error> {
        let names: Vec<String> = (0..1_000).map(|name| format!("<{name}>")).collect();
        let all: Texts = names.iter().map(|name| Some(name.as_str())).collect();
        let metadata = exemplar().metadata().clone();
        let few: Texts = names.iter().take(10).map(|name| Some(name.as_str())).collect();
        // In the order of the pool, side by side or not, and in another; one twice; one; none.
        for (all, rows) in [&[5, 6, 999][..], &[999, 7], &[7, 7, 999], &[7], &[]]
            .map(|rows| (&all, rows))
            .into_iter()
            .chain([&[7][..], &[9, 3], &[3, 3, 3], &[]].map(|rows| (&few, rows)))
        {
            let names_of_rows = Column::new("name", Values::Text(all.take(rows)));
            let table = Table::new("some", vec![names_of_rows], rows.len(), metadata.clone());
            let bytes = table.to_packed();
            let are_there = names.iter().map(|name| bytes.windows(name.len()).any(|bytes| bytes == name.as_bytes()));
            assert!(are_there.eq((0..1_000).map(|row| rows.contains(&row))), "{rows:?}");
            assert_eq!(Table::from_packed(&bytes)?, table);
        }
        Ok(())
    }

    #[test]
    fn many_and_long_texts_are_read_back() -> Result<(), Error> {
        let metadata = exemplar().metadata().clone();
        for (count, length) in [(0, 0), (1, 255), (1, 256), (254, 1), (255, 1), (256, 1), (300, 300), (70_000, 1)] {
            let names: Vec<String> = (0..count).map(|name| format!("{name:0length$}")).collect();
            let texts = || names.iter().map(|name| Some(name.as_str()));
            for texts in
                [texts().collect::<Texts>(), texts().chain([None]).collect(), texts().rev().chain(texts()).collect()]
            {
                let rows = texts.len();
                let table = Table::new("some", vec![Column::new("text", Values::Text(texts))], rows, metadata.clone());
                assert_eq!(Table::from_packed(&table.to_packed())?, table, "{count} {length}");
            }
        }
        Ok(())
    }

    #[rstest]
    #[case(i32::MAX.into(), 4)]
    #[case(i32::MIN.into(), 4)]
    #[case(i128::from(i32::MAX) + 1, 16)]
    #[case(i128::from(i32::MIN) - 1, 16)]
    #[case(i128::MAX, 16)]
    #[case(i128::MIN, 16)]
    fn amounts_take_as_many_bytes_as_they_need(#[case] units: i128, #[case] size: usize) {
        let mut bytes = Vec::new();
        let amounts = [Some(-1), Some(units), Some(0)].into_iter().collect();
        assert_eq!(pack_amounts(&amounts, &mut bytes), [("at", 0), ("size", size)]);
        let expected = [-1, units, 0].map(|units| units.to_le_bytes());
        assert_eq!(bytes, expected.iter().flat_map(|units| &units[..size]).copied().collect::<Vec<u8>>());
        assert_eq!(bytes.chunks(size).map(signed).collect::<Vec<_>>(), [Some(-1), Some(units), Some(0)]);
    }

    #[rstest]
    #[case(&[0.0, -0.0, 1.0, 99.999_999, -100.0], 4)]
    #[case(&[2_147.483_647, -2_147.483_647], 4)]
    #[case(&[0.000_001, 0.1 + 0.2], 8)]
    #[case(&[0.5, 2_147.483_648], 8)]
    #[case(&[1.0 / 3.0], 8)]
    #[case(&[f64::MAX, 5e-324], 8)]
    fn ratios_take_as_many_bytes_as_they_need(#[case] ratios: &[f64], #[case] size: usize) {
        // However many others are looked at first.
        for more in [0, 1, 63, 64, 200] {
            let ratios: Vec<f64> = std::iter::repeat_n(0.25, more).chain(ratios.iter().copied()).collect();
            let mut bytes = Vec::new();
            assert_eq!(pack_ratios(&ratios.clone().into(), &mut bytes), [("at", 0), ("size", size)]);
            let read: Vec<u64> = bytes.chunks(size).filter_map(ratio).map(f64::to_bits).collect();
            assert_eq!(read, ratios.iter().map(|ratio| (ratio + 0.0).to_bits()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn columns_of_numbers_stand_where_hosts_read_them() -> Result<(), Error> {
        let bytes = exemplar().to_packed();
        let head = bytes.get(..bytes.len() - 4).unwrap();
        let start = head.windows(9).rposition(|window| window == b"{\"schema\"").unwrap();
        let head = crate::json::Json::parse(std::str::from_utf8(&head[start..]).unwrap())?;
        for column in head.get("places").unwrap().as_array().unwrap() {
            let places: Vec<_> = ["at", "lengths"].iter().filter_map(|name| column.get(name)).collect();
            assert!(!places.is_empty(), "{column}");
            for at in places {
                assert!(matches!(at, crate::json::Json::Integer(at) if at % 8 == 0), "{column}");
            }
        }
        Ok(())
    }

    /// Amounts and ratios of four bytes; a text of each row, one of them long; texts of which some rows have the same.
    fn short_and_long() -> Table {
        let rows = 300;
        let texts: Vec<String> =
            (0..rows).map(|row| format!("{row:0width$}", width = if row == 7 { 300 } else { 3 })).collect();
        let of = |row: usize| texts.get(row).map(String::as_str);
        let columns = vec![
            Column::new("money", Values::Money { units: vec![-7; rows].into(), digits: 2 }),
            Column::new("ratio", Values::Ratio((0..rows).map(|row| (row != 3).then_some(row as f64 / 1e6)).collect())),
            Column::new("same", Values::Text((0..rows).map(|row| of(row * 2 % rows).filter(|_| row != 5)).collect())),
            Column::new("own", Values::Text((0..rows).map(of).collect())),
        ];
        Table::new("some", columns, rows, exemplar().metadata)
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = exemplar().to_packed();
        let code = |bytes: &[u8]| Table::from_packed(bytes).map_err(|error| error.problems()[0].code.name());
        assert_eq!(code(&[]), Err("invalid_argument"));
        assert_eq!(code(&[255; 4]), Err("invalid_argument"));
        assert_eq!(code(&bytes[8..]), Err("invalid_argument"));
        for end in 0..bytes.len() {
            assert!(Table::from_packed(&bytes[..end]).is_err(), "{end}");
        }
        // Whatever byte is another, there is a table or an error: of the longest forms of columns, and of the shortest.
        for (bytes, step) in [(bytes, 1), (short_and_long().to_packed(), 23)] {
            for at in (0..bytes.len()).step_by(step) {
                for other in [0, 0x80, 0xff] {
                    let mut bytes = bytes.clone();
                    bytes[at] ^= other;
                    bytes[at] = bytes[at].wrapping_add(1);
                    let _ = Table::from_packed(&bytes);
                }
            }
        }
        let replaced = |from: &str, to: &str| {
            let mut bytes = short_and_long().to_packed();
            let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).unwrap();
            bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
            code(&bytes)
        };
        assert_eq!(replaced("\"rows\":300", "\"rows\":299"), Err("invalid_argument"), "each row has its own text");
        assert_eq!(replaced("\"size\":4", "\"size\":2"), Err("invalid_argument"));
        let none = Table::new("none", Vec::new(), 2, exemplar().metadata);
        assert_eq!(code(&none.to_packed()), Err("invalid_argument"));
        let twice = Column::new("twice", Values::Count(vec![1, 2].into()));
        let table = Table::new("two", vec![twice.clone(), twice], 2, exemplar().metadata);
        assert_eq!(code(&table.to_packed()), Err("invalid_argument"));
    }
}
