//! The review.

fn main() {}
