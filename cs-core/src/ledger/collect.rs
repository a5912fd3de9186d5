//! What is collected of units, group by group, by as many threads as there are.

use hashbrown::HashMap;

use super::groups::{ByGroup, GroupId, Groups};
use crate::query::Context;

/// What parts of the units give, which adds up.
pub(crate) trait Merge: Send {
    /// Adds what other units gave.
    fn merge(&mut self, other: Self);
}

/// What is collected for a group.
pub(crate) trait Collected: Merge {
    /// How many rows of the result there are of it.
    fn rows(&self) -> usize;
}

/// Something of every row.
impl<T: Merge> Merge for Vec<T> {
    /// Place by place; what has no places yet takes those of the other.
    fn merge(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
        } else {
            self.iter_mut().zip(other).for_each(|(ours, theirs)| ours.merge(theirs));
        }
    }
}

impl<T: Merge> Collected for Vec<T> {
    fn rows(&self) -> usize {
        self.len()
    }
}

/// What is collected of all units, whatever their group: there is no row of a result for each.
#[derive(Default)]
pub(super) struct OfAll<T>(pub(super) T);

impl<T: Merge> Merge for OfAll<T> {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }
}

impl<T: Merge> Collected for OfAll<T> {
    fn rows(&self) -> usize {
        0
    }
}

/// Something of every group that units were found in, and the rows of the result that there are of all.
pub(crate) struct PerGroup<'e, T> {
    /// What there is of a group before its first unit.
    empty: &'e (dyn Fn() -> T + Sync),
    groups: Vec<(GroupId, T)>,
    positions: HashMap<GroupId, u32>,
    /// The same of groups by attributes alone, one more than the position, by their number; 0 for those not met yet.
    by_attributes: Vec<u32>,
    last: Option<(GroupId, usize)>,
    rows: usize,
    most: usize,
}

/// The result would have more rows than it may.
#[derive(Debug)]
pub(crate) struct TooManyRows;

impl<'e, T: Collected> PerGroup<'e, T> {
    /// Nothing yet.
    pub(super) fn of(context: &Context<'_>, empty: &'e (dyn Fn() -> T + Sync)) -> Self {
        let most = context.most_rows();
        Self {
            empty,
            groups: Vec::new(),
            positions: HashMap::new(),
            by_attributes: Vec::new(),
            last: None,
            rows: 0,
            most,
        }
    }

    /// Adds to what is collected for a group; what `add` makes of it has at least as many rows as before. That they are
    /// not too many is looked at behind it: it adds some thousand units at most.
    #[inline]
    pub(crate) fn add(&mut self, group: GroupId, add: impl FnOnce(&mut T)) -> Result<(), TooManyRows> {
        let position = self.position(group);
        let Some((_, slot)) = self.groups.get_mut(position) else { return Ok(()) };
        let before = slot.rows();
        add(slot);
        self.rows += slot.rows().saturating_sub(before);
        if self.rows > self.most { Err(TooManyRows) } else { Ok(()) }
    }

    /// The position of a group, made now if it was not there.
    #[inline]
    fn position(&mut self, group: GroupId) -> usize {
        // Units come customer by customer: often in the group of the one before.
        match self.last {
            Some((last, position)) if last == group => position,
            _ => self.look_up(group),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, group: GroupId) -> usize {
        let next = self.groups.len() as u32;
        let position = match group.by_attributes_alone() {
            Some(attributes) => {
                if self.by_attributes.len() <= attributes {
                    self.by_attributes.resize(attributes + 1, 0);
                }
                let position = self.by_attributes.get_mut(attributes);
                position.map_or(next, |position| {
                    *position = if *position == 0 { next + 1 } else { *position };
                    *position - 1
                })
            }
            None => *self.positions.entry(group).or_insert(next),
        };
        if position == next {
            let made = (self.empty)();
            self.rows += made.rows();
            self.groups.push((group, made));
        }
        self.last = Some((group, position as usize));
        position as usize
    }

    /// Adds what was collected of other units.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), TooManyRows> {
        other.groups.into_iter().try_for_each(|(group, theirs)| self.add(group, |ours| ours.merge(theirs)))
    }

    /// All of it, in the order of groups.
    pub(super) fn sorted(self, groups: &Groups<'_>) -> ByGroup<T> {
        groups.sorted(self.groups, self.empty)
    }
}
