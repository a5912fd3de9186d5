//! Contracts in whose place others are signed.

use super::due::{Next, ends};
use super::successors::SuccessorWindow;
use crate::definitions::Definitions;
use crate::ledger::Held;
use crate::period::Day;

/// Of a customer's contracts, which are in the order of their starts, those that renew themselves, end a term between two days,
/// and have another signed in their place by then: they are not known to end, and will not run beside it.
pub(super) fn replaced(held: &[Held], definitions: &Definitions, [day, until]: [Day; 2]) -> Vec<u32> {
    let ending = |contract: &Held| {
        let term = contract.term_after(day).filter(|&term| contract.renews_itself && term < contract.end);
        term.filter(|&term| contract.start <= day && term <= until)
    };
    let planned: Vec<Held> =
        held.iter().map(|contract| Held { end: ending(contract).unwrap_or(contract.end), ..*contract }).collect();
    if planned.iter().zip(held).all(|(planned, held)| planned.end == held.end) {
        return Vec::new();
    }
    let (ends, successors) = ends(&planned, SuccessorWindow::of(definitions));
    let replaced = ends.iter().filter(|due| {
        // One that names a contract and began long before its term ends did not wait for that.
        let starts = due.day.days_before(definitions.early_days)..=until;
        let is_signed = |place: usize| held.get(place).is_some_and(|contract| starts.contains(&contract.start));
        due.next != Next::None && due.successors(&successors).any(is_signed)
    });
    let contracts = replaced.filter_map(|due| held.get(due.held).filter(|contract| ending(contract).is_some()));
    contracts.map(|contract| contract.contract).collect()
}
