//! One book, four readings of how much of its revenue stayed: each with its number and the switches that make it.

use cs_core::{Day, Definitions, Error, PeriodLength, Portfolio, Sampling};

/// 121 subscriptions of small shops from December 2018 to December 2019, made for this example.
const BOOK: &str = include_str!("../readings/contracts.csv");

/// A reading: what it is called, what it says, and how it comes to it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading {
    /// What reports call it.
    pub name: &'static str,
    /// The share of the revenue at the start of the year.
    pub share: Option<f64>,
    /// The column of `flow_retention` over the year.
    pub column: &'static str,
    /// The definitions that it follows.
    pub definitions: Definitions,
    /// Why it says something else than the one before.
    pub why: &'static str,
}

/// All readings of the book, the highest first.
///
/// # Errors
/// None with the book of this example.
pub fn readings() -> Result<Vec<Reading>, Error> {
    let portfolio = Portfolio::from_csv(BOOK).currency("USD").load()?;
    let day = |text: &str| text.parse::<Day>().map(Day::date).map_err(|fault| Error::internal(fault.to_string()));
    let (start, end) = (day("2019-01-01")?, day("2020-01-01")?);
    let year = Definitions { period: PeriodLength::Year, ..Definitions::default() };
    let closes = Definitions { sampling: Sampling::PeriodEnd, ..year.clone() };

    let read = |definitions| {
        let flows = portfolio.flow_retention(start, end).definitions(definitions).run()?;
        flows.rows().next().ok_or_else(|| Error::internal("a year has a row"))
    };
    let (at_closes, by_days) = (read(&closes)?, read(&year)?);
    Ok(vec![
        Reading {
            name: "net retention, from close to close",
            share: at_closes.flow_nrr,
            column: "flow_nrr, which is the nrr of retention here",
            definitions: closes.clone(),
            why: "of what the customers of the first close paid, what they pay at the last, those who pay more included",
        },
        Reading {
            name: "gross retention, from close to close",
            share: at_closes.flow_grr,
            column: "flow_grr, which is the grr of retention here",
            definitions: closes,
            why: "the same without what they pay more: it can never be above 100%",
        },
        Reading {
            name: "gross retention, by what was lost on any day",
            share: by_days.flow_grr,
            column: "flow_grr",
            definitions: year.clone(),
            why: "every loss of these customers counts: who lapsed for three days and came back was lost like any other",
        },
        Reading {
            name: "one less the net churn of everybody",
            share: by_days.net_mrr_churn_all.map(|churn| 1.0 - churn),
            column: "1 - net_mrr_churn_all",
            definitions: year,
            why: "who came after the first close and left before the last is lost too, and never was in what it is divided by",
        },
    ])
}

/// The readings as text.
///
/// # Errors
/// Those of [`readings`].
pub fn told() -> Result<String, Error> {
    let mut out =
        String::from("121 subscriptions, December 2018 to December 2019: how much of 2019's opening MRR stayed?\n");
    for reading in readings()? {
        let share = reading.share.map_or_else(|| "absent".to_owned(), |share| format!("{:.1}%", share * 100.0));
        let switches: Vec<String> =
            Definitions::default().diff(&reading.definitions).iter().map(ToString::to_string).collect();
        out.push_str(&format!("\n{share:>7}  {}\n", reading.name));
        out.push_str(&format!("         {}\n", reading.column));
        out.push_str(&format!("         {}\n", switches.join(", ")));
        out.push_str(&format!("         {}\n", reading.why));
    }
    Ok(out)
}
