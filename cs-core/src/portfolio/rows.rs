//! The rows of one input table, read into typed columns.

use std::sync::Arc;

use super::columns::{CUSTOMER_ID, Columns};
use super::csv::Records;
use super::input::Input;
use super::read_options::ReadOptions;
use super::schema::{ColumnKind, TableSpec};
use super::sheet::Sheet;
use crate::currency::Currency;
use crate::error::{Code, Error, Problem, quoted};
use crate::interner::Interner;
use crate::table::{Column, Texts, Values};
use crate::text::ABSENT;

/// How amounts are held.
#[derive(Clone, Debug)]
pub(super) struct MoneyRule {
    /// The reporting currency.
    pub(super) reporting: Currency,
    /// Decimals beyond a currency's own.
    pub(super) extra_digits: u8,
    /// Amounts are counts of 10^-`scale`, whatever their currency.
    pub(super) scale: u8,
    /// The currency of each row, where it is not the reporting one for all.
    pub(super) rows: Option<Vec<Currency>>,
}

impl MoneyRule {
    /// The decimals that the amounts of a row may have.
    fn digits(&self, row: usize) -> u8 {
        let currency = self.rows.as_ref().and_then(|rows| rows.get(row)).unwrap_or(&self.reporting);
        currency.digits() + self.extra_digits
    }

    /// The same for a table whose amounts are all in the reporting currency.
    pub(super) fn reporting_only(&self) -> Self {
        Self { rows: None, ..self.clone() }
    }
}

/// A table's rows: what was read, and what is thought of each.
pub(super) struct Rows<'w> {
    pub(super) sheet: Sheet<'w>,
    pub(super) columns: Columns,
    /// Whether a fault of the table as a whole leaves nothing to go on with.
    pub(super) unusable: bool,
}

impl<'w> Rows<'w> {
    /// Whether any row names its customer.
    pub(super) fn has_ids(&self) -> bool {
        self.columns.customers.iter().any(|&customer| customer != ABSENT)
    }

    /// Reads every column. `money` says how amounts are held once all other columns are read.
    pub(super) fn read(
        spec: &'static TableSpec,
        mut input: Input,
        records: Option<Records>,
        options: ReadOptions<'w>,
        ids: &mut Interner,
        money: impl FnOnce(&mut Sheet<'_>, &Columns) -> Result<MoneyRule, Error>,
    ) -> Result<(Self, MoneyRule), Error> {
        let rows = input.rows();
        let mut sheet = Sheet::new(spec, rows, records, options);
        let header = Header::of(spec, &input, options.ignore_extra, &mut sheet);
        // A column is given up once it is read: two of each would be twice the memory.
        header.ignored.iter().for_each(|&column| sheet.look_over(&input.take(column)));

        let mut columns = Columns::of(spec, rows);
        let given = || spec.columns.iter().zip(&header.columns).filter_map(|(column, given)| Some((column, (*given)?)));
        for (column, given) in given() {
            if column.name == CUSTOMER_ID {
                columns.has_customers = true;
                columns.customers = sheet.texts(column.name, column.kind, input.take(given), ids)?;
            } else if column.kind != ColumnKind::Money {
                columns.put(column.name, sheet.values(column.name, column.kind, input.take(given))?);
            }
        }
        for &given in &header.attributes {
            let mut interner = Interner::default();
            let name = input.columns().get(given).map(|(name, _)| name.clone()).unwrap_or_default();
            let codes = sheet.texts(&name, ColumnKind::Text, input.take(given), &mut interner)?;
            let texts = Texts::new(codes, Arc::new(interner.into_pool()));
            columns.attributes.push(Column::new(name, Values::Text(texts)));
        }
        // What is wrong with the header comes before what cannot be read because of it.
        let money = match money(&mut sheet, &columns) {
            Err(error) if header.unusable => {
                let faults = sheet.faults.take();
                // Where there are none left, the error holds them.
                return Err(if faults.total > 0 { Error::InvalidInput(faults) } else { error });
            }
            money => money?,
        };
        for (column, given) in given().filter(|(column, _)| column.kind == ColumnKind::Money) {
            let units = sheet.amounts(column.name, &input.take(given), money.scale, |row| money.digits(row))?;
            columns.put(column.name, Values::Money { units, digits: money.scale });
        }
        sheet.reject_missing(&columns);
        let unusable = header.unusable;
        Ok((Self { sheet, columns, unusable }, money))
    }
}

const GIVE_OR_MAP: &str = "give the column, or map yours to it with columns";

const GIVE_OR_RENAME: &str = "give the column, or rename yours";

const COMMAS: &str = "the header is one column: separate columns by commas";

const NOT_A_PATH: &str = "this is read as the text of a file, and not as its path";

/// The positions of the columns that were given, each in its place.
struct Header {
    columns: Vec<Option<usize>>,
    attributes: Vec<usize>,
    ignored: Vec<usize>,
    unusable: bool,
}

impl Header {
    fn of(spec: &TableSpec, input: &Input, ignore_extra: bool, sheet: &mut Sheet<'_>) -> Self {
        let mut header = Self {
            columns: vec![None; spec.columns.len()],
            attributes: Vec::new(),
            ignored: Vec::new(),
            unusable: false,
        };
        for (position, (name, _)) in input.columns().iter().enumerate() {
            let ours = spec.position(name);
            let twice = input.columns().iter().take(position).any(|(before, _)| before == name);
            if name.is_empty() && !ignore_extra {
                let message = format!("column {} has no name", position + 1);
                header.refuse(sheet, Code::UnknownColumn, name, message, "name it, or leave it out");
            } else if twice && (ours.is_some() || spec.attributes || !ignore_extra) {
                let message = format!("there are two columns {}", quoted(name));
                header.refuse(sheet, Code::DuplicateColumn, name, message, "rename or remove one of them");
            } else if let Some(slot) = ours.and_then(|ours| header.columns.get_mut(ours)) {
                *slot = Some(position);
            } else if spec.attributes {
                header.attributes.push(position);
            } else if ignore_extra {
                header.ignored.push(position);
            } else {
                let message = format!("the table {} has no column {}", spec.name, quoted(name));
                let help = match sheet.is_file() {
                    true => "map it with columns, or leave such columns out (extra_columns: ignore)",
                    false => "rename it, or leave such columns out (extra_columns: ignore)",
                };
                header.refuse(sheet, Code::UnknownColumn, name, message, help);
            }
        }
        // A list without rows tells no columns; a file does, in its header.
        let empty = input.rows() == 0 && input.columns().is_empty() && !sheet.is_file();
        let help = match input.columns() {
            [(only, _)] if sheet.is_file() && only.contains([';', '\t']) => COMMAS,
            [(only, _)] if sheet.is_file() && only.ends_with(".csv") => NOT_A_PATH,
            _ if sheet.is_file() => GIVE_OR_MAP,
            _ => GIVE_OR_RENAME,
        };
        for column in spec.columns.iter().filter(|column| column.required && !empty) {
            if !input.columns().iter().any(|(name, _)| name == column.name) {
                let message = format!("the column {} is missing", column.name);
                header.refuse(sheet, Code::MissingColumn, column.name, message, help);
            }
        }
        let given = |name: &&str| input.columns().iter().any(|(given, _)| given == name);
        if let Some(first) = spec.one_of.first()
            && (input.rows() > 0 || sheet.is_file())
            && !spec.one_of.iter().any(given)
        {
            let message = format!("there is no column {}", spec.one_of.join(" and no column "));
            header.refuse(sheet, Code::MissingColumn, first, message, help);
        }
        header
    }

    fn refuse(&mut self, sheet: &mut Sheet<'_>, code: Code, column: &str, message: String, help: &str) {
        self.unusable = true;
        let table = sheet.spec.name;
        sheet.refuse_column(column, || Problem::table(code, table, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{COMMAS, GIVE_OR_MAP, GIVE_OR_RENAME, NOT_A_PATH};
    use crate::definitions::Definitions;
    use crate::error::Code;
    use crate::money::ExtraDigits;
    use crate::portfolio::{ExtraColumns, Input, Limits, Load, OnInvalid, Portfolio, Value};
    use crate::portfolio::{InputColumn, Source};

    const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr";

    /// The faults of a header, each with its column.
    fn faults(contracts: &str, customers: &str, extra: ExtraColumns) -> Vec<(Code, Option<String>)> {
        let load = Portfolio::from_csv(contracts).customers(customers).currency("USD").extra_columns(extra);
        let error = load.on_invalid(OnInvalid::Reject).load().err();
        let problems = error.iter().flat_map(|error| error.problems());
        problems.map(|problem| (problem.code, problem.column.clone())).collect()
    }

    #[rstest]
    #[case(",note", ExtraColumns::Error, &[(Code::UnknownColumn, "note")])]
    #[case(",note", ExtraColumns::Ignore, &[])]
    #[case(",note,note", ExtraColumns::Ignore, &[])]
    #[case(",", ExtraColumns::Error, &[(Code::UnknownColumn, "")])]
    #[case(",", ExtraColumns::Ignore, &[])]
    #[case(",mrr", ExtraColumns::Error, &[(Code::DuplicateColumn, "mrr")])]
    #[case(",mrr", ExtraColumns::Ignore, &[(Code::DuplicateColumn, "mrr")])]
    fn headers_of_contracts(#[case] more: &str, #[case] extra: ExtraColumns, #[case] expected: &[(Code, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(code, column)| (*code, Some((*column).to_owned()))).collect();
        assert_eq!(faults(&format!("{CONTRACTS}{more}"), "customer_id", extra), expected);
    }

    #[test]
    fn what_is_missing_is_mended_where_it_comes_from() {
        let row = |name: &str| Input::with_rows(1).column(name, InputColumn::Values(vec![Value::Absent]));
        let help = |load: Load<'_>| {
            let error = load.currency("USD").load().err();
            let problem =
                error.as_ref().and_then(|error| error.problems().iter().find(|p| p.code == Code::MissingColumn));
            problem.and_then(|problem| problem.help.clone())
        };
        assert_eq!(help(Portfolio::from_csv("plan")).as_deref(), Some(GIVE_OR_MAP));
        assert_eq!(help(Portfolio::from_csv("plan;mrr")).as_deref(), Some(COMMAS));
        assert_eq!(help(Portfolio::from_csv("contracts.csv")).as_deref(), Some(NOT_A_PATH));
        for name in ["plan", "plan;mrr", "contracts.csv"] {
            assert_eq!(help(Portfolio::from_tables(row(name))).as_deref(), Some(GIVE_OR_RENAME), "{name}");
        }
    }

    #[test]
    fn attributes_have_names_of_their_own() {
        let found = |customers| faults(CONTRACTS, customers, ExtraColumns::Ignore);
        assert_eq!(found("customer_id,tier"), []);
        assert_eq!(found("customer_id,tier,tier"), [(Code::DuplicateColumn, Some("tier".to_owned()))]);
    }

    #[rstest]
    #[case("contract_id;customer_id\n", "separate columns by commas")]
    #[case("contract_id\tcustomer_id\n", "separate columns by commas")]
    #[case("contracts.csv", "not as its path")]
    #[case("contract_id\n", "map yours")]
    #[case("a;b,c", "map yours")]
    fn the_help_for_a_header_fits_it(#[case] file: &str, #[case] help: &str) {
        let error = Portfolio::from_csv(file).currency("USD").load().err();
        let problems = error.iter().flat_map(|error| error.problems());
        let missing: Vec<_> = problems.filter(|problem| problem.code == Code::MissingColumn).collect();
        assert!(!missing.is_empty());
        assert!(missing.iter().all(|problem| problem.help.as_deref().is_some_and(|found| found.contains(help))));
    }

    #[test]
    fn only_a_list_without_rows_needs_no_columns() {
        let load = |contracts: Source<'static>| {
            let load = Portfolio::from_tables(Input::default()).customers(Input::default()).currency("USD");
            let load = if let Source::Csv(file) = contracts { Portfolio::from_csv(file).currency("USD") } else { load };
            load.load().map(|portfolio| portfolio.contract_count()).map_err(|error| error.total())
        };
        assert_eq!(load(Source::Table(Input::default())), Ok(0));
        assert_eq!(load(Source::from("")), Err(4));
        let blank = Portfolio::from_tables(Input::with_rows(1)).currency("USD").load();
        assert_eq!(blank.map_err(|error| error.total()).err(), Some(4));
        let named = Input::with_rows(0).column("contract_id", InputColumn::Values(Vec::new()));
        assert_eq!(Portfolio::from_tables(named).currency("USD").load().map_err(|error| error.total()).err(), Some(2));
    }

    #[test]
    fn tables_are_taken_up_to_their_limits() {
        let load = |limits| {
            let names = ["contract_id", "customer_id", "start_date", "mrr"];
            let values =
                ["c", "a", "2026-01-01", "1"].map(|text| InputColumn::Values(vec![Value::Text(text.to_owned())]));
            let input = names
                .into_iter()
                .zip(values)
                .fold(Input::with_rows(1), |input, (name, column)| input.column(name, column));
            let load = Portfolio::from_tables(input).currency("USD").limits(limits).load();
            load.map(|_| ()).map_err(|error| error.problems().first().map(|problem| problem.code))
        };
        let exceeded = Err(Some(Code::LimitExceeded));
        assert_eq!(load(Limits { columns: 4, rows: 1, id_bytes: 11, ..Limits::default() }), Ok(()));
        assert_eq!(load(Limits { columns: 3, ..Limits::default() }), exceeded);
        assert_eq!(load(Limits { rows: 0, ..Limits::default() }), exceeded);
        assert_eq!(load(Limits { id_bytes: 10, ..Limits::default() }), exceeded);
    }

    #[test]
    fn customers_money_has_the_digits_of_the_portfolio() {
        let contracts = format!("{CONTRACTS},currency\nc,a,2026-01-01,1,JPY\n");
        let load =
            Portfolio::from_csv(&contracts).customers("customer_id,acquisition_cost\na,1.50\n").currency("USD").load();
        assert_eq!(load.map(|portfolio| portfolio.customer_count()), Ok(1));
        let two = format!("{CONTRACTS}\nc-1,a,2026-01-01,1\nc-2,b,2026-01-01,1\nc-3,b,2026-01-01,1\n");
        let load = Portfolio::from_csv(&two).currency("USD").load();
        assert_eq!(load.map(|portfolio| (portfolio.contract_count(), portfolio.customer_count())), Ok((3, 2)));
    }

    #[test]
    fn extra_digits_are_beside_those_of_the_currency() {
        let definitions =
            Definitions { extra_digits: ExtraDigits::new(2).unwrap_or_default(), ..Definitions::default() };
        for (mrr, accepted) in [("1.2345", true), ("1.23456", false)] {
            let contracts = format!("{CONTRACTS},currency\nc,a,2026-01-01,{mrr},USD\n");
            let load = Portfolio::from_csv(&contracts).definitions(definitions.clone()).load();
            assert_eq!(load.is_ok(), accepted, "{mrr}");
        }
    }

    #[test]
    fn columns_are_mapped_to_what_a_table_has() {
        let load = |table, ours| {
            let load =
                Portfolio::from_csv("contract_id,customer_id,start_date,mrr,x\n").customers("customer_id,x\na,b\n");
            let load = load.currency("USD").extra_columns(ExtraColumns::Ignore).rename(table, "x", ours);
            load.load().map(|_| ()).map_err(|error| error.problems().first().map(|problem| problem.code))
        };
        assert_eq!(load("customers", "tier"), Ok(()));
        assert_eq!(load("contracts", "product"), Ok(()));
        assert_eq!(load("contracts", "tier"), Err(Some(Code::UnknownColumn)));
    }
}
