//! What a backtest looks at: customers on days, with their scores and what became of them.

use std::cmp::Ordering;
use std::ops::Range;

use super::baselines::{Baselines, MEASURED, Measures, Risk};
use super::outcomes::{Outcome, Outcomes};
use super::plan::{AS_OF_DAYS, Plan};
use crate::error::{Code, Error, Problem};
use crate::health::base::LEAST;
use crate::health::points::Points;
use crate::health::scorecard::Scorecard;
use crate::health::scoring::Scored;
use crate::health::tally::Tally;
use crate::ledger::{Standing, Units};
use crate::order::{by_key, pair, sort_by};
use crate::parts::in_parts;
use crate::period::Day;
use crate::query::Context;

/// A customer with a score on a day, of whom it was not known that it was leaving.
#[derive(Clone, Copy, Debug)]
pub(super) struct Observation {
    /// Its position among all, and later among those that are tested.
    pub(super) customer: u32,
    /// The position of the day among those used.
    pub(super) day: u32,
    pub(super) score: Points,
    /// The position of the band's name among all, and whether it is the worst that the customer can be in.
    pub(super) band: u32,
    pub(super) is_worst: bool,
    /// The days after which it was lost.
    pub(super) lost: Option<u32>,
    pub(super) risks: [Risk; MEASURED],
}

/// Customers who paid on a day, by what became of the test of their score.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) customers: u64,
    pub(super) announced: u64,
    pub(super) announced_events: u64,
    pub(super) already_churned: u64,
    pub(super) unscored: u64,
    pub(super) unscored_events: u64,
}

impl Counts {
    fn and(self, others: Self) -> Self {
        Self {
            customers: self.customers + others.customers,
            announced: self.announced + others.announced,
            announced_events: self.announced_events + others.announced_events,
            already_churned: self.already_churned + others.already_churned,
            unscored: self.unscored + others.unscored,
            unscored_events: self.unscored_events + others.unscored_events,
        }
    }

    /// Those whose score is tested.
    fn tested(&self) -> u64 {
        self.customers - self.announced - self.already_churned - self.unscored
    }
}

/// All observations of a backtest.
pub(super) struct Observations {
    /// Customer by customer, and of each day by day.
    pub(super) all: Vec<Observation>,
    /// Those of each customer that is tested, in an order that names do not change.
    pub(super) of_customers: Vec<Range<usize>>,
    /// The positions of those of each day that is used.
    of_days: Vec<Vec<u32>>,
    /// What became of the customers of each of these days.
    pub(super) counts: Vec<Counts>,
    /// The names of all bands, from the best to the worst, those of profiles behind the others.
    pub(super) bands: Vec<String>,
}

impl Observations {
    pub(super) fn of(context: &Context<'_>, plan: &Plan, scorecard: &Scorecard) -> Result<Self, Error> {
        let mut all = Vec::new();
        let counts = observe(context, plan, scorecard, &mut |found, _, _| all.push(found))?;
        let order = by_key(all.len(), |at| all.get(at).map_or(0, |found| pair(found.customer, found.day)));
        let all: Vec<Observation> = order.iter().filter_map(|&at| all.get(at as usize).copied()).collect();
        let mut of_days = vec![Vec::new(); counts.len()];
        for (found, at) in all.iter().zip(0..) {
            if let Some(of_day) = of_days.get_mut(found.day as usize) {
                of_day.push(at);
            }
        }
        let mut observations = Self {
            of_customers: of_customers(&all),
            all,
            of_days,
            counts,
            bands: scorecard.band_names().into_iter().map(str::to_owned).collect(),
        };
        observations.name_by_place();
        Ok(observations)
    }

    /// Those of a day, by its position among the days used.
    pub(super) fn of_day(&self, day: usize) -> impl Iterator<Item = &Observation> + Clone {
        let positions = self.of_days.get(day).map(Vec::as_slice).unwrap_or_default();
        positions.iter().filter_map(|&at| self.all.get(at as usize))
    }

    /// Those of each customer.
    pub(super) fn each_customer(&self) -> impl Iterator<Item = &[Observation]> {
        self.of_customers.iter().filter_map(|range| self.all.get(range.clone()))
    }

    /// Numbers the customers that are tested, instead of all.
    fn name_by_place(&mut self) {
        for (place, range) in (0..).zip(&self.of_customers) {
            for found in self.all.get_mut(range.clone()).unwrap_or_default() {
                found.customer = place;
            }
        }
    }
}

/// Visits all observations, day by day and in the order of names, each with the scores of its day and its place in these;
/// gives what became of the customers of each day.
pub(super) fn observe(
    context: &Context<'_>,
    plan: &Plan,
    scorecard: &Scorecard,
    visit: &mut dyn FnMut(Observation, &Scored<'_>, usize),
) -> Result<Vec<Counts>, Error> {
    ensure_room(context.portfolio.directory.names.len(), plan.used().len())?;
    let outcomes = Outcomes::of(context, plan)?;
    let baselines = Baselines::built_in()?;
    let (mut counts, mut seen) = (Vec::with_capacity(plan.used().len()), 0);
    for (position, &day) in plan.used().iter().enumerate() {
        context.go_on(position, plan.used().len())?;
        let context = &context.at(day);
        let (scored, others) = Scored::beside(context, day, scorecard, &baselines.values())?;
        let (tallies, measures, units) = (scored.tallies(), Measures(others), Units::of(context)?);
        let of_day = OfDay { plan, day, position, outcomes: &outcomes, scored, tallies, measures, units };
        let mut of_all = Counts::default();
        for (of_some, found) in in_parts(of_day.scored.base.len(), LEAST, |places| of_day.at(places)) {
            of_all = of_all.and(of_some);
            found.into_iter().for_each(|(place, found)| visit(found, &of_day.scored, place));
        }
        seen += of_all.tested();
        ensure_seen(seen, context.portfolio.limits.result_rows)?;
        counts.push(of_all);
    }
    Ok(counts)
}

/// So few customers on days that sums of them fit, whoever is drawn how often.
const MOST: usize = 1 << 31;

fn ensure_room(customers: usize, days: usize) -> Result<(), Problem> {
    if customers.saturating_mul(days) <= MOST {
        return Ok(());
    }
    let message = format!("{customers} customers on {days} days are more than {MOST}");
    Err(Problem::argument(Code::LimitExceeded, AS_OF_DAYS.name, message).help("ask for fewer days"))
}

/// Refuses more observations than a result may have rows: each is held until the end.
fn ensure_seen(seen: u64, most: u64) -> Result<(), Problem> {
    if seen <= most {
        return Ok(());
    }
    let message = format!("the customers on these days are more than {most}, the limit result_rows");
    Err(Problem::argument(Code::LimitExceeded, AS_OF_DAYS.name, message)
        .help("ask for fewer days, or load with a higher limit"))
}

/// A day of a backtest, by what was known at its close.
struct OfDay<'a> {
    plan: &'a Plan,
    day: Day,
    position: usize,
    outcomes: &'a Outcomes,
    scored: Scored<'a>,
    tallies: Vec<Tally>,
    measures: Measures,
    units: Units<'a>,
}

impl OfDay<'_> {
    /// What became of the customers at some places, and those who are tested, each with its place.
    fn at(&self, places: Range<usize>) -> (Counts, Vec<(usize, Observation)>) {
        let (mut counts, mut tested) = (Counts::default(), Vec::with_capacity(places.len()));
        let base = &self.scored.base;
        for place in places {
            let Some((&customer, tally)) = base.customers.get(place).zip(self.tallies.get(place)) else { continue };
            counts.customers += 1;
            let mrr = base.mrr.get(place).copied().unwrap_or_default();
            let outcome = self.outcomes.get(customer, self.position);
            let lost = if let Outcome::Lost(days) = outcome { Some(days) } else { None };
            let standing = Standing::of(&self.units, customer, self.day);
            if standing.is_noticed && self.plan.is_lost(mrr, standing.mrr, standing.pays) {
                counts.announced += 1;
                counts.announced_events += u64::from(lost.is_some());
                continue;
            }
            if outcome == Outcome::Gone {
                counts.already_churned += 1;
                continue;
            }
            let verdict = self.scored.verdict(place, tally, None);
            let Some((score, band)) = verdict.score.zip(verdict.band) else {
                counts.unscored += 1;
                counts.unscored_events += u64::from(lost.is_some());
                continue;
            };
            let found = Observation {
                customer,
                day: self.position as u32,
                score,
                band,
                is_worst: verdict.is_worst,
                lost,
                risks: self.measures.risks(place, mrr),
            };
            tested.push((place, found));
        }
        (counts, tested)
    }
}

/// Where those of each customer stand: customers in the order of what is known of them, so that the same are drawn
/// whatever they are called.
fn of_customers(all: &[Observation]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, found) in all.iter().enumerate() {
        match ranges.last_mut() {
            Some(range) if all.get(range.start).is_some_and(|first| first.customer == found.customer) => {
                range.end = at + 1;
            }
            _ => ranges.push(at..at + 1),
        }
    }
    let mut order: Vec<u32> = (0..ranges.len() as u32).collect();
    let of = |position: u32| ranges.get(position as usize).and_then(|range| all.get(range.clone())).unwrap_or_default();
    sort_by(&mut order, &mut |one, other| compare(of(one), of(other)));
    order.iter().filter_map(|&position| ranges.get(position as usize).cloned()).collect()
}

fn compare(one: &[Observation], other: &[Observation]) -> Ordering {
    // What is absent comes last.
    let risks = |found: &Observation| found.risks.map(|risk| (risk.is_none(), risk));
    let key = |found: &Observation| (found.day, found.score, (found.lost.is_none(), found.lost), risks(found));
    one.iter().map(key).cmp(other.iter().map(key))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Counts, MOST, ensure_room};
    use crate::error::Code;
    use crate::health::Scorecard;
    use crate::json::Json;
    use crate::portfolio::{Limits, Portfolio};
    use crate::watch::Unwatched;
    use crate::wire;

    /// Of three customers one gave notice, and every one has a score.
    fn portfolio(result_rows: u64) -> Portfolio {
        let book = "contract_id,customer_id,start_date,end_date,notice_date,mrr\n\
                    1,acme,2025-01-01,,,100\n2,bolt,2025-01-01,,,100\n3,crux,2025-01-01,2026-04-01,2026-01-15,100\n";
        let limits = Limits { result_rows, ..Limits::default() };
        Portfolio::from_csv(book)
            .currency("USD")
            .limits(limits)
            .observed_until("2026-06-30".parse().unwrap())
            .load()
            .unwrap()
    }

    fn scorecard() -> Scorecard {
        let measure = r#"{"measure": "tenure", "evidence": "custom", "weight": 1, "curve": [[0, 0], [1000, 100]],
            "value": {"table": "contracts", "aggregate": "days_since"}}"#;
        Scorecard::from_json(&format!(r#"{{"name": "tenure", "measures": [{measure}]}}"#)).unwrap()
    }

    #[rstest]
    // On one day two of them are tested, on two days four.
    #[case(&["2026-02-01"], 2, true)]
    #[case(&["2026-02-01"], 1, false)]
    #[case(&["2026-02-01", "2026-02-02"], 4, true)]
    #[case(&["2026-02-01", "2026-02-02"], 3, false)]
    fn observations_are_no_more_than_rows_of_a_result(#[case] days: &[&str], #[case] most: u64, #[case] is_room: bool) {
        let days = days.iter().map(|day| day.parse().unwrap());
        let backtest = portfolio(most).backtest(days, 30).scorecard(&scorecard()).run();
        match backtest {
            Ok(backtest) => {
                let summary = backtest.summary().rows().next().unwrap();
                assert_eq!((is_room, summary.observations), (true, most));
            }
            Err(error) => {
                assert_eq!((is_room, error.problems().first().map(|one| one.code)), (false, Some(Code::LimitExceeded)))
            }
        }
    }

    #[test]
    fn who_is_not_tested_is_counted_once() {
        let counts = Counts { customers: 100, announced: 1, already_churned: 10, unscored: 30, ..Counts::default() };
        assert_eq!(counts.tested(), 59);
    }

    #[rstest]
    #[case(MOST, 1, true)]
    #[case(MOST / 2, 2, true)]
    #[case(MOST / 2 + 1, 2, false)]
    #[case(usize::MAX, 2, false)]
    fn customers_on_days_are_bounded(#[case] customers: usize, #[case] days: usize, #[case] is_room: bool) {
        let refused = ensure_room(customers, days).map_err(|problem| (problem.code, problem.path));
        let expected = if is_room { Ok(()) } else { Err((Code::LimitExceeded, "as_of_days".to_owned())) };
        assert_eq!(refused, expected);
    }

    #[test]
    fn a_share_may_be_a_whole_number() {
        let summary = |share: &str| {
            let arguments = format!(
                r#"{{"as_of_days": ["2026-02-01"], "horizon_days": 30, "contraction_share": {share}, "scorecard": {}}}"#,
                scorecard().to_json()
            );
            let answer = wire::run(&portfolio(100), "backtest", &Json::parse(&arguments).unwrap(), &Unwatched).unwrap();
            Json::parse(&answer.to_json())
                .unwrap()
                .get("summary")
                .and_then(|table| table.get("rows"))
                .unwrap()
                .to_string()
        };
        assert!(summary("1").contains(r#""contraction_share":1,"#));
        assert_eq!(summary("1"), summary("1.0"));
    }
}
