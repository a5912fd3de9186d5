//! Sell to the right customer: most churn is a sale to the wrong one, and not selling is a right answer.

use super::account::{Account, Accounts};
use super::check::{Check, Severity};
use super::comparison::{Bar, COLUMNS, Comparison};
use super::consequences::Consequences;
use super::finding::{Evidence, ReviewMeasure, Subject};
use super::principle::Principle;
use super::rule::{Assessment, Claim, Needed, Outcome, Panel, Rule, Sum, Told, compared};
use super::thresholds::{share, thresholds};
use crate::error::Error;
use crate::period::Day;
use crate::ratio::Ratio;
use crate::text::ABSENT;

thresholds! {
    /// The last values of fit that are acceptable.
    RightCustomerThresholds {
        /// How well a customer fits, from 0 to 100.
        min_fit: Whole(0, 100) = 50,
        /// Customers who came within so many months are those who are sold to now.
        new_months: Whole(1, 120) = 12,
        /// Of their MRR this share may be of customers who do not fit.
        max_unfit: Upto(1) = 200_000,
        /// So many days after the first on which a customer paid are early.
        horizon_days: Whole(1, 3_660) = 365,
        /// A group is compared if it and the rest have at least so many customers.
        min_customers: Whole(2, 1_000_000) = 20,
        /// The share of false accusations that is accepted among all.
        max_q_value: Upto(1) = 50_000,
        /// By so much more of a group than of the rest may leave early: the lower end of the interval counts.
        max_excess: Upto(1) = 100_000,
        /// The share of the lifetime that is expected after which a customer has paid for itself.
        max_payback: Upto(10) = 1_000_000,
    }
}

pub(crate) struct RightCustomer;

impl Rule for RightCustomer {
    const PRINCIPLE: Principle = Principle::RightCustomer;

    type Thresholds = RightCustomerThresholds;

    fn assess<'a>(at: &RightCustomerThresholds, panel: Panel<'a>) -> Result<Assessment<'a>, Error> {
        let accounts = panel.shared;
        let fits = Fits::of(accounts);
        let unfit = unfit_sales(at, &panel, &fits, accounts.day);
        let (early, comparisons) = early_churn(at, &panel)?;
        let payback = payback(at, &panel)?;
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::PoorFit, FIT, |account| match fits.get(account.customer) {
            None => Outcome::Unknown,
            Some(fit) => {
                let evidence = [Evidence::held(ReviewMeasure::Fit, fit, at.min_fit.into())];
                Outcome::finds_if(fit < at.min_fit.into(), account.stay.first, evidence)
            }
        })?;
        assessment.tell(Check::UnfitSales, unfit);
        assessment.tell(Check::EarlyChurn, early);
        assessment.tell(Check::Payback, payback);
        assessment.comparisons = comparisons;
        Ok(assessment)
    }
}

const FIT: Needed = Needed::column("customers", "fit");

/// How well customers fit, by the version of each that was known.
struct Fits(Vec<Option<f64>>);

impl Fits {
    fn of(accounts: &Accounts<'_>) -> Self {
        let directory = &accounts.context.portfolio.directory;
        let Some(fits) = directory.attribute("fit").and_then(|column| column.values().ratios()) else {
            return Self(Vec::new());
        };
        let versions = directory.versions(accounts.context.known_on);
        let fit = |&row: &u32| (row != ABSENT).then(|| fits.get(row as usize)).flatten();
        Self(versions.iter().map(fit).collect())
    }

    fn get(&self, customer: u32) -> Option<f64> {
        self.0.get(customer as usize).copied().flatten()
    }
}

/// Of how much of the MRR of those who are sold to now the customers do not fit.
fn unfit_sales(at: &RightCustomerThresholds, panel: &Panel<'_>, fits: &Fits, day: Day) -> Told {
    let since = day.months_before(at.new_months);
    let (new, earlier): (Vec<&Account>, Vec<&Account>) =
        panel.accounts.iter().copied().partition(|account| account.stay.first > since);
    let is_known = |account: &&&Account| fits.get(account.customer).is_some();
    let does_not_fit = |account: &&&Account| fits.get(account.customer).is_some_and(|fit| fit < at.min_fit.into());
    let mrr = |accounts: &[&Account], is_of: &dyn Fn(&&&Account) -> bool| {
        Sum::of(accounts.iter().filter(|account| is_of(account)).copied()).mrr
    };
    let (known, all) = (mrr(&new, &is_known), mrr(&new, &|_| true));
    // Too few of those who came lately are no evidence, as everywhere.
    if known == 0 || compared(known, panel.shared.basis.bounds.min_coverage, all).is_lt() {
        return Told::Lacks(if new.is_empty() { Needed::customers() } else { FIT });
    }
    let unfit = mrr(&new, &does_not_fit);
    if !compared(unfit, at.max_unfit, known).is_gt() {
        return Told::Claims(Vec::new());
    }
    let of_new = Ratio::of(unfit, known).value();
    let of_earlier = Ratio::of(mrr(&earlier, &does_not_fit), mrr(&earlier, &is_known)).value();
    let evidence = [
        of_new.map(|of_new| Evidence::held(ReviewMeasure::UnfitShare, of_new, share(at.max_unfit))),
        of_earlier.map(|of_earlier| Evidence::number(ReviewMeasure::EarlierUnfitShare, of_earlier)),
    ];
    Told::Claims(vec![Claim {
        subject: Subject::Company,
        at_stake: new.iter().filter(does_not_fit).map(|account| account.customer).collect(),
        severity: Severity::Medium,
        since: None,
        evidence: evidence.into_iter().flatten().collect(),
    }])
}

/// Groups whose customers leave early, each with what else follows from a wrong fit.
fn early_churn(at: &RightCustomerThresholds, panel: &Panel<'_>) -> Result<(Told, Vec<Comparison>), Error> {
    let accounts = panel.shared;
    let (max_q_value, max_excess) = (share(at.max_q_value), share(at.max_excess));
    let bar = Bar { horizon_days: at.horizon_days, min_customers: at.min_customers, max_q_value, max_excess };
    let comparisons = Comparison::all(bar, accounts)?;
    if comparisons.iter().all(|one| one.q_value.is_none()) {
        let [first, ..] = COLUMNS;
        let lacks = if comparisons.is_empty() { Needed::column("customers", first) } else { Needed::customers() };
        return Ok((Told::Lacks(lacks), comparisons));
    }
    let mut claims = Vec::new();
    for one in comparisons.iter().filter(|one| one.is_accused) {
        let consequences = Consequences::of(one, accounts)?;
        let is_member = |account: &&&Account| consequences.has(account.customer);
        let number = |measure, number: Option<f64>| number.map(|number| Evidence::number(measure, number));
        let held =
            |measure, number: Option<f64>, threshold| number.map(|number| Evidence::held(measure, number, threshold));
        let statistics = [
            number(ReviewMeasure::Customers, Some(one.customers as f64)),
            number(ReviewMeasure::EarlyChurn, one.early_churn),
            number(ReviewMeasure::EarlyChurnOfRest, one.early_churn_of_rest),
            number(ReviewMeasure::EarlyChurnExcess, one.excess),
            held(ReviewMeasure::LeastExcess, one.excess_low, max_excess),
            held(ReviewMeasure::QValue, one.q_value, max_q_value),
        ];
        claims.push(Claim {
            subject: Subject::Group { column: one.column.clone(), value: one.value.clone() },
            at_stake: panel.accounts.iter().filter(is_member).map(|account| account.customer).collect(),
            severity: Severity::High,
            since: None,
            evidence: statistics.into_iter().flatten().chain(consequences.evidence).collect(),
        });
    }
    Ok((Told::Claims(claims), comparisons))
}

/// So many months of a lifetime are counted: as many as there can be.
const HORIZON_MONTHS: u32 = 1_200;

/// Whether customers stay until they have paid for what it cost to win them, and to get them started.
fn payback(at: &RightCustomerThresholds, panel: &Panel<'_>) -> Result<Told, Error> {
    let Accounts { context, basis, day, .. } = *panel.shared;
    let value = context.portfolio.lifetime_value(day.date()).horizon_months(HORIZON_MONTHS);
    let value = value.gross_margin(share(basis.bounds.gross_margin));
    let value = value.definitions(context.definitions).watch(context.watch).run()?;
    let Some(row) = value.rows().next() else { return Ok(Told::Lacks(Needed::customers())) };
    let Some(payback) = row.payback_months else {
        let column = if row.acquisition_cost.is_none() { "acquisition_cost" } else { "onboarding_cost" };
        return Ok(Told::Lacks(Needed::column("customers", column)));
    };
    // Where no model says how long they will stay, who was not watched so long may still do.
    let seen = row.lifetime_months.filter(|_| row.observed_months as f64 >= payback);
    let Some(lifetime) = row.model_months.or(seen) else { return Ok(Told::Lacks(Needed::time())) };
    let most = lifetime * share(at.max_payback);
    if payback <= most {
        return Ok(Told::Claims(Vec::new()));
    }
    let is_open = |account: &&&Account| f64::from(account.stay.first.whole_months_until(day)) < payback;
    Ok(Told::Claims(vec![Claim {
        subject: Subject::Company,
        at_stake: panel.accounts.iter().filter(is_open).map(|account| account.customer).collect(),
        severity: Severity::Medium,
        since: None,
        evidence: vec![
            Evidence::held(ReviewMeasure::PaybackMonths, payback, most),
            Evidence::number(ReviewMeasure::LifetimeMonths, lifetime),
        ],
    }]))
}
