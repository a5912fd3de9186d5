//! Input tables declared once: their specification, the typed row, and its way in and out of serde.

use crate::json::Json;

/// Declares an input table: its specification, and the typed row with its way in and out of serde.
macro_rules! input_table {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($table:literal: $about:literal), keyed by $key:expr, with one of $one_of:expr,
        known from $known:expr, with spans $spans:expr;
        required { $($(#[doc = $rdoc:literal])+ $required:ident: $rtype:ty as $rkind:ty,)+ }
        optional { $($(#[doc = $odoc:literal])+ $optional:ident: $otype:ty as $okind:ty,)* }
        $(any other { $(#[doc = $adoc:literal])+ $attributes:ident })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $rdoc])+ pub $required: $rtype,)+
            $($(#[doc = $odoc])+ pub $optional: Option<$otype>,)*
            $($(#[doc = $adoc])+ pub $attributes: std::collections::BTreeMap<String, String>,)?
        }

        impl $name {
            /// The table's columns and key.
            pub const SPEC: $crate::portfolio::TableSpec = $crate::portfolio::TableSpec {
                name: $table,
                columns: &[
                    $($crate::portfolio::ColumnSpec {
                        name: stringify!($required),
                        kind: <$rkind as $crate::portfolio::kinds::InputField>::KIND,
                        required: true,
                        doc: $crate::docs::documented(concat!($($rdoc, "\n"),+)),
                    },)+
                    $($crate::portfolio::ColumnSpec {
                        name: stringify!($optional),
                        kind: <$okind as $crate::portfolio::kinds::InputField>::KIND,
                        required: false,
                        doc: $crate::docs::documented(concat!($($odoc, "\n"),+)),
                    },)*
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
                    $($optional: None,)*
                    $($attributes: std::collections::BTreeMap::new(),)?
                }
            }

        }

        impl $crate::portfolio::TypedRow for $name {
            fn input(rows: &[Self]) -> $crate::portfolio::Input {
                let mut input = $crate::portfolio::Input::with_rows(rows.len());
                $(
                    let values = rows.iter().map(|row| <$rkind as $crate::portfolio::kinds::InputField>::value(&row.$required)).collect();
                    input = input.column(stringify!($required), $crate::portfolio::InputColumn::Values(values));
                )+
                $(if rows.iter().any(|row| row.$optional.is_some()) {
                    let value = |row: &Self| row.$optional.as_ref().map_or($crate::portfolio::Value::Absent, <$okind as $crate::portfolio::kinds::InputField>::value);
                    input = input.column(stringify!($optional), $crate::portfolio::InputColumn::Values(rows.iter().map(value).collect()));
                })*
                $(
                    let mut attributes: std::collections::BTreeMap<&str, Vec<(usize, $crate::portfolio::Value)>> =
                        std::collections::BTreeMap::new();
                    for (position, row) in rows.iter().enumerate() {
                        for (name, text) in &row.$attributes {
                            attributes.entry(name).or_default().push((position, $crate::portfolio::Value::Text(text.clone())));
                        }
                    }
                    for (name, values) in attributes {
                        input = input.column(name, $crate::portfolio::InputColumn::Sparse { rows: rows.len(), values });
                    }
                )?
                input
            }
        }

        // What was refused of a row is told by a bit for each column.
        const _: () = assert!($name::SPEC.columns.len() <= u64::BITS as usize);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let entries = [
                    $(Some((
                        stringify!($required).to_owned(),
                        <$rkind as $crate::portfolio::kinds::InputField>::to_json(&self.$required),
                    )),)+
                    $(self.$optional.as_ref().map(|value| (
                        stringify!($optional).to_owned(),
                        <$okind as $crate::portfolio::kinds::InputField>::to_json(value),
                    )),)*
                ];
                let entries = entries.into_iter().flatten();
                $(let entries = entries.chain(
                    self.$attributes.iter().map(|(name, text)| (name.clone(), $crate::json::Json::Text(text.clone()))),
                );)?
                $crate::json::Json::Object(entries.collect()).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut json = $crate::portfolio::input_table::Entries::of($crate::json::Json::deserialize(deserializer)?)?;
                let row = Self {
                    $($required: json.required(stringify!($required), <$rkind as $crate::portfolio::kinds::InputField>::from_json)?,)+
                    $($optional: json.optional(stringify!($optional), <$okind as $crate::portfolio::kinds::InputField>::from_json)?,)*
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
