//! What is made of the rows of one customer.

use super::measure::Aggregate;
use crate::float;
use crate::order::sort_by_key;
use crate::period::Day;

/// A row that counts, and has what is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Picked {
    /// The row's day; none where the row has none.
    pub(super) day: Option<Day>,
    /// When it was recorded, or else its day.
    pub(super) recorded: Option<Day>,
    /// The number, the position of the text, or the day asked for; nothing of what is only counted.
    pub(super) value: f64,
}

/// The days in which a slope is told.
const SLOPE_DAYS: f64 = 30.0;

/// What a number is of a customer: none where its rows do not say. `rows` are those in the window, and `picked` those of
/// them that have what is asked for; `nothing` is what it is where no row counts; E is the last day of the window.
pub(super) fn aggregate(
    aggregate: Aggregate,
    picked: &[Picked],
    rows: usize,
    nothing: Option<f64>,
    [on, end]: [Day; 2],
) -> Option<f64> {
    let numbers = || picked.iter().map(|picked| picked.value);
    let value = match aggregate {
        Aggregate::Last => {
            let place = |one: &&Picked, other: &&Picked| {
                (one.day, one.recorded).cmp(&(other.day, other.recorded)).then(one.value.total_cmp(&other.value))
            };
            picked.iter().max_by(place).map(|last| last.value)
        }
        Aggregate::Mean => {
            float::exact_sum(numbers()).filter(|_| !picked.is_empty()).map(|sum| sum / picked.len() as f64)
        }
        Aggregate::Sum if rows == 0 => nothing,
        Aggregate::Sum => float::exact_sum(numbers()).filter(|_| !picked.is_empty()),
        Aggregate::Count if rows == 0 => nothing,
        Aggregate::Count => Some(rows as f64),
        Aggregate::Distinct if picked.is_empty() => nothing,
        Aggregate::Distinct => {
            let mut texts: Vec<u64> = numbers().map(f64::to_bits).collect();
            sort_by_key(&mut texts, |&text| text);
            texts.dedup();
            Some(texts.len() as f64)
        }
        Aggregate::DaysSince => {
            let latest = numbers().reduce(f64::max);
            latest.map(|latest| f64::from(on.unix_days()) - latest)
        }
        Aggregate::Slope => slope(picked, end),
        // Of no row it is 0 / 0, which is no value below.
        Aggregate::Share => Some(picked.len() as f64 / rows as f64),
        // Of facts there is none.
        Aggregate::Growth => None,
    };
    value.filter(|value| value.is_finite())
}

/// The slope of the line of least squares through rows that have a day.
fn slope(picked: &[Picked], end: Day) -> Option<f64> {
    let at = |picked: &Picked| picked.day.map_or(0, |day| day.days_after(end));
    let count = picked.len() as i64;
    let sum: i64 = picked.iter().map(at).sum();
    let squares: i128 = picked.iter().map(|picked| i128::from(at(picked)).pow(2)).sum();
    let spread = i128::from(count) * squares - i128::from(sum).pow(2);
    if spread == 0 {
        return None;
    }
    let terms = picked.iter().map(|picked| (count * at(picked) - sum) as f64 * picked.value);
    Some(float::exact_sum(terms)? * SLOPE_DAYS / spread as f64)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Aggregate, Day, Picked, aggregate};

    /// The day of the score, and the end of a window that lags by 5 days.
    const ON: i64 = 100;
    const END: i64 = 95;

    /// The day that lies so many days after the first.
    fn day(number: i64) -> Day {
        (0..number).fold(Day::MIN, |day, _| day.next())
    }

    fn row(day_of: Option<i64>, recorded: Option<i64>, value: f64) -> Picked {
        let day_of = day_of.map(day);
        Picked { day: day_of, recorded: recorded.map(day).or(day_of), value }
    }

    fn on(number: i64, value: f64) -> Picked {
        row(Some(number), None, value)
    }

    /// Of rows that all have what is asked for.
    fn of(what: Aggregate, picked: &[Picked]) -> Option<f64> {
        aggregate(what, picked, picked.len(), None, [day(ON), day(END)])
    }

    #[rstest]
    #[case(vec![], None)]
    // The latest day, whatever was recorded when.
    #[case(vec![on(3, 1.0), on(2, 9.0)], Some(1.0))]
    #[case(vec![row(Some(3), Some(4), 1.0), row(Some(2), Some(9), 9.0)], Some(1.0))]
    // On one day the last recorded; one that is not told is recorded on its day.
    #[case(vec![row(Some(3), Some(5), 1.0), row(Some(3), Some(4), 9.0)], Some(1.0))]
    #[case(vec![row(Some(3), Some(4), 1.0), on(3, 9.0)], Some(1.0))]
    // Then the greatest.
    #[case(vec![on(3, -2.0), on(3, -1.0), on(3, -3.0)], Some(-1.0))]
    #[case(vec![row(Some(3), Some(4), 1.0), row(Some(3), Some(4), 2.0)], Some(2.0))]
    // A row without a day is behind all others.
    #[case(vec![row(None, None, 9.0), on(1, 1.0)], Some(1.0))]
    #[case(vec![row(None, None, 9.0), row(None, None, 1.0)], Some(9.0))]
    fn the_last_is_of_the_latest_day(#[case] picked: Vec<Picked>, #[case] expected: Option<f64>) {
        let backwards: Vec<Picked> = picked.iter().rev().copied().collect();
        assert_eq!(of(Aggregate::Last, &picked), expected);
        assert_eq!(of(Aggregate::Last, &backwards), expected);
    }

    #[rstest]
    #[case(&[], None, None)]
    #[case(&[4.0], Some(4.0), Some(4.0))]
    #[case(&[1.0, 2.0, 4.0], Some(7.0), Some(2.333_333_333_333_333_5))]
    #[case(&[0.1, 0.2, 0.3], Some(0.6), Some(0.199_999_999_999_999_98))]
    #[case(&[-1.0, 1.0], Some(0.0), Some(0.0))]
    // What is beyond all floats is no value.
    #[case(&[f64::MAX, f64::MAX], None, None)]
    fn sums_and_means_are_exact(#[case] values: &[f64], #[case] sum: Option<f64>, #[case] mean: Option<f64>) {
        let picked: Vec<Picked> = values.iter().map(|&value| on(1, value)).collect();
        assert_eq!(of(Aggregate::Sum, &picked), sum);
        assert_eq!(of(Aggregate::Mean, &picked), mean);
    }

    #[rstest]
    // No row at all: what there is then.
    #[case(Aggregate::Sum, 0, Some(0.0), Some(0.0))]
    #[case(Aggregate::Sum, 0, None, None)]
    #[case(Aggregate::Count, 0, Some(0.0), Some(0.0))]
    #[case(Aggregate::Count, 0, None, None)]
    #[case(Aggregate::Distinct, 0, Some(0.0), Some(0.0))]
    #[case(Aggregate::Distinct, 0, None, None)]
    #[case(Aggregate::Last, 0, Some(0.0), None)]
    #[case(Aggregate::Mean, 0, Some(0.0), None)]
    #[case(Aggregate::DaysSince, 0, Some(0.0), None)]
    #[case(Aggregate::Slope, 0, Some(0.0), None)]
    #[case(Aggregate::Share, 0, Some(0.0), None)]
    #[case(Aggregate::Growth, 0, Some(0.0), None)]
    // Rows of which none has what is asked for.
    #[case(Aggregate::Sum, 3, Some(0.0), None)]
    #[case(Aggregate::Mean, 3, Some(0.0), None)]
    #[case(Aggregate::Count, 3, None, Some(3.0))]
    #[case(Aggregate::Distinct, 3, Some(0.0), Some(0.0))]
    #[case(Aggregate::Share, 3, None, Some(0.0))]
    fn nothing_is_told_of_nothing(
        #[case] what: Aggregate,
        #[case] rows: usize,
        #[case] nothing: Option<f64>,
        #[case] expected: Option<f64>,
    ) {
        assert_eq!(aggregate(what, &[], rows, nothing, [day(ON), day(END)]), expected);
    }

    #[rstest]
    #[case(&[1.0], 1.0, 0.25)]
    #[case(&[1.0, 1.0, 1.0], 1.0, 0.75)]
    #[case(&[2.0, 1.0, 2.0, 1.0], 2.0, 1.0)]
    #[case(&[3.0, 1.0, 2.0], 3.0, 0.75)]
    fn different_ones_and_shares_are_counted(#[case] values: &[f64], #[case] distinct: f64, #[case] share: f64) {
        let picked: Vec<Picked> = values.iter().map(|&value| on(1, value)).collect();
        let of = |what| aggregate(what, &picked, 4, Some(7.0), [day(ON), day(END)]);
        assert_eq!(of(Aggregate::Distinct), Some(distinct));
        assert_eq!(of(Aggregate::Share), Some(share));
        assert_eq!(of(Aggregate::Count), Some(4.0));
    }

    #[rstest]
    #[case(&[40], 60.0)]
    #[case(&[40, 90, 70], 10.0)]
    #[case(&[100], 0.0)]
    #[case(&[95, 103], -3.0)]
    fn days_are_counted_from_the_latest_to_the_day_of_the_score(#[case] days: &[i64], #[case] expected: f64) {
        let picked: Vec<Picked> = days.iter().map(|&at| on(1, f64::from(day(at).unix_days()))).collect();
        assert_eq!(of(Aggregate::DaysSince, &picked), Some(expected));
    }

    #[rstest]
    #[case(&[(80, 1.0)], None)]
    #[case(&[(80, 1.0), (80, 9.0)], None)]
    // One more each day is 30 more in 30 days.
    #[case(&[(80, 1.0), (81, 2.0)], Some(30.0))]
    #[case(&[(95, 9.0), (85, 4.0)], Some(15.0))]
    #[case(&[(85, 9.0), (95, 4.0)], Some(-15.0))]
    #[case(&[(70, 5.0), (80, 5.0), (95, 5.0)], Some(0.0))]
    // From the mean of a day.
    #[case(&[(80, 1.0), (80, 3.0), (90, 12.0)], Some(30.0))]
    // Days 0, 1 and 3 with 1, 1 and 2: 5/14 a day.
    #[case(&[(80, 1.0), (81, 1.0), (83, 2.0)], Some(10.714_285_714_285_714))]
    // Days after the end of a window: there are none, and they would count as any.
    #[case(&[(94, 0.0), (96, 4.0)], Some(60.0))]
    fn a_slope_is_of_the_line_through_all_rows(#[case] rows: &[(i64, f64)], #[case] expected: Option<f64>) {
        let picked: Vec<Picked> = rows.iter().map(|&(at, value)| on(at, value)).collect();
        assert_eq!(of(Aggregate::Slope, &picked), expected);
    }

    #[test]
    fn a_slope_does_not_depend_on_where_days_are_counted_from() {
        let picked = [on(80, 0.1), on(81, 0.7), on(90, 0.2)];
        let far = [on(80, 1e300), on(81, -1e300), on(90, 1e300)];
        let from = |picked: &[Picked], end| aggregate(Aggregate::Slope, picked, 3, None, [day(ON), day(end)]);
        assert_eq!(from(&picked, 90), from(&picked, 4_000));
        assert!(from(&far, 95).is_some());
        assert_eq!(from(&[on(80, f64::MAX), on(81, -f64::MAX)], 95), None);
    }
}
