//! The day that is looked from.

use chrono::NaiveDate;

use super::{AS_OF, Arguments, Asked};
use crate::error::Error;

/// The day that is looked from, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf(pub(crate) NaiveDate);

impl Asked for AsOf {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self(arguments.day(AS_OF.name)?))
    }

    fn as_of(&self) -> Option<NaiveDate> {
        Some(self.0)
    }
}
