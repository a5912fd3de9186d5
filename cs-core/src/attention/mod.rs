//! Who gets whose hours: tiers of customers by ordered rules, what they are owed, and whether people can give it.
//!
//! `touch_model` (rules and tiers as data) and what is `asked` -> `served` (every customer with its tier and the time spent on
//! it) -> `touch_plan`, `touch_load`, `touch_capacity`.

mod asked;
mod served;
mod touch_capacity;
mod touch_load;
mod touch_model;
mod touch_plan;

pub use asked::CustomerValue;
pub(crate) use served::{Cared, cared_for, tiers};
pub use touch_capacity::{TouchCapacity, TouchCapacityRow};
pub use touch_load::{TouchLoad, TouchLoadRow};
pub use touch_model::{TouchModel, TouchTier};
pub use touch_plan::{TouchPlan, TouchPlanRow};
