//! The book: files in, a portfolio out.

use std::path::Path;

use chrono::NaiveDate;
use cs_core::wire::quoted;
use cs_core::{Error, Limits, OnInvalid, Portfolio, Watch};

use super::arguments::Arguments;
use super::facts::{FACTS, Setter};
use super::failure::Failure;
use super::files::read;
use super::ink::Ink;
use super::loading::Telling;
use super::money::count;
use super::names;

/// How much of the fingerprint is shown: enough to tell definitions apart by eye.
const FINGERPRINT: usize = 12;

/// Rows that a result may have: who gives a large book has room for what is measured of its customers.
const LARGE: u64 = 1_000_000_000;

fn limits(arguments: &Arguments) -> Limits {
    let usual = Limits::default();
    let problems = if arguments.all_problems { u64::MAX } else { usual.problems };
    Limits { result_rows: LARGE, problems, ..usual }
}

/// A portfolio and where it came from.
pub(crate) struct Book {
    pub(crate) portfolio: Portfolio,
    pub(crate) telling: Telling,
    /// The file of the contracts as text shows it; none for a synthetic book.
    pub(crate) file: Option<String>,
    /// The tables, and where each comes from.
    sources: Vec<(&'static str, String)>,
}

impl Book {
    /// Reads the files, or draws a book.
    pub(crate) fn open(arguments: &Arguments, watch: &dyn Watch) -> Result<Self, Failure> {
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
    pub(crate) fn heading(&self, title: &str, (day, reason): (NaiveDate, &str), ink: Ink) -> String {
        let portfolio = &self.portfolio;
        let mut out = ink.title(&format!("{title}, {day}"));
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
            ("as of", format!("{day}, {reason}")),
        ] {
            out.push_str(&format!("  {what:<11}  {said}\n"));
        }
        out
    }
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
