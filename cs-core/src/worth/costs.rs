//! What it cost to win each customer, and to get it started.

use crate::money::divide_half_even;
use crate::query::Context;
use crate::table::Nullable;
use crate::text::ABSENT;

/// Costs by the row of each customer that was known.
pub(super) struct Costs<'a> {
    versions: Vec<u32>,
    acquisition: Option<Amounts<'a>>,
    onboarding: Option<Amounts<'a>>,
}

/// A column of amounts, and their decimals.
type Amounts<'a> = (&'a Nullable<i128>, u8);

/// A sum of amounts that some have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    sum: i128,
    count: u64,
    digits: u8,
}

impl<'a> Costs<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let directory = &context.portfolio.directory;
        let (acquisition, onboarding) = (directory.amounts("acquisition_cost"), directory.amounts("onboarding_cost"));
        let asks = acquisition.is_some() || onboarding.is_some();
        let versions = if asks { directory.versions(context.known_on) } else { Vec::new() };
        Self { versions, acquisition, onboarding }
    }

    /// Those of a customer, by its position among all, as far as they are known.
    pub(super) fn of_customer(&self, customer: u32) -> [Sum; 2] {
        let row = self.versions.get(customer as usize).copied().unwrap_or(ABSENT);
        let cost = |(amounts, digits): Amounts<'_>| {
            let sum = amounts.get(row as usize)?;
            Some(Sum { sum, count: 1, digits })
        };
        [self.acquisition, self.onboarding].map(|column| column.and_then(cost).unwrap_or_default())
    }
}

impl Sum {
    pub(super) fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.count += other.count;
        self.digits = self.digits.max(other.digits);
    }

    /// The average of those who have an amount, with so many decimals, rounded half to even; none of nobody, or where it does
    /// not fit.
    pub(super) fn average(self, digits: u8) -> Option<i128> {
        let power = |digits: u8| 10_i128.pow(u32::from(digits));
        let sum = self.sum.checked_mul(power(digits.saturating_sub(self.digits)))?;
        let count = i128::from(self.count).checked_mul(power(self.digits.saturating_sub(digits)))?;
        (count > 0).then(|| divide_half_even(sum, count)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn averages_are_of_those_who_have_an_amount() {
        let mut sum = Sum::default();
        assert_eq!(sum.average(2), None);
        for amount in [1_000, 2_001] {
            sum.add(Sum { sum: amount, count: 1, digits: 2 });
        }
        sum.add(Sum::default());
        assert_eq!([0, 2, 3].map(|digits| sum.average(digits)), [Some(15), Some(1_500), Some(15_005)]);
    }
}
