//! Whether scores foretold whom the company lost.
//!
//! `plan` is what is asked, `outcomes` what became of customers, `baselines` what a score has to beat, `observations` all of
//! them together; `ranking` tells how well a ranking tells lost from kept. What is said of it: `summary`, `comparison`
//! with the baselines, `by_band`, `calibration`, `lift` and `days`, in one `report`. `fit` makes a scorecard of them, by `logistic`.

mod baselines;
mod by_band;
mod calibration;
mod comparison;
mod days;
mod fit;
mod lift;
mod logistic;
mod observations;
mod outcomes;
mod plan;
mod ranking;
mod report;
mod summary;

pub use baselines::Baseline;
pub use by_band::{BacktestByBand, BacktestByBandRow};
pub use calibration::{BacktestCalibration, BacktestCalibrationRow};
pub use comparison::{BacktestBaselines, BacktestBaselinesRow};
pub use days::{BacktestDays, BacktestDaysRow};
pub use lift::{BacktestLift, BacktestLiftRow};
pub use report::Backtest;
pub use summary::{BacktestReason, BacktestSummary, BacktestSummaryRow};
