//! Ratios of amounts, and what comes of rates.

use rust_decimal::Decimal;

use super::spec::refused;
use crate::error::Error;
use crate::float;
use crate::ratio::{Ratio, Reason};

/// Decimals that amounts may have.
const DIGITS: u32 = 12;

/// An amount as a count of trillionths, exactly; so that sums of several, and products with counts, fit.
fn units(name: &str, amount: Decimal) -> Result<i128, Error> {
    let amount = amount.normalize();
    let (mantissa, scale) = (amount.mantissa(), amount.scale());
    let power = DIGITS.checked_sub(scale).and_then(|missing| 10_i128.checked_pow(missing));
    let units =
        power.and_then(|power| mantissa.checked_mul(power)).filter(|units| units.unsigned_abs() < 10_u128.pow(33));
    units.ok_or_else(|| refused(name, amount, &format!("an amount with at most {DIGITS} decimals, below 10^21,")))
}

/// The same of an amount that is not below zero.
fn positive(name: &str, amount: Decimal) -> Result<i128, Error> {
    let units = units(name, amount)?;
    if units >= 0 { Ok(units) } else { Err(refused(name, amount, "an amount from 0")) }
}

/// A ratio of two amounts, without the zeros that both end in: most of what is left is a float exactly.
fn ratio(mut part: i128, mut whole: i128) -> Ratio {
    while whole != 0 && part % 10 == 0 && whole % 10 == 0 {
        (part, whole) = (part / 10, whole / 10);
    }
    Ratio::of(part, whole)
}

/// The nearest float of an amount.
fn nearest(units: i128) -> f64 {
    ratio(units, 10_i128.pow(DIGITS)).value().unwrap_or_default()
}

/// The share of revenue that cancellations took: `unit_price * cancellations / revenue`, absent without revenue.
///
/// ```
/// use cs_core::metrics::revenue_churn_rate;
/// assert_eq!(revenue_churn_rate(30_000.into(), 6, 3_000_000.into())?.value(), Some(0.06));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` for amounts below zero or that are too large, and where more was cancelled than there was.
pub fn revenue_churn_rate(unit_price: Decimal, cancellations: u64, revenue: Decimal) -> Result<Ratio, Error> {
    let (price, revenue) = (positive("unit_price", unit_price)?, positive("revenue", revenue)?);
    let lost = price.checked_mul(cancellations.into());
    let lost = lost.filter(|lost| *lost <= revenue);
    let lost =
        lost.ok_or_else(|| refused("cancellations", cancellations, "a number whose price is within the revenue"))?;
    Ok(ratio(lost, revenue))
}

/// The share of revenue that was kept: `(revenue_at_end - revenue_gained) / revenue_at_start`, absent without revenue at the
/// start. What customers of the start pay more is in it: it may be above 1.
///
/// # Errors
/// `invalid_argument` for amounts below zero or that are too large, and where more was gained than there is at the end.
pub fn revenue_retention_rate(
    revenue_at_end: Decimal,
    revenue_gained: Decimal,
    revenue_at_start: Decimal,
) -> Result<Ratio, Error> {
    let (end, start) = (positive("revenue_at_end", revenue_at_end)?, positive("revenue_at_start", revenue_at_start)?);
    let gained = positive("revenue_gained", revenue_gained)?;
    if gained > end {
        return Err(refused("revenue_gained", revenue_gained, &format!("an amount from 0 to {revenue_at_end}")));
    }
    Ok(ratio(end - gained, start))
}

/// By how much revenue grew: `(revenue_at_end - revenue_at_start) / revenue_at_start`, absent without revenue at the start.
///
/// # Errors
/// `invalid_argument` for amounts below zero, or that are too large.
pub fn revenue_growth_rate(revenue_at_end: Decimal, revenue_at_start: Decimal) -> Result<Ratio, Error> {
    let (start, end) = (positive("revenue_at_start", revenue_at_start)?, positive("revenue_at_end", revenue_at_end)?);
    Ok(ratio(end - start, start))
}

/// The share of the opening's revenue that stays, without what grows (GRR): `(opening - contraction - churned) / opening`,
/// absent without an opening.
///
/// # Errors
/// `invalid_argument` for amounts below zero or that are too large, and where more is lost than there was.
pub fn gross_revenue_retention(opening: Decimal, contraction: Decimal, churned: Decimal) -> Result<Ratio, Error> {
    net_revenue_retention(opening, Decimal::ZERO, contraction, churned)
}

/// The same with what grows (NRR): `(opening + expansion - contraction - churned) / opening`.
///
/// # Errors
/// `invalid_argument` for amounts below zero or that are too large, and where more is lost than there was.
pub fn net_revenue_retention(
    opening: Decimal,
    expansion: Decimal,
    contraction: Decimal,
    churned: Decimal,
) -> Result<Ratio, Error> {
    let [open, more] = [positive("opening", opening)?, positive("expansion", expansion)?];
    let [less, lost] = [positive("contraction", contraction)?, positive("churned", churned)?];
    if less > open {
        return Err(refused("contraction", contraction, &format!("an amount from 0 to {opening}")));
    }
    if lost > open - less {
        return Err(refused("churned", churned, "an amount up to what is left of the opening"));
    }
    Ok(ratio(open + more - less - lost, open))
}

/// A rate from 0 to 1; there are two zeros among floats.
fn rate(name: &str, rate: f64) -> Result<f64, Error> {
    if (0.0..=1.0).contains(&rate) { Ok(rate + 0.0) } else { Err(refused(name, rate, "a number from 0 to 1")) }
}

/// What a customer brings over its whole life: `arpa * gross_margin / customer_churn`, where `arpa` is the revenue per
/// customer and period and `customer_churn` the rate of the same period; absent at zero churn.
///
/// With a gross margin of 1 it is all the money that a customer spends, with the company's the profit that it brings.
///
/// ```
/// use cs_core::metrics::lifetime_value;
/// assert_eq!(lifetime_value(100.into(), 0.05, 1.0)?.value(), Some(2_000.0));
/// assert_eq!(lifetime_value(100.into(), 0.05, 0.5)?.value(), Some(1_000.0));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` for an amount below zero or that is too large, and a rate that is none from 0 to 1.
pub fn lifetime_value(arpa: Decimal, customer_churn: f64, gross_margin: f64) -> Result<Ratio, Error> {
    let arpa = nearest(positive("arpa", arpa)?);
    let (churn, margin) = (rate("customer_churn", customer_churn)?, rate("gross_margin", gross_margin)?);
    Ok(divided(arpa * margin, churn))
}

/// Months until a customer has earned what it cost: `(acquisition_cost + onboarding_cost) / (arpa * gross_margin)`, with the
/// revenue per customer and month; absent where it brings nothing.
///
/// # Errors
/// `invalid_argument` for amounts below zero or that are too large, and a margin that is none from 0 to 1.
pub fn payback_months(
    acquisition_cost: Decimal,
    arpa: Decimal,
    onboarding_cost: Decimal,
    gross_margin: f64,
) -> Result<Ratio, Error> {
    let cost = positive("acquisition_cost", acquisition_cost)? + positive("onboarding_cost", onboarding_cost)?;
    let (arpa, margin) = (positive("arpa", arpa)?, rate("gross_margin", gross_margin)?);
    // Months of revenue are a ratio of amounts; at a margin of 1 it is they that pay back.
    Ok(ratio(cost, arpa).value().map_or(Ratio::Absent(Reason::ZeroDenominator), |months| divided(months, margin)))
}

/// How many customers a base can hold: `new_per_period / churn_rate`; absent at zero churn. Filling a leaking base is a
/// losing battle: beyond this it does not grow.
///
/// # Errors
/// `invalid_argument` for a number below zero or without end, and a rate that is none from 0 to 1.
pub fn largest_base(new_per_period: f64, churn_rate: f64) -> Result<Ratio, Error> {
    if !(new_per_period >= 0.0 && new_per_period.is_finite()) {
        return Err(refused("new_per_period", new_per_period, "a finite number from 0"));
    }
    Ok(divided(new_per_period + 0.0, rate("churn_rate", churn_rate)?))
}

/// What a rate of one period comes to over several: `1 - (1 - rate)^periods`. Eight percent a month are 63.2% a year.
///
/// ```
/// use cs_core::metrics::annualised_rate;
/// assert_eq!(annualised_rate(0.08, 12)?.value(), Some(0.6323336123451178));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` for a rate that is none from 0 to 1.
pub fn annualised_rate(rate_of_period: f64, periods: u64) -> Result<Ratio, Error> {
    let rate = rate("rate", rate_of_period)?;
    Ok(match (rate, periods) {
        (_, 0) => Ratio::Value(0.0),
        (1.0, _) => Ratio::Value(1.0),
        _ => Ratio::Value(-float::exp_m1(periods as f64 * float::ln_1p(-rate))),
    })
}

/// What a rate of several periods is in one: `1 - (1 - rate)^(1 / periods)`, the inverse of [`annualised_rate`]; absent for
/// no periods.
///
/// # Errors
/// `invalid_argument` for a rate that is none from 0 to 1.
pub fn periodic_rate(rate_of_all: f64, periods: u64) -> Result<Ratio, Error> {
    let rate = rate("rate", rate_of_all)?;
    Ok(match (rate, periods) {
        (_, 0) => Ratio::Absent(Reason::ZeroDenominator),
        (1.0, _) => Ratio::Value(1.0),
        _ => Ratio::Value(-float::exp_m1(float::ln_1p(-rate) / periods as f64)),
    })
}

fn divided(number: f64, by: f64) -> Ratio {
    let quotient = number / by;
    // What is divided by next to nothing has no end.
    if by > 0.0 && quotient.is_finite() { Ratio::Value(quotient) } else { Ratio::Absent(Reason::ZeroDenominator) }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap_or_default()
    }

    #[rstest]
    #[case("0.1", 3, "0.3", Some(1.0))]
    #[case("30000", 6, "3000000", Some(0.06))]
    #[case("0.000000000001", 1, "0.000000000003", Some(1.0 / 3.0))]
    #[case("1", 0, "3", Some(0.0))]
    #[case("3", 1, "3", Some(1.0))]
    #[case("1", 0, "0", None)]
    fn revenue_is_lost_exactly(
        #[case] price: &str,
        #[case] count: u64,
        #[case] revenue: &str,
        #[case] rate: Option<f64>,
    ) {
        let found = revenue_churn_rate(decimal(price), count, decimal(revenue)).map(Ratio::value);
        assert_eq!(found, Ok(rate));
    }

    #[test]
    fn amounts_are_divided_as_counts_of_cents() {
        let found = revenue_churn_rate(decimal("9729123.47"), 1, decimal("9760461.50")).map(Ratio::value);
        assert_eq!(found, Ok(Ratio::of(972_912_347, 976_046_150).value()));
        assert_eq!(nearest(552_511_868_920_000_000_000), 552_511_868.92);
    }

    #[rstest]
    #[case("-0.01", 1, "1")]
    #[case("1", 1, "-1")]
    #[case("1", 3, "2")]
    #[case("1", 1, "0")]
    #[case("0.0000000000001", 1, "1")]
    #[case("1000000000000000000000", 1, "1")]
    #[case("100000000000000000000", u64::MAX, "1")]
    fn what_no_company_has_is_refused(#[case] price: &str, #[case] count: u64, #[case] revenue: &str) {
        assert!(revenue_churn_rate(decimal(price), count, decimal(revenue)).is_err());
    }

    #[test]
    fn accounts_of_ten_and_of_a_thousand_are_alike_and_their_revenue_is_not() {
        let by_account = crate::metrics::customer_churn_rate(1, 2).map(Ratio::value);
        assert_eq!(by_account, Ok(Some(0.5)));
        let lost = |mrr: &str| revenue_churn_rate(decimal(mrr), 1, decimal("1010")).map(Ratio::value);
        assert_eq!([lost("10"), lost("1000")], [Ok(Some(10.0 / 1010.0)), Ok(Some(1000.0 / 1010.0))]);
    }

    #[test]
    fn no_more_is_kept_than_there_is() {
        let [one, two] = [decimal("1"), decimal("2")];
        assert!(revenue_retention_rate(one, two, one).is_err());
        assert_eq!(revenue_retention_rate(two, one, one).map(Ratio::value), Ok(Some(1.0)));
        assert!(gross_revenue_retention(one, one, decimal("0.01")).is_err());
        assert_eq!(gross_revenue_retention(two, one, one).map(Ratio::value), Ok(Some(0.0)));
        assert_eq!(net_revenue_retention(two, one, one, decimal("0")).map(Ratio::value), Ok(Some(1.0)));
        assert_eq!(revenue_growth_rate(one, two).map(Ratio::value), Ok(Some(-0.5)));
    }

    #[test]
    fn rates_of_a_year_and_of_a_month_are_each_others_inverse() {
        for rate in [1e-12, 0.01, 0.03, 0.08, 0.5] {
            let year = annualised_rate(rate, 12).ok().and_then(Ratio::value).unwrap_or_default();
            let month = periodic_rate(year, 12).ok().and_then(Ratio::value).unwrap_or_default();
            assert!((month / rate - 1.0).abs() < 1e-9, "{rate}: {month}");
        }
        for edge in [0.0, 1.0] {
            assert_eq!(annualised_rate(edge, 12).map(Ratio::value), Ok(Some(edge)));
            assert_eq!(periodic_rate(edge, 12).map(Ratio::value), Ok(Some(edge)));
        }
        assert_eq!(annualised_rate(0.5, 0).map(Ratio::value), Ok(Some(0.0)));
        assert_eq!(periodic_rate(0.5, 0).map(Ratio::value), Ok(None));
        assert!([-0.1, 1.1, f64::NAN].into_iter().all(|rate| annualised_rate(rate, 12).is_err()));
    }

    #[test]
    fn what_is_earned_pays_back() {
        let paid = |onboarding: &str, arpa: &str, margin| {
            payback_months(decimal("1200"), decimal(arpa), decimal(onboarding), margin).map(Ratio::value)
        };
        assert_eq!(paid("0", "100", 1.0), Ok(Some(12.0)));
        assert_eq!(paid("600", "100", 0.75), Ok(Some(24.0)));
        // One division, of whole numbers.
        let exact = payback_months(decimal("1.1"), decimal("0.1"), decimal("2.2"), 1.0).map(Ratio::value);
        assert_eq!(exact, Ok(Some(33.0)));
        assert_eq!(paid("0", "0", 1.0), Ok(None));
        assert_eq!(paid("0", "100", 0.0), Ok(None));
        assert!(paid("0", "100", 1.5).is_err());
        assert_eq!(largest_base(30.0, 0.03).map(Ratio::value), Ok(Some(1_000.0)));
        assert_eq!(largest_base(30.0, 0.0).map(Ratio::value), Ok(None));
        let zero = largest_base(-0.0, 0.5).ok().and_then(Ratio::value);
        assert!(zero.is_some_and(|zero| zero == 0.0 && zero.is_sign_positive()));
        assert_eq!(largest_base(30.0, 1e-320).map(Ratio::value), Ok(None));
        assert!([-1.0, f64::INFINITY].into_iter().all(|new| largest_base(new, 0.1).is_err()));
        assert_eq!(lifetime_value(decimal("100"), 0.0, 1.0).map(Ratio::value), Ok(None));
    }
}
