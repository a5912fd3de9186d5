//! What share of their list prices contracts do not pay.

use crate::ledger::{Held, ListPrice};
use crate::ratio::{Ratio, Reason};

/// What contracts cost by the list, and after their discounts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Discount {
    list: i128,
    net: i128,
}

impl Discount {
    /// Of contracts of which a list price of each is known, and which cost something by it.
    pub(super) fn of(held: &[Held], places: &[usize]) -> Option<Self> {
        let mut all = Self::default();
        for at in places {
            let ListPrice { list, net } = held.get(*at)?.list_price?;
            all.add(Self { list, net });
        }
        (all.list > 0).then_some(all)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.list += other.list;
        self.net += other.net;
    }

    /// Whether there is anything to tell.
    pub(super) fn is_some(self) -> bool {
        self.list > 0
    }

    /// The share of the list price that is not paid.
    pub(super) fn share(self) -> Ratio {
        Ratio::of(self.list - self.net, self.list)
    }

    /// The share less that of others, by one division.
    pub(super) fn less(self, others: Self) -> Ratio {
        let paid = |one: Self, other: Self| one.net.checked_mul(other.list);
        let change = paid(others, self).zip(paid(self, others)).map(|(then, now)| then - now);
        match change.zip(self.list.checked_mul(others.list)) {
            Some((change, both)) => Ratio::of(change, both),
            // Beyond all books.
            None => match (self.share(), others.share()) {
                (Ratio::Value(since), Ratio::Value(then)) => Ratio::Value(since - then),
                _ => Ratio::Absent(Reason::NotKnown),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Discount, Ratio, Reason};

    #[test]
    fn discounts_beyond_all_books_are_compared_as_shares() {
        let discount = |net, list| Discount { net, list };
        let huge = i128::MAX / 4;
        assert_eq!(discount(50, 100).less(discount(80, 100)), Ratio::Value(0.3));
        assert_eq!(discount(huge / 2, huge).less(discount(huge / 4 * 3, huge)), Ratio::Value(0.25));
        assert_eq!(discount(huge, 0).less(discount(huge, huge)), Ratio::Absent(Reason::NotKnown));
    }
}
