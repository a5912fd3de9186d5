//! What a backtest says of a scorecard.

use crate::word::words;

words! {
    /// Whether scores foretold whom the company lost.
    BacktestVerdict {
        /// Better than every baseline, by more than chance in the customers explains.
        Better,
        /// That was not shown.
        NotShown,
    }
}
