#![doc = include_str!("../../README.md")]
#![forbid(unsafe_code)]
// What is not there is asked for with `get`: an index beyond the end is a panic that reaches a host.
#![deny(clippy::indexing_slicing)]
#![cfg_attr(
    not(feature = "backtest"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "what only health and its tests ask for stands in the room it belongs to"
    )
)]

// What every number means: switches, each with its reading.
mod definitions;

// Contracts come in, or are drawn.
mod portfolio;
#[cfg(feature = "synthetic")]
mod synthetic;

// What is asked of them, how results add up, contracts as dated movements, and what follows from these.
mod query;

mod sums;

mod ledger;

pub mod metrics;

// What falls due, and what is committed.
#[cfg(feature = "rooms")]
mod renewal;

// How long they stay.
#[cfg(feature = "rooms")]
mod forecast;

// How customers are, by scorecards that are data.
#[cfg(feature = "health")]
mod health;

// How far customers have come.
#[cfg(feature = "rooms")]
mod success;

// What they are worth.
#[cfg(feature = "rooms")]
mod worth;

// Who gets whose hours.
#[cfg(feature = "rooms")]
mod attention;

// What is shown to those who decide.
#[cfg(feature = "rooms")]
mod board;

// The principles as rules, and the review that tells what they found.
#[cfg(feature = "review")]
mod principles;
#[cfg(feature = "review")]
mod review;

// The lists of all operations and functions, results of parts of the customers, and the boundary that the bindings call.
#[cfg(all(feature = "docs", feature = "forecast"))]
mod catalogue;
#[cfg(feature = "forecast")]
mod functions;
mod operations;

mod partial;

pub mod wire;

// Results: tables in every form, and pictures of them.
#[cfg(feature = "figures")]
mod figure;
mod table;

// The vocabulary.
mod currency;
mod docs;
mod draws;
mod error;
mod faults;
mod float;
mod interner;
mod json;
mod locale;
mod money;
mod order;
mod parts;
mod period;
mod ratio;
#[cfg(any(feature = "rooms", feature = "health"))]
mod reading;
mod text;
mod watch;
mod word;

pub use definitions::{
    ChurnDate, ContractKind, Definitions, Difference, Discounts, Fraction, Fx, Paused, ReactivationAs, RenewalUnit,
    SamePeriodNewAndChurn, Sampling,
};

pub use portfolio::{
    Action, Advocacy, AdvocacyKind, BillingPeriod, Case, ChurnKind, ColumnKind, ColumnSpec, Contract, ContractSource,
    Customer, Duplicates, Engagement, EngagementChannel, EngagementKind, ExtraColumns, Feedback, FeedbackKind, Input,
    InputColumn, InputRows, Limits, Load, LoadReport, Milestone, MilestoneName, OnInvalid, Outcome, Pause, Portfolio,
    Practice, PracticeTopic, ReservedSignal, Signal, Source, Stakeholder, StakeholderRole, Survey, SurveyKind, TABLES,
    TableReport, TableSpec, TextColumn, Value,
};
#[cfg(feature = "synthetic")]
pub use synthetic::{ChurnCause, PlantedFault, Synthetic};

pub use query::{Grouped, KnownOn, Level, Operation, OverPeriods, Query};

pub use sums::Additive;

pub use ledger::{Journal, JournalRow, MovementKind, Movements, MovementsRow};

#[cfg(feature = "health")]
pub use health::{
    Aggregate, BacktestVerdict, Evidence, ExplainHealth, ExplainHealthChange, ExplainHealthChangeRow, ExplainHealthRow,
    Health, HealthCoverage, HealthCoverageRow, HealthMigration, HealthMigrationRow, HealthRow, HealthStanding,
    HealthState, MeasureState, Missing, Outlook, OutlookReason, OutlookRow, OutlookState, Scorecard,
};
#[cfg(feature = "backtest")]
pub use health::{
    Backtest, BacktestBaselines, BacktestBaselinesRow, BacktestByBand, BacktestByBandRow, BacktestCalibration,
    BacktestCalibrationRow, BacktestDays, BacktestDaysRow, BacktestLift, BacktestLiftRow, BacktestReason,
    BacktestSummary, BacktestSummaryRow, Baseline,
};

pub use metrics::{
    Cohorts, CohortsRow, FlowRetention, FlowRetentionRow, Months, Retention, RetentionIntervals, RetentionIntervalsRow,
    RetentionRow, Window, WindowError,
};

#[cfg(feature = "rooms")]
pub use renewal::{
    Committed, CommittedRow, LossSource, RenewalLines, RenewalLinesRow, RenewalOutcome, RenewalTiming, Renewals,
    RenewalsRow,
};

#[cfg(feature = "rooms")]
pub use forecast::{
    CumulativeIncidence, CumulativeIncidenceRow, KaplanMeier, KaplanMeierRow, LogRank, LogRankRow, RestrictedMean,
    RestrictedMeanRow, RetentionModel, RetentionModelRow, RetentionProjection, RetentionProjectionRow,
    ShiftedBetaGeometric, Subjects, Survival, SurvivalComparison, SurvivalComparisonRow, SurvivalRow,
};

#[cfg(feature = "rooms")]
pub use success::{
    AttitudinalSign, BehaviouralSign, DisaffectedSign, Lifecycle, LifecycleRow, Loyalty, LoyaltyKind, LoyaltyRow,
    MissingTable, Onboarding, OnboardingRow, Phase, PhaseEvidence, TimeToValue, TimeToValueRow, ValueIncidence,
    ValueIncidenceRow, ValueLandmark, ValueLandmarkRow, ValueState, ValueTiming, WaitEnd,
};

#[cfg(feature = "rooms")]
pub use attention::{
    CustomerValue, TouchCapacity, TouchCapacityRow, TouchLoad, TouchLoadRow, TouchModel, TouchPlan, TouchPlanRow,
    TouchTier,
};

#[cfg(feature = "rooms")]
pub use board::{
    ContractSizeStanding, CustomerChange, Drilldown, DrilldownAnswers, DrilldownAnswersRow, DrilldownChurnByIndustry,
    DrilldownChurnByIndustryRow, DrilldownExpansion, DrilldownExpansionRow, DrilldownFirstRenewals,
    DrilldownFirstRenewalsRow, DrilldownLongStanding, DrilldownLongStandingRow, DrilldownProducts,
    DrilldownProductsRow, DrilldownQuestion, FirstRenewalOutcome, Good, Kpi, KpiState, KpiTrend, KpiUnit, Kpis,
    KpisRow,
};

#[cfg(feature = "rooms")]
pub use worth::{LifetimeValue, LifetimeValueRow, SecondOrderRevenue, SecondOrderRevenueRow};

#[cfg(feature = "review")]
pub use principles::{
    Bound, Check, Edition, FindingScope, MeasureUnit, MissingReason, Plays, PlaysRow, Principle, ReviewMeasure,
    ReviewSettings, Severity, Verdict, VerdictBasis,
};

#[cfg(feature = "review")]
pub use review::{
    FindingState, ResolvedBy, Review, ReviewChecks, ReviewChecksRow, ReviewComparisons, ReviewComparisonsRow,
    ReviewEvidence, ReviewEvidenceRow, ReviewExclusions, ReviewExclusionsRow, ReviewFindings, ReviewFindingsRow,
    ReviewPlays, ReviewPlaysRow, ReviewResolved, ReviewResolvedRow, ReviewSummary, ReviewSummaryRow, ReviewVerdicts,
    ReviewVerdictsRow,
};

#[cfg(all(feature = "docs", feature = "forecast"))]
pub use catalogue::{Catalogue, CatalogueEntry, CatalogueRow, CatalogueUnit};

pub use partial::Partial;

#[cfg(feature = "figures")]
pub use figure::{Axis, Figure, Layer, Mark, Marks, Picture, Role};
pub use table::{
    Cell, Column, ColumnDoc, Kind, Metadata, Nullable, Report, ReportForm, Table, TableDoc, TextList, TextLists, Texts,
    Unit, VERSION, Values, exemplar,
};

pub use currency::Currency;
pub use error::{Code, Error, Problem, Problems};
pub use json::Json;
pub use locale::Locale;
pub use money::{ExtraDigits, Money};
pub use period::{Calendar, Day, DayError, Month, PeriodLength, Periods};
pub use ratio::{Ratio, Reason};
pub use watch::{Stage, Unwatched, Watch};
pub use word::UnknownWord;

// What every language answers, here with all work cut into parts.
#[cfg(test)]
extern crate self as cs_core;
#[cfg(test)]
#[path = "../tests/common/vectors.rs"]
mod vectors;
