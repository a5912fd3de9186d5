//! A review of a book's recurring revenue, as text for a person.
//!
//! The files follow the program's way: `facts` (which tables of them there are) -> `arguments` (what is asked) -> `book` (files in, or a book drawn; a portfolio out)
//! -> `months` (the last twelve months), `retained` (how much of it stayed), `cohorts` (what became of those who came),
//! `health` (how customers are, and whether that foretold who left) and `loading` (what became of every row; `names` is
//! what rows at fault are called); and `page`, which is all of that for a browser. `grid`, `statement`, `ink` and `money` are how it looks in a terminal, `bar` is what moves meanwhile.

mod arguments;
mod bar;
mod book;
mod cohorts;
mod facts;
mod grid;
mod health;
mod ink;
mod loading;
mod money;
mod months;
mod names;
mod page;
mod retained;
mod statement;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use cs_core::wire::quoted;
use cs_core::{Error, Locale, Watch, Window};

use arguments::{Arguments, Call, HELP, USAGE};
pub use bar::Bar;
use book::{AsOf, Book};
use cohorts::Cohorts;
use health::Health;
pub use ink::Ink;
use loading::{Accounts, Listing, Telling};
use months::Months;
use page::Page;
use retained::Retained;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The review was written: exit code 0.
    Reviewed,
    /// The input is not one that can be reviewed, or the review could not be written: exit code 1.
    Refused,
    /// The call is wrong: exit code 2.
    WrongCall,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Reviewed => 0,
            Outcome::Refused => 1,
            Outcome::WrongCall => 2,
        })
    }
}

/// Why there is no review.
enum Failure {
    /// The call is wrong, in a sentence.
    WrongCall(String),
    /// The input is not one that can be reviewed, as text of several lines.
    Refused(String),
}

impl Failure {
    /// A fault of an argument is the caller's; a fault of input lists its problems.
    fn of(error: Error, telling: &Telling) -> Self {
        match error {
            Error::InvalidArgument(problem) => Self::WrongCall(loading::sentence(&problem)),
            Error::InvalidInput(problems) => {
                let listed = Listing::of("problem", &problems, telling).render(Ink::Plain);
                Self::Refused(format!("the input is refused, and nothing was computed\n\n{listed}"))
            }
            other => Self::Refused(format!("{other}\n")),
        }
    }
}

/// Where the page goes unless a call says otherwise.
const PAGE: &str = "revenue-review.html";

/// Runs the program: `arguments` without the program's name, the review to `out`, what is wrong to `err`; `watch` is
/// told how far the work is.
///
/// Nothing is written to `out` before all of the review is known.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    ink: Ink,
    watch: &dyn Watch,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Outcome {
    let text = arguments::parse(arguments).map_err(Failure::WrongCall).and_then(|call| match call {
        Call::Help => Ok(HELP.to_owned()),
        Call::Review(arguments) => review(&arguments, ink, watch),
    });
    let (outcome, complaint) = match text {
        Ok(text) => match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => return Outcome::Reviewed,
            // Whoever reads has read enough.
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => return Outcome::Reviewed,
            Err(fault) => (Outcome::Refused, format!("the review could not be written: {fault}\n")),
        },
        Err(Failure::Refused(text)) => (Outcome::Refused, text),
        Err(Failure::WrongCall(sentence)) => (Outcome::WrongCall, format!("{sentence}\n\n{USAGE}")),
    };
    // Where even that cannot be written, the exit code still says it.
    let _ = err.write_all(format!("review: {complaint}").as_bytes());
    outcome
}

/// The whole review; its page is written on the way.
fn review(arguments: &Arguments, ink: Ink, watch: &dyn Watch) -> Result<String, Failure> {
    let scorecard = book::scorecard(arguments)?;
    let book = Book::open(arguments, watch)?;
    let telling = &book.telling;
    let refused = |error| Failure::of(error, telling);
    let contracts = book.portfolio.table("contracts").map_err(refused)?;
    let report = book.portfolio.load_report();
    let Some(as_of) = AsOf::of(&contracts, book.portfolio.observed_until(), arguments.as_of) else {
        let accounts = Accounts { report, telling }.render(Ink::Plain);
        return Err(Failure::Refused(format!("there is nothing to review: no contract was accepted\n\n{accounts}")));
    };
    let with_products = contracts.column("product").is_some();
    drop(contracts);
    let health = Health::of(&book.portfolio, &scorecard, &as_of, watch).map_err(refused)?;
    let figures = figures(&book, &as_of, with_products, ink, watch).map_err(refused)?;
    let told_health = health.render(ink).map_err(refused)?;
    let locale = arguments.locale.unwrap_or(Locale::En);
    let page = Page::of(&book, &health, &as_of, locale, watch).html().map_err(refused)?;
    let path = arguments.html.clone().unwrap_or_else(|| PAGE.into());
    let shown = quoted(&path.to_string_lossy());
    std::fs::write(&path, page)
        .map_err(|fault| Failure::Refused(format!("the page {shown} could not be written: {fault}\n")))?;
    let told = ink.remark(&format!("with pictures: {shown}"));
    Ok([book.heading(&as_of, ink), figures, told_health, told, Accounts { report, telling }.render(ink)].join("\n"))
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
