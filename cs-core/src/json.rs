//! Strict JSON: no key twice, bounded depth, numbers as RFC 8785 writes them.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::error::{Code, Problem, quoted};
use crate::float;

/// JSON nests at most this deep.
pub(crate) const DEPTH: usize = 32;

/// The greatest of the whole numbers up to which all are exact in every language.
pub(crate) const EXACT: u64 = (1 << 53) - 1;

/// A JSON value; objects keep the order of their keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and what a host has for absent.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number without fraction that a host holds exactly.
    Integer(i64),
    /// Any other finite number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    Array(Vec<Json>),
    /// Keys and values, each key once.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Whether it is so great a number that its digits are gone.
    pub(crate) fn is_beyond_exact(&self) -> bool {
        self.as_number().is_some_and(|number| number > EXACT as f64)
    }

    /// Reads a text that is one JSON value.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, or `limit_exceeded` for a nesting deeper than 32.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if depth(text) > DEPTH {
            let message = format!("the JSON nests deeper than {DEPTH} levels");
            return Err(Problem::argument(Code::LimitExceeded, "", message));
        }
        let twice = Cell::new(None);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let read = Reader { twice: &twice }.deserialize(&mut deserializer);
        read.and_then(|json| deserializer.end().map(|()| json)).map_err(|fault| {
            let place = format!("line {}, column {}", fault.line(), fault.column());
            match twice.take() {
                Some(key) => {
                    let message = format!("the key {} stands twice in one object, at {place}", quoted(&key));
                    Problem::argument(Code::DuplicateKey, "", message).value(&key)
                }
                None => Problem::argument(Code::InvalidJson, "", format!("the text is not JSON at {place}")),
            }
        })
    }

    /// The value of a key of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one: so is `1.0`, as it is to JavaScript and by JSON Schema.
    pub(crate) fn as_whole(&self) -> Option<i64> {
        match *self {
            Self::Integer(number) => Some(number),
            Self::Float(number) if number == number.trunc() && number.abs() <= EXACT as f64 => Some(number as i64),
            _ => None,
        }
    }

    /// The number, if it is one: the float nearest to it.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match *self {
            Self::Integer(number) => Some(number as f64),
            Self::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The entries of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// An object of these entries.
    #[must_use]
    pub fn object<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        let mut all = Vec::new();
        entries.into_iter().for_each(|(key, value)| put(&mut all, key.as_ref(), value));
        Self::Object(all)
    }

    /// Text, or `Null` where there is none.
    #[must_use]
    pub fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.to_owned()))
    }

    /// A finite number, or `Null` where there is none: a whole one is an integer, as it is when it is read back.
    pub(crate) fn number(number: Option<f64>) -> Self {
        number.and_then(float::canonical).and_then(|text| Self::parse(&text).ok()).unwrap_or(Self::Null)
    }

    /// Text as it is, anything else as JSON: a value at fault.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// What it is, for a message.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".to_owned(),
            Self::Array(_) => "a list".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Flag(_) | Self::Integer(_) | Self::Float(_) => quoted(&self.to_string()),
        }
    }

    /// Appends the canonical text.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Integer(number) => out.push_str(&number.to_string()),
            Self::Float(number) => out.push_str(&float::canonical(*number).unwrap_or_else(|| "null".to_owned())),
            Self::Text(text) => write_text(text, out),
            Self::Array(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (position, (key, value)) in entries.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Apart from the loops that call it: each kind of list has one of its own.
#[inline(never)]
fn put(entries: &mut Vec<(String, Json)>, key: &str, value: Json) {
    entries.push((key.to_owned(), value));
}

/// The canonical text: no spaces, keys in their order.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        f.write_str(&out)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Self::Float(number as f64), Self::Integer)
    }
}

/// A problem, keys in their fixed order.
impl From<&Problem> for Json {
    fn from(problem: &Problem) -> Self {
        let text = |text: &Option<String>| Self::text(text.as_deref());
        let number = |number: Option<u64>| number.map_or(Self::Null, Self::from);
        Self::object([
            ("code", Self::from(problem.code.name())),
            ("message", Self::from(problem.message.as_str())),
            ("path", Self::from(problem.path.as_str())),
            ("table", text(&problem.table)),
            ("row", number(problem.row)),
            ("line", number(problem.line)),
            ("column", text(&problem.column)),
            ("value", text(&problem.value)),
            ("help", text(&problem.help)),
        ])
    }
}

/// Appends `text` as a JSON string.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
            Some(control) => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// How deep the brackets of a text nest, strings aside.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader { twice: &Cell::new(None) }.deserialize(deserializer)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// Reads a value, and keeps the key that stands twice in an object if that is what is wrong.
#[derive(Clone, Copy)]
struct Reader<'t> {
    twice: &'t Cell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Json, E> {
        Ok(Json::from(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Float(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries: Vec<(String, Json)> = Vec::new();
        let mut seen = hashbrown::HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                // The reader takes a place at the end of a message for its own.
                let fault = de::Error::custom(format_args!("the key {} stands twice", quoted(&key)));
                self.twice.set(Some(key));
                return Err(fault);
            }
            let value = map.next_value_seed(self)?;
            entries.push((key, value));
        }
        Ok(Json::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_stands_twice_is_told_whole_with_its_own_place() -> Result<(), Problem> {
        let key = "a at line 7 column 9";
        for (text, place) in [
            (format!(r#"{{"{key}":1,"{key}":2}}"#), "line 1, column 48"),
            (format!("[{{}},\n{{\"b\":1,\n\"{key}\":{{}},\n\"{key}\":2}}]"), "line 4, column 22"),
        ] {
            let problem = Json::parse(&text).unwrap_err();
            assert_eq!((problem.code, problem.value.as_deref()), (Code::DuplicateKey, Some(key)));
            assert_eq!(problem.message, format!("the key {} stands twice in one object, at {place}", quoted(key)));
            let of_serde = serde_json::from_str::<Json>(&text).unwrap_err().to_string();
            assert!(of_serde.starts_with(&format!("the key {} stands twice", quoted(key))), "{of_serde}");
        }
        // The key of an object beside, or within, is another one.
        Json::parse(r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#).map(|_| ())
    }

    #[test]
    fn canonical_text_is_read_back() -> Result<(), Problem> {
        let text = r#"{"b":[1,-2.5,1e+21,true,null],"a":{"é\n\u0001\"\\":""}}"#;
        assert_eq!(Json::parse(text)?.to_string(), text);
        assert_eq!(Json::parse(" [ 1.0 , 2 ] ")?.to_string(), "[1,2]");
        Ok(())
    }

    #[test]
    fn whole_numbers_are_whole_however_they_are_written() -> Result<(), Problem> {
        let read = |text: &str| Json::parse(text).map(|json| json.as_whole());
        for (text, whole) in [("1", Some(1)), ("1.0", Some(1)), ("-3e2", Some(-300)), ("-0.0", Some(0))] {
            assert_eq!(read(text)?, whole, "{text}");
        }
        assert_eq!(read("9007199254740991.0")?, Some(EXACT as i64));
        for text in [
            "1.5",
            "-0.1",
            "9007199254740992.0",
            "-9007199254740992.0",
            "1e300",
            "-1e300",
            "\"1\"",
            "true",
            "null",
            "[1]",
        ] {
            assert_eq!(read(text)?, None, "{text}");
        }
        Ok(())
    }

    #[test]
    fn what_is_not_strict_json_is_refused() {
        let code = |text: &str| Json::parse(text).map_err(|problem| problem.code);
        for text in ["", "{", "{a:1}", "NaN", "[1,]", "01", "\"\\x\"", "1 2", "1e999"] {
            assert_eq!(code(text), Err(Code::InvalidJson), "{text}");
        }
        let twice = Json::parse("{\"a\":1,\n\"a\":2}").err();
        assert_eq!(twice.as_ref().map(|p| p.code), Some(Code::DuplicateKey));
        assert_eq!(
            twice.map(|p| p.message).as_deref(),
            Some("the key `a` stands twice in one object, at line 2, column 3")
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(Json::parse(&nested(DEPTH)).is_ok());
        assert_eq!(Json::parse(&nested(DEPTH + 1)).map_err(|p| p.code), Err(Code::LimitExceeded));
        assert_eq!(Json::parse(&nested(1_000_000)).map_err(|p| p.code), Err(Code::LimitExceeded));
        assert!(Json::parse(&format!("\"{}\"", "[\\\"".repeat(100))).is_ok());
    }
}
