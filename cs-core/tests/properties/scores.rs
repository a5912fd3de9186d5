//! Health scores by the standard scorecard and by small random ones: their bounds, what they are made of, and what
//! cannot change them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use cs_core::{ExplainHealthRow, HealthState, MeasureState, Portfolio, Scorecard};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::config;
use crate::facts::Facts;
use crate::worlds::{World, within, worlds};

/// What is measured, with values from which a curve rises or falls.
const VALUES: [(&str, [f64; 3]); 16] = [
    (r#"{"table":"signals","aggregate":"last"WINDOW}"#, [-20.0, 0.0, 20.0]),
    (r#"{"table":"signals","aggregate":"mean","where":{"signal":"mood"}WINDOW}"#, [-20.0, 0.0, 20.0]),
    (r#"{"table":"signals","aggregate":"count"WINDOW}"#, [0.0, 1.5, 3.0]),
    (r#"{"table":"signals","aggregate":"slope"WINDOW}"#, [-3.0, 0.1, 3.0]),
    (r#"{"table":"engagements","aggregate":"days_since","where":{"two_way":true}WINDOW}"#, [0.0, 40.0, 300.0]),
    (r#"{"table":"engagements","aggregate":"sum","column":"minutes"WINDOW}"#, [0.0, 100.0, 400.0]),
    (r#"{"table":"cases","aggregate":"count","where":{"closed_on":null}WINDOW}"#, [0.0, 1.0, 2.0]),
    (r#"{"table":"cases","aggregate":"mean","column":"days_to_close"WINDOW}"#, [0.0, 30.0, 90.0]),
    (r#"{"table":"surveys","aggregate":"share"WINDOW}"#, [0.0, 0.3, 1.0]),
    (r#"{"table":"feedback","aggregate":"distinct","column":"kind"WINDOW}"#, [0.0, 1.0, 3.0]),
    (r#"{"table":"milestones","aggregate":"share","column":"reached_on"}"#, [0.0, 0.4, 1.0]),
    (r#"{"table":"outcomes","aggregate":"mean","column":"progress"}"#, [0.0, 0.5, 1.0]),
    (r#"{"table":"stakeholders","aggregate":"count","where":{"role":["champion","user"]}}"#, [0.0, 1.0, 2.0]),
    (r#"{"table":"contracts","aggregate":"growth","window_days":61}"#, [-0.5, 0.0, 0.5]),
    (r#"{"table":"contracts","aggregate":"days_since"}"#, [0.0, 60.0, 365.0]),
    (
        r#"{"ratio":{"of":{"table":"advocacy","aggregate":"count"WINDOW},"to":{"table":"actions","aggregate":"count"}}}"#,
        [0.0, 0.5, 2.0],
    ),
];

/// Those of signals that rise with each of them.
const RISING: [&str; 4] = [
    r#"{"table":"signals","aggregate":"last"WINDOW}"#,
    r#"{"table":"signals","aggregate":"mean"WINDOW}"#,
    r#"{"table":"signals","aggregate":"sum"WINDOW}"#,
    r#"{"table":"signals","aggregate":"mean","where":{"signal":["mood","logins"]}WINDOW}"#,
];

const WINDOWS: [&str; 4] = ["", "", r#","window_days":90"#, r#","window_days":365,"lag_days":7"#];
const SCORES: [[f64; 3]; 5] = [
    [0.0, 50.0, 100.0],
    [0.0, 75.0, 75.000_001],
    [10.0, 10.0, 90.0],
    [0.0, 33.333_333, 66.666_667],
    [50.0, 50.0, 50.0],
];
const WEIGHTS: [u32; 5] = [1, 1, 2, 7, 1_000];

/// A measure of a value that has these scores at three values; numbers draw what else it has.
fn measure(
    position: usize,
    (value, at): (&str, [f64; 3]),
    scores: [f64; 3],
    [window, weight, rest]: [usize; 3],
) -> String {
    let value = value.replace("WINDOW", WINDOWS[window % WINDOWS.len()]);
    let points: Vec<String> = at.iter().zip(scores).map(|(value, score)| format!("[{value},{score}]")).collect();
    let missing = ["exclude", "exclude", "neutral", "worst"][rest % 4];
    let age = ["", "", r#","max_age_days":40"#][rest / 4 % 3];
    format!(
        r#"{{"measure":"m {position}","evidence":"custom","weight":{},"value":{value},"curve":[{}],"missing":"{missing}"{age}"#,
        WEIGHTS[weight % WEIGHTS.len()],
        points.join(","),
    )
}

/// A scorecard of measures without their groups and closing braces: each third one is of another group, if there are
/// groups.
fn scorecard(measures: &[String], has_groups: bool, min_coverage: &str, rest: &str) -> Scorecard {
    let group = |position: usize| ["use", "money"][usize::from(position % 3 == 1)];
    let groups = match (has_groups, measures.len()) {
        (false, _) => "",
        (true, 1) => r#","groups":[{"group":"use","weight":3}]"#,
        (true, _) => r#","groups":[{"group":"use","weight":3},{"group":"money","weight":2}]"#,
    };
    let of_group = |position| if has_groups { format!(r#","group":"{}""#, group(position)) } else { String::new() };
    let measures: Vec<String> =
        measures.iter().enumerate().map(|(position, text)| format!("{text}{}}}", of_group(position))).collect();
    let text =
        format!(r#"{{"name":"any","min_coverage":{min_coverage}{groups},"measures":[{}]{rest}}}"#, measures.join(","));
    Scorecard::from_json(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Profiles of which the one that everybody has makes the first measure fall.
const ALL_FALL: &str = r#","profiles":[{"profile":"all","where":{},"curves":{"m 0":[[-1,100],[1,0]]}}]"#;

fn numbers() -> impl Strategy<Value = [usize; 3]> {
    [0_usize..60, 0..60, 0..60]
}

/// Small scorecards, and of each measure whether its curve falls.
fn small_scorecards() -> impl Strategy<Value = (Scorecard, Vec<bool>)> {
    let measures = prop::collection::vec((select(&VALUES[..]), select(&SCORES[..]), any::<bool>(), numbers()), 1..6);
    let rest = select(
        &[
            "",
            "",
            r#","profiles":[{"profile":"other","where":{"customer_id":["acme","Acme"]},"weights":{"m 0":3},"min_coverage":0}]"#,
            ALL_FALL,
        ][..],
    );
    let small = (measures, any::<bool>(), select(&["0", "0", "0.25", "0.5", "1"][..]), rest);
    small.prop_map(|(measures, has_groups, min_coverage, rest)| {
        let falls = measures.iter().enumerate();
        let falls = falls.map(|(position, &(_, _, falls, _))| falls || (position == 0 && rest == ALL_FALL)).collect();
        let text = |(position, (value, mut scores, falls, numbers)): (usize, _)| {
            let scores: &mut [f64; 3] = &mut scores;
            if falls {
                scores.reverse();
            }
            measure(position, value, *scores, numbers)
        };
        let measures: Vec<String> = measures.into_iter().enumerate().map(text).collect();
        (scorecard(&measures, has_groups, min_coverage, rest), falls)
    })
}

fn scorecards() -> impl Strategy<Value = Scorecard> {
    let small = small_scorecards().prop_map(|(scorecard, _)| scorecard);
    let standard = Scorecard::standard().unwrap();
    // Few customers have enough evidence for it as it is.
    let any_evidence = standard.to_json().replace(r#""min_coverage":0.5"#, r#""min_coverage":0"#);
    let any_evidence = Scorecard::from_json(&any_evidence).unwrap();
    prop_oneof![6 => small, 1 => Just(standard), 1 => Just(any_evidence)]
}

/// Measures of signals alone, whose scores rise with each of them.
fn rising_scorecards() -> impl Strategy<Value = Scorecard> {
    let measures = prop::collection::vec((select(&RISING[..]), select(&SCORES[..]), numbers()), 1..5);
    (measures, any::<bool>()).prop_map(|(measures, has_groups)| {
        let text =
            |(position, (value, scores, numbers))| measure(position, (value, [-20.0, 0.0, 20.0]), scores, numbers);
        let measures: Vec<String> = measures.into_iter().enumerate().map(text).collect();
        scorecard(&measures, has_groups, "0", "")
    })
}

/// Worlds with many facts.
fn eventful() -> impl Strategy<Value = World> {
    let drawings = (any::<Index>(), 0_u64..700, prop::option::of(0_u64..200), any::<u8>());
    (worlds(), prop::collection::vec(drawings, 0..24)).prop_map(|(world, drawings)| {
        let facts = Facts::drawn(&world.book, &drawings);
        World { facts, ..world }
    })
}

fn as_of(world: &World) -> NaiveDate {
    world.known_on.unwrap_or(world.book.end)
}

/// The health of a world and what it is made of, as bytes.
fn bytes(portfolio: &Portfolio, day: NaiveDate, scorecard: &Scorecard) -> [String; 2] {
    [
        portfolio.health(day).scorecard(scorecard).run().unwrap().table().to_json(),
        portfolio.explain_health(day).scorecard(scorecard).run().unwrap().table().to_json(),
    ]
}

fn millionths(points: f64) -> i64 {
    (points * 1e6).round() as i64
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn scores_and_coverage_keep_their_bounds(world in eventful(), scorecard in scorecards()) {
        let portfolio = world.load();
        let health = portfolio.health(as_of(&world)).scorecard(&scorecard).run().unwrap();
        for row in health.rows() {
            prop_assert!(row.score.is_none_or(|score| (0.0..=100.0).contains(&score)));
            prop_assert!(row.coverage.is_some_and(|coverage| (0.0..=1.0).contains(&coverage)));
            prop_assert!(row.change_30d.is_none_or(|change| (-100.0..=100.0).contains(&change)));
            prop_assert!(row.change_30d.is_none() || row.score.is_some());
            prop_assert_eq!(row.band.is_some(), row.score.is_some());
            let state = if row.score.is_some() { HealthState::Scored } else { HealthState::InsufficientData };
            prop_assert_eq!(row.state, state);
        }
        prop_assert!(health.rows().map(|row| row.customer_id.to_owned()).is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn contributions_sum_to_the_score(world in eventful(), scorecard in scorecards()) {
        let (portfolio, day) = (world.load(), as_of(&world));
        let health = portfolio.health(day).scorecard(&scorecard).run().unwrap();
        let explained = portfolio.explain_health(day).scorecard(&scorecard).run().unwrap();
        let mut of_customers: BTreeMap<&str, Vec<ExplainHealthRow<'_>>> = BTreeMap::new();
        for row in explained.rows() {
            prop_assert!(row.measure_score.is_none_or(|score| (0.0..=100.0).contains(&score)));
            of_customers.entry(row.customer_id).or_default().push(row);
        }
        prop_assert_eq!(of_customers.len(), health.table().len());
        for row in health.rows() {
            let measures = &of_customers[row.customer_id];
            let shares = || measures.iter().filter_map(|measure| measure.contribution);
            match row.score {
                Some(score) => prop_assert_eq!(shares().map(millionths).sum::<i64>(), millionths(score)),
                None => prop_assert_eq!(shares().count(), 0),
            }
            // The score is a mean of those that have one.
            let scores = || measures.iter().filter_map(|measure| measure.measure_score);
            let within = |score: f64| scores().any(|one| one <= score) && scores().any(|one| one >= score);
            prop_assert!(row.score.is_none_or(within));
            for measure in measures {
                let has_one = row.score.is_some() && measure.measure_score.is_some();
                prop_assert_eq!(measure.contribution.is_some(), has_one);
                prop_assert_eq!(measure.value.is_none(), measure.state == MeasureState::Missing);
                prop_assert!(measure.observed_on.is_none_or(|observed| observed <= day));
            }
        }
    }

    #[test]
    fn where_nothing_was_measured_there_is_no_band(world in eventful(), scorecard in scorecards()) {
        let (portfolio, day) = (world.load(), as_of(&world));
        let explained = portfolio.explain_health(day).scorecard(&scorecard).run().unwrap();
        for row in portfolio.health(day).scorecard(&scorecard).run().unwrap().rows() {
            let mut of_customer = explained.rows().filter(|measure| measure.customer_id == row.customer_id);
            let is_measured = of_customer.any(|measure| measure.state == MeasureState::Measured);
            prop_assert_eq!(row.coverage.is_some_and(|coverage| coverage > 0.0), is_measured);
            if !is_measured {
                prop_assert_eq!((row.score, row.band, row.state), (None, None, HealthState::InsufficientData));
            }
        }
    }

    #[test]
    fn a_greater_value_never_lowers_a_score(
        world in eventful(),
        scorecard in rising_scorecards(),
        (pick, more) in (any::<Index>(), 0.0_f64..40.0),
    ) {
        let day = as_of(&world);
        let mut greater = world.clone();
        // This signal is 0 or 1 and nothing else.
        let mut raised: Vec<_> =
            greater.facts.signals.iter_mut().filter(|row| row.signal != "used_in_executive_meetings").collect();
        if raised.is_empty() {
            return Ok(());
        }
        let first = pick.index(raised.len());
        raised[first..].iter_mut().for_each(|row| row.value += more);
        let (before, after) = (world.load(), greater.load());
        let before = before.health(day).scorecard(&scorecard).run().unwrap();
        let after = after.health(day).scorecard(&scorecard).run().unwrap();
        for (before, after) in before.rows().zip(after.rows()) {
            prop_assert_eq!((before.customer_id, before.coverage), (after.customer_id, after.coverage));
            prop_assert_eq!(before.score.is_some(), after.score.is_some());
            prop_assert!(before.score <= after.score, "{:?} and {:?}", before, after);
        }
    }

    /// Whatever is measured, and whether its curve rises or falls: of two customers, or of one on two days.
    #[test]
    fn who_is_worse_in_no_measure_has_no_lower_score(world in eventful(), (scorecard, falls) in small_scorecards()) {
        let portfolio = world.load();
        let later = as_of(&world);
        let earlier = within(later - chrono::Days::new(45));
        /// A customer on a day: whether it may have a profile of its own, how good each measure is, and the score.
        type Scored = (bool, Vec<(MeasureState, f64)>, f64);
        let mut all: Vec<Scored> = Vec::new();
        for day in [earlier, later] {
            let explained = portfolio.explain_health(day).scorecard(&scorecard).run().unwrap();
            for row in portfolio.health(day).scorecard(&scorecard).run().unwrap().rows() {
                let of_customer = explained.rows().filter(|measure| measure.customer_id == row.customer_id);
                let goodness = of_customer.zip(&falls).map(|(measure, &falls)| {
                    let value = measure.value.filter(|_| measure.state == MeasureState::Measured).unwrap_or_default();
                    (measure.state, if falls { -value } else { value })
                });
                let is_other = ["acme", "Acme"].contains(&row.customer_id);
                all.extend(row.score.map(|score| (is_other, goodness.collect(), score)));
            }
        }
        for (is_other, worse, lower) in &all {
            for (_, better, higher) in all.iter().filter(|(of, _, _)| of == is_other) {
                let mut pairs = worse.iter().zip(better);
                if pairs.all(|((state, worse), (other, better))| state == other && worse <= better) {
                    prop_assert!(lower <= higher, "{:?} {} and {:?} {}", worse, lower, better, higher);
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(world in eventful(), scorecard in scorecards()) {
        let day = as_of(&world);
        let mut other = world.clone();
        other.facts.reverse();
        prop_assert_eq!(bytes(&other.load(), day, &scorecard), bytes(&world.load(), day, &scorecard));
    }
}
