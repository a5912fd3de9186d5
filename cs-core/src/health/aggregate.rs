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
        Aggregate::Share => (rows > 0).then(|| picked.len() as f64 / rows as f64),
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
