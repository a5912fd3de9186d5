//! Days and ranges of days as text.

use chrono::NaiveDate;
use cs_core::{Calendar, Day, DayError, Month, OnInvalid, PeriodLength, Portfolio};

use crate::checks::{accounted, computed, refused};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Lines of text: two days, a number of months, and a month that fiscal years start in.
pub fn dates(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let (one, two, months, start) = (next(), next(), next(), next());
    for text in [one, two] {
        assert_eq!(text.parse::<Day>().map(|day| day.to_string()), expected(text).map(|()| text.to_owned()));
    }
    loaded(one, two);
    let (Ok(one), Ok(two)) = (one.parse::<Day>(), two.parse::<Day>()) else { return };
    added(one, months.parse().unwrap_or(1));
    let start = start.parse().ok().and_then(Month::new).unwrap_or_default();
    for length in [PeriodLength::Month, PeriodLength::Quarter, PeriodLength::Year] {
        cut(Calendar::new(length, start), one, two);
    }
}

/// Whether a text is a day of the calendar, by the rule of Gregory.
fn expected(text: &str) -> Result<(), DayError> {
    let number = |part: &str, digits: usize| {
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().expect("digits"))
    };
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return Err(DayError::Invalid) };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return Err(DayError::Invalid);
    };
    match (1..=12).contains(&month) && (1..=length_of_month(year, month)).contains(&day) {
        false => Err(DayError::Invalid),
        true if (1900..=2200).contains(&year) => Ok(()),
        true => Err(DayError::OutOfRange),
    }
}

fn length_of_month(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A contract between the two, whatever they are.
fn loaded(start: &str, end: &str) {
    let field = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let file = format!("contract_id,customer_id,start_date,end_date,mrr\nc,a,{},{},1\n", field(start), field(end));
    match Portfolio::from_csv(file.as_str()).currency("USD").on_invalid(OnInvalid::Reject).load() {
        Err(error) => refused(&error),
        Ok(portfolio) => {
            accounted(&portfolio);
            let valid = match (start.parse::<Day>(), end.parse::<Day>()) {
                (Ok(start), Ok(end)) => start < end,
                (Ok(_), Err(_)) => end.is_empty(),
                _ => false,
            };
            assert_eq!(portfolio.contract_count() == 1, valid);
            computed(&portfolio, day("2020-01-31"), day("2022-03-01"));
        }
    }
}

/// Months are added to the day itself, and days that a month does not have are its last.
fn added(day: Day, months: u32) {
    let later = day.add_months(months);
    assert!(later.is_none_or(|later| later >= day));
    if months > 24_000 {
        return assert_eq!(later, None);
    }
    let text = day.to_string();
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().expect("digits");
    let total = number(0..4) * 12 + number(5..7) - 1 + months;
    let (year, month) = (total / 12, total % 12 + 1);
    let expected = format!("{year:04}-{month:02}-{:02}", number(8..10).min(length_of_month(year, month)));
    assert_eq!(later, expected.parse().ok());
}

/// Periods follow each other and hold their days.
fn cut(calendar: Calendar, one: Day, two: Day) {
    for day in [one, two] {
        let period = calendar.period_of(day);
        assert!(calendar.first_day(period) <= Some(day) && Some(day) < calendar.first_day(period + 1));
        assert_ne!(calendar.label(period), calendar.label(period + 1));
    }
    let Some(periods) = calendar.periods(one, two) else {
        assert!(one >= two);
        return;
    };
    assert!(periods.start() <= one && two <= periods.end());
    assert!(periods.first_day(1) > Some(one) && periods.first_day(periods.len() - 1) < Some(two));
}
