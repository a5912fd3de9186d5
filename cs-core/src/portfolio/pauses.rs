//! The pauses of contracts.

use crate::period::Day;

/// The pauses of each contract, by the position of its id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pauses {
    /// Where each contract's pauses begin, and where the last one's end.
    bounds: Vec<u32>,
    /// The first day of each, and the first day after it, [`Day::NEVER`] for none.
    days: Vec<(Day, Day)>,
}

impl Pauses {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The pauses of a contract, by the position of its id, in the order of their days.
    pub(crate) fn of(&self, contract: u32) -> &[(Day, Day)] {
        let bound = |position: usize| self.bounds.get(position).map(|&bound| bound as usize);
        match (bound(contract as usize), bound(contract as usize + 1)) {
            (Some(start), Some(end)) => self.days.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }
}
