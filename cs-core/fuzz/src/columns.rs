//! Tables of any columns, in every layout of a host, built of bytes.

use cs_core::{
    ColumnKind, Contract, Customer, Error, Input, InputColumn, Json, Nullable, TABLES, TableSpec, TextColumn,
    Unwatched, Value, wire,
};

use crate::bytes::Bytes;
use crate::checks::{accounted, computed, refused};
use crate::dates::day;

const WORDS: [&str; 20] = [
    "",
    "acme",
    "c-1",
    "2026-01-01",
    "2026-02-28",
    "100",
    "0.50",
    "9223372036854775807",
    "-1",
    "USD",
    "KWD",
    "true",
    "FALSE",
    "year",
    "trial",
    "1e3",
    "12",
    "カ",
    "NaN",
    "2201-01-01",
];

/// Bytes as a table of contracts, one of customers and one of facts: policies first, then columns.
pub fn columns(bytes: &[u8]) {
    let mut bytes = Bytes::of(bytes);
    let policies = bytes.byte();
    let mut tables = vec![("contracts", table(&mut bytes, &Contract::SPEC))];
    if policies & 1 == 1 {
        tables.push(("customers", table(&mut bytes, &Customer::SPEC)));
    }
    if policies & 16 == 16 {
        let others: Vec<&TableSpec> = TABLES
            .iter()
            .copied()
            .filter(|spec| ![Contract::SPEC.name, Customer::SPEC.name].contains(&spec.name))
            .collect();
        let spec = bytes.pick(&others);
        tables.push((spec.name, facts(&mut bytes, spec)));
    }
    let rows = tables[0].1.rows();
    let load = |on_invalid: &str| {
        let arguments = [
            ("currency", if policies & 8 == 0 { Json::from("USD") } else { Json::Null }),
            ("on_invalid", Json::from(on_invalid)),
            ("extra_columns", Json::from(if policies & 2 == 2 { "error" } else { "ignore" })),
            ("duplicates", Json::from(if policies & 4 == 4 { "error" } else { "drop" })),
        ];
        wire::from_tables(tables.clone(), &Json::object(arguments), &Unwatched)
    };
    match (load("reject"), load("raise")) {
        (Err(one), Err(two)) => {
            refused(&one);
            assert_eq!(one, two);
        }
        (Ok(portfolio), raised) => {
            let report = portfolio.load_report();
            assert_eq!(report.tables.first().map(|table| table.rows_read), Some(rows as u64));
            match raised {
                Ok(_) => assert_eq!(report.problems.total, 0),
                Err(Error::InvalidInput(problems)) => assert_eq!(report.problems, problems),
                Err(other) => panic!("{other}"),
            }
            accounted(&portfolio);
            computed(&portfolio, day("2025-12-31"), day("2027-01-02"));
        }
        (Err(one), Ok(_)) => panic!("rejected with {one} and yet raised nothing"),
    }
}

fn table(bytes: &mut Bytes<'_>, spec: &TableSpec) -> Input {
    let rows = bytes.below(6);
    let columns = bytes.below(14);
    let mut input = Input::with_rows(rows);
    for position in 0..columns {
        // The columns that every table has come first, so that rows have a chance.
        let name = match bytes.byte() {
            choice @ 240.. => bytes.text(usize::from(choice - 238)),
            _ if position < 3 && position < spec.columns.len() => spec.columns[position].name.to_owned(),
            choice => spec.columns[usize::from(choice) % spec.columns.len()].name.to_owned(),
        };
        input = input.column(name, column(bytes, rows));
    }
    input
}

/// A table whose cells are mostly what their columns are for.
fn facts(bytes: &mut Bytes<'_>, spec: &TableSpec) -> Input {
    let rows = bytes.below(6);
    let mut input = Input::with_rows(rows);
    for column in spec.columns {
        if bytes.byte() < if column.required { 250 } else { 128 } {
            let mut cell = |_| if bytes.byte() < 200 { plausible(bytes, column.kind) } else { value(bytes) };
            input = input.column(column.name, InputColumn::Values((0..rows).map(&mut cell).collect()));
        }
    }
    input
}

fn plausible(bytes: &mut Bytes<'_>, kind: ColumnKind) -> Value {
    let numbers = [0.0, 1.0, -0.0, -0.5, 0.5, 2.0, 5.0, 9.5, 10.0, 11.0, f64::MAX, f64::MIN_POSITIVE];
    match kind {
        ColumnKind::Id => Value::Text(bytes.pick(&["acme", "c-1", "active_users", "カ"]).to_owned()),
        ColumnKind::Date => Value::Date(20_000 + i32::from(bytes.byte())),
        ColumnKind::Count => Value::Integer(bytes.byte().into()),
        ColumnKind::Number | ColumnKind::Score(_) => Value::Float(bytes.pick(&numbers)),
        ColumnKind::Flag => Value::Flag(bytes.flag()),
        ColumnKind::Choice(words) => Value::Text(bytes.pick(words).to_owned()),
        _ => Value::Text(bytes.pick(&WORDS).to_owned()),
    }
}

fn column(bytes: &mut Bytes<'_>, rows: usize) -> InputColumn {
    fn all<T: Copy + Default>(bytes: &mut Bytes<'_>, rows: usize, one: impl Fn(&mut Bytes<'_>) -> T) -> Nullable<T> {
        (0..rows).map(|_| (bytes.byte() != 0).then(|| one(bytes))).collect()
    }
    match bytes.byte() {
        0..32 => InputColumn::Text((0..rows).map(|_| bytes.pick(&WORDS)).collect::<TextColumn>()),
        32..48 => InputColumn::Integer(all(bytes, rows, |bytes| bytes.number() >> (8 * bytes.below(8)))),
        48..64 => {
            let scale = bytes.byte().into();
            InputColumn::Decimal {
                units: all(bytes, rows, |bytes| i128::from(bytes.number()) << bytes.below(64)),
                scale,
            }
        }
        64..80 => InputColumn::Date(all(bytes, rows, |bytes| 20_000 + i32::from(bytes.byte()))),
        80..88 => InputColumn::Flag(all(bytes, rows, |bytes| bytes.flag())),
        88..96 => InputColumn::Float(all(bytes, rows, |bytes| f64::from_bits(bytes.number() as u64))),
        112..128 => {
            let mut values = Vec::new();
            for row in 0..rows {
                if bytes.flag() {
                    values.push((row, value(bytes)));
                }
            }
            InputColumn::Sparse { rows, values }
        }
        96..112 => InputColumn::Dictionary {
            positions: all(bytes, rows, |bytes| u32::from(bytes.byte())),
            texts: WORDS.iter().collect(),
        },
        _ => {
            // One value too few or too many, now and then.
            let length = match bytes.byte() {
                0 => rows.saturating_sub(1),
                1 => rows + 1,
                _ => rows,
            };
            InputColumn::Values((0..length).map(|_| value(bytes)).collect())
        }
    }
}

fn value(bytes: &mut Bytes<'_>) -> Value {
    match bytes.byte() {
        0..160 => Value::Text(bytes.pick(&WORDS).to_owned()),
        160..170 => Value::Absent,
        170..190 => Value::Text(bytes.text(12)),
        190..205 => Value::Integer(bytes.number()),
        205..220 => Value::Date(20_000 + i32::from(bytes.byte())),
        220..225 => Value::Date(bytes.number() as i32),
        225..235 => Value::Flag(bytes.flag()),
        235..245 => Value::Float(f64::from_bits(bytes.number() as u64)),
        245..250 => Value::Moment(bytes.text(30)),
        // What a value is stands in words of the host.
        _ => Value::Other("a list".to_owned()),
    }
}
