//! A review by the principles of customer success, as text for a person; the page, Markdown and JSON are the library's own.
//!
//! `told` is how it looks in a terminal.

mod told;

use chrono::NaiveDate;
use cs_core::{Edition, Locale, Portfolio, Review, ReviewSettings, Watch};

use crate::program::arguments::{Arguments, Manual};
use crate::program::book::Book;
use crate::program::failure::Failure;
use crate::program::loading::Accounts;
use crate::program::{Ink, Program, files};

/// Where the page goes unless a call says otherwise.
const PAGE: &str = "customer-success-review.html";

/// The program `review`.
pub const REVIEW: Program = Program {
    manual: Manual {
        name: "review",
        about: "\
Reviews how a company stands by the principles of customer success: verdicts with what was measured beside thresholds,
what was found with the revenue at stake, what to do, and which evidence is missing. The whole review, with pictures,
goes into a page of its own.
",
        usage: "[--edition 2016|2021|both] [--settings FILE] [--previous FILE] [--json FILE] [--markdown FILE]",
        options: "  --as-of DAY                   the day that it looks from, such as 2025-12-31; without it, the last one of which the
                                data knows anything
  --edition 2016|2021|both      which list of principles (2016)
  --settings FILE               thresholds, exclusions, plays, scorecard and touch model as JSON (the library's own)
  --previous FILE               an earlier review as JSON: what is new, what persists, what is resolved
  --json FILE                   writes the review as JSON, too: for programs, and for the next one's --previous
  --markdown FILE               writes it as Markdown, too
  --html FILE                   where the page goes (customer-success-review.html)
",
    },
    tell,
};

/// The whole review; its files are written on the way.
fn tell(arguments: &Arguments, ink: Ink, watch: &dyn Watch) -> Result<String, Failure> {
    let settings = match &arguments.settings {
        Some(path) => files::read_json("settings", path, ReviewSettings::from_json)?,
        None => ReviewSettings::default(),
    };
    let book = Book::open(arguments, watch)?;
    let telling = &book.telling;
    let accounts = Accounts { report: book.portfolio.load_report(), telling };
    let last = book.portfolio.observed_until().filter(|_| book.portfolio.contract_count() > 0);
    let Some(last) = last else { return Err(accounts.refuse()) };
    let (day, reason) = match arguments.as_of {
        Some(day) => (day.date(), "as asked"),
        None => (last, "the last day of the data"),
    };
    let review = reviewed(&book.portfolio, day, &settings, arguments, watch, |error| Failure::of(error, telling))?;
    let locale = arguments.locale.unwrap_or(Locale::En);
    let page = review.to_html(locale).map_err(|error| Failure::of(error, telling))?;
    let path = arguments.html.clone().unwrap_or_else(|| PAGE.into());
    let mut told = ink.remark(&format!("with pictures: {}", files::write("page", &path, &page)?));
    if let Some(path) = &arguments.markdown {
        told += &ink.remark(&format!("as Markdown: {}", files::write("Markdown", path, &review.to_markdown(locale))?));
    }
    if let Some(path) = &arguments.json {
        told += &ink.remark(&format!("as JSON: {}", files::write("JSON", path, &review.to_json())?));
    }
    let heading = book.heading("Customer success review", (day, reason), ink);
    Ok([heading, told::told(&review, ink), told, accounts.render(ink)].join("\n"))
}

/// The review of a portfolio, by what a call asks for.
fn reviewed(
    portfolio: &Portfolio,
    day: NaiveDate,
    settings: &ReviewSettings,
    arguments: &Arguments,
    watch: &dyn Watch,
    refused: impl Fn(cs_core::Error) -> Failure,
) -> Result<Review, Failure> {
    let mut query = portfolio.review(day).edition(arguments.edition.unwrap_or(Edition::Of2016)).settings(settings);
    if let Some(path) = &arguments.previous {
        let text = files::read_json("earlier review", path, |text| Ok(text.to_owned()))?;
        query = query.previous_json(&text).map_err(&refused)?;
    }
    query.watch(watch).run().map_err(refused)
}
