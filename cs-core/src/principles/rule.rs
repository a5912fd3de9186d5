//! What a rule is.

use super::assessment::Assessment;
use super::panel::Panel;
use super::principle::Principle;
use super::thresholds::Thresholds;
use crate::error::Error;

/// A rule: a principle as it is judged by what a company knows.
pub(crate) trait Rule {
    const PRINCIPLE: Principle;

    /// The last values that are acceptable.
    type Thresholds: Thresholds;

    /// What it says of the customers that it is asked of.
    fn assess<'a>(at: &Self::Thresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error>;
}
