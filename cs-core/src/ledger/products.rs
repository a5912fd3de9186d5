//! How a change splits by product.

use super::line::Piece;
use super::movement::{Part, Split};
use super::price::Priced;
use super::timeline::Step;
use crate::text::ABSENT;

/// What a line pays for each product, on the way through its days; kept for its storage.
#[derive(Default)]
pub(super) struct Products {
    /// Whether the line is for more than one product.
    many: bool,
    /// What is paid for each product, by its position; the last is for contracts without one.
    paid: Vec<i64>,
    /// The products that a day touches, with what was paid before.
    touched: Vec<(usize, i64)>,
    /// Whether a product is among them.
    is_touched: Vec<bool>,
}

impl Products {
    /// Takes a line up by all its pieces.
    pub(super) fn open(&mut self, priced: &Priced<'_>, pieces: &[Piece]) {
        let Some(products) = &priced.book.product else { return };
        let code = |piece: &Piece| products.codes().get(piece.contract as usize);
        let first = pieces.first().and_then(code);
        self.many = pieces.iter().any(|piece| code(piece) != first);
        if self.many {
            let pool = products.pool().len();
            self.paid.resize(pool + 1, 0);
            self.is_touched.resize(pool + 1, false);
            for piece in pieces {
                if let Some(paid) = self.paid.get_mut(priced.product(piece.contract).min(pool)) {
                    *paid = 0;
                }
            }
        }
    }

    /// How the next step splits; none where there is one product.
    #[inline]
    pub(super) fn split(&mut self, priced: &Priced<'_>, step: &Step<'_>) -> Option<Split> {
        if self.many { Some(self.by_product(priced, step)) } else { None }
    }

    #[inline(never)]
    fn by_product(&mut self, priced: &Priced<'_>, step: &Step<'_>) -> Split {
        self.touched.clear();
        let last = self.paid.len().saturating_sub(1);
        let ends = step.ending().iter().map(|piece| (piece, -1));
        for (piece, sign) in ends.chain(step.starting().iter().map(|piece| (piece, 1))) {
            let product = priced.product(piece.contract).min(last);
            let (Some(paid), Some(is_touched)) = (self.paid.get_mut(product), self.is_touched.get_mut(product)) else {
                continue;
            };
            if !std::mem::replace(is_touched, true) {
                self.touched.push((product, *paid));
            }
            // A part of the customer's MRR, which is known to fit.
            *paid += sign * piece.amount;
        }
        let mut split = Split::default();
        for &(product, before) in &self.touched {
            let (part, amount) = Part::of(before, self.paid.get(product).copied().unwrap_or_default());
            split.add(part, amount);
            if let Some(is_touched) = self.is_touched.get_mut(product) {
                *is_touched = false;
            }
        }
        split
    }
}

impl Priced<'_> {
    /// The product's position in its pool; a contract without one is behind all of them.
    #[inline]
    pub(super) fn product(&self, contract: u32) -> usize {
        let products = self.book.product.as_ref();
        products.and_then(|products| products.codes().get(contract as usize)).copied().unwrap_or(ABSENT) as usize
    }
}
