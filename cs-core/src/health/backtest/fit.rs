//! A scorecard whose weights are fitted to whom the company lost.

use chrono::NaiveDate;

use super::logistic::{Logit, Sample};
use super::observations::observe;
use super::plan::{AS_OF_DAYS, Backtested, CONTRACTION_SHARE, HORIZON_DAYS, KNOWN_ON, Plan, RESAMPLES};
use super::test_of;
use crate::error::{Code, Error, Problem, quoted};
use crate::float;
use crate::health::asked::{ByScorecard, SCORECARD};
use crate::health::measure::MOST_WEIGHT;
use crate::health::points::Points;
use crate::health::scorecard::Scorecard;
use crate::health::scores::ERRORS;
use crate::json::Json;
use crate::period::{Day, day_argument as day};
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, Asked, Context, DEFINITIONS, Errors, KnownOn, Operation, Parameter, Query, Takes,
};
use crate::table::{Headed, Heading};

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

/// So many customers who were lost are needed, and who were kept.
const LEAST: usize = 20;

impl Asked for Fitted {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            backtested: Backtested::read(arguments)?,
            train_until: arguments.optional_day(TRAIN_UNTIL.name)?,
            penalty: arguments.float(PENALTY.name)?,
        })
    }

    fn told(&self) -> Vec<(&'static str, Json)> {
        let until = self.train_until.map(|day| day.to_string());
        let own = [(TRAIN_UNTIL.name, Json::text(until.as_deref())), (PENALTY.name, Json::Float(self.penalty))];
        self.backtested.told().into_iter().chain(own).collect()
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
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument, Code::NoEvidence], ..ERRORS },
        source: "Logistic regression with a penalty on squares; Newton's steps within bounds (Bertsekas, 1982).",
    };

    fn compute(asked: &Fitted, context: &Context<'_>) -> Result<Self, Error> {
        if !PENALTIES.contains(&asked.penalty) {
            let message = format!("{} is no penalty", quoted(&Json::Float(asked.penalty).plain()));
            let problem = Problem::argument(Code::InvalidArgument, PENALTY.name, message);
            return Err(problem.help("give a number from 0.001 to 1000000").into());
        }
        let scorecard = asked.backtested.scorecard()?;
        let plan = Plan::of(&asked.backtested, context)?;
        let split = Split::of(&plan, asked.train_until)?;
        let training = Training::of(context, &plan.on(split.training), &scorecard)?;
        let logit = Logit::of(&training.sample, asked.penalty);
        let weights = weights(&logit).ok_or_else(|| {
            let message = "no measure tells the customers who were lost from those who were kept";
            Problem::argument(Code::NoEvidence, AS_OF_DAYS.name, message)
        })?;
        let mut entries = fitted_entries(&scorecard, &weights, &logit);
        let card = Self::from_object(&Json::Object(entries.clone()))?;
        let test = match split.test {
            [] => Json::Null,
            days => test_of(context, &plan.on(days), &card)?,
        };
        let found = training.told(asked, &plan, split.training, &scorecard, &logit, test);
        entries.retain(|(key, _)| key != FITTED);
        entries.push((FITTED.to_owned(), found));
        Self::from_object(&Json::Object(entries))
    }
}

/// The key of a scorecard under which it says what it was fitted to.
pub(super) const FITTED: &str = "fitted";

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
            let message = "no day is left to fit to: a horizon lies before the days of the test, and one behind them";
            let problem = Problem::argument(Code::NoEvidence, AS_OF_DAYS.name, message);
            return Err(problem.help("ask for more days, for earlier ones, or for a shorter horizon"));
        };
        Ok(Self { training, test: used.get(test_from(last)..).unwrap_or_default() })
    }
}

/// What is fitted to.
struct Training {
    sample: Sample,
    /// The mean score of each measure, which stands where it has none.
    means: Vec<f64>,
    events: usize,
}

impl Training {
    fn of(context: &Context<'_>, plan: &Plan, scorecard: &Scorecard) -> Result<Self, Error> {
        let columns = scorecard.measures.len();
        let (mut points, mut happened, mut of_customers) = (Vec::new(), Vec::new(), Vec::new());
        observe(context, plan, scorecard, &[], &mut |found, of_measures| {
            points.extend(of_measures.iter().map(|points| points.map_or(f64::NAN, Points::number)));
            happened.push(found.lost.is_some());
            of_customers.push((found.customer, found.lost.is_some()));
        })?;
        let events = happened.iter().filter(|happened| **happened).count();
        for (is_lost, what) in [(true, "lost"), (false, "kept")] {
            let customers: hashbrown::HashSet<u32> =
                of_customers.iter().filter(|(_, lost)| *lost == is_lost).map(|(customer, _)| *customer).collect();
            if customers.len() < LEAST {
                let message = format!(
                    "{} customers were {what} on the days that are fitted to, and {LEAST} are needed",
                    customers.len()
                );
                let problem = Problem::argument(Code::NoEvidence, AS_OF_DAYS.name, message);
                return Err(problem.help("ask for more days, or for a longer horizon").into());
            }
        }
        let means: Vec<f64> = (0..columns)
            .map(|column| {
                let there = points.iter().skip(column).step_by(columns).filter(|points| !points.is_nan());
                let (sum, count) = there.fold((0.0, 0.0), |(sum, count), points| (sum + points, count + 1.0));
                if count > 0.0 { sum / count } else { 0.0 }
            })
            .collect();
        // By how much the score is below the mean, in hundreds of points: then risk rises with it.
        for row in points.chunks_exact_mut(columns) {
            for (points, mean) in row.iter_mut().zip(&means) {
                *points = if points.is_nan() { 0.0 } else { (mean - *points) / HUNDRED };
            }
        }
        Ok(Self { sample: Sample { numbers: points, columns, happened }, means, events })
    }

    /// What was found, as the scorecard tells it.
    fn told(
        &self,
        asked: &Fitted,
        plan: &Plan,
        days: &[Day],
        scorecard: &Scorecard,
        logit: &Logit,
        test: Json,
    ) -> Json {
        let of_measures = scorecard.measures.iter().zip(&logit.coefficients).zip(&self.means);
        let coefficients = of_measures.map(|((measure, &coefficient), &mean)| {
            Json::object([
                ("measure", Json::from(measure.name.as_str())),
                ("coefficient", Json::Float(coefficient)),
                ("mean_score", Json::Float(mean)),
            ])
        });
        Json::object([
            ("scorecard", Json::Text(scorecard.fingerprint())),
            ("as_of_days", days_told(days)),
            ("horizon_days", Json::Integer(plan.horizon.into())),
            ("contraction_share", asked.backtested.contraction_share.map_or(Json::Null, Json::Float)),
            ("penalty", Json::Float(asked.penalty)),
            ("observations", Json::from(self.sample.happened.len() as u64)),
            ("events", Json::from(self.events as u64)),
            ("intercept", Json::Float(logit.intercept)),
            ("coefficients", Json::Array(coefficients.collect())),
            ("test", test),
        ])
    }
}

const HUNDRED: f64 = 100.0;

/// Days as a list of texts.
pub(super) fn days_told(days: &[Day]) -> Json {
    Json::Array(days.iter().map(|day| Json::Text(day.to_string())).collect())
}

/// The weight of each measure: the greatest coefficient weighs most; none where there is no coefficient but 0.
fn weights(logit: &Logit) -> Option<Vec<u32>> {
    let greatest = logit.coefficients.iter().copied().fold(0.0, f64::max);
    let weight = |coefficient: &f64| float::nearest_even(coefficient / greatest * f64::from(MOST_WEIGHT)) as u32;
    (greatest > 0.0).then(|| logit.coefficients.iter().map(weight).collect())
}

/// The scorecard with other weights, measures side by side; those that weigh nothing are left out.
fn fitted_entries(scorecard: &Scorecard, weights: &[u32], logit: &Logit) -> Vec<(String, Json)> {
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
            ("name", Json::Text(name)) => *name += ", fitted",
            ("groups", groups) => *groups = Json::Array(Vec::new()),
            ("measures", Json::Array(measures)) => {
                let weighed =
                    measures.iter().zip(weights).zip(&logit.coefficients).filter(|((_, weight), _)| **weight > 0);
                *measures =
                    weighed.map(|((measure, &weight), &coefficient)| reweighed(measure, weight, coefficient)).collect();
            }
            ("profiles", Json::Array(profiles)) => profiles.iter_mut().for_each(|profile| unweigh(profile, &kept)),
            _ => {}
        }
    }
    entries
}

/// A measure with another weight, in no group.
fn reweighed(measure: &Json, weight: u32, coefficient: f64) -> Json {
    let mut entries = measure.as_object().unwrap_or_default().to_vec();
    entries.retain(|(key, _)| key != "group" && key != "reason");
    for (key, value) in &mut entries {
        if key == "weight" {
            *value = Json::Integer(weight.into());
        }
    }
    let coefficient = Json::Float(coefficient);
    let reason = format!("fitted: from a score of 0 to one of 100 the log-odds of being lost fall by {coefficient}");
    entries.push(("reason".to_owned(), Json::Text(reason)));
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
