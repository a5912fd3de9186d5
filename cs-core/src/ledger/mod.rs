//! From contracts to dated movements: what each contract is worth a month, each customer's line of MRR, what moved
//! on which day, and the two results that show it.
//!
//! The arrows run one way: `terms` (which contracts count, until when) -> `price` (counts of the smallest unit) ->
//! `line` (a customer's contracts day by day, pauses and gaps in it) -> `timeline` (its days in order) -> `changes` (what
//! moved, by the definitions) -> `units` (of whom: customers, parents, products) and `collect` (in groups, part by part)
//! -> `flows` and `movements` (summed by period) and `journal` (one by one). Where contracts make lines as they stand,
//! `plain` goes straight from `price`, by the numbers of `slots`, to `tallies` and `movements`.

mod changes;
mod closes;
mod collect;
mod days;
mod flows;
mod groups;
#[cfg(feature = "rooms")]
mod held;
mod journal;
mod line;
mod movement;
mod movements;
#[cfg(feature = "rooms")]
mod one_time;
mod parents;
mod plain;
mod price;
mod products;
mod slots;
mod standing;
mod tallies;
mod terms;
mod timeline;
mod units;

pub(crate) use closes::{Closes, Paid};
#[cfg(feature = "rooms")]
pub(crate) use collect::TooManyRows;
pub(crate) use collect::{Collected, Merge, PerGroup};
pub(crate) use days::Days;
pub(crate) use flows::{Flows, FlowsByPeriod};
pub(crate) use groups::{ByGroup, attribute};
#[cfg(feature = "rooms")]
pub(crate) use held::Held;
pub use journal::{Journal, JournalRow};
pub use movement::MovementKind;
pub use movements::{Movements, MovementsRow};
#[cfg(feature = "rooms")]
pub(crate) use one_time::OneTime;
pub(crate) use plain::{Plain, PlainLine};
#[cfg(feature = "rooms")]
pub(crate) use price::ListPrice;
pub(crate) use standing::Standing;
pub(crate) use timeline::{Balance, Moved};
#[cfg(feature = "rooms")]
pub(crate) use units::Stay;
pub(crate) use units::{UnitLine, Units, covered};
