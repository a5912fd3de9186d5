//! Input tables declared once: their columns, the typed row, and the way in from serde.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::input::Value;
use crate::error::Code;
use crate::json::Json;
use crate::money::parse_decimal;
use crate::period::Day;
use crate::table::{Nullable, Texts, Values};
use crate::word::Word;

/// What a column of an input table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// A name of something, byte-exact.
    Id,
    /// Any text.
    Text,
    /// A day.
    Date,
    /// An amount of money that is not negative.
    Money,
    /// A whole number from 0.
    Count,
    /// A finite number from 0 to 100.
    Score,
    /// True or false.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl ColumnKind {
    /// A column of the kind without rows.
    pub(crate) fn empty(self) -> Values {
        match self {
            Self::Id | Self::Text | Self::Choice(_) => Values::Text(Texts::default()),
            Self::Date => Values::Date(Nullable::default()),
            Self::Money => Values::Money { units: Nullable::default(), digits: 0 },
            Self::Count => Values::Count(Nullable::default()),
            Self::Score => Values::Ratio(Nullable::default()),
            Self::Flag => Values::Flag(Nullable::default()),
        }
    }

    /// The name of the kind in the surface manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Date => "date",
            Self::Money => "money",
            Self::Count => "count",
            Self::Score => "score",
            Self::Flag => "flag",
            Self::Choice(_) => "choice",
        }
    }
}

/// The column of the day on which a row was recorded.
pub(crate) const RECORDED_ON: &str = "recorded_on";

/// A column of an input table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether every row has a value.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// An input table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSpec {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in their fixed order.
    pub columns: &'static [ColumnSpec],
    /// The columns whose values, together, stand in one row only; none for a table of events.
    pub key: &'static [&'static str],
    /// Columns of which the table has at least one; none where it needs no such choice.
    pub one_of: &'static [&'static str],
    /// Whether any other column is an attribute, kept as text.
    pub attributes: bool,
    /// What its rows are, in words.
    pub doc: &'static str,
    /// The columns of days from which something of a row is known, beside the day on which it was recorded; a table of
    /// contracts has rules of its own.
    pub(crate) known: &'static [&'static str],
    /// Pairs of days of which the second is after the first.
    pub(crate) spans: &'static [Span],
}

/// Days from a start to an end, exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The column of the first day.
    pub(crate) start: &'static str,
    /// The column of the first day after it.
    pub(crate) end: &'static str,
    /// What lasts from one to the other.
    pub(crate) what: &'static str,
    /// What the end is the first day of.
    pub(crate) after: &'static str,
    /// What it is that an end before its start is called.
    pub(crate) code: Code,
}

impl TableSpec {
    /// The name of a column as it is told: in a file without a header, what stands for names of attributes is data.
    pub(crate) fn told<'c>(&self, column: &'c str, redact: bool) -> &'c str {
        if redact && self.position(column).is_none() { "…" } else { column }
    }

    /// The column of a name.
    #[must_use]
    pub(crate) fn column(&self, name: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a row is one of the revisions of what its key names.
    pub(crate) fn has_revisions(&self) -> bool {
        self.key.contains(&RECORDED_ON)
    }

    /// The position of a column.
    #[must_use]
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A kind of column of a typed row.
pub(crate) trait InputField {
    /// What the typed row holds.
    type Host;
    const KIND: ColumnKind;

    fn value(host: &Self::Host) -> Value;
    fn to_json(host: &Self::Host) -> Json;
    fn from_json(json: &Json) -> Option<Self::Host>;
}

/// The kinds of columns, as they are named in [`input_table!`].
pub(crate) mod kind {
    use std::marker::PhantomData;

    pub(crate) enum Id {}
    pub(crate) enum Text {}
    pub(crate) enum Date {}
    pub(crate) enum Amount {}
    pub(crate) enum Count {}
    pub(crate) enum Score {}
    pub(crate) enum Flag {}
    pub(crate) struct Choice<T>(PhantomData<T>);
}

macro_rules! text_field {
    ($($kind:ident),+) => {$(
        impl InputField for kind::$kind {
            type Host = String;
            const KIND: ColumnKind = ColumnKind::$kind;

            fn value(host: &String) -> Value {
                Value::Text(host.clone())
            }

            fn to_json(host: &String) -> Json {
                Json::Text(host.clone())
            }

            fn from_json(json: &Json) -> Option<String> {
                json.as_text().map(str::to_owned)
            }
        }
    )+};
}

text_field!(Id, Text);

impl InputField for kind::Date {
    type Host = NaiveDate;
    const KIND: ColumnKind = ColumnKind::Date;

    fn value(host: &NaiveDate) -> Value {
        // A date outside the library's range stays what it is, for the check at the door to name.
        Day::try_from(*host).map_or_else(|_| Value::Text(host.to_string()), |day| Value::Date(day.unix_days()))
    }

    fn to_json(host: &NaiveDate) -> Json {
        Json::Text(host.to_string())
    }

    fn from_json(json: &Json) -> Option<NaiveDate> {
        json.as_text()?.parse::<Day>().ok().map(Day::date)
    }
}

impl InputField for kind::Amount {
    type Host = Decimal;
    const KIND: ColumnKind = ColumnKind::Money;

    fn value(host: &Decimal) -> Value {
        Value::Decimal(*host)
    }

    fn to_json(host: &Decimal) -> Json {
        Json::Text(host.to_string())
    }

    /// Text only: whatever another crate makes of decimals in JSON, money is never a JSON number here.
    fn from_json(json: &Json) -> Option<Decimal> {
        parse_decimal(json.as_text()?).ok()
    }
}

impl InputField for kind::Count {
    type Host = u64;
    const KIND: ColumnKind = ColumnKind::Count;

    fn value(host: &u64) -> Value {
        i64::try_from(*host).map_or(Value::Float(*host as f64), Value::Integer)
    }

    fn to_json(host: &u64) -> Json {
        Json::from(*host)
    }

    fn from_json(json: &Json) -> Option<u64> {
        match json {
            Json::Integer(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }
}

impl InputField for kind::Score {
    type Host = f64;
    const KIND: ColumnKind = ColumnKind::Score;

    fn value(host: &f64) -> Value {
        Value::Float(*host)
    }

    fn to_json(host: &f64) -> Json {
        Json::Float(*host)
    }

    fn from_json(json: &Json) -> Option<f64> {
        match json {
            Json::Integer(number) => Some(*number as f64),
            Json::Float(number) => Some(*number),
            _ => None,
        }
    }
}

impl InputField for kind::Flag {
    type Host = bool;
    const KIND: ColumnKind = ColumnKind::Flag;

    fn value(host: &bool) -> Value {
        Value::Flag(*host)
    }

    fn to_json(host: &bool) -> Json {
        Json::Flag(*host)
    }

    fn from_json(json: &Json) -> Option<bool> {
        match json {
            Json::Flag(flag) => Some(*flag),
            _ => None,
        }
    }
}

impl<T: Word> InputField for kind::Choice<T> {
    type Host = T;
    const KIND: ColumnKind = ColumnKind::Choice(T::WORDS);

    fn value(host: &T) -> Value {
        Value::Text(host.word().to_owned())
    }

    fn to_json(host: &T) -> Json {
        Json::from(host.word())
    }

    fn from_json(json: &Json) -> Option<T> {
        T::from_word(json.as_text()?)
    }
}

/// Declares an input table: its specification, and the typed row with its way in and out of serde.
macro_rules! input_table {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($table:literal: $about:literal), keyed by $key:expr, with one of $one_of:expr,
        known from $known:expr, with spans $spans:expr;
        required { $($(#[doc = $rdoc:literal])+ $required:ident: $rtype:ty as $rkind:ty,)+ }
        optional { $($(#[doc = $odoc:literal])+ $optional:ident: $otype:ty as $okind:ty,)+ }
        $(any other { $(#[doc = $adoc:literal])+ $attributes:ident })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $rdoc])+ pub $required: $rtype,)+
            $($(#[doc = $odoc])+ pub $optional: Option<$otype>,)+
            $($(#[doc = $adoc])+ pub $attributes: std::collections::BTreeMap<String, String>,)?
        }

        impl $name {
            /// The table's columns and key.
            pub const SPEC: $crate::portfolio::TableSpec = $crate::portfolio::TableSpec {
                name: $table,
                columns: &[
                    $($crate::portfolio::ColumnSpec {
                        name: stringify!($required),
                        kind: <$rkind as InputField>::KIND,
                        required: true,
                        doc: $crate::docs::documented(concat!($($rdoc, "\n"),+)),
                    },)+
                    $($crate::portfolio::ColumnSpec {
                        name: stringify!($optional),
                        kind: <$okind as InputField>::KIND,
                        required: false,
                        doc: $crate::docs::documented(concat!($($odoc, "\n"),+)),
                    },)+
                ],
                key: $key,
                one_of: $one_of,
                attributes: false $(|| !stringify!($attributes).is_empty())?,
                doc: $crate::docs::documented($about),
                known: $known,
                spans: $spans,
            };

            /// A row with what every row has; everything else is absent.
            #[must_use]
            pub fn new($($required: impl Into<$rtype>),+) -> Self {
                Self {
                    $($required: $required.into(),)+
                    $($optional: None,)+
                    $($attributes: std::collections::BTreeMap::new(),)?
                }
            }

        }

        impl $crate::portfolio::TypedRow for $name {
            fn input(rows: &[Self]) -> Input {
                let mut input = Input::with_rows(rows.len());
                $(
                    let values = rows.iter().map(|row| <$rkind as InputField>::value(&row.$required)).collect();
                    input = input.column(stringify!($required), InputColumn::Values(values));
                )+
                $(if rows.iter().any(|row| row.$optional.is_some()) {
                    let value = |row: &Self| row.$optional.as_ref().map_or(Value::Absent, <$okind as InputField>::value);
                    input = input.column(stringify!($optional), InputColumn::Values(rows.iter().map(value).collect()));
                })+
                $(
                    let mut attributes: std::collections::BTreeMap<&str, Vec<(usize, Value)>> =
                        std::collections::BTreeMap::new();
                    for (position, row) in rows.iter().enumerate() {
                        for (name, text) in &row.$attributes {
                            attributes.entry(name).or_default().push((position, Value::Text(text.clone())));
                        }
                    }
                    for (name, values) in attributes {
                        input = input.column(name, InputColumn::Sparse { rows: rows.len(), values });
                    }
                )?
                input
            }
        }

        // What was refused of a row is told by a bit for each column.
        const _: () = assert!($name::SPEC.columns.len() <= u64::BITS as usize);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut entries = vec![$((stringify!($required).to_owned(), <$rkind as InputField>::to_json(&self.$required)),)+];
                $(if let Some(value) = &self.$optional {
                    entries.push((stringify!($optional).to_owned(), <$okind as InputField>::to_json(value)));
                })+
                $(entries.extend(self.$attributes.iter().map(|(name, text)| (name.clone(), Json::Text(text.clone()))));)?
                Json::Object(entries).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut json = Entries::of(Json::deserialize(deserializer)?)?;
                let row = Self {
                    $($required: json.required(stringify!($required), <$rkind as InputField>::from_json)?,)+
                    $($optional: json.optional(stringify!($optional), <$okind as InputField>::from_json)?,)+
                    $($attributes: json.attributes()?,)?
                };
                json.nothing_else()?;
                Ok(row)
            }
        }
    };
}

pub(crate) use input_table;

/// The entries of a JSON object that becomes a typed row.
pub(crate) struct Entries(Vec<(String, Json)>);

impl Entries {
    pub(crate) fn of<E: serde::de::Error>(json: Json) -> Result<Self, E> {
        match json {
            Json::Object(entries) => Ok(Self(entries)),
            other => Err(E::custom(format!("{} is not a row", other.describe()))),
        }
    }

    pub(crate) fn required<T, E: serde::de::Error>(
        &mut self,
        name: &'static str,
        read: fn(&Json) -> Option<T>,
    ) -> Result<T, E> {
        self.optional(name, read)?.ok_or_else(|| E::missing_field(name))
    }

    pub(crate) fn optional<T, E: serde::de::Error>(
        &mut self,
        name: &'static str,
        read: fn(&Json) -> Option<T>,
    ) -> Result<Option<T>, E> {
        let Some(position) = self.0.iter().position(|(key, _)| key == name) else { return Ok(None) };
        match self.0.swap_remove(position).1 {
            Json::Null => Ok(None),
            json => read(&json).map(Some).ok_or_else(|| E::custom(format!("{name} cannot be {}", json.describe()))),
        }
    }

    /// What is left, as text.
    pub(crate) fn attributes<E: serde::de::Error>(&mut self) -> Result<std::collections::BTreeMap<String, String>, E> {
        let attribute = |(name, value): (String, Json)| match value {
            Json::Text(text) => Ok((name, text)),
            Json::Flag(_) | Json::Integer(_) => Ok((name, value.to_string())),
            other => Err(E::custom(format!("the attribute {name} cannot be {}", other.describe()))),
        };
        std::mem::take(&mut self.0).into_iter().map(attribute).collect()
    }

    pub(crate) fn nothing_else<E: serde::de::Error>(self) -> Result<(), E> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(E::custom(format!("there is no column {name}"))),
        }
    }
}
