//! The term that a customer begins with.

use super::due::{Event, Next, ends};
use super::successors::SuccessorWindow;
use crate::ledger::{Held, Units};
use crate::period::Day;

/// The end of the term that a customer begins with on its first day: the first behind it of the contracts that it begins with. None
/// where none of them says one: an end alone may be the day on which somebody left.
pub(crate) fn first_term_end(units: &Units<'_>, customer: u32, first: Day) -> Option<Day> {
    begun(units, customer, first).filter_map(|contract| contract.term_after(first)).min()
}

/// The first day on which a contract falls due that a customer begins with: its term ends, or without one itself.
pub(crate) fn first_due(units: &Units<'_>, customer: u32, first: Day) -> Option<Day> {
    let end = |contract: &Held| Some(contract.end).filter(|&end| end != Day::NEVER);
    begun(units, customer, first).filter_map(|contract| contract.term_after(first).or_else(|| end(&contract))).min()
}

/// The contracts in force on a customer's first day; in the place of one that is amended before it has come to a term, what follows
/// it.
fn begun(units: &Units<'_>, customer: u32, first: Day) -> impl Iterator<Item = Held> {
    let (held, definitions) = (Held::of(units, customer), units.definitions());
    let (ends, successors) = ends(&held, SuccessorWindow::of(definitions));
    let is_there = |contract: &Held| contract.start <= first && first < contract.end;
    let pays = |contract: &Held| contract.mrr > 0 || definitions.free_counts;
    let mut begins: Vec<bool> = held.iter().map(|contract| is_there(contract) && pays(contract)).collect();
    for due in ends.iter().filter(|due| due.event == Event::EndsEarly && due.next != Next::None) {
        let Some(begun) = begins.get_mut(due.held).filter(|begun| **begun) else { continue };
        *begun = false;
        for successor in due.successors(&successors) {
            if let Some(slot) = begins.get_mut(successor) {
                *slot = true;
            }
        }
    }
    held.into_iter().zip(begins).filter(|(_, begins)| *begins).map(|(contract, _)| contract)
}
