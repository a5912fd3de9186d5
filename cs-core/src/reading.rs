//! Objects that users write while they are read, such as scorecards: each fault located by its path.

use crate::error::{Code, Problem, cut, quoted};
use crate::json::Json;
use crate::period::{Day, DayError};
use crate::word::Word;

/// An object: where it stands, and what it says.
pub(crate) struct Reader<'j> {
    path: String,
    entries: &'j [(String, Json)],
}

/// What is wrong at a path.
pub(crate) fn invalid(path: &str, message: impl Into<String>) -> Problem {
    Problem::argument(Code::InvalidArgument, path, message)
}

/// A value stands where another is expected.
pub(crate) fn unexpected(path: &str, json: &Json, expected: &str) -> Problem {
    invalid(path, format!("{} stands where {expected} is expected", json.describe())).value(&json.plain())
}

/// The path of an item, by its position from 0.
pub(crate) fn item(path: &str, position: usize) -> String {
    format!("{path}[{}]", position + 1)
}

/// Names that users gave, for a message.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// The items of a list of so many.
pub(crate) fn some<'j>(
    path: &str,
    json: &'j Json,
    what: &str,
    range: &std::ops::RangeInclusive<usize>,
) -> Result<&'j [Json], Problem> {
    let items = json.as_array().ok_or_else(|| unexpected(path, json, &format!("a list of {what}")))?;
    if range.contains(&items.len()) {
        return Ok(items);
    }
    let message = format!("there are {} {what}, where {} to {} are expected", items.len(), range.start(), range.end());
    Err(invalid(path, message))
}

/// A name that is not empty.
pub(crate) fn name(path: &str, json: &Json) -> Result<String, Problem> {
    match json.as_text() {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => Err(unexpected(path, json, "a name")),
    }
}

/// An amount of money, as text or a whole number, in counts of 10^-`digits`.
#[cfg(feature = "rooms")]
pub(crate) fn amount(path: &str, json: &Json, digits: u8) -> Result<i128, Problem> {
    let text = match json {
        Json::Integer(number) => Some(number.to_string()),
        json => json.as_text().map(str::to_owned),
    };
    let units = text.and_then(|text| crate::money::parse_units(&text, digits).ok());
    units.ok_or_else(|| unexpected(path, json, "an amount such as \"1200.00\""))
}

/// A day; what is wrong with one is told as everywhere.
pub(crate) fn day(path: String, text: &str) -> Result<Day, Problem> {
    text.parse()
        .map_err(|fault: DayError| Problem { code: Code::InvalidArgument, ..fault.problem(text).in_argument(path) })
}

/// A whole number of a range.
pub(crate) fn whole(path: &str, json: &Json, range: std::ops::RangeInclusive<u32>) -> Result<u32, Problem> {
    let number = json.as_whole().and_then(|number| u32::try_from(number).ok());
    number.filter(|number| range.contains(number)).ok_or_else(|| {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        unexpected(path, json, &expected)
    })
}

impl<'j> Reader<'j> {
    /// An object with no other than these keys.
    pub(crate) fn of(path: impl Into<String>, json: &'j Json, keys: &[&str]) -> Result<Self, Problem> {
        let path = path.into();
        let Some(entries) = json.as_object() else { return Err(unexpected(&path, json, "an object")) };
        match entries.iter().find(|(key, _)| !keys.contains(&key.as_str())) {
            Some((key, _)) => Err(invalid(&format!("{path}.{}", cut(key)), format!("there is no key {}", quoted(key)))
                .value(key)
                .help(format!("the keys are {}", keys.join(", ")))),
            None => Ok(Self { path, entries }),
        }
    }

    /// Where a key of it stands.
    pub(crate) fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// What is wrong with the whole object.
    pub(crate) fn invalid(&self, message: impl Into<String>) -> Problem {
        invalid(&self.path, message)
    }

    /// The value of a key; null is as good as left out.
    pub(crate) fn get(&self, key: &str) -> Option<&'j Json> {
        let value = self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        value.filter(|value| **value != Json::Null)
    }

    pub(crate) fn required(&self, key: &str) -> Result<&'j Json, Problem> {
        self.get(key).ok_or_else(|| invalid(&self.at(key), format!("the key {key} is missing")))
    }

    /// A key whose value is read by `read`, if it is there.
    pub(crate) fn optional<T>(
        &self,
        key: &str,
        read: impl FnOnce(&str, &'j Json) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        self.get(key).map(|json| read(&self.at(key), json)).transpose()
    }

    pub(crate) fn name(&self, key: &str) -> Result<String, Problem> {
        name(&self.at(key), self.required(key)?)
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, Problem> {
        self.optional(key, |path, json| json.as_text().map(str::to_owned).ok_or_else(|| unexpected(path, json, "text")))
    }

    pub(crate) fn whole(&self, key: &str, range: std::ops::RangeInclusive<u32>) -> Result<Option<u32>, Problem> {
        self.optional(key, |path, json| whole(path, json, range))
    }

    pub(crate) fn day(&self, key: &str) -> Result<Day, Problem> {
        let json = self.required(key)?;
        let Some(text) = json.as_text() else {
            return Err(unexpected(&self.at(key), json, "a date such as 2026-01-31"));
        };
        day(self.at(key), text)
    }

    /// One of the words of an enumeration.
    pub(crate) fn word<T: Word>(&self, key: &str) -> Result<Option<T>, Problem> {
        self.optional(key, |path, json| {
            let word = json.as_text().and_then(T::from_word);
            word.ok_or_else(|| unexpected(path, json, &format!("one of {}", T::words())))
        })
    }

    /// A required word.
    pub(crate) fn required_word<T: Word>(&self, key: &str) -> Result<T, Problem> {
        self.required(key)?;
        self.word(key)?.ok_or_else(|| self.invalid(format!("the key {key} is missing")))
    }

    /// The items of a list of at most so many, each read at its path; none where the list is left out.
    pub(crate) fn list<T>(
        &self,
        key: &str,
        most: usize,
        mut read: impl FnMut(String, &'j Json) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let Some(json) = self.get(key) else { return Ok(Vec::new()) };
        let path = self.at(key);
        let Some(items) = json.as_array() else { return Err(unexpected(&path, json, "a list")) };
        if items.len() > most {
            return Err(invalid(&path, format!("there are {} {key}, more than {most}", items.len())));
        }
        items.iter().enumerate().map(|(position, json)| read(item(&path, position), json)).collect()
    }

    /// The entries of an object that says something by name.
    pub(crate) fn entries(&self, key: &str) -> Result<&'j [(String, Json)], Problem> {
        let Some(json) = self.get(key) else { return Ok(&[]) };
        json.as_object().ok_or_else(|| unexpected(&self.at(key), json, "an object"))
    }
}

/// Refuses a name that stands twice among these.
pub(crate) fn distinct<'n>(path: &str, names: impl Iterator<Item = &'n str>) -> Result<(), Problem> {
    let mut known: Vec<&str> = Vec::new();
    for (position, name) in names.enumerate() {
        if known.contains(&name) {
            let message = format!("{} stands twice", quoted(name));
            return Err(invalid(&item(path, position), message).value(name));
        }
        known.push(name);
    }
    Ok(())
}

/// Puts an item behind those of some that are in order which stand before it: of few, so that no sorting is compiled.
pub(crate) fn put_behind<T>(items: &mut Vec<T>, item: T, is_before: impl Fn(&T, &T) -> bool) {
    let place = items.iter().take_while(|before| is_before(before, &item)).count();
    items.insert(place, item);
}
