//! Days and periods against arithmetic on years and months.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use cs_core::{Calendar, Day, DayError, Month, PeriodLength};
use proptest::prelude::*;

use crate::books::periods;
use crate::config;

fn days() -> impl Strategy<Value = Day> {
    let any = Day::MIN.unix_days()..=Day::MAX.unix_days();
    prop_oneof![
        8 => any.prop_map(|number| Day::from_unix_days(number.into()).unwrap()),
        1 => Just(Day::MIN),
        1 => Just(Day::MAX),
    ]
}

fn calendars() -> impl Strategy<Value = Calendar> {
    (periods(), 1_u32..=12).prop_map(|(length, month)| Calendar::new(length, Month::new(month).unwrap()))
}

/// Days of a month by the rule of Gregory.
fn length_of_month(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of the month of a text.
fn civil(text: &str) -> (i32, u32, u32) {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap());
    let mut next = || parts.next().unwrap();
    (next() as i32, next(), next())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_day_is_read_back(day in days()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
        prop_assert_eq!(Day::from_unix_days(day.unix_days().into()), Some(day));
        prop_assert_eq!(Day::try_from(day.date()), Ok(day));
        let (year, month, number) = civil(&day.to_string());
        prop_assert_eq!(Some(day.date()), NaiveDate::from_ymd_opt(year, month, number));
    }

    #[test]
    fn only_what_a_calendar_has_is_a_day(year in 0_i32..10_000, month in 0_u32..20, number in 0_u32..40) {
        let text = format!("{year:04}-{month:02}-{number:02}");
        let exists = (1..=12).contains(&month) && (1..=length_of_month(year, month)).contains(&number);
        let expected = match (exists, (1900..=2200).contains(&year)) {
            (false, _) => Err(DayError::Invalid),
            (true, false) => Err(DayError::OutOfRange),
            (true, true) => Ok(text.clone()),
        };
        prop_assert_eq!(text.parse::<Day>().map(|day| day.to_string()), expected);
    }

    #[test]
    fn text_is_a_day_or_an_error(text in ".*") {
        if let Ok(day) = text.parse::<Day>() {
            prop_assert_eq!(day.to_string(), text);
        }
    }

    #[test]
    fn numbers_beyond_the_calendar_are_no_days(number: i64) {
        let inside = (i64::from(Day::MIN.unix_days())..=i64::from(Day::MAX.unix_days())).contains(&number);
        prop_assert_eq!(Day::from_unix_days(number).is_some(), inside);
    }

    #[test]
    fn months_are_added_to_the_day_itself(day in days(), months in 0_u32..2_400) {
        let (year, month, number) = civil(&day.to_string());
        let total = year as u32 * 12 + month - 1 + months;
        let (year, month) = ((total / 12) as i32, total % 12 + 1);
        let expected = format!("{year:04}-{month:02}-{:02}", number.min(length_of_month(year, month)));
        prop_assert_eq!(day.add_months(months), expected.parse().ok());
    }

    #[test]
    fn adding_months_never_goes_back(day in days(), months: u32) {
        match day.add_months(months) {
            Some(later) => prop_assert!(day <= later && later <= Day::MAX),
            None => prop_assert!(months > 0),
        }
    }

    #[test]
    fn periods_partition_the_days(calendar in calendars(), day in days()) {
        let period = calendar.period_of(day);
        let [first, next] = [period, period + 1].map(|period| calendar.first_day(period).unwrap());
        prop_assert!(first <= day && day < next);
        prop_assert_eq!(calendar.period_of(first), period);
        let last = next.date().pred_opt().unwrap();
        if let Ok(last) = Day::try_from(last) {
            prop_assert_eq!(calendar.period_of(last), period);
        }
        if let Ok(next) = Day::try_from(next.date()) {
            prop_assert_eq!(calendar.period_of(next), period + 1);
        }
        prop_assert_eq!(first.date().day(), 1);
    }

    #[test]
    fn periods_have_their_length_and_start(length in periods(), month in 1_u32..=12, day in days()) {
        let calendar = Calendar::new(length, Month::new(month).unwrap());
        let period = calendar.period_of(day);
        let [first, next] = [period, period + 1].map(|period| calendar.first_day(period).unwrap().date());
        let months = |date: NaiveDate| date.year() * 12 + date.month0() as i32;
        prop_assert_eq!(months(next) - months(first), length.months() as i32);
        let into_fiscal_year = (months(first) - (month as i32 - 1)).rem_euclid(12);
        prop_assert_eq!(into_fiscal_year % length.months() as i32, 0);
    }

    #[test]
    fn labels_name_one_period_each(calendar in calendars(), day in days()) {
        let period = calendar.period_of(day);
        let labels: BTreeSet<String> = (period - 30..=period + 30).map(|period| calendar.label(period)).collect();
        prop_assert_eq!(labels.len(), 61);
        let ascending: Vec<String> = (period - 30..=period + 30).map(|period| calendar.label(period)).collect();
        prop_assert!(ascending.is_sorted(), "labels sort like their periods");
    }

    #[test]
    fn a_fiscal_year_is_named_after_the_year_that_it_starts_in(month in 1_u32..=12, day in days()) {
        let years = Calendar::new(PeriodLength::Year, Month::new(month).unwrap());
        let quarters = Calendar::new(PeriodLength::Quarter, Month::new(month).unwrap());
        let date = day.date();
        let year = if date.month() < month { date.year() - 1 } else { date.year() };
        let fiscal = if month == 1 { "" } else { "FY" };
        prop_assert_eq!(years.label(years.period_of(day)), format!("{fiscal}{year}"));
        let quarter = (date.month() + 12 - month) % 12 / 3 + 1;
        prop_assert_eq!(quarters.label(quarters.period_of(day)), format!("{fiscal}{year} Q{quarter}"));
    }

    #[test]
    fn a_run_of_periods_holds_its_days(calendar in calendars(), a in days(), b in days()) {
        let (start, end) = (a.min(b), a.max(b));
        match calendar.periods(start, end) {
            None => prop_assert_eq!(start, end),
            Some(periods) => {
                let last = calendar.period_of(Day::from_unix_days(i64::from(end.unix_days()) - 1).unwrap());
                let count = (last - calendar.period_of(start) + 1) as usize;
                prop_assert_eq!(periods.len(), count);
                prop_assert!(periods.start() <= start && end <= periods.end());
                prop_assert_eq!(periods.first_day(0), Some(periods.start()));
                prop_assert_eq!(periods.first_day(count), Some(periods.end()));
                prop_assert_eq!(periods.first_day(count + 1), None);
                prop_assert!(periods.first_day(1) > Some(start) && periods.first_day(count - 1) < Some(end));
            }
        }
        prop_assert_eq!(calendar.periods(end, start), None);
    }
}
