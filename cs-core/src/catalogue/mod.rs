//! All that there is, with what interfaces are built from: labels in two languages, units, formats, which direction is good,
//! formulas and sources.

mod names;

pub use names::CatalogueUnit;

use std::sync::Arc;

use names::Names;

use crate::board::{Good, Kpi, Kpis};
use crate::definitions::Definitions;
use crate::docs::in_one_line;
use crate::error::Error;
use crate::functions::ON_NUMBERS;
use crate::interner::Interner;
use crate::metrics::FORMULAS;
use crate::operations::{Gives, OPERATIONS};
use crate::query::{About, Errors, Function, Given, Operation as _};
use crate::ratio::Reason;
use crate::table::{ColumnDoc, Headed as _, Metadata, result_table};
use crate::word::words;

words! {
    /// What an entry of the catalogue is.
    CatalogueEntry {
        /// A formula on plain numbers.
        Metric,
        /// An indicator of the board.
        Indicator,
        /// A column of a result.
        Column,
        /// A figure of a report, beside its tables.
        Figure,
        /// A switch of definitions.
        Switch,
    }
}

result_table! {
    /// All that there is, a row for each metric, indicator, column, figure and switch.
    pub struct Catalogue("catalogue") of
    /// One of them.
    CatalogueRow<'a>, built from Columns {
        /// What tells it from all others, such as `movements.opening_mrr`, `metrics.nps` or `definitions.period`.
        id: &'a str as Text,
        /// What it is.
        entry: CatalogueEntry as Choice<CatalogueEntry>,
        /// What has it: an operation, a table of a report, a function, `metrics`, `kpis` or `definitions`.
        operation: &'a str as Text,
        /// Its name there.
        name: &'a str as Text,
        /// Its label in English.
        label_en: &'a str as Text,
        /// Its label in Japanese.
        label_ja: &'a str as Text,
        /// What it is counted in.
        unit: CatalogueUnit as Choice<CatalogueUnit>,
        /// How a number of it is shown, as spreadsheets write it, amounts with the two decimals that most currencies have; absent for
        /// what is none.
        format: Option<&'a str> as MaybeText,
        /// Which direction is good; absent where neither is.
        good: Option<Good> as MaybeChoice<Good>,
        /// Its formula, or what it says.
        formula: &'a str as Text,
        /// Where its definition comes from; absent for switches.
        source: Option<&'a str> as MaybeText,
    }
}

impl Function for Catalogue {
    const ABOUT: About = About {
        doc: "All that there is, with what interfaces are built from.\n\n\
              Each metric, indicator, column, figure and switch has a label in English and Japanese, a unit, a format as spreadsheets \
              write it, the direction that is good, its formula and its source.",
        parameters: &[],
        rows: "A row for each metric, indicator, column, figure and switch, in their order.",
        errors: Errors::of(&[], &[]),
        source: "The library itself.",
    };

    fn compute(_: &Given<'_>) -> Result<Self, Error> {
        Self::all()
    }
}

impl Catalogue {
    /// All that there is.
    ///
    /// # Errors
    /// None that a user could cause.
    ///
    /// ```
    /// use cs_core::{Catalogue, Good};
    /// let catalogue = Catalogue::all()?;
    /// let row = catalogue.rows().find(|row| row.id == "movements.churned_mrr").unwrap();
    /// assert_eq!((row.label_en, row.label_ja, row.good), ("Churned MRR", "解約MRR", Some(Good::Low)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn all() -> Result<Self, Error> {
        let names = Names::read()?;
        let mut rows = Rows { names: &names, texts: Interner::default(), rows: Vec::new() };
        for formula in FORMULAS.iter().copied().flatten() {
            rows.add(CatalogueEntry::Metric, "metrics", formula.name, formula.doc, Some(formula.source))?;
        }
        for operation in OPERATIONS {
            match operation.gives {
                Gives::Table(columns) => rows.add_columns(operation.name, columns, operation.source)?,
                Gives::Report { figures, tables, .. } => {
                    for figure in figures {
                        let source = Some(operation.source);
                        rows.add(CatalogueEntry::Figure, operation.name, figure.name, figure.doc, source)?;
                    }
                    for table in tables {
                        rows.add_columns(
                            &format!("{}.{}", operation.name, table.name),
                            table.columns,
                            operation.source,
                        )?;
                    }
                }
                #[cfg(feature = "backtest")]
                Gives::Scorecard => {}
            }
        }
        for function in ON_NUMBERS {
            rows.add_columns(function.name, function.columns, function.source)?;
        }
        rows.add_columns(Self::HEADING.0, Self::HEADING.1, Self::ABOUT.source)?;
        for &kpi in Kpi::ALL {
            rows.add(CatalogueEntry::Indicator, "kpis", kpi.name(), kpi.doc(), Some(Kpis::ABOUT.source))?;
        }
        for switch in Definitions::SPECS {
            rows.add(CatalogueEntry::Switch, "definitions", switch.name, switch.doc, None)?;
        }
        Ok(rows.into_table())
    }
}

/// The rows while they are made.
struct Rows<'n> {
    names: &'n Names,
    texts: Interner,
    rows: Vec<Row>,
}

/// A row, its texts as positions among all.
struct Row {
    id: u32,
    entry: CatalogueEntry,
    operation: u32,
    name: u32,
    labels: [u32; 2],
    unit: CatalogueUnit,
    format: Option<u32>,
    good: Option<Good>,
    formula: u32,
    source: Option<u32>,
}

impl Rows<'_> {
    fn add_columns(&mut self, operation: &str, columns: &[ColumnDoc], source: &str) -> Result<(), Error> {
        columns
            .iter()
            .try_for_each(|column| self.add(CatalogueEntry::Column, operation, column.name, column.doc, Some(source)))
    }

    fn add(
        &mut self,
        entry: CatalogueEntry,
        operation: &str,
        name: &str,
        doc: &str,
        source: Option<&str>,
    ) -> Result<(), Error> {
        let known = self.names.get(operation, name)?;
        self.rows.push(Row {
            id: self.texts.intern(&format!("{operation}.{name}")),
            entry,
            operation: self.texts.intern(operation),
            name: self.texts.intern(name),
            labels: [&known.en, &known.ja].map(|label| self.texts.intern(label)),
            unit: known.unit,
            format: known.unit.format().map(|format| self.texts.intern(format)),
            good: known.good,
            formula: self.texts.intern(&in_one_line(doc)),
            source: source.map(|source| self.texts.intern(source)),
        });
        Ok(())
    }

    fn into_table(self) -> Catalogue {
        let mut columns = Columns::of(&Arc::new(self.texts.into_pool()));
        for row in self.rows {
            let [en, ja] = row.labels;
            columns.id.0.push(row.id);
            columns.entry.push(row.entry);
            columns.operation.0.push(row.operation);
            columns.name.0.push(row.name);
            columns.label_en.0.push(en);
            columns.label_ja.0.push(ja);
            columns.unit.push(row.unit);
            columns.format.0.push(row.format.ok_or(Reason::OtherUnit));
            columns.good.push(row.good.map(|good| good as u32).ok_or(Reason::NotKnown));
            columns.formula.0.push(row.formula);
            columns.source.0.push(row.source.ok_or(Reason::NotKnown));
        }
        columns.into_table(Vec::new(), 0, Metadata::new(Catalogue::HEADING.0, None, &Definitions::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;

    #[test]
    fn every_name_that_is_told_is_in_the_catalogue() -> Result<(), Error> {
        let catalogue = Catalogue::all()?;
        let names = Names::read()?;
        let mut told: Vec<String> = Vec::new();
        for row in catalogue.rows() {
            // What is said of it there comes before what is said of its name.
            let is_own = names.iter().any(|name| name == row.id);
            told.push(if is_own { row.id } else { row.name }.to_owned());
        }
        told.sort_unstable();
        told.dedup();
        assert_eq!(told, names.iter().collect::<Vec<_>>(), "each once, in their order, and none that nothing has");
        Ok(())
    }

    #[test]
    fn ids_are_told_once_and_labels_in_a_table_too() -> Result<(), Error> {
        let catalogue = Catalogue::all()?;
        for told in [
            |row: &CatalogueRow<'_>| row.id.to_owned(),
            |row: &CatalogueRow<'_>| format!("{} {:?} {}", row.operation, row.entry, row.label_en),
            |row: &CatalogueRow<'_>| format!("{} {:?} {}", row.operation, row.entry, row.label_ja),
        ] {
            let mut all: Vec<String> = catalogue.rows().map(|row| told(&row)).collect();
            all.sort_unstable();
            let twice: Vec<&[String]> = all.windows(2).filter(|pair| pair.first() == pair.last()).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
        Ok(())
    }

    #[test]
    fn indicators_are_good_where_their_names_are() -> Result<(), Error> {
        let names = Names::read()?;
        for &kpi in Kpi::ALL {
            assert_eq!(names.get("kpis", kpi.name())?.good, Some(kpi.good()), "{kpi}");
        }
        Ok(())
    }

    #[test]
    fn units_are_of_the_kind_of_their_columns() -> Result<(), Error> {
        let names = Names::read()?;
        for operation in OPERATIONS {
            let tables = match operation.gives {
                Gives::Table(columns) => vec![(operation.name.to_owned(), columns)],
                Gives::Report { tables, .. } => {
                    let of_report = tables.iter();
                    of_report.map(|table| (format!("{}.{}", operation.name, table.name), table.columns)).collect()
                }
                #[cfg(feature = "backtest")]
                Gives::Scorecard => Vec::new(),
            };
            for (table, column) in
                tables.iter().flat_map(|(table, columns)| columns.iter().map(move |one| (table, one)))
            {
                let unit = names.get(table, column.name)?.unit;
                let is_number = !matches!(
                    unit,
                    CatalogueUnit::Money
                        | CatalogueUnit::Date
                        | CatalogueUnit::Text
                        | CatalogueUnit::Flag
                        | CatalogueUnit::List
                        | CatalogueUnit::Switch
                );
                let fits = match column.kind {
                    Kind::Money => unit == CatalogueUnit::Money,
                    Kind::Date => unit == CatalogueUnit::Date,
                    Kind::Text => unit == CatalogueUnit::Text,
                    Kind::Flag => unit == CatalogueUnit::Flag,
                    Kind::TextList => unit == CatalogueUnit::List,
                    Kind::Count | Kind::Ratio => is_number,
                };
                assert!(fits, "{table}.{}: {unit:?} of {:?}", column.name, column.kind);
            }
        }
        Ok(())
    }

    #[test]
    fn every_entry_says_what_it_is() -> Result<(), Error> {
        for row in Catalogue::all()?.rows() {
            assert!(!row.formula.is_empty() && !row.label_en.is_empty() && !row.label_ja.is_empty(), "{}", row.id);
            assert_eq!(row.format.is_some(), row.unit.format().is_some());
        }
        Ok(())
    }
}
