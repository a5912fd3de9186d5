//! The table `signals`: what was measured of customers.

use std::sync::Arc;

use chrono::NaiveDate;

use super::input_table::input_table;
use super::kinds::kind;
use super::rows::Rows;
use super::schema::Known;
use crate::error::{Code, Problem, quoted};
use crate::float;
use crate::parts::rows_where;
use crate::word::words;

words! {
    /// A signal that means the same in every company, by its name; every other name is a company's own.
    ReservedSignal {
        /// Persons who used the product.
        ActiveUsers,
        /// Persons who may use it.
        LicensedUsers,
        /// Executives who used it.
        ExecutiveUsers,
        /// Logins a day.
        Logins,
        /// Features that were used.
        FeaturesUsed,
        /// Features that can be used.
        FeaturesAvailable,
        /// Uses of the best features.
        KeyFeatureUses,
        /// Problems that the customer solved alone.
        SelfServiceResolutions,
        /// Contacts with support.
        SupportContacts,
        /// Emails of marketing that were sent.
        EmailsSent,
        /// Those that were opened.
        EmailsOpened,
        /// Those of which a link was followed.
        EmailsClicked,
        /// What was written in the community.
        CommunityPosts,
        /// Days by which a payment is late, 0 where none is.
        DaysPastDue,
        /// Whether the product is used in meetings of executives: 1 or 0.
        UsedInExecutiveMeetings,
    }
}

input_table! {
    /// A number that was measured of a customer on a day.
    ///
    /// ```
    /// use cs_core::Signal;
    /// let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default();
    /// let signal = Signal::new("acme", "active_users", day, 12.0);
    /// assert_eq!(signal.recorded_on, None);
    /// ```
    pub struct Signal("signals": "What was measured of customers."), keyed by &[], with one of &[],
    known from Known::from("observed_on"), with spans &[];
    required {
        /// The customer.
        customer_id: String as kind::Id,
        /// What was measured: a reserved name, such as `active_users`, or one of the company's own.
        signal: String as kind::Id,
        /// The day of which it tells.
        observed_on: NaiveDate as kind::Date,
        /// The number. Of a reserved name it is from 0 up, of `used_in_executive_meetings` 0 or 1.
        value: f64 as kind::Number,
    }
    optional {
        /// The day on which it became known, where that is another.
        recorded_on: NaiveDate as kind::Date,
    }
}

/// Rejects values that a reserved signal does not have.
pub(super) fn judge(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let (Some(signals), Some(values)) = (columns.texts("signal"), columns.numbers("value")) else { return };
    let names = Arc::clone(signals.pool());
    let reserved: Vec<Option<ReservedSignal>> = names.iter().map(ReservedSignal::from_name).collect();
    let signal = |row: usize| reserved.get(*signals.codes().get(row)? as usize).copied().flatten();
    let is_wrong = |row: usize| match (signal(row), values.get(row)) {
        (Some(ReservedSignal::UsedInExecutiveMeetings), Some(value)) => value != 0.0 && value != 1.0,
        (Some(_), Some(value)) => value < 0.0,
        _ => false,
    };
    let table = sheet.spec.name;
    for row in rows_where(sheet.rows(), is_wrong).into_iter().map(|row| row as usize) {
        let Some(signal) = signal(row) else { continue };
        sheet.reject(row, Some("value"), || {
            let value = values.get(row).and_then(float::canonical).unwrap_or_default();
            let help = match signal {
                ReservedSignal::UsedInExecutiveMeetings => {
                    "it is 0 or 1; what is measured otherwise has a name of its own"
                }
                _ => "it is from 0 up; what is measured otherwise has a name of its own",
            };
            Problem::table(Code::InvalidSignal, table, format!("{} is no value of {signal}", quoted(&value)))
                .value(&value)
                .help(help)
        });
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::ReservedSignal;
    use crate::error::Code;
    use crate::portfolio::Portfolio;

    const UP: &str = "it is from 0 up; what is measured otherwise has a name of its own";
    const YES_OR_NO: &str = "it is 0 or 1; what is measured otherwise has a name of its own";

    /// The help for a signal with a value that it cannot have.
    fn help(signal: &str, value: &str) -> Option<String> {
        let signals = format!("customer_id,signal,observed_on,value\nacme,{signal},2026-01-31,{value}\n");
        let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,1\n";
        let error = Portfolio::from_csv(contracts).signals(&signals).currency("USD").load().err()?;
        let problem = error.problems().first()?;
        let found = (error.total(), problem.code, problem.path.as_str());
        assert_eq!(found, (1, Code::InvalidSignal, "signals[1].value"));
        problem.help.clone()
    }

    #[rstest]
    #[case("active_users", "-0.5", Some(UP))]
    #[case("active_users", "0", None)]
    #[case("active_users", "0.5", None)]
    #[case("active_users", "2", None)]
    #[case("used_in_executive_meetings", "-1", Some(YES_OR_NO))]
    #[case("used_in_executive_meetings", "0", None)]
    #[case("used_in_executive_meetings", "0.5", Some(YES_OR_NO))]
    #[case("used_in_executive_meetings", "1", None)]
    #[case("used_in_executive_meetings", "2", Some(YES_OR_NO))]
    #[case("mood", "-0.5", None)]
    #[case("Active_users", "-0.5", None)]
    fn a_reserved_name_has_its_values(#[case] signal: &str, #[case] value: &str, #[case] expected: Option<&str>) {
        assert_eq!(help(signal, value).as_deref(), expected);
    }

    #[test]
    fn no_reserved_name_has_values_below_zero() {
        for signal in ReservedSignal::ALL {
            assert!(help(signal.name(), "-1").is_some(), "{signal}");
            assert_eq!(help(signal.name(), "1"), None, "{signal}");
        }
    }
}
