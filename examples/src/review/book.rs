//! The book: files in, a portfolio out, and the day that the review looks from.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use cs_core::wire::quoted;
use cs_core::{Day, Error, Limits, OnInvalid, Portfolio, Scorecard, Table, Values, Watch};

use super::Failure;
use super::arguments::Arguments;
use super::facts::{FACTS, Setter};
use super::ink::Ink;
use super::loading::Telling;
use super::money::count;
use super::names;

/// How much of the fingerprint is shown: enough to tell definitions apart by eye.
const FINGERPRINT: usize = 12;

/// Months that a review shows.
const MONTHS: u32 = 12;

/// Rows that a result may have: who gives a large book has room for what is measured of its customers.
const LARGE: u64 = 1_000_000_000;

fn limits(arguments: &Arguments) -> Limits {
    let usual = Limits::default();
    let problems = if arguments.all_problems { u64::MAX } else { usual.problems };
    Limits { result_rows: LARGE, problems, ..usual }
}

/// A portfolio and where it came from.
pub(super) struct Book {
    pub(super) portfolio: Portfolio,
    pub(super) telling: Telling,
    /// The file of the contracts as text shows it; none for a synthetic book.
    pub(super) file: Option<String>,
    /// The tables, and where each comes from.
    sources: Vec<(&'static str, String)>,
}

impl Book {
    /// Reads the files, or draws a book.
    pub(super) fn open(arguments: &Arguments, watch: &dyn Watch) -> Result<Self, Failure> {
        match &arguments.contracts {
            Some(contracts) => Self::read(contracts, arguments, watch),
            None => Self::drawn(arguments, watch),
        }
    }

    fn drawn(arguments: &Arguments, watch: &dyn Watch) -> Result<Self, Failure> {
        let mut synthetic = Portfolio::synthetic().limits(limits(arguments)).watch(watch);
        if let Some(customers) = arguments.synthetic {
            synthetic = synthetic.customers(customers);
        }
        if let Some(seed) = arguments.seed {
            synthetic = synthetic.seed(seed);
        }
        if let Some(currency) = &arguments.currency {
            synthetic = synthetic.currency(currency);
        }
        let telling = Telling { all: arguments.all_problems, files: Vec::new() };
        let portfolio = synthetic.load().map_err(|error| Failure::of(error, &telling))?;
        let source = "of a synthetic book".to_owned();
        let sources = ["contracts", "customers"].map(|table| (table, source.clone())).to_vec();
        Ok(Self { portfolio, telling, file: None, sources })
    }

    fn read(contracts: &Path, arguments: &Arguments, watch: &dyn Watch) -> Result<Self, Failure> {
        let path = quoted(&contracts.to_string_lossy());
        let from = |path: &Path| format!("from {}", quoted(&path.to_string_lossy()));
        let file =
            |table, ids, path| Ok::<_, Failure>(names::File::new(table, ids, read(table, path)?, &arguments.columns));
        let customers = arguments.customers.as_deref();
        let made = || "made from the contracts".to_owned();
        let mut sources = vec![("contracts", from(contracts)), ("customers", customers.map_or_else(made, from))];
        let contracts = file("contracts", "contract_id", contracts)?;
        let mut others: Vec<(Setter, names::File)> = Vec::new();
        if let Some(path) = customers {
            others.push((|load, bytes| load.customers(bytes), file("customers", "customer_id", path)?));
        }
        for (table, path) in &arguments.facts {
            for (name, setter) in FACTS.into_iter().filter(|(name, _)| name == table) {
                sources.push((name, from(path)));
                others.push((setter, file(name, "customer_id", path)?));
            }
        }
        let mut load = Portfolio::from_csv(&contracts.bytes).watch(watch);
        for (setter, file) in &others {
            load = setter(load, &file.bytes);
        }
        for mapping in &arguments.columns {
            load = load.rename(&mapping.table, &mapping.theirs, &mapping.ours);
        }
        if let Some(currency) = &arguments.currency {
            load = load.currency(currency);
        }
        if let Some(policy) = arguments.on_invalid {
            load = load.on_invalid(policy);
        }
        if let Some(policy) = arguments.extra_columns {
            load = load.extra_columns(policy);
        }
        if let Some(policy) = arguments.duplicates {
            load = load.duplicates(policy);
        }
        let loaded = load.limits(limits(arguments)).load();
        let files = [contracts].into_iter().chain(others.into_iter().map(|(_, file)| file)).collect();
        let telling = Telling { all: arguments.all_problems, files };
        let portfolio = loaded.map_err(|error| refused(error, arguments.on_invalid, &telling))?;
        Ok(Self { portfolio, telling, file: Some(path), sources })
    }

    /// What was read, in which currency, by which definitions and as of when.
    pub(super) fn heading(&self, as_of: &AsOf, ink: Ink) -> String {
        let portfolio = &self.portfolio;
        let mut out = ink.title(&format!("Review of recurring revenue, {}", as_of.day));
        out.push('\n');
        let given = &portfolio.load_report().tables;
        for (table, source) in &self.sources {
            let rows = match given.iter().find(|report| report.table == *table) {
                Some(report) if report.accepted == report.rows_read => count(report.accepted),
                Some(report) => format!("{} of {} rows", count(report.accepted), count(report.rows_read)),
                None => count(portfolio.customer_count() as u64),
            };
            out.push_str(&format!("  {table:<11}  {rows} {source}\n"));
        }
        let definitions = portfolio.definitions();
        let fingerprint: String = definitions.fingerprint().chars().take(FINGERPRINT).collect();
        let reading = match definitions.diff(&Default::default()).is_empty() {
            true => "the defaults",
            false => "not the defaults",
        };
        for (what, said) in [
            ("currency", portfolio.currency().to_string()),
            ("definitions", format!("{fingerprint}, {reading}")),
            ("as of", format!("{}, {}", as_of.day, as_of.reason)),
        ] {
            out.push_str(&format!("  {what:<11}  {said}\n"));
        }
        out
    }
}

/// The scorecard that is asked for, or else the standard one.
pub(super) fn scorecard(arguments: &Arguments) -> Result<Scorecard, Failure> {
    let wrong = |error: Error| Failure::WrongCall(format!("the scorecard cannot be read: {error}"));
    let Some(path) = &arguments.scorecard else { return Scorecard::standard().map_err(wrong) };
    let text = String::from_utf8(read("scorecard", path)?);
    let text = text.map_err(|_| Failure::WrongCall("the scorecard is not text in UTF-8".to_owned()))?;
    Scorecard::from_json(&text).map_err(wrong)
}

/// Why there is no portfolio, and the way on where only rows are at fault.
fn refused(error: Error, policy: Option<OnInvalid>, telling: &Telling) -> Failure {
    let only_rows = error.problems().iter().all(|problem| problem.row.is_some());
    match Failure::of(error, telling) {
        Failure::Refused(text) if only_rows && policy != Some(OnInvalid::Reject) => {
            Failure::Refused(format!("{text}\nthe other rows can be reviewed with --on-invalid reject\n"))
        }
        failure => failure,
    }
}

/// One byte more than the library takes is read at most: it refuses such a file itself, and endless ones end.
fn read(table: &str, path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = Limits::default().bytes.saturating_add(1);
    match File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
        Ok(_) => Ok(bytes),
        Err(fault) => {
            let path = quoted(&path.to_string_lossy());
            Err(Failure::WrongCall(format!("the {table} in {path} cannot be read: {fault}")))
        }
    }
}

/// The day that a review looks from: its month is the last one shown.
pub(super) struct AsOf {
    day: NaiveDate,
    reason: &'static str,
}

impl AsOf {
    /// The day asked for, else the latest start of a contract; none without contracts.
    ///
    /// The latest start and not the latest end: ends may be agreed years ahead, and months that nobody has lived
    /// through would show churn where renewals are still to come.
    pub(super) fn of(contracts: &Table, observed_until: Option<NaiveDate>, asked: Option<Day>) -> Option<Self> {
        // What is signed and has not begun is no month that anybody lived through either.
        let is_past = |day: &Day| observed_until.is_none_or(|last| day.date() <= last);
        let latest = match contracts.column("start_date").map(|column| column.values()) {
            Some(Values::Date(days)) => {
                let starts = || days.iter().flatten();
                starts().filter(is_past).max().or_else(|| starts().max())
            }
            _ => None,
        };
        latest.map(|latest| match asked {
            Some(day) => Self { day: day.date(), reason: "as asked" },
            None => Self { day: latest.date(), reason: "the latest start of a contract" },
        })
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.day
    }

    /// The first day of its month.
    pub(super) fn month(&self) -> NaiveDate {
        self.day.with_day(1).unwrap_or(self.day)
    }

    /// The days of its month and of the eleven before, end exclusive, as far as the library's calendar goes.
    pub(super) fn range(&self) -> (NaiveDate, NaiveDate) {
        let (first, last) = (Day::MIN.date(), Day::MAX.date());
        let month = self.month();
        let start = month.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first);
        let end = month.checked_add_months(Months::new(1)).unwrap_or(last);
        // The last month is whole even so: a range is widened to whole periods.
        (start.max(first), end.min(last).max(first + Days::new(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_that_of_the_day() {
        let range = |day: &str| {
            let day = day.parse::<Day>().unwrap().date();
            let (start, end) = AsOf { day, reason: "" }.range();
            (start.to_string(), end.to_string())
        };
        let expected = |start: &str, end: &str| (start.to_owned(), end.to_owned());
        assert_eq!(range("2026-01-12"), expected("2025-02-01", "2026-02-01"));
        assert_eq!(range("2024-12-31"), expected("2024-01-01", "2025-01-01"));
        assert_eq!(range("2024-02-29"), expected("2023-03-01", "2024-03-01"));
        assert_eq!(range("1900-01-01"), expected("1900-01-01", "1900-02-01"));
        assert_eq!(range("2200-12-31"), expected("2200-01-01", "2200-12-31"));
    }
}
