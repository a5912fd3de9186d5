//! What is found when many are tested, after Y. Benjamini and Y. Hochberg, 1995.

use crate::order::{by_key, float_key};

/// Of each that was tested the least rate of false discoveries at which it is one: of `m` in ascending order the `i`th has
/// the least of `p m / i` from there on.
pub(crate) fn q_values(p_values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let mut q_values = p_values;
    let key = |place: usize| q_values.get(place).copied().flatten().map_or(u64::MAX, float_key);
    let order = by_key(q_values.len(), key);
    let tested = q_values.iter().flatten().count();
    let mut least = 1.0_f64;
    for (rank, &place) in order.iter().enumerate().take(tested).rev() {
        if let Some(Some(value)) = q_values.get_mut(place as usize) {
            least = least.min(*value * tested as f64 / (rank + 1) as f64);
            *value = least;
        }
    }
    q_values
}

#[cfg(test)]
mod tests {
    use super::q_values;

    #[test]
    fn each_is_corrected_for_all_that_were_tested() {
        let p_values = [0.04, 0.01, 0.5, 0.02].map(Some);
        assert_eq!(q_values(p_values.to_vec()), [0.16 / 3.0, 0.04, 0.5, 0.04].map(Some));
        assert_eq!(q_values(vec![None, Some(0.02), None, Some(0.9)]), [None, Some(0.04), None, Some(0.9)]);
        assert_eq!(q_values(vec![Some(0.9), Some(0.8)]), [Some(0.9), Some(0.9)]);
        assert_eq!(q_values(Vec::new()), []);
    }
}
