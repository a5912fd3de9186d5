//! A scorecard whose weights are fitted to whom the company lost.

use chrono::NaiveDate;

use super::logistic::{Logit, MOST_STEPS, Sample};
use super::observations::observe;
use super::plan::{AS_OF_DAYS, Backtested, CONTRACTION_SHARE, HORIZON_DAYS, KNOWN_ON, Plan, RESAMPLES};
use super::report::Backtest;
use super::summary::LEAST;
use crate::error::{Code, Error, Problem, quoted};
use crate::float;
use crate::health::asked::{ByScorecard, ERRORS, SCORECARD};
use crate::health::measure::MOST_WEIGHT;
use crate::health::points::{ONE, Points, number};
use crate::health::scorecard::Scorecard;
use crate::json::Json;
use crate::order::{sort_by, sort_by_key};
use crate::period::{Day, day_argument as day};
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, Asked, Context, DEFINITIONS, Errors, KnownOn, Operation, Parameter, Query, Takes,
};
use crate::table::{Headed, Heading, VERSION};
use crate::word::Word as _;

const TRAIN_UNTIL: Parameter = Parameter::optional(
    "train_until",
    Takes::Date,
    "null",
    "The last day that is fitted to; if left out the last one that leaves a third of the days to the test.",
);
const PENALTY: Parameter = Parameter::optional(
    "penalty",
    Takes::Number,
    "1",
    "What half the sum of the squares of coefficients is multiplied by: the greater, the more alike the weights; from 0.001 \
     to 1000000.",
);

/// What a fit is asked.
#[derive(Clone, Debug)]
pub struct Fitted {
    backtested: Backtested,
    train_until: Option<NaiveDate>,
    penalty: f64,
}

const USUAL_PENALTY: f64 = 1.0;
const PENALTIES: std::ops::RangeInclusive<f64> = 0.001..=1_000_000.0;

impl Asked for Fitted {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            backtested: Backtested::read(arguments)?,
            train_until: arguments.optional_day(TRAIN_UNTIL.name)?,
            penalty: arguments.float(PENALTY.name)?,
        })
    }
}

impl ByScorecard for Fitted {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.backtested.set_scorecard(scorecard);
    }
}

impl Headed for Scorecard {
    const HEADING: Heading = ("fit_scorecard", &[]);
}

impl KnownOn for Scorecard {}

impl Query<'_, Scorecard> {
    /// The last day that is fitted to.
    pub fn train_until(mut self, day: NaiveDate) -> Self {
        self.asked.train_until = Some(day);
        self
    }

    /// What half the sum of the squares of coefficients is multiplied by, from 0.001 to 1,000,000; 1 by default.
    pub fn penalty(mut self, penalty: f64) -> Self {
        self.asked.penalty = penalty;
        self
    }
}

impl Portfolio {
    /// A scorecard with the measures and curves of another and weights that are fitted to whom the company lost, by
    /// logistic regression on the measures' scores: a measure that speaks for staying never speaks against it.
    ///
    /// It is fitted to the first of the days and tested on the last, with the horizon between them; what was found stands
    /// in the scorecard itself, under `fitted`.
    ///
    /// ```
    /// use cs_core::{Json, Portfolio};
    ///
    /// let portfolio = Portfolio::synthetic().customers(2000).load()?;
    /// let last = portfolio.observed_until().unwrap();
    /// let days = (1..=24).map(|month| last - chrono::Days::new(60 + 30 * month));
    /// let fitted = portfolio.fit_scorecard(days, 90).run()?;
    /// let test = fitted.fitted().unwrap().get("test").unwrap();
    /// assert_eq!(test.get("verdict"), Some(&Json::Text("better".to_owned())));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    #[doc = include_str!("fits.md")]
    pub fn fit_scorecard(
        &self,
        as_of_days: impl IntoIterator<Item = NaiveDate>,
        horizon_days: u32,
    ) -> Query<'_, Scorecard> {
        let backtested = Backtested::of(as_of_days.into_iter().collect(), horizon_days);
        Query::of(self, Fitted { backtested, train_until: None, penalty: USUAL_PENALTY })
    }
}

impl Operation for Scorecard {
    type Asked = Fitted;

    const ABOUT: About = About {
        doc: "A scorecard whose weights are fitted to whom the company lost.\n\n\
              Measures and curves are those of the scorecard; the weights come of a logistic regression on the measures' \
              scores with coefficients from 0 up. It is fitted to the first of the days and tested on the last, with the \
              horizon between them. What was found stands in the scorecard, under fitted.",
        parameters: &[
            AS_OF_DAYS,
            HORIZON_DAYS,
            SCORECARD,
            TRAIN_UNTIL,
            PENALTY,
            CONTRACTION_SHARE,
            RESAMPLES,
            DEFINITIONS,
            KNOWN_ON,
        ],
        rows: "The scorecard.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument, Code::TooFewEvents], ..ERRORS },
        source: "Logistic regression with a penalty on squares, coefficients held from 0 up by the active \
                 set of Lawson and Hanson, 1974.",
    };

    fn compute(asked: &Fitted, context: &Context<'_>) -> Result<Self, Error> {
        if !PENALTIES.contains(&asked.penalty) {
            let message = format!("{} is no penalty", quoted(&Json::number(Some(asked.penalty)).plain()));
            let problem = Problem::argument(Code::InvalidArgument, PENALTY.name, message);
            return Err(problem.help("give a number from 0.001 to 1000000").into());
        }
        let scorecard = asked.backtested.scorecard()?;
        let plan = Plan::of(&asked.backtested, context)?;
        let split = Split::of(&plan, asked.train_until)?;
        let training = Training::of(context, &plan.on(split.training), &scorecard)?;
        let logit = Logit::of(&training.sample, asked.penalty, &mut |step| context.go_on(step, MOST_STEPS))?;
        let weights = weights(&logit).ok_or_else(|| {
            let message = "no measure tells the customers who were lost from those who were kept";
            Problem::argument(Code::TooFewEvents, AS_OF_DAYS.name, message)
        })?;
        let mut entries = fitted_entries(&scorecard, &weights);
        let card = Self::from_object(&Json::Object(entries.clone()))?;
        let tested = match split.test {
            [] => Json::Null,
            days => test(context, &plan.on(days), &card, &scorecard)?,
        };
        let found = training.told(context, (asked, &plan), split.training, &scorecard, &logit, tested);
        entries.retain(|(key, _)| key != FITTED);
        entries.push((FITTED.to_owned(), found));
        Self::from_object(&Json::Object(entries))
    }
}

/// The key of a scorecard under which it says what it was fitted to.
const FITTED: &str = "fitted";

/// The days that are fitted to, and those of the test.
struct Split<'p> {
    training: &'p [Day],
    test: &'p [Day],
}

impl<'p> Split<'p> {
    /// One horizon lies between the last day of the former and the first of the latter.
    fn of(plan: &'p Plan, until: Option<NaiveDate>) -> Result<Self, Problem> {
        let used = plan.used();
        let until = until.map(|date| day(TRAIN_UNTIL.name, date)).transpose()?;
        let test_from = |last: Day| used.partition_point(|&day| day < plan.end(last));
        let count = match until {
            Some(until) => used.partition_point(|&day| day <= until),
            // The last one that leaves a third.
            None => (0..used.len())
                .rev()
                .find(|&last| used.get(last).is_some_and(|&day| (used.len() - test_from(day)) * 3 >= used.len()))
                .map_or(0, |last| last + 1),
        };
        let training = used.get(..count).unwrap_or_default();
        let Some(&last) = training.last() else {
            let (path, message) = match until {
                Some(_) => (TRAIN_UNTIL.name, "no day that is used lies that early"),
                None => (AS_OF_DAYS.name, "no day is left to fit to that leaves a third of them to the test"),
            };
            let problem = Problem::argument(Code::TooFewEvents, path, message);
            return Err(problem.help("ask for more days, for earlier ones, or for a shorter horizon"));
        };
        Ok(Self { training, test: used.get(test_from(last)..).unwrap_or_default() })
    }
}

/// What is fitted to.
struct Training {
    sample: Sample,
    /// The mean score of each measure, which stands where it has none.
    means: Vec<Option<f64>>,
    events: usize,
}

/// What a measure without a score has instead.
const NONE: u32 = u32::MAX;

impl Training {
    fn of(context: &Context<'_>, plan: &Plan, scorecard: &Scorecard) -> Result<Self, Error> {
        let columns = scorecard.measures.len();
        let (mut points, mut seen): (Vec<u32>, Vec<(u32, bool)>) = (Vec::new(), Vec::new());
        let mut of_measures = Vec::new();
        observe(context, plan, scorecard, &mut |found, scored, place| {
            scored.points(place, &mut of_measures);
            points.extend(of_measures.iter().map(|points| points.map_or(NONE, Points::millionths)));
            seen.push((found.customer, found.lost.is_some()));
        })?;
        for (is_lost, what) in [(true, "lost"), (false, "kept")] {
            let mut customers: Vec<u32> =
                seen.iter().filter(|(_, lost)| *lost == is_lost).map(|(customer, _)| *customer).collect();
            sort_by_key(&mut customers, |&customer| customer.into());
            customers.dedup();
            if customers.len() < LEAST {
                let message = format!(
                    "{} customers were {what} on the days that are fitted to, and {LEAST} are needed",
                    customers.len()
                );
                let problem = Problem::argument(Code::TooFewEvents, AS_OF_DAYS.name, message);
                return Err(problem.help("ask for more days, or for a longer horizon").into());
            }
        }
        // Rows in the order of what they say, so that sums do not depend on what customers are called.
        let row = |at: u32| points.get(at as usize * columns..(at as usize + 1) * columns).unwrap_or_default();
        let is_lost = |at: u32| seen.get(at as usize).is_some_and(|(_, lost)| *lost);
        let mut order: Vec<u32> = (0..seen.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| (row(one), is_lost(one)).cmp(&(row(other), is_lost(other))));
        let mean = |column: usize| {
            let there = points.iter().skip(column).step_by(columns).filter(|points| **points != NONE);
            let (sum, count) = there.fold((0, 0), |(sum, count), &points| (sum + i128::from(points), count + 1));
            float::quotient(sum, count * i128::from(ONE))
        };
        let means: Vec<Option<f64>> = (0..columns).map(mean).collect();
        // By how much the score is below the mean, in hundreds of points: then risk rises with it.
        let below = |(&points, mean): (&u32, &Option<f64>)| match points {
            NONE => 0.0,
            points => (mean.unwrap_or_default() - number(points)) / HUNDRED,
        };
        let numbers = order.iter().flat_map(|&at| row(at).iter().zip(&means).map(below)).collect();
        let happened = order.iter().map(|&at| is_lost(at)).collect();
        let events = seen.iter().filter(|(_, lost)| *lost).count();
        Ok(Self { sample: Sample { numbers, columns, happened }, means, events })
    }

    /// What was found, as the scorecard tells it.
    fn told(
        &self,
        context: &Context<'_>,
        (asked, plan): (&Fitted, &Plan),
        days: &[Day],
        scorecard: &Scorecard,
        logit: &Logit,
        test: Json,
    ) -> Json {
        let of_measures = scorecard.measures.iter().zip(&logit.coefficients).zip(&self.means);
        let coefficients = of_measures.map(|((measure, &coefficient), &mean)| {
            Json::object([
                ("measure", Json::from(measure.name.as_str())),
                ("coefficient", Json::number(Some(coefficient))),
                ("mean_score", Json::number(mean)),
            ])
        });
        let day = |day: Option<Day>| Json::text(day.map(|day| day.to_string()).as_deref());
        Json::object([
            ("version", Json::from(VERSION)),
            ("definitions", Json::Text(context.definitions.fingerprint())),
            ("scorecard", Json::Text(scorecard.fingerprint())),
            ("known_on", day(context.known_on)),
            ("observed_until", day(plan.observed_until)),
            ("as_of_days", days_told(days)),
            ("horizon_days", Json::Integer(plan.horizon.into())),
            ("contraction_share", Json::number(plan.contraction_share())),
            ("penalty", Json::number(Some(asked.penalty))),
            ("observations", Json::from(self.sample.happened.len() as u64)),
            ("events", Json::from(self.events as u64)),
            ("intercept", Json::number(Some(logit.intercept))),
            ("coefficients", Json::Array(coefficients.collect())),
            ("test", test),
        ])
    }
}

const HUNDRED: f64 = 100.0;

/// Days as a list of texts.
fn days_told(days: &[Day]) -> Json {
    Json::Array(days.iter().map(|day| Json::Text(day.to_string())).collect())
}

/// What a backtest on some days says of a fitted scorecard, and of the one that it was made of.
fn test(context: &Context<'_>, plan: &Plan, fitted: &Scorecard, scorecard: &Scorecard) -> Result<Json, Error> {
    let backtest = Backtest::of(context, plan, fitted)?;
    let before = Backtest::of(context, plan, scorecard)?;
    let baselines = backtest.baselines().rows().map(|row| {
        Json::object([
            ("baseline", Json::from(row.baseline.word())),
            ("auc", Json::number(row.auc)),
            ("difference_low", Json::number(row.difference_low)),
            ("is_beaten", Json::Flag(row.is_beaten)),
        ])
    });
    let mut entries = vec![("as_of_days", days_told(plan.used())), ("verdict", Json::from(backtest.verdict().word()))];
    if let Some(row) = backtest.summary().rows().next() {
        entries.extend([
            ("reason", Json::from(row.reason.word())),
            ("observations", Json::from(row.observations)),
            ("events", Json::from(row.events)),
            ("lost_customers", Json::from(row.lost_customers)),
            ("kept_customers", Json::from(row.kept_customers)),
            ("unscored", Json::from(row.unscored)),
            ("auc_low", Json::number(row.auc_low)),
            ("auc_high", Json::number(row.auc_high)),
        ]);
    }
    entries.extend([
        ("auc", Json::number(backtest.auc())),
        ("unfitted_auc", Json::number(before.auc())),
        ("baselines", Json::Array(baselines.collect())),
    ]);
    Ok(Json::object(entries))
}

/// The weight of each measure: the greatest coefficient weighs most; none where there is no coefficient but 0.
fn weights(logit: &Logit) -> Option<Vec<u32>> {
    let greatest = logit.coefficients.iter().copied().fold(0.0, f64::max);
    let weight = |coefficient: &f64| float::nearest_even(coefficient / greatest * f64::from(MOST_WEIGHT)) as u32;
    (greatest > 0.0).then(|| logit.coefficients.iter().map(weight).collect())
}

/// The scorecard with other weights, measures side by side; those that weigh nothing are left out.
fn fitted_entries(scorecard: &Scorecard, weights: &[u32]) -> Vec<(String, Json)> {
    let mut entries = scorecard.to_object().as_object().unwrap_or_default().to_vec();
    let kept: Vec<&str> = scorecard
        .measures
        .iter()
        .zip(weights)
        .filter(|(_, weight)| **weight > 0)
        .map(|(one, _)| one.name.as_str())
        .collect();
    for (key, value) in &mut entries {
        match (key.as_str(), value) {
            ("name", Json::Text(name)) if !name.ends_with(SUFFIX) => *name += SUFFIX,
            ("groups", groups) => *groups = Json::Array(Vec::new()),
            ("measures", Json::Array(measures)) => {
                let weighed = measures.iter().zip(weights).filter(|(_, weight)| **weight > 0);
                *measures = weighed.map(|(measure, &weight)| reweighed(measure, weight)).collect();
            }
            ("profiles", Json::Array(profiles)) => profiles.iter_mut().for_each(|profile| unweigh(profile, &kept)),
            _ => {}
        }
    }
    entries
}

/// What the names of fitted scorecards end with.
const SUFFIX: &str = ", fitted";

/// A measure with another weight, in no group; why it had the one that it had is no reason for this one.
fn reweighed(measure: &Json, weight: u32) -> Json {
    let mut entries = measure.as_object().unwrap_or_default().to_vec();
    entries.retain(|(key, _)| key != "group" && key != "reason");
    for (key, value) in &mut entries {
        if key == "weight" {
            *value = Json::Integer(weight.into());
        }
    }
    Json::Object(entries)
}

/// Takes the weights from a profile, and the curves of measures that are left out.
fn unweigh(profile: &mut Json, kept: &[&str]) {
    let Json::Object(entries) = profile else { return };
    entries.retain(|(key, _)| key != "weights" && key != "group_weights");
    for (key, value) in entries {
        if let ("curves", Json::Object(curves)) = (key.as_str(), value) {
            curves.retain(|(measure, _)| kept.contains(&measure.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = r#"{
        "name": "use", "groups": [{"group": "all", "weight": 3}],
        "measures": [
            {"measure": "users", "evidence": "custom", "group": "all", "weight": 2, "reason": "they say so",
                "value": {"table": "cases", "aggregate": "count"}, "curve": [[0, 100], [9, 0]]},
            {"measure": "cases", "evidence": "custom", "group": "all", "weight": 1,
                "value": {"table": "cases", "aggregate": "count"}, "curve": [[0, 100], [5, 0]]}
        ],
        "profiles": [{"profile": "large", "where": {"segment": "large"}, "weights": {"users": 4},
            "group_weights": {"all": 2}, "curves": {"users": [[0, 100], [2, 0]], "cases": [[0, 100], [3, 0]]}}]
    }"#;

    #[test]
    fn what_is_asked_of_a_fit_is_read() -> Result<(), Error> {
        let text = r#"{"as_of_days": ["2026-04-01", "2026-04-02"], "horizon_days": 90, "train_until": "2026-04-01", "penalty": 2.5}"#;
        let read = Fitted::read(&Arguments::of(&Json::parse(text)?, <Scorecard as Operation>::ABOUT.parameters)?)?;
        assert_eq!((read.train_until, read.penalty), (NaiveDate::from_ymd_opt(2026, 4, 1), 2.5));
        Ok(())
    }

    #[test]
    fn a_fitted_scorecard_has_other_weights_and_no_groups() -> Result<(), Error> {
        let card = Scorecard::from_json(CARD)?;
        let fitted = Scorecard::from_object(&Json::Object(fitted_entries(&card, &[0, 7])))?;
        let value = r#""value":{"table":"cases","aggregate":"count"},"curve":[[0,100],[5,0]],"missing":"exclude""#;
        let profile = r#"{"profile":"large","where":{"segment":"large"},"curves":{"cases":[[0,100],[3,0]]}}"#;
        for part in [
            r#"{"name":"use, fitted","#,
            &format!(r#""measures":[{{"measure":"cases","evidence":"custom","weight":7,{value}}}]"#),
            &format!(r#""profiles":[{profile}]"#),
        ] {
            assert!(fitted.to_json().contains(part), "{part} is not in {}", fitted.to_json());
        }
        // Whoever fits once more does not have the name say it twice.
        let again = Scorecard::from_object(&Json::Object(fitted_entries(&fitted, &[3])))?;
        assert_eq!(again.name(), "use, fitted");
        Ok(())
    }

    #[test]
    fn the_greatest_coefficient_weighs_most() {
        let of = |coefficients: &[f64]| weights(&Logit { intercept: -1.0, coefficients: coefficients.to_vec() });
        assert_eq!(of(&[0.5, 2.0, 0.0]), Some(vec![250, 1000, 0]));
        assert_eq!(of(&[1.0, 3.0]), Some(vec![333, 1000]));
        assert_eq!(of(&[0.0, 0.0]), None);
        assert_eq!(of(&[]), None);
    }
}
