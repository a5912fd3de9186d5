//! What customers are worth: what they bring over their lifetime, beside what they cost, and what they bring through others.
//!
//! `costs` (of each customer) and the lines of units -> `base` (what a group's customers come to) -> `lifetime_value`;
//! `second_order_revenue`.

mod base;
mod costs;
mod lifetime_value;
mod second_order_revenue;

pub use lifetime_value::{LifetimeValue, LifetimeValueRow};
pub use second_order_revenue::{SecondOrderRevenue, SecondOrderRevenueRow};
