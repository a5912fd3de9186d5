//! Movements.

fn main() {}
