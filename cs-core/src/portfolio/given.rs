//! A table as it was given: a file cut into rows, columns of one length, named as ours are.

use super::csv::{self, Records};
use super::input::Input;
use super::limits::exceeded;
use super::read_options::ReadOptions;
use super::schema::TableSpec;
use super::source::Source;
use crate::error::{Code, Error, Problem, quoted};
use crate::faults::Faults;

/// So many columns are named where a mapping looks for one that is not there.
const NAMED: usize = 20;

/// The rows of a table, not judged yet.
#[derive(Default)]
pub(super) struct Given {
    pub(super) input: Input,
    /// Where the rows stand in their file, if they come from one.
    pub(super) records: Option<Records>,
}

impl Given {
    /// The rows of a source; `renamed` leads from their names of columns to ours.
    pub(super) fn read<'n>(
        spec: &'static TableSpec,
        source: Source<'_>,
        renamed: impl Iterator<Item = (&'n str, &'n str)>,
        options: &ReadOptions<'_>,
    ) -> Result<Self, Error> {
        let (input, records) = match source {
            Source::Table(input) => (input, None),
            Source::Csv(bytes) => {
                let file = csv::read(spec.name, bytes, options)?;
                (file.input, Some(file.records))
            }
        };
        let (rows, columns) = (input.rows(), input.columns());
        options.limits.check_columns(spec.name, columns.len())?;
        options.limits.check_rows(spec.name, rows as u64)?;
        let most = options.limits.id_bytes;
        if let Some((name, _)) = columns.iter().find(|(name, _)| name.len() as u64 > most) {
            let message = format!("the name of the column {} is longer than {most} bytes", quoted(name));
            return Err(exceeded(spec.name, "id_bytes", message).into());
        }
        let mut faults = HeaderFaults { spec, options, faults: Faults::new(options.limits.problems, options.redact) };
        for (name, column) in columns {
            if column.len() != rows {
                faults.push(Code::InvalidArgument, name, || {
                    let message = format!("the column has {} values, and the table {rows} rows", column.len());
                    (message, "give every column a value for every row".to_owned())
                });
            } else if !column.is_in_order() {
                faults.push(Code::InvalidArgument, name, || {
                    let message = "the column's values are not those of one row after the other".to_owned();
                    (message, "give each value with its row, rows counted from 0 upward".to_owned())
                });
            }
        }
        let input = by_our_names(input, renamed, &mut faults);
        faults.faults.into_result()?;
        Ok(Self { input, records })
    }
}

/// Faults of columns, in the order in which they are found.
struct HeaderFaults<'t> {
    spec: &'static TableSpec,
    options: &'t ReadOptions<'t>,
    faults: Faults,
}

impl HeaderFaults<'_> {
    /// Notes a fault of a column; `told` is what is wrong, and how to mend it.
    fn push(&mut self, code: Code, column: &str, told: impl FnOnce() -> (String, String)) {
        let (table, column) = (self.spec.name, self.spec.told(column, self.options.redact));
        // What is found first stands first.
        self.faults.push(0, 0, || {
            let (message, help) = told();
            Problem::table(code, table, message).at(None, None, Some(column)).help(help)
        });
    }
}

/// The same with columns renamed, from theirs to ours; each of theirs is there, and none becomes two.
fn by_our_names<'n>(
    input: Input,
    names: impl Iterator<Item = (&'n str, &'n str)>,
    faults: &mut HeaderFaults<'_>,
) -> Input {
    let columns = input.columns();
    let mut renamed: Vec<Option<&str>> = vec![None; columns.len()];
    for (theirs, ours) in names {
        let position = columns.iter().position(|(name, _)| name == theirs);
        match position.and_then(|position| renamed.get_mut(position)) {
            None => faults.push(Code::MissingColumn, theirs, || {
                let message =
                    format!("the table has no column {}, which is mapped to {}", quoted(theirs), quoted(ours));
                let mut names: Vec<String> = columns.iter().take(NAMED).map(|(name, _)| quoted(name)).collect();
                if columns.len() > NAMED {
                    names.push(format!("and {} more", columns.len() - NAMED));
                }
                (message, format!("its columns are {}", names.join(", ")))
            }),
            Some(slot) if slot.is_some_and(|before| before != ours) => {
                faults.push(Code::DuplicateColumn, theirs, || {
                    let message = format!("the column {} is mapped to two names", quoted(theirs));
                    (message, "map it to one of them".to_owned())
                });
            }
            Some(slot) => *slot = Some(ours),
        }
    }
    let named = Input::with_rows(input.rows());
    let columns = input.into_columns().into_iter().zip(renamed);
    columns.fold(named, |named, ((name, column), ours)| named.column(ours.unwrap_or(&name), column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::{Contract, InputColumn, Limits};
    use crate::watch::Unwatched;

    /// The names of columns after a mapping, or the faults: code, column and help.
    fn mapped(
        columns: &[&str],
        names: &[(&str, &str)],
        redact: bool,
    ) -> Result<Vec<String>, Vec<(Code, String, String)>> {
        let options = ReadOptions { limits: Limits::default(), ignore_extra: false, redact, watch: &Unwatched };
        let column = |input: Input, name: &&str| input.column(*name, InputColumn::Values(Vec::new()));
        let input = columns.iter().fold(Input::with_rows(0), column);
        match Given::read(&Contract::SPEC, Source::Table(input), names.iter().copied(), &options) {
            Ok(given) => Ok(given.input.into_columns().into_iter().map(|(name, _)| name).collect()),
            Err(error) => Err(error
                .problems()
                .iter()
                .map(|p| (p.code, p.column.clone().unwrap_or_default(), p.help.clone().unwrap_or_default()))
                .collect()),
        }
    }

    #[test]
    fn a_column_is_mapped_to_one_name() {
        let same = [("theirs", "mrr"), ("theirs", "mrr")];
        assert_eq!(mapped(&["theirs", "plan"], &same, false), Ok(vec!["mrr".to_owned(), "plan".to_owned()]));
        let two = mapped(&["theirs"], &[("theirs", "mrr"), ("theirs", "plan")], false);
        let help = "map it to one of them".to_owned();
        assert_eq!(two, Err(vec![(Code::DuplicateColumn, "theirs".to_owned(), help)]));
    }

    #[test]
    fn every_mapping_of_a_column_that_is_not_there_is_told() {
        let missing = |redact| mapped(&["a", "b"], &[("x", "mrr"), ("plan", "product")], redact);
        let told = |x: &str, help: &str| {
            let fault = |column: &str| (Code::MissingColumn, column.to_owned(), help.to_owned());
            Err(vec![fault(x), fault("plan")])
        };
        assert_eq!(missing(false), told("x", "its columns are `a`, `b`"));
        // What users call their columns may be data; names of ours are not.
        assert_eq!(missing(true), told("…", "its columns are `…`, `…`"));
    }

    #[test]
    fn a_wide_table_names_its_first_columns() {
        let names: Vec<String> = (0..=NAMED).map(|n| format!("c{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = |columns: &[&str]| {
            mapped(columns, &[("x", "mrr")], false).err().and_then(|faults| Some(faults.first()?.2.clone()))
        };
        assert!(help(&names).is_some_and(|help| help.ends_with("`c19`, and 1 more")));
        assert!(names.get(..NAMED).and_then(help).is_some_and(|help| help.ends_with("`c18`, `c19`")));
    }
}
