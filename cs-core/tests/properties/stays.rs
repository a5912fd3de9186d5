//! How long customers stay, and subjects on plain numbers: bounds, how counts join, and what order does not change.

use std::collections::BTreeMap;

use cs_core::{ShiftedBetaGeometric, Subjects, SurvivalRow};
use proptest::prelude::*;

use crate::config;
use crate::worlds::worlds;

/// Subjects as columns: durations, whether the event was seen, entries and weights.
type Columns = (Vec<f64>, Vec<bool>, Vec<f64>, Vec<f64>);

/// Subjects with ties and without, of whom some enter late; weights are whole, so that sums of them are exact.
fn subjects() -> impl Strategy<Value = Columns> {
    let time = prop_oneof![
        (0_u32..6).prop_map(f64::from),
        (0_u32..4_000).prop_map(|quarter| f64::from(quarter) / 4.0),
        0.0..50.0
    ];
    let subject = (time, any::<bool>(), prop_oneof![3 => Just(0.0), 1 => 0.0..0.99], 1_u32..5);
    prop::collection::vec(subject, 1..40).prop_map(|subjects| {
        let column = |of: fn(&(f64, bool, f64, u32)) -> f64| subjects.iter().map(of).collect();
        let observed = subjects.iter().map(|subject| subject.1).collect();
        (
            column(|subject| subject.0),
            observed,
            column(|subject| subject.0 * subject.2),
            column(|subject| subject.3.into()),
        )
    })
}

fn estimated((durations, observed, entry, weights): &Columns) -> String {
    Subjects::new(durations, observed).entry(entry).weights(weights).kaplan_meier().unwrap().table().to_json()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn shares_fall_from_all_to_none_within_their_intervals(columns in subjects()) {
        let (durations, observed, entry, weights) = &columns;
        let stays = Subjects::new(durations, observed).entry(entry).weights(weights).kaplan_meier().unwrap();
        let (mut time, mut share) = (-1.0, 1.0);
        for row in stays.rows() {
            prop_assert!(row.time > time && row.survival <= share);
            prop_assert!(0.0 <= row.survival_low && row.survival_low <= row.survival + 1e-15);
            prop_assert!(row.survival <= row.survival_high + 1e-15 && row.survival_high <= 1.0);
            prop_assert!(row.events + row.censored <= row.at_risk && row.events + row.censored > 0.0);
            // What is nothing stays so, whoever comes later.
            prop_assert!(share == 0.0 || (row.events == 0.0) == (row.survival == share));
            (time, share) = (row.time, row.survival);
        }
        let left: f64 = stays.rows().map(|row| row.events + row.censored).sum();
        prop_assert_eq!(left, weights.iter().sum::<f64>());
    }

    #[test]
    fn neither_order_nor_the_way_of_counting_matters(columns in subjects(), turn in any::<prop::sample::Index>()) {
        let (mut durations, mut observed, mut entry, mut weights) = columns.clone();
        let by = turn.index(durations.len());
        durations.rotate_left(by);
        observed.rotate_left(by);
        entry.rotate_left(by);
        weights.rotate_left(by);
        prop_assert_eq!(estimated(&(durations.clone(), observed.clone(), entry.clone(), weights.clone())), estimated(&columns));
        // Who weighs as much as three is three.
        let repeated = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&weights).flat_map(|(value, weight)| std::iter::repeat_n(*value, *weight as usize)).collect()
        };
        let flags: Vec<bool> =
            observed.iter().zip(&weights).flat_map(|(seen, weight)| std::iter::repeat_n(*seen, *weight as usize)).collect();
        let (times, entries) = (repeated(&durations), repeated(&entry));
        let counted = Subjects::new(&times, &flags).entry(&entries).kaplan_meier().unwrap();
        let weighed = Subjects::new(&durations, &observed).entry(&entry).weights(&weights).kaplan_meier().unwrap();
        prop_assert_eq!(counted.table().to_json(), weighed.table().to_json());
    }

    #[test]
    fn competing_events_add_up(columns in subjects(), kinds in prop::collection::vec(0_usize..3, 40)) {
        let (durations, observed, entry, _) = &columns;
        let names = ["bought elsewhere", "closed", "moved"];
        let events: Vec<Option<&str>> =
            observed.iter().zip(&kinds).map(|(seen, kind)| seen.then_some(names[*kind])).collect();
        let subjects = Subjects::new(durations, observed).entry(entry);
        let mut sums: BTreeMap<u64, f64> = BTreeMap::new();
        for row in subjects.cumulative_incidence(&events).unwrap().rows() {
            prop_assert!(0.0 <= row.incidence_low && row.incidence_low <= row.incidence + 1e-12);
            prop_assert!(row.incidence <= row.incidence_high + 1e-12 && row.incidence_high <= 1.0);
            *sums.entry(row.time.to_bits()).or_default() += row.incidence;
        }
        for row in subjects.kaplan_meier().unwrap().rows().filter(|_| observed.contains(&true)) {
            prop_assert!((sums[&row.time.to_bits()] - (1.0 - row.survival)).abs() < 1e-12);
        }
    }

    #[test]
    fn groups_are_alike_by_whatever_name(columns in subjects(), groups in prop::collection::vec(0_usize..3, 40)) {
        let (durations, observed, entry, _) = &columns;
        let test = |names: [&str; 3]| {
            let groups: Vec<&str> = durations.iter().zip(&groups).map(|(_, group)| names[*group]).collect();
            let subjects = Subjects::new(durations, observed).entry(entry);
            subjects.log_rank(&groups).ok().and_then(|test| test.rows().next())
        };
        let Some(found) = test(["a", "b", "c"]) else { return Ok(()) };
        prop_assert!(found.statistic >= 0.0 && (0.0..=1.0).contains(&found.p_value));
        let other = test(["c", "a", "b"]).unwrap();
        prop_assert!((found.statistic - other.statistic).abs() <= 1e-7 * found.statistic.max(1.0), "{} {}", found.statistic, other.statistic);
    }

    #[test]
    fn a_mean_within_a_horizon_is_within_it(columns in subjects(), horizon in 0.1_f64..60.0) {
        let (durations, observed, entry, weights) = &columns;
        let subjects = Subjects::new(durations, observed).entry(entry).weights(weights);
        let mean = subjects.restricted_mean(horizon).unwrap();
        let row = mean.rows().next().unwrap();
        prop_assert!(0.0 <= row.restricted_mean && row.restricted_mean <= horizon + 1e-12);
        prop_assert!(row.restricted_mean_low <= row.restricted_mean && row.restricted_mean <= row.restricted_mean_high);
        let later = subjects.restricted_mean(horizon + 1.0).unwrap();
        let more = later.rows().next().unwrap().restricted_mean - row.restricted_mean;
        prop_assert!((-1e-12..=row.survival + 1e-12).contains(&more));
        prop_assert_eq!(row.median, subjects.kaplan_meier().unwrap().rows().find(|row| row.survival <= 0.5 + 1e-12).map(|row| row.time));
    }

    #[test]
    fn the_stays_of_a_book_are_those_of_its_groups(world in worlds()) {
        let portfolio = world.load();
        let as_of = world.known_on.unwrap_or(world.book.end);
        let rows = |by: &[&str]| -> Vec<SurvivalRow> {
            portfolio.survival(as_of).by(by.iter().copied()).run().unwrap().rows().collect()
        };
        let all = rows(&[]);
        for pair in all.windows(2) {
            prop_assert_eq!(pair[0].at_risk - pair[0].events - pair[0].censored, pair[1].at_risk);
            prop_assert!(pair[0].time < pair[1].time);
        }
        let (mut left, mut of_groups) = (BTreeMap::new(), BTreeMap::new());
        for (rows, sums) in [(&all, &mut left), (&rows(&["customer_id"]), &mut of_groups)] {
            for row in rows {
                let sum: &mut (u64, u64) = sums.entry(row.time).or_default();
                *sum = (sum.0 + row.events, sum.1 + row.censored);
            }
        }
        prop_assert_eq!(left, of_groups);
    }

    /// Customers leave as a model says: where many do, it is found again.
    #[test]
    fn a_model_is_found_again(alpha in 0.3_f64..3.0, beta in 0.5_f64..8.0) {
        let model = ShiftedBetaGeometric::new(alpha, beta).unwrap();
        let survivors: Vec<u64> = (0..10).map(|t| (1e12 * model.survival(t).unwrap()) as u64).collect();
        let found = ShiftedBetaGeometric::fit(&survivors).unwrap();
        prop_assert!((found.alpha() / alpha - 1.0).abs() < 1e-6 && (found.beta() / beta - 1.0).abs() < 1e-6);
        for t in 1..20 {
            prop_assert!(model.retention(t).unwrap() < model.retention(t + 1).unwrap());
            let ratio = model.survival(t).unwrap() / model.survival(t - 1).unwrap();
            prop_assert!((ratio - model.retention(t).unwrap()).abs() < 1e-12);
        }
        // One who has stayed longer has more to come.
        let to_come: Vec<f64> = (1..5).map(|n| model.discounted_lifetime(0.1, n).unwrap()).collect();
        prop_assert!(to_come.is_sorted());
        let sum: f64 = (1..4_000).map(|t| model.survival(t).unwrap() / 1.1_f64.powi(t as i32 - 1)).take_while(|term| *term > 1e-18).sum();
        prop_assert!((to_come[0] / sum - 1.0).abs() < 1e-9);
    }
}
