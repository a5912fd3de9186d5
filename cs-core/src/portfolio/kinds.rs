//! The kinds of columns as typed rows have them: what the row holds, and its way in and out of JSON.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::input::Value;
use super::schema::ColumnKind;
use crate::json::Json;
use crate::money::parse_decimal;
use crate::period::Day;
use crate::word::Word;

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
    pub(crate) enum Number {}
    pub(crate) enum Score<const MOST: u32> {}
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
        json.as_whole().and_then(|number| u64::try_from(number).ok())
    }
}

macro_rules! number_field {
    ($([$($most:tt)*] $kind:ty = $column:expr),+) => {$(
        impl<$($most)*> InputField for $kind {
            type Host = f64;
            const KIND: ColumnKind = $column;

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
    )+};
}

number_field!([] kind::Number = ColumnKind::Number, [const MOST: u32] kind::Score<MOST> = ColumnKind::Score(MOST));

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
