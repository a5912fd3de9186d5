//! What the fuzzer calls: each target does with bytes what a user could do with such input, and fails where a promise
//! of the library does not hold. A panic of the library fails by itself.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a target tells of a broken promise by failing"
)]

mod amounts;
mod book;
mod bytes;
#[path = "../../tests/common/calls.rs"]
mod calls;
mod checks;
mod columns;
mod dates;
mod files;
mod partials;
mod texts;

pub use amounts::amounts;
pub use book::book;
pub use columns::columns;
pub use dates::dates;
pub use files::{contracts_csv, customers_csv};
pub use partials::partials;
pub use texts::{arguments, definitions, json, scorecards, tables};

/// A target: its name, which its folder of the corpus has too, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 12] = [
    ("amounts", amounts),
    ("arguments", arguments),
    ("book", book),
    ("columns", columns),
    ("contracts_csv", contracts_csv),
    ("customers_csv", customers_csv),
    ("dates", dates),
    ("definitions", definitions),
    ("json", json),
    ("partials", partials),
    ("scorecards", scorecards),
    ("tables", tables),
];
