//! What differs for some customers, and what a person has set for one.

use super::curve::Curve;
use super::group::Group;
use super::measure::{Condition, MOST_WEIGHT, Measure, conditions, conditions_to_json};
use super::points::{Points, read_millionths, share_to_json};
use crate::error::{Problem, cut, quoted};
use crate::json::Json;
use crate::period::Day;
use crate::portfolio::ColumnKind;
use crate::reading::{Reader, invalid, listed, put_behind, unexpected, whole};

/// A band of scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) name: String,
    /// The least score in it.
    pub(super) from: Points,
}

/// What is said of the one at a position.
fn own<T>(said: &[(usize, T)], position: usize) -> Option<&T> {
    said.iter().find(|(at, _)| *at == position).map(|(_, own)| own)
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
    let items = crate::reading::some(path, json, "bands", &BANDS)?;
    let bands = items.iter().enumerate().map(|(position, json)| band(crate::reading::item(path, position), json));
    let bands = bands.collect::<Result<Vec<_>, _>>()?;
    crate::reading::distinct(path, bands.iter().map(|band| band.name.as_str()))?;
    for (position, pair) in bands.windows(2).enumerate() {
        let [better, worse] = pair else { continue };
        if worse.from >= better.from {
            let message = format!("the band {} is not below the one before it", quoted(&worse.name));
            return Err(invalid(&crate::reading::item(path, position + 1), message)
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

/// The entries of an object by the names of measures or groups, each as the position of its name, and in this order: the
/// same entries have the same bytes.
fn by_name<'j, T>(
    reader: &Reader<'j>,
    key: &str,
    (what, names): (&str, &[&str]),
    read: impl Fn(&str, &'j Json) -> Result<T, Problem>,
) -> Result<Vec<(usize, T)>, Problem> {
    let entry = |(name, json): &'j (String, Json)| {
        let path = format!("{}.{}", reader.at(key), cut(name));
        let position = names.iter().position(|known| known == name);
        let position = position.ok_or_else(|| {
            let problem = invalid(&path, format!("there is no {what} {}", quoted(name))).value(name);
            if names.is_empty() { problem } else { problem.help(format!("one of {}", listed(names.iter().copied()))) }
        })?;
        Ok((position, read(&path, json)?))
    };
    let mut entries = Vec::new();
    for given in reader.entries(key)? {
        put_behind(&mut entries, entry(given)?, |(before, _), (new, _)| before <= new);
    }
    Ok(entries)
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
            weights: by_name(&reader, "weights", ("measure", measures), weight)?,
            group_weights: by_name(&reader, "group_weights", ("group", groups), weight)?,
            curves: by_name(&reader, "curves", ("measure", measures), Curve::read)?,
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
        own(&self.weights, position).copied().unwrap_or(measure.weight)
    }

    /// The weight that it gives a group.
    pub(super) fn group_weight(&self, position: usize, group: &Group) -> u32 {
        own(&self.group_weights, position).copied().unwrap_or(group.weight)
    }

    /// The curve of a measure, if it has one of its own.
    pub(super) fn curve(&self, position: usize) -> Option<&Curve> {
        own(&self.curves, position)
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Override, Profile, bands_to_json, read_bands, read_coverage};
    use crate::error::Problem;
    use crate::json::Json;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    fn bands(froms: &[&str]) -> String {
        let band = |(position, from): (usize, &&str)| format!(r#"{{"band":"b{position}","from":{from}}}"#);
        format!("[{}]", froms.iter().enumerate().map(band).collect::<Vec<_>>().join(","))
    }

    fn fault<T: std::fmt::Debug>(read: Result<T, Problem>) -> (String, String) {
        let problem = read.unwrap_err();
        (problem.path, problem.message)
    }

    #[rstest]
    #[case(&["0"])]
    #[case(&["100", "0"])]
    #[case(&["0.000001", "0"])]
    #[case(&["75", "50", "0"])]
    #[case(&["50.000001", "50", "49.999999", "0"])]
    #[case(&["15", "14", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"])]
    fn bands_are_read_and_written(#[case] froms: &[&str]) {
        let text = bands(froms);
        assert_eq!(bands_to_json(&read_bands("bands", &json(&text)).unwrap()).to_string(), text);
    }

    #[rstest]
    #[case(&[], "bands", "there are 0 bands, where 1 to 16 are expected")]
    #[case(&["75", "0.000001"], "bands", "scores below those of `b1` are in no band")]
    #[case(&["100"], "bands", "scores below those of `b0` are in no band")]
    #[case(&["75", "75", "0"], "bands[2]", "the band `b1` is not below the one before it")]
    #[case(&["75", "0", "0"], "bands[3]", "the band `b2` is not below the one before it")]
    #[case(&["0", "75"], "bands[2]", "the band `b1` is not below the one before it")]
    fn bands_with_a_gap_or_an_overlap_are_refused(#[case] froms: &[&str], #[case] path: &str, #[case] message: &str) {
        assert_eq!(fault(read_bands("bands", &json(&bands(froms)))), (path.to_owned(), message.to_owned()));
    }

    #[rstest]
    #[case(r#"[{"band":"a","from":100.000001},{"band":"b","from":0}]"#, "bands[1].from")]
    #[case(r#"[{"band":"a","from":-1}]"#, "bands[1].from")]
    #[case(r#"[{"band":"a","from":"0"}]"#, "bands[1].from")]
    #[case(r#"[{"band":"a"}]"#, "bands[1].from")]
    #[case(r#"[{"from":0}]"#, "bands[1].band")]
    #[case(r#"[{"band":"","from":0}]"#, "bands[1].band")]
    #[case(r#"[{"band":"a","from":9},{"band":"a","from":0}]"#, "bands[2]")]
    #[case(r#"[{"band":"a","from":0,"to":9}]"#, "bands[1].to")]
    #[case("[7]", "bands[1]")]
    #[case("{}", "bands")]
    fn what_is_no_band_is_refused_where_it_stands(#[case] text: &str, #[case] path: &str) {
        assert_eq!(fault(read_bands("bands", &json(text))).0, path);
    }

    #[test]
    fn there_are_at_most_16_bands() {
        let froms: Vec<String> = (0..17).rev().map(|from: u32| from.to_string()).collect();
        let froms: Vec<&str> = froms.iter().map(String::as_str).collect();
        assert!(read_bands("bands", &json(&bands(&froms))).is_err());
        assert!(read_bands("bands", &json(&bands(froms.get(1..).unwrap()))).is_ok());
    }

    #[rstest]
    #[case("0", Some(0))]
    #[case("1", Some(1_000_000))]
    #[case("0.333333", Some(333_333))]
    #[case("1.000001", None)]
    #[case("-0.1", None)]
    fn coverage_is_from_0_to_1(#[case] text: &str, #[case] expected: Option<u32>) {
        assert_eq!(read_coverage("min_coverage", &json(text)).ok(), expected);
    }

    const ALL: &str = r#"{"profile":"p","where":{"plan":"x","region":null,"tier":["a","b"]},"weights":{"one":0,"two":1000},"group_weights":{"g":7},"curves":{"two":[[0,0],[1,100]]},"bands":[{"band":"all","from":0}],"min_coverage":0.25}"#;

    fn profile(text: &str) -> Result<Profile, Problem> {
        Profile::read("profile".to_owned(), &json(text), &["one", "two"], &["g"])
    }

    #[rstest]
    #[case(ALL)]
    #[case(r#"{"profile":"p","where":{}}"#)]
    #[case(r#"{"profile":"p","where":{"tier":"a"},"min_coverage":0}"#)]
    fn a_profile_is_written_as_it_was_read(#[case] text: &str) {
        assert_eq!(profile(text).unwrap().to_json(&["one", "two"], &["g"]).to_string(), text);
    }

    #[test]
    fn entries_have_one_order_however_they_were_given() {
        let other = ALL
            .replace(r#""plan":"x","region":null,"tier":["a","b"]"#, r#""tier":["a","b"],"plan":"x","region":null"#)
            .replace(r#""one":0,"two":1000"#, r#""two":1000,"one":0"#);
        assert_ne!(other, ALL);
        assert_eq!(profile(&other), profile(ALL));
    }

    #[test]
    fn names_of_a_profile_are_positions() {
        let profile = profile(ALL).unwrap();
        assert_eq!(profile.weights, [(0, 0), (1, 1_000)]);
        assert_eq!(profile.group_weights, [(0, 7)]);
        assert_eq!(profile.curves.first().map(|(position, _)| *position), Some(1));
        assert_eq!((profile.bands.map(|bands| bands.len()), profile.min_coverage), (Some(1), Some(250_000)));
        assert_eq!(profile.conditions.len(), 3);
    }

    #[rstest]
    #[case(r#"{"profile":"p"}"#, "profile.where")]
    #[case(r#"{"where":{}}"#, "profile.profile")]
    #[case(r#"{"profile":"p","where":{},"weights":{"one":1001}}"#, "profile.weights.one")]
    #[case(r#"{"profile":"p","where":{},"weights":{"one":-1}}"#, "profile.weights.one")]
    #[case(r#"{"profile":"p","where":{},"weights":{"g":1}}"#, "profile.weights.g")]
    #[case(r#"{"profile":"p","where":{},"group_weights":{"one":1}}"#, "profile.group_weights.one")]
    #[case(r#"{"profile":"p","where":{},"curves":{"one":[]}}"#, "profile.curves.one")]
    #[case(r#"{"profile":"p","where":{"tier":7}}"#, "profile.where.tier")]
    #[case(r#"{"profile":"p","where":{"tier":[]}}"#, "profile.where.tier")]
    #[case(r#"{"profile":"p","where":{"tier":true}}"#, "profile.where.tier")]
    fn what_is_no_profile_is_refused_where_it_stands(#[case] text: &str, #[case] path: &str) {
        assert_eq!(fault(profile(text)).0, path);
    }

    fn set(from: &str, until: &str) -> Result<Override, Problem> {
        let text = format!(
            r#"{{"customer_id":"acme","band":"red","author":"Kim","reason":"gone","from":"{from}","until":"{until}"}}"#
        );
        let set = Override::read("override".to_owned(), &json(&text))?;
        assert_eq!(set.to_json().to_string(), text);
        Ok(set)
    }

    #[rstest]
    #[case("2026-04-09", false)]
    #[case("2026-04-10", true)]
    #[case("2026-04-19", true)]
    #[case("2026-04-20", false)]
    fn an_override_holds_from_its_first_day_to_the_day_before_its_end(#[case] day: &str, #[case] expected: bool) {
        assert_eq!(set("2026-04-10", "2026-04-20").unwrap().holds(day.parse().unwrap()), expected);
    }

    #[test]
    fn an_override_ends_after_it_begins() {
        assert!(set("2026-04-10", "2026-04-11").is_ok());
        let message = "an override ends on the first day without it, after its start";
        for until in ["2026-04-10", "2026-04-09"] {
            assert_eq!(fault(set("2026-04-10", until)), ("override.until".to_owned(), message.to_owned()));
        }
    }
}
