//! Long work is followed, stopped, and shared between threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use cs_core::{
    Action, Advocacy, AdvocacyKind, Aggregate, AttitudinalSign, Axis, Backtest, BacktestBaselines,
    BacktestBaselinesRow, BacktestByBand, BacktestByBandRow, BacktestCalibration, BacktestCalibrationRow, BacktestDays,
    BacktestDaysRow, BacktestLift, BacktestLiftRow, BacktestReason, BacktestSummary, BacktestSummaryRow,
    BacktestVerdict, Baseline, BehaviouralSign, BillingPeriod, Bound, Calendar, Case, Catalogue, CatalogueEntry,
    CatalogueRow, CatalogueUnit, Cell, Check, ChurnCause, ChurnDate, ChurnKind, Code, Cohorts, CohortsRow, Column,
    ColumnDoc, ColumnKind, ColumnSpec, Committed, CommittedRow, Contract, ContractKind, ContractSizeStanding,
    ContractSource, CumulativeIncidence, CumulativeIncidenceRow, Currency, Customer, CustomerChange, CustomerValue,
    Day, DayError, Definitions, Difference, DisaffectedSign, Discounts, Drilldown, DrilldownAnswers,
    DrilldownAnswersRow, DrilldownChurnByIndustry, DrilldownChurnByIndustryRow, DrilldownExpansion,
    DrilldownExpansionRow, DrilldownFirstRenewals, DrilldownFirstRenewalsRow, DrilldownLongStanding,
    DrilldownLongStandingRow, DrilldownProducts, DrilldownProductsRow, DrilldownQuestion, Duplicates, Edition,
    Engagement, EngagementChannel, EngagementKind, Error, Evidence, ExplainHealth, ExplainHealthChange,
    ExplainHealthChangeRow, ExplainHealthRow, ExtraColumns, ExtraDigits, Feedback, FeedbackKind, Figure, FindingScope,
    FindingState, FirstRenewalOutcome, FlowRetention, FlowRetentionRow, Fraction, Fx, Good, Health, HealthCoverage,
    HealthCoverageRow, HealthMigration, HealthMigrationRow, HealthRow, HealthStanding, HealthState, Input, InputColumn,
    InputRows, Journal, JournalRow, Json, KaplanMeier, KaplanMeierRow, Kind, Kpi, KpiState, KpiTrend, KpiUnit, Kpis,
    KpisRow, Layer, Level, Lifecycle, LifecycleRow, LifetimeValue, LifetimeValueRow, Limits, Load, LoadReport, Locale,
    LogRank, LogRankRow, LossSource, Loyalty, LoyaltyKind, LoyaltyRow, Mark, Marks, MeasureState, MeasureUnit,
    Metadata, Milestone, MilestoneName, Missing, MissingReason, MissingTable, Money, Month, Months, MovementKind,
    Movements, MovementsRow, Nullable, OnInvalid, Onboarding, OnboardingRow, Outcome, Outlook, OutlookReason,
    OutlookRow, OutlookState, Partial, Pause, Paused, PeriodLength, Periods, Phase, PhaseEvidence, Picture,
    PlantedFault, Plays, PlaysRow, Portfolio, Practice, PracticeTopic, Principle, Problem, Problems, Query, Ratio,
    ReactivationAs, Reason, RenewalLines, RenewalLinesRow, RenewalOutcome, RenewalTiming, RenewalUnit, Renewals,
    RenewalsRow, Report, ReportForm, ReservedSignal, ResolvedBy, RestrictedMean, RestrictedMeanRow, Retention,
    RetentionIntervals, RetentionIntervalsRow, RetentionModel, RetentionModelRow, RetentionProjection,
    RetentionProjectionRow, RetentionRow, Review, ReviewChecks, ReviewChecksRow, ReviewComparisons,
    ReviewComparisonsRow, ReviewEvidence, ReviewEvidenceRow, ReviewExclusions, ReviewExclusionsRow, ReviewFindings,
    ReviewFindingsRow, ReviewMeasure, ReviewPlays, ReviewPlaysRow, ReviewResolved, ReviewResolvedRow, ReviewSettings,
    ReviewSummary, ReviewSummaryRow, ReviewVerdicts, ReviewVerdictsRow, Role, SamePeriodNewAndChurn, Sampling,
    Scorecard, SecondOrderRevenue, SecondOrderRevenueRow, Severity, ShiftedBetaGeometric, Signal, Source, Stage,
    Stakeholder, StakeholderRole, Subjects, Survey, SurveyKind, Survival, SurvivalComparison, SurvivalComparisonRow,
    SurvivalRow, Synthetic, Table, TableDoc, TableReport, TableSpec, TextColumn, TextList, TextLists, Texts,
    TimeToValue, TimeToValueRow, TouchCapacity, TouchCapacityRow, TouchLoad, TouchLoadRow, TouchModel, TouchPlan,
    TouchPlanRow, TouchTier, Unit, UnknownWord, Unwatched, Value, ValueIncidence, ValueIncidenceRow, ValueLandmark,
    ValueLandmarkRow, ValueState, ValueTiming, Values, Verdict, VerdictBasis, WaitEnd, Watch, Window, WindowError,
    wire,
};
use proptest::prelude::*;

use crate::books::{Book, books};
use crate::config;

/// Counts what it is told, and stops the work when it was told so often.
struct Counting {
    told: AtomicU64,
    patience: u64,
    stage: Stage,
}

impl Counting {
    fn with_patience(stage: Stage, patience: u64) -> Self {
        Self { told: AtomicU64::new(0), patience, stage }
    }

    fn told(&self) -> u64 {
        self.told.load(Ordering::Relaxed)
    }
}

impl Watch for Counting {
    fn progress(&self, stage: Stage, done: u64, total: u64) -> ControlFlow<()> {
        assert!(done <= total);
        if stage != self.stage {
            return ControlFlow::Continue(());
        }
        match self.told.fetch_add(1, Ordering::Relaxed) {
            told if told < self.patience => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

fn load(book: &Book, watch: &dyn Watch) -> Result<Portfolio, Error> {
    Portfolio::from_tables(book.contracts.as_slice())
        .currency(book.currency.code())
        .definitions(book.definitions.clone())
        .watch(watch)
        .load()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn loading_is_watched_and_stopped(book in books(), patience in 0_u64..6) {
        let patient = Counting::with_patience(Stage::Check, u64::MAX);
        let loaded = load(&book, &patient).unwrap();
        prop_assert!(patient.told() > 0);
        prop_assert_eq!(loaded.table("contracts").unwrap(), book.load().table("contracts").unwrap());
        match load(&book, &Counting::with_patience(Stage::Check, patience)) {
            Ok(_) => prop_assert!(patience >= patient.told()),
            Err(error) => {
                prop_assert_eq!(error, Error::Cancelled);
                prop_assert!(patience < patient.told());
            }
        }
    }

    #[test]
    fn computing_is_watched_and_stopped(book in books()) {
        let (patient, impatient) =
            (Counting::with_patience(Stage::Ledger, u64::MAX), Counting::with_patience(Stage::Ledger, 0));
        for call in book.calls() {
            let told = patient.told();
            // What a portfolio has kept of a call before is not computed again.
            let answer = call.run_watched(&book.load(), &patient);
            prop_assert_eq!(answer, Ok(call.run(&book.load()).unwrap()));
            if !book.contracts.is_empty() {
                prop_assert!(patient.told() > told, "{}", call.operation.name);
                prop_assert_eq!(call.run_watched(&book.load(), &impatient), Err(Error::Cancelled));
            }
        }
    }

    #[test]
    fn what_was_kept_is_watched_and_stopped(book in books()) {
        let portfolio = book.load();
        let day = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        prop_assert!(portfolio.health(day).run().is_ok());
        let patient = Counting::with_patience(Stage::Write, u64::MAX);
        prop_assert!(portfolio.health(day).watch(&patient).run().is_ok());
        for patience in 0..patient.told() {
            let impatient = Counting::with_patience(Stage::Write, patience);
            prop_assert_eq!(portfolio.health(day).watch(&impatient).run(), Err(Error::Cancelled));
        }
        prop_assert!(patient.told() > 0);
    }

    #[test]
    fn threads_share_a_portfolio(book in books()) {
        let portfolio = book.load();
        let run = || portfolio.movements(book.start, book.end).run().unwrap().table().to_json();
        let results: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        prop_assert!(results.iter().all(|result| *result == run()));
    }
}

/// Compiles only for what threads may share and hand over.
fn shared<T: Send + Sync>() {}

#[test]
fn types_can_be_shared_between_threads() {
    macro_rules! each {
        ($($name:ident $(<$($of:tt),+>)?),+ $(,)?) => {{
            $(shared::<$name $(<$($of),+>)?>();)+
            vec![$(stringify!($name)),+]
        }};
    }
    let mut there = each!(
        Axis,
        Backtest,
        BacktestBaselines,
        BacktestBaselinesRow,
        BacktestByBand,
        BacktestByBandRow<'_>,
        BacktestCalibration,
        BacktestCalibrationRow,
        BacktestDays,
        BacktestDaysRow,
        BacktestLift,
        BacktestLiftRow,
        BacktestReason,
        BacktestSummary,
        BacktestSummaryRow,
        BacktestVerdict,
        Baseline,
        BillingPeriod,
        Calendar,
        Cell<'_>,
        ChurnCause,
        ChurnDate,
        ChurnKind,
        Code,
        Cohorts,
        CohortsRow,
        Column,
        ColumnDoc,
        ColumnKind,
        ColumnSpec,
        Contract,
        ContractKind,
        ContractSource,
        Currency,
        Customer,
        Day,
        DayError,
        Definitions,
        Difference,
        Discounts,
        Duplicates,
        Error,
        ExtraColumns,
        ExtraDigits,
        Figure,
        FlowRetention,
        FlowRetentionRow,
        Fraction,
        Fx,
        Input,
        InputColumn,
        InputRows<'_>,
        Journal,
        JournalRow<'_>,
        Json,
        Kind,
        Layer,
        Level,
        Limits,
        Load<'_>,
        LoadReport,
        Locale,
        Mark<f64>,
        Marks,
        Metadata,
        Action,
        Advocacy,
        AdvocacyKind,
        Case,
        Engagement,
        EngagementChannel,
        EngagementKind,
        Feedback,
        FeedbackKind,
        Outcome,
        Outlook,
        OutlookReason,
        OutlookRow<'_>,
        OutlookState,
        Practice,
        PracticeTopic,
        ReservedSignal,
        Signal,
        Stakeholder,
        StakeholderRole,
        Survey,
        SurveyKind,
        Aggregate,
        Evidence,
        Health,
        ExplainHealth,
        ExplainHealthRow<'_>,
        HealthRow<'_>,
        HealthState,
        MeasureState,
        Missing,
        Scorecard,
        ExplainHealthChange,
        ExplainHealthChangeRow<'_>,
        HealthCoverage,
        HealthCoverageRow<'_>,
        HealthMigration,
        HealthMigrationRow<'_>,
        HealthStanding,
        Milestone,
        MilestoneName,
        Money,
        Month,
        Months,
        MovementKind,
        Movements,
        MovementsRow,
        Nullable<Day>,
        OnInvalid,
        Partial,
        Pause,
        Paused,
        PeriodLength,
        Periods,
        Picture,
        PlantedFault,
        Portfolio,
        Problem,
        Problems,
        Query<'_, Movements>,
        Ratio,
        ReactivationAs,
        Reason,
        RenewalUnit,
        Report,
        Retention,
        RetentionIntervals,
        RetentionIntervalsRow,
        RetentionRow,
        Role,
        SamePeriodNewAndChurn,
        Sampling,
        Source<'_>,
        Stage,
        Synthetic<'_>,
        Table,
        TableDoc,
        TableReport,
        TableSpec,
        TextColumn,
        TextList<'_>,
        TextLists,
        Texts,
        Unit,
        UnknownWord,
        Unwatched,
        Value,
        Values,
        Window,
        WindowError,
        Committed,
        CommittedRow,
        LossSource,
        RenewalLines,
        RenewalLinesRow<'_>,
        RenewalOutcome,
        RenewalTiming,
        Renewals,
        RenewalsRow,
        CumulativeIncidence,
        CumulativeIncidenceRow<'_>,
        KaplanMeier,
        KaplanMeierRow,
        LogRank,
        LogRankRow,
        RestrictedMean,
        RestrictedMeanRow,
        ShiftedBetaGeometric,
        Subjects<'_>,
        Survival,
        SurvivalRow,
        Onboarding,
        OnboardingRow,
        TimeToValue,
        TimeToValueRow<'_>,
        ValueIncidence,
        ValueIncidenceRow,
        ValueLandmark,
        ValueLandmarkRow,
        ValueState,
        ValueTiming,
        WaitEnd,
        AttitudinalSign,
        BehaviouralSign,
        CustomerValue,
        DisaffectedSign,
        Lifecycle,
        LifecycleRow<'_>,
        LifetimeValue,
        LifetimeValueRow,
        Loyalty,
        LoyaltyKind,
        LoyaltyRow<'_>,
        MissingTable,
        Phase,
        PhaseEvidence,
        RetentionModel,
        RetentionModelRow,
        RetentionProjection,
        RetentionProjectionRow,
        SecondOrderRevenue,
        SecondOrderRevenueRow,
        SurvivalComparison,
        SurvivalComparisonRow,
        TouchCapacity,
        TouchCapacityRow<'_>,
        TouchLoad,
        TouchLoadRow,
        TouchModel,
        TouchPlan,
        TouchPlanRow<'_>,
        TouchTier,
        ContractSizeStanding,
        CustomerChange,
        Drilldown,
        DrilldownAnswers,
        DrilldownAnswersRow<'_>,
        DrilldownLongStanding,
        DrilldownLongStandingRow,
        DrilldownFirstRenewals,
        DrilldownFirstRenewalsRow,
        DrilldownExpansion,
        DrilldownExpansionRow,
        DrilldownChurnByIndustry,
        DrilldownChurnByIndustryRow<'_>,
        DrilldownProducts,
        DrilldownProductsRow<'_>,
        DrilldownQuestion,
        Bound,
        Check,
        Edition,
        FindingScope,
        FindingState,
        MeasureUnit,
        Plays,
        PlaysRow<'_>,
        Principle,
        ReportForm,
        ResolvedBy,
        Review,
        ReviewChecks,
        ReviewChecksRow<'_>,
        ReviewComparisons,
        ReviewComparisonsRow<'_>,
        ReviewEvidence,
        ReviewEvidenceRow<'_>,
        ReviewFindings,
        ReviewFindingsRow<'_>,
        ReviewMeasure,
        ReviewPlays,
        ReviewPlaysRow<'_>,
        ReviewResolved,
        ReviewResolvedRow<'_>,
        ReviewSettings,
        ReviewSummary,
        ReviewSummaryRow<'_>,
        ReviewVerdicts,
        ReviewVerdictsRow,
        Severity,
        Verdict,
        VerdictBasis,
        MissingReason,
        ReviewExclusions,
        ReviewExclusionsRow<'_>,
        FirstRenewalOutcome,
        Good,
        Kpi,
        KpiState,
        KpiTrend,
        KpiUnit,
        Kpis,
        KpisRow<'_>,
        Catalogue,
        CatalogueEntry,
        CatalogueRow<'_>,
        CatalogueUnit,
    );
    // All that the manifest lists, but for what is implemented and not held.
    let surface = wire::surface();
    let types = surface.get("types").and_then(Json::as_array).unwrap();
    let mut listed: Vec<&str> = types.iter().filter_map(|found| found.get("name").and_then(Json::as_text)).collect();
    listed.retain(|name| !["Additive", "Grouped", "KnownOn", "Operation", "OverPeriods", "Watch"].contains(name));
    listed.sort_unstable();
    there.sort_unstable();
    assert_eq!(there, listed);
}
