//! What each indicator is in every period.

use super::evidence::{OfFacts, of_facts};
use super::kpi::Kpi;
use super::lines::{Named, OfLines, of_lines};
use super::usage::Usage;
use crate::error::Error;
use crate::health::{Scorecard, mean_health};
use crate::ledger::MovementsRow;
use crate::period::Day;
use crate::portfolio::MilestoneName;
use crate::query::{Context, KnownOn, Query, Range};
use crate::ratio::{Ratio, Reason};
use crate::success::onboarded_in_time;

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    /// An amount, in units.
    Amount(i128),
    /// A number.
    Number(f64),
    /// Nobody can tell.
    Absent,
}

impl From<Ratio> for Value {
    fn from(ratio: Ratio) -> Self {
        Self::from(ratio.value())
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }
}

/// What the company says that indicators rest on.
pub(super) struct Rules {
    /// In millionths.
    pub(super) csat_threshold: u32,
    pub(super) onboarding_milestone: MilestoneName,
    pub(super) onboarding_days: u32,
    pub(super) scorecard: Scorecard,
}

/// All that is known of one period.
pub(super) struct OfPeriod {
    pub(super) start: Day,
    pub(super) end: Day,
    /// Whether anything of it was seen, and all of it.
    pub(super) has_begun: bool,
    pub(super) is_complete: bool,
    movements: MovementsRow,
    /// Gross and net retention.
    retention: [Option<f64>; 2],
    gross_renewal_rate: Option<f64>,
    completion_rate: Ratio,
    lines: OfLines,
    named: Named,
    health_score: Ratio,
    facts: OfFacts,
}

/// The periods of a board, and the one before them, which the first is compared with.
pub(super) struct Board {
    pub(super) before: Option<OfPeriod>,
    /// Every one that had closed, in order.
    pub(super) periods: Vec<OfPeriod>,
}

impl Board {
    pub(super) fn of(range: Range, rules: &Rules, context: &Context<'_>) -> Result<Self, Error> {
        let first = range.periods(context.definitions)?.start();
        let [start, end] = range.bounds();
        // Before the first of all days there is none.
        let start = if first > Day::MIN { first.previous().date() } else { start };
        let mut periods = OfPeriod::all(Range::of(start, end), rules, context)?;
        let is_before = periods.first().is_some_and(|period| period.start < first);
        let before = is_before.then(|| periods.remove(0));
        Ok(Self { before, periods })
    }
}

impl OfPeriod {
    /// Of every period that had closed, in order.
    fn all(range: Range, rules: &Rules, context: &Context<'_>) -> Result<Vec<Self>, Error> {
        let periods = range.periods(context.definitions)?;
        let closed = context.closed(periods);
        let ([start, end], portfolio) = (range.bounds(), context.portfolio);
        let movements = asked(portfolio.movements(start, end), context)?;
        let retention = asked(portfolio.retention(start, end), context)?;
        let renewals = asked(portfolio.renewals(start, end), context)?;
        let onboarding = onboarded_in_time(context, periods, rules.onboarding_milestone, rules.onboarding_days)?;
        let usage = Usage::of(context, periods)?;
        let (lines, named) = of_lines(context, periods, closed, &usage)?;
        let facts = of_facts(context, periods, closed, rules.csat_threshold)?;
        let close = |position: usize| periods.day(position + 1).previous();
        let scores = (0..closed).map(|position| mean_health(context, close(position), &rules.scorecard));
        let mut scores = scores.collect::<Result<Vec<Ratio>, Error>>()?.into_iter();
        let mut retention = retention.rows().map(|row| [row.grr, row.nrr]);
        // What falls due in periods to come is told too, behind all that have closed.
        let mut renewals = renewals.rows().map(|row| row.gross_renewal_rate.filter(|_| row.pending_count == 0));
        let mut onboarding = onboarding.into_iter();
        let seen = context.seen();
        let of_period = |(position, ((movements, lines), facts)): (usize, ((MovementsRow, OfLines), OfFacts))| Self {
            start: periods.day(position),
            end: periods.day(position + 1),
            has_begun: periods.day(position) <= seen,
            is_complete: periods.day(position + 1).previous() <= seen,
            movements,
            retention: retention.next().unwrap_or_default(),
            gross_renewal_rate: renewals.next().flatten(),
            completion_rate: onboarding.next().unwrap_or(Ratio::Absent(Reason::NotMeasured)),
            lines,
            named,
            health_score: scores.next().unwrap_or(Ratio::Absent(Reason::NotMeasured)),
            facts,
        };
        Ok(movements.rows().zip(lines).zip(facts).enumerate().map(of_period).collect())
    }

    pub(super) fn value(&self, kpi: Kpi) -> Value {
        let (moved, lines, facts) = (&self.movements, &self.lines, &self.facts);
        let [opening, closing, new] = [moved.opening_mrr, moved.closing_mrr, moved.new_mrr].map(|money| money.units());
        let [contraction, churned] = [moved.contraction_mrr, moved.churned_mrr].map(|money| money.units());
        let [before, after] = [moved.opening_customers, moved.closing_customers].map(i128::from);
        let of_customers = |some: i128| Value::from(Ratio::of(some, before));
        let of_revenue = |some: i128| Value::from(Ratio::of(some, opening));
        let share = |some: u64, all: u64| Value::from(Ratio::of(some.into(), all.into()));
        match kpi {
            Kpi::ClosingMrr => Value::Amount(closing),
            Kpi::NewMrr => Value::Amount(new),
            Kpi::ExpansionMrr => Value::Amount(moved.expansion_mrr.units()),
            Kpi::ContractionMrr => Value::Amount(contraction),
            Kpi::ChurnedMrr => Value::Amount(churned),
            Kpi::NetNewMrr => Value::Amount(closing - opening),
            Kpi::ClosingCustomers => count(moved.closing_customers),
            Kpi::NewCustomers => count(moved.new_customers),
            Kpi::ChurnedCustomers => count(moved.churned_customers),
            Kpi::CustomerChurnRate => share(lines.lost, lines.opening),
            Kpi::RevenueChurnRate => of_revenue(lines.lost_mrr),
            Kpi::FreeDowngradeRate => share(lines.free, lines.opening),
            Kpi::CustomerRetentionRate => share(lines.stayed, lines.opening),
            Kpi::RevenueRetentionRate => of_revenue(lines.stayed_mrr),
            Kpi::GrossRevenueRetention => Value::from(self.retention[0]),
            Kpi::NetRevenueRetention => Value::from(self.retention[1]),
            Kpi::GrossRenewalRate => Value::from(self.gross_renewal_rate),
            Kpi::UpsellRate if !self.named.plan_ranks => Value::Absent,
            Kpi::UpsellRate => share(lines.upsold, lines.opening),
            Kpi::CrossSellRate if !self.named.products => Value::Absent,
            Kpi::CrossSellRate => share(lines.cross_sold, lines.opening),
            Kpi::DownsellRate if !self.named.plan_ranks => Value::Absent,
            Kpi::DownsellRate => share(lines.downsold, lines.opening),
            Kpi::CustomerGrowthRate => of_customers(after - before),
            Kpi::RevenueGrowthRate => of_revenue(closing - opening),
            Kpi::AdoptionRate => Value::from(lines.adoption()),
            Kpi::HealthScore => Value::from(self.health_score),
            Kpi::OnboardingCompletionRate => Value::from(self.completion_rate),
            Kpi::Nps => {
                let points = 100 * (i128::from(facts.promoters) - i128::from(facts.detractors));
                Value::from(Ratio::of(points, facts.recommendations.into()))
            }
            Kpi::Csat => share(facts.content, facts.csat),
            Kpi::SurveyResponseRate => share(facts.answers, facts.asked),
            Kpi::SupportEfficiency => {
                let days = self.end.days_after(self.start);
                Value::from(Ratio::of(facts.closed_cases.into(), i128::from(facts.agents()) * i128::from(days)))
            }
        }
    }
}

fn count(customers: u64) -> Value {
    Value::Number(customers as f64)
}

/// The answer to another operation by the same definitions and knowledge.
fn asked<R: KnownOn>(query: Query<'_, R>, context: &Context<'_>) -> Result<R, Error> {
    let known_on = context.known_on.map(Day::date);
    query.definitions(context.definitions).known_on(known_on).watch(context.watch).run()
}
