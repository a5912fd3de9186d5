//! Renewals: what falls due, what follows it, and how much revenue is committed.
//!
//! `successors` tells which contract follows which, `due` what fell due of one customer and what became of it, `discount`
//! how far contracts are below their list prices; `lines` tells it of all customers, and `renewals` adds it up by period.
//! `first_term` is the term that a customer begins with. `committed` looks at what is signed, what is known to end, and which
//! contracts are `replaced`.

mod committed;
mod discount;
mod due;
mod first_term;
mod lines;
mod renewals;
mod replaced;
mod successors;

pub use committed::{Committed, CommittedRow, LossSource};
pub use due::{RenewalOutcome, RenewalTiming};
pub(crate) use first_term::{first_due, first_term_end};
pub use lines::{RenewalLines, RenewalLinesRow};
pub use renewals::{Renewals, RenewalsRow};
pub(crate) use successors::follows;
