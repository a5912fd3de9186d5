//! What differs for some customers, and what a person has set for one.

use super::curve::Curve;
use super::measure::{Condition, MOST_WEIGHT, Measure, conditions, conditions_to_json};
use super::points::{Points, read_millionths, share_to_json};
use super::reading::{Reader, invalid, unexpected, whole};
use crate::error::{Problem, cut, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::portfolio::ColumnKind;

/// A band of scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) name: String,
    /// The least score in it.
    pub(super) from: Points,
}

/// What differs for the customers that fit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) conditions: Vec<Condition<String>>,
    /// By the position of the measure.
    pub(super) weights: Vec<(usize, u32)>,
    /// By the position of the group.
    pub(super) group_weights: Vec<(usize, u32)>,
    /// By the position of the measure.
    pub(super) curves: Vec<(usize, Curve)>,
    pub(super) bands: Option<Vec<Band>>,
    pub(super) min_coverage: Option<u32>,
}

/// A band that a person has set for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Override {
    pub(super) customer_id: String,
    pub(super) band: String,
    pub(super) author: String,
    pub(super) reason: String,
    pub(super) from: Day,
    /// The first day without it.
    pub(super) until: Day,
}

const BANDS: std::ops::RangeInclusive<usize> = 1..=16;

/// Bands from the best to the worst, which is from 0.
pub(super) fn read_bands(path: &str, json: &Json) -> Result<Vec<Band>, Problem> {
    let band = |path: String, json| {
        let reader = Reader::of(path, json, &["band", "from"])?;
        let from = reader.required("from")?;
        let refuse = |expected: String| unexpected(&reader.at("from"), from, &expected);
        let from = Points::of_millionths(i64::from(read_millionths(from, 100, refuse)?));
        Ok(Band { name: reader.name("band")?, from })
    };
    let items = json.as_array().filter(|items| BANDS.contains(&items.len()));
    let items = items
        .ok_or_else(|| unexpected(path, json, &format!("a list of {} to {} bands", BANDS.start(), BANDS.end())))?;
    let bands = items.iter().enumerate().map(|(position, json)| band(super::reading::item(path, position), json));
    let bands = bands.collect::<Result<Vec<_>, _>>()?;
    super::reading::distinct(path, bands.iter().map(|band| band.name.as_str()))?;
    for (position, pair) in bands.windows(2).enumerate() {
        let [better, worse] = pair else { continue };
        if worse.from >= better.from {
            let message = format!("the band {} is not below the one before it", quoted(&worse.name));
            return Err(invalid(&super::reading::item(path, position + 1), message)
                .value(&worse.name)
                .help("bands stand from the best to the worst, each from a lower score"));
        }
    }
    match bands.last() {
        Some(lowest) if lowest.from > Points::WORST => {
            Err(invalid(path, format!("scores below those of {} are in no band", quoted(&lowest.name)))
                .value(&lowest.name)
                .help("let the last band be from 0"))
        }
        _ => Ok(bands),
    }
}

pub(super) fn bands_to_json(bands: &[Band]) -> Json {
    let band = |band: &Band| Json::object([("band", Json::from(band.name.as_str())), ("from", band.from.to_json())]);
    Json::Array(bands.iter().map(band).collect())
}

/// A share of the weight, in millionths.
pub(super) fn read_coverage(path: &str, json: &Json) -> Result<u32, Problem> {
    read_millionths(json, 1, |expected| unexpected(path, json, &expected))
}

/// The entries of an object by the names of measures or groups, each as the position of its name.
fn by_name<'j, T>(
    reader: &Reader<'j>,
    key: &str,
    names: &[&str],
    read: impl Fn(&str, &'j Json) -> Result<T, Problem>,
) -> Result<Vec<(usize, T)>, Problem> {
    let entry = |(name, json): &'j (String, Json)| {
        let path = format!("{}.{}", reader.at(key), cut(name));
        let position = names.iter().position(|known| known == name);
        let position = position.ok_or_else(|| {
            invalid(&path, format!("there is no {}", quoted(name)))
                .value(name)
                .help(format!("one of {}", names.join(", ")))
        })?;
        Ok((position, read(&path, json)?))
    };
    reader.entries(key)?.iter().map(entry).collect()
}

impl Profile {
    const KEYS: [&'static str; 7] = ["profile", "where", "weights", "group_weights", "curves", "bands", "min_coverage"];

    pub(super) fn read(path: String, json: &Json, measures: &[&str], groups: &[&str]) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &Self::KEYS)?;
        reader.required("where")?;
        // Which columns there are is known with a table of customers; what it has none of is in nobody's row.
        let find = |name: &str| Some((name.to_owned(), ColumnKind::Text));
        let weight = |path: &str, json| whole(path, json, 0..=MOST_WEIGHT);
        Ok(Self {
            name: reader.name("profile")?,
            conditions: conditions(&reader, find, Vec::new)?,
            weights: by_name(&reader, "weights", measures, weight)?,
            group_weights: by_name(&reader, "group_weights", groups, weight)?,
            curves: by_name(&reader, "curves", measures, Curve::read)?,
            bands: reader.optional("bands", read_bands)?,
            min_coverage: reader.optional("min_coverage", read_coverage)?,
        })
    }

    pub(super) fn to_json(&self, measures: &[&str], groups: &[&str]) -> Json {
        fn named<T>(names: &[&str], entries: &[(usize, T)], to_json: impl Fn(&T) -> Json) -> Option<Json> {
            let entry = |(position, value): &(usize, T)| Some(((*names.get(*position)?).to_owned(), to_json(value)));
            (!entries.is_empty()).then(|| Json::object(entries.iter().filter_map(entry)))
        }
        let weight = |weight: &u32| Json::from(u64::from(*weight));
        let given = [
            ("profile", Some(Json::from(self.name.as_str()))),
            ("where", Some(conditions_to_json(&self.conditions))),
            ("weights", named(measures, &self.weights, weight)),
            ("group_weights", named(groups, &self.group_weights, weight)),
            ("curves", named(measures, &self.curves, Curve::to_json)),
            ("bands", self.bands.as_deref().map(bands_to_json)),
            ("min_coverage", self.min_coverage.map(share_to_json)),
        ];
        Json::object(given.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }

    /// The weight that it gives a measure.
    pub(super) fn weight(&self, position: usize, measure: &Measure) -> u32 {
        self.weights.iter().find(|(at, _)| *at == position).map_or(measure.weight, |&(_, weight)| weight)
    }
}

impl Override {
    const KEYS: [&'static str; 6] = ["customer_id", "band", "author", "reason", "from", "until"];

    pub(super) fn read(path: String, json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(path, json, &Self::KEYS)?;
        let set = Self {
            customer_id: reader.name("customer_id")?,
            band: reader.name("band")?,
            author: reader.name("author")?,
            reason: reader.name("reason")?,
            from: reader.day("from")?,
            until: reader.day("until")?,
        };
        match set.from < set.until {
            true => Ok(set),
            false => Err(invalid(&reader.at("until"), "an override ends on the first day without it, after its start")),
        }
    }

    pub(super) fn to_json(&self) -> Json {
        Json::object([
            ("customer_id", Json::from(self.customer_id.as_str())),
            ("band", Json::from(self.band.as_str())),
            ("author", Json::from(self.author.as_str())),
            ("reason", Json::from(self.reason.as_str())),
            ("from", Json::Text(self.from.to_string())),
            ("until", Json::Text(self.until.to_string())),
        ])
    }

    /// Whether it holds on a day.
    pub(super) fn holds(&self, day: Day) -> bool {
        (self.from..self.until).contains(&day)
    }
}
