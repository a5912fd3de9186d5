//! What scores were last made of, so that of another scorecard only what differs is measured.

use std::sync::{Arc, Mutex, PoisonError};

use super::base::Base;
use super::curve::Curve;
use super::marks::Marks;
use super::measure::{Condition, Missing, Value};
use super::scorecard::Scorecard;
use crate::definitions::Definitions;
use crate::period::Day;
use crate::query::Context;

/// What the scores of the last days were made of, the last that was asked for at the end; a portfolio keeps it.
#[derive(Default)]
struct LastDays(Mutex<Vec<Arc<Made>>>);

/// A day, and the one that its scores are compared with.
const DAYS: usize = 2;

/// More bytes than so many are not kept of a day.
const MOST: usize = if cfg!(test) { 1 << 10 } else { 128 << 20 };

/// A base, and how each of its customers is scored.
pub(super) type Customers<'a> = (&'a Arc<Base>, &'a Arc<Vec<u32>>);

/// What the scores of a day were made of.
pub(super) struct Made {
    day: Day,
    definitions: Definitions,
    base: Arc<Base>,
    /// The conditions of the profiles, and who has which.
    conditions: Vec<Vec<Condition<String>>>,
    of_customers: Arc<Vec<u32>>,
    marks: Vec<(Worth, Arc<Marks>)>,
}

/// All that the marks of a measure follow from, beside the customers.
#[derive(PartialEq)]
struct Worth {
    value: Value,
    max_age_days: Option<u32>,
    missing: Missing,
    /// For the customers of no profile, and those of each.
    curves: Vec<Curve>,
}

impl Worth {
    fn of(scorecard: &Scorecard, position: usize) -> Option<Self> {
        let measure = scorecard.measures.get(position)?;
        let curves = scorecard.scorings().iter().map(|scoring| scoring.curve(position, measure).clone()).collect();
        let (value, missing) = (measure.value.clone(), measure.missing);
        Some(Self { value, max_age_days: measure.max_age_days, missing, curves })
    }
}

fn conditions(scorecard: &Scorecard) -> Vec<Vec<Condition<String>>> {
    scorecard.profiles.iter().map(|profile| profile.conditions.clone()).collect()
}

impl Made {
    fn of(
        context: &Context<'_>,
        scorecard: &Scorecard,
        (base, of_customers): Customers<'_>,
        marks: &[Arc<Marks>],
    ) -> Self {
        let worths = (0..scorecard.measures.len()).filter_map(|position| Worth::of(scorecard, position));
        Self {
            day: base.day,
            definitions: context.definitions.clone(),
            base: Arc::clone(base),
            conditions: conditions(scorecard),
            of_customers: Arc::clone(of_customers),
            marks: worths.zip(marks.iter().map(Arc::clone)).collect(),
        }
    }

    /// The base, and how each of its customers is scored.
    pub(super) fn base(&self) -> (Arc<Base>, Arc<Vec<u32>>) {
        (Arc::clone(&self.base), Arc::clone(&self.of_customers))
    }

    /// The marks of a measure of a scorecard, by its position; none where they would be others.
    pub(super) fn marks(&self, scorecard: &Scorecard, position: usize) -> Option<Arc<Marks>> {
        let worth = Worth::of(scorecard, position)?;
        self.marks.iter().find(|(known, _)| *known == worth).map(|(_, marks)| Arc::clone(marks))
    }

    /// Whether it is of this day, seen so. Whoever scores a day looks at customers and not at groups, from what was known
    /// on that day: of a context only the definitions differ.
    fn is_of(&self, context: &Context<'_>, day: Day) -> bool {
        self.day == day && self.definitions == *context.definitions
    }
}

/// What the scores of a day were made of, if it is kept and serves a scorecard too: the customers have the same profiles,
/// and its base has what the values are measured from.
pub(super) fn find(context: &Context<'_>, day: Day, scorecard: &Scorecard) -> Option<Arc<Made>> {
    let kept = context.portfolio.kept.get::<LastDays>();
    let made = {
        let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().position(|made| made.is_of(context, day))?;
        all.get_mut(found..)?.rotate_left(1);
        all.last().map(Arc::clone)?
    };
    let mut values = scorecard.measures.iter().map(|measure| &measure.value);
    (made.conditions == conditions(scorecard) && values.all(|value| made.base.can_measure(value))).then_some(made)
}

/// Keeps what the scores of a day were made of, unless it is too large, instead of what was kept of that day or else for
/// the longest time.
pub(super) fn put(context: &Context<'_>, scorecard: &Scorecard, customers: Customers<'_>, marks: &[Arc<Marks>]) {
    let bytes = customers.0.bytes() + marks.iter().map(|marks| marks.bytes()).sum::<usize>();
    if bytes > MOST {
        return;
    }
    let made = Made::of(context, scorecard, customers, marks);
    let kept = context.portfolio.kept.get::<LastDays>();
    let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let old = all.iter().position(|other| other.is_of(context, made.day));
    let old = old.or_else(|| all.len().checked_sub(DAYS)).map(|old| all.remove(old));
    all.push(Arc::new(made));
    // It may be large: others need not wait until its memory is given back.
    drop(all);
    drop(old);
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rstest::rstest;

    use super::{DAYS, LastDays, find};
    use crate::error::Error;
    use crate::health::Scorecard;
    use crate::period::Day;
    use crate::portfolio::Portfolio;
    use crate::query::Context;

    const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\n\
                             c-1,acme,2026-01-01,100\nc-2,acme,2026-03-20,50\nc-3,bolt,2026-01-01,50\n";
    const SIGNALS: &str = "customer_id,signal,observed_on,value\n\
                           acme,users,2026-03-31,7.5\nacme,logins,2026-03-01,4\nbolt,logins,2026-04-01,9\n";
    const CUSTOMERS: &str = "customer_id,segment\nacme,large\nbolt,small\n";

    fn portfolio() -> Portfolio {
        let load = Portfolio::from_csv(CONTRACTS).signals(SIGNALS.as_bytes()).customers(CUSTOMERS.as_bytes());
        load.currency("USD").load().unwrap()
    }

    fn day(month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, 15).unwrap()
    }

    /// A scorecard of two signals, in which texts are replaced.
    fn card(replaced: &[(&str, &str)]) -> Scorecard {
        let measure = |name: &str| {
            format!(
                r#"{{"measure":"{name}","evidence":"custom","weight":1,"curve":[[0,0],[10,100]],"max_age_days":60,
                    "value":{{"table":"signals","aggregate":"last","where":{{"signal":"{name}"}}}}}}"#
            )
        };
        let card = format!(
            r#"{{"name":"use","measures":[{},{}],"profiles":[{{"profile":"large","where":{{"segment":"large"}}}}]}}"#,
            measure("users"),
            measure("logins")
        );
        let replace = |card: String, &(from, to): &(&str, &str)| {
            assert!(card.contains(from), "{from}");
            card.replacen(from, to, 1)
        };
        Scorecard::from_json(&replaced.iter().fold(card, replace)).unwrap()
    }

    const GROWTH_90: (&str, &str) = (
        r#"{"table":"signals","aggregate":"last","where":{"signal":"users"}}"#,
        r#"{"table":"contracts","aggregate":"growth","window_days":90}"#,
    );
    const GROWTH_60: (&str, &str) = (GROWTH_90.0, r#"{"table":"contracts","aggregate":"growth","window_days":60}"#);
    const MISSING: (&str, &str) = (r#""weight":1"#, r#""weight":1,"missing":"worst""#);
    const WEIGHT: (&str, &str) = (r#""weight":1"#, r#""weight":7"#);
    const CURVE: (&str, &str) = ("[10,100]", "[20,100]");
    const AGE: (&str, &str) = (r#""max_age_days":60"#, r#""max_age_days":10"#);
    const VALUE: (&str, &str) = (r#""aggregate":"last""#, r#""aggregate":"count""#);
    const PROFILE: (&str, &str) = (r#"{"segment":"large"}"#, r#"{"segment":"small"}"#);
    const BANDS: (&str, &str) = (r#""name":"use""#, r#""name":"use","bands":[{"band":"fine","from":0}]"#);
    const OF_PROFILE: (&str, &str) = (r#"{"segment":"large"}"#, r#"{"segment":"large"},"weights":{"logins":9}"#);
    const CURVE_OF_PROFILE: (&str, &str) =
        (r#"{"segment":"large"}"#, r#"{"segment":"large"},"curves":{"logins":[[0,0],[5,100]]}"#);
    /// The days of which something is kept.
    fn days(portfolio: &Portfolio) -> Vec<Day> {
        portfolio.kept.get::<LastDays>().0.lock().unwrap().iter().map(|made| made.day).collect()
    }

    /// Which measures of a scorecard need not be measured on the day of a context once another was asked for.
    fn known(context: &Context<'_>, card: &Scorecard) -> Option<Vec<bool>> {
        let made = find(context, context.as_of.unwrap(), card)?;
        Some((0..card.measures.len()).map(|position| made.marks(card, position).is_some()).collect())
    }

    #[test]
    fn what_does_not_differ_is_not_measured_again() -> Result<(), Error> {
        let portfolio = portfolio();
        let (_, found) = portfolio.health(day(4)).scorecard(&card(&[])).run_with(|context| {
            let cards = [&[][..], &[WEIGHT], &[BANDS], &[OF_PROFILE], &[CURVE], &[AGE], &[VALUE]];
            Ok(cards.map(|changed| known(context, &card(changed))))
        })?;
        let (all, second) = (Some(vec![true, true]), Some(vec![false, true]));
        assert_eq!(found, [&all, &all, &all, &all, &second, &second, &second].map(Clone::clone));
        let (_, found) = portfolio
            .health(day(4))
            .scorecard(&card(&[]))
            .run_with(|context| Ok([CURVE_OF_PROFILE, PROFILE].map(|changed| known(context, &card(&[changed])))))?;
        // Who has which profile is of all measures.
        assert_eq!(found, [Some(vec![true, false]), None]);
        Ok(())
    }

    #[test]
    fn other_days_and_definitions_are_other_scores() -> Result<(), Error> {
        let portfolio = portfolio();
        portfolio.health(day(4)).scorecard(&card(&[])).run()?;
        let switches = crate::json::Json::parse(r#"{"gap_tolerance_days":7}"#)?;
        let definitions = portfolio.definitions().replace(&switches)?;
        fn is_known(context: &Context<'_>) -> Result<[bool; 2], Error> {
            let day = |month| crate::period::day_argument("day", day(month));
            Ok([context.at(day(4)?), context.at(day(5)?)].map(|context| known(&context, &card(&[])).is_some()))
        }
        let (_, own) = portfolio.movements(day(1), day(5)).run_with(is_known)?;
        let (_, others) = portfolio.movements(day(1), day(5)).definitions(&definitions).run_with(is_known)?;
        assert_eq!((own, others), ([true, false], [false, false]));
        Ok(())
    }

    #[test]
    fn a_base_that_looked_at_other_closes_does_not_serve() -> Result<(), Error> {
        let portfolio = portfolio();
        portfolio.health(day(4)).scorecard(&card(&[GROWTH_90])).run()?;
        let (_, found) = portfolio.movements(day(1), day(5)).run_with(|context| {
            let context = context.at(crate::period::day_argument("day", day(4))?);
            Ok([&[][..], &[GROWTH_90], &[GROWTH_60]].map(|changed| known(&context, &card(changed))))
        })?;
        assert_eq!(found, [Some(vec![false, true]), Some(vec![true, true]), None]);
        Ok(())
    }

    #[rstest]
    #[case(&[GROWTH_90])]
    #[case(&[GROWTH_60])]
    #[case(&[MISSING])]
    #[case(&[WEIGHT])]
    #[case(&[CURVE])]
    #[case(&[AGE])]
    #[case(&[VALUE])]
    #[case(&[PROFILE])]
    #[case(&[BANDS])]
    #[case(&[OF_PROFILE])]
    #[case(&[CURVE_OF_PROFILE])]
    #[case(&[CURVE, WEIGHT])]
    fn scores_are_those_of_a_portfolio_that_kept_nothing(#[case] changed: &[(&str, &str)]) -> Result<(), Error> {
        let used = portfolio();
        for card in [card(&[]), card(changed), card(&[])] {
            let fresh = portfolio().health(day(4)).scorecard(&card).run()?;
            assert_eq!(used.health(day(4)).scorecard(&card).run()?, fresh);
        }
        Ok(())
    }

    #[test]
    fn only_the_last_days_are_kept() -> Result<(), Error> {
        let portfolio = portfolio();
        for month in 2..6 {
            portfolio.health(day(month)).scorecard(&card(&[])).run()?;
        }
        assert_eq!(days(&portfolio).len(), DAYS);
        assert!(days(&portfolio).iter().any(|kept| kept.date() == day(5)));
        // What was asked for last stays, whenever it was first.
        let earlier = |days: u64| day(5) - chrono::Days::new(days);
        portfolio.health_migration(earlier(30), earlier(60)).scorecard(&card(&[])).run()?;
        assert_eq!(days(&portfolio).iter().map(|kept| kept.date()).collect::<Vec<_>>(), [earlier(60), earlier(30)]);
        portfolio.health_migration(earlier(10), earlier(60)).scorecard(&card(&[])).run()?;
        assert_eq!(days(&portfolio).iter().map(|kept| kept.date()).collect::<Vec<_>>(), [earlier(60), earlier(10)]);
        Ok(())
    }

    #[test]
    fn what_is_too_large_is_not_kept() -> Result<(), Error> {
        let rows = (0..100).map(|number| format!("c-{number},c{number},2026-01-01,100\n"));
        let book = format!("contract_id,customer_id,start_date,mrr\n{}", rows.collect::<String>());
        let customers =
            format!("customer_id,segment\n{}", (0..100).map(|number| format!("c{number},large\n")).collect::<String>());
        let large = Portfolio::from_csv(&book).customers(customers.as_bytes()).currency("USD").load()?;
        large.health(day(4)).scorecard(&card(&[])).run()?;
        assert_eq!(days(&large), []);
        Ok(())
    }
}
