//! How many customers rates rest on.

/// Rates of fewer customers are called a small sample.
pub(super) const SMALL_SAMPLE: u64 = 30;
