//! A review of a book's recurring revenue, as text for a person.
//!
//! The files follow the program's way: `as_of` (the day that it looks from) -> `months` (the last twelve months), `retained` (how much
//! of it stayed), `cohorts` (what became of those who came), `health` (how customers are, and whether that foretold who left); and
//! `page`, which is all of that for a browser.

mod as_of;
mod cohorts;
mod health;
mod months;
mod page;
mod retained;

use cs_core::{Error, Locale, Scorecard, Watch, Window};

use crate::program::arguments::{Arguments, Manual};
use crate::program::book::Book;
use crate::program::failure::Failure;
use crate::program::loading::Accounts;
use crate::program::{Ink, Program, files};
use as_of::AsOf;
use cohorts::Cohorts;
use health::Health;
use months::Months;
use page::Page;
use retained::Retained;

/// Where the page goes unless a call says otherwise.
const PAGE: &str = "revenue-review.html";

/// The program `revenue`.
pub const REVENUE: Program = Program {
    manual: Manual {
        name: "revenue",
        about: "\
Reviews the recurring revenue of a book: its last twelve months, how much of it stayed, what became of those who came,
how healthy customers are, and what became of every row. The same, with pictures, who may leave and where churn comes
from, goes into a page of its own.
",
        usage: "[--scorecard FILE]",
        options: "  --as-of DAY                   the day whose month is the last one shown, such as 2026-01-31;
                                without it, the latest start of a contract that
                                the data knows to have begun
  --scorecard FILE              the scorecard of health scores as JSON (the standard one)
  --html FILE                   where the page goes (revenue-review.html)
",
    },
    tell,
};

/// The whole review; its page is written on the way.
fn tell(arguments: &Arguments, ink: Ink, watch: &dyn Watch) -> Result<String, Failure> {
    let scorecard = match &arguments.scorecard {
        Some(path) => files::read_json("scorecard", path, Scorecard::from_json)?,
        None => Scorecard::standard().map_err(|error| Failure::Refused(format!("{error}\n")))?,
    };
    let book = Book::open(arguments, watch)?;
    let telling = &book.telling;
    let refused = |error| Failure::of(error, telling);
    let contracts = book.portfolio.table("contracts").map_err(refused)?;
    let accounts = Accounts { report: book.portfolio.load_report(), telling };
    let Some(as_of) = AsOf::of(&contracts, book.portfolio.observed_until(), arguments.as_of) else {
        return Err(accounts.refuse());
    };
    let with_products = contracts.column("product").is_some();
    drop(contracts);
    let health = Health::of(&book.portfolio, &scorecard, &as_of, watch).map_err(refused)?;
    let figures = figures(&book, &as_of, with_products, ink, watch).map_err(refused)?;
    let told_health = health.render(ink).map_err(refused)?;
    let locale = arguments.locale.unwrap_or(Locale::En);
    let page = Page::of(&book, &health, &as_of, locale, watch).html().map_err(refused)?;
    let path = arguments.html.clone().unwrap_or_else(|| PAGE.into());
    let told = ink.remark(&format!("with pictures: {}", files::write("page", &path, &page)?));
    let heading = book.heading("Review of recurring revenue", (as_of.day(), as_of.reason()), ink);
    Ok([heading, figures, told_health, told, accounts.render(ink)].join("\n"))
}

/// What a review computes.
fn figures(book: &Book, as_of: &AsOf, with_products: bool, ink: Ink, watch: &dyn Watch) -> Result<String, Error> {
    let (start, end) = as_of.range();
    let movements = book.portfolio.movements(start, end).watch(watch).run()?;
    let months = Months::of(movements.rows().collect())?;
    let retention = |window| {
        Ok::<_, Error>(book.portfolio.retention(start, end).window(window).watch(watch).run()?.rows().collect())
    };
    let retained = Retained { year: retention(Window::default())?, month: retention(Window::Period)? };
    let cohorts = book.portfolio.cohorts(end).watch(watch).run()?;
    let parts = [
        months.movements(ink)?,
        months.closing(ink)?,
        retained.render(ink),
        Cohorts::since(start, cohorts.rows())?.render(ink),
        months.products(with_products, ink)?,
    ];
    Ok(parts.join("\n"))
}
