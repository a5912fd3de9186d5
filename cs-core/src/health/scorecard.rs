//! A scorecard: what makes a health score, as data.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::group::Group;
use super::measure::Measure;
use super::points::share_to_json;
use super::profile::{Band, Override, Profile, bands_to_json, read_bands, read_coverage};
use super::scheme::Scoring;
use super::weighing::{Weighing, WeighingFault};
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::order::sort_by;
use crate::reading::{Reader, distinct, invalid, item, put_behind, unexpected};

/// What makes a health score: measures with their curves and weights, groups, bands, profiles and overrides.
///
/// ```
/// use cs_core::Scorecard;
/// let card = r#"{"name": "use", "measures": [{
///     "measure": "active", "evidence": "product_adoption", "weight": 1,
///     "value": {"table": "signals", "aggregate": "last", "where": {"signal": "active_users"}},
///     "curve": [[0, 0], [10, 100]]
/// }]}"#;
/// let scorecard = Scorecard::from_json(card)?;
/// assert_eq!(scorecard.name(), "use");
/// assert_eq!(Scorecard::from_json(&scorecard.to_json())?, scorecard);
/// # Ok::<(), cs_core::Error>(())
/// ```
///
#[doc = include_str!("scorecards.md")]
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    name: String,
    /// In millionths.
    min_coverage: u32,
    bands: Vec<Band>,
    groups: Vec<Group>,
    pub(super) measures: Vec<Measure>,
    pub(super) profiles: Vec<Profile>,
    pub(super) overrides: Vec<Override>,
    /// What it was fitted to, if it was.
    fitted: Option<Json>,
    /// How customers of no profile are scored, and those of each.
    weighings: Vec<Weighing>,
}

const KEYS: [&str; 8] = ["name", "min_coverage", "bands", "groups", "measures", "profiles", "overrides", "fitted"];
const MOST_GROUPS: usize = 16;
const MOST_MEASURES: usize = 64;
const MOST_PROFILES: usize = 64;
const MOST_OVERRIDES: usize = 100_000;

/// The share of the weight that needs evidence, in millionths, unless it is told.
const MIN_COVERAGE: u32 = 500_000;

/// The bands, unless they are told.
const BANDS: &str = r#"[{"band":"green","from":75},{"band":"yellow","from":50},{"band":"red","from":0}]"#;

/// The standard scorecard.
const STANDARD: &str = include_str!("standard.json");

impl Scorecard {
    /// Reads a scorecard from JSON.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, `limit_exceeded`, and `invalid_scorecard` for what it says that it cannot.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let json = Json::parse(text).map_err(|problem| Problem { path: PATH.to_owned(), ..problem })?;
        Self::from_object(&json)
    }

    /// Reads a scorecard from a JSON object.
    ///
    /// # Errors
    /// `invalid_scorecard`.
    pub fn from_object(json: &Json) -> Result<Self, Error> {
        Ok(Self::read(json).map_err(|problem| Problem { code: Code::InvalidScorecard, ..problem })?)
    }

    /// The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts. Every measure says
    /// why it is there and weighs what it does.
    ///
    /// # Errors
    /// None that a user could cause.
    ///
    /// ```
    /// use cs_core::Scorecard;
    /// assert_eq!(Scorecard::standard()?.name(), "standard");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn standard() -> Result<Self, Error> {
        Self::from_json(STANDARD)
    }

    /// The JSON Schema of scorecards, for editors and forms. What it cannot say, such as that the scores of a curve never
    /// rise and fall, is refused when a scorecard is read.
    #[must_use]
    pub fn json_schema() -> &'static str {
        include_str!("scorecard.schema.json")
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its weights were fitted to, and how the test went, if they were: as
    /// [`Portfolio::fit_scorecard`](crate::Portfolio::fit_scorecard) tells it.
    #[must_use]
    pub fn fitted(&self) -> Option<&Json> {
        self.fitted.as_ref()
    }

    /// The canonical JSON: no spaces, keys in their fixed order, what is left out told as it is taken.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_object().to_string()
    }

    /// The same as an object.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let (measures, groups) = (self.measure_names(), self.group_names());
        let fitted = self.fitted.clone().map(|fitted| ("fitted", fitted));
        let entries = [
            ("name", Json::from(self.name.as_str())),
            ("min_coverage", share_to_json(self.min_coverage)),
            ("bands", bands_to_json(&self.bands)),
            ("groups", Json::Array(self.groups.iter().map(Group::to_json).collect())),
            ("measures", Json::Array(self.measures.iter().map(|measure| measure.to_json(&groups)).collect())),
            (
                "profiles",
                Json::Array(self.profiles.iter().map(|profile| profile.to_json(&measures, &groups)).collect()),
            ),
            ("overrides", Json::Array(self.overrides.iter().map(Override::to_json).collect())),
        ];
        Json::object(entries.into_iter().chain(fitted))
    }

    /// SHA-256 of the canonical JSON, in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.to_json()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(json: &Json) -> Result<Self, Problem> {
        let reader = Reader::of(PATH, json, &KEYS)?;
        let groups = reader.list("groups", MOST_GROUPS, Group::read)?;
        let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
        distinct(&reader.at("groups"), names.iter().map(String::as_str))?;
        reader.required("measures")?;
        let measures = reader.list("measures", MOST_MEASURES, |path, json| Measure::read(path, json, &names))?;
        distinct(&reader.at("measures"), measures.iter().map(|measure| measure.name.as_str()))?;
        if measures.is_empty() {
            return Err(invalid(&reader.at("measures"), "there is no measure"));
        }
        for (position, group) in groups.iter().enumerate() {
            if measures.iter().all(|measure| measure.group != Some(position)) {
                let message = format!("the group {} has no measure", quoted(&group.name));
                return Err(invalid(&item(&reader.at("groups"), position), message).value(&group.name));
            }
        }
        let mut scorecard = Self {
            name: reader.name("name")?,
            min_coverage: reader.optional("min_coverage", read_coverage)?.unwrap_or(MIN_COVERAGE),
            bands: match reader.optional("bands", read_bands)? {
                Some(bands) => bands,
                None => read_bands(&reader.at("bands"), &Json::parse(BANDS)?)?,
            },
            groups,
            measures,
            profiles: Vec::new(),
            overrides: reader.list("overrides", MOST_OVERRIDES, Override::read)?,
            fitted: reader.optional("fitted", |path, json| match json {
                Json::Object(_) => Ok(json.clone()),
                _ => Err(unexpected(path, json, "an object")),
            })?,
            weighings: Vec::new(),
        };
        let weighing = scorecard.weigh(&reader.at("measures"), None)?;
        scorecard.weighings.push(weighing);
        let (measures, groups) = (scorecard.measure_names(), scorecard.group_names());
        let profiles =
            reader.list("profiles", MOST_PROFILES, |path, json| Profile::read(path, json, &measures, &groups))?;
        distinct(&reader.at("profiles"), profiles.iter().map(|profile| profile.name.as_str()))?;
        for (position, profile) in profiles.iter().enumerate() {
            let weighing = scorecard.weigh(&item(&reader.at("profiles"), position), Some(profile))?;
            scorecard.weighings.push(weighing);
        }
        scorecard.profiles = profiles;
        scorecard.check_overrides(&reader.at("overrides"))?;
        Ok(scorecard)
    }

    /// The weights that count for customers of a profile, or of none.
    fn weigh(&self, path: &str, profile: Option<&Profile>) -> Result<Weighing, Problem> {
        let group_weight = |(position, group): (usize, &Group)| {
            profile.map_or(group.weight, |profile| profile.group_weight(position, group))
        };
        let groups: Vec<u32> = self.groups.iter().enumerate().map(group_weight).collect();
        let weight = |(position, measure): (usize, &Measure)| {
            let weight = profile.map_or(measure.weight, |profile| profile.weight(position, measure));
            (measure.group.unwrap_or_default(), weight)
        };
        let measures: Vec<(usize, u32)> = self.measures.iter().enumerate().map(weight).collect();
        // Without groups all measures are of one.
        let groups = if groups.is_empty() { &[1] } else { groups.as_slice() };
        Weighing::of(groups, &measures).map_err(|fault| match fault {
            WeighingFault::Nothing => invalid(path, "no measure weighs anything"),
            WeighingFault::TooFine => invalid(path, "the weights are too fine to be exact")
                .help("let the weights of each group sum to a small number, such as 100"),
        })
    }

    /// Refuses overrides of bands that there are not, or of the same customer on the same day.
    fn check_overrides(&self, path: &str) -> Result<(), Problem> {
        let bands = self.band_names();
        for (position, set) in self.overrides.iter().enumerate() {
            if !bands.contains(&set.band.as_str()) {
                let message = format!("there is no band {}", quoted(&set.band));
                return Err(invalid(&format!("{}.band", item(path, position)), message).value(&set.band));
            }
        }
        let set = |at: u32| self.overrides.get(at as usize);
        let key = |at: u32| set(at).map(|set| (set.customer_id.as_str(), set.from));
        let mut order: Vec<u32> = (0..self.overrides.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| key(one).cmp(&key(other)));
        for pair in order.windows(2) {
            let [before, after] = pair else { continue };
            let (Some(before), Some(set)) = (set(*before), set(*after)) else { continue };
            if before.customer_id == set.customer_id && set.from < before.until {
                let message = format!("the customer {} has two overrides on one day", quoted(&set.customer_id));
                return Err(invalid(&item(path, *after as usize), message)
                    .value(&set.customer_id)
                    .help("let the one end before the other begins"));
            }
        }
        Ok(())
    }

    pub(super) fn measure_names(&self) -> Vec<&str> {
        self.measures.iter().map(|measure| measure.name.as_str()).collect()
    }

    /// The positions of the measures in the order of their names.
    pub(super) fn by_name(&self) -> Vec<usize> {
        let names = self.measure_names();
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| names.get(one as usize).cmp(&names.get(other as usize)));
        order.into_iter().map(|position| position as usize).collect()
    }

    fn group_names(&self) -> Vec<&str> {
        self.groups.iter().map(|group| group.name.as_str()).collect()
    }

    /// The name of a measure's group.
    pub(super) fn group_of(&self, measure: &Measure) -> Option<&str> {
        measure.group.and_then(|group| self.groups.get(group)).map(|group| group.name.as_str())
    }

    /// All bands, those of the scorecard before those of profiles.
    fn all_bands(&self) -> Vec<&Band> {
        let of_profiles = self.profiles.iter().filter_map(|profile| profile.bands.as_ref()).flatten();
        let mut all: Vec<&Band> = Vec::new();
        for band in self.bands.iter().chain(of_profiles) {
            if all.iter().all(|other| other.name != band.name) {
                all.push(band);
            }
        }
        all
    }

    /// The names of all bands.
    pub(super) fn band_names(&self) -> Vec<&str> {
        self.all_bands().into_iter().map(|band| band.name.as_str()).collect()
    }

    /// The same from the highest scores to the lowest.
    pub(super) fn ranked_bands(&self) -> Vec<String> {
        let mut all = Vec::new();
        for band in self.all_bands() {
            put_behind(&mut all, band, |before, new| before.from >= new.from);
        }
        all.into_iter().map(|band| band.name.clone()).collect()
    }

    /// How customers of each profile are scored; first those of none.
    pub(super) fn scorings(&self) -> Vec<Scoring<'_>> {
        let (names, profiles) = (self.band_names(), std::iter::once(None).chain(self.profiles.iter().map(Some)));
        self.weighings.iter().zip(profiles).map(|(weighing, profile)| self.scoring(weighing, profile, &names)).collect()
    }

    fn scoring<'s>(&'s self, weighing: &'s Weighing, profile: Option<&'s Profile>, names: &[&str]) -> Scoring<'s> {
        let bands = profile.and_then(|profile| profile.bands.as_deref()).unwrap_or(&self.bands);
        let position = |band: &Band| names.iter().position(|name| *name == band.name).map(|position| position as u32);
        Scoring {
            weighing,
            bands,
            positions: bands.iter().filter_map(position).collect(),
            min_coverage: profile.and_then(|profile| profile.min_coverage).unwrap_or(self.min_coverage),
            profile,
        }
    }
}

/// Where a scorecard stands.
pub(super) const PATH: &str = "scorecard";

impl Serialize for Scorecard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_object().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Scorecard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Json::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rstest::rstest;

    use super::Scorecard;

    /// A scorecard that says everything that one can say, in canonical form.
    const ALL: &str = concat!(
        r#"{"name":"all","min_coverage":0.25,"bands":[{"band":"fine","from":60.5},{"band":"poor","from":0}],"#,
        r#""groups":[{"group":"use","weight":3,"reason":"first"},{"group":"money","weight":1}],"measures":["#,
        r#"{"measure":"active","evidence":"product_adoption","group":"use","weight":2,"#,
        r#""value":{"ratio":{"of":{"table":"signals","aggregate":"last","column":"value","where":{"signal":"a"},"#,
        r#""window_days":30,"lag_days":2},"to":{"table":"cases","aggregate":"count","where":{"closed_on":null}}}},"#,
        r#""curve":[[-0.5,0],[10,100]],"max_age_days":0,"missing":"worst","reason":"seats"},"#,
        r#"{"measure":"growth","evidence":"contract_growth","group":"money","weight":1000,"#,
        r#""value":{"table":"contracts","aggregate":"growth","window_days":365},"curve":[[0,50],[1,50]],"missing":"neutral"},"#,
        r#"{"measure":"ways","evidence":"custom","group":"use","weight":1,"#,
        r#""value":{"table":"engagements","aggregate":"distinct","column":"kind","where":{"kind":["qbr","event"],"two_way":true}},"#,
        r#""curve":[[0,100],[3,0]],"missing":"exclude"}],"#,
        r#""profiles":[{"profile":"gold","where":{"tier":"gold"},"weights":{"active":0},"min_coverage":1}],"#,
        r#""overrides":[{"customer_id":"acme","band":"poor","author":"Kim","reason":"gone","from":"2026-01-01","until":"2026-02-01"}]}"#
    );

    const LEAST: &str = concat!(
        r#"{"measures":[{"curve":[[0,0],[1.0,1e2]],"value":{"aggregate":"mean","table":"surveys","lag_days":0,"where":{}},"#,
        r#""weight":1,"evidence":"surveys","measure":"a","group":null}],"name":"least","profiles":null}"#
    );

    const LEAST_TOLD: &str = concat!(
        r#"{"name":"least","min_coverage":0.5,"bands":[{"band":"green","from":75},{"band":"yellow","from":50},{"band":"red","from":0}],"#,
        r#""groups":[],"measures":[{"measure":"a","evidence":"surveys","weight":1,"#,
        r#""value":{"table":"surveys","aggregate":"mean","column":"score"},"curve":[[0,0],[1,100]],"missing":"exclude"}],"#,
        r#""profiles":[],"overrides":[]}"#
    );

    #[test]
    fn what_a_scorecard_says_of_itself() {
        let card = Scorecard::from_json(ALL).unwrap();
        assert_eq!((card.name(), card.fitted()), ("all", None));
        let fitted = format!(r#"{{"fitted":{{"auc":0.5}},{}"#, ALL.trim_start_matches('{'));
        let fitted = Scorecard::from_json(&fitted).ok().and_then(|card| card.fitted().map(ToString::to_string));
        assert_eq!(fitted.as_deref(), Some(r#"{"auc":0.5}"#));
    }

    #[rstest]
    #[case(ALL, ALL)]
    #[case(LEAST, LEAST_TOLD)]
    #[case(LEAST_TOLD, LEAST_TOLD)]
    fn the_json_is_canonical(#[case] text: &str, #[case] expected: &str) {
        let card = Scorecard::from_json(text).unwrap();
        assert_eq!(card.to_json(), expected);
        assert_eq!(card.to_object().to_string(), expected);
        let again = Scorecard::from_json(&card.to_json()).unwrap();
        assert_eq!(again, card);
        assert_eq!((again.to_json(), again.fingerprint()), (card.to_json(), card.fingerprint()));
    }

    /// Something that stands once in `ALL`, put otherwise.
    const OTHERWISE: [(&str, &str); 41] = [
        (r#""name":"all""#, r#""name":"other""#),
        (r#""min_coverage":0.25"#, r#""min_coverage":0.250001"#),
        (r#""from":60.5"#, r#""from":60.500001"#),
        (r#""band":"fine""#, r#""band":"good""#),
        (r#","groups":[{"group":"use","weight":3"#, r#","groups":[{"group":"use","weight":4"#),
        (
            r#"{"group":"use","weight":3,"reason":"first"},{"group":"money","weight":1}"#,
            r#"{"group":"money","weight":1},{"group":"use","weight":3,"reason":"first"}"#,
        ),
        (r#""reason":"first""#, r#""reason":"last""#),
        (r#""evidence":"product_adoption""#, r#""evidence":"support""#),
        (r#""measure":"ways""#, r#""measure":"wais""#),
        (r#""group":"use","weight":2"#, r#""group":"money","weight":2"#),
        (r#""group":"use","weight":2"#, r#""group":"use","weight":7"#),
        (r#""aggregate":"last""#, r#""aggregate":"mean""#),
        (r#""table":"cases""#, r#""table":"actions""#),
        (r#""column":"kind""#, r#""column":"channel""#),
        (r#""signal":"a""#, r#""signal":"b""#),
        (r#""signal":"a""#, r#""signal":["a","b"]"#),
        (r#","where":{"closed_on":null}"#, ""),
        (r#""two_way":true"#, r#""two_way":false"#),
        (r#"["qbr","event"]"#, r#"["event","qbr"]"#),
        (r#""window_days":30"#, r#""window_days":31"#),
        (r#""window_days":30,"#, ""),
        (r#","lag_days":2"#, r#","lag_days":1"#),
        (r#","lag_days":2"#, ""),
        (r#""window_days":365"#, r#""window_days":364"#),
        (r#"[-0.5,0]"#, r#"[-0.25,0]"#),
        (r#"[10,100]"#, r#"[10,99]"#),
        (r#","max_age_days":0"#, r#","max_age_days":1"#),
        (r#","max_age_days":0"#, ""),
        (r#""missing":"worst""#, r#""missing":"neutral""#),
        (r#","reason":"seats""#, r#","reason":"seat""#),
        (r#","reason":"seats""#, ""),
        (r#""profile":"gold""#, r#""profile":"other""#),
        (r#","min_coverage":1}"#, r#","min_coverage":0}"#),
        (r#","reason":"gone""#, r#","reason":"asked""#),
        (r#"{"tier":"gold"}"#, r#"{"tier":null}"#),
        (r#"{"active":0}"#, r#"{"active":1}"#),
        (r#""customer_id":"acme""#, r#""customer_id":"bolt""#),
        (r#""band":"poor","author""#, r#""band":"fine","author""#),
        (r#""author":"Kim""#, r#""author":"Jo""#),
        (r#""from":"2026-01-01""#, r#""from":"2026-01-02""#),
        (r#""until":"2026-02-01""#, r#""until":"2026-02-02""#),
    ];

    #[test]
    fn the_fingerprint_changes_with_everything_that_is_said() {
        let all = Scorecard::from_json(ALL).unwrap();
        let mut seen = BTreeSet::from([all.fingerprint()]);
        for (said, otherwise) in OTHERWISE {
            assert_eq!(ALL.matches(said).count(), 1, "{said}");
            let mut text = ALL.replace(said, otherwise);
            if said == r#""band":"fine""# {
                text = text.replace(r#""band":"fine","author""#, r#""band":"good","author""#);
            }
            let card = Scorecard::from_json(&text).unwrap();
            assert_eq!(card.to_json(), text);
            assert_ne!(card, all);
            assert!(seen.insert(card.fingerprint()), "{said} {otherwise}");
        }
        assert!(seen.iter().all(|fingerprint| fingerprint.len() == 64));
    }

    #[test]
    fn the_fingerprint_is_the_digest_of_the_canonical_json() {
        // By `printf '%s' ... | sha256sum`.
        assert_eq!(Scorecard::from_json(LEAST).unwrap().fingerprint(), LEAST_FINGERPRINT);
    }

    const LEAST_FINGERPRINT: &str = "9563dd75fa6f9c8a9c933b87f2db63961a6d540e6f6066cc4fa79c010fcbb527";

    #[test]
    fn serde_writes_the_same_and_reads_what_it_wrote() {
        let card = Scorecard::from_json(ALL).unwrap();
        let text = serde_json::to_string(&card).unwrap();
        assert_eq!(text, ALL);
        assert_eq!(serde_json::from_str::<Scorecard>(&text).unwrap(), card);
        let error = serde_json::from_str::<Scorecard>(r#"{"name":"x"}"#).unwrap_err().to_string();
        assert!(error.starts_with("scorecard.measures: the key measures is missing"), "{error}");
    }

    #[rstest]
    #[case("{", "invalid_json scorecard")]
    #[case(r#"{"name":"a","name":"b"}"#, "duplicate_key scorecard")]
    #[case("[]", "invalid_scorecard scorecard")]
    #[case("null", "invalid_scorecard scorecard")]
    #[case(r#""standard""#, "invalid_scorecard scorecard")]
    fn what_is_no_scorecard_is_refused(#[case] text: &str, #[case] expected: &str) {
        let error = Scorecard::from_json(text).unwrap_err();
        let told = error.problems().first().map(|problem| format!("{} {}", problem.code, problem.path));
        assert_eq!(told.as_deref(), Some(expected));
    }

    /// Lists that are as long as they may be, and longer.
    #[rstest]
    #[case("groups", 16, r#"{"group":"@","weight":1}"#)]
    #[case("measures", 64, r#"{"measure":"@","evidence":"custom","weight":1,"value":{"table":"surveys","aggregate":"mean"},"curve":[[0,0],[1,1]]}"#)]
    #[case("profiles", 64, r#"{"profile":"@","where":{}}"#)]
    fn lists_are_no_longer_than_they_may_be(#[case] key: &str, #[case] most: usize, #[case] item: &str) {
        let told = |count: usize| {
            let items: Vec<String> = (0..count).map(|at| item.replace('@', &format!("n{at}"))).collect();
            let items = items.join(",");
            let measure = r#"{"measure":"n","evidence":"custom","weight":1,"value":{"table":"surveys","aggregate":"mean"},"curve":[[0,0],[1,1]]}"#;
            let measures = if key == "measures" { String::new() } else { format!(r#","measures":[{measure}]"#) };
            Scorecard::from_json(&format!(r#"{{"name":"x","{key}":[{items}]{measures}}}"#))
                .err()
                .map(|error| error.to_string())
        };
        let too_long = format!("there are {} {key}, more than {most}", most + 1);
        assert!(told(most + 1).is_some_and(|message| message.contains(&too_long)));
        assert!(told(most).is_none_or(|message| !message.contains("more than")));
    }
}
