//! The indicators of every month against their targets, with their trend and what others reach.

use std::sync::Arc;

use chrono::NaiveDate;

use super::benchmarks::{BENCHMARKS, benchmarks};
use super::kpi::{Good, Kpi, KpiUnit};
use super::targets::{DIGITS, TARGETS, Target, Targets};
use super::values::{Board, Rules, Value};
use crate::error::{Code, Error, Problem, quoted};
use crate::health::{ByScorecard, SCORECARD, Scorecard, read_scorecard};
use crate::json::Json;
use crate::money::{Money, decimal_text};
use crate::portfolio::{MilestoneName, Portfolio};
use crate::query::{
    About, Arguments, Asked, Context, DEFINITIONS, END, Errors, KNOWN_ON, KnownOn, MANY_DAYS, Operation, Parameter,
    Query, Range, START, Takes, share_argument,
};
use crate::ratio::{Ratio, Reason};
use crate::table::{Metadata, result_table};
use crate::text::TextPool;
use crate::word::{Word as _, words};

words! {
    /// Whether an indicator reaches its target.
    KpiState {
        /// It does.
        Met,
        /// It does not.
        Missed,
    }
    /// Whether an indicator is better than in the period before.
    KpiTrend {
        /// It is better.
        Better,
        /// It is worse.
        Worse,
        /// It is the same.
        Same,
    }
}

result_table! {
    /// The indicators of every period against their targets, a row for each period and indicator.
    pub struct Kpis("kpis") of
    /// An indicator of a period; those of money have amounts, all others numbers.
    KpisRow<'a>, built from Columns {
        /// The first day of the period.
        period_start: NaiveDate as Date,
        /// The day after its last.
        period_end: NaiveDate as Date,
        /// Whether it had closed when the data ends: a period that had not is told as far as it is known.
        is_complete: bool as Flag,
        /// The indicator.
        kpi: Kpi as Choice<Kpi>,
        /// What it is counted in.
        unit: KpiUnit as Choice<KpiUnit>,
        /// What it is, of money; absent for all others.
        amount: Option<Money> as MaybeAmount,
        /// What it is, of all others; absent for those of money, and where nobody can tell.
        number: Option<f64> as Ratio,
        /// Which direction is good.
        good: Good as Choice<Good>,
        /// What it is to reach, of money; absent where nothing is asked of it.
        target_amount: Option<Money> as MaybeAmount,
        /// What it is to reach, of all others; absent likewise.
        target_number: Option<f64> as Ratio,
        /// Whether it does: at or above the target where more is good, at or below where less is; absent without a target, where
        /// nobody can tell, and of a period that begins after the data ends.
        state: Option<KpiState> as MaybeChoice<KpiState>,
        /// What it is over its target; absent likewise, and where the target is zero.
        progress: Option<f64> as Ratio,
        /// By how much it is more than in the period before, of money; the first period has one before it, too.
        change_amount: Option<Money> as MaybeAmount,
        /// By how much it is more than in the period before, of all others; absent where either is.
        change_number: Option<f64> as Ratio,
        /// Whether that is better; absent likewise.
        trend: Option<KpiTrend> as MaybeChoice<KpiTrend>,
        /// What others reach; absent where no source says it of periods of this length.
        benchmark: Option<f64> as Ratio,
        /// Who says so; absent likewise.
        benchmark_source: Option<&'a str> as MaybeText,
    }
}

const CSAT_THRESHOLD: Parameter = Parameter::optional(
    "csat_threshold",
    Takes::Share,
    "0.8",
    "From which share of its scale on an answer about satisfaction counts as content, at most 6 decimals.",
);

const ONBOARDING_MILESTONE: Parameter = Parameter::optional(
    "onboarding_milestone",
    Takes::Choice(MilestoneName::WORDS),
    "\"onboarded\"",
    "The milestone that the company calls the end of onboarding.",
);
const ONBOARDING_DAYS: Parameter = Parameter::optional(
    "onboarding_days",
    Takes::Count,
    "90",
    "Within how many days after the first on which a customer paid that counts as completed, from 1 to 3660.",
);

/// What is asked: periods, what indicators are to reach, and what they rest on.
#[derive(Clone, Debug)]
pub struct OfKpis {
    range: Range,
    targets: Json,
    benchmarks: Json,
    csat_threshold: f64,
    onboarding_milestone: MilestoneName,
    onboarding_days: u32,
    /// None for the standard one.
    scorecard: Option<Scorecard>,
}

impl Asked for OfKpis {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            range: Range::read(arguments)?,
            targets: arguments.value(TARGETS.name)?,
            benchmarks: arguments.value(BENCHMARKS.name)?,
            csat_threshold: arguments.float(CSAT_THRESHOLD.name)?,
            onboarding_milestone: arguments.word(ONBOARDING_MILESTONE.name)?,
            onboarding_days: arguments.count(ONBOARDING_DAYS.name)?,
            scorecard: read_scorecard(arguments)?,
        })
    }
}

impl ByScorecard for OfKpis {
    fn set_scorecard(&mut self, scorecard: Scorecard) {
        self.scorecard = Some(scorecard);
    }
}

impl Query<'_, Kpis> {
    /// What indicators are to reach, by their names: an amount as text of those of money, else a number; or an object of these
    /// by the first day of each period.
    pub fn targets(mut self, targets: Json) -> Self {
        self.asked.targets = targets;
        self
    }

    /// What others reach, in place of the standard ones: a list of objects with `kpi`, `period`, `number` and `source`.
    pub fn benchmarks(mut self, benchmarks: Json) -> Self {
        self.asked.benchmarks = benchmarks;
        self
    }

    /// From which share of its scale on an answer about satisfaction counts as content; 0.8 by default.
    pub fn csat_threshold(mut self, share: f64) -> Self {
        self.asked.csat_threshold = share;
        self
    }

    /// The milestone that the company calls the end of onboarding; `onboarded` by default.
    pub fn onboarding_milestone(mut self, milestone: MilestoneName) -> Self {
        self.asked.onboarding_milestone = milestone;
        self
    }

    /// Within how many days after the first on which a customer paid that counts as completed; 90 by default.
    pub fn onboarding_days(mut self, days: u32) -> Self {
        self.asked.onboarding_days = days;
        self
    }
}

impl Portfolio {
    /// The board of every month: each indicator against its target, whether it is better than before, and what others reach.
    ///
    /// Every indicator is what the operation of its name gives: revenue of `movements`, retention over 12 months of
    /// `retention`, renewals of `renewals` as soon as none is pending, scores of `health` on the last day; use, answers to
    /// surveys, closed cases and onboardings whose time is over are those of the period. Rates of customers are of those who paid at the opening: none is
    /// counted both as lost and as free. Targets and benchmarks are data, benchmarks with their source.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Json, Kpi, KpiState, Portfolio};
    ///
    /// let book: String = (0..200).map(|n| format!("c-{n},k-{n},2026-01-01,{},10\n", if n < 10 { "2026-03-10" } else { "" })).collect();
    /// let book = format!("contract_id,customer_id,start_date,end_date,mrr\n{book}");
    /// let portfolio = Portfolio::from_csv(&book).currency("USD").load()?;
    /// let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
    /// let targets = Json::parse(r#"{"customer_churn_rate": 0.04, "closing_mrr": "1900.00"}"#)?;
    /// let board = portfolio.kpis(day(3), day(4)).targets(targets).run()?;
    /// let row = |kpi| board.rows().find(|row| row.kpi == kpi).unwrap();
    /// let churn = row(Kpi::CustomerChurnRate);
    /// assert_eq!((churn.number, churn.state, churn.benchmark), (Some(0.05), Some(KpiState::Missed), Some(0.03)));
    /// assert_eq!(row(Kpi::ClosingMrr).state, Some(KpiState::Met));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn kpis(&self, start: NaiveDate, end: NaiveDate) -> Query<'_, Kpis> {
        let asked = OfKpis {
            range: Range::of(start, end),
            targets: Json::Null,
            benchmarks: Json::Null,
            csat_threshold: 0.8,
            onboarding_milestone: MilestoneName::Onboarded,
            onboarding_days: 90,
            scorecard: None,
        };
        Query::of(self, asked)
    }
}

impl Operation for Kpis {
    type Asked = OfKpis;

    const ABOUT: About = About {
        doc: "The board of every month: each indicator against its target, its trend, and what others reach.\n\n\
              Every indicator is what the operation of its name gives: revenue of `movements`, retention over 12 months of \
              `retention`, renewals of `renewals` as soon as none is pending, scores of `health` on the last day; use, answers \
              to surveys, closed cases and onboardings whose time is over are those of the period. Rates of customers are of those who paid at the opening: none \
              is counted both as lost and as free. Targets and benchmarks are data, benchmarks with their source.",
        parameters: &[
            START,
            END,
            TARGETS,
            BENCHMARKS,
            CSAT_THRESHOLD,
            ONBOARDING_MILESTONE,
            ONBOARDING_DAYS,
            SCORECARD,
            DEFINITIONS,
            KNOWN_ON,
        ],
        rows: "A row for each period and indicator, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidRange, Code::InvalidArgument], ..Errors::AS_OF },
        source: "HubSpot Japan's guide to customer success, and its monthly sheet of indicators; \"Customer Success\" by Mehta, \
                 Steinman and Murphy.",
    };

    fn compute(asked: &OfKpis, context: &Context<'_>) -> Result<Self, Error> {
        Problem::ensure_within(ONBOARDING_DAYS.name, asked.onboarding_days, &MANY_DAYS)?;
        let rules = Rules {
            csat_threshold: share_argument(CSAT_THRESHOLD.name, &Json::Float(asked.csat_threshold))?,
            onboarding_milestone: asked.onboarding_milestone,
            onboarding_days: asked.onboarding_days,
            scorecard: asked.scorecard.clone().map_or_else(Scorecard::standard, Ok)?,
        };
        let targets = Targets::read(&asked.targets, context.definitions)?;
        let benchmarks = benchmarks(&asked.benchmarks)?;
        let digits = context.portfolio.currency.digits() + context.definitions.extra_digits.count();
        let closed = context.closed(asked.range.periods(context.definitions)?);
        context.ensure_room(closed.saturating_mul(Kpi::ALL.len()))?;
        let Board { before, periods } = Board::of(asked.range, &rules, context)?;
        let pool: TextPool = benchmarks.iter().map(|benchmark| benchmark.source.as_str()).collect();
        let mut columns = Columns::of(&Arc::new(pool));
        let mut before = before.as_ref();
        for period in &periods {
            for &kpi in Kpi::ALL {
                let value = period.value(kpi);
                columns.period_start.push(period.start);
                columns.period_end.push(period.end);
                columns.is_complete.push(period.is_complete);
                columns.kpi.push(kpi);
                columns.unit.push(kpi.unit());
                columns.good.push(kpi.good());
                columns.write_value(kpi, value);
                // What nobody has seen yet is neither good nor bad.
                let judged = if period.has_begun { value } else { Value::Absent };
                columns.write_target(kpi, judged, targets.of(kpi, period.start), digits)?;
                columns.write_change(kpi, judged, before.map(|before| before.value(kpi)));
                let found = benchmarks.iter().zip(0..).find(|(one, _)| one.is_of(kpi, context.definitions.period));
                columns.benchmark.push(found.map(|(one, _)| one.number).ok_or(Reason::NotKnown));
                columns.benchmark_source.0.push(found.map(|(_, position)| position).ok_or(Reason::NotKnown));
            }
            before = Some(period);
        }
        let metadata = Metadata { scorecard: Some(rules.scorecard.fingerprint()), ..context.metadata() };
        Ok(columns.into_table(Vec::new(), digits, metadata))
    }
}

impl KnownOn for Kpis {}

impl Columns {
    fn write_value(&mut self, kpi: Kpi, value: Value) {
        let of_money = kpi.unit() == KpiUnit::Money;
        self.amount.push(match value {
            Value::Amount(units) => Ok(units),
            _ => Err(Reason::OtherUnit),
        });
        self.number.push(match value {
            Value::Number(number) => Ok(number),
            _ if of_money => Err(Reason::OtherUnit),
            _ => Err(Reason::NotKnown),
        });
    }

    fn write_target(&mut self, kpi: Kpi, value: Value, target: Option<Target>, digits: u8) -> Result<(), Error> {
        let amount = match target {
            Some(Target::Amount(units)) => Some(scaled(kpi, units, digits)?),
            _ => None,
        };
        let number = match target {
            Some(Target::Number(number)) => Some(number),
            _ => None,
        };
        self.target_amount.push(amount.ok_or(Reason::NotKnown));
        self.target_number.push(number.ok_or(Reason::NotKnown));
        let reached = match (value, amount, number) {
            (Value::Amount(value), Some(target), _) => Some((value.cmp(&target), Ratio::of(value, target))),
            (Value::Number(value), _, Some(target)) => {
                let progress =
                    if target == 0.0 { Ratio::Absent(Reason::ZeroDenominator) } else { finite(value / target) };
                value.partial_cmp(&target).map(|order| (order, progress))
            }
            _ => None,
        };
        let is_met = |order: std::cmp::Ordering| match kpi.good() {
            Good::High => order.is_ge(),
            Good::Low => order.is_le(),
        };
        let state = reached.map(|(order, _)| if is_met(order) { KpiState::Met } else { KpiState::Missed });
        self.state.push(state.map(|state| state as u32).ok_or(Reason::NotKnown));
        self.progress.push(reached.map_or(Ratio::Absent(Reason::NotKnown), |(_, progress)| progress));
        Ok(())
    }

    fn write_change(&mut self, kpi: Kpi, value: Value, before: Option<Value>) {
        let (mut amount, mut number, mut order) = (None, None, None);
        match (value, before) {
            (Value::Amount(value), Some(Value::Amount(before))) => {
                (amount, order) = (Some(value - before), Some(value.cmp(&before)));
            }
            (Value::Number(value), Some(Value::Number(before))) => {
                (number, order) = (Some(value - before), value.partial_cmp(&before));
            }
            _ => {}
        }
        self.change_amount.push(amount.ok_or(Reason::NothingToCompare));
        self.change_number.push(number.ok_or(Reason::NothingToCompare));
        let trend = order.map(|order| match (order, kpi.good()) {
            (std::cmp::Ordering::Equal, _) => KpiTrend::Same,
            (std::cmp::Ordering::Greater, Good::High) | (std::cmp::Ordering::Less, Good::Low) => KpiTrend::Better,
            _ => KpiTrend::Worse,
        });
        self.trend.push(trend.map(|trend| trend as u32).ok_or(Reason::NothingToCompare));
    }
}

/// A quotient that is told as long as it is finite.
fn finite(number: f64) -> Ratio {
    if number.is_finite() { Ratio::Value(number) } else { Ratio::Absent(Reason::ZeroDenominator) }
}

/// A target in units, which is refused with more digits than the definitions ask for.
fn scaled(kpi: Kpi, units: i128, digits: u8) -> Result<i128, Problem> {
    let power = 10_i128.pow(u32::from(DIGITS - digits));
    if units % power == 0 {
        return Ok(units / power);
    }
    let path = format!("{}.{kpi}", TARGETS.name);
    let text = decimal_text(units, DIGITS);
    let message = format!("{} has more than {digits} decimals", quoted(text.trim_end_matches('0')));
    Err(Problem::argument(Code::InvalidArgument, path, message))
}
