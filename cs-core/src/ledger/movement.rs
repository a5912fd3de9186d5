//! What a change of a customer's MRR is.

use super::timeline::Balance;
use crate::word::words;

words! {
    /// What moved.
    MovementKind {
        /// The first MRR of a customer.
        New,
        /// MRR of a customer that had some before and none the day before.
        Reactivation,
        /// More MRR of a paying customer.
        Expansion,
        /// Less MRR of a customer that still pays.
        Contraction,
        /// The end of a customer's MRR.
        Churn,
        /// Other MRR by other rates of exchange.
        Fx,
        /// The same MRR for other products.
        ProductMix,
    }
}

/// How a paying customer's change splits by product; gross, so that the four can exceed the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// More of a product that was held.
    pub(super) upsell: i64,
    /// A product from nothing.
    pub(super) cross_sell: i64,
    /// Less of a product that is still held.
    pub(super) downsell: i64,
    /// A product to nothing.
    pub(super) product_churn: i64,
}

impl Split {
    /// That of a line for one product; zero unless it pays before and after.
    #[inline]
    pub(super) fn of_one(before: Balance, after: Balance) -> Self {
        let mut split = Self::default();
        if before.pays && after.pays {
            split.add(before.mrr, after.mrr);
        }
        split
    }

    /// One product from `before` to `after`.
    #[inline]
    pub(super) fn add(&mut self, before: i64, after: i64) {
        // Both are MRR from 0 up, so that no difference of them can overflow.
        match (before, after) {
            (0, after) => self.cross_sell += after,
            (before, 0) => self.product_churn += before,
            (before, after) if after > before => self.upsell += after - before,
            (before, after) => self.downsell += before - after,
        }
    }

    #[inline]
    pub(super) fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// What a change of balances is, of a customer that has paid before or not, with how it splits by product where there
/// are several; `None` for no movement.
#[inline]
pub(super) fn classify(before: Balance, after: Balance, has_paid: bool, split: Option<&Split>) -> Option<MovementKind> {
    match (before.pays, after.pays) {
        (false, false) => None,
        (false, true) if has_paid => Some(MovementKind::Reactivation),
        (false, true) => Some(MovementKind::New),
        (true, false) => Some(MovementKind::Churn),
        (true, true) if after.mrr > before.mrr => Some(MovementKind::Expansion),
        (true, true) if after.mrr < before.mrr => Some(MovementKind::Contraction),
        (true, true) if split.is_none_or(Split::is_zero) => None,
        (true, true) => Some(MovementKind::ProductMix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_name() {
        let none = Split::default();
        let mix = Split { cross_sell: 5, product_churn: 5, ..none };
        for (before, after, has_paid, split, kind) in [
            (0, 0, false, none, None),
            (0, 0, true, none, None),
            (0, 5, false, none, Some(MovementKind::New)),
            (0, 5, true, none, Some(MovementKind::Reactivation)),
            (5, 6, true, none, Some(MovementKind::Expansion)),
            (6, 5, true, none, Some(MovementKind::Contraction)),
            (5, 0, true, none, Some(MovementKind::Churn)),
            (5, 5, true, none, None),
            (5, 5, true, mix, Some(MovementKind::ProductMix)),
            (5, 6, true, mix, Some(MovementKind::Expansion)),
        ] {
            let paid = |mrr| Balance { mrr, pays: mrr > 0 };
            assert_eq!(classify(paid(before), paid(after), has_paid, Some(&split)), kind, "{before} -> {after}");
        }
    }

    #[test]
    fn products_are_split_gross() {
        let mut split = Split::default();
        for (before, after) in [(0, 7), (3, 0), (2, 5), (9, 4), (1, 1), (0, 0)] {
            split.add(before, after);
        }
        assert_eq!(split, Split { upsell: 3, cross_sell: 7, downsell: 5, product_churn: 3 });
    }
}
