//! Tables of anything: plausible cells, wild ones, missing, unknown and doubled columns, every layout of a host.

use cs_core::{
    ColumnKind, ColumnSpec, Contract, Customer, Definitions, Duplicates, Error, ExtraColumns, ExtraDigits, Input,
    InputColumn, Load, Nullable, OnInvalid, Portfolio, TableSpec, TextColumn, Value,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

/// A table of a host, and which of its cells say nothing.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) input: Input,
    pub(crate) blank: u64,
}

/// Tables and how they are to be taken.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) contracts: Given,
    pub(crate) customers: Option<Given>,
    pub(crate) currency: Option<&'static str>,
    pub(crate) extra_columns: ExtraColumns,
    pub(crate) duplicates: Duplicates,
    pub(crate) definitions: Definitions,
}

impl Request {
    pub(crate) fn load(&self, policy: OnInvalid) -> Result<Portfolio, Error> {
        self.prepared(policy).load()
    }

    pub(crate) fn prepared(&self, policy: OnInvalid) -> Load<'static> {
        let mut load = Portfolio::from_tables(self.contracts.input.clone())
            .on_invalid(policy)
            .extra_columns(self.extra_columns)
            .duplicates(self.duplicates)
            .definitions(self.definitions.clone());
        if let Some(customers) = &self.customers {
            load = load.customers(customers.input.clone());
        }
        if let Some(currency) = self.currency {
            load = load.currency(currency);
        }
        load
    }

    /// The tables that were given, in the order of their reports.
    pub(crate) fn tables(&self) -> Vec<(&'static str, &Given)> {
        let customers = self.customers.as_ref().map(|given| ("customers", given));
        [Some(("contracts", &self.contracts)), customers].into_iter().flatten().collect()
    }
}

pub(crate) fn requests() -> impl Strategy<Value = Request> {
    let tables = wildness().prop_flat_map(|wild| {
        let customers = prop_oneof![1 => Just(None), 1 => table(&Customer::SPEC, wild).prop_map(Some)];
        (table(&Contract::SPEC, wild), customers)
    });
    let currency = prop_oneof![4 => Just(Some("USD")), 1 => Just(Some("JPY")), 1 => Just(None)];
    let policies = (
        prop_oneof![3 => Just(ExtraColumns::Ignore), 1 => Just(ExtraColumns::Error)],
        select(&[Duplicates::Error, Duplicates::Drop][..]),
    );
    (tables, currency, policies, prop_oneof![3 => Just(0_u32), 1 => 1_u32..=6]).prop_map(
        |((contracts, customers), currency, (extra_columns, duplicates), extra)| {
            let extra_digits = ExtraDigits::new(extra).expect("extra digits");
            let definitions = Definitions { extra_digits, ..Definitions::default() };
            Request { contracts, customers, currency, extra_columns, duplicates, definitions }
        },
    )
}

/// How many of a hundred cells are not what their column is for.
fn wildness() -> impl Strategy<Value = u32> {
    select(&[0_u32, 2, 20][..])
}

/// A column while it is made: its name, and its cells or another layout of them.
type Made = (String, InputColumn, Vec<bool>);

fn table(spec: &'static TableSpec, wild: u32) -> impl Strategy<Value = Given> {
    (0_usize..7).prop_flat_map(move |rows| {
        let known: Vec<BoxedStrategy<Option<Made>>> =
            spec.columns.iter().map(|column| known_column(column, rows, wild)).collect();
        let unknown = prop::collection::vec(unknown_column(spec, rows), 0..=usize::from(wild > 0) * 2);
        // A row that repeats another, and one that says nothing.
        (known, unknown, any::<Option<(Index, Index)>>(), any::<Option<Index>>()).prop_map(
            move |(known, unknown, repeat, nothing)| {
                let columns = known.into_iter().flatten().chain(unknown);
                finished(rows, columns.collect(), repeat, nothing)
            },
        )
    })
}

fn finished(rows: usize, columns: Vec<Made>, repeat: Option<(Index, Index)>, nothing: Option<Index>) -> Given {
    let mut input = Input::with_rows(rows);
    let mut absent = vec![true; rows];
    for (name, column, mut says_nothing) in columns {
        let column = match column {
            InputColumn::Values(mut values) if rows > 0 => {
                if let Some((from, to)) = repeat {
                    values[to.index(rows)] = values[from.index(rows)].clone();
                }
                if let Some(row) = nothing {
                    values[row.index(rows)] = Value::Absent;
                }
                says_nothing = values.iter().map(is_absent).collect();
                InputColumn::Values(values)
            }
            other => other,
        };
        absent.iter_mut().zip(says_nothing).for_each(|(absent, nothing)| *absent &= nothing);
        input = input.column(name, column);
    }
    Given { input, blank: absent.into_iter().filter(|absent| *absent).count() as u64 }
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Absent) || matches!(value, Value::Text(text) if text.is_empty())
}

fn known_column(spec: &'static ColumnSpec, rows: usize, wild: u32) -> BoxedStrategy<Option<Made>> {
    let given = match (spec.name, spec.required) {
        (_, true) | ("mrr", _) => 50,
        ("amount" | "billing_period" | "term_months", _) => 5,
        _ => 25,
    };
    let cells = prop::collection::vec(cell(spec, wild), rows).prop_map(|values| {
        let absent = values.iter().map(is_absent).collect();
        (InputColumn::Values(values), absent)
    });
    let column = prop_oneof![60 => cells, wild => layout(rows)];
    prop_oneof![
        given => column.prop_map(move |(column, absent)| Some((spec.name.to_owned(), column, absent))),
        if spec.required { wild.max(1) } else { 50 } => Just(None),
    ]
    .boxed()
}

/// A column that the table does not have, or has already.
fn unknown_column(spec: &'static TableSpec, rows: usize) -> impl Strategy<Value = Made> {
    let doubled = select(spec.columns).prop_map(|column| column.name.to_owned());
    let name = prop_oneof![
        4 => select(&["", "=1+1", "地域", "a\nb", "mrr "][..]).prop_map(str::to_owned),
        1 => Just("x".repeat(300)),
        1 => doubled,
    ];
    (name, layout(rows)).prop_map(|(name, (column, absent))| (name, column, absent))
}

fn cell(spec: &'static ColumnSpec, wild: u32) -> BoxedStrategy<Value> {
    let absent = match (spec.name, spec.required) {
        (_, true) => 1,
        // Columns of which a row has one or the other.
        ("mrr", _) => 5,
        ("amount" | "billing_period" | "term_months", _) => 300,
        _ => 50,
    };
    prop_oneof![100 => plausible(spec), absent => Just(Value::Absent), wild => wild_value()].boxed()
}

fn texts(choices: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(choices).prop_map(|text| Value::Text(text.to_owned())).boxed()
}

fn plausible(spec: &'static ColumnSpec) -> BoxedStrategy<Value> {
    match spec.kind {
        ColumnKind::Id if spec.name == "contract_id" => {
            prop_oneof![8 => "[a-d][0-9]{2}".prop_map(Value::Text), 1 => (0_i64..9).prop_map(Value::Integer)].boxed()
        }
        ColumnKind::Id => texts(&["acme", "ACME", "b", "ク"]),
        ColumnKind::Text if spec.name == "currency" => texts(&["USD", "USD", "USD", "JPY", "KWD"]),
        ColumnKind::Text => texts(&["x", "ÿ", "a`b"]),
        ColumnKind::Date if spec.name == "start_date" => {
            texts(&["2026-01-01", "2026-01-31", "2024-02-29", "1900-01-01"])
        }
        ColumnKind::Date => {
            prop_oneof![texts(&["2026-02-01", "2026-03-31"]), (20_000..21_000).prop_map(Value::Date)].boxed()
        }
        ColumnKind::Money => prop_oneof![
            texts(&["100", "0", "1200.00", "0.5", "92233720368547758.07"]),
            (0_i64..100).prop_map(Value::Integer),
            (0_i64..100_000).prop_map(|units| Value::Decimal(Decimal::new(units, 2))),
        ]
        .boxed(),
        ColumnKind::Count => {
            prop_oneof![(1_i64..100).prop_map(Value::Integer), texts(&["7"]), Just(Value::Float(3.0))].boxed()
        }
        ColumnKind::Number => prop_oneof![(-1e6..=1e6).prop_map(Value::Float), texts(&["-0.5", "12"])].boxed(),
        ColumnKind::Score(most) => {
            let most = f64::from(most);
            prop_oneof![(0.0..=most).prop_map(Value::Float), texts(&["9.5"])].boxed()
        }
        ColumnKind::Flag => prop_oneof![any::<bool>().prop_map(Value::Flag), texts(&["TRUE", "false"])].boxed(),
        ColumnKind::Choice(words) => texts(words),
        other => panic!("{other:?} is not known here"),
    }
}

/// Anything that a host could have.
fn wild_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        select(
            &[
                "",
                " ",
                "NaN",
                "-1",
                "1e3",
                "0.001",
                "1,5",
                "2026-02-30",
                "2201-01-01",
                "99999999999999999999999999999",
                "１２",
                "a`b`c",
                "x\ny",
                "\u{0}",
                "true ",
                "USD",
                "usd",
                "year",
            ][..]
        )
        .prop_map(str::to_owned),
        ".{0,6}",
        Just("é".repeat(600)),
    ];
    let decimal = (any::<i64>(), 0_u32..=28).prop_map(|(units, scale)| Decimal::new(units, scale));
    prop_oneof![
        4 => text.prop_map(Value::Text),
        1 => any::<i64>().prop_map(Value::Integer),
        1 => decimal.prop_map(Value::Decimal),
        1 => any::<i32>().prop_map(Value::Date),
        1 => any::<bool>().prop_map(Value::Flag),
        1 => prop::num::f64::ANY.prop_map(Value::Float),
        1 => Just(Value::Moment("2026-01-31 00:00:00+09:00".to_owned())),
        1 => Just(Value::Other("a list".to_owned())),
    ]
}

/// A column of one type, as columnar hosts have them.
fn layout(rows: usize) -> BoxedStrategy<(InputColumn, Vec<bool>)> {
    fn of<T: Copy + Default + std::fmt::Debug + 'static>(
        rows: usize,
        values: impl Strategy<Value = T> + 'static,
        column: fn(Nullable<T>) -> InputColumn,
    ) -> BoxedStrategy<(InputColumn, Vec<bool>)> {
        prop::collection::vec(prop::option::of(values), rows)
            .prop_map(move |values| {
                let absent = values.iter().map(Option::is_none).collect();
                (column(values.into_iter().collect()), absent)
            })
            .boxed()
    }
    let words = || prop::collection::vec(select(&["", "a", "acme", "2026-01-01", "100"][..]), 0..5);
    let dictionary =
        (words(), prop::collection::vec(prop::option::of(0_u32..6), rows)).prop_map(|(words, positions)| {
            let says_nothing = |position: &Option<u32>| {
                position.and_then(|position| words.get(position as usize)).is_none_or(|word| word.is_empty())
            };
            let absent = positions.iter().map(says_nothing).collect();
            let texts: TextColumn = words.iter().collect();
            (InputColumn::Dictionary { positions: positions.into_iter().collect(), texts }, absent)
        });
    let text = prop::collection::vec(select(&["", "a", "acme", "2026-01-01", "100"][..]), rows).prop_map(|texts| {
        let absent = texts.iter().map(|text| text.is_empty()).collect();
        (InputColumn::Text(texts.iter().collect()), absent)
    });
    let units = prop_oneof![0_i128..1_000_000, any::<i128>(), Just(i128::MIN)];
    let scale = prop_oneof![0_u32..4, any::<u32>()];
    let decimal = (prop::collection::vec(prop::option::of(units), rows), scale).prop_map(|(units, scale)| {
        let absent = units.iter().map(Option::is_none).collect();
        (InputColumn::Decimal { units: units.into_iter().collect(), scale }, absent)
    });
    prop_oneof![
        dictionary,
        text,
        decimal,
        of(rows, any::<i64>(), InputColumn::Integer),
        of(rows, any::<i32>(), InputColumn::Date),
        of(rows, any::<bool>(), InputColumn::Flag),
        of(rows, prop::num::f64::ANY, InputColumn::Float),
    ]
    .boxed()
}
