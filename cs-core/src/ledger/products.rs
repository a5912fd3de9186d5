//! How a change splits by product.

use super::line::Piece;
use super::movement::{Part, Split};
use super::price::Priced;
use super::timeline::Step;
use crate::table::Texts;
use crate::text::ABSENT;

/// What a line pays for each product, on the way through its days; kept for its storage.
#[derive(Default)]
pub(super) struct Products {
    /// How the line is looked at.
    way: Way,
    /// What is paid for each product, by its position; the last is for contracts without one.
    paid: Vec<i64>,
    /// The products that a day touches, with what was paid before.
    touched: Vec<(usize, i64)>,
    /// Whether a product is among them.
    is_touched: Vec<bool>,
}

/// How a line's changes split.
#[derive(Clone, Copy, Default)]
enum Way {
    /// They are all of one product.
    #[default]
    OneProduct,
    /// One contract after the other is in force, each of its product.
    InTurn,
    /// What is paid for each product has to be kept.
    ManyProducts,
}

impl Products {
    /// Takes a line up by all its pieces, of which one after the other is in force or several at once.
    #[inline]
    pub(super) fn open(&mut self, priced: &Priced<'_>, pieces: &[Piece], in_turn: bool) {
        self.way = match &priced.book.product {
            None => Way::OneProduct,
            Some(_) if in_turn => Way::InTurn,
            Some(products) => self.opened(priced, products, pieces),
        };
    }

    fn opened(&mut self, priced: &Priced<'_>, products: &Texts, pieces: &[Piece]) -> Way {
        let code = |piece: &Piece| products.codes().get(piece.contract as usize);
        let first = pieces.first().and_then(code);
        let many = pieces.iter().any(|piece| code(piece) != first);
        if many {
            let pool = products.pool().len();
            self.paid.resize(pool + 1, 0);
            self.is_touched.resize(pool + 1, false);
            for piece in pieces {
                if let Some(paid) = self.paid.get_mut(priced.product(piece.contract).min(pool)) {
                    *paid = 0;
                }
            }
        }
        if many { Way::ManyProducts } else { Way::OneProduct }
    }

    /// How the next step splits; none where there is one product.
    #[inline]
    pub(super) fn split(&mut self, priced: &Priced<'_>, step: &Step<'_>) -> Option<Split> {
        match (self.way, step.ending(), step.starting()) {
            (Way::OneProduct, ..) => None,
            (Way::ManyProducts, ..) => Some(self.by_product(priced, step)),
            // One takes the other's place, and no third is there.
            (Way::InTurn, [before], [after]) if priced.product(before.contract) != priced.product(after.contract) => {
                let mut split = Split::default();
                split.add(Part::ProductChurn, before.amount);
                split.add(Part::CrossSell, after.amount);
                Some(split)
            }
            (Way::InTurn, ..) => None,
        }
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
