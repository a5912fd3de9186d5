//! Why a value is refused, and how to mend it, in words.

use super::input::Scalar;
use super::schema::ColumnKind;
use crate::error::{Code, Problem, quoted};
use crate::money::{AmountFault, decimal_text};
use crate::period::{Day, DayError};

/// Why a value is refused.
pub(super) enum Refusal {
    WrongType,
    /// What data frames write for a missing value.
    NotANumber,
    /// A float for an amount that may have so many decimals.
    FloatMoney(u8),
    Date(DayError),
    Amount {
        fault: AmountFault,
        digits: u8,
        scale: u8,
    },
    Negative,
    Count,
    Number,
    /// No score up to this one.
    Score(u32),
    Flag,
    UnknownChoice(&'static [&'static str]),
    TooLong(u64),
}

impl Refusal {
    /// The fault of a value of a column, not located in its row yet.
    pub(super) fn problem(self, table: &str, column: &str, kind: ColumnKind, scalar: &Scalar<'_>) -> Problem {
        let text = shown(scalar);
        let input = quoted(&text);
        let problem = |code, message: String| Problem::table(code, table, message).value(&text);
        // What has no value to show is named by what it is.
        let unexpected = |what: &str| {
            let message = format!("{what} stands where {} is expected", expected(kind));
            Problem::table(Code::WrongType, table, message)
        };
        let wrong_type = || match scalar {
            Scalar::Other(what) => unexpected(what),
            _ => {
                let message = format!("{input} is {}, where {} is expected", what(scalar), expected(kind));
                problem(Code::WrongType, message)
            }
        };
        match self {
            Self::NotANumber => unexpected("a missing value")
                .help("leave it out; in pandas: df = df.astype(object).where(df.notna(), None)"),
            Self::WrongType => wrong_type().help(mending(kind, column, scalar)),
            Self::FloatMoney(digits) => wrong_type().help(format!(
                "floats cannot hold money; give text or decimals; in pandas: \
                 df[\"{column}\"] = df[\"{column}\"].map(\"{{:.{digits}f}}\".format, na_action=\"ignore\")"
            )),
            Self::Date(fault) => fault.problem(&text).in_table(table),
            Self::Amount { fault, digits, scale } => fault.problem(&text, digits, scale).in_table(table),
            Self::Negative => problem(Code::NegativeAmount, format!("{input} is below zero"))
                .help("an amount is from 0 up; what is credited is a contract that ends or costs less"),
            Self::Count => problem(Code::InvalidCount, format!("{input} is not a count"))
                .help("a count is a whole number from 0 to 9007199254740991"),
            Self::Number => problem(Code::InvalidNumber, format!("{input} is not a plain number"))
                .help("write it like 12.5, without an exponent"),
            Self::Score(most) => problem(Code::InvalidScore, format!("{input} is not a score"))
                .help(format!("a score is a number from 0 to {most}")),
            Self::Flag => {
                problem(Code::InvalidFlag, format!("{input} is neither true nor false")).help("write true or false")
            }
            Self::UnknownChoice(words) => problem(Code::UnknownChoice, format!("{column} has no choice {input}"))
                .help(format!("one of {}", words.join(", "))),
            Self::TooLong(most) => problem(Code::LimitExceeded, format!("{input} is longer than {most} bytes"))
                .help("shorten it, or raise the limits id_bytes or field_bytes"),
        }
    }
}

/// The value as a person writes it.
fn shown(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Absent => String::new(),
        Scalar::Text(text) | Scalar::Moment(text) | Scalar::Other(text) => (*text).to_owned(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Decimal { units, scale } => decimal_text(*units, *scale),
        Scalar::Date(days) => {
            Day::from_unix_days(i64::from(*days)).map_or_else(|| format!("{days} days"), |day| day.to_string())
        }
        Scalar::Flag(flag) => flag.to_string(),
        Scalar::Float(number) => {
            let infinity = || if *number > 0.0 { "inf" } else { "-inf" }.to_owned();
            crate::float::canonical(*number).unwrap_or_else(infinity)
        }
    }
}

fn what<'s>(scalar: &Scalar<'s>) -> &'s str {
    match scalar {
        Scalar::Absent => "nothing",
        Scalar::Text(_) => "text",
        Scalar::Integer(_) => "a whole number",
        Scalar::Decimal { .. } => "a decimal number",
        Scalar::Date(_) => "a date",
        Scalar::Flag(_) => "a flag",
        Scalar::Float(_) => "a floating-point number",
        Scalar::Moment(_) => "a date with a time or a zone",
        Scalar::Other(what) => what,
    }
}

fn expected(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "an id as text",
        ColumnKind::Text => "text",
        ColumnKind::Date => "a date",
        ColumnKind::Money => "an exact amount",
        ColumnKind::Count => "a count",
        ColumnKind::Number => "a number",
        ColumnKind::Score(_) => "a score",
        ColumnKind::Flag => "true or false",
        ColumnKind::Choice(_) => "a word",
    }
}

/// How to mend a value of the wrong type, in the words of the tools that most often cause it.
fn mending(kind: ColumnKind, column: &str, scalar: &Scalar<'_>) -> String {
    match (kind, scalar) {
        (ColumnKind::Id, Scalar::Float(_)) => format!(
            "one missing value turns a pandas column into floats; give text; in pandas: \
             df[\"{column}\"] = df[\"{column}\"].astype(\"Int64\").astype(\"string\")"
        ),
        (ColumnKind::Date, Scalar::Moment(_)) => {
            format!("give the civil date alone; in pandas: df[\"{column}\"] = df[\"{column}\"].dt.date")
        }
        (ColumnKind::Date, _) => "write it like 2026-01-31".to_owned(),
        (ColumnKind::Money, _) => "write it as text, like 1200.00".to_owned(),
        _ => format!("give {}", expected(kind)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(ColumnKind::Money, Scalar::Other("a list"), "a list stands where an exact amount is expected", None)]
    #[case(
        ColumnKind::Text,
        Scalar::Float(f64::INFINITY),
        "`inf` is a floating-point number, where text is expected",
        Some("inf")
    )]
    #[case(
        ColumnKind::Text,
        Scalar::Float(f64::NEG_INFINITY),
        "`-inf` is a floating-point number, where text is expected",
        Some("-inf")
    )]
    #[case(ColumnKind::Flag, Scalar::Integer(1), "`1` is a whole number, where true or false is expected", Some("1"))]
    fn what_is_of_the_wrong_type_is_named(
        #[case] kind: ColumnKind,
        #[case] scalar: Scalar<'_>,
        #[case] message: &str,
        #[case] value: Option<&str>,
    ) {
        let problem = Refusal::WrongType.problem("contracts", "mrr", kind, &scalar);
        assert_eq!((problem.message.as_str(), problem.value.as_deref()), (message, value));
    }

    #[rstest]
    #[case(ColumnKind::Id, Scalar::Float(1.0), "pandas: df[\"id\"] = df[\"id\"].astype(\"Int64\").astype(\"string\")")]
    #[case(ColumnKind::Id, Scalar::Flag(true), "give an id as text")]
    #[case(ColumnKind::Date, Scalar::Moment("2026-01-01 12:00"), "pandas: df[\"id\"] = df[\"id\"].dt.date")]
    #[case(ColumnKind::Date, Scalar::Integer(1), "write it like 2026-01-31")]
    #[case(ColumnKind::Money, Scalar::Flag(true), "write it as text, like 1200.00")]
    #[case(ColumnKind::Count, Scalar::Flag(true), "give a count")]
    fn the_wrong_type_is_mended(#[case] kind: ColumnKind, #[case] scalar: Scalar<'_>, #[case] help: &str) {
        assert!(mending(kind, "id", &scalar).ends_with(help));
    }
}
