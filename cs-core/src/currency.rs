//! Currencies of ISO 4217.

use std::fmt;
use std::str::FromStr;

use crate::error::{Code, Problem, quoted};

/// A currency of ISO 4217 that has a minor unit.
///
/// ```
/// use cs_core::Currency;
/// assert_eq!(Currency::from_code("USD").map(|usd| usd.digits()), Some(2));
/// assert_eq!(Currency::from_code("JPY").map(|yen| yen.digits()), Some(0));
/// assert_eq!(Currency::from_code("XAU"), None); // gold has no minor unit
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of a three-letter code in capitals.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(code)?;
        currency.exponent().is_some().then_some(Self(currency))
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn digits(self) -> u8 {
        // A currency without a minor unit is refused on construction.
        self.0.exponent().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0)
    }
}

impl FromStr for Currency {
    type Err = Problem;

    fn from_str(code: &str) -> Result<Self, Problem> {
        Self::from_code(code).ok_or_else(|| unknown_currency(code))
    }
}

/// The fault of a code that is no currency's, not placed yet.
pub(crate) fn unknown_currency(code: &str) -> Problem {
    Problem::argument(Code::UnknownCurrency, "", format!("{} is not a currency", quoted(code)))
        .value(code)
        .help("give a currency by its code of ISO 4217 in capital letters, such as USD")
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
