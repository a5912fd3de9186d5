//! Where the data ends: the latest day of which it tells.

use super::columns::Columns;
use super::contracts::Contract;
use super::rows::Rows;
use super::schema::{RECORDED_ON, TableSpec};
use crate::parts::{ROWS_A_PART, joined};
use crate::period::Day;
use crate::table::Nullable;

/// The latest day on which any of the accepted rows, or a fact in one of them, became known; none without rows.
pub(super) fn until<'r, 'w: 'r>(tables: impl Iterator<Item = &'r Rows<'w>>) -> Option<Day> {
    let latest = |rows: &'r Rows<'w>| {
        let days = KnownDays::of(rows.sheet.spec, &rows.columns);
        let of_row = |row: usize| if rows.sheet.accepts(row) { days.latest(row) } else { None };
        joined(rows.sheet.rows(), ROWS_A_PART, |part| part.filter_map(of_row).max(), Ord::max)
    };
    tables.filter_map(latest).max()
}

/// A column of days, if it was given.
#[derive(Clone, Copy)]
struct Days<'a>(Option<&'a Nullable<Day>>);

/// The columns that say when something of a row became known.
struct KnownDays<'a> {
    recorded_on: Days<'a>,
    /// Of a contract.
    contract: Option<ContractDays<'a>>,
    /// Of any other fact.
    others: Vec<&'a Nullable<Day>>,
}

/// The columns that say when something of a contract became known.
struct ContractDays<'a> {
    signed_date: Days<'a>,
    start_date: Days<'a>,
    end_date: Days<'a>,
    term_end: Days<'a>,
    notice_date: Days<'a>,
    notice_withdrawn_on: Days<'a>,
}

impl Days<'_> {
    #[inline]
    fn get(self, row: usize) -> Option<Day> {
        self.0.and_then(|days| days.get(row))
    }
}

impl<'a> KnownDays<'a> {
    fn of(spec: &TableSpec, columns: &'a Columns) -> Self {
        Self {
            recorded_on: Days(columns.days(RECORDED_ON)),
            contract: (spec.name == Contract::SPEC.name).then(|| ContractDays::of(columns)),
            others: spec.known.days().filter_map(|name| columns.days(name)).collect(),
        }
    }

    /// The latest day of a row: that on which it was recorded, or else that of the latest of its facts.
    fn latest(&self, row: usize) -> Option<Day> {
        let recorded = self.recorded_on.get(row);
        if recorded.is_some() {
            return recorded;
        }
        // None is less than any day.
        let others = self.others.iter().filter_map(|days| days.get(row)).max();
        others.max(self.contract.as_ref().and_then(|contract| contract.latest(row)))
    }
}

impl<'a> ContractDays<'a> {
    fn of(columns: &'a Columns) -> Self {
        let days = |name| Days(columns.days(name));
        Self {
            signed_date: days("signed_date"),
            start_date: days("start_date"),
            end_date: days("end_date"),
            term_end: days("term_end"),
            notice_date: days("notice_date"),
            notice_withdrawn_on: days("notice_withdrawn_on"),
        }
    }

    fn latest(&self, row: usize) -> Option<Day> {
        let began = self.signed_date.get(row).or_else(|| self.start_date.get(row));
        let noticed = self.notice_date.get(row).max(self.notice_withdrawn_on.get(row));
        began.max(noticed).max(self.end_known(row))
    }

    /// The day on which a contract's end became known: that of a notice that stands, or the end itself. An end with the
    /// term is a plan.
    fn end_known(&self, row: usize) -> Option<Day> {
        let end = self.end_date.get(row).filter(|&end| self.term_end.get(row) != Some(end))?;
        let notice = self.notice_date.get(row).filter(|_| self.notice_withdrawn_on.get(row).is_none());
        Some(notice.map_or(end, |notice| notice.min(end)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use rstest::rstest;

    use crate::error::{Code, Error};
    use crate::portfolio::{Load, OnInvalid, Portfolio};

    const HEADER: &str = "contract_id,customer_id,mrr,start_date,signed_date,end_date,term_end,notice_date,\
                          notice_withdrawn_on,recorded_on\n";

    fn until(load: Load<'_>) -> Result<Option<String>, Error> {
        Ok(load.currency("USD").load()?.observed_until().map(|day| day.to_string()))
    }

    #[rstest]
    #[case::starts("2026-01-01,,,,,,", "2026-01-01")]
    #[case::signed_before("2026-05-01,2026-03-01,,,,,", "2026-03-01")]
    #[case::signed_after("2026-01-01,2026-03-01,,,,,", "2026-03-01")]
    #[case::ends("2026-01-01,,2026-06-01,,,,", "2026-06-01")]
    #[case::ends_as_planned("2026-01-01,,2026-06-01,2026-06-01,,,", "2026-01-01")]
    #[case::ends_early("2026-01-01,,2026-05-01,2026-06-01,,,", "2026-05-01")]
    #[case::has_a_term("2026-01-01,,,2026-06-01,,,", "2026-01-01")]
    #[case::gives_notice("2026-01-01,,2026-06-01,,2026-04-10,,", "2026-04-10")]
    #[case::gives_notice_of_the_plan("2026-01-01,,2026-06-01,2026-06-01,2026-04-10,,", "2026-04-10")]
    #[case::gives_notice_afterwards("2026-01-01,,2026-06-01,,2026-07-10,,", "2026-07-10")]
    #[case::takes_notice_back("2026-01-01,,,,2026-04-10,2026-04-20,", "2026-04-20")]
    #[case::ends_without_notice("2026-01-01,,2026-06-01,,2026-04-10,2026-04-20,", "2026-06-01")]
    #[case::recorded("2026-01-01,2026-01-02,2026-06-01,2027-01-01,2026-04-10,2026-04-20,2026-02-01", "2026-02-01")]
    fn a_contract_is_known(#[case] row: &str, #[case] expected: &str) -> Result<(), Error> {
        let file = format!("{HEADER}c-1,acme,1,{row}\n");
        assert_eq!(until(Portfolio::from_csv(&file))?.as_deref(), Some(expected));
        Ok(())
    }

    #[test]
    fn the_latest_of_all_tables_counts() -> Result<(), Error> {
        let file = format!("{HEADER}c-1,acme,1,2026-01-01,,,,,,\n");
        let load = || Portfolio::from_csv(&file);
        // Days of attributes are the company's own.
        let customers = "customer_id,recorded_on,start_date,to_date\nacme,2026-02-01,2027-01-01,2027-01-01\nacme,,,\n";
        assert_eq!(until(load().customers(customers))?.as_deref(), Some("2026-02-01"));
        let open = "contract_id,from_date\nc-1,2026-03-01\n";
        assert_eq!(until(load().customers(customers).pauses(open))?.as_deref(), Some("2026-03-01"));
        let closed = "contract_id,from_date,to_date\nc-1,2026-03-01,2026-04-01\nc-1,2026-02-01,\n";
        assert_eq!(until(load().customers(customers).pauses(closed))?.as_deref(), Some("2026-04-01"));
        Ok(())
    }

    #[test]
    fn revisions_that_do_not_count_were_known_too() -> Result<(), Error> {
        let file = format!("{HEADER}c-1,acme,1,2026-01-01,,2026-09-01,,,,\nc-1,acme,1,2026-01-01,,,,,,2026-03-01\n");
        assert_eq!(until(Portfolio::from_csv(&file))?.as_deref(), Some("2026-09-01"));
        Ok(())
    }

    #[test]
    fn rejected_rows_tell_nothing() -> Result<(), Error> {
        let file = format!("{HEADER}c-1,acme,1,2026-01-01,,,,,,\nc-2,acme,-1,2026-08-01,,,,,,\n");
        let load = Portfolio::from_csv(&file).on_invalid(OnInvalid::Reject);
        assert_eq!(until(load)?.as_deref(), Some("2026-01-01"));
        assert_eq!(until(Portfolio::from_csv(HEADER))?, None);
        Ok(())
    }

    #[test]
    fn the_day_that_is_given_counts() -> Result<(), Error> {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let file = format!("{HEADER}c-1,acme,1,2026-01-01,,2026-06-01,,,,\n");
        // Before what the rows tell, after it, and without rows.
        for (file, given) in [(&*file, day(2026, 3, 1)), (&*file, day(2026, 9, 1)), (HEADER, day(2026, 9, 1))] {
            let found = until(Portfolio::from_csv(file).observed_until(given))?;
            assert_eq!(found, Some(given.to_string()));
        }
        let error = until(Portfolio::from_csv(&file).observed_until(day(2300, 1, 1))).err();
        let problems: Vec<(Code, &str)> = error
            .iter()
            .flat_map(|error| error.problems())
            .map(|problem| (problem.code, problem.path.as_str()))
            .collect();
        assert_eq!(problems, [(Code::DateOutOfRange, "observed_until")]);
        Ok(())
    }
}
