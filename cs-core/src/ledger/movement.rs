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

/// The kinds of movement that a customer had in a period, so that it counts once in each.
#[derive(Clone, Copy, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    /// Notes a kind; whether it is met for the first time.
    #[inline]
    pub(super) fn meet(&mut self, kind: MovementKind) -> bool {
        let before = self.0;
        self.0 |= 1 << kind as u8;
        before != self.0
    }
}

/// What a paying customer's change is of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// More of a product that was held.
    Upsell,
    /// A product from nothing.
    CrossSell,
    /// Less of a product that is still held.
    Downsell,
    /// A product to nothing.
    ProductChurn,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Upsell, Self::CrossSell, Self::Downsell, Self::ProductChurn];

    /// That of a product from `before` to `after`, and by how much.
    #[inline]
    pub(super) fn of(before: i64, after: i64) -> (Self, i64) {
        // Both are MRR from 0 up, so that no difference of them can overflow.
        match (before, after) {
            (0, after) => (Self::CrossSell, after),
            (before, 0) => (Self::ProductChurn, before),
            (before, after) if after > before => (Self::Upsell, after - before),
            (before, after) => (Self::Downsell, before - after),
        }
    }
}

/// How a paying customer's change splits by product; gross, so that the parts can exceed the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split([i64; Part::ALL.len()]);

impl Split {
    #[inline]
    pub(super) fn add(&mut self, part: Part, amount: i64) {
        if let Some(slot) = self.0.get_mut(part as usize) {
            *slot += amount;
        }
    }

    #[inline]
    pub(super) fn amount(&self, part: Part) -> i64 {
        self.0.get(part as usize).copied().unwrap_or_default()
    }

    pub(super) fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// What a change of balances is, of a customer that has paid before or not, whose products change or not; `None` for no
/// movement.
#[inline]
pub(super) const fn classify(before: Balance, after: Balance, has_paid: bool, is_mix: bool) -> Option<MovementKind> {
    match (before.pays, after.pays) {
        (false, false) => None,
        (false, true) if has_paid => Some(MovementKind::Reactivation),
        (false, true) => Some(MovementKind::New),
        (true, false) => Some(MovementKind::Churn),
        (true, true) if after.mrr > before.mrr => Some(MovementKind::Expansion),
        (true, true) if after.mrr < before.mrr => Some(MovementKind::Contraction),
        (true, true) if is_mix => Some(MovementKind::ProductMix),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_name() {
        let none = Split::default();
        let mix = Split([0, 5, 0, 5]);
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
            assert_eq!(classify(paid(before), paid(after), has_paid, !split.is_zero()), kind, "{before} -> {after}");
        }
    }

    #[test]
    fn products_are_split_gross() {
        let mut split = Split::default();
        for (before, after) in [(0, 7), (3, 0), (2, 5), (9, 4), (1, 1), (0, 0)] {
            let (part, amount) = Part::of(before, after);
            split.add(part, amount);
        }
        assert_eq!(Part::ALL.map(|part| split.amount(part)), [3, 7, 5, 3]);
    }
}
