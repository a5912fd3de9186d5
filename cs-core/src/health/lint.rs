//! What a scorecard can say and hardly means.

use hashbrown::HashSet;

use super::computed::words;
use super::measure::{Condition, Is, Measure, OfFacts, Source};
use super::points::Points;
use super::profile::{Band, Profile};
use super::scorecard::{PATH, Scorecard};
use crate::error::{Code, Error, Problem, quoted};
use crate::period::Day;
use crate::portfolio::{KnownFacts, Portfolio};
use crate::reading::item;
use crate::table::Column;
use crate::watch::Unwatched;

impl Scorecard {
    /// What the scorecard says and hardly means: a curve that is the same for every value (`flat_curve`), a band that no
    /// score is in (`unreachable_band`), signals of different names taken together (`mixed_signals`), a profile that fits
    /// nobody whom an earlier one does not (`unused_profile`), a measure that looks at days which are too old for it
    /// (`no_evidence`). What it cannot say at all is refused when it is read.
    ///
    /// ```
    /// use cs_core::Scorecard;
    /// let card = r#"{"name": "one", "measures": [{
    ///     "measure": "any", "evidence": "custom", "weight": 1, "curve": [[0, 80], [10, 80]],
    ///     "value": {"table": "advocacy", "aggregate": "count"}
    /// }]}"#;
    /// let told: Vec<_> = Scorecard::from_json(card)?.lint().iter().map(|problem| problem.code.name()).collect();
    /// assert_eq!(told, ["flat_curve", "unreachable_band", "unreachable_band"]);
    /// assert_eq!(Scorecard::standard()?.lint(), []);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Problem> {
        self.flat_curves()
            .chain(self.mixed_signals())
            .chain(self.unreachable_bands())
            .chain(self.unused_profiles())
            .chain(self.always_stale())
            .collect()
    }

    /// The same, and what a portfolio does not have: evidence for a measure (`no_evidence`), as of a table that was not
    /// given or of which no row fits; an attribute that a profile asks for (`unknown_attribute`), or anybody who has the
    /// value (`unused_profile`); a customer of whom a person has set the band (`unknown_customer`).
    ///
    /// # Errors
    /// `limit_exceeded` for a table of a synthetic portfolio that is too long.
    pub fn lint_for(&self, portfolio: &Portfolio) -> Result<Vec<Problem>, Error> {
        let mut told = self.lint();
        for (position, measure) in self.measures.iter().enumerate() {
            for source in measure.value.sources() {
                let Source::Facts(of) = source else { continue };
                if !has_evidence(of, portfolio)? {
                    let message = format!(
                        "the measure {} has no evidence: no row of {} says anything of it",
                        quoted(&measure.name),
                        of.table.spec.name
                    );
                    let problem =
                        Problem::argument(Code::NoEvidence, format!("{}.value", self.measure_path(position)), message);
                    told.push(problem.value(&measure.name).help("give the table, or correct what the rows must be"));
                    break;
                }
            }
        }
        told.extend(self.unfitting_profiles(portfolio));
        told.extend(self.overrides_of_nobody(portfolio));
        Ok(if portfolio.redact { told.iter().map(Problem::redacted).collect() } else { told })
    }

    fn unfitting_profiles(&self, portfolio: &Portfolio) -> impl Iterator<Item = Problem> {
        let directory = &portfolio.directory;
        let told = move |(number, profile, condition): (usize, &Profile, &Condition<String>)| {
            let name = &condition.column;
            let path = format!("{}.where", item(&format!("{PATH}.profiles"), number));
            let has = |text: &str| matches!(&condition.is, Is::OneOf(texts) if texts.iter().any(|one| one == text));
            let is_met = match directory.attribute(name).map(Column::values) {
                _ if condition.is == Is::Absent => true,
                _ if name == CUSTOMER_ID => directory.names.iter().any(has),
                None if words(name).is_some() => words(name).unwrap_or_default().iter().any(|word| has(word)),
                None => {
                    let message = format!("customers have no attribute {}", quoted(name));
                    return Some(Problem::argument(Code::UnknownAttribute, path, message).value(name));
                }
                Some(values) => (0..values.len()).any(|row| has(&values.cell(row).to_string())),
            };
            let message = format!("no customer has what {} asks of {}", quoted(&profile.name), quoted(name));
            (!is_met).then(|| Problem::argument(Code::UnusedProfile, path, message).value(&profile.name))
        };
        let profiles = self.profiles.iter().enumerate().filter(move |_| directory.len() > 0);
        let conditions = profiles
            .flat_map(|(number, profile)| profile.conditions.iter().map(move |condition| (number, profile, condition)));
        conditions.filter_map(told)
    }

    fn overrides_of_nobody(&self, portfolio: &Portfolio) -> impl Iterator<Item = Problem> {
        let names: HashSet<&str> = match self.overrides.is_empty() {
            true => HashSet::new(),
            false => portfolio.directory.names.iter().collect(),
        };
        let unknown =
            self.overrides.iter().enumerate().filter(move |(_, set)| !names.contains(set.customer_id.as_str()));
        unknown.map(|(number, set)| {
            let path = format!("{}.customer_id", item(&format!("{PATH}.overrides"), number));
            let message = format!("there is no customer {}", quoted(&set.customer_id));
            Problem::argument(Code::UnknownCustomer, path, message).value(&set.customer_id)
        })
    }

    /// Where a measure stands.
    fn measure_path(&self, position: usize) -> String {
        item(&format!("{PATH}.measures"), position)
    }

    fn flat_curves(&self) -> impl Iterator<Item = Problem> + '_ {
        let flat = self.measures.iter().enumerate().filter(|(_, measure)| measure.curve.is_flat());
        flat.map(|(position, measure)| {
            let message = format!("the measure {} has the same score for every value", quoted(&measure.name));
            Problem::argument(Code::FlatCurve, format!("{}.curve", self.measure_path(position)), message)
                .value(&measure.name)
        })
    }

    fn mixed_signals(&self) -> impl Iterator<Item = Problem> + '_ {
        let is_mixed = |source: &Source| match source {
            Source::Facts(of) => {
                let is_one = |is: &Is| matches!(is, Is::OneOf(names) if names.len() == 1);
                of.table.spec.name == SIGNALS
                    && !of.conditions.iter().any(|condition| condition.column == SIGNAL && is_one(&condition.is))
            }
            Source::Line(_) => false,
        };
        let mixed = self.measures.iter().enumerate().filter(move |(_, measure)| measure.value.sources().any(is_mixed));
        mixed.map(|(position, measure)| {
            let message = format!("the measure {} takes signals of different names together", quoted(&measure.name));
            Problem::argument(Code::MixedSignals, format!("{}.value", self.measure_path(position)), message)
                .value(&measure.name)
                .help("say in where which signal is meant")
        })
    }

    fn unreachable_bands(&self) -> impl Iterator<Item = Problem> + '_ {
        let scorings = self.scorings();
        let shared = scorings.iter().filter(|scoring| !scoring.has_own_bands());
        let reaches: Vec<[Points; 2]> = shared.map(|scoring| scoring.reach(&self.measures)).collect();
        let of_all = scorings.first().map(|scoring| out_of_reach(&format!("{PATH}.bands"), scoring.bands, &reaches));
        let own =
            scorings.iter().enumerate().filter(|(_, scoring)| scoring.has_own_bands()).flat_map(|(number, scoring)| {
                // The first is of no profile.
                let path = format!("{}.bands", item(&format!("{PATH}.profiles"), number.saturating_sub(1)));
                out_of_reach(&path, scoring.bands, &[scoring.reach(&self.measures)])
            });
        let all: Vec<Problem> = of_all.unwrap_or_default().into_iter().chain(own).collect();
        all.into_iter()
    }

    fn always_stale(&self) -> impl Iterator<Item = Problem> + '_ {
        let is_stale = |measure: &Measure| {
            let lags = measure.value.sources().filter_map(|source| match source {
                Source::Facts(of) => Some(of.window.lag),
                Source::Line(_) => None,
            });
            measure.max_age_days.is_some_and(|most| lags.into_iter().any(|lag| lag > most))
        };
        let stale = self.measures.iter().enumerate().filter(move |(_, measure)| is_stale(measure));
        stale.map(|(position, measure)| {
            let message = format!("the measure {} looks at days that are too old for it", quoted(&measure.name));
            Problem::argument(Code::NoEvidence, format!("{}.max_age_days", self.measure_path(position)), message)
                .value(&measure.name)
                .help("let max_age_days be as many as lag_days, or more")
        })
    }

    fn unused_profiles(&self) -> impl Iterator<Item = Problem> + '_ {
        let is_unused = |position: usize| {
            let (before, profile) = (self.profiles.iter().take(position), self.profiles.get(position));
            // Who fits all conditions of this one fits each of some of them.
            let covers = |earlier: &Profile| {
                let is_wider =
                    |one: &_| profile.is_some_and(|profile| profile.conditions.iter().any(|own| holds_with(one, own)));
                earlier.conditions.iter().all(is_wider)
            };
            before.into_iter().any(covers)
        };
        (0..self.profiles.len()).filter(move |&position| is_unused(position)).filter_map(|position| {
            let profile = self.profiles.get(position)?;
            let message = format!("an earlier profile fits all whom {} fits", quoted(&profile.name));
            let path = item(&format!("{PATH}.profiles"), position);
            Some(
                Problem::argument(Code::UnusedProfile, path, message)
                    .value(&profile.name)
                    .help("the first profile that fits counts: let the more particular one come first"),
            )
        })
    }
}

/// Whether who fits the one condition fits the other.
fn holds_with(other: &Condition<String>, one: &Condition<String>) -> bool {
    let is_wider = match (&other.is, &one.is) {
        (Is::OneOf(texts), Is::OneOf(own)) => own.iter().all(|text| texts.contains(text)),
        (other, one) => other == one,
    };
    other.column == one.column && is_wider
}

/// The bands that no score is in, given the least and the greatest score of some customers each.
fn out_of_reach(path: &str, bands: &[Band], reaches: &[[Points; 2]]) -> Vec<Problem> {
    let better = std::iter::once(None).chain(bands.iter().map(|band| Some(band.from)));
    let is_out = |from: Points, better: Option<Points>| {
        reaches.iter().all(|&[worst, best]| best < from || better.is_some_and(|better| worst >= better))
    };
    let out = bands.iter().enumerate().zip(better).filter(|((_, band), better)| is_out(band.from, *better));
    let told = out.map(|((at, band), _)| {
        let message = format!("no score is in the band {}", quoted(&band.name));
        Problem::argument(Code::UnreachableBand, item(path, at), message)
            .value(&band.name)
            .help("the curves give no such score to any customer")
    });
    told.collect()
}

const CUSTOMER_ID: &str = "customer_id";
const SIGNALS: &str = "signals";
const SIGNAL: &str = "signal";

/// Whether a portfolio can say what a value is of anybody, whenever it was known.
fn has_evidence(of: &OfFacts, portfolio: &Portfolio) -> Result<bool, Error> {
    let Some(facts) = portfolio.facts(&of.table.spec, &Unwatched)? else { return Ok(false) };
    let facts = KnownFacts::of(&facts, Day::NEVER);
    Ok(of.has_evidence(&facts))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Scorecard;
    use crate::portfolio::Portfolio;

    const COUNT: &str = r#""value":{"table":"advocacy","aggregate":"count"}"#;
    const LAST: &str = r#""value":{"table":"signals","aggregate":"last","where":{"signal":"a"}}"#;
    const CURVE: &str = r#""curve":[[0,0],[10,100]]"#;

    /// A measure of a name with what differs from others.
    fn measure(name: &str, rest: &[&str]) -> String {
        format!(r#"{{"measure":"{name}","evidence":"custom","weight":1,{}}}"#, rest.join(","))
    }

    fn card(measures: &[String], rest: &str) -> Scorecard {
        Scorecard::from_json(&format!(r#"{{"name":"card","measures":[{}]{rest}}}"#, measures.join(","))).unwrap()
    }

    /// The codes and paths that are told.
    fn told(card: &Scorecard) -> Vec<String> {
        card.lint().iter().map(|problem| format!("{} {}", problem.code.name(), problem.path)).collect()
    }

    #[test]
    fn nothing_is_told_of_a_scorecard_that_means_what_it_says() {
        let profiles = r#","profiles":[{"profile":"p","where":{"tier":"a"}},{"profile":"q","where":{"tier":"b"}}]"#;
        assert_eq!(told(&card(&[measure("a", &[LAST, CURVE]), measure("b", &[COUNT, CURVE])], profiles)), [""; 0]);
        assert_eq!(told(&Scorecard::standard().unwrap()), [""; 0]);
    }

    #[test]
    fn a_flat_curve_is_told() {
        let flat = r#""curve":[[0,80],[10,80]]"#;
        let almost = r#""curve":[[0,80],[10,80.000001]]"#;
        let card =
            card(&[measure("a", &[COUNT, CURVE]), measure("b", &[COUNT, flat]), measure("c", &[COUNT, almost])], "");
        assert_eq!(told(&card), ["flat_curve scorecard.measures[2].curve"]);
    }

    #[rstest]
    #[case(r#"{"table":"signals","aggregate":"last","where":{"signal":"a"}}"#, false)]
    #[case(r#"{"table":"signals","aggregate":"last","where":{"signal":["a"]}}"#, false)]
    #[case(r#"{"table":"signals","aggregate":"last","where":{"signal":["a","b"]}}"#, true)]
    #[case(r#"{"table":"signals","aggregate":"last","where":{"signal":null}}"#, true)]
    #[case(r#"{"table":"signals","aggregate":"last","where":{"customer_id":"a"}}"#, true)]
    #[case(r#"{"table":"signals","aggregate":"count"}"#, true)]
    #[case(r#"{"table":"surveys","aggregate":"mean"}"#, false)]
    #[case(r#"{"table":"contracts","aggregate":"days_since"}"#, false)]
    #[case(
        r#"{"ratio":{"of":{"table":"cases","aggregate":"count"},"to":{"table":"signals","aggregate":"count"}}}"#,
        true
    )]
    #[case(
        r#"{"ratio":{"of":{"table":"signals","aggregate":"count"},"to":{"table":"cases","aggregate":"count"}}}"#,
        true
    )]
    fn signals_of_several_names_are_told(#[case] value: &str, #[case] is_mixed: bool) {
        let expected: &[&str] = if is_mixed { &["mixed_signals scorecard.measures[1].value"] } else { &[] };
        assert_eq!(told(&card(&[measure("a", &[&format!(r#""value":{value}"#), CURVE])], "")), expected);
    }

    const GREEN: &str = "unreachable_band scorecard.bands[1]";
    const YELLOW: &str = "unreachable_band scorecard.bands[2]";
    const RED: &str = "unreachable_band scorecard.bands[3]";

    #[rstest]
    // Green is from 75, yellow from 50.
    #[case(r#""curve":[[0,0],[10,75]]"#, "", &[])]
    #[case(r#""curve":[[0,0],[10,74.999999]]"#, "", &[GREEN])]
    #[case(r#""curve":[[0,0],[10,49.999999]]"#, "", &[GREEN, YELLOW])]
    #[case(r#""curve":[[0,49.999999],[10,100]]"#, "", &[])]
    #[case(r#""curve":[[0,50],[10,100]]"#, "", &[RED])]
    #[case(r#""curve":[[0,75],[10,100]]"#, "", &[YELLOW, RED])]
    #[case(r#""curve":[[0,74.999999],[10,100]]"#, "", &[RED])]
    // What fills in is a score, too.
    #[case(r#""curve":[[0,75],[10,100]]"#, r#","missing":"worst""#, &[])]
    #[case(r#""curve":[[0,75],[10,100]]"#, r#","missing":"neutral""#, &[RED])]
    #[case(r#""curve":[[0,0],[10,40]]"#, r#","missing":"neutral""#, &[GREEN])]
    fn a_band_that_no_score_is_in_is_told(#[case] curve: &str, #[case] missing: &str, #[case] expected: &[&str]) {
        assert_eq!(told(&card(&[measure("a", &[COUNT, &format!("{curve}{missing}")])], "")), expected);
    }

    #[test]
    fn the_best_and_the_worst_of_all_measures_count() {
        let [low, high] = [r#""curve":[[0,0],[10,40]]"#, r#""curve":[[0,60],[10,100]]"#];
        assert_eq!(told(&card(&[measure("a", &[COUNT, low]), measure("b", &[COUNT, high])], "")), [""; 0]);
    }

    #[rstest]
    // Bands of all customers are reached if any of them reaches them.
    #[case(r#""weights":{"b":2}"#, &[])]
    #[case(r#""curves":{"a":[[0,60],[1,100]],"b":[[0,60],[1,100]]}"#, &[])]
    #[case(r#""bands":[{"band":"any","from":0}]"#, &[])]
    #[case(r#""bands":[{"band":"best","from":90},{"band":"rest","from":0}],"curves":{"b":[[0,0],[1,89]]},"weights":{"a":0}"#, &["unreachable_band scorecard.profiles[1].bands[1]"])]
    fn bands_of_profiles_are_told(#[case] profile: &str, #[case] expected: &[&str]) {
        let measures = [measure("a", &[COUNT, CURVE]), measure("b", &[COUNT, CURVE])];
        let rest = format!(r#","profiles":[{{"profile":"p","where":{{"tier":"a"}},{profile}}}]"#);
        assert_eq!(told(&card(&measures, &rest)), expected);
    }

    #[rstest]
    #[case(r#"{}"#, r#"{"tier":"a"}"#, true)]
    #[case(r#"{"tier":"a"}"#, r#"{"tier":"a"}"#, true)]
    #[case(r#"{"tier":"a"}"#, r#"{"region":"x","tier":"a"}"#, true)]
    #[case(r#"{"region":"x","tier":"a"}"#, r#"{"tier":"a"}"#, false)]
    #[case(r#"{"tier":"a"}"#, r#"{"tier":"b"}"#, false)]
    #[case(r#"{"tier":"a"}"#, r#"{"region":"a"}"#, false)]
    #[case(r#"{"tier":null}"#, r#"{"tier":"a"}"#, false)]
    #[case(r#"{"tier":"a"}"#, "{}", false)]
    fn a_profile_behind_a_wider_one_is_told(#[case] first: &str, #[case] second: &str, #[case] is_unused: bool) {
        let profile = |name: &str, of: &str| format!(r#"{{"profile":"{name}","where":{of}}}"#);
        let profiles = format!(r#","profiles":[{},{}]"#, profile("p", first), profile("q", second));
        let expected: &[&str] = if is_unused { &["unused_profile scorecard.profiles[2]"] } else { &[] };
        assert_eq!(told(&card(&[measure("a", &[COUNT, CURVE])], &profiles)), expected);
    }

    fn portfolio(signals: Option<&'static str>) -> Portfolio {
        let load =
            Portfolio::from_csv("contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n").currency("USD");
        let load = match signals {
            Some(signals) => load.signals(signals.as_bytes()),
            None => load,
        };
        load.load().unwrap()
    }

    #[rstest]
    #[case(None, true)]
    #[case(Some("customer_id,signal,observed_on,value\n"), true)]
    #[case(Some("customer_id,signal,observed_on,value\nacme,b,2026-01-01,1\n"), true)]
    // Whenever it is known, even if that is to come.
    #[case(Some("customer_id,signal,observed_on,value,recorded_on\nacme,a,2026-01-01,1,2199-12-31\n"), false)]
    fn a_measure_without_evidence_is_told_of_a_portfolio(#[case] signals: Option<&'static str>, #[case] is_told: bool) {
        let ratio = r#""value":{"ratio":{"of":{"table":"signals","aggregate":"last","where":{"signal":"a"}},"to":{"table":"signals","aggregate":"mean","where":{"signal":"a"}}}}"#;
        let growth = r#""value":{"table":"contracts","aggregate":"growth","window_days":30}"#;
        let card =
            card(&[measure("g", &[growth, CURVE]), measure("r", &[ratio, CURVE]), measure("s", &[LAST, CURVE])], "");
        let told = card.lint_for(&portfolio(signals)).unwrap();
        let told: Vec<String> = told
            .iter()
            .map(|problem| format!("{} {} {}", problem.code.name(), problem.path, problem.message))
            .collect();
        let of = |position, name| {
            format!(
                "no_evidence scorecard.measures[{position}].value the measure `{name}` has no evidence: no row of signals says anything of it"
            )
        };
        assert_eq!(told, if is_told { vec![of(2, "r"), of(3, "s")] } else { Vec::new() });
    }

    #[test]
    fn what_is_told_of_a_portfolio_stands_behind_what_is_told_of_all() {
        let card = card(&[measure("a", &[LAST, r#""curve":[[0,0],[10,60]]"#])], "");
        let told: Vec<String> =
            card.lint_for(&portfolio(None)).unwrap().iter().map(|problem| problem.code.to_string()).collect();
        assert_eq!(told, ["unreachable_band", "no_evidence"]);
    }

    #[rstest]
    // All cases are closed: none is open, which is a number.
    #[case(r#"{"table":"cases","aggregate":"count","where":{"closed_on":null}}"#, false)]
    #[case(r#"{"table":"cases","aggregate":"count","where":{"priority":"urgent"}}"#, true)]
    #[case(r#"{"table":"cases","aggregate":"count","where":{"priority":["urgent","low"]}}"#, false)]
    #[case(r#"{"table":"cases","aggregate":"share","column":"priority","where":{"closed_on":null}}"#, true)]
    // No row has the column.
    #[case(r#"{"table":"cases","aggregate":"distinct","column":"agent"}"#, false)]
    #[case(r#"{"table":"cases","aggregate":"last","column":"satisfaction"}"#, true)]
    #[case(r#"{"table":"cases","aggregate":"share","column":"satisfaction"}"#, false)]
    #[case(r#"{"table":"cases","aggregate":"last","column":"days_to_close"}"#, false)]
    fn what_a_table_never_says_is_told(#[case] value: &str, #[case] is_told: bool) {
        let cases = "customer_id,case_id,opened_on,closed_on,priority\nacme,1,2026-01-01,2026-01-02,low\n";
        let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
        let portfolio = Portfolio::from_csv(book).cases(cases.as_bytes()).currency("USD").load().unwrap();
        let card = card(&[measure("a", &[&format!(r#""value":{value}"#), CURVE])], "");
        assert_eq!(card.lint_for(&portfolio).unwrap().len(), usize::from(is_told));
    }

    #[rstest]
    #[case(9, false)]
    #[case(10, false)]
    #[case(11, true)]
    fn a_measure_of_days_that_are_too_old_is_told(#[case] lag: u32, #[case] is_told: bool) {
        let value = format!(r#""value":{{"table":"advocacy","aggregate":"count","lag_days":{lag}}},"max_age_days":10"#);
        let expected: &[&str] = if is_told { &["no_evidence scorecard.measures[1].max_age_days"] } else { &[] };
        assert_eq!(told(&card(&[measure("a", &[&value, CURVE])], "")), expected);
    }

    #[rstest]
    #[case(r#"{"tier":"gold"}"#, "")]
    #[case(r#"{"tier":["gold","silver"],"customer_id":"acme"}"#, "")]
    #[case(r#"{"tier":null}"#, "")]
    #[case(r#"{"tier":"silver"}"#, "unused_profile scorecard.profiles[1].where")]
    #[case(r#"{"customer_id":"nobody"}"#, "unused_profile scorecard.profiles[1].where")]
    #[case(r#"{"tire":"gold"}"#, "unknown_attribute scorecard.profiles[1].where")]
    fn a_profile_that_fits_nobody_is_told_of_a_portfolio(#[case] conditions: &str, #[case] expected: &str) {
        let profiles = format!(
            r#","profiles":[{{"profile":"p","where":{conditions}}}],"overrides":[
                {{"customer_id":"acme","band":"red","author":"a","reason":"r","from":"2026-01-01","until":"2026-02-01"}},
                {{"customer_id":"nobody","band":"red","author":"a","reason":"r","from":"2026-01-01","until":"2026-02-01"}}]"#
        );
        let signals = "customer_id,signal,observed_on,value\nacme,a,2026-01-01,1\n";
        let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
        let load = Portfolio::from_csv(book).signals(signals.as_bytes()).currency("USD");
        let portfolio = load.customers("customer_id,tier\nacme,gold\n".as_bytes()).load().unwrap();
        let problems = card(&[measure("a", &[LAST, CURVE])], &profiles).lint_for(&portfolio).unwrap();
        let told: Vec<String> = problems.iter().map(|one| format!("{} {}", one.code.name(), one.path)).collect();
        let of_nobody = "unknown_customer scorecard.overrides[2].customer_id";
        assert_eq!(told, [expected, of_nobody].into_iter().filter(|told| !told.is_empty()).collect::<Vec<_>>());
    }
}
