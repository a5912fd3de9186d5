//! What the steps of a line are as movements, by the switches that make reports differ.

use super::days::LastDays;
use super::line::Piece;
use super::movement::{MovementKind, Part, Split, classify};
use super::price::{Carries, Priced};
use super::products::Products;
use super::timeline::{Moved, Step, Steps, Timeline};
use crate::definitions::{Definitions, ReactivationAs, SamePeriodNewAndChurn, Sampling};
use crate::order::sort_by_key;
use crate::period::{Calendar, Day};
use crate::query::Context;

/// A step of a line, with what it is.
pub(crate) struct Change<'a> {
    pub(crate) step: Step<'a>,
    /// What the change is; none where it is no movement.
    pub(crate) kind: Option<MovementKind>,
    /// How the change splits by product; none where the line is for one alone.
    split: Option<Split>,
    /// Whether some MRR may rest on gaps which may still close.
    is_provisional: bool,
    priced: &'a Priced<'a>,
}

impl Change<'_> {
    /// Tells by how much each part of the change is one of products; none unless the customer pays before and after.
    #[inline]
    pub(crate) fn parts(&self, mut tell: impl FnMut(Part, i64)) {
        let Moved { before, after } = self.step.moved();
        if self.kind.is_none() || !before.pays || !after.pays {
            return;
        }
        if let Some(split) = &self.split {
            Part::ALL.iter().for_each(|&part| tell(part, split.amount(part)));
        } else {
            let (part, amount) = Part::of(before.mrr, after.mrr);
            tell(part, amount);
        }
    }

    /// The change of ARR; none where that is twelve times MRR.
    pub(super) fn arr(&self) -> Option<i128> {
        let priced = self.priced;
        priced.arr.as_ref()?;
        let yearly = |piece: &Piece| priced.yearly(piece.contract, piece.carries);
        Some(change_of(self.step.ending(), self.step.starting(), &yearly))
    }

    /// The change of the MRR that rests on gaps which may still close; none where no MRR does.
    pub(super) fn provisional(&self) -> Option<i128> {
        self.is_provisional.then(|| self.provisional_change())
    }

    fn provisional_change(&self) -> i128 {
        change_of(self.step.ending(), self.step.starting(), &|piece| match piece.carries {
            Carries::Provisional => i128::from(piece.amount),
            _ => 0,
        })
    }

    /// Tells every contract that carries something else than before: that started, ended or changed.
    pub(super) fn contracts(&self, mut tell: impl FnMut(u32)) {
        let (ending, starting) = (self.step.ending(), self.step.starting());
        if ending.is_empty() || starting.is_empty() {
            return ending.iter().chain(starting).for_each(|piece| tell(piece.contract));
        }
        let mut pieces: Vec<&Piece> = ending.iter().chain(starting).collect();
        sort_by_key(&mut pieces, |piece| u64::from(piece.contract));
        for of_one in pieces.chunk_by(|a, b| a.contract == b.contract) {
            match of_one {
                // It goes on and carries the same, as one of amount 0 does when it is paused.
                [before, after] if before.amount == after.amount => {}
                [one, ..] => tell(one.contract),
                [] => {}
            }
        }
    }
}

/// What some pieces carry together, less what others do.
#[inline(never)]
fn change_of(ending: &[Piece], starting: &[Piece], carried: &dyn Fn(&Piece) -> i128) -> i128 {
    let of = |pieces: &[Piece]| pieces.iter().map(carried).sum::<i128>();
    of(starting) - of(ending)
}

/// What is used again for every line.
#[derive(Default)]
pub(super) struct Storage {
    pub(super) timeline: Timeline,
    products: Products,
}

/// How steps are read as movements.
pub(super) struct Reading {
    free_counts: bool,
    is_provisional: bool,
    /// Where only closes of periods are looked at, those days.
    sampled: Option<LastDays>,
    /// After how many days a return is one of somebody new.
    window: Option<i64>,
    reactivation_as: MovementKind,
    /// Where customers that come and go within a period are left out, the periods.
    short_stays: Option<Calendar>,
}

/// What is known of a customer from the steps so far.
#[derive(Default)]
struct Past {
    has_paid: bool,
    left_on: Option<Day>,
    /// Until here, everything that happens is part of a stay that is left out.
    left_out: Option<Day>,
}

impl Reading {
    /// Whether definitions read each step by what is paid before and after it, and by whether anything ever was.
    pub(super) fn is_plain(definitions: &Definitions) -> bool {
        definitions.reactivation_window_days.is_none()
            && definitions.reactivation_as == ReactivationAs::Reactivation
            && definitions.same_period_new_and_churn != SamePeriodNewAndChurn::Neither
    }

    /// As the definitions read the steps of a book before a day.
    pub(super) fn of(context: &Context<'_>, until: Day) -> Self {
        let Context { definitions, known_on, .. } = *context;
        let calendar = definitions.calendar();
        let periods = || calendar.periods(context.portfolio.book.first_start()?, until);
        Self {
            free_counts: definitions.free_counts,
            is_provisional: known_on.is_some() && definitions.gap_tolerance_days > 0,
            sampled: match definitions.sampling {
                Sampling::Daily => None,
                Sampling::PeriodEnd => Some(periods().map(LastDays::of).unwrap_or_default()),
            },
            window: definitions.reactivation_window_days.map(i64::from),
            reactivation_as: match definitions.reactivation_as {
                ReactivationAs::Reactivation => MovementKind::Reactivation,
                ReactivationAs::Expansion => MovementKind::Expansion,
                ReactivationAs::New => MovementKind::New,
            },
            short_stays: Some(calendar)
                .filter(|_| definitions.same_period_new_and_churn == SamePeriodNewAndChurn::Neither),
        }
    }

    /// Calls `visit` with every change of a line before `until`.
    #[inline]
    pub(super) fn changes(
        &self,
        priced: &Priced<'_>,
        pieces: &[Piece],
        storage: &mut Storage,
        until: Day,
        mut visit: impl FnMut(&Change<'_>),
    ) {
        let Storage { timeline, products } = storage;
        let mut past = Past::default();
        let mut steps = timeline.steps(pieces, self.sampled.as_ref(), self.free_counts, until);
        products.open(priced, pieces);
        let is_provisional = self.is_provisional;
        while let Some(step) = steps.next() {
            let split = products.split(priced, &step);
            let kind = self.movement(&step, split.as_ref(), &mut past, &steps);
            visit(&Change { step, kind, split, is_provisional, priced });
        }
    }

    /// What a step is, and what is known of the customer after it.
    #[inline]
    fn movement(
        &self,
        step: &Step<'_>,
        split: Option<&Split>,
        past: &mut Past,
        steps: &Steps<'_>,
    ) -> Option<MovementKind> {
        let (day, Moved { before, after }) = (step.day(), step.moved());
        if past.left_out.is_some_and(|end| day < end) {
            return None;
        }
        let kind = classify(before, after, past.has_paid, split.is_some_and(|split| !split.is_zero()))?;
        match kind {
            MovementKind::New => {
                if let Some(calendar) = self.short_stays {
                    let end = calendar.last_day(day).next();
                    if !steps.balance_before(end).pays {
                        past.left_out = Some(end);
                        return None;
                    }
                }
                past.has_paid = true;
            }
            MovementKind::Churn => past.left_on = Some(day),
            MovementKind::Reactivation => {
                let absence = past.left_on.map_or(0, |left_on| day.days_after(left_on));
                let is_new = self.window.is_some_and(|window| absence > window);
                return Some(if is_new { MovementKind::New } else { self.reactivation_as });
            }
            _ => {}
        }
        Some(kind)
    }
}
