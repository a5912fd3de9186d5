//! How many months customers stay, as far as that was seen, and as a model expects it.

use super::course::Course;
use super::estimate::estimate;
use super::maximum::Ages;
use super::shifted_beta_geometric::ShiftedBetaGeometric;
use crate::float::{exp, ln_1p};
use crate::ledger::Stay;
use crate::period::Day;

impl Stay {
    /// The whole periods of the stay, each of so many months: the one in which it ended, from 1 up, and that it did; or those
    /// that are over at the close of a day that is looked at last. Of who left in a period that is not over yet only those
    /// before it are told, as of all who started with them: else the lost alone would have reached its end.
    pub(crate) fn periods(&self, day: Day, period_months: u32) -> (u32, bool) {
        let Some(left) = self.left else { return (self.first.whole_months_until(day) / period_months, false) };
        let before = self.first.whole_months_until(left.previous()) / period_months;
        let end = (before + 1).checked_mul(period_months).and_then(|months| self.first.add_months(months));
        if end.is_some_and(|end| end <= day) { (before + 1, true) } else { (before, false) }
    }
}

impl Course {
    /// The share of customers who are still there after 0, 1, 2 ... whole periods, as far as that is known: up to the longest
    /// stay, unless nobody is left, and of so many at most.
    pub(crate) fn by_period(&self, most: u32) -> Vec<f64> {
        let longest = self.steps().last().map(|last| last.time);
        let mut points = estimate(self.steps()).peekable();
        let mut share = 1.0;
        let share_after = |age: u32| {
            while let Some(point) = points.next_if(|point| point.step.time <= age.into()) {
                share = point.survival;
            }
            (share == 0.0 || longest.is_some_and(|longest| longest >= age.into())).then_some(share)
        };
        (0..most).map_while(share_after).collect()
    }
}

/// How likely customers stay from one period to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Staying {
    /// Each with a probability of its own.
    Differing(ShiftedBetaGeometric),
    /// All with this one.
    Alike(f64),
}

impl Staying {
    /// Of customers by the whole periods of their stays: as the most likely model has it, or where there is none, as if all were
    /// alike.
    pub(crate) fn of(course: &Course) -> Self {
        let alike = || Self::Alike(Ages::of(course).kept_share());
        ShiftedBetaGeometric::of_course(course).map_or_else(alike, Self::Differing)
    }

    /// Of those who have stayed for so many periods, the share that is still there after 0, 1, 2 ... more.
    pub(crate) fn from(self, age: u64) -> impl Iterator<Item = f64> {
        let rate = move |age| match self {
            Self::Differing(model) => model.rate(age),
            Self::Alike(rate) => rate,
        };
        let rates = (age + 1..).map(rate);
        std::iter::once(1.0).chain(rates.scan(1.0, |share, rate| {
            *share *= rate;
            Some(*share)
        }))
    }
}

impl ShiftedBetaGeometric {
    /// The share of customers who are still there after 0, 1, 2 ... periods.
    pub(crate) fn by_period(self) -> impl Iterator<Item = f64> {
        Staying::Differing(self).from(0)
    }
}

/// The months that a customer is expected to pay for, by the shares who are still there after 0, 1, 2 ... of them, each worth
/// less by a yearly rate.
pub(crate) fn expected_months(shares: impl Iterator<Item = f64>, discount_rate: f64) -> f64 {
    let worth = |month: u32| exp(-ln_1p(discount_rate) * f64::from(month) / 12.0);
    shares.zip(0..).map(|(share, month)| share * worth(month)).sum()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::within_the_first("2026-01-31", Some("2026-02-01"), 1, (1, true))]
    #[case::at_its_end("2026-01-01", Some("2026-02-01"), 1, (1, true))]
    #[case::in_the_second("2026-01-01", Some("2026-02-02"), 1, (2, true))]
    #[case::in_one_that_ends_on_the_day("2026-01-13", Some("2026-03-01"), 1, (2, true))]
    #[case::in_one_that_is_not_over("2026-01-14", Some("2026-03-01"), 1, (1, false))]
    #[case::in_a_year_that_is_not_over("2025-06-01", Some("2025-07-01"), 12, (0, false))]
    #[case::in_a_year("2024-06-01", Some("2024-07-01"), 12, (1, true))]
    #[case::a_year("2025-01-15", Some("2026-01-15"), 1, (12, true))]
    #[case::still_there("2026-01-15", None, 1, (1, false))]
    #[case::a_day_longer("2026-01-14", None, 1, (1, false))]
    #[case::two("2026-01-13", None, 1, (2, false))]
    #[case::two_quarters("2025-09-13", None, 3, (2, false))]
    fn stays_are_of_whole_periods(
        #[case] first: &str,
        #[case] left: Option<&str>,
        #[case] months: u32,
        #[case] expected: (u32, bool),
    ) {
        let day = |text: &str| text.parse().unwrap_or(Day::NEVER);
        let stay = Stay { first: day(first), left: left.map(day), since: day(first), mrr: 0 };
        assert_eq!(stay.periods(day("2026-03-13"), months), expected);
    }

    #[test]
    fn shares_are_known_up_to_the_longest_stay() {
        let course = Course::of_days([(1, true), (2, false), (3, false), (3, false)].into_iter());
        assert_eq!(course.by_period(9), [1.0, 0.75, 0.75, 0.75]);
        assert_eq!(course.by_period(2), [1.0, 0.75]);
        let all_left = Course::of_days([(1, true), (1, true)].into_iter());
        assert_eq!(all_left.by_period(4), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(Course::of_days(std::iter::empty()).by_period(4), [0.0; 0]);
    }

    #[test]
    fn months_to_come_are_worth_less() {
        assert_eq!(expected_months([1.0, 0.5, 0.25].into_iter(), 0.0), 1.75);
        let yearly = (0..13).map(|month| f64::from(u32::from(month == 12)));
        assert!((expected_months(yearly, 0.25) - 0.8).abs() < 1e-15);
    }
}
