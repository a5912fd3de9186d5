//! The shifted-beta-geometric model: how long customers stay who differ in how easily they leave.

use super::course::Course;
use super::maximum::{Ages, most_likely};
use crate::error::{Code, Error, Problem};
use crate::float;
use crate::query::{place, unexpected_number};

/// Periods that are looked at, at most.
pub(super) const MOST_PERIODS: u64 = 10_000;
/// Parameters from here to there: beyond them nobody leaves, or everybody at once.
const LEAST: f64 = 1e-12;
const MOST: f64 = 1e12;
/// Less than this a period, the sum of what is to come takes longer than anybody waits.
const LEAST_DISCOUNT: f64 = 1e-9;

/// How long customers stay who may leave at the end of every period: each with a probability of its own, which never
/// changes, and which follows a beta distribution over customers.
///
/// With `S(0) = 1` and `r(t) = (beta + t - 1) / (alpha + beta + t - 1)` the share of customers who are still there after
/// `t` periods is `S(t) = r(1) r(2) ... r(t)`. Retention `r(t)` rises with age though nobody's own does: those who leave
/// easily leave first. By P. S. Fader and B. G. S. Hardie, "How to Project Customer Retention", 2007.
///
/// ```
/// use cs_core::ShiftedBetaGeometric;
///
/// // The regular customers of the article: of 1,000, after each of seven years.
/// let model = ShiftedBetaGeometric::fit(&[1000, 631, 468, 382, 326, 289, 262, 241])?;
/// assert_eq!(format!("{:.3} {:.3}", model.alpha(), model.beta()), "0.704 1.182");
/// assert_eq!(model.log_likelihood().map(|likelihood| format!("{likelihood:.3}")).as_deref(), Some("-1680.265"));
/// // After twelve years, and what is to come of one who renews for the first time, at 10% a year.
/// assert_eq!(format!("{:.3}", model.survival(12)?), "0.170");
/// assert_eq!(format!("{:.2}", ShiftedBetaGeometric::new(3.8, 15.2)?.discounted_lifetime(0.1, 1)?), "3.31");
/// # Ok::<(), cs_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftedBetaGeometric {
    alpha: f64,
    beta: f64,
    fitted: Option<Fitted>,
}

/// What a fit says beside its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fitted {
    log_likelihood: f64,
    /// The inverse of the observed information: the variance of alpha, the covariance, the variance of beta; none where
    /// rounding hides it.
    covariance: Option<[f64; 3]>,
}

impl ShiftedBetaGeometric {
    /// The model of two parameters, from 0.000000000001 to 1000000000000.
    ///
    /// # Errors
    /// `invalid_argument`.
    pub fn new(alpha: f64, beta: f64) -> Result<Self, Error> {
        for (name, parameter) in [("alpha", alpha), ("beta", beta)] {
            if !(LEAST..=MOST).contains(&parameter) {
                return Err(refused(name, parameter, "a number from 0.000000000001 to 1000000000000"));
            }
        }
        Ok(Self { alpha, beta, fitted: None })
    }

    /// The most likely model of one cohort: how many of its customers were there at the start, and after each period.
    ///
    /// `log_likelihood` is the sum over customers of the logarithm of what became of each: that it left in its period, or
    /// was there after the last.
    ///
    /// # Errors
    /// `invalid_argument` for fewer than two counts, for one that is greater than the one before, and for too many;
    /// `not_identified` where no model is the most likely one: fewer than two periods, nobody lost, nobody lost after the
    /// first period, or retention that does not rise with age, which this model cannot say.
    pub fn fit(survivors: &[u64]) -> Result<Self, Error> {
        check(survivors)?;
        let mut ages = Ages::default();
        ages.add(survivors);
        Self::fit_ages(&ages).ok_or_else(|| {
            let message = "no model is the most likely one of these counts";
            let help = "two periods or more are needed, losses after the first, and retention that rises with age";
            Problem::argument(Code::NotIdentified, SURVIVORS, message).help(help).into()
        })
    }

    /// The most likely model of what became of customers by their age; none where there is none.
    pub(super) fn fit_ages(ages: &Ages) -> Option<Self> {
        let (alpha, beta) = most_likely(ages)?;
        let fitted = Fitted {
            log_likelihood: ages.log_likelihood(alpha, beta),
            covariance: covariance(ages.information(alpha, beta)),
        };
        Some(Self { alpha, beta, fitted: Some(fitted) })
    }

    /// The most likely model of customers who are watched from the start, by the whole periods of their stays; none where
    /// there is none.
    pub(crate) fn of_course(course: &Course) -> Option<Self> {
        Self::fit_ages(&Ages::of(course))
    }

    /// The first parameter: the greater, the easier customers leave.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The second parameter: the greater, the easier they stay.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// The logarithm of the likelihood of what it was fitted to; none of a model that was not fitted.
    #[must_use]
    pub fn log_likelihood(&self) -> Option<f64> {
        self.fitted.map(|fitted| fitted.log_likelihood)
    }

    /// The standard error of alpha, from the observed information; none of a model that was not fitted, or where rounding
    /// hides it.
    #[must_use]
    pub fn alpha_error(&self) -> Option<f64> {
        self.covariance().map(|[alpha, ..]| float::sqrt(alpha))
    }

    /// The standard error of beta, likewise.
    #[must_use]
    pub fn beta_error(&self) -> Option<f64> {
        self.covariance().map(|[.., beta]| float::sqrt(beta))
    }

    pub(super) fn covariance(&self) -> Option<[f64; 3]> {
        self.fitted.and_then(|fitted| fitted.covariance)
    }

    /// The share of customers who are still there after so many periods, from 0 to 10,000.
    ///
    /// # Errors
    /// `invalid_argument` beyond that.
    pub fn survival(&self, t: u64) -> Result<f64, Error> {
        within("t", t, 0)?;
        Ok((1..=t).map(|age| self.rate(age)).product())
    }

    /// The share of those still there before the end of period `t`, from 1 to 10,000, who are there after it.
    ///
    /// # Errors
    /// `invalid_argument` for another number.
    pub fn retention(&self, t: u64) -> Result<f64, Error> {
        within("t", t, 1)?;
        Ok(self.rate(t))
    }

    /// The discounted expected residual lifetime, in periods, of a customer who is about to renew for the `n`th time, from
    /// 1 to 10,000: the sum over `t >= n` of `S(t) / S(n - 1) / (1 + discount)^(t - n)`.
    ///
    /// With `discount = 0` it is `(beta + n - 1) / (alpha - 1)`, and without end unless `alpha > 1`. By Fader and Hardie,
    /// "Customer-Base Valuation in a Contractual Setting", 2010.
    ///
    /// # Errors
    /// `invalid_argument` for a discount below 0, without end, or too near to 0, for another `n`, and for a sum without end.
    pub fn discounted_lifetime(&self, discount: f64, n: u64) -> Result<f64, Error> {
        within("n", n, 1)?;
        if discount != 0.0 && !(discount >= LEAST_DISCOUNT && discount.is_finite()) {
            return Err(refused("discount", discount, "0 or a finite number from 0.000000001"));
        }
        let kept = self.beta + n as f64 - 1.0;
        if discount == 0.0 {
            return match self.alpha > 1.0 {
                true => Ok(kept / (self.alpha - 1.0)),
                false => {
                    Err(refused("discount", discount, "a number above 0, since the sum has no end with this alpha,"))
                }
            };
        }
        // The sum of z^k (kept + 1)_k / (alpha + kept + 1)_k with z = 1 / (1 + discount), as Euler transforms it: nothing of
        // a small discount is rounded away.
        let series = float::hypergeometric(self.alpha, self.alpha + kept + 1.0, -1.0 / discount);
        Ok(self.rate(n) * (1.0 + discount) / discount * series)
    }

    /// Retention at an age.
    pub(super) fn rate(&self, age: u64) -> f64 {
        let before = self.beta + (age - 1) as f64;
        before / (self.alpha + before)
    }
}

/// Refuses counts that are no cohort's.
fn check(survivors: &[u64]) -> Result<(), Problem> {
    let refused = |path: String, message: String| Err(Problem::argument(Code::InvalidArgument, path, message));
    let rise = survivors.windows(2).position(|pair| pair.first() < pair.last());
    match (survivors.len(), rise) {
        (0 | 1, _) => {
            let message = "two counts or more are needed: at the start, and after each period";
            refused(SURVIVORS.to_owned(), message.to_owned())
        }
        (count, _) if count as u64 > MOST_PERIODS + 1 => {
            refused(SURVIVORS.to_owned(), format!("more than {MOST_PERIODS} periods are given"))
        }
        (_, Some(position)) => {
            refused(place(SURVIVORS, position + 1), "the count is greater than the one before".to_owned())
        }
        (_, None) => Ok(()),
    }
}

const SURVIVORS: &str = "survivors";

/// The inverse of a symmetric matrix, unless rounding has made it that of no likelihood's top.
fn covariance([alpha, both, beta]: [f64; 3]) -> Option<[f64; 3]> {
    let determinant = alpha * beta - both * both;
    let is_top = alpha > 0.0 && beta > 0.0 && determinant > 0.0;
    is_top.then(|| [beta / determinant, -both / determinant, alpha / determinant])
}

fn within(name: &'static str, number: u64, least: u64) -> Result<(), Error> {
    Ok(Problem::ensure_within(name, number, &(least..=MOST_PERIODS))?)
}

fn refused(name: &'static str, number: f64, expected: &str) -> Error {
    unexpected_number(name, number, expected).into()
}

#[cfg(test)]
mod tests {
    use super::{MOST_PERIODS, check, covariance};

    #[test]
    fn more_periods_than_anybody_saw_are_refused() {
        let check = |periods: u64| check(&vec![1; periods as usize + 1]).map_err(|problem| problem.message);
        assert_eq!(check(MOST_PERIODS), Ok(()));
        assert_eq!(check(MOST_PERIODS + 1), Err(format!("more than {MOST_PERIODS} periods are given")));
    }

    #[test]
    fn what_is_no_top_has_no_covariance() {
        assert_eq!(covariance([2.0, 1.0, 3.0]), Some([3.0 / 5.0, -1.0 / 5.0, 2.0 / 5.0]));
        for no_top in [[-2.0, 1.0, -3.0], [1.0, 1.0, 1.0], [1.0, 2.0, 1.0], [0.0, 0.0, 1.0]] {
            assert_eq!(covariance(no_top), None, "{no_top:?}");
        }
    }
}
