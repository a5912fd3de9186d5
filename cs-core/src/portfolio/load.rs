//! From input tables to a portfolio: every problem found and located, every row accounted for.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::Columns;
use super::contracts::Contract;
use super::customers::Customer;
use super::facts::Facts;
use super::given::Given;
use super::input::Input;
use super::limits::Limits;
use super::pauses::{Pause, Pauses};
use super::read_options::ReadOptions;
use super::report::LoadReport;
use super::rows::{MoneyRule, Rows};
use super::schema::TableSpec;
use super::sheet::Sheet;
use super::signals::{self, Signal};
use super::source::Source;
use super::surveys::{self, Survey};
use super::tables::{TABLES, table_of, tables};
use super::{Portfolio, alike, book::Book, checks, directory::Directory, keys, observed};
use crate::currency::Currency;
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, Problems, quoted};
use crate::interner::Interner;
use crate::period::day_argument as day;
use crate::text::TextPool;
use crate::watch::{Stage, Unwatched, Watch};
use crate::word::words;

words! {
    /// What becomes of a portfolio with rows that have a problem.
    OnInvalid {
        /// There is none: an error holds the problems.
        Raise,
        /// It is made of the other rows; the load report holds the problems.
        Reject,
    }
    /// What becomes of columns that a table does not have.
    ExtraColumns {
        /// Each is a problem.
        Error,
        /// They are left out.
        Ignore,
    }
    /// What becomes of rows that say the same as an earlier one.
    Duplicates {
        /// Each is a problem.
        Error,
        /// They are left out, and the load report says so.
        Drop,
    }
}

/// A method for each table beside the contracts.
macro_rules! setters {
    ($contract:ty; $($(#[doc = $doc:literal])+ $table:ident: $row:ty,)+) => {
        impl<'a> Load<'a> {
            $(
                $(#[doc = $doc])+
                pub fn $table(self, $table: impl Into<Source<'a>>) -> Self {
                    self.table(&<$row>::SPEC, $table.into())
                }
            )+
        }
    };
}

tables!(setters);

/// A portfolio in the making: tables and how to take them.
#[must_use = "nothing is read before `load`"]
pub struct Load<'a> {
    /// Each table at most once.
    sources: Vec<(&'static TableSpec, Source<'a>)>,
    /// Table, their name, our name.
    renamed: Vec<(String, String, String)>,
    currency: Option<String>,
    on_invalid: OnInvalid,
    extra_columns: ExtraColumns,
    duplicates: Duplicates,
    limits: Limits,
    redact: bool,
    definitions: Definitions,
    observed_until: Option<NaiveDate>,
    watch: &'a dyn Watch,
}

impl Portfolio {
    /// A portfolio of tables: typed rows, or columns from a host.
    pub fn from_tables<'a>(contracts: impl Into<Input>) -> Load<'a> {
        Load::of(Source::Table(contracts.into()))
    }

    /// A portfolio of CSV files: UTF-8, comma, a header.
    pub fn from_csv<'a>(contracts: &'a (impl AsRef<[u8]> + ?Sized)) -> Load<'a> {
        Load::of(Source::Csv(contracts.as_ref()))
    }
}

impl<'a> Load<'a> {
    pub(crate) fn of(contracts: Source<'a>) -> Self {
        Self {
            sources: vec![(&Contract::SPEC, contracts)],
            renamed: Vec::new(),
            currency: None,
            on_invalid: OnInvalid::Raise,
            extra_columns: ExtraColumns::Error,
            duplicates: Duplicates::Error,
            limits: Limits::default(),
            redact: false,
            definitions: Definitions::default(),
            observed_until: None,
            watch: &Unwatched,
        }
    }

    /// A table, in place of one that was given before.
    pub(crate) fn table(mut self, spec: &'static TableSpec, source: Source<'a>) -> Self {
        self.sources.retain(|(given, _)| given.name != spec.name);
        self.sources.push((spec, source));
        self
    }

    /// The last day of which the data tells, where that is another than [`Portfolio::observed_until`] finds: an export
    /// with ends in days to come that nobody planned or gave notice of has to say it.
    pub fn observed_until(mut self, day: NaiveDate) -> Self {
        self.observed_until = Some(day);
        self
    }

    /// The reporting currency, and that of rows without one, by its ISO 4217 code.
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = Some(code.into());
        self
    }

    /// A column `theirs` of the table `table` is read as `ours`.
    pub fn rename(mut self, table: impl Into<String>, theirs: impl Into<String>, ours: impl Into<String>) -> Self {
        self.renamed.push((table.into(), theirs.into(), ours.into()));
        self
    }

    /// What becomes of the portfolio if rows have a problem; [`OnInvalid::Raise`] by default.
    pub fn on_invalid(mut self, policy: OnInvalid) -> Self {
        self.on_invalid = policy;
        self
    }

    /// What becomes of unknown columns; [`ExtraColumns::Error`] by default.
    pub fn extra_columns(mut self, policy: ExtraColumns) -> Self {
        self.extra_columns = policy;
        self
    }

    /// What becomes of rows that say the same as an earlier one; [`Duplicates::Error`] by default.
    pub fn duplicates(mut self, policy: Duplicates) -> Self {
        self.duplicates = policy;
        self
    }

    /// What the input may hold at most.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Whether problems leave out what users wrote.
    pub fn redact(mut self, redact: bool) -> Self {
        self.redact = redact;
        self
    }

    /// The definitions that operations on the portfolio follow unless they are given others; their `extra_digits`
    /// say how many decimals amounts may have.
    pub fn definitions(mut self, definitions: Definitions) -> Self {
        self.definitions = definitions;
        self
    }

    /// Who follows the work.
    pub fn watch(mut self, watch: &'a dyn Watch) -> Self {
        self.watch = watch;
        self
    }

    /// Reads, checks and keeps.
    ///
    /// # Errors
    /// `InvalidInput` with all problems of the rows, unless rows with problems are to be rejected; always for a
    /// problem of a whole table, such as a missing column. `InvalidArgument` for a wrong argument.
    pub fn load(self) -> Result<Portfolio, Error> {
        let redact = self.redact;
        self.loaded().map_err(|error| error.redacted_if(redact))
    }

    fn loaded(mut self) -> Result<Portfolio, Error> {
        self.definitions.ensure_available()?;
        let reporting = self.currency.as_deref().map(str::parse::<Currency>).transpose();
        let reporting = reporting.map_err(|problem| problem.in_argument("currency"))?;
        let observed_until = self.observed_until.map(|date| day("observed_until", date)).transpose()?;
        self.check_renamed()?;
        self.progress(0)?;
        let given = self.given()?;
        self.progress(1)?;
        let (mut tables, ids, money) = self.read(given, reporting)?;
        self.progress(2)?;
        tables.judge(ids.pool(), self.duplicates);
        self.progress(3)?;

        let report = self.report(tables.all_mut())?;
        let observed_until = observed_until.or_else(|| observed::until(tables.all()));
        let Tables { contracts, customers, facts } = tables;
        let book = Book::of(contracts, ids.pool().len(), &money);
        let directory = Directory::of(ids.into_pool(), customers, &book);
        let facts: Vec<Arc<Facts>> =
            facts.into_iter().map(|rows| Arc::new(Facts::of(rows, &directory.names))).collect();
        let pauses = facts.iter().find(|facts| facts.spec.name == Pause::SPEC.name);
        Ok(Portfolio {
            pauses: pauses.map(|facts| Pauses::of(facts, book.ids.pool())).unwrap_or_default(),
            book,
            directory,
            facts,
            currency: money.reporting,
            definitions: self.definitions,
            observed_until,
            report,
            limits: self.limits,
            redact: self.redact,
            shown: None,
            drawn: Arc::default(),
            #[cfg(feature = "health")]
            kept: super::Kept::default(),
        })
    }

    /// Reads every row by itself: the tables, the names of customers in all of them, and how amounts are held.
    fn read(
        &self,
        mut given: Vec<(&'static TableSpec, Given)>,
        reporting: Option<Currency>,
    ) -> Result<(Tables<'_>, Interner, MoneyRule), Error> {
        let mut take = |spec: &TableSpec| {
            let position = given.iter().position(|(known, _)| known.name == spec.name);
            position.map(|position| given.remove(position).1)
        };
        let (contracts, customers) = (take(&Contract::SPEC).unwrap_or_default(), take(&Customer::SPEC));
        // Customers' names are counted in one list for all tables.
        let mut ids = Interner::default();
        let extra_digits = self.definitions.extra_digits.count();
        let (contracts, money) = self.rows(&Contract::SPEC, contracts, &mut ids, |sheet, columns| {
            checks::currencies(sheet, columns, reporting, extra_digits)
        })?;
        let mut table =
            |spec, given| self.rows(spec, given, &mut ids, |_, _| Ok(money.reporting_only())).map(|(rows, _)| rows);
        let customers = customers.map(|given| table(&Customer::SPEC, given)).transpose()?;
        let facts = given.into_iter().map(|(spec, given)| table(spec, given)).collect::<Result<Vec<_>, _>>()?;
        Ok((Tables { contracts, customers, facts }, ids, money))
    }

    /// What the sources hold, in the order of tables.
    fn given(&mut self) -> Result<Vec<(&'static TableSpec, Given)>, Error> {
        let mut sources = std::mem::take(&mut self.sources);
        let mut given = Vec::new();
        let mut faults: Option<Error> = None;
        for &spec in TABLES {
            let Some(position) = sources.iter().position(|(given, _)| given.name == spec.name) else { continue };
            let (_, source) = sources.swap_remove(position);
            match (self.given_table(spec, source), &mut faults) {
                (Ok(read), _) => given.push((spec, read)),
                (Err(Error::Cancelled), _) => return Err(Error::Cancelled),
                (Err(Error::InvalidInput(others)), Some(Error::InvalidInput(problems))) => {
                    problems.append(others, self.limits.problems);
                }
                (Err(error), none @ None) => *none = Some(error),
                // An error of another kind stands by itself.
                (Err(_), Some(_)) => {}
            }
        }
        faults.map_or(Ok(given), Err)
    }

    fn progress(&self, done: u64) -> Result<(), Error> {
        match self.watch.progress(Stage::Check, done, 3) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }

    /// Refuses mappings of tables that there are not.
    fn check_renamed(&self) -> Result<(), Problem> {
        for (table, _, ours) in &self.renamed {
            let path = format!("columns.{}", crate::error::cut(table));
            let spec = table_of(&path, table)?;
            if !self.sources.iter().any(|(given, _)| given.name == spec.name) {
                let message = format!("columns of the table {table} are mapped, and the table is not given");
                return Err(Problem::argument(Code::MissingTable, path, message)
                    .help("give the table, or leave its mapping out"));
            }
            if spec.position(ours).is_none() && !spec.attributes {
                let message = format!("the table {table} has no column {}", quoted(ours));
                let names = spec.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
                return Err(Problem::argument(Code::UnknownColumn, path, message)
                    .value(ours)
                    .help(format!("its columns are {names}")));
            }
        }
        Ok(())
    }

    fn read_options(&self) -> ReadOptions<'_> {
        ReadOptions {
            limits: self.limits,
            ignore_extra: self.extra_columns == ExtraColumns::Ignore,
            redact: self.redact,
            watch: self.watch,
        }
    }

    /// The rows of a source, by our names of columns.
    fn given_table(&self, spec: &'static TableSpec, source: Source<'_>) -> Result<Given, Error> {
        let renamed = self.renamed.iter().filter(|(table, _, _)| table == spec.name);
        let renamed = renamed.map(|(_, theirs, ours)| (theirs.as_str(), ours.as_str()));
        Given::read(spec, source, renamed, &self.read_options())
    }

    fn rows(
        &self,
        spec: &'static TableSpec,
        Given { input, records }: Given,
        ids: &mut Interner,
        money: impl FnOnce(&mut Sheet<'_>, &Columns) -> Result<MoneyRule, Error>,
    ) -> Result<(Rows<'_>, MoneyRule), Error> {
        Rows::read(spec, input, records, self.read_options(), ids, money)
    }

    /// What became of the rows, or the error that there is no portfolio.
    fn report<'r, 'w: 'r>(&self, tables: impl Iterator<Item = &'r mut Rows<'w>>) -> Result<LoadReport, Error> {
        let mut report = LoadReport::default();
        let (mut unusable, mut consequences) = (false, Problems::default());
        let limit = self.limits.problems;
        for rows in tables {
            unusable |= rows.unusable;
            report.tables.push(rows.sheet.report());
            report.problems.append(rows.sheet.faults.take(), limit);
            consequences.append(rows.sheet.consequences.take(), limit);
            report.warnings.append(rows.sheet.warnings.take(), limit);
        }
        // Who reads the first problem reads a cause.
        report.problems.append(consequences, limit);
        let refused = unusable || self.on_invalid == OnInvalid::Raise;
        if refused && report.problems.total > 0 { Err(Error::InvalidInput(report.problems)) } else { Ok(report) }
    }
}

/// The rows of all tables, each read by itself.
struct Tables<'w> {
    contracts: Rows<'w>,
    customers: Option<Rows<'w>>,
    /// The tables of facts about contracts and customers.
    facts: Vec<Rows<'w>>,
}

impl<'w> Tables<'w> {
    fn all(&self) -> impl Iterator<Item = &Rows<'w>> {
        std::iter::once(&self.contracts).chain(&self.customers).chain(&self.facts)
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Rows<'w>> {
        std::iter::once(&mut self.contracts).chain(&mut self.customers).chain(&mut self.facts)
    }

    /// Judges every row by what it says in several columns and by the rows that it names, or that have its name; `ids`
    /// are the names of customers.
    fn judge(&mut self, ids: &TextPool, duplicates: Duplicates) {
        let Self { contracts, customers, facts } = self;
        let judge = |rows: &mut Rows<'_>, references: &dyn Fn(&mut Rows<'_>)| {
            checks::spans(rows);
            let found = keys::conflicts(rows, ids);
            // What names another row falls with it, and then whatever else is of its own name.
            references(rows);
            keys::settle(rows, &found, duplicates == Duplicates::Drop, ids);
        };
        if let Some(customers) = customers {
            judge(customers, &|_| {});
        }
        checks::prices(contracts);
        judge(contracts, &|rows| {
            customers.iter().for_each(|customers| checks::named_customers(rows, customers, ids));
        });
        for rows in facts {
            #[cfg(feature = "health")]
            match rows.sheet.spec.name {
                name if name == Signal::SPEC.name => signals::judge(rows),
                name if name == Survey::SPEC.name => surveys::judge(rows),
                _ => {}
            }
            judge(rows, &|rows| {
                checks::named_contracts(rows, contracts);
                checks::named_customers(rows, customers.as_ref().unwrap_or(contracts), ids);
            });
        }
        alike::warn(contracts, customers.as_mut(), ids);
    }
}
