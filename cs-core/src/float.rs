//! The only place where floats are computed and written: the same bits natively and in WebAssembly.
//!
//! Platforms' own transcendental functions disagree in the last bit: one that the library needs is taken from a
//! portable implementation here and nowhere else. Division and what IEEE 754 fixes to the bit need none.

/// The quotient of two exact sums, or `None` where the denominator is zero.
#[must_use]
pub(crate) fn quotient(numerator: i128, denominator: i128) -> Option<f64> {
    // Sums beyond 2^53 are rounded once each on their way to a float; both roundings are IEEE's, so equal everywhere.
    (denominator != 0).then(|| numerator as f64 / denominator as f64)
}

/// `number` as RFC 8785 writes it (the shortest form that reads back to the same bits), or `None` if it is not finite.
#[must_use]
pub(crate) fn canonical(number: f64) -> Option<String> {
    number.is_finite().then(|| ryu_js::Buffer::new().format_finite(number).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.1, "0.1"),
            (1e21, "1e+21"),
            (1e-7, "1e-7"),
            (123456789.123, "123456789.123"),
        ] {
            assert_eq!(canonical(number).as_deref(), Some(text));
        }
        assert_eq!(canonical(f64::NAN), None);
        assert_eq!(canonical(f64::INFINITY), None);
    }

    #[test]
    fn a_quotient_needs_a_denominator() {
        assert_eq!(quotient(1, 4), Some(0.25));
        assert_eq!(quotient(1, 0), None);
        assert_eq!(quotient(0, 0), None);
    }
}
