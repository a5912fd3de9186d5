//! Shares of counts, with their intervals.

use super::spec::refused;
use crate::error::Error;
use crate::ratio::Ratio;

/// Shares of a part in all, and the interval of each.
macro_rules! shares {
    ($($(#[$meta:meta])* $name:ident, $(#[$interval_meta:meta])* $interval:ident, of $part:ident, $all:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// # Errors
        /// `invalid_argument` for a part that is larger than all.
        pub fn $name($part: u64, $all: u64) -> Result<Ratio, Error> {
            share(stringify!($part), $part, $all)
        }

        $(#[$interval_meta])*
        ///
        /// # Errors
        /// `invalid_argument` for a part that is larger than all.
        pub fn $interval($part: u64, $all: u64) -> Result<(Ratio, Ratio), Error> {
            interval(stringify!($part), $part, $all)
        }
    )+};
}

shares! {
    /// The share of customers who were there at the start of a period and cancelled in it: `cancelled / customers`, absent
    /// without customers.
    ///
    /// ```
    /// use cs_core::metrics::customer_churn_rate;
    /// assert_eq!(customer_churn_rate(10, 200)?.value(), Some(0.05));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    customer_churn_rate,
    /// The Wilson interval, at 95%, of the customer churn rate.
    customer_churn_rate_interval, of cancelled, customers;

    /// The share of customers who went from paid to free: `downgraded / customers`, absent without customers. It is a rate of
    /// its own, and never added to churn.
    free_downgrade_rate,
    /// The Wilson interval, at 95%, of the rate of downgrades to free.
    free_downgrade_rate_interval, of downgraded, customers;

    /// The share of those in the onboarding window who completed it: `completed / in_window`, absent where nobody is in it.
    onboarding_completion_rate,
    /// The Wilson interval, at 95%, of the onboarding completion rate.
    onboarding_completion_rate_interval, of completed, in_window;

    /// The share of customers who moved to a higher grade: `upgraded / customers`, absent without customers.
    upsell_rate,
    /// The Wilson interval, at 95%, of the upsell rate.
    upsell_rate_interval, of upgraded, customers;

    /// The share of customers who added another product: `added / customers`, absent without customers.
    cross_sell_rate,
    /// The Wilson interval, at 95%, of the cross-sell rate.
    cross_sell_rate_interval, of added, customers;

    /// The share of customers who moved to a lower grade, or to fewer seats: `downgraded / customers`, absent without
    /// customers.
    downsell_rate,
    /// The Wilson interval, at 95%, of the downsell rate.
    downsell_rate_interval, of downgraded, customers;

    /// The share of licensed users who are active: `active_users / licensed_users`, absent without licences.
    adoption_rate,
    /// The Wilson interval, at 95%, of the adoption rate.
    adoption_rate_interval, of active_users, licensed_users;

    /// The share of renewals that fell due and were renewed: `renewed / due`, absent where none fell due.
    renewal_rate,
    /// The Wilson interval, at 95%, of the renewal rate.
    renewal_rate_interval, of renewed, due;
}

fn share(name: &str, part: u64, all: u64) -> Result<Ratio, Error> {
    ensure_part(name, part, all)?;
    Ok(Ratio::of(part.into(), all.into()))
}

fn interval(name: &str, part: u64, all: u64) -> Result<(Ratio, Ratio), Error> {
    ensure_part(name, part, all)?;
    Ok(Ratio::wilson(part, all))
}

/// Refuses more than all: two numbers that changed their places would give a rate that no base has.
fn ensure_part(name: &str, part: u64, all: u64) -> Result<(), Error> {
    if part <= all { Ok(()) } else { Err(refused(name, part, &format!("a number from 0 to {all}"))) }
}

/// The share of the customers at the start of a period who are still there at its end: `(customers_at_end -
/// customers_gained) / customers_at_start`, absent where nobody was there at the start.
///
/// ```
/// use cs_core::metrics::customer_retention_rate;
/// assert_eq!(customer_retention_rate(1_300, 350, 1_000)?.value(), Some(0.95));
/// # Ok::<(), cs_core::Error>(())
/// ```
///
/// # Errors
/// `invalid_argument` where more were gained than are there at the end, or more of the others are than were at the start.
pub fn customer_retention_rate(
    customers_at_end: u64,
    customers_gained: u64,
    customers_at_start: u64,
) -> Result<Ratio, Error> {
    Ok(Ratio::of(kept(customers_at_end, customers_gained, customers_at_start)?.into(), customers_at_start.into()))
}

/// The Wilson interval, at 95%, of the customer retention rate.
///
/// # Errors
/// Those of [`customer_retention_rate`].
pub fn customer_retention_rate_interval(
    customers_at_end: u64,
    customers_gained: u64,
    customers_at_start: u64,
) -> Result<(Ratio, Ratio), Error> {
    Ok(Ratio::wilson(kept(customers_at_end, customers_gained, customers_at_start)?, customers_at_start))
}

/// Those at the end who were there at the start.
fn kept(at_end: u64, gained: u64, at_start: u64) -> Result<u64, Error> {
    let kept = at_end.checked_sub(gained);
    let kept = kept.ok_or_else(|| refused("customers_gained", gained, &format!("a number from 0 to {at_end}")))?;
    if kept <= at_start {
        return Ok(kept);
    }
    let most = gained.saturating_add(at_start);
    Err(refused("customers_at_end", at_end, &format!("a number from {gained} to {most}")))
}

/// By how much the number of customers grew: `(customers_at_end - customers_at_start) / customers_at_start`, absent where
/// nobody was there at the start.
#[must_use]
pub fn customer_growth_rate(customers_at_end: u64, customers_at_start: u64) -> Ratio {
    let (start, end) = (i128::from(customers_at_start), i128::from(customers_at_end));
    Ratio::of(end - start, start)
}

/// Cases closed per day and person: `cases_closed / (days * people)`, absent without either. It measures support, stands
/// beside success, and never instead of it.
///
/// # Errors
/// `invalid_argument` for more days of people than fit.
pub fn support_efficiency(cases_closed: u64, days: u64, people: u64) -> Result<Ratio, Error> {
    let worked = i128::from(days).checked_mul(people.into());
    let worked = worked.ok_or_else(|| refused("people", people, "a smaller number"))?;
    Ok(Ratio::of(cases_closed.into(), worked))
}
