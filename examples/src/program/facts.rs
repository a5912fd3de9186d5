//! The tables of facts that can be given, and how each is.

use cs_core::Load;

/// Gives a table to a portfolio in the making.
pub(crate) type Setter = for<'a> fn(Load<'a>, &'a [u8]) -> Load<'a>;

/// The tables beside contracts and customers.
pub(crate) const FACTS: [(&str, Setter); 12] = [
    ("signals", |load, bytes| load.signals(bytes)),
    ("engagements", |load, bytes| load.engagements(bytes)),
    ("cases", |load, bytes| load.cases(bytes)),
    ("surveys", |load, bytes| load.surveys(bytes)),
    ("milestones", |load, bytes| load.milestones(bytes)),
    ("outcomes", |load, bytes| load.outcomes(bytes)),
    ("stakeholders", |load, bytes| load.stakeholders(bytes)),
    ("feedback", |load, bytes| load.feedback(bytes)),
    ("advocacy", |load, bytes| load.advocacy(bytes)),
    ("actions", |load, bytes| load.actions(bytes)),
    ("practices", |load, bytes| load.practices(bytes)),
    ("pauses", |load, bytes| load.pauses(bytes)),
];
