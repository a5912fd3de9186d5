//! Renewals: what falls due, what follows it, and how much revenue is committed.
//!
//! `successors` tells which contract follows which, `due` what fell due of one customer and what became of it, `discount`
//! how far contracts are below their list prices; `lines` tells it of all customers, and `renewals` adds it up by period.
//! `committed` looks at what is signed and what is known to end.

mod committed;
mod discount;
mod due;
mod lines;
mod renewals;
mod successors;

pub use committed::{Committed, CommittedRow, LossSource};
pub use due::{RenewalOutcome, RenewalTiming};
pub use lines::{RenewalLines, RenewalLinesRow};
pub use renewals::{Renewals, RenewalsRow};
pub(crate) use successors::follows;
