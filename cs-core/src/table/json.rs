//! Canonical JSON: `{"schema","columns","rows","metadata"}`, no spaces, keys in fixed order, numbers as in RFC 8785,
//! money and dates as strings. Reading it back gives an equal table.

use std::cell::OnceCell;
use std::fmt::Write as _;

use hashbrown::HashMap;

use super::{Cell, Column, Kind, Metadata, Nullable, Table, TextLists, Texts, Unit, Values};
use crate::currency::Currency;
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, cut};
use crate::float;
use crate::json::{Json, write_text};
use crate::money::{decimal_text, parse_units};
use crate::period::Day;
use crate::ratio::Reason;
use crate::word::Word as _;

impl Table {
    /// The canonical JSON: the bytes that are the same in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Around twenty characters a cell, its name included.
        let mut out =
            String::with_capacity(self.len().saturating_mul(self.columns().len()).saturating_mul(24).min(1 << 26));
        out.push_str("{\"schema\":");
        write_text(self.schema(), &mut out);
        out.push_str(",\"columns\":");
        Json::Array(self.columns().iter().map(column_object).collect()).write(&mut out);
        out.push_str(",\"rows\":[");
        let names: Vec<String> = self.columns().iter().map(|column| Json::from(column.name()).to_string()).collect();
        for row in 0..self.len() {
            out.push_str(if row == 0 { "{" } else { ",{" });
            for (position, (column, name)) in self.columns().iter().zip(&names).enumerate() {
                if position > 0 {
                    out.push(',');
                }
                out.push_str(name);
                out.push(':');
                write_cell(column.values().cell(row), &mut out);
            }
            out.push('}');
        }
        out.push_str("],\"metadata\":");
        self.metadata().to_object().write(&mut out);
        out.push('}');
        out
    }

    /// Reads what [`Table::to_json`] wrote.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, or `invalid_argument` with the path of what is not such a table's.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Json::parse(text)?)
    }

    /// The same of what is parsed already.
    pub(crate) fn from_value(json: &Json) -> Result<Self, Error> {
        let fields = Fields::of(json, "table", &["schema", "columns", "rows", "metadata"])?;
        let schema = fields.text("schema")?;
        let rows = fields.array("rows")?;
        let rows: Vec<Row<'_>> = rows.iter().enumerate().map(Row::of).collect::<Result<_, _>>()?;
        let columns = fields
            .array("columns")?
            .iter()
            .enumerate()
            .map(|(position, column)| {
                let cell = |row: usize, name: &str| rows.get(row).and_then(|row| row.cell(position, name));
                read_column(column, position, rows.len(), &cell)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let names = distinct_names(&columns)?;
        for (position, row) in rows.iter().enumerate() {
            if let Some((name, value)) = row.cells.iter().find(|(name, _)| !names.contains(name.as_str())) {
                return Err(unexpected(&format!("{}.{}", row_path(position), cut(name)), value, "no such key").into());
            }
        }
        drop(names);
        let metadata = read_metadata(fields.value("metadata")?)?;
        Ok(Self::new(schema, columns, rows.len(), metadata))
    }
}

/// The names of columns, of which each has one of its own.
pub(super) fn distinct_names(columns: &[Column]) -> Result<hashbrown::HashSet<&str>, Problem> {
    let mut names = hashbrown::HashSet::new();
    for (position, column) in columns.iter().enumerate() {
        if !names.insert(column.name()) {
            let path = format!("table.columns[{}].name", position + 1);
            return Err(unexpected(&path, &Json::from(column.name()), "a name that no other column has"));
        }
    }
    Ok(names)
}

fn row_path(position: usize) -> String {
    format!("table.rows[{}]", position + 1)
}

/// The cells of a row by their names.
struct Row<'a> {
    cells: &'a [(String, Json)],
    /// Made with the first cell that does not stand where its column does.
    positions: OnceCell<HashMap<&'a str, usize>>,
}

impl<'a> Row<'a> {
    fn of((position, json): (usize, &'a Json)) -> Result<Self, Problem> {
        match json {
            Json::Object(cells) => Ok(Self { cells, positions: OnceCell::new() }),
            other => Err(unexpected(&row_path(position), other, "an object")),
        }
    }

    /// The cell of the column of a name, which should stand at the column's position.
    fn cell(&self, position: usize, name: &str) -> Option<&'a Json> {
        let there = |position: usize| self.cells.get(position).filter(|(found, _)| found == name);
        let cell = there(position).or_else(|| {
            let names =
                || self.cells.iter().enumerate().map(|(position, (name, _))| (name.as_str(), position)).collect();
            self.positions.get_or_init(names).get(name).copied().and_then(there)
        });
        cell.map(|(_, value)| value)
    }
}

pub(super) fn column_object(column: &Column) -> Json {
    let digits = match column.values() {
        Values::Money { digits, .. } => Some(("digits", Json::Integer(i64::from(*digits)))),
        _ => None,
    };
    let entries = [("name", Json::from(column.name())), ("kind", Json::from(column.values().kind().name()))];
    Json::object(entries.into_iter().chain(digits))
}

fn write_cell(cell: Cell<'_>, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match cell {
        Cell::Absent => write!(out, "null"),
        Cell::Money { units, digits } => write!(out, "\"{}\"", decimal_text(units, digits)),
        Cell::Count(count) => write!(out, "{count}"),
        Cell::Ratio(ratio) => write!(out, "{}", float::canonical(ratio).unwrap_or_else(|| "null".to_owned())),
        Cell::Date(day) => write!(out, "\"{day}\""),
        Cell::Flag(flag) => write!(out, "{flag}"),
        Cell::Text(text) => {
            write_text(text, out);
            Ok(())
        }
        Cell::TextList(list) => {
            Json::Array(list.iter().map(Json::from).collect()).write(out);
            Ok(())
        }
    };
}

/// The entries of an object, all of them known.
pub(super) struct Fields<'a> {
    path: String,
    entries: &'a [(String, Json)],
}

impl<'a> Fields<'a> {
    pub(super) fn of(json: &'a Json, path: &str, names: &[&str]) -> Result<Self, Problem> {
        let Json::Object(entries) = json else { return Err(unexpected(path, json, "an object")) };
        match entries.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((name, value)) => Err(unexpected(&format!("{path}.{}", cut(name)), value, "no such key")),
            None => Ok(Self { path: path.to_owned(), entries }),
        }
    }

    pub(super) fn value(&self, name: &str) -> Result<&'a Json, Problem> {
        let value = self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        value.ok_or_else(|| unexpected(&self.at(name), &Json::Null, "a value"))
    }

    pub(super) fn array(&self, name: &str) -> Result<&'a [Json], Problem> {
        match self.value(name)? {
            Json::Array(items) => Ok(items),
            other => Err(unexpected(&self.at(name), other, "a list")),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<&'a str, Problem> {
        let value = self.value(name)?;
        value.as_text().ok_or_else(|| unexpected(&self.at(name), value, "text"))
    }

    /// What `read` makes of a text, or `None` for null.
    fn optional<T>(&self, name: &str, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let wrong = |value: &Json| unexpected(&self.at(name), value, expected);
        match self.value(name)? {
            Json::Null => Ok(None),
            value @ Json::Text(text) => read(text).map(Some).ok_or_else(|| wrong(value)),
            value => Err(wrong(value)),
        }
    }

    fn at(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

pub(super) fn unexpected(path: &str, value: &Json, expected: &str) -> Problem {
    Problem::argument(Code::InvalidArgument, path, format!("{} stands where {expected} is expected", value.describe()))
}

pub(super) fn read_metadata(json: &Json) -> Result<Metadata, Error> {
    let names = [
        "version",
        "operation",
        "currency",
        "definitions",
        "fingerprint",
        "scorecard",
        #[cfg(feature = "health")]
        "bands",
        "as_of",
        "known_on",
        "unit",
        "absent",
    ];
    let fields = Fields::of(json, "table.metadata", &names)?;
    let definitions = Definitions::from_object(fields.value("definitions")?)?;
    if fields.text("fingerprint")? != definitions.fingerprint() {
        return Err(unexpected(
            "table.metadata.fingerprint",
            fields.value("fingerprint")?,
            "the fingerprint of the definitions",
        )
        .into());
    }
    let Json::Object(absent) = fields.value("absent")? else {
        return Err(unexpected("table.metadata.absent", fields.value("absent")?, "an object").into());
    };
    let absent = absent.iter().map(|(column, reason)| {
        let known = reason.as_text().and_then(Reason::from_name);
        known
            .map(|known| (column.clone(), known))
            .ok_or_else(|| unexpected("table.metadata.absent", reason, "a reason"))
    });
    let day = |text: &str| text.parse::<Day>().ok();
    #[cfg(not(feature = "health"))]
    let bands = Vec::new();
    #[cfg(feature = "health")]
    let bands = match json.get("bands") {
        None => Vec::new(),
        Some(_) => {
            let name = |band: &Json| {
                band.as_text().map(str::to_owned).ok_or_else(|| unexpected("table.metadata.bands", band, "text"))
            };
            fields.array("bands")?.iter().map(name).collect::<Result<_, _>>()?
        }
    };
    Ok(Metadata {
        version: fields.text("version")?.to_owned(),
        operation: fields.text("operation")?.to_owned(),
        currency: fields.optional("currency", "a currency", Currency::from_code)?,
        definitions,
        scorecard: match fields.value("scorecard")? {
            Json::Null => None,
            _ => Some(fields.text("scorecard")?.to_owned()),
        },
        bands,
        as_of: fields.optional("as_of", "a date", day)?,
        known_on: fields.optional("known_on", "a date", day)?,
        unit: fields.optional("unit", "a unit", Unit::from_word)?,
        absent: absent.collect::<Result<_, _>>()?,
    })
}

/// A cell of a column by its row and the column's name; none where it is missing.
type CellOf<'f, 'a> = &'f dyn Fn(usize, &str) -> Option<&'a Json>;

/// A column by what is told of it, and its cells.
pub(super) fn read_column(json: &Json, position: usize, rows: usize, cell: CellOf<'_, '_>) -> Result<Column, Problem> {
    let path = format!("table.columns[{}]", position + 1);
    let fields = Fields::of(json, &path, &["name", "kind", "digits"])?;
    let name = fields.text("name")?;
    let kind = fields.text("kind")?;
    let digits = match fields.value("digits") {
        Ok(Json::Integer(digits @ 0..=28)) => *digits as u8,
        Ok(other) => return Err(unexpected(&fields.at("digits"), other, "a number of decimals")),
        Err(_) => 0,
    };
    let kind =
        Kind::from_word(kind).ok_or_else(|| unexpected(&fields.at("kind"), &Json::from(kind), "a kind of column"))?;
    let cells = Cells { name, rows, cell };
    let values = match kind {
        Kind::Money => {
            let units =
                cells.read::<_, Nullable<i128>>("an amount", |cell| parse_units(cell.as_text()?, digits).ok())?;
            Values::Money { units, digits }
        }
        Kind::Count => Values::Count(cells.read("a count", |cell| u64::try_from(cell.as_whole()?).ok())?),
        Kind::Ratio => Values::Ratio(cells.read("a number", |cell| match cell {
            Json::Integer(number) => Some(*number as f64),
            Json::Float(number) => Some(*number),
            _ => None,
        })?),
        Kind::Date => Values::Date(cells.read("a date", |cell| match cell {
            // A period may begin or end a little outside the days that input may have.
            Json::Text(text) => Day::boundary(text),
            _ => None,
        })?),
        Kind::Flag => Values::Flag(cells.read("true or false", |cell| match cell {
            Json::Flag(flag) => Some(*flag),
            _ => None,
        })?),
        Kind::Text => Values::Text(cells.read::<_, Texts>("text", |cell| match cell {
            Json::Text(text) => Some(text.as_str()),
            _ => None,
        })?),
        Kind::TextList => Values::TextList(cells.read::<_, TextLists>("a list of texts", |cell| {
            match cell {
                Json::Array(items) => items
                    .iter()
                    .map(|item| match item {
                        Json::Text(text) => Some(text.as_str()),
                        _ => None,
                    })
                    .collect::<Option<Vec<_>>>(),
                _ => None,
            }
        })?),
    };
    Ok(Column::new(name, values))
}

/// One column's cells.
struct Cells<'f, 'a> {
    name: &'f str,
    rows: usize,
    cell: CellOf<'f, 'a>,
}

impl<'a> Cells<'_, 'a> {
    fn read<T, C: FromIterator<Option<T>>>(
        &self,
        expected: &str,
        read: impl Fn(&'a Json) -> Option<T>,
    ) -> Result<C, Problem> {
        let cell = |row: usize| {
            let wrong = |value| unexpected(&format!("{}.{}", row_path(row), cut(self.name)), value, expected);
            match (self.cell)(row, self.name) {
                None => Err(wrong(&Json::Null)),
                Some(Json::Null) => Ok(None),
                Some(value) => read(value).map(Some).ok_or_else(|| wrong(value)),
            }
        };
        (0..self.rows).map(cell).collect()
    }
}

/// A table of every scalar kind, absent cells and awkward values included: what bindings are tested with.
#[must_use]
pub fn exemplar() -> Table {
    let currency = Currency::from_code("USD");
    let mut metadata = Metadata::new("exemplar", currency, &Definitions::default());
    metadata.as_of = Some(Day::MIN);
    metadata.known_on = Some(Day::MAX);
    metadata.unit = Some(Unit::CustomerProduct);
    metadata.absent = vec![("ratio".to_owned(), Reason::ZeroDenominator)];
    let units: Nullable<i128> = [Some(0), Some(-5), Some(900_719_925_474_099_300), None].into_iter().collect();
    let columns = vec![
        Column::new("money", Values::Money { units: units.clone(), digits: 2 }),
        Column::new("whole_money", Values::Money { units, digits: 0 }),
        Column::new("count", Values::Count([Some(0), Some(1), Some((1 << 53) - 1), None].into_iter().collect())),
        Column::new("ratio", Values::Ratio([Some(0.1), Some(-1e21), Some(5e-324), None].into_iter().collect())),
        Column::new("date", Values::Date([Some(Day::MIN), Some(Day(0)), Some(Day::MAX), None].into_iter().collect())),
        Column::new(
            "text",
            Values::Text(
                [Some(""), Some("=1+1,\"<b>\"\n'"), Some("カスタマー\u{1f389}\u{0}"), None].into_iter().collect(),
            ),
        ),
        Column::new(
            "text_list",
            Values::TextList([Some(vec![]), Some(vec!["a"]), Some(vec!["=b,\"", "é", ""]), None].into_iter().collect()),
        ),
        Column::new("flag", Values::Flag([Some(false), Some(true), Some(true), None].into_iter().collect())),
    ];
    Table::new("exemplar", columns, 4, metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_as_the_same_bytes() -> Result<(), Error> {
        let table = exemplar();
        let text = table.to_json();
        let read = Table::from_json(&text)?;
        assert_eq!(read, table);
        assert_eq!(read.to_json(), text);
        assert!(text.starts_with(r#"{"schema":"exemplar","columns":[{"name":"money","kind":"money","digits":2},"#));
        assert!(text.contains(r#"{"money":"-0.05","whole_money":"-5","count":1,"ratio":-1e+21,"date":"1970-01-01","#));
        Ok(())
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_path() {
        let text = exemplar().to_json();
        for (from, to, path) in [
            ("\"-0.05\"", "\"-0.055\"", "table.rows[2].money"),
            ("\"-0.05\"", "-0.05", "table.rows[2].money"),
            ("\"count\":1,", "", "table.rows[2].count"),
            ("\"count\":1,", "\"count\":-1,", "table.rows[2].count"),
            ("\"ratio\":0.1,", "", "table.rows[1].ratio"),
            ("\"count\":1,", "\"count\":1,\"counts\":1,", "table.rows[2].counts"),
            ("\"kind\":\"count\"", "\"kind\":\"counts\"", "table.columns[3].kind"),
            ("\"schema\":", "\"scheme\":", "table.scheme"),
            ("\"fingerprint\":\"", "\"fingerprint\":\"0", "table.metadata.fingerprint"),
            ("zero_denominator", "zero", "table.metadata.absent"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = Table::from_json(&text.replacen(from, to, 1)).err();
            let found = error.and_then(|error| Some(error.problems().first()?.path.clone()));
            assert_eq!(found.as_deref(), Some(path), "{from} -> {to}");
        }
    }
}
