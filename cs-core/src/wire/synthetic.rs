//! Portfolios that are drawn. A build without the feature `synthetic` has none, and says so.

#[cfg(feature = "synthetic")]
pub use drawn::{SYNTHETIC, exemplar, synthetic, synthetic_tables};
#[cfg(not(feature = "synthetic"))]
pub use lacking::{exemplar, synthetic, synthetic_tables};

#[cfg(feature = "synthetic")]
mod drawn {
    use crate::definitions::Definitions;
    use crate::docs::documented;
    use crate::error::{Code, Error};
    use crate::json::Json;
    use crate::portfolio::{Limits, Portfolio, spec_of};
    use crate::query::{Arguments, Errors, Parameter, Takes};
    use crate::synthetic::{PlantedFault, shown_tables};
    use crate::table::Table;
    use crate::watch::Watch;
    use crate::wire::constructor::{Constructor, LOAD_DEFINITIONS};
    use crate::word::Word as _;

    const CUSTOMERS: Parameter =
        Parameter::optional("customers", Takes::Count, "1000", "How many customers, from 1 to 5000000.");
    const MONTHS: Parameter =
        Parameter::optional("months", Takes::Count, "36", "How many months the book tells of, from 1 to 120.");
    const SEED: Parameter =
        Parameter::optional("seed", Takes::Count, "1", "Which of many such books, from 0 to 9007199254740991.");
    const CURRENCY: Parameter = Parameter::optional(
        "currency",
        Takes::Text,
        "\"USD\"",
        "The currency by its ISO 4217 code; prices in one without decimals are a hundred times those in others.",
    );
    const FAULT: Parameter = Parameter::optional(
        "fault",
        Takes::Choice(PlantedFault::WORDS),
        "null",
        "The principle that the company breaks; monitor_health, loyalty_without_personal_ties, hard_metrics and \
                 cs_operations touch every customer, also those who are not planted in truth.",
    );
    const LIMITS: Parameter = Parameter::optional(
        "limits",
        Takes::Limits,
        "null",
        "What the book, and each table that is shown of it, may hold at most, by the names of the limits.",
    );

    /// Draws a portfolio.
    pub const SYNTHETIC: Constructor = Constructor {
        name: "synthetic",
        doc: documented(
            "A portfolio that is drawn: a company with its plans, seasons, renewals and mistakes.\n\n\
              It is the same for the same arguments in every language, and begins on 2023-01-01.\n\n\
              `table` shows all its tables, also those of which nothing is computed yet, and `truth`: what strained the \
              relation to each customer (`cause`, `began_on`, `ended_on`), whether that ended it (`left_on`), the MRR that \
              was lost or else is paid at the end (`mrr`), and whether the fault brought it (`planted`). Who came back has \
              a row for each stay, and each departure stands in one row.",
        ),
        parameters: &[CUSTOMERS, MONTHS, SEED, CURRENCY, FAULT, LIMITS, LOAD_DEFINITIONS],
        errors: Errors::of(&[Code::LimitExceeded], &[Code::UnknownCurrency]),
        source: documented(
            "The company is made up; what strains its customers follows \"Customer Success\" by Mehta, Steinman and \
                 Murphy, and the draws are those of SplitMix64 by Steele, Lea and Flood, 2014.",
        ),
    };

    /// A table of every scalar kind, absent cells and awkward values included: what bindings are tested with.
    ///
    /// # Errors
    /// `not_available` in a build without the feature `synthetic`.
    pub fn exemplar() -> Result<Table, Error> {
        Ok(crate::table::exemplar())
    }

    /// The tables that only a synthetic portfolio has.
    #[must_use]
    pub fn synthetic_tables() -> Vec<&'static str> {
        shown_tables().filter(|name| spec_of(name).is_none()).collect()
    }

    /// Draws a portfolio, by the arguments of [`SYNTHETIC`].
    ///
    /// # Errors
    /// Those of [`Synthetic::load`](crate::Synthetic::load), and `unknown_argument`, `invalid_argument`.
    pub fn synthetic(arguments: &Json, watch: &dyn Watch) -> Result<Portfolio, Error> {
        let arguments = Arguments::of(arguments, SYNTHETIC.parameters)?;
        let mut synthetic = Portfolio::synthetic()
            .customers(arguments.count(CUSTOMERS.name)?)
            .months(arguments.count(MONTHS.name)?)
            .seed(arguments.number(SEED.name)?)
            .watch(watch);
        if let Json::Text(code) = arguments.value(CURRENCY.name)? {
            synthetic = synthetic.currency(code);
        }
        if let Json::Text(fault) = arguments.value(FAULT.name)? {
            synthetic = synthetic.fault(PlantedFault::from_word(&fault));
        }
        if let limits @ Json::Object(_) = arguments.value(LIMITS.name)? {
            synthetic = synthetic.limits(Limits::from_object(&limits)?);
        }
        if let object @ Json::Object(_) = arguments.value(LOAD_DEFINITIONS.name)? {
            synthetic = synthetic.definitions(Definitions::from_object(&object)?);
        }
        synthetic.load()
    }
}

#[cfg(not(feature = "synthetic"))]
mod lacking {
    use crate::error::{Code, Error, Problem};
    use crate::json::Json;
    use crate::portfolio::Portfolio;
    use crate::table::Table;
    use crate::watch::Watch;

    /// Refuses to draw a table.
    ///
    /// # Errors
    /// `not_available`.
    pub fn exemplar() -> Result<Table, Error> {
        Err(lacking())
    }

    fn lacking() -> Error {
        let message = "this build has no synthetic portfolios";
        let problem = Problem::argument(Code::NotAvailable, "synthetic", message);
        problem.help("load the build that has everything").into()
    }

    /// No table is only a synthetic portfolio's where there is none.
    #[must_use]
    pub fn synthetic_tables() -> Vec<&'static str> {
        Vec::new()
    }

    /// Refuses to draw a portfolio.
    ///
    /// # Errors
    /// `not_available`.
    pub fn synthetic(_: &Json, _: &dyn Watch) -> Result<Portfolio, Error> {
        Err(lacking())
    }
}

#[cfg(all(test, feature = "synthetic"))]
mod tests {
    use std::collections::BTreeSet;

    use super::synthetic_tables;
    use crate::portfolio::TABLES_TO_COME;

    #[test]
    fn what_is_shown_and_not_loaded_is_to_come() {
        let shown: BTreeSet<&str> = synthetic_tables().into_iter().collect();
        assert_eq!(shown, TABLES_TO_COME.iter().copied().chain(["truth"]).collect());
    }
}
