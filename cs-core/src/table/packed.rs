//! A table as bytes, column by column, for hosts that do not share memory with the library: a browser reads columns of
//! numbers where they stand, and hands the bytes back for all that only the library can make of them.
//!
//! Columns first, each at a multiple of eight bytes, little-endian; behind them a head of JSON that says where they are,
//! and last its length. It is no form to keep: only the version that wrote it reads it. A cell is read as the one of JSON
//! that it stands for, so that both forms are checked by the same code.

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
        let mut read = Vec::with_capacity(columns.len());
        for (position, (column, places)) in columns.iter().zip(places).enumerate() {
            // A column at a time: its cells as JSON take more room than the bytes.
            let cells = Packed { bytes, column, places }.cells(rows).ok_or_else(other)?;
            read.push(read_column(column, position, rows, &|row, _| cells.get(row))?);
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
        Values::Money { units, .. } => pack_numbers(units, i128::to_le_bytes, bytes),
        Values::Count(counts) => pack_numbers(counts, u64::to_le_bytes, bytes),
        // Zero has no sign, as in JSON.
        Values::Ratio(ratios) => pack_numbers(ratios, |ratio| (ratio + 0.0).to_le_bytes(), bytes),
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

/// What stands in absent rows means nothing; which these are is told where there are any.
fn pack_numbers<const N: usize, T: Copy + Default>(
    numbers: &Nullable<T>,
    number: impl Fn(T) -> [u8; N],
    bytes: &mut Vec<u8>,
) -> Vec<(&'static str, usize)> {
    let at = put(numbers.values().iter().map(|&value| number(value)), bytes);
    let present = bytes.len();
    match numbers.present() {
        None => vec![("at", at)],
        Some(is_there) => {
            bytes.extend(is_there.iter().map(|&is_there| u8::from(is_there)));
            vec![("at", at), ("present", present)]
        }
    }
}

/// Puts items of one size where a column may begin, and gives that place.
fn put<const N: usize>(items: impl ExactSizeIterator<Item = [u8; N]>, bytes: &mut Vec<u8>) -> usize {
    let at = bytes.len().next_multiple_of(ALIGNED);
    // Room for all is made at once, and none is asked for item by item.
    bytes.resize(at + items.len() * N, 0);
    let (slots, _) = bytes.get_mut(at..).unwrap_or_default().as_chunks_mut();
    slots.iter_mut().zip(items).for_each(|(slot, item)| *slot = item);
    at
}

/// Texts of which each is there once, whatever else is in their pool.
fn pack_texts(texts: &Texts, bytes: &mut Vec<u8>) -> Vec<(&'static str, usize)> {
    let mut codes = vec![ABSENT; texts.pool().len()];
    let mut used = Vec::new();
    for &code in texts.codes() {
        if let Some(slot) = codes.get_mut(code as usize).filter(|slot| **slot == ABSENT) {
            *slot = used.len() as u32;
            used.push(code);
        }
    }
    let codes = texts.codes().iter().map(|&code| codes.get(code as usize).copied().unwrap_or(ABSENT));
    let at = match is_few(used.len()) {
        true => put(codes.map(|code| [code as u8]), bytes),
        false => put(codes.map(u32::to_le_bytes), bytes),
    };
    let mut end = 0;
    let end = |code: &u32| {
        end += texts.pool().get(*code).len() as u32;
        end.to_le_bytes()
    };
    let ends = put(used.iter().map(end), bytes);
    let text = bytes.len();
    used.iter().for_each(|&code| bytes.extend_from_slice(texts.pool().get(code).as_bytes()));
    vec![("at", at), ("texts", used.len()), ("ends", ends), ("text", text)]
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

impl<'a> Packed<'a> {
    /// The cells as JSON has them.
    fn cells(&self, rows: usize) -> Option<Vec<Json>> {
        let kind = Kind::from_word(self.column.get("kind")?.as_text()?)?;
        match kind {
            Kind::Money => {
                let digits = u8::try_from(number(self.column, "digits")?).ok()?;
                let amount = |units| Some(Json::Text(decimal_text(units, digits)));
                self.numbers(rows, 16, &|bytes| amount(i128::from_le_bytes(bytes.try_into().ok()?)))
            }
            Kind::Count => {
                self.numbers(rows, 8, &|bytes| Some(Json::Integer(i64::from_le_bytes(bytes.try_into().ok()?))))
            }
            Kind::Ratio => {
                self.numbers(rows, 8, &|bytes| Some(Json::Float(f64::from_le_bytes(bytes.try_into().ok()?))))
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

    fn numbers(&self, rows: usize, size: usize, cell: &dyn Fn(&[u8]) -> Option<Json>) -> Option<Vec<Json>> {
        let numbers = self.items("at", rows, size)?.chunks_exact(size);
        let present = self.places.get("present").map(|_| self.items("present", rows, 1));
        let present = if let Some(present) = present { Some(present?) } else { None };
        let is_there = |row: usize| present.is_none_or(|present| present.get(row) != Some(&0));
        numbers.enumerate().map(|(row, bytes)| if is_there(row) { cell(bytes) } else { Some(Json::Null) }).collect()
    }

    fn texts(&self, rows: usize, cell: &dyn Fn(&str) -> Option<Json>) -> Option<Vec<Json>> {
        let text = self.bytes.get(number(self.places, "text")?..)?;
        let whole = |bytes: &[u8]| bytes.try_into().map_or(ABSENT, u32::from_le_bytes);
        let texts = number(self.places, "texts")?;
        let ends = self.items("ends", texts, 4)?;
        let end = |code: usize| Some(whole(ends.chunks_exact(4).nth(code)?) as usize);
        let size = if is_few(texts) { 1 } else { 4 };
        let codes = self.items("at", rows, size)?.chunks_exact(size).map(|code| match code {
            [u8::MAX] => ABSENT,
            [code] => u32::from(*code),
            code => whole(code),
        });
        let read = |code: u32| match (code, code.checked_sub(1)) {
            (ABSENT, _) => Some(Json::Null),
            (code, before) => {
                let start = before.map_or(Some(0), |before| end(before as usize))?;
                cell(std::str::from_utf8(text.get(start..end(code as usize)?)?).ok()?)
            }
        };
        codes.map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, Texts, Values};
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
        let all: Texts = (0..1_000).map(|_| Some("a text")).chain([Some("another one")]).collect();
        let values = Values::Text(all.take(&[1_000, 0]));
        let metadata = exemplar().metadata().clone();
        let table = Table::new("some", vec![Column::new("name", values)], 2, metadata.clone());
        let again: Texts = [Some("another one"), Some("a text")].into_iter().collect();
        let same = Table::new("some", vec![Column::new("name", Values::Text(again))], 2, metadata);
        assert_eq!(table.to_packed(), same.to_packed());
        assert_eq!(Table::from_packed(&table.to_packed())?, same);
        Ok(())
    }

    #[test]
    fn many_texts_and_large_amounts_are_read_back() -> Result<(), Error> {
        let metadata = exemplar().metadata().clone();
        for count in [0_usize, 1, 254, 255, 256, 70_000] {
            let names: Vec<String> = (0..count).map(|name| format!("n{name}")).collect();
            let texts: Texts = names.iter().map(|name| Some(name.as_str())).chain([None]).collect();
            let units: Vec<i128> = (0..=count as i128).map(|unit| unit * 100_000_000_000_000_000_000_000).collect();
            let columns = vec![
                Column::new("text", Values::Text(texts)),
                Column::new("money", Values::Money { units: units.into(), digits: 2 }),
            ];
            let table = Table::new("some", columns, count + 1, metadata.clone());
            assert_eq!(Table::from_packed(&table.to_packed())?, table, "{count}");
        }
        Ok(())
    }

    #[test]
    fn columns_of_numbers_stand_where_hosts_read_them() -> Result<(), Error> {
        let bytes = exemplar().to_packed();
        let head = bytes.get(..bytes.len() - 4).unwrap();
        let start = head.windows(9).rposition(|window| window == b"{\"schema\"").unwrap();
        let head = crate::json::Json::parse(std::str::from_utf8(&head[start..]).unwrap())?;
        for column in head.get("places").unwrap().as_array().unwrap() {
            let crate::json::Json::Integer(at) = column.get("at").unwrap() else { panic!("{column}") };
            assert_eq!(at % 8, 0, "{column}");
        }
        Ok(())
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
        // Whatever byte is another, there is a table or an error.
        for at in 0..bytes.len() {
            for other in [0, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] ^= other;
                bytes[at] = bytes[at].wrapping_add(1);
                let _ = Table::from_packed(&bytes);
            }
        }
        let twice = Column::new("twice", Values::Count(vec![1, 2].into()));
        let table = Table::new("two", vec![twice.clone(), twice], 2, exemplar().metadata);
        assert_eq!(code(&table.to_packed()), Err("invalid_argument"));
    }
}
