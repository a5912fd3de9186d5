//! The digest that stands in a committed file for bytes that would be too many.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a text, in hexadecimal digits.
pub(crate) fn digest(text: &str) -> String {
    let mut out = String::new();
    for byte in Sha256::digest(text) {
        write!(out, "{byte:02x}").unwrap();
    }
    out
}
