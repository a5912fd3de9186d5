//! The table `pauses`: days on which a contract is in force and not paid for.

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::columns::CONTRACT_ID;
use super::facts::Facts;
use super::input_table::input_table;
use super::kinds::kind;
use super::schema::{Known, Later, Span, SpanOrder};
use crate::error::Code;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::text::TextPool;

input_table! {
    /// A pause of a contract, from `from_date` until the day before `to_date`.
    ///
    /// ```
    /// use cs_core::Pause;
    /// let day = |month| chrono::NaiveDate::from_ymd_opt(2026, month, 1).ok_or("no such day");
    /// let pause = Pause { to_date: Some(day(4)?), ..Pause::new("c-1", day(3)?) };
    /// assert_eq!(pause.contract_id, "c-1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct Pause("pauses": "The pauses of contracts."), keyed by &[], with one of &[],
    known from Known { from: Some("from_date"), later: &[Later { day: "to_date", with: &[] }] },
    with spans &[Span {
        start: "from_date",
        end: "to_date",
        order: SpanOrder::Lasts {
            what: "the pause",
            after: "that is not in the pause",
            code: Code::EndNotAfterStart,
        },
    }];
    required {
        /// The contract that is paused, whichever of its revisions counts.
        contract_id: String as kind::Id,
        /// The first day of the pause.
        from_date: NaiveDate as kind::Date,
    }
    optional {
        /// The first day that is not in the pause any more; none if its end is open.
        to_date: NaiveDate as kind::Date,
    }
}

/// The pauses of each contract, by the position of its id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pauses {
    /// Where each contract's pauses begin, and where the last one's end.
    bounds: Vec<u32>,
    /// The first day of each, and the first day after it, [`Day::NEVER`] for none.
    days: Vec<(Day, Day)>,
}

impl Pauses {
    /// The days of a table of facts, each of one of these contracts.
    pub(super) fn of(facts: &Facts, contracts: &TextPool) -> Self {
        let (ids, from, to) = (facts.texts(CONTRACT_ID), facts.days("from_date"), facts.days("to_date"));
        let (Some(ids), Some(from)) = (ids, from) else { return Self::default() };
        let positions: HashMap<&str, u32> = contracts.iter().zip(0..).collect();
        let pause = |row: usize| {
            let contract = ids.get(row).and_then(|id| positions.get(id)).copied().unwrap_or_default();
            let to = to.and_then(|days| days.get(row)).unwrap_or(Day::NEVER);
            (contract, (from.get(row).unwrap_or(Day::NEVER), to))
        };
        let mut pauses: Vec<(u32, (Day, Day))> = (0..from.len()).map(pause).collect();
        // Those of one contract are in the order of their days.
        sort_by_key(&mut pauses, |&(contract, _)| u64::from(contract));
        let mut bounds = vec![0_u32; contracts.len() + 1];
        for &(contract, _) in &pauses {
            if let Some(count) = bounds.get_mut(contract as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for bound in &mut bounds {
            sum += *bound;
            *bound = sum;
        }
        Self { bounds, days: pauses.into_iter().map(|(_, days)| days).collect() }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The pauses of a contract, by the position of its id, in the order of their days.
    pub(crate) fn of_contract(&self, contract: u32) -> &[(Day, Day)] {
        let bound = |position: usize| self.bounds.get(position).map(|&bound| bound as usize);
        match (bound(contract as usize), bound(contract as usize + 1)) {
            (Some(start), Some(end)) => self.days.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Pause;
    use crate::error::{Code, Error};
    use crate::period::Day;
    use crate::portfolio::{Contract, Duplicates, Input, InputColumn, OnInvalid, Portfolio, Value};
    use crate::table::Cell;

    const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\n\
                             b,acme,2026-01-01,1\n\
                             a,acme,2026-01-01,1\n\
                             c,acme,2026-01-01,1\n";

    fn load(pauses: &str) -> Result<Portfolio, Error> {
        Portfolio::from_csv(CONTRACTS).pauses(pauses).currency("USD").load()
    }

    fn codes(result: Result<Portfolio, Error>) -> Vec<Code> {
        let problems = result.err().into_iter().flat_map(|error| error.problems().to_vec());
        problems.map(|problem| problem.code).collect()
    }

    #[test]
    fn each_contract_has_its_own_in_order() -> Result<(), Error> {
        let pauses = "contract_id,from_date,to_date\n\
                      c,2026-05-01,\n\
                      b,2026-03-01,2026-04-01\n\
                      b,2026-02-01,2026-06-01\n\
                      c,2026-05-01,2026-05-02\n\
                      b,2026-03-01,2026-04-01\n";
        let portfolio = load(pauses)?;
        assert!(!portfolio.pauses.is_empty());
        let of = |id: &str| -> Vec<(String, Option<String>)> {
            let ids = portfolio.book.ids.pool();
            let contract = ids.iter().position(|known| known == id).map_or(u32::MAX, |position| position as u32);
            let end = |day: Day| (day != Day::NEVER).then(|| day.to_string());
            portfolio.pauses.of_contract(contract).iter().map(|&(from, to)| (from.to_string(), end(to))).collect()
        };
        let day = |month: u32, day: u32| format!("2026-{month:02}-{day:02}");
        assert_eq!(of("a"), []);
        // Equal rows are pauses by themselves.
        let march = (day(3, 1), Some(day(4, 1)));
        assert_eq!(of("b"), [(day(2, 1), Some(day(6, 1))), march.clone(), march]);
        assert_eq!(of("c"), [(day(5, 1), Some(day(5, 2))), (day(5, 1), None)]);
        assert_eq!(of("nobody"), []);
        Ok(())
    }

    #[test]
    fn the_table_is_by_contract_and_days() -> Result<(), Error> {
        // The ids' bytes order it, and not the order in which the contracts came.
        let pauses = "from_date,contract_id,to_date\n\
                      2026-02-01,b,\n\
                      2026-02-01,b,2026-06-01\n\
                      2026-09-01,a,\n\
                      2026-01-01,b,\n";
        let table = load(pauses)?.table("pauses")?;
        let names: Vec<&str> = table.columns().iter().map(|column| column.name()).collect();
        assert_eq!(names, ["contract_id", "from_date", "to_date"]);
        let cell = |row, column| match table.cell(row, column) {
            Cell::Text(text) => text.to_owned(),
            Cell::Date(day) => day.to_string(),
            _ => "-".to_owned(),
        };
        let rows: Vec<String> = (0..table.len())
            .map(|row| format!("{} {} {}", cell(row, "contract_id"), cell(row, "from_date"), cell(row, "to_date")))
            .collect();
        assert_eq!(rows, ["a 2026-09-01 -", "b 2026-01-01 -", "b 2026-02-01 2026-06-01", "b 2026-02-01 -"]);
        Ok(())
    }

    #[test]
    fn an_empty_table_has_the_columns_that_every_row_has() -> Result<(), Error> {
        let without = Portfolio::from_csv(CONTRACTS).currency("USD");
        let list = Portfolio::from_csv(CONTRACTS).currency("USD").pauses(Input::default());
        for portfolio in [without.load()?, list.load()?] {
            assert!(portfolio.pauses.is_empty());
            assert_eq!(portfolio.pauses.of_contract(0), []);
            let table = portfolio.table("pauses")?;
            let names: Vec<&str> = table.columns().iter().map(|column| column.name()).collect();
            assert_eq!((table.len(), names), (0, vec!["contract_id", "from_date"]));
        }
        Ok(())
    }

    #[test]
    fn a_pause_is_of_a_contract_that_is_there() {
        let pause = "contract_id,from_date\nd,2026-02-01\n";
        assert_eq!(codes(load(pause)), [Code::UnknownContract]);
        // Without a single contract there is none for it: as rows of no column, of a type, or of a file.
        let date = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap_or_default();
        let pauses = || [Pause::new("d", date)];
        let none: [Contract; 0] = [];
        assert_eq!(
            codes(Portfolio::from_tables(Input::default()).pauses(pauses()).currency("USD").load()),
            [Code::UnknownContract]
        );
        assert_eq!(
            codes(Portfolio::from_tables(none).pauses(pauses()).currency("USD").load()),
            [Code::UnknownContract]
        );
        let header = "contract_id,customer_id,start_date,mrr\n";
        assert_eq!(codes(Portfolio::from_csv(header).pauses(pause).currency("USD").load()), [Code::UnknownContract]);
    }

    #[test]
    fn contracts_without_ids_say_nothing_of_pauses() {
        let pause = "contract_id,from_date\nd,2026-02-01\n";
        let missing = "customer_id,start_date,mrr\nacme,2026-01-01,1\n";
        assert_eq!(codes(Portfolio::from_csv(missing).pauses(pause).currency("USD").load()), [Code::MissingColumn]);
        let empty = "contract_id,customer_id,mrr\n,acme,1\n";
        let found = codes(Portfolio::from_csv(empty).pauses(pause).currency("USD").load());
        assert_eq!(found, [Code::MissingColumn, Code::MissingValue]);
        // Ids that are there say who is not.
        let other = "contract_id,customer_id,mrr\na,acme,1\n";
        let found = codes(Portfolio::from_csv(other).pauses(pause).currency("USD").load());
        assert_eq!(found, [Code::MissingColumn, Code::UnknownContract]);
    }

    #[test]
    fn a_rejected_contract_takes_its_pauses_with_it() -> Result<(), Error> {
        let contracts = "contract_id,customer_id,start_date,mrr,recorded_on,withdrawn\n\
                         a,acme,2026-01-01,1,2026-01-01,\n\
                         a,acme,2026-01-01,-1,2026-02-01,\n\
                         b,acme,2026-01-01,1,2026-01-01,\n\
                         b,acme,2026-01-01,1,2026-02-01,true\n\
                         c,acme,2026-01-01,1,,\n\
                         c,acme,2026-01-01,1,,\n";
        let pauses = "contract_id,from_date\na,2026-02-01\nb,2026-02-01\nc,2026-02-01\n";
        let load = Portfolio::from_csv(contracts).pauses(pauses).currency("USD").on_invalid(OnInvalid::Reject);
        let portfolio = load.duplicates(Duplicates::Drop).load()?;
        let report = portfolio.load_report();
        let found: Vec<(Code, Option<&str>)> =
            report.problems.kept.iter().map(|problem| (problem.code, problem.table.as_deref())).collect();
        let (of_contracts, of_pauses) = (Some("contracts"), Some("pauses"));
        let expected = [
            (Code::NegativeAmount, of_contracts),
            (Code::RejectedRevision, of_contracts),
            (Code::RejectedContract, of_pauses),
        ];
        assert_eq!(found, expected);
        let accepted: Vec<(&str, u64)> =
            report.tables.iter().map(|table| (table.table.as_str(), table.accepted)).collect();
        assert_eq!(accepted, [("contracts", 3), ("pauses", 2)]);
        Ok(())
    }

    #[test]
    fn what_is_not_given_stays_unsaid() {
        let column = |text: &str| InputColumn::Values(vec![Value::Text(text.to_owned())]);
        let pauses = Input::with_rows(1).column("contract_id", column("a")).column("from_date", column(""));
        let load = Portfolio::from_csv(CONTRACTS).pauses(pauses).currency("USD").load();
        assert_eq!(codes(load), [Code::MissingValue]);
    }
}
