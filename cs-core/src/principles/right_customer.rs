//! Sell to the right customer: most churn is a sale to the wrong one, and not selling is a right answer.

use super::account::{Account, Accounts};
use super::answer::{Answer, Claim, Needed, Told};
use super::assessment::Assessment;
use super::check::Check;
use super::comparison::{Bar, COLUMNS, Comparison, Groups};
use super::consequences::Consequences;
use super::customers::Sum;
use super::finding::{Evidence, ReviewMeasure};
use super::panel::Panel;
use super::principle::Principle;
use super::rule::Rule;
use super::thresholds::{is_below, share, thresholds};
use super::verdict::Part;
use crate::error::Error;
use crate::text::ABSENT;

thresholds! {
    /// The last values of fit that are acceptable.
    RightCustomerThresholds {
        /// The lowest fit of a customer that is acceptable, from 0 to 100.
        min_fit: Whole(0, 100) = 50,
        /// Customers who came within so many months are those who are sold to now.
        new_months: Whole(1, 120) = 12,
        /// The largest share of their MRR that is of customers who do not fit.
        max_unfit: Upto(1) = 200_000,
        /// A customer leaves early who leaves within so many days of the first on which it paid.
        horizon_days: Whole(1, 3_660) = 365,
        /// A group is compared if it and the rest have at least so many customers.
        min_customers: Whole(2, 1_000_000) = 20,
        /// The share of accusations that may be false: the false discovery rate.
        max_q_value: Upto(1) = 50_000,
        /// The largest excess of early churn over that of the rest; the lower end of its interval is held against it.
        max_excess: Upto(1) = 100_000,
        /// The largest share of the expected lifetime until a customer has paid for itself.
        max_payback: Upto(10) = 1_000_000,
    }
}

pub(crate) struct RightCustomer;

impl Rule for RightCustomer {
    const PRINCIPLE: Principle = Principle::RightCustomer;

    type Thresholds = RightCustomerThresholds;

    fn assess<'a>(at: &RightCustomerThresholds, panel: &Panel<'a>) -> Result<Assessment<'a>, Error> {
        let fits = Fits::of(panel.shared);
        let (early, comparisons) = early_churn(at, panel)?;
        let mut assessment = Assessment::of(panel);
        assessment.ask(Check::PoorFit, FIT, |account| match fits.get(account.customer) {
            None => Answer::Unknown,
            Some(fit) => Answer::finds_if(fit < at.min_fit.into(), account.stay.first, || {
                [Evidence::at_least(ReviewMeasure::Fit, fit, at.min_fit.into())]
            }),
        })?;
        assessment.tell(Check::UnfitSales, unfit_sales(at, panel, &fits))?;
        assessment.tell(Check::EarlyChurn, early)?;
        assessment.tell(Check::Payback, payback(at, panel)?)?;
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
fn unfit_sales<'a>(at: &RightCustomerThresholds, panel: &Panel<'a>, fits: &Fits) -> Told<'a> {
    let since = panel.shared.day.months_before(at.new_months);
    let is_known = |account: &&Account| fits.get(account.customer).is_some();
    let does_not_fit = |account: &&Account| fits.get(account.customer).is_some_and(|fit| fit < at.min_fit.into());
    let (new, earlier): (Vec<&Account>, Vec<&Account>) =
        panel.accounts.iter().copied().partition(|account| account.stay.first > since);
    let sum = |accounts: &[&Account], is_of: &dyn Fn(&&Account) -> bool| {
        Sum::of(accounts.iter().copied().filter(|account| is_of(account)))
    };
    let (asked, assessed) = (sum(&new, &|_| true), sum(&new, &is_known));
    let part = Part { part: sum(&new, &does_not_fit).mrr, whole: assessed.mrr };
    let before = Part { part: sum(&earlier, &does_not_fit).mrr, whole: sum(&earlier, &is_known).mrr };
    let is_found = panel.are_enough(assessed, asked) && part.compared(at.max_unfit).is_gt();
    let evidence = [
        part.ratio().value().map(|unfit| Evidence::at_most(ReviewMeasure::UnfitShare, unfit, share(at.max_unfit))),
        before.ratio().value().map(|unfit| Evidence::number(ReviewMeasure::EarlierUnfitShare, unfit)),
    ];
    let at_stake = || panel.those(|account| account.stay.first > since && does_not_fit(&account));
    let claims = if is_found { vec![Claim::of_company(at_stake(), evidence)] } else { Vec::new() };
    Told { asked, assessed, needed: FIT, claims }
}

/// Groups whose customers leave early, each with what else follows from a wrong fit.
fn early_churn<'a>(at: &RightCustomerThresholds, panel: &Panel<'a>) -> Result<(Told<'a>, Vec<Comparison>), Error> {
    let accounts = panel.shared;
    let (max_q_value, max_excess) = (share(at.max_q_value), share(at.max_excess));
    let bar = Bar { horizon_days: at.horizon_days, min_customers: at.min_customers, max_q_value, max_excess };
    let comparisons = Comparison::all(bar, accounts)?;
    if comparisons.iter().all(|one| !one.is_tested()) {
        let [first, ..] = COLUMNS;
        let lacks = match comparisons.iter().any(|one| one.q_value.is_some()) {
            true => Needed::time(),
            false if comparisons.is_empty() => Needed::column("customers", first),
            false => Needed::customers(),
        };
        return Ok((Told::lacks(panel.sum(), lacks), comparisons));
    }
    let claims = accusations(bar, &comparisons, panel)?;
    Ok((Told::whole(panel.sum(), claims), comparisons))
}

/// What is said of each group that stands out.
fn accusations<'a>(bar: Bar, comparisons: &[Comparison], panel: &Panel<'a>) -> Result<Vec<Claim<'a>>, Error> {
    let accounts = panel.shared;
    let is_accused = |one: &&Comparison| one.is_accused;
    let accused: Vec<&Comparison> = comparisons.iter().filter(is_accused).collect();
    if accused.is_empty() {
        return Ok(Vec::new());
    }
    let consequences = Consequences::of(accounts)?;
    let mut claims = Vec::with_capacity(accused.len());
    for of_column in accused.chunk_by(|one, next| one.column == next.column) {
        let groups = of_column.first().map(|one| Groups::of(&one.column, accounts)).transpose()?;
        for (groups, &one) in groups.iter().flat_map(|groups| of_column.iter().map(move |one| (groups, one))) {
            accounts.context.go_on(claims.len(), accused.len())?;
            let members = groups.with(one.value.as_deref())?;
            claims.push(Claim {
                group: one.value.clone().map(|value| (one.column.clone(), value)),
                at_stake: panel.those(|account| members.has(account.customer)),
                evidence: one.statistics(bar).into_iter().chain(consequences.of_group(&members)).collect(),
            });
        }
    }
    Ok(claims)
}

/// So many months of a lifetime are counted: as many as there can be.
const HORIZON_MONTHS: u32 = 1_200;

/// Whether customers stay until they have paid for what it cost to win them, and to get them started.
fn payback<'a>(at: &RightCustomerThresholds, panel: &Panel<'a>) -> Result<Told<'a>, Error> {
    let Accounts { context, basis, day, .. } = *panel.shared;
    let asked = panel.sum();
    let value = context.portfolio.lifetime_value(day.date()).horizon_months(HORIZON_MONTHS);
    let value = value.gross_margin(share(basis.bounds.gross_margin));
    let value = value.definitions(context.definitions).watch(context.watch).run()?;
    let Some(row) = value.rows().next() else { return Ok(Told::lacks(asked, Needed::customers())) };
    let Some(payback) = row.payback_months else {
        return Ok(Told::lacks(
            asked,
            match (row.acquisition_cost, row.onboarding_cost) {
                (None, _) => Needed::column("customers", "acquisition_cost"),
                (_, None) => Needed::column("customers", "onboarding_cost"),
                // Of those of whom costs are known nobody pays anything.
                _ => Needed::customers(),
            },
        ));
    };
    // Where no model says how long they will stay, who was not watched so long may still do.
    let seen = row.lifetime_months.filter(|_| row.observed_months as f64 >= payback);
    let Some(lifetime) = row.model_months.or(seen) else { return Ok(Told::lacks(asked, Needed::time())) };
    let most = lifetime * share(at.max_payback);
    if !is_below(most, payback) {
        return Ok(Told::whole(asked, Vec::new()));
    }
    let has_not_paid = |account: &Account| f64::from(account.stay.first.whole_months_until(day)) < payback;
    let evidence = [
        Some(Evidence::at_most(ReviewMeasure::PaybackMonths, payback, most)),
        Some(Evidence::number(ReviewMeasure::LifetimeMonths, lifetime)),
    ];
    Ok(Told::whole(asked, vec![Claim::of_company(panel.those(has_not_paid), evidence)]))
}
