//! Who belongs to whom: customers by their top parents.

use crate::error::{Code, Error, Problem, quoted};
use crate::faults::Faults;
use crate::order::sort_by_key;
use crate::portfolio::{Customer, Directory};
use crate::query::{Context, Level};
use crate::text::ABSENT;

/// The customers that are looked at together: each by itself, or those below the same top parent.
pub(super) struct Families {
    count: usize,
    /// None: every customer is a family.
    below: Option<Below>,
}

/// Families of several customers.
struct Below {
    /// The customers, family by family.
    members: Vec<u32>,
    /// The top of each family, and where its members end.
    ends: Vec<(u32, u32)>,
}

/// The parent of each customer by position, [`ABSENT`] for none.
struct Parents<'a> {
    parents: Vec<u32>,
    directory: &'a Directory,
    /// The row of each customer that counts.
    versions: &'a [u32],
}

impl Families {
    /// Every customer by itself, or with all below its top parent.
    pub(super) fn of(context: &Context<'_>, versions: &[u32]) -> Result<Self, Error> {
        let portfolio = context.portfolio;
        let count = portfolio.book.customers();
        if context.level == Level::Customer {
            return Ok(Self { count, below: None });
        }
        let customers = count as u32;
        let mut tops: Vec<u32> = (0..customers).collect();
        let mut faults = Faults::new(portfolio.limits.problems, portfolio.redact);
        let parents = Parents::of(&portfolio.directory, versions, customers, &mut faults);
        parents.follow(&mut tops, &mut faults);
        faults.into_result()?;
        let mut members: Vec<u32> = (0..customers).collect();
        let top = |member: u32| tops.get(member as usize).copied().unwrap_or(member);
        sort_by_key(&mut members, |&member| u64::from(top(member)));
        let mut ends = Vec::with_capacity(members.len());
        let mut end = 0;
        for family in members.chunk_by(|&a, &b| top(a) == top(b)) {
            end += family.len() as u32;
            ends.extend(family.first().map(|&member| (top(member), end)));
        }
        Ok(Self { count: ends.len(), below: Some(Below { members, ends }) })
    }

    /// Whether every customer is a family by itself.
    pub(super) fn are_single(&self) -> bool {
        self.below.is_none()
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The top of a family, and all of it.
    #[inline]
    pub(super) fn family(&self, position: usize) -> (u32, impl Iterator<Item = u32> + Clone) {
        let (top, alone, below) = match &self.below {
            None => (position as u32, Some(position as u32), [].as_slice()),
            Some(Below { members, ends }) => {
                let start = position.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&(_, end)| end);
                let (top, end) = ends.get(position).copied().unwrap_or_default();
                (top, None, members.get(start as usize..end as usize).unwrap_or_default())
            }
        };
        (top, alone.into_iter().chain(below.iter().copied()))
    }
}

impl<'a> Parents<'a> {
    /// The parents that the rows that count name, each a customer with a row of its own.
    fn of(directory: &'a Directory, versions: &'a [u32], customers: u32, faults: &mut Faults) -> Self {
        let mut found = Self { parents: vec![ABSENT; customers as usize], directory, versions };
        let Some(named) = directory.texts("parent_id") else { return found };
        let (order, with_rows) = (directory.names.order(), directory.with_rows());
        let position = |id: &str| {
            let at = order.binary_search_by(|&customer| directory.names.get(customer).cmp(id));
            let customer = at.ok().and_then(|at| order.get(at).copied());
            customer.filter(|&customer| with_rows.get(customer as usize) == Some(&true))
        };
        let positions: Vec<Option<u32>> = named.pool().iter().map(position).collect();
        for customer in 0..customers {
            let row = versions.get(customer as usize).copied().unwrap_or(ABSENT);
            let Some(&code) = named.codes().get(row as usize).filter(|&&code| code != ABSENT) else { continue };
            match positions.get(code as usize).copied().flatten() {
                Some(parent) => {
                    if let Some(slot) = found.parents.get_mut(customer as usize) {
                        *slot = parent;
                    }
                }
                None => found.refuse(customer, Code::UnknownParent, faults, |parent| {
                    (
                        format!("the parent {} is not in the table customers", quoted(parent)),
                        "add it, or correct the id",
                    )
                }),
            }
        }
        found
    }

    /// Finds the top of every customer: whoever has nobody above.
    fn follow(&self, tops: &mut [u32], faults: &mut Faults) {
        let parent = |customer: u32| self.parents.get(customer as usize).copied().filter(|&parent| parent != ABSENT);
        let mut standing = vec![Standing::Unseen; tops.len()];
        let mut path = Vec::new();
        for customer in 0..tops.len() as u32 {
            path.clear();
            let mut at = customer;
            let circle = loop {
                match standing.get_mut(at as usize) {
                    Some(unseen @ Standing::Unseen) => *unseen = Standing::Below,
                    // Whoever is met again on one way stands in a circle.
                    Some(Standing::Below) => break path.iter().position(|&member| member == at),
                    Some(Standing::Settled) | None => break None,
                }
                path.push(at);
                // Nobody above is the top that it stands with already.
                let Some(next) = parent(at) else { break None };
                at = next;
            };
            if let Some(start) = circle {
                for &member in path.get(start..).unwrap_or_default() {
                    self.refuse(member, Code::ParentCycle, faults, |parent| {
                        let message = format!("the parent {} belongs to the customer itself", quoted(parent));
                        (message, "nobody stands above its own parents: correct one of the rows of the circle")
                    });
                }
            }
            let top = tops.get(at as usize).copied().unwrap_or(at);
            for &member in &path {
                if let (Some(slot), Some(standing)) = (tops.get_mut(member as usize), standing.get_mut(member as usize))
                {
                    (*slot, *standing) = (top, Standing::Settled);
                }
            }
        }
    }

    /// Notes a fault of a customer's row; `tell` is given the parent's id.
    fn refuse<'m>(&self, customer: u32, code: Code, faults: &mut Faults, tell: impl FnOnce(&str) -> (String, &'m str)) {
        let row = self.versions.get(customer as usize).copied().unwrap_or(ABSENT) as usize;
        let (record, line) = self.directory.place(row);
        let parent = self.directory.texts("parent_id").and_then(|parents| parents.get(row)).unwrap_or_default();
        faults.push(record.unwrap_or_default(), 0, || {
            let (message, help) = tell(parent);
            Problem::table(code, Customer::SPEC.name, message).value(parent).help(help).at(
                record,
                line,
                Some("parent_id"),
            )
        });
    }
}

/// How far the way up from a customer is known.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Unseen,
    /// On the way that is followed.
    Below,
    Settled,
}
