//! One book, four readings of how much of its revenue stayed: each with its number and the switches that make it.

use cs_core::{Day, Definitions, Error, FlowRetentionRow, PeriodLength, Portfolio, SamePeriodNewAndChurn, Window};

/// 121 subscriptions of small shops from December 2018 to December 2019, made for this example.
const BOOK: &str = include_str!("../readings/contracts.csv");

/// The longest that a shop of the book lapsed and came back, in days.
const LONGEST_LAPSE: u32 = 12;

/// A reading: what it is called, what it says, and how it comes to it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// What reports call it.
    pub name: &'static str,
    /// The share of the revenue at the start of the year.
    pub share: Option<f64>,
    /// The operation, its window and the column.
    pub source: &'static str,
    /// The definitions that it follows.
    pub definitions: Definitions,
    /// Why it says something else than the one before.
    pub why: &'static str,
    /// What brings it back to a reading before it, if a switch does.
    pub turned: Option<Turned>,
}

/// The same reading with one more switch turned.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Turned {
    /// The definitions with that switch.
    pub definitions: Definitions,
    /// What the reading says then.
    pub share: Option<f64>,
}

/// All readings of the book, the highest first.
///
/// # Errors
/// None with the book of this example.
pub fn readings() -> Result<Vec<Reading>, Error> {
    let portfolio = Portfolio::from_csv(BOOK).currency("USD").load()?;
    let day = |text: &str| text.parse::<Day>().map(Day::date).map_err(|fault| Error::internal(fault.to_string()));
    let (start, december, end) = (day("2019-01-01")?, day("2019-12-01")?, day("2020-01-01")?);

    let defaults = Definitions::default();
    let year = Definitions { period: PeriodLength::Year, ..Definitions::default() };
    let patient = Definitions { gap_tolerance_days: LONGEST_LAPSE, ..year.clone() };
    let of_those_who_stay = Definitions { same_period_new_and_churn: SamePeriodNewAndChurn::Neither, ..year.clone() };

    let retention = portfolio.retention(december, end).window(Window::default()).definitions(&defaults).run()?;
    let closes = retention.rows().next().ok_or_else(|| Error::internal("a month has a row"))?;
    let flows = |definitions: &Definitions| {
        let flows = portfolio.flow_retention(start, end).definitions(definitions).run()?;
        flows.rows().next().ok_or_else(|| Error::internal("a year has a row"))
    };
    let kept_of_all = |flows: &FlowRetentionRow| flows.net_mrr_churn_all.map(|churn| 1.0 - churn);
    let by_days = flows(&year)?;
    Ok(vec![
        Reading {
            name: "net retention, from close to close",
            share: closes.nrr,
            source: "retention, window 12 months: nrr",
            definitions: defaults.clone(),
            why: "of what shops paid as the year began, what they pay as it ends; who came later is in no part",
            turned: None,
        },
        Reading {
            name: "gross retention, from close to close",
            share: closes.grr,
            source: "retention, window 12 months: grr",
            definitions: defaults,
            why: "without what some pay more by then: one shop's upgrade does not make up for another's loss",
            turned: None,
        },
        Reading {
            name: "gross retention, by what was lost on any day",
            share: by_days.flow_grr,
            source: "flow_retention of the year: flow_grr",
            definitions: year.clone(),
            why: "nine shops lapsed 14 times, for one to twelve days: each is a loss, and no return makes up for it",
            turned: Some(Turned { share: flows(&patient)?.flow_grr, definitions: patient }),
        },
        Reading {
            name: "one less the net churn of everybody",
            share: kept_of_all(&by_days),
            source: "flow_retention of the year: 1 - net_mrr_churn_all",
            definitions: year,
            why: "upgrades and returns count, and so does the loss of 56 shops that came after the year began",
            turned: Some(Turned { share: kept_of_all(&flows(&of_those_who_stay)?), definitions: of_those_who_stay }),
        },
    ])
}

/// The readings as text.
///
/// # Errors
/// Those of [`readings`].
pub fn told() -> Result<String, Error> {
    let mut out = String::from(
        "121 subscriptions of 95 shops, December 2018 to December 2019, made for this example.\n\
         Of the 585.00 USD a month at the start of 2019, how much stayed through the year?\n",
    );
    for reading in readings()? {
        out.push_str(&format!("\n{:>7}  {}\n", percent(reading.share), reading.name));
        let switches = match differences(&Definitions::default(), &reading.definitions) {
            none if none.is_empty() => "the defaults".to_owned(),
            switches => switches,
        };
        for (label, said) in [("from", reading.source), ("definitions", &switches), ("why", reading.why)] {
            out.push_str(&format!("         {label:<11}  {said}\n"));
        }
        if let Some(turned) = &reading.turned {
            let switch = differences(&reading.definitions, &turned.definitions);
            out.push_str(&format!("         {:<11}  {} with {switch}\n", "one switch", percent(turned.share)));
        }
    }
    Ok(out)
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "absent".to_owned(), cs_core::wire::percent)
}

/// The switches on which two definitions differ.
fn differences(before: &Definitions, after: &Definitions) -> String {
    before.diff(after).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
