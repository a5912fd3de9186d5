//! What operations keep of a portfolio from one call to the next.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What was computed of a portfolio and may be asked again: one value of each type, whose module alone knows what it is.
///
/// A portfolio never changes, so that what is kept never goes out of date; all clones have it in common.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<Vec<Arc<dyn Any + Send + Sync>>>>);

impl Kept {
    /// The value of a type, which is made when it is first asked for.
    pub(crate) fn get<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().find_map(|one| Arc::clone(one).downcast::<T>().ok());
        found.unwrap_or_else(|| {
            let made = Arc::new(T::default());
            all.push(Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
            made
        })
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kept").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

    use super::Kept;

    #[test]
    fn there_is_one_value_of_each_type_for_all_clones() {
        let kept = Kept::default();
        kept.get::<AtomicU32>().store(7, Ordering::Relaxed);
        let other = kept.clone();
        assert_eq!(other.get::<AtomicU64>().load(Ordering::Relaxed), 0);
        assert_eq!(other.get::<AtomicU32>().load(Ordering::Relaxed), 7);
        assert_eq!(Kept::default().get::<AtomicU32>().load(Ordering::Relaxed), 0);
    }
}
